"""Numbers with their units and comparing words, as English policy texts print them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mfgtargets.document.kinds import Comparator

_BEFORE: dict[str, Comparator] = {
    "at least": "ge", "no less than": "ge", "not less than": "ge", "a minimum of": "ge",
    "minimum of": "ge", "no fewer than": "ge", "not fewer than": "ge", "≥": "ge",
    "more than": "gt", "over": "gt", "above": "gt", "exceed": "gt", "exceeding": "gt",
    "exceeds": "gt", ">": "gt", "greater than": "gt",
    "up to": "le", "no more than": "le", "not more than": "le", "at most": "le",
    "a maximum of": "le", "not exceed": "le", "not exceeding": "le", "≤": "le",
    "less than": "lt", "below": "lt", "under": "lt", "fewer than": "lt", "<": "lt",
    "around": "approx", "about": "approx", "approximately": "approx", "some": "approx",
    "nearly": "approx", "almost": "approx", "roughly": "approx",
}  # fmt: skip
_CUES = "|".join(re.escape(cue) for cue in sorted(_BEFORE, key=len, reverse=True))
NUMBER = r"[0-9]{1,3}(?:[, ][0-9]{3}(?![0-9]))+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_WRITTEN = dict(
    zip(
        "one two three four five six seven eight nine ten twelve twenty".split(),
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20),
        strict=True,
    )
)
_UNIT = (
    r"%|per cent|percent|percentage points|pp\b|(?:million|billion|trillion|thousand|bn|m)\b"
    r"(?: (?:tonnes|tons|hectares|barrels|households)\b)?"
    r"|[GMkT]Wh?\b|[GMk]?t(?:oe|CO2e?)?\b|k?g\b|[PEGT]J\b|[GM]bps\b|°C|(?:tonnes|hectares|ha|km)\b"
)
_QUANTITY = re.compile(
    rf"(?:\b(?P<before>(?i:{_CUES})) (?:a |an )?(?:further |additional |total of )?)?(?P<between>between )?"
    rf"(?P<money>€|£|\$|US\$|EUR |USD |RMB |GBP )?"
    rf"(?<![0-9.,A-Za-z/-])(?!(?:19|20)[0-9]{{2}}\b(?!,[0-9]| ?(?:%|per cent|percent|million|billion)))"
    rf"(?P<low>{NUMBER})(?:(?(between) and |(?: to |-|–))(?P<high>{NUMBER})(?= ?(?:{_UNIT})))?"
    rf" ?(?P<unit>{_UNIT}|per (?:{NUMBER}) [a-z]+(?: [a-z]+)?)?"
    rf"(?P<and>,? or (?:more|above|higher)\b| or (?:less|below)\b)?"
)
_SPELLED = re.compile(
    rf"\b(?P<number>{'|'.join(_WRITTEN)}) (?:(?P<share>per ?cent)\b|(?<!\bone )(?=[a-z]))",
    re.IGNORECASE,
)
_PARTS = {"half": 50.0, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_PART = re.compile(
    rf"\b(?:by|of|at least|more than) (?:at least |more than )?(?P<part>(?:an? |one )?(?:{'|'.join(_PARTS)})\b)",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"\b(?P<word>doubl(?:e|ing)|tripl(?:e|ing)|quadrupl(?:e|ing)|halv(?:e|ing)|half of|twofold|threefold)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?P<word>all|every) (?!of |the |other |policies|measures|relevant|necessary|areas? of|parties"
    r"|stages|sectors|levels|forms)[a-z][a-z -]{2,60}? (?:is|are|have|has|will be|will have"
    r"|being) (?:covered|connected|access|able|equipped|served|online)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\bhas,? (?:by (?P<year>20[0-9]{2}),? )?(?:its|the) (?P<word>first) [a-z]", re.IGNORECASE
)
_REFERENCE = re.compile(
    r"(?:Article|Articles|Chapter|Section|Annex|No\.?|Regulation|Directive|point|Figure|Table|page"
    r"|paragraph|Part|Phase|Goal|SDG|Industry|aged|ages|Horizon|version|Scope|Tier|Pillar|Action"
    r"|Objective|Priority|Target|Step|Stage|COVID|Covid|Agenda|Vision|Strategy|Plan|G"
    r"|Made in China) ?\Z"
)
_UNITS = {
    "per cent": "%",
    "percent": "%",
    "percentage points": "个百分点",
    "pp": "个百分点",
    "bn": "billion",
    "m": "million",
}
_TIMES = {"doubl": 2.0, "tripl": 3.0, "quadr": 4.0, "twofo": 2.0, "three": 3.0}


class Amount(NamedTuple):
    """A number in a clause: its characters, value, unit, comparator, and the word that stood for it."""

    start: int
    end: int
    value: float
    unit: str | None
    comparator: Comparator
    word: str = ""
    value_high: float | None = None


def amounts(text: str) -> Iterator[Amount]:
    """Yield the numbers of a clause; years and numbers of articles are none."""
    for match in _QUANTITY.finditer(text):
        if not _is_label(match, text):
            yield _printed(match)
    for match in _SPELLED.finditer(text):
        value = float(_WRITTEN[match["number"].lower()])
        share = "%" if match["share"] else None
        end = match.end("share" if share else "number")
        yield Amount(match.start(), end, value, share, _led_by(text, match.start()), "spelled")
    for match in _PART.finditer(text):
        value = _PARTS[match["part"].lower().split()[-1]]
        start = match.start("part")
        yield Amount(start, match.end(), value, "%", _led_by(text, start), "part")
    for match in _MULTIPLE.finditer(text):
        word = match["word"].lower()
        halves = word.startswith("hal")
        value, unit = (50.0, "%") if halves else (_TIMES[word[:5]], "倍")
        yield Amount(*match.span(), value, unit, _led_by(text, match.start()), word)
    for match in _ALL.finditer(text):
        yield Amount(*match.span(), 100.0, "%", "eq", "all")
    for match in _FIRST.finditer(text):
        yield Amount(*match.span("word"), 1.0, None, "ge", "first")


def _is_label(match: re.Match[str], text: str) -> bool:
    """Tell whether digits name something: Article 4, 2021/241, (3)."""
    low, behind = match["low"], text[match.end() : match.end() + 1]
    joined = behind in {"/", "-", ")"} and behind and not match["unit"]
    return bool(
        joined
        or (low[0] == "0" and "." not in low)
        or _REFERENCE.search(text[: match.start("low")])
    )


def _printed(match: re.Match[str]) -> Amount:
    value = number(match["low"])
    high = number(match["high"]) if match["high"] else None
    behind = match["and"] or ""
    after: Comparator = (
        "eq" if not behind else "le" if "less" in behind or "below" in behind else "ge"
    )
    comparator = _BEFORE.get((match["before"] or "").lower()) or after
    if high is not None and high > value:
        comparator = "range"
    unit = _UNITS.get(match["unit"] or "", match["unit"])
    if match["money"]:
        unit = f"{unit or ''} {match['money'].strip()}".strip()
    end = match.start() + len(match[0].rstrip())
    return Amount(
        match.start(), end, value, unit, comparator, "", high if comparator == "range" else None
    )


def number(text: str) -> float:
    """Return the value of a printed number."""
    return float(text.replace(",", "").replace(" ", ""))


def _led_by(text: str, at: int) -> Comparator:
    """Return the comparator that ends before a place."""
    before = text[max(0, at - 16) : at].lower().rstrip()
    return next((found for cue, found in _BEFORE.items() if before.endswith(cue)), "eq")
