"""Observations matched to a document, and what was seen of a source on the way."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from mfgtargets.document.records import Target
from mfgtargets.faults import InputError, Place
from mfgtargets.observations.breakdowns import Breakdowns
from mfgtargets.observations.observation import LeftOut, Observation
from mfgtargets.observations.vintages import Distinct


class Matched(NamedTuple):
    """Observations under indicator ids of a document, and how their signs were read.

    ``read_as_fall`` are positive numbers that were read as falls because of the name they stand
    under; ``read_as_rise`` those of an indicator of that name that stand under its id, where the
    sign is taken as written (but not proxies, which decide nothing); ``read_as_region`` are words
    such as 全市 that were taken for the document's region, with the first place of each; ``doubts``
    are values that look as if their unit were another; ``without_region`` names the files that
    say no region, with the first place of each.
    """

    observations: Sequence[Observation]
    read_as_fall: Sequence[Observation]
    read_as_rise: Sequence[Observation]
    read_as_region: dict[str, Place]
    doubts: list[LeftOut]
    without_region: dict[str, Place]


class Fit(NamedTuple):
    """An observation under its indicator's id, in its unit, and how that came about.

    ``given`` is the same as the file has it, ``targets`` those of its indicator, ``by`` what its
    number was multiplied by; ``is_fall`` tells whether its sign was turned, ``is_rise`` whether it
    was taken as written though the indicator's name speaks of a fall.
    """

    observation: Observation
    given: Observation
    targets: Sequence[Target]
    by: Decimal
    is_fall: bool
    is_rise: bool


class Matching(NamedTuple):
    """What was seen of a source so far, which tells what comes after."""

    level_units: dict[tuple[str, str], str]
    breakdowns: Breakdowns
    distinct: Distinct

    @classmethod
    def begun(cls, own: str) -> "Matching":
        """Return what there is before anything was seen; ``own`` is the region that needs no naming."""
        breakdowns = Breakdowns()
        return cls({}, breakdowns, Distinct(breakdowns, own))

    def check(self) -> None:
        """Raise ``InputError`` where values disagree, or a column that is not read tells them apart."""
        faults = [*self.breakdowns.faults(), *self.distinct.faults]
        if faults:
            raise InputError(faults)
