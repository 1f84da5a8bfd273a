"""Paths through knots (baseline, milestones, target), and the share of them covered.

Arrays: ``knot_years`` and ``knot_values`` have shape (n, k), all others (n,). Years count by
year-ends, values are in the indicator's unit. Where there is no number the result is NaN.
"""

from collections.abc import Callable

import numpy as np

from mfgtargets.series.arrays import Curve, Flags, Floats

EPSILON = 1e-9  # closer than this (relative; absolute below 1) counts as equal


def same(a: Floats, b: Floats) -> Flags:
    """Tell where ``a`` equals ``b`` but for floating point."""
    size = np.maximum(1.0, np.maximum(np.abs(a), np.abs(b)))
    equal: Flags = np.abs(a - b) <= EPSILON * size
    return equal


def at_least(a: Floats, b: Floats) -> Flags:
    """Tell where ``a`` is at least ``b``, floating point aside."""
    return (a >= b) | same(a, b)


def below(a: Floats, b: Floats) -> Flags:
    """Tell where ``a`` is below ``b`` by more than floating point."""
    return (a < b) & ~same(a, b)


def by_path(
    geometric: Flags, on_geometric: Callable[[], Floats], on_linear: Callable[[], Floats]
) -> Floats:
    """Choose between two formulas row by row; one that no row needs is not worked out."""
    if geometric.all():
        return on_geometric()
    if not geometric.any():
        return on_linear()
    result: Floats = np.where(geometric, on_geometric(), on_linear())
    return result


def share(start: Floats, end: Floats, value: Floats, curve: Curve) -> Floats:
    """Share of the way from ``start`` to ``end`` that ``value`` has covered, not clipped.

    Linear ``(v-b)/(T-b)``; geometric ``ln(v/b)/ln(T/b)``, the national rule for energy intensity;
    logistic the same of the odds ``p/(c-p)``.
    """
    start, end, value = map(curve.odds, (start, end, value))
    return by_path(
        curve.geometric,
        lambda: np.log(value / start) / np.log(end / start),
        lambda: (value - start) / (end - start),
    )


def along(start: Floats, end: Floats, part: Floats, curve: Curve) -> Floats:
    """Return the value at ``part`` of the way: ``b+(T-b)p``, or geometric ``b(T/b)^p``.

    Logistic: that whose odds are the geometric one.
    """
    start, end = map(curve.odds, (start, end))
    found = by_path(
        curve.geometric,
        lambda: start * (end / start) ** part,
        lambda: start + (end - start) * part,
    )
    return curve.values(found)


def segment(years: Floats, values: Floats, holds: Flags) -> tuple[Floats, Floats, Floats, Floats]:
    """Pick a segment of each path: years and values of its two ends.

    ``holds`` of shape (n, k-2) tells which inner knots lie before the point in question; unused
    inner knots, which repeat the baseline, always do.
    """
    unused = years[:, 1:-1] == years[:, :1]
    if years.shape[1] == 2:
        return years[:, 0], values[:, 0], years[:, 1], values[:, 1]
    index = (holds | unused).sum(axis=1)
    row = np.arange(len(years))
    return years[row, index], values[row, index], years[row, index + 1], values[row, index + 1]


def segment_in_time(
    years: Floats, values: Floats, at: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the segment that holds the time ``at``; the end segments continue."""
    return segment(years, values, years[:, 1:-1] <= at[:, None])


def on_path(years: Floats, values: Floats, at: Floats, curve: Curve) -> Floats:
    """Return the on-track value at the time ``at``."""
    year0, value0, year1, value1 = segment_in_time(years, values, at)
    return along(value0, value1, (at - year0) / (year1 - year0), curve)


def when_on_path(years: Floats, values: Floats, value: Floats, curve: Curve) -> Floats:
    """Return the time at which the path itself passes ``value`` (the end segments continue)."""
    rises = np.sign(values[:, -1] - values[:, 0])[:, None]
    passed = rises * (value[:, None] - values[:, 1:-1]) >= 0
    year0, value0, year1, value1 = segment(years, values, passed)
    return year0 + (year1 - year0) * share(value0, value1, value, curve)


def turns(values: Floats) -> Flags:
    """Tell which paths go both up and down."""
    steps = np.diff(values.T, axis=0)
    turning: Flags = np.any(steps > 0, axis=0) & np.any(steps < 0, axis=0)
    return turning


def yearly(start: Floats, end: Floats, years: Floats, curve: Curve) -> Floats:
    """Return the yearly change from ``start`` to ``end`` over ``years``.

    Linear in units a year, ``(T-b)/N``; geometric a signed fraction, ``(T/b)^(1/N)-1``;
    logistic that of the odds.
    """
    start, end = map(curve.odds, (start, end))
    return by_path(
        curve.geometric, lambda: (end / start) ** (1 / years) - 1, lambda: (end - start) / years
    )
