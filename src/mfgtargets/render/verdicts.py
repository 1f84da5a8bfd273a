"""What each method says, side by side; and the methods themselves."""

from collections.abc import Sequence

from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.opinions import Opinion
from mfgtargets.harmless import text_of
from mfgtargets.methods import METHODS, SCHEDULE
from mfgtargets.render.fitting import fitted
from mfgtargets.render.plain import align
from mfgtargets.render.table import Cell, Line, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.names import name_in
from mfgtargets.wording.words import Lang, joined, say, term, terms, word


def differs_in(one: Opinion, lang: Lang) -> str:
    """Say in what a method differs from the schedule for a series."""
    method, parts = METHODS[one.method], []
    for code in one.differs_in:
        detail = {
            "path": words.METHOD_PATHS.get(method.path),
            "window": words.WINDOWS.get(method.window),
        }.get(code)
        what = term(words.DIFFERENCES, code, lang)
        if detail:
            what = say("in-brackets", lang, text=what, inner=word(detail, lang))
        parts.append(what)
    return joined("words", parts, lang)


def verdicts_table(opinions: Sequence[Opinion], lang: Lang) -> Table:
    """Return what each method says of one series beside the common scale, and why they differ."""
    return _table(_lines(opinions, lang), lang)


def all_verdicts_table(check: Checked, lang: Lang, width: int | None = None) -> Table:
    """Return what each method says of each result that any can judge, as fits ``width``."""
    lines: list[Line] = []
    for result, opinions in zip(check.results, check.verdicts, strict=True):
        if any(one.common for one in opinions):
            lines.append(Line(heading=name_in(check, result, lang)))
            lines += _lines(opinions, lang)
    return fitted(_table(lines, lang), lang, width)


def _lines(opinions: Sequence[Opinion], lang: Lang) -> list[Line]:
    schedule = next(one.common for one in opinions if one.method == SCHEDULE.code)
    lines = []
    for one in opinions:
        differs = None not in (one.common, schedule) and one.common != schedule
        why = differs_in(one, lang) if differs else "-"
        reason = f" ({term(words.REASONS, one.reason, lang)})" if one.reason else ""
        cells = (
            one.method,
            Cell(status_word(one.status, lang) + reason, one.status),
            Cell(word(words.COMMON[one.common or ""], lang), one.common),
            Cell("-" if one.ratio is None else f"{one.ratio:.4g}", one.ratio),
            why,
        )
        lines.append(line_of(*cells))
    return lines


def _table(lines: Sequence[Line], lang: Lang) -> Table:
    columns = ("method", "status", "common", "ratio", "differs")
    return Table(
        before=[term(words.TITLES, "verdicts", lang)],
        columns=columns_of(columns, "method status common differs", lang),
        lines=lines,
        order=columns,
        firm=3,
        name=term(words.TITLES, "verdicts", lang),
    )


def methods_text(lang: Lang) -> str:
    """Return all methods with path, formula, classes and source, a block each."""
    labels = terms(words.FACTS, ("path", "formula", "classes", "source"), lang)
    lines = [say("methods-legend", lang)]
    for method in METHODS.values():
        window = word(words.WINDOWS[method.window], lang)
        path = f"{word(words.METHOD_PATHS[method.path], lang)}, {window}"
        contents = (path, method.formula, word(method.rule, lang), method.source)
        facts = align(list(zip(labels, contents, strict=True)), [True, True])
        lines += [
            "",
            f"{method.code} · {word(method.name, lang)}",
            *(f"  {fact}" for fact in facts),
        ]
    return text_of(lines)


def methods_fields() -> dict[str, object]:
    """Return all methods as records."""
    return {
        "results": [
            {
                "method": method.code,
                "name_zh": method.name[0],
                "name_en": method.name[1],
                "path": method.path,
                "window": method.window,
                "statuses": list(method.all_statuses),
                "formula": method.formula,
                "classes_zh": method.rule[0],
                "classes_en": method.rule[1],
                "source": method.source,
            }
            for method in METHODS.values()
        ]
    }
