"""Data frames as text, as a CSV file holds them (needs the extra ``tables``, polars)."""

from collections.abc import Mapping
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
        return number_texts({"": column.fill_null(np.nan).to_numpy()})[""]
    if column.dtype == pl.Boolean:
        return column.cast(pl.String).str.to_titlecase().fill_null("")
    if column.dtype.is_nested() or column.dtype in {pl.Binary, pl.Object}:
        return pl.Series(["" if cell is None else str(cell) for cell in column], dtype=pl.String)
    return column.cast(pl.String).fill_null("")


def number_texts(columns: Mapping[str, Any]) -> dict[str, pl.Series]:
    """Write columns of doubles as ``numbers.number_texts`` does, all at once."""
    numbers = pl.DataFrame({n: pl.Series(v + 0.0, nan_to_null=True) for n, v in columns.items()})
    texts = numbers.select(pl.all().cast(pl.String).str.strip_suffix(".0").fill_null(""))
    return {name: _with_exponents(texts[name], values) for name, values in columns.items()}


def _with_exponents(texts: pl.Series, values: Any) -> pl.Series:
    """Write the doubles among ``values`` that have an exponent as Python does."""
    _, _, extreme = forms_of(values)
    if not extreme.any():
        return texts
    at = np.flatnonzero(extreme)
    return texts.scatter(at, [plain_number(v) for v in values[at].tolist()])
