"""Regions against each other: places by several measures, and a score of all indicators."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.arithmetic.quantities import put_out
from mfgtargets.arithmetic.ranking import Places, normalised, places, scores
from mfgtargets.document.records import Target
from mfgtargets.evaluation.asked import find_indicator
from mfgtargets.evaluation.check import Checked
from mfgtargets.faults import Fault, InputError, fault
from mfgtargets.series.arrays import Flags, Floats, Scale, Series
from mfgtargets.series.judged import at_places
from mfgtargets.series.layout import Layout
from mfgtargets.series.measured import LETTERS

MEASURES = ("level", "lead", "change", "percent", "yearly")
MOVEMENT = "movement"
BY = (*MEASURES, MOVEMENT)
_HEAVIEST = 1e6  # weight


class Measured(NamedTuple):
    """Each measure of k regions and n targets as it is shown, (k, n), and its sign: +1, larger is better."""

    values: Mapping[str, Floats]
    signs: Mapping[str, Floats]


class Ranking(NamedTuple):
    """A league table of the regions of a check.

    Arrays of shape (k, n) are by region and target: ``places`` by each measure (0: missing), ``shares``
    of the way from worst to best by the measure asked for, ``moved`` the places gained since an
    earlier check; of shape (k,) ``score``, its ``score_place`` and ``score_moved``; of (n,) ``weights``.
    """

    check: Checked
    by: str
    values: Mapping[str, Floats]
    places: Mapping[str, Places]
    shares: Floats
    weights: Floats
    score: Floats
    score_place: Places
    moved: Floats | None
    score_moved: Floats | None

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions ranked."""
        return self.check.regions

    @property
    def measured(self) -> list[int]:
        """The targets that some region is ranked by, as their places."""
        found: list[int] = np.flatnonzero((self.places[self.by] > 0).any(axis=0)).tolist()
        return found

    @property
    def targets(self) -> list[Target]:
        """The targets they are ranked by."""
        return [basis.target for basis in self.check.bases[: len(self.weights)]]


def ranking_of(
    check: Checked,
    by: str = "level",
    weights: Mapping[str, float] | None = None,
    earlier: Sequence[Mapping[str, Any]] | None = None,
) -> Ranking:
    """Rank the regions of a check by a measure of ``BY``.

    ``weights`` of indicators come before those of the document, which count 1 each where it states
    none; ``earlier`` are results of a check before. Raises ``InputError`` for a single region, where
    nothing is known to rank by, and for weights that make no sense.
    """
    if by not in BY:
        told = ", ".join(BY)
        raise InputError([fault("bad-option", option="--by", found=by, expected=told)])
    if by == MOVEMENT and earlier is None:
        needed = {"option": f"--by {by}", "expected": "--since FILE"}
        raise InputError([Fault("option-without", details=needed)])
    size = len(check.regions)
    if size < 2:
        raise InputError([fault("one-region", found=check.regions[0])])
    found = measures_of(check.layout, check.assessment.quantities["lead"].value, size)
    alike = of_one_year(check.layout, size)
    keys = {
        name: np.where(alike, found.signs[name] * value, np.nan)
        for name, value in found.values.items()
    }
    by_measure = {name: places(key) for name, key in keys.items()}
    measure = "level" if by == MOVEMENT else by
    own, moved = by_measure[measure], None
    before = None if earlier is None else _earlier(check, earlier, measure, found.signs[measure])
    if before is not None:
        moved = _gained(places(before), own)
    if by == MOVEMENT and moved is not None:
        keys[by], by_measure[by] = moved, places(moved)
    key = keys[by]
    if np.isnan(key).all():
        raise InputError([fault("nothing-ranked", found=by)])
    measured = by_measure[by].max(axis=0) > 0
    counted = weights_of(check, key.shape[1], weights or {}, measured)
    shares = normalised(key)
    score = scores(shares, counted)
    place = places(score[:, None])[:, 0]
    score_moved = None
    if before is not None:
        then, now = (
            places(scores(normalised(one), counted)[:, None]) for one in (before, keys[measure])
        )
        score_moved = _gained(then, now)[:, 0]
    return Ranking(
        check, by, found.values, by_measure, shares, counted, score, place, moved, score_moved
    )


def _gained(before: Places, now: Places) -> Floats:
    """Return how many places were gained; NaN where one of the two is missing."""
    known = (before > 0) & (now > 0)
    return np.where(known, before - now, np.nan).astype(np.float64)


