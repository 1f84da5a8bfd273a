"""Targets of many regions: which each region is judged by, a row a region and target."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mfgtargets.document.records import Document, Target
from mfgtargets.faults import InputError, fault
from mfgtargets.series.arrays import Coded, Floats
from mfgtargets.series.measured import Whole
from mfgtargets.series.promised import Promised, promised_by
from mfgtargets.series.reasons import Reason

EQUAL_GROWTH = "equal-growth"
_RELATIVE = {"growth_rate", "cumulative_change", "multiple", "relative"}


class RegionalTarget(NamedTuple):
    """A target of one region: a row of the user's table."""

    region: str
    indicator: str
    year: int
    value: float


class Rows(NamedTuple):
    """The targets of several regions, region by region; ``own`` is the document's.

    ``by_place`` tells that a target for another place than the document's is judged there, as it is
    where no region is asked for. ``variants`` are the targets as the document has them, as they hold
    for a part of its region, and as they are when a region has its own value; ``chosen`` is the place
    of each row's among them, ``given`` its own value, NaN where there is none, and ``steps`` its own
    milestones by year.
    """

    own: str
    regions: tuple[str, ...]
    by_place: bool
    variants: tuple[Target, ...]
    chosen: Whole
    given: Floats
    steps: tuple[tuple[int, int, float], ...]  # row, year, value

    @property
    def size(self) -> int:
        """How many targets each region has."""
        return len(self.variants) // 3

    @property
    def indicators(self) -> list[str]:
        """The indicator of each of a region's targets."""
        return [target.indicator for target in self.variants[: self.size]]

    @property
    def region(self) -> Coded:
        """The region that each row is of."""
        if self.by_place:
            places = [target.region for target in self.variants[: self.size]]
            names = {name: code for code, name in enumerate(dict.fromkeys(places))}
            return Coded(np.array([names[place] for place in places]), tuple(names))
        return Coded(np.arange(len(self.chosen)) // max(self.size, 1), self.regions)

    @property
    def targets(self) -> list[Target]:
        """The target that each row is judged by."""
        rows = zip(self.chosen.tolist(), self.given.tolist(), strict=True)
        return [
            self.variants[place]._replace(value=value) if value == value else self.variants[place]  # noqa: PLR0124 - not NaN
            for place, value in rows
        ]


def rows_of(
    own: str,
    targets: Sequence[Target],
    regions: Sequence[str],
    table: Sequence[RegionalTarget] = (),
    rule: str | None = None,
) -> Rows:
    """Return the rows of ``regions``; ``own`` is the document's, which keeps its targets as they are.

    Without regions it is judged alone, targets for other places there. A part of it has its value in
    ``table``, else by ``rule`` the document's relative change from its own baseline, else the
    document's value where that makes sense for a part.
    """
    judged = tuple(dict.fromkeys(regions)) or (own,)
    size, where = len(targets), {region: n for n, region in enumerate(judged)}
    given = np.full((len(judged), size), np.nan)
    steps = []
    for one in table:
        if one.region not in where or one.region == own:
            continue
        for n, target in enumerate(targets):
            if target.indicator == one.indicator and target.year is not None:
                if target.year == one.year:
                    given[where[one.region], n] = one.value
                elif one.year < target.year:
                    steps.append((where[one.region] * size + n, one.year, one.value))
    part = [[region != target.region for target in targets] for region in judged]
    by_place = not regions
    block = np.where(np.isnan(given), np.array(part) & (not by_place), 2)
    return Rows(
        own=own,
        regions=judged,
        by_place=by_place,
        variants=(
            *targets,
            *(_of_part(one, own, rule) for one in targets),
            *map(_to_give, targets),
        ),
        chosen=(block * size + np.arange(size)).astype(np.int64).ravel(),
        given=given.ravel(),
        steps=tuple(steps),
    )


def promised_to(rows: Rows, document: Document, baseline_year: int | None) -> Promised:
    """Return what is promised to each row by columns; baselines of parts are their own actuals."""
    n = rows.size
    p = promised_by(document, rows.variants, baseline_year)
    if rows.chosen.max(initial=0) < n:
        return p.taken(rows.chosen)
    original = np.arange(len(rows.variants)) % n
    refused = ~np.isnan(p.aim[original]) & np.isnan(p.aim)
    scale = np.array([_step_scale(v, rows.variants[k % n]) for k, v in enumerate(rows.variants)])
    p = p._replace(
        start=p.start[original],
        year=np.where(refused, np.nan, p.year),  # a year of no target
        base_year=p.base_year[original],
        own_base_year=p.own_base_year[original],
        step_years=p.step_years[original],
        step_aims=p.step_aims[original] * scale[:, None],
        unset=np.where(refused, np.int8(Reason.NO_REGIONAL_TARGET), p.unset),
    ).taken(rows.chosen)
    step_aims = p.step_aims
    for row, year, value in rows.steps:
        step_aims[row, p.step_years[row] == year] = value
    aim = np.where(np.isnan(rows.given), p.aim, rows.given)
    step_aims[np.isnan(aim)] = np.nan
    return p._replace(aim=aim, step_aims=step_aims)


def is_shared(target: Target) -> bool:
    """Tell whether a value makes sense for every part alike: shares, rates, indices, relative changes."""
    return target.kind in _RELATIVE or (
        target.kind in {"level", "increment"} and target.nature == "ratio"
    )


def _of_part(target: Target, own: str, rule: str | None) -> Target:
    """Return a target as it holds for a part of the region, without a value where it does not."""
    base, aim = None if target.baseline_bound else target.baseline_value, target.aim
    part = target._replace(baseline_value=None, baseline_bound=None)
    if target.region != own:
        return part._replace(value=None, value_high=None, revises=None)
    grows = target.kind == "level" and target.hold is None and rule == EQUAL_GROWTH
    if grows and aim is not None and base is not None and aim * base > 0:
        return part._replace(kind="multiple", value=aim / base, value_high=None, revises=None)
    if target.kind == "delegated" or is_shared(target):
        return part
    return part._replace(value=None, value_high=None, revises=None)


def _to_give(target: Target) -> Target:
    """Return a target whose value each region has of its own."""
    kind = "level" if target.kind == "delegated" else target.kind
    return target._replace(
        kind=kind, value_high=None, baseline_value=None, baseline_bound=None, revises=None,
        comparator="eq" if target.comparator in {None, "range"} else target.comparator,
    )  # fmt: skip


def _step_scale(variant: Target, original: Target) -> float:
    """Return what the document's milestones are multiplied by to hold for a variant; NaN: they do not."""
    base = original.baseline_value
    if variant.kind == "multiple" != original.kind and base:
        return 1 / base
    return 1.0 if variant is original or is_shared(original) else np.nan


def region_rule_named(name: str | None) -> str | None:
    """Return a rule for regional targets by its name; raise ``InputError`` for none there is."""
    if name not in {None, EQUAL_GROWTH}:
        expected = EQUAL_GROWTH
        raise InputError(
            [fault("bad-option", option="--region-rule", found=name, expected=expected)]
        )
    return name


def regions_of(own: str, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the regions to judge, each once; the document's ``own`` where none is asked for."""
    return tuple(dict.fromkeys(asked)) or (own,)
