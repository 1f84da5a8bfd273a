"""The whole arithmetic in one call: series in, numbers and a verdict for each out."""

import os
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.arithmetic.quantities import Quantities, Quantity, path_refusal, quantities
from mfgtargets.defaults import TOLERANCE
from mfgtargets.methods import SCHEDULE
from mfgtargets.methods.method import Method
from mfgtargets.methods.schedule import tolerances
from mfgtargets.methods.verdict import Verdict
from mfgtargets.series.arrays import Floats, Series
from mfgtargets.working import Numbers

BLOCK = 1 << 15  # series worked on at once: more of them leave the cache, fewer cost calls


class Assessment(NamedTuple):
    """What the arithmetic says of ``n`` series: numbers, verdict, and the tolerance left to each."""

    quantities: Quantities
    verdict: Verdict
    tolerance: Floats


def assess(
    s: Series, method: Method = SCHEDULE, tolerance: float = TOLERANCE, trend: int | None = None
) -> Assessment:
    """Work out every number and judge every series by ``method``.

    ``tolerance`` is in percentage points of the plan's distance, used by the methods with the
    words of the default method; ``trend`` is how many years the projection looks back (None: to the baseline).
    """
    size = len(s.value)
    if size <= BLOCK:
        return _assess(s, method, tolerance, trend)

    def work(start: int) -> Assessment:
        part: Any = (field[start : start + BLOCK] for field in s)
        return _assess(Series(*part), method, tolerance, trend)

    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - few have that many series

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return _joined(list(pool.map(work, range(0, size, BLOCK))))


def _assess(s: Series, method: Method, tolerance: float, trend: int | None) -> Assessment:
    with np.errstate(all="ignore"):
        s = prepared(s, method)
        room = tolerances(s, tolerance)
        return Assessment(quantities(s, trend), method.judge(s, room), room.width)


def prepared(s: Series, method: Method) -> Series:
    """Return the series as a method takes them, with the reasons why one has no path."""
    with np.errstate(all="ignore"):
        s = method.prepare(s)
        return s._replace(no_path=path_refusal(s))


def one_of(s: Series, n: int) -> Series:
    """Return series ``n`` by itself."""
    fields: Any = (field[n : n + 1] for field in s)
    return Series(*fields)


def numbers_of(found: Assessment, n: int) -> Numbers:
    """Return the numbers found for series ``n``, by name; those that are not there are left out."""
    numbers = {
        name: float(one.value[n]) for name, one in found.quantities.items() if not one.reason[n]
    }
    numbers["tolerance"] = float(found.tolerance[n])
    for name, column in (("ratio", found.verdict.ratio), ("score", found.verdict.score)):
        if np.isfinite(column[n]):
            numbers[name] = float(column[n])
    return numbers


def _joined(parts: list[Assessment]) -> Assessment:
    """Put the assessments of blocks together."""

    def whole(arrays: Iterable[Any]) -> Any:
        return np.concatenate(list(arrays))

    verdicts = [part.verdict for part in parts]
    columns: Any = [whole(column) for column in zip(*(v[:-1] for v in verdicts), strict=True)]
    flags = {name: whole(v.flags[name] for v in verdicts) for name in verdicts[0].flags}
    numbers = {
        name: Quantity(
            whole(part.quantities[name].value for part in parts),
            whole(part.quantities[name].reason for part in parts),
        )
        for name in parts[0].quantities
    }
    return Assessment(
        numbers, Verdict._make([*columns, flags]), whole(part.tolerance for part in parts)
    )
