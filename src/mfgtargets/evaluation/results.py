"""The result of a check: one record a row, and what it rests on."""

from collections.abc import Sequence
from types import UnionType
from typing import Any, NamedTuple, get_args, get_type_hints

import numpy as np

from mfgtargets.arithmetic.quantities import Quantities
from mfgtargets.document.records import Target
from mfgtargets.evaluation.assess import Assessment, prepared
from mfgtargets.evaluation.opinions import FLAG_ORDER
from mfgtargets.methods.method import Method
from mfgtargets.observations.observation import Observation
from mfgtargets.series.arrays import Flags, Scale
from mfgtargets.series.layout import Layout
from mfgtargets.series.measured import LETTERS, PART
from mfgtargets.series.reasons import Reason


class Result(NamedTuple):
    """One row of a check; field by field what ``check --format json`` prints."""

    target_id: str
    document_id: str
    indicator: str
    name_zh: str
    name_en: str
    group: str | None
    region: str
    departments: tuple[str, ...]
    kind: str
    path: str
    comparator: str | None
    target_year: int | None
    baseline_year: int | None
    baseline_value: float | None
    baseline_source: str | None
    target_value: float | None
    target_value_high: float | None
    unit: str | None
    latest_period: str | None
    latest_value: float | None
    latest_bound: str | None
    latest_obs_status: str | None
    on_track_value: float | None
    gap: float | None
    gap_to_target: float | None
    progress: float | None
    schedule: float | None
    lead: float | None
    lead_years: float | None
    planned_change: float | None
    required_change: float | None
    achieved_change: float | None
    acceleration: float | None
    projected_value: float | None
    projected_year: int | None
    status: str
    reason: str | None
    reasons: dict[str, str]
    flags: tuple[str, ...]
    source: str | None
    projected_low: float | None
    projected_high: float | None
    projected_points: int | None

    @classmethod
    def types(cls) -> dict[str, Any]:
        """Return what each field holds, None aside."""
        hints = get_type_hints(cls)
        return {name: next(iter(without_none(hint))) for name, hint in hints.items()}


def without_none(hint: Any) -> tuple[Any, ...]:
    """Return the kinds of an optional field that are not None."""
    if not isinstance(hint, UnionType):
        return (hint,)
    return tuple(part for part in get_args(hint) if part is not type(None))


class Basis(NamedTuple):
    """What a result rests on: its target, the observation shown, and all behind the value judged.

    ``judged`` is that value on the scale of the arithmetic, None where none was judged.
    """

    target: Target
    shown: Observation | None
    rests_on: tuple[Observation, ...]
    judged: float | None
    scale: Scale

    @property
    def as_published(self) -> bool:
        """Whether the latest value is the figure that was published, and not made of it."""
        if self.judged is None or self.shown is None:
            return True
        return self.scale == Scale.LEVEL and self.judged == self.shown.value

    @property
    def is_alone(self) -> bool:
        """Whether the observation shown is one change or addition that leads to no value."""
        shown = self.shown
        return self.judged is None and shown is not None and shown.measure not in _WHOLE_MEASURES


_WHOLE_MEASURES = {"level", "total"}


def bases_of(
    targets: Sequence[Target], layout: Layout, observations: Sequence[Observation]
) -> tuple[Basis, ...]:
    """Return what each result rests on."""
    source = layout.measured.source
    points = layout.points

    def at(place: int) -> Observation:
        return observations[int(source[place])]

    bases = []
    rows = zip(targets, layout.point.tolist(), layout.shown.tolist(), strict=True)
    for n, (target, point, shown) in enumerate(rows):
        seen = at(shown) if shown >= 0 else None
        behind: tuple[Observation, ...] = () if seen is None else (seen,)
        if point >= 0:
            behind = tuple(at(place) for place in points.rests_on(point))
        judged = float(points.value[point]) if point >= 0 else None
        bases.append(Basis(target, seen, behind, judged, Scale(int(layout.series.scale[n]))))
    return tuple(bases)


def results_of(
    regions: Sequence[str],
    bases: Sequence[Basis],
    layout: Layout,
    method: Method,
    found: Assessment,
) -> tuple[Result, ...]:
    """Return the record of each result; ``regions`` are whose they are."""
    s = prepared(layout.series, method)
    path, total = layout.path, _totals(bases, layout)
    masks = {**found.verdict.flags, **_quality(layout)}
    return tuple(
        _result(
            region,
            basis,
            total[n],
            method,
            found,
            n,
            geometric=bool(s.geometric[n]),
            bound=_bound(layout, n, basis),
            base=(path.base_year[n], path.base_value[n], bool(path.base_measured[n])),
            no_path=Reason(int(layout.path.no_path[n])),
            flags=tuple(name for name in FLAG_ORDER if name in masks and masks[name][n]),
        )
        for n, (region, basis) in enumerate(zip(regions, bases, strict=True))
    )


