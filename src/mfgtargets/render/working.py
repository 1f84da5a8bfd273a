"""The working of a result as lines of text: the one place that words steps."""

from collections.abc import Iterable

from mfgtargets.wording import words
from mfgtargets.wording.words import Lang, say, term
from mfgtargets.working import Numbers, Step, Way, number, percent, signed

Facts = list[tuple[str, str]]


def way_line(way: Way | None, lang: Lang) -> Facts:
    """Return the line that says which way a path goes; none without one."""
    if way is None:
        return []
    knots = " -> ".join(f"{number(value)} ({year:.0f})" for year, value in way.knots)
    index = say("index-from-one", lang) if way.is_index else ""
    path = term(words.PATHS, way.name, lang)
    return [(term(words.NUMBERS, "path", lang), f"{path}: {knots}{index}")]


def step_lines(steps: Iterable[Step], lang: Lang, unit: str = "", points: str = "") -> Facts:
    """Return the lines of steps.

    ``unit`` stands behind changes in units, ``points`` behind differences.
    """
    return [(_name(s.name, lang), _line(s, lang, unit, points)) for s in steps]


def _name(name: str, lang: Lang) -> str:
    """Return what a step is called; a supposition is named with its number."""
    supposed, sign, amount = name.partition(":")
    if sign:
        code = {"if": "if-so-a-year", "reach": "to-reach-in"}[supposed]
        return say(code, lang, amount=amount)
    return term(words.NUMBERS, name, lang)


def _line(step: Step, lang: Lang, unit: str, points: str) -> str:
    formula = "".join(f"{text} = " for text in (step.symbols, step.formula) if text)
    time = "" if step.time is None else f" ({number(step.time)})"
    remark = say(f"step-{step.remark}", lang, amount=step.amount) if step.remark else ""
    return f"{formula}{_value(step, lang, unit, points)}{remark}{time}"


def _value(step: Step, lang: Lang, unit: str, points: str) -> str:
    if step.form == "percent":
        return percent(step.value)
    if step.form == "points":
        return say("points", lang, amount=signed(100 * step.value, ".2f"))
    if step.form == "change":
        return f"{signed(100 * step.value)}%" if step.unit else signed(step.value) + unit
    if step.form == "signed":
        return signed(step.value) + (points if step.unit else "")
    return number(step.value) + step.unit


def projection_lines(
    numbers: Numbers, target_year: float | None, why_never: str, lang: Lang, *, own: bool
) -> Facts:
    """Say where the pace leads, how sure that is, and when the target is reached.

    ``own`` tells that the pace is that of the path shown.
    """
    value = numbers.get("projected_value")
    if value is None or target_year is None:
        return []
    text = f"{number(value)} ({target_year:.0f})"
    if "projected_low" in numbers:
        text += say(
            "interval",
            lang,
            low=number(numbers["projected_low"]),
            high=number(numbers["projected_high"]),
            points=number(numbers["projected_points"]),
        )
    else:
        text += say("no-interval", lang)
    text += "" if own else say("own-path", lang)
    reached = numbers.get("projected_year")
    when = term(words.REASONS, why_never, lang) if reached is None else f"{reached:.0f}"
    return [
        (term(words.NUMBERS, "projected_value", lang), text),
        (term(words.NUMBERS, "projected_year", lang), when),
    ]
