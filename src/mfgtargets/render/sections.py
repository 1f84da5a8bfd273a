"""The sections of one document on the page, from its verdict to its sources."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import groupby

from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.closing import evaluate
from mfgtargets.evaluation.ranking import ranking_of
from mfgtargets.evaluation.warning import Warned, is_warning, warnings_of
from mfgtargets.faults import InputError
from mfgtargets.harmless import html_text
from mfgtargets.render.cards import Card, axis_of, bar_html, card_html, chip_sign
from mfgtargets.render.evaluating import evaluate_table
from mfgtargets.render.gaptable import gap_table
from mfgtargets.render.html import (
    Worded,
    each_of,
    in_each,
    link,
    on_page,
    plainly,
    status_of,
    table_of,
    term_of,
)
from mfgtargets.render.matrix import matrix_table
from mfgtargets.render.note import headline
from mfgtargets.render.rankingtable import rank_tables
from mfgtargets.render.sources import sources_table
from mfgtargets.render.svg import legend, sign
from mfgtargets.render.table import Table
from mfgtargets.wording import words
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.names import title_of_check
from mfgtargets.wording.words import LANGUAGES, Lang, joined, say, term


def document_html(check: Checked, cards: Sequence[Card], tools: str) -> str:
    """Return all of one document, the ``tools`` below its verdict."""
    parts = [
        f"<h1>{in_each(lambda lang: title_of_check(check, lang))}</h1>",
        f'<p class="about">{_about(check)}</p>',
        f'<p class="verdict">{in_each(lambda lang: headline(check, lang))}</p>',
        _counts(cards),
        tools,
        *_regions(check),
        _section("strip", _strip(cards)),
        _section("warning", _warnings(cards, warnings_of(check))),
        _closing(check, cards),
        _section("bars", f'<ul class="bars">{"".join(map(bar_html, cards))}</ul>'),
        _charts(cards),
        _gaps(check, cards),
        _sources(check),
    ]
    return (
        f'<section class="document" id="{html_text(check.document.id)}">{"".join(parts)}</section>'
    )


def _section(code: str, inner: str) -> str:
    return f'<section class="{code}"><h2>{on_page(code)}</h2>{inner}</section>' if inner else ""


def _about(check: Checked) -> str:
    """Say who issued the document, under what number and when, and where it can be read."""
    entry = check.document.entry
    told = [html_text(text) for text in (entry.issuer, entry.number, entry.date) if text]
    if entry.standing == "draft":
        told.append(in_each(term_of(words.STANDINGS, "draft")))
    return " · ".join([*told, link(entry.source.title, entry.source.url)])


def _counts(cards: Sequence[Card]) -> str:
    """Return each status with its sign and count, the worst first."""
    ordered = sorted(cards, key=lambda card: (card.rank, card.result.status))
    kinds = [(card.place, card.result.status) for card in ordered]
    items = []
    for (place, status), members in groupby(kinds):
        shares = {one for one, other in kinds if other == status}
        word = in_each(_status_at(status, place if len(shares) > 1 else None))
        items.append(f"<li>{sign(place)} {word} <b>{len(list(members))}</b></li>")
    return f'<ul class="counts">{"".join(items)}</ul>'


def _regions(check: Checked) -> list[str]:
    """Return the matrix of several regions, and their ranking where they can be ranked."""
    if len(check.regions) == 1:
        return []
    parts = [_section("matrix", table_of(lambda lang: matrix_table(check, lang)))]
    with suppress(InputError):  # nothing to rank by
        found = ranking_of(check)
        count = len(rank_tables(found, LANGUAGES[0]))
        tables = "".join(
            _told(lambda lang, n=n: rank_tables(found, lang)[n], "before")  # type: ignore[misc]
            + table_of(lambda lang, n=n: rank_tables(found, lang)[n])  # type: ignore[misc]
            for n in range(count)
        )
        parts.append(_section("ranking", tables))
    return parts


def _strip(cards: Sequence[Card]) -> str:
    """Return all indicators by group, each as the sign of its status."""
    groups: dict[str, list[Card]] = {}
    for card in cards:
        groups.setdefault(card.group, []).append(card)
    rows = []
    for own in groups.values():
        chips = "".join(
            f'<a data-of="{html_text(card.id)}" href="#{html_text(card.id)}" '
            f'title="{plainly(card.name)}: {plainly(status_of(card.result.status))}">'
            f'{chip_sign(card)}<span class="unseen">{in_each(card.name)}</span></a>'
            for card in own
        )
        rows.append(f"<dt>{in_each(own[0].group_name)}</dt><dd>{chips}</dd>")
    return f"<dl>{''.join(rows)}</dl>"


def _warnings(cards: Sequence[Card], found: Sequence[Warned]) -> str:
    """Return what is to be warned of and what to be watched, each with its reasons."""
    parts = []
    pairs = sorted(
        ((one, card) for one, card in zip(found, cards, strict=True) if is_warning(one)),
        key=lambda pair: pair[0].level or 0,
    )
    for level, members in groupby(pairs, key=lambda pair: pair[0].level):
        items = "".join(
            f'<li data-of="{html_text(card.id)}">{chip_sign(card)}<a href="#{html_text(card.id)}">'
            f"{in_each(card.name)}</a> <span>{in_each(_reasons(one))}</span></li>"
            for one, card in members
        )
        parts.append(f"<h3>{in_each(term_of(words.LEVELS, str(level)))}</h3><ul>{items}</ul>")
    return "".join(parts)


def _reasons(one: Warned) -> Worded:
    return lambda lang: joined("words", (term(words.WARNINGS, r, lang) for r in one.reasons), lang)


def _closing(check: Checked, cards: Sequence[Card]) -> str:
    """Return the closing evaluation, where the plan is past."""
    end = check.document.entry.period.end
    if end is None or check.as_of < end:
        return ""
    found = evaluate(check)
    return _section(
        "closing", _folded(lambda lang: evaluate_table(found, lang), [card.id for card in cards])
    )


def _folded(make: Callable[[Lang], Table], owners: Sequence[str]) -> str:
    """Return what stands below a table, and itself to be unfolded."""
    heading = in_each(term_of(words.TITLES, "table"))
    table = table_of(make, owners=owners)
    return f"{_told(make, 'after')}<details><summary>{heading}</summary>{table}</details>"


def _charts(cards: Sequence[Card]) -> str:
    axis = axis_of(cards)
    drawn = "".join(card_html(card, axis) for card in cards)
    keys = "".join(f"<li>{svg} {on_page(code)}</li>" for code, svg in legend().items())
    return _section("charts", f'<ul class="keys">{keys}</ul><div class="cards">{drawn}</div>')


def _gaps(check: Checked, cards: Sequence[Card]) -> str:
    """Return the gap table, that of the terminal, with what stands around it."""
    heading = in_each(term_of(words.TITLES, "table"))

    def make(lang: Lang) -> Table:
        return gap_table(check, lang)

    table = table_of(make, owners=[card.id for card in cards])
    buttons = "".join(
        f'<button type="button" data-do="{do}" data-name="{html_text(check.document.id)}" hidden>'
        f"{on_page(do)}</button>"
        for do in ("copy", "save")
    )
    buttons += f"<output hidden>{on_page('copied')}</output>"
    return f'<section class="table"><h2>{heading}</h2><p>{buttons}</p>{table}{_told(make, "after")}</section>'


def _sources(check: Checked) -> str:
    heading = in_each(term_of(words.TITLES, "sources"))
    table = table_of(lambda lang: sources_table([check], lang))
    return f"<details><summary>{heading}</summary>{table}</details>"


def _told(make: Callable[[Lang], Table], side: str) -> str:
    """Return the lines before or after a table."""
    texts = zip(*(getattr(make(lang), side) for lang in LANGUAGES), strict=True)
    return f'<div class="told">{"".join(f"<p>{each_of(one)}</p>" for one in texts)}</div>'


def _status_at(status: str, place: str | None) -> Worded:
    """Name a status, with its place on the common scale where it has more than one there."""
    if place is None:
        return status_of(status)
    return lambda lang: say(
        "in-brackets", lang, text=status_word(status, lang), inner=term(words.COMMON, place, lang)
    )
