"""The page: one HTML file of checks, in all languages, that needs nothing but itself."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from mfgtargets.data import data_folder
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.closing import evaluate
from mfgtargets.evaluation.warning import Warned, is_warning, warnings_of
from mfgtargets.harmless import html_text
from mfgtargets.render.cards import (
    Card,
    axis_of,
    bar_html,
    card_html,
    cards_of,
    chip_sign,
    group_name,
)
from mfgtargets.render.evaluating import evaluate_table
from mfgtargets.render.gaptable import gap_table
from mfgtargets.render.html import each_of, in_each, link, on_page, plainly, table_of
from mfgtargets.render.note import headline
from mfgtargets.render.overview import overview_table
from mfgtargets.render.sources import sources_table
from mfgtargets.render.svg import legend, sign
from mfgtargets.render.table import Table
from mfgtargets.wording import words
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.names import title_of
from mfgtargets.wording.words import LANGUAGES, Lang, joined, say, term

_SORTS = ("document", "status", "lead")
_PLACES = ("away", "behind", "on_track", "met", None)  # as they are sorted


def page(checks: Sequence[Checked], lang: Lang) -> str:
    """Return the page of one document, or of several with an overview on top.

    ``lang`` is the language it opens in. The same checks make the same bytes.
    """
    style, script = (_asset(name) for name in (("chart.css", "page.css"), ("page.js",)))
    name = title_of(checks[0].document.entry, lang)
    if len(checks) > 1:
        name = term(words.TITLES, "overview", lang)
    cards = [cards_of(check) for check in checks]
    overview = ""
    if len(checks) > 1:
        heading = in_each(lambda one: term(words.TITLES, "overview", one))
        table = table_of(lambda one: overview_table(checks, one))
        overview = f"<section><h1>{heading}</h1>{table}</section>"
    tools = _tools([card for own in cards for card in own])
    first = [tools if len(checks) == 1 else "", *[""] * len(checks)]
    documents = "".join(map(_document, checks, cards, first))
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{html_text(name)}</title><style>{style}</style></head><body>"
        f"{_languages(lang)}<main>{overview}{tools if overview else ''}{documents}</main>"
        f"<script>{script}</script></body></html>\n"
    )


def _asset(names: Iterable[str]) -> str:
    folder = data_folder() / "page"
    return "".join((folder / name).read_text(encoding="utf-8") for name in names)


def _policy(style: str, script: str) -> str:
    """Allow the page's own style and script, by their hashes, and nothing else at all."""
    hashes = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (style, script)
    )
    own = "; ".join(
        f"{kind}-src 'sha256-{one}'" for kind, one in zip(("style", "script"), hashes, strict=True)
    )
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _languages(chosen: Lang) -> str:
    """Return the switch, which works by style alone."""
    return "".join(
        f'<input class="unseen" type="radio" name="lang" id="{lang}"{" checked" * (lang == chosen)}>'
        f'<label class="lang" for="{lang}" lang="{lang}">{term(words.PAGE, "language", lang)}</label>'
        for lang in LANGUAGES
    )


def _tools(cards: Sequence[Card]) -> str:
    """Return what filters and sorts; the script shows it."""
    own = [card.result for card in cards]
    departments = dict.fromkeys(name for result in own for name in result.departments)
    obligations = dict.fromkeys(result.obligation for result in own if result.obligation)
    choices: list[tuple[str, list[tuple[str, Callable[[Lang], str]]]]] = [
        ("status", [(r.status, _status(r.status)) for r in own]),
        ("group", [(card.group, _group(card)) for card in cards]),
        ("department", [(name, _same(name)) for name in departments]),
        ("region", [(r.region, _same(r.region)) for r in own]),
        ("obligation", [(o, _term(words.OBLIGATIONS, o)) for o in obligations]),
    ]
    parts = [
        _select(name, words.FACTS, [("", _term(words.PAGE, "all")), *dict(options).items()])
        for name, options in choices
        if len(dict(options)) > 1
    ]
    parts.append(
        f'<label>{on_page("search")} <input type="search" name="text" autocomplete="off"></label>'
    )
    sorts = [(code, _term(words.PAGE, f"by_{code}")) for code in _SORTS]
    parts.append(_select("sort", words.PAGE, sorts))
    return (
        f'<form class="tools" hidden>{"".join(parts)}'
        f'<output aria-live="polite"></output><p class="none" hidden>{on_page("none")}</p></form>'
    )


def _same(text: str) -> Callable[[Lang], str]:
    return lambda _: text


def _term(table: dict[str, words.Words], code: str) -> Callable[[Lang], str]:
    return lambda lang: term(table, code, lang)


