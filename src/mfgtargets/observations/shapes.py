"""The shapes tables come in, each turned into rows of one value, as the lines come.

*Long*: a line a value, with columns for indicator, period and value. *Wide*: a line an indicator, a
region or a period, and a column for each period or indicator (``headers`` tells which).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from mfgtargets.faults import Fault, InputError, mistyped
from mfgtargets.observations.cells import is_missing, plain_text, read_cell, read_period, split_unit
from mfgtargets.observations.headers import (
    IGNORE,
    WITHIN,
    Header,
    Hints,
    find_header,
    is_cross_section,
    read_header,
)
from mfgtargets.observations.model import LeftOut
from mfgtargets.observations.tables import COLUMNS, Line

_ABOVE = {"指标": "indicator", "地区": "region", "单位": "unit", "计量单位": "unit",
          "时间": "period", "年份": "period"}  # fmt: skip
_SAID_ABOVE = re.compile(rf"({'|'.join(_ABOVE)}):(.+)\Z")
_FOOTER = re.compile(r"(注|数据来源|资料来源|来源|备注|说明)\d*:")
_SUB_ITEM = re.compile(r"#|其中|\u3000")


class RawRow(NamedTuple):
    """One value and all that its line says of it: text by canonical column, and cell by column."""

    line: Line
    cells: dict[str, str]
    at: dict[str, int]


Item = RawRow | LeftOut | Fault


def rows_of(lines: Iterator[Line], hints: Hints) -> Iterator[Item]:
    """Turn a table of any known shape into rows, in order, with what is left out or wrong.

    Raises ``InputError`` where its header is wrong.
    """
    top = list(islice(lines, WITHIN + 1))
    if not top:
        return
    found = find_header(top, hints)
    if found is None and is_cross_section(top, hints):
        raise InputError([top[0].fault("no-period", 0)])
    index, header = found or (0, read_header(top[0], hints))
    body = chain(top[index + header.height :], lines)
    if found is None or header.is_long:
        yield from (_left_out("above-table", line) for line in top[:index])
        yield from _from_long(header, body, hints)
    else:
        yield from _from_wide(header, body, top[:index], hints)


def _from_long(header: Header, body: Iterator[Line], hints: Hints) -> Iterator[Item]:
    yield from _checked(header, hints)
    size, columns = len(header.roles), sorted(header.at.items(), key=lambda pair: pair[1])
    given = {"period": hints.period} if hints.period and "period" not in header.at else {}
    for line in body:
        if len(line.cells) == size:
            cells = {column: line.cells[n].strip() for column, n in columns}
            yield RawRow(line, given | cells, header.at)
        elif _not_data(line, 0) == "footer":
            yield _left_out("footer", line)
        else:
            details = {"found": len(line.cells), "expected": size}
            yield line.fault("wrong-cell-count", 0, **details)


def _checked(header: Header, hints: Hints) -> Iterator[LeftOut]:
    """Refuse a long table's header with what is wrong in it; tell the columns that are not used."""
    faults = header.faults()
    unused = []
    for n, column in enumerate(header.roles):
        if column in header.at or column in {"", IGNORE, "region_code"}:
            continue
        near = mistyped(column, COLUMNS)
        if near:
            details = {"found": column, "near": near, "expected": ", ".join(COLUMNS)}
            faults.append(header.line.fault("unknown-column", n, **details))
        else:
            unused.append(n)
    needed = ["indicator", *(() if hints.period else ("period",)), "value"]
    missing = [column for column in needed if column not in header.at]
    if missing:
        faults.append(header.line.fault("missing-column", 0, expected=", ".join(missing)))
    if faults:
        raise InputError(faults)
    for n in unused:
        yield _column_not_used(header, n)


def _from_wide(
    header: Header, body: Iterator[Line], above: Sequence[Line], hints: Hints
) -> Iterator[Item]:
    """Turn each cell of the value columns into a row; what each column says goes with it."""
    if faults := header.faults():
        raise InputError(faults)
    said, left_out = _above(above)
    yield from left_out
    said = ({"period": hints.period} if hints.period else {}) | said
    given = {*header.at, *said, *(key for of_column in header.values.values() for key in of_column)}
    if "indicator" not in given:
        raise InputError([header.line.fault("no-indicator", 0)])
    unused: dict[int, None] = {}
    for line in body:
        reason = _not_data(line, header.subject)
        if reason is not None:
            yield _left_out(reason, line)
            continue
        cells = [cell.strip() for cell in line.cells]
        unused |= {
            n: None
            for n, cell in enumerate(cells)
            if cell and n not in header.values and n not in header.at.values()
        }
        cells += [""] * (len(header.roles) - len(cells))
        yield from _values(header, line, said, cells)
    for n in sorted(unused):
        yield _column_not_used(header, n)


def _values(header: Header, line: Line, said: dict[str, str], cells: list[str]) -> Iterator[Item]:
    """Yield a row of each cell that holds a value; the blank ones of a line are left out as one."""
    own = {role: cells[n] for role, n in header.at.items()}
    blank = 0
    for n, of_column in header.values.items():
        text = cells[n]
        if is_missing(text):
            blank += 1
            continue
        if read_cell(text) is None:
            yield LeftOut(line.place, "no-value", {"found": text})
            continue
        row = said | own | of_column | {"value": text}
        if "unit" not in header.at and split_unit(row["indicator"])[1]:
            row.pop("unit", None)  # the unit in the name comes before that above the table
        at = {**header.at, "value": n, "period": header.at.get("period", n)}
        yield RawRow(line, row, at)
    if blank:
        name = cells[header.subject]
        yield LeftOut(line.place, "blank-value", {"found": f"{name} ({blank})"})


def _above(lines: Sequence[Line]) -> tuple[dict[str, str], list[LeftOut]]:
    """Read what stands above a table: which indicator, region, unit or year all of it is of."""
    said: dict[str, str] = {}
    left_out = []
    for line in lines:
        matches = [_SAID_ABOVE.match(plain_text(cell)) for cell in line.cells]
        found = {_ABOVE[match[1]]: match[2] for match in matches if match}
        if "period" in found and read_period(found["period"]) is None:
            del found["period"]
        if not found:
            left_out.append(_left_out("above-table", line))
        said |= found
    return said, left_out


def _not_data(line: Line, subject: int) -> str | None:
    """Tell the footers and sub-items of a table from its data."""
    if _FOOTER.match(plain_text(line.cells[0])):
        return "footer"
    name = line.cells[subject] if subject < len(line.cells) else ""
    return "sub-item" if _SUB_ITEM.match(name) else None


def _left_out(reason: str, line: Line) -> LeftOut:
    found = next((cell.strip() for cell in line.cells if cell.strip()), "")
    return LeftOut(line.place, reason, {"found": found[:40]})


def _column_not_used(header: Header, n: int) -> LeftOut:
    heading = header.headings[n] if n < len(header.headings) else ""
    return LeftOut(header.line.place, "column-not-used", {"found": heading or f"#{n + 1}"})
