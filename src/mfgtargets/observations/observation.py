"""An observation: one measured value, with where it comes from."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple, get_args

from mfgtargets.faults import Fault, Place
from mfgtargets.notation.cells import Day
from mfgtargets.notation.numbers import decimals
from mfgtargets.notation.period import Period

Measure = Literal["level", "yearly_change", "change_since_base", "average_change", "added", "total"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
BOUNDS = ("", ">", ">=", "<", "<=")
STATUSES = "APEBD"
LOWEST_CHANGE, HIGHEST_CHANGE = -100.0, 1e6  # percent
Refusal = tuple[str, dict[str, str]]  # a reason and its details
# Says why rows of an indicator and region are left out unread; None where they are not.
Admission = Callable[[str, str], Refusal | None]
RELATIVE: frozenset[Measure | None] = frozenset(
    {"yearly_change", "change_since_base", "average_change"}
)


class Observation(NamedTuple):
    """One measured value; ``text`` is the number as published."""

    indicator: str
    region: str
    period: Period
    value: float
    text: str
    unit: str
    measure: Measure | None
    bound: str
    obs_status: str
    note: str
    source: str
    url: str
    vintage: str
    place: Place
    others: tuple[tuple[str, str], ...] = ()  # heading and text of the columns that are not read
    date: Day | None = None  # how a month is written that may stand for more

    @property
    def half_unit(self) -> float:
        """Half a unit of the last published digit: 0.05 for 23.4."""
        return 0.5 * 10.0 ** -decimals(self.text)

    @property
    def is_proxy(self) -> bool:
        """Whether its definition differs from the indicator's."""
        return "D" in self.obs_status


class LeftOut(NamedTuple):
    """A row that is not used, where it stands, and why (``reason`` with its ``details``).

    Of several ``rows`` alike that were left out together, it is the first.
    """

    place: Place
    reason: str
    details: Mapping[str, str]
    rows: int = 1

    @classmethod
    def of(cls, fault: Fault) -> "LeftOut":
        """Return a row as left out for what is wrong in it."""
        return cls(fault.place or Place(""), fault.code, fault.details)


# What is left out of real files as a matter of course, and what somebody should look at.
ORDINARY = frozenset(
    "blank-value above-table footer sub-item sub-heading subtotal other-region repeated "
    "measure-not-usable hidden-sheet hidden-row hidden-column column-not-needed not-asked-for "
    "sheet-not-asked-for breakdown member-not-used".split()
)
_FEW = 5


class Tally:
    """What was left out, or is to be looked at: how many rows by reason, and a few examples of each.

    Of the rows of one unknown indicator only the first is an example.
    """

    def __init__(self, rows: Iterable[LeftOut] = ()) -> None:
        self.by_reason: Counter[str] = Counter()
        self._examples: dict[str, dict[str, LeftOut]] = {}
        for row in rows:
            self.add(row)

    def add(self, row: LeftOut) -> None:
        """Count a row."""
        self.by_reason[row.reason] += row.rows
        few = self._examples.setdefault(row.reason, {})
        if len(few) < _FEW:
            name = row.details["found"] if row.reason == "unknown-indicator" else str(len(few))
            few.setdefault(name, row)

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self.by_reason.total()

    @property
    def questionable(self) -> int:
        """How many of them are not left out as a matter of course."""
        return sum(n for reason, n in self.by_reason.items() if reason not in ORDINARY)

    @property
    def first(self) -> list[LeftOut]:
        """The first few of each reason that should be looked at."""
        return self.examples(every=False)

    def examples(self, *, every: bool) -> list[LeftOut]:
        """Return the first few of each reason; not ``every`` leaves out what is a matter of course."""
        shown = (few for reason, few in self._examples.items() if every or reason not in ORDINARY)
        return [row for few in shown for row in few.values()]
