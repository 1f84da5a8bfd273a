"""Match observations to a document: its indicators, its region, its units."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from mfgtargets.document.kinds import Kind
from mfgtargets.document.records import Document, Target
from mfgtargets.notation.cells import plain_text, plain_unit, split_unit
from mfgtargets.notation.convert import converted, factor, is_unit
from mfgtargets.notation.marks import FORECAST
from mfgtargets.notation.period import Period
from mfgtargets.observations.breakdowns import Breakdowns
from mfgtargets.observations.dates import settled
from mfgtargets.observations.doubts import Limits, doubts, limits_of
from mfgtargets.observations.matched import Fit, Matched, Matching
from mfgtargets.observations.measures import Said
from mfgtargets.observations.names import Found, admission, finder, folded_name
from mfgtargets.observations.observation import (
    HIGHEST_CHANGE,
    LOWEST_CHANGE,
    MEASURES,
    RELATIVE,
    LeftOut,
    Measure,
    Observation,
    Refusal,
)
from mfgtargets.observations.regions import Regions, same_region, spelled_alike
from mfgtargets.observations.vintages import Distinct

_POINTS = "个百分点"
_SUM_KINDS = {"increment", "annual_flow"}
_FALLS = ("下降幅度", "降幅", "下降", "降低", "下降率", "降低率")
_CHANGES: frozenset[Measure] = frozenset(
    {"yearly_change", "average_change", "change_since_base", "level"}
)
_SUMS: frozenset[Measure] = frozenset({"added", "total"})

# The measures a target of each kind can be judged by, and the one an empty cell means.
_USABLE: dict[Kind, tuple[frozenset[Measure], Measure | None]] = {
    "level": (frozenset({"level"}), "level"),
    "rank": (frozenset({"level"}), "level"),
    "multiple": (frozenset({"level"}), "level"),
    "growth_rate": (_CHANGES, "yearly_change"),
    "cumulative_change": (_CHANGES, None),
    "increment": (_SUMS, "added"),
    "annual_flow": (_SUMS, "added"),
    "delegated": (frozenset(MEASURES), "level"),
    "relative": (frozenset({"level"}), "level"),
    "event": (frozenset({"level"}), "level"),
}


def _usable(target: Target) -> tuple[frozenset[Measure], Measure | None]:
    """Return the measures a target can be judged by, and the one an empty cell means."""
    if target.raises:
        return _SUMS | {"level"}, "level"
    if target.is_rate:
        return frozenset({"level", "yearly_change", "average_change"}), "yearly_change"
    return _USABLE[target.kind]


class Matcher:
    """Matches observations to one document, by names that are worked out once.

    ``names`` are names of indicators beside the document's own, with their ids; ``regions`` whose
    values are wanted, without them the document's own.
    """

    def __init__(
        self,
        document: Document,
        names: Mapping[str, str] = MappingProxyType({}),
        regions: Regions | None = None,
    ) -> None:
        self.own = document.entry.region
        self._find = finder(document, names)
        self.region_of = (regions or Regions(document)).of
        places = {t.indicator: set[str]() for t in document.targets}
        for target in document.targets:
            places[target.indicator] |= {target.region} - {self.own}
        self.elsewhere = {name: found for name, found in places.items() if found}
        self.admit = admission(document, self._find, self.place_of)
        self._targets = {name: document.of_indicator(name) for name in document.indicators}
        self._ceilings = {entry.id: entry.ceiling for entry in document.entry.indicators}

    def match(
        self, observations: Iterable[Observation], leave_out: Callable[[LeftOut], None]
    ) -> Matched:
        """Match every observation to an indicator of the document, or leave it out with a reason.

        Raises ``InputError`` where two values of one thing and vintage disagree, or where a column
        that is not read tells values apart.
        """
        used: list[Observation] = []
        falls: list[Observation] = []
        rises: list[Observation] = []
        matched, seen = Matched(used, falls, rises, {}, [], {}), Matching.begun(self.own)
        for given in settled(observations, leave_out):
            fit = self.fit(given, seen)
            if isinstance(fit, LeftOut):
                leave_out(fit)
                continue
            observation = fit.observation
            earlier = seen.distinct.add(observation)
            if earlier is not None:
                leave_out(LeftOut(given.place, "repeated", {"found": str(earlier)}))
                continue
            if self.is_word_for_own(given.region):
                matched.read_as_region.setdefault(given.region, given.place)
            elif not given.region:
                matched.without_region.setdefault(given.place.file, given.place)
            used.append(observation)
            matched.doubts.extend(self.doubts(fit))
            if fit.is_fall:
                falls.append(observation)
            if fit.is_rise:
                rises.append(observation)
        matched = _one_spelling(matched, seen.distinct, leave_out)
        seen.check()
        return matched

    def fit(self, given: Observation, seen: Matching) -> Fit | LeftOut:
        """Put an observation under its indicator, or say why it cannot be used."""
        refusal = self.admit(given.indicator, given.region)
        found = self._find(given.indicator)
        region = self.place_of(found, given.region)
        if refusal or found is None or not isinstance(region, str):
            return LeftOut(given.place, *(refusal or ("unknown-indicator", {})))
        own = self._targets[found[0]]
        observation = _of_indicator(given, found[1], own, region)
        measure = observation.measure
        reason = (
            _reason(observation, measure, own)
            or _other_unit(observation, own, seen.level_units)
            or _forecast(observation, seen.breakdowns)
        )
        if reason:
            return LeftOut(given.place, *reason)
        falls = _rises(given, measure) and folded_name(given.indicator).endswith(_FALLS)
        observation, by = _in_unit(_as_fall(observation) if falls else observation, measure, own)
        rises = _rises(given, measure) and not (falls or given.is_proxy)
        return Fit(observation, given, own, by, falls, rises and own[0].name_zh.endswith(_FALLS))

    def place_of(self, found: Found | None, name: str) -> str | Refusal:
        """Return whose a value is: of a place that its indicator has a target for, else of a region."""
        places = self.elsewhere.get(found[0], ()) if found else ()
        return next((p for p in places if same_region(name, p)), None) or self.region_of(name)

    def is_word_for_own(self, region: str) -> bool:
        """Tell whether a region is a word such as 全市, that was taken for the document's."""
        plain = plain_text(region)
        return plain.startswith("全") and not same_region(plain, self.own)

    def limits(self, fit: Fit) -> Limits:
        """Return the limits beyond which values like one are doubted."""
        ceiling = self._ceilings[fit.observation.indicator]
        return limits_of(fit.observation, fit.targets, ceiling)

    def doubts(self, fit: Fit) -> Iterator[LeftOut]:
        """Yield what is to be told of a value that is used."""
        ceiling = self._ceilings[fit.observation.indicator]
        return doubts(fit.observation, fit.given, fit.targets, ceiling)


