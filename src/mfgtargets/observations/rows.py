"""The shapes tables come in, each turned into rows of one value, as the lines come.

*Long*: a line a value, with columns for indicator, period and value. *Wide*: a line an indicator, a
region or a period, and a column for each period or indicator (``headers`` tells which).
"""

from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from mfgtargets.faults import Fault, InputError, mistyped
from mfgtargets.notation.cells import (
    is_missing,
    is_region,
    plain_text,
    read_cell,
    split_unit,
)
from mfgtargets.observations.headers import (
    IGNORE,
    WITHIN,
    Header,
    Hints,
    find_header,
    is_cross_section,
    read_header,
    unit_said,
)
from mfgtargets.observations.lines import COLUMNS, HELPING, Line, column_of
from mfgtargets.observations.observation import Admission, LeftOut
from mfgtargets.observations.remarks import kind_of_line, left_out_line, said_above, unit_line

_MOST_COMPARED = 200  # columns whose names are compared with those of the canonical form
_UNCLEAR = "?"  # the unit of a table that follows one of another unit


class RawRow(NamedTuple):
    """One value and all that its line says of it: text by canonical column, and cell by column."""

    line: Line
    cells: dict[str, str]
    at: dict[str, int]


Item = RawRow | LeftOut | Fault


def rows_of(lines: Iterator[Line], hints: Hints, admit: Admission) -> Iterator[Item]:
    """Turn the tables of any known shape into rows, in order, with what is left out or wrong.

    ``admit`` says of indicator and region of a row of a long table why it is left out unread.

    A header met again, or a line that says a new indicator or region, begins a new table. Raises
    ``InputError`` where a header is wrong.
    """
    said = {"region": hints.region} if hints.region else {}
    said_by: dict[str, list[str]] = {}
    rest = _Lines(lines)
    while (yield from _one_table(rest, hints, admit, said, said_by)):
        pass


class _Lines:
    """The lines of a file, of which some can be put back to be read again."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._again: list[Line] = []  # the next one last

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        return self._again.pop() if self._again else next(self._lines)

    def put_back(self, *lines: Line) -> None:
        """Let lines come again, before all others."""
        self._again += reversed(lines)


def _one_table(
    lines: _Lines,
    hints: Hints,
    admit: Admission,
    said: dict[str, str],
    said_by: dict[str, list[str]],
) -> Generator[Item, None, bool]:
    """Yield the rows of one table, note what it says of all its values, tell if more follows it."""
    top = list(islice(lines, WITHIN + 1))
    if not top:
        return False
    found = find_header(top, hints)
    if found is None and is_cross_section(top, hints):
        raise InputError([top[0].fault("no-period", 0)])
    index, header = found or (0, read_header(top[0], hints))
    lines.put_back(*top[index + header.height :])
    told, left_out = said_above(top[:index])
    yield from left_out
    if "unit" in said and header.headings != said_by.get("headings"):
        said["unit"] = _UNCLEAR  # that of another table: whether it goes on is not to be guessed
    said_by["headings"] = header.headings
    said |= told | header.unit
    absent = [name for name in hints.columns if name not in map(_plain, header.headings)]
    if absent:
        raise InputError([header.line.fault("no-such-column", 0, found=", ".join(absent))])
    given = ({"period": hints.period} if hints.period else {}) | said
    if found is None or header.is_long:
        return (yield from _from_long(header, lines, given, said, admit))
    return (yield from _from_wide(header, lines, given, said))


def _from_long(
    header: Header,
    body: _Lines,
    given: dict[str, str],
    said: dict[str, str],
    admit: Admission,
) -> Generator[Item, None, bool]:
    yield from _checked(header, given)
    idle = [n for n in range(len(header.roles)) if n not in header.at.values()]
    size, columns = len(header.roles), sorted(header.at.items(), key=lambda pair: pair[1])
    indicator, region = header.at["indicator"], header.at.get("region", -1)
    for line in body:
        cells = line.cells
        # Most rows of a large table are of other regions: that is seen first.
        if region >= 0 and len(cells) == size and cells[indicator] and cells[region]:
            name = cells[indicator].strip()
            refusal = admit(name, cells[region].strip()) if name else None
            if refusal and not kind_of_line(cells[0], cells[header.subject]):
                yield LeftOut(line.place, *refusal)
                continue
        reason = _no_data(line, header)
        if reason == "anew":
            body.put_back(line)
            return True
        if unit := unit_line(line):
            given = given | unit
            said |= unit
        elif reason in {"footer", "subtotal"}:
            yield left_out_line(reason, line)
        elif len(line.cells) == size:
            row = {column: cells[n].strip() for column, n in columns}
            yield from _unread_regions(line, idle, {*header.at, *given})
            yield RawRow(line, _whole(header, given, row), header.at)
        else:
            yield _wrong_count(line, size)
    return False


def _wrong_count(line: Line, size: int) -> Fault:
    return line.fault("wrong-cell-count", 0, found=len(line.cells), expected=size)


def _checked(header: Header, given: dict[str, str]) -> Iterator[LeftOut]:
    """Refuse a long table's header with what is wrong in it; tell the columns that are not used."""
    faults = header.faults()
    unused = []
    for n, column in enumerate(header.roles):
        if column in header.at or column in {"", IGNORE, *HELPING} or unit_said([column]):
            continue
        near = mistyped(column, COLUMNS) if n < _MOST_COMPARED else ""
        if near:
            details = {"found": column, "near": near, "expected": ", ".join(COLUMNS)}
            faults.append(header.line.fault("unknown-column", n, **details))
        else:
            unused.append(n)
    needed = ["indicator", *(() if "period" in given else ("period",)), "value"]
    missing = [column for column in needed if column not in header.at]
    if missing:
        faults.append(header.line.fault("missing-column", 0, expected=", ".join(missing)))
    if faults:
        raise InputError(faults)
    for n in unused:
        yield _column_not_used(header, n)


