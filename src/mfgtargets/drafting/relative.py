"""Aims that are another indicator's value: 与经济增长基本同步, 高于全省平均水平1个百分点."""

import re
from typing import NamedTuple

from mfgtargets.document.kinds import Comparator, Direction, Hold
from mfgtargets.drafting.found import Benchmark
from mfgtargets.drafting.joining import bare
from mfgtargets.drafting.names import cleared

_LEVEL = re.compile(
    r"[^,;]{0,80}?(?P<name>[^,;]{2,40}?)(?:与|和|同)(?P<other>[^,;0-9]{2,30}?)"
    r"(?P<hedge>基本|大体|总体)?(?:保持)?(?:基本)?(?:同步|一致|相当)(?:增长|提高)?\Z"
)
_ABOVE = re.compile(
    r"[^,;]{0,80}?(?P<name>[^,;0-9]{2,40}?)(?:力争|保持|持续|始终|明显|总体){0,4}"
    r"(?P<sign>不低于|不高于|不超过|高于|快于|大于|优于|超过|低于)"
    r"(?P<other>[^,;0-9]{1,25}?(?:平均水平|平均|水平|增速|增幅|增长速度|增长率|增长|降幅))"
    r"(?P<offset>[0-9.]+)?(?:个百分点)?(?P<least>以上)?\Z"
)
_SIGNS: dict[str, Comparator] = {
    "不低于": "ge", "不高于": "le", "不超过": "le", "高于": "gt", "快于": "gt", "大于": "gt", "优于": "gt",
    "超过": "gt", "低于": "lt",
}  # fmt: skip
_FLIPPED: dict[Comparator, Comparator] = {
    "gt": "lt",
    "ge": "le",
    "lt": "gt",
    "le": "ge",
    "eq": "eq",
}
_FALL = re.compile(r"降幅|下降|降低")
_CHANGES = re.compile(r"增长|增速|增幅|降幅|下降|降低")
_RATE = re.compile(r"增长|增速|增幅|降幅|下降|降低|率|比重|占比")
_MEASURED = re.compile(r"增|收入|工资|率|比重|占比|降|强度")
_WHERE = re.compile(r"平均|水平")
_GROWTH = re.compile(r"年均|增长(?:速度|率)?|增速|增幅")
_OUTPUT = re.compile(r"国内生产总值|地区生产总值|生产总值|GDP|经济(?=增)")


class Relative(NamedTuple):
    """An aim that is another indicator's value, with the words of the clause."""

    name: str
    benchmark: Benchmark
    direction: Direction
    hold: Hold | None
    unit: str | None
    hedge: tuple[str, ...]


def relative(clause: str) -> Relative | None:
    """Return the aim of a clause that compares with another indicator; None where it does not.

    A fall that is to be larger is a change that is to be lower, so its comparing word turns round.
    """
    match = _LEVEL.match(clause) or _ABOVE.match(clause)
    if match is None or not _MEASURED.search(match["name"]):
        return None
    found = match.groupdict()
    name, other = cleared(found["name"]), found["other"]
    if "同步增长" in clause:
        name, other = f"{name}增长", f"{other}增长"
    comparator = _SIGNS.get(found.get("sign") or "", "eq")
    if found.get("least") and comparator == "gt":
        comparator = "ge"
    falls = _FALL.search(name) is not None
    offset = float(found.get("offset") or 0)
    if comparator in {"lt", "le"} or falls:
        offset = 0 - offset
    shown = f"{name}({other})" if _WHERE.search(other) else other
    if not name or bare(name) == bare(shown):
        return None
    changes = _CHANGES.search(name)
    held: Hold | None = "average" if "年均" in name else None if changes else "at_end"
    return Relative(
        name,
        Benchmark(shown, _FLIPPED[comparator] if falls else comparator, offset),
        "down" if falls or comparator in {"lt", "le"} else "up",
        held,
        "%" if _RATE.search(name + other) else None,
        ("基本",) if "基本" in clause else (),
    )


def is_same(one: str, other: str) -> bool:
    """Tell whether two names mean one growth: 经济增长, 地区生产总值年均增长."""
    things = {bare(_GROWTH.sub("", _OUTPUT.sub("产出", name))) for name in (one, other)}
    return len(things) == 1 and all(map(_GROWTH.search, (one, other)))
