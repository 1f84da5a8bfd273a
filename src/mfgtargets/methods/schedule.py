"""The default method: progress against the schedule of the plan itself."""

from enum import IntEnum

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.arithmetic.quantities import satisfied
from mfgtargets.methods.method import Method
from mfgtargets.methods.verdict import Common, Tolerance, Verdict, nothing
from mfgtargets.series.arrays import Aim, Codes, Decision, Flags, Floats, Series
from mfgtargets.series.reasons import SET_ELSEWHERE, Reason
from mfgtargets.working.progress import schedule_steps


class Status(IntEnum):
    """The status words; ``code`` is what users see."""

    MET = 0
    MET_EARLY = 1
    AHEAD = 2
    ON_TRACK = 3
    LAGGING = 4
    MISSED = 5
    NO_DATA = 6
    NOT_QUANTIFIED = 7
    NOT_ASSESSABLE = 8

    @property
    def code(self) -> str:
        """The code as users see it, e.g. ``on_track``."""
        return self.name.lower()


_COARSE = 0.25  # share of the distance: half a digit of more is judged at both its ends

_COMMON = np.array(
    [
        Common.MET,
        Common.MET,
        Common.ON_TRACK,
        Common.ON_TRACK,
        Common.BEHIND,
        Common.BEHIND,
        Common.NONE,
        Common.NONE,
        Common.NONE,
    ],
    dtype=np.int8,
)


def judge(s: Series, tolerance: Tolerance) -> Verdict:
    """Judge by the schedule of the plan itself; it has neither ratio nor score."""
    status, reason = _judge(s, tolerance)
    within_rounding = np.zeros(s.value.shape, dtype=bool)
    if (tolerance.width > tolerance.asked).any():
        narrow = tolerance._replace(width=np.full(s.value.shape, tolerance.asked))
        within_rounding = _judge(s, narrow)[0] != status
    for mask, why in (
        (s.aim != Aim.REACH, Reason.KIND_UNSUPPORTED),
        (_at_once(s) & (status != Status.NO_DATA), Reason.NO_TIME_ELAPSED),
        ((s.value - s.limit) * (s.baseline - s.limit) < 0, Reason.BEYOND_LIMIT),
    ):
        status = np.where(mask, np.int8(Status.NOT_ASSESSABLE), status)
        reason = np.where(mask, np.int8(why), reason)
    below_baseline = _exactly(s, _is_worse(s, s.nearness(s.value)))
    below_baseline &= ~np.isnan(s.baseline) & (s.blocked != Reason.NO_DIRECTION)
    missed = (status == Status.MISSED) & (s.decision == Decision.DUE)
    met = (status == Status.MET) | (status == Status.MET_EARLY)
    flags = {
        "below_baseline": below_baseline,
        "reversing": s.reversing,
        "bound": (s.bound != 0) & ~np.isnan(s.value),
        "late": (
            ((status == Status.MET) | (status == Status.MISSED)) & (s.decision == Decision.LATE)
        )
        | (missed & satisfied(s, s.afterwards, s.met_from)),
        "within_approx": met & (s.bound == 0) & ~satisfied(s, s.value, s.target),
        "short_year": s.short & ~s.hold,
        "within_rounding": within_rounding,
    }
    common = _COMMON[status]
    away = below_baseline & (common == Common.BEHIND)
    none = nothing(s)
    return Verdict(status, reason, np.where(away, np.int8(Common.AWAY), common), none, none, flags)


def _exactly(s: Series, mask: Flags) -> Flags:
    exactly: Flags = mask & (s.bound == 0) & ~np.isnan(s.value)
    return exactly


def _is_worse(s: Series, value: Floats) -> Flags:
    """Tell where a value is worse than the baseline."""
    return paths.below(s.direction * value, s.direction * s.baseline)


def _at_once(s: Series) -> Flags:
    """Tell where a value that decides nothing yet is from the baseline's year or earlier."""
    early: Flags = (s.decision == Decision.OPEN) & (s.year <= s.baseline_year + paths.EPSILON)
    return early & ~np.isnan(s.value)


def tolerances(s: Series, tolerance: float) -> Tolerance:
    """Return the tolerance of each series; ``tolerance`` is in percentage points.

    Half a unit of the value's last digit is the least, up to the size at which it says too little.
    """
    digit = np.abs(
        paths.share(s.baseline, s.target, s.value + s.half_unit, s.curve)
        - paths.share(s.baseline, s.target, s.value, s.curve)
    )
    digit = np.where(np.isfinite(digit) & (s.bound == 0), digit, 0.0)
    coarse = digit > _COARSE
    width = np.maximum(tolerance / 100, np.where(coarse, 0.0, digit))
    return Tolerance(tolerance / 100, width, coarse)