def _check_wide(header: Header, given: dict[str, str]) -> None:
    """Refuse a wide table's header with what is wrong in it."""
    if faults := header.faults():
        raise InputError(faults)
    unnamed = [
        n for n, says in header.values.items() if "indicator" not in {*says, *header.at, *given}
    ]
    if unnamed:
        at = unnamed[0] if len(unnamed) < len(header.values) else 0
        raise InputError([header.line.fault("no-indicator", at)])


def _from_wide(
    header: Header, body: _Lines, given: dict[str, str], said: dict[str, str]
) -> Generator[Item, None, bool]:
    """Turn each cell of the value columns into a row; what each column says goes with it."""
    _check_wide(header, given)
    unused: dict[int, None] = {}
    used = {*header.values, *header.at.values()}
    has_regions = False
    for line in body:
        reason = _no_data(line, header)
        if reason == "anew":
            body.put_back(line)
            return True
        cells = [cell.strip() for cell in line.cells]
        cells += [""] * (len(header.roles) - len(cells))
        if unit := unit_line(line):
            given = given | unit
            said |= unit
        elif reason is not None:
            yield left_out_line(reason, line)
        elif any(cells[len(header.roles) :]):
            yield _wrong_count(line, len(header.roles))
        elif (context := _context(header, cells)) is not None:
            given = given | context
            said |= context
            if context:
                yield left_out_line("sub-heading", line)
        else:
            if "region" in header.at:
                has_regions = has_regions or bool(cells[header.at["region"]])
                yield from _without_region(header, line, cells) if has_regions else ()
            idle = [n for n, cell in enumerate(cells) if cell and n not in used]
            unused |= dict.fromkeys(idle)
            yield from _unread_regions(line, idle, {*header.at, *given})
            yield from _values(header, line, given, cells)
    for n in sorted(unused):
        yield _column_not_used(header, n)
    return False


def _unread_regions(line: Line, idle: Sequence[int], known: set[str]) -> Iterator[Fault]:
    """Refuse names of places in a column that is not read, where nothing else says the region."""
    if "region" not in known:
        for n in idle:
            if is_region(line.cells[n]):
                yield line.fault("unread-region", n, found=line.cells[n].strip())


def _without_region(header: Header, line: Line, cells: list[str]) -> Iterator[Fault]:
    """Refuse values without a region where others have one: whose they are is not to be guessed."""
    at = header.at["region"]
    if not cells[at] and any(cells[n] for n in header.values):
        yield line.fault("blank-region", at)


def _values(header: Header, line: Line, given: dict[str, str], cells: list[str]) -> Iterator[Item]:
    """Yield a row of each cell that holds a value; the blank ones of a line are left out as one."""
    own = {role: cells[n] for role, n in header.at.items()}
    blank = 0
    for n, of_column in header.values.items():
        text = cells[n]
        if is_missing(text):
            blank += 1
            continue
        if read_cell(text) is None and is_region(text) and "region" not in own | given:
            yield line.fault("unread-region", n, found=text)
            continue
        if read_cell(text) is None:
            yield LeftOut(line.place, "no-value", {"found": text})
            continue
        row = own | of_column | {"value": text}
        at = {**header.at, "value": n, "period": header.at.get("period", n)}
        yield RawRow(line, _whole(header, given, row), at)
    if blank:
        name = cells[header.subject]
        yield LeftOut(line.place, "blank-value", {"found": f"{name} ({blank})"})


def _whole(header: Header, given: dict[str, str], row: dict[str, str]) -> dict[str, str]:
    """Return a row with what is said of the whole table, and its period in one piece.

    A unit of the row, or in its name, comes before the one said of the table.
    """
    if "month" in header.at or "quarter" in header.at:
        row = _dated(row)
    name = row.get("indicator") or given.get("indicator", "")
    if "unit" in given and (row.get("unit") or split_unit(name)[1]):
        given = {key: text for key, text in given.items() if key != "unit"}
    return row | {key: text for key, text in given.items() if not row.get(key)} if given else row


def _context(header: Header, cells: list[str]) -> dict[str, str] | None:
    """Return what a line says of the lines under it; None where it is one of values.

    A region's name alone heads them; a line of units gives each column its own.
    """
    name = cells[header.subject]
    if "region" not in header.at and [cell for cell in cells if cell] == [name] and is_region(name):
        return {"region": name}
    if column_of(name) != "unit":
        return None
    for n, of_column in header.values.items():
        if n < len(cells) and cells[n]:
            of_column["unit"] = cells[n]
    return {}


def _dated(row: dict[str, str]) -> dict[str, str]:
    """Put year and month, or year and quarter, that stand in columns of their own together."""
    month, quarter = _plain(row.pop("month", "")), _plain(row.pop("quarter", ""))
    year = _plain(row.get("period", "")).removesuffix("年")
    if month:
        row["period"] = f"{year}年{month.removesuffix('月')}月"
    elif quarter:
        row["period"] = f"{year}年{quarter.removeprefix('q').removesuffix('季度')}季度"
    return row


def _no_data(line: Line, header: Header) -> str | None:
    name = line.cells[header.subject] if header.subject < len(line.cells) else ""
    return kind_of_line(line.cells[0], name)


def _plain(text: str) -> str:
    return plain_text(text).lower()


def _column_not_used(header: Header, n: int) -> LeftOut:
    heading = header.headings[n] if n < len(header.headings) else ""
    return LeftOut(header.line.place, "column-not-used", {"found": heading or f"#{n + 1}"})
