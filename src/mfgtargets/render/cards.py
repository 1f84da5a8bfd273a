"""One indicator on the page: its chart, what is told of it, its figures, its clause and sources."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mfgtargets.evaluation.bases import Basis
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.course import Course, courses_of
from mfgtargets.evaluation.results import Result
from mfgtargets.harmless import html_text
from mfgtargets.render.chart import chart
from mfgtargets.render.gaptable import latest_and_target
from mfgtargets.render.html import Worded, each_of, in_each, link, on_page, table_of
from mfgtargets.render.note import sentence
from mfgtargets.render.svg import bullet, sign
from mfgtargets.render.table import Cell, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import (
    NOTHING,
    change_figure,
    derived,
    percent,
    unit_behind,
    unit_of,
    with_unit,
)
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.names import heading_of, name_of
from mfgtargets.wording.words import Lang, joined, say, term, terms

_BEHIND = {"away", "behind"}
_LONG_BEFORE = 3  # years
_QUALITY = {"P": "provisional", "E": "estimated", "B": "break", "D": "proxy"}


class Card(NamedTuple):
    """One result with all that is shown of it; ``place`` is that on the common scale."""

    id: str
    check: Checked
    result: Result
    basis: Basis
    place: str | None
    course: Course

    @property
    def group(self) -> str:
        """Its group; without one the section of the document."""
        return self.result.group or self.basis.target.section

    def name(self, lang: Lang) -> str:
        """Return its name."""
        return name_of(self.result, lang)


def cards_of(check: Checked) -> list[Card]:
    """Return the cards of a check, in its order."""
    courses = courses_of(check.layout, check.assessment.quantities, check.bases, check.actuals.used)
    others = zip(check.bases, check.common, courses, strict=True)
    rows = zip(check.results, others, strict=True)
    return [
        Card(f"{check.document.id}/{result.target_id}".replace("#", "."), check, result, *rest)
        for result, rest in rows
    ]


def axis_of(cards: Sequence[Card]) -> tuple[float, float]:
    """Return the first and the last year of the axis that the charts of a document share.

    It is that of the document's own time, and of baselines not long before it.
    """
    entry = cards[0].check.document.entry
    firsts = [card.course.knots[0][0] for card in cards if len(card.course.knots) > 1]
    firsts += [spot.time for card in cards for spot in card.course.spots]
    lasts = [card.course.knots[-1][0] for card in cards if card.course.knots]
    last = float(entry.period.end or max(lasts, default=cards[0].check.as_of))
    start = entry.period.start and entry.period.start - 1
    first = float(entry.baseline_year or start or min(firsts, default=last - 1))
    return min([first, *(year for year in firsts if first - _LONG_BEFORE <= year)]), last


def _span(course: Course, axis: tuple[float, float]) -> tuple[float, float]:
    """Return the axis of a chart: the one shared, longer where its own path or values are outside."""
    times = [time for time, _ in course.knots]
    first = min([axis[0], *times])
    return first, max([axis[1], *times, *(spot.time for spot in course.spots)])


def card_html(card: Card, axis: tuple[float, float]) -> str:
    """Return a card; ``axis`` are the years that all charts show."""
    result, places = card.result, latest_and_target(card.result, card.basis, "en")[2]
    told = in_each(lambda lang: sentence(result, card.basis, lang, is_behind=card.place in _BEHIND))
    heading = in_each(lambda lang: with_unit(card.name(lang), result.unit, lang))
    has_chart = card.course.spots or len(card.course.knots) > 1
    span = _span(card.course, axis)
    drawn = chart(card.course, span, result.unit or "", places) if has_chart else ""
    points = table_of(lambda lang: course_table(card.course, result.unit, places, lang))
    behind = f"<details><summary>{on_page('data')}</summary>{points}</details>" if has_chart else ""
    named = html_text(card.id)
    return (
        f'<article id="{named}" data-of="{named}"{_facets(card)}><h3>{sign(card.place)} {heading}'
        f' <a class="here" href="#{named}" aria-labelledby="{named}">#</a></h3>'
        f"<figure>{drawn}<figcaption>{told}</figcaption></figure><dl>{_facts(card, places)}</dl>"
        f"{behind}</article>"
    )


def _facets(card: Card) -> str:
    """Return by what a card is found and sorted."""
    result = card.result
    both = f"{result.name_zh} {result.name_en} {card.basis.target.quote} {result.indicator}"
    facets = {
        "status": result.status,
        "group": card.group,
        "department": "、".join(["", *result.departments, ""]),
        "region": result.region,
        "obligation": result.obligation or "",
        "text": both.lower(),
        "lead": "" if result.lead is None else repr(result.lead),
    }
    return "".join(f' data-{name}="{html_text(text)}"' for name, text in facets.items())


def _facts(card: Card, places: int) -> str:
    """Return the figures as given and as judged, what is needed, who answers, and where it stands."""
    result, basis, target = card.result, card.basis, card.basis.target
    heading, fact = words.HEADINGS, words.FACTS

    def change(value: float | None, lang: Lang) -> str:
        return change_figure(value, result, places, lang)

    def figure(value: float | None, lang: Lang, *, sign: bool = False) -> str:
        behind = unit_of(result, lang) if sign else unit_behind(result.unit, lang)
        return NOTHING if value is None else derived(value, places, sign=sign) + behind

    def aim(lang: Lang) -> str:
        text = latest_and_target(result, basis, lang)[1]
        return f"{text} ({result.target_year or NOTHING})"

    def lead(lang: Lang) -> str:
        behind = "" if result.lead is None else say("points-behind", lang)
        return percent(result.lead, sign=True) + behind

    ahead = result.projected_value if card.course.fan else None
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
    rows = [*_rows(broad, ' class="broad"'), *_rows(short), *_rows([departments], ' class="broad"')]
    page = f" {html_text(target.source.page)}" if target.source.page else ""
    stands = f"{link(target.source.title, target.source.url)}{page} · {html_text(target.section)}"
    rows.append(
        f'<dt class="broad">{on_page("clause")}</dt><dd class="broad"><q>{html_text(target.quote)}</q> {stands}</dd>'
    )
    if basis.rests_on:
        sources = dict.fromkeys((o.source, o.url) for o in basis.rests_on)
        listed = "; ".join(link(source, url) for source, url in sources if source or url)
        if listed:
            label = in_each(lambda lang: term(words.TITLES, "sources", lang))
            rows.append(f'<dt class="broad">{label}</dt><dd class="broad">{listed}</dd>')
    return "".join(rows)


def _rows(facts: Iterable[tuple[words.Words, Worded]], kind: str = "") -> list[str]:
    """Return facts of which anything is known as terms and descriptions."""
    told = [(name, in_each(make)) for name, make in facts]
    return [
        f"<dt{kind}>{each_of(name)}</dt><dd{kind}>{text}</dd>"
        for name, text in told
        if text != NOTHING
    ]


def course_table(course: Course, unit: str | None, places: int, lang: Lang) -> Table:
    """Return what a chart shows as a table: baseline, milestones and target, and the values known."""
    last = len(course.knots) - 1
    rows = []
    if course.replaced is not None:
        time, value = course.replaced
        rows.append((time, 0, f"{time:g}", term(words.PAGE, "replaced", lang), "", value, ""))
    for n, (time, value) in enumerate(course.knots):
        mark = "target" if n == last else "milestone" if n else "baseline"
        rows.append((time, 0, f"{time:g}", term(words.MARKS, mark, lang), "", value, ""))
    for spot in course.spots:
        quality = " ".join(terms(words.FLAGS, (_QUALITY[c] for c in spot.letters), lang))
        name = term(words.HEADINGS, "actual", lang)
        rows.append((spot.time, 1, spot.period, name, spot.bound, spot.value, quality))
    behind = unit_behind(unit, lang)
    return Table(
        before=[],
        columns=columns_of(("period", "what", "value", "quality"), "period what quality", lang),
        lines=[
            line_of(period, what, Cell(f"{bound}{derived(value, places)}{behind}", value), quality)
            for _, _, period, what, bound, value, quality in sorted(rows, key=lambda row: row[:2])
        ],
    )


def bar_html(card: Card) -> str:
    """Return a line with the bar of the way covered, the newest value and the target."""
    result = card.result
    name = in_each(card.name)
    figures = in_each(lambda lang: " / ".join(latest_and_target(result, card.basis, lang)[:2]))
    drawn = bullet(result.progress, result.schedule, card.place)
    if result.progress is None:
        drawn = f'<span class="no-bar">{_why_none(result)}</span>'
    share = percent(result.progress, places=0) + "%" if result.progress is not None else ""
    return (
        f'<li data-of="{html_text(card.id)}">{chip_sign(card)}<a href="#{html_text(card.id)}">{name}</a>'
        f'<span class="bar">{drawn}</span><span class="share">{share}</span>'
        f'<span class="figures">{figures}</span></li>'
    )


def _why_none(result: Result) -> str:
    reason = result.reasons.get("progress", "")
    return in_each(lambda lang: term(words.REASONS, reason, lang))


def chip_sign(card: Card) -> str:
    """Return the sign of a card with its status in words for those who do not see it."""
    word = in_each(lambda lang: status_word(card.result.status, lang))
    return f'{sign(card.place)}<span class="unseen">{word} </span>'


def group_name(card: Card, lang: Lang) -> str:
    """Return the name of a card's group."""
    return heading_of(card.check.document.entry, card.group, lang)