def _judge(s: Series, tolerance: Tolerance) -> tuple[Codes, Codes]:
    """Return status and reason: of the value, or of all values that a bound or rounding allows."""
    # A bound that excludes itself ("over 100") is tried just inside.
    step = np.where(s.exclusive, 1e-8 * np.maximum(1.0, np.abs(s.value)), 0.0)
    status, reason = _judge_value(s, s.value + s.bound * step, tolerance.width)
    if s.bound.any():
        far_status, far_reason = _judge_far_end(s)
        uncertain = (s.bound != 0) & ((status != far_status) | (reason != far_reason))
        uncertain &= status != Status.NOT_ASSESSABLE
        status = np.where(uncertain, np.int8(Status.NOT_ASSESSABLE), status)
        reason = np.where(uncertain, np.int8(Reason.BOUND), reason)

    if tolerance.coarse.any():
        ends = [
            _judge_value(s, s.value + sign * s.half_unit, tolerance.width)[0] for sign in (-1, 1)
        ]
        # A figure printed as the target is reaches it.
        unsure = tolerance.coarse & (ends[0] != ends[1]) & ~paths.same(s.value, s.target)
        status = np.where(unsure, np.int8(Status.NOT_ASSESSABLE), status)
        reason = np.where(unsure, np.int8(Reason.PRECISION), reason)

    no_data = (s.blocked == Reason.NO_DATA) | (s.blocked == Reason.TARGET_YEAR_PASSED)
    for mask, said, why in (
        (s.blocked != 0, Status.NOT_ASSESSABLE, s.blocked),
        (s.no_path == Reason.NO_REGIONAL_TARGET, Status.NOT_ASSESSABLE, s.no_path),
        (no_data, Status.NO_DATA, s.blocked),
        (np.isin(s.no_path, SET_ELSEWHERE), Status.NOT_QUANTIFIED, s.no_path),
        (s.no_path == Reason.NO_TARGET_YEAR, Status.NOT_ASSESSABLE, s.no_path),
    ):
        status = np.where(mask, np.int8(said), status)
        reason = np.where(mask, why, reason)
    return status, reason


def _judge_value(s: Series, value: Floats, width: Floats) -> tuple[Codes, Codes]:
    """Judge by one value, as if it were exact."""
    no_path, value = s.no_path, s.nearness(value)
    progress = paths.share(s.baseline, s.target, value, s.curve)
    due = paths.on_path(s.knot_years, s.knot_values, s.year, s.curve)
    lead = progress - paths.share(s.baseline, s.target, due, s.curve)
    # A value of the wrong sign on a geometric path has no logarithm, but is beyond all others.
    lead = np.where(s.geometric & ~(value * s.target > 0), -np.inf * s.direction, lead)
    lead = np.where(value >= s.ceiling, np.inf * s.direction, lead)

    hold, held = _held(s, no_path)
    met = satisfied(s, value, s.met_from) & ~s.short
    met_early = satisfied(s, value, s.met_early_from) & s.early
    worse = _is_worse(s, value)
    conditions = [
        (s.decision != Decision.OPEN) & met,
        s.decision != Decision.OPEN,
        hold & met,
        hold | s.short,
        met_early,
        no_path != 0,
        worse,
        np.isnan(lead),
        paths.below(lead, -width),
        paths.below(width, lead),
    ]
    statuses = [
        Status.MET,
        Status.MISSED,
        Status.ON_TRACK,
        Status.LAGGING,
        Status.MET_EARLY,
        Status.NOT_ASSESSABLE,
        Status.LAGGING,
        Status.NOT_ASSESSABLE,
        Status.LAGGING,
        Status.AHEAD,
    ]
    status = np.select(conditions, [np.int8(s) for s in statuses], np.int8(Status.ON_TRACK))
    refused = status == Status.NOT_ASSESSABLE
    by_hold = hold & (s.decision == Decision.OPEN)
    why = np.where(
        no_path != 0, no_path, np.where(np.isnan(value), Reason.NO_DATA, Reason.OVERFLOW)
    )
    reason = np.where(refused, why, np.where(by_hold, held, Reason.NONE))
    return status, reason.astype(np.int8)


def _held(s: Series, no_path: Codes) -> tuple[Flags, Codes]:
    """Tell which targets are floors or ceilings to hold, and the reason to give for it."""
    hold: Flags = (no_path == Reason.WRONG_SIDE) | paths.same(s.target, s.baseline) | s.hold
    why = np.where(no_path == Reason.WRONG_SIDE, Reason.WRONG_SIDE, Reason.TARGET_EQUALS_BASELINE)
    return hold, np.where(s.hold, Reason.NONE, why).astype(np.int8)


def _judge_far_end(s: Series) -> tuple[Codes, Codes]:
    """Judge the best or worst value that a bound allows: beyond every target or baseline."""
    no_path = s.no_path
    hold, held = _held(s, no_path)
    good = s.bound * s.direction > 0
    decided = s.decision != Decision.OPEN
    best = np.select(
        [decided, hold],
        [Status.MET, Status.ON_TRACK],
        np.where(s.early, Status.MET_EARLY, Status.AHEAD),
    )
    worst = np.select(
        [decided, ~hold & (no_path != 0)], [Status.MISSED, Status.NOT_ASSESSABLE], Status.LAGGING
    )
    status = np.where(good, best, worst)
    refused = status == Status.NOT_ASSESSABLE
    reason = np.where(refused, no_path, np.where(hold & ~decided, held, Reason.NONE))
    return status.astype(np.int8), reason.astype(np.int8)


METHOD = Method(
    code="schedule",
    name=("时序进度(默认)", "schedule of the plan (default)"),
    words={
        "met": ("完成", "met"),
        "met_early": ("提前实现", "met early"),
        "ahead": ("快于预期", "ahead"),
        "on_track": ("符合预期", "on track"),
        "lagging": ("滞后预期", "lagging"),
        "missed": ("未完成", "missed"),
        "no_data": ("缺数据", "no data"),
        "not_quantified": ("未量化", "not quantified"),
        "not_assessable": ("无法评估", "cannot assess"),
    },
    rule=(
        "进度差在容差内为符合预期,以上为快于预期,以下或差于基期为滞后预期",
        "lead within the tolerance on track, above ahead, below or worse than the baseline lagging",
    ),
    formula="(v-b)/(T-b) - (P-b)/(T-b); ln(v/b)/ln(T/b) - ln(P/b)/ln(T/b)",
    source="the plan's own path; words of the national mid-term reviews (新华社, 2023-12-26)",
    judge=judge,
    steps=schedule_steps,
    path="own",
    by_plan=True,
)
