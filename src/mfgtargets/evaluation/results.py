"""The result of a check: one record a row."""

from collections.abc import Sequence
from types import UnionType
from typing import Any, NamedTuple, get_args, get_type_hints

import numpy as np

from mfgtargets.arithmetic.quantities import Quantities
from mfgtargets.evaluation.assess import Assessment, prepared
from mfgtargets.evaluation.bases import Basis
from mfgtargets.evaluation.opinions import FLAG_ORDER
from mfgtargets.methods.method import Method
from mfgtargets.series.arrays import Codes, Curve, Flags, Floats, Scale
from mfgtargets.series.layout import Layout
from mfgtargets.series.measured import ANNUALISED, LETTERS, PART
from mfgtargets.series.reasons import Reason

_REVISED = ("target_raised", "target_lowered")


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
    given_value: float | None
    given_measure: str | None
    judged_period: str | None
    tolerance: float | None
    obligation: str | None
    breached: tuple[int, ...]

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


def results_of(
    regions: Sequence[str],
    bases: Sequence[Basis],
    layout: Layout,
    method: Method,
    found: Assessment,
) -> tuple[Result, ...]:
    """Return the record of each result; ``regions`` are whose they are."""
    columns, reasons = _of_numbers(found.quantities)
    columns |= _of_promised(bases, layout, prepared(layout.series, method).curve)
    columns |= _of_measured(bases, layout, columns["latest_value"])
    missing = {
        "target_year": [Reason.NO_TARGET_YEAR.code] * len(bases),
        "baseline_year": [Reason.NO_BASELINE.code] * len(bases),
        "baseline_value": [Reason.NO_BASELINE.code] * len(bases),
        "target_value": _codes(
            np.where(layout.path.no_path > 0, layout.path.no_path, Reason.NO_BASELINE)
        ),
        "target_value_high": [Reason.NOT_A_RANGE.code] * len(bases),
    }
    columns["gap_to_target"] = [
        own - (basis.target.value or 0.0)
        if gap is None and (own := basis.own_year) is not None
        else gap
        for gap, basis in zip(columns["gap_to_target"], bases, strict=True)
    ]
    masks = {**found.verdict.flags, **_quality(layout)}
    flags = [basis.revision.flag if basis.revision else None for basis in bases]
    masks |= {name: np.array([f == name for f in flags], dtype=bool) for name in _REVISED}
    masks["breached"] = np.array([bool(basis.broken) for basis in bases], dtype=bool)
    has_width = [lead is not None for lead in columns["lead"]]
    columns |= {
        "region": list(regions),
        "tolerance": [
            width if known else None
            for width, known in zip(found.tolerance.tolist(), has_width, strict=True)
        ],
        "status": [method.status(place) for place in found.verdict.status.tolist()],
        "reason": _codes(found.verdict.reason),
        "flags": [
            tuple(name for name in FLAG_ORDER if name in masks and masks[name][n])
            for n in range(len(bases))
        ],
        "reasons": [
            {name: why[n] for name, why in missing.items() if columns[name][n] is None}
            | {name: why[n] for name, why in reasons.items() if columns[name][n] is None}
            for n in range(len(bases))
        ],
    }
    return tuple(
        Result(**dict(zip(columns, row, strict=True)))
        for row in zip(*columns.values(), strict=True)
    )


def _codes(reasons: Codes) -> list[Any]:
    """Return reasons as users see them, None where there is none."""
    return [Reason(why).code if why else None for why in reasons.tolist()]


def _known(values: Floats, kind: type = float) -> list[Any]:
    """Return numbers as a column, None where there is none."""
    return [None if value != value else kind(value) for value in values.tolist()]  # noqa: PLR0124


def _of_numbers(quantities: Quantities) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """Return the numbers of the arithmetic as columns, and why those are missing that are."""
    whole = {"projected_year", "projected_points"}
    columns = {
        name: _known(one.value, int if name in whole else float) for name, one in quantities.items()
    }
    return columns, {name: _codes(one.reason) for name, one in quantities.items()}


def _of_promised(bases: Sequence[Basis], layout: Layout, curve: Curve) -> dict[str, list[Any]]:
    targets, path = [basis.target for basis in bases], layout.path
    same = "indicator name_zh name_en group departments kind comparator unit obligation".split()
    totals = _totals(bases, layout)
    value = _known(path.base_value)
    sources = ["actual" if is_measured else "document" for is_measured in path.base_measured]
    return {
        "target_id": [target.id for target in targets],
        "document_id": [target.document for target in targets],
        **{name: [getattr(target, name) for target in targets] for name in same},
        "path": curve.names,
        "target_year": [target.year for target in targets],
        "target_value": [total for total, _ in totals],
        "target_value_high": [high for _, high in totals],
        "baseline_year": _known(path.base_year, int),
        "baseline_value": value,
        "baseline_source": [
            None if known is None else source for known, source in zip(value, sources, strict=True)
        ],
    }


def _of_measured(
    bases: Sequence[Basis],
    layout: Layout,
    values: Sequence[float | None],
) -> dict[str, list[Any]]:
    """Return what says of the value shown; a level that is not judged is the value all the same."""
    seen = [basis.shown for basis in bases]
    latest = [
        one.value
        if one is not None and basis.judged is None and one.measure == "level"
        and basis.scale == Scale.LEVEL
        else value if value is not None else basis.own_year
        for basis, one, value in zip(bases, seen, values, strict=True)
    ]  # fmt: skip
    return {
        "latest_value": latest,
        "latest_period": [None if one is None else str(one.period) for one in seen],
        "latest_bound": [_bound(layout, n, basis) for n, basis in enumerate(bases)],
        "given_value": [None if one is None else one.value for one in seen],
        "given_measure": [None if one is None else one.measure for one in seen],
        "judged_period": [None if basis.covers is None else str(basis.covers) for basis in bases],
        "breached": [basis.broken for basis in bases],
        "latest_obs_status": [None if one is None else one.obs_status for one in seen],
        "source": [None if one is None else " ".join(filter(None, (one.source, one.url))) or None
                   for one in seen],
    }  # fmt: skip


def _quality(layout: Layout) -> dict[str, Flags]:
    """Return the flags that come from the observations; the methods add their own."""
    bits = {"provisional": "P", "estimated": "E", "break": "B", "proxy": "D"}
    flags = {name: (layout.letters & LETTERS[letter]) > 0 for name, letter in bits.items()}
    flags["annualised"] = (layout.letters & ANNUALISED) > 0
    return {**flags, "part_year": (layout.letters & PART) > 0, "stale": layout.stale,
            "reversing": layout.series.reversing}  # fmt: skip


def _totals(bases: Sequence[Basis], layout: Layout) -> list[tuple[float | None, float | None]]:
    """Return each target as it was printed, or the total it comes to, with its upper end."""
    totals = []
    for basis, total in zip(bases, layout.series.target.tolist(), strict=True):
        target, value = basis.target, None if np.isnan(total) else total
        high = target.value_high
        if target.raises and value is not None and high is not None:
            high = value + target.sign * (high - (target.value or 0.0))
        elif value is not None and target.kind in {"multiple", "annual_flow"} and target.value:
            high = None if high is None else value / target.value * high
        elif target.kind == "multiple":
            high = None
        elif target.kind in {"relative", "event"}:
            pass
        elif not target.raises or value is None:
            value = target.value
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
