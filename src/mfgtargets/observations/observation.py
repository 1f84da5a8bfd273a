"""An observation: one measured value, with where it comes from."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, get_args

from mfgtargets.faults import Place
from mfgtargets.notation.numbers import decimals
from mfgtargets.notation.period import Period

Measure = Literal["level", "yearly_change", "change_since_base", "average_change", "added", "total"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
BOUNDS = ("", ">", ">=", "<", "<=")
STATUSES = "APEBD"
# Says why rows of an indicator and region are left out unread; None where they are not.
Admission = Callable[[str, str], tuple[str, dict[str, str]] | None]
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


# What is left out of real files as a matter of course, and what somebody should look at.
ORDINARY = frozenset(
    "blank-value above-table footer sub-item sub-heading subtotal breakdown other-region repeated "
    "measure-not-usable hidden-sheet member-not-used hidden-row hidden-column".split()
)
_FIRST, _FEW = 100, 5


class Tally:
    """What was left out of a file: how many by reason, and the first that should be looked at.

    Of the rows of one unknown indicator only the first is kept.
    """

    def __init__(self) -> None:
        self.by_reason: Counter[str] = Counter()
        self.first: list[LeftOut] = []
        self.ordinary: list[LeftOut] = []  # the first few that need no looking at
        self._unknown: set[str] = set()

    def add(self, row: LeftOut) -> None:
        """Count a row."""
        self.by_reason[row.reason] += row.rows
        if row.reason in ORDINARY:
            self.ordinary += [row] if len(self.ordinary) < _FEW else []
            return
        if len(self.first) == _FIRST:
            return
        name = row.details["found"] if row.reason == "unknown-indicator" else ""
        if name not in self._unknown:
            self.first.append(row)
        if name:
            self._unknown.add(name)

    @property
    def total(self) -> int:
        """How many were left out."""
        return self.by_reason.total()

    @property
    def questionable(self) -> int:
        """How many of them are not left out as a matter of course."""
        return sum(n for reason, n in self.by_reason.items() if reason not in ORDINARY)
