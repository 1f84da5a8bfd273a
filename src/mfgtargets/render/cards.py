"""One indicator on the page: its chart, what is told of it, its figures, its clause and sources."""

from collections.abc import Sequence
from typing import NamedTuple

from mfgtargets.evaluation.bases import Basis
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.course import Course, courses_of
from mfgtargets.evaluation.results import Result
from mfgtargets.harmless import html_text
from mfgtargets.render.chart import chart
from mfgtargets.render.facts import facts_html
from mfgtargets.render.gaptable import latest_and_target
from mfgtargets.render.html import in_each, on_page, status_of, table_of, term_of
from mfgtargets.render.note import sentence
from mfgtargets.render.sources import QUALITY
from mfgtargets.render.svg import bullet, sign
from mfgtargets.render.table import Cell, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import derived, percent, unit_behind, with_unit
from mfgtargets.wording.names import address_of, heading_of, name_in
from mfgtargets.wording.words import Lang, term, terms

_BEHIND = {"away", "behind"}
_PLACES = ("away", "behind", "on_track", "met", None)  # as they are sorted
_LONG_BEFORE = 3  # years


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

    @property
    def rank(self) -> int:
        """Its place among the worst and the best."""
        return _PLACES.index(self.place)

    def group_name(self, lang: Lang) -> str:
        """Return the name of its group."""
        return heading_of(self.check.document.entry, self.group, lang)

    def name(self, lang: Lang) -> str:
        """Return its name, with its region where there are several."""
        return name_in(self.check, self.result, lang)

    def heading(self, lang: Lang) -> str:
        """Return its name with what it is measured in."""
        return with_unit(self.name(lang), self.result.unit, lang)


def cards_of(check: Checked) -> list[Card]:
    """Return the cards of a check, in its order."""
    courses = courses_of(
        check.document, check.layout, check.assessment.quantities, check.bases, check.actuals.used
    )
    others = zip(check.bases, check.common, courses, strict=True)
    rows = zip(check.results, others, strict=True)
    return [Card(address_of(check, result), check, result, *rest) for result, rest in rows]


def axis_of(cards: Sequence[Card]) -> tuple[float, float]:
    """Return the first and the last year of the axis that the charts of a document share.

    It is that of the document's own time, and of baselines not long before it.
    """
    entry = cards[0].check.document.entry
    firsts = [card.course.knots[0][0] for card in cards if len(card.course.knots) > 1]
    firsts = firsts or [spot.time for card in cards for spot in card.course.spots]
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


def drawn_of(card: Card, axis: tuple[float, float], name: str = "") -> str:
    """Return the chart of a card, nothing where there is nothing to draw; with a ``name`` it stands alone."""
    course = card.course
    if not course.spots and len(course.knots) < 2:
        return ""
    return chart(course, _span(course, axis), card.result.unit or "", _places(card), name)


def _places(card: Card) -> int:
    return latest_and_target(card.result, card.basis, "en")[2]


def card_html(card: Card, axis: tuple[float, float]) -> str:
    """Return a card; ``axis`` are the years that all charts show."""
    result, places = card.result, _places(card)
    told = in_each(lambda lang: sentence(result, card.basis, lang, is_behind=card.place in _BEHIND))
    heading = in_each(card.heading)
    drawn = drawn_of(card, axis)
    points = table_of(lambda lang: course_table(card.course, result.unit, places, lang))
    behind = f"<details><summary>{on_page('data')}</summary>{points}</details>" if drawn else ""
    facts = facts_html(result, card.basis, places, is_ahead=card.course.fan is not None)
    named = html_text(card.id)
    return (
        f'<article id="{named}" data-of="{named}"{_facets(card)}><h3>{sign(card.place)} {heading}'
        f' <a class="here" href="#{named}" aria-labelledby="{named}">#</a></h3>'
        f"<figure>{drawn}<figcaption>{told}</figcaption></figure><dl>{facts}</dl>"
        f"{behind}</article>"
    )


def _facets(card: Card) -> str:
    """Return by what a card is found and sorted."""
    result = card.result
    both = f"{result.name_zh} {result.name_en} {card.basis.target.quote} {result.indicator}"
    facets = {
        "status": result.status,
        "rank": str(card.rank),
        "group": card.group,
        "department": "、".join(["", *result.departments, ""]),
        "region": result.region,
        "obligation": result.obligation or "",
        "text": both.lower(),
        "lead": "" if result.lead is None else repr(result.lead),
    }
    return "".join(f' data-{name}="{html_text(text)}"' for name, text in facets.items())


def course_table(course: Course, unit: str | None, places: int, lang: Lang) -> Table:
    """Return what a chart shows as a table: baseline, milestones and target, and the values known."""
    last = len(course.knots) - 1
    old = term(words.PAGE, "replaced", lang)
    rows = [(time, 0, f"{time:g}", old, "", value, "") for time, value in course.replaced]
    for n, (time, value) in enumerate(course.knots):
        mark = "target" if n == last else "milestone" if n else "baseline"
        rows.append((time, 0, f"{time:g}", term(words.MARKS, mark, lang), "", value, ""))
    for spot in course.spots:
        quality = " ".join(terms(words.FLAGS, (QUALITY[c] for c in spot.letters), lang))
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
    name = in_each(card.heading)
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
    return in_each(term_of(words.REASONS, reason))


def chip_sign(card: Card) -> str:
    """Return the sign of a card with its status in words for those who do not see it."""
    word = in_each(status_of(card.result.status))
    return f'{sign(card.place)}<span class="unseen">{word} </span>'
