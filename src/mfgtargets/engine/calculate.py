"""The whole way of a table of series in one call: columns -> series -> methods -> answers."""

from typing import Any, NamedTuple

import numpy as np

from mfgtargets.defaults import APPROX, TOLERANCE
from mfgtargets.engine.answers import ANSWERS, answers
from mfgtargets.evaluation.assess import Assessment, assess
from mfgtargets.evaluation.opinions import Opinion, opinions, status_column
from mfgtargets.faults import Fault, InputError
from mfgtargets.methods import ALL_METHODS, METHODS, SCHEDULE, method_named, method_of
from mfgtargets.methods.groups import by_group
from mfgtargets.methods.method import Method
from mfgtargets.series.arrays import Column, Series
from mfgtargets.series.columns import Columns, series_of


class Request(NamedTuple):
    """What is asked: a method or ``all``, the tolerance in points, what 左右 leaves, the trend.

    ``nearest_baseline`` lets a method take another year where that of a baseline has no value.
    """

    method: str = SCHEDULE.code
    tolerance: float = TOLERANCE
    approx: float = APPROX
    trend: int | None = None
    nearest_baseline: bool = False


def requested(method: str, *, nearest_baseline: bool = False, **room: Any) -> Request:
    """Return what is asked, with the fields of ``Request``.

    Raises ``InputError`` for an unknown method, and one that takes no other baseline.
    """
    request = Request(method_named(method), nearest_baseline=nearest_baseline, **room)
    if nearest_baseline and method_of(method).other_baseline is None:
        able = " | ".join(code for code, one in METHODS.items() if one.other_baseline)
        needed = {"option": "--nearest-baseline", "expected": f"--method {able}"}
        raise InputError([Fault("option-without", details=needed)])
    return request


class Judged(NamedTuple):
    """A table's series, and what a method says of them."""

    method: Method
    series: Series
    found: Assessment


def judged(columns: Columns, request: Request) -> Judged:
    """Judge a table by the method asked for.

    Raises ``InputError`` with the place of every cell that cannot be read.
    """
    method = method_of(request.method)
    other = method.other_baseline if request.nearest_baseline else None
    series = series_of(columns, request.approx, other)
    found = assess(series, method, request.tolerance, request.trend)
    if other is not None:
        asked, used = columns.numbers("baseline_year"), series.baseline_year
        moved = {"nearest_baseline": (used != asked) & ~np.isnan(used + asked)}
        found = found._replace(verdict=found.verdict._replace(flags=found.verdict.flags | moved))
    return Judged(method, series, found)


def calculate(columns: Columns, request: Request) -> dict[str, Column]:
    """Return the answers to a table by column; with ``all``, a column of words for each method.

    Raises ``InputError`` as ``judged`` does.
    """
    method, series, found = judged(columns, request)
    given = answers(found, method)
    if request.nearest_baseline:
        given["baseline_used"] = series.baseline_year
    if request.method == ALL_METHODS:
        for other in METHODS.values():
            verdict = assess(series, other, request.tolerance).verdict
            given[f"status_{other.code}"] = status_column(verdict, other)
    return given


def answer_names(request: Request) -> list[str]:
    """Return the names of the answers, in order."""
    more = [f"status_{code}" for code in METHODS] if request.method == ALL_METHODS else []
    return [*ANSWERS, *(["baseline_used"] if request.nearest_baseline else ()), *more]


def verdicts(columns: Columns, request: Request) -> list[tuple[Opinion, ...]]:
    """Return for each row what every method says of it."""
    series = series_of(columns, request.approx)
    found = [
        opinions(method, assess(series, method, request.tolerance).verdict, series)
        for method in METHODS.values()
    ]
    return list(zip(*found, strict=True))


def by_groups(columns: Columns, groups: list[str], request: Request) -> list[dict[str, Any]]:
    """Return one row a group: how many series, their mean score and the status it gives."""
    method, _, found = judged(columns, request)
    return by_group(method, found.verdict, groups)
