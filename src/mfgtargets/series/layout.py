"""Promised and measured side by side: one layout for every kind, one row a series."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.series.arrays import Aim, Codes, Decision, Flags, Floats, Scale, Series
from mfgtargets.series.chains import index_points, sum_points
from mfgtargets.series.measured import PART, Measured, Whole, firsts, lasts
from mfgtargets.series.path import Path, path_of
from mfgtargets.series.points import Points, joined, level_points, side_by_side, taken
from mfgtargets.series.promised import Promised, of_kind
from mfgtargets.series.reasons import Reason
from mfgtargets.series.thresholds import is_short, thresholds

_STALE_AFTER = 2  # years
_PROXY = 8


class Layout(NamedTuple):
    """``n`` series ready for the arithmetic, and what they were made of.

    ``point`` is the place of the value judged among ``points``, ``shown`` that of the observation
    to show among ``measured``; -1 where there is none. ``stale`` and ``letters`` (bits) say of what
    quality that is.
    """

    series: Series
    path: Path
    measured: Measured
    points: Points
    point: Whole
    shown: Whole
    stale: Flags
    letters: Codes


class _Judged(NamedTuple):
    """Which value decides, or which observation is shown where none does, and why."""

    point: Whole
    shown: Whole
    decision: Codes
    blocked: Codes
    afterwards: Floats


@np.errstate(all="ignore")  # what overflows has a reason further on
def lay_out(
    promised: Promised, measured: Measured, as_of: Floats, *, approx: float, proxies: bool
) -> Layout:
    """Lay what was promised and what was measured side by side.

    ``measured`` are the observations known by ``as_of`` (the year, of each series), one a period
    and measure. ``approx`` is what 左右 and 基本 leave, in percent; ``proxies`` lets values of
    another definition decide where a series has none of its own.
    """
    size = len(promised.kind)
    is_proxy = (measured.letters & _PROXY) > 0
    has_own = firsts(measured.series[~is_proxy], size) >= 0
    used = np.flatnonzero(~is_proxy | ~has_own[measured.series])
    o = measured.taken(used)
    levels = level_points(o, promised.flow)
    path = path_of(promised, levels)
    points = _in_plan(_points(promised, path, o, levels), promised)
    judged = _judged(promised, path, o, points, as_of)
    if not proxies:
        judged = _undecided(judged, firsts(o.series[is_proxy[used]], size) >= 0, path)
    return _laid_out(promised, path, o, points, judged, as_of, approx)


def _points(promised: Promised, path: Path, o: Measured, levels: Points) -> Points:
    """Return the values in time of every series, on the scale of its arithmetic."""
    scaled, sums = promised.scale != Scale.LEVEL, promised.sums
    parts = [taken(levels, np.flatnonzero(~(scaled | sums)[levels.series]))]
    if scaled.any():
        base_year = np.where(scaled & path.has_baseline, path.years[:, 0], np.nan)
        base_level = np.where(promised.scale == Scale.SIZE, path.base_value, np.nan)
        parts.append(index_points(o, levels, base_year, base_level))
    if sums.any():
        mine = np.flatnonzero(sums[o.series])
        found = sum_points(o.taken(mine), promised.start)
        parts.append(found._replace(latest=mine[found.latest]))
    return joined(*parts) if len(parts) > 1 else parts[0]


def _in_plan(points: Points, promised: Promised) -> Points:
    """Leave out what is from after a period."""
    late = promised.has_period[points.series] & (points.time > promised.year[points.series])
    return taken(points, np.flatnonzero(~late)) if late.any() else points


def _judged(promised: Promised, path: Path, o: Measured, points: Points, as_of: Floats) -> _Judged:
    """Choose the value to judge: the target year's, else the first after it, else the latest."""
    size, year = len(promised.kind), np.where(np.isnan(promised.year), np.inf, promised.year)
    at = year[points.series]
    found = path.is_there[points.series]

    def place(mask: Flags, which: Callable[[Whole, int], Whole] = lasts) -> Any:
        chosen = np.flatnonzero(mask & found)
        return _at(chosen, which(points.series[chosen], size))

    due = place(points.whole & (points.time == at))
    later = place(points.whole & (points.time > at), firsts)
    latest = place(points.time <= at)
    part = place(points.time > at - 1) >= 0
    decision = np.where(due >= 0, Decision.DUE, np.where(later >= 0, Decision.LATE, Decision.OPEN))
    is_open = decision == Decision.OPEN
    # A value that a chain or sum should have led to, but does not, is newer than what it leads to.
    newest = _newest_change(promised, path, o)
    latest_time = np.where(latest >= 0, _at(points.time, latest), -np.inf)
    behind = is_open & (newest >= 0) & (_at(o.end, newest) > latest_time)
    point = np.select([due >= 0, later >= 0, behind], [due, later, -1], latest)
    shown = np.where(behind, newest, _at(points.latest, point))
    passed = year < as_of
    measured = firsts(o.series, size) >= 0
    no_point = np.where(measured & promised.sums, path.no_path, np.int8(Reason.NO_DATA))
    blocked = np.select(
        [
            ~is_open,
            behind & (_at(o.year, newest) < year) & passed,
            behind,
            passed & part,
            passed,
            latest < 0,
        ],
        [
            np.int8(0),
            np.int8(Reason.TARGET_YEAR_PASSED),
            np.int8(Reason.MISSING_YEARS),
            np.int8(Reason.PARTIAL_PERIOD),
            np.int8(Reason.TARGET_YEAR_PASSED),
            no_point,
        ],
        np.int8(0),
    )
    # Without a target there is nothing to judge by; the newest is shown.
    any_ = _newest(o, size)
    blocked = np.where(
        path.is_there, blocked, np.where(any_ >= 0, path.no_path, np.int8(Reason.NO_DATA))
    )
    early = (point >= 0) & (_at(points.time, point) < path.years[:, 0])
    blocked = np.where(early & (blocked == 0), np.int8(Reason.BEFORE_BASELINE), blocked)
    unclear = _at(points.unclear, point) == 1
    return _Judged(
        point=np.where(unclear, -1, point),
        shown=np.where(path.is_there, shown, any_),
        decision=np.where(unclear, Decision.OPEN, decision).astype(np.int8),
        blocked=np.where(unclear, Reason.BOUND, blocked).astype(np.int8),
        afterwards=_afterwards(promised, points, due),
    )


