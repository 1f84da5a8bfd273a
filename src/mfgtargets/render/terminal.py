"""Tables for a terminal, drawn by Rich: as wide as the window, coloured, never cropped."""

import re
from io import StringIO
from typing import Literal

from rich import box
from rich import table as rich_table
from rich.cells import cell_len
from rich.console import Console, detect_legacy_windows
from rich.text import Text

from mfgtargets.harmless import visible
from mfgtargets.render.table import Table

_STYLES = {
    "met": "bold green",
    "met_early": "bold green",
    "ahead": "green",
    "on_track": "cyan",
    "lagging": "bold yellow",
    "missed": "bold red",
    "no_data": "dim",
    "not_quantified": "dim",
    "not_assessable": "magenta",
    # The common scale, for the words of other methods; met and on_track are above.
    "behind": "bold yellow",
    "away": "bold red",
}

_GOOD_NAME, _LEAST_NAME = 28, 12
# What a name may be broken between: words, single Chinese characters, the unit at the end.
_PIECES = re.compile(r"\([^()]{1,12}\)$|[!-~]+\s*|.")


def terminal_text(table: Table, width: int) -> str:
    """Draw a table for a terminal ``width`` columns wide; names and the last column are folded."""
    table, stream = table.each(visible), StringIO()
    # Data are shown as they are: no markup, no emoji, no highlighting; no colour on a console of
    # Windows that would show its codes.
    console = Console(
        file=stream,
        width=width,
        force_terminal=True,
        color_system=None if detect_legacy_windows() else "auto",
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for text in table.before:
        console.print(Text(text, style="bold"))
    console.print()
    console.print(_drawn(table, width))
    if table.after:
        console.print()
        first, *rest = table.after
        console.print(Text(first, style="bold"))
        for text in rest:
            console.print(Text(text))
    return stream.getvalue()


def _drawn(table: Table, width: int) -> rich_table.Table:
    widths, space = _widths(table, width)
    drawn = rich_table.Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, space, 0, 0)
    )
    for heading, on_left, columns in zip(table.headings, table.left, widths, strict=True):
        justify: Literal["left", "right"] = "left" if on_left else "right"
        head = Text(heading, style="bold")
        drawn.add_column(head, justify=justify, width=columns, overflow="fold")
    for line in table.lines:
        if line.heading is not None:
            heading = "\n".join(folded(line.heading, widths[0]))
            drawn.add_row(Text(heading, style="bold"))
            continue
        name, *cells = line.cells
        texts = [Text(cell.text, style=_STYLES.get(cell.code, "")) for cell in cells]
        drawn.add_row(Text("\n".join(folded(name.text, widths[0]))), *texts)
    return drawn


def _widths(table: Table, width: int) -> tuple[list[int], int]:
    """Return the widths of the columns and the space between them.

    Figures keep their natural width; the names get what is left, and the last column, where it is
    words, gives way to them.
    """
    natural = [max(map(cell_len, column)) for column in zip(*table.rows, strict=True)]
    headed = [cell_len(line.heading) for line in table.lines if line.heading is not None]
    natural[0] = max(natural[0], min(max(headed, default=0), _GOOD_NAME))
    wanted = min(natural[0], _GOOD_NAME)
    left = width - sum(natural[1:]) - 2 * len(natural)
    space = 1
    if left < wanted and table.left[-1]:
        words = [word for row in table.rows for word in row[-1].split()]
        given = min(wanted - left, natural[-1] - max(map(cell_len, words), default=0))
        natural[-1] -= given
        left += given
    if left < wanted:
        space = 0
        left += len(natural)
    return [min(natural[0], max(_LEAST_NAME, left)), *natural[1:]], space


def folded(name: str, width: int) -> list[str]:
    """Fold a name into lines of at most ``width`` columns; a unit in brackets stays whole."""
    lines, line = [], ""
    for piece in _PIECES.findall(name):
        if line and cell_len(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]
