"""The numbers of every series, each null one with its reason."""

from typing import NamedTuple

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.arithmetic.projection import LONGEST_WAIT, Projection, project
from mfgtargets.series.arrays import Codes, Decision, Flags, Floats, Scale, Series
from mfgtargets.series.reasons import Reason


class Quantity(NamedTuple):
    """One number for each series: ``value`` (n,), NaN exactly where ``reason`` is not NONE."""

    value: Floats
    reason: Codes


Quantities = dict[str, Quantity]
Refusal = tuple[Flags, Reason]


def first_reason(reason: Codes, *refusals: Refusal) -> Codes:
    """Return ``reason`` where there is one, else the first refusal that holds."""
    reason = reason.copy()
    for condition, why in refusals:
        if condition.any():
            np.copyto(reason, np.int8(why), where=condition & (reason == 0))
    return reason


def quantity(value: Floats, reason: Codes, *refusals: Refusal) -> Quantity:
    """Blank ``value`` where it is refused."""
    reason = first_reason(reason, *refusals, (~np.isfinite(value), Reason.OVERFLOW))
    return Quantity(np.where(reason == 0, value, np.nan), reason)


def path_refusal(s: Series) -> Codes:
    """Say why a series has no path to measure against (NONE where it has one).

    What follows takes it from ``no_path``, once it has been found out.
    """
    sign = np.sign(s.baseline)
    one_sign = np.logical_and.reduce([np.sign(value) == sign for value in s.knot_values.T])
    conditions = [
        np.isnan(s.target),
        np.isnan(s.baseline),
        s.baseline_year >= s.target_year,
        paths.below(s.direction * s.target, s.direction * s.baseline),
        np.logical_or.reduce([s.curve.outside(value) for value in s.knot_values.T]),
        s.geometric & ~(one_sign & (sign != 0)),
    ]
    reasons = [
        Reason.DELEGATED,
        Reason.NO_BASELINE,
        Reason.YEARS_REVERSED,
        Reason.WRONG_SIDE,
        Reason.BEYOND_LIMIT,
        Reason.NOT_POSITIVE,
    ]
    shown = np.select(conditions, [np.int8(reason) for reason in reasons], np.int8(0))
    return np.where(s.no_path != 0, s.no_path, shown)


def satisfied(s: Series, value: Floats, threshold: Floats) -> Flags:
    """Tell where ``value`` meets the target from ``threshold`` on (strictly for 突破, 超过)."""
    value, threshold = s.direction * value, s.direction * threshold
    if not s.strict.any():
        return paths.at_least(value, threshold)
    return np.where(s.strict, paths.below(threshold, value), paths.at_least(value, threshold))


def put_out(s: Series, value: Floats, years: Floats) -> Floats:
    """Return a number of the arithmetic as users see it (see ``Scale``)."""
    if not s.scale.any():
        return value
    size = 100 * s.direction * (value - 1)
    rate = 100 * s.direction * (value ** (1 / years) - 1)
    result: Floats = np.select([s.scale == Scale.SIZE, s.scale == Scale.RATE], [size, rate], value)
    return result


