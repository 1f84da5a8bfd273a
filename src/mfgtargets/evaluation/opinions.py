"""What a method says of each series, taken out of the arrays, and why methods differ."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.method import Method, since_baseline
from mfgtargets.methods.verdict import Common, Verdict
from mfgtargets.series.arrays import Coded, Flags, Series
from mfgtargets.series.reasons import Reason

FLAG_ORDER = (
    "below_baseline reversing proxy provisional estimated break bound part_year stale late "
    "within_approx short_year breached within_rounding annualised wrong_side zero_substituted nearest_baseline "
    "target_raised target_lowered"
).split()


_PATHS = {"compound": "geometric", "straight": "linear"}


class Opinion(NamedTuple):
    """What one method says of one row: in its own word and numbers, and on the common scale."""

    method: str
    status: str
    reason: str | None
    common: str | None
    ratio: float | None
    score: float | None
    flags: tuple[str, ...]
    differs_in: tuple[str, ...]  # from the default: path, window or thresholds


def opinions(method: Method, found: Verdict, s: Series) -> tuple[Opinion, ...]:
    """Return what a method says of each row."""
    differs = _differences(s, method)
    return tuple(
        Opinion(
            method=method.code,
            status=method.status(int(status)),
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


def _differences(s: Series, method: Method) -> tuple[tuple[str, ...], ...]:
    """Return for each series ``path`` and ``window`` as they differ, else ``thresholds``.

    The path differs where one is compound and the other straight; the window where the pace in it
    is not that since the baseline.
    """
    other_path: Flags = np.zeros(s.value.shape, dtype=bool)
    if method.path != "own":
        other_path = s.curve.names.array(str) != _PATHS[method.path]
    with np.errstate(all="ignore"):
        since_base, pace = since_baseline(s), method.pace(s)
        other_window = ~paths.same(pace, since_base) & np.isfinite(pace)
    found = []
    for path, window in zip(other_path.tolist(), other_window.tolist(), strict=True):
        named = tuple(name for name, is_so in (("path", path), ("window", window)) if is_so)
        found.append(named or ("thresholds",))
    return tuple(found)


def status_column(verdict: Verdict, method: Method) -> Coded:
    """Return a method's statuses in its own words."""
    codes = np.where(verdict.status < 0, len(method.statuses), verdict.status)
    return Coded(codes, (*method.statuses, method.cannot))


def flag_column(masks: Mapping[str, Flags], size: int) -> Coded:
    """Return the flags of each row as a tuple, in their order."""
    names = [name for name in FLAG_ORDER if name in masks]
    bits = np.zeros(size, dtype=np.int64)
    for n, name in enumerate(names):
        bits |= masks[name].astype(np.int64) << n
    kinds, codes = np.unique(bits, return_inverse=True)
    every = kinds.tolist()
    return Coded(codes, [tuple(x for n, x in enumerate(names) if one >> n & 1) for one in every])