def _one_spelling(
    matched: Matched, distinct: Distinct, leave_out: Callable[[LeftOut], None]
) -> Matched:
    """Let a region that also stands without its level (绍兴, 绍兴市) be one."""
    alike = spelled_alike({one.region for one in matched.observations})
    if not alike:
        return matched
    kept = []
    for one in matched.observations:
        region = alike.get(one.region)
        joined = one if region is None else one._replace(region=region)
        earlier = None if region is None else distinct.add(joined)
        if earlier is None:
            kept.append(joined)
        else:
            leave_out(LeftOut(one.place, "repeated", {"found": str(earlier)}))
    return matched._replace(observations=kept)


def _forecast(
    observation: Observation, breakdowns: Breakdowns
) -> tuple[str, dict[str, str]] | None:
    """Refuse a forecast, target or plan: whatever is asked for, it is no actual.

    A column that tells it from actuals is noted before.
    """
    breakdowns.add(observation)
    if FORECAST not in observation.obs_status:
        return None
    return "forecast", {"found": f"{observation.indicator} {observation.period}"}


def _of_indicator(
    given: Observation, said: Said, targets: Sequence[Target], region: str
) -> Observation:
    """Put an observation under its indicator's id, with what its name says: measure, unit, period."""
    measure = given.measure or said.measure or _usable(targets[0])[1]
    unit = plain_unit(given.unit)
    if not unit and (measure not in RELATIVE or not given.measure):
        unit = split_unit(given.indicator)[1]
    if not given.measure and measure in RELATIVE and unit and unit != "%":
        measure = "level"  # 亿元 is no growth
    if not given.measure and unit == _POINTS and targets[0].raises:
        measure = "added"  # a level is in %
    period = said.part_of(given.period)
    unit = _one_of_several(unit, _expected_units(measure, targets))
    return given._replace(
        indicator=targets[0].indicator, region=region, period=period, measure=measure, unit=unit
    )


