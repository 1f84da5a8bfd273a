"""What of a table a window has room for: columns go one by one, names and cells are folded."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from mfgtargets.harmless import visible
from mfgtargets.render.table import Table
from mfgtargets.wording.words import Lang, joined, say

GAP = 2  # between columns
_GOOD, _FAIR = 28, 18  # widths of names
_LEAST_NAME, _LEAST = 12, 8
# What a text may be broken between: words, short brackets (a unit, a year), single Chinese
# characters with the signs that stand by them.
_PIECES = re.compile(r"\([^()]{1,8}\)\s*|[“《（]?(?:[!-~]{1,24}\s*|.)[,.;:、。，；：）》”]*")


class Span(NamedTuple):
    """The widths of a column: of its longest cell, and of what cannot be folded."""

    natural: int
    least: int


def fitted(table: Table, lang: Lang, width: int | None) -> Table:
    """Return the table with the columns that a window has room for, and a line on the others.

    Without a ``width`` all are kept but those that are instead of others.
    """
    codes = [column.code for column in table.columns]
    instead = {n: codes.index(c.instead_of) for n, c in enumerate(table.columns) if c.instead_of}
    kept = [n for n in range(len(codes)) if n not in instead]
    natural = sum(
        max(min(span.natural, _GOOD), span.least) + GAP
        for n, span in enumerate(spans(table))
        if n in kept
    )
    if width is not None and table.order:
        order = [codes.index(code) for code in table.order]
        kept = kept_columns(spans(table), order, table.firm, instead, width)
    hidden = [
        column.heading
        for n, column in enumerate(table.columns)
        if n not in kept and not column.instead_of
    ]
    cut = table.only(kept)
    if not hidden:
        return cut
    names = joined("words", hidden, lang)
    told = say("hidden-columns", lang, width=natural - GAP, names=names)
    return cut._replace(after=[*cut.after, told])


def spans(table: Table) -> list[Span]:
    """Return the widths of the columns as they are shown."""
    found = []
    for n, cells in enumerate(zip(*table.each(visible).rows, strict=True)):
        natural = max(map(cell_len, cells))
        words = (piece.rstrip() for cell in cells for piece in _PIECES.findall(cell))
        least = max(map(cell_len, words), default=0)
        floor = _LEAST if n else _LEAST_NAME
        found.append(Span(natural, max(least, min(natural, floor))))
    return found


def kept_columns(
    spans: Sequence[Span],
    order: Sequence[int],
    firm: int,
    instead: Mapping[int, int],
    width: int,
) -> list[int]:
    """Return the columns that a window ``width`` wide has room for, as they stand in the table.

    ``order`` are columns by importance: the first ``firm`` are kept while they fit folded, the
    others while all fit at their natural width (28 at most; the rest is folded in any case).
    A column that is ``instead`` of another goes where that is kept.
    """
    kept: list[int] = []
    for n, column in enumerate(order):
        tried = [one for one in (*kept, column) if instead.get(one) not in {*kept, column}]
        found = [spans[one] for one in tried]
        widths = [s.least if n < firm else max(min(s.natural, _GOOD), s.least) for s in found]
        if not kept or sum(widths) + GAP * (len(widths) - 1) <= width:
            kept = tried
    return sorted(kept)


def shared_out(spans: Sequence[Span], width: int) -> list[int]:
    """Return how wide each column is drawn: first a fair name, then whole cells, then the rest."""
    widths = [span.least for span in spans]
    spare = width - sum(widths) - GAP * (len(widths) - 1)
    fair = [min(span.natural, 0 if n else _FAIR) for n, span in enumerate(spans)]
    good = [min(span.natural, _GOOD) for span in spans]
    for goal in (fair, [0, *good[1:]], good, [span.natural for span in spans]):
        for n, wanted in enumerate(goal):
            given = max(0, min(spare, wanted - widths[n]))
            widths[n] += given
            spare -= given
    return widths


def folded(text: str, width: int) -> list[str]:
    """Fold a text into lines of at most ``width`` columns; words and short brackets stay whole."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if line and cell_len(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]
