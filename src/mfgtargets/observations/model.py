"""An observation: one measured value, with where it comes from."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from mfgtargets.faults import Place
from mfgtargets.observations.period import Period

Measure = Literal["level", "yearly_change", "change_since_base", "average_change", "added", "total"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
BOUNDS = ("", ">", ">=", "<", "<=")
STATUSES = "APEBD"
RELATIVE: frozenset[Measure | None] = frozenset(
    {"yearly_change", "change_since_base", "average_change"}
)


class Observation(NamedTuple):
    """One measured value (SPEC §3); ``text`` is the number as published."""

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


def decimals(text: str) -> int:
    """Count the decimals a number was published with."""
    mantissa, _, exponent = text.lower().partition("e")
    digits = len(mantissa.partition(".")[2])
    return max(0, digits - int(exponent or 0))


class LeftOut(NamedTuple):
    """A row that is not used, where it stands, and why (``reason`` with its ``details``)."""

    place: Place
    reason: str
    details: Mapping[str, str]
