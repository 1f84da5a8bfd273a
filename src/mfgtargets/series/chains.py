"""Chains: rates compounded to an index, additions summed up, from where a target's period begins.

Every observation is a step from one time to another. Times are followed in order; at each, of
several steps that lead there the first is taken that goes on from something known.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.series.arrays import Codes, Flags, Floats
from mfgtargets.series.measured import Measured, Whole, turns
from mfgtargets.series.points import Points, sorted_points

_Taking = Callable[[int], None]
_Stepping = Callable[[Floats, Measured], tuple[Floats, Floats]]


class _Known(NamedTuple):
    """What is known of each series at each time, all of shape (times + 2, n).

    The last two rows are no times: what steps that stand alone go on from, and what is never known.
    """

    there: Flags
    value: Floats
    half_unit: Floats
    whole: Flags
    bound: Codes
    exclusive: Flags
    unclear: Flags
    letters: Codes
    latest: Whole
    before: Whole  # the time gone on from
    beside: Whole


class _Steps(NamedTuple):
    """Steps in the order they are tried: by the time led to, those that stand alone first."""

    o: Measured
    at: Whole  # their places among all observations
    source: Whole  # place of the time gone on from
    whole: Flags
    phase: Whole  # twice the place of the time led to, and one more for those that go on


def index_points(o: Measured, levels: Points, base_year: Floats, base_level: Floats) -> Points:
    """Return the index from 1 in ``base_year`` for every year that changes or levels lead to.

    Rates are chained, never added; of several ways to a year the most direct is taken: a change
    since the base, a ratio of levels (to ``base_level`` where that is given), an average over
    years, a change on the year before (the one of most of the year).
    """
    times = _times(o.year, base_year)
    known, start = _begun(times, base_year, 1.0)
    at = np.flatnonzero(o.of_measure("change_since_base", "average_change", "yearly_change"))
    at = at[o.year[at] > base_year[o.series[at]]]
    step = o.taken(at)
    alone, average = step.of_measure("change_since_base"), step.of_measure("average_change")
    rank = np.where(average, 0.0, 2.0 - step.share_of_year)
    source = _place(times, step.first_year - 1)
    steps = _ordered(step, at, _place(times, step.year), source, alone, rank, step.is_whole)
    ratios = _ratios(known, times, start, levels, base_level)
    _follow(known, times, steps, _compounded, ratios)
    return _points(known, times.astype(float), start)


def _compounded(before: Floats, step: Measured) -> tuple[Floats, Floats]:
    """Return value and half a unit of the index after a change of so many per cent a year."""
    over_years = step.of_measure("average_change")
    years = np.where(over_years, step.year - step.first_year + 1, 1).astype(float)
    grown = 1 + step.value / 100
    half_unit = before * grown ** (years - 1) * years * step.half_unit / 100
    return before * grown**years, half_unit


def sum_points(o: Measured, start: Floats) -> Points:
    """Return the running sum from the year ``start`` on; a ``total`` replaces what came before.

    A sum goes on from wherever one is known, by the longest period that begins there. Without a
    ``start`` only totals tell how much it is.
    """
    begin = start * 12 - 1  # the month before the first
    at = np.flatnonzero(o.of_measure("added", "total"))
    at = at[~(o.last[at] <= begin[o.series[at]])]
    step = o.taken(at)
    times = _times(step.last, begin)
    known, place = _begun(times, begin, 0.0)
    source = _place(times, step.first - 1)
    alone, whole = step.of_measure("total"), np.ones(len(at), dtype=bool)
    steps = _ordered(step, at, _place(times, step.last), source, alone, step.first, whole)
    _follow(known, times, steps, lambda before, one: (before + one.value, one.half_unit))
    found = _points(known, (times + 1) / 12 - 1, place)
    return found._replace(whole=found.time % 1 == 0)  # whatever parts its years are made of


def _times(times: Whole, starts: Floats) -> Whole:
    return np.unique(np.concatenate((times, starts[~np.isnan(starts)].astype(np.int64))))


def _place(times: Whole, wanted: Whole) -> Whole:
    """Return the places of times, of those that are not there the place of what is never known."""
    never = len(times) + 1
    if not len(times):
        return np.full(len(wanted), never)
    place = np.searchsorted(times, wanted)
    found: Whole = np.where(times[np.minimum(place, len(times) - 1)] == wanted, place, never)
    return found


def _begun(times: Whole, starts: Floats, value: float) -> tuple[_Known, Whole]:
    """Return what is known at first, and the place of each series' start (-1 without one)."""
    shape = len(times) + 2, len(starts)

    def full(filling: float, kind: Any) -> Any:
        return np.full(shape, filling, dtype=kind)

    known = _Known(
        full(0, bool), full(value, float), full(0, float), full(1, bool), full(0, np.int8),
        full(0, bool), full(0, bool), full(0, np.int8), full(-1, np.int64), full(-1, np.int64),
        full(-1, np.int64),
    )  # fmt: skip
    has_start = ~np.isnan(starts)
    place = np.full(len(starts), -1, dtype=np.int64)
    place[has_start] = np.searchsorted(times, starts[has_start].astype(np.int64))
    known.there[place[has_start], np.flatnonzero(has_start)] = True
    known.there[len(times)] = True
    return known, place


