"""The measured side of a series: values in time, on the scale its arithmetic uses (SPEC §4)."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from mfgtargets.document.records import Target
from mfgtargets.observations.observation import Observation

_BOUND_SIGNS = {"": 0, ">": 1, ">=": 1, "<": -1, "<=": -1}


class Point(NamedTuple):
    """A value at a time (years, counted by year-ends), and the observations it rests on.

    ``value`` and ``half_unit`` are in the indicator's unit, or an index from 1 for changes, or a
    sum for additions. ``is_whole`` tells a whole year's value from a part's.
    """

    time: float
    value: float
    half_unit: float
    is_whole: bool
    observations: tuple[Observation, ...]
    bound: int = 0
    exclusive: bool = False
    is_unclear: bool = False  # it rests on bounds from both sides

    @property
    def latest(self) -> Observation:
        """The newest observation it rests on."""
        return self.observations[-1]


def level_points(target: Target, observations: Iterable[Observation]) -> list[Point]:
    """Return the levels: one a time, whole years before parts of them.

    A stock or ratio counts at its own time; a flow from January on is scaled to its year.
    """
    points: dict[float, Point] = {}
    for observation in observations:
        period = observation.period
        if observation.measure != "level":
            continue
        share, time = 1.0, period.end
        if target.nature == "flow" and not period.is_year:
            share, time = period.share_of_year, float(period.year)
        point = _point(observation, time, observation.value / share, observation.half_unit / share)
        known = points.get(time)
        if known is None or (_coverage(point), point.is_whole) >= (
            _coverage(known),
            known.is_whole,
        ):
            points[time] = point
    return [points[time] for time in sorted(points)]


def index_points(
    target: Target, observations: Sequence[Observation], base_year: int, base_level: float | None
) -> list[Point]:
    """Return the index from 1 in ``base_year`` for every year that changes or levels lead to.

    Rates are chained, never added; of several ways to a year the most direct is taken: a change
    since the base, a ratio of levels, an average over years, a change on the year before.
    """
    levels = {point.time: point for point in level_points(target, observations)}
    changes = [o for o in observations if o.measure != "level"]
    known: dict[int, Point] = {
        base_year: Point(base_year, 1.0, 0.0, is_whole=True, observations=())
    }
    for year in sorted({o.period.year for o in observations if o.period.year > base_year}):
        ways = [
            *_since_base(changes, year, known[base_year]),
            *_by_levels(levels, year, known, base_year, base_level),
            *_by_average(changes, year, known),
            *_by_year(changes, year, known),
        ]
        if ways:
            known[year] = ways[0]
    return [point for year, point in known.items() if year > base_year]


def sum_points(observations: Iterable[Observation], start: int | None) -> list[Point]:
    """Return the running sum from the year ``start`` on; a ``total`` replaces what came before.

    A sum goes on from wherever one is known, by the longest period that begins there. Without a
    ``start`` only totals tell how much it is.
    """
    before_start = -1 if start is None else start * 12 - 1
    known: dict[int, Point] = {}
    if start is not None:
        known[before_start] = Point(start - 1, 0.0, 0.0, is_whole=True, observations=())
    totals_first = sorted(
        observations, key=lambda o: (o.period.last, o.measure != "total", o.period)
    )
    for o in totals_first:
        if o.period.last in known or o.period.last <= before_start:
            continue
        whole = o.period.last % 12 == 11  # whatever parts it is made of, the years are whole
        before = known.get(o.period.first - 1)
        if o.measure == "total":
            known[o.period.last] = _point(o, o.period.end, o.value, o.half_unit, whole=whole)
        elif o.measure == "added" and before is not None:
            value = before.value + o.value
            point = _point(o, o.period.end, value, o.half_unit, before, whole=whole)
            known[o.period.last] = point
    return [point for last, point in known.items() if last > before_start]


def grown(sign: int, rate: float, years: float) -> float:
    """Return the index after ``years`` of growth (sign -1: of falls) at ``rate`` % a year."""
    try:
        return float((1 + sign * rate / 100) ** years)
    except (OverflowError, ZeroDivisionError):
        return math.inf  # for which the arithmetic has its reason


def reverses(points: Sequence[Point], sign: int) -> bool:
    """Tell whether the latest change between two exact whole-year values goes the wrong way."""
    exact = [point for point in points if point.is_whole and point.bound == 0]
    return any(sign * (new.value - old.value) < 0 for old, new in [*pairwise(exact)][-1:])


def _point(
    observation: Observation,
    time: float,
    value: float,
    half_unit: float,
    before: Point | None = None,
    *,
    whole: bool | None = None,
) -> Point:
    """Make a point of an observation and the point it goes on from."""
    sign = _BOUND_SIGNS[observation.bound]
    signs = {sign, before.bound if before else 0} - {0}
    if whole is None:
        whole = observation.period.is_whole and (before is None or before.is_whole)
    return Point(
        time,
        value,
        half_unit,
        whole,
        (*(before.observations if before else ()), observation),
        signs.pop() if len(signs) == 1 else 0,
        exclusive=observation.bound in {">", "<"} or bool(before and before.exclusive),
        is_unclear=bool(signs) or bool(before and before.is_unclear),
    )


def _coverage(point: Point) -> float:
    return point.latest.period.share_of_year


def _since_base(changes: list[Observation], year: int, base: Point) -> list[Point]:
    return [
        _point(o, year, base.value * (1 + o.value / 100), o.half_unit / 100)
        for o in changes
        if o.measure == "change_since_base" and o.period.year == year
    ]


def _by_levels(
    levels: dict[float, Point],
    year: int,
    known: dict[int, Point],
    base_year: int,
    base_level: float | None,
) -> list[Point]:
    now = levels.get(year)
    if now is None or now.value == 0:
        return []
    if base_level:
        ratio = now.value / base_level
        return [_point(now.latest, year, ratio, now.half_unit / base_level)]
    for earlier in (base_year, *sorted((y for y in known if y < year), reverse=True)):
        then = levels.get(earlier)
        exact = then is not None and then.value != 0 and then.is_whole and then.bound == 0
        if then is not None and exact:
            start = known[earlier]
            scale = start.value / then.value
            before = start._replace(observations=(*start.observations, then.latest))
            return [_point(now.latest, year, now.value * scale, now.half_unit * scale, before)]
    return []


def _by_average(changes: list[Observation], year: int, known: dict[int, Point]) -> list[Point]:
    points = []
    for o in changes:
        before = known.get(o.period.first_year - 1)
        if o.measure != "average_change" or o.period.year != year or before is None:
            continue
        years = year - o.period.first_year + 1
        value = before.value * grown(1, o.value, years)
        half_unit = before.value * grown(1, o.value, years - 1) * years * o.half_unit / 100
        points.append(_point(o, year, value, half_unit, before))
    return points


def _by_year(changes: list[Observation], year: int, known: dict[int, Point]) -> list[Point]:
    """A year-to-date rate stands for its year where the whole year's is not there."""
    before = known.get(year - 1)
    if before is None:
        return []
    usable = [o for o in changes if o.measure == "yearly_change" and o.period.year == year]
    return [
        _point(
            o,
            year,
            before.value * (1 + o.value / 100),
            before.value * o.half_unit / 100,
            before,
        )
        for o in sorted(usable, key=lambda o: -o.period.share_of_year)
    ]
