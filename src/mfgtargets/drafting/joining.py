"""Targets that say the same thing, joined: what is repeated, and what is a part of what."""

import re
from collections.abc import Iterable

from mfgtargets.drafting.found import Found

_SCOPE = re.compile(
    r"全市|全省|全国|全区|全县|我市|我省|规模以上|规上|工业|企业|制造业|领域|“|”|数量?$|的|总数|新增|实现"
)


def joined(found: Iterable[Found]) -> tuple[Found, ...]:
    """Return the targets, each that repeats an earlier one with the place of that."""
    kept: list[Found] = []
    first: dict[tuple[object, ...], list[int]] = {}
    for one in found:
        if one in kept[-4:]:
            continue
        key = (one.year, one.value, one.value_high, (one.unit or "").removesuffix("元"))
        same = next((at for at in first.get(key, ()) if _alike(one, kept[at])), None)
        above = len(kept) - 1 if one.clause.quote.startswith("其中") and kept else None
        kept.append(one._replace(restates=same, part_of=above))
        if same is None and one.value is not None:
            first.setdefault(key, []).append(len(kept) - 1)
    return tuple(kept)


def bare(name: str) -> str:
    """Return a name without the words that texts add or leave out at will."""
    whole = "".join(name.split())
    return (_SCOPE.sub("", whole) or whole).casefold()


def _alike(one: Found, other: Found) -> bool:
    """Tell whether two targets of one value and year are of one thing."""
    a, b = bare(one.name), bare(other.name)
    if not a or not b or one.kind != other.kind or one.direction != other.direction:
        return False
    return a == b or (min(len(a), len(b)) >= 5 and (a in b or b in a))
