"""How much a target asks for beyond what the trend before it would have given."""

from typing import NamedTuple

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.evaluation.check import Checked
from mfgtargets.series.arrays import Scale

_LEAST = 4  # whole years that make a trend


class Ambition(NamedTuple):
    """Where the years up to the baseline lead to, and how much more (if negative, less) is asked."""

    trend: float
    ambition: float


def ambition_of(check: Checked, n: int) -> Ambition | None:
    """Return the ambition of a check's target ``n``, by the rule of projections.

    The trend is the change from the first of the whole years up to the baseline to the last, a
    year, on the target's own path; None with fewer than four of them, or for what is no level.
    """
    s = check.layout.series
    base, target = s.baseline_year[n], float(s.target[n])
    before = s.history_years[n] <= base
    known = dict(zip(s.history_years[n][before], s.history_values[n][before], strict=True))
    known |= {base: s.baseline[n]} if np.isfinite(s.baseline[n]) else {}
    if len(known) < _LEAST or s.scale[n] != Scale.LEVEL or np.isnan(target):
        return None
    first, value = min(known), known[min(known)]
    part = np.array([(s.target_year[n] - first) / (base - first)])
    ends = np.array([value]), np.array([known[base]])
    with np.errstate(all="ignore"):
        trend = float(paths.along(*ends, part, s.curve.at([n]))[0])
    return Ambition(trend, float(s.direction[n]) * (target - trend)) if np.isfinite(trend) else None