def _at(array: Any, places: Whole) -> Any:
    """Return the elements at places, -1 where the place is."""
    return np.where(places >= 0, array[places], -1) if len(array) else np.full(len(places), -1)


def _newest(o: Measured, size: int) -> Any:
    """Return the newest observation of each series (of several, the first)."""
    order = np.lexsort((-np.arange(len(o.last)), o.last, o.series))
    return _at(order, lasts(o.series[order], size))


def _newest_change(promised: Promised, path: Path, o: Measured) -> Any:
    """Return the newest observation that a chain or sum to it should have led to."""
    size = len(promised.kind)
    sums, scaled = promised.sums, promised.scale != Scale.LEVEL
    if not (sums | scaled).any():
        return np.full(size, -1)
    led_to = np.where(
        sums[o.series],
        o.of_measure("added", "total"),
        scaled[o.series] & o.of_measure("yearly_change", "average_change", "change_since_base"),
    )
    inside = (path.years[:, 0][o.series] < o.year) & (o.year <= promised.year[o.series])
    chosen = np.flatnonzero(led_to & inside & path.has_baseline[o.series])
    order = np.lexsort((-chosen, -o.first[chosen], o.last[chosen], o.series[chosen]))
    chosen = chosen[order]
    return _at(chosen, lasts(o.series[chosen], size))


def _afterwards(promised: Promised, points: Points, due: Whole) -> Floats:
    """Return the best whole-year value after the target year, where that year has its own."""
    later = points.whole & (points.time > promised.year[points.series]) & (due[points.series] >= 0)
    if not later.any():
        return np.full(len(due), np.nan)
    best = np.full(len(due), -np.inf)
    np.maximum.at(
        best, points.series[later], (promised.direction[points.series] * points.value)[later]
    )
    return np.where(np.isfinite(best), promised.direction * best, np.nan)


