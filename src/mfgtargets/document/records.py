"""A document as the rest of the program sees it: every target a whole record."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mfgtargets.document.contradictions import baseline_of, ceiling_of
from mfgtargets.document.entries import (
    DocumentEntry,
    IndicatorEntry,
    Nature,
    Page,
    PathName,
    TargetEntry,
)
from mfgtargets.document.kinds import (
    ADDED_TO_LEVELS,
    Bound,
    Comparator,
    Direction,
    Hold,
    Kind,
    Obligation,
)
from mfgtargets.notation.period import time_of
from mfgtargets.notation.units import default_path

_RATE = re.compile(r"涨幅|增速|增长|增幅|上涨|growth|inflation|increase", re.IGNORECASE)


class TextSource(NamedTuple):
    """Where the words of a target can be read."""

    title: str
    url: str | None
    page: str | None


class RelativeTo(NamedTuple):
    """The other indicator whose value of the same year, and so much more, is the aim."""

    indicator: str
    comparator: Comparator
    offset: float
    name_zh: str
    name_en: str


class Target(NamedTuple):
    """One target of one indicator (the fields that ``show --format json`` prints, in order)."""

    id: str
    document: str
    indicator: str
    name_zh: str
    name_en: str
    group: str | None
    section: str
    kind: Kind
    comparator: Comparator | None
    value: float | None
    value_high: float | None
    unit: str | None
    direction: Direction
    path: PathName
    nature: Nature
    year: int | None
    due: str | None
    period_start: int | None
    period_end: int | None
    baseline_year: int | None
    baseline_value: float | None
    baseline_bound: Bound | None
    hold: Hold | None
    obligation: Obligation | None
    relative_to: RelativeTo | None
    revises: str | None
    set_on: str | None
    region: str
    weight: float | None
    hedge: tuple[str, ...]
    departments: tuple[str, ...]
    quote: str
    source: "TextSource"
    restates: str | None
    part_of: str | None
    concept: str | None
    note: str | None
    set_yearly: bool
    out_of: int | None
    ceiling: float | None

    @property
    def sign(self) -> int:
        """-1 where down is good, else +1 (where nearer is, the baseline tells)."""
        return -1 if self.direction == "down" else 1

    @property
    def aim(self) -> float | None:
        """The value to reach: of a range its nearer end; 1 of an event, which is done or not."""
        if self.kind == "event":
            return 1.0
        falls_to = self.direction == "down" and self.kind == "level"
        return self.value_high if self.value_high is not None and falls_to else self.value

    @property
    def time(self) -> float | None:
        """When it is due, counted by year-ends: the end of its day or month, else of its year."""
        return self.year if self.due is None else time_of(self.due)

    @property
    def due_when(self) -> str:
        """When it is due, as it is printed: its day or month, else its year; empty without one."""
        return self.due or str(self.year or "")

    @property
    def is_size(self) -> bool:
        """Whether its value is the size of a change, larger where it asks for more."""
        return self.kind in {"growth_rate", "cumulative_change", "increment"}

    @property
    def lacks_baseline(self) -> bool:
        """Whether its user may say where it starts: no exact value is stated, nor a year it is against."""
        exact = self.baseline_value is not None and self.baseline_bound is None
        return not exact and self.kind != "cumulative_change"

    @property
    def starts_from_nothing(self) -> bool:
        """Whether no level is needed to measure it from: rates, and what is counted up."""
        return self.kind in {"growth_rate", "increment", "annual_flow"} and not self.raises

    @property
    def needs_level(self) -> bool:
        """Whether it is judged from a level that the document does not state."""
        has_path = self.kind not in {"rank", "event", "delegated"} and self.hold is None
        return has_path and self.lacks_baseline and not self.starts_from_nothing

    @property
    def raises(self) -> bool:
        """Whether it adds to the level of its baseline, rather than up from nothing."""
        stated = self.baseline_value is not None or self.unit in ADDED_TO_LEVELS
        return self.kind == "increment" and stated

    @property
    def is_rate(self) -> bool:
        """Whether it keeps a rate of change, whose own measure is the change on the year before."""
        named = _RATE.search(self.name_zh) or _RATE.search(self.name_en)
        return self.hold is not None and self.unit == "%" and named is not None

    @property
    def is_lenient(self) -> bool:
        """Whether the target is hedged by 左右 or 基本, which leave something."""
        return self.comparator == "approx" or bool({"左右", "基本"} & set(self.hedge))


class Document(NamedTuple):
    """A policy document and its targets, in document order."""

    entry: DocumentEntry
    path: Path
    targets: tuple[Target, ...]

    @property
    def id(self) -> str:
        """The document's id."""
        return self.entry.id

    @property
    def indicators(self) -> tuple[str, ...]:
        """The ids of the indicators, in document order."""
        firsthand = (target for target in self.targets if target.restates is None)
        return tuple(dict.fromkeys(target.indicator for target in firsthand))

    def of_indicator(self, indicator: str) -> tuple[Target, ...]:
        """Return the targets of one indicator, what restates another last."""
        targets = (target for target in self.targets if target.indicator == indicator)
        return tuple(sorted(targets, key=lambda target: target.restates is not None))


