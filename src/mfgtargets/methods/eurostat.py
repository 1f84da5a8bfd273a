"""Eurostat's method of 2026, as coded by Eustat."""

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.groups import place_among, score_of
from mfgtargets.methods.method import GroupRule, Method
from mfgtargets.methods.verdict import Common, Verdict, meets, verdict, wrong_side
from mfgtargets.methods.yearly_rates import compound_pace, compound_steps, narrowing
from mfgtargets.series.arrays import Flags, Floats, Series


def judge(s: Series, _: Floats) -> Verdict:
    """Judge as Eurostat's note of 2026 does, as coded by Eustat.

    With a target: reached or R > 0.95 significant, > 0.60 moderate progress; 0 <= R is coded
    ``moderate_deterioration`` (insufficient progress), below ``significant_deterioration``; a single
    point is judged where it reaches the target. Without: c > 1 %, > 0.1 %, >= -0.1 %, >= -1 %,
    below; where a natural limit is given all but the cut of -0.1 % times C (as Open SDG has it), and
    a value at its limit is significant progress. ``ratio`` is R or c, ``score`` from -5 to 5, gains
    divided by C. A group of one series has the status of that series.
    """
    has_target, pace, refusals, zero = compound_pace(s)
    achieved = has_target & meets(s)
    at_limit = ~has_target & paths.same(s.value, s.limit)
    factor = np.where(has_target, 1.0, narrowing(s))

    def over(cut: float) -> Flags:
        return paths.below(cut * factor, pace)

    def from_(cut: Floats) -> Flags:
        return paths.at_least(pace, cut)

    gains = np.where(factor > 0, 250 * pace / factor, 5.0)
    trend_score = np.clip(np.where(pace > 0, gains, 250 * pace), -5, 5)
    score = np.where(has_target, _target_score(pace), trend_score)
    away = np.where(has_target, Common.BEHIND, Common.AWAY)
    said = verdict(
        [
            (achieved, 0, Common.MET),
            (at_limit | np.where(has_target, over(0.95), over(0.01)), 0, Common.ON_TRACK),
            (np.where(has_target, over(0.60), over(0.001)), 1, Common.BEHIND),
            (~has_target & from_(np.full_like(pace, -0.001)), 2, Common.BEHIND),
            (from_(np.where(has_target, 0.0, -0.01 * factor)), 3, Common.AWAY),
            (np.isfinite(pace), 4, Common.AWAY),
        ],
        refusals,
        pace,
        np.where(achieved | at_limit, 5.0, score),
        {"zero_substituted": zero, "wrong_side": has_target & wrong_side(s)},
    )
    return said._replace(common=np.where(said.status == 3, away, said.common).astype(np.int8))


def _target_score(pace: Floats) -> Floats:
    conditions = [pace > 1.3, pace >= 0.6, pace > -0.6]
    scores = [np.full_like(pace, 5.0), 5 / 0.7 * (pace - 0.6), 5 / 1.2 * (pace + 0.6) - 5]
    score: Floats = np.select(conditions, scores, -5.0)
    return score


METHOD = Method(
    code="eurostat",
    name=("欧盟统计局", "Eurostat"),
    words={
        "significant_progress": ("显著进展", "significant progress"),
        "moderate_progress": ("进展中等", "moderate progress"),
        "no_progress": ("没有进展", "no progress"),
        "moderate_deterioration": (
            "进展不足或略有背离",
            "insufficient progress or moderately away",
        ),
        "significant_deterioration": ("背离目标", "movement away"),
    },
    rule=(
        "R>0.95 显著,>0.60 中等,≥0 不足,<0 背离;无目标:年均1%×C、0.1%×C、−0.1%、−1%×C,到界限为显著",
        (
            "R > 0.95 significant, > 0.60 moderate, >= 0 insufficient, below away; without a target "
            "1 % C, 0.1 % C, -0.1 %, -1 % C a year, at the natural limit significant"
        ),
    ),
    formula="R = d((v/b)^(1/(y-y0))-1) / |(T/b)^(1/(yT-y0))-1|; c = d((v/b)^(1/(y-y0))-1)",
    source="Eurostat, EU SDG assessment approach, 3 June 2026, as coded by Eustat",
    judge=judge,
    steps=compound_steps,
    path="compound",
    group=GroupRule(
        score_of,
        lambda mean, verdict, members: (
            int(verdict.status[members[0]])
            if len(members) == 1
            else place_among((2.5, 0.25, -0.25, -2.5), mean, strict_above=0.0)
        ),
    ),
    other_baseline="nearest",
)
