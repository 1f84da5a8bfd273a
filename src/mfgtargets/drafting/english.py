"""Targets in the sentences of an English text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from mfgtargets.document.kinds import Direction, Kind
from mfgtargets.drafting.amounts import NUMBER, Amount, amounts, number
from mfgtargets.drafting.englishcues import BY, LEADS, YEARLY, trap
from mfgtargets.drafting.found import Clause, Found, Omitted
from mfgtargets.drafting.outline import Outline, Paragraph, Places
from mfgtargets.drafting.subjects import subject
from mfgtargets.drafting.years import Years

_SENTENCE = re.compile(r"(?:[^.;!?]|\.(?=[0-9A-Za-z])){1,2000}")  # nobody writes longer ones
_SINCE = re.compile(
    r"(?:compared (?:with|to)|relative to|from|below|above|against|on|over|versus|than in)(?: the| its"
    r"| their)?(?: levels? (?:of|in))? ((?:19|20)[0-9]{2})\b(?! to)"
)
_PAST = re.compile(
    r"\b(?:was|were|had|has (?:been|grown|increased|fallen|risen|reached|already)|have (?:been|grown"
    r"|increased|fallen|risen|reached|already)|currently|today|at present|since (?:19|20)[0-9]{2}"
    r"|last year|accounted for|accounts for|stood at|in recent years|estimated at|there are|we have"
    r"|already|grew|rose|fell|employs|contributes|contributed|represents|as of)\b",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    r"(?:' means|(?<=”) means|\beligib\w+|\b(?:undertaking|employing|threshold|applicants?|Regulation"
    r"|Directive|valued at|turnover (?:of|above|below)|defined|qualif\w+|per applicant|(?:firms"
    r"|businesses|companies|enterprises) with|available (?:for|to)|must have|maximum grant)\b)"
)
_FALLS = re.compile(r"\b(?:reduc|cut|lower|decreas|fall|halv|declin|drop|curb)", re.IGNORECASE)
_RISES = re.compile(r"\b(?:increas|grow|rais|rise|expand|improv|boost|growth)", re.IGNORECASE)
_FROM = re.compile(
    rf"\bfrom (?:the |around |about |approximately )?[€£$]?(?P<base>{NUMBER}) ?(?:%|per cent|percent"
    rf"|million|billion)?(?:[^0-9]{{0,30}}(?:in"
    rf"|of) \(?(?P<year>20[0-9]{{2}})\)?,?)?(?: [a-z]+){{0,3}}? to (?:around |about |at least |over "
    rf"|more than |approximately )?[€£$]?\Z",
    re.IGNORECASE,
)
_BY_AMOUNT = re.compile(
    r"\bby (?:around |about |at least |over |more than |a further |up to |approximately |an additional )?\Z",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\b(?:new|additional|further|extra|more)\b")
_BOUND = re.compile(
    r"; |, (?:and |while |with |including )|: "
    r"|(?<!between [0-9] )(?<!between [0-9]{2} )(?<!between [0-9]{3} )"
    r"\band (?=(?:that|all|at least|more than|to |increase|reduce|create|[0-9]))"
)
_NAMED_FALL, _NAMED_RISE = (
    re.compile(r" ?(?:reduction|cut|decrease|lower|less than|below)"),
    re.compile(r" ?(?:increase|growth|higher)"),
)
_LONGEST = 80


def english(outlined: Outline, years: Years, places: Places) -> Iterator[Found | Omitted]:
    """Yield the targets of the paragraphs, and the numbers that are none with the reason."""
    carried: tuple[int, int] | None = None  # the level of a heading and the year it aims at
    for paragraph in outlined.paragraphs:
        text = paragraph.text
        if carried and paragraph.level < carried[0]:
            carried = None
        year = carried[1] if carried else None
        for match in _SENTENCE.finditer(text):
            yield from _sentence(paragraph, match.start(), match[0], year, years, places)
        named = _ahead(text, years)
        if named and (text.rstrip().endswith(":") or paragraph.level < 9):
            carried = (min(paragraph.level, 3), named)


def _ahead(text: str, years: Years, place: int = -1) -> int | None:
    """Return the last year that words aim at, or the one in another place."""
    found = [int(m["year"]) for m in BY.finditer(text) if m["cue"].lower() != "for"]
    ahead = [year for year in found if years.is_ahead(year) and year != years.published]
    return ahead[place] if ahead else None


def _sentence(
    paragraph: Paragraph, at: int, text: str, carried: int | None, years: Years, places: Places
) -> Iterator[Found | Omitted]:
    named = _ahead(text, years)
    past = _PAST.search(text) and not named
    reason = "condition" if _DEFINED.search(text) else "past" if past else None
    for start, end in pairwise([0, *(m.end() for m in _BOUND.finditer(text)), len(text)]):
        part = text[start:end]
        lead = LEADS.match(part)
        begin = lead.end() if lead else 0
        found = [one for one in amounts(part) if one.start >= begin]
        found.sort(key=lambda one: one.start)
        name, since = "", begin
        for index, one in enumerate(found):
            behind = part[one.end : found[index + 1].start if found[index + 1 :] else None]
            own = _ahead(behind, years, 0) or _ahead(part[: one.start], years)
            year = own or _ahead(part, years) or named or carried
            bad = reason or trap(text, part, one, year, years)
            if bad:
                yield Omitted(places.clause(paragraph, at + start, at + end), bad)
                continue
            stop = max(begin + 1, len(part.rstrip(" ,;:")))
            led, after = (BY.sub("", part[a:b]) for a, b in ((since, one.start), (one.end, stop)))
            told = one.word in {"all", "first"}
            name = part[begin:stop] if told else subject(led, after, name)
            since = one.end
            clause = places.clause(paragraph, at + start + begin, at + start + stop)
            yield _target(
                text[:start], part, one, clause, (name or part[begin:stop])[:_LONGEST]
            )._replace(
                year=year or years.end,
                start=years.start,
                section=paragraph.section,
                doubts=() if year else ("year",),
            )


def _target(before: str, part: str, one: Amount, clause: Clause, name: str) -> Found:
    """Return the target of a number; its year is still to be put in."""
    led, behind = part[: one.start], part[one.end :]
    verbs = (
        led if _FALLS.search(led) or _RISES.search(led) else before + led
    )  # cut A by 5% and B by 6%
    kind, direction, base = _kind(verbs, behind, one)
    since = _FROM.search(led)
    if since:
        base = int(since["year"]) if since["year"] else base
    against = kind == "level" and direction == "down" and one.comparator in {"ge", "gt"}
    return Found(
        clause=clause,
        name=name,
        kind=kind,
        comparator="eq" if against else one.comparator,
        value=one.value,
        value_high=one.value_high,
        unit=one.unit or _noun(behind),
        year=None,
        direction=direction,
        baseline_year=base,
        baseline_value=number(since["base"]) if since else None,
    )


def _kind(led: str, behind: str, one: Amount) -> tuple[Kind, Direction, int | None]:
    """Return kind, direction and the year compared with."""
    against = _SINCE.search(behind)
    base = int(against[1]) if against else None
    falls, rises = _FALLS.search(led), _RISES.search(led)
    changes, by_amount = bool(falls or rises), _BY_AMOUNT.search(led)
    direction: Direction = "down" if falls or _NAMED_FALL.match(behind) else "up"
    share = one.unit == "%"
    yearly = YEARLY.search(behind[:40]) or YEARLY.search(led[-40:])
    named = _NAMED_FALL.match(behind) or _NAMED_RISE.match(behind)
    halves = one.word.startswith("halv")
    rules: tuple[tuple[object, Kind, Direction], ...] = (
        (one.unit == "倍", "multiple", "up"),
        (halves, "cumulative_change", "down"),
        (share and yearly and (changes or _RISES.search(behind)), "growth_rate", direction),
        (share and changes and (by_amount or against), "cumulative_change", direction),
        (share and named, "cumulative_change", direction),
        (not share and YEARLY.search(behind), "annual_flow", "up"),
        (one.unit == "个百分点" or (by_amount and rises), "increment", "up"),
        (not share and _ADDED.search(behind[:24]), "increment", "up"),
        (True, "level", direction),
    )
    kind, way = next((kind, way) for holds, kind, way in rules if holds)
    return kind, way, base if kind in {"cumulative_change", "multiple"} else None


def _noun(behind: str) -> str | None:
    """Return the things that are counted, where a plural names them."""
    match = re.match(
        r" (?:(?:new|additional|extra|further|more) )*((?:[a-z-]+ )?[a-z-]+s)\b", behind
    )
    return match[1] if match else None
