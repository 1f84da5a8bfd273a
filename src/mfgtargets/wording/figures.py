"""Numbers and names as people read them: decimals as published, units."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from mfgtargets.document.records import RelativeTo, Target
from mfgtargets.evaluation.bases import Basis
from mfgtargets.evaluation.results import Result
from mfgtargets.notation.numbers import decimals
from mfgtargets.notation.period import Period
from mfgtargets.observations.observation import Observation
from mfgtargets.series.arrays import Scale
from mfgtargets.wording import words
from mfgtargets.wording.names import name_of
from mfgtargets.wording.words import Lang, joined, say, term, terms

NOTHING = "-"
MOST_DECIMALS = 6
SCORE_PLACES = 3
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)  # digits of the largest number there is
_SMALL = 100  # whole numbers below which half of one matters


def published_decimals(
    baseline: float | None, target: float | None, shown: Observation | None
) -> int:
    """Return the decimals to show: the most that baseline, target or actual were printed with."""
    printed = [repr(v).removesuffix(".0") for v in (baseline, target) if v is not None]
    actual = [shown.text] if shown is not None else []
    return min(MOST_DECIMALS, max((decimals(text) for text in printed + actual), default=0))


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
    """Write a figure with a number of decimals, a tie away from zero: 5.35 as 5.4."""
    if value is None:
        return NOTHING
    read = Decimal(f"{value:.15g}")  # as people read it, whatever its binary digits
    text = f"{_EXACT.quantize(read, Decimal(1).scaleb(-places)):f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return f"+{text}" if sign and float(text) > 0 else text


def percent(share: float | None, *, sign: bool = False, places: int = 1) -> str:
    """Write a share as a percentage without the sign."""
    return NOTHING if share is None else derived(share * 100, places, sign=sign)


def target_figure(
    target: Target | Result, lang: Lang, places: int | None = None, hold: str | None = None
) -> str:
    """Write a target value with its comparator: ``6.5左右``, ``>=100``, ``4-6``.

    It is written as it was printed, or with a number of decimals; of a value to be kept it says
    which years count.
    """
    if isinstance(target, Target):
        low, high, hold = target.value, target.value_high, target.hold
    else:
        low, high = target.target_value, target.target_value_high
    relative = target.relative_to if isinstance(target, Target) else None
    if target.kind == "event":
        return say("event-done", lang)
    if low is None and relative is None:
        return NOTHING
    ends = [low] if high is None else [low, high]
    figures = [exact(end) if places is None else derived(end, places) for end in ends]
    if relative is not None:
        figures = [relative_figure(relative, lang)]
    if isinstance(target, Target) and target.out_of is not None:
        figures[-1] += f"/{target.out_of}"
    return ends_figure(figures, target.comparator, hold, lang)


def ends_figure(ends: Sequence[str], comparator: str | None, hold: str | None, lang: Lang) -> str:
    """Write a figure, or the two ends of a range, with its comparator and the years that count."""
    figure = "-".join(ends)
    if comparator in words.COMPARED:
        figure = term(words.COMPARED, comparator, lang).format(figure)
    return figure if hold is None else term(words.HOLDS, hold, lang).format(figure)


def relative_figure(relative: RelativeTo, lang: Lang) -> str:
    """Write the other indicator that an aim is relative to, and what is added to it."""
    name = name_of(relative, lang)
    return name + (
        derived(relative.offset, 6, sign=True).rstrip("0").rstrip(".") if relative.offset else ""
    )


# The letters statistical offices print beside a figure.
_LETTERS = {"P": "p", "E": "e", "B": "b", "D": "d"}


def decimals_of(result: Result, basis: Basis) -> int:
    """Return the decimals to show of a result's figures."""
    published = published_decimals(result.baseline_value, basis.target.value, basis.shown)
    latest = None if basis.as_published else result.latest_value
    return common_decimals(published, (result.on_track_value, result.gap, latest))


