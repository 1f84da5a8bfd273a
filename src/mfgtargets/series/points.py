"""Values in time on the scale of the arithmetic, by columns: levels, and what chains lead to."""

from typing import Any, NamedTuple

import numpy as np

from mfgtargets.series.arrays import Codes, Flags, Floats
from mfgtargets.series.measured import Measured, Whole, turns


class Points(NamedTuple):
    """Values in time by columns, sorted by series and time.

    ``value`` and ``half_unit`` are in the indicator's unit, or an index from 1 for changes, or a
    sum for additions. ``before`` is the point that one goes on from, ``latest`` the newest
    observation it rests on, ``beside`` one that stands behind the point before; -1 where none.
    """

    series: Whole
    time: Floats  # years, counted by year-ends
    value: Floats
    half_unit: Floats
    whole: Flags  # a whole year's value, or a part's
    bound: Codes
    exclusive: Flags
    unclear: Flags  # it rests on bounds from both sides
    letters: Codes
    latest: Whole
    before: Whole
    beside: Whole

    @property
    def exact(self) -> Flags:
        """Which are whole years' values, known exactly."""
        exact: Flags = self.whole & (self.bound == 0) & ~self.unclear
        return exact

    def rests_on(self, point: int) -> list[int]:
        """Return the observations that a point rests on, the oldest first."""
        chain: list[int] = []
        while point >= 0:
            chain.append(int(self.latest[point]))
            if self.beside[point] >= 0:
                chain.append(int(self.beside[point]))
            point = int(self.before[point])
        return chain[::-1]


def level_points(o: Measured, flow: Flags, rates: Flags) -> Points:
    """Return the levels among observations: one a time, whole years before parts of them.

    A stock or ratio counts at its own time; a ``flow`` from January on is scaled to its year. Of
    ``rates`` of change the yearly change is the level, and stands for its year.
    """
    is_level = o.of_measure("level") | (rates[o.series] & o.of_measure("yearly_change"))
    o = o.taken(at := np.flatnonzero(is_level))
    share = o.share_of_year
    is_year = o.is_whole & (share == 1)
    scaled = flow[o.series] & ~is_year
    time = np.where(scaled | rates[o.series], o.year, o.end)
    order = np.arange(len(at))
    if not _rises(o.series, time):
        exact = (o.bound == 0) & ~scaled  # a stock of December says more than a bound of the year
        order = np.lexsort((order, o.is_whole, share, exact, time, o.series))
    series, time = o.series[order], time[order]
    if len(order):
        last = np.append((series[1:] != series[:-1]) | (time[1:] != time[:-1]), True)
        order, series, time = order[last], series[last], time[last]
    o, at, by = o.taken(order), at[order], np.where(scaled, share, 1.0)[order]
    nothing = np.full(len(at), -1, dtype=np.int64)
    return Points(
        series=series,
        time=time,
        value=o.value / by,
        half_unit=o.half_unit / by,
        whole=o.is_whole,
        bound=o.bound,
        exclusive=o.exclusive,
        unclear=np.zeros(len(at), dtype=bool),
        letters=o.letters,
        latest=at,
        before=nothing,
        beside=nothing,
    )


def _rises(series: Whole, time: Floats) -> bool:
    """Tell whether points are in order, no two of one series at one time."""
    steps = np.diff(series)
    return bool(((steps > 0) | ((steps == 0) & (np.diff(time) > 0))).all())


def joined(*parts: Points) -> Points:
    """Return points of different series as one, sorted by series and time."""
    sizes = [0, *np.cumsum([len(part.series) for part in parts])]
    moved = [
        part._replace(before=np.where(part.before >= 0, part.before + start, -1))
        for part, start in zip(parts, sizes[:-1], strict=True)
    ]
    return sorted_points(Points(*map(np.concatenate, zip(*moved, strict=True))))


def sorted_points(p: Points) -> Points:
    """Sort points by series and time."""
    order = np.lexsort((p.time, p.series))
    if (order == np.arange(len(order))).all():
        return p
    return taken(p, order)


def taken(p: Points, places: Whole) -> Points:
    """Return the points of ``places``; one that goes on from a point left out forgets it."""
    where = np.full(len(p.series) + 1, -1, dtype=np.int64)  # the last for -1
    where[places] = np.arange(len(places))
    columns: Any = [array[places] for array in p]
    chosen = Points(*columns)
    return chosen._replace(before=where[chosen.before])


def side_by_side(p: Points, size: int) -> tuple[Floats, Floats]:
    """Return times and values of points, (size, k), one row a series, NaN where unused."""
    column = turns(p.series)
    longest = int(column.max()) + 1 if len(column) else 0
    times, values = np.full((size, longest), np.nan), np.full((size, longest), np.nan)
    times[p.series, column] = p.time
    values[p.series, column] = p.value
    return times, values
