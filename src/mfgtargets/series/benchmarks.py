"""Aims that are another indicator's values, which differ from year to year."""

from typing import NamedTuple

import numpy as np

from mfgtargets.series.arrays import Floats
from mfgtargets.series.measured import Measured, Whole
from mfgtargets.series.points import Points, level_points, taken
from mfgtargets.series.promised import Promised


class Benchmarks(NamedTuple):
    """The exact whole-year values of the other indicators, of shape (n, k) from a first year on."""

    first: int
    values: Floats

    def at(self, series: Whole, time: Floats) -> Floats:
        """Return the values at times of series, NaN where there is none."""
        size = self.values.shape[1]
        place = time - self.first
        there = (place >= 0) & (place < size) & (place % 1 == 0)
        places = np.where(there, place, 0).astype(np.int64)
        if not size:
            return np.full(len(series), np.nan)
        return np.where(there, self.values[series, places], np.nan)


def benchmarks_of(others: Measured, size: int) -> Benchmarks:
    """Lay out what was measured of the other indicators; a rate of change counts as its level."""
    every = np.ones(size, dtype=bool)
    levels = level_points(others, ~every, every)
    levels = taken(levels, np.flatnonzero(levels.exact))
    if not len(levels.series):
        return Benchmarks(0, np.empty((size, 0)))
    first, last = int(levels.time.min()), int(levels.time.max())
    values = np.full((size, last - first + 1), np.nan)
    values[levels.series, (levels.time - first).astype(np.int64)] = levels.value
    return Benchmarks(first, values)


def beside(promised: Promised, levels: Points, others: Benchmarks) -> tuple[Promised, Points]:
    """Return the promises with their aims of the newest year that both sides know, and its levels.

    Levels of years of which the other indicator is unknown decide nothing, and are left out. Of a
    mean the aim is the mean of the same years.
    """
    value = others.at(levels.series, levels.time)
    relative = promised.relative[levels.series]
    known = taken(levels, np.flatnonzero(~(relative & np.isnan(value))))
    series, time = known.series, known.time
    inside = promised.relative[series] & known.whole & (time <= promised.year[series])
    inside &= ~(time < promised.start[series])
    series, value = series[inside], others.at(series[inside], time[inside])
    newest = np.full(len(promised.aim), np.nan)
    newest[series] = value  # in order of time
    count = np.bincount(series, minlength=len(newest))
    total = np.bincount(series, weights=value, minlength=len(newest))
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    aim = np.where(promised.held("average"), mean, newest) + promised.offset
    return promised._replace(aim=np.where(promised.relative, aim, promised.aim)), known
