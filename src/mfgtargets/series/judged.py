"""Which value of a series is judged, and why none is."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.series.arrays import Codes, Decision, Flags, Floats, Scale
from mfgtargets.series.measured import Measured, Whole, firsts, lasts
from mfgtargets.series.path import Path
from mfgtargets.series.points import Points
from mfgtargets.series.promised import Promised, of_kind
from mfgtargets.series.reasons import Reason


class Judged(NamedTuple):
    """Which value decides, or which observation is shown where none does, and why.

    ``beside`` is a newer value of a part of a year, which does not decide.
    """

    point: Whole
    shown: Whole
    beside: Whole
    decision: Codes
    blocked: Codes
    afterwards: Floats


def judged_of(promised: Promised, path: Path, o: Measured, points: Points, as_of: Floats) -> Judged:
    """Choose the value to judge: the target year's, else the first after it, else the latest."""
    size, year = len(promised.kind), np.where(np.isnan(promised.year), np.inf, promised.year)
    at = year[points.series]
    found = path.is_there[points.series]

    def place(mask: Flags, which: Callable[[Whole, int], Whole] = lasts) -> Any:
        chosen = np.flatnonzero(mask & found)
        return at_places(chosen, which(points.series[chosen], size))

    on_day = at % 1 > 0  # a day within a year, which no whole year ends on
    happened, told = _of_events(promised, points, as_of)
    due = place(((points.whole | on_day) & (points.time == at)) | told)
    later = place((points.whole | happened) & (points.time > at), firsts)
    latest = place(points.time <= at)
    part = place(points.time > at - 1) >= 0
    decision = np.where(due >= 0, Decision.DUE, np.where(later >= 0, Decision.LATE, Decision.OPEN))
    is_open = decision == Decision.OPEN
    whole = place(points.whole & (points.time <= at))
    aside = is_open & _gives_way(promised, points, latest, whole)
    # A value that a chain or sum should have led to, but does not, is newer than what it leads to.
    newest = _newest_change(promised, path, o)
    latest_time = np.where(latest >= 0, at_places(points.time, latest), -np.inf)
    behind = is_open & (newest >= 0) & (at_places(o.end, newest) > latest_time)
    point = np.select(
        [due >= 0, later >= 0, behind], [due, later, -1], np.where(aside, whole, latest)
    )
    shown = np.where(behind, newest, at_places(points.latest, point))
    passed = year < as_of
    measured = firsts(o.series, size) >= 0
    no_point = np.where(measured & promised.sums, path.no_path, np.int8(Reason.NO_DATA))
    blocked = np.select(
        [
            ~is_open,
            behind & (at_places(o.year, newest) < year) & passed,
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
    any_ = _newest_of(o, size)
    blocked = np.where(
        path.is_there, blocked, np.where(any_ >= 0, path.no_path, np.int8(Reason.NO_DATA))
    )
    # Of a baseline's own year nothing but another baseline can be known where there is no path.
    time = at_places(points.time, point)
    early = np.where(path.has_baseline, time < path.years[:, 0], time <= _base_year(promised))
    early &= (point >= 0) & (blocked == 0)
    blocked = np.where(early, np.int8(Reason.NO_TIME_ELAPSED), blocked)
    unclear = at_places(points.unclear, point) == 1
    return Judged(
        point=np.where(unclear, -1, point),
        shown=np.where(path.is_there & (shown >= 0), shown, any_),
        beside=np.where(aside & ~behind, at_places(points.latest, latest), -1),
        decision=np.where(unclear, Decision.OPEN, decision).astype(np.int8),
        blocked=np.where(unclear, Reason.BOUND, blocked).astype(np.int8),
        afterwards=_afterwards(promised, points, due),
    )


def _of_events(p: Promised, points: Points, as_of: Floats) -> tuple[Flags, Flags]:
    """Tell which values say that an event whose time is over took place, and which that decide.

    These are that it had by then, and where none says so, that it had not then or later.
    """
    at = p.year[points.series]
    over = of_kind(p.kind, "event")[points.series] & (at <= as_of[points.series])
    happened: Flags = over & (points.value >= 1)
    by_then = happened & (points.time <= at)
    known = np.zeros(len(p.kind), dtype=bool)
    known[points.series[by_then]] = True
    not_yet = over & ~happened & (points.time >= at) & ~known[points.series]
    return happened, by_then | not_yet


def _gives_way(p: Promised, points: Points, latest: Whole, whole: Whole) -> Flags:
    """Tell where the latest is a part of a flow, ratio or rate, and a whole year's is near.

    Near is one of the same year or the year before. A stock counts at its day, a sum as far as it
    goes; of a value to be kept any whole year decides.
    """
    is_part = (latest >= 0) & (whole >= 0) & (at_places(points.whole, latest) == 0)
    near = at_places(points.time, whole) >= np.ceil(at_places(points.time, latest)) - 1
    gives_way: Flags = is_part & ((~(p.stock | p.sums) & near) | (p.hold > 0))
    return gives_way


def _base_year(p: Promised) -> Floats:
    """Return the year before which nothing counts, where there is no path; NaN where unknown."""
    from_start = np.where(p.hold > 0, p.start - 1, np.nan)
    return np.where(p.has_period, np.nan, np.fmax(p.base_year, from_start))


def at_places(array: Any, places: Whole) -> Any:
    """Return the elements at places, -1 where the place is."""
    return np.where(places >= 0, array[places], -1) if len(array) else np.full(len(places), -1)


def _newest_of(o: Measured, size: int) -> Any:
    """Return the newest observation of each series (of several, the first)."""
    order = np.lexsort((-np.arange(len(o.last)), o.last, o.series))
    return at_places(order, lasts(o.series[order], size))


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
    return at_places(chosen, lasts(o.series[chosen], size))


def _afterwards(promised: Promised, points: Points, due: Whole) -> Floats:
    """Return the best whole-year value after the target year, where that year has its own.

    An event is done on any day.
    """
    counts = points.whole | of_kind(promised.kind, "event")[points.series]
    later = counts & (points.time > promised.year[points.series]) & (due[points.series] >= 0)
    if not later.any():
        return np.full(len(due), np.nan)
    best = np.full(len(due), -np.inf)
    np.maximum.at(
        best, points.series[later], (promised.direction[points.series] * points.value)[later]
    )
    return np.where(np.isfinite(best), promised.direction * best, np.nan)


def undecided(judged: Judged, by_proxy: Flags, path: Path) -> Judged:
    """Let values of another definition decide nothing; they are shown."""
    other = by_proxy & path.is_there
    why = np.where(
        judged.blocked == Reason.TARGET_YEAR_PASSED, judged.blocked, Reason.DEFINITION_DIFFERS
    )
    return judged._replace(
        point=np.where(other, -1, judged.point),
        decision=np.where(other, Decision.OPEN, judged.decision).astype(np.int8),
        blocked=np.where(other, why, judged.blocked).astype(np.int8),
    )
