"""Values that look as if their unit were another than the one they are read in."""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mfgtargets.document.records import Target
from mfgtargets.notation.cells import plain_unit
from mfgtargets.notation.convert import is_unit
from mfgtargets.observations.observation import LeftOut, Observation

_FAR = 100  # times the baseline and the target, or that part of them


def doubts(
    observation: Observation, given: Observation, targets: Sequence[Target], ceiling: float | None
) -> Iterator[LeftOut]:
    """Yield what is to be told of a value that is used.

    ``given`` is the same as the file has it. Without a unit it may be far from both baseline and
    target; a unit may stand in a column that is not read; a share may be over its ``ceiling``.
    """
    about = {"found": f"{observation.indicator} {observation.period}: {observation.text}"}
    if not observation.unit:
        beside = next((text for _, text in given.others if _is_unit(text)), "")
        if beside:
            yield LeftOut(given.place, "unit-beside", about | {"expected": beside})
        elif limits_of(observation, targets, ceiling).are_far(abs(observation.value)):
            unit = next(target.unit or "-" for target in targets)
            yield LeftOut(given.place, "far-off", about | {"expected": unit})
    if ceiling is not None and observation.measure == "level" and observation.value > ceiling:
        yield LeftOut(given.place, "over-ceiling", about | {"expected": f"<= {ceiling:g}"})


def _least(unit: str | None, size: float) -> float:
    """Return what a hundred times a value must be over; 0.38 for 38 % is told by a margin."""
    return max(size, min(5 * size, _FAR)) if unit == "%" else size


def _is_unit(text: str) -> bool:
    return is_unit(plain_unit(text))


class Limits(NamedTuple):
    """The sizes from which, and to which, a value is far off, and what it should not be over."""

    far_from: float = math.inf
    far_to: float = -math.inf
    ceiling: float = math.inf

    def are_far(self, sizes: Any) -> Any:
        """Tell which sizes (one, or an array) are far from baseline and target."""
        return (sizes >= self.far_from) | ((sizes > 0) & (_FAR * sizes <= self.far_to))


def limits_of(observation: Observation, targets: Sequence[Target], ceiling: float | None) -> Limits:
    """Return the limits of values like one: of levels alone, far off only without a unit."""
    if observation.measure != "level":
        return Limits()
    levels = [t for t in targets if t.kind == "level" and t.unit and not observation.unit]
    sizes = [(t.unit, [abs(v) for v in (t.value, t.baseline_value) if v]) for t in levels]
    known = [(unit, some) for unit, some in sizes if some]
    return Limits(
        min((_FAR * max(some) for _, some in known), default=math.inf),
        max((_least(unit, min(some)) for unit, some in known), default=-math.inf),
        math.inf if ceiling is None else ceiling,
    )
