"""What a target file may say: strict pydantic models, one for each kind of block.

A fault found here names a ``code``; the loader adds the place in the file.
"""

import unicodedata
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from mfgtargets.document.kinds import Comparator, Kind
from mfgtargets.notation.units import UNITS

Hedge = Literal["力争", "基本", "左右"]
Direction = Literal["up", "down"]
PathName = Literal["linear", "geometric"]
Nature = Literal["stock", "flow", "ratio"]

_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def _check_text(text: str) -> str:
    for character in "" if text.isprintable() else text:
        if unicodedata.category(character) in _HIDDEN:
            raise PydanticCustomError(
                "hidden-character", "{found}", {"found": f"U+{ord(character):04X}"}
            )
    if text != text.strip():
        raise PydanticCustomError("outer-space", "{found}", {"found": repr(text)})
    return text


def _check_unit(unit: str) -> str:
    if unit not in UNITS:
        raise PydanticCustomError("unknown-unit", "{found}", {"found": unit})
    return unit


Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_check_text)]
Year = Annotated[int, Field(ge=1949, le=2100)]
Unit = Annotated[str, AfterValidator(_check_unit)]
DocumentId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
IndicatorId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
TargetId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(@[0-9]{4})?(#[0-9]+)?$")]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _contradiction(field: str, code: str, **details: object) -> PydanticCustomError:
    context: dict[str, Any] = {k: str(v) for k, v in details.items()}
    return PydanticCustomError(code, field, {"field": field, **context})


class Entry(BaseModel):
    """Common rules: exact types, no unknown field, no infinities, unchangeable."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True
    )


class Baseline(Entry):
    """Where an indicator stood; ``value`` is null where the document leaves the cell empty."""

    year: Year
    value: float | None


class Horizon(Entry):
    """The years a document plans for, both included; null where the text does not say."""

    start: Year | None
    end: Year | None

    @model_validator(mode="after")
    def check_order(self) -> Self:
        """Refuse a period that ends before it starts."""
        if self.start is not None and self.end is not None and self.start > self.end:
            raise _contradiction("end", "period-reversed", found=self.end, expected=self.start)
        return self


class Period(Horizon):
    """The years a target runs over; ``start`` null where not stated."""

    end: Year


class Source(Entry):
    """Where the document's text was published, as far as that text says."""

    title: Text
    publisher: Text | None
    url: Text | None
    sha256: Sha256 | None


class TargetEntry(Entry):
    """One target of an indicator; whatever it leaves out is as its indicator says."""

    value: float | None
    year: Year | None = None
    period: Period | None = None
    value_high: float | None = None
    comparator: Comparator | None = None
    hedge: list[Hedge] | None = None
    kind: Kind | None = None
    unit: Unit | None = None
    name_zh: Text | None = None
    name_en: Text | None = None
    section: Text | None = None
    departments: list[Text] | None = None
    quote: Text | None = None
    restates: TargetId | None = None
    part_of: TargetId | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def check_value(self) -> "TargetEntry":
        """Refuse a year given twice and a range that is upside down or half there."""
        if self.year is not None and self.period is not None:
            raise _contradiction("year", "year-and-period")
        if (self.comparator == "range") != (self.value_high is not None):
            raise _contradiction("value_high", "range-incomplete")
        if self.value_high is not None and self.value is not None and self.value_high <= self.value:
            raise _contradiction(
                "value_high", "range-reversed", found=self.value_high, expected=self.value
            )
        return self


class IndicatorEntry(Entry):
    """What is measured, and the targets set for it."""

    id: IndicatorId
    name_zh: Text
    name_en: Text
    aliases: list[Text] = Field(default_factory=list)
    codes: list[Text] = Field(default_factory=list)  # what data bases call it: SDMX, World Bank
    ceiling: float | None = None  # what no value can be over, 100 of a share
    group: Text | None = None
    unit: Unit | None
    direction: Direction
    nature: Nature
    path: PathName | None = None
    concept: IndicatorId | None = None
    baseline: Baseline | None = None
    kind: Kind = "level"
    section: Text
    departments: list[Text] | None = None
    quote: Text
    note: Text | None = None
    targets: Annotated[list[TargetEntry], Field(min_length=1)]

    @model_validator(mode="after")
    def check_targets(self) -> "IndicatorEntry":
        """Refuse targets that contradict their kind, the baseline or one another."""
        for index, target in enumerate(self.targets):
            _check_target(self, target, f"targets.{index}")
        return self


class DocumentEntry(Entry):
    """A policy document: what the text says of itself; null where it says nothing."""

    id: DocumentId
    title: Text
    title_en: Text
    issuer: Text | None
    number: Text | None
    date: Day | None
    standing: Literal["in_force", "draft"] | None
    region: Text
    region_code: Text | None = None
    period: Horizon
    baseline_year: Year | None
    source: Source
    main_table: Text | None
    note: Text | None = None
    groups: dict[Text, Text] = Field(default_factory=dict)
    sections: dict[Text, list[Text]]
    indicators: Annotated[list[IndicatorEntry], Field(min_length=1)]


_PERIOD_KINDS = {"growth_rate", "increment", "annual_flow"}
_LARGEST, _LARGEST_RATE = 1e15, 1e4  # beyond that a number is a slip of the pen
_SIZES = {"growth_rate", "cumulative_change"}  # falls are printed as positive sizes


def _check_target(indicator: IndicatorEntry, target: TargetEntry, at: str) -> None:
    kind = target.kind or indicator.kind
    if (kind == "delegated") != (target.value is None):
        code = "delegated-value" if kind == "delegated" else "value-missing"
        raise _contradiction(f"{at}.value", code)
    if kind == "delegated" and target.comparator is not None:
        raise _contradiction(f"{at}.comparator", "delegated-value")
    if target.period is not None and kind not in _PERIOD_KINDS:
        raise _contradiction(f"{at}.period", "period-not-used", found=kind)
    if kind == "growth_rate" and target.period is None:
        raise _contradiction(at, "period-missing", found=kind)
    _check_size(indicator, target, kind, at)
    baseline = indicator.baseline
    year = target.period.end if target.period else target.year
    if baseline is not None and year is not None and baseline.year >= year:
        raise _contradiction(at, "baseline-after-target", found=baseline.year, expected=year)
    _check_side(indicator, target, kind, at)


def _check_size(indicator: IndicatorEntry, target: TargetEntry, kind: str, at: str) -> None:
    """Refuse sizes that cannot be, and comparators that work against the direction."""
    value = target.value
    falls = indicator.direction == "down"
    if kind == "rank" and not falls:
        raise _contradiction(at, "rank-direction")
    if kind in {"increment", "annual_flow"} and falls:
        raise _contradiction(at, "sum-direction", found=kind)
    if value is not None and value > (_LARGEST_RATE if kind in _SIZES else _LARGEST):
        raise _contradiction(f"{at}.value", "too-large", found=value)
    if value is not None and value < 0:
        raise _contradiction(f"{at}.value", "not-a-size", found=value)
    if kind in _SIZES and falls and value is not None and value >= 100:  # percent
        raise _contradiction(f"{at}.value", "fall-too-large", found=value)
    comparator = target.comparator or "eq"
    wrong = {"ge", "gt"} if falls and kind not in _SIZES else {"le"}
    if comparator in wrong:
        raise _contradiction(
            f"{at}.comparator",
            "comparator-direction",
            found=comparator,
            expected=indicator.direction,
        )


def _check_side(indicator: IndicatorEntry, target: TargetEntry, kind: str, at: str) -> None:
    """Refuse a level worse than its baseline that no note explains."""
    baseline = indicator.baseline.value if indicator.baseline else None
    if kind != "level" or baseline is None or target.value is None:
        return
    sign = 1 if indicator.direction == "up" else -1
    explained = target.note or indicator.note
    if sign * (target.value - baseline) < 0 and not explained:
        raise _contradiction(
            f"{at}.value", "worse-than-baseline", found=target.value, expected=baseline
        )
