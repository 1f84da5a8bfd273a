"""The weather symbols of Germany's sustainability strategy (dns-indikatoren.de)."""

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.histories import recent_change
from mfgtargets.methods.method import Method
from mfgtargets.methods.verdict import (
    Common,
    Verdict,
    meets,
    nothing,
    refused,
    verdict,
    wrong_side,
)
from mfgtargets.series.arrays import Aim, Floats, Series
from mfgtargets.series.reasons import Reason
from mfgtargets.working import Numbers, Step, found, number


def judge(s: Series, _: Floats) -> Verdict:
    """Judge by the weather symbols of Germany's sustainability strategy (dns-indikatoren.de).

    The mean yearly change over the last six points (of yearly data five years; points count, not
    calendar years, and four are enough) carries the value on to the target year; what is missing
    there as a share of what is missing now: below 5 % sun, to 20 % sun with cloud, above cloud; a
    change in the wrong direction, or none, is a thunderstorm. Of an interval the end that is easiest
    to reach counts (the issuer's "weakest of the targets"). A target that is reached, or
    is to be held every year (``Aim.CONSTANT``): reached and not turning away sun, turning away sun
    with cloud; not reached but nearing cloud, else thunderstorm. Without a value to reach
    (``Aim.DIRECTION``): the mean and the last change, both, the mean alone, the last alone, neither.
    ``ratio`` is the missing share.
    """
    mean, last, span = recent_change(s)
    towards, last_towards = s.direction * mean, s.direction * last
    left = s.target_year - s.year
    missing = s.direction * (s.target - (s.value + mean * left)) / np.abs(s.target - s.value)
    reached = meets(s)
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
            (np.isnan(span), Reason.TOO_FEW_POINTS),
            ((left < 0) & ~held & ~by_direction, Reason.AFTER_TARGET_YEAR),
        ],
        np.where(held | by_direction, np.nan, missing),
        nothing(s),
        {"wrong_side": wrong_side(s)},
    )


def pace(s: Series) -> Floats:
    """Return the mean yearly change over the last points."""
    return recent_change(s)[0]


def steps(s: Series, numbers: Numbers) -> list[Step]:
    """Return the steps of one series: the mean change, the last one, the share missing."""
    mean, last, span = recent_change(s)
    v, t = float(s.value[0]), float(s.target[0])
    left, first = (float(x[0]) for x in (s.target_year - s.year, s.value - mean * span))
    sign = "" if s.direction[0] > 0 else "-"
    missing = f"{sign}({number(t)} - ({number(v)} + {number(mean[0])} × {number(left)}))"
    return [
        *found("a", mean[0], f"({number(v)} - {number(first)}) / {number(span[0])}"),
        *found("last_change", last[0], form="signed"),
        *found(
            "missing_share",
            numbers.get("ratio", np.nan),
            f"{missing} / |{number(t)} - {number(v)}|",
        ),
    ]


METHOD = Method(
    code="destatis",
    name=("德国联邦统计局天气符号", "Destatis weather symbols"),
    words={
        "sun": ("晴", "sun"),
        "sun_with_cloud": ("晴间云", "sun with cloud"),
        "cloud": ("多云", "cloud"),
        "thunderstorm": ("雷雨", "thunderstorm"),
    },
    rule=(
        "到目标年缺口占现缺口:<5% 晴,≤20% 晴间云,以上多云,方向相反雷雨;区间取较易达到的一端",
        (
            "gap left in the target year: < 5 % sun, <= 20 % sun with cloud, above cloud, wrong way "
            "thunderstorm; of an interval the easiest end"
        ),
    ),
    formula="a = (v-v[-5])/(y-y[-5]), at least v[-3]; d(T-v-a(yT-y)) / |T-v|",
    source="Destatis, dns-indikatoren.de/en/status",
    judge=judge,
    steps=steps,
    path="straight",
    window="six_points",
    pace=pace,
)
