"""Tables of series as data frames: the same answers as from text, read and written by columns.

Needs the extra ``tables`` (polars). Every frame is first one of text, as a CSV file holds it, so
that all ways to a table lead to the same bytes. Only plain tables are worked on here: where a cell
is no number or word, or has to be quoted, ``NotPlainError`` sends the caller to the text itself,
which says what is wrong.
"""

import io
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from mfgtargets.engine.inert import NUMERIC
from mfgtargets.engine.texts import NULL, json_cells, json_words
from mfgtargets.engine.texttable import LAST_YEAR, NotPlainError, check_header, points_of
from mfgtargets.faults import InputError
from mfgtargets.harmless import HIDDEN, WILD
from mfgtargets.notation.frames import plain_csv, written
from mfgtargets.series.arrays import Coded, Codes, Column, Flags, Floats
from mfgtargets.series.columns import POINTS, WORDS, YEARS, Points


class FrameTable:
    """The columns of a frame of text, as ``series.columns.Columns`` wants them.

    ``numeric`` and ``worded`` are its columns of numbers and of words, read already.
    """

    def __init__(
        self, frame: pl.DataFrame, numeric: Mapping[str, Floats], worded: Mapping[str, Codes]
    ) -> None:
        self.frame, self.size = frame, frame.height
        self.names: Sequence[str] = frame.columns
        self._numeric, self._worded = numeric, worded

    def rows(self, start: int, count: int) -> "FrameTable":
        """Return some of its rows as a table."""
        part = slice(start, start + count)
        return FrameTable(
            self.frame[part],
            {name: column[part] for name, column in self._numeric.items()},
            {name: column[part] for name, column in self._worded.items()},
        )

    def cells(self, name: str) -> pl.Series:
        """Return a column as text."""
        return self.frame[name]

    def numbers(self, name: str) -> Floats:
        """Return a column of numbers, NaN where blank."""
        return self._numeric.get(name, np.full(self.size, np.nan))

    def decimals(self, name: str) -> Floats:
        """Return the decimals that each number of a column is written with."""
        if name not in self.names:
            return np.zeros(self.size)
        cells = self.frame[name]
        point = cells.str.find(".", literal=True)
        places = cells.str.len_bytes().cast(pl.Int64) - 1 - point.cast(pl.Int64)
        return np.asarray(places.fill_null(0).to_numpy(), dtype=float)

    def words(self, name: str, _: Sequence[str]) -> Codes:
        """Return a column of words by their place among those it may hold."""
        return self._worded.get(name, np.zeros(self.size, dtype=np.int8))

    def points(self, name: str) -> Mapping[int, Points]:
        """Return the years and values of a column such as ``2016=4.5;2017=5``, by row."""
        if name not in self.names:
            return {}
        cells = self.frame[name]
        given = (cells != "").arg_true()
        texts = zip(given.to_list(), cells.gather(given).to_list(), strict=True)
        return {row: points_of(cell) or () for row, cell in texts}

    def is_in(self, name: str, texts: frozenset[str]) -> Flags:
        """Tell where a column is one of the texts."""
        if name not in self.names:
            return np.zeros(self.size, dtype=bool)
        return np.asarray(self.frame[name].is_in(sorted(texts)).to_numpy(), dtype=bool)

    @property
    def is_quiet(self) -> bool:
        """Whether no cell has to be quoted, or made harmless; numbers and words have been read."""
        texts = [self.frame[name] for name in self.names if name not in NUMERIC | set(WORDS)]
        return not any(cells.str.contains(f'{WILD}|[",\n]').any() for cells in texts)


