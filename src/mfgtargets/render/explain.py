"""One result, worked out line by line so that it can be followed by hand."""

import numpy as np

from mfgtargets.evaluation.assess import numbers_of, one_of, prepared
from mfgtargets.evaluation.bases import Basis
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.opinions import Opinion
from mfgtargets.evaluation.results import Result
from mfgtargets.harmless import text_of
from mfgtargets.methods import SCHEDULE, method_of
from mfgtargets.observations.observation import Observation
from mfgtargets.render.plain import align
from mfgtargets.render.working import Facts, projection_lines, step_lines, way_line
from mfgtargets.series.arrays import Scale
from mfgtargets.wording import words
from mfgtargets.wording.figures import (
    exact,
    flag_words,
    latest_figure,
    target_figure,
    unit_of,
    with_unit,
)
from mfgtargets.wording.methodwords import name_of_method, status_word
from mfgtargets.wording.names import name_in
from mfgtargets.wording.words import Lang, joined, say, term, word
from mfgtargets.working import number
from mfgtargets.working.progress import way_of


def explain(check: Checked, lang: Lang) -> str:
    """Explain every result of a check: wording, formula, numbers, sources."""
    blocks = [text_of(_block(check, n, lang)) for n in range(len(check.results))]
    return "\n".join(blocks)


def _block(check: Checked, n: int, lang: Lang) -> list[str]:
    result, basis = check.results[n], check.bases[n]
    heading = f"{with_unit(name_in(check, result, lang), result.unit, lang)} — {result.target_id}"
    facts = [*_promise(check, result, basis, lang), *_measured(result, basis, lang)]
    facts += _worked(check, n, lang)
    facts += [_opinion(one, lang) for one in check.verdicts[n]] or [_status(result, lang)]
    flags = ", ".join(flag_words(result, basis, lang))
    if flags:
        facts.append((term(words.HEADINGS, "flags", lang), flags))
    return [heading, *(f"  {line}" for line in align(facts, [True, True]))]


def _promise(check: Checked, result: Result, basis: Basis, lang: Lang) -> Facts:
    target = basis.target
    aim = f"{target_figure(target, lang)} {target.unit or ''}".rstrip()
    year = f" ({target.due_when})" if target.due_when else ""
    kind = term(words.KINDS, target.kind, lang)
    lines = [
        ("target", f"{kind} {aim}{year}"),
        ("wording", f"{target.quote} [{target.section}]"),
    ]
    if target.note:
        lines.append(("note", target.note))
    if result.baseline_value is not None:
        source = term(words.BASELINE_SOURCES, result.baseline_source or "", lang)
        if check.question.baseline_year is not None and target.lacks_baseline:
            source = say("users-baseline", lang, source=source)
        remark = say("not-used", lang) if basis.scale == Scale.RATE else source
        value = f"{exact(result.baseline_value)} ({result.baseline_year})"
        lines.append(("baseline", f"{value}, {remark}"))
    return [(term(words.FACTS, name, lang), text) for name, text in lines]


def _measured(result: Result, basis: Basis, lang: Lang) -> Facts:
    lines = [("actual", _figure(observation)) for observation in basis.rests_on]
    if basis.beside is not None:
        lines.append(("beside", _figure(basis.beside)))
    if basis.judged is not None and not basis.as_published:
        lines.append(("judged", _judged(result, basis, lang)))
    if basis.unknown:
        lines.append(("unknown_years", joined("words", map(str, basis.unknown), lang)))
    return [(term(words.FACTS, name, lang), text) for name, text in lines]


def _figure(observation: Observation) -> str:
    unit = "%" if observation.measure not in {"level", "added", "total"} else observation.unit
    figure = f"{observation.bound}{observation.text}{unit} ({observation.period})"
    place = f"{observation.place.file}:{observation.place.line}"
    parts = (figure, observation.note, observation.source, observation.url, place)
    return "; ".join(filter(None, parts))


def _judged(result: Result, basis: Basis, lang: Lang) -> str:
    """Say what is judged, with all its digits, and the index behind it."""
    text = f"{latest_figure(result, basis, lang)}; {number(result.latest_value or 0.0)}"
    text += f" ({result.judged_period})"
    if basis.scale == Scale.LEVEL or basis.judged is None:
        return text
    return say("index-and-figure", lang, index=number(basis.judged), figure=text)


def _worked(check: Checked, n: int, lang: Lang) -> Facts:
    """Return the working by the plan's path, then that of the method where it has its own."""
    result, method = check.results[n], method_of(check.method)
    s = one_of(prepared(check.layout.series, method), n)
    numbers = numbers_of(check.assessment, n)
    unit = unit_of(result, lang)
    facts = way_line(way_of(s) if "on_track_value" in numbers else None, lang)
    with np.errstate(all="ignore"):  # what is no number is not printed
        facts += step_lines(SCHEDULE.steps(s, numbers), lang, unit, unit)
        if not method.by_plan:
            facts += step_lines(method.steps(s, numbers), lang)
    never = result.reasons.get("projected_year", "")
    return facts + projection_lines(numbers, result.target_year, never, lang, own=True)


def _status(result: Result, lang: Lang) -> tuple[str, str]:
    why = f": {term(words.REASONS, result.reason, lang)}" if result.reason else ""
    return term(words.FACTS, "status", lang), status_word(result.status, lang) + why


def _opinion(one: Opinion, lang: Lang) -> tuple[str, str]:
    """Say what a method makes of the result, with its ratio and its place on the common scale."""
    why = f": {term(words.REASONS, one.reason, lang)}" if one.reason else ""
    parts = [name_of_method(one.method, lang)]
    if one.common:
        parts.append(say("on-common-scale", lang, place=word(words.COMMON[one.common], lang)))
    if one.ratio is not None:
        parts.append(say("with-ratio", lang, ratio=number(one.ratio)))
    return one.method, f"{status_word(one.status, lang)}{why} ({'; '.join(parts)})"
