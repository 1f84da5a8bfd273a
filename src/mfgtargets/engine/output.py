"""Write a table of series with its answers: CSV, JSON records, Parquet."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from mfgtargets.engine.answers import Coded, Column, as_list
from mfgtargets.engine.lines import Piece, answered_lines, header_line
from mfgtargets.extras import needed
from mfgtargets.series.columns import NUMBERS, YEARS, Columns

_NUMERIC = frozenset((*NUMBERS, *YEARS))


class GivenTable(Columns, Protocol):
    """A table of series that also gives its rows back as it got them."""

    @property
    def names(self) -> Sequence[str]:
        """Its columns, in order."""

    def lines(self, kept: Sequence[str]) -> Sequence[str]:
        """Return the kept columns of each row as a line of CSV."""


def as_csv(table: GivenTable, answers: Mapping[str, Column]) -> list[Piece]:
    """Return the given columns and the answers as CSV: the header, and pieces of text."""
    kept = [name for name in table.names if name not in answers]
    header = header_line([*kept, *answers])
    return [f"{header}\n".encode(), *answered_lines(table.lines(kept), answers)]


def records(
    given: Mapping[str, Sequence[str]], answers: Mapping[str, Column]
) -> list[dict[str, Any]]:
    """Return one record a row: numbers as numbers, blanks as None, flags as a list."""
    columns: dict[str, list[Any]] = {}
    for name, cells in given.items():
        columns[name] = [_value(cell, is_number=name in _NUMERIC) for cell in cells]
    for name, column in answers.items():
        values = as_list(name, column)
        if name == "flags":
            values = [text.split(";") if text else [] for text in values]
        columns[name] = [None if value == "" else value for value in values]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _value(cell: str, *, is_number: bool) -> float | str | None:
    if not cell.strip():
        return None
    return float(cell) if is_number else cell


def parquet_bytes(given: Mapping[str, Sequence[str]], answers: Mapping[str, Column]) -> bytes:
    """Write the table as Parquet (needs the extra ``parquet``)."""
    pa, parquet = needed("pyarrow", "parquet"), needed("pyarrow.parquet", "parquet")
    arrays: dict[str, Any] = {}
    for name, cells in given.items():
        if name in _NUMERIC:
            arrays[name] = pa.array([_value(cell, is_number=True) for cell in cells], pa.float64())
        else:
            arrays[name] = pa.array([cell or None for cell in cells], pa.string())
    for name, column in answers.items():
        if isinstance(column, Coded):
            arrays[name] = pa.array([text or None for text in column.texts()], pa.string())
        else:
            arrays[name] = pa.array(column, mask=np.isnan(column))
    out = io.BytesIO()
    parquet.write_table(pa.table(arrays), out)
    return out.getvalue()
