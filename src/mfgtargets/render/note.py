"""The status note: what somebody who does not know the program reads and sends on."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from mfgtargets.evaluation.bases import Basis
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Result
from mfgtargets.methods import ALL_METHODS, method_of
from mfgtargets.render.changes import Changes, changes_lines
from mfgtargets.render.gaptable import gap_table, summary_counts, what_counts
from mfgtargets.render.markdown import escaped, inline, link, markdown_text
from mfgtargets.render.overview import overview_table
from mfgtargets.render.sources import baseline_line, figures_used, revision_lines
from mfgtargets.render.verdicts import all_verdicts_table
from mfgtargets.wording import words
from mfgtargets.wording.figures import (
    change_figure,
    decimals_of,
    derived,
    exact,
    flag_words,
    latest_figure,
    published,
    target_figure,
    unit_behind,
    unit_of,
)
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.names import heading_of, key_of, name_of, title_of, title_of_check
from mfgtargets.wording.words import Lang, joined, say, term, terms, word

_BEHIND = ("away", "behind")
# The sections by the places on the common scale, on which every method's words lie.
_SECTIONS = {"behind": _BEHIND, "reached": ("met",), "going": ("on_track",)}


class Wish(NamedTuple):
    """How the note is wanted: short or full, by what its list is ordered, and with which charts.

    ``charts`` are links, by the result (``key_of``) whose name leads there.
    """

    brief: bool = False
    by: str = "status"
    charts: Mapping[tuple[str, str, str], str] = MappingProxyType({})


def notes(checks: Sequence[Checked], lang: Lang, wish: Wish, changes: Changes | None = None) -> str:
    """Return a note of one document, or of several with an overview on top, as Markdown."""
    blocks = []
    if len(checks) > 1:
        title = term(words.TITLES, "notes", lang)
        if len({check.document.id for check in checks}) == 1:  # of several regions
            title = say("note-title", lang, title=title_of(checks[0].document.entry, lang))
        blocks.append(f"# {escaped(title)}")
        blocks.append(markdown_text(overview_table(checks, lang)._replace(before=[])))
    told = []
    if changes is not None:
        told = [_heading("changes", lang), *changes_lines(changes, lang)]
    for number, check in enumerate(checks):
        first, *rest = _note(check, lang, wish)
        if len(checks) > 1:
            blocks += [*(told if number == 0 else []), first, *rest]
        else:
            blocks += [first, rest[0], *told, *rest[1:]]
    return "\n\n".join(block.rstrip("\n") for block in blocks) + "\n"


def _heading(section: str, lang: Lang) -> str:
    return f"## {term(words.TITLES, section, lang)}"


def _note(check: Checked, lang: Lang, wish: Wish) -> list[str]:
    """Return the blocks of one document's note: title, headline, and what follows."""
    heading = say("note-title", lang, title=title_of_check(check, lang))
    if asked := sorted(check.question.departments_called):
        heading = say("in-brackets", lang, text=heading, inner=joined("words", asked, lang))
    blocks = [f"# {escaped(heading)}", f"**{escaped(headline(check, lang))}**"]
    blocks += _sections(check, lang, wish)
    if not wish.brief:
        blocks += [_heading("table", lang), _table(check, lang)]
        if check.method == ALL_METHODS:
            verdicts = all_verdicts_table(check, lang)
            blocks += [f"## {verdicts.before[0]}", markdown_text(verdicts._replace(before=[]))]
        blocks += _definitions(check, lang)
        blocks += _sources(check, lang)
    return blocks


def headline(check: Checked, lang: Lang) -> str:
    """Say in one sentence how many indicators stand how."""
    return say(
        f"headline-{what_counts(check)}",
        lang,
        as_of=check.as_of,
        total=len(check.results),
        counts=summary_counts(check, lang),
    )


def _sections(check: Checked, lang: Lang, wish: Wish) -> list[str]:
    """Return the lists: by status, or by group or department with every status named."""
    pairs = list(zip(check.results, check.bases, check.common, strict=True))
    if wish.by == "status":
        blocks: list[str] = []
        for section, places in _SECTIONS.items():
            members = sorted(
                (pair for pair in pairs if pair[2] in places),
                key=lambda pair: (pair[0].status != "missed", pair[0].lead or 0.0),
            )
            if members and not (wish.brief and section == "going"):
                blocks += [_heading(section, lang), _list(members, lang, wish)]
        unknown = _unknown([result for result, _, place in pairs if place is None], lang, wish)
        return blocks + ([_heading("unknown", lang), "\n".join(unknown)] if unknown else [])
    return [
        block
        for name, members in _by(pairs, wish.by, check, lang)
        for block in (f"## {escaped(name)}", _all_of(members, lang, wish))
    ]


def _all_of(pairs: "Sequence[Pair]", lang: Lang, wish: Wish) -> str:
    """List what is known of each, and after it what is not."""
    known = [pair for pair in pairs if pair[2] is not None]
    unknown = [result for result, _, place in pairs if place is None]
    return "\n".join(filter(None, (_list(known, lang, wish), *_unknown(unknown, lang, wish))))


Pair = tuple[Result, Basis, str | None]  # with its place on the common scale


