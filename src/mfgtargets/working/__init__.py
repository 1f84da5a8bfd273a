"""The kinds of step that the working of a result is made of: data, without words.

A formula is written with its numbers, in ``+ - × / ^ ln max |x|`` and ``%``, so that it comes to
the value beside it.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np

Form = Literal["number", "signed", "percent", "points", "change"]
Numbers = Mapping[str, float]  # the numbers found for one series, by name; none where there is none


class Step(NamedTuple):
    """One line of working: what it is, the formula with its numbers, and what that comes to.

    ``name`` is a code, or the formula's own symbol (CAGR_a, q …). ``form`` says how the value is
    shown: ``percent`` and ``points`` are of a share, ``change`` a fraction a year (``unit`` "%") or
    units a year. ``time`` is the year it is of, ``remark`` the code of what is said beside it, and
    ``amount`` the number in that, as it is written; ``symbols`` are the formula in its own letters.
    """

    name: str
    value: float
    formula: str = ""
    form: Form = "number"
    unit: str = ""
    time: float | None = None
    remark: str = ""
    amount: str = ""
    symbols: str = ""


class Way(NamedTuple):
    """The path of a series: what it is called, the years and values it runs through, whether an index."""

    name: str
    knots: tuple[tuple[float, float], ...]
    is_index: bool


def number(value: float) -> str:
    """Write a number to seven digits, zero without a sign."""
    return f"{value + 0.0:.7g}" if np.isfinite(value) else ""


def odds_text(value: float, ceiling: float) -> str:
    """Write a number, or under a ceiling (else NaN) the odds that it is: 20 of 100 as (20/80)."""
    return number(value) if np.isnan(ceiling) else f"({number(value)}/{number(ceiling - value)})"


def signed(value: float, form: str = ".7g") -> str:
    """Write a number with its sign, zero without one."""
    if not np.isfinite(value):
        return ""
    text = f"{value:+{form}}"
    return text if float(text) else text[1:]


def percent(share: float) -> str:
    """Write a share in per cent with two decimals."""
    return f"{signed(100 * share, '.2f').removeprefix('+')}%"


def found(
    name: str, value: float, formula: str = "", symbols: str = "", form: Form = "number"
) -> list[Step]:
    """Return a step where there is a number, else none."""
    if not np.isfinite(value):
        return []
    return [Step(name, float(value), formula, form, symbols=symbols)]
