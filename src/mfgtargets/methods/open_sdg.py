"""The method of Statistics Canada and Open SDG 2.4 (sdg-build, ``ProgressMeasure``)."""

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.groups import all_met, place_among, score_of
from mfgtargets.methods.method import GroupRule, Method
from mfgtargets.methods.verdict import Common, Verdict, meets, verdict, wrong_side
from mfgtargets.methods.yearly_rates import compound_pace, compound_steps, narrowing
from mfgtargets.series.arrays import Floats, Series


def judge(s: Series, _: Floats) -> Verdict:
    """Judge as Statistics Canada and Open SDG 2.4 do (sdg-build, ``ProgressMeasure``).

    With a target: reached; R >= 0.95 substantial, >= 0.60 moderate, >= 0 limited, below
    deterioration. Without: c >= 1.5 %, 0.5 %, 0, the first two times C where a natural limit is
    given. ``ratio`` is R or c, ``score`` runs from -5 to 5. Flags ``zero_substituted`` and
    ``wrong_side``; a target of another sign than the baseline is not available, unless reached, nor
    is a single point. Of a negative baseline the compound change is turned round. Of a group the
    inner groups are averaged first, then their means; it is achieved only where every series is.
    """
    has_target, pace, refusals, zero = compound_pace(s)
    factor = narrowing(s)
    high = np.where(has_target, 0.95, 0.015 * factor)
    middle = np.where(has_target, 0.60, 0.005 * factor)
    achieved = has_target & meets(s)
    score = np.where(has_target, _target_score(pace), _trend_score(pace, factor))
    at_limit = ~has_target & (factor == 0) & (pace >= 0)
    return verdict(
        [
            (achieved, 0, Common.MET),
            (paths.at_least(pace, high), 1, Common.ON_TRACK),
            (paths.at_least(pace, middle), 2, Common.BEHIND),
            (paths.at_least(pace, np.zeros_like(pace)), 3, Common.BEHIND),
            (pace < 0, 4, Common.AWAY),
        ],
        refusals,
        pace,
        np.where(achieved | at_limit, 5.0, score),
        {"zero_substituted": zero, "wrong_side": has_target & wrong_side(s)},
    )


def _target_score(pace: Floats) -> Floats:
    good = np.minimum(7.1429 * pace - 4.2857, 5)
    score: Floats = np.where(pace >= 0.6, good, np.maximum(4.1667 * pace - 2.5, -5))
    return score


def _trend_score(pace: Floats, factor: Floats) -> Floats:
    part = pace / factor
    conditions = [pace < 0, pace < 0.005 * factor, pace < 0.015 * factor]
    scores = [np.maximum(125 * pace - 2.5, -5), 500 * part - 2.5, 250 * part - 1.25]
    score: Floats = np.select(conditions, scores, np.minimum(500 * part - 5, 5))
    return score


METHOD = Method(
    code="open-sdg",
    name=("加拿大统计局 / Open SDG", "Statistics Canada / Open SDG"),
    words={
        "target_achieved": ("目标已实现", "target achieved"),
        "substantial_progress": ("进展显著", "substantial progress"),
        "moderate_progress": ("进展中等", "moderate progress"),
        "limited_progress": ("进展有限", "limited progress"),
        "deterioration": ("恶化", "deterioration"),
        "not_available": ("无法得出", "not available"),
    },
    rule=(
        "R≥0.95 显著,≥0.60 中等,≥0 有限,<0 恶化;无目标:年均1.5%、0.5%、0",
        (
            "R >= 0.95 substantial, >= 0.60 moderate, >= 0 limited, below deterioration; "
            "without a target 1.5 %, 0.5 %, 0 a year"
        ),
    ),
    formula="R = d((v/b)^(1/(y-y0))-1) / |(T/b)^(1/(yT-y0))-1|; c = d((v/b)^(1/(y-y0))-1)",
    source="Statistics Canada; Open SDG 2.4, sdg-build ProgressMeasure; open-sdg.readthedocs.io",
    judge=judge,
    steps=compound_steps,
    path="compound",
    group=GroupRule(
        score_of,
        lambda mean, verdict, members: (
            0 if all_met(verdict, members) else 1 + place_among((2.5, 0.0, -2.5), mean)
        ),
    ),
    cannot="not_available",
    other_baseline="later",
)
