"""Lines of CSV: what was given, harmless to a spreadsheet, and the answers behind it."""

import csv
import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import add
from typing import Any, NamedTuple

import numpy as np
from pydantic_core import to_json

from mfgtargets.engine.answers import Coded, Column
from mfgtargets.series.arrays import Floats
from mfgtargets.series.columns import NUMBERS, POINTS, WORDS, YEARS

FORMULA = "=+@-"  # what begins a formula
_LEAST, _MOST = 1e-4, 1e15  # between which every library writes doubles without exponent
_EXACT = 2.0**53  # whole numbers below it are exact
_BREAK = "\x7f"  # stands for a line break, which JSON would escape
_COMBINATIONS = 1000
_AT_ONCE = 4096  # rows: what is made of more does not stay in the cache

Piece = bytes | memoryview


class _Lines(NamedTuple):
    """Takes each row that a CSV writer writes."""

    write: Any


@contextmanager
def without_gc() -> Iterator[None]:
    """Make many small objects without the collector going through all of them again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def header_line(names: Sequence[str]) -> str:
    """Return the names of columns as a line of CSV."""
    return given_lines({name: [name] for name in names})[0]


def given_lines(columns: Mapping[str, Sequence[str]]) -> list[str]:
    """Return each row of columns of text as a line of CSV that no spreadsheet takes for formulas.

    A line may hold line breaks in quotes.
    """
    lines: list[str] = []
    cells = [inert(name, column) for name, column in columns.items()]
    writer = csv.writer(_Lines(lambda line: lines.append(line[:-2])), lineterminator="\r\n")
    writer.writerows(zip(*cells, strict=True))
    return lines


def is_free(name: str) -> bool:
    """Tell whether the cells of a column may be any text; those of the others have been read."""
    return not (name in NUMBERS or name in YEARS or name in WORDS or name in POINTS)


def inert(name: str, cells: Sequence[str]) -> Sequence[str]:
    """Keep a column of text from being taken for formulas; the same column where none is."""
    if not is_free(name) or {cell[:1] for cell in cells}.isdisjoint(FORMULA):
        return cells
    return [f"'{c}" if c.startswith(tuple(FORMULA)) and not _is_number(c) else c for c in cells]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def answered_lines(lines: Sequence[str], answers: Mapping[str, Column]) -> list[Piece]:
    """Return lines of CSV each with its answers behind it, in UTF-8, as pieces of text.

    Numbers are written as shortest exact doubles.
    """
    columns = list(_merged(answers.values()))
    pieces = []
    with without_gc():
        for start in range(0, len(lines), _AT_ONCE):
            rows = slice(start, start + _AT_ONCE)
            pieces.append(_text(lines[rows], [_rows_of(column, rows) for column in columns]))
    return pieces


def _text(lines: Sequence[str], columns: Sequence[Column]) -> Piece:
    """Write the cells as one JSON list, and take its brackets and quotes away.

    pydantic writes a double in a tenth of the time that ``repr`` takes. The end of each row and the
    beginning of the next are one text, so that no comma comes between them.
    """
    first, *others = map(_cells, columns)
    if not others:  # words alone
        return "".join(f"{line},{cell}\n" for line, cell in zip(lines, first, strict=True)).encode()
    *inner, last = others
    behind = zip(last, lines[1:], first[1:], strict=False)
    joints = [f"{end}{_BREAK}{line},{start}" for end, line, start in behind]
    step = len(inner) + 1
    cells: list[Any] = [""] * (len(lines) * step + 1)
    cells[::step] = [f"{lines[0]},{first[0]}", *joints, f"{last[-1]}{_BREAK}"]
    for place, column in enumerate(inner, 1):
        cells[place::step] = column
    written = to_json(cells)
    if any(lines) and (b"\\" in written or _BREAK in "".join(lines)):
        # What JSON escapes stays out of it, and comes before the answers afterwards.
        answers = bytes(_text([""] * len(lines), columns)).decode().split("\n")
        return "\n".join(map(add, [*lines, ""], answers)).encode()
    return memoryview(written.replace(b'"', b"").replace(_BREAK.encode(), b"\n"))[1:-1]


def _rows_of(column: Column, rows: slice) -> Column:
    if isinstance(column, Coded):
        return Coded(column.codes[rows], column.words)
    return column[rows]


def _merged(columns: Iterable[Column]) -> Iterator[Column]:
    """Make one column of adjacent columns of words, while few combinations are possible."""
    held: Coded | None = None
    for column in columns:
        words = column if isinstance(column, Coded) else _blank(column)
        if held and words and len(held.words) * len(words.words) <= _COMBINATIONS:
            both = [f"{one},{other}" for one in held.words for other in words.words]
            held = Coded(held.codes.astype(int) * len(words.words) + words.codes, both)
            continue
        if held:
            yield held
        held = words
        if not words:
            yield column
    if held:
        yield held


def _blank(column: Floats) -> Coded | None:
    """Return a column without any number as one of words."""
    return Coded(np.zeros(len(column), dtype=int), [""]) if np.isnan(column).all() else None


def _cells(column: Column) -> list[Any]:
    """Return a column as what is written: words, doubles, whole numbers, "" where there is none."""
    if isinstance(column, Coded):
        return column.texts()
    missing = np.isnan(column)
    whole = (column == np.floor(column)) & (np.abs(column) < _EXACT)
    cells: list[Any]
    if (missing | whole).all():
        cells = np.where(missing, 0, column).astype(np.int64).tolist()
    else:
        cells = column.tolist()
        for index in np.flatnonzero(whole).tolist():
            cells[index] = int(cells[index])
        size = np.abs(column)
        extreme = ((size < _LEAST) | (size >= _MOST)) & ~whole
        for index in np.flatnonzero(extreme).tolist():
            cells[index] = repr(cells[index]).removesuffix(".0")
    for index in np.flatnonzero(missing).tolist():
        cells[index] = ""
    return cells