def measures_of(layout: Layout, lead: Floats, size: int) -> Measured:
    """Return the measures of each series by region and target, ``size`` regions of them.

    Level: the value judged, else the level shown. Change: since the baseline, in units and in
    percent. Yearly: on the year before, in percent on a geometric path. Bounds have no measure.
    """
    s = layout.series
    with np.errstate(all="ignore"):
        exact = np.where(s.bound == 0, s.value, np.nan)
        scaled = s.scale != Scale.LEVEL
        span = np.where(s.year > s.baseline_year, s.year - s.baseline_year, np.nan)
        level = np.where(np.isnan(s.value), _shown(layout), put_out(s, exact, span))
        base = np.where(np.isnan(s.baseline) & ~scaled, layout.path.base_value, s.baseline)
        since = np.where(np.isnan(s.baseline_year), layout.path.base_year, s.baseline_year)
        now = np.where(scaled, exact, level)
        now = np.where(s.year > since, now, np.nan)
        percent = np.where(base > 0, 100 * (now / base - 1), np.nan)
        change = np.where(scaled, percent, now - base)
        year = _year_before(s)
        yearly = np.where(
            s.geometric, np.where(year > 0, 100 * (exact / year - 1), np.nan), exact - year
        )
        nearer = np.where(s.toward, s.nearness(level), level)
    way = s.direction
    level_way = np.where(scaled, 1.0, way)
    values = {"level": nearer, "lead": lead, "change": change, "percent": percent, "yearly": yearly}
    signs = {"level": level_way, "lead": np.ones(len(way))} | dict.fromkeys(MEASURES[2:], way)
    return Measured(*({k: v.reshape(size, -1) for k, v in one.items()} for one in (values, signs)))


def of_one_year(layout: Layout, size: int) -> Flags:
    """Tell which values of ``size`` regions are of the year that most have, by region and target.

    Of two such years it is the later. A value of another year is no match for them, and has no place.
    """
    s, shown = layout.series, layout.shown
    year = np.where(np.isnan(s.value), at_places(layout.measured.year, shown), np.ceil(s.year))
    year = np.where(np.isnan(s.value) & (shown < 0), np.nan, year).reshape(size, -1)
    usual = np.full(year.shape[1], np.nan)
    for n, column in enumerate(year.T):
        years, counts = np.unique(column[~np.isnan(column)], return_counts=True)
        if len(years):
            usual[n] = years[counts == counts.max()].max()
    alike: Flags = year == usual
    return alike


def _shown(layout: Layout) -> Floats:
    """Return the exact level that is shown where none is judged for want of a target."""
    o, at = layout.measured, layout.shown
    found = np.full(len(at), np.nan)
    usable = (at >= 0) & ~layout.path.is_there & (layout.series.scale == Scale.LEVEL)
    rows = np.flatnonzero(usable)
    rows = rows[
        o.of_measure("level")[at[rows]]
        & (o.bound[at[rows]] == 0)
        & (o.letters[at[rows]] & LETTERS["D"] == 0)
    ]
    found[rows] = o.value[at[rows]]
    return found


def _year_before(s: Series) -> Floats:
    """Return the exact whole-year value of the year before the one judged, NaN where unknown."""
    years = np.column_stack((s.baseline_year, s.history_years))
    values = np.column_stack((s.baseline, s.history_values))
    is_it = years == s.year[:, None] - 1
    found: Floats = np.max(values, axis=1, initial=-np.inf, where=is_it)
    return np.where(is_it.any(axis=1), found, np.nan)


def _earlier(check: Checked, rows: Sequence[Mapping[str, Any]], by: str, signs: Floats) -> Floats:
    """Return a measure of the earlier check by region and target, larger being better."""
    at = {(row["region"], row["target_id"]): row for row in rows if "region" in row}
    found = np.full(len(check.results), np.nan)
    for n, result in enumerate(check.results):
        row = at.get((result.region, result.target_id))
        value = None if row is None else _measure_of(row, by)
        found[n] = np.nan if value is None else value
    found[check.layout.series.toward] = np.nan
    shown: Floats = signs * found.reshape(signs.shape)
    return shown


def _measure_of(row: Mapping[str, Any], by: str) -> float | None:
    """Return a measure of a result of an earlier check; None where it does not say it."""
    value, base = row.get("lead" if by == "lead" else "latest_value"), row.get("baseline_value")
    if value is None or row.get("latest_bound") or "proxy" in (row.get("flags") or ()):
        return None
    if by in {"level", "lead"}:
        return float(value)
    if base is None or by == "yearly" or row.get("kind") in {"growth_rate", "cumulative_change"}:
        return None
    value, base = float(value), float(base)
    return 100 * (value / base - 1) if by == "percent" and base > 0 else value - base


def weights_of(check: Checked, size: int, given: Mapping[str, float], measured: Flags) -> Floats:
    """Return the weight of each target: given, else the document's, else 1 where it states none.

    What is ``measured`` in no region counts nothing.
    Raises ``InputError`` for a negative weight, one of what is not ranked, and for none above zero.
    """
    targets = [basis.target for basis in check.bases[:size]]
    own = {find_indicator(check.document, name): value for name, value in given.items()}
    faults: list[Fault] = []
    for name, value in own.items():
        if not 0 <= value <= _HEAVIEST:
            faults.append(fault("bad-weight", found=f"{name}={value:g}"))
        elif name not in {target.indicator for target in targets}:
            faults.append(fault("weight-unranked", found=name))
    stated = any(target.weight is not None for target in targets)
    every = [own.get(t.indicator, t.weight or (0.0 if stated else 1.0)) for t in targets]
    counted = np.where(measured, every, 0.0)
    if not faults and not counted.any():
        faults.append(fault("weights-zero"))
    if faults:
        raise InputError(faults)
    return counted
