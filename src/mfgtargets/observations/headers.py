"""Find a table's header, of one row or two, and what each of its columns says.

A column's role is a canonical name (``tables.COLUMNS``); a column without one may hold values, of a
period, of an indicator or of both, as its heading says.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import chain, islice
from types import MappingProxyType
from typing import NamedTuple

from mfgtargets.defaults import MOST_ROWS
from mfgtargets.faults import Fault, InputError, fault
from mfgtargets.notation.cells import plain_text, read_cell, read_period
from mfgtargets.notation.units import UNITS
from mfgtargets.observations.lines import COLUMNS, HELPING, Line, column_of
from mfgtargets.observations.measures import measure_in_heading

_UNIT = re.compile(r"(?:计量|金额)?单位:([^()]+)")  # in a cell of a header it is no heading
MOST_FAULTS = 20  # of one header
WITHIN = 40  # lines of the table's top among which the header is looked for
IGNORE = "ignore"  # what --map says of a column that is not to be read


class Hints(NamedTuple):
    """What the user says of tables that do not say it themselves.

    ``period`` and ``region`` are those of every value; ``columns`` maps headings to canonical
    columns; tables of more than ``limit`` rows are refused.
    """

    encoding: str | None = None
    period: str | None = None
    region: str | None = None
    columns: Mapping[str, str] = MappingProxyType({})
    limit: int = MOST_ROWS


def hints_of(
    encoding: str | None,
    period: str | None,
    columns: Sequence[str] | None,
    limit: int = MOST_ROWS,
) -> Hints:
    """Return what is said of tables; raise ``InputError`` where that makes no sense.

    ``columns`` are of the form ``COLUMN=FIELD``.
    """
    if period is not None and read_period(period) is None:
        raise InputError([fault("bad-period", found=period)])
    if limit < 1:
        raise InputError([fault("bad-option", option="--limit", found=limit, expected=">= 1")])
    fields: dict[str, str] = {}
    for given in columns or ():
        column, _, field = given.rpartition("=")
        if not column or field not in {*COLUMNS, IGNORE}:
            expected = ", ".join((*COLUMNS, IGNORE))
            raise InputError([fault("bad-option", option="--map", found=given, expected=expected)])
        fields[plain_text(column).lower()] = field
    return Hints(encoding, period, columns=fields, limit=limit)


class Header(NamedTuple):
    """A header: its line, how many lines it takes, its headings, and the columns by use.

    ``at`` gives the place of each canonical column; ``values`` what each column of values says.
    """

    line: Line
    height: int
    headings: list[str]
    roles: list[str]
    at: dict[str, int]
    values: dict[int, dict[str, str]]
    subject: int  # the column that says what a line is of

    @property
    def unit(self) -> dict[str, str]:
        """The unit that a cell of the header gives for all values (单位：万元)."""
        return unit_said(self.line.cells)

    @property
    def is_long(self) -> bool:
        """Whether each line holds one value."""
        return "indicator" in self.at and ("value" in self.at or "period" in self.at)

    def faults(self) -> list[Fault]:
        """Find canonical columns that are named twice, and merged headings over several values.

        Of very many, the first.
        """
        twice = (
            self.line.fault("column-twice", n, found=role)
            for n, role in enumerate(self.roles)
            if self.at.get(role, n) != n and role not in HELPING
        )
        merged = (
            self.line.fault("merged-heading", n, found=self.headings[n - 1] or "-")
            for n in sorted(self.line.merged)
            if self.height == 1 and n not in self.values and n - 1 in self.values
        )
        return list(islice(chain(twice, merged), MOST_FAULTS))


def find_header(lines: Sequence[Line], hints: Hints) -> tuple[int, Header] | None:
    """Return which of the first lines is a header of a known shape, and the header."""
    for index, line in enumerate(lines[:WITHIN]):
        under = lines[index + 1] if index + 1 < len(lines) else None
        for below in (under, None) if under and _continues(line, under) else (None,):
            header = read_header(line, hints, below)
            if _is_known(header, hints):
                return index, header
    return None


def read_header(line: Line, hints: Hints, under: Line | None = None) -> Header:
    """Read a line as a header, together with the one under it where that belongs to it."""
    uppers, lowers = _two_rows(line.cells, under.cells if under else [])
    headings = [upper + lower for upper, lower in zip(uppers, lowers, strict=True)]
    roles = [_role(heading, hints) for heading in headings]
    at: dict[str, int] = {}
    for n, role in enumerate(roles):
        if role in COLUMNS or role in HELPING:
            at.setdefault(role, n)
    for wider in ("region_code", "province"):
        place = at.pop(wider, None)
        if place is not None:
            at.setdefault("region", place)
    values = {
        n: said
        for n, (upper, lower) in enumerate(zip(uppers, lowers, strict=True))
        if (said := _says(upper, lower, roles[n]))
    }
    if "indicator" in at:  # then what a column says besides a period is not of which indicator
        values = {n: said for n, said in values.items() if "indicator" not in said}
    periods = {said["period"] for said in values.values() if "period" in said}
    if periods and "period" not in at:
        only = {"period": periods.pop()} if len(periods) == 1 else {}
        values = {n: only | said for n, said in values.items() if "period" in only | said}
    values = {n: said for n, said in values.items() if {"period", "indicator"} & said.keys()}
    subjects = (at[role] for role in ("indicator", "region", "period") if role in at)
    height = 1 if under is None else 2
    return Header(line, height, headings, roles, at, values, min(subjects, default=0))


def unit_said(cells: Sequence[str]) -> dict[str, str]:
    """Return the unit that a cell gives for a whole table: 单位：万元."""
    found = [match[1] for cell in cells if (match := _UNIT.search(plain_text(cell)))]
    return {"unit": found[0]} if found else {}


def _role(heading: str, hints: Hints) -> str:
    given = hints.columns.get(plain_text(heading).lower())
    return column_of(heading) if given is None else given


def _is_known(header: Header, hints: Hints) -> bool:
    if header.is_long:
        return True
    if "value" in header.at or not header.values:
        return False
    by_period = any("period" in said for said in header.values.values())
    if by_period:
        return ("indicator" in header.at or "region" in header.at) and "period" not in header.at
    if "indicator" in header.at:
        return False
    return "period" in header.at or ("region" in header.at and hints.period is not None)


def is_cross_section(lines: Sequence[Line], hints: Hints) -> bool:
    """Tell whether the first lines would be a table if only its period were known."""
    return hints.period is None and find_header(lines, hints._replace(period="?")) is not None


def _continues(line: Line, under: Line) -> bool:
    """Tell whether a line is the second row of the header ``line``: words alone, none in front."""
    first, *others = [cell.strip() for cell in under.cells] or [""]
    front = line.cells[0].strip()
    return (
        len(line.cells) == len(under.cells)
        and (first in {"", front} or not front)
        and any(others)
        and not any(cell and read_cell(cell) and not read_period(cell) for cell in others)
    )


def _two_rows(upper: Sequence[str], lower: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the rows of a header of one length, an upper heading reaching to the next one."""
    uppers = [cell.strip() for cell in upper]
    lowers = [cell.strip() for cell in lower] or [""] * len(uppers)
    for n, heading in enumerate(lowers):
        if not uppers[n] and heading and n:
            uppers[n] = uppers[n - 1]
        if heading == uppers[n] or (uppers[n] and column_of(heading) == "value"):
            lowers[n] = ""
        elif heading in UNITS:
            lowers[n] = f"({heading})"
    return uppers, lowers


def _says(upper: str, lower: str, role: str) -> dict[str, str] | None:
    """Return what a column's heading says of the values in it; None where it holds none."""
    heading = upper + lower
    if not heading or role in {*COLUMNS, *HELPING, IGNORE} or _UNIT.search(plain_text(heading)):
        return None
    period = read_period(heading)
    if period:
        return {"period": str(period)}
    for whole, part in ((upper, lower), ("", heading)):
        if measure := measure_in_heading(part):
            return {"measure": measure, "unit": "%"} | (_says(whole, "", "") or {})
    parts = {bool(read_period(part)): part for part in (upper, lower) if part}
    if len(parts) == 2:
        return {"period": str(read_period(parts[True])), "indicator": parts[False]}
    return {"indicator": heading} if read_cell(heading) is None else None
