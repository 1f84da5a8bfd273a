"""Places, normalised values and weighted scores of regions: pure functions over arrays."""

from typing import Any

import numpy as np

from mfgtargets.arithmetic.paths import EPSILON
from mfgtargets.series.arrays import Floats

Places = np.ndarray[tuple[Any, ...], np.dtype[np.int64]]


def places(values: Floats) -> Places:
    """Return the place of each value in its column, the largest first; (k, n) -> (k, n).

    Values within ``EPSILON`` (relative; absolute below 1) share a place, and the next one counts them: 1, 1, 3.
    NaN has none (0).
    """
    order = np.argsort(-values, axis=0, kind="stable")  # NaN comes last
    ranked = np.take_along_axis(values, order, axis=0)
    room = EPSILON * np.maximum(1.0, np.abs(ranked[:-1]))
    first = np.vstack(
        [np.ones((1, values.shape[1]), dtype=bool), ~(ranked[:-1] - ranked[1:] <= room)]
    )
    number = np.arange(1, len(values) + 1)[:, None]
    place = np.maximum.accumulate(np.where(first, number, 0), axis=0)
    found = np.empty(values.shape, dtype=np.int64)
    np.put_along_axis(found, order, np.where(np.isnan(ranked), 0, place), axis=0)
    return found


def normalised(values: Floats) -> Floats:
    """Return (v − worst) / (best − worst) of each column, larger being better; (k, n) -> (k, n).

    0.5 where all are equal; NaN stays.
    """
    known = ~np.isnan(values)
    worst = np.min(values, axis=0, initial=np.inf, where=known)
    best = np.max(values, axis=0, initial=-np.inf, where=known)
    span = best - worst
    flat = span <= EPSILON * np.maximum(1.0, np.abs(best))
    with np.errstate(all="ignore"):
        share = np.where(flat, 0.5, (values - worst) / np.where(flat, 1.0, span))
    return np.where(known, share, np.nan)


def scores(shares: Floats, weights: Floats) -> Floats:
    """Return Σ w·s / Σ w of each row over what is known of it; (k, n), (n,) -> (k,).

    So a missing value's weight is shared over the rest; NaN where nothing with a weight is known.
    """
    counted = ~np.isnan(shares) * weights
    total = counted.sum(axis=1)
    with np.errstate(all="ignore"):
        return np.where(total > 0, np.nansum(shares * counted, axis=1) / total, np.nan)
