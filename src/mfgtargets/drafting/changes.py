"""What a new version of a text changes in a plan that was encoded before."""

from decimal import Decimal
from typing import Literal, NamedTuple

from mfgtargets.document.records import Document, Target
from mfgtargets.drafting.found import Found
from mfgtargets.drafting.joining import bare
from mfgtargets.notation.convert import factor


class Change(NamedTuple):
    """A target that is new, gone, raised or lowered, with its values and its id in the old plan."""

    code: Literal["new", "gone", "raised", "lowered"]
    name: str
    year: int | None
    old: float | None
    new: float | None
    target_id: str | None


class Compared(NamedTuple):
    """What has changed, and the targets of the new text with those that they replace."""

    changes: tuple[Change, ...]
    targets: tuple[Found, ...]


def compared(plan: Document, targets: tuple[Found, ...]) -> Compared:
    """Compare targets with those of a plan: by name, kind, year and unit, repeats left out.

    Of a target that was revised before, the last revision counts.
    """
    old = {
        (bare(one.name_zh), one.kind, one.year): one for one in plan.targets if one.restates is None
    }
    changes: list[Change] = []
    told: list[Found] = []
    seen = set()
    for one in targets:
        key = (bare(one.name), one.kind, one.year)
        if one.restates is not None or key in seen:
            told.append(one)
            continue
        before = old.get(key)
        alike = before and before.direction == one.direction
        times = factor(before.unit or "", one.unit or "") if before and alike else None
        if before is None or times is None:
            changes.append(Change("new", one.name, one.year, None, one.value, None))
            told.append(one)
            continue
        seen.add(key)
        before = _beside(before, times, one.unit, plan)
        changed = _changed(one, before)
        changes += [changed] if changed else []
        told.append(one._replace(replaces=before) if changed else one)
    changes += [
        Change("gone", before.name_zh, before.year, before.value, None, before.id)
        for key, before in old.items()
        if key not in seen
    ]
    return Compared(tuple(changes), tuple(told))


def _beside(before: Target, times: Decimal, unit: str | None, plan: Document) -> Target:
    """Return an old target in the unit of the new one, its source told apart by date or id."""
    value, high, base = (
        None if one is None else float(Decimal(repr(one)) * times)
        for one in (before.value, before.value_high, before.baseline_value)
    )
    title = f"{before.source.title}({plan.entry.date or plan.id})"
    source = before.source._replace(title=title)
    return before._replace(
        value=value, value_high=high, baseline_value=base, unit=unit, source=source
    )


def _changed(one: Found, before: Target) -> Change | None:
    """Tell whether a target asks for another value."""
    if one.value is None or before.value is None or one.value == before.value:
        return None
    code: Literal["raised", "lowered"] = "raised" if one.value > before.value else "lowered"
    return Change(code, one.name, one.year, before.value, one.value, before.id)
