"""What makes a number no target in an English clause, and the words that tell."""

import re

from mfgtargets.drafting.amounts import Amount
from mfgtargets.drafting.years import Years

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
BY = re.compile(
    r"\b(?P<cue>by|until|before|in|to|for|between 20[0-9]{2} and|(?:period|over|in|from) 20[0-9]{2} ?(?:-|–|to)"
    r"|from(?= 20[0-9]{2} on))"
    rf"(?: the)?(?: (?:end|year|close))?(?: of)?(?: (?:{_MONTH}))?(?: the year)? ?(?:FY ?)?(?P<year>20[0-9]{{2}})\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:increas|reduc|cut|reach|achiev|rais|lower|grow|creat|build|deliver|train|install|expand"
    r"|deploy|establish|support|attract|ensur|secur|support|upgrad|launch|set up|recruit|employ"
    r"|complet|generat|produc|develop|open|bring|decreas|improv|add|provid|target|aim|goal|attain|keep"
    r"|maintain|limit|hold|fall|rise|exceed|plant|restor|retrofit|certif|register|adopt|connect"
    r"|at least|more than|will be|shall be|to be|will have|doubl|invest)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(?:fund(?:ing|ed|s)?|grants?|budget|subsid\w+|invest(?:ed|ing)?|loans?|allocat\w+|spend\w*"
    r"|worth|cost|fees?|reward|bonus|voucher|rebate|award\w*|reimburs\w+|eligible|penalt\w+|fine)\b",
    re.IGNORECASE,
)
YEARLY = re.compile(
    r"\b(?:per year|per annum|annually|each year|every year|a year|yearly|annual)\b", re.IGNORECASE
)
_MONTHS = re.compile(
    rf"\A ?(?:{_MONTH}|years?|months?|days?|weeks?|hours?|th\b|st\b|nd\b|rd\b|-year)"
)
LEADS = re.compile(
    r"^(?:[-•>*\s]*(?:and |or )?(?:\([a-z0-9]{1,4}\)|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?(?=\s))?\s*)"
    r"(?:(?:and|or|by(?! 20)|to|with|that|which|the|we will|we aim to)\s+)*",
    re.IGNORECASE,
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
    r"\b(?:cost|financ|fund)\w*\b[^.]{0,60}[€£$]|[€£$][^.]{0,60}\b(?:cost|financ|fund)",
    re.IGNORECASE,
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
_FROM_TO = re.compile(
    r"(?:\bfrom [^,;]{1,40}|\A) to [€£$]?[0-9]"
)  # double from 2 to 4: one target, of 4
_THINGS = re.compile(
    r"\b(?:cit(?:y|ies)|towns?|municipalit\w+|buildings?|plants?|installations?|compan\w+|firms?|enterprises?"
    r"|employers?|farms?|vehicles?|ships?|schools?|areas?|freight|distances|journeys|trips|projects?|loads?)"
    r"(?: (?:of|with|having|employing))? \Z|\bwith an? [a-z -]{3,30} of \Z",
    re.IGNORECASE,
)
_START = re.compile(r"\b(?:from|compared (?:with|to)) (?:around |about |the )?[€£$]?\Z")


def trap(text: str, part: str, one: Amount, year: int | None, years: Years) -> str | None:
    """Return why a number is no target; None where it is one."""
    led, behind = part[: one.start], part[one.end :]
    bare = not one.unit and not one.word
    money = (one.unit or "").endswith(_CURRENCIES)
    share = one.unit == "%"
    dated_by = one.unit and year and BY.search(behind)
    verb = _VERB.search(part) or dated_by or one.word or share or (one.unit and _VERB.search(text))
    dated, shorter = _DATED.match(behind), _SHORTER.search(led)
    asked = _VERB.match(LEADS.sub("", part)) and YEARLY.search(
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
        (led.endswith(" per "), "attribute"),
        (bare and _AMONG.search(led) and _SHARE.search(led + behind), "attribute"),
        (not aimed, "no-year"),
        (not verb, "no-verb"),
    )
    return next((code for holds, code in rules if holds), None)
