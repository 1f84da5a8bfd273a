"""Read observations from tables of text: CSV or TSV, canonical (SPEC §3) or as people have them.

Headings may be Chinese, cells written as people write them (``cells``), shapes various
(``shapes``).
"""

import re

from mfgtargets.faults import Fault, InputError, Place, fault
from mfgtargets.observations.cells import MISSING, Cell, plain_text, read_cell, read_period
from mfgtargets.observations.model import BOUNDS, MEASURES, STATUSES, LeftOut, Observation
from mfgtargets.observations.period import FIRST_YEAR, LAST_YEAR, Period
from mfgtargets.observations.shapes import RawRow, as_long, header_at
from mfgtargets.observations.tables import lines_of

LARGEST = 1e15  # a measured value beyond that is a slip of the pen
_VINTAGE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")


def has_known_header(text: str) -> bool:
    """Tell whether the table begins with a header of a shape the program knows."""
    try:
        return header_at(list(lines_of(text, ""))) is not None
    except InputError:
        return False


def parse_observations(text: str, name: str) -> tuple[list[Observation], list[LeftOut]]:
    """Read a table: the observations, and what is left out of it (blanks, footers, sub-items).

    Raises ``InputError`` with every fault in the text, in order.
    """
    lines = list(lines_of(text, name))
    if not lines:
        raise InputError([fault("empty-file", Place(name))])
    rows, left_out, wrong = as_long(lines)
    observations: list[Observation] = []
    faults = list(wrong)
    for raw in rows:
        row = _Row(raw)
        if row.is_blank:
            found = {"found": row.cells["indicator"]}
            left_out.append(LeftOut(raw.line.place, "blank-value", found))
            continue
        observation = row.observation()
        if observation is not None:
            observations.append(observation)
        faults += row.faults
    if faults:
        raise InputError(sorted(faults, key=lambda f: f.place.line if f.place else 0))
    if not observations and not left_out:
        raise InputError([fault("no-rows", Place(name))])
    return observations, left_out


def _is_missing(cell: str) -> bool:
    return plain_text(cell).lower() in MISSING


class _Row:
    """One line of the table on its way to an observation, collecting its faults."""

    def __init__(self, raw: RawRow) -> None:
        self.line, self.cells, self.at = raw
        self.faults: list[Fault] = []

    def wrong(self, column: str, code: str, **details: object) -> None:
        """Record a fault in the cell of ``column``."""
        self.faults.append(self.line.fault(code, self.at.get(column, 0), **details))

    @property
    def is_blank(self) -> bool:
        """Whether the row names an indicator but gives no value for it."""
        return (
            not self.faults and bool(self.cells["indicator"]) and _is_missing(self.cells["value"])
        )

    def observation(self) -> Observation | None:
        """Return the observation, or None when the row has faults."""
        cell = self.cells.get
        indicator = cell("indicator", "")
        if not indicator:
            self.wrong("indicator", "empty-cell", expected="indicator")
        period = self._period(cell("period", ""))
        value = self._value(cell("value", ""))
        measure = self._one_of("measure", ("", *MEASURES))
        if not measure and value.is_change:
            measure = "added" if value.unit == "个百分点" else "yearly_change"
        letters = re.sub(r"[\s;,+/]", "", cell("obs_status", "").upper())
        if set(letters) - set(STATUSES):
            self.wrong("obs_status", "not-one-of", found=letters, expected=", ".join(STATUSES))
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
            obs_status="".join(letter for letter in STATUSES if letter in letters) or "A",
            note=cell("note", ""),
            source=cell("source", ""),
            url=cell("url", ""),
            vintage=vintage,
            place=self.line.place,
        )

    def _period(self, text: str) -> Period | None:
        period = read_period(text)
        if period is None:
            self.wrong("period", "bad-period", found=text)
        elif period.first_year < FIRST_YEAR or period.year > LAST_YEAR:
            self.wrong(
                "period", "year-out-of-range", found=text, expected=f"{FIRST_YEAR}-{LAST_YEAR}"
            )
        return period

    def _value(self, text: str) -> Cell:
        """Read a value cell, and the bound and unit that stand in it or in columns of their own."""
        given, unit = self._one_of("bound", BOUNDS), self.cells.get("unit", "")
        cell = read_cell(text)
        if cell is None:
            self.wrong("value", "not-a-number", found=text)
            return Cell("0", given, unit, is_change=False)
        if abs(float(cell.text)) > LARGEST:
            self.wrong("value", "too-large", found=text)
        if cell.bound and given and cell.bound != given:
            self.wrong("value", "two-bounds", found=cell.bound, expected=given)
        if cell.unit and unit and cell.unit != unit and not cell.is_change:
            self.wrong("value", "two-units", found=cell.unit, expected=unit)
        return cell._replace(bound=cell.bound or given, unit=cell.unit or unit)

    def _one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        found = self.cells.get(column, "")
        if found not in allowed:
            expected = ", ".join(filter(None, allowed))
            self.wrong(column, "not-one-of", found=found, expected=expected)
        return found
