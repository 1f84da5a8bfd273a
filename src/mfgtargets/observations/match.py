"""Match observations to a document: its indicators, its region, its units."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mfgtargets.document.model import Kind
from mfgtargets.document.records import Document, Target
from mfgtargets.document.units import UNITS
from mfgtargets.faults import InputError, nearest
from mfgtargets.observations.cells import plain_text
from mfgtargets.observations.convert import converted, factor
from mfgtargets.observations.model import MEASURES, RELATIVE, LeftOut, Measure, Observation
from mfgtargets.observations.period import Period
from mfgtargets.observations.vintages import disagreements

# A unit as the documents print it: 规上企业劳动生产率(万元/人).
_UNIT_AT_END = re.compile(r"(.+?)(?:\(([^()]{1,8})\)|_([^_()]{1,8}))\Z")
_QUOTES = str.maketrans("", "", "“”‘’\"'《》")
_SUM_KINDS = {"increment", "annual_flow"}
_LOWEST_CHANGE, _HIGHEST_CHANGE = -100, 1e6  # percent
_MOST_NEAREST = 20  # beyond that many unknown rows no nearest name is looked for
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


class Matched(NamedTuple):
    """Observations under indicator ids of a document, and what was done on the way.

    ``left_out`` are rows that are not used; ``read_as_fall`` are positive numbers that were read
    as falls because of the name they stand under; ``read_as_rise`` those of an indicator of that name
    that stand under its id, where the sign is taken as written.
    """

    observations: list[Observation]
    left_out: list[LeftOut]
    read_as_fall: list[Observation]
    read_as_rise: list[Observation]


def match(observations: Iterable[Observation], document: Document) -> Matched:
    """Match every observation to an indicator of the document, or leave it out with a reason.

    Raises ``InputError`` where two values of one thing and vintage disagree.
    """
    names = known_names(document)
    targets = {name: document.of_indicator(name) for name in document.indicators}
    level_units: dict[str, str] = {}
    matched = Matched([], [], [], [])
    for given in observations:
        indicator = names.get(folded_name(given.indicator))
        if indicator is None:
            matched.left_out.append(_unknown(given, document, len(matched.left_out)))
            continue
        measure = given.measure or _USABLE[targets[indicator][0].kind][1]
        if not given.unit and measure not in RELATIVE:
            given = given._replace(unit=_split(given.indicator)[1])  # noqa: PLW2901
        reason = _reason(given, measure, targets[indicator], document)
        if reason is None and measure == "level" and not _has_level(targets[indicator]):
            unit = level_units.setdefault(indicator, given.unit)
            if given.unit != unit:
                reason = "unit-mismatch", {"found": given.unit or "-", "expected": unit or "-"}
        if reason:
            matched.left_out.append(LeftOut(given.place, *reason))
            continue
        observation = given._replace(
            indicator=indicator,
            region=given.region or document.entry.region,
            measure=measure,
        )
        rises = given.value > 0 and measure in RELATIVE
        if rises and folded_name(given.indicator).endswith(_FALLS):
            observation = _as_fall(observation)
            matched.read_as_fall.append(observation)
        elif rises and targets[indicator][0].name_zh.endswith(_FALLS):
            matched.read_as_rise.append(observation)
        matched.observations.append(_in_unit(observation, measure, targets[indicator]))
    faults = list(disagreements(matched.observations))
    if faults:
        raise InputError(faults)
    return matched


def folded_name(name: str) -> str:
    """Return a name in half-width characters, without white space, case, quotation marks and unit.

    The unit may stand in brackets at its end, or after an underscore (``GDP_亿元``).
    """
    return _split(name)[0].casefold().translate(_QUOTES)


def _split(name: str) -> tuple[str, str]:
    """Split a name into itself and the unit printed at its end, if there is one."""
    bare = plain_text(name)
    match = _UNIT_AT_END.match(bare)
    if match is None or (match[2] or match[3]) not in UNITS:
        return bare, ""
    return match[1], match[2] or match[3]


def known_names(document: Document) -> dict[str, str]:
    """Map every id and name of an indicator, folded, to its id."""
    names: dict[str, str] = {}
    unclear: set[str] = set()
    for target in document.targets:
        for name in (target.name_zh, target.name_en):
            folded = folded_name(name)
            if names.setdefault(folded, target.indicator) != target.indicator:
                unclear.add(folded)
    names = {name: indicator for name, indicator in names.items() if name not in unclear}
    return names | {folded_name(indicator): indicator for indicator in document.indicators}


def _as_fall(observation: Observation) -> Observation:
    """Turn a size of a fall into the signed change it is; a bound turns with it."""
    turned = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
    return observation._replace(
        value=-observation.value,
        text="-" + observation.text.lstrip("+"),
        bound=turned.get(observation.bound, ""),
    )


def _unknown(given: Observation, document: Document, before: int) -> LeftOut:
    """Leave out an indicator nobody knows, with the nearest name (for the first few)."""
    near = ""
    if before < _MOST_NEAREST:
        known = [name for t in document.targets for name in (t.indicator, t.name_zh)]
        near = ", ".join(nearest(given.indicator, known, 1))
    details = {"found": given.indicator, "near": near}
    return LeftOut(given.place, "unknown-indicator", details)


def _reason(
    given: Observation, measure: Measure | None, targets: Sequence[Target], document: Document
) -> tuple[str, dict[str, str]] | None:
    """Say why an observation cannot be used, or None when it can."""
    region = document.entry.region
    if given.region and not _same_region(given.region, region):
        return "other-region", {"found": given.region, "expected": region}
    usable = frozenset[Measure]().union(*(_USABLE[target.kind][0] for target in targets))
    if measure not in usable:
        reason = "measure-not-usable" if measure else "measure-missing"
        found = measure or given.indicator
        return reason, {"found": found, "expected": ", ".join(m for m in MEASURES if m in usable)}
    if not _covers(given.period, measure, targets[0]):
        return "partial-period", {"found": str(given.period)}
    if measure in RELATIVE and not _LOWEST_CHANGE < given.value <= _HIGHEST_CHANGE:
        return "impossible-change", {"found": given.text}
    expected = _expected_units(measure, targets)
    if given.unit and expected and not any(factor(given.unit, unit) for unit in expected):
        return "unit-mismatch", {"found": given.unit, "expected": ", ".join(expected)}
    return None


def _covers(period: Period, measure: Measure | None, target: Target) -> bool:
    """Tell whether a value of that period says something about a year (SPEC §4, part-years)."""
    if measure == "level":
        one_time = not period.is_whole or period.is_year
        return one_time and (target.nature != "flow" or period.is_year or period.is_year_to_date)
    if measure == "yearly_change":
        return period.is_year or period.is_year_to_date
    return measure in {"added", "total"} or period.is_whole


def _in_unit(
    observation: Observation, measure: Measure | None, targets: Sequence[Target]
) -> Observation:
    """Convert a value to the unit the document is in, where it is given in another size of it."""
    expected = _expected_units(measure, targets)
    if not observation.unit or not expected or observation.unit in expected:
        return observation
    unit, by = next((u, by) for u in expected if (by := factor(observation.unit, u)) is not None)
    text = converted(observation.text, by)
    return observation._replace(unit=unit, text=text, value=float(text))


def _has_level(targets: Sequence[Target]) -> bool:
    """Tell whether the document itself says what unit levels are in."""
    return any(target.kind in {"level", "rank"} for target in targets)


def _expected_units(measure: Measure | None, targets: Sequence[Target]) -> list[str]:
    """Return the units a value may be in; none means any (a level behind a rate or a multiple)."""
    if measure in RELATIVE:
        return ["%"]
    own = {"level": {"level", "rank"}, "added": _SUM_KINDS, "total": _SUM_KINDS}
    kinds = own.get(measure or "", set())
    return list(dict.fromkeys(t.unit for t in targets if t.unit and t.kind in kinds))


def _same_region(one: str, other: str) -> bool:
    """Tell whether two names mean one place: 绍兴 is 绍兴市, but 吉林省 is not 吉林市."""
    bare, *suffixed = sorted((one, other), key=len)
    return one == other or any(name[:-1] == bare and name[-1] in "省市区县" for name in suffixed)
