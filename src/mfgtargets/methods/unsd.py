"""The rule of the UN's Progress Chart (technical note of 2023, as Eustat gives it)."""

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.method import Method
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
from mfgtargets.series.arrays import Series
from mfgtargets.series.reasons import Reason
from mfgtargets.working import Numbers, Step, found, number


def judge(s: Series, _: object) -> Verdict:
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


def steps(s: Series, numbers: Numbers) -> list[Step]:
    """Return the steps of one series: the value expected, and Q or c."""
    b, v, t = (float(x[0]) for x in (s.baseline, s.value, s.target))
    n, left = (float(x[0]) for x in (s.year - s.baseline_year, s.target_year - s.year))
    ratio = numbers.get("ratio", np.nan)
    if np.isnan(t):
        sign = f"{s.direction[0]:g}{' × -1' if b < 0 else ''}"
        formula = f"{sign} × (({number(v)}/{number(b)})^(1/{number(n)}) - 1)"
        return found("c", ratio, formula, "d × CAGR_a")
    power = np.float64(left) / n
    e = float(v * (np.float64(v) / b) ** power)
    formula = f"{number(v)} × ({number(v)}/{number(b)})^({number(left)}/{number(n)})"
    return [
        *found("v_e", e, formula),
        *found("Q", ratio, f"({number(e)} - {number(b)}) / ({number(t)} - {number(b)})"),
    ]


METHOD = Method(
    code="unsd",
    name=("联合国进展图", "UN Progress Chart"),
    words={
        "met_or_on_track": ("达到或正轨", "met or on track"),
        "fair_progress": ("有进展,须加速", "fair progress, acceleration needed"),
        "stagnation_or_regression": ("停滞或倒退", "stagnation or regression"),
    },
    rule=(
        "Q≥0.95 达到或正轨,≥0.10 有进展,以下停滞或倒退",
        "Q >= 0.95 met or on track, >= 0.10 fair progress, below stagnation or regression",
    ),
    formula="Q = (v(v/b)^((yT-y)/(y-y0)) - b) / (T-b)",
    source="UN DESA, Progress Chart Technical Note 2023, as given by Eustat",
    judge=judge,
    steps=steps,
    path="compound",
)
