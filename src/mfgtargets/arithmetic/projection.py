"""Where a pace leads: the value in the target year, how sure that is, and when the target is met.

The pace is that from the baseline to the value, or of the last years. The interval takes the yearly
changes (differences, on a geometric path of logarithms) as steps of a random walk around that pace:
with ``k`` steps of variance ``s^2`` a year, over ``w`` years, ``m`` years ahead lie with a chance of
80 % within ``t(0.9; k-1) s sqrt(m + m^2/w)`` of the projection.
"""

from typing import NamedTuple

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.series.arrays import Flags, Floats, Series

LONGEST_WAIT = 50  # years; a target reached later than that is not reached at this pace
LEAST_POINTS = 4  # for an interval

# Student's t for a one-sided 90 %, by degrees of freedom from 1; beyond them the normal's.
_T90 = np.array(
    [
        3.0777, 1.8856, 1.6377, 1.5332, 1.4759, 1.4398, 1.4149, 1.3968, 1.3830, 1.3722,
        1.3634, 1.3562, 1.3502, 1.3450, 1.3406, 1.3368, 1.3334, 1.3304, 1.3277, 1.3253,
        1.3232, 1.3212, 1.3195, 1.3178, 1.3163, 1.3150, 1.3137, 1.3125, 1.3114, 1.3104, 1.2816,
    ]
)  # fmt: skip


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
    points = known.sum(axis=0).astype(float)
    width = np.full_like(points, np.nan)
    if (points >= LEAST_POINTS).any():
        spread = _spread(years, on_scale, known, pace) * np.sqrt(left + left**2 / span)
        width = np.where(points >= LEAST_POINTS, spread, np.nan)
    goal = paths.by_path(s.geometric, lambda: np.log(aim * np.sign(exact)), lambda: aim)
    towards = s.direction * np.where(s.geometric, np.sign(exact), 1.0) * pace > 0
    wait = np.where(paths.same(goal, now), np.where(towards, 0.0, -1.0), (goal - now) / pace)

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
    values = np.vstack((s.baseline, s.history_values.T, exact))
    unused = np.isnan(years) | np.isnan(values)
    if trend is not None:
        unused |= years < s.year - trend - paths.EPSILON
    return years, np.where(unused, np.nan, values)


def _spread(years: Floats, values: Floats, known: Flags, pace: Floats) -> Floats:
    """Return ``t(0.9; k-1) s`` of each series, from the ``k`` steps between its known points."""
    squares = np.zeros(len(pace))
    steps = np.zeros(len(pace), dtype=int)
    year, value = np.full(len(pace), np.nan), np.full(len(pace), np.nan)
    for here, next_year, next_value in zip(known, years, values, strict=True):
        gap = next_year - year
        off = next_value - value - pace * gap
        is_step = here & ~np.isnan(gap)
        squares += np.where(is_step, off**2 / gap, 0.0)
        steps += is_step
        year = np.where(here, next_year, year)
        value = np.where(here, next_value, value)
    freedom = np.maximum(steps - 1, 1)
    spread: Floats = np.sqrt(squares / freedom) * _T90[np.minimum(freedom, len(_T90)) - 1]
    return spread
