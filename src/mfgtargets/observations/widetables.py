"""Wide tables: a line an indicator, a region or a period, and a column for each of another of these."""

from collections.abc import Iterator

from mfgtargets.faults import InputError
from mfgtargets.notation.cells import is_missing, is_region
from mfgtargets.notation.marks import read_marked, status_of
from mfgtargets.observations.headers import Header
from mfgtargets.observations.lines import Line, column_of
from mfgtargets.observations.observation import Admission, LeftOut
from mfgtargets.observations.remarks import kind_of, left_out_line, unit_line
from mfgtargets.observations.rowparts import (
    Item,
    Lines,
    RowMaker,
    check_unread_regions,
    column_left_out,
    wrong_count,
)


def wide_rows(
    maker: RowMaker, body: Lines, given: dict[str, str], said: dict[str, str], admit: Admission
) -> Iterator[Item]:
    """Turn each cell of the value columns into a row; what each column says goes with it.

    ``given`` is what is said of the whole table; what its lines say goes to ``said`` too.
    """
    header = maker.header
    _check(header, given)
    unused: dict[int, None] = {}
    used = {*header.values, *header.at.values()}
    size = len(header.roles)
    for line in body:
        name = line.cells[header.subject] if header.subject < len(line.cells) else ""
        reason = kind_of(line.cells, name, header.values)
        if reason == "anew":
            body.put_back(line)
            break
        cells = [cell.strip() for cell in line.cells]
        cells += [""] * (size - len(cells))
        if unit := unit_line(line):
            given = given | unit
            said |= unit
        elif reason is not None:
            yield left_out_line(reason, line)
        elif any(cells[size:]):
            yield wrong_count(line, size)
        elif (context := _context(header, cells)) is not None:
            given = given | context
            said |= {key: text for key, text in context.items() if key == "region"}
            if context:
                yield left_out_line("sub-heading", line)
        elif not maker.keeps(cells):
            yield left_out_line("not-asked-for", line)
        else:
            idle = [n for n, cell in enumerate(cells) if cell and n not in used]
            unused |= dict.fromkeys(idle)
            check_unread_regions(line, idle, {*header.at, *given, *header.across})
            whole = line._replace(cells=cells)
            yield from _refused(header, whole, given, admit) or _values(maker, whole, given)
    for n in sorted(unused):
        yield column_left_out("column-not-used", header, n)


def _check(header: Header, given: dict[str, str]) -> None:
    """Refuse a header with what is wrong in it."""
    if faults := header.faults():
        raise InputError(faults)
    unnamed = [
        n for n, says in header.values.items() if "indicator" not in {*says, *header.at, *given}
    ]
    if unnamed:
        at = unnamed[0] if len(unnamed) < len(header.values) else 0
        raise InputError([header.line.fault("no-indicator", at)])


def _refused(
    header: Header, line: Line, given: dict[str, str], admit: Admission
) -> tuple[LeftOut, ...]:
    """Leave out a line whose indicator or region is not wanted, before its cells are read."""
    if "end" in header.across:
        return ()
    name, region = (
        line.cells[header.at[column]] if column in header.at else given.get(column, "")
        for column in ("indicator", "region")
    )
    refusal = admit(name, region)
    if refusal is None or not (name or refusal[0] == "other-region"):
        return ()
    count = sum(not is_missing(line.cells[n]) for n in header.values)
    return (LeftOut(line.place, *refusal, count),) if count else ()


def _values(maker: RowMaker, line: Line, given: dict[str, str]) -> Iterator[Item]:
    """Yield a row of each cell that holds a value; the blank ones of a line are left out as one."""
    header, cells = maker.header, line.cells
    own = {role: cells[n] for role, n in header.at.items()}
    blank = 0
    for n, of_column in header.values.items():
        text = cells[n]
        if is_missing(text):
            blank += 1
        elif read_marked(text) is None:
            if is_region(text) and "region" not in own | given:
                raise InputError([line.fault("unread-region", n, found=text)])
            yield LeftOut.of(line.fault("no-value", n, found=text))
        else:
            at = {**header.at, "value": n, "period": header.at.get("period", n)}
            yield maker.row(line, own | of_column | {"value": text}, at, given)
    if blank:
        name = cells[header.subject]
        yield LeftOut(line.place, "blank-value", {"found": f"{name} ({blank})"})


def _context(header: Header, cells: list[str]) -> dict[str, str] | None:
    """Return what a line says of the lines under it; None where it is one of values.

    The name of a region, or a word of status (预测), alone heads them; a line of units gives each
    column its own.
    """
    name = cells[header.subject]
    if [cell for cell in cells if cell] == [name]:
        if "region" not in header.at and is_region(name):
            return {"region": name}
        if status := status_of(name):
            return {"obs_status": status}
    if column_of(name) != "unit":
        return None
    for n, of_column in header.values.items():
        if cells[n]:
            of_column["unit"] = cells[n]
    return {}
