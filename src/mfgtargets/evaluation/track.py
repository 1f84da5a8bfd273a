"""One target year by year: the way promised, the way gone, and what would follow from a change."""

from mfgtargets.evaluation.assess import assess
from mfgtargets.arithmetic.quantities import Quantity
from mfgtargets.evaluation.check import Question, find_indicator, targets_of_year
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError, fault
from mfgtargets.observations.vintages import known_by, newest_vintages, newest_year
from mfgtargets.evaluation.results import Actuals, bound_of
from mfgtargets.render.tracktable import Step, Track
from mfgtargets.series.build import as_arrays, build_rows
from mfgtargets.series.points import Point, grown
from mfgtargets.series.rows import Row


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
    name = find_indicator(document, indicator)
    mine = [o for o in actuals.used if o.indicator == name]
    as_of = question.as_of or newest_year(mine) or document.entry.period.end or 0
    known, _ = newest_vintages(known_by(mine, as_of))
    own = [t for t in document.of_indicator(name) if t.restates is None]
    target = targets_of_year(own, question.target_year, as_of, last=True)[-1]
    (row,) = build_rows(
        document, [target], known, as_of, approx=question.approx, proxies=question.proxies
    )
    if not row.knots or target.year is None:
        raise InputError([fault("no-way", found=name, expected=row.no_path.code)])
    change = _supposed(row, growth, reach)
    years = _years(row, reach)
    rows = [_at(row, year) for year in years]
    supposed = [_supposing(row, year, change) for year in years]
    numbers = assess(as_arrays(rows)).quantities
    leads = assess(as_arrays(supposed)).quantities["latest_value"]
    steps = [
        Step(
            year=year,
            mark=_mark(row, year),
            on_track_value=_value(numbers["on_track_value"], n),
            latest_value=_value(numbers["latest_value"], n),
            latest_bound=bound_of(rows[n]),
            gap=_value(numbers["gap"], n),
            what_if=_value(leads, n),
        )
        for n, year in enumerate(years)
    ]
    return Track(document, row, tuple(steps), change, actuals)


def _value(numbers: Quantity, n: int) -> float | None:
    return None if numbers.reason[n] else float(numbers.value[n])


def _years(row: Row, reach: int | None) -> list[int]:
    first, last = int(row.knots[0].year), int(row.knots[-1].year)
    times = [int(p.time) for p in row.points if p.is_whole]
    return list(range(min([first, *times]), max([last, *times, reach or 0]) + 1))


def _at(row: Row, year: int) -> Row:
    """Return the row as it stood in a year: judged by that year's value, where there is one."""
    point = next((p for p in row.points if p.is_whole and p.time == year), None)
    return row._replace(
        point=point, shown=None, as_of=year, points=(point,) if point else (), flags=frozenset()
    )


def _supposed(row: Row, growth: float | None, reach: int | None) -> float | None:
    """Return the yearly change supposed: a fraction on a geometric path, units on a linear one."""
    if growth is None and reach is None:
        return None
    latest = _latest(row)
    geometric = row.target.path == "geometric"
    if latest is None:
        raise InputError([fault("nothing-to-go-on", found=row.target.indicator)])
    if growth is not None and geometric and growth <= -100:  # percent
        raise InputError([fault("bad-option", option="--growth", found=growth, expected=">-100")])
    if growth is not None:
        return growth / 100 if geometric else growth
    aim, years = row.knots[-1].value, (reach or 0) - latest.time
    if years <= 0 or (geometric and aim * latest.value <= 0):
        raise InputError(
            [fault("bad-option", option="--reach", found=reach, expected=f">{latest.time:g}")]
        )
    if geometric:
        return float((aim / latest.value) ** (1 / years) - 1)
    return (aim - latest.value) / years


def _latest(row: Row) -> Point | None:
    exact = [p for p in row.points if p.bound == 0 and not p.is_unclear]
    return max(exact, key=lambda p: p.time, default=None)


def _supposing(row: Row, year: int, change: float | None) -> Row:
    """Return the row with the value that the supposed change leads to in a year."""
    latest = _latest(row)
    if change is None or latest is None or year < latest.time:
        return row._replace(point=None, shown=None, as_of=year, points=())
    years = year - latest.time
    geometric = row.target.path == "geometric"
    value = latest.value + change * years
    if geometric:
        value = latest.value * grown(1, 100 * change, years)
    point = latest._replace(time=float(year), value=value)
    return row._replace(point=point, as_of=year, points=(point,))


def _mark(row: Row, year: int) -> str | None:
    if row.has_baseline and year == row.knots[0].year:
        return "baseline"
    if year == row.knots[-1].year:
        return "target"
    return "milestone" if year in {knot.year for knot in row.knots[1:-1]} else None