def _status(code: str) -> Callable[[Lang], str]:
    return lambda lang: status_word(code, lang)


def _status_at(status: str, place: str | None) -> Callable[[Lang], str]:
    """Name a status, with its place on the common scale where it has more than one there."""
    if place is None:
        return _status(status)
    return lambda lang: say(
        "in-brackets", lang, text=status_word(status, lang), inner=term(words.COMMON, place, lang)
    )


def _group(card: Card) -> Callable[[Lang], str]:
    return lambda lang: group_name(card, lang)


def _select(
    name: str,
    table: dict[str, words.Words],
    options: Iterable[tuple[str, Callable[[Lang], str]]],
) -> str:
    listed = "".join(
        f'<option value="{html_text(value)}">{plainly(make)}</option>' for value, make in options
    )
    label = in_each(_term(table, name if name != "department" else "departments"))
    return f'<label>{label} <select name="{name}">{listed}</select></label>'


def _document(check: Checked, cards: Sequence[Card], tools: str) -> str:
    """Return all of one document, the ``tools`` below its verdict."""
    entry = check.document.entry
    parts = [
        f"<h1>{in_each(lambda lang: title_of(entry, lang))}</h1>",
        f'<p class="about">{_about(check)}</p>',
        f'<p class="verdict">{in_each(lambda lang: headline(check, lang))}</p>',
        _counts(cards),
        tools,
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
        told.append(in_each(_term(words.STANDINGS, "draft")))
    return " · ".join([*told, link(entry.source.title, entry.source.url)])


def _counts(cards: Sequence[Card]) -> str:
    """Return each status with its sign and count, the worst first."""
    ordered = sorted(cards, key=lambda card: (_PLACES.index(card.place), card.result.status))
    kinds = [(card.place, card.result.status) for card in ordered]
    items = []
    for (place, status), members in groupby(kinds):
        shares = {one for one, other in kinds if other == status}
        word = in_each(_status_at(status, place if len(shares) > 1 else None))
        items.append(f"<li>{sign(place)} {word} <b>{len(list(members))}</b></li>")
    return f'<ul class="counts">{"".join(items)}</ul>'


def _strip(cards: Sequence[Card]) -> str:
    """Return all indicators by group, each as the sign of its status."""
    rows = []
    for _, members in groupby(cards, key=lambda card: card.group):
        own = list(members)
        chips = "".join(
            f'<a data-of="{html_text(card.id)}" href="#{html_text(card.id)}" title="{plainly(card.name)}">'
            f'{chip_sign(card)}<span class="unseen">{in_each(card.name)}</span></a>'
            for card in own
        )
        rows.append(f"<dt>{in_each(_group(own[0]))}</dt><dd>{chips}</dd>")
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
        parts.append(f"<h3>{in_each(_term(words.LEVELS, str(level)))}</h3><ul>{items}</ul>")
    return "".join(parts)


def _reasons(one: Warned) -> Callable[[Lang], str]:
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
    heading = in_each(_term(words.TITLES, "table"))
    table = table_of(make, owners=owners)
    return f"{_told(make, 'after')}<details><summary>{heading}</summary>{table}</details>"


def _charts(cards: Sequence[Card]) -> str:
    axis = axis_of(cards)
    drawn = "".join(card_html(card, axis) for card in cards)
    keys = "".join(f"<li>{svg} {on_page(code)}</li>" for code, svg in legend().items())
    return _section("charts", f'<ul class="keys">{keys}</ul><div class="cards">{drawn}</div>')


def _gaps(check: Checked, cards: Sequence[Card]) -> str:
    """Return the gap table, that of the terminal, with what stands around it."""
    heading = in_each(_term(words.TITLES, "table"))

    def make(lang: Lang) -> Table:
        return gap_table(check, lang)

    table = table_of(make, owners=[card.id for card in cards])
    buttons = "".join(
        f'<button type="button" data-do="{do}" data-name="{html_text(check.document.id)}" hidden>'
        f"{on_page(do)}</button>"
        for do in ("copy", "save")
    )
    return f'<section class="table"><h2>{heading}</h2><p>{buttons}</p>{table}{_told(make, "after")}</section>'


def _sources(check: Checked) -> str:
    heading = in_each(_term(words.TITLES, "sources"))
    table = table_of(lambda lang: sources_table([check], lang))
    return f"<details><summary>{heading}</summary>{table}</details>"


def _told(make: Callable[[Lang], Table], side: str) -> str:
    """Return the lines before or after a table."""
    texts = zip(*(getattr(make(lang), side) for lang in LANGUAGES), strict=True)
    return f'<div class="told">{"".join(f"<p>{each_of(one)}</p>" for one in texts)}</div>'
