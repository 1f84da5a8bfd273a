"""What a target file may say: strict pydantic models, one for each kind of block.

A fault found here names a ``code``; the loader adds the place in the file.
"""

import unicodedata
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from mfgtargets.document.contradictions import check_target, contradiction
from mfgtargets.document.kinds import Bound, Comparator, Direction, Hold, Kind, Obligation
from mfgtargets.notation.period import time_of

PathName = Literal["linear", "geometric", "logistic"]
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


Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_check_text)]
Year = Annotated[int, Field(ge=1949, le=2100)]
Unit = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_check_text)]
DocumentId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
IndicatorId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
TargetId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(@[0-9]{4})?(#[0-9]+)?$")]
Due = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$")]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Entry(BaseModel):
    """Common rules: exact types, no unknown field, no infinities, unchangeable."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True
    )


class Baseline(Entry):
    """Where an indicator stood; ``value`` is null where the document leaves the cell empty."""

    year: Year
    value: float | None
    bound: Bound | None = None

    @model_validator(mode="after")
    def check_bound(self) -> Self:
        """Refuse a bound of nothing."""
        if self.bound is not None and self.value is None:
            raise contradiction("bound", "bound-without-value", found=self.bound)
        return self


class Horizon(Entry):
    """The years a document plans for, both included; null where the text does not say."""

    start: Year | None
    end: Year | None

    @model_validator(mode="after")
    def check_order(self) -> Self:
        """Refuse a period that ends before it starts."""
        if self.start is not None and self.end is not None and self.start > self.end:
            raise contradiction("end", "period-reversed", found=self.end, expected=self.start)
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


class Page(Entry):
    """Where the clause of an indicator or target stands, if not in the document's own text."""

    title: Text
    url: Text | None = None
    page: Text | None = None


class Relative(Entry):
    """The other indicator whose value of the same year is the aim."""

    indicator: IndicatorId
    comparator: Comparator = "eq"
    offset: float = 0.0


class TargetEntry(Entry):
    """One target of an indicator; whatever it leaves out is as its indicator says."""

    value: float | None
    relative_to: Relative | None = None
    year: Year | None = None
    due: Due | None = None
    period: Period | None = None
    value_high: float | None = None
    out_of: Annotated[int, Field(gt=0)] | None = None
    comparator: Comparator | None = None
    hold: Hold | None = None
    hedge: list[Text] | None = None
    obligation: Obligation | None = None
    weight: Annotated[float, Field(gt=0)] | None = None
    baseline: Baseline | None = None
    source: Page | None = None
    kind: Kind | None = None
    unit: Unit | None = None
    name_zh: Text | None = None
    name_en: Text | None = None
    section: Text | None = None
    region: Text | None = None
    departments: list[Text] | None = None
    quote: Text | None = None
    revises: TargetId | None = None
    set_on: Day | None = None
    restates: TargetId | None = None
    part_of: TargetId | None = None
    note: Text | None = None

    @property
    def own_year(self) -> int | None:
        """The year it is judged in, where it says one."""
        if self.period is not None:
            return self.period.end
        return int(self.due[:4]) if self.due is not None else self.year

    @model_validator(mode="after")
    def check_value(self) -> "TargetEntry":
        """Refuse a year given twice, a day that is none, and a range upside down or half there."""
        if self.year is not None and self.period is not None:
            raise contradiction("year", "year-and-period")
        if self.due is not None and time_of(self.due) is None:
            raise contradiction("due", "no-such-day", found=self.due)
        if self.due is not None and self.year is not None and self.year != self.own_year:
            raise contradiction("due", "due-outside-year", found=self.due, expected=self.year)
        if self.due is not None and self.period is not None:
            raise contradiction("due", "due-and-period")
        if self.revises is not None and self.set_on is None:
            raise contradiction("revises", "set-on-missing", found=self.revises)
        if (self.comparator == "range") != (self.value_high is not None):
            raise contradiction("value_high", "range-incomplete")
        if self.value_high is not None and self.value is not None and self.value_high <= self.value:
            raise contradiction(
                "value_high", "range-reversed", found=self.value_high, expected=self.value
            )
        return self


class IndicatorEntry(Entry):
    """What is measured, and the targets set for it."""

    id: IndicatorId
    name_zh: Text | None = None
    name_en: Text | None = None
    aliases: list[Text] = Field(default_factory=list)
    codes: list[Text] = Field(default_factory=list)  # what data bases call it: SDMX, World Bank
    ceiling: float | None = None  # what no value can be over, 100 of a share
    group: Text | None = None
    unit: Unit | None
    direction: Direction
    nature: Nature
    path: PathName | None = None
    concept: IndicatorId | None = None
    kind: Kind = "level"
    set_yearly: bool = False
    hold: Hold | None = None
    obligation: Obligation | None = None
    weight: Annotated[float, Field(gt=0)] | None = None
    baseline: Baseline | None = None
    source: Page | None = None
    section: Text
    departments: list[Text] | None = None
    quote: Text
    note: Text | None = None
    targets: Annotated[list[TargetEntry], Field(min_length=1)]

    @model_validator(mode="after")
    def check_targets(self) -> "IndicatorEntry":
        """Refuse an indicator without a name, and targets that contradict kind or baseline."""
        if self.name_zh is None and self.name_en is None:
            raise contradiction("id", "name-missing")
        for index, target in enumerate(self.targets):
            check_target(self, target, f"targets.{index}")
        return self


class DocumentEntry(Entry):
    """A policy document: what the text says of itself; null where it says nothing."""

    id: DocumentId
    title: Text | None = None
    title_en: Text | None = None
    issuer: Text | None
    number: Text | None
    date: Day | None
    standing: Literal["in_force", "draft"] | None
    region: Text
    region_code: Text | None = None
    period: Horizon
    baseline_year: Year | None
    parents: list[DocumentId] = Field(default_factory=list)
    source: Source
    main_table: Text | None
    note: Text | None = None
    groups: dict[Text, Text] = Field(default_factory=dict)
    sections: dict[Text, list[Text]]
    indicators: Annotated[list[IndicatorEntry], Field(min_length=1)]

    @model_validator(mode="after")
    def check_title(self) -> Self:
        """Refuse a document without a title, and one above itself."""
        if self.title is None and self.title_en is None:
            raise contradiction("id", "title-missing")
        if self.id in self.parents:
            raise contradiction("parents", "parent-self", found=self.id)
        return self
