"""Levels, chains and sums by a plain rewrite of their rules, one series at a time, of any data."""

from typing import Any, NamedTuple

import numpy as np
import pytest

from mfgtargets.observations.observation import MEASURES
from mfgtargets.series.chains import index_points, sum_points
from mfgtargets.series.measured import Measured
from mfgtargets.series.points import Points, level_points

SERIES = 400
NONE = float("nan")


class Value(NamedTuple):
    """One observation, or what is known at one time and on what observations it rests."""

    measure: str
    first: int  # months counted through the years
    last: int
    value: float
    half_unit: float
    bound: int
    exclusive: bool
    letters: int
    place: int

    @property
    def years(self) -> tuple[int, int]:
        """The years it begins and ends in."""
        return self.first // 12, self.last // 12

    @property
    def is_whole(self) -> bool:
        """Whether it is of whole years."""
        return self.first % 12 == 0 and self.last % 12 == 11

    @property
    def share(self) -> float:
        """The years it covers."""
        return (self.last - self.first + 1) / 12


class Known(NamedTuple):
    """What is known at one time, and the observations that it rests on."""

    value: float
    half_unit: float
    whole: bool
    bound: int
    exclusive: bool
    unclear: bool
    letters: int
    rests_on: tuple[int, ...]

    def then(self, value: float, half_unit: float, o: Value, *, whole: bool = True) -> "Known":
        """Return what an observation makes of what was known: bounds of two sides say nothing."""
        two_sides = self.bound * o.bound < 0
        return Known(
            value, half_unit, whole and self.whole,
            0 if two_sides else o.bound or self.bound,
            o.exclusive or self.exclusive, two_sides or self.unclear, o.letters | self.letters,
            (*self.rests_on, o.place),
        )  # fmt: skip


NOTHING = Known(0.0, 0.0, True, 0, False, False, 0, ())
UNIT = NOTHING._replace(value=1.0)


def series_of_values(
    chance: np.random.Generator, measures: list[str], *, parts: bool
) -> list[Value]:
    """Return a few observations of one series: whole years, spans of years, and parts from January."""
    found: dict[tuple[str, int, int], Value] = {}
    for _ in range(chance.integers(1, 9)):
        measure = str(chance.choice(measures))
        year, years = 2014 + int(chance.integers(0, 7)), 1
        if measure in {"average_change", "added"} and chance.random() < 0.5:
            years = int(chance.integers(2, 4))
        months = 12 * years
        begin = 12 * year
        if parts and chance.random() < 0.3:
            months, begin = int(chance.choice([3, 6, 9])), 12 * year
            if measure in {"added", "level"} and chance.random() < 0.5:
                begin += 12 - months  # up to the end of the year
        bound = int(chance.choice([0, 0, 0, 0, 1, -1]))
        whole = months % 12 == 0
        one = Value(
            measure, begin, begin + months - 1, float(chance.choice([-20, 0, 5, 10, 50])),
            float(chance.choice([0.05, 0.5])), bound, bool(bound and chance.random() < 0.5),
            int(chance.choice([0, 0, 1, 2, 4])) | (0 if whole else 16), -1,
        )  # fmt: skip
        found[measure, one.first, one.last] = one
    return list(found.values())


def measured(everything: list[list[Value]]) -> tuple[Measured, list[list[Value]]]:
    """Return observations by columns, in order of time, and by series with their places."""
    rows = [(n, one) for n, values in enumerate(everything) for one in values]
    rows.sort(key=lambda row: (row[1].last, row[1].first))
    by_series: list[list[Value]] = [[] for _ in everything]
    for place, (n, one) in enumerate(rows):
        by_series[n].append(one._replace(place=place))
    columns: Any = [
        [n for n, _ in rows], [o.first for _, o in rows], [o.last for _, o in rows],
        [o.value for _, o in rows], [o.half_unit for _, o in rows],
        [MEASURES.index(o.measure) for _, o in rows],  # type: ignore[arg-type]
        [o.bound for _, o in rows], [o.exclusive for _, o in rows], [o.letters for _, o in rows],
        list(range(len(rows))),
    ]  # fmt: skip
    kinds = (int, int, int, float, float, np.int8, np.int8, bool, np.int8, int)
    return Measured(*map(np.array, columns, kinds)), by_series