def _one_of_several(unit: str, expected: Sequence[str]) -> str:
    """Return the one of several units (万元、家) that an indicator can be in."""
    fitting = [u for u in re.split("[、,;和]", unit) if any(factor(u, e) for e in expected)]
    return fitting[0] if len(fitting) == 1 and not is_unit(unit) else unit


def _rises(given: Observation, measure: Measure | None) -> bool:
    return given.value > 0 and measure in RELATIVE


def _other_unit(
    observation: Observation, targets: Sequence[Target], level_units: dict[tuple[str, str], str]
) -> tuple[str, dict[str, str]] | None:
    """Refuse levels behind rates that are not all in one unit: nothing else says which is meant."""
    if observation.measure != "level" or _has_level(targets):
        return None
    key = observation.region, observation.indicator
    unit = level_units.setdefault(key, observation.unit)
    if observation.unit == unit:
        return None
    return "unit-mismatch", {"found": observation.unit or "-", "expected": unit or "-"}


def _as_fall(observation: Observation) -> Observation:
    """Turn a size of a fall into the signed change it is; a bound turns with it."""
    turned = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
    return observation._replace(
        value=-observation.value,
        text="-" + observation.text.lstrip("+"),
        bound=turned.get(observation.bound, ""),
    )


def _reason(
    given: Observation, measure: Measure | None, targets: Sequence[Target]
) -> tuple[str, dict[str, str]] | None:
    """Say why an observation cannot be used, or None when it can."""
    usable = frozenset[Measure]().union(*(_usable(target)[0] for target in targets))
    if measure not in usable:
        reason = "measure-not-usable" if measure else "measure-missing"
        found = measure or given.indicator
        return reason, {"found": found, "expected": ", ".join(m for m in MEASURES if m in usable)}
    if not _covers(given.period, measure, targets[0]):
        return "partial-period", {"found": str(given.period)}
    if measure in RELATIVE and not LOWEST_CHANGE < given.value <= HIGHEST_CHANGE:
        return "impossible-change", {"found": given.text}
    expected = _expected_units(measure, targets)
    if given.unit and expected and not any(factor(given.unit, unit) for unit in expected):
        return "unit-mismatch", {"found": given.unit, "expected": ", ".join(expected)}
    return None


def _covers(period: Period, measure: Measure | None, target: Target) -> bool:
    """Tell whether a value of that period says something about a year."""
    if measure == "level":
        one_time = not period.is_whole or period.is_year
        return one_time and (target.nature != "flow" or period.is_year or period.is_year_to_date)
    if measure == "yearly_change":
        return period.is_year or period.is_year_to_date
    return measure in {"added", "total"} or period.is_whole


def _in_unit(
    observation: Observation, measure: Measure | None, targets: Sequence[Target]
) -> tuple[Observation, Decimal]:
    """Convert a value to the unit the document is in, and say what it is multiplied by."""
    expected = _expected_units(measure, targets)
    if not observation.unit or not expected or observation.unit in expected:
        return observation, Decimal(1)
    unit, by = next((u, by) for u in expected if (by := factor(observation.unit, u)) is not None)
    text = converted(observation.text, by)
    return observation._replace(unit=unit, text=text, value=float(text)), by


def _has_level(targets: Sequence[Target]) -> bool:
    """Tell whether the document itself says what unit levels are in."""
    return any(target.kind in {"level", "rank", "event"} or target.raises for target in targets)


def _expected_units(measure: Measure | None, targets: Sequence[Target]) -> list[str]:
    """Return the units a value may be in; none means any (a level behind a rate or a multiple)."""
    if measure in RELATIVE:
        return ["%"]
    own = {"level": {"level", "rank", "event"}, "added": _SUM_KINDS, "total": _SUM_KINDS}
    kinds = own.get(measure or "", set())
    units = [t.unit for t in targets if t.unit and (t.kind in kinds or t.raises)]
    if measure == "level":
        units = ["%" if unit == _POINTS else unit for unit in units]
    return list(dict.fromkeys(units))
