"""A table of series with Arrow: the same answers, faster (needs the extra ``parquet``).

Only plain tables are read here: where a cell is no number or word, or has to be quoted, the caller
reads the table with the standard library, which says what is wrong.
"""

import io
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from mfgtargets.calc.answers import Coded, Column
from mfgtargets.calc.output import SPECIAL, numeric, texts
from mfgtargets.calc.textcolumns import LAST_YEAR, check_header, points_of
from mfgtargets.faults import InputError
from mfgtargets.series.arrays import Codes, Flags, Floats
from mfgtargets.series.columns import YEARS, Points

_MOST = 1e10  # from which Arrow writes numbers with exponents
_SLICE = 1 << 15  # rows written by one thread


class NotPlainError(Exception):
    """The table has to be read with the standard library."""


class ArrowColumns:
    """The columns of a table of text, as ``series.columns.Columns`` wants them."""

    def __init__(self, table: Any) -> None:
        self.table = table
        self.size = table.num_rows

    def _column(self, name: str) -> Any | None:
        return self.table[name].combine_chunks() if name in self.table.column_names else None

    def numbers(self, name: str) -> Floats:
        """Return a column of numbers, NaN where blank."""
        column = self._column(name)
        if column is None:
            return np.full(self.size, np.nan)
        blank = pc.equal(column, "")
        try:
            numbers = pc.cast(pc.if_else(blank, None, column), pa.float64())
        except pa.ArrowInvalid:
            raise NotPlainError from None
        values: Floats = numbers.to_numpy(zero_copy_only=False)
        known = ~blank.to_numpy(zero_copy_only=False)
        is_plain = bool(np.isfinite(values[known]).all())
        if name in YEARS:
            years = values[known]
            is_plain &= bool(
                ((years == np.floor(years)) & (years > 0) & (years <= LAST_YEAR)).all()
            )
        if not is_plain:
            raise NotPlainError
        return values

    def decimals(self, name: str) -> Floats:
        """Return the decimals that each number of a column is written with."""
        column = self._column(name)
        if column is None:
            return np.zeros(self.size)
        if pc.any(pc.match_substring(column, "e", ignore_case=True)).as_py():
            raise NotPlainError
        point = pc.find_substring(column, ".").to_numpy(zero_copy_only=False)
        length = pc.binary_length(column).to_numpy(zero_copy_only=False)
        return np.where(point < 0, 0, length - 1 - point).astype(float)

    def words(self, name: str, allowed: Sequence[str]) -> Codes:
        """Return a column of words by their place in ``allowed``."""
        column = self._column(name)
        if column is None:
            return np.zeros(self.size, dtype=np.int8)
        codes = pc.index_in(column, value_set=pa.array(allowed))
        if codes.null_count:
            raise NotPlainError
        found: Codes = codes.to_numpy(zero_copy_only=False).astype(np.int8)
        return found

    def points(self, name: str) -> Mapping[int, Points]:
        """Return the years and values of a column such as ``2016=4.5;2017=5``, by row."""
        column = self._column(name)
        if column is None:
            return {}
        rows = np.flatnonzero(pc.not_equal(column, "").to_numpy(zero_copy_only=False))
        found = {}
        for row, cell in zip(rows.tolist(), column.take(pa.array(rows)).to_pylist(), strict=True):
            points = points_of(cell)
            if points is None:
                raise NotPlainError
            found[row] = points
        return found

    def equals(self, name: str, text: str) -> Flags:
        """Tell where a column is the text."""
        column = self._column(name)
        if column is None:
            return np.zeros(self.size, dtype=bool)
        return np.asarray(pc.equal(column, text).to_numpy(zero_copy_only=False), dtype=bool)


def read_arrow(raw: bytes) -> ArrowColumns:
    """Read a plain CSV table in UTF-8 with every cell as text."""
    if b'"' in raw or b"\r" in raw:
        raise NotPlainError
    header = raw[: raw.find(b"\n")].decode().split(",")
    try:
        check_header(header, "")
        table = csv.read_csv(
            pa.BufferReader(raw),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False
            ),
        )
    except (pa.ArrowInvalid, InputError, UnicodeDecodeError):
        raise NotPlainError from None
    if not table.num_rows:
        raise NotPlainError
    return ArrowColumns(table)


def arrow_csv(columns: ArrowColumns, answers: Mapping[str, Column]) -> bytes:
    """Write the table with its answers: the same bytes as the standard library writes."""
    given = {
        name: columns.table[name].combine_chunks()
        for name in columns.table.column_names
        if name not in answers
    }
    for name, column in given.items():
        if not numeric(name) and pc.any(pc.match_substring_regex(column, SPECIAL)).as_py():
            raise NotPlainError
    header = ",".join([*given, *answers]).encode() + b"\n"
    with ThreadPoolExecutor() as pool:
        made = pool.map(lambda column: _array(column, columns.size), answers.values())
        table = pa.table(given | dict(zip(answers, made, strict=True)))
        parts = pool.map(
            _written, (table.slice(at, _SLICE) for at in range(0, columns.size, _SLICE))
        )
        return header + b"".join(parts)


def _array(column: Column, size: int) -> Any:
    if isinstance(column, Coded):
        codes = column.codes if len(column.codes) else np.zeros(size, dtype=np.int8)
        return pa.array(list(column.words)).take(pa.array(codes))
    column = column + 0.0  # no negative zero
    missing = np.isnan(column)
    otherwise = np.abs(column) >= _MOST
    numbers = pa.array(column, mask=missing)
    if not otherwise.any():
        return numbers
    written = pa.array(texts(column[otherwise], int(otherwise.sum())))
    return pc.replace_with_mask(pc.cast(numbers, pa.string()), pa.array(otherwise), written)


def _written(table: Any) -> bytes:
    out = io.BytesIO()
    options = csv.WriteOptions(include_header=False, quoting_style="none")
    csv.write_csv(table, out, options)
    return out.getvalue()
