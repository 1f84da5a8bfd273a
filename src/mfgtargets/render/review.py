"""A draft as a page: the text on the left, its targets marked, the records on the right to be ticked."""

from collections.abc import Sequence
from itertools import pairwise

from mfgtargets.drafting.entries import Indicator, Target
from mfgtargets.drafting.whole import Draft
from mfgtargets.harmless import html_text
from mfgtargets.notation.numbers import plain_number
from mfgtargets.render.drafts import PERIODS, changes_text
from mfgtargets.render.html import Worded, each_of, in_each, on_page, page_of, term_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import ends_figure, unit_behind
from mfgtargets.wording.words import LANGUAGES, Lang, say

_SURE, _UNSURE, _LEFT = "sure", "unsure", "left"  # what a stretch of the text is marked as
_KINDS = (None, _LEFT, _SURE, _UNSURE)  # each is painted over those before it
Record = tuple[Indicator, Target]


def review(draft: Draft, name: str, lang: Lang) -> str:
    """Return the page on which a draft is confirmed; ``lang`` is the language it opens in.

    ``name`` is that of the file, for a text without a title. The page has no script: its filters,
    its count and its switch are style alone.
    """
    pairs = [(one, target) for one in draft.indicators for target in one.targets]
    records = sorted(pairs, key=lambda pair: (pair[1].found.clause.start, pair[1].id))
    head = draft.head
    title = head.title or name
    years = "-".join(str(year) for year in (head.start, head.end) if year)
    about = " · ".join(filter(None, (head.issuer, head.number, head.date, years)))
    counts = {"found": len(records), "left": len(draft.left_out)}
    changes = zip(*(changes_text(draft, one) for one in LANGUAGES), strict=True)
    told = "".join(f"<li>{each_of(texts)}</li>" for texts in changes)
    heading = in_each(term_of(words.TITLES, "changes"))
    folded = f"<details><summary>{heading}</summary><ul>{told}</ul></details>" if told else ""
    inner = (
        f"<header><h1>{html_text(title)}</h1><p>{html_text(about)}</p>"
        f"<p>{in_each(lambda one: say('review-counts', one, **counts))}</p>"
        f"<p>{on_page('how_to_review')}</p>{folded}</header>"
        f"{_pane('text', _text(draft, records))}{_pane('records', _records(draft, records))}"
    )
    switches = "".join(
        f'<input class="unseen" type="checkbox" id="_{code}">'
        f'<label class="lang" for="_{code}">{on_page(code)}</label>'
        for code in ("only_unsure", "hide_done")
    )
    return page_of(title, lang, switches, inner, ("page.css", "review.css"))


def _pane(code: str, inner: str) -> str:
    return (
        f'<section class="{code}" tabindex="0" aria-labelledby="_{code}">'
        f'<h2 id="_{code}">{on_page(code)}</h2>{inner}</section>'
    )


def _text(draft: Draft, records: Sequence[Record]) -> str:
    """Return the text, with what was found and what was left out marked, each with a link to it."""
    found = [(one[1].found.clause, _mark_of(one)) for one in records]
    left = [(one.clause, _LEFT) for one in draft.left_out]
    painted = bytearray(len(draft.text))
    links: dict[int, list[str]] = {}
    for there, here, members in (("o", "x", left), ("t", "r", found)):
        for n, (clause, mark) in enumerate(members, 1):
            link = f'<a class="{mark}" id="{there}{n}" href="#{here}{n}">{n}</a>'
            links.setdefault(clause.start, []).append(link)
    for clause, mark in sorted(left + found, key=lambda pair: _KINDS.index(pair[1])):
        size = clause.end - clause.start
        painted[clause.start : clause.end] = bytes([_KINDS.index(mark)]) * size
    changed = (n for n in range(1, len(painted)) if painted[n] != painted[n - 1])
    edges = sorted({0, len(painted), *links, *changed})
    parts: list[str] = []
    for start, end in pairwise(edges):
        kind, shown = _KINDS[painted[start]], _as_printed(draft.text[start:end])
        parts += links.get(start, ())
        parts.append(f'<mark class="{kind}">{shown}</mark>' if kind else shown)
    return f'<div class="printed">{"".join(parts)}</div>'


