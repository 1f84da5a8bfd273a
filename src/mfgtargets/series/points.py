"""The measured side of a series: values in time, on the scale its arithmetic uses (SPEC §4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mfgtargets.document.records import Target
from mfgtargets.observations.model import Observation

_BOUND_SIGNS = {"": 0, ">": 1, ">=": 1, "<": -1, "<=": -1}


@dataclass(frozen=True, eq=False)
class Point:
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

    @property
    def latest(self) -> Observation:
        """The newest observation it rests on."""
        return self.observations[-1]


def level_points(target: Target, observations: Iterable[Observation]) -> list[Point]:
    """Return the levels: one a time, whole years before parts of them.

    A stock or ratio counts at its own time; a flow from January on is scaled to its year; other
    parts of a flow say nothing about a year and give no point.
    """
    points: dict[float, Point] = {}
    for observation in observations:
        period = observation.period
        if observation.measure != "level" or (period.is_whole and not period.is_year):
            continue
        share, time = 1.0, period.end
        if target.nature == "flow" and not period.is_year:
            if not period.is_year_to_date:
                continue
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
    levels = {
        point.time: point
        for point in level_points(target, observations)
        if point.latest.unit == _level_unit(observations)
    }
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


def sum_points(observations: Iterable[Observation], start: int) -> list[Point]:
    """Return the running sum from the year ``start`` on; a ``total`` replaces what came before.

    The sum stops at the first year that nothing was given for.
    """
    ordered = sorted(observations, key=lambda o: (o.period.last, o.period.first))
    points: list[Point] = []
    reached, total = start * 12, 0.0
    rests_on: tuple[Observation, ...] = ()
    for o in ordered:
        if o.measure == "total" and o.period.last >= reached:
            point = _point(o, o.period.end, o.value, o.half_unit)
        elif o.measure == "added" and o.period.first == reached:
            point = _point(o, o.period.end, total + o.value, o.half_unit, rests_on)
        else:
            continue
        points.append(point)
        if o.period.is_whole or o.measure == "total":
            reached, total, rests_on = o.period.last + 1, point.value, point.observations
    return points


def reverses(points: Sequence[Point], sign: int) -> bool:
    """Tell whether the latest change between two exact whole-year values goes the wrong way."""
    exact = [point for point in points if point.is_whole and point.bound == 0]
    return any(sign * (new.value - old.value) < 0 for old, new in [*pairwise(exact)][-1:])


def _point(
    observation: Observation,
    time: float,
    value: float,
    half_unit: float,
    before: tuple[Observation, ...] = (),
    *,
    whole: bool | None = None,
) -> Point:
    signs = {_BOUND_SIGNS[o.bound] for o in (*before, observation)} - {0}
    return Point(
        time,
        value,
        half_unit,
        observation.period.is_whole if whole is None else whole,
        (*before, observation),
        signs.pop() if len(signs) == 1 else 0,
        observation.bound in {">", "<"},
    )


def _coverage(point: Point) -> float:
    return point.latest.period.share_of_year


def _level_unit(observations: Iterable[Observation]) -> str | None:
    return next((o.unit for o in observations if o.measure == "level"), None)


def _since_base(changes: list[Observation], year: int, base: Point) -> list[Point]:
    return [
        _point(o, year, base.value * (1 + o.value / 100), o.half_unit / 100)
        for o in changes
        if o.measure == "change_since_base" and o.period.is_year and o.period.year == year
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
        return [_point(now.latest, year, ratio, now.half_unit / base_level, whole=now.is_whole)]
    for earlier in (base_year, *sorted((y for y in known if y < year), reverse=True)):
        then = levels.get(earlier)
        if then is not None and then.value != 0 and then.is_whole:
            scale = known[earlier].value / then.value
            before = (*known[earlier].observations, then.latest)
            half_unit = now.half_unit * scale
            value = now.value * scale
            return [_point(now.latest, year, value, half_unit, before, whole=now.is_whole)]
    return []


def _by_average(changes: list[Observation], year: int, known: dict[int, Point]) -> list[Point]:
    points = []
    for o in changes:
        before = known.get(o.period.first_year - 1)
        if o.measure != "average_change" or o.period.year != year or before is None:
            continue
        years = year - o.period.first_year + 1
        value = before.value * (1 + o.value / 100) ** years
        half_unit = value * years * o.half_unit / (100 + o.value)
        points.append(_point(o, year, value, half_unit, before.observations))
    return points


def _by_year(changes: list[Observation], year: int, known: dict[int, Point]) -> list[Point]:
    """A year-to-date rate stands for its year where the whole year's is not there."""
    before = known.get(year - 1)
    if before is None:
        return []
    usable = [
        o
        for o in changes
        if o.measure == "yearly_change"
        and o.period.year == year
        and (o.period.is_year or o.period.is_year_to_date)
    ]
    return [
        _point(
            o,
            year,
            before.value * (1 + o.value / 100),
            before.value * o.half_unit / 100,
            before.observations,
        )
        for o in sorted(usable, key=lambda o: -o.period.share_of_year)
    ]
