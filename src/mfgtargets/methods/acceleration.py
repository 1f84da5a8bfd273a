"""The acceleration factors of the State of Climate Action reports (Systems Change Lab)."""

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.histories import recent_slope
from mfgtargets.methods.method import Method
from mfgtargets.methods.verdict import (
    Common,
    Verdict,
    meets,
    needs_target,
    nothing,
    refused,
    verdict,
    wrong_side,
)
from mfgtargets.series.arrays import Series
from mfgtargets.series.reasons import Reason
from mfgtargets.working import Numbers, Step, found, number


def judge(s: Series, _: object) -> Verdict:
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
            needs_target(s),
            ((left <= 0) & ~met, Reason.NO_TIME_LEFT),
            (np.isnan(pace) & (elapsed <= 0) & ~met, Reason.NO_TIME_ELAPSED),
            (np.isnan(pace) & ~met, Reason.TOO_FEW_POINTS),
        ],
        np.where(met | wrong, np.nan, ratio),
        nothing(s),
        {"wrong_side": wrong_side(s)},
    )


def steps(s: Series, numbers: Numbers) -> list[Step]:
    """Return the steps of one series: the pace of recent years, and AF."""
    v, t, left = (float(x[0]) for x in (s.value, s.target, s.target_year - s.year))
    pace = float(recent_slope(s)[0])
    factor = f"(({number(t)} - {number(v)})/{number(left)}) / {number(pace)}"
    return [
        *found("h", pace, form="signed"),
        *found("AF", numbers.get("ratio", np.nan), factor),
    ]


METHOD = Method(
    code="acceleration",
    name=("气候行动状况(加速倍数)", "State of Climate Action (acceleration)"),
    words={
        "on_track": ("符合预期", "on track"),
        "off_track": ("偏离", "off track"),
        "well_off_track": ("严重偏离", "well off track"),
        "wrong_direction": ("方向相反", "wrong direction"),
    },
    rule=(
        "AF≤1 正轨,<2 偏离,≥2 严重偏离,方向相反",
        "AF <= 1 on track, < 2 off track, >= 2 well off track, else wrong direction",
    ),
    formula="AF = ((T-v)/(yT-y)) / h, h = slope of the last 5 years",
    source="State of Climate Action, Systems Change Lab",
    judge=judge,
    steps=steps,
    path="straight",
    window="five_years",
    pace=recent_slope,
)
