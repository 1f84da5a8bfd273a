"""Promised and measured side by side: one layout for every kind, one row a series."""

from typing import NamedTuple

import numpy as np

from mfgtargets.series.arrays import Aim, Codes, Flags, Floats, Scale, Series
from mfgtargets.series.benchmarks import benchmarks_of, beside
from mfgtargets.series.chains import index_points, sum_points
from mfgtargets.series.judged import Judged, at_places, judged_of, undecided
from mfgtargets.series.kept import Kept, keeping, kept_years
from mfgtargets.series.measured import ANNUALISED, LETTERS, PART, Measured, Whole, firsts, lasts
from mfgtargets.series.path import Path, path_of
from mfgtargets.series.points import Points, joined, level_points, side_by_side, taken
from mfgtargets.series.promised import Promised, of_kind
from mfgtargets.series.thresholds import is_short, thresholds

_STALE_AFTER = 2  # years
_PROXY = 8


class Layout(NamedTuple):
    """``n`` series ready for the arithmetic, and what they were made of.

    ``point`` is the place of the value judged among ``points``, ``shown`` that of the observation
    to show among ``measured``, ``beside`` that of a newer part of a year which does not decide; -1
    where there is none. ``kept`` are the years of values to be kept. ``stale`` and ``letters``
    (bits) say of what quality the observation shown is.
    """

    series: Series
    path: Path
    measured: Measured
    points: Points
    point: Whole
    shown: Whole
    beside: Whole
    kept: Kept
    stale: Flags
    letters: Codes


@np.errstate(all="ignore")  # what overflows has a reason further on
def lay_out(
    promised: Promised,
    measured: Measured,
    as_of: Floats,
    *,
    approx: float,
    proxies: bool,
    others: Measured | None = None,
) -> Layout:
    """Lay what was promised and what was measured side by side.

    ``measured`` are the observations known by ``as_of`` (the year, of each series), one a period
    and measure. ``approx`` is what 左右 and 基本 leave, in percent; ``proxies`` lets values of
    another definition decide where a series has none of its own. ``others`` is what was measured of
    the indicators that the aims of some are relative to.
    """
    size = len(promised.kind)
    is_proxy = (measured.letters & _PROXY) > 0
    has_own = firsts(measured.series[~is_proxy], size) >= 0
    used = np.flatnonzero(~is_proxy | ~has_own[measured.series])
    o = measured.taken(used)
    o = o._replace(half_unit=_rounding(promised, o))
    levels = level_points(o, promised.flow, promised.rates)
    benchmarks = None if others is None else benchmarks_of(others, size)
    if benchmarks is not None:
        promised, levels = beside(promised, levels, benchmarks)
    promised = _raising(promised, levels)
    path = path_of(promised, levels)
    promised = promised._replace(direction=_direction(promised, path))
    points = _in_plan(_points(promised, path, o, levels), promised)
    kept = kept_years(promised, path, o, points, benchmarks, approx)
    short = is_short(promised, path, o, points, approx)
    judged = keeping(judged_of(promised, path, o, points, as_of), kept, promised, as_of)
    if not proxies:
        by_proxy = firsts(o.series[is_proxy[used]], size) >= 0
        judged = undecided(judged, by_proxy, path)
        kept = kept._replace(broken=kept.broken & ~by_proxy[:, None])
        short &= ~by_proxy
    return _laid_out(promised, path, o, points, judged, kept, short, as_of, approx)


def _rounding(p: Promised, o: Measured) -> Floats:
    """Return half a unit of each last digit; a whole number of things is exact."""
    whole = (o.half_unit >= 0.5) & p.counts[o.series] & o.of_measure("level", "added", "total")
    return np.where(whole, 0.0, o.half_unit)


def _raising(p: Promised, levels: Points) -> Promised:
    """Let what adds to a level that nobody knows add up from nothing; nothing falls from there."""
    known = ~np.isnan(p.base_value) | (p.direction < 0)
    known[levels.series] = True
    return p._replace(raises=p.raises & known)


def _direction(p: Promised, path: Path) -> Floats:
    """Return which way is good; where nearer is, the way from the baseline to the target."""
    falls = p.toward & (path.values[:, -1] < path.base_value)
    return np.where(p.toward, np.where(falls, -1.0, 1.0), p.direction)


def _points(promised: Promised, path: Path, o: Measured, levels: Points) -> Points:
    """Return the values in time of every series, on the scale of its arithmetic."""
    scaled, sums = promised.scale != Scale.LEVEL, promised.sums
    adds = _adds(promised, path, levels)
    parts = [taken(levels, np.flatnonzero(~(scaled | sums | adds)[levels.series]))]
    if scaled.any():
        base_year = np.where(scaled & path.has_baseline, path.years[:, 0], np.nan)
        base_level = np.where(promised.scale == Scale.SIZE, path.base_value, np.nan)
        parts.append(index_points(o, levels, base_year, base_level))
    if (sums | adds).any():
        mine = np.flatnonzero((sums | adds)[o.series])
        found = sum_points(o.taken(mine), np.where(adds, path.base_year + 1, promised.start))
        above = np.where(adds, path.base_value, 0.0)[found.series]
        parts.append(found._replace(latest=mine[found.latest], value=found.value + above))
    return joined(*parts) if len(parts) > 1 else parts[0]


