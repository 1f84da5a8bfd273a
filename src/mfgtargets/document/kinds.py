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
]
Comparator = Literal["eq", "ge", "gt", "approx", "le", "range"]
