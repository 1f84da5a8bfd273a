"""Targets in the sentences of a Chinese text."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mfgtargets.drafting.cues import Spot, grant, is_set, last_verb, says_what, trap
from mfgtargets.drafting.found import Found, Omitted
from mfgtargets.drafting.kinds import judged
from mfgtargets.drafting.names import cleared, end_of, names_of, whole
from mfgtargets.drafting.outline import MARKER, Outline, Paragraph, Places
from mfgtargets.drafting.quantities import quantities
from mfgtargets.drafting.relative import Relative, relative
from mfgtargets.drafting.years import Aim, Years, aims, base_beside, base_year, is_past

_SENTENCE = re.compile(r"[^。;!?|]{1,2000}[。;!?|]?")  # nobody writes longer ones
_REVIEW = re.compile(
    r"发展基础|基本情况|发展现状|现实基础|主要成[就效]|取得.{0,6}成[就效]|面临.{0,4}(?:形势|问题|挑战"
    r"|机遇)|(?:执行|完成)情况\Z|发展形势|形势(?:分析|要求)?\Z|回顾|发展环境|背景|附则|名词解释"
)
_HEDGE = re.compile(r"力争|基本|努力|预计|原则上|争取|左右")
_FROM = re.compile(r"(?:由|从)(?:(?P<year>20[0-9]{2})年的?)?\Z")
_YEARLY = re.compile(r"每年(?!增长)|每年度|年均(?=新|净|培|引|实|举|完|建|投|发)|每[两三]年")
_DATED = re.compile(r"(?:——|(?:力争)?(?:到|至)?20[0-9]{2}年(?:底|末)?,?)")
_TITLE, _OPENING, _LOWEST = 36, 40, 5  # characters of titles, of lines that open lists; their level


class State(NamedTuple):
    """What a sentence carries from clause to clause.

    The year aimed at, whether it is from before the sentence, and from afar; whether each year is meant; the
    words that led to the number before, its name, and where a change starts from.
    """

    aim: Aim | None
    inherited: bool = True
    from_afar: bool = False
    yearly: bool = False
    led: str = ""
    listed: bool = False
    name: str = ""
    base: tuple[int | None, float] | None = None


class Sentence(NamedTuple):
    """A sentence, and where it stands."""

    text: str
    at: int
    paragraph: Paragraph
    named: list[Aim]


def prose(outlined: Outline, years: Years, places: Places) -> Iterator[Found | Omitted]:
    """Yield the targets of the paragraphs, and the numbers that are none with the reason."""
    carried: tuple[int, Aim] | None = None  # a year that a heading aims at, and its level
    review = 0  # the level of a heading that looks back
    only = years.end if years.start == years.end else None
    whole = Aim(0, only, only, True) if only else None  # a plan of one year aims at it throughout
    for paragraph in outlined.paragraphs:
        level, text = paragraph.level, paragraph.text
        review = 0 if level <= review else review
        aims_at = "目标" in paragraph.section and "完成" not in paragraph.section
        if level <= _LOWEST and not aims_at and _REVIEW.search(text[:26].split("。")[0]):
            review = review or level
        carried = None if carried and level <= carried[0] else carried
        last = carried[1] if carried else None
        own = None
        for match in _SENTENCE.finditer(text):
            sentence = Sentence(match[0], match.start(), paragraph, aims(match[0], years))
            state = State(own or last or whole, from_afar=own is None)
            yield from _sentence(sentence, state, years, places, review > 0)
            own = next((aim for aim in reversed(sentence.named) if aim.is_aim), own)
        opens = text.endswith(":") or len(text) <= _OPENING or "目标" in text[:26]
        if own is not None and opens:
            carried = (min(level, _LOWEST) if level <= _LOWEST else 2, own)


def _sentence(
    sentence: Sentence, state: State, years: Years, places: Places, review: bool
) -> Iterator[Found | Omitted]:
    aimed = any(aim.is_aim for aim in sentence.named)
    past = review or (is_past(sentence.text) and not aimed)
    is_told = False  # what follows a year that is no aim is of that year too
    marker = MARKER.match(sentence.text) if sentence.at == 0 else None
    for start, end in _clauses(sentence.text, marker.end() if marker else 0):
        clause = sentence.text[start:end]
        inside = [aim for aim in sentence.named if start <= aim.at < end]
        if inside:
            aim = inside[-1] if inside[-1].is_aim else None
            is_told = aim is None
            state = state._replace(aim=aim, inherited=False, from_afar=False, yearly=False)
        again = state.yearly and not last_verb(
            clause
        )  # what is listed behind 每年 is of each year too
        state = state._replace(yearly=again or bool(_YEARLY.search(clause)))
        is_old = past or is_told
        beside = relative(clause) if state.aim and not is_old else None
        if beside:
            yield _relative(sentence, start, clause, beside, state, years, places)
            continue
        for spot, beside_it in _with_bases(_spots(clause, in_title=_in_title(sentence))):
            base = _FROM.search(spot.led)
            if base and not is_old:
                year = int(base["year"]) if base["year"] else None
                name = cleared(spot.led[: base.start()])
                state = state._replace(base=(year, spot.one.value), name=name)
                continue
            bad = "past" if is_old else _bad(sentence, spot, state, bool(inside))
            if bad:
                whole = places.clause(sentence.paragraph, sentence.at + start, sentence.at + end)
                yield Omitted(whole, bad)
                continue
            own = _own_aim(sentence, spot, start, inside)
            led = spot.led if says_what(spot) else state.led
            state = state._replace(led=led, listed=True, aim=own or state.aim)
            for target in _targets(sentence, start, spot, state, years, places):
                state = state._replace(name=target.name)
                yield target._replace(**beside_it)
            state = state._replace(base=None)


def _clauses(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a sentence, from a place on, between commas outside brackets and numbers."""
    depth = 0
    for at, sign in enumerate(text[start:], start):
        depth = max(0, depth + (sign in "(《") - (sign in ")》"))
        in_number = text[at - 1 : at].isdigit() and text[at + 1 : at + 4].isdigit()
        if (sign == "," and depth == 0 and not in_number) or sign in "。;!?|":
            if at > start:
                yield start, at
            start = at + 1
    if start < len(text):
        yield start, len(text)


