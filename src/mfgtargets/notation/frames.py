"""Data frames as text, as a CSV file holds them (needs the extra ``tables``, polars)."""

from typing import Any

import numpy as np
import polars as pl

from mfgtargets.notation.numbers import forms_of, plain_number

_PER_DAY = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896  # of the years 1 and 9999, from 1970


def text_frame(frame: Any) -> pl.DataFrame:
    """Return any frame of the Arrow interface as one of text; "" where there is nothing."""
    given = frame if isinstance(frame, pl.DataFrame) else pl.DataFrame(frame)
    return given.select(_texts(given[name]).alias(name) for name in given.columns)


def plain_csv(raw: bytes) -> pl.DataFrame | None:
    """Return a CSV table in UTF-8 as a frame of text; None where it is not plain.

    Plain is: no quotes and blank lines, no header cell twice, and rows of one length.
    """
    if b'"' in raw or b"\r" in raw or b"\n\n" in raw or raw[:1] in {b"\n", b"\xef"}:
        return None
    try:
        names = [name.strip() for name in raw[: raw.index(b"\n")].decode().split(",")]
        frame = pl.read_csv(raw, infer_schema=False, quote_char=None).fill_null("")
    except (pl.exceptions.PolarsError, ValueError):
        return None
    is_even = raw.count(b",") == (len(names) - 1) * (frame.height + 1)
    return frame if is_even and frame.columns == names else None


def _texts(column: pl.Series) -> pl.Series:
    """Return a column as texts: numbers by the digits they have, whole ones without a point."""
    if column.dtype == pl.Float32:
        column = column.cast(pl.String).cast(pl.Float64)
    if column.dtype == pl.Float64:
        return number_texts(column.fill_null(np.nan).to_numpy())
    if column.dtype == pl.Boolean:
        return column.cast(pl.String).str.to_titlecase().fill_null("")
    if column.dtype.is_nested() or column.dtype in {pl.Binary, pl.Object, pl.Duration}:
        return pl.Series(["" if cell is None else str(cell) for cell in column], dtype=pl.String)
    if column.dtype.base_type() in {pl.Date, pl.Datetime}:
        column = _possible(column)
    return column.cast(pl.String).fill_null("")


def _possible(column: pl.Series) -> pl.Series:
    """Return dates, those beyond the years 1 to 9999 as the numbers they are stored as."""
    per_day = 1 if column.dtype == pl.Date else _PER_DAY[column.dtype.time_unit]  # type: ignore[attr-defined]
    stored = column.to_physical()
    fits = stored.is_between(_FIRST_DAY * per_day, (_LAST_DAY + 1) * per_day - 1).fill_null(True)
    if fits.all():
        return column
    texts = stored.zip_with(fits, pl.Series([0], dtype=stored.dtype)).cast(column.dtype)
    return texts.cast(pl.String).zip_with(fits, stored.cast(pl.String)).set(column.is_null(), None)


def written(values: Any) -> pl.Series:
    """Return doubles as a column that is written as ``numbers.number_texts`` does, NaN as null.

    Text only where that is needed: polars writes whole numbers, and doubles of common size without
    whole ones among them, alike.
    """
    missing, whole, extreme = forms_of(values)
    if (missing | whole).all():
        numbers = pl.Series(np.where(missing, 0, values).astype(np.int64))
        return numbers.set(pl.Series(missing), None) if missing.any() else numbers
    numbers = pl.Series(values, nan_to_null=True)
    if not (whole.any() or extreme.any()):
        return numbers
    texts = numbers.cast(pl.String).str.strip_suffix(".0")
    at = np.flatnonzero(extreme | (values == 0))
    return texts.scatter(at, [plain_number(v + 0.0) for v in values[at].tolist()])


def number_texts(values: Any) -> pl.Series:
    """Write doubles as ``numbers.number_texts`` does, NaN as nothing."""
    return written(values).cast(pl.String).fill_null("")
