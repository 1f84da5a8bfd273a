"""Methods that compare compound yearly changes: Open SDG (Statistics Canada), Eurostat, UNSD.

With ``v`` the value in year ``y``, ``b`` the baseline in ``y0``, ``T`` the target in ``yT``, ``d`` +1
where up is good and -1 where down is: ``CAGR_a = (v/b)^(1/(y-y0)) - 1``,
``CAGR_r = (T/b)^(1/(yT-y0)) - 1``; with a target ``R = d*CAGR_a/|CAGR_r|``, without one
``c = d*CAGR_a``; both change sign where the baseline is negative.
"""

from typing import NamedTuple

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.verdict import (
    Common,
    Verdict,
    growth,
    meets,
    nothing,
    refused,
    verdict,
    wrong_side,
)
from mfgtargets.series.arrays import Codes, Flags, Floats, Series
from mfgtargets.series.reasons import Reason

FOR_ZERO = 0.001  # what Open SDG puts for a baseline or target of zero
_EXPONENT = 4.44  # of the natural limit

OPEN_SDG = (
    "target_achieved",
    "substantial_progress",
    "moderate_progress",
    "limited_progress",
    "deterioration",
)
EUROSTAT = (
    "significant_progress",
    "moderate_progress",
    "no_progress",
    "moderate_deterioration",
    "significant_deterioration",
)
UNSD = ("met_or_on_track", "fair_progress", "stagnation_or_regression")


class _Pace(NamedTuple):
    """The changes compared: R where there is a target, else c; and what stands in the way."""

    has_target: Flags
    pace: Floats
    refusals: list[tuple[Flags | Codes, Reason | None]]
    zero: Flags


def _pace(s: Series) -> _Pace:
    """Return R or c of each series, zeros of baseline and target put as 0.001."""
    has_target = ~np.isnan(s.target)
    base = np.where(s.baseline == 0, FOR_ZERO, s.baseline)
    target = np.where(s.target == 0, FOR_ZERO, s.target)
    elapsed = s.year - s.baseline_year
    actual = growth(base, s.value, elapsed) * s.direction * np.where(base < 0, -1, 1)
    required = np.abs(growth(base, target, s.target_year - s.baseline_year))
    flat = has_target & paths.same(base, target)
    zero = (s.baseline == 0) | (has_target & (s.target == 0))
    met = has_target & meets(s)
    refusals: list[tuple[Flags | Codes, Reason | None]] = [
        (refused(s), None),
        (np.isnan(s.baseline), Reason.NO_BASELINE),
        (elapsed <= 0, Reason.NO_TIME_ELAPSED),
        ((base * s.value < 0) & ~met, Reason.NOT_POSITIVE),
        (has_target & (s.baseline_year >= s.target_year) & ~met, Reason.YEARS_REVERSED),
        (has_target & (base * target < 0) & ~met, Reason.NOT_POSITIVE),
        (flat & ~met, Reason.TARGET_EQUALS_BASELINE),
    ]
    pace = np.where(has_target, np.where(flat, np.nan, actual / required), actual)
    return _Pace(has_target, pace, refusals, zero)


def open_sdg(s: Series) -> Verdict:
    """Judge as Statistics Canada and Open SDG 2.4 do (sdg-build, ``ProgressMeasure``).

    With a target: reached; R >= 0.95 substantial, >= 0.60 moderate, >= 0 limited, below
    deterioration. Without: c >= 1.5 %, 0.5 %, 0, the first two times C where a natural limit is
    given. ``ratio`` is R or c, ``score`` runs from -5 to 5. Flags ``zero_substituted`` and
    ``wrong_side``; a target of another sign than the baseline is not available, unless reached. Of a
    negative baseline the compound change is turned round.
    """
    has_target, pace, refusals, zero = _pace(s)
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


def narrowing(s: Series) -> Floats:
    """Return C, by which thresholds shrink near a natural limit; 1 without one.

    ``1-(b/lim)^4.44`` below the limit, ``1-((2 lim-b)/lim)^4.44`` from there to twice it, 1 beyond;
    both by their size, whatever the sign.
    """
    base, limit = np.abs(np.where(s.baseline == 0, FOR_ZERO, s.baseline)), np.abs(s.limit)
    part = np.where(base < limit, base / limit, (2 * limit - base) / limit)
    factor: Floats = np.where((part > 0) & (limit != 0), 1 - part**_EXPONENT, 1.0)
    return np.where(np.isnan(s.limit), 1.0, factor)


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


