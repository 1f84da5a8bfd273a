"""What a method says of one series, taken out of the arrays."""

from typing import NamedTuple

import numpy as np

from mfgtargets.methods import Method
from mfgtargets.evaluation.differences import differences
from mfgtargets.methods.verdict import Common, Verdict
from mfgtargets.series.arrays import Series
from mfgtargets.series.reasons import Reason

FLAG_ORDER = (
    "below_baseline reversing proxy provisional estimated break bound part_year stale late "
    "within_approx short_year wrong_side zero_substituted"
).split()


class Said(NamedTuple):
    """What one method says of one row: in its own word and numbers, and on the common scale."""

    method: str
    status: str
    reason: str | None
    common: str | None
    ratio: float | None
    score: float | None
    flags: tuple[str, ...]
    differs_in: tuple[str, ...]  # from the default: path, window or thresholds


def said_by(method: Method, found: Verdict, s: Series) -> tuple[Said, ...]:
    """Return what a method says of each row."""
    differs = differences(s, method)
    return tuple(
        Said(
            method=method.code,
            status=method.word(int(status)),
            reason=Reason(int(reason)).code if reason else None,
            common=Common(int(common)).code,
            ratio=None if np.isnan(ratio) else float(ratio),
            score=None if np.isnan(score) else float(score),
            flags=tuple(
                name for name in FLAG_ORDER if name in found.flags and found.flags[name][n]
            ),
            differs_in=differs[n],
        )
        for n, (status, reason, common, ratio, score) in enumerate(zip(*found[:5], strict=True))
    )
