"""What was measured, by columns: one row an observation, each of the series it belongs to."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.observations.observation import MEASURES, Observation
from mfgtargets.observations.observed import Observed
from mfgtargets.series.arrays import Codes, Flags, Floats

Whole = np.ndarray[tuple[Any, ...], np.dtype[np.int64]]

# What the letters of a figure's quality, and a period that is no whole year, are as bits.
LETTERS = {"P": 1, "E": 2, "B": 4, "D": 8}
PART, ANNUALISED = 16, 32
BOUNDS = {"": 0, ">": 1, ">=": 1, "<": -1, "<=": -1}
_MEASURES: dict[str, int] = {measure: code for code, measure in enumerate(MEASURES)}


class Measured(NamedTuple):
    """``m`` observations by columns, in order of time.

    ``series`` is the row of the target an observation is judged for, ``first`` and ``last`` its
    months counted through the years, ``letters`` bits of its quality, ``source`` its place among
    the observations it was made of.
    """

    series: Whole
    first: Whole
    last: Whole
    value: Floats
    half_unit: Floats
    measure: Codes
    bound: Codes  # +1 a lower bound, -1 an upper one, 0 exact
    exclusive: Flags
    letters: Codes
    source: Whole

    @property
    def first_year(self) -> Whole:
        """The year each begins in."""
        return self.first // 12

    @property
    def year(self) -> Whole:
        """The year each ends in."""
        return self.last // 12

    @property
    def end(self) -> Floats:
        """The time each ends at, counted by year-ends."""
        return (self.last + 1) / 12 - 1

    @property
    def is_whole(self) -> Flags:
        """Which are of whole years."""
        whole: Flags = (self.first % 12 == 0) & (self.last % 12 == 11)
        return whole

    @property
    def share_of_year(self) -> Floats:
        """The part of a year each covers."""
        return (self.last - self.first + 1) / 12

    def of_measure(self, *measures: str) -> Flags:
        """Tell which are of one of the measures."""
        return _members(measures)[self.measure]

    def taken(self, chosen: Any) -> "Measured":
        """Return the observations of a mask or of places."""
        return Measured(*(array[chosen] for array in self))


def together(parts: Sequence[Measured]) -> Measured:
    """Return observations of one source as one, in their order."""
    if len(parts) == 1:
        return parts[0]
    found = Measured(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    return found.taken(np.argsort(found.source, kind="stable"))


@cache
def _members(measures: tuple[str, ...]) -> Flags:
    return np.array([*(measure in measures for measure in MEASURES), False])  # the last for none


def measured_for(
    regions: Sequence[str], indicators: Sequence[str], observations: Sequence[Observation]
) -> Measured:
    """Return the observations by columns, each for every series of its region and indicator.

    The series are those of ``indicators`` (which may repeat) for each of ``regions`` in turn. The
    observations come in order of time, one a period and measure.
    """
    given, size = Observed.of(observations), len(indicators)
    numbers = {region: n for n, region in enumerate(regions)}
    of_region = np.array([numbers.get(name, -1) for name in given.regions], dtype=np.int64)
    series, places = [], []
    for slots in _slots(indicators):
        slot = given.of_kinds(lambda one, at=slots: at.get(one.indicator, -1))  # type: ignore[misc]
        place = np.flatnonzero((slot >= 0) & (of_region[given.region] >= 0))
        series.append(of_region[given.region[place]] * size + slot[place])
        places.append(place)
    place = np.concatenate([np.empty(0, dtype=np.int64), *places])
    order = np.argsort(place, kind="stable")
    o = given.taken(place := place[order])
    return Measured(
        series=np.concatenate([np.empty(0, dtype=np.int64), *series])[order],
        first=o.of_kinds(lambda one: one.period.first),
        last=o.of_kinds(lambda one: one.period.last),
        value=o.value,
        half_unit=0.5 * 10.0**-o.decimals,
        measure=o.of_kinds(lambda one: _MEASURES.get(one.measure or "", -1), np.int8),
        bound=o.of_kinds(lambda one: BOUNDS[one.bound], np.int8),
        exclusive=o.of_kinds(lambda one: one.bound in {">", "<"}, bool),
        letters=o.of_kinds(_letters, np.int8),
        source=place,
    )


def _slots(indicators: Sequence[str]) -> list[dict[str, int]]:
    """Return the places of indicators: of each the first, of those that have a second that …"""
    found: list[dict[str, int]] = []
    for n, indicator in enumerate(indicators):
        if not indicator:  # nothing is measured for it
            continue
        free = next((slots for slots in found if indicator not in slots), None)
        if free is None:
            found.append(free := {})
        free[indicator] = n
    return found


def _letters(observation: Observation) -> int:
    bits = sum(bit for letter, bit in LETTERS.items() if letter in observation.obs_status)
    return bits if observation.period.is_whole else bits | PART


def firsts(rows: Whole, size: int) -> Whole:
    """Return for each of ``size`` rows the first place where it stands in ``rows``, else -1."""
    found = np.full(size, -1, dtype=np.int64)
    found[rows[::-1]] = np.arange(len(rows) - 1, -1, -1)
    return found


def lasts(rows: Whole, size: int) -> Whole:
    """Return for each of ``size`` rows the last place where it stands in ``rows``, else -1."""
    found = np.full(size, -1, dtype=np.int64)
    found[rows] = np.arange(len(rows))
    return found


def turns(*keys: Whole) -> Whole:
    """Return how often the same keys stood before, for each place of columns that are sorted."""
    if not len(keys[0]):
        return np.zeros(0, dtype=np.int64)
    new = np.ones(len(keys[0]), dtype=bool)
    new[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    starts = np.maximum.accumulate(np.where(new, np.arange(len(new)), 0))
    return np.arange(len(new)) - starts
