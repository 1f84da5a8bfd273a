"""The result of a check: one record a row, with exactly the fields of SPEC §6."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from mfgtargets.evaluation.assess import Assessment
from mfgtargets.methods import METHODS, SCHEDULE, Method
from mfgtargets.evaluation.opinions import FLAG_ORDER, Said
from mfgtargets.arithmetic.quantities import Quantities
from mfgtargets.document.records import Document, Target
from mfgtargets.observations.observation import Observation, Tally
from mfgtargets.series.arrays import Scale
from mfgtargets.series.reasons import Reason
from mfgtargets.series.rows import Row


class Actuals(NamedTuple):
    """Which actuals a check used: their names, and what became of their rows."""

    sources: tuple[str, ...]
    used: tuple[Observation, ...]
    left_out: Tally


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


class Check(NamedTuple):
    """A whole check: the document, what it was judged with, and the results in order.

    ``verdicts`` holds for each result what each method asked for says of it.
    """

    document: Document
    as_of: int
    method: str
    verdicts: tuple[tuple[Said, ...], ...]
    common: tuple[str | None, ...]  # where each result stands on the common scale
    tolerance: float
    approx: float
    actuals: Actuals
    revised: tuple[tuple[Observation, Observation], ...]
    later: tuple[Observation, ...]  # published too late to be used
    rows: tuple[Row, ...]
    results: tuple[Result, ...]
    whole_document: bool  # whether nothing narrower than the document was asked for
    widths: tuple[float, ...]  # the tolerance of each result, as a share of the plan's distance

    @property
    def unlisted(self) -> int:
        """How many indicators of the document the check does not list."""
        return len(self.document.indicators) - len({r.indicator for r in self.results})

    @property
    def summary(self) -> dict[str, int]:
        """Count the results by status, in the order of the method's words."""
        method = METHODS.get(self.method, SCHEDULE)
        counts = Counter(result.status for result in self.results)
        words = (*method.words, method.cannot)
        return {word: counts[word] for word in words if counts[word]}


def results(
    rows: Sequence[Row], method: Method, assessment: Assessment, region: str
) -> tuple[Result, ...]:
    """Turn rows and what the arithmetic says of them into results."""
    return tuple(_result(row, method, assessment, index, region) for index, row in enumerate(rows))


def _result(row: Row, method: Method, assessment: Assessment, index: int, region: str) -> Result:
    target, shown = row.target, row.shown
    numbers, reasons = _numbers(assessment.quantities, index)
    if (
        row.point is None
        and shown is not None
        and shown.measure == "level"
        and row.scale == Scale.LEVEL
    ):
        numbers["latest_value"] = shown.value
        reasons.pop("latest_value", None)
    target_value, high = _target_value(row)
    year, count = numbers.pop("projected_year"), numbers.pop("projected_points")
    given = {
        "target_year": (target.year, Reason.NO_TARGET_YEAR),
        "baseline_year": (row.baseline_year, Reason.NO_BASELINE),
        "baseline_value": (row.baseline_value, Reason.NO_BASELINE),
        "target_value": (target_value, row.no_path or Reason.NO_BASELINE),
        "target_value_high": (high, Reason.NOT_A_RANGE),
    }
    missing = {name: why.code for name, (value, why) in given.items() if value is None}
    masks = assessment.verdict.flags.items()
    flags = {*row.flags, *(name for name, mask in masks if mask[index])}
    reason = Reason(int(assessment.verdict.reason[index]))
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
        path=target.path,
        comparator=target.comparator,
        target_year=target.year,
        baseline_year=row.baseline_year,
        baseline_value=row.baseline_value,
        baseline_source=row.baseline_source,
        target_value=target_value,
        target_value_high=high,
        unit=target.unit,
        latest_period=str(shown.period) if shown else None,
        latest_bound=bound_of(row),
        latest_obs_status=shown.obs_status if shown else None,
        projected_year=None if year is None else int(year),
        projected_points=None if count is None else int(count),
        status=method.word(int(assessment.verdict.status[index])),
        reason=reason.code if reason else None,
        reasons={**missing, **reasons},
        flags=tuple(name for name in FLAG_ORDER if name in flags),
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


def _target_value(row: Row) -> tuple[float | None, float | None]:
    """Return the target as it was printed, or the total it comes to (SPEC §6)."""
    target = row.target
    if target.kind in {"multiple", "annual_flow"}:
        total = row.knots[-1].value if row.knots else None
        if total is None or not target.value or target.value_high is None:
            return total, None
        return total, total / target.value * target.value_high
    return target.value, target.value_high


def bound_of(row: Row) -> str | None:
    """Return the bound of the latest value as it is put out: sizes of falls turn it round."""
    if row.point is None:
        return (row.shown.bound or None) if row.shown else None
    turned = row.scale != Scale.LEVEL and row.target.direction == "down"
    sign = -row.point.bound if turned else row.point.bound
    symbol = {1: ">", -1: "<", 0: ""}[sign]
    return symbol + ("" if row.point.exclusive or not symbol else "=") or None


def _source(shown: Observation | None) -> str | None:
    if shown is None:
        return None
    return " ".join(filter(None, (shown.source, shown.url))) or None


def name_of(item: Result | Target, lang: str) -> str:
    """Return the name of an indicator in the language."""
    return item.name_zh if lang == "zh" else item.name_en
