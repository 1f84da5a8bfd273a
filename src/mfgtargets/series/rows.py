"""One row a target: the promised side, the measured side, and what stands between them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from mfgtargets.document.records import Document, Target
from mfgtargets.observations.observation import RELATIVE, Observation
from mfgtargets.series.arrays import Decision, Scale
from mfgtargets.series.points import Point, grown, index_points, level_points, reverses, sum_points
from mfgtargets.series.reasons import Reason

_STALE_AFTER = 2  # years
_SCALES = {"cumulative_change": Scale.SIZE, "growth_rate": Scale.RATE}
_SUMS = {"increment", "annual_flow"}
_PERIOD_KINDS = {"growth_rate", *_SUMS}


class Knot(NamedTuple):
    """A year and value that the path runs through."""

    year: float
    value: float


class Row(NamedTuple):
    """A target with all that its arithmetic needs.

    ``knots`` run from baseline to target; without a baseline the target stands alone, and
    ``no_path`` says why. ``point`` is the value judged, ``shown`` the observation to print,
    ``points`` all values known; ``blocked`` says why there is no status.
    """

    target: Target
    scale: Scale
    knots: tuple[Knot, ...]
    no_path: Reason
    baseline_source: str | None
    baseline_year: int | None
    baseline_value: float | None
    as_of: int
    approx: float
    points: tuple[Point, ...] = ()
    point: Point | None = None
    shown: Observation | None = None
    decision: Decision = Decision.OPEN
    blocked: Reason = Reason.NONE
    short: bool = False
    afterwards: float | None = None
    flags: frozenset[str] = frozenset()

    @property
    def has_baseline(self) -> bool:
        """Whether the path has a beginning."""
        return len(self.knots) > 1

    @property
    def time(self) -> float:
        """The time of the value; where there is none, of what is shown, or the as-of year."""
        if self.point:
            return self.point.time
        year = self.shown.period.year if self.shown else self.as_of
        return float(min(year, self.target.year or year))


def milestones(target: Target, document: Document) -> tuple[Target, ...]:
    """Return the earlier targets that the way to ``target`` leads through (SPEC §1)."""
    return tuple(
        other
        for other in document.of_indicator(target.indicator)
        if other.restates is None
        and other.kind == target.kind
        and other.kind not in {"growth_rate", "annual_flow", "rank"}  # each stands for itself
        and other.aim is not None
        and other.period_start == target.period_start
        and None not in (other.year, target.year)
        and (other.year or 0) < (target.year or 0)
    )


def build_row(
    target: Target,
    document: Document,
    observations: Iterable[Observation],
    as_of: int,
    *,
    approx: float,
    proxies: bool,
) -> Row:
    """Lay a target and the observations of its indicator side by side.

    ``observations`` are those of this indicator known by ``as_of``, one a period and measure.
    ``approx`` is what 左右 and 基本 leave, in percent; ``proxies`` lets values of another
    definition decide where there are none of its own.
    """
    every = list(observations)
    own = [o for o in every if not o.is_proxy]
    used = own or every
    by_proxy = bool(used) and not own
    row = _planned_row(target, document, used, as_of, approx)
    if not row.knots:
        shown = max(used, key=lambda o: o.period.last, default=None)
        blocked = row.no_path if shown else Reason.NO_DATA
        return row._replace(shown=shown, blocked=blocked, flags=_flags(row, shown))
    points = [p for p in _points(row, document, used) if _in_plan(row, p)]
    row = _measured_row(row, points, used)
    if row.point is not None and row.point.is_unclear:
        row = row._replace(point=None, blocked=Reason.BOUND, decision=Decision.OPEN)
    if by_proxy and not proxies and row.blocked != Reason.TARGET_YEAR_PASSED:
        row = row._replace(point=None, blocked=Reason.DEFINITION_DIFFERS, decision=Decision.OPEN)
    return row._replace(flags=_flags(row, row.shown))


def _planned_row(
    target: Target, document: Document, used: Sequence[Observation], as_of: int, approx: float
) -> Row:
    """Lay out the promised side: scale, path and baseline."""
    scale = _SCALES.get(target.kind, Scale.LEVEL)
    shown_year, base, source = _baseline(target, document, used)
    base_year = shown_year
    if target.kind in _PERIOD_KINDS:
        start = period_start(target, document)
        base_year = None if start is None else start - 1
    row = Row(target, scale, (), Reason.NONE, source, shown_year, base, as_of, approx)
    if target.kind == "delegated" or target.aim is None:
        return row._replace(no_path=Reason.DELEGATED)
    if target.year is None:
        return row._replace(no_path=Reason.NO_TARGET_YEAR)
    if target.kind == "rank":
        return row._replace(knots=(Knot(target.year, target.aim),), no_path=Reason.NO_PATH)
    first = 1.0 if scale != Scale.LEVEL else 0.0 if target.kind in _SUMS else base
    way = [
        Knot(step.year or 0, aim)
        for step in (*milestones(target, document), target)
        if (aim := _aim(step, document, base)) is not None
    ]
    if not way or way[-1].year != target.year:
        way = []
    if base_year is not None and base_year < target.year and first is not None and way:
        inner = [knot for knot in way if knot.year > base_year]
        return row._replace(knots=(Knot(base_year, first), *inner))
    unstarted = period_start(target, document) is None and target.kind in _PERIOD_KINDS
    why = Reason.NO_PERIOD_START if unstarted else Reason.NO_BASELINE
    return row._replace(knots=tuple(way[-1:]), no_path=why)


def period_start(target: Target, document: Document) -> int | None:
    """Return the first year of a target's period: its own, else the document's."""
    return target.period_start or document.entry.period.start


def _aim(target: Target, document: Document, base: float | None) -> float | None:
    """Return the value to reach on the scale of the arithmetic (None: it cannot be worked out)."""
    value, years = target.aim, _years(target, document)
    if value is None:
        return None
    if target.kind == "cumulative_change":
        return 1 + target.sign * value / 100
    if target.kind == "growth_rate":
        return None if years is None else grown(target.sign, value, years)
    if target.kind == "multiple":
        return None if base is None else value * base
    if target.kind == "annual_flow":
        return None if years is None else value * years
    return value


def _years(target: Target, document: Document) -> int | None:
    start = period_start(target, document)
    return None if start is None or target.year is None else target.year - start + 1


def _baseline(
    target: Target, document: Document, used: Sequence[Observation]
) -> tuple[int | None, float | None, str | None]:
    """Return year, value and source of the baseline: the document's, else the measured one."""
    year = target.baseline_year or document.entry.baseline_year
    value, source = target.baseline_value, "document"
    if value is None:
        source = "actual"
        exact = [p for p in level_points(target, used) if p.is_whole and p.bound == 0]
        value = next((p.value for p in exact if p.time == year), None)
    if value is None and target.kind != "cumulative_change":
        year = target.baseline_year
    return year, value, source if value is not None else None


