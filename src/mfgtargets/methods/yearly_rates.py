"""What methods of compound yearly changes share.

With ``v`` the value in year ``y``, ``b`` the baseline in ``y0``, ``T`` the target in ``yT``, ``d`` +1
where up is good and -1 where down is: ``CAGR_a = (v/b)^(1/(y-y0)) - 1``,
``CAGR_r = (T/b)^(1/(yT-y0)) - 1``; with a target ``R = d*CAGR_a/|CAGR_r|``, without one
``c = d*CAGR_a``; both change sign where the baseline is negative.
"""

from typing import NamedTuple

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.verdict import growth, meets, refused
from mfgtargets.series.arrays import Codes, Flags, Floats, Series
from mfgtargets.series.reasons import Reason
from mfgtargets.working import Numbers, Step, found, number

FOR_ZERO = 0.001  # what Open SDG puts for a baseline or target of zero
_EXPONENT = 4.44  # of the natural limit


class Pace(NamedTuple):
    """The changes compared: R where there is a target, else c; and what stands in the way."""

    has_target: Flags
    pace: Floats
    refusals: list[tuple[Flags | Codes, Reason | None]]
    zero: Flags


def compound_pace(s: Series) -> Pace:
    """Return R or c of each series, zeros of baseline and target put as 0.001.

    A value at the target is judged without them: a single point, or values on both sides of zero.
    """
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
        (np.isnan(s.baseline) & ~met, Reason.NO_BASELINE),
        ((elapsed <= 0) & ~met, Reason.NO_TIME_ELAPSED),
        ((base * s.value < 0) & ~met, Reason.NOT_POSITIVE),
        (has_target & (s.baseline_year >= s.target_year) & ~met, Reason.YEARS_REVERSED),
        (has_target & (base * target < 0) & ~met, Reason.NOT_POSITIVE),
        (flat & ~met, Reason.TARGET_EQUALS_BASELINE),
    ]
    pace = np.where(has_target, np.where(flat, np.nan, actual / required), actual)
    pace = np.where((elapsed > 0) & (base * s.value >= 0), pace, np.nan)
    return Pace(has_target, pace, refusals, zero)


def narrowing(s: Series) -> Floats:
    """Return C, by which thresholds shrink near a natural limit; 1 without one.

    ``1-(b/lim)^4.44`` below the limit, ``1-((2 lim-b)/lim)^4.44`` from there to twice it, 1 beyond;
    both by their size, whatever the sign.
    """
    base, limit = np.abs(s.baseline), np.abs(s.limit)
    part = np.where(base < limit, base / limit, (2 * limit - base) / limit)
    factor: Floats = np.where((part > 0) & (limit != 0), 1 - part**_EXPONENT, 1.0)
    return np.where(np.isnan(s.limit), 1.0, factor)


def compound_steps(s: Series, numbers: Numbers) -> list[Step]:
    """Return the steps of one series: CAGR_a, CAGR_r, R or c, and the score."""
    base, target = (FOR_ZERO if x[0] == 0 else float(x[0]) for x in (s.baseline, s.target))
    value, n = float(s.value[0]), float((s.year - s.baseline_year)[0])
    whole = float((s.target_year - s.baseline_year)[0])
    actual, required = _rate(base, value, n), _rate(base, target, whole)
    steps = _rate_step("CAGR_a", base, value, n, actual)
    # Of negative values the compound change has the sign of the size.
    sign, named = (" × -1", " × sign") if base < 0 else ("", "")
    a, ratio = number(actual), numbers.get("ratio", np.nan)
    if np.isnan(s.target[0]):
        steps += found("c", ratio, f"{s.direction[0]:g}{sign} × {a}", f"d{named} × CAGR_a")
    else:
        steps += _rate_step("CAGR_r", base, target, whole, required)
        formula = f"{s.direction[0]:g}{sign} × {a} / {number(abs(required))}"
        steps += found("R", ratio, formula, f"d{named} × CAGR_a / |CAGR_r|")
    if not np.isnan(s.limit[0]) and np.isnan(s.target[0]):
        steps.append(_narrowing_step(s))
    return [*steps, *found("score", numbers.get("score", np.nan))]


def _narrowing_step(s: Series) -> Step:
    base, limit = abs(float(s.baseline[0])), abs(float(s.limit[0]))
    part = number(base) if base < limit else f"(2 × {number(limit)} - {number(base)})"
    formula = f"1 - ({part}/{number(limit)})^{_EXPONENT}" if base < 2 * limit else ""
    return Step("C", float(narrowing(s)[0]), formula, remark="cuts_of_c")


def _rate(start: float, end: float, years: float) -> float:
    if not years > 0:
        return np.nan
    return float((np.array([end / start]) ** (1 / np.array([years])) - 1)[0])


def _rate_step(name: str, start: float, end: float, years: float, rate: float) -> list[Step]:
    return found(name, rate, f"({number(end)}/{number(start)})^(1/{number(years)}) - 1")
