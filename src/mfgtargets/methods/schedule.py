"""The default method: progress against the schedule of the plan itself."""

from enum import IntEnum

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.arithmetic.quantities import satisfied
from mfgtargets.methods.method import Method
from mfgtargets.methods.verdict import Common, Verdict, nothing
from mfgtargets.series.arrays import Aim, Codes, Decision, Flags, Floats, Series
from mfgtargets.series.reasons import Reason
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


def judge(s: Series, width: Floats) -> Verdict:
    """Judge by the schedule of the plan itself.

    ``width`` is the tolerance of each series, a share of its distance (``widths``). It has neither
    ratio nor score.
    """
    status, reason = _judge(s, width)
    for mask, why in (
        (s.aim != Aim.REACH, Reason.KIND_UNSUPPORTED),
        ((s.value - s.limit) * (s.baseline - s.limit) < 0, Reason.BEYOND_LIMIT),
    ):
        status = np.where(mask, np.int8(Status.NOT_ASSESSABLE), status)
        reason = np.where(mask, np.int8(why), reason)
    below_baseline = _exactly(s, paths.below(s.direction * s.value, s.direction * s.baseline))
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
        "short_year": s.short,
    }
    common = _COMMON[status]
    away = below_baseline & (common == Common.BEHIND)
    none = nothing(s)
    return Verdict(status, reason, np.where(away, np.int8(Common.AWAY), common), none, none, flags)


def _exactly(s: Series, mask: Flags) -> Flags:
    exactly: Flags = mask & (s.bound == 0) & ~np.isnan(s.value)
    return exactly


def widths(s: Series, tolerance: float) -> Floats:
    """Return the tolerance of each series, a share of the plan's distance.

    ``tolerance`` is in percentage points; half a unit of the value's last digit is the least.
    """
    digit = np.abs(
        paths.share(s.baseline, s.target, s.value + s.half_unit, s.geometric)
        - paths.share(s.baseline, s.target, s.value, s.geometric)
    )
    return np.maximum(tolerance / 100, np.where(np.isfinite(digit), digit, 0.0))


def _judge(s: Series, width: Floats) -> tuple[Codes, Codes]:
    """Return status and reason: of the value, or of all values that a bound allows."""
    # A bound that excludes itself ("over 100") is tried just inside.
    step = np.where(s.exclusive, 1e-8 * np.maximum(1.0, np.abs(s.value)), 0.0)
    status, reason = _judge_value(s, s.value + s.bound * step, width)
    if s.bound.any():
        far_status, far_reason = _judge_far_end(s)
        uncertain = (s.bound != 0) & ((status != far_status) | (reason != far_reason))
        uncertain &= status != Status.NOT_ASSESSABLE
        status = np.where(uncertain, np.int8(Status.NOT_ASSESSABLE), status)
        reason = np.where(uncertain, np.int8(Reason.BOUND), reason)

    no_data = (s.blocked == Reason.NO_DATA) | (s.blocked == Reason.TARGET_YEAR_PASSED)
    for mask, said, why in (
        (s.blocked != 0, Status.NOT_ASSESSABLE, s.blocked),
        (no_data, Status.NO_DATA, s.blocked),
        (s.no_path == Reason.DELEGATED, Status.NOT_QUANTIFIED, s.no_path),
        (s.no_path == Reason.NO_TARGET_YEAR, Status.NOT_ASSESSABLE, s.no_path),
    ):
        status = np.where(mask, np.int8(said), status)
        reason = np.where(mask, why, reason)
    return status, reason


def _judge_value(s: Series, value: Floats, width: Floats) -> tuple[Codes, Codes]:
    """Judge by one value, as if it were exact."""
    no_path = s.no_path
    progress = paths.share(s.baseline, s.target, value, s.geometric)
    due = paths.on_path(s.knot_years, s.knot_values, s.year, s.geometric)
    lead = progress - paths.share(s.baseline, s.target, due, s.geometric)
    # A value of the wrong sign on a geometric path has no logarithm, but is beyond all others.
    lead = np.where(s.geometric & ~(value * s.target > 0), -np.inf * s.direction, lead)

    hold, held = _held(s, no_path)
    met = satisfied(s, value, s.met_from) & ~s.short
    met_early = satisfied(s, value, s.met_early_from) & ~s.short
    worse = paths.below(s.direction * value, s.direction * s.baseline)
    conditions = [
        (s.decision != Decision.OPEN) & met,
        s.decision != Decision.OPEN,
        hold & met,
        hold,
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
    hold: Flags = (no_path == Reason.WRONG_SIDE) | paths.same(s.target, s.baseline)
    why = np.where(no_path == Reason.WRONG_SIDE, Reason.WRONG_SIDE, Reason.TARGET_EQUALS_BASELINE)
    return hold, why.astype(np.int8)


def _judge_far_end(s: Series) -> tuple[Codes, Codes]:
    """Judge the best or worst value that a bound allows: beyond every target or baseline."""
    no_path = s.no_path
    hold, held = _held(s, no_path)
    good = s.bound * s.direction > 0
    decided = s.decision != Decision.OPEN
    best = np.select([decided, hold], [Status.MET, Status.ON_TRACK], Status.MET_EARLY)
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