def eurostat(s: Series) -> Verdict:
    """Judge as Eurostat's note of 2026 does, as coded by Eustat.

    With a target: reached or R > 0.95 significant, > 0.60 moderate progress; 0 <= R is coded
    ``moderate_deterioration`` (insufficient progress), below ``significant_deterioration``. Without:
    c > 1 %, > 0.1 %, >= -0.1 %, >= -1 %, below. ``ratio`` is R or c, ``score`` from -5 to 5.
    """
    has_target, pace, refusals, zero = _pace(s)
    achieved = has_target & meets(s)
    zeros = np.zeros_like(pace)

    def over(cut: float) -> Flags:
        return paths.below(zeros + cut, pace)

    def from_(cut: float) -> Flags:
        return paths.at_least(pace, zeros + cut)

    factor = narrowing(s)
    gains = np.where(factor > 0, 250 * pace / factor, 5.0)
    trend_score = np.clip(np.where(pace > 0, gains, 250 * pace), -5, 5)
    score = np.where(achieved, 5.0, np.where(has_target, _eurostat_score(pace), trend_score))
    away = np.where(has_target, Common.BEHIND, Common.AWAY)
    found = verdict(
        [
            (achieved, 0, Common.MET),
            (np.where(has_target, over(0.95), over(0.01)), 0, Common.ON_TRACK),
            (np.where(has_target, over(0.60), over(0.001)), 1, Common.BEHIND),
            (~has_target & from_(-0.001), 2, Common.BEHIND),
            (np.where(has_target, from_(0.0), from_(-0.01)), 3, Common.AWAY),
            (np.isfinite(pace), 4, Common.AWAY),
        ],
        refusals,
        pace,
        score,
        {"zero_substituted": zero, "wrong_side": has_target & wrong_side(s)},
    )
    return found._replace(common=np.where(found.status == 3, away, found.common).astype(np.int8))


def _eurostat_score(pace: Floats) -> Floats:
    conditions = [pace > 1.3, pace >= 0.6, pace > -0.6]
    scores = [np.full_like(pace, 5.0), 5 / 0.7 * (pace - 0.6), 5 / 1.2 * (pace + 0.6) - 5]
    score: Floats = np.select(conditions, scores, -5.0)
    return score


def unsd(s: Series) -> Verdict:
    """Judge as the UN's Progress Chart does (technical note of 2023, as Eustat gives it).

    With a target ``Q = (v(1+CAGR_a)^(yT-y) - b)/(T - b)``: from 0.95 met or on track, from 0.10 fair
    progress, below stagnation or regression; a value at the target, or within one point of a target
    of 0 or 100 %, is met whatever the trend. Without: d*CAGR_a from 2 %, from 0.5 %, below (of
    negative values the sign is turned).
    ``ratio`` is Q or d*CAGR_a.
    """
    has_target = ~np.isnan(s.target)
    elapsed = s.year - s.baseline_year
    actual = growth(s.baseline, s.value, elapsed)
    expected = s.value * (1 + actual) ** (s.target_year - s.year)
    flat = has_target & paths.same(s.target, s.baseline)
    share = np.where(flat, np.nan, (expected - s.baseline) / (s.target - s.baseline))
    ratio = np.where(has_target, share, s.direction * actual * np.sign(s.baseline))
    edge = s.percent & np.isin(s.target, (0.0, 100.0)) & (np.abs(s.value - s.target) <= 1)
    met = has_target & (meets(s) | edge)
    high, low = np.where(has_target, 0.95, 0.02), np.where(has_target, 0.10, 0.005)
    away = np.where(has_target, (s.value - s.baseline) * (s.target - s.baseline), ratio) < 0
    return verdict(
        [
            (met, 0, Common.MET),
            (paths.at_least(ratio, high), 0, Common.ON_TRACK),
            (paths.at_least(ratio, low), 1, Common.BEHIND),
            (away, 2, Common.AWAY),
            (np.isfinite(ratio), 2, Common.BEHIND),
        ],
        [
            (refused(s), None),
            (np.isnan(s.baseline) & ~met, Reason.NO_BASELINE),
            ((elapsed <= 0) & ~met, Reason.NO_TIME_ELAPSED),
            (has_target & (s.baseline_year >= s.target_year) & ~met, Reason.YEARS_REVERSED),
            (((s.baseline == 0) | (s.baseline * s.value < 0)) & ~met, Reason.NOT_POSITIVE),
            (flat & ~met, Reason.TARGET_EQUALS_BASELINE),
        ],
        ratio,
        nothing(s),
        {"wrong_side": has_target & wrong_side(s)},
    )
