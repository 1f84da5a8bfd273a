"""What a new version of a text changes in a plan that was encoded before."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from mfgtargets.document.records import Document
from mfgtargets.drafting.found import Found
from mfgtargets.drafting.joining import bare


class Change(NamedTuple):
    """A target that is new, gone, raised or lowered, with its values and its id in the old plan."""

    code: Literal["new", "gone", "raised", "lowered"]
    name: str
    year: int | None
    old: float | None
    new: float | None
    target_id: str | None


def changes(plan: Document, targets: tuple[Found, ...]) -> Iterator[Change]:
    """Compare targets with those of a plan: by name, kind and year, repeats left out."""
    old = {
        (bare(one.name_zh), one.kind, one.year): one for one in plan.targets if one.restates is None
    }
    seen = set()
    for one in targets:
        key = (bare(one.name), one.kind, one.year)
        if one.restates is not None or key in seen:
            continue
        seen.add(key)
        before = old.get(key)
        if before is None:
            yield Change("new", one.name, one.year, None, one.value, None)
        elif before.value is not None and one.value is not None and before.value != one.value:
            code: Literal["raised", "lowered"] = "raised" if one.value > before.value else "lowered"
            yield Change(code, one.name, one.year, before.value, one.value, before.id)
    for key, before in old.items():
        if key not in seen:
            yield Change("gone", before.name_zh, before.year, before.value, None, before.id)