def published(observation: Observation) -> str:
    """Write a figure as it was published; a spreadsheet's own digits are cut to six decimals."""
    text = observation.text.lstrip("+")
    if decimals(text) > MOST_DECIMALS:
        text = derived(float(text), MOST_DECIMALS).rstrip("0")
    return observation.bound + text


def latest_figure(result: Result, basis: Basis, lang: Lang, unit: str = "") -> str:
    """Write the latest actual: bound, figure, letters of its quality, period.

    ``unit`` stands behind every figure, where the text around names none.
    """
    shown = basis.shown
    if shown is None:
        return NOTHING
    letters = "".join(_LETTERS[c] for c in shown.obs_status if c in _LETTERS)
    given = published(shown) + unit + (f" {letters}" if letters else "")
    period = str(basis.covers if basis.is_since_base and basis.covers else shown.period)
    if basis.is_alone:
        period = say("of-that-period-alone", lang, period=period)
    text = f"{given} ({period})"
    if basis.covers is not None and not basis.as_published:
        text = _as_judged(result, basis, given, lang, unit)
    if basis.beside is not None:
        also = f"{published(basis.beside)}{unit} ({basis.beside.period})"
        text = say("given-beside", lang, text=text, also=also)
    return text


def _as_judged(result: Result, basis: Basis, given: str, lang: Lang, unit: str) -> str:
    """Write the figure published, and beside it what it comes to with others or for its year."""
    shown, covers = basis.shown, basis.covers
    if shown is None or covers is None or result.latest_value is None:
        return given
    code = "given-total" if basis.scale == Scale.SIZE else "given-average"
    if basis.scale == Scale.LEVEL:
        code = "given-annualised" if "annualised" in result.flags else "given-total"
        code = "given-mean" if basis.target.hold else code
    turned = basis.scale != Scale.LEVEL and basis.target.sign < 0
    value = -result.latest_value if turned else result.latest_value
    bound = result.latest_bound or ""
    figure = bound.translate(_TURNED) if turned else bound
    places = decimals_of(result, basis) + (code == "given-mean")  # a mean says more than its parts
    figure += derived(value, places) + unit
    return say(
        code,
        lang,
        given=given,
        period=shown.period,
        of_period=say("of-period", lang, period=_year(shown.period, lang), figure=given),
        first=covers.first_year,
        last=covers.year,
        value=figure,
    )


_TURNED = str.maketrans("<>", "><")


def _year(period: Period, lang: Lang) -> str:
    return say("year", lang, year=period) if period.is_year else str(period)


def flag_words(result: Result, basis: Basis, lang: Lang) -> list[str]:
    """Return a result's flags in words, with what each is about."""
    details = {
        "within_rounding": f"{100 * (result.tolerance or 0.0):.3g}",
        "within_approx": "、".join(h for h in ("基本", "左右") if h in basis.target.hedge)
        or "左右",
        "breached": joined("words", map(str, result.breached), lang),
    }
    return [
        say("in-brackets", lang, text=word, inner=details[flag]) if flag in details else word
        for flag, word in zip(result.flags, terms(words.FLAGS, result.flags, lang), strict=True)
    ]


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


def ambition_figure(trend: float, ambition: float, places: int, lang: Lang) -> str:
    """Say how much more or less is asked than the trend before would have given."""
    code = "evaluate-above-trend" if ambition >= 0 else "evaluate-below-trend"
    return say(code, lang, trend=derived(trend, places), by=derived(abs(ambition), places))


def change_figure(change: float | None, result: Result, places: int, lang: Lang) -> str:
    """Write a yearly change: percent on a geometric path (logistic: of the odds), else units."""
    if change is None:
        return NOTHING
    if result.path != "linear":
        text = percent(change, sign=True, places=2) + "%"
        return say("of-odds", lang, change=text) if result.path == "logistic" else text
    return derived(change, places + 1, sign=True) + unit_of(result, lang)
