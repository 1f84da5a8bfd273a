"""The regions that values belong to: the names and codes they go by, and which are wanted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from mfgtargets.defaults import ALL
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError, Place, fault, nearest
from mfgtargets.notation.cells import plain_text
from mfgtargets.notation.codes import parts_of
from mfgtargets.observations.listed import listed
from mfgtargets.observations.observation import Refusal
from mfgtargets.observations.observed import Observed

LEVELS = "省市区县"
_SUM = re.compile(
    r"(?:.*(?:合计|总计|小计|总和|平均(?:[值数]|水平)?|均值|中位数|汇总)|全[国省市区县州]"
    r"|.*\b(?:total|average|mean|median))\)?",
    re.IGNORECASE,
)
_MARKS = re.compile(r"(?<![]*※†‡①-⑳])(?:[*※†‡①-⑳]|\[[0-9]+\])+\Z")  # of footnotes
_CODE_LENGTHS = {2, 4, 6, 9, 12}
_MANY = 1000  # regions beyond which each has more than one value, or is none
_REMEMBERED = 100_000  # names whose region is remembered


class RegionTable(NamedTuple):
    """What people wrote down of regions: spellings and codes to regions, and whom these belong to."""

    names: Mapping[str, str] = MappingProxyType({})
    parents: Mapping[str, str] = MappingProxyType({})

    def find(self, name: str) -> str | None:
        """Return the region that a name or code means; None where the table has none."""
        return next((self.names[k] for k in map(_key, parts_of(name)) if k in self.names), None)


NO_TABLE = RegionTable()


def read_regions(raw: bytes, name: str, document: Document) -> RegionTable:
    """Read a table of regions: ``name, code, region, parent``, of which only the first is needed.

    ``region`` is what a region is to be called, if not by its name. Raises ``InputError`` for a name
    or code of two regions, and for a parent that is no region of the table.
    """
    lines = list(listed(raw, name, ["name"], ["code", "region", "parent"]))
    names = {_key(document.entry.region): document.entry.region}
    parents: dict[str, str] = {}
    faults = []
    for place, cells in lines:
        region = plain_text(cells["region"] or cells["name"])
        for spelling in filter(None, (region, cells["name"], cells["code"])):
            if names.setdefault(_key(spelling), region) != region:
                other = names[_key(spelling)]
                faults.append(
                    fault("region-name-twice", place, found=spelling, region=region, other=other)
                )
    for place, cells in lines:
        region = plain_text(cells["region"] or cells["name"])
        above = names.get(_key(cells["parent"]))
        if cells["parent"] and (above is None or region in _above(above, parents)):
            near = ", ".join(nearest(cells["parent"], names.values(), 1))
            faults.append(
                fault("no-such-parent", place, found=cells["parent"], region=region, near=near)
            )
        elif above is not None:
            parents[region] = above
    if faults:
        raise InputError(faults)
    for region, parent in parents.items():
        full = region
        for above in _above(parent, parents):
            full = above + full
            names.setdefault(full, region)
    return RegionTable(names, parents)


def _above(region: str, parents: Mapping[str, str]) -> list[str]:
    """Return a region and all that it belongs to, the nearest first."""
    found = [region]
    while found[-1] in parents:
        found.append(parents[found[-1]])
    return found


def _key(name: str) -> str:
    """Return a name or code as it is looked up: a division code without the zeros behind it."""
    plain = plain_text(name).casefold()
    is_code = plain.isdecimal() and len(plain) in _CODE_LENGTHS
    return plain.ljust(12, "0") if is_code else plain


class Regions:
    """Which regions of a document's actuals are wanted, by whatever names they go.

    ``asked`` are names of regions, or ``all``; empty means the document's own alone.
    """

    def __init__(
        self, document: Document, asked: Sequence[str] = (), table: RegionTable = NO_TABLE
    ) -> None:
        self.own, self._code = document.entry.region, document.entry.region_code
        self.asked, self.table = tuple(asked), table
        self._wanted = [self._named(name) for name in asked if name != ALL] or [self.own]
        self._beneath = self.own in table.parents.values()
        self.of = lru_cache(_REMEMBERED)(self._of)

    def _named(self, name: str) -> str:
        """Return the region that a name means; the name itself where nothing knows it."""
        plain = plain_text(_MARKS.sub("", name.strip()))
        if not name or any(self._is_own(plain_text(part)) for part in parts_of(name)):
            return self.own
        return self.table.find(name) or self.table.find(plain) or plain

    def _is_own(self, name: str) -> bool:
        whole = f"全{self.own[-1]}"  # all of the city whose table it is
        return name == whole or same_region(name, self.own) or same_code(name, self._code)

    def _of(self, name: str) -> str | Refusal:
        """Return the region whose value stands under a name, or why it is left out."""
        region = self._named(name)
        if region != self.own and _SUM.fullmatch(region):
            if self.asked:
                return "subtotal", {"found": name}
            return "other-region", {"found": name, "expected": self.own}
        above = _above(region, self.table.parents)
        elsewhere = self._beneath and len(above) > 1 and self.own not in above
        wanted = any(same_region(region, one) for one in self._wanted)
        if wanted or (ALL in self.asked and not elsewhere):
            return region
        return "other-region", {"found": name, "expected": ", ".join(self._wanted)}

    @property
    def are_named(self) -> bool:
        """Whether some regions alone are wanted, by their names."""
        return bool(self.asked) and ALL not in self.asked

    def chosen(self, there: Iterable[str]) -> tuple[str, ...]:
        """Return the regions to judge, of those that are ``there``; raise where one is unknown.

        ``all`` are the parts of the document's region, else that itself; what belongs to another
        of them is not one beside it.
        """
        known = dict.fromkeys(there)
        found: dict[str, None] = {}
        for name in self.asked:
            if name == ALL:
                parts = [one for one in known if one != self.own]
                parts = [o for o in parts if known.keys().isdisjoint(self._parts_above(o))]
                found |= dict.fromkeys(parts or [self.own])
                continue
            region = self.among(name, known)
            if region is None:
                near = ", ".join(nearest(name, [self.own, *known]))
                raise InputError([fault("no-such-region", found=name, near=near)])
            found[region] = None
        return tuple(found)

    def _parts_above(self, region: str) -> list[str]:
        return [one for one in _above(region, self.table.parents)[1:] if one != self.own]

    def among(self, name: str, there: Iterable[str]) -> str | None:
        """Return the region of those ``there`` that a name means, or one of the table; else None."""
        region = self._named(name)
        if region == self.own or self.table.find(region):
            return region
        return next((one for one in there if same_region(one, region)), None)


def same_region(one: str, other: str) -> bool:
    """Tell whether two names mean one place: 绍兴 is 绍兴市, but neither 绍兴市区 nor 绍兴县 is."""
    bare, *suffixed = sorted((one, other), key=len)
    return one == other or any(
        name[:-1] == bare and name[-1] in LEVELS and bare[-1:] not in LEVELS for name in suffixed
    )


def same_code(given: str, code: str | None) -> bool:
    """Tell whether a division code, of two to twelve digits, is the region's."""
    return code is not None and _key(given) == _key(code)


def spelled_alike(regions: Iterable[str]) -> dict[str, str]:
    """Return for each name without its level (绍兴) the one that has it, where only one is there."""
    there = set(regions)
    full: dict[str, list[str]] = {}
    for region in there:
        full.setdefault(region[:-1], []).append(region)
    pairs = ((bare, [r for r in full.get(bare, ()) if same_region(bare, r)]) for bare in there)
    return {bare: found[0] for bare, found in pairs if len(found) == 1}


def check_regions(observed: Observed) -> None:
    """Raise ``InputError`` where what stands for regions are numbers of rows or things."""
    counts = np.bincount(observed.region, minlength=len(observed.regions))
    there = [name for name, count in zip(observed.regions, counts.tolist(), strict=True) if count]
    if len(there) <= _MANY or counts.max() > 1:
        return
    numbered = [name for name in there if re.search("[0-9]", name)]
    if len(numbered) > 0.9 * len(there):
        place, examples = Place(observed[0].place.file), ", ".join(numbered[:3])
        raise InputError([fault("no-regions", place, found=len(there), examples=examples)])