def _as_printed(text: str) -> str:
    """Return a stretch of text with its own breaks of lines and tabs; no log takes one for a command."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = "\n".join("\t".join(map(html_text, line.split("\t"))) for line in lines)
    return shown.replace("::", "&#58;:")


def _mark_of(record: Record) -> str:
    return _UNSURE if record[1].found.doubts else _SURE


def _records(draft: Draft, records: Sequence[Record]) -> str:
    """Return the records to be ticked, how many are, and what was left out."""
    listed = "".join(_record(n, one) for n, one in enumerate(records, 1))
    left = "".join(
        f'<li id="x{n}"><a href="#o{n}">{n}</a> {in_each(term_of(words.OMITTED, one.reason))}: '
        f"<q>{html_text(one.clause.quote)}</q></li>"
        for n, one in enumerate(draft.left_out, 1)
    )
    rest = f"<h3>{on_page('left_out')}</h3><ul>{left}</ul>" if left else ""
    done = f'<p class="done">{on_page("done")} <b></b> / {len(records)}</p>'
    return f"{listed}{done}{rest}"


def _record(n: int, record: Record) -> str:
    """Return one record: what it says in words, what is unsure, its clause."""
    indicator, target = record
    one = target.found
    unit = one.unit or ""

    def aim(lang: Lang) -> str:
        if one.value is None:
            return ""
        ends = [plain_number(end) for end in (one.value, one.value_high) if end is not None]
        ends[-1] += unit_behind(unit, lang)
        return ends_figure(ends, one.comparator, one.hold, lang)

    def base(lang: Lang) -> str:
        if one.baseline_year is None:
            return ""
        value = one.baseline_value
        figure = "" if value is None else plain_number(value) + unit_behind(unit, lang)
        return f"{figure} ({one.baseline_year})".strip()

    start = one.start if one.kind in PERIODS else None
    years = "-".join(str(year) for year in (start, one.year) if year)
    facts: list[tuple[words.Words, Worded]] = [
        (words.FACTS["target"], aim),
        (words.FACTS["year"], lambda _: years),
        (words.FACTS["kind"], term_of(words.KINDS, one.kind)),
        (words.PAGE["direction"], term_of(words.PAGE, one.direction)),
        (words.FACTS["baseline"], base),
        (words.PAGE["hedge"], lambda _: "、".join(one.hedge)),
        (words.FACTS["obligation"], term_of(words.OBLIGATIONS, one.obligation or "")),
        (words.FACTS["group"], lambda _: one.group or ""),
        (words.FACTS["section"], lambda _: one.section),
        (words.FACTS["departments"], lambda _: "、".join(one.departments)),
        (words.REMARKS["restates"], lambda _: target.restates or ""),
        (words.REMARKS["part_of"], lambda _: target.part_of or ""),
        (words.FACTS["concept"], lambda _: indicator.concept or ""),
        (words.FACTS["id"], lambda _: "" if target.restates else target.id),
    ]
    rows = "".join(
        f"<div><dt>{each_of(name)}</dt><dd>{in_each(make)}</dd></div>"
        for name, make in facts
        if make("zh")
    )
    doubts = "; ".join(in_each(term_of(words.DOUBTS, doubt)) for doubt in one.doubts)
    unsure = f'<p class="doubts">{on_page("unsure")}: {doubts}</p>' if doubts else ""
    return (
        f'<article class="{_mark_of(record)}" id="r{n}"><h3><input type="checkbox" id="c{n}"> '
        f'<a href="#t{n}">{n}</a> <label for="c{n}">{html_text(one.name)}</label></h3>'
        f"{unsure}<dl>{rows}</dl><q>{html_text(one.clause.quote)}</q></article>"
    )
