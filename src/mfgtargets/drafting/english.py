"""Targets in the sentences of an English text."""

import re
from collections.abc import Iterator

from mfgtargets.document.kinds import Comparator, Direction, Kind
from mfgtargets.drafting.found import Found, Omitted
from mfgtargets.drafting.outline import Outline, Paragraph, Places
from mfgtargets.drafting.years import Years

_SENTENCE = re.compile(r"(?:[^.;!?]|\.(?=[0-9A-Za-z]))+")
_BY = re.compile(
    r"\b(?P<cue>by|until|before|in|to|for)(?: the)?(?: (?:end|year|close))?(?: of)?(?: (?:January|February|March|April|May|June|July|August|September|October|November|December))?(?: the year)? (?P<year>20[0-9]{2})\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?:compared (?:with|to)|relative to|from|below|above|against|on|over|versus)(?: the| its| their)?(?: levels? (?:of|in))? ((?:19|20)[0-9]{2})\b(?! to)"
)
_BEFORE: dict[str, Comparator] = {
    "at least": "ge", "no less than": "ge", "not less than": "ge", "a minimum of": "ge", "minimum of": "ge", "≥": "ge",
    "more than": "gt", "over": "gt", "above": "gt", "exceed": "gt", "exceeding": "gt", "exceeds": "gt", ">": "gt", "greater than": "gt",
    "up to": "le", "no more than": "le", "not more than": "le", "at most": "le", "a maximum of": "le", "≤": "le",
    "less than": "lt", "below": "lt", "under": "lt", "fewer than": "lt", "<": "lt",
    "around": "approx", "about": "approx", "approximately": "approx", "some": "approx", "nearly": "approx", "almost": "approx", "roughly": "approx",
}  # fmt: skip
_CUES = "|".join(re.escape(cue) for cue in sorted(_BEFORE, key=len, reverse=True))
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_WRITTEN = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "twenty": 20,
}
_QUANTITY = re.compile(
    rf"(?:\b(?P<before>{_CUES}) (?:a |an )?(?:further |additional |total of )?)?(?P<money>€|£|\$|US\$|EUR |USD |RMB |GBP )?"
    rf"(?<![0-9.,A-Za-z/-])(?!(?:19|20)[0-9]{{2}}\b(?!,[0-9]| ?(?:%|per cent|percent|million|billion)))(?P<low>{_NUMBER})(?:(?: to |-|–)(?P<high>{_NUMBER})(?= ?(?:%|per cent|percent)))? ?(?P<unit>%|per cent|percent|percentage points|pp\b|(?:million|billion|trillion|thousand|bn|m)\b|[GMkT]Wh?\b|Mt\b|Gbps\b|Mbps\b|tonnes\b|hectares\b|km\b)?"
    rf"(?P<and>,? or (?:more|above|higher)\b| or (?:less|below)\b)?"
)
_SPELLED = re.compile(rf"\b(?P<number>{'|'.join(_WRITTEN)}) (?=[a-z])", re.IGNORECASE)
_MULTIPLE = re.compile(
    r"\b(?P<word>doubl(?:e|ing)|tripl(?:e|ing)|quadrupl(?:e|ing)|halv(?:e|ing)|half of|twofold|threefold)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?P<word>all|every) (?!of |the |other |policies|measures|relevant|necessary|areas? of|parties|stages|sectors|levels|forms)[a-z][a-z -]{2,60}? (?:is|are|have|has|will be|will have|being) (?:covered|connected|access|able|equipped|served|online)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\bhas,? (?:by (?P<year>20[0-9]{2}),? )?(?:its|the) (?P<word>first) [a-z]", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:increas|reduc|cut|reach|achiev|rais|lower|grow|creat|build|deliver|train|install|expand|deploy|establish|support|attract|ensur|secur|support|upgrad|launch|set up|recruit|employ|complet|generat|produc|develop|open|bring|decreas|improv|add|provid|target|aim|goal|attain|keep|maintain|limit|hold|fall|rise|exceed|plant|restor|retrofit|certif|register|adopt|connect|at least|more than|will be|shall be|to be|will have|doubl|invest)",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|has (?:been|grown|increased|fallen|risen|reached|already)|have (?:been|grown|increased|fallen|risen|reached|already)|currently|today|at present|since (?:19|20)[0-9]{2}|last year|accounted for|accounts for|stood at|in recent years|estimated at|there are|we have|already|grew|rose|fell|employs|contributes|contributed|represents|as of)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(?:fund(?:ing|ed|s)?|grants?|budget|subsid\w+|invest(?:ed|ing)?|loans?|allocat\w+|spend\w*|worth|cost|fees?|reward|bonus|voucher|rebate|award\w*|reimburs\w+|eligible|penalt\w+|fine)\b",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    r"(?:' means|(?<=”) means|\beligib\w+|\b(?:undertaking|employing|threshold|applicants?|Regulation|Directive|valued at|turnover (?:of|above|below)|defined|qualif\w+|per applicant|(?:firms|businesses|companies|enterprises) with|available (?:for|to)|must have|maximum grant)\b)"
)
_REFERENCE = re.compile(
    r"(?:Article|Articles|Chapter|Section|Annex|No\.?|Regulation|Directive|point|Figure|Table|page|paragraph|Part|Phase|Goal|SDG|Industry|aged|ages|Horizon|version|Scope|Tier|Pillar|Action|Objective|Priority|Target|Step|Stage|COVID|Covid|Agenda|Vision|Strategy|Plan|G|Made in China) ?\Z"
)
_FALLS = re.compile(r"\b(?:reduc|cut|lower|decreas|fall|halv|declin|drop|curb)", re.IGNORECASE)
_RISES = re.compile(r"\b(?:increas|grow|rais|rise|expand|improv|boost|growth)", re.IGNORECASE)
_YEARLY = re.compile(
    r"\b(?:per year|per annum|annually|each year|every year|a year|yearly|annual)\b", re.IGNORECASE
)
_FROM = re.compile(
    rf"\bfrom (?:the |around |about |approximately )?[€£$]?(?P<base>{_NUMBER}) ?(?:%|per cent|percent|million|billion)?(?:[^0-9]{{0,30}}(?:in|of) \(?(?P<year>20[0-9]{{2}})\)?,?)?(?: [a-z]+){{0,3}}? to (?:around |about |at least |over |more than |approximately )?[€£$]?\Z",
    re.IGNORECASE,
)
_BY_AMOUNT = re.compile(
    r"\bby (?:around |about |at least |over |more than |a further |up to |approximately |an additional )?\Z",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\b(?:new|additional|further|extra|more)\b")
_UNITS = {
    "per cent": "%",
    "percent": "%",
    "percentage points": "个百分点",
    "pp": "个百分点",
    "bn": "billion",
    "m": "million",
}
_MONTHS = re.compile(
    r"\A ?(?:January|February|March|April|May|June|July|August|September|October|November|December|years?|months?|days?|weeks?|hours?|th\b|st\b|nd\b|rd\b|-year)"
)
_LEADS = re.compile(
    r"^(?:[-•>*\s]*(?:\([a-z0-9]{1,4}\)|[0-9]{1,2}[.)])?\s*)(?:(?:and|or|by|to|with|that|which|the|we will|we aim to)\s+)*",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"; |, (?:and |while |with |including )|: |\band (?=(?:all|at least|more than|to |increase|reduce|create|[0-9]))"
)


def english(outlined: Outline, years: Years, places: Places) -> Iterator[Found | Omitted]:
    """Yield the targets of the paragraphs, and the numbers that are none with the reason."""
    carried: tuple[int, int] | None = None
    for paragraph in outlined.paragraphs:
        if carried and paragraph.level < carried[0]:
            carried = None
        year = carried[1] if carried else None
        for match in _SENTENCE.finditer(paragraph.text):
            named = _ahead(match[0], years)
            yield from _sentence(
                paragraph, match.start(), match[0], named or year, bool(named), years, places
            )
        named = _ahead(paragraph.text, years)
        if named and (paragraph.text.rstrip().endswith(":") or paragraph.level < 9):
            carried = (3 if paragraph.level == 9 else paragraph.level, named)


def _ahead(text: str, years: Years) -> int | None:
    """Return the last year that a sentence aims at."""
    found = [int(m["year"]) for m in _BY.finditer(text) if m["cue"].lower() != "for"]
    ahead = [year for year in found if years.is_ahead(year) and year != years.published]
    return ahead[-1] if ahead else None


def _sentence(
    paragraph: Paragraph,
    at: int,
    text: str,
    year: int | None,
    named: bool,
    years: Years,
    places: Places,
) -> Iterator[Found | Omitted]:
    reason = (
        "condition"
        if _DEFINED.search(text)
        else "past"
        if _PAST.search(text) and not named
        else None
    )
    parts = [0, *(m.end() for m in _BOUND.finditer(text)), len(text)]
    for start, end in zip(parts, parts[1:], strict=False):
        part = text[start:end]
        for span, value, unit, comparator, word, high in _numbers(part):
            led, behind = part[: span[0]], part[span[1] :]
            own = _ahead(part, years) or year
            bad = reason or _trap(led, behind, unit, word, own, text, part)
            if bad:
                yield Omitted(places.clause(paragraph, at + start, at + end), bad)
                continue
            lead = _LEADS.match(part)
            begin = start + (lead.end() if lead else 0)
            stop = start + len(part.rstrip(" ,;:"))
            kind, direction, base = _kind(led, behind, unit, word)
            named_base = _FROM.search(led)
            rest = re.sub(r"\s+", " ", text[begin:stop]).strip()
            yield Found(
                clause=places.clause(paragraph, at + begin, at + max(stop, begin + 1)),
                name=_BY.sub("", rest).strip(" ,;:")[:80] or rest[:80],
                kind=kind,
                comparator=comparator
                if not (direction == "down" and kind == "level" and comparator in {"ge", "gt"})
                else "eq",
                value=value,
                value_high=high,
                unit=unit or _noun(behind),
                year=own or years.end,
                start=years.start,
                direction=direction,
                baseline_year=int(named_base["year"])
                if named_base and named_base["year"]
                else base,
                baseline_value=float(named_base["base"].replace(",", "")) if named_base else None,
                section=paragraph.section,
                doubts=(() if own else ("year",)) + (("kind",) if kind == "increment" else ()),
            )


def _numbers(
    text: str,
) -> Iterator[tuple[tuple[int, int], float, str | None, Comparator, str, float | None]]:
    """Yield the numbers of a clause: span, value, unit, comparator, the word that stood for it, upper end."""
    for match in _QUANTITY.finditer(text):
        low, unit = match["low"], match["unit"]
        if (
            _REFERENCE.search(text[: match.start("low")])
            or (text[match.end() : match.end() + 1] in {"/", "-", ")"} and not unit)
            or (low.startswith("0") and "." not in low)
        ):
            continue
        value = float(low.replace(",", ""))
        high = float(match["high"].replace(",", "")) if match["high"] else None
        comparator: Comparator = (
            "range"
            if high
            else _BEFORE.get((match["before"] or "").lower())
            or (
                "eq"
                if not match["and"]
                else "ge"
                if re.search("more|above|higher", match["and"])
                else "le"
            )
        )
        unit = _UNITS.get(unit or "", unit)
        if match["money"]:
            unit = f"{unit or ''} {match['money'].strip()}".strip()
        end = match.start() + len(match[0].rstrip())
        yield (
            (match.start(), end),
            value,
            unit,
            comparator,
            "",
            high if high and high > value else None,
        )
    for match in _SPELLED.finditer(text):
        yield (
            match.span("number"),
            float(_WRITTEN[match["number"].lower()]),
            None,
            _led_by(text, match.start()),
            "spelled",
            None,
        )
    for match in _MULTIPLE.finditer(text):
        word = match["word"].lower()
        value, unit = (
            (50.0, "%")
            if word.startswith("hal")
            else (3.0, "倍")
            if word.startswith(("tripl", "three"))
            else (4.0, "倍")
            if word.startswith("quad")
            else (2.0, "倍")
        )
        yield match.span(), value, unit, _led_by(text, match.start()), word, None
    for match in _ALL.finditer(text):
        yield match.span(), 100.0, "%", "eq", "all", None
    for match in _FIRST.finditer(text):
        yield match.span("word"), 1.0, None, "ge", "first", None


def _led_by(text: str, at: int) -> Comparator:
    """Return the comparator that ends before a place."""
    before = text[max(0, at - 16) : at].lower().rstrip()
    return next((found for cue, found in _BEFORE.items() if before.endswith(cue)), "eq")


def _trap(
    led: str, behind: str, unit: str | None, word: str, year: int | None, text: str, part: str
) -> str | None:
    """Return why a number is no target; None where it is one."""
    if not unit and not word and (_MONTHS.match(behind) or not re.match(r" [A-Za-z]", behind)):
        return "no-unit"
    if re.match(r" ?(?:years?|months?|days?|weeks?|hours?|minutes?)\b", behind):
        return "duration"
    if _MONEY.search(text) and (unit or "").endswith(("€", "£", "$", "EUR", "USD", "RMB", "GBP")):
        return "spent"
    if word == "spelled" and not (
        year
        and re.search(
            r"\b(?:establish|creat|build|set up|launch|develop|deliver|at least|open|deploy)",
            part,
            re.IGNORECASE,
        )
    ):
        return "no-verb"
    if re.search(r"\bfrom (?:around |about |the )?[€£$]?\Z", led):
        return "base"
    if year is None:
        return (
            None
            if _VERB.search(led)
            and re.search(
                r"\b(?:target|aim|will|shall|goal|objective|to (?:reach|increase|reduce))\b",
                text,
                re.IGNORECASE,
            )
            else "no-year"
        )
    return None if _VERB.search(part) or word or unit == "%" else "no-verb"


def _kind(led: str, behind: str, unit: str | None, word: str) -> tuple[Kind, Direction, int | None]:
    """Return kind, direction and the year compared with."""
    since = _SINCE.search(behind)
    base = int(since[1]) if since else None
    falls = bool(_FALLS.search(led)) and "emission-free" not in led
    if unit == "倍":
        return "multiple", "up", base
    if word.startswith("hal") and word != "half of":
        return "cumulative_change", "down", base
    direction: Direction = "down" if falls else "up"
    by_amount = _BY_AMOUNT.search(led) and (falls or _RISES.search(led))
    if (
        unit == "%"
        and _YEARLY.search(behind[:40] + led[-40:])
        and (falls or _RISES.search(led + behind))
    ):
        return "growth_rate", direction, None
    if unit == "%" and (
        by_amount
        or (since and (falls or _RISES.search(led)))
        or re.match(r" ?(?:reduction|increase|cut|decrease|growth)", behind)
    ):
        return (
            "cumulative_change",
            "down" if re.match(r" ?(?:reduction|cut|decrease)", behind) else direction,
            base,
        )
    if unit != "%" and _YEARLY.search(behind):
        return "annual_flow", "up", None
    if (
        unit == "个百分点"
        or (by_amount and not falls)
        or (unit != "%" and _ADDED.search(behind[:24]))
    ):
        return "increment", "up", None
    return "level", direction if falls else "up", None


def _noun(behind: str) -> str | None:
    """Return the things that are counted, where one word names them."""
    match = re.match(
        r" (?:(?:new|additional|extra|further|more) )*((?:[a-z-]+ )?[a-z-]+s)\b", behind
    )
    return match[1] if match else None
