"""Match observations to a document: its indicators, its region, its units."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mfgtargets.document.model import Kind
from mfgtargets.document.records import Document, Target
from mfgtargets.faults import nearest
from mfgtargets.observations.model import MEASURES, RELATIVE, LeftOut, Measure, Observation

_FALLS = ("下降幅度", "降幅")
_CHANGES: frozenset[Measure] = frozenset(
    {"yearly_change", "average_change", "change_since_base", "level"}
)
_SUMS: frozenset[Measure] = frozenset({"added", "total"})

# The measures a target of each kind can be judged by, and the one an empty cell means (SPEC §3).
_USABLE: dict[Kind, tuple[frozenset[Measure], Measure | None]] = {
    "level": (frozenset({"level"}), "level"),
    "rank": (frozenset({"level"}), "level"),
    "multiple": (frozenset({"level"}), "level"),
    "growth_rate": (_CHANGES, "yearly_change"),
    "cumulative_change": (_CHANGES, None),
    "increment": (_SUMS, "added"),
    "annual_flow": (_SUMS, "added"),
    "delegated": (frozenset(MEASURES), "level"),
}


@dataclass(frozen=True, eq=False)
class Matched:
    """Observations under indicator ids of a document, and what was done on the way.

    ``left_out`` are rows that are not used; ``read_as_fall`` are positive numbers that were read
    as falls because of the name they stand under.
    """

    observations: list[Observation]
    left_out: list[LeftOut]
    read_as_fall: list[Observation]


def match(observations: Iterable[Observation], document: Document) -> Matched:
    """Match every observation to an indicator of the document, or leave it out with a reason."""
    names = _names(document)
    targets = {indicator: document.of_indicator(indicator)[0] for indicator in document.indicators}
    matched = Matched([], [], [])
    for given in observations:
        indicator = names.get(_folded(given.indicator))
        reason = _reason(given, indicator, targets, document)
        if indicator is None or reason:
            matched.left_out.append(LeftOut(given.place, *(reason or ("", {}))))
            continue
        observation = replace(
            given,
            indicator=indicator,
            region=given.region or document.entry.region,
            measure=given.measure or _USABLE[targets[indicator].kind][1],
        )
        if given.indicator.endswith(_FALLS) and given.value > 0 and given.measure in RELATIVE:
            observation = replace(observation, value=-given.value, text="-" + given.text)
            matched.read_as_fall.append(observation)
        matched.observations.append(observation)
    return matched


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


def _names(document: Document) -> dict[str, str]:
    """Map every id and name of an indicator, folded, to its id."""
    names: dict[str, str] = {}
    for target in document.targets:
        for name in (target.name_zh, target.name_en, target.indicator):
            names.setdefault(_folded(name), target.indicator)
    return names


def _reason(
    given: Observation, indicator: str | None, targets: dict[str, Target], document: Document
) -> tuple[str, dict[str, str]] | None:
    """Say why an observation cannot be used, or None when it can."""
    if indicator is None:
        known = [*targets, *(target.name_zh for target in targets.values())]
        near = ", ".join(nearest(given.indicator, known, 1))
        return "unknown-indicator", {"found": given.indicator, "near": near}
    region = document.entry.region
    if given.region and _bare(given.region) != _bare(region):
        return "other-region", {"found": given.region, "expected": region}
    target = targets[indicator]
    usable, default = _USABLE[target.kind]
    if (given.measure or default) not in usable:
        reason = "measure-not-usable" if given.measure else "measure-missing"
        found = given.measure or given.indicator
        return reason, {"found": found, "expected": ", ".join(m for m in MEASURES if m in usable)}
    unit = _expected_unit(given, target)
    if given.unit and unit and given.unit != unit:
        return "unit-mismatch", {"found": given.unit, "expected": unit}
    return None


def _expected_unit(given: Observation, target: Target) -> str | None:
    if given.measure in RELATIVE:
        return "%"
    if given.measure and target.kind in {"growth_rate", "cumulative_change", "multiple"}:
        return None  # a level behind a rate: any unit, as long as the levels share it
    return target.unit


def _bare(region: str) -> str:
    return region.rstrip("省市区县") or region
