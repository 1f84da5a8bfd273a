"""One target year by year: the way promised, the way gone, and what would follow from a change."""

from collections.abc import Sequence
from math import ceil
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.arithmetic.quantities import Quantity
from mfgtargets.document.records import Document, Target
from mfgtargets.evaluation.asked import (
    Question,
    find_indicator,
    of_departments,
    targets_of_year,
)
from mfgtargets.evaluation.assess import assess
from mfgtargets.evaluation.bases import Basis, bases_of
from mfgtargets.evaluation.check import (
    asked_rows,
    laid_out,
)
from mfgtargets.evaluation.columns import bound_sign
from mfgtargets.evaluation.course import Course, courses_of
from mfgtargets.faults import InputError, fault
from mfgtargets.observations.actuals import Actuals
from mfgtargets.observations.observation import Observation
from mfgtargets.observations.vintages import known_by, newest_vintages, newest_year
from mfgtargets.series.arrays import Flags, Floats, Series
from mfgtargets.series.layout import Layout
from mfgtargets.series.reasons import Reason


class TrackYear(NamedTuple):
    """One year of a target: numbers as they are put out, None where there is none.

    ``mark`` tells the baseline, milestones and the target; ``what_if`` is where a supposed change
    leads. ``given`` is the figure that was published for the year, where one was.
    """

    year: int
    mark: str | None
    on_track_value: float | None
    latest_value: float | None
    latest_bound: str | None
    gap: float | None
    what_if: float | None
    given_value: float | None
    given_measure: str | None


class Track(NamedTuple):
    """A target's way: its years, and the yearly change that was supposed, if one was."""

    document: Document
    target: Target
    basis: Basis
    baseline_value: float | None
    years: tuple[TrackYear, ...]
    course: Course
    change: float | None
    actuals: Actuals


def track(
    document: Document,
    actuals: Actuals,
    indicator: str,
    question: Question,
    growth: float | None = None,
    reach: int | None = None,
) -> Track:
    """Lay out one indicator's target year by year.

    ``growth`` supposes a change in percent a year (units on a linear path) from the latest value on;
    ``reach`` the change that reaches the target in that year. Raises ``InputError`` where there is
    no such indicator, no way to lay out, or nothing to go on from.
    """
    if len(question.regions) > 1:
        told = ", ".join(question.regions)
        raise InputError([fault("bad-option", option="--region", found=told, expected="NAME")])
    name = find_indicator(document, indicator)
    own = [t for t in document.of_indicator(name) if t.restates is None]
    mine = [o for o in actuals.used if o.indicator == name]
    as_of = question.as_of or newest_year(mine) or document.entry.period.end or 0
    others = {target.relative_to.indicator for target in own if target.relative_to}
    theirs = [o for o in actuals.used if o.indicator in others]
    known, _ = newest_vintages(known_by([*mine, *theirs], as_of))
    own = of_departments(document, own, question)
    targets = targets_of_year(own, question.target_year, as_of)
    if not targets:
        raise InputError([fault("nothing-asked")])
    layouts = [
        laid_out(document, asked_rows(document, [one], question), known, as_of, question)
        for one in targets
    ]
    target, layout = max(zip(targets, layouts, strict=True), key=lambda pair: _has(pair[1]))
    if not layout.path.is_there[0] or target.year is None:
        why = Reason(int(layout.path.no_path[0])).code
        raise InputError([fault("no-way", found=name, expected=why)])
    change = _supposed(layout, target, growth, reach)
    years = _years(layout, reach)
    points = [_point_at(layout, year) for year in years]
    given = [_given(layout, point, known) for point in points]
    numbers = assess(_as_it_stood(layout, years, points)).quantities
    leads = assess(_supposing(layout, years, change)).quantities["latest_value"]
    base = float(layout.path.base_value[0])
    bases = bases_of(document, asked_rows(document, [target], question).targets, layout, known)
    return Track(
        document=document,
        target=target,
        basis=bases[0],
        baseline_value=None if np.isnan(base) else base,
        years=tuple(
            TrackYear(
                year=year,
                mark=_mark(layout, year),
                on_track_value=_value(numbers["on_track_value"], n),
                latest_value=_value(numbers["latest_value"], n),
                latest_bound=_bound_of(layout, points[n]),
                gap=_value(numbers["gap"], n),
                what_if=_value(leads, n),
                given_value=given[n][0],
                given_measure=given[n][1],
            )
            for n, year in enumerate(years)
        ),
        course=courses_of(document, layout, assess(layout.series).quantities, bases, known)[0],
        change=change,
        actuals=actuals,
    )


def _given(
    layout: Layout, point: int, known: Sequence[Observation]
) -> tuple[float | None, str | None]:
    """Return value and measure of the newest observation that a year's value rests on."""
    if point < 0:
        return None, None
    newest = known[int(layout.measured.source[layout.points.latest[point]])]
    return newest.value, newest.measure


