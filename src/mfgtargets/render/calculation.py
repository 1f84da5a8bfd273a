"""One series worked out line by line, so that the arithmetic can be followed by hand."""

from collections.abc import Collection

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.arithmetic.quantities import put_out
from mfgtargets.engine.answers import answers, as_list
from mfgtargets.engine.calculate import Request, judged, verdicts
from mfgtargets.evaluation.assess import Assessment, numbers_of, prepared
from mfgtargets.faults import InputError, fault
from mfgtargets.harmless import text_of
from mfgtargets.methods import ALL_METHODS
from mfgtargets.methods.method import Method
from mfgtargets.render.plain import align, plain_text
from mfgtargets.render.verdicts import verdicts_table
from mfgtargets.render.working import Facts, projection_lines, step_lines, way_line
from mfgtargets.series.arrays import Scale, Series
from mfgtargets.series.columns import Columns
from mfgtargets.wording import words
from mfgtargets.wording.methodwords import name_of_method, status_word
from mfgtargets.wording.words import Lang, term
from mfgtargets.working import Step, number
from mfgtargets.working.progress import way_of, yearly_step


def calculation(
    columns: Columns, request: Request, growth: float | None, reach: int | None, lang: Lang
) -> str:
    """Work one series out: what was given, each number with its formula, the verdict.

    ``growth`` (percent or units a year) and ``reach`` (a year) add what would follow from them.
    """
    method, given, found = judged(columns, request)
    s = prepared(given, method)
    facts = _given(columns, given, lang)
    with np.errstate(all="ignore"):  # what is no number is not printed
        facts += _worked(s, found, method, columns.numbers("value"), lang)
        facts += step_lines(_what_if(s, growth, reach), lang)
    facts += _verdict(found, method, lang)
    text = text_of(align(facts, [True, True]))
    if request.method == ALL_METHODS:
        text += "\n" + plain_text(verdicts_table(verdicts(columns, request)[0], lang))
    return text


def _given(columns: Columns, s: Series, lang: Lang) -> Facts:
    def point(name: str) -> list[tuple[float, float]]:
        year = float(columns.numbers(f"{name}year")[0])
        value = float(columns.numbers(f"{name}value")[0])
        return [] if np.isnan([year, value]).any() else [(year, value)]

    points: dict[str, list[tuple[float, float]]] = {
        "baseline": point("baseline_") or _measured_baseline(s),
        "milestones": sorted(columns.points("milestones").get(0, ())),
        "target": point("target_"),
        "actual": sorted({*columns.points("history").get(0, ()), *point("")}),
    }
    return [
        (
            term(words.FACTS, name, lang),
            ", ".join(f"{number(value)} ({year:.0f})" for year, value in given),
        )
        for name, given in points.items()
        if given
    ]


def _measured_baseline(s: Series) -> list[tuple[float, float]]:
    found = float(s.baseline_year[0]), float(s.baseline[0])
    return [found] if s.scale[0] == Scale.LEVEL and not np.isnan(found).any() else []


def _worked(
    s: Series, found: Assessment, method: Method, given: Collection[float], lang: Lang
) -> Facts:
    """Follow the arithmetic of the method, or of the plan's path where it has no steps.

    ``given`` are the values as they were given; what they come to is told where it is another.
    """
    numbers = numbers_of(found, 0)
    steps = method.steps(s, numbers)
    facts: Facts = []
    if method.by_plan:
        facts += way_line(way_of(s), lang)
        if not np.isnan(s.value[0]) and s.value[0] not in given:
            facts += step_lines([Step("worked", float(s.value[0]), time=float(s.year[0]))], lang)
    facts += step_lines(steps, lang)
    return facts + projection_lines(
        numbers, float(s.target_year[0]), "not_at_this_pace", lang, own=method.by_plan
    )


def _what_if(s: Series, growth: float | None, reach: int | None) -> list[Step]:
    """Return what would follow from a yearly change, and what a year of reaching would take."""
    if np.isnan(s.value[0]):
        return []
    steps = [] if growth is None else _grown(s, growth)
    return steps if reach is None else steps + _reached(s, reach)


def _grown(s: Series, growth: float) -> list[Step]:
    geometric, value = bool(s.curve.by_own_rate[0]), float(s.value[0])
    left = float((s.target_year - s.year)[0])
    if (geometric and growth <= -100) or not left > 0:  # percent
        expected = ">-100" if left > 0 else "--actual < --target"
        raise InputError([fault("bad-option", option="--growth", found=growth, expected=expected)])
    sign, size = "-" if growth < 0 else "+", f"{abs(growth):g}"
    end = value + growth * left
    formula = f"{number(value)} {sign} {size} × {number(left)}"
    if geometric:
        end = value * float(np.float64(1 + growth / 100) ** left)
        formula = f"{number(value)} × (1 {sign} {size}%)^{number(left)}"
    if not np.isfinite(end):
        raise InputError([fault("bad-option", option="--growth", found=growth)])
    name = f"{growth:g}%" if geometric else f"{growth:g}"
    remark, shown = "", ""
    if s.scale[0] != Scale.LEVEL:  # an index says little by itself
        remark = "average" if s.scale[0] == Scale.RATE else "in_all"
        shown = number(put_out(s, np.array([end]), s.target_year - s.baseline_year)[0])
    year = float(s.target_year[0])
    return [Step(f"if:{name}", end, formula, time=year, remark=remark, amount=shown)]


def _reached(s: Series, reach: int) -> list[Step]:
    value, aim, year = float(s.value[0]), float(s.target[0]), float(s.year[0])
    if reach <= year:
        expected = f">{year:.0f}"
        raise InputError([fault("bad-option", option="--reach", found=reach, expected=expected)])
    change = paths.yearly(s.value, s.target, np.array([reach - year]), s.curve)[0]
    if not np.isfinite(change):
        return []
    return [yearly_step(f"reach:{reach}", float(change), value, aim, reach - year, s.curve)]


def _verdict(found: Assessment, method: Method, lang: Lang) -> Facts:
    row = {name: as_list(name, column)[0] for name, column in answers(found, method).items()}
    why = f": {term(words.REASONS, row['reason'], lang)}" if row["reason"] else ""
    facts = [
        ("method", f"{method.code} · {name_of_method(method.code, lang)}"),
        ("status", f"{status_word(row['status'], lang)} [{row['status']}]{why}"),
    ]
    if row["flags"]:
        flags = ", ".join(term(words.FLAGS, flag, lang) for flag in row["flags"].split(";"))
        facts.append(("flags", flags))
    return [(term(words.FACTS, name, lang), text) for name, text in facts]
