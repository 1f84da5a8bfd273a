"""The whole way of a table of series in one call: columns -> series -> methods -> answers."""

from typing import Any, NamedTuple

from mfgtargets.defaults import APPROX, TOLERANCE
from mfgtargets.engine.answers import ANSWERS, Column, answers, status_column
from mfgtargets.evaluation.assess import assess
from mfgtargets.evaluation.opinions import Opinion, opinions
from mfgtargets.methods import ALL_METHODS, METHODS, SCHEDULE, method_of
from mfgtargets.methods.groups import by_group
from mfgtargets.series.columns import Columns, series_of


class Request(NamedTuple):
    """What is asked: a method or ``all``, the tolerance in points, what 左右 leaves, the trend."""

    method: str = SCHEDULE.code
    tolerance: float = TOLERANCE
    approx: float = APPROX
    trend: int | None = None


def calculate(columns: Columns, request: Request) -> dict[str, Column]:
    """Return the answers to a table by column; with ``all``, a column of words for each method.

    Raises ``InputError`` with the place of every cell that cannot be read.
    """
    series = series_of(columns, request.approx)
    method = method_of(request.method)
    given = answers(assess(series, method, request.tolerance, request.trend), method)
    if request.method == ALL_METHODS:
        for other in METHODS.values():
            verdict = assess(series, other, request.tolerance).verdict
            given[f"status_{other.code}"] = status_column(verdict, other)
    return given


def answer_names(request: Request) -> list[str]:
    """Return the names of the answers, in order."""
    more = [f"status_{code}" for code in METHODS] if request.method == ALL_METHODS else []
    return [*ANSWERS, *more]


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
    series = series_of(columns, request.approx)
    method = METHODS[request.method]
    verdict = assess(series, method, request.tolerance, request.trend).verdict
    return by_group(method, verdict, groups)
