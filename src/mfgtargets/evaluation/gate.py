"""Which results let a check fail: one rule for exit codes, annotations and test reports."""

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


def fails(check: Checked, fail_on: str) -> bool:
    """Tell whether a result is in the set: ``never``, ``missed``, ``lagging`` or ``no_data``."""
    return any(severity(check, n) in _GATES[fail_on] for n in range(len(check.results)))