def resolve(entry: DocumentEntry, path: Path) -> Document:
    """Turn the checked entry of the file at ``path`` into whole records, in document order.

    Sections are in document order, and so are the entries of one section. The first record of an
    indicator and year is plain ``indicator@year``; repeats, restatements last, get ``#2`` on.
    """
    pairs = in_document_order(entry.indicators, list(entry.sections))
    ids = target_ids(pairs, entry.period.end)
    names = {i.id: (i.name_zh or i.name_en, i.name_en or i.name_zh) for i in entry.indicators}
    return Document(entry, path, tuple(_record(entry, i, t, ids[id(t)], names) for i, t in pairs))


def in_document_order(
    indicators: Iterable[IndicatorEntry], sections: Sequence[str]
) -> list[tuple[IndicatorEntry, TargetEntry]]:
    """Return the targets with their indicators, by section and then as the file has them."""
    order = {section: index for index, section in enumerate(sections)}
    pairs = [(indicator, target) for indicator in indicators for target in indicator.targets]
    return sorted(pairs, key=lambda pair: order.get(pair[1].section or pair[0].section, 0))


def target_ids(
    pairs: list[tuple[IndicatorEntry, TargetEntry]], horizon: int | None
) -> dict[int, str]:
    """Return the record id of each target entry, keyed by the entry's identity.

    ``horizon`` is the document's last year, which stands for a year that a sentence leaves out.
    """
    counts: Counter[str] = Counter()
    ids = {}
    for indicator, target in sorted(pairs, key=lambda pair: pair[1].restates is not None):
        year = target_year(target, horizon)
        stem = indicator.id if year is None else f"{indicator.id}@{year}"
        counts[stem] += 1
        ids[id(target)] = stem if counts[stem] == 1 else f"{stem}#{counts[stem]}"
    return ids


def target_year(target: TargetEntry, horizon: int | None) -> int | None:
    """Return the year a target is judged in."""
    return target.own_year or horizon


def _record(
    entry: DocumentEntry,
    indicator: IndicatorEntry,
    target: TargetEntry,
    record_id: str,
    names: Mapping[str, tuple[str | None, str | None]],
) -> Target:
    kind = target.kind or indicator.kind
    unit = target.unit or indicator.unit
    section = target.section or indicator.section
    departments = next(
        given
        for given in (target.departments, indicator.departments, entry.sections[section])
        if given is not None
    )
    relative = None
    if target.relative_to is not None:
        given = target.relative_to
        zh, en = names[given.indicator]
        relative = RelativeTo(given.indicator, given.comparator, given.offset, zh or "", en or "")
    comparator = relative.comparator if relative else target.comparator or "eq"
    baseline = baseline_of(indicator, target)
    zh, en = target.name_zh or indicator.name_zh, target.name_en or indicator.name_en
    return Target(
        id=record_id,
        document=entry.id,
        indicator=indicator.id,
        name_zh=zh or en or "",
        name_en=en or zh or "",
        group=indicator.group,
        section=section,
        kind=kind,
        comparator=None if kind == "delegated" else comparator,
        value=target.value,
        value_high=target.value_high,
        unit=unit,
        direction=indicator.direction,
        path=indicator.path or default_path(unit, kind),
        nature=indicator.nature,
        year=target_year(target, entry.period.end),
        due=target.due,
        period_start=target.period.start if target.period else None,
        period_end=target.period.end if target.period else None,
        baseline_year=baseline.year if baseline else None,
        baseline_value=baseline.value if baseline else None,
        baseline_bound=baseline.bound if baseline else None,
        hold=target.hold or indicator.hold or ("each_year" if relative else None),
        obligation=target.obligation or indicator.obligation,
        relative_to=relative,
        revises=target.revises,
        set_on=target.set_on,
        region=target.region or entry.region,
        weight=target.weight or indicator.weight,
        hedge=tuple(target.hedge or ()),
        departments=tuple(departments),
        quote=target.quote or indicator.quote,
        source=_source(target.source or indicator.source, entry),
        restates=target.restates,
        part_of=target.part_of,
        concept=indicator.concept,
        note=_note(entry, target, target.note or indicator.note),
        set_yearly=indicator.set_yearly,
        out_of=target.out_of,
        ceiling=ceiling_of(indicator, unit),
    )


def _source(page: Page | None, entry: DocumentEntry) -> TextSource:
    """Return the nearest source: the target's, the indicator's, else the document's."""
    if page is None:
        return TextSource(entry.source.title, entry.source.url, None)
    return TextSource(page.title, page.url, page.page)


def _note(entry: DocumentEntry, target: TargetEntry, note: str | None) -> str | None:
    """Add to a note that the year is the document's, where the sentence has none."""
    if target.own_year is not None or entry.period.end is None:
        return note
    added = f"原文没有写年份,按文件期末{entry.period.end}年。"
    return added if note is None else f"{note}{added}"
