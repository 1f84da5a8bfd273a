"""The formula of each method with the numbers of one series put in."""

from collections.abc import Callable

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.evaluation.assess import Assessment
from mfgtargets.methods.compound import FOR_ZERO, narrowing
from mfgtargets.methods.straight import (
    five_year_change,
    recent_slope,
    weaker_end,
    weighted_line,
)
from mfgtargets.wording import words
from mfgtargets.wording.words import Lang, said, word
from mfgtargets.series.arrays import Aim, Floats, Series

Facts = list[tuple[str, str]]

_MISSING = ("缺口占比", "Missing share")


def method_steps(code: str, s: Series, found: Assessment, lang: Lang) -> Facts:
    """Return the lines of one series (n = 1); none for the methods that go by the schedule."""
    steps = _STEPS.get(code)
    return [] if steps is None else [line for line in steps(s, found, lang) if line[1]]


def change_steps(s: Series, found: Assessment, lang: Lang) -> Facts:
    """Return the yearly changes planned, achieved and still needed."""
    year0, start, year1, end = paths.segment_in_time(s.knot_years, s.knot_values, s.year)
    changes = {
        "planned_change": (start, end, year1 - year0),
        "achieved_change": (s.baseline, s.value, s.year - s.baseline_year),
        "required_change": (s.value, s.target, s.target_year - s.year),
    }
    facts: Facts = []
    for name, (first, last, years) in changes.items():
        one = found.quantities[name]
        if one.reason[0]:
            continue
        a, b, n = (number(x[0]) for x in (first, last, years))
        text = f"({b} - {a}) / {n} = {signed(one.value[0])}"
        if s.geometric[0]:
            text = f"({b}/{a})^(1/{n}) - 1 = {signed(100 * one.value[0])}%"
        facts.append((said(words.NUMBERS, name, lang), text))
    return facts


def _compound(s: Series, found: Assessment, lang: Lang) -> Facts:
    """Open SDG and Eurostat: compound changes, 0.001 in place of zeros."""
    base, target = (FOR_ZERO if x[0] == 0 else float(x[0]) for x in (s.baseline, s.target))
    value, n = float(s.value[0]), float((s.year - s.baseline_year)[0])
    whole = float((s.target_year - s.baseline_year)[0])
    actual, required = _rate(base, value, n), _rate(base, target, whole)
    facts = [("CAGR_a", _rate_text(base, value, n, actual))]
    # Of negative values the compound change has the sign of the size.
    d, sign = f"{s.direction[0]:g}", " × -1" if base < 0 else ""
    named = " × sign" if base < 0 else ""
    a, r = number(actual), number(abs(required))
    if np.isnan(s.target[0]):
        facts.append(_result("c", f"d{named} × CAGR_a = {d}{sign} × {a}", found.verdict.ratio))
    else:
        facts.append(("CAGR_r", _rate_text(base, target, whole, required)))
        formula = f"d{named} × CAGR_a / |CAGR_r| = {d}{sign} × {a} / {r}"
        facts.append(_result("R", formula, found.verdict.ratio))
    if not np.isnan(s.limit[0]) and np.isnan(s.target[0]):
        text = ("c的门槛乘以它", "times which the cuts of c count")
        facts.append(("C", f"{number(narrowing(s)[0])} ({word(text, lang)})"))
    return [*facts, _result("score", "", found.verdict.score)]


def _unsd(s: Series, found: Assessment, _: Lang) -> Facts:
    b, v, t = (number(x[0]) for x in (s.baseline, s.value, s.target))
    n, left = number((s.year - s.baseline_year)[0]), number((s.target_year - s.year)[0])
    ratio = found.verdict.ratio
    if np.isnan(s.target[0]):
        return [_result("c", f"d × (({v}/{b})^(1/{n}) - 1)", ratio)]
    expected = s.value * (s.value / s.baseline) ** (
        (s.target_year - s.year) / (s.year - s.baseline_year)
    )
    e = number(expected[0])
    return [
        _result("v_e", f"{v} × ({v}/{b})^({left}/{n})", expected),
        _result("Q", f"({e} - {b}) / ({t} - {b})", ratio),
    ]


