"""Methods that compare yearly steps: SDSN, Destatis, UN ESCAP, State of Climate Action.

Histories are the whole-year values known, the latest last: ``history_years`` and
``history_values`` of shape (n, k), NaN where unused.
"""

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.verdict import (
    Common,
    Verdict,
    meets,
    nothing,
    refused,
    verdict,
    wrong_side,
)
from mfgtargets.series.arrays import Aim, Flags, Floats, Series
from mfgtargets.series.reasons import Reason

SDSN = ("on_track_or_maintaining", "moderately_improving", "stagnating", "decreasing")
DESTATIS = ("sun", "sun_with_cloud", "cloud", "thunderstorm")
ESCAP = ("maintain", "accelerate", "reverse")
ACCELERATION = ("on_track", "off_track", "well_off_track", "wrong_direction")

_WINDOW = 5  # years that Destatis and State of Climate Action look back
_NEEDED = 4  # consecutive years that Destatis wants at least


def _needs_target(s: Series) -> tuple[Flags, Reason]:
    return np.isnan(s.target), Reason.NO_TARGET


def sdsn(s: Series) -> Verdict:
    """Judge as the Sustainable Development Report does (2018 methodology, 1.5.3).

    The target is the green threshold: at it or better is on track or maintaining. Else
    ``q = ((v-b)/(y-y0)) / ((T-b)/(yT-y0))``: from 1 on track, from 0.5 moderately improving, from 0
    stagnating, below decreasing. ``ratio`` is q; ``score`` is the value between ``lower`` and
    ``optimum`` from 0 to 100.
    """
    act = (s.value - s.baseline) / (s.year - s.baseline_year)
    needed = (s.target - s.baseline) / (s.target_year - s.baseline_year)
    flat = paths.same(s.target, s.baseline)
    ratio = np.where(flat, np.nan, act / needed)
    met = meets(s)
    falls = paths.below(s.direction * act, np.zeros_like(act))
    score = np.clip(100 * (s.value - s.lower) / (s.optimum - s.lower), 0, 100)
    found = verdict(
        [
            (met, 0, Common.MET),
            (falls, 3, Common.AWAY),
            (paths.at_least(ratio, np.ones_like(ratio)), 0, Common.ON_TRACK),
            (paths.at_least(ratio, np.full_like(ratio, 0.5)), 1, Common.BEHIND),
            (np.isfinite(ratio), 2, Common.BEHIND),
        ],
        [
            (refused(s), None),
            _needs_target(s),
            (np.isnan(s.baseline) & ~met, Reason.NO_BASELINE),
            ((s.year <= s.baseline_year) & ~met, Reason.NO_TIME_ELAPSED),
            ((s.target_year <= s.baseline_year) & ~met, Reason.YEARS_REVERSED),
            (flat & ~met & ~falls, Reason.TARGET_EQUALS_BASELINE),
        ],
        ratio,
        score,
        {"wrong_side": wrong_side(s)},
    )
    # The score is of the value alone, whatever its trend.
    return found._replace(score=np.where(refused(s) == 0, score, np.nan))


def destatis(s: Series) -> Verdict:
    """Judge by the weather symbols of Germany's sustainability strategy (dns-indikatoren.de).

    The mean yearly change of the last five years carries the value on to the target year; what is
    missing there as a share of what is missing now: below 5 % sun, to 20 % sun with cloud, above
    cloud; a change in the wrong direction, or none, is a thunderstorm. A target that is reached, or
    is to be held every year (``Aim.CONSTANT``): reached and not turning away sun, turning away sun
    with cloud; not reached but nearing cloud, else thunderstorm. Without a value to reach
    (``Aim.DIRECTION``): the five-year mean and the last change, both, the mean alone, the last
    alone, neither. At least four consecutive years are needed. ``ratio`` is the missing share.
    """
    mean, last, run = five_year_change(s)
    towards, last_towards = s.direction * mean, s.direction * last
    target = weaker_end(s)
    left = s.target_year - s.year
    missing = s.direction * (target - (s.value + mean * left)) / np.abs(target - s.value)
    reached = meets(s, target)
    by_direction = s.aim == Aim.DIRECTION
    held = ~by_direction & ((s.aim == Aim.CONSTANT) | reached)
    zeros = np.zeros_like(mean)
    nearing, turning = paths.below(zeros, towards), paths.below(towards, zeros)
    last_right = paths.below(zeros, last_towards)
    return verdict(
        [
            (by_direction & nearing & last_right, 0, Common.ON_TRACK),
            (by_direction & nearing, 1, Common.BEHIND),
            (by_direction & last_right, 2, Common.BEHIND),
            (by_direction, 3, Common.AWAY),
            (held & reached & ~turning, 0, Common.MET),
            (held & reached, 1, Common.MET),
            (held & nearing, 2, Common.BEHIND),
            (held | ~nearing, 3, Common.AWAY),
            (paths.below(missing, zeros + 0.05), 0, Common.ON_TRACK),
            (paths.at_least(zeros + 0.20, missing), 1, Common.BEHIND),
            (np.isfinite(missing), 2, Common.BEHIND),
        ],
        [
            (refused(s), None),
            (np.isnan(s.target) & ~by_direction, Reason.NO_TARGET),
            (np.isnan(run), Reason.TOO_FEW_POINTS),
            ((left < 0) & ~held & ~by_direction, Reason.AFTER_TARGET_YEAR),
        ],
        np.where(held | by_direction, np.nan, missing),
        nothing(s),
        {"wrong_side": wrong_side(s)},
    )


