"""Statuses of groups of series: the mean of their scores, and what the method calls it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods import Method
from mfgtargets.methods.verdict import Common, Verdict
from mfgtargets.series.reasons import Reason

# From which mean score a group has which status; the last holds for all below.
_CUTS = {"open-sdg": (2.5, 0.0, -2.5), "eurostat": (2.5, 0.25, -0.25, -2.5)}


def by_group(method: Method, verdict: Verdict, groups: Sequence[str]) -> list[dict[str, Any]]:
    """Return a record a group, in order of appearance: series, judged, score, status, reason.

    Open SDG: the plain mean of the scores; from 2.5 substantial, from 0 moderate, from -2.5 limited
    progress, below deterioration; ``target_achieved`` when every series judged is. Eurostat: above
    2.5, above 0.25, from -0.25, from -2.5, below. SDSN: statuses from 0 to 4 averaged, shown only
    when three quarters of the series have one. Other methods give groups no status.
    """
    names = list(dict.fromkeys(groups))
    places = {name: place for place, name in enumerate(names)}
    codes = np.array([places[name] for name in groups])
    order = np.argsort(codes, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(codes))[:-1])
    return [_group(method, verdict, *one) for one in zip(names, members, strict=True)]


def _group(method: Method, verdict: Verdict, name: str, mine: Any) -> dict[str, Any]:
    judged = mine[verdict.reason[mine] == 0]
    scores = verdict.score[judged][np.isfinite(verdict.score[judged])]
    status, score, reason = None, None, None
    if method.code in _CUTS and len(scores):
        score = float(scores.mean())
        cuts = _CUTS[method.code]
        place = next((n for n, cut in enumerate(cuts) if _reaches(score, cut, method)), len(cuts))
        if method.code == "open-sdg":
            everything = bool((verdict.common[judged] == Common.MET).all())
            status = method.words[0 if everything else place + 1]
        else:
            status = method.words[place]
    elif method.code == "sdsn" and len(judged) >= 0.75 * len(mine):
        score = float(_trend_points(verdict, judged).mean())
        status = method.words[3 - min(int(score), 3)]
    else:
        has_rule = method.code in _CUTS or method.code == "sdsn"
        reason = (Reason.TOO_FEW_POINTS if has_rule else Reason.NO_GROUP_RULE).code
    return {
        "group": name,
        "series": len(mine),
        "judged": len(judged),
        "score": score,
        "status": status or method.cannot,
        "reason": reason,
    }


def _reaches(score: float, cut: float, method: Method) -> bool:
    """Compare a mean with a cut: Eurostat's upper cuts must be passed, Open SDG's reached."""
    one, other = np.array([score]), np.array([cut])
    strict = method.code == "eurostat" and cut > 0
    return bool((paths.below(other, one) if strict else paths.at_least(one, other))[0])


def _trend_points(verdict: Verdict, judged: Any) -> Any:
    """Re-scale SDSN's trends to 0-4: decreasing to 1, stagnating to 2, improving to 3, on track to 4.

    Inside each step by the ratio to the pace that is needed.
    """
    ratio = np.nan_to_num(verdict.ratio[judged], nan=1.0)
    on_track = verdict.status[judged] == 0
    steps = np.select(
        [on_track, ratio >= 0.5, ratio >= 0],
        [3 + np.clip(ratio - 1, 0, 1), 2 + (ratio - 0.5) / 0.5, 1 + ratio / 0.5],
        np.clip(1 + ratio, 0, 1),
    )
    return np.clip(steps, 0, 4)