def _sdsn(s: Series, found: Assessment, _: Lang) -> Facts:
    b, v, t = (number(x[0]) for x in (s.baseline, s.value, s.target))
    n, whole = (number(x[0]) for x in (s.year - s.baseline_year, s.target_year - s.baseline_year))
    low, high = number(s.lower[0]), number(s.optimum[0])
    return [
        _result("q", f"(({v} - {b})/{n}) / (({t} - {b})/{whole})", found.verdict.ratio),
        _result("score", f"100 × ({v} - {low}) / ({high} - {low})", found.verdict.score),
    ]


def _destatis(s: Series, found: Assessment, lang: Lang) -> Facts:
    mean, last, run = five_year_change(s)
    v, t = number(s.value[0]), number(weaker_end(s)[0])
    left = number((s.target_year - s.year)[0])
    first = number((s.value - mean * run)[0])
    a, sign = number(mean[0]), "" if s.direction[0] > 0 else "-"
    return [
        _result("a", f"({v} - {first}) / {run[0]:.0f}", mean),
        (word(("最近一年变化", "Latest change"), lang), signed(last[0])),
        _result(
            word(_MISSING, lang), f"{sign}({t} - ({v} + {a} × {left})) / |{t} - {v}|",
            found.verdict.ratio,
        ),
    ]  # fmt: skip


def _escap(s: Series, found: Assessment, lang: Lang) -> Facts:
    slope, level = weighted_line(s)
    left = s.target_year - s.year
    expected = level + slope * left
    b, v, t, e = (number(x[0]) for x in (s.baseline, s.value, s.target, expected))
    parity = s.aim[0] == Aim.PARITY
    sign = "" if s.direction[0] > 0 else "-"
    short = f"|{t} - {e}|" if parity else f"max(0, {sign}({t} - {e}))"
    score = f"10 - 10 × |{t} - {v}|" if parity else f"{sign}10 × ({v} - {b})"
    line = f"{number(level[0])} + {number(slope[0])} × {number(left[0])}"
    return [
        _result(f"L({s.target_year[0]:.0f})", line, expected),
        _result(word(_MISSING, lang), f"{short} / |{t} - {b}|", found.verdict.ratio),
        _result("score", f"{score} / |{t} - {b}|", found.verdict.score),
    ]


def _acceleration(s: Series, found: Assessment, _: Lang) -> Facts:
    v, t, left = number(s.value[0]), number(s.target[0]), number((s.target_year - s.year)[0])
    pace = recent_slope(s)
    return [
        ("h", signed(pace[0])),
        _result("AF", f"(({t} - {v})/{left}) / {number(pace[0])}", found.verdict.ratio),
    ]


_STEPS: dict[str, Callable[[Series, Assessment, Lang], Facts]] = {
    "open-sdg": _compound,
    "eurostat": _compound,
    "unsd": _unsd,
    "sdsn": _sdsn,
    "destatis": _destatis,
    "escap": _escap,
    "acceleration": _acceleration,
}


def _rate(start: float, end: float, years: float) -> float:
    found = np.array([end / start]) ** (1 / np.array([years])) - 1 if years > 0 else [np.nan]
    return float(found[0])


def _rate_text(start: float, end: float, years: float, rate: float) -> str:
    if not np.isfinite(rate):
        return ""
    return f"({number(end)}/{number(start)})^(1/{number(years)}) - 1 = {number(rate)}"


def _result(name: str, formula: str, value: Floats) -> tuple[str, str]:
    """Return a line: a formula and what it comes to; blank where there is no number."""
    if not np.isfinite(value[0]):
        return name, ""
    return name, f"{formula} = {number(value[0])}" if formula else number(value[0])


def number(value: float) -> str:
    """Write a number to seven digits, zero without a sign."""
    return f"{value + 0.0:.7g}" if np.isfinite(value) else ""


def signed(value: float, form: str = ".6g") -> str:
    """Write a number with its sign, zero without one."""
    if not np.isfinite(value):
        return ""
    text = f"{value:+{form}}"
    return text if float(text) else text[1:]
