"""Dates as periods: 2018-12-31 is the year alone, a quarter or a month beside others of its kind."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from mfgtargets.notation.period import Period
from mfgtargets.observations.observation import LeftOut, Observation


def settled(
    observations: Iterable[Observation], leave_out: Callable[[LeftOut], None]
) -> Iterator[Observation]:
    """Yield observations with the periods that their dates stand for, the dated ones last.

    What a date stands for is told by the others under the same name, region and measure of a file;
    codes of which nothing tells whether they are months or quarters are left out.
    """
    held: dict[tuple[str, str, str, str | None], list[Observation]] = {}
    for one in observations:
        if one.date is None:
            yield one
        else:
            key = one.place.file, one.indicator, one.region, one.measure
            held.setdefault(key, []).append(one)
    for group in held.values():
        is_code = any(one.date == "code" for one in group)
        for one in group:
            period = _of_code(one, group) if is_code else _of_day(one, _length(group))
            if period is None:
                leave_out(LeftOut(one.place, "unclear-period", {"found": str(one.period)}))
            else:
                yield one._replace(period=period)


def _of_day(one: Observation, months: int) -> Period:
    month = one.period.first
    first = month if one.date == "first" else month - months + 1
    return Period(first, first + months - 1)


def _length(group: Sequence[Observation]) -> int:
    """Return how many months each date of a group stands for.

    A year where each is its first or last day and no two are of one year; a quarter where all are of
    quarters, and two stand side by side; else the month, which says least.
    """
    months = sorted({one.period.first for one in group})
    kinds = {one.date for one in group}
    if len(kinds) > 1:
        return 1
    offset = 0 if kinds == {"first"} else 1  # a last day is the day before a first one
    if all((month + offset) % 12 == 0 for month in months):
        return 12
    steps = {later - earlier for earlier, later in pairwise(months)}
    is_quarterly = all((month + offset) % 3 == 0 for month in months) and 3 in steps
    return 3 if is_quarterly else 1


def _of_code(one: Observation, group: Sequence[Observation]) -> Period | None:
    """Return what 201804 stands for: a month beside 201805, a quarter where years have no fifth."""
    months = {other.period.first for other in group}
    if any(month % 12 >= 4 for month in months):
        return one.period
    if len({month // 12 for month in months}) == 1:
        return None
    first = one.period.year * 12 + 3 * (one.period.first % 12)
    return Period(first, first + 2)