def _ordered(
    step: Measured, at: Whole, time: Whole, source: Whole, alone: Flags, rank: Any, whole: Flags
) -> _Steps:
    """Put steps in the order they are tried."""
    source = np.where(alone, -2, source)  # the last row but one, whatever the times are
    order = np.lexsort((rank, step.series, ~alone, time))
    phase = 2 * time + ~alone
    return _Steps(step.taken(order), at[order], source[order], whole[order], phase[order])


def _follow(
    known: _Known, times: Whole, steps: _Steps, stepping: _Stepping, between: _Taking | None = None
) -> None:
    """Take the steps, time by time."""
    bounds = np.searchsorted(steps.phase, np.arange(2 * len(times) + 1))
    for time in range(len(times)):
        first, middle, last = bounds[2 * time : 2 * time + 3].tolist()
        _take(known, steps, first, middle, time, stepping)
        if between is not None:
            between(time)
        _take(known, steps, middle, last, time, stepping)


def _take(
    known: _Known, steps: _Steps, first: int, last: int, time: int, stepping: _Stepping
) -> None:
    """Take, of steps to one time, for each series the first that goes on from something known."""
    if first == last:
        return
    turn = turns(steps.o.series[first:last])
    for n in range(int(turn.max()) + 1):
        chosen = first + np.flatnonzero(turn == n)
        series, source = steps.o.series[chosen], steps.source[chosen]
        usable = known.there[source, series] & ~known.there[time, series]
        chosen, series, source = chosen[usable], series[usable], source[usable]
        step = steps.o.taken(chosen)
        value, half_unit = stepping(known.value[source, series], step)
        nothing = np.full(len(chosen), -1, dtype=np.int64)
        _set(
            known, time, series, source, step, value, half_unit, steps.whole[chosen],
            steps.at[chosen], nothing,
        )  # fmt: skip


def _set(
    known: _Known,
    time: int,
    series: Whole,
    source: Whole,
    step: Measured,
    value: Floats,
    half_unit: Floats,
    whole: Flags,
    at: Whole,
    beside: Whole,
) -> None:
    """Note what steps lead to, and what that has of what they go on from."""
    earlier = known.bound[source, series]
    both = (step.bound != 0) & (earlier != 0) & (step.bound != earlier)
    bound = np.where(both, 0, np.where(step.bound != 0, step.bound, earlier))
    found = _Known(
        np.ones(len(series), dtype=bool), value, half_unit, whole & known.whole[source, series],
        bound, step.exclusive | known.exclusive[source, series],
        both | known.unclear[source, series], step.letters | known.letters[source, series],
        at, source, beside,
    )  # fmt: skip
    arrays: tuple[np.ndarray[Any, Any], ...] = known
    for array, column in zip(arrays, found, strict=True):
        array[time, series] = column


def _ratios(
    known: _Known, times: Whole, start: Whole, levels: Points, base_level: Floats
) -> _Taking:
    """Return what takes, at a time, the ratios of levels that lead there.

    They are to the level of the base, given or measured, else to the latest known year's.
    """
    level = np.full(known.there.shape, -1, dtype=np.int64)
    level[_place(times, np.where(levels.time % 1 == 0, levels.time, -1).astype(np.int64)),
          levels.series] = np.arange(len(levels.series))  # fmt: skip
    anchor = np.full(len(base_level), -1, dtype=np.int64)  # the time to whose level ratios go
    given = ~np.isnan(base_level) & (base_level != 0)

    def take(time: int) -> None:
        series = np.flatnonzero((level[time] >= 0) & ~known.there[time] & (time > start))
        series = series[(levels.value[level[time, series]] != 0) & (start[series] >= 0)]
        series = series[given[series] | (anchor[series] >= 0)]
        now, to = level[time, series], anchor[series]
        then = np.where(given[series], -1, level[to, series])
        source = np.where(given[series], -2, to)
        scale = known.value[to, series] / levels.value[then]
        blank: Any = np.zeros(len(series), dtype=np.int64)
        step = Measured._make([blank] * len(Measured._fields))
        step = step._replace(
            bound=levels.bound[now], exclusive=levels.exclusive[now], letters=levels.letters[now]
        )
        beside = np.where(then >= 0, levels.latest[then], -1)
        value, half_unit = (
            np.where(given[series], x[now] / base_level[series], x[now] * scale)
            for x in (levels.value, levels.half_unit)
        )
        _set(
            known, time, series, source, step, value, half_unit, levels.whole[now],
            levels.latest[now], beside,
        )  # fmt: skip
        letters = np.where(then >= 0, levels.letters[then], 0)
        known.letters[time, series] |= letters.astype(np.int8)

    def anchored(time: int) -> None:
        take(time)
        now = level[time]
        good = (now >= 0) & known.there[time] & (anchor != start)
        good[good] = levels.exact[now[good]] & (levels.value[now[good]] != 0)
        anchor[good] = time

    return anchored


def _points(known: _Known, when: Floats, start: Whole) -> Points:
    """Return all that is known after the start as points."""
    times = len(when)
    there = known.there[:times] & (np.arange(times)[:, None] > start)
    time, series = np.nonzero(there)
    number = np.full(known.there.shape, -1, dtype=np.int64)
    number[time, series] = np.arange(len(time))
    column: list[Any] = [array[time, series] for array in known]
    before = number[known.before[time, series], series]
    _, value, half_unit, whole, bound, exclusive, unclear, letters, latest, _, beside = column
    found = Points(
        series, when[time], value, half_unit, whole, bound, exclusive, unclear, letters, latest,
        before, beside,
    )  # fmt: skip
    return sorted_points(found)
