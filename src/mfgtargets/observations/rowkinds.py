"""The kinds of a frame's rows: those that differ in region and figure alone are of one kind.

Needs the extra ``tables`` (polars).
"""

from typing import Any, NamedTuple

import numpy as np

from mfgtargets.extras import needed
from mfgtargets.notation.frames import text_frame
from mfgtargets.observations.observed import Array
from mfgtargets.observations.parse import EDGES

_PLAIN = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$"
_MOST_DECIMALS = 9
_MOST_CODES = 1 << 24  # of columns together, beyond which they are sorted rather than counted


class Figures(NamedTuple):
    """The values of a frame: which are plain numbers, these, and with how many decimals."""

    plain: Array
    value: Array
    decimals: Array


def figures_of(cells: Any) -> Figures:
    """Tell which values are plain numbers: by their text, or as doubles that have few decimals."""
    polars = needed("polars", "tables")
    if cells.dtype == polars.String:
        plain = cells.str.contains(_PLAIN).fill_null(value=False)
        value = cells.set(~plain, None).cast(polars.Float64).fill_null(0.0).to_numpy()
        point = cells.str.find(".", literal=True).cast(polars.Int64)
        places = (cells.str.len_bytes().cast(polars.Int64) - 1 - point).fill_null(0).to_numpy()
        return Figures(plain.to_numpy(), value, places)
    if not cells.dtype.is_numeric():
        nothing = np.zeros(len(cells))
        return Figures(nothing.astype(bool), nothing, nothing.astype(np.int64))
    value = cells.cast(polars.Float64).fill_null(np.nan).to_numpy()
    decimals, left = np.zeros(len(value), dtype=np.int64), np.arange(len(value))
    for places in range(_MOST_DECIMALS + 1):
        with np.errstate(all="ignore"):
            same = np.rint(value[left] * 10.0**places) / 10.0**places == value[left]
        decimals[left[same]], left = places, left[~same]
    plain = np.isfinite(value) & (np.abs(value) < 1e15)
    plain[left] = False
    return Figures(plain, np.where(plain, value, 0.0), decimals)


def coded(column: Any) -> tuple[list[str], Array]:
    """Return the texts of a column, as they come, and the place of each row's among them."""
    polars = needed("polars", "tables")
    cells = text_frame(column.to_frame()).to_series().str.strip_chars()
    texts = cells.unique(maintain_order=True)
    codes = cells.cast(polars.Enum(texts)).to_physical()
    return texts.to_list(), codes.cast(polars.Int64).to_numpy()


def kinds_of(rest: Any, cells: Any, figures: Figures) -> tuple[Array, Array]:
    """Return the kind of each row, and the first row of each kind.

    A figure that is no plain number is of its own kind; of those that are, those are alike that no
    limit tells apart.
    """
    polars = needed("polars", "tables")
    kind = sum((figures.value > edge).astype(np.int64) for edge in EDGES) + 1
    odd = polars.Series(~figures.plain)
    columns = [*rest.iter_columns(), polars.Series(np.where(figures.plain, kind, 0))]
    if odd.any():
        columns.append(cells.set(~odd, None))
    size, kind = 1, np.zeros(len(cells), dtype=np.int64)
    for column in columns:
        texts, codes = coded(column) if not column.dtype.is_integer() else _ranked(column)
        kind, size = kind * len(texts) + codes, size * len(texts)
        if size > _MOST_CODES:
            kind, size = _packed(kind)
    kind, size = _packed(kind)
    first = np.empty(size, dtype=np.int64)
    first[kind[::-1]] = np.arange(len(kind))[::-1]
    order = np.argsort(first)  # as they come
    return np.argsort(order)[kind], first[order]


def _ranked(column: Any) -> tuple[range, Array]:
    """Return whole numbers as codes."""
    values = column.fill_null(column.max() + 1 if column.max() is not None else 0).to_numpy()
    low, high = int(values.min()), int(values.max())
    if high - low > _MOST_CODES:
        kinds, codes = np.unique(values, return_inverse=True)
        return range(len(kinds)), codes
    return range(high - low + 1), values.astype(np.int64) - low


def _packed(codes: Array) -> tuple[Array, int]:
    """Number the codes that there are."""
    if codes.max(initial=0) > 4 * _MOST_CODES:
        kinds, packed = np.unique(codes, return_inverse=True)
        return packed, len(kinds)
    there = np.zeros(codes.max(initial=0) + 1, dtype=bool)
    there[codes] = True
    return (np.cumsum(there) - 1)[codes], int(there.sum())
