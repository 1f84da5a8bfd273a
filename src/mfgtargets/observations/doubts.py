"""Values that look as if their unit were another than the one they are read in."""

from collections.abc import Iterator, Sequence

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
        elif any(_is_far(observation, target) for target in targets):
            unit = next(target.unit or "-" for target in targets)
            yield LeftOut(given.place, "far-off", about | {"expected": unit})
    if ceiling is not None and observation.measure == "level" and observation.value > ceiling:
        yield LeftOut(given.place, "over-ceiling", about | {"expected": f"<= {ceiling:g}"})


def _is_unit(text: str) -> bool:
    return is_unit(plain_unit(text))


def _is_far(observation: Observation, target: Target) -> bool:
    if target.kind != "level" or observation.measure != "level" or not target.unit:
        return False
    known = [abs(v) for v in (target.value, target.baseline_value) if v]
    size = abs(observation.value)
    return bool(known) and (size >= _FAR * max(known) or (size > 0 and _FAR * size <= min(known)))
