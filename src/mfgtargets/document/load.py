"""Load a target file: read, validate and resolve it, or raise every fault it has at once."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mfgtargets.document.contradictions import baseline_of
from mfgtargets.document.entries import DocumentEntry, IndicatorEntry, TargetEntry
from mfgtargets.document.modelfaults import model_fault
from mfgtargets.document.records import (
    Document,
    in_document_order,
    resolve,
    target_ids,
    target_year,
)
from mfgtargets.document.yamlfile import Path_, YamlFile, read_yaml
from mfgtargets.faults import Fault, InputError, Nearest


def load_document(path: Path) -> Document:
    """Load the document in ``path``; raise ``InputError`` with all its faults, in file order."""
    file = read_yaml(path)
    nearest = Nearest()
    try:
        entry = DocumentEntry.model_validate(file.data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        faults = [model_fault(file, details, nearest) for details in errors]
        indicators = [*_valid_indicators(file.data)]
        raise InputError(_in_order([*faults, *_cross_faults(file, indicators, nearest)])) from None
    faults = [*_cross_faults(file, [*enumerate(entry.indicators)], nearest)]
    if faults:
        raise InputError(_in_order(faults))
    return resolve(entry, path)


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda f: (f.place.line, f.place.column) if f.place else (0, 0))


def _cross_faults(
    file: YamlFile, indicators: list[tuple[int, IndicatorEntry]], nearest: Nearest
) -> Iterator[Fault]:
    """Find what only the file as a whole shows, among the indicators that are valid themselves."""
    data = file.data if isinstance(file.data, dict) else {}
    known, groups = _names(data.get("sections")), _names(data.get("groups"))
    table = data.get("main_table")
    if isinstance(table, str) and table not in known:
        near = ", ".join(nearest(table, known))
        yield file.fault("unknown-section", ("main_table",), found=table, near=near)
    yield from _repeated_indicators(file, indicators)
    for index, indicator in indicators:
        if indicator.group is not None and indicator.group not in groups:
            near = ", ".join(nearest(indicator.group, groups))
            here = ("indicators", index, "group")
            yield file.fault("unknown-group", here, found=indicator.group, near=near)
        for at, section in _sections(index, indicator):
            if section not in known:
                near = ", ".join(nearest(section, known))
                yield file.fault("unknown-section", at, found=section, near=near)
    period = data.get("period")
    horizon = period.get("end") if isinstance(period, dict) else None
    horizon = horizon if isinstance(horizon, int) else None
    yield from _references(file, indicators, known, horizon, nearest)
    yield from _base_faults(file, indicators, horizon, data.get("baseline_year"))


def _names(block: Any) -> list[str]:
    return [name for name in block if isinstance(name, str)] if isinstance(block, dict) else []


def _valid_indicators(data: Any) -> Iterator[tuple[int, IndicatorEntry]]:
    blocks = data.get("indicators") if isinstance(data, dict) else None
    for index, block in enumerate(blocks if isinstance(blocks, list) else []):
        try:
            yield index, IndicatorEntry.model_validate(block)
        except ValidationError:
            continue


def _repeated_indicators(
    file: YamlFile, indicators: list[tuple[int, IndicatorEntry]]
) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for index, indicator in indicators:
        if indicator.id in first:
            line = file.line_of(("indicators", first[indicator.id], "id"))
            at = ("indicators", index, "id")
            yield file.fault("indicator-twice", at, found=indicator.id, line=line)
        first.setdefault(indicator.id, index)


def _sections(index: int, indicator: IndicatorEntry) -> Iterator[tuple[Path_, str]]:
    yield ("indicators", index, "section"), indicator.section
    for number, target in enumerate(indicator.targets):
        if target.section is not None:
            yield ("indicators", index, "targets", number, "section"), target.section


def _base_faults(
    file: YamlFile,
    indicators: list[tuple[int, IndicatorEntry]],
    horizon: int | None,
    year: object,
) -> Iterator[Fault]:
    """Find changes against a base year that nobody names, and baselines not before the horizon."""
    for index, indicator in indicators:
        for number, target in enumerate(indicator.targets):
            here = ("indicators", index, "targets", number)
            kind, baseline = target.kind or indicator.kind, baseline_of(indicator, target)
            if kind == "cumulative_change" and baseline is None and year is None:
                yield file.fault("baseline-missing", here)
            if (
                target.own_year is None
                and baseline is not None
                and horizon
                and baseline.year >= horizon
            ):
                found, expected = baseline.year, horizon
                yield file.fault("baseline-after-target", here, found=found, expected=expected)


def _references(
    file: YamlFile,
    indicators: list[tuple[int, IndicatorEntry]],
    sections: list[str],
    horizon: int | None,
    nearest: Nearest,
) -> Iterator[Fault]:
    """Check that ``restates`` and ``part_of`` name records, and that no target is set twice."""
    entries = [
        (("indicators", index, "targets", number), indicator, target)
        for index, indicator in indicators
        for number, target in enumerate(indicator.targets)
    ]
    ordered = in_document_order([indicator for _, indicator in indicators], sections)
    ids = target_ids(ordered, horizon)
    firsthand = {ids[id(t)]: i.id for _, i, t in entries if t.restates is None}
    set_before: dict[tuple[object, ...], Path_] = {}
    for at, indicator, target in entries:
        for name in ("restates", "part_of", "revises"):
            reference = getattr(target, name)
            if reference is None:
                continue
            of_other = {"restates": "restates-other", "revises": "revises-other"}.get(name)
            if of_other and firsthand.get(reference, indicator.id) != indicator.id:
                yield file.fault(of_other, (*at, name), found=reference)
            elif reference not in firsthand or (name != "revises" and reference == ids[id(target)]):
                near = ", ".join(nearest(reference, firsthand))
                yield file.fault("unknown-target", (*at, name), found=reference, near=near)
        relative = target.relative_to
        if relative is not None and all(relative.indicator != i.id for _, i in indicators):
            near = ", ".join(nearest(relative.indicator, (i.id for _, i in indicators)))
            here = (*at, "relative_to", "indicator")
            yield file.fault("unknown-benchmark", here, found=relative.indicator, near=near)
        year = target_year(target, horizon)
        key = (indicator.id, target.kind or indicator.kind, year, target.due, target.region)
        if target.restates is None and target.revises is None and key in set_before:
            yield file.fault(
                "target-twice", at, found=ids[id(target)], line=file.line_of(set_before[key])
            )
        elif target.restates is None and target.revises is None:
            set_before[key] = at
    yield from _revision_faults(file, entries, ids)


def _revision_faults(
    file: YamlFile,
    entries: Sequence[tuple[Path_, IndicatorEntry, TargetEntry]],
    ids: Mapping[int, str],
) -> Iterator[Fault]:
    """Find revisions that go in a circle, were set before what they replace, or replace it twice."""
    of = {ids[id(target)]: target for _, _, target in entries}
    taken: dict[str, Path_] = {}
    for at, _, target in entries:
        old = of.get(target.revises or "")
        if target.revises is None or old is None:
            continue
        here, seen = (*at, "revises"), [ids[id(target)]]
        while old is not None and old.revises is not None and ids[id(old)] not in seen:
            seen.append(ids[id(old)])
            old = of.get(old.revises)
        if old is not None and ids[id(old)] in seen:
            yield file.fault("revises-circle", here, found=" -> ".join([*seen, ids[id(old)]]))
        elif (of[target.revises].set_on or "") >= (target.set_on or ""):
            earlier = of[target.revises].set_on
            yield file.fault("revises-earlier", here, found=target.set_on, expected=f">{earlier}")
        elif target.revises in taken:
            line = file.line_of(taken[target.revises])
            yield file.fault("revised-twice", here, found=target.revises, line=line)
        taken.setdefault(target.revises, at)
