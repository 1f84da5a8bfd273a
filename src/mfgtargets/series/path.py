"""The promised side on the scale of the arithmetic: the knots from baseline to target."""

from typing import NamedTuple

import numpy as np

from mfgtargets.series.arrays import Codes, Flags, Floats, Scale
from mfgtargets.series.points import Points
from mfgtargets.series.promised import Promised, of_kind
from mfgtargets.series.reasons import Reason


class Path(NamedTuple):
    """The paths of ``n`` targets.

    ``years`` and ``values`` of shape (n, k) run from baseline through milestones to target; unused
    columns repeat the baseline, which is NaN where there is none. ``no_path`` says why there is
    none to measure against, ``is_there`` whether there is a target to be judged by at all.
    ``base_year`` and ``base_value`` are the baseline as it was printed or measured.
    """

    years: Floats
    values: Floats
    no_path: Codes
    is_there: Flags
    base_year: Floats
    base_value: Floats
    base_measured: Flags

    @property
    def has_baseline(self) -> Flags:
        """Which paths have a beginning."""
        return ~np.isnan(self.values[:, 0])


def path_of(promised: Promised, levels: Points) -> Path:
    """Lay out the path of every target; ``levels`` are measured levels, for missing baselines."""
    p, scale, sums = promised, promised.scale, promised.sums
    base_year, base_value, measured = _baseline(p, levels)
    first = np.where(scale != Scale.LEVEL, 1.0, np.where(sums, 0.0, base_value))
    has_none = of_kind(p.kind, "rank", "event") | (p.hold > 0)
    first_year = np.where(p.has_period, p.start - 1, base_year)
    target = on_scale(p, p.aim, base_value)
    known = ~(np.isnan(p.year) | np.isnan(target))
    begins = ~(np.isnan(first_year) | np.isnan(first)) & ~has_none
    # A baseline without a target is still where a trend begins, when nobody set a target.
    by_trend = (p.unset == Reason.NO_TARGET) & of_kind(p.kind, "level")
    by_trend |= np.isnan(p.aim) & (p.unset == Reason.NO_REGIONAL_TARGET) & ~has_none
    begins &= known | by_trend
    start = np.where(begins, first_year, np.nan), np.where(begins, first, np.nan)
    years, values = _through(p, *start, target, base_value)
    unstarted = p.has_period & np.isnan(p.start)
    cases = [
        (np.isnan(p.aim) & p.relative, Reason.NO_BENCHMARK),
        (np.isnan(p.aim) & p.set_yearly, Reason.SET_YEARLY),
        (np.isnan(p.aim), p.unset),
        (np.isnan(p.year), Reason.NO_TARGET_YEAR),
        (has_none, Reason.NO_PATH),
        (~begins & unstarted, Reason.NO_PERIOD_START),
        (~begins & p.bounded_base, Reason.BASELINE_BOUND),
        (~begins, Reason.NO_BASELINE),
    ]
    reasons = [np.asarray(reason, dtype=np.int8) for _, reason in cases]
    no_path = np.select([condition for condition, _ in cases], reasons, np.int8(Reason.NONE))
    return Path(years, values, no_path, known | by_trend, base_year, base_value, measured)


def _baseline(p: Promised, levels: Points) -> tuple[Floats, Floats, Flags]:
    """Return year and value of each baseline, the document's or measured, and which are measured."""
    at_base = levels.exact & (levels.time == p.base_year[levels.series])
    found = np.full(len(p.kind), np.nan)
    found[levels.series[at_base]] = levels.value[at_base]
    measured = np.isnan(p.base_value) & ~np.isnan(found)
    value = np.where(np.isnan(p.base_value), found, p.base_value)
    unknown = np.isnan(value) & ~of_kind(p.kind, "cumulative_change")
    return np.where(unknown, p.own_base_year, p.base_year), value, measured


def on_scale(p: Promised, printed: Floats, base: Floats) -> Floats:
    """Return values to reach, as printed, on the scale of the arithmetic; NaN where unknown."""
    with np.errstate(all="ignore"):
        years = p.year - p.start + 1
        share = 1 + p.direction * printed / 100
        found: Floats = np.select(
            [
                p.scale == Scale.SIZE,
                p.scale == Scale.RATE,
                of_kind(p.kind, "multiple"),
                of_kind(p.kind, "annual_flow"),
                p.raises,
            ],
            [
                share,
                np.where(np.isnan(years), np.nan, share**years),
                printed * base,
                printed * years,
                base + p.direction * printed,
            ],
            printed,
        )
    return found


def _through(
    p: Promised, start_year: Floats, start: Floats, target: Floats, base: Floats
) -> tuple[Floats, Floats]:
    """Return the knots: start, the milestones between it and the target, target."""
    size, count = p.step_years.shape
    years, values = np.empty((size, count + 2)), np.empty((size, count + 2))
    joins = ~of_kind(
        p.kind, "growth_rate", "annual_flow", "rank"
    )  # each of these stands for itself
    for n in range(count):
        year, value = p.step_years[:, n], on_scale(p, p.step_aims[:, n], base)
        between = joins & (year > start_year) & (year < p.year) & ~np.isnan(value)
        years[:, n + 1] = np.where(between, year, start_year)
        values[:, n + 1] = np.where(between, value, start)
    years[:, 0], values[:, 0] = start_year, start
    years[:, -1], values[:, -1] = p.year, target
    if count:
        order = years[:, :-1].argsort(axis=1, kind="stable")
        years[:, :-1] = np.take_along_axis(years[:, :-1], order, axis=1)
        values[:, :-1] = np.take_along_axis(values[:, :-1], order, axis=1)
    return years, values