def _by(pairs: Sequence[Pair], by: str, check: Checked, lang: Lang) -> list[tuple[str, list[Pair]]]:
    """Return the pairs by group or by department, in order of first appearance."""

    def keys(pair: Pair) -> tuple[str, ...]:
        result, basis, _ = pair
        if by == "department":
            every = tuple(dict.fromkeys(map(check.question.called, result.departments)))
            wanted = check.question.departments_called or every
            named = tuple(name for name in every if name in wanted)
            return named or (say("note-no-department", lang),)
        heading = result.group or basis.target.section
        return (heading_of(check.document.entry, heading, lang),)

    names = list(dict.fromkeys(name for pair in pairs for name in keys(pair)))
    return [(name, [pair for pair in pairs if name in keys(pair)]) for name in names]


def _named(result: Result, lang: Lang, wish: Wish) -> str:
    """Return the name of an indicator, which leads to its chart where there is one."""
    name, chart = escaped(name_of(result, lang)), wish.charts.get(key_of(result))
    return f"[{name}](<{chart}>)" if chart else name


def _list(pairs: Iterable[Pair], lang: Lang, wish: Wish) -> str:
    lines = []
    for result, basis, place in pairs:
        name = _named(result, lang, wish)
        is_behind = place in _BEHIND
        text = escaped(sentence(result, basis, lang, is_behind=is_behind))
        lines.append(f"- {say('name-and-text', lang, name=f'**{name}**', text=text)}")
    return "\n".join(lines)


def sentence(result: Result, basis: Basis, lang: Lang, *, is_behind: bool) -> str:
    """Say of one result where it stands, what it lacks, what would mend it and who is responsible."""
    parts = [status_word(result.status, lang)]
    places = decimals_of(result, basis)
    if result.latest_value is not None:
        parts.append(_latest(result, basis, lang))
    parts += _distance(result, basis, places, lang)
    if result.required_change is not None and is_behind:
        needed = change_figure(result.required_change, result, places, lang)
        planned = change_figure(result.planned_change, result, places, lang)
        parts.append(say("note-needed", lang, needed=needed, planned=planned))
    if result.departments and is_behind:
        names = joined("words", result.departments, lang)
        parts.append(say("note-responsible", lang, names=names))
    if result.flags:
        parts.append(joined("words", flag_words(result, basis, lang), lang))
    return joined("parts", parts, lang)


def _latest(result: Result, basis: Basis, lang: Lang) -> str:
    """Say the latest actual, and what it was judged as where that is another figure."""
    unit, period = unit_behind(result.unit, lang), result.latest_period or ""
    shown = basis.shown
    if shown is None or basis.beside is not None or not basis.as_published or basis.is_alone:
        return latest_figure(result, basis, lang, unit)
    figure = published(shown) + unit
    code = "note-of-year" if period.isdigit() else "note-of-period"
    return say(code, lang, period=period, figure=figure)


def _distance(result: Result, basis: Basis, places: int, lang: Lang) -> list[str]:
    """Say what was due and what the target is."""
    parts = []
    if result.on_track_value is not None and result.gap is not None:
        gap = derived(result.gap, places, sign=True) + unit_of(result, lang)
        due = derived(result.on_track_value, places)
        parts.append(say("note-due", lang, due=due, gap=gap))
    if result.target_value is not None and result.target_year is not None:
        target = target_figure(result, lang, places, basis.target.hold)
        parts.append(say("note-target", lang, year=basis.target.due_when, target=target))
    return parts


def _unknown(results: Sequence[Result], lang: Lang, wish: Wish) -> list[str]:
    """Name what is not known, by the reason."""
    lines = []
    ordered = sorted(results, key=lambda r: (r.status, r.reason or ""))
    for (status, reason), members in groupby(ordered, key=lambda r: (r.status, r.reason or "")):
        names = [_named(result, lang, wish) for result in members]
        reason_text = term(words.REASONS, reason, lang)
        why = say("in-brackets", lang, text=status_word(status, lang), inner=reason_text)
        listed = joined("names", names, lang)
        line = say("note-unknown", lang, why=escaped(why), count=len(names), names=listed)
        lines.append(f"- {line}")
    return lines


def _table(check: Checked, lang: Lang) -> str:
    whole = gap_table(check, lang)
    return markdown_text(whole._replace(before=[], after=[]))


def _definitions(check: Checked, lang: Lang) -> list[str]:
    """Say in two lines how it was judged."""
    method = method_of(check.method)
    how = say(
        "note-method",
        lang,
        name=word(method.name, lang),
        rule=word(method.rule, lang),
        tolerance=exact(check.question.tolerance),
    )
    told = (
        how,
        say("note-values", lang),
        *baseline_line(check, lang),
        *revision_lines(check, lang),
    )
    lines = [f"- {escaped(text)}" for text in told]
    return [_heading("definitions", lang), "\n".join(lines)]


def _sources(check: Checked, lang: Lang) -> list[str]:
    """List the figures used, each with its quality, date and source."""
    used = figures_used(check, lang)
    if not used:
        return []
    columns = ("indicator", "period", "value", "quality", "published", "source")
    headings = terms(words.HEADINGS, columns, lang)
    rows = []
    for o, (name, figure, quality) in used.items():
        cells = (name, str(o.period), figure.text, quality, o.vintage)
        rows.append((*map(inline, cells), link(o.source, o.url)))
    marks = "| " + " | ".join([":--"] * len(headings)) + " |"
    lines = [f"| {' | '.join(headings)} |", marks, *(f"| {' | '.join(row)} |" for row in rows)]
    return [_heading("sources", lang), "\n".join(lines)]
