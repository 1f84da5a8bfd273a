"""Write a table of series with its answers: CSV, JSON records, Parquet."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mfgtargets.calc.answers import Coded, Column, as_list
from mfgtargets.extras import needed
from mfgtargets.report.figures import inert
from mfgtargets.series.columns import NUMBERS, YEARS

_EXACT = 2.0**53  # whole numbers below it are exact
_QUOTED = '",\r\n'


def csv_text(given: Mapping[str, Sequence[str]], answers: Mapping[str, Column], size: int) -> str:
    """Write the given columns and the answers as CSV: numbers as shortest exact doubles."""
    columns = {
        name: _quoted(_inert(name, cells)) for name, cells in given.items() if name not in answers
    }
    columns |= {name: texts(column, size) for name, column in answers.items()}
    lines = map(",".join, zip(*columns.values(), strict=True))
    return ",".join(_quoted(list(columns))) + "\n" + "\n".join(lines) + "\n"


def _inert(name: str, cells: Sequence[str]) -> Sequence[str]:
    """Keep a column of text from being taken for formulas by a spreadsheet."""
    if name in NUMBERS or name in YEARS or not any(cell[:1] in "=+-@" for cell in cells if cell):
        return cells
    return [inert(cell) for cell in cells]


def _quoted(cells: Sequence[str]) -> Sequence[str]:
    together = "".join(cells)
    if not any(sign in together for sign in _QUOTED):
        return cells
    return [
        '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in _QUOTED) else cell
        for cell in cells
    ]


def texts(column: Column, size: int) -> list[str]:
    """Return an answer as text: numbers as shortest exact doubles, whole ones without a point."""
    if isinstance(column, Coded):
        return as_list("", column, size)
    missing = np.isnan(column)
    whole = (column == np.floor(column)) & (np.abs(column) < _EXACT)
    if (missing | whole).all():
        written = list(map(str, np.where(missing, 0, column).astype(np.int64).tolist()))
    else:
        written = list(map(repr, column.tolist()))
        for index in np.flatnonzero(whole).tolist():
            written[index] = written[index].removesuffix(".0")
    for index in np.flatnonzero(missing).tolist() if not missing.all() else ():
        written[index] = ""
    return [""] * size if missing.all() else written


def records(
    given: Mapping[str, Sequence[str]], answers: Mapping[str, Column], size: int
) -> list[dict[str, Any]]:
    """Return one record a row: numbers as numbers, blanks as None, flags as a list."""
    columns: dict[str, list[Any]] = {}
    for name, cells in given.items():
        is_number = name in NUMBERS or name in YEARS
        columns[name] = [_value(cell, is_number=is_number) for cell in cells]
    for name, column in answers.items():
        values = as_list(name, column, size)
        if name == "flags":
            values = [text.split(";") if text else [] for text in values]
        columns[name] = [None if value == "" else value for value in values]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _value(cell: str, *, is_number: bool) -> float | str | None:
    if not cell.strip():
        return None
    return float(cell) if is_number else cell


def parquet_bytes(
    given: Mapping[str, Sequence[str]], answers: Mapping[str, Column], size: int
) -> bytes:
    """Write the table as Parquet (needs the extra ``parquet``)."""
    pa, parquet = needed("pyarrow", "parquet"), needed("pyarrow.parquet", "parquet")
    arrays: dict[str, Any] = {}
    for name, cells in given.items():
        if name in NUMBERS or name in YEARS:
            arrays[name] = pa.array([_value(cell, is_number=True) for cell in cells], pa.float64())
        else:
            arrays[name] = pa.array([cell or None for cell in cells], pa.string())
    for name, column in answers.items():
        if isinstance(column, Coded):
            arrays[name] = pa.array(
                [text or None for text in as_list(name, column, size)], pa.string()
            )
        else:
            arrays[name] = pa.array(column, mask=np.isnan(column))
    out = io.BytesIO()
    parquet.write_table(pa.table(arrays), out)
    return out.getvalue()
