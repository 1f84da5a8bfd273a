"""What is told of one indicator beside its chart: its figures, who answers for it, where it stands."""

from collections.abc import Iterable

from mfgtargets.evaluation.bases import Basis
from mfgtargets.evaluation.results import Result
from mfgtargets.harmless import html_text
from mfgtargets.render.gaptable import latest_and_target
from mfgtargets.render.html import Worded, each_of, in_each, link, on_page, term_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import (
    NOTHING,
    change_figure,
    derived,
    percent,
    unit_behind,
    unit_of,
)
from mfgtargets.wording.words import Lang, joined, say, term

_BROAD = ' class="broad"'  # over the whole width


def facts_html(result: Result, basis: Basis, places: int, *, is_ahead: bool) -> str:
    """Return the figures as given and as judged, what is needed, who answers, and where it stands."""
    target = basis.target
    heading, fact = words.HEADINGS, words.FACTS

    def change(value: float | None, lang: Lang) -> str:
        return change_figure(value, result, places, lang)

    def figure(value: float | None, lang: Lang, *, sign: bool = False) -> str:
        behind = unit_of(result, lang) if sign else unit_behind(result.unit, lang)
        return NOTHING if value is None else derived(value, places, sign=sign) + behind

    def aim(lang: Lang) -> str:
        text = latest_and_target(result, basis, lang)[1]
        return f"{text} ({basis.target.due_when or NOTHING})"

    def lead(lang: Lang) -> str:
        behind = "" if result.lead is None else say("points-behind", lang)
        return percent(result.lead, sign=True) + behind

    ahead = result.projected_value if is_ahead else None
    broad = [
        (heading["latest"], lambda lang: latest_and_target(result, basis, lang)[0]),
        (heading["target"], aim),
    ]
    short = [
        (heading["on_track"], lambda lang: figure(result.on_track_value, lang)),
        (heading["gap"], lambda lang: figure(result.gap, lang, sign=True)),
        (heading["lead"], lead),
        (heading["required"], lambda lang: change(result.required_change, lang)),
        (heading["achieved"], lambda lang: change(result.achieved_change, lang)),
        (words.PAGE["projected"], lambda lang: figure(ahead, lang)),
        (heading["obligation"], lambda lang: term(words.OBLIGATIONS, result.obligation or NOTHING, lang)),
    ]  # fmt: skip
    departments = (
        fact["departments"],
        lambda lang: joined("words", result.departments, lang) or NOTHING,
    )
    rows = [*_rows(broad, _BROAD), *_rows(short), *_rows([departments], _BROAD)]
    page = f" {html_text(target.source.page)}" if target.source.page else ""
    stands = f"{link(target.source.title, target.source.url)}{page} · {html_text(target.section)}"
    rows.append(_row(on_page("clause"), f"<q>{html_text(target.quote)}</q> {stands}", _BROAD))
    if basis.rests_on:
        sources = dict.fromkeys((o.source, o.url) for o in basis.rests_on)
        listed = "; ".join(link(source, url) for source, url in sources if source or url)
        if listed:
            rows.append(_row(in_each(term_of(words.TITLES, "sources")), listed, _BROAD))
    return "".join(rows)


def _rows(facts: Iterable[tuple[words.Words, Worded]], kind: str = "") -> list[str]:
    """Return facts of which anything is known as terms and descriptions."""
    told = [(name, in_each(make)) for name, make in facts]
    return [_row(each_of(name), text, kind) for name, text in told if text != NOTHING]


def _row(name: str, text: str, kind: str) -> str:
    return f"<div{kind}><dt>{name}</dt><dd>{text}</dd></div>"
