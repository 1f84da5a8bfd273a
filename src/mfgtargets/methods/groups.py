"""Statuses of groups of series: a mean over the members, and what the method calls it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.method import Method
from mfgtargets.methods.verdict import Common, Verdict
from mfgtargets.series.reasons import Reason


def by_group(method: Method, verdict: Verdict, groups: Sequence[str]) -> list[dict[str, Any]]:
    """Return a record a group, in order of appearance: series, judged, score, status, reason."""
    names = list(dict.fromkeys(groups))
    places = {name: place for place, name in enumerate(names)}
    codes = np.array([places[name] for name in groups])
    order = np.argsort(codes, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(codes))[:-1])
    return [_group(method, verdict, *one) for one in zip(names, members, strict=True)]


def _group(method: Method, verdict: Verdict, name: str, mine: Any) -> dict[str, Any]:
    judged = mine[verdict.reason[mine] == 0]
    score = None if method.group is None else method.group.mean(verdict, judged, len(mine))
    status: str = method.cannot
    reason: str | None = Reason.NO_GROUP_RULE.code
    if method.group is not None:
        reason = Reason.TOO_FEW_POINTS.code
    if method.group is not None and score is not None:
        status, reason = method.statuses[method.group.status(score, verdict, judged)], None
    return {
        "group": name,
        "series": len(mine),
        "judged": len(judged),
        "score": score,
        "status": status,
        "reason": reason,
    }


def mean_score(verdict: Verdict, judged: Any, _: int) -> float | None:
    """Return the plain mean of the scores there are."""
    scores = verdict.score[judged][np.isfinite(verdict.score[judged])]
    return float(scores.mean()) if len(scores) else None


def all_met(verdict: Verdict, judged: Any) -> bool:
    """Tell whether every member that could be judged is met."""
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


def mean_trend(verdict: Verdict, judged: Any, size: int) -> float | None:
    """Return the mean of SDSN's trends on a scale of 0-4, where three quarters have one.

    Decreasing to 1, stagnating to 2, improving to 3, on track to 4; inside each step by the ratio
    to the pace that is needed.
    """
    if not len(judged) >= 0.75 * size:
        return None
    ratio = np.nan_to_num(verdict.ratio[judged], nan=1.0)
    steps = np.select(
        [verdict.status[judged] == 0, ratio >= 0.5, ratio >= 0],
        [3 + np.clip(ratio - 1, 0, 1), 2 + (ratio - 0.5) / 0.5, 1 + ratio / 0.5],
        np.clip(1 + ratio, 0, 1),
    )
    return float(np.clip(steps, 0, 4).mean())
