"""Units that are known, the sizes they come in, and the path a quantity in them usually takes.

A unit that is not known is itself alone: it is converted to no other, and grows by steps.
"""

import re
from decimal import Decimal
from typing import Literal

SIZES = {
    "": Decimal(1),
    "千": Decimal(10**3),
    "万": Decimal(10**4),
    "十万": Decimal(10**5),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "亿": Decimal(10**8),
    "十亿": Decimal(10**9),
    "百亿": Decimal(10**10),
    "千亿": Decimal(10**11),
    "万亿": Decimal(10**12),
}
_SIZED = re.compile(rf"({'|'.join(sorted(filter(None, SIZES), key=len, reverse=True))})?(.+)\Z")
# Money, money per head or area, and physical output grow by rates; the rest by steps.
RATES = frozenset(
    "元 万元 亿元 万亿元 亿美元 万美元 美元 万元/人 元/人 万元/亩 亿元/平方公里 吨 万吨 亿吨 吨标准煤 "
    "万吨标准煤 亿吨标准煤 千瓦时 千瓦小时 亿千瓦时 千瓦 万千瓦 立方米 万立方米 万千升 辆 万辆".split()
)
STEPS = frozenset(
    "% 个百分点 件 万件 项 家 万家 个 名 万名 人 万人 人次 万人次 位 台 万台 台/万人 套 条 座 亩 万亩 平方米 "
    "万平方米 公顷 平方公里 ‰ 微克/立方米 件/万人 个/千人 张/千人 人/千人 吨标准煤/万元 "
    "种 次 只 张 所 支 例 批 场 倍 年 岁 天 户 万户 分 公里 米 对 块 类 处 "
    "Gbps G 兆 Mbps 毫秒".split()
)
UNITS = RATES | STEPS
# Whole things: a number of them without decimals is exact.
COUNTS = frozenset(
    "件 项 家 个 名 人 人次 位 台 辆 套 条 座 种 次 只 张 所 支 例 批 场 户 对 块 类 处".split()
)


def sized(unit: str) -> tuple[str, str]:
    """Return the size a unit comes in, and the unit: 亿 and 元; an empty size where it has none."""
    match = _SIZED.match(unit)
    if match is None or (unit in UNITS and match[2] not in UNITS):  # 千瓦时 is no thousand of 瓦时
        return "", unit
    return match[1] or "", match[2]


def default_path(unit: str | None, kind: str) -> Literal["linear", "geometric"]:
    """Return ``geometric`` for money, output and relative changes, else ``linear``."""
    if kind in {"growth_rate", "cumulative_change", "multiple"}:
        return "geometric"
    grows = unit is not None and bool({unit, sized(unit)[1]} & RATES)
    return "geometric" if kind == "level" and grows else "linear"
