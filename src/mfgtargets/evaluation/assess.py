"""The whole arithmetic in one call: series in, numbers and a verdict for each out."""

from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.methods import LOG_REDUCTION, SCHEDULE, Method
from mfgtargets.methods.schedule import TOLERANCE, widths
from mfgtargets.methods.verdict import Verdict
from mfgtargets.arithmetic.quantities import Quantities, Quantity, path_refusal, quantities
from mfgtargets.cores import cores
from mfgtargets.series.arrays import Floats, Series

BLOCK = 1 << 15  # series worked on at once: more of them leave the cache, fewer cost calls


class Assessment(NamedTuple):
    """What the arithmetic says of ``n`` series: numbers, verdict, and the tolerance left to each."""

    quantities: Quantities
    verdict: Verdict
    tolerance: Floats


def assess(
    s: Series, method: Method = SCHEDULE, tolerance: float = TOLERANCE, trend: int | None = None
) -> Assessment:
    """Work out every number of SPEC §4 and judge every series by ``method``.

    ``tolerance`` is in percentage points of the plan's distance, used by the methods with the
    words of SPEC §5; ``trend`` is how many years the projection looks back (None: to the baseline).
    """
    size = len(s.value)
    if size <= BLOCK:
        return _assess(s, method, tolerance, trend)

    def work(start: int) -> Assessment:
        part: Any = (field[start : start + BLOCK] for field in s)
        return _assess(Series(*part), method, tolerance, trend)

    first = work(0)
    whole = _empty(first, size)

    def fill(start: int, part: Assessment) -> None:
        for place, found in zip(_arrays(whole), _arrays(part), strict=True):
            place[start : start + BLOCK] = found

    fill(0, first)
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - few have that many series

    with ThreadPoolExecutor(cores()) as pool:
        done = pool.map(lambda start: fill(start, work(start)), range(BLOCK, size, BLOCK))
        deque(done, maxlen=0)  # raises what a block raised
    return whole


def _assess(s: Series, method: Method, tolerance: float, trend: int | None) -> Assessment:
    with np.errstate(all="ignore"):
        s = prepared(s, method)
        width = widths(s, tolerance)
        return Assessment(quantities(s, trend), method.judge(s, width), width)


def prepared(s: Series, method: Method) -> Series:
    """Return the series as a method takes them, with the reasons why one has no path."""
    if method is LOG_REDUCTION:
        s = s._replace(
            geometric=np.ones_like(s.geometric),
            knot_years=s.knot_years[:, [0, -1]],
            knot_values=s.knot_values[:, [0, -1]],
        )
    with np.errstate(all="ignore"):
        return s._replace(no_path=path_refusal(s))


def _empty(found: Assessment, size: int) -> Assessment:
    """Return an assessment of ``size`` series whose arrays are yet to be filled."""

    def empty(array: Any) -> Any:
        return np.empty(size, dtype=array.dtype)

    numbers = {
        name: Quantity(empty(one.value), empty(one.reason))
        for name, one in found.quantities.items()
    }
    said: Any = [empty(array) for array in found.verdict[:-1]]
    said.append({name: empty(mask) for name, mask in found.verdict.flags.items()})
    return Assessment(numbers, Verdict(*said), empty(found.tolerance))


def _arrays(found: Assessment) -> Iterator[Any]:
    """Yield every array of an assessment, always in one order."""
    for one in found.quantities.values():
        yield from one
    yield from found.verdict[:-1]
    yield from found.verdict.flags.values()
    yield found.tolerance
