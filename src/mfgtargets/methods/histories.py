"""What methods that look at several years share: five-year changes and lines through the points.

Histories are the whole-year values known, the latest last: ``history_years`` and
``history_values`` of shape (n, k), NaN where unused.
"""

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.series.arrays import Flags, Floats, Series

WINDOW = 5  # years that Destatis and State of Climate Action look back
_NEEDED = 4  # consecutive years that Destatis wants at least


def five_year_change(s: Series) -> tuple[Floats, Floats, Floats]:
    """Return the mean yearly change of the last five years, the last one, and of how many it is.

    Taken over the consecutive years up to the latest, six of them at most, four at least; NaN where
    there are fewer.
    """
    value = s.value
    first, last = value, np.full_like(value, np.nan)
    run = np.zeros(value.shape)
    for back in range(1, WINDOW + 1):
        earlier = _value_at(s, s.year - back)
        goes_on = ~np.isnan(earlier) & (run == back - 1)
        first = np.where(goes_on, earlier, first)
        last = np.where(goes_on & (back == 1), value - earlier, last)
        run = np.where(goes_on, back, run)
    run = np.where(run >= _NEEDED - 1, run, np.nan)
    return (value - first) / run, last, run


def _value_at(s: Series, year: Floats) -> Floats:
    """Return the value known for a year, the baseline's too; NaN where there is none."""
    there = np.abs(s.history_years - year[:, None]) < paths.EPSILON
    found = np.where(there, s.history_values, 0.0).sum(axis=1)
    at_base = np.abs(s.baseline_year - year) < paths.EPSILON
    other: Floats = np.where(at_base, s.baseline, np.nan)
    return np.where(there.any(axis=1), found, other)


def weighted_line(s: Series) -> tuple[Floats, Floats]:
    """Return slope and level in the latest year of the line through baseline, history and value."""
    years, values, usable = _known_points(s)
    order = 1 + np.where(usable, years, np.inf).argsort(axis=0).argsort(axis=0)
    return _line(years, values, np.where(usable, order, 0.0))


def _known_points(s: Series) -> tuple[Floats, Floats, Flags]:
    """Return baseline, history and value by years before the value, and which of them are points.

    All of shape (k, n): sums down them do not depend on how long the longest history is.
    """
    years = np.vstack((s.baseline_year, s.history_years.T, s.year)) - s.year
    values = np.vstack((s.baseline, s.history_values.T, s.value))
    twice = (years[0] == years) | (years[-1] == years)
    twice[0] = twice[-1] = False
    return years, values, ~(np.isnan(years) | np.isnan(values) | twice)


def _line(years: Floats, values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return slope and level at 0 of the line of least squares of each series; all (k, n)."""
    years, values = np.where(weights > 0, years, 0.0), np.where(weights > 0, values, 0.0)
    total = weights.sum(axis=0)
    mean_x, mean_y = (weights * years).sum(axis=0) / total, (weights * values).sum(axis=0) / total
    off = years - mean_x
    slope = (weights * off * (values - mean_y)).sum(axis=0) / (weights * off**2).sum(axis=0)
    return slope, mean_y - slope * mean_x


def recent_slope(s: Series) -> Floats:
    """Return the slope of the line through the last five years, or since the baseline."""
    years, values, usable = _known_points(s)
    weights = (usable & (years > -WINDOW)).astype(float)
    slope, _ = _line(years, values, weights)
    elapsed = s.year - s.baseline_year
    since_base = (s.value - s.baseline) / np.where(elapsed > 0, elapsed, np.nan)
    pace: Floats = np.where((weights > 0).sum(axis=0) >= 2, slope, since_base)
    return pace
