"""The series as arrays: all that the arithmetic is given."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Literal, NamedTuple

import numpy as np

# Spelt out, since numpy.typing takes longer to import than all of this package's arithmetic.
Floats = np.ndarray[tuple[Any, ...], np.dtype[np.float64]]
Codes = np.ndarray[tuple[Any, ...], np.dtype[np.int8]]
Flags = np.ndarray[tuple[Any, ...], np.dtype[np.bool_]]


class Coded(NamedTuple):
    """A column of words: ``words[code]`` for each of ``codes``."""

    codes: np.ndarray[tuple[Any, ...], np.dtype[Any]]
    words: Sequence[Any]

    def listed(self) -> list[Any]:
        """Return the word of each row."""
        return [self.words[code] for code in self.codes.tolist()]

    def array(self, dtype: Any) -> Any:
        """Return the words, which are numbers or flags, as an array."""
        return np.array(self.words, dtype=dtype)[self.codes]


Column = Any  # a Coded, or an array of numbers that is NaN where there is none

OtherYear = Literal["later", "nearest"]  # the next later one that has a value, or the nearest


class Scale(IntEnum):
    """How numbers of the arithmetic are put out."""

    LEVEL = 0  # as they are
    SIZE = 1  # an index from 1, put out as the size of its change in % (larger is better)
    RATE = 2  # an index from 1, put out as its average yearly change in % (larger is better)


class Decision(IntEnum):
    """Whether the value decides the target."""

    OPEN = 0  # it is from before the target year, or covers part of it
    DUE = 1  # it is the target year's whole-year value
    LATE = 2  # it is the first whole-year value after the target year


class Aim(IntEnum):
    """What a target asks for; the schedule knows only the first."""

    REACH = 0  # a value by a year
    CONSTANT = 1  # a value to be held every year
    DIRECTION = 2  # no value, only which way is good
    PARITY = 3  # a value that is good from neither side


class Curve(NamedTuple):
    """How ``n`` series go on: by steps, or by rates (``geometric``), of themselves or of their odds.

    Of a series with a ``ceiling`` c (NaN where there is none) it is the odds p/(c-p) that go on: by
    rates, the path is an S-curve, linear in ln(p/(c-p)).
    """

    geometric: Flags
    ceiling: Floats

    @property
    def by_own_rate(self) -> Flags:
        """Which go on by rates of themselves."""
        found: Flags = self.geometric & np.isnan(self.ceiling)
        return found

    @property
    def names(self) -> Coded:
        """What each path is called."""
        by_rates = np.where(np.isnan(self.ceiling), 1, 2)
        return Coded(np.where(self.geometric, by_rates, 0), ("linear", "geometric", "logistic"))

    def at(self, rows: Any) -> "Curve":
        """Return the curves of some of the series."""
        return Curve(self.geometric[rows], self.ceiling[rows])

    def odds(self, values: Floats) -> Floats:
        """Return the odds p/(c-p) under a ceiling, other values as they are; (n,) or (k, n)."""
        if np.isnan(self.ceiling).all():
            return values
        with np.errstate(all="ignore"):  # at the ceiling they are infinite
            return np.where(np.isnan(self.ceiling), values, values / (self.ceiling - values))

    def values(self, odds: Floats) -> Floats:
        """Return c*x/(1+x), whose odds are given, under a ceiling; others as they are."""
        if np.isnan(self.ceiling).all():
            return odds
        return np.where(np.isnan(self.ceiling), odds, self.ceiling * odds / (1 + odds))

    def outside(self, values: Floats) -> Flags:
        """Tell which values an S-curve never takes: on or past 0 or its ceiling."""
        outside: Flags = ~np.isnan(self.ceiling) & ((values <= 0) | (values >= self.ceiling))
        return outside


class Series(NamedTuple):
    """``n`` series as arrays of length n; NaN where there is no number.

    The path of each runs through the ``k`` columns of ``knot_years`` and ``knot_values``: baseline
    first, target last, milestones between (unused columns repeat the baseline). Values are in the
    indicator's unit (``Scale.LEVEL``) or an index from 1; times are years counted by year-ends.
    ``no_path`` and ``blocked`` hold a ``Reason``: why there is no path, why no status.
    ``history_years`` and ``history_values`` of shape (n, h) are the exact whole-year values of one
    definition up to the one judged, and that one where it is such a value. The fields after
    ``base_differs`` are what only some methods ask for.
    """

    direction: Floats  # +1 up is good, -1 down is good
    geometric: Flags
    ceiling: Floats  # of an S-curve, NaN of all others
    scale: Codes
    knot_years: Floats
    knot_values: Floats
    no_path: Codes
    year: Floats  # of the value; the as-of year where there is none
    value: Floats
    half_unit: Floats  # half a unit of the value's last published digit, on the value's scale
    bound: Codes  # +1 the value is a lower bound, -1 an upper one, 0 exact
    exclusive: Flags  # whether the bound itself is excluded
    blocked: Codes
    strict: Flags  # whether the target must be exceeded
    met_from: Floats  # the value from which the target counts as met
    met_early_from: Floats  # the same before the target year
    decision: Codes
    reversing: Flags  # the latest change between two exact whole-year values goes the wrong way
    short: Flags  # a year fell short for certain, which no total or later year makes good
    early: Flags  # whether the value may count as met before the target year
    hold: Flags  # the target is to be kept, and has no path
    toward: Flags  # nearer to the target is better, from both sides
    afterwards: Floats  # the best whole-year value after the deciding one
    history_years: Floats
    history_values: Floats
    base_differs: Flags  # whether the baseline is of another definition than they are
    unsupported: Flags  # of a kind that only the schedule judges (rank, annual_flow)
    percent: Flags  # whether the unit is %
    aim: Codes
    limit: Floats  # a natural limit of the indicator
    lower: Floats  # the value that scores 0 in a normalisation
    optimum: Floats  # the value that scores 100

    @property
    def curve(self) -> Curve:
        """How they go on from one knot to the next."""
        return Curve(self.geometric, self.ceiling)

    def nearness(self, value: Floats) -> Floats:
        """Return values as they count: one beyond a target to come near to, mirrored at it."""
        beyond = self.toward & (self.direction * (value - self.target) > 0)
        return np.where(beyond, 2 * self.target - value, value)

    @property
    def baseline_year(self) -> Floats:
        """Year of the baseline."""
        return self.knot_years[:, 0]

    @property
    def baseline(self) -> Floats:
        """Value of the baseline."""
        return self.knot_values[:, 0]

    @property
    def target_year(self) -> Floats:
        """Year of the target."""
        return self.knot_years[:, -1]

    @property
    def target(self) -> Floats:
        """Value of the target."""
        return self.knot_values[:, -1]