def _adds(p: Promised, path: Path, levels: Points) -> Flags:
    """Tell which rises above a baseline are known by what was added alone."""
    known = np.zeros(len(p.kind), dtype=bool)
    known[levels.series[levels.time > path.base_year[levels.series]]] = True
    return p.raises & ~known & ~np.isnan(path.base_value)


def _in_plan(points: Points, promised: Promised) -> Points:
    """Leave out what is from after a period."""
    late = promised.has_period[points.series] & (points.time > promised.year[points.series])
    return taken(points, np.flatnonzero(~late)) if late.any() else points


def _laid_out(
    promised: Promised,
    path: Path,
    o: Measured,
    points: Points,
    judged: Judged,
    kept: Kept,
    short: Flags,
    as_of: Floats,
    approx: float,
) -> Layout:
    """Put the arrays together that the arithmetic is given."""
    p, point, size = promised, judged.point, len(promised.kind)
    has_point = point >= 0
    shown_year = np.where(judged.shown >= 0, at_places(o.year, judged.shown), as_of)
    at_year_end = p.flow | p.rates | p.sums | (p.scale != Scale.LEVEL)
    seen = np.where(at_year_end | (judged.shown < 0), shown_year, at_places(o.end, judged.shown))
    time = np.where(has_point, at_places(points.time, point), np.fmin(seen, p.year))
    met_from, met_early_from = thresholds(p, path, approx)
    until = np.where(has_point, time, np.inf)
    last_break = _last_break(p, points)
    same = ~(points.time < last_break[points.series])
    exact = np.flatnonzero(points.exact & path.is_there[points.series] & same)
    known = taken(points, exact[points.time[exact] <= until[points.series[exact]]])
    history = side_by_side(known, size)
    short = short | p.held("each_year") & kept.broken.any(axis=1)
    by_mean = has_point & ~np.isnan(kept.mean)
    value = np.where(by_mean, kept.mean, at_places(points.value, point))
    whole = has_point & (at_places(points.whole, point) == 1)
    level, event = p.scale == Scale.LEVEL, of_kind(p.kind, "event")
    series = Series(
        direction=p.direction,
        geometric=p.geometric,
        ceiling=p.ceiling,
        scale=p.scale,
        knot_years=path.years,
        knot_values=path.values,
        no_path=path.no_path,
        year=time,
        value=np.where(has_point, value, np.nan),
        half_unit=np.where(has_point, at_places(points.half_unit, point), np.nan),
        bound=np.where(has_point, at_places(points.bound, point), 0).astype(np.int8),
        exclusive=has_point & (at_places(points.exclusive, point) == 1),
        blocked=judged.blocked,
        strict=p.strict,
        met_from=met_from,
        met_early_from=met_early_from,
        decision=judged.decision,
        reversing=_reversing(p, path, points),
        short=short,
        early=(whole | event) & ~(of_kind(p.kind, "annual_flow") | (p.hold > 0)),
        hold=p.hold > 0,
        toward=p.toward,
        afterwards=judged.afterwards,
        history_years=history[0],
        history_values=history[1],
        base_differs=path.years[:, 0] < last_break,
        unsupported=of_kind(p.kind, "rank", "event", "annual_flow") | p.toward | (p.hold > 0),
        percent=p.percent & level,
        aim=np.full(size, Aim.REACH, dtype=np.int8),
        limit=np.full(size, np.nan),
        lower=np.full(size, np.nan),
        optimum=np.full(size, np.nan),
    )
    letters = np.where(
        has_point, at_places(points.letters, point), at_places(o.letters, judged.shown)
    )
    letters = np.where(judged.shown >= 0, letters, 0)
    letters = np.where(whole | event, letters & ~PART, letters)
    scaled = has_point & ~whole & p.flow & level & ~p.sums
    letters = np.where(scaled, letters | ANNUALISED, letters)
    stale = (judged.shown >= 0) & (as_of - shown_year > _STALE_AFTER)
    stale &= ~(event & (value >= 1))  # what is done stays done
    return Layout(
        series, path, o, points, point, judged.shown, judged.beside, kept, stale,
        letters.astype(np.int8),
    )  # fmt: skip


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
        at_places(points.value, at_places(exact, np.where(count > 1, last - 1, -1))),
        path.values[:, 0],
    )
    now, aim = at_places(points.value, at_places(exact, last)), path.values[:, -1]
    change = np.where(
        p.toward, np.abs(before - aim) - np.abs(now - aim), p.direction * (now - before)
    )
    breaks = (at_places(points.letters, at_places(exact, last)) & LETTERS["B"]) > 0
    across = breaks & (p.scale == Scale.LEVEL)
    kept = p.rates | p.relative  # slower growth is no reversal
    wrong: Flags = ((count > 1) | begins) & (change < 0) & ~(p.sums | across | kept)
    return wrong


def _last_break(p: Promised, points: Points) -> Floats:
    """Return when the definition of levels last changed; what is from before is of another."""
    breaks = (points.letters & LETTERS["B"]) > 0
    breaks &= (p.scale == Scale.LEVEL)[points.series]
    last = np.full(len(p.kind), -np.inf)
    np.maximum.at(last, points.series[breaks], points.time[breaks])
    return last
