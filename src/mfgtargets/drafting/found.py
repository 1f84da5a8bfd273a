"""What was found in a text: a target with its clause and what is unsure, or a number left out."""

from typing import NamedTuple

from mfgtargets.document.kinds import Comparator, Direction, Hold, Kind
from mfgtargets.document.records import Target


class Clause(NamedTuple):
    """A stretch of the text as it stands there, white space aside, the line it begins in, its ends."""

    quote: str
    line: int
    start: int
    end: int


class Benchmark(NamedTuple):
    """The other indicator that an aim is the value of, by its words, and how the aim stands to it."""

    name: str
    comparator: Comparator
    offset: float


class Found(NamedTuple):
    """One target as the text says it; ``doubts`` are codes of what a person should look at."""

    clause: Clause
    name: str
    kind: Kind
    comparator: Comparator | None
    value: float | None
    unit: str | None
    year: int | None
    direction: Direction = "up"
    value_high: float | None = None
    start: int | None = None
    hold: Hold | None = None
    baseline_year: int | None = None
    baseline_value: float | None = None
    hedge: tuple[str, ...] = ()
    obligation: str | None = None
    group: str | None = None
    section: str = ""
    departments: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    in_table: bool = False
    restates: int | None = None
    part_of: int | None = None
    benchmark: Benchmark | None = None
    replaces: Target | None = None  # of the plan encoded before


class Omitted(NamedTuple):
    """A number that is no target, and why (a code)."""

    clause: Clause
    reason: str
