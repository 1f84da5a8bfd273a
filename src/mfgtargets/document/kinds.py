"""The kinds of target there are, and how a value is compared with one."""

from typing import Literal

Kind = Literal[
    "level",
    "growth_rate",
    "cumulative_change",
    "increment",
    "annual_flow",
    "multiple",
    "rank",
    "delegated",
    "relative",
    "event",  # 建成, 实现: done or not
]
Comparator = Literal["eq", "ge", "gt", "approx", "le", "lt", "range"]
Bound = Literal[">", ">=", "<", "<="]
Obligation = Literal["binding", "expected"]  # 约束性, 预期性
Hold = Literal["each_year", "average", "at_end"]  # which years of a value to be kept count
Direction = Literal[
    "up", "down", "toward"
]  # what is good; toward: nearer to the target, from both sides

ADDED_TO_LEVELS = frozenset({"个百分点", "岁"})  # units of a change of a level
