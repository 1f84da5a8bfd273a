"""What methods that look at several years share: recent changes and lines through the points.

Histories are the whole-year values known, the latest last: ``history_years`` and
``history_values`` of shape (n, k), NaN where unused.
"""

import numpy as np

from mfgtargets.arithmetic.lines import line
from mfgtargets.series.arrays import Flags, Floats, Series

WINDOW = 5  # years that State of Climate Action looks back
_FEWEST, _MOST = 4, 6  # points that Destatis takes


def recent_change(s: Series) -> tuple[Floats, Floats, Floats]:
    """Return the mean yearly change over the last points, the last change, and of how many years.

    Of the last six points that there are, in whatever years, the baseline's too: of yearly data five
    years. NaN where there are fewer than four.
    """
    years, values, usable = _known_points(s)
    ago = np.where(usable & (years <= 0), -years, np.inf)
    order = ago.argsort(axis=0)[:_MOST]
    ago, values = np.take_along_axis(ago, order, axis=0), np.take_along_axis(values, order, axis=0)
    count = np.isfinite(ago).sum(axis=0)
    first = np.maximum(count - 1, 0)[None, :]
    span = np.where(count >= _FEWEST, np.take_along_axis(ago, first, axis=0)[0], np.nan)
    mean = (s.value - np.take_along_axis(values, first, axis=0)[0]) / span
    return mean, np.where(count > 1, s.value - values[1], np.nan), span


def weighted_line(s: Series) -> tuple[Floats, Floats]:
    """Return slope and level in the latest year of the line through baseline, history and value."""
    years, values, usable = _known_points(s)
    order = 1 + np.where(usable, years, np.inf).argsort(axis=0).argsort(axis=0)
    return line(years, values, np.where(usable, order, 0.0))


def _known_points(s: Series) -> tuple[Floats, Floats, Flags]:
    """Return baseline, history and value by years before the value, and which of them are points.

    All of shape (k, n): sums down them do not depend on how long the longest history is.
    """
    years = np.vstack((s.baseline_year, s.history_years.T, s.year)) - s.year
    values = np.vstack((s.baseline, s.history_values.T, s.value))
    twice = (years[0] == years) | (years[-1] == years)
    twice[0] = twice[-1] = False
    return years, values, ~(np.isnan(years) | np.isnan(values) | twice)


def recent_slope(s: Series) -> Floats:
    """Return the slope of the line through the last five years, or since the baseline."""
    years, values, usable = _known_points(s)
    weights = (usable & (years > -WINDOW)).astype(float)
    slope, _ = line(years, values, weights)
    elapsed = s.year - s.baseline_year
    since_base = (s.value - s.baseline) / np.where(elapsed > 0, elapsed, np.nan)
    pace: Floats = np.where((weights > 0).sum(axis=0) >= 2, slope, since_base)
    return pace