def _points(row: Row, document: Document, used: Sequence[Observation]) -> list[Point]:
    target = row.target
    if row.scale != Scale.LEVEL:
        if not row.has_baseline:
            return []
        level = row.baseline_value if row.scale == Scale.SIZE else None
        return index_points(target, used, int(row.knots[0].year), level)
    if target.kind in _SUMS:
        return sum_points(used, period_start(target, document))
    return level_points(target, used)


def _in_plan(row: Row, point: Point) -> bool:
    """Leave out what is from before the baseline, and for a period what is from after it."""
    period_kind = row.scale == Scale.RATE or row.target.kind in _SUMS
    if period_kind and point.time > (row.target.year or 0):
        return False
    return not row.has_baseline or point.time >= row.knots[0].year


def _measured_row(row: Row, points: list[Point], used: Sequence[Observation]) -> Row:
    """Choose the value to judge: the target year's, else the first after it, else the latest."""
    year = row.target.year or 0
    whole = [point for point in points if point.is_whole]
    due = next((point for point in whole if point.time == year), None)
    later = [point for point in whole if point.time > year]
    row = row._replace(points=tuple(points), short=_is_short(row, points, used))
    if due is not None:
        best = max((row.target.sign * point.value for point in later), default=None)
        afterwards = None if best is None else row.target.sign * best
        return row._replace(
            point=due, shown=due.latest, decision=Decision.DUE, afterwards=afterwards
        )
    if later:
        return row._replace(point=later[0], shown=later[0].latest, decision=Decision.LATE)
    latest = max((p for p in points if p.time <= year), key=lambda p: p.time, default=None)
    newest = _newest_change(row, used)
    if newest is not None and (latest is None or newest.period.end > latest.time):
        passed = newest.period.year < year < row.as_of
        blocked = Reason.TARGET_YEAR_PASSED if passed else Reason.MISSING_YEARS
        return row._replace(shown=newest, blocked=blocked)
    blocked = Reason.NONE
    if latest is None:
        blocked = row.no_path if used and row.target.kind in _SUMS else Reason.NO_DATA
    if year < row.as_of:
        # A part of the target year, or of a later one, is data of it but decides nothing.
        part = any(point.time > year - 1 for point in points)
        blocked = Reason.PARTIAL_PERIOD if part else Reason.TARGET_YEAR_PASSED
    return row._replace(point=latest, shown=latest.latest if latest else None, blocked=blocked)


