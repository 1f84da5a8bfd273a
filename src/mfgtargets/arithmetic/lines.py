"""Lines of least squares through the points of each series, and how far a new point may lie off."""

import numpy as np

from mfgtargets.series.arrays import Floats

LEAST_POINTS = 4  # for an interval

# Student's t for a one-sided 90 %, for 2 to 10 degrees of freedom; beyond them the expansion in
# Abramowitz and Stegun, 26.7.5, whose error there is below 5e-7.
_T90 = np.array(
    [1.885618, 1.637744, 1.533206, 1.475884, 1.439756, 1.414924, 1.396815, 1.383029, 1.372184]
)
_NORMAL90 = 1.2815515655446004


def line(years: Floats, values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return slope and level at 0 of the weighted line of each series; all (k, n), weight 0 unused.

    NaN where the points are of fewer than two different years.
    """
    years, values = np.where(weights > 0, years, 0.0), np.where(weights > 0, values, 0.0)
    total = weights.sum(axis=0)
    mean_x, mean_y = (weights * years).sum(axis=0) / total, (weights * values).sum(axis=0) / total
    off = years - mean_x
    slope = (weights * off * (values - mean_y)).sum(axis=0) / (weights * off**2).sum(axis=0)
    return slope, mean_y - slope * mean_x


def half_width(years: Floats, values: Floats, weights: Floats, at: Floats) -> Floats:
    """Return half the 80 % prediction interval of a new point at the time ``at`` of shape (n,).

    Of the ``k`` points of weight 1 (the others 0; all (k, n)): ``t s sqrt(1 + 1/k + (at - x)^2 / Sxx)``
    with ``t`` the 90 % quantile of ``k - 2`` degrees of freedom and ``s^2`` the squares left over those
    (Draper and Smith, Applied Regression Analysis, 1.4). NaN with fewer than ``LEAST_POINTS``.
    """
    count = weights.sum(axis=0)
    slope, level = line(years, values, weights)
    used = weights > 0
    left = np.where(used, values - level - slope * years, 0.0)
    mean = np.where(used, years, 0.0).sum(axis=0) / count
    spread = np.where(used, years - mean, 0.0)
    freedom = np.where(count >= LEAST_POINTS, count - 2, np.nan)
    scatter = np.sqrt((left**2).sum(axis=0) / freedom)
    off = 1 + 1 / count + (at - mean) ** 2 / (spread**2).sum(axis=0)
    width: Floats = t90(freedom) * scatter * np.sqrt(off)
    return width


def t90(freedom: Floats) -> Floats:
    """Return Student's t that 90 % lie below, for 2 or more degrees of freedom; NaN for NaN."""
    x = _NORMAL90
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    expanded = x + sum(term / freedom**n for n, term in enumerate(terms, 1))
    place = np.nan_to_num(np.clip(freedom, 2, len(_T90) + 1), nan=2).astype(int) - 2
    found: Floats = np.where(freedom <= len(_T90) + 1, _T90[place], expanded)
    return found
