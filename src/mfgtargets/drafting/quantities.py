"""Numbers with their units and comparing words, as Chinese policy texts print them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mfgtargets.document.kinds import Comparator

_COUNTED = (
    "家 个 项 件 名 人次 人 台套 台次 台 套 条 座 种 次 只 张 所 支 场次 场 户次 户 对 块 类 处 位 辆次 辆 "
    "架次 班次 航次 架 款 例 篇 艘 间 部 片 村 头 羽 尾 枚 株 根 盏 门 批 宗 笔 单 册 学时 课时 大".split()
)
_MEASURED = (
    "个百分点 百分点 % ‰ 元 美元 吨标准煤 吨标煤 吨公里 吨 克标准煤 克标煤 公斤 千克 斤 克 千瓦时 千瓦 兆瓦时 "
    "兆瓦 吉瓦 千伏安 伏安 千伏 平方公里 平方千米 平方米 平米 标准立方米 立方米 标方 公顷 亩次 亩 公里 千米 米 "
    "千升 升 标准箱 标箱 TEU 倍 岁 天 小时 分钟 毫秒 年 分贝 分 ℃ 摄氏度 微克/立方米 毫克/升 PB EB TB P Gbps "
    "Mbps EFLOPS :1".split()
)
_ONE = "|".join(sorted([*_COUNTED, *_MEASURED], key=len, reverse=True))
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
BEFORE: dict[str, Comparator] = {
    "不少于": "ge", "不低于": "ge", "不小于": "ge", "至少": "ge", "≥": "ge",
    "突破": "gt", "超过": "gt", "高于": "gt", "大于": "gt", "超": "gt", "逾": "gt", ">": "gt",
    "不超过": "le", "不高于": "le", "不大于": "le", "≤": "le", "低于": "lt", "小于": "lt", "<": "lt",
    "约": "approx", "近": "approx",
}  # fmt: skip
AFTER: dict[str, Comparator] = {
    "及以上": "ge", "以上": "ge", "左右": "approx", "上下": "approx", "以内": "le", "以下": "le", "之内": "le",
}  # fmt: skip
_BEFORE = "|".join(sorted(BEFORE, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<low>(?<![0-9.])(?:{_NUMBER}))(?P<first>%|个百分点)?(?:(?:——?|-|–|~"
    rf"|至)(?P<high>{_NUMBER}))?"
    rf"(?P<unit>(?:{_ONE}|(?:万亿|千亿|百亿|亿|千万|百万|万|千|百)?(?:{_ONE})?)(?:/(?:万|百万|亿)?(?:{_ONE}|人))?)"
    rf"(?:·年)?"
    rf"(?P<few>[多余])?(?P<after>{'|'.join(AFTER)})?"
)
_UNIT = re.compile(
    rf"(?:{_ONE}|(?:万亿|千亿|百亿|亿|万|千|百)?(?:{_ONE}|标煤|美金))(?:/(?:百万|万|亿)?(?:{_ONE}|人))?(?:·年)?"
)
_SPELLED = re.compile(
    r"(?P<before>突破|超过|超)?(?P<number>[两三四五六七八九十]|百|千|万)(?P<unit>个|家|项|条|座|名|大"
    r"|亿(?:元)?(?!级)|企)"
)
_DIGITS = dict(
    zip("两三四五六七八九十百千万", (2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 1000, 10000), strict=True)
)
_WORDS = re.compile(
    r"(?P<whole>全覆盖|全面覆盖(?![\u4e00-\u9fff]))|(?P<one>零的?突破)|(?P<half>一半)(?P<over>以上)?"
    r"|翻(?P<times>[一两三0-9]?)番(?P<more>以上)?"
    r"|前(?P<rank>[0-9]{1,3}|[三五六七八十])(?:名|强|位|列)?(?![个年月沿])"
    r"|(?<=[造设育成])“?(?P<scale>[千百])亿元?级”?|(?P<first>首位|第一位|第一名)"
)
_RANKS = dict(zip("三五六七八十", (3, 5, 6, 7, 8, 10), strict=True))
WORDS = frozenset(
    (
        "全覆盖",
        "全面覆盖",
        "零突破",
        "零的突破",
        "一半",
        "翻番",
        "翻一番",
        "翻两番",
        "首位",
        "第一位",
        "第一名",
    )
)


class Quantity(NamedTuple):
    """A number in a clause: its characters, value, unit, comparator, and whether a word stood for it."""

    start: int
    end: int
    value: float
    unit: str | None
    comparator: Comparator
    value_high: float | None = None
    word: str = ""

    @property
    def is_count(self) -> bool:
        """Whether it counts things."""
        return (self.unit or "").lstrip("万亿千百") in _COUNTED


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit and nothing else."""
    return _UNIT.fullmatch(text) is not None


