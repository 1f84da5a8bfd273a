"""Tables of series as data frames: the same answers as from text, read and written by columns.

Needs the extra ``tables`` (polars). Every frame is first one of text, as a CSV file holds it, so
that all ways to a table lead to the same bytes. Only plain tables are worked on here: where a cell
is no number or word, or has to be quoted, ``NotPlainError`` sends the caller to the text itself,
which says what is wrong.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from mfgtargets.engine.answers import Coded, Column
from mfgtargets.engine.inert import FORMULA, NUMERIC, is_free
from mfgtargets.engine.texts import NULL, json_cells, json_words
from mfgtargets.engine.texttable import LAST_YEAR, check_header, points_of
from mfgtargets.faults import InputError
from mfgtargets.notation.frames import number_texts
from mfgtargets.series.arrays import Codes, Flags, Floats
from mfgtargets.series.columns import YEARS, Points


class NotPlainError(Exception):
    """The table has to be read as text, cell by cell."""


class FrameTable:
    """The columns of a frame of text, as ``series.columns.Columns`` wants them."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame
        self.names: Sequence[str] = frame.columns
        self.size = frame.height

    def cells(self, name: str) -> Sequence[str]:
        """Return a column as text."""
        return self.frame[name].to_list()

    def numbers(self, name: str) -> Floats:
        """Return a column of numbers, NaN where blank; raise ``NotPlainError`` where it is none."""
        if name not in self.names:
            return np.full(self.size, np.nan)
        cells = self.frame[name]
        numbers = cells.cast(pl.Float64, strict=False)
        values: Floats = numbers.fill_null(np.nan).to_numpy()
        is_plain = np.isfinite(values).sum() == self.size - (cells == "").sum()
        if name in YEARS:
            known = values[~np.isnan(values)]
            is_plain &= ((known == np.floor(known)) & (known > 0) & (known <= LAST_YEAR)).all()
        if not is_plain:
            raise NotPlainError
        return values

    def decimals(self, name: str) -> Floats:
        """Return the decimals that each number of a column is written with."""
        if name not in self.names:
            return np.zeros(self.size)
        cells = self.frame[name]
        if cells.str.contains(r"[eE\s]").any():
            raise NotPlainError
        point = cells.str.find(".", literal=True)
        places = cells.str.len_bytes().cast(pl.Int64) - 1 - point.cast(pl.Int64)
        return np.asarray(places.fill_null(0).to_numpy(), dtype=float)

    def words(self, name: str, allowed: Sequence[str]) -> Codes:
        """Return a column of words by their place in ``allowed``."""
        if name not in self.names:
            return np.zeros(self.size, dtype=np.int8)
        codes = list(range(len(allowed)))
        places = self.frame[name].replace_strict(
            list(allowed), codes, default=None, return_dtype=pl.Int8
        )
        if places.null_count():
            raise NotPlainError
        return np.asarray(places.to_numpy(), dtype=np.int8)

    def points(self, name: str) -> Mapping[int, Points]:
        """Return the years and values of a column such as ``2016=4.5;2017=5``, by row."""
        if name not in self.names:
            return {}
        found = {}
        for row, cell in enumerate(self.frame[name].to_list()):
            points = points_of(cell) if cell else ()
            if points is None:
                raise NotPlainError
            if points:
                found[row] = points
        return found

    def equals(self, name: str, text: str) -> Flags:
        """Tell where a column is the text."""
        if name not in self.names:
            return np.zeros(self.size, dtype=bool)
        return np.asarray((self.frame[name] == text).to_numpy(), dtype=bool)

    def rows(self, start: int, count: int) -> "FrameTable":
        """Return some of its rows as a table."""
        return FrameTable(self.frame.slice(start, count))


def read_csv(raw: bytes) -> FrameTable:
    """Read a CSV table in UTF-8; raise ``NotPlainError`` where it is not plain."""
    if b'"' in raw or b"\r" in raw or b"\n\n" in raw or raw[:1] in {b"\n", b"\xef"}:
        raise NotPlainError
    try:
        names = raw[: raw.index(b"\n")].decode().split(",")
        check_header([name.strip() for name in names], "")
        frame = pl.read_csv(raw, infer_schema=False, quote_char=None).fill_null("")
    except (pl.exceptions.PolarsError, InputError, ValueError):
        raise NotPlainError from None
    is_even = raw.count(b",") == (len(names) - 1) * (frame.height + 1)
    if frame.columns != [name.strip() for name in names] or not frame.height or not is_even:
        raise NotPlainError
    return FrameTable(frame)


def answer_texts(answers: Mapping[str, Column]) -> dict[str, pl.Series]:
    """Return the answers as texts."""
    numbers = number_texts({n: c for n, c in answers.items() if not isinstance(c, Coded)})
    return {
        name: _gathered(list(column.words), column) if isinstance(column, Coded) else numbers[name]
        for name, column in answers.items()
    }


def _gathered(words: list[str], column: Coded) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(pl.Series(column.codes.astype(np.int64)))


def csv_lines(table: FrameTable, answers: Mapping[str, Column]) -> bytes:
    """Return the rows with their answers as CSV; raise ``NotPlainError`` where text needs quotes."""
    kept = [name for name in table.names if name not in answers]
    for name in filter(is_free, kept):
        cells = table.frame[name]
        if any(cells.str.starts_with(sign).any() for sign in FORMULA):
            raise NotPlainError
    columns = [*(table.frame[name] for name in kept), *answer_texts(answers).values()]
    return _joined(columns, ",", "\n") + b"\n"


def json_lines(table: FrameTable, answers: Mapping[str, Column]) -> bytes:
    """Return the rows with their answers as JSON, a record a line, with commas between them."""
    kept = [name for name in table.names if name not in answers]
    numeric = {name: table.numbers(name) for name in kept if name in NUMERIC}
    given = number_texts(numeric) if numeric else {}
    texts = answer_texts({n: c for n, c in answers.items() if not isinstance(c, Coded)})
    columns: list[Any] = []
    for name in (*kept, *answers):
        columns.append(
            ("{" if not columns else ", ") + json_cells([name], is_number=False)[0] + ": "
        )
        if name in given or name in texts:
            cells = given.get(name, texts.get(name))
            columns.append(cells.replace("", NULL) if cells is not None else NULL)
        elif name in answers:
            columns.append(_gathered(json_words(name, answers[name]), answers[name]))
        else:
            columns.append(_quoted(table.frame[name]))
    return _joined([*columns, "}"], "", ",\n")


def _quoted(cells: pl.Series) -> pl.Series:
    """Return text as JSON, null where it is blank."""
    if cells.str.contains(r'[\\"\x00-\x1f]').any():
        return pl.Series(json_cells(cells.to_list(), is_number=False), dtype=pl.String)
    blank = cells.str.strip_chars() == ""
    return ('"' + cells + '"').set(blank, NULL)


def _joined(columns: Sequence[Any], between: str, behind: str) -> bytes:
    """Join columns of text to lines, and the lines to one text."""
    named = {str(n): c for n, c in enumerate(columns) if isinstance(c, pl.Series)}
    parts = [
        pl.col(str(n)) if isinstance(c, pl.Series) else pl.lit(c) for n, c in enumerate(columns)
    ]
    lines = pl.DataFrame(named).select(pl.concat_str(parts, separator=between))
    text: str = lines.to_series().str.join(behind).item()
    return text.encode()
