"""Indicators by regions: where each stands, at a glance."""

from itertools import groupby

from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Result
from mfgtargets.render.fitting import fitted
from mfgtargets.render.gaptable import (
    footer_lines,
    legend_lines,
    marked_status,
    table_title,
)
from mfgtargets.render.table import Cell, Column, Line, Table, columns_of, line_of
from mfgtargets.wording.figures import percent, with_unit
from mfgtargets.wording.names import heading_of, name_of
from mfgtargets.wording.words import Lang


def matrix_table(check: Checked, lang: Lang, width: int | None = None) -> Table:
    """Return a line for each target and a column for each region: status, marks of quality, lead."""
    regions = [Column(f"region {n}", name, left=True) for n, name in enumerate(check.regions)]
    columns = [*columns_of(["indicator"], "indicator", lang), *regions]
    size = len(check.results) // len(regions)
    entry, lines = check.document.entry, []
    for heading, members in groupby(
        range(size), key=lambda n: check.results[n].group or check.bases[n].target.section
    ):
        lines.append(Line(heading=heading_of(entry, heading, lang)))
        for n in members:
            first = check.results[n]
            name = Cell(with_unit(name_of(first, lang), first.unit, lang), first.target_id)
            places = range(n, len(check.results), size)
            cells = (_cell(check.results[k], check.common[k], lang) for k in places)
            lines.append(line_of(name, *cells))
    whole = Table(
        before=[table_title(check, lang)],
        columns=columns,
        lines=lines,
        after=[*footer_lines(check, lang), *legend_lines(check, lang, {"marks"})],
        order=[column.code for column in columns],
        firm=len(columns),
        name=entry.id,
    )
    return fitted(whole, lang, width)


def _cell(result: Result, common: str | None, lang: Lang) -> Cell:
    """Return the status of a result with its lead, and the letters of what it rests on."""
    status = marked_status(result, common, lang)
    if result.lead is None:
        return status
    return status._replace(text=f"{status.text} {percent(result.lead, sign=True)}")
