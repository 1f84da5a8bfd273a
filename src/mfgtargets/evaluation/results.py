"""The result of a check: one record a row."""

from collections.abc import Mapping
from types import UnionType
from typing import Any, NamedTuple, get_args, get_type_hints

import numpy as np

from mfgtargets.extras import needed
from mfgtargets.series.arrays import Coded, Column


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


def results_of(columns: Mapping[str, Column]) -> tuple[Result, ...]:
    """Return the record of each result, None where a column has nothing."""
    types = Result.types()
    lists = [_listed(columns[name], types[name]) for name in Result._fields]
    return tuple(Result._make(row) for row in zip(*lists, strict=True))


def _listed(column: Column, kind: type) -> list[Any]:
    if isinstance(column, Coded):
        return column.listed()
    return [None if one != one else kind(one) for one in column.tolist()]  # noqa: PLR0124 - NaN


def result_frame(columns: Mapping[str, Column]) -> Any:
    """Return the results as a frame (extra ``tables``); what is a list in JSON is text, as in CSV."""
    polars = needed("polars", "tables")
    types = {int: polars.Int64, float: polars.Float64}
    series = {}
    for name, kind in Result.types().items():
        column = columns[name]
        if isinstance(column, Coded):
            words = polars.Series([_flat(word) for word in column.words], dtype=polars.String)
            codes = np.where(column.codes < 0, len(words) + column.codes, column.codes)
            series[name] = words.gather(polars.Series(codes.astype(np.int64)))
        else:
            series[name] = polars.Series(column, nan_to_null=True, dtype=polars.Float64).cast(
                types[kind]
            )
    return polars.DataFrame(series)


def _flat(value: Any) -> Any:
    """Return a list as text."""
    if isinstance(value, dict):
        return ";".join(f"{name}={code}" for name, code in value.items())
    return ";".join(map(str, value)) if isinstance(value, tuple) else value
