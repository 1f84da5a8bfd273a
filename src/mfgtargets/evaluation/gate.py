"""Which results let a check fail: one rule for exit codes, annotations and test reports."""

from collections.abc import Iterable

from mfgtargets.evaluation.check import Checked
from mfgtargets.methods import method_of

# The statuses of the plan's own schedule, and the places of other methods on the common scale,
# from the worst on.
_MISSED, _LAGGING, _UNKNOWN = "missed", "lagging", "no_data"
_GATES = {
    "never": frozenset[str](),
    _MISSED: frozenset({_MISSED}),
    _LAGGING: frozenset({_MISSED, _LAGGING}),
    _UNKNOWN: frozenset({_MISSED, _LAGGING, _UNKNOWN}),
}
_BY_STATUS = {
    "missed": _MISSED,
    "lagging": _LAGGING,
    "no_data": _UNKNOWN,
    "not_assessable": _UNKNOWN,
}
_FROM_WORST = ("away", "behind", "on_track", "met", None)  # the common scale
_BY_PLACE = {"away": _MISSED, "behind": _LAGGING}


def severity(check: Checked, n: int) -> str | None:
    """Return how bad result ``n`` is: ``missed``, ``lagging``, ``no_data``, or None.

    Under other methods than the plan's own by the common scale; what is set elsewhere never counts.
    """
    result, place = check.results[n], check.common[n]
    if method_of(check.method).by_plan:
        return _BY_STATUS.get(result.status)
    if place is None:
        return None if result.reason == "delegated" else _UNKNOWN
    return _BY_PLACE.get(place)


def is_failing(check: Checked, n: int, fail_on: str) -> bool:
    """Tell whether result ``n`` is in the set: ``never``, ``missed``, ``lagging`` or ``no_data``."""
    return severity(check, n) in _GATES[fail_on]


def fails(check: Checked, fail_on: str) -> bool:
    """Tell whether any result is in the set."""
    return any(is_failing(check, n, fail_on) for n in range(len(check.results)))


def worst(checks: Iterable[Checked]) -> str:
    """Return the worst status by the common scale, the first of equals; judged ones come first."""
    pairs = [pair for check in checks for pair in zip(check.common, check.results, strict=True)]
    return min(pairs, key=lambda pair: _FROM_WORST.index(pair[0]))[1].status
