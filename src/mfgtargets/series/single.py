"""One series by itself, as a row: a target and observations without a document."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mfgtargets.document.entries import DocumentEntry, Horizon
from mfgtargets.document.records import Document, Target
from mfgtargets.notation.units import default_path
from mfgtargets.faults import Place
from mfgtargets.observations.observation import Observation
from mfgtargets.notation.period import Period
from mfgtargets.series.rows import Row, build_row

_PERIOD_KINDS = {"growth_rate", "increment", "annual_flow"}
_OWN_MEASURE = {"growth_rate": "yearly_change", "increment": "added", "annual_flow": "added"}


class Single(NamedTuple):
    """One row of the input of ``calc``: numbers None and words empty where not given."""

    baseline_year: float | None
    baseline_value: float | None
    target_year: float | None
    target_value: float | None
    year: float | None
    value: float | None
    target_high: float | None
    direction: str
    path: str
    kind: str
    comparator: str
    measure: str
    decimals: int  # that the value is written with
    history: tuple[tuple[int, float], ...]
    milestones: tuple[tuple[int, float], ...]


def row_of(one: Single, approx: float) -> Row:
    """Lay one series out as a row of a document of its own."""
    target, *steps = (_target(one, year, value) for year, value in _aims(one))
    document = Document(_entry(), Path(), (target, *steps))
    observations = [_observation(one, *point) for point in _values(one)]
    last = max((o.period.year for o in observations), default=target.year or 0)
    return build_row(target, document, observations, last, approx=approx, proxies=True)


def _aims(one: Single) -> list[tuple[int | None, float | None]]:
    year = None if one.target_year is None else int(one.target_year)
    return [(year, one.target_value), *one.milestones]


def _values(one: Single) -> list[tuple[int, float]]:
    values = dict(one.history)
    if one.year is not None and one.value is not None:
        values[int(one.year)] = one.value
    return sorted(values.items())


@cache
def _entry() -> DocumentEntry:
    nothing: dict[str, Any] = dict.fromkeys(DocumentEntry.model_fields)
    nothing |= {"period": Horizon(start=None, end=None), "region": "", "indicators": []}
    return DocumentEntry.model_construct(**nothing)


def _target(one: Single, year: int | None, value: float | None) -> Target:
    kind = one.kind or "level"
    falls = one.direction == "down" or (kind == "rank" and not one.direction)
    if not one.direction and kind == "level":
        falls = None not in (value, one.baseline_value) and value < one.baseline_value  # type: ignore[operator]
    base_year = None if one.baseline_year is None else int(one.baseline_year)
    start = base_year + 1 if kind in _PERIOD_KINDS and base_year is not None else None
    path = one.path or ("linear" if kind == "level" else default_path(None, kind))
    return Target(
        id="",
        document="",
        indicator="",
        name_zh="",
        name_en="",
        group=None,
        section="",
        kind=kind,  # type: ignore[arg-type]
        comparator=None if value is None else one.comparator or "eq",  # type: ignore[arg-type]
        value=value,
        value_high=one.target_high if one.comparator == "range" else None,
        unit=None,
        direction="down" if falls else "up",
        path=path,  # type: ignore[arg-type]
        nature="stock",
        year=year,
        period_start=start,
        period_end=year if start is not None else None,
        baseline_year=base_year,
        baseline_value=one.baseline_value,
        hedge=(),
        departments=(),
        quote="",
        restates=None,
        part_of=None,
        concept=None,
        note=None,
    )


def _observation(one: Single, year: int, value: float) -> Observation:
    return Observation(
        indicator="",
        region="",
        period=Period(year * 12, year * 12 + 11),
        value=value,
        text=f"{value:.{one.decimals}f}" if year == one.year else repr(value).removesuffix(".0"),
        unit="",
        measure=one.measure or _OWN_MEASURE.get(one.kind, "level"),  # type: ignore[arg-type]
        bound="",
        obs_status="A",
        note="",
        source="",
        url="",
        vintage="",
        place=Place(""),
    )
