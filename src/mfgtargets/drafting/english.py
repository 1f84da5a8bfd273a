"""Targets in the sentences of an English text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from mfgtargets.document.kinds import Direction, Kind
from mfgtargets.drafting.amounts import NUMBER, Amount, amounts, number
from mfgtargets.drafting.found import Clause, Found, Omitted
from mfgtargets.drafting.outline import Outline, Paragraph, Places
from mfgtargets.drafting.subjects import subject
from mfgtargets.drafting.years import Years

_SENTENCE = re.compile(r"(?:[^.;!?]|\.(?=[0-9A-Za-z])){1,2000}")  # nobody writes longer ones
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_BY = re.compile(
    r"\b(?P<cue>by|until|before|in|to|for|between 20[0-9]{2} and|(?:period|over|in|from) 20[0-9]{2} ?(?:-|–|to))"
    rf"(?: the)?(?: (?:end|year|close))?(?: of)?(?: (?:{_MONTH}))?(?: the year)? ?(?:FY ?)?(?P<year>20[0-9]{{2}})\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?:compared (?:with|to)|relative to|from|below|above|against|on|over|versus|than in)(?: the| its"
    r"| their)?(?: levels? (?:of|in))? ((?:19|20)[0-9]{2})\b(?! to)"
)
_VERB = re.compile(
    r"\b(?:increas|reduc|cut|reach|achiev|rais|lower|grow|creat|build|deliver|train|install|expand"
    r"|deploy|establish|support|attract|ensur|secur|support|upgrad|launch|set up|recruit|employ"
    r"|complet|generat|produc|develop|open|bring|decreas|improv|add|provid|target|aim|goal|attain|keep"
    r"|maintain|limit|hold|fall|rise|exceed|plant|restor|retrofit|certif|register|adopt|connect"
    r"|at least|more than|will be|shall be|to be|will have|doubl|invest)",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|has (?:been|grown|increased|fallen|risen|reached|already)|have (?:been|grown"
    r"|increased|fallen|risen|reached|already)|currently|today|at present|since (?:19|20)[0-9]{2}"
    r"|last year|accounted for|accounts for|stood at|in recent years|estimated at|there are|we have"
    r"|already|grew|rose|fell|employs|contributes|contributed|represents|as of)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(?:fund(?:ing|ed|s)?|grants?|budget|subsid\w+|invest(?:ed|ing)?|loans?|allocat\w+|spend\w*"
    r"|worth|cost|fees?|reward|bonus|voucher|rebate|award\w*|reimburs\w+|eligible|penalt\w+|fine)\b",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    r"(?:' means|(?<=”) means|\beligib\w+|\b(?:undertaking|employing|threshold|applicants?|Regulation"
    r"|Directive|valued at|turnover (?:of|above|below)|defined|qualif\w+|per applicant|(?:firms"
    r"|businesses|companies|enterprises) with|available (?:for|to)|must have|maximum grant)\b)"
)
_FALLS = re.compile(r"\b(?:reduc|cut|lower|decreas|fall|halv|declin|drop|curb)", re.IGNORECASE)
_RISES = re.compile(r"\b(?:increas|grow|rais|rise|expand|improv|boost|growth)", re.IGNORECASE)
_YEARLY = re.compile(
    r"\b(?:per year|per annum|annually|each year|every year|a year|yearly|annual)\b", re.IGNORECASE
)
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
_MONTHS = re.compile(
    rf"\A ?(?:{_MONTH}|years?|months?|days?|weeks?|hours?|th\b|st\b|nd\b|rd\b|-year)"
)
_LEADS = re.compile(
    r"^(?:[-•>*\s]*(?:and |or )?(?:\([a-z0-9]{1,4}\)|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?(?=\s))?\s*)"
    r"(?:(?:and|or|by(?! 20)|to|with|that|which|the|we will|we aim to)\s+)*",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"; |, (?:and |while |with |including )|: "
    r"|(?<!between [0-9] )(?<!between [0-9]{2} )(?<!between [0-9]{3} )"
    r"\band (?=(?:that|all|at least|more than|to |increase|reduce|create|[0-9]))"
)
_CURRENCIES = ("€", "£", "$", "EUR", "USD", "RMB", "GBP")
_DATED = re.compile(r"(?: (?!than\b)[a-zA-Z-]+){0,3} \(?in (20[0-9]{2})\b")
_FORECAST = re.compile(
    r"\b(?:projected|forecast|expected) to\b|\bunder current polic|\bbusiness[- ]as[- ]usual",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:conferences?|meetings?|sessions?|workshops?|participants|delegates)\b", re.IGNORECASE
)
_THROUGHOUT = re.compile(
    r"\b(?:throughout|over|during|by the end of) the (?:plan(?:ning)? )?period\b", re.IGNORECASE
)
_COST = re.compile(
    r"\b(?:cost|financ|fund)\w*\b[^.]*[€£$]|[€£$][^.]*\b(?:cost|financ|fund)", re.IGNORECASE
)
_SHORTER = re.compile(
    r"\b(?:fall|cut|reduc|shorten|lower|rais|increas|extend)\w*\b.*\bto \Z", re.IGNORECASE
)
_AMONG, _SHARE = re.compile(r"\b(?:for|in|across|among) \Z"), re.compile(r"[0-9] ?(?:%|per ?cent)")
_LENGTH = re.compile(r" ?(?:years?|months?|days?|weeks?|hours?|minutes?)\b")
_FOUNDS = re.compile(
    r"\b(?:establish|creat|build|set up|launch|develop|deliver|at least|open|deploy|complet|construct|commission"
    r"|operat)",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"\b(?:target|aim|will|shall|goal|objective|to (?:reach|increase|reduce))\b", re.IGNORECASE
)
_FROM_TO = re.compile(r"\bfrom [^,;]{1,40} to [€£$]?[0-9]")  # double from 2 to 4: one target, of 4
_THINGS = re.compile(
    r"\b(?:cit(?:y|ies)|towns?|municipalit\w+|buildings?|plants?|installations?|compan\w+|firms?|enterprises?"
    r"|employers?|farms?|vehicles?|ships?|schools?|areas?|freight|distances|journeys|trips|projects?|loads?)"
    r"(?: (?:of|with|having|employing))? \Z",
    re.IGNORECASE,
)
_START = re.compile(r"\bfrom (?:around |about |the )?[€£$]?\Z")
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
    found = [int(m["year"]) for m in _BY.finditer(text) if m["cue"].lower() != "for"]
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
        lead = _LEADS.match(part)
        begin = lead.end() if lead else 0
        found = [one for one in amounts(part) if one.start >= begin]
        found.sort(key=lambda one: one.start)
        name, since = "", begin
        for index, one in enumerate(found):
            behind = part[one.end : found[index + 1].start if found[index + 1 :] else None]
            own = _ahead(behind, years, 0) or _ahead(part[: one.start], years)
            year = own or _ahead(part, years) or named or carried
            bad = reason or _trap(text, part, one, year, years)
            if bad:
                yield Omitted(places.clause(paragraph, at + start, at + end), bad)
                continue
            stop = max(begin + 1, len(part.rstrip(" ,;:")))
            led, after = (_BY.sub("", part[a:b]) for a, b in ((since, one.start), (one.end, stop)))
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


def _trap(text: str, part: str, one: Amount, year: int | None, years: Years) -> str | None:
    """Return why a number is no target; None where it is one."""
    led, behind = part[: one.start], part[one.end :]
    bare = not one.unit and not one.word
    money = (one.unit or "").endswith(_CURRENCIES)
    share = one.unit == "%"
    verb = _VERB.search(part) or one.word or share or (one.unit and _VERB.search(text))
    dated, shorter = _DATED.match(behind), _SHORTER.search(led)
    asked = _VERB.match(_LEADS.sub("", part)) and _YEARLY.search(
        behind[:40]
    )  # create 500 jobs a year
    aimed = year or asked or _THROUGHOUT.search(part) or (_VERB.search(led) and _WILL.search(text))
    founded = share or shorter or (year and _FOUNDS.search(part))
    rules = (
        (_LENGTH.match(behind) and not shorter, "duration"),
        (dated and not years.is_ahead(int(dated[1])), "past"),
        (_FORECAST.search(part), "forecast"),
        (_MEETING.search(part), "general"),
        (bare and (_MONTHS.match(behind) or not re.match(r" [A-Za-z]", behind)), "no-unit"),
        ((money and _MONEY.search(text)) or (share and _COST.search(text)), "spent"),
        (one.word == "spelled" and not founded, "no-verb"),
        (_START.search(led) or (one.unit == "倍" and _FROM_TO.search(behind)), "base"),
        (one.comparator != "eq" and _THINGS.search(led), "attribute"),
        (bare and _AMONG.search(led) and _SHARE.search(led + behind), "attribute"),
        (not aimed, "no-year"),
        (not verb, "no-verb"),
    )
    return next((code for holds, code in rules if holds), None)


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
    yearly = _YEARLY.search(behind[:40]) or _YEARLY.search(led[-40:])
    named = _NAMED_FALL.match(behind) or _NAMED_RISE.match(behind)
    halves = one.word.startswith("halv")
    rules: tuple[tuple[object, Kind, Direction], ...] = (
        (one.unit == "倍", "multiple", "up"),
        (halves, "cumulative_change", "down"),
        (share and yearly and (changes or _RISES.search(behind)), "growth_rate", direction),
        (share and changes and (by_amount or against), "cumulative_change", direction),
        (share and named, "cumulative_change", direction),
        (not share and _YEARLY.search(behind), "annual_flow", "up"),
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
