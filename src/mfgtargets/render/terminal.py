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
from mfgtargets.render.fitting import folded, shared_out, spans
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

# What lines after the first begin under: the sign of a list, a label.
_LABEL = re.compile(r"\s*(?:- |\S[^:]{0,30}?(?:  +|: ))?")


def terminal_text(table: Table, width: int) -> str:
    """Draw a table for a terminal ``width`` columns wide; what is too long is folded."""
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

    def put(text: str, style: str = "") -> None:
        console.print(Text("\n".join(folded(text, width)), style=style))

    for text in table.before:
        put(text, "bold")
    console.print()
    console.print(_drawn(table, width))
    if table.after:
        console.print()
        first, *rest = table.after
        put(first, "bold")
        for text in rest:
            put(text)
    return stream.getvalue()


def _drawn(table: Table, width: int) -> rich_table.Table:
    widths = shared_out(spans(table), width)
    drawn = rich_table.Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0)
    )

    def text(cell: str, columns: int, style: str = "") -> Text:
        return Text("\n".join(folded(cell, columns)), style=style)

    for heading, on_left, columns in zip(table.headings, table.left, widths, strict=True):
        justify: Literal["left", "right"] = "left" if on_left else "right"
        head = text(heading, columns, "bold")
        drawn.add_column(head, justify=justify, width=columns, overflow="fold")
    for line in table.lines:
        if line.heading is not None:
            drawn.add_row(text(line.heading, widths[0], "bold"))
            continue
        pairs = zip(line.cells, widths, strict=True)
        drawn.add_row(*(text(c.text, columns, _STYLES.get(c.code, "")) for c, columns in pairs))
    return drawn


def folded_text(text: str, width: int) -> str:
    """Fold lines of text to the width of a terminal; what is folded stands under its beginning."""
    return "".join(f"{line}\n" for given in text.splitlines() for line in _hanging(given, width))


def _hanging(line: str, width: int) -> list[str]:
    """Fold one line, its further lines indented as its first is."""
    if cell_len(line) <= width:
        return [line]
    label = next(_LABEL.finditer(line))[0]  # the first is at the beginning, if only of nothing
    indent = min(cell_len(label), width // 3)
    first, *rest = folded(line[len(label) :], width - max(indent, cell_len(label)))
    return [label + first, *(" " * indent + one for one in rest)]