def quantities(text: str) -> list[Quantity]:
    """Return the numbers of a clause in their order; years, dates and ordinals are none."""
    worded = list(_worded(text))
    others = (
        one
        for one in (*_printed(text), *_spelled(text))
        if not any(word.start <= one.start < word.end for word in worded)
    )
    return sorted([*worded, *others], key=lambda one: one.start)


def number(text: str) -> float:
    """Return the value of a printed number, or of all."""
    return 100.0 if text == "全覆盖" else float(text.replace(",", ""))


def _printed(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        low, unit = match["low"], match["unit"]
        behind = text[match.end() : match.end() + 1]
        led = text[max(0, match.start("low") - 1) : match.start("low")]
        is_year = unit.startswith("年") and not match["high"] and len(low) == 4 and low.isdigit()
        if is_year or (low.startswith("0") and low != "0" and "." not in low):
            continue
        if (
            led in {"第", "“", "G", "-", "."}
            or (led.isascii() and led.isalpha())
            or behind in {"号", "月", "日", "届", "世", "”", "+"}
        ):
            continue
        if match["high"] and len(low) == 4 and unit.startswith("年"):
            continue
        if not unit and (match["first"] is None) and len(low) == 4 and low.startswith(("19", "20")):
            continue
        high = number(match["high"]) if match["high"] else None
        comparator: Comparator = (
            "range"
            if high is not None
            else BEFORE.get(match["before"] or "") or AFTER.get(match["after"] or "") or "eq"
        )
        if match["few"]:
            comparator = "gt"
        value = number(low)
        if high is not None and high <= value:
            continue
        yield Quantity(
            match.start(), match.end(), value, plain(unit or match["first"]), comparator, high
        )


def plain(unit: str | None) -> str | None:
    """Return a unit as the target files write it; 大 counts as 个."""
    changed = {
        "百分点": "个百分点",
        "大": "个",
        "企": "家",
        "": None,
        "千亿": "千亿元",
        "亿": "亿元",
        "万": "万",
    }
    return changed.get(unit or "", unit)


def _spelled(text: str) -> Iterator[Quantity]:
    for match in _SPELLED.finditer(text):
        led = text[max(0, match.start("number") - 1) : match.start("number")]
        if led in set("0123456789一二三四五六七八九十第百千万亿两几数每“"):
            continue
        unit = match["unit"]
        if (
            match["number"] in "百千万"
            and unit not in {"家", "个", "企", "项"}
            and not match["before"]
        ):
            continue
        comparator: Comparator = "gt" if match["before"] else "eq"
        printed = "亿元" if unit.startswith("亿") else plain(unit)
        yield Quantity(
            match.start(),
            match.end(),
            float(_DIGITS[match["number"]]),
            printed,
            comparator,
            None,
            match[0],
        )


def _worded(text: str) -> Iterator[Quantity]:
    for match in _WORDS.finditer(text):
        span = match.start(), match.end()
        if match["whole"]:
            yield Quantity(*span, 100.0, "%", "eq", None, match[0])
        elif match["one"]:
            yield Quantity(*span, 1.0, "个", "ge", None, match[0])
        elif match["half"]:
            yield Quantity(*span, 50.0, "%", "ge" if match["over"] else "eq", None, match[0])
        elif match["scale"]:
            yield Quantity(*span, float(_DIGITS[match["scale"]]), "亿元", "eq", None, match[0])
        elif match["first"]:
            yield Quantity(*span, 1.0, "位", "eq", None, match[0])
        elif match["rank"]:
            place = match["rank"]
            value = float(_RANKS.get(place, place))
            yield Quantity(*span, value, "位", "le", None, match[0])
        else:
            doublings = {"": 1, "一": 1, "两": 2, "三": 3}.get(match["times"]) or int(
                match["times"]
            )
            if doublings < 10:
                comparator: Comparator = "ge" if match["more"] else "eq"
                yield Quantity(*span, float(2**doublings), "倍", comparator, None, match[0])
