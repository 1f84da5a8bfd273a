"""What kind of target a clause sets, and which way is good, by the verbs of policy texts."""

import re
from typing import NamedTuple

from mfgtargets.document.kinds import Direction, Hold, Kind

_FALLS = re.compile(r"下降|降低|减少|压减|压降|削减|降幅|缩短|压缩")
_TO = re.compile(
    r"(?:下降|降低|减少|压减|压缩|缩短|增长|提高|提升|增加|上升|扩大|增|降)(?:到|至)[^,]{0,6}\Z"
)
_CHANGE = re.compile(
    r"(?:下降|降低|减少|压减|压降|削减|增长|提高|提升|增加(?!值)|上升|递增|增速|增幅|增长率|降幅|下降率)"
    r"(?:幅度|率)?(?:达到|达|为|均为|保持在|保持|稳定在|控制在|在|分别为|分别达到|分别|力争|目标)?(?:[^,0-9]{0,2})\Z"
)
_YEARLY = re.compile(
    r"年均|年平均|每年(?=增长|递增|下降|提高|降低)|(?<![0-9])年(?=增长|递增|下降率|增速)|增速|增长率|同比"
)
_ADDED = re.compile(
    r"新增|新建|新?改扩?建|扩建|新认定|新培育|新引进|新招引|新开工|新签|新设|新获|净增|引进|招引|引育|盘活|增加(?!值)|淘汰"
    r"|减少|节约|出清|腾退|整治|培训"
)
_HELD = re.compile(r"(?:控制|保持|稳定|维持)在[^,0-9]{0,6}\Z")
_PRICES = re.compile(r"消费价格|CPI|物价|失业率|涨幅")
_LOW_IS_GOOD = re.compile(
    r"能耗|煤耗|电耗|水耗|物耗|排放|用水量|死亡|失业|污染|事故|次品率|不良率|浓度|用能成本|物流费用"
    r"|费用占|成本|劣V?类|漏损|赤字|亩均占地|办理时间|时限|返贫|负债"
)
_IN_ALL = re.compile(r"(?:达到|总数|累计(?!新|引)|总量)[^,]{0,6}\Z")
_TIMES = re.compile(r"(?:是|为|达到)[^,]{0,12}\Z")
_AGAINST = re.compile(r"(?:比|较)(?:[0-9]{4}年|上|“)|累计")
_DURING = re.compile(r"期间|(?:[三五]|未来[三五]|[35])年(?:内|新增|培育)")


class Judged(NamedTuple):
    """The kind of a target, which way is good, how it is kept, and what of that is a guess."""

    kind: Kind
    direction: Direction
    hold: Hold | None
    doubts: tuple[str, ...] = ()


def judged(
    led: str,
    before: str,
    unit: str | None,
    comparator: str,
    word: str,
    *,
    yearly: bool,
    of_a_year: bool,
) -> Judged | None:
    """Tell the kind of a target from the words that lead to its number; None of one that is none.

    ``led`` is the text from the number before, ``before`` all that the clause says, its comparing
    word aside; ``yearly`` tells that it speaks of each year, ``of_a_year`` of a single one.
    """
    falls = bool(_FALLS.search(led)) and not _TO.search(led)
    if unit == "位":
        return Judged("rank", "down", None)
    if unit == "个百分点":
        doubts = ("kind",) if _YEARLY.search(before) else ()
        return Judged("increment", "down" if falls else "up", None, doubts)
    if unit == "倍" and (word or _TIMES.search(led)):
        return Judged("multiple", "up", None)
    if unit == "%":
        changes = not word and _CHANGE.search(led) and not _TO.search(led)
        return (
            _change(before, falls=falls, of_a_year=of_a_year)
            if changes
            else _level(led, before, comparator)
        )
    return _counted(led, before, comparator, yearly=yearly)


def _change(before: str, *, falls: bool, of_a_year: bool) -> Judged:
    """Return the kind of a change in per cent: of a year, of each, of the whole, or of prices, kept."""
    direction: Direction = "down" if falls else "up"
    if _PRICES.search(before) and not _YEARLY.search(before.replace("涨幅", "")):
        return Judged("level", "down", "at_end")
    against = _AGAINST.search(before)
    if _YEARLY.search(before) or (of_a_year and not against):
        return Judged("growth_rate", direction, None)
    doubts = () if against else ("kind",)
    return Judged("cumulative_change", direction, None, doubts)


def _counted(led: str, before: str, comparator: str, *, yearly: bool) -> Judged:
    """Return the kind of a number of things or of an amount."""
    if yearly:
        return Judged("annual_flow", "up", None)
    if (_ADDED.search(led) or _DURING.search(before)) and not _IN_ALL.search(led):
        return Judged("increment", "up", None)
    return _level(led, before, comparator)


def _level(led: str, before: str, comparator: str) -> Judged:
    """Return a level, with the way that its comparator, its verb or its name points."""
    held = _HELD.search(led)
    is_limit = held is not None and held[0].startswith("控制") and comparator not in {"ge", "gt"}
    hold: Hold | None = None if held is None else "at_end" if is_limit else "each_year"
    if comparator in {"le", "lt"} or is_limit or (_TO.search(led) and _FALLS.search(led)):
        return Judged("level", "down", hold)
    if (
        _LOW_IS_GOOD.search(before)
        and comparator not in {"ge", "gt"}
        and "回收" not in before
        and "减排" not in before
    ):
        return Judged("level", "down", hold, ("direction",))
    by_steps = _YEARLY.search(before) and _CHANGE.search(led)  # 年均提高1.5万元: no kind says it
    return Judged("level", "up", hold, ("kind",) if by_steps else ())


def of_name(name: str) -> Judged:
    """Tell the kind of a row of a table from its name."""
    direction: Direction = "down" if _FALLS.search(name) else "up"
    rules = (
        (r"排名|位次", Judged("rank", "down", None)),
        (r"年均(?:增|下降|降低)|增速|增长率|增长\Z|growth", Judged("growth_rate", direction, None)),
        (_FALLS.pattern, Judged("cumulative_change", "down", None)),
        (r"每年|年新增", Judged("annual_flow", "up", None)),
        (r"新增|累计新", Judged("increment", "up", None)),
    )
    found = (judged for form, judged in rules if re.search(form, name, re.IGNORECASE))
    return next(found, None) or _level("", name, "eq")
