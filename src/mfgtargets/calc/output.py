"""Write a table of series with its answers: CSV, JSON records, Parquet."""

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from mfgtargets.calc.answers import Coded, Column, as_list
from mfgtargets.extras import needed
from mfgtargets.series.columns import NUMBERS, YEARS

# What keeps a cell from being written as it stands: what has to be quoted, what begins a formula.
SPECIAL = r'^[=+\-@]|[",\r\n]'
_FORMULA = frozenset("=+-@")
_TINY, _WRITTEN_OUT = 1e-4, 6
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


def numeric(name: str) -> bool:
    """Tell whether a given column holds numbers, which no spreadsheet takes for formulas."""
    return name in NUMBERS or name in YEARS


def _inert(name: str, cells: Sequence[str]) -> Sequence[str]:
    """Keep a column of text from being taken for formulas by a spreadsheet."""
    if numeric(name) or not {cell[:1] for cell in cells} & _FORMULA:
        return cells
    return [f"'{cell}" if cell[:1] in _FORMULA and not _is_number(cell) else cell for cell in cells]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


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
    column = column + 0.0  # no negative zero
    missing = np.isnan(column)
    if missing.all():
        return [""] * size
    tiny = (np.abs(column) < _TINY) & (column != 0)
    whole = (column == np.floor(column)) & (np.abs(column) < _EXACT)
    if (missing | whole).all():
        written = list(map(str, np.where(missing, 0, column).astype(np.int64).tolist()))
    else:
        written = list(map(repr, column.tolist()))
        for index in np.flatnonzero(whole).tolist():
            written[index] = written[index].removesuffix(".0")
        for index in np.flatnonzero(tiny).tolist():
            written[index] = _tiny(written[index])
    for index in np.flatnonzero(missing).tolist():
        written[index] = ""
    return written


def _tiny(text: str) -> str:
    """Write a small number out to the sixth decimal: 1.5e-05 is 0.000015, 1.5e-07 is 1.5e-7."""
    mantissa, _, exponent = text.partition("e")
    power = int(exponent or 0)
    if power < -_WRITTEN_OUT:
        return f"{mantissa}e{power}"
    return format(Decimal(text), "f")


def records(
    given: Mapping[str, Sequence[str]], answers: Mapping[str, Column], size: int
) -> list[dict[str, Any]]:
    """Return one record a row: numbers as numbers, blanks as None, flags as a list."""
    columns: dict[str, list[Any]] = {}
    for name, cells in given.items():
        columns[name] = [_value(cell, is_number=numeric(name)) for cell in cells]
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
        if numeric(name):
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
