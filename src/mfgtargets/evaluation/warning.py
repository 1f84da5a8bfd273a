"""Early warning: what lags, what is on track and will not be, and why."""

from typing import NamedTuple

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Result
from mfgtargets.series.arrays import Floats, Series

LEVELS = (1, 2, 3)  # warning, watch, smooth: 三级, as the statistics bureaus' barometers have it
_BEHIND = {"behind", "away"}
_LOOKED_BACK = 3  # whole years: two changes of the lead


class Warned(NamedTuple):
    """The level of one result and the reasons for it; no level where nothing can be told.

    ``leads`` are those of the three newest whole years, the oldest first.
    """

    result: Result
    level: int | None
    reasons: tuple[str, ...]
    leads: tuple[float, ...]


def warnings_of(check: Checked) -> tuple[Warned, ...]:
    """Return the early warning of each result of a check, in its order."""
    leads = leads_of(check.layout.series)
    found = []
    for n, result in enumerate(check.results):
        known = tuple(lead for lead in leads[n].tolist() if lead == lead)  # noqa: PLR0124 - not NaN
        sign = float(check.layout.series.direction[n])
        found.append(_warned(result, check.common[n], sign, known))
    return tuple(found)


def is_warning(one: Warned) -> bool:
    """Tell whether a result is to be warned of, or watched."""
    return one.level in {1, 2}


def _warned(result: Result, place: str | None, sign: float, leads: tuple[float, ...]) -> Warned:
    if place is None:
        return Warned(result, None, (result.reason or result.status,), leads)
    broken = [flag for flag in ("breached", "short_year") if flag in result.flags]
    if place in _BEHIND or broken:
        return Warned(result, 1, (*([result.status] if place in _BEHIND else []), *broken), leads)
    reasons = []
    if result.status not in {"met", "met_early"}:
        if _is_slow(result, sign):
            reasons.append("pace_short")
        if len(leads) == _LOOKED_BACK and leads[0] > leads[1] > leads[2]:
            reasons.append("lead_shrinking")
    if "reversing" in result.flags and result.status != "met":
        reasons.append("reversing")
    return Warned(result, 2 if reasons else 3, tuple(reasons), leads)


def _is_slow(result: Result, sign: float) -> bool:
    """Tell whether the achieved yearly change is less than what is still needed."""
    needed, achieved = result.required_change, result.achieved_change
    if needed is None or achieved is None:
        return False
    return sign * achieved < sign * needed - paths.EPSILON * max(1.0, abs(needed))


def leads_of(s: Series) -> Floats:
    """Return the leads of the newest whole years of each series, (n, 3), the oldest first.

    NaN where there are fewer, or no path.
    """
    size = len(s.direction)
    found = np.full((size, _LOOKED_BACK), np.nan)
    there = ~np.isnan(s.history_years)
    order = np.where(there, s.history_years, -np.inf).argsort(axis=1, kind="stable")
    count = min(_LOOKED_BACK, order.shape[1])
    for column in range(1, count + 1):
        place = order[:, -column][:, None]
        year = np.take_along_axis(s.history_years, place, axis=1)[:, 0]
        value = s.nearness(np.take_along_axis(s.history_values, place, axis=1)[:, 0])
        with np.errstate(all="ignore"):
            due = paths.on_path(s.knot_years, s.knot_values, year, s.curve)
            progress = paths.share(s.baseline, s.target, value, s.curve)
            lead = progress - paths.share(s.baseline, s.target, due, s.curve)
        counts = (s.no_path == 0) & (year > s.baseline_year) & np.isfinite(lead)
        found[:, -column] = np.where(counts, lead, np.nan)
    return found