def by_time(p: Points, size: int) -> list[dict[float, Known]]:
    """Return what the program knows of each series, by time."""
    found: list[dict[float, Known]] = [{} for _ in range(size)]
    for n, (series, time) in enumerate(zip(p.series.tolist(), p.time.tolist(), strict=True)):
        found[series][round(time, 9)] = Known(
            float(p.value[n]), float(p.half_unit[n]), bool(p.whole[n]), int(p.bound[n]),
            bool(p.exclusive[n]), bool(p.unclear[n]), int(p.letters[n]), tuple(p.rests_on(n)),
        )  # fmt: skip
    return found


def alike(one: dict[float, Known], other: dict[float, Known]) -> bool:
    """Whether both know the same, but for floating point."""
    return one.keys() == other.keys() and all(
        one[at][2:] == other[at][2:] and np.allclose(one[at][:2], other[at][:2], rtol=1e-9)
        for at in one
    )


def levels_of(values: list[Value], *, flow: bool, rates: bool) -> dict[float, tuple[Value, Known]]:
    """Return the level of each time: exact before bounded, longer before shorter, the last of equals."""
    best: dict[float, tuple[Any, Value, Known]] = {}
    for n, o in enumerate(values):
        if o.measure != "level" and not (rates and o.measure == "yearly_change"):
            continue
        scaled = flow and not (o.is_whole and o.share == 1)
        time = o.years[1] if scaled or rates else (o.last + 1) / 12 - 1
        by = o.share if scaled else 1.0
        rank = (not o.bound and not scaled, o.share, o.is_whole, n)
        known = NOTHING.then(o.value / by, o.half_unit / by, o, whole=o.is_whole)
        if time not in best or rank > best[time][0]:
            best[round(time, 9)] = rank, o, known
    return {time: (o, known) for time, (_, o, known) in best.items()}


def index_of(  # noqa: C901 - a step a kind
    values: list[Value], base_year: float, base_level: float
) -> dict[float, Known]:
    """Return the index from 1: since the base, by levels, by averages, by yearly changes."""
    if np.isnan(base_year):
        return {}
    levels = levels_of(values, flow=False, rates=False)
    known: dict[float, Known] = {base_year: UNIT}
    anchor: float | None = None
    for year in range(2014, 2024):
        steps = [o for o in values if o.years[1] == year > base_year]
        longest_first = sorted(steps, key=lambda o: -o.share)
        for o in longest_first:
            if o.measure == "change_since_base" and year not in known:
                known[year] = UNIT.then(1 + o.value / 100, o.half_unit / 100, o, whole=o.is_whole)
        if year in levels and year >= base_year:
            o, level = levels[year]
            to_base = not np.isnan(base_level) and base_level != 0
            if o.value and year not in known and to_base:
                ratio = level.value / base_level
                known[year] = UNIT.then(ratio, o.half_unit / base_level, o, whole=o.is_whole)
            elif o.value and year not in known and anchor is not None:
                then, before = known[anchor], levels[anchor][0]
                scale = then.value / before.value
                known[year] = then.then(
                    o.value * scale, o.half_unit * scale, o, whole=o.is_whole
                )._replace(
                    letters=o.letters | then.letters | before.letters,
                    rests_on=(*then.rests_on, before.place, o.place),
                )
            if year in known and anchor != base_year and o.value and not o.bound and o.is_whole:
                anchor = year
        averages = [o for o in steps if o.measure == "average_change"]
        for o in averages + [o for o in longest_first if o.measure == "yearly_change"]:
            years = year - o.years[0] + 1 if o.measure == "average_change" else 1
            before_that = known.get(o.years[0] - 1)
            if before_that is not None and year not in known:
                grown = 1 + o.value / 100
                known[year] = before_that.then(
                    before_that.value * grown**years,
                    before_that.value * grown ** (years - 1) * years * o.half_unit / 100,
                    o, whole=o.is_whole,
                )  # fmt: skip
    return {year: one for year, one in known.items() if year > base_year}


