"""What ``rank`` puts out as data: scores, and a record a region and target."""

from typing import Any

import numpy as np

from mfgtargets.evaluation.ranking import Ranking
from mfgtargets.render.sources import actuals_fields
from mfgtargets.series.arrays import Floats

_RESULT = (
    "region target_id indicator name_zh name_en target_year unit latest_period latest_value lead "
    "status reason flags"
).split()


def rank_fields(found: Ranking) -> dict[str, Any]:
    """Return what ``rank --format json`` prints."""
    check = found.check
    weights = found.weights.tolist()
    return {
        "document": check.document.id,
        "as_of": check.as_of,
        "by": found.by,
        "actuals": actuals_fields(check.actuals),
        "weights": [
            {"target_id": target.id, "weight": weight}
            for target, weight in zip(found.targets, weights, strict=True)
        ],
        "scores": [score_of(found, k) for k in range(len(found.regions))],
        "results": [
            _record(found, k, n) for n in range(len(weights)) for k in range(len(found.regions))
        ],
    }


def score_of(found: Ranking, k: int) -> dict[str, Any]:
    """Return place and score of a region, and what they rest on."""
    known = ~np.isnan(found.shares[k]) & (found.weights > 0)
    return {
        "region": found.regions[k],
        "place": place_or_none(int(found.score_place[k])),
        "score": number(found.score, k),
        "indicators": int(known.sum()),
        "weight_known": float(found.weights[known].sum() / found.weights.sum()),
        "moved": None if found.score_moved is None else number(found.score_moved, k),
    }


def _record(found: Ranking, k: int, n: int) -> dict[str, Any]:
    result = found.check.results[k * len(found.weights) + n]
    own = {name: getattr(result, name) for name in _RESULT}
    measures = {name: number(found.values[name], k, n) for name in ("change", "percent", "yearly")}
    all_places = {f"place_{name}": place_or_none(int(p[k, n])) for name, p in found.places.items()}
    return own | measures | {
        "place": place_or_none(int(found.places[found.by][k, n])),
        **all_places,
        "moved": None if found.moved is None else number(found.moved, k, n),
        "share": number(found.shares, k, n),
        "weight": float(found.weights[n]),
        "score": number(found.score, k),
        "score_place": place_or_none(int(found.score_place[k])),
    }  # fmt: skip


def number(values: Floats, *at: int) -> float | None:
    """Return one number of an array, None for NaN."""
    return None if np.isnan(values[at]) else float(values[at])


def place_or_none(place: int) -> int | None:
    """Return a place, None for none."""
    return place or None
