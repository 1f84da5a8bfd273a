"""Find a table's header, of one row or two, and what each of its columns says.

A column's role is a canonical name (``lines.COLUMNS``); a column without one may hold values, of a
period, of an indicator, of a region or of several of them, as its heading says.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from mfgtargets.faults import Fault
from mfgtargets.notation.cells import is_region, read_cell, read_period, split_unit
from mfgtargets.notation.convert import is_unit
from mfgtargets.observations.headings import says, unit_said
from mfgtargets.observations.hints import IGNORE, Hints, plain
from mfgtargets.observations.lines import COLUMNS, HELPING, Line, column_of
from mfgtargets.observations.titles import told_by

_PARTED = re.compile(r"[/\\|]")  # 指标/年份
_USE = {"period", "indicator", "region", "end"}  # what makes a column one of values
MOST_FAULTS = 20  # of one header
WITHIN = 40  # lines of the table's top among which the header is looked for


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
    def across(self) -> set[str]:
        """What the headings of the columns of values say: of which period, indicator or region."""
        return {key for said in self.values.values() for key in said}

    @property
    def is_long(self) -> bool:
        """Whether each line holds one value."""
        if "indicator" in self.at:
            return "value" in self.at or (
                "period" in self.at and not {"region", "end"} & self.across
            )
        return "value" in self.at and bool({"period", "region"} & self.at.keys())

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


def find_header(
    lines: Sequence[Line], hints: Hints, said: dict[str, str] | None = None
) -> tuple[int, Header] | None:
    """Return which of the first lines is a header of a known shape, and the header.

    ``said`` is what is known of the table beforehand; the lines above the header add to it.
    """
    known = hints.said | (said or {})
    for index, line in enumerate(lines[:WITHIN]):
        under = lines[index + 1] if index + 1 < len(lines) else None
        for below in (under, None) if under and _continues(line, under) else (None,):
            height = 1 if below is None else 2
            header = read_header(line, hints, below, known)
            if not _is_known(header, known) and _may_be_corner(header):
                first = lines[index + height].cells[0] if index + height < len(lines) else ""
                corner = _corner(header.headings[0], first)
                header = read_header(line, hints, below, known, corner)
            if _is_known(header, known):
                return index, header
        known = told_by(line, known) | known
    return None


def read_header(
    line: Line,
    hints: Hints,
    under: Line | None = None,
    known: Mapping[str, str] | None = None,
    corner: str = "",
) -> Header:
    """Read a line as a header, together with the one under it where that belongs to it.

    ``known`` is what is said of the table elsewhere; ``corner`` what a first column holds whose
    heading does not say it.
    """
    uppers, lowers = _two_rows(line.cells, under.cells if under else [])
    headings = [upper + lower for upper, lower in zip(uppers, lowers, strict=True)]
    roles = [_role(heading, hints) for heading in headings]
    roles[0] = corner or roles[0]
    at = _places(roles)
    whole = read_period((known or {}).get("period", ""))
    values = {
        n: said
        for n, (upper, lower) in enumerate(zip(uppers, lowers, strict=True))
        if roles[n] not in {*COLUMNS, *HELPING, IGNORE} and (said := says(upper, lower, whole))
    }
    if "indicator" in at:  # then what a column says besides a period is not of which indicator
        values = {n: said for n, said in values.items() if "indicator" not in said}
    periods = {said["period"] for said in values.values() if "period" in said}
    if periods and "period" not in at:
        only = {"period": periods.pop()} if len(periods) == 1 else {}
        values = {n: only | said for n, said in values.items() if "period" in only | said}
    if any("region" in said for said in values.values()):  # beside 杭州市 others are of none
        values = {n: said for n, said in values.items() if "region" in said}
    values = {n: said for n, said in values.items() if _USE & said.keys()}
    subjects = (at[role] for role in ("indicator", "region", "period") if role in at)
    height = 1 if under is None else 2
    return Header(line, height, headings, roles, at, values, min(subjects, default=0))


def _places(roles: Sequence[str]) -> dict[str, int]:
    """Return where each canonical column is, what helps to say one in its stead."""
    at: dict[str, int] = {}
    for n, role in enumerate(roles):
        if role in COLUMNS or role in HELPING:
            at.setdefault(role, n)
    for wider in ("region_code", "code", "province"):
        place = at.pop(wider, None)
        if place is not None and (wider != "code" or roles[place - 1] != "indicator"):
            at.setdefault("region", place)
    if "period" not in at:  # then 月份 is no part of one: 2018年12月
        for part in ("quarter", "month", "day"):
            if part in at:
                at["period"] = at.pop(part)
    return at


def _role(heading: str, hints: Hints) -> str:
    given = hints.columns.get(plain(heading))
    return column_of(heading) if given is None else given


def _may_be_corner(header: Header) -> bool:
    """Tell whether a first heading is none of its column: blank, 指标/年份, or 年份 before years."""
    is_of_both = bool(_PARTED.search(header.headings[0]))
    return is_of_both or header.roles[0] == "period" or not header.headings[0]


def _corner(heading: str, first: str) -> str:
    """Tell what such a first column holds, by a part of its heading or by its first cell."""
    for part in map(column_of, _PARTED.split(heading)):
        if part in {"indicator", "region"}:
            return part
    if read_period(first):
        return "period"
    return "region" if is_region(first) else "indicator"


def _is_known(header: Header, known: Mapping[str, str]) -> bool:
    """Tell whether a header has what makes values of its lines: what, when, and where they stand."""
    at, across, said = header.at.keys(), header.across, {*header.at, *known}
    if header.is_long:
        return "indicator" in at or "period" in said
    if "value" in at or not header.values:
        return False
    if "region" in across:
        return bool({"indicator", "period"} & at) and "period" in said | across
    if "period" in across:
        return bool({"indicator", "region"} & at) and "period" not in at
    if "end" in across:
        return "indicator" in said | across and "period" in said
    return "indicator" not in at and ("period" in at or ("region" in at and "period" in known))


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
        name, unit = split_unit(heading)
        if heading == uppers[n]:
            lowers[n] = ""
        elif uppers[n] and column_of(name) == "value":  # 总量(亿元)
            lowers[n] = f"({unit})" if unit else ""
        elif is_unit(heading):
            lowers[n] = f"({heading})"
    return uppers, lowers
