"""Where a pace leads: the value in the target year, how sure that is, and when the target is met.

The pace is that from the baseline to the value, or of the last years. The interval stands around the
projected value, as wide as the 80 % prediction interval of the line of least squares through the exact
whole-year values of one definition in the same years (on a geometric path through their logarithms).
"""

from typing import NamedTuple

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.arithmetic.lines import LEAST_POINTS, half_width
from mfgtargets.series.arrays import Flags, Floats, Series

LONGEST_WAIT = 50  # years; a target reached later than that is not reached at this pace


class Projection(NamedTuple):
    """The pace and what follows from it, on the scale of the arithmetic; NaN where there is none.

    ``pace`` is in units a year, on a geometric path in logarithms (logistic: of the odds); ``points``
    is how many values the interval rests on.
    """

    pace: Floats
    value: Floats
    low: Floats
    high: Floats
    points: Floats
    wait: Floats  # years until the target is met, negative where the pace leads away from it


def project(s: Series, exact: Floats, trend: int | None) -> Projection:
    """Carry every series on to its target year.

    ``exact`` is the value, NaN where it is only a bound; ``trend`` how many years back the pace is
    taken from, None for all since the baseline.
    """
    years, values = _points(s, exact, trend)
    aim, (exact, values) = s.curve.odds(s.met_early_from), map(s.curve.odds, (exact, values))
    # On a geometric path all are of one sign; what is of the other is left out.
    values = np.where(s.geometric & (values * exact <= 0), np.nan, values)
    on_scale = paths.by_path(s.geometric, lambda: np.log(np.abs(values)), lambda: values)
    now = paths.by_path(s.geometric, lambda: np.log(np.abs(exact)), lambda: exact)
    row = np.arange(len(exact))
    known = ~np.isnan(on_scale)
    first = known.argmax(axis=0)
    span = s.year - years[first, row]
    pace = (now - on_scale[first, row]) / np.where(span > 0, span, np.nan)
    left = s.target_year - s.year
    middle = now + pace * left
    fitted = known & _fit(s)
    points = fitted.sum(axis=0).astype(float)
    width = np.full_like(points, np.nan)
    if (points >= LEAST_POINTS).any():
        width = half_width(years - s.year, on_scale, fitted.astype(float), left)
    goal = paths.by_path(s.geometric, lambda: np.log(aim * np.sign(exact)), lambda: aim)
    towards = s.direction * np.where(s.geometric, np.sign(exact), 1.0) * pace > 0
    is_there = np.isfinite(goal) & paths.same(goal, now)  # a ceiling is never reached
    wait = np.where(is_there, np.where(towards, 0.0, -1.0), (goal - now) / pace)

    def back(value: Floats) -> Floats:
        found = paths.by_path(s.geometric, lambda: np.sign(exact) * np.exp(value), lambda: value)
        return s.curve.values(found)

    return Projection(pace, back(middle), back(middle - width), back(middle + width), points, wait)


def _points(s: Series, exact: Floats, trend: int | None) -> tuple[Floats, Floats]:
    """Return years and values of the points the pace rests on: ascending, (h+2, n), NaN unused."""
    history = np.where(
        (s.baseline_year < s.history_years.T) | np.isnan(s.baseline), s.history_years.T, np.nan
    )
    history = np.where(history < s.year, history, np.nan)
    years = np.vstack((s.baseline_year, history, s.year))
    values = np.vstack((s.baseline, s.nearness(s.history_values.T), exact))
    unused = np.isnan(years) | np.isnan(values)
    if trend is not None:
        unused |= years < s.year - trend - paths.EPSILON
    return years, np.where(unused, np.nan, values)


def _fit(s: Series) -> Flags:
    """Tell which points the interval may rest on, (h+2, n).

    Not the baseline where it is of another definition, nor the value where it is not a whole year's.
    """
    is_whole = (s.history_years == s.year[:, None]).any(axis=1)
    every = np.ones(s.history_years.T.shape, dtype=bool)
    return np.vstack((~s.base_differs, every, is_whole))
