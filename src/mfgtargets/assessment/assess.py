"""The whole arithmetic in one call: series in, numbers and a verdict for each out."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.assessment.methods import LOG_REDUCTION, SCHEDULE, Method
from mfgtargets.assessment.methods.schedule import TOLERANCE, widths
from mfgtargets.assessment.methods.verdict import Verdict
from mfgtargets.assessment.quantities import Quantities, Quantity, quantities
from mfgtargets.series.arrays import Floats, Series

BLOCK = 1 << 13  # series worked on at once: their arrays then fit the processor's cache


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
    with np.errstate(all="ignore"):
        parts = [_assess(part, method, tolerance, trend) for part in _blocks(s)]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _assess(s: Series, method: Method, tolerance: float, trend: int | None) -> Assessment:
    if method is LOG_REDUCTION:
        s = s._replace(
            geometric=np.ones_like(s.geometric),
            knot_years=s.knot_years[:, [0, -1]],
            knot_values=s.knot_values[:, [0, -1]],
        )
    return Assessment(quantities(s, trend), method.judge(s, tolerance), widths(s, tolerance))


def _blocks(s: Series) -> Iterator[Series]:
    size = len(s.value)
    for start in range(0, max(size, 1), BLOCK):
        part: Any = (field[start : start + BLOCK] for field in s)
        yield s if size <= BLOCK else Series(*part)


def _joined(parts: Sequence[Assessment]) -> Assessment:
    def joined(arrays: Iterator[Any]) -> Any:
        return np.concatenate(list(arrays))

    numbers = {
        name: Quantity(
            joined(part.quantities[name].value for part in parts),
            joined(part.quantities[name].reason for part in parts),
        )
        for name in parts[0].quantities
    }
    said: dict[str, Any] = {
        name: joined(getattr(part.verdict, name) for part in parts)
        for name in Verdict._fields
        if name != "flags"
    }
    names = parts[0].verdict.flags
    said["flags"] = {name: joined(part.verdict.flags[name] for part in parts) for name in names}
    return Assessment(numbers, Verdict(**said), joined(part.tolerance for part in parts))
