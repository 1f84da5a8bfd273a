"""The status methods: a module each, and the one table that finds them."""

from mfgtargets.faults import Fault, InputError, nearest
from mfgtargets.methods import (
    acceleration,
    destatis,
    escap,
    eurostat,
    log_reduction,
    open_sdg,
    schedule,
    sdsn,
    unsd,
)
from mfgtargets.methods.method import Method

_MODULES = (
    schedule, open_sdg, eurostat, sdsn, destatis, unsd, escap, acceleration, log_reduction,
)  # fmt: skip

METHODS: dict[str, Method] = {module.METHOD.code: module.METHOD for module in _MODULES}
SCHEDULE = schedule.METHOD
ALL_METHODS = "all"  # what a user writes to see them side by side


def method_of(code: str) -> Method:
    """Return the method of a code; the schedule for ``all``, which stands beside the others."""
    return METHODS.get(code, SCHEDULE)


def method_named(code: str) -> str:
    """Return the code of a method, or ``all``; raise ``InputError`` for anything else."""
    known = (*METHODS, ALL_METHODS)
    if code not in known:
        near = ", ".join(nearest(code, known, 1))
        details = {"option": "--method", "found": code, "expected": ", ".join(known), "near": near}
        raise InputError([Fault("bad-option", details=details)])
    return code