def _in_title(sentence: Sentence) -> bool:
    """Tell whether a sentence is the title that a paragraph begins with."""
    begins = sentence.at == 0 and sentence.paragraph.level <= _LOWEST
    return begins and len(sentence.text) <= _TITLE


def _spots(clause: str, *, in_title: bool) -> Iterator[Spot]:
    """Yield the numbers of a clause; one within the name of the next does not part its words.

    A title has no numbers in words: they name the work (百项工程), not its size.
    """
    found = [one for one in quantities(clause) if not (in_title and one.word)]
    begin = 0
    for index, one in enumerate(found):
        spot = Spot(clause, begin, one, tuple(found[index + 1 :]))
        yield spot
        if trap(spot, inherited=False) != "attribute":
            begin = one.end


def _with_bases(spots: Iterable[Spot]) -> Iterator[tuple[Spot, dict[str, Any]]]:
    """Yield numbers with the baseline that stands in brackets behind, which is no number of its own."""
    is_base = False
    for spot in spots:
        following = spot.rest[0] if spot.rest else None
        year = None
        if following is not None:
            year = base_beside(spot.clause, spot.one.end, following.start)
        if not is_base:
            beside = (
                {"baseline_year": year, "baseline_value": following.value}
                if following and year
                else {}
            )
            yield spot, beside
        is_base = year is not None


def _bad(sentence: Sentence, spot: Spot, state: State, dated: bool) -> str | None:
    """Return why a number is no target; None where it is one."""
    aimed = state.aim is not None
    bad = grant(sentence.text, spot, state.yearly or dated) or trap(
        spot, state.inherited or not aimed
    )
    if bad:
        return bad
    told = is_set(
        spot, aimed=aimed, inherited=state.inherited, yearly=state.yearly, listed=state.listed
    )
    return None if told else "no-verb"