def _undecided(judged: _Judged, by_proxy: Flags, path: Path) -> _Judged:
    """Let values of another definition decide nothing; they are shown."""
    other = by_proxy & path.is_there & (judged.blocked != Reason.TARGET_YEAR_PASSED)
    return judged._replace(
        point=np.where(other, -1, judged.point),
        decision=np.where(other, Decision.OPEN, judged.decision).astype(np.int8),
        blocked=np.where(other, Reason.DEFINITION_DIFFERS, judged.blocked).astype(np.int8),
    )


def _laid_out(
    promised: Promised,
    path: Path,
    o: Measured,
    points: Points,
    judged: _Judged,
    as_of: Floats,
    approx: float,
) -> Layout:
    """Put the arrays together that the arithmetic is given."""
    p, point, size = promised, judged.point, len(promised.kind)
    has_point = point >= 0
    shown_year = np.where(judged.shown >= 0, _at(o.year, judged.shown), as_of)
    time = np.where(has_point, _at(points.time, point), np.fmin(shown_year, p.year))
    met_from, met_early_from = thresholds(p, path, approx)
    until = np.where(has_point, time, np.inf)
    exact = np.flatnonzero(points.exact & path.is_there[points.series])
    known = taken(points, exact[points.time[exact] <= until[points.series[exact]]])
    history = side_by_side(known, size)
    is_short_ = is_short(p, path, o, points, approx)
    level = p.scale == Scale.LEVEL
    series = Series(
        direction=p.direction,
        geometric=p.geometric,
        scale=p.scale,
        knot_years=path.years,
        knot_values=path.values,
        no_path=path.no_path,
        year=time,
        value=np.where(has_point, _at(points.value, point), np.nan),
        half_unit=np.where(has_point, _at(points.half_unit, point), np.nan),
        bound=np.where(has_point, _at(points.bound, point), 0).astype(np.int8),
        exclusive=has_point & (_at(points.exclusive, point) == 1),
        blocked=judged.blocked,
        strict=p.strict,
        met_from=met_from,
        met_early_from=met_early_from,
        decision=judged.decision,
        reversing=_reversing(p, path, points),
        short=is_short_,
        afterwards=judged.afterwards,
        history_years=history[0],
        history_values=history[1],
        unsupported=of_kind(p.kind, "rank", "annual_flow"),
        percent=p.percent & level,
        aim=np.full(size, Aim.REACH, dtype=np.int8),
        limit=np.full(size, np.nan),
        lower=np.full(size, np.nan),
        optimum=np.full(size, np.nan),
    )
    letters = np.where(has_point, _at(points.letters, point), _at(o.letters, judged.shown))
    letters = np.where(judged.shown >= 0, letters, 0)
    whole = has_point & (_at(points.whole, point) == 1)
    letters = np.where(whole, letters & ~PART, letters)
    stale = (judged.shown >= 0) & (as_of - shown_year > _STALE_AFTER)
    return Layout(series, path, o, points, point, judged.shown, stale, letters.astype(np.int8))


def _reversing(p: Promised, path: Path, points: Points) -> Flags:
    """Tell where the latest change between two exact whole-year values goes the wrong way."""
    size = len(p.kind)
    in_plan = ~(points.time < path.years[points.series, 0])
    exact = np.flatnonzero(
        points.whole & (points.bound == 0) & in_plan & path.is_there[points.series]
    )
    series = points.series[exact]
    last = lasts(series, size)
    count = np.bincount(series, minlength=size)
    begins = (p.scale != Scale.LEVEL) & path.has_baseline & (count == 1)
    before = np.where(
        count > 1,
        _at(points.value, _at(exact, np.where(count > 1, last - 1, -1))),
        path.values[:, 0],
    )
    change = p.direction * (_at(points.value, _at(exact, last)) - before)
    wrong: Flags = ((count > 1) | begins) & (change < 0) & ~p.sums
    return wrong