def _result(
    region: str,
    basis: Basis,
    total: tuple[float | None, float | None],
    method: Method,
    found: Assessment,
    n: int,
    *,
    geometric: bool,
    bound: str | None,
    base: tuple[float, float, bool],
    no_path: Reason,
    flags: tuple[str, ...],
) -> Result:
    target, shown = basis.target, basis.shown
    numbers, reasons = _numbers(found.quantities, n)
    is_level = shown is not None and shown.measure == "level" and basis.scale == Scale.LEVEL
    if basis.judged is None and shown is not None and is_level:
        numbers["latest_value"] = shown.value
        reasons.pop("latest_value", None)
    year, value, is_measured = base
    base_year = None if np.isnan(year) else int(year)
    base_value = None if np.isnan(value) else float(value)
    given = {
        "target_year": (target.year, Reason.NO_TARGET_YEAR),
        "baseline_year": (base_year, Reason.NO_BASELINE),
        "baseline_value": (base_value, Reason.NO_BASELINE),
        "target_value": (total[0], no_path or Reason.NO_BASELINE),
        "target_value_high": (total[1], Reason.NOT_A_RANGE),
    }
    missing = {name: why.code for name, (found_, why) in given.items() if found_ is None}
    projected_year, points = numbers.pop("projected_year"), numbers.pop("projected_points")
    source = "actual" if is_measured else "document"
    reason = Reason(int(found.verdict.reason[n]))
    return Result(
        target_id=target.id,
        document_id=target.document,
        indicator=target.indicator,
        name_zh=target.name_zh,
        name_en=target.name_en,
        group=target.group,
        region=region,
        departments=target.departments,
        kind=target.kind,
        path="geometric" if geometric else "linear",
        comparator=target.comparator,
        target_year=target.year,
        baseline_year=base_year,
        baseline_value=base_value,
        baseline_source=None if base_value is None else source,
        target_value=total[0],
        target_value_high=total[1],
        unit=target.unit,
        latest_period=str(shown.period) if shown else None,
        latest_bound=bound,
        latest_obs_status=shown.obs_status if shown else None,
        projected_year=None if projected_year is None else int(projected_year),
        projected_points=None if points is None else int(points),
        status=method.status(int(found.verdict.status[n])),
        reason=reason.code if reason else None,
        reasons={**missing, **reasons},
        flags=flags,
        source=_source(shown),
        **numbers,
    )


def _numbers(quantities: Quantities, index: int) -> tuple[dict[str, float | None], dict[str, str]]:
    numbers: dict[str, float | None] = {}
    reasons: dict[str, str] = {}
    for name, quantity in quantities.items():
        why = Reason(int(quantity.reason[index]))
        numbers[name] = None if why else float(quantity.value[index])
        if why:
            reasons[name] = why.code
    return numbers, reasons


def _quality(layout: Layout) -> dict[str, Flags]:
    """Return the flags that come from the observations; the methods add their own."""
    bits = {"provisional": "P", "estimated": "E", "break": "B", "proxy": "D"}
    flags = {name: (layout.letters & LETTERS[letter]) > 0 for name, letter in bits.items()}
    return {**flags, "part_year": (layout.letters & PART) > 0, "stale": layout.stale,
            "reversing": layout.series.reversing}  # fmt: skip


def _totals(bases: Sequence[Basis], layout: Layout) -> list[tuple[float | None, float | None]]:
    """Return each target as it was printed, or the total it comes to, with its upper end."""
    totals = []
    for basis, total in zip(bases, layout.series.target.tolist(), strict=True):
        target, value = basis.target, None if np.isnan(total) else total
        high = target.value_high
        if target.kind not in {"multiple", "annual_flow"}:
            value = target.value
        elif value is None or not target.value:
            high = None
        elif high is not None:
            high = value / target.value * high
        totals.append((value, high))
    return totals


def _bound(layout: Layout, n: int, basis: Basis) -> str | None:
    """Return the bound of the latest value as it is put out: sizes of falls turn it round."""
    if basis.judged is None:
        return (basis.shown.bound or None) if basis.shown else None
    s = layout.series
    return bound_sign(int(s.bound[n]), bool(s.exclusive[n]), s.scale[n], s.direction[n])


def bound_sign(bound: int, exclusive: bool, scale: float, direction: float) -> str | None:
    """Return a bound of the arithmetic as it is put out: ``>=``, ``<`` …; None for an exact value."""
    turned = scale != Scale.LEVEL and direction < 0
    symbol = {1: ">", -1: "<", 0: ""}[-bound if turned else bound]
    return symbol + ("" if exclusive or not symbol else "=") or None


def _source(shown: Observation | None) -> str | None:
    if shown is None:
        return None
    return " ".join(filter(None, (shown.source, shown.url))) or None