def sum_of(values: list[Value], start: float) -> dict[float, Known]:
    """Return the running sum: a total replaces it, else the longest addition that goes on."""
    known = {} if np.isnan(start) else {start * 12 - 1: NOTHING}
    for month in sorted({o.last for o in values if not o.last <= start * 12 - 1}):
        here = [o for o in values if o.last == month]
        for o in here:
            if o.measure == "total" and month not in known:
                known[month] = NOTHING.then(o.value, o.half_unit, o)
        for o in sorted((o for o in here if o.measure == "added"), key=lambda o: o.first):
            before = known.get(o.first - 1)
            if before is not None and month not in known:
                known[month] = before.then(before.value + o.value, o.half_unit, o)
    return {
        round((month + 1) / 12 - 1, 9): one._replace(whole=(month + 1) % 12 == 0)
        for month, one in known.items()
        if month != start * 12 - 1
    }


@pytest.mark.parametrize(("flow", "rates"), [(False, False), (True, False), (False, True)])
def test_one_level_a_time(*, flow: bool, rates: bool) -> None:
    """Stocks stand at their own time, parts of flows are carried to the year, rates stand for it."""
    chance = np.random.default_rng(1)
    measures = ["level", "level", "yearly_change", "added"]
    o, values = measured([series_of_values(chance, measures, parts=True) for _ in range(SERIES)])
    masks = np.full(SERIES, flow), np.full(SERIES, rates)
    found = by_time(level_points(o, *masks), SERIES)
    for one, mine in zip(values, found, strict=True):
        expected = {at: known for at, (_, known) in levels_of(one, flow=flow, rates=rates).items()}
        assert alike(mine, expected), (one, mine, expected)


def test_the_index_by_the_most_direct_way() -> None:
    """Of any rates, averages and levels: value, rounding, bounds, letters and what each rests on."""
    chance = np.random.default_rng(2)
    measures = ["level", "yearly_change", "yearly_change", "average_change", "change_since_base"]
    o, values = measured([series_of_values(chance, measures, parts=True) for _ in range(SERIES)])
    base_year = chance.choice([2014.0, 2015.0, 2016.0, NONE], SERIES, p=[0.3, 0.5, 0.15, 0.05])
    base_level = chance.choice([NONE, 0.0, 40.0], SERIES, p=[0.7, 0.1, 0.2])
    never = np.zeros(SERIES, dtype=bool)
    levels = level_points(o, never, never)
    with np.errstate(all="ignore"):
        found = by_time(index_points(o, levels, base_year, base_level), SERIES)
    for n, one in enumerate(values):
        expected = index_of(one, float(base_year[n]), float(base_level[n]))
        assert alike(found[n], expected), (base_year[n], base_level[n], one, found[n], expected)


def test_the_sum_goes_on_from_what_is_known() -> None:
    """Of any additions and totals: quarters, halves, years and spans, with and without a start."""
    chance = np.random.default_rng(3)
    o, values = measured(
        [
            series_of_values(chance, ["added", "added", "added", "total"], parts=True)
            for _ in range(SERIES)
        ]
    )
    start = chance.choice([2015.0, 2016.0, NONE], SERIES, p=[0.7, 0.2, 0.1])
    found = by_time(sum_points(o, start), SERIES)
    for n, one in enumerate(values):
        expected = sum_of(one, float(start[n]))
        assert alike(found[n], expected), (start[n], one, found[n], expected)


def test_a_single_level_is_measured_by_that_of_the_base() -> None:
    """44 in 2016 of 40 in 2015 is 1.1, whether it is the only one that is known or not."""
    level = Value("level", 2016 * 12, 2016 * 12 + 11, 44.0, 0.5, 0, False, 0, -1)
    for values in (
        [level],
        [level._replace(first=2015 * 12, last=2015 * 12 + 11, value=40), level],
    ):
        o, _ = measured([values])
        never = np.zeros(1, dtype=bool)
        base_level = np.array([40.0 if len(values) == 1 else NONE])
        with np.errstate(all="ignore"):
            levels = level_points(o, never, never)
            (found,) = by_time(index_points(o, levels, np.array([2015.0]), base_level), 1)
        assert found[2016].value == pytest.approx(1.1)
