"""The shapes tables come in, each turned into rows of one value.

*Long*: a row a value, with columns for indicator, period and value. *Years across*: a row an
indicator (or a region, the indicator being named above the table), a column a year. *Indicators
across*: a row a year, a column an indicator.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mfgtargets.faults import Fault, InputError, Place, nearest
from mfgtargets.observations.cells import MISSING, plain_text, read_cell, read_period
from mfgtargets.observations.model import LeftOut
from mfgtargets.observations.tables import COLUMNS, Line, column_of

_HEADER_WITHIN = 15  # lines of the table's top among which the header is looked for
_SAID_ABOVE = re.compile(r"(指标|地区):(.+)\Z")
_FOOTER = re.compile(r"(注|数据来源|资料来源|来源|备注|说明)\d*:")
_SUB_ITEM = re.compile(r"#|其中|\u3000")


class RawRow(NamedTuple):
    """One value and all that its line says of it: text by canonical column, and cell by column."""

    line: Line
    cells: dict[str, str]
    at: dict[str, int]


class Long(NamedTuple):
    """A table as rows of one value, with what was left out of it and lines that do not fit it."""

    rows: list[RawRow]
    left_out: list[LeftOut]
    faults: Sequence[Fault] = ()


def as_long(lines: Sequence[Line]) -> Long:
    """Turn a table of any known shape into rows; raise ``InputError`` where its header is wrong."""
    at = header_at(lines)
    if at is None or _is_long(lines[at]):
        return _from_long(lines[at or 0 :], lines[: at or 0])
    above, header, body = lines[:at], lines[at], lines[at + 1 :]
    if _years(header):
        return _from_years(header, body, above)
    return _from_indicators(header, body, above)


def header_at(lines: Sequence[Line]) -> int | None:
    """Return which of the first lines is the header of a known shape, if one is."""
    for index, line in enumerate(lines[:_HEADER_WITHIN]):
        if _is_long(line) or _years(line) or _is_across(line):
            return index
    return None


def _roles(line: Line) -> list[str]:
    return [column_of(cell) for cell in line.cells]


def _is_long(line: Line) -> bool:
    roles = set(_roles(line))
    return "indicator" in roles and bool(roles & {"value", "period"})


def _years(line: Line) -> dict[int, str]:
    """Return the cells of a header that are years, by their index."""
    roles = _roles(line)
    if roles[0] not in {"indicator", "region"} or set(roles) & {"value", "period"}:
        return {}
    found = {index: read_period(cell) for index, cell in enumerate(line.cells)}
    return {index: str(period) for index, period in found.items() if period and period.is_year}


def _is_across(line: Line) -> bool:
    roles = _roles(line)
    names = [role for role in roles if role and role not in COLUMNS and read_cell(role) is None]
    return "period" in roles and not {"indicator", "value"} & set(roles) and bool(names)


def _from_long(lines: Sequence[Line], above: Sequence[Line]) -> Long:
    header, *body = lines
    columns = _checked(header)
    rows: list[RawRow] = []
    faults: list[Fault] = []
    left_out = [_left_out(line.place, "above-table", line) for line in above]
    for line in body:
        if len(line.cells) != len(columns) and _not_data(line) == "footer":
            left_out.append(_left_out(line.place, "footer", line))
            continue
        if len(line.cells) != len(columns):
            details = {"found": len(line.cells), "expected": len(columns)}
            faults.append(line.fault("wrong-cell-count", 0, **details))
            continue
        cells = dict(zip(columns, (cell.strip() for cell in line.cells), strict=True))
        rows.append(RawRow(line, cells, {column: n for n, column in enumerate(columns)}))
    return Long(rows, left_out, faults)


def _checked(header: Line) -> list[str]:
    columns = _roles(header)
    faults = _repeated(header)
    for index, column in enumerate(columns):
        if column not in COLUMNS:
            near = ", ".join(nearest(column, COLUMNS, 1))
            details = {"found": column, "near": near, "expected": ", ".join(COLUMNS)}
            faults.append(header.fault("unknown-column", index, **details))
    missing = [column for column in ("indicator", "period", "value") if column not in columns]
    if missing:
        faults.append(header.fault("missing-column", 0, expected=", ".join(missing)))
    if faults:
        raise InputError(faults)
    return columns


def _from_years(header: Line, body: Sequence[Line], above: Sequence[Line]) -> Long:
    subject = _roles(header)[0]
    long = _from_wide(header, body, above, {n: {"period": y} for n, y in _years(header).items()})
    if subject == "region" and any("indicator" not in row.cells for row in long.rows):
        raise InputError([header.fault("no-indicator", 0)])
    return long


def _from_indicators(header: Line, body: Sequence[Line], above: Sequence[Line]) -> Long:
    named = {
        n: {"indicator": cell.strip()}
        for n, (cell, role) in enumerate(zip(header.cells, _roles(header), strict=True))
        if role and role not in COLUMNS
    }
    return _from_wide(header, body, above, named)


def _from_wide(
    header: Line, body: Sequence[Line], above: Sequence[Line], columns: dict[int, dict[str, str]]
) -> Long:
    """Turn each cell of the value ``columns`` into a row; what each column says goes with it."""
    said, left_out = _above(above)
    at = {role: n for n, role in enumerate(_roles(header)) if role in COLUMNS}
    rows: list[RawRow] = []
    unused: dict[int, None] = {}
    for line in body:
        reason = _not_data(line)
        if reason is not None:
            left_out.append(_left_out(line.place, reason, line))
            continue
        cells = [cell.strip() for cell in line.cells]
        unused |= {
            n: None
            for n, cell in enumerate(cells)
            if cell and n not in columns and n not in at.values()
        }
        cells += [""] * (len(header.cells) - len(cells))
        given = said | {role: cells[n] for role, n in at.items()}
        values = {n: given | of_column | {"value": cells[n]} for n, of_column in columns.items()}
        rows += _with_values(line, values, at, left_out)
    for n in sorted(unused):
        heading = header.cells[n].strip() if n < len(header.cells) else ""
        found = heading or f"#{n + 1}"
        left_out.append(LeftOut(header.place, "column-not-used", {"found": found}))
    return Long(rows, left_out, _repeated(header))


def _repeated(header: Line) -> list[Fault]:
    """Find canonical columns that a header names twice."""
    roles = _roles(header)
    return [
        header.fault("column-twice", index, found=role)
        for index, role in enumerate(roles)
        if role in COLUMNS and role in roles[:index]
    ]


def _above(lines: Sequence[Line]) -> tuple[dict[str, str], list[LeftOut]]:
    """Read what stands above a table: which indicator or region all of it is of."""
    said: dict[str, str] = {}
    left_out = []
    for line in lines:
        match = _SAID_ABOVE.match(plain_text(line.cells[0]))
        if match is None:
            left_out.append(_left_out(line.place, "above-table", line))
        else:
            said["indicator" if match[1] == "指标" else "region"] = match[2]
    return said, left_out


def _not_data(line: Line) -> str | None:
    """Tell the footers and sub-items of a table from its data."""
    if _FOOTER.match(plain_text(line.cells[0])):
        return "footer"
    return "sub-item" if _SUB_ITEM.match(line.cells[0]) else None


def _with_values(
    line: Line, values: dict[int, dict[str, str]], at: dict[str, int], left_out: list[LeftOut]
) -> list[RawRow]:
    """Make a row of each cell that holds a value; the blank ones of a line are left out as one."""
    rows, blank = [], 0
    for n, cells in values.items():
        if plain_text(cells["value"]).lower() in MISSING:
            blank += 1
        elif read_cell(cells["value"]) is None:
            left_out.append(LeftOut(line.place, "no-value", {"found": cells["value"]}))
        else:
            rows.append(RawRow(line, cells, {**at, "value": n, "period": at.get("period", n)}))
    if blank:
        left_out.append(LeftOut(line.place, "blank-value", {"found": f"{line.cells[0]} ({blank})"}))
    return rows


def _left_out(place: Place, reason: str, line: Line) -> LeftOut:
    return LeftOut(place, reason, {"found": line.cells[0].strip()[:40]})
