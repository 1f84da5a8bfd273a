"""From which value a target counts as met, and which years of a yearly aim fell short."""

import numpy as np

from mfgtargets.series.arrays import Flags, Floats, Scale
from mfgtargets.series.measured import Measured
from mfgtargets.series.path import Path
from mfgtargets.series.points import Points
from mfgtargets.series.promised import Promised, of_kind

_EPSILON = 1e-9


def thresholds(p: Promised, path: Path, approx: float) -> tuple[Floats, Floats]:
    """Return from which value each target counts as met in its year, and before it.

    左右 and 基本 leave ``approx`` per cent in the target's year, and in each year of a value to be
    kept: of the rate, of the size of a change, of the distance from the baseline, or of the target
    where it has none or is to be come near to.
    """
    aim, base, kept = path.values[:, -1], path.values[:, 0], 1 - approx / 100
    years = np.round(path.years[:, -1] - path.years[:, 0])
    with np.errstate(all="ignore"):
        share = 1 + p.direction * p.aim * kept / 100
        by_distance = of_kind(p.kind, "level", "multiple", "increment") & path.has_baseline
        by_distance &= ~(p.toward | p.sums)
        span = np.where(by_distance, np.abs(aim - base), np.abs(aim - p.offset))
        below = aim - p.direction * span * approx / 100
        lenient = np.select(
            [p.scale == Scale.RATE, p.scale == Scale.SIZE], [share**years, share], below
        )
    met_from = np.where(p.lenient, lenient, aim)
    return met_from, np.where(p.hold > 0, met_from, aim)


def is_short(p: Promised, path: Path, o: Measured, points: Points, approx: float) -> Flags:
    """Tell which yearly aims a whole year fell short of for certain."""
    yearly = of_kind(p.kind, "annual_flow") & path.has_baseline & path.is_there
    found = np.zeros(len(p.kind), dtype=bool)
    if not yearly.any():
        return found
    due = p.aim * np.where(p.lenient, 1 - approx / 100, 1)
    mine = np.flatnonzero(yearly[points.series] & points.exact)
    series = points.series[mine]
    goes_on = np.append(False, series[1:] == series[:-1])
    before = np.where(goes_on, np.roll(mine, 1), -1)
    time = np.where(before >= 0, points.time[before], path.years[series, 0])
    value = np.where(before >= 0, points.value[before], 0.0)
    short = falls_short(
        points.value[mine] - value, due[series] * (points.time[mine] - time), p.strict[series]
    )
    found[series[short]] = True
    inside = (path.years[:, 0][o.series] < o.first_year) & (o.year <= p.year[o.series])
    bounded = o.of_measure("added") & o.is_whole & (o.bound < 0)
    mine = np.flatnonzero(yearly[o.series] & inside & bounded)
    series = o.series[mine]
    years = o.year[mine] - o.first_year[mine] + 1
    strict = o.exclusive[mine] | p.strict[series]
    found[series[falls_short(o.value[mine], due[series] * years, strict)]] = True
    return found


def falls_short(value: Floats, due: Floats, strict: Flags) -> Flags:
    """Tell where a value is below what was due, or with ``strict`` not above it."""
    same = np.abs(value - due) <= _EPSILON * np.maximum(1.0, np.maximum(np.abs(value), np.abs(due)))
    short: Flags = ((value < due) & ~same) | (same & strict)
    return short
