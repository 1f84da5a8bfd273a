"""CSV output: canonical observations, and a form of actuals to fill in."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from mfgtargets.document.records import Document, Target
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Result
from mfgtargets.faults import nearest
from mfgtargets.harmless import csv_cell
from mfgtargets.notation.marks import FORECAST
from mfgtargets.notation.period import Period
from mfgtargets.observations.lines import COLUMNS
from mfgtargets.observations.names import known_names
from mfgtargets.observations.observation import LeftOut, Observation
from mfgtargets.wording import words
from mfgtargets.wording.words import Lang, term

BYTE_ORDER_MARK = "\ufeff"  # for spreadsheets that otherwise take the text for GB18030


def csv_text(rows: Iterable[Sequence[str | float | None]]) -> str:
    """Write rows of words and numbers as CSV that no spreadsheet takes for formulas."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(_cell, row) for row in rows)
    return out.getvalue()


def _cell(value: str | float | None) -> str:
    if isinstance(value, str):
        return csv_cell(value)
    return "" if value is None else repr(value).removesuffix(".0")


def observations_csv(observations: Iterable[Observation]) -> str:
    """Write observations in the canonical form."""
    rows = [
        (
            o.indicator,
            o.region,
            str(o.period),
            o.text,
            o.unit,
            o.measure or "",
            o.bound,
            "" if o.obs_status == "A" else o.obs_status,
            o.note,
            o.source,
            o.url,
            o.vintage,
        )
        for o in observations
    ]
    return csv_text([COLUMNS, *rows])


def left_out_rows(rows: Iterable[LeftOut], lang: Lang) -> Iterator[Sequence[str]]:
    """Return what was left out of tables, a row each, under a header."""
    yield "file", "row", "column", "code", "reason", "found", "rows"
    for one in rows:
        place = one.place
        column = place.letters if place.is_cell else str(place.column or "")
        row = str(place.line or "")
        reason = term(words.LEFT_OUT, one.reason, lang)
        yield (
            place.file,
            row,
            column,
            one.reason,
            reason,
            one.details.get("found", ""),
            str(one.rows),
        )


def suggestions(rows: Iterable[LeftOut], document: Document) -> str:
    """Return a line of a file of names for each unknown name: the name, and the nearest indicator.

    A name that is like none stands in a remark.
    """
    known = known_names(document)
    unknown = dict.fromkeys(r.details["found"] for r in rows if r.reason == "unknown-indicator")
    ids = {name: next(iter(nearest(name, known, 1)), "") for name in unknown}
    lines = [("name", "indicator")]
    lines += [(name, known[near]) if near else (f"# {name}", "") for name, near in ids.items()]
    return csv_text(lines)


def observations_sdmx(observations: Iterable[Observation]) -> str:
    """Write observations as SDMX-CSV 2.0."""
    head = (
        "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE,"
        "UNIT_MEASURE,OBS_STATUS,BOUND,NOTE,SOURCE,URL,VINTAGE"
    ).split(",")
    rows = [
        (
            "dataflow",
            "MFGTARGETS:ACTUALS(1.0)",
            "I",
            o.region,
            o.indicator,
            o.measure or "",
            _sdmx_period(o.period),
            o.text,
            o.unit,
            o.obs_status,
            o.bound,
            o.note,
            o.source,
            o.url,
            o.vintage,
        )
        for o in observations
    ]
    return csv_text([head, *rows])


def targets_sdmx(targets: Iterable[Target]) -> str:
    """Write targets as SDMX-CSV 2.0, each observation a forecast, which no reader takes for an actual."""
    head = (
        "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE,"
        "UNIT_MEASURE,OBS_STATUS,TARGET_ID,COMPARATOR,VALUE_HIGH,BASELINE_PERIOD,BASELINE_VALUE,"
        "NOTE,SOURCE,URL"
    ).split(",")
    rows = [
        (
            "dataflow",
            "MFGTARGETS:TARGETS(1.0)",
            "I",
            t.region,
            t.indicator,
            t.kind,
            t.due or t.year,
            t.value,
            t.unit,
            FORECAST,
            t.id,
            t.comparator,
            t.value_high,
            t.baseline_year,
            t.baseline_value,
            t.note,
            t.source.title,
            t.source.url,
        )
        for t in targets
    ]
    return csv_text([head, *rows])


def _sdmx_period(period: Period) -> str:
    """Write a period as SDMX does; one without a code of its own as its first day and its length."""
    months = period.last - period.first + 1
    first, within = divmod(period.first, 12)
    if months == 12 and not within:
        return str(first)
    if months == 1:
        return f"{first}-{within + 1:02}"
    if months in {3, 6} and within % months == 0:
        return f"{first}-{'Q' if months == 3 else 'S'}{within // months + 1}"
    return f"{first}-{within + 1:02}-01/P{f'{months // 12}Y' if period.is_whole else f'{months}M'}"


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
        rows.append([";".join(map(str, v)) if isinstance(v, tuple) else v for v in row])
    return rows


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