def quantities(s: Series, trend: int | None = None) -> Quantities:
    """Return every number by name, as Quantity arrays of shape (n,).

    ``trend`` is how many years the projection looks back; None means to the baseline.
    """
    no_path = s.no_path
    flat = paths.same(s.target, s.baseline)
    late = s.year > s.target_year + paths.EPSILON
    exact = np.where(s.bound == 0, s.nearness(s.value), np.nan)
    elapsed, left = s.year - s.baseline_year, s.target_year - s.year
    why_none = np.where(s.blocked != 0, s.blocked, Reason.NO_DATA)
    no_point = np.where(np.isnan(s.value), why_none, 0).astype(np.int8)
    no_value = np.where((no_point == 0) & (s.bound != 0), Reason.BOUND, no_point).astype(np.int8)
    crosses = s.geometric & (~(exact * s.target > 0) | (exact * s.baseline <= 0))
    is_open = s.decision == Decision.OPEN
    done = satisfied(s, exact, np.where(is_open, s.met_early_from, s.met_from))

    is_late = (late, Reason.AFTER_TARGET_YEAR)
    on_path = first_reason(no_path, is_late, (elapsed < -paths.EPSILON, Reason.BEFORE_BASELINE))
    measured = np.where(on_path == 0, no_value, on_path)
    measured = first_reason(measured, (elapsed <= paths.EPSILON, Reason.NO_TIME_ELAPSED))

    due = paths.on_path(s.knot_years, s.knot_values, s.year, s.curve)
    year0, value0, year1, value1 = paths.segment_in_time(s.knot_years, s.knot_values, s.year)
    progress = paths.share(s.baseline, s.target, exact, s.curve)
    schedule = paths.share(s.baseline, s.target, due, s.curve)
    planned = paths.yearly(value0, value1, year1 - year0, s.curve)
    required = paths.yearly(exact, s.target, left, s.curve)
    achieved = paths.yearly(s.baseline, exact, elapsed, s.curve)

    # An average rate needs a year to average over; before that the plan's own rate is due.
    span = np.where(elapsed > 0, elapsed, s.target_year - s.baseline_year)
    at_once = (s.scale == Scale.RATE) & ~(elapsed > 0)
    due_out = put_out(s, np.where(at_once, s.target, due), span)
    value_out = put_out(s, exact, span)
    target_out = put_out(s, s.target, s.target_year - s.baseline_year)
    sign = np.where(s.scale == Scale.LEVEL, s.direction, 1.0)

    no_share = (flat, Reason.TARGET_EQUALS_BASELINE)
    on_curve = (s.curve.outside(exact), Reason.BEYOND_LIMIT), (crosses, Reason.NOT_POSITIVE)
    since_base = (
        (np.isnan(s.baseline), Reason.NO_BASELINE),
        (elapsed <= 0, Reason.NO_TIME_ELAPSED),
    )
    good_way = (exact - s.baseline) * s.direction > 0
    projected = project(s, exact, trend)
    no_target = np.where(np.isnan(s.target), no_path, 0)
    towards = np.where(no_target == 0, no_value, no_target).astype(np.int8)
    unsigned = (s.blocked == Reason.NO_DIRECTION, Reason.NO_DIRECTION)
    by_then = first_reason(towards, is_late)
    # A part of a region moves, whether or not it has a target of its own.
    moves = np.where(no_target == Reason.NO_REGIONAL_TARGET, no_value, by_then)
    share = first_reason(measured, no_share, *on_curve)
    return {
        "on_track_value": quantity(due_out, on_path),
        "latest_value": quantity(put_out(s, s.value, span), no_point),
        "gap": quantity(sign * (value_out - due_out), measured),
        "gap_to_target": quantity(sign * (value_out - target_out), towards, unsigned),
        "progress": quantity(progress, share),
        "schedule": quantity(schedule, on_path, no_share),
        "lead": quantity(progress - schedule, share),
        "lead_years": _lead_years(s, exact, share),
        "planned_change": quantity(planned, on_path),
        "required_change": quantity(
            required,
            by_then,
            (done, Reason.SATISFIED),
            (left <= paths.EPSILON, Reason.NO_TIME_LEFT),
            *on_curve,
        ),
        "achieved_change": quantity(achieved, moves, *since_base, *on_curve),
        "acceleration": quantity(
            required / achieved,
            measured,
            (done, Reason.SATISFIED),
            (left <= paths.EPSILON, Reason.NO_TIME_LEFT),
            *since_base,
            *on_curve,
            (~good_way, Reason.WRONG_WAY),
        ),
        **_projected(s, projected, first_reason(by_then, *on_curve), done, trend),
    }


def _projected(
    s: Series, found: Projection, reason: Codes, done: Flags, trend: int | None
) -> Quantities:
    """Return the projection as it is put out, with its interval and the first year that satisfies."""
    span = s.target_year - s.baseline_year
    no_pace = Reason.NO_TIME_ELAPSED if trend is None else Reason.TOO_FEW_POINTS
    reason = first_reason(
        reason,
        (np.isnan(s.baseline) & (trend is None), Reason.NO_BASELINE),
        (np.isnan(found.pace), no_pace),
    )
    ends = put_out(s, found.low, span), put_out(s, found.high, span)
    few = (np.isnan(found.low), Reason.TOO_FEW_POINTS)
    year = _year_met(s, found, done)
    return {
        "projected_value": quantity(put_out(s, found.value, span), reason),
        "projected_year": quantity(year, reason, (np.isnan(year), Reason.NOT_AT_THIS_PACE)),
        "projected_low": quantity(np.minimum(*ends), reason, few),
        "projected_high": quantity(np.maximum(*ends), reason, few),
        "projected_points": quantity(found.points, reason),
    }


def _year_met(s: Series, found: Projection, done: Flags) -> Floats:
    """Return the first whole year that satisfies the target, NaN where none in time does."""
    reach = s.year + found.wait
    year = np.ceil(reach - paths.EPSILON)
    year = np.where(s.strict & paths.same(year, reach), year + 1, year)
    # In the target year itself 左右 counts, before it for a growth rate it does not.
    in_time = satisfied(s, found.value, s.met_from)
    due = np.ceil(s.target_year)
    year = np.where(in_time & ~(year <= due), due, year)
    year = np.where(done, np.ceil(s.year - paths.EPSILON), year)
    good = done | in_time | ((found.wait >= 0) & (year - s.year <= LONGEST_WAIT))
    return np.where(good, year, np.nan)


def _lead_years(s: Series, exact: Floats, reason: Codes) -> Quantity:
    when = paths.when_on_path(s.knot_years, s.knot_values, exact, s.curve)
    flat = (~np.isfinite(when), Reason.FLAT_PATH)
    return quantity(when - s.year, reason, (paths.turns(s.knot_values), Reason.PATH_TURNS), flat)
