"""Values to be kept: which years were broken, which are unknown, and what decides."""

from typing import NamedTuple

import numpy as np

from mfgtargets.series.arrays import Decision, Flags, Floats
from mfgtargets.series.benchmarks import Benchmarks
from mfgtargets.series.judged import Judged
from mfgtargets.series.measured import Measured, Whole
from mfgtargets.series.path import Path
from mfgtargets.series.points import Points
from mfgtargets.series.promised import Promised
from mfgtargets.series.reasons import Reason
from mfgtargets.series.thresholds import falls_short, thresholds


class Kept(NamedTuple):
    """What is known of the years of ``n`` values to be kept.

    ``years`` of shape (n, k) are all that count up to the target's, NaN where unused; ``broken``
    and ``unknown`` of the same shape tell which fell short for certain, and of which that cannot be
    told. ``mean`` of shape (n,) is that of the years known, NaN where it is not what counts.
    """

    years: Floats
    broken: Flags
    unknown: Flags
    mean: Floats


def kept_years(
    p: Promised,
    path: Path,
    o: Measured,
    points: Points,
    benchmarks: Benchmarks | None,
    approx: float,
) -> Kept:
    """Look at every year of the values to be kept; ``approx`` is what 左右 leaves each, in percent."""
    held = (p.hold > 0) & path.is_there
    mine = np.flatnonzero(points.whole & held[points.series])
    series, time = points.series[mine], points.time[mine]
    start = _starts(p, held, series, time)
    longest = np.nanmax(p.year - start + 1, initial=0, where=~np.isnan(start))
    years = start[:, None] + np.arange(max(0, int(longest)))
    years = np.where(years <= p.year[:, None], years, np.nan)
    inside = (time >= start[series]) & (time <= p.year[series])
    mine, series = mine[inside], series[inside]
    column = (points.time[mine] - start[series]).astype(np.int64)
    value, bad, good = np.full(years.shape, np.nan), *np.zeros((2, *years.shape), dtype=bool)
    value[series, column] = np.where(points.exact[mine], points.value[mine], np.nan)
    short = _is_broken(p, path, points, benchmarks, approx)[mine]
    side = p.direction[series] * points.bound[mine]  # a bound on the good side may be better
    bad[series, column] = short & (side <= 0) & ~points.unclear[mine]
    good[series, column] = ~short & (side >= 0) & ~points.unclear[mine]
    by_mean = p.held("average")
    _bridge(o, by_mean & p.rates, years, value)
    unknown = ~np.isnan(years) & np.where(by_mean[:, None], np.isnan(value), ~(bad | good))
    count = np.maximum((~np.isnan(value)).sum(axis=1), 1)
    mean = np.nansum(value, axis=1) / count
    some = by_mean & ~np.isnan(value).all(axis=1)
    return Kept(years, bad & ~by_mean[:, None], unknown, np.where(some, mean, np.nan))


def _starts(p: Promised, held: Flags, series: Whole, time: Floats) -> Floats:
    """Return the first year that counts; where nothing says which, the first that is known."""
    first = np.full(len(held), np.inf)
    np.minimum.at(first, series, time)
    start = np.where(np.isnan(p.start), np.where(np.isfinite(first), first, np.nan), p.start)
    return np.where(held, start, np.nan)


def _is_broken(
    p: Promised, path: Path, points: Points, benchmarks: Benchmarks | None, approx: float
) -> Flags:
    """Tell which values are not as good as what is to be kept."""
    row, way = points.series, p.direction[points.series]
    aim, met_from = path.values[row, -1], thresholds(p, path, approx)[0][row]
    if benchmarks is not None:
        other, relative = benchmarks.at(row, points.time), p.relative[row]
        room = way * np.abs(other) * np.where(p.lenient[row], approx / 100, 0.0)
        aim = np.where(relative, other + p.offset[row], aim)
        met_from = np.where(relative, aim - room, met_from)
    beyond = p.toward[row] & (way * (points.value - aim) > 0)
    near = np.where(beyond, 2 * aim - points.value, points.value)
    # A bound that excludes itself is beyond it, on whichever side it is.
    strict = np.where(points.exclusive, points.bound != way, p.strict[row])
    return falls_short(way * near, way * met_from, strict)


def _bridge(o: Measured, rows: Flags, years: Floats, value: Floats) -> None:
    """Let an average over years stand for those of them that are not known by themselves."""
    for n in np.flatnonzero(rows[o.series] & o.of_measure("average_change")):
        row = o.series[n]
        covered = (years[row] >= o.first_year[n]) & (years[row] <= o.year[n])
        missing = covered & np.isnan(value[row])
        if missing.any() and covered.sum() == o.year[n] - o.first_year[n] + 1:
            rest = o.value[n] * covered.sum() - value[row, covered & ~missing].sum()
            value[row, missing] = rest / missing.sum()


def keeping(judged: Judged, kept: Kept, p: Promised, as_of: Floats) -> Judged:
    """Let the years decide: one that is broken where each counts, none unknown where all do."""
    every = p.held("each_year") | p.held("average")
    broken = p.held("each_year") & kept.broken.any(axis=1)
    over = (judged.decision != Decision.OPEN) | (p.year < as_of)
    lacks = every & over & ~broken & kept.unknown.any(axis=1) & (judged.blocked == 0)
    decision = np.where(
        broken & over, Decision.DUE, np.where(lacks, Decision.OPEN, judged.decision)
    )
    blocked = np.where(broken, Reason.NONE, np.where(lacks, Reason.MISSING_YEARS, judged.blocked))
    return judged._replace(decision=decision.astype(np.int8), blocked=blocked.astype(np.int8))
