"""What a method says of series, and the scale on which methods can be compared."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.series.arrays import Codes, Flags, Floats, Series
from mfgtargets.series.reasons import SET_ELSEWHERE, Reason

CANNOT = -1  # the status of a series that a method cannot judge


class Common(IntEnum):
    """The scale beside every method's own words."""

    NONE = 0
    MET = 1
    ON_TRACK = 2
    BEHIND = 3
    AWAY = 4

    @property
    def code(self) -> str | None:
        """The code as users see it; None where the method cannot judge."""
        return self.name.lower() if self else None


class Tolerance(NamedTuple):
    """How far off its schedule a series may be, as shares of the plan's distance.

    ``asked`` is what was asked for, ``width`` (n,) what each gets, ``coarse`` (n,) tells which
    values are rounded so coarsely that no width helps.
    """

    asked: float
    width: Floats
    coarse: Flags


class Verdict(NamedTuple):
    """A method's judgement of ``n`` series.

    ``status`` counts the method's own words from 0 (``CANNOT`` with a ``reason``); ``ratio`` and
    ``score`` are its own numbers, NaN where it has none; ``flags`` are masks by name.
    """

    status: Codes
    reason: Codes
    common: Codes
    ratio: Floats
    score: Floats
    flags: dict[str, Flags]


def verdict(
    classes: list[tuple[Flags, int, Common]],
    refusals: list[tuple[Flags | Codes, Reason | None]],
    ratio: Floats,
    score: Floats,
    flags: dict[str, Flags] | None = None,
) -> Verdict:
    """Put a verdict together: the first refusal that holds, else the first class that does.

    A class is a mask, a status and its place on the common scale; a refusal a mask with its reason,
    or an array of reasons with None.
    """
    shape = ratio.shape
    reason = np.zeros(shape, dtype=np.int8)
    for condition, why in refusals:
        found = condition if why is None else np.where(condition, np.int8(why), np.int8(0))
        reason = np.where(reason == 0, found, reason).astype(np.int8)
    masks = [mask for mask, _, _ in classes]
    status = np.select(masks, [np.int8(code) for _, code, _ in classes], np.int8(CANNOT))
    common = np.select(masks, [np.int8(place) for _, _, place in classes], np.int8(Common.NONE))
    reason = np.where((reason == 0) & (status == CANNOT), np.int8(Reason.OVERFLOW), reason)
    judged = reason == 0
    return Verdict(
        np.where(judged, status, np.int8(CANNOT)).astype(np.int8),
        reason.astype(np.int8),
        np.where(judged, common, np.int8(Common.NONE)).astype(np.int8),
        np.where(judged & np.isfinite(ratio), ratio, np.nan),
        np.where(judged & np.isfinite(score), score, np.nan),
        {name: mask & judged for name, mask in (flags or {}).items()},
    )


def nothing(s: Series) -> Floats:
    """Return the number a method does not have."""
    return np.full(s.value.shape, np.nan)


def refused(s: Series) -> Codes:
    """Say why no method but the schedule could judge: what is not known, not exact, not a series."""
    found = np.where(s.bound != 0, np.int8(Reason.BOUND), np.int8(0))
    found = np.where(np.isnan(s.value), np.int8(Reason.NO_DATA), found)
    found = np.where(s.blocked != 0, s.blocked, found)
    unset = np.isin(
        s.no_path,
        (
            *SET_ELSEWHERE,
            Reason.NO_REGIONAL_TARGET,
            Reason.NO_TARGET_YEAR,
            Reason.NO_PERIOD_START,
        ),
    )
    found = np.where(unset, s.no_path, found)
    return np.where(s.unsupported, np.int8(Reason.KIND_UNSUPPORTED), found)


def meets(s: Series) -> Flags:
    """Tell where the value is at the target or better, as these methods see it (never strictly)."""
    return paths.at_least(s.direction * s.value, s.direction * s.target)


def wrong_side(s: Series) -> Flags:
    """Tell where the target is worse than the baseline."""
    return paths.below(s.direction * s.target, s.direction * s.baseline)


def growth(start: Floats, end: Floats, years: Floats) -> Floats:
    """Return the compound yearly change ``(end/start)^(1/years) - 1``, a fraction."""
    result: Floats = (end / start) ** (1 / years) - 1
    return result


def needs_target(s: Series) -> tuple[Flags, Reason]:
    """Refuse series without a target."""
    return np.isnan(s.target), Reason.NO_TARGET
