"""Tables for a terminal, drawn by Rich: as wide as the window, coloured, never cropped."""

import re
from collections.abc import Iterable, Iterator
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, detect_legacy_windows
from rich.text import Text

from mfgtargets.harmless import visible
from mfgtargets.render.fitting import GAP, folded, shared_out, spans
from mfgtargets.render.table import Cell, Table

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
    for line in _drawn(table, width):
        console.print(line)
    if table.after:
        console.print()
        first, *rest = table.after
        put(first, "bold")
        for text in rest:
            put(text)
    return stream.getvalue()


def _drawn(table: Table, width: int) -> Iterator[Text]:
    """Yield the lines of a table: cells folded, headings across all columns."""
    widths = shared_out(spans(table), width)

    def row(cells: Iterable[Cell], *, is_head: bool = False) -> Iterator[Text]:
        columns = [(folded(c.text, w), c.code) for c, w in zip(cells, widths, strict=True)]
        height = max(len(lines) for lines, _ in columns)
        for n in range(height):
            line = Text()
            for (lines, code), columns_wide, on_left in zip(
                columns, widths, table.left, strict=True
            ):
                at = n + len(lines) - height if is_head else n
                part = lines[at] if 0 <= at < len(lines) else ""
                space = " " * (columns_wide - cell_len(part))
                style = "bold" if is_head else _STYLES.get(code, "")
                line.append(part + space if on_left else space + part, style).append(" " * GAP)
            line.rstrip()
            yield line

    yield from row(map(Cell, table.headings), is_head=True)
    yield Text("─" * min(width, sum(widths) + GAP * (len(widths) - 1)))
    for line in table.lines:
        if line.heading is None:
            yield from row(line.cells)
        else:
            yield Text("\n".join(folded(line.heading, width)), "bold")


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
