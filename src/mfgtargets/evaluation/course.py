"""What a chart of a target shows: the way promised, the values known, and where their pace leads."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.arithmetic.quantities import Quantities, put_out
from mfgtargets.document.records import Document, Target
from mfgtargets.document.revisions import line_of
from mfgtargets.evaluation.bases import Basis
from mfgtargets.evaluation.columns import bound_sign
from mfgtargets.observations.observation import Observation
from mfgtargets.series.arrays import Floats, Scale, Series
from mfgtargets.series.layout import Layout
from mfgtargets.series.measured import LETTERS

_AS_PRINTED = {"level", "growth_rate", "cumulative_change"}
_STEPS = 16  # of a bent path, between two of its knots


class Spot(NamedTuple):
    """A value known: its time, as what it is put out, and of what quality it is.

    ``letters`` are those of ``obs_status`` but for A; ``is_whole`` is whether it is a whole year's.
    """

    time: float
    value: float
    bound: str
    letters: str
    period: str
    is_whole: bool


class Now(NamedTuple):
    """Where a target stands: the value judged, what was due at its time, and the signed gap."""

    time: float
    value: float
    due: float
    gap: float


class Fan(NamedTuple):
    """Where the pace leads from the value judged: in the target's year, with its interval."""

    since: float
    start: float
    time: float
    value: float
    low: float | None
    high: float | None


class Band(NamedTuple):
    """The values that keep a target in the years that count; None where there is no end."""

    first: float
    last: float
    low: float | None
    high: float | None


class Course(NamedTuple):
    """The course of one target, in the unit it is put out in; times are years, by year-ends.

    ``knots`` are baseline, milestones and target, ``path`` what runs through them (nothing where
    there is no path); of a target that is a range, ``high`` is the upper end. ``replaced`` are year
    and value of the targets in whose place it came, oldest first; ``steps`` the value asked for at
    each time.
    """

    knots: tuple[tuple[float, float], ...]
    path: tuple[tuple[float, float], ...]
    spots: tuple[Spot, ...]
    high: float | None
    replaced: tuple[tuple[float, float], ...]
    steps: tuple[tuple[float, float], ...]
    band: Band | None
    now: Now | None
    fan: Fan | None


def courses_of(
    document: Document,
    layout: Layout,
    numbers: Quantities,
    bases: Iterable[Basis],
    observations: Sequence[Observation],
) -> tuple[Course, ...]:
    """Return the course of each series of a layout; ``numbers`` are the quantities of the same."""
    spots = _spots(layout, observations)
    found = []
    for n, basis in enumerate(bases):
        target = basis.target
        mine = tuple(spot for spot in spots[n] if np.isfinite(spot.value))
        knots = _known(_knots(layout, n))
        is_kept = layout.series.hold[n] and knots
        line = _as_printed(document, target) if knots else []
        found.append(
            Course(
                knots=knots,
                path=_known(_between(layout, n)) if layout.series.no_path[n] == 0 else (),
                spots=mine,
                high=target.value_high if target.kind in _AS_PRINTED else None,
                band=_band(layout, n, target, knots[-1], mine) if is_kept else None,
                replaced=tuple((time, value) for _, time, value in line[:-1]),
                steps=_steps(line, document.entry.date, knots),
                now=_now(layout, numbers, n),
                fan=_fan(layout, numbers, n),
            )
        )
    return tuple(found)


def _spots(layout: Layout, observations: Sequence[Observation]) -> list[list[Spot]]:
    """Return the values known of each series, in order of time."""
    p, s = layout.points, layout.series
    values = _put_out(s, p.series, p.value, p.time)
    found: list[list[Spot]] = [[] for _ in s.value]
    for k, n in enumerate(p.series.tolist()):
        bound = bound_sign(int(p.bound[k]), bool(p.exclusive[k]), s.scale[n], s.direction[n])
        letters = "".join(c for c, bit in LETTERS.items() if p.letters[k] & bit)
        period = str(observations[int(layout.measured.source[p.latest[k]])].period)
        time, value, whole = float(p.time[k]), float(values[k]), bool(p.whole[k])
        found[n].append(Spot(time, value, bound or "", letters, period, whole))
    return found


