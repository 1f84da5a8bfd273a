"""Numbers and names as people read them: decimals as published, units."""

from collections.abc import Iterable

from mfgtargets.document.records import Target
from mfgtargets.evaluation.results import Basis, Result
from mfgtargets.notation.numbers import decimals
from mfgtargets.observations.observation import Observation
from mfgtargets.wording import words
from mfgtargets.wording.words import Lang, say, term

NOTHING = "-"
_MOST_DECIMALS = 6
_SMALL = 100  # whole numbers below which half of one matters


def published_decimals(
    baseline: float | None, target: float | None, shown: Observation | None
) -> int:
    """Return the decimals to show: the most that baseline, target or actual were printed with."""
    printed = [repr(v).removesuffix(".0") for v in (baseline, target) if v is not None]
    actual = [shown.text] if shown is not None else []
    return min(_MOST_DECIMALS, max((decimals(text) for text in printed + actual), default=0))


def exact(value: float | None) -> str:
    """Write a printed figure as it was printed (100.0 as 100)."""
    return NOTHING if value is None else repr(value).removesuffix(".0")


def common_decimals(published: int, calculated: Iterable[float | None]) -> int:
    """Return the decimals that all figures of one indicator are shown with.

    Those they were published with; one beside small whole numbers where what is calculated has
    any, or would be nothing without it.
    """
    sizes = [round(abs(value), 1) for value in calculated if value is not None]
    if published or all(size.is_integer() for size in sizes):
        return published
    return int(max(sizes) < _SMALL or any(0 < size < 0.5 for size in sizes))


def derived(value: float | None, places: int, *, sign: bool = False) -> str:
    """Write a figure with a number of decimals."""
    if value is None:
        return NOTHING
    text = f"{value:.{places}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return f"+{text}" if sign and float(text) > 0 else text


def percent(share: float | None, *, sign: bool = False, places: int = 1) -> str:
    """Write a share as a percentage without the sign."""
    return NOTHING if share is None else derived(share * 100, places, sign=sign)


def target_figure(target: Target | Result, lang: Lang, places: int | None = None) -> str:
    """Write a target value with its comparator: ``6.5左右``, ``>=100``, ``4-6``.

    It is written as it was printed, or with a number of decimals.
    """
    low, high = (
        (target.value, target.value_high)
        if isinstance(target, Target)
        else (target.target_value, target.target_value_high)
    )
    if low is None:
        return NOTHING
    ends = [low] if high is None else [low, high]
    figure = "-".join(exact(end) if places is None else derived(end, places) for end in ends)
    if target.comparator not in words.COMPARED:
        return figure
    return term(words.COMPARED, target.comparator, lang).format(figure)


# The letters statistical offices print beside a figure.
_LETTERS = {"P": "p", "E": "e", "B": "b", "D": "d"}


def decimals_of(result: Result, basis: Basis) -> int:
    """Return the decimals to show of a result's figures."""
    published = published_decimals(result.baseline_value, basis.target.value, basis.shown)
    latest = None if basis.as_published else result.latest_value
    return common_decimals(published, (result.on_track_value, result.gap, latest))


def latest_figure(result: Result, basis: Basis, lang: Lang) -> str:
    """Write the latest actual: bound, figure, letters of its quality, period."""
    shown = basis.shown
    if shown is None:
        return NOTHING
    places = max(decimals_of(result, basis), 1)
    figure = derived(result.latest_value, places)
    if basis.as_published:
        figure = shown.text.lstrip("+")
    letters = "".join(_LETTERS[c] for c in shown.obs_status if c in _LETTERS)
    text = (result.latest_bound or "") + figure + (f" {letters}" if letters else "")
    period = str(shown.period)
    if basis.is_alone:
        period = say("of-that-period-alone", lang, period=period)
    return f"{text} ({period})"


def with_unit(name: str, unit: str | None, lang: Lang) -> str:
    """Write a name with its unit in brackets, as the documents print it."""
    if not unit:
        return name
    return say("in-brackets", lang, text=name, inner=unit)


def unit_behind(unit: str | None, lang: Lang) -> str:
    """Write a unit as it stands behind a figure."""
    return say("unit-behind", lang, unit=unit) if unit else ""


def unit_of(result: Result, lang: Lang) -> str:
    """Write the unit of a difference: percentage points where the value is in percent."""
    return say("points-behind", lang) if result.unit == "%" else unit_behind(result.unit, lang)


def change_figure(change: float | None, result: Result, places: int, lang: Lang) -> str:
    """Write a yearly change: percent on a geometric path, units on a linear one."""
    if change is None:
        return NOTHING
    if result.path == "geometric":
        return percent(change, sign=True, places=2) + "%"
    return derived(change, places + 1, sign=True) + unit_of(result, lang)
