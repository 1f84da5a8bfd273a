"""How far a place is from the targets its government published.

    import mfgtargets as mt

    plan = mt.load("shaoxing-2025")
    check = mt.check(plan, "actuals.csv")
    check.summary, check.results, check.to_markdown("en")

Everything wrong with an input is raised as ``InputError``; nothing is printed. Data flow one way
through the packages of this name (``docs/design.md``):

    document + observations -> series -> methods -> evaluation -> wording -> render
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mfgtargets.faults import Fault, InputError

if TYPE_CHECKING:
    from mfgtargets.face import (
        Actuals,
        Answers,
        Check,
        Document,
        RegionChecks,
        Track,
        calc,
        check,
        check_regions,
        documents,
        draft,
        evaluate,
        load,
        note,
        rank,
        read_actuals,
        report,
        tasks,
        track,
        warn,
    )

__version__ = "0.2.0"

__all__ = [
    "Actuals",
    "Answers",
    "Check",
    "Document",
    "InputError",
    "RegionChecks",
    "Track",
    "calc",
    "check",
    "check_regions",
    "documents",
    "draft",
    "evaluate",
    "load",
    "note",
    "rank",
    "read_actuals",
    "report",
    "tasks",
    "track",
    "warn",
]

# What is asked for most, by the module that has it; the others are of the face.
_HOMES = {"Check": "checking", "check": "checking"} | dict.fromkeys(
    ("documents", "load", "read_actuals"), "loading"
)


def _worded(faults: tuple[Fault, ...]) -> str:
    from mfgtargets.wording.complaints import faults_text  # noqa: PLC0415 - when something is wrong

    return faults_text(faults, "en").rstrip("\n")


InputError.worded = staticmethod(_worded)


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is: ``--version`` needs none of it, a check not all."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"mfgtargets.{_HOMES.get(name, 'face')}"), name)


def __dir__() -> list[str]:
    """Name what there is."""
    return [*__all__, "__version__"]
