"""Tables for a terminal, drawn by Rich: as wide as the window, coloured, never cropped."""

import re
from collections.abc import Sequence
from typing import Literal, TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mfgtargets.report import gaptable
from mfgtargets.report.results import Check
from mfgtargets.report.words import Lang

WIDE_FROM = 140  # columns of the window from which all columns of the table are shown
NARROW_FROM = 80  # and those that tell how far a target is

_GOOD_NAME, _LEAST_NAME = 24, 12
# What a name may be broken between: words, single Chinese characters, the unit at the end.
_PIECES = re.compile(r"\([^()]{1,12}\)$|[!-~]+\s*|.")

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
}


def console_for(stream: TextIO, width: int | None = None) -> Console:
    """Return a console that writes data as they are: no markup, no emoji, no highlighting."""
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False)


def print_check(check: Check, lang: Lang, console: Console) -> None:
    """Print the gap table and what it adds up to."""
    columns = _columns(console.width)
    headings = gaptable.headings(columns, lang)
    lines = gaptable.lines(check, columns, lang)
    widths, space = _widths(console.width, headings, lines)
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, space, 0, 0)
    )
    for heading, column, width in zip(headings, columns, widths, strict=True):
        justify: Literal["left", "right"] = "left" if column in gaptable.LEFT else "right"
        table.add_column(Text(heading, style="bold"), justify=justify, width=width, overflow="fold")
    status_at = columns.index("status")
    for line in lines:
        if line.heading is not None:
            table.add_row(Text("\n".join(folded(line.heading, widths[0])), style="bold"))
            continue
        cells = [Text(cell) for cell in line.cells]
        cells[0] = Text("\n".join(folded(line.cells[0], widths[0])))
        cells[status_at].stylize(_STYLES[line.status])
        table.add_row(*cells)
    console.print(Text(gaptable.title(check, lang), style="bold"))
    console.print()
    console.print(table)
    console.print()
    first, *rest = gaptable.footer(check, lang)
    console.print(Text(first, style="bold"))
    for text in rest:
        console.print(Text(text))


def _columns(width: int) -> tuple[str, ...]:
    """Return the columns that fit the window."""
    if width >= WIDE_FROM:
        return gaptable.WIDE
    return gaptable.NARROW if width >= NARROW_FROM else gaptable.COMPACT


def _widths(
    width: int, headings: Sequence[str], lines: Sequence[gaptable.Line]
) -> tuple[list[int], int]:
    """Return the widths of the columns and the space between them.

    Figures keep their natural width; the names get what is left, and the last of many columns
    (the flags) gives way to them.
    """
    table = [headings, *(line.cells for line in lines if line.cells)]
    natural = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    fits = width - sum(natural[1:]) - 2 * len(natural) >= _GOOD_NAME
    space = 1 if fits or width >= WIDE_FROM else 0
    left = width - sum(natural[1:]) - (space + 1) * len(natural)
    if width >= WIDE_FROM and left < _GOOD_NAME:
        flags = max(_LEAST_NAME, natural[-1] - (_GOOD_NAME - left))
        left += natural[-1] - flags
        natural[-1] = flags
    return [min(max(left, _LEAST_NAME), natural[0]), *natural[1:]], space


def folded(name: str, width: int) -> list[str]:
    """Fold a name into lines of at most ``width`` columns; a unit in brackets stays whole."""
    lines, line = [], ""
    for piece in _PIECES.findall(name):
        if line and cell_len(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]
