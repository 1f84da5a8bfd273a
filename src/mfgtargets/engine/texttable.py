"""A table of series as columns of text, whatever it was read with."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from typing import NoReturn

import numpy as np

from mfgtargets.engine.inert import given_lines, inert
from mfgtargets.faults import InputError, Place, fault, mistyped
from mfgtargets.notation.numbers import decimals
from mfgtargets.series.arrays import Codes, Flags, Floats
from mfgtargets.series.columns import COLUMNS, YEARS, Points

NEEDED = ("baseline_year", "baseline_value", "year", "value")
LAST_YEAR = 9999
_YEAR = re.compile("(?!0+$)[0-9]{1,4}")
_MOST_FAULTS = 1000
_EXCERPT = 500  # signs of a line shown

Spot = tuple[Place, str]  # and the line that stands there
Spots = Callable[[Sequence[int], int], list[Spot]]  # of rows (from 0) and a column, in their order


class NotPlainError(Exception):
    """The table has to be read whole, cell by cell: that says what is wrong with it, and where."""


class TextTable:
    """The columns of a table by name, each a sequence of ``size`` texts.

    ``spots`` tells where cells stand; ``written`` are the rows as lines of text, where no cell is
    quoted.
    """

    def __init__(
        self,
        columns: Mapping[str, Sequence[str]],
        size: int,
        spots: Spots,
        written: Sequence[str] | None = None,
    ) -> None:
        self.columns = columns
        self.names = list(columns)
        self.size = size
        self._spots = spots
        self._written = written
        self._numbers: dict[str, Floats] = {}

    def cells(self, name: str) -> Sequence[str]:
        """Return a column as text."""
        return self.columns[name]

    def lines(self, kept: Sequence[str]) -> Sequence[str]:
        """Return the kept columns of each row as a line of CSV harmless to a spreadsheet."""
        columns = {name: self.columns[name] for name in kept}
        as_written = kept == self.names and all(inert(n, c) is c for n, c in columns.items())
        if self._written is not None and as_written:
            return self._written
        return given_lines(columns)

    def numbers(self, name: str) -> Floats:
        """Return a column of numbers, NaN where blank; of years, whole ones."""
        if name not in self._numbers:
            self._numbers[name] = self._read_numbers(name)
        return self._numbers[name]

    def _read_numbers(self, name: str) -> Floats:
        cells = self.columns.get(name)
        if cells is None:
            return np.full(self.size, np.nan)
        blanks = cells.count("")
        try:
            filled = [cell or "nan" for cell in cells] if blanks else cells
            values = np.array(list(map(float, filled)))
        except ValueError:
            values = None
        if (
            values is None
            or "_" in "".join(cells)
            or int(np.isfinite(values).sum()) + blanks < len(cells)
        ):
            values = np.array(self._checked(name, cells, _number, "not-a-plain-number"))
        whole = np.isnan(values) | (
            (values == np.floor(values)) & (values > 0) & (values <= LAST_YEAR)
        )
        if name in YEARS and not whole.all():
            self._refuse(name, np.flatnonzero(~whole).tolist(), "not-a-year")
        return values

    def decimals(self, name: str) -> Floats:
        """Return the decimals that each number of a column is written with."""
        cells = self.columns.get(name)
        if cells is None:
            return np.zeros(self.size)
        together = "".join(cells)
        if "e" in together.lower() or "".join(together.split()) != together:
            return np.array([decimals(cell.strip()) for cell in cells], dtype=float)
        return np.array([len(c) - 1 - c.find(".") if "." in c else 0 for c in cells], dtype=float)

    def words(self, name: str, allowed: Sequence[str]) -> Codes:
        """Return a column of words by their place in ``allowed``."""
        cells = self.columns.get(name)
        if cells is None:
            return np.zeros(self.size, dtype=np.int8)
        places = {word: index for index, word in enumerate(allowed)}
        try:
            return np.array([places[cell] for cell in cells], dtype=np.int8)
        except KeyError:
            expected = ", ".join(allowed[1:])
            look_up = {word: float(n) for word, n in places.items()}
            found = self._checked(
                name, cells, lambda c: look_up.get(c.strip()), "not-one-of", expected
            )
            return np.array(found, dtype=np.int8)

    def points(self, name: str) -> dict[int, Points]:
        """Return the years and values of a column such as ``2016=4.5;2017=5``, by row."""
        cells = self.columns.get(name, ())
        given = {index: cell for index, cell in enumerate(cells) if cell.strip()}
        found = {index: points_of(cell) for index, cell in given.items()}
        wrong = [index for index, points in found.items() if points is None]
        if wrong:
            self._refuse(name, wrong, "bad-points")
        return {index: points for index, points in found.items() if points}

    def is_in(self, name: str, texts: frozenset[str]) -> Flags:
        """Tell where a column is one of the texts."""
        cells = self.columns.get(name)
        if cells is None:
            return np.zeros(self.size, dtype=bool)
        return np.array([cell in texts for cell in cells], dtype=bool)

    def _checked(
        self,
        name: str,
        cells: Sequence[str],
        read: Callable[[str], float | None],
        code: str,
        expected: str = "",
    ) -> list[float]:
        """Read cell by cell; raise ``InputError`` with the place of each that cannot be."""
        values = [read(cell) for cell in cells]
        wrong = [index for index, value in enumerate(values) if value is None]
        if wrong:
            self._refuse(name, wrong, code, expected)
        return [value for value in values if value is not None]

    def _refuse(self, name: str, rows: Sequence[int], code: str, expected: str = "") -> NoReturn:
        cells, rows = self.columns[name], rows[:_MOST_FAULTS]
        spots = self._spots(rows, self.names.index(name))
        raise InputError(
            fault(code, place, excerpt, found=cells[row], expected=expected, column=name)
            for row, (place, excerpt) in zip(rows, spots, strict=True)
        )


def _number(cell: str) -> float | None:
    text = cell.strip()
    if not text:
        return np.nan
    try:
        value = float(text)
    except ValueError:
        return None
    return value if np.isfinite(value) and "_" not in text else None


def points_of(cell: str) -> Points | None:
    """Read ``2016=4.5;2017=5``; None where it is not of that form."""
    points = []
    for part in filter(None, (part.strip() for part in cell.split(";"))):
        year, sign, value = part.partition("=")
        number = _number(value)
        if not sign or number is None or np.isnan(number) or not _YEAR.fullmatch(year.strip()):
            return None
        points.append((int(year), number))
    return tuple(points)


def read_text(text: str, name: str) -> TextTable:
    """Read a CSV table of series.

    Raises ``InputError`` for a header without the needed columns, and for a row of another length.
    """
    written = None
    if not any(sign in text for sign in '"\r'):
        written = [line for line in text.split("\n") if line][1:]
    return _columns(_rows(text, name), name, partial(_spots_in, text, name), written)


def from_lines(rows: list[list[str]], name: str) -> TextTable:
    """Take a table of series that was read otherwise: a header, and rows of its length."""

    def spots(rows: Sequence[int], _: int) -> list[Spot]:
        return [(Place(name, row + 2), "") for row in rows]

    return _columns(rows, name, spots)


class TextLines:
    """A CSV table of series without quotes, to be taken some rows at a time."""

    def __init__(self, text: str, name: str) -> None:
        header, *self._lines = [line for line in text.split("\n") if line] or [""]
        self.names = [cell.strip() for cell in header.split(",")]
        self._name = name

    def blocks(self, count: int) -> Iterator[TextTable]:
        """Yield its rows as tables of some.

        Raises ``NotPlainError`` for rows of another length and without any, ``InputError`` for what
        its header lacks. The tables raise ``NotPlainError`` for what they cannot read.
        """
        check_header(self.names, self._name)
        size = len(self.names)
        for start in range(0, max(1, len(self._lines)), count):
            lines = self._lines[start : start + count]
            if not lines or {line.count(",") for line in lines} != {size - 1}:
                raise NotPlainError
            cells = ",".join(lines).split(",")
            columns = {column: cells[at::size] for at, column in enumerate(self.names)}
            yield TextTable(columns, len(lines), _not_here, lines)


def _not_here(*_: object) -> NoReturn:
    """Send who asks for a place to the whole text."""
    raise NotPlainError


def _columns(
    rows: list[list[str]],
    name: str,
    spots: Spots,
    written: Sequence[str] | None = None,
) -> TextTable:
    if not all(rows):
        rows = [row for row in rows if row]
    header, body = [cell.strip() for cell in rows[0]] if rows else [], rows[1:]
    if not body:
        raise InputError([fault("no-rows", Place(name))])
    check_header(header, name)
    size = len(header)
    if set(map(len, body)) != {size}:
        wrong = [n for n, row in enumerate(body) if len(row) != size][:_MOST_FAULTS]
        raise InputError(
            fault("wrong-cell-count", place, excerpt, found=len(body[row]), expected=size)
            for row, (place, excerpt) in zip(wrong, spots(wrong, 0), strict=True)
        )
    columns = dict(zip(header, zip(*body, strict=True), strict=True))
    return TextTable(columns, len(body), spots, written)


def check_header(header: Sequence[str], name: str) -> None:
    """Raise ``InputError`` where a table of series lacks a column or names one twice or wrongly."""
    faults = [
        fault("series-column-twice", Place(name, 1), found=column)
        for column in dict.fromkeys(header)
        if header.count(column) > 1
    ]
    missing = [column for column in NEEDED if column not in header]
    if missing:
        faults.append(fault("series-columns", Place(name, 1), expected=", ".join(missing)))
    for column in header:
        near = "" if column in COLUMNS else mistyped(column, COLUMNS)
        if (
            near[:1] == column[:1].casefold() and near and near not in header
        ):  # an owner is no lower
            details = {"found": column, "near": near, "expected": ", ".join(COLUMNS)}
            faults.append(fault("unknown-column", Place(name, 1), **details))
    if faults:
        raise InputError(faults)


def _rows(text: str, name: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise InputError([fault("csv-syntax", Place(name, reader.line_num), found=error)]) from None


def _spots_in(text: str, name: str, rows: Sequence[int], column: int) -> list[Spot]:
    """Find where rows of a CSV text stand, counted from 0 under the header."""
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines)
    starts, start = {}, 1
    filled = count(-1)
    for cells in reader:
        if cells:
            starts[next(filled)] = start
        start = reader.line_num + 1
    excerpts = [lines[starts[row] - 1].rstrip("\r\n") for row in rows]
    return [
        (Place(name, starts[row], _column_in(line, column)), line[:_EXCERPT])
        for row, line in zip(rows, excerpts, strict=True)
    ]


def _column_in(line: str, column: int) -> int:
    """Return the place in a line (from 1) where a cell begins."""
    commas, is_quoted = 0, False
    for place, sign in enumerate(line, 1):
        if commas == column:
            return place
        is_quoted ^= sign == '"'
        commas += sign == "," and not is_quoted
    return len(line) + 1
