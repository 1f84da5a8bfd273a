"""The years a text speaks of: the one a clause aims at, and those that are past."""

import re
from typing import NamedTuple

_PLANS = {
    f"十{n}五": 1951 + 5 * i
    for i, n in ((10, ""), (11, "一"), (12, "二"), (13, "三"), (14, "四"), (15, "五"))
}
_AIM = re.compile(
    r"(?P<cut>截至|截止到?|截止至|自|从)?(?P<to>到|至|力争|争取|确保"
    r"|展望)?(?P<year>20[0-9]{2})年(?!以来|版|度考|第)(?P<month>(?:[0-9]{1,2}月)?(?:底|末|前|年底|年末"
    r"|初)?)"
    r"|“?(?P<plan>十[一二三四五]五)”?(?P<part>期间|时期|期末|末|以来|(?:主要|发展|规划)?目标)?"
)
_SPAN = re.compile(r"(20[0-9]{2})年?(?:—|-|–|至|~|－){1,2}(20[0-9]{2})年?")
# The plan's own time without a year: 今后五年, 三年内, 规划期末.
_HORIZON = re.compile(
    r"(?<![近前续去])(?:今后|未来)[三五35]年|(?<![近前续去0-9])[三五35]年(?:内|时间|努力|累计|共|新|完成|建)"
    r"|规划期(?:内|末|满)|(?:到|至)期末"
)
_BASE = re.compile(
    r"(?:(?<!占)比|较|以|相比)(?:于)?(?P<year>20[0-9]{2})年|[由从](?P<from>20[0-9]{2})年的?(?=[约0-9])|比“?(?P<plan>十[一二三四五]五)”?末"
)
# A baseline in brackets behind a target: 达到3.6%以上(2025年为3.1%).
_BESIDE = re.compile(
    r"\((?P<year>20[0-9]{2})年?[底末]?(?:(?:基期|现状|实际|实绩)值?(?:为|是|:)?|为|是|:)约?(?=[0-9])"
)
_PAST = re.compile(
    r"截至|截止|近年来|目前|当前已|以来|过去[一二三四五十0-9]+年|去年|上年|已(?:建|有|达|成|经|累|形"
    r"|实|拥|获|突|超|培|连|集)|曾|排名从|累计建成|同期|(?:现|共)有|近[两三五]年|仅|不足[0-9]"
)


class Years(NamedTuple):
    """What the text is: its date's year and its period, as far as known."""

    published: int | None
    start: int | None
    end: int | None

    def is_ahead(self, year: int) -> bool:
        """Tell whether a year lies in the plan's time."""
        if self.end is not None and year > self.end + 30:
            return False
        return year >= (self.published or self.start or year)


class Aim(NamedTuple):
    """A year that a clause names, and whether it is one to aim at.

    ``start`` is the first of several years, or that year itself where no word says until or from then on.
    """

    at: int
    start: int | None
    year: int
    is_aim: bool


def plan_years(name: str) -> tuple[int, int]:
    """Return the years of a five-year plan by its name: 十四五 is 2021 to 2025."""
    start = _PLANS[name]
    return start, start + 4


def aims(text: str, years: Years) -> list[Aim]:
    """Return the years that a sentence names, in their order; bases of comparison are left out."""
    bases = {max(map(match.start, ("year", "from", "plan"))) for match in _BASE.finditer(text)}
    bases |= {match.start("year") for match in _BESIDE.finditer(text)}
    found: list[Aim] = []
    for match in _SPAN.finditer(text):
        start, end = int(match[1]), int(match[2])
        if start < end:
            found.append(Aim(match.start(), start, end, years.is_ahead(end)))
    spans = [(m.start(), m.end()) for m in _SPAN.finditer(text)]
    for match in _AIM.finditer(text):
        if bases & {match.start("year"), match.start("plan")} - {-1}:
            continue
        if any(a <= match.start("year") < b for a, b in spans):
            continue
        if match["year"]:
            year = int(match["year"])
            ahead = years.is_ahead(year) and not match["cut"]
            same = (
                year == years.published
                and not match["to"]
                and match["month"] not in {"底", "末", "年底", "年末"}
            )
            ahead = ahead and not (same and years.start != year)
            alone = not match["to"] and not match["month"]
            found.append(Aim(match.start(), year if alone else None, year, ahead))
        elif match["part"]:
            start, end = plan_years(match["plan"])
            found.append(
                Aim(match.start(), start, end, years.is_ahead(end) and match["part"] != "以来")
            )
    if years.end:
        found += [Aim(m.start(), years.start, years.end, True) for m in _HORIZON.finditer(text)]
    return sorted(found, key=lambda aim: aim.at)


def base_year(text: str) -> int | None:
    """Return the year that a clause compares with: 比2015年降低."""
    match = _BASE.search(text)
    if match is None:
        return None
    year = match["year"] or match["from"]
    return int(year) if year else plan_years(match["plan"])[1]


def base_beside(clause: str, end: int, following: int) -> int | None:
    """Return the year whose value, the number at ``following``, stands in brackets behind another."""
    match = _BESIDE.search(clause, end)
    return int(match["year"]) if match and match.end() == following else None


def latest_base(text: str) -> int | None:
    """Return the latest year that a text compares with or starts from: 由2022年的, 截至2022年底."""
    found = re.findall(r"(?:[比较由从]|截至|截止到?)(20[0-9]{2})年", text)
    return max(map(int, found), default=None)


def is_past(text: str) -> bool:
    """Tell whether a sentence speaks of what was reached."""
    return _PAST.search(text) is not None
