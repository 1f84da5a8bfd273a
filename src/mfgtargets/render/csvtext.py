"""CSV output: canonical observations, and a form of actuals to fill in."""

import csv
import io
from collections.abc import Iterable, Sequence

from mfgtargets.document.records import Document
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Result
from mfgtargets.observations.lines import COLUMNS
from mfgtargets.observations.observation import Observation
from mfgtargets.wording.figures import inert


def _text(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def observations_csv(observations: Iterable[Observation]) -> str:
    """Write observations in the canonical form."""
    rows = [
        (
            o.indicator,
            inert(o.region),
            str(o.period),
            o.text,
            inert(o.unit),
            o.measure or "",
            o.bound,
            "" if o.obs_status == "A" else o.obs_status,
            inert(o.note),
            inert(o.source),
            inert(o.url),
            o.vintage,
        )
        for o in observations
    ]
    return _text([COLUMNS, *rows])


def result_rows(checks: Iterable[Checked]) -> list[list[str | float | None]]:
    """Return the results as rows under the names of their fields (the reasons are left to JSON).

    Under other methods than the default each one's status follows.
    """
    names = [name for name in Result._fields if name != "reasons"]
    checks = list(checks)
    said = [verdicts for check in checks for verdicts in check.verdicts]
    methods = [f"status_{one.method}" for one in said[0]] if said else []
    rows: list[list[str | float | None]] = [[*names, *methods]]
    results = [result for check in checks for result in check.results]
    for result, verdicts in zip(results, said, strict=True):
        values = result._asdict()
        row = [*(values[name] for name in names), *(one.status for one in verdicts)]
        rows.append([";".join(v) if isinstance(v, tuple) else v for v in row])
    return rows


def results_csv(checks: Iterable[Checked]) -> str:
    """Write the results as CSV that no spreadsheet takes for formulas."""
    return values_csv(result_rows(checks))


def values_csv(rows: Iterable[Sequence[str | float | None]]) -> str:
    """Write rows of words and numbers as CSV that no spreadsheet takes for formulas."""
    return _text(
        ["" if v is None else inert(v) if isinstance(v, str) else _number(v) for v in row]
        for row in rows
    )


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")


def form_rows(
    document: Document, indicators: Sequence[str], years: Sequence[int]
) -> list[list[str]]:
    """Return a table to fill in: a row an indicator, a column a year, names and units ready."""
    rows = [["指标", "单位", "口径", *(f"{year}年" for year in years)]]
    for indicator in indicators:
        target = document.of_indicator(indicator)[0]
        measure = "yearly_change" if target.kind == "cumulative_change" else ""
        rows.append([target.name_zh, target.unit or "", measure, *([""] * len(years))])
    return rows


def table_csv(rows: Iterable[Sequence[str]]) -> str:
    """Write rows of text as CSV that no spreadsheet takes for formulas."""
    return _text([inert(cell) for cell in row] for row in rows)
