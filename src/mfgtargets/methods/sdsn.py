"""The trend arrows of the Sustainable Development Report (2018 methodology, 1.5.3)."""

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.groups import place_among, trend_of
from mfgtargets.methods.method import GroupRule, Method
from mfgtargets.methods.verdict import (
    Common,
    Verdict,
    meets,
    needs_target,
    refused,
    verdict,
    wrong_side,
)
from mfgtargets.series.arrays import Floats, Series
from mfgtargets.series.reasons import Reason
from mfgtargets.working import Numbers, Step, found, number


def judge(s: Series, _: Floats) -> Verdict:
    """Judge as the Sustainable Development Report does (2018 methodology, 1.5.3).

    The target is the green threshold: at it or better is on track or maintaining. Else
    ``q = ((v-b)/(y-y0)) / ((T-b)/(yT-y0))``: from 1 on track, from 0.5 moderately improving, from 0
    stagnating, below decreasing. (Some small falls are published as stagnating: 592 of 23,061
    arrows, which no cut reproduces; the rule is left as it is written.) ``ratio`` is q; ``score`` is
    the value between ``lower`` and ``optimum`` from 0 to 100. Of a group each trend counts 0 to 4,
    decreasing to 1, stagnating to 2, improving to 3, on track to 4, inside each step by q; a value at
    the threshold or better counts exactly 3; three quarters of the series must have a trend.
    """
    act = (s.value - s.baseline) / (s.year - s.baseline_year)
    needed = (s.target - s.baseline) / (s.target_year - s.baseline_year)
    flat = paths.same(s.target, s.baseline)
    ratio = np.where(flat, np.nan, act / needed)
    met = meets(s)
    falls = paths.below(s.direction * act, np.zeros_like(act))
    score = np.clip(100 * (s.value - s.lower) / (s.optimum - s.lower), 0, 100)
    said = verdict(
        [
            (met, 0, Common.MET),
            (falls, 3, Common.AWAY),
            (paths.at_least(ratio, np.ones_like(ratio)), 0, Common.ON_TRACK),
            (paths.at_least(ratio, np.full_like(ratio, 0.5)), 1, Common.BEHIND),
            (np.isfinite(ratio), 2, Common.BEHIND),
        ],
        [
            (refused(s), None),
            needs_target(s),
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
    return said._replace(score=np.where(refused(s) == 0, score, np.nan))


def steps(s: Series, numbers: Numbers) -> list[Step]:
    """Return the steps of one series: q, and the score of its value."""
    b, v, t, low, high = (float(x[0]) for x in (s.baseline, s.value, s.target, s.lower, s.optimum))
    n, whole = (number(x[0]) for x in (s.year - s.baseline_year, s.target_year - s.baseline_year))
    pace = f"(({number(v)} - {number(b)})/{n}) / (({number(t)} - {number(b)})/{whole})"
    score = f"100 × ({number(v)} - {number(low)}) / ({number(high)} - {number(low)})"
    return [
        *found("q", numbers.get("ratio", np.nan), pace),
        *found("score", numbers.get("score", np.nan), f"min(100, max(0, {score}))"),
    ]


METHOD = Method(
    code="sdsn",
    name=("可持续发展报告(SDSN)", "Sustainable Development Report (SDSN)"),
    words={
        "on_track_or_maintaining": ("正轨或保持", "on track or maintaining"),
        "moderately_improving": ("适度改善", "moderately improving"),
        "stagnating": ("停滞", "stagnating"),
        "decreasing": ("下降", "decreasing"),
    },
    rule=(
        "达到绿色阈值或 q≥1 为正轨,≥0.5 改善,≥0 停滞,倒退为下降",
        "at the green threshold or q >= 1 on track, >= 0.5 improving, >= 0 stagnating, else decreasing",
    ),
    formula="q = ((v-b)/(y-y0)) / ((T-b)/(yT-y0))",
    source="SDSN, 2018 Global Index Methodology, 1.5.3",
    judge=judge,
    steps=steps,
    path="straight",
    group=GroupRule(trend_of, lambda mean, _, __: place_among((3.0, 2.0, 1.0), mean), least=0.75),
)
