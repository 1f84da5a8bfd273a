"""Long tables: a line a value, with columns for indicator, period and value."""

from collections.abc import Iterator

from mfgtargets.faults import InputError, mistyped
from mfgtargets.observations.headers import Header
from mfgtargets.observations.headings import unit_said
from mfgtargets.observations.hints import IGNORE
from mfgtargets.observations.lines import COLUMNS, HELPING, Line
from mfgtargets.observations.observation import Admission, LeftOut, Refusal
from mfgtargets.observations.remarks import kind_of, kind_of_line, left_out_line, unit_line
from mfgtargets.observations.rowparts import (
    Item,
    Lines,
    RowMaker,
    check_unread_regions,
    column_left_out,
    wrong_count,
)

_MOST_COMPARED = 200  # columns whose names are compared with those of the canonical form


def long_rows(
    maker: RowMaker, body: Lines, given: dict[str, str], said: dict[str, str], admit: Admission
) -> Iterator[Item]:
    """Yield a row a line; a header met again is put back and ends the table.

    ``given`` is what is said of the whole table; what its lines say goes to ``said`` too.
    """
    header = maker.header
    yield from _checked(header, given)
    idle = [n for n in range(len(header.roles)) if n not in header.at.values()]
    size, columns = len(header.roles), sorted(header.at.items(), key=lambda pair: pair[1])
    for line in _admitted(maker, body, admit):
        if isinstance(line, LeftOut):
            yield line
            continue
        cells = line.cells
        name = cells[header.subject] if header.subject < len(cells) else ""
        reason = kind_of(cells, name, (header.at["value"],))
        if reason == "anew":
            body.put_back(line)
            return
        if unit := unit_line(line):
            given = given | unit
            said |= unit
        elif reason in {"footer", "subtotal"}:
            yield left_out_line(reason, line)
        elif len(cells) != size:
            yield wrong_count(line, size)
        elif not maker.keeps(cells):
            yield left_out_line("not-asked-for", line)
        else:
            row = {column: cells[n].strip() for column, n in columns}
            check_unread_regions(line, idle, {*header.at, *given})
            yield maker.row(line, row, header.at, given)


def _admitted(maker: RowMaker, body: Lines, admit: Admission) -> Iterator[Line | LeftOut]:
    """Yield the lines that are not refused for their indicator or region: most of a large table are.

    Refused ones are told together where they stand together.
    """
    at, subject, size = maker.header.at, maker.header.subject, len(maker.header.roles)
    indicator, region = at.get("indicator", -1), at.get("region", -1)
    alike: Refusal | None = None
    first, count = maker.header.line.place, 0  # of the lines refused alike
    for line in body:
        cells = line.cells
        refusal = None
        if region >= 0 <= indicator and len(cells) == size and cells[indicator] and cells[region]:
            refusal = admit(cells[indicator].strip(), cells[region].strip())
        if refusal is None or kind_of_line(cells[0], cells[subject]):
            yield line
        elif refusal is alike and not maker.one_by_one:
            count += 1
        else:
            if alike is not None:
                yield LeftOut(first, *alike, count)
            alike, first, count = refusal, line.place, 1
    if alike is not None:
        yield LeftOut(first, *alike, count)


def _checked(header: Header, given: dict[str, str]) -> Iterator[LeftOut]:
    """Refuse a header with what is wrong in it; tell the columns that are not used."""
    faults = header.faults()
    unused = []
    for n, column in enumerate(header.roles):
        if column in header.at or column in {"", IGNORE, *HELPING} or unit_said([column]):
            continue
        near = mistyped(column, COLUMNS) if n < _MOST_COMPARED else ""
        if near and near not in header.at:
            details = {"found": column, "near": near, "expected": ", ".join(COLUMNS)}
            faults.append(header.line.fault("unknown-column", n, **details))
        else:
            unused.append(n)
    missing = [
        column
        for column in ("indicator", "period", "value")
        if column not in header.at and (column == "value" or column not in given)
    ]
    if missing == ["indicator"]:
        faults.append(header.line.fault("no-indicator", 0))
    elif missing:
        faults.append(header.line.fault("missing-column", 0, expected=", ".join(missing)))
    if faults:
        raise InputError(faults)
    for n in unused:
        yield column_left_out("column-not-needed", header, n)