def plain_table(frame: pl.DataFrame) -> FrameTable:
    """Return a frame of text as a table; raise ``NotPlainError`` where a cell is not plain."""
    names = frame.columns
    try:
        check_header(names, "")
    except InputError:
        raise NotPlainError from None
    for name in POINTS:
        cells = frame[name].to_list() if name in names else ()
        if any(cell and points_of(cell) is None for cell in cells):
            raise NotPlainError
    if not frame.height or frame["value"].str.contains(r"[eE\s]").any():
        raise NotPlainError  # decimals are counted by hand there
    numeric = [name for name in names if name in NUMERIC]
    cast = frame.select(pl.col(numeric).cast(pl.Float64, strict=False).fill_null(np.nan))
    return FrameTable(
        frame,
        {name: _checked(frame[name], name, cast[name].to_numpy()) for name in numeric},
        {name: _codes(frame[name], WORDS[name]) for name in names if name in WORDS},
    )


def _checked(cells: pl.Series, name: str, values: Floats) -> Floats:
    """Return numbers where all that is not blank is one, finite and, of years, whole."""
    is_plain = np.isfinite(values).sum() == len(cells) - (cells == "").sum()
    if name in YEARS:
        known = values[~np.isnan(values)]
        is_plain &= ((known == np.floor(known)) & (known > 0) & (known <= LAST_YEAR)).all()
    if not is_plain:
        raise NotPlainError
    return values


def _codes(cells: pl.Series, allowed: Sequence[str]) -> Codes:
    """Return words by their place among those that the column may hold."""
    places = cells.replace_strict(
        list(allowed), list(range(len(allowed))), default=None, return_dtype=pl.Int8
    )
    if places.null_count():
        raise NotPlainError
    return np.asarray(places.to_numpy(), dtype=np.int8)


def read_csv(raw: bytes) -> FrameTable:
    """Read a CSV table in UTF-8; raise ``NotPlainError`` where it is not plain."""
    frame = plain_csv(raw)
    if frame is None:
        raise NotPlainError
    return plain_table(frame)


def words_of(column: Coded) -> pl.Series:
    """Return a column of words."""
    return _gathered(list(column.words), column)


def _gathered(words: list[str], column: Coded) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(pl.Series(column.codes.astype(np.int64)))


def csv_lines(table: FrameTable, answers: Mapping[str, Column]) -> bytes:
    """Return the rows of a quiet table with their answers as CSV."""
    kept = [name for name in table.names if name not in answers]
    found = {
        name: words_of(column) if isinstance(column, Coded) else written(column)
        for name, column in answers.items()
    }
    return _lines({name: table.frame[name] for name in kept} | found)


def json_lines(table: FrameTable, answers: Mapping[str, Column]) -> bytes:
    """Return the rows with their answers as JSON, a record a line, with commas between them."""
    kept = [name for name in table.names if name not in answers]
    words = {name: column for name, column in answers.items() if isinstance(column, Coded)}
    numbers = {name: table.numbers(name) for name in kept if name in NUMERIC}
    numbers |= {name: column for name, column in answers.items() if name not in words}
    texts = {n: written(column).cast(pl.String).fill_null(NULL) for n, column in numbers.items()}
    texts |= {name: _gathered(json_words(name, column), column) for name, column in words.items()}
    texts |= {name: _quoted(table.frame[name]) for name in kept if name not in NUMERIC}
    first, last = (*kept, *answers)[0], (*kept, *answers)[-1]
    named = {
        name: ("{" if name == first else "") + json_cells([name])[0] + ": "
        for name in (*kept, *answers)
    }
    columns = {name: before + texts[name] for name, before in named.items()}
    columns[last] = columns[last] + "},"
    return _lines(columns).removesuffix(b",\n")


def _quoted(cells: pl.Series) -> pl.Series:
    """Return text as JSON, null where it is blank."""
    if cells.str.contains(rf'##|[\\"\x00-\x1f{HIDDEN}]').any():
        return pl.Series(json_cells(cells.to_list()), dtype=pl.String)
    blank = cells.str.strip_chars() == ""
    return ('"' + cells + '"').set(blank, NULL)


def _lines(columns: Mapping[str, pl.Series]) -> bytes:
    """Write columns of text as lines, commas between the cells, without quotes."""
    out = io.BytesIO()
    pl.DataFrame(dict(columns)).write_csv(out, include_header=False, quote_style="never")
    return out.getvalue()
