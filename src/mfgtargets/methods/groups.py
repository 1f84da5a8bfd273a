"""Statuses of groups of series: a mean over the members, and what the method calls it.

Groups stand in groups, as their names say (``a/b``). The members of a group are the series that
stand in it directly, and the means of its inner groups.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.method import Method
from mfgtargets.methods.verdict import Common, Verdict
from mfgtargets.series.arrays import Floats
from mfgtargets.series.reasons import Reason

Name = tuple[str, ...]

_DEEPEST = 20  # levels; what is behind is one name, so that no cell makes more groups than that


def by_group(method: Method, verdict: Verdict, groups: Sequence[str]) -> list[dict[str, Any]]:
    """Return a record a group, in order of appearance, outer groups before those in them.

    Fields: group, series, judged, score, status, reason. Series without a group come last, as a
    record without a name that is not judged.
    """
    counts = np.full(len(groups), np.nan)
    if method.group is not None:
        counts = np.where(verdict.reason == 0, method.group.counts(verdict), np.nan)
    series: dict[Name, list[int]] = {}
    members: dict[Name, list[float]] = {}
    for place, name in enumerate(map(_name, groups)):
        for depth in range(min(1, len(name)), len(name) + 1):
            series.setdefault(name[:depth], []).append(place)
            members.setdefault(name[:depth], [])
        members[name].append(counts[place])
    alone = series.pop((), None)
    means: dict[Name, float] = {}
    for name in sorted(series, key=len, reverse=True):
        numbers = np.array(members[name])
        numbers = numbers[np.isfinite(numbers)]
        means[name] = float(numbers.mean()) if len(numbers) else np.nan
        members.setdefault(name[:-1], []).append(means[name])
    found = [
        _record(method, verdict, "/".join(name), np.array(mine), means[name])
        for name, mine in series.items()
    ]
    if alone is not None:
        found.append(_record(method, verdict, None, np.array(alone), np.nan))
    return found


def _name(group: str) -> Name:
    """Return the name of a group by levels, the outermost first; none where it is blank."""
    parts = (part.strip() for part in group.split("/", _DEEPEST - 1))
    return tuple(part for part in parts if part)


def _record(
    method: Method, verdict: Verdict, name: str | None, mine: Any, mean: float
) -> dict[str, Any]:
    rule, judged = method.group, int((verdict.reason[mine] == 0).sum())
    status: str = method.cannot
    reason: str | None = None
    if rule is None:
        reason = Reason.NO_GROUP_RULE.code
    elif name is None:
        reason = Reason.NO_GROUP.code
    elif np.isnan(mean) or judged < rule.least * len(mine):
        reason = Reason.TOO_FEW_POINTS.code
    else:
        status = method.statuses[rule.status(mean, verdict, mine)]
    return {
        "group": name,
        "series": len(mine),
        "judged": judged,
        "score": None if reason else mean,
        "status": status,
        "reason": reason,
    }


def score_of(verdict: Verdict) -> Floats:
    """Return the score of each series."""
    return verdict.score


def all_met(verdict: Verdict, members: Any) -> bool:
    """Tell whether every member that could be judged is met."""
    judged = members[verdict.reason[members] == 0]
    return bool((verdict.common[judged] == Common.MET).all())


def place_among(cuts: Sequence[float], mean: float, strict_above: float = np.inf) -> int:
    """Return before how many cuts a mean stays: it reaches one from it on, or strictly above it."""
    one = np.array([mean])
    for place, cut in enumerate(cuts):
        other = np.array([cut])
        reaches = paths.below(other, one) if cut > strict_above else paths.at_least(one, other)
        if reaches[0]:
            return place
    return len(cuts)


def trend_of(verdict: Verdict) -> Floats:
    """Return SDSN's trend of each series on a scale of 0-4.

    Decreasing to 1, stagnating to 2, improving to 3, on track to 4; inside each step by the ratio
    to the pace that is needed. At the target or better it is 3.
    """
    q = np.nan_to_num(verdict.ratio, nan=-1.0)  # back from a target that was the baseline
    trend: Floats = np.select(
        [verdict.common == Common.MET, *(verdict.status == place for place in range(3))],
        [np.full_like(q, 3), 3 + np.clip(q - 1, 0, 1), 2 + (q - 0.5) / 0.5, 1 + q / 0.5],
        np.clip(1 - np.abs(q), 0, 1),
    )
    return trend
