"""Data frames as text, as a CSV file holds them (needs the extra ``tables``, polars)."""

from typing import Any

import numpy as np
import polars as pl

from mfgtargets.notation.numbers import forms_of, plain_number


def text_frame(frame: Any) -> pl.DataFrame:
    """Return any frame of the Arrow interface as one of text; "" where there is nothing."""
    given = frame if isinstance(frame, pl.DataFrame) else pl.DataFrame(frame)
    return given.select(_texts(given[name]).alias(name) for name in given.columns)


def _texts(column: pl.Series) -> pl.Series:
    """Return a column as texts: numbers by the digits they have, whole ones without a point."""
    if column.dtype == pl.Float32:
        column = column.cast(pl.String).cast(pl.Float64)
    if column.dtype == pl.Float64:
        return number_texts(column.fill_null(np.nan).to_numpy())
    if column.dtype == pl.Boolean:
        return column.cast(pl.String).str.to_titlecase().fill_null("")
    if column.dtype.is_nested() or column.dtype in {pl.Binary, pl.Object}:
        return pl.Series(["" if cell is None else str(cell) for cell in column], dtype=pl.String)
    return column.cast(pl.String).fill_null("")


def number_texts(values: Any) -> pl.Series:
    """Write doubles as ``numbers.number_texts`` does."""
    missing, whole, extreme = forms_of(values)
    texts = pl.Series(values, dtype=pl.Float64).cast(pl.String)
    if whole.any():
        integers = pl.Series(np.where(whole, values, 0).astype(np.int64)).cast(pl.String)
        texts = integers.zip_with(pl.Series(whole), texts)
    if extreme.any():
        at = np.flatnonzero(extreme)
        texts = texts.scatter(at, [plain_number(v) for v in values[at].tolist()])
    return texts.set(pl.Series(missing), "") if missing.any() else texts
