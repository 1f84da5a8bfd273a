"""Units that a target may be printed in, and the path a quantity in them usually takes."""

from typing import Literal

# Money, money per head or area, and physical output grow by rates; the rest by steps.
RATES = frozenset(
    "元 万元 亿元 万亿元 亿美元 万美元 美元 万元/人 元/人 万元/亩 亿元/平方公里 吨 万吨 吨标准煤 "
    "万吨标准煤 千瓦时 亿千瓦时 千瓦 万千瓦 立方米 万立方米 万千升 辆 万辆".split()
)
STEPS = frozenset(
    "% 个百分点 件 万件 项 家 万家 个 名 万名 人 万人 人次 万人次 位 台 万台 台/万人 套 条 座 亩 万亩 平方米 "
    "万平方米 平方公里 种 次 只 张 所 支 例 批 场 倍 年 天 户 万户 分 公里 米 对 块 类 处 "
    "Gbps G 兆 Mbps 毫秒".split()
)
UNITS = RATES | STEPS


def default_path(unit: str | None, kind: str) -> Literal["linear", "geometric"]:
    """Return ``geometric`` for money, output and relative changes, else ``linear``."""
    if kind in {"growth_rate", "cumulative_change", "multiple"}:
        return "geometric"
    return "geometric" if kind == "level" and unit in RATES else "linear"