def _own_aim(sentence: Sentence, spot: Spot, start: int, inside: list[Aim]) -> Aim | None:
    """Return the year of one number among several: its own of a list, or the last before it."""
    at = start + spot.one.start
    before = [aim for aim in sentence.named if aim.at <= at and aim.is_aim]
    count = len(quantities(spot.clause))
    own = [aim for aim in inside if aim in before]
    named = own or before
    if "分别" in spot.clause and 1 < len(named) == count:
        return named[count - 1 - len(spot.rest)]
    return own[-1] if own and len(inside) > 1 else None


def _targets(
    sentence: Sentence, start: int, spot: Spot, state: State, years: Years, places: Places
) -> Iterator[Found]:
    """Yield the target of a number, one for each name that shares it."""
    one, clause = spot.one, spot.clause
    aim, words = state.aim, _words(spot, state)
    of_a_year = bool(
        aim and aim.start == aim.year and (aim.year != years.end or aim.year == years.start)
    )
    result = judged(
        state.led,
        words,
        one.unit,
        one.comparator,
        one.word,
        yearly=state.yearly,
        of_a_year=of_a_year,
    )
    if result is None:
        return
    year = aim.year if aim else years.end
    averaged = "年均" in words and aim is not None and aim.start == aim.year
    doubt = ("year",) if aim is None else ("year-inherited",) if state.from_afar else ()
    of_period = result.kind == "cumulative_change" and aim and aim.start and aim.start < aim.year
    period_base = aim.start - 1 if aim and aim.start and of_period else None
    base, base_value = state.base or (base_year(clause) or period_base, None)
    begin, end = _span(spot, state)
    at = sentence.at + start
    found = Found(
        clause=places.clause(sentence.paragraph, at + begin, at + end),
        name="",
        kind=result.kind if state.base is None else "level",
        comparator=one.comparator,
        value=one.value,
        value_high=one.value_high,
        unit=one.unit,
        year=year,
        start=years.start if aim is None or not aim.start or averaged else aim.start,
        direction=result.direction,
        hold=result.hold,
        baseline_year=base,
        baseline_value=base_value,
        hedge=tuple(dict.fromkeys(_HEDGE.findall(clause[: one.end]))),
        section=sentence.paragraph.section,
        doubts=(*result.doubts, *doubt),
    )
    for name in names_of(spot):
        changes = result.kind in {"growth_rate", "cumulative_change"}
        told = whole(name, state.name, changes=changes) if state.base is None else state.name
        yield found._replace(name=told or clause[:40])


def _relative(
    sentence: Sentence,
    start: int,
    clause: str,
    beside: Relative,
    state: State,
    years: Years,
    places: Places,
) -> Found:
    """Return the target of a clause that compares with another indicator."""
    lead = _DATED.match(clause)
    at = sentence.at + start
    return Found(
        clause=places.clause(
            sentence.paragraph, at + (lead.end() if lead else 0), at + len(clause)
        ),
        name=beside.name,
        kind="relative",
        comparator=None,
        value=None,
        unit=beside.unit,
        year=state.aim.year if state.aim else years.end,
        direction=beside.direction,
        start=state.aim.start if state.aim and state.aim.start else years.start,
        hold=beside.hold,
        hedge=beside.hedge,
        section=sentence.paragraph.section,
        doubts=("year-inherited",) if state.from_afar else (),
        benchmark=beside.benchmark,
    )


def _words(spot: Spot, state: State) -> str:
    """Return the words that say what kind a number is of, those before the list among them."""
    if spot.begin == 0:
        return spot.before
    earlier = spot.clause[: spot.begin]
    shared = "分别" in spot.clause or ("年均" in earlier and not last_verb(spot.led))
    return spot.before if shared else state.led + spot.led


def _span(spot: Spot, state: State) -> tuple[int, int]:
    """Return the characters of a clause that state the target of a number."""
    one, led = spot.one, spot.led
    if "分别" in spot.before:
        return 0, max(one.end, spot.rest[-1].end if spot.rest else 0)
    if state.base is not None:
        return 0, one.end
    begin = spot.begin + len(led) - len(led.lstrip("、和与及以,"))
    lead = _DATED.match(spot.clause[begin : one.start])
    return begin + (lead.end() if lead else 0), end_of(spot)