def _put_out(s: Series, rows: Any, values: Floats, times: Floats) -> Floats:
    """Return values of the arithmetic, each at its time and of its row, as they are put out."""
    fields: Any = (field[rows] for field in s)
    own = Series(*fields)
    span = times - own.baseline_year
    with np.errstate(all="ignore"):
        found = put_out(own, values, span)
    return np.where(
        (own.scale == Scale.RATE) & ~(span > 0), np.nan, found
    )  # of no year there is none


def _knots(layout: Layout, n: int) -> tuple[Floats, Floats]:
    """Return the times and values of baseline, milestones and target, NaN where unknown."""
    years, places = np.unique(layout.path.years[n], return_index=True)
    return years, _put_out(layout.series, [n] * len(years), layout.path.values[n, places], years)


def _between(layout: Layout, n: int) -> tuple[Floats, Floats]:
    """Return the times and values of the path, closer where it is bent."""
    s = layout.series
    years = np.unique(s.knot_years[n])
    bent = (
        [np.linspace(*ends, _STEPS + 1) for ends in pairwise(years)] if s.geometric[n] else [years]
    )
    times = np.unique(np.concatenate(bent))
    rows = [n] * len(times)
    with np.errstate(all="ignore"):  # where there is no way there is no number
        way = paths.on_path(s.knot_years[rows], s.knot_values[rows], times, s.curve.at(rows))
    return times, _put_out(s, rows, way, times)


def _known(way: tuple[Floats, Floats]) -> tuple[tuple[float, float], ...]:
    pairs = zip(*(array.tolist() for array in way), strict=True)
    return tuple(pair for pair in pairs if np.isfinite(pair).all())


def _as_printed(document: Document, target: Target) -> list[tuple[str | None, float, float]]:
    """Return when a target and those it replaced were set, their years and values, oldest first.

    Only those whose values are put out as they were printed, and so can stand in one chart.
    """
    return [
        (one.set_on, float(one.year), one.aim)
        for one in line_of(document, target)
        if one.kind == target.kind in _AS_PRINTED
        and one.unit == target.unit
        and one.year is not None
        and one.aim is not None
    ]


def _steps(
    line: Sequence[tuple[str | None, float, float]],
    published: str | None,
    knots: Sequence[tuple[float, float]],
) -> tuple[tuple[float, float], ...]:
    """Return the value asked for from the first target of a line to the year of its last."""
    if len(line) < 2:
        return ()
    first = line[0][0] or published
    times = [_time_of(first) if first else knots[0][0]]
    times += [_time_of(day) for day, _, _ in line[1:] if day]
    ends = [*times[1:], line[-1][1]]
    rows = zip(times, ends, (value for _, _, value in line), strict=True)
    return tuple((time, value) for start, end, value in rows for time in (start, end))


def _time_of(day: str) -> float:
    """Return the time of a day (ISO), counted by year-ends."""
    year, month, number = map(int, day.split("-"))
    return year - 1 + (month - 1 + number / 31) / 12


def _band(
    layout: Layout, n: int, target: Target, last: tuple[float, float], spots: Sequence[Spot]
) -> Band:
    """Return what keeps a target: a range, the room around a value, or all on its good side."""
    s, (end, aim) = layout.series, last
    years = layout.kept.years[n][~np.isnan(layout.kept.years[n])].tolist()
    first = min([end, *years, *(spot.time for spot in spots)])
    if target.value_high is not None:
        return Band(first, end, target.value, target.value_high)
    if s.toward[n]:
        room = abs(aim - float(s.met_from[n]))
        return Band(first, end, aim - room, aim + room)
    return Band(first, end, aim, None) if s.direction[n] > 0 else Band(first, end, None, aim)


def _value(numbers: Quantities, name: str, n: int) -> float | None:
    one = numbers[name]
    return None if one.reason[n] else float(one.value[n])


def _now(layout: Layout, numbers: Quantities, n: int) -> Now | None:
    value, due, gap = (
        _value(numbers, name, n) for name in ("latest_value", "on_track_value", "gap")
    )
    if value is None or due is None or gap is None:
        return None
    return Now(float(layout.series.year[n]), value, due, gap)


def _fan(layout: Layout, numbers: Quantities, n: int) -> Fan | None:
    start, value = _value(numbers, "latest_value", n), _value(numbers, "projected_value", n)
    since, time = float(layout.series.year[n]), float(layout.series.target_year[n])
    if start is None or value is None or not since < time:
        return None
    low, high = (_value(numbers, name, n) for name in ("projected_low", "projected_high"))
    return Fan(since, start, time, value, low, high)
