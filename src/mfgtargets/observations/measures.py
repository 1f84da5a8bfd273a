"""The words people have for what a value is: in cells (口径), in headings, at the end of names."""

import re
from functools import lru_cache
from typing import NamedTuple

from mfgtargets.notation.cells import plain_text, split_unit
from mfgtargets.notation.period import Period
from mfgtargets.observations.observation import MEASURES, Measure

_WORDS: dict[Measure, str] = {
    "level": "水平值 水平 实绩 绝对数 绝对值 绝对量 总量 数值 当年值 期末值",
    "yearly_change": "同比 同比增长 同比增速 比上年 比上年增长 较上年 较上年增长 增长率 增速",
    "change_since_base": "比基期 比基期增长 比基期变化 较基期 较基期增长 较基期变化 累计变化",
    "average_change": "年均 年均增长 年均增速 年均增长率 年均变化",
    "added": "新增 当年新增 本年新增",
    "total": "累计",
}
_MEASURES = {code: code for code in ("", *MEASURES)} | {
    word: code for code, words in _WORDS.items() for word in words.split()
}
_LAST_YEAR, _BASE, _PERCENT = "(?:比上年|较上年|同比)", "(?:比|较)基期", "[(]?[%±]*[)]?"
_HEADINGS: dict[Measure, re.Pattern[str]] = {
    "yearly_change": re.compile(
        rf"{_LAST_YEAR}?(?:(?:增长|增速|增幅)(?:率|幅度)?{_PERCENT}|增减[(]?±?%[)]?)\Z|{_LAST_YEAR}{_PERCENT}\Z"
    ),
    "change_since_base": re.compile(rf"{_BASE}(?:增长|变化|增减)?{_PERCENT}\Z"),
    "average_change": re.compile(rf"年均(?:增长|增速|变化)?率?{_PERCENT}\Z"),
}
# The statistics bureaus' ends of names: 甲产值_累计值, 甲产值同比增长(%), 甲产值(当期值), 累计-同比增长.
_CHANGE = "同比增长率|同比增长|同比增速|同比"
_OF = rf"-?(?P<{{}}>{_CHANGE}|增长率|增长|增速|值|数|额|)"
_SUFFIX = re.compile(
    rf"(?P<name>.*?)(?<![_:,\-·(])[_:,\-·(]*+(?:(?:本年)?(?P<sum>累计){_OF.format('of_sum')}"
    rf"|(?P<now>当期|当月|当季|本期|本月|本季){_OF.format('of_now')}|(?P<of_all>{_CHANGE}))\)?\Z"
)
_VALUES = {"值", "数", "额", ""}
_REMEMBERED = 10_000


class Said(NamedTuple):
    """What is left of a name, which measure its end says, and what part of its period it is of.

    ``is_cumulative``: from January on; ``months``: the last of them alone (1 of 当月, 3 of 当季).
    """

    name: str
    measure: Measure | None = None
    is_cumulative: bool = False
    months: int | None = None

    def part_of(self, period: Period) -> Period:
        """Return the part of a period that a figure so called is of."""
        if self.is_cumulative and period.first_year == period.year:
            return period._replace(first=period.year * 12)
        if self.months is not None:
            return period._replace(first=max(period.first, period.last - self.months + 1))
        return period


def measure_of(cell: str) -> str | None:
    """Return the measure that a cell names, empty for an empty one; None where it names none."""
    return _MEASURES.get(plain_text(cell))


def is_measure(cell: str) -> bool:
    """Tell whether a cell says what a value is."""
    return measure_of(cell) is not None or not said_by(cell).name


def measure_in_heading(heading: str) -> Measure | None:
    """Return the change that the values under a heading are, where that is all it says."""
    plain = plain_text(heading)
    return next((code for code, pattern in _HEADINGS.items() if pattern.match(plain)), None)


@lru_cache(_REMEMBERED)
def said_by(name: str) -> Said:
    """Read the end of a name, or of a column's heading, without its unit."""
    bare = split_unit(name)[0]
    match = _SUFFIX.match(bare)
    if match is None:
        return Said(bare)
    of = match["of_sum"] or match["of_now"] or match["of_all"] or ""
    measure: Measure | None = None if of in _VALUES else "yearly_change"
    months = {"月": 1, "季": 3}.get((match["now"] or " ")[-1])
    return Said(match["name"], measure, match["sum"] is not None, months)
