"""CSV output: canonical observations, and a form of actuals to fill in."""

import csv
import io
from collections.abc import Iterable, Sequence

from mfgtargets.document.records import Document
from mfgtargets.observations.model import Observation
from mfgtargets.observations.tables import COLUMNS
from mfgtargets.report.figures import harmless


def _text(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _inert(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    shown = harmless(text)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@")) else shown


def observations_csv(observations: Iterable[Observation]) -> str:
    """Write observations in the canonical form (SPEC §3)."""
    rows = [
        (
            o.indicator,
            _inert(o.region),
            str(o.period),
            o.text,
            _inert(o.unit),
            o.measure or "",
            o.bound,
            "" if o.obs_status == "A" else o.obs_status,
            _inert(o.note),
            _inert(o.source),
            _inert(o.url),
            o.vintage,
        )
        for o in observations
    ]
    return _text([COLUMNS, *rows])


def form_csv(document: Document, indicators: Sequence[str], years: Sequence[int]) -> str:
    """Write a table to fill in: a row an indicator, a column a year, names and units ready."""
    rows = []
    for indicator in indicators:
        target = document.of_indicator(indicator)[0]
        measure = "yearly_change" if target.kind == "cumulative_change" else ""
        name = _inert(target.name_zh)
        rows.append((name, _inert(target.unit or ""), measure, *([""] * len(years))))
    return _text([("指标", "单位", "口径", *(f"{year}年" for year in years)), *rows])
