"""Tables as plain text: whole rows, aligned by display width, no colour (for pipes and files)."""

from collections.abc import Sequence

from rich.cells import cell_len

from mfgtargets.harmless import text_of, visible
from mfgtargets.render.table import Table

_GAP = "  "


def align(rows: Sequence[Sequence[str]], left: Sequence[bool]) -> list[str]:
    """Align cells in columns by the width a terminal gives them; ``left`` columns to the left."""
    widths = [max(cell_len(row[index]) for row in rows) for index in range(len(left))]
    return [
        _GAP.join(
            _padded(cell, width, on_left=on_left)
            for cell, width, on_left in zip(row, widths, left, strict=True)
        ).rstrip()
        for row in rows
    ]


def _padded(cell: str, width: int, *, on_left: bool) -> str:
    space = " " * (width - cell_len(cell))
    return cell + space if on_left else space + cell


def plain_text(table: Table) -> str:
    """Write a table with each row on one line, headings across it in square brackets."""
    table = table.each(visible)  # aligned as they are shown
    aligned = iter(align(table.rows, table.left))
    text = [*table.before, "", next(aligned)]
    text += [
        f"[{line.heading}]" if line.heading is not None else next(aligned) for line in table.lines
    ]
    if table.after:
        text += ["", *table.after]
    return text_of(text)