def _has(layout: Layout) -> tuple[bool, bool]:
    """Tell whether a target has a path, and whether there are data to lay beside it."""
    return bool(layout.path.is_there[0]), len(layout.points.time) > 0


def _value(numbers: Quantity, n: int) -> float | None:
    return None if numbers.reason[n] else float(numbers.value[n])


def _years(layout: Layout, reach: int | None) -> list[int]:
    """Return the years from the baseline to the target, or to the last value or year asked for."""
    knots, times = layout.path.years[0], layout.points.time[layout.points.whole]
    inside = times[~(times < knots[0])].tolist()
    first = min([knots[-1], *knots[~np.isnan(knots)].tolist(), *inside])
    return list(range(int(first), ceil(max([knots[-1], *inside, reach or 0])) + 1))


def _point_at(layout: Layout, year: int) -> int:
    """Return the place of the whole year's value; -1 where there is none."""
    found = np.flatnonzero(layout.points.whole & (layout.points.time == year))
    return int(found[0]) if len(found) else -1


def _repeated(layout: Layout, years: Sequence[int], **columns: Any) -> Series:
    """Return the series once for each year, with other columns and without its history."""
    rows: Any = (np.repeat(field, len(years), axis=0) for field in layout.series)
    none = np.empty((len(years), 0))
    return Series(*rows)._replace(history_years=none, history_values=none, **columns)


def _times(layout: Layout, years: Sequence[int], has_value: Flags) -> Floats:
    """Return the time of each year; without a value, the target's year is the last."""
    year = np.array(years, dtype=float)
    return np.where(has_value, year, np.minimum(year, layout.series.target_year[0]))


def _as_it_stood(layout: Layout, years: Sequence[int], points: Sequence[int]) -> Series:
    """Return the series as it stood in each year: with that year's value, where there is one."""
    place, there = np.array(points), np.array(points) >= 0

    def column(array: Any, missing: float) -> Any:
        return np.where(there, array[place] if len(array) else missing, missing)

    return _repeated(
        layout,
        years,
        year=_times(layout, years, there),
        value=column(layout.points.value, np.nan),
        half_unit=column(layout.points.half_unit, np.nan),
        bound=column(layout.points.bound, 0).astype(np.int8),
        exclusive=column(layout.points.exclusive, 0).astype(bool),
    )


def _bound_of(layout: Layout, point: int) -> str | None:
    """Return the bound of a year's value, or where it has none of what is shown."""
    if point < 0:
        return None
    p, s = layout.points, layout.series
    return bound_sign(int(p.bound[point]), bool(p.exclusive[point]), s.scale[0], s.direction[0])


def _latest(layout: Layout) -> int:
    """Return the place of the latest exact value; -1 where there is none."""
    exact = np.flatnonzero((layout.points.bound == 0) & ~layout.points.unclear)
    return int(exact[-1]) if len(exact) else -1


def _supposed(
    layout: Layout, target: Target, growth: float | None, reach: int | None
) -> float | None:
    """Return the yearly change to suppose: a fraction on a geometric path, else units."""
    if growth is None and reach is None:
        return None
    latest, aim = _latest(layout), float(layout.series.target[0])
    if latest < 0:
        raise InputError([fault("nothing-to-go-on", found=target.indicator)])
    time, value = float(layout.points.time[latest]), float(layout.points.value[latest])
    geometric = bool(layout.series.curve.by_own_rate[0])
    if growth is not None:
        if geometric and growth <= -100:  # percent
            raise InputError(
                [fault("bad-option", option="--growth", found=growth, expected=">-100")]
            )
        return growth / 100 if geometric else growth
    years = (reach or 0) - time
    if years <= 0 or (geometric and aim * value <= 0):
        expected = f">{time:g}"
        raise InputError([fault("bad-option", option="--reach", found=reach, expected=expected)])
    if geometric:
        return float((aim / value) ** (1 / years) - 1)
    return (aim - value) / years


def _supposing(layout: Layout, years: Sequence[int], change: float | None) -> Series:
    """Return the series with the value that the supposed change leads to in each year."""
    latest, year = _latest(layout), np.array(years, dtype=float)
    value = np.full(len(years), np.nan)
    if change is not None and latest >= 0:
        start, since = layout.points.value[latest], year - layout.points.time[latest]
        with np.errstate(all="ignore"):
            on = start * (1 + change) ** since
            value = on if layout.series.curve.by_own_rate[0] else start + change * since
        value = np.where(since >= 0, value, np.nan)
    return _repeated(
        layout,
        years,
        year=_times(layout, years, ~np.isnan(value)),
        value=value,
        half_unit=np.zeros(len(years)),
        bound=np.zeros(len(years), dtype=np.int8),
    )


def _mark(layout: Layout, year: int) -> str | None:
    knots = layout.path.years[0]
    if layout.path.has_baseline[0] and year == knots[0]:
        return "baseline"
    if year == ceil(knots[-1]):
        return "target"
    return "milestone" if year in knots[1:-1] else None