def weaker_end(s: Series) -> Floats:
    """Return the target, of a range the end that is harder to reach."""
    high = np.maximum(s.target, s.target_high)
    low = np.minimum(s.target, s.target_high)
    return np.where(np.isnan(s.target_high), s.target, np.where(s.direction > 0, high, low))


def five_year_change(s: Series) -> tuple[Floats, Floats, Floats]:
    """Return the mean yearly change of the last five years, the last one, and of how many it is.

    Taken over the consecutive years up to the latest, six of them at most, four at least; NaN where
    there are fewer.
    """
    value = s.value
    first, last = value, np.full_like(value, np.nan)
    run = np.zeros(value.shape)
    for back in range(1, _WINDOW + 1):
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


def escap(s: Series) -> Verdict:
    """Judge as UN ESCAP and the UN's regional commissions do.

    A line through all points known, weighted by their order in time (the commissions publish that
    recent points weigh more, not by how much), is carried on to the target year. What is missing
    there as a share of ``|T-b|``: up to 0.10 maintain, up to 1 accelerate, above reverse.
    ``ratio`` is that share; ``score`` is the current status, ``10 d (v-b)/|T-b|``, for parity
    ``10-10|T-v|/|T-b|``.
    """
    parity = s.aim == Aim.PARITY
    slope, level = weighted_line(s)
    expected = level + slope * (s.target_year - s.year)
    flat = paths.same(s.target, s.baseline)
    span = np.abs(s.target - s.baseline)
    short = np.where(parity, np.abs(s.target - expected), s.direction * (s.target - expected))
    missing = np.maximum(short, 0) / span
    done = np.where(
        parity, 1 - np.abs(s.target - s.value) / span, s.direction * (s.value - s.baseline) / span
    )
    met = np.where(parity, paths.same(s.value, s.target), meets(s))
    zeros = np.zeros_like(missing)
    return verdict(
        [
            (paths.at_least(zeros + 0.10, missing) & met, 0, Common.MET),
            (paths.at_least(zeros + 0.10, missing), 0, Common.ON_TRACK),
            (paths.at_least(zeros + 1.0, missing), 1, Common.BEHIND),
            (np.isfinite(missing), 2, Common.AWAY),
        ],
        [
            (refused(s), None),
            _needs_target(s),
            (np.isnan(s.baseline), Reason.NO_BASELINE),
            (s.year <= s.baseline_year, Reason.NO_TIME_ELAPSED),
            (flat, Reason.TARGET_EQUALS_BASELINE),
            (~np.isfinite(span) | ~np.isfinite(expected), Reason.OVERFLOW),
            (s.year > s.target_year, Reason.AFTER_TARGET_YEAR),
        ],
        missing,
        10 * done,
        {"wrong_side": ~parity & wrong_side(s)},
    )


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


def acceleration(s: Series) -> Verdict:
    """Judge as the State of Climate Action reports do (Systems Change Lab).

    ``AF = ((T-v)/(yT-y)) / h`` with ``h`` the slope of the line of least squares through all values
    of the last five years (where there is only one, from the baseline to it): up to 1 on track,
    below 2 off track, from 2 well off track; ``h`` against the direction is the wrong direction.
    A value at the target is on track. ``ratio`` is AF.
    """
    pace, elapsed = recent_slope(s), s.year - s.baseline_year
    left = s.target_year - s.year
    ratio = (s.target - s.value) / left / pace
    met = meets(s)
    wrong = ~paths.below(np.zeros_like(pace), s.direction * pace)
    ones = np.ones_like(ratio)
    return verdict(
        [
            (met, 0, Common.MET),
            (wrong, 3, Common.AWAY),
            (paths.at_least(ones, ratio), 0, Common.ON_TRACK),
            (paths.below(ratio, 2 * ones), 1, Common.BEHIND),
            (np.isfinite(ratio), 2, Common.BEHIND),
        ],
        [
            (refused(s), None),
            _needs_target(s),
            ((left <= 0) & ~met, Reason.NO_TIME_LEFT),
            (np.isnan(pace) & (elapsed <= 0) & ~met, Reason.NO_TIME_ELAPSED),
            (np.isnan(pace) & ~met, Reason.TOO_FEW_POINTS),
        ],
        np.where(met | wrong, np.nan, ratio),
        nothing(s),
        {"wrong_side": wrong_side(s)},
    )


def recent_slope(s: Series) -> Floats:
    """Return the slope of the line through the last five years, or since the baseline."""
    years, values, usable = _known_points(s)
    weights = (usable & (years > -_WINDOW)).astype(float)
    slope, _ = _line(years, values, weights)
    elapsed = s.year - s.baseline_year
    since_base = (s.value - s.baseline) / np.where(elapsed > 0, elapsed, np.nan)
    pace: Floats = np.where((weights > 0).sum(axis=0) >= 2, slope, since_base)
    return pace