def _newest_change(row: Row, used: Sequence[Observation]) -> Observation | None:
    """Return the newest observation that a chain or sum to it should have led to."""
    if not row.has_baseline or (row.scale == Scale.LEVEL and row.target.kind not in _SUMS):
        return None
    first = row.knots[0].year
    year = row.target.year or 0
    led_to = {"added", "total"} if row.target.kind in _SUMS else RELATIVE
    inside = [o for o in used if first < o.period.year <= year and o.measure in led_to]
    return max(inside, key=lambda o: (o.period.last, -o.period.first), default=None)


def _is_short(row: Row, points: Sequence[Point], used: Sequence[Observation]) -> bool:
    """Tell whether a whole year of an annual flow fell short for certain (SPEC §4)."""
    target = row.target
    if target.kind != "annual_flow" or target.aim is None or not row.has_baseline:
        return False
    due = target.aim * (1 - row.approx / 100 if target.is_lenient else 1)
    exact = [_start(row), *(p for p in points if p.is_whole and p.bound == 0 and not p.is_unclear)]
    flows = [(new.value - old.value, new.time - old.time, "") for old, new in pairwise(exact)]
    flows += [
        (o.value, o.period.year - o.period.first_year + 1, o.bound)
        for o in used
        if o.measure == "added" and o.period.is_whole and o.bound in {"<", "<="}
        if row.knots[0].year < o.period.first_year and o.period.year <= row.knots[-1].year
    ]
    strict = target.comparator == "gt"
    return any(
        (value < due * years and not _same(value, due * years))
        or (_same(value, due * years) and (bound == "<" or strict))
        for value, years, bound in flows
    )


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


def _flags(row: Row, shown: Observation | None) -> frozenset[str]:
    """Return the flags that come from the observations (the arithmetic adds its own)."""
    rests_on = row.point.observations if row.point else (shown,) if shown else ()
    letters = {letter for o in rests_on for letter in o.obs_status}
    names = {"D": "proxy", "P": "provisional", "E": "estimated", "B": "break"}
    flags = {name for letter, name in names.items() if letter in letters}
    if shown is not None and row.as_of - shown.period.year > _STALE_AFTER:
        flags.add("stale")
    if any(not o.period.is_whole for o in rests_on) and not (row.point and row.point.is_whole):
        flags.add("part_year")
    first = () if row.scale == Scale.LEVEL or not row.knots else (_start(row),)
    if row.target.kind not in _SUMS and reverses((*first, *row.points), row.target.sign):
        flags.add("reversing")
    return frozenset(flags)


def _start(row: Row) -> Point:
    return Point(row.knots[0].year, row.knots[0].value, 0.0, is_whole=True, observations=())
