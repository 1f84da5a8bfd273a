"""The page: one HTML file of checks, in all languages, that needs nothing but itself."""

from collections.abc import Iterable, Sequence

from mfgtargets.evaluation.check import Checked
from mfgtargets.harmless import html_text
from mfgtargets.render.cards import Card, cards_of
from mfgtargets.render.html import (
    Worded,
    in_each,
    on_page,
    page_of,
    plainly,
    status_of,
    table_of,
    term_of,
)
from mfgtargets.render.overview import overview_table
from mfgtargets.render.sections import document_html
from mfgtargets.wording import words
from mfgtargets.wording.names import title_of_check
from mfgtargets.wording.words import LANGUAGES, Lang, term

_SORTS = ("document", "status", "lead")


def page(checks: Sequence[Checked], lang: Lang) -> str:
    """Return the page of one document, or of several with an overview on top.

    ``lang`` is the language it opens in. The same checks make the same bytes.
    """
    name = title_of_check(checks[0], lang)
    if len(checks) > 1:
        name = term(words.TITLES, "overview", lang)
    cards = [cards_of(check) for check in checks]
    overview = ""
    if len(checks) > 1:
        heading = in_each(term_of(words.TITLES, "overview"))
        table = table_of(lambda one: overview_table(checks, one))
        overview = f"<section><h1>{heading}</h1>{table}</section>"
    tools = _tools([card for own in cards for card in own])
    first = [tools if len(checks) == 1 else "", *[""] * len(checks)]
    documents = "".join(map(document_html, checks, cards, first))
    inner = f"{overview}{tools if overview else ''}{documents}"
    return page_of(name, lang, "", inner, ("chart.css", "page.css"), ("page.js",))


def _tools(cards: Sequence[Card]) -> str:
    """Return what filters and sorts; the script shows it."""
    own = [card.result for card in cards]
    departments = dict.fromkeys(name for result in own for name in result.departments)
    obligations = dict.fromkeys(result.obligation for result in own if result.obligation)
    choices: list[tuple[str, list[tuple[str, Worded]]]] = [
        ("status", [(r.status, status_of(r.status)) for r in own]),
        ("group", [(card.group, card.group_name) for card in cards]),
        ("department", [(name, _same(name)) for name in departments]),
        ("region", [(r.region, _same(r.region)) for r in own]),
        ("obligation", [(o, term_of(words.OBLIGATIONS, o)) for o in obligations]),
    ]
    parts = [
        _select(name, words.FACTS, [("", term_of(words.PAGE, "all")), *dict(options).items()])
        for name, options in choices
        if len(dict(options)) > 1
    ]
    parts.append(
        f'<label>{on_page("search")} <input type="search" name="text" autocomplete="off"></label>'
    )
    sorts = [(code, term_of(words.PAGE, f"by_{code}")) for code in _SORTS]
    parts.append(_select("sort", words.PAGE, sorts))
    return (
        f'<form class="tools" hidden>{"".join(parts)}'
        f'<output aria-live="polite"></output><p class="none" hidden>{on_page("none")}</p></form>'
    )


def _by_language(make: Worded) -> str:
    """Return what the script shows of an option, which holds no elements, in each language."""
    return "".join(f' data-{lang}="{html_text(make(lang))}"' for lang in LANGUAGES)


def _same(text: str) -> Worded:
    return lambda _: text


def _select(
    name: str,
    table: dict[str, words.Words],
    options: Iterable[tuple[str, Worded]],
) -> str:
    listed = "".join(
        f'<option value="{html_text(value)}"{_by_language(make)}>{plainly(make)}</option>'
        for value, make in options
    )
    label = in_each(term_of(table, name if name != "department" else "departments"))
    return f'<label>{label} <select name="{name}">{listed}</select></label>'
