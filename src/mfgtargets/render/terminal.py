"""Tables for a terminal, drawn by Rich: as wide as the window, coloured, never cropped."""

import re
from collections.abc import Iterator, Sequence
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
    columns = list(zip(widths, table.left, strict=True))
    yield from _row([Cell(heading) for heading in table.headings], columns, "bold")
    yield Text("─" * min(width, sum(widths) + GAP * (len(widths) - 1)))
    for line in table.lines:
        if line.heading is None:
            yield from _row(line.cells, columns)
        else:
            yield Text("\n".join(folded(line.heading, width)), "bold")


def _row(
    cells: Sequence[Cell], columns: Sequence[tuple[int, bool]], style: str = ""
) -> Iterator[Text]:
    """Yield the lines of a row by the widths and sides of columns; one in a ``style`` ends level."""
    blocks = [folded(cell.text, width) for cell, (width, _) in zip(cells, columns, strict=True)]
    height = max(map(len, blocks))
    for n, lines in enumerate(blocks):
        blank = [""] * (height - len(lines))
        blocks[n] = blank + lines if style else lines + blank
    for parts in zip(*blocks, strict=True):
        line = Text()
        for cell, part, (width, on_left) in zip(cells, parts, columns, strict=True):
            space = " " * (width - cell_len(part))
            text = part + space if on_left else space + part
            line.append(text, style or _STYLES.get(cell.code, "")).append(" " * GAP)
        line.rstrip()
        yield line


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
