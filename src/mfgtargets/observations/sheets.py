"""Sheets of tables as people see them: merged blocks, hidden rows and columns."""

from collections.abc import Iterable
from typing import NamedTuple

from mfgtargets.faults import Place
from mfgtargets.observations.lines import Line
from mfgtargets.observations.observation import LeftOut
from mfgtargets.observations.packages import Merge, too_large

LARGEST_TEXT = 20_000_000  # characters of a sheet: one text may stand in many cells


class Sheet(NamedTuple):
    """One sheet: its title, its name for messages, whether people see it, and what they see.

    ``lines`` are those that are not blank; ``left_out`` tells the hidden rows and columns.
    """

    title: str
    name: str
    is_hidden: bool
    lines: list[Line]
    left_out: list[LeftOut]


def seen_lines(
    rows: Iterable[list[str]], merges: list[Merge], place: str, hidden: set[int], lost: set[int]
) -> tuple[list[Line], list[LeftOut]]:
    """Return the rows that are not blank; text merged downwards stands in each of its rows.

    ``hidden`` rows and ``lost`` columns are left out, and told.
    """
    table = list(rows)
    if sum(len(cell) for row in table for cell in row) > LARGEST_TEXT:
        raise too_large(f">{LARGEST_TEXT}", place)
    reached = _merged(table, merges, place)
    left_out = [
        LeftOut(Place(place, n + 1, is_cell=True), "hidden-row", {"found": " ".join(table[n])[:80]})
        for n in sorted(hidden.intersection(range(len(table))))
        if any(cell.strip() for cell in table[n])
    ]
    for column in sorted(lost):
        cells = [row[column] for row in table if column < len(row) and row[column].strip()]
        if cells:
            left_out.append(LeftOut(Place(place), "hidden-column", {"found": cells[0]}))
    for row_cells in table:
        row_cells[:] = ["" if n in lost else cell for n, cell in enumerate(row_cells)]
    lines = [
        Line(Place(place, n + 1, is_cell=True), cells, merged=frozenset(reached.get(n, ())))
        for n, cells in enumerate(table)
        if n not in hidden and any(cell.strip() for cell in cells)
    ]
    return lines, left_out


def _merged(table: list[list[str]], merges: list[Merge], place: str) -> dict[int, set[int]]:
    """Show merged blocks as people see them; return the columns that they cover, by row."""
    height, width = len(table), max(map(len, table), default=0)
    reached: dict[int, set[int]] = {}
    left = height * width  # cells: blocks do not overlap
    for merge in merges:
        rows = range(merge.top, min(merge.bottom + 1, height))
        columns = range(merge.left, min(merge.right + 1, width))
        left -= len(rows) * len(columns)
        if left < 0:
            raise too_large(f"{height} x {width}", place)
        if not rows or not columns:
            continue
        heading = table[merge.top][merge.left]
        repeated = "" if _is_number(heading) else heading
        for row in rows:
            reached.setdefault(row, set()).update(columns[1:])
            table[row][merge.left : columns.stop] = [repeated, *[""] * (len(columns) - 1)]
        table[merge.top][merge.left] = heading
    return reached


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).lstrip("-").isdigit()
