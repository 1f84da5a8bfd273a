"""The words people have for what a value is (口径), in cells and in headings."""

import re

from mfgtargets.notation.cells import plain_text
from mfgtargets.observations.observation import MEASURES, Measure

_WORDS: dict[Measure, str] = {
    "level": "水平值 水平 实绩 绝对数 绝对值 绝对量 总量 数值 当年值 期末值",
    "yearly_change": "同比 同比增长 同比增速 比上年 比上年增长 较上年 较上年增长 增长率 增速",
    "change_since_base": "比基期 比基期增长 比基期变化 较基期 较基期增长 较基期变化 累计变化",
    "average_change": "年均 年均增长 年均增速 年均增长率 年均变化",
    "added": "新增 当年新增 本年新增",
    "total": "累计 累计值 累计数",
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


def measure_of(cell: str) -> str | None:
    """Return the measure that a cell names, empty for an empty one; None where it names none."""
    return _MEASURES.get(plain_text(cell))


def measure_in_heading(heading: str) -> Measure | None:
    """Return the change that the values under a heading are, where that is all it says."""
    plain = plain_text(heading)
    return next((code for code, pattern in _HEADINGS.items() if pattern.match(plain)), None)
