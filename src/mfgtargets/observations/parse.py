"""From the rows of a table to observations: every cell checked."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from mfgtargets.defaults import FIRST_YEAR, LAST_YEAR
from mfgtargets.faults import Fault, InputError, Place, fault
from mfgtargets.notation.cells import Cell, Day, is_missing, read_date
from mfgtargets.notation.marks import FORECAST, Marked, letters_of, read_marked, read_marked_period
from mfgtargets.notation.period import Period
from mfgtargets.observations.columnar import admitted
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.lines import Line, limited
from mfgtargets.observations.measures import measure_of, said_by
from mfgtargets.observations.observation import (
    BOUNDS,
    HIGHEST_CHANGE,
    LOWEST_CHANGE,
    MEASURES,
    STATUSES,
    Admission,
    LeftOut,
    Observation,
)
from mfgtargets.observations.readers import tables_of
from mfgtargets.observations.rowparts import RawRow
from mfgtargets.observations.rows import rows_of

LARGEST = 1e15  # a measured value beyond that is a slip of the pen
# What plain values that no limit here or in ``match`` tells apart lie between.
EDGES = (-LARGEST, LOWEST_CHANGE, 0.0, HIGHEST_CHANGE, LARGEST)
_VINTAGE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")


def read_observations(
    stream: BinaryIO,
    name: str,
    hints: Hints,
    admit: Admission = lambda *_: None,
    *,
    one_by_one: bool = True,
) -> Iterator[Observation | LeftOut]:
    """Read all tables of a file (see ``observations_of`` and ``readers.tables_of``).

    Without ``one_by_one`` rows alike may be left out together, which is faster.
    """
    found = None if one_by_one else admitted(stream, name, hints, admit)
    if found is not None:
        yield from found.left_out
        yield from observations_of(found.lines, name, hints, admit, one_by_one=False)
        return
    refused: list[InputError] = []
    read = 0
    for table in tables_of(stream, name, hints, admit):
        if isinstance(table, LeftOut):
            yield table
            continue
        lines = limited(table.lines, table.name, hints.limit)
        try:
            yield from observations_of(lines, table.name, table.hints, admit, one_by_one=one_by_one)
            read += 1
        except InputError as error:
            if not table.is_one_of_several:
                raise
            refused.append(error)
    if refused and not read:
        raise refused[0]
    for one in refused:  # a side sheet does not lose the others
        yield from map(LeftOut.of, one.faults)


def observations_of(
    lines: Iterator[Line],
    name: str,
    hints: Hints,
    admit: Admission = lambda *_: None,
    *,
    one_by_one: bool = True,
) -> Iterator[Observation | LeftOut]:
    """Read the lines of a table: its observations, and what is left out of it, in order.

    ``admit`` says of an indicator and region why their rows are left out unread; None where they
    are not. A row with a bad cell is left out. Raises ``InputError`` where the header is wrong, or
    there is none.
    """
    is_empty = True
    for item in rows_of(lines, hints, admit, one_by_one=one_by_one):
        is_empty = False
        yield item if isinstance(item, LeftOut) else _read(item, admit)
    if is_empty:
        raise InputError([fault("no-rows", Place(name))])


def _read(raw: RawRow, admit: Admission) -> Observation | LeftOut:
    cells = raw.cells
    indicator = cells.get("indicator", "")
    reason = admit(indicator, cells.get("region", "")) if indicator else None
    if reason:
        return LeftOut(raw.line.place, *reason)
    if indicator and is_missing(cells["value"]):
        return LeftOut(raw.line.place, "blank-value", {"found": indicator})
    row = _Row(raw)
    observation = row.observation()
    return LeftOut.of(row.faults[0]) if observation is None else observation


class _Row:
    """One line of the table on its way to an observation, collecting its faults."""

    def __init__(self, raw: RawRow) -> None:
        self.line, self.cells, self.at, self.others = raw
        self.faults: list[Fault] = []

    def wrong(self, column: str, code: str, **details: object) -> None:
        """Record a fault in the cell of ``column``."""
        self.faults.append(self.line.fault(code, self.at.get(column, 0), **details))

    def observation(self) -> Observation | None:
        """Return the observation, or None when the row has faults."""
        cell = self.cells.get
        indicator = cell("indicator", "")
        if not indicator:
            self.wrong("indicator", "empty-cell", expected="indicator")
        period, date, of_period = self._period(cell("period", ""))
        value, of_value, mark = self._value(cell("value", ""))
        measure = measure_of(cell("measure", ""))
        if measure is None:  # 累计值 is read as at the end of a name
            indicator = f"{indicator}_{cell('measure')}"
            if said_by(cell("measure", "")).name:
                self.wrong(
                    "measure", "not-one-of", found=cell("measure"), expected=", ".join(MEASURES)
                )
        if not measure and value.is_change:
            measure = "added" if value.unit == "个百分点" else "yearly_change"
        letters = letters_of(cell("obs_status", ""))
        if letters is None:
            expected = ", ".join(STATUSES)
            self.wrong("obs_status", "not-one-of", found=cell("obs_status"), expected=expected)
        letters = f"{letters}{of_period}{of_value}"
        if "M" in letters:
            self.wrong("obs_status", "missing-by-status", found=value.text)
        vintage = cell("vintage", "")
        if vintage and not _VINTAGE.match(vintage):
            self.wrong("vintage", "bad-vintage", found=vintage)
        if self.faults or period is None:
            return None
        return Observation(
            indicator=indicator,
            region=cell("region", ""),
            period=period,
            value=float(value.text),
            text=value.text,
            unit=value.unit,
            measure=measure or None,  # type: ignore[arg-type]
            bound=value.bound,
            obs_status="".join(x for x in (*STATUSES, FORECAST) if x in letters) or "A",
            note="; ".join(filter(None, [cell("note", ""), mark])),
            source=cell("source", ""),
            url=cell("url", ""),
            vintage=vintage,
            place=self.line.place,
            others=self.others,
            date=date,
        )

    def _period(self, text: str) -> tuple[Period | None, Day | None, str]:
        """Read a period: of a date its month, as it may stand for more, and the status beside it."""
        day: Day | None = None
        if date := read_date(text):
            marked: tuple[Period | None, str] = date[0], ""
            day = date[1]
        else:
            marked = read_marked_period(text) or (None, "")
        period, status = marked
        if period is None:
            self.wrong("period", "bad-period", found=text)
        elif period.first_year < FIRST_YEAR or period.year > LAST_YEAR:
            self.wrong(
                "period", "year-out-of-range", found=text, expected=f"{FIRST_YEAR}-{LAST_YEAR}"
            )
        return period, day, status

    def _value(self, text: str) -> Marked:
        """Read a value cell, and the bound and unit that stand in it or in columns of their own."""
        given, unit = self._one_of("bound", BOUNDS), self.cells.get("unit", "")
        marked = read_marked(text)
        if marked is None:
            self.wrong("value", "not-a-number", found=text)
            return Marked(Cell("0", given, unit, is_change=False))
        cell = marked.cell
        if abs(float(cell.text)) > LARGEST:
            self.wrong("value", "too-large", found=text)
        if cell.bound and given and cell.bound != given:
            self.wrong("value", "two-bounds", found=cell.bound, expected=given)
        if cell.unit and unit and cell.unit != unit and not cell.is_change:
            self.wrong("value", "two-units", found=cell.unit, expected=unit)
        return marked._replace(
            cell=cell._replace(bound=cell.bound or given, unit=cell.unit or unit)
        )

    def _one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        found = self.cells.get(column, "")
        if found not in allowed:
            expected = ", ".join(filter(None, allowed))
            self.wrong(column, "not-one-of", found=found, expected=expected)
        return found
