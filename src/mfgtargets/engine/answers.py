"""The answers to a table of series, as columns in the order they are written."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.evaluation.assess import Assessment
from mfgtargets.evaluation.opinions import FLAG_ORDER
from mfgtargets.methods.method import Method
from mfgtargets.methods.verdict import Verdict
from mfgtargets.series.arrays import Flags
from mfgtargets.series.reasons import Reason

ANSWERS = (
    "status reason ratio score on_track_value gap gap_to_target progress schedule lead lead_years "
    "planned_change required_change achieved_change acceleration projected_value projected_year "
    "flags projected_low projected_high projected_points"
).split()
_WHOLE = {"projected_year", "projected_points", "baseline_used"}


class Coded(NamedTuple):
    """A column of words: ``words[code]`` for each of ``codes``."""

    codes: np.ndarray[tuple[Any, ...], np.dtype[Any]]
    words: Sequence[str]

    def texts(self) -> list[str]:
        """Return the word of each row."""
        return list(np.array(self.words, dtype=object)[self.codes])


def is_worded(name: str) -> bool:
    """Tell whether a column of answers holds words, and no numbers."""
    return name in {"reason", "flags"} or name.startswith("status")


Column = Any  # a Coded, or an array of numbers that is NaN where there is none


def answers(assessment: Assessment, method: Method) -> dict[str, Column]:
    """Return the columns by name."""
    verdict = assessment.verdict
    given: dict[str, Column] = {
        "status": status_column(verdict, method),
        "reason": Coded(verdict.reason, [reason.code if reason else "" for reason in Reason]),
        "ratio": verdict.ratio,
        "score": verdict.score,
        "flags": _flags(verdict.flags, len(verdict.status)),
    }
    numbers = {name: quantity.value for name, quantity in assessment.quantities.items()}
    return {name: given[name] if name in given else numbers[name] for name in ANSWERS}


def status_column(verdict: Verdict, method: Method) -> Coded:
    """Return a method's statuses in its own words."""
    codes = np.where(verdict.status < 0, len(method.statuses), verdict.status)
    return Coded(codes, (*method.statuses, method.cannot))


def _flags(masks: dict[str, Flags], size: int) -> Coded:
    """Return the flags of each row as words joined by semicolons."""
    names = [name for name in FLAG_ORDER if name in masks]
    bits = np.zeros(size, dtype=np.int64)
    for n, name in enumerate(names):
        bits |= masks[name].astype(np.int64) << n
    kinds, codes = np.unique(bits, return_inverse=True)
    words = [";".join(name for n, name in enumerate(names) if int(kind) >> n & 1) for kind in kinds]
    return Coded(codes, words)


def as_list(name: str, column: Column) -> list[Any]:
    """Return a column as a list of Python values, None where there is none."""
    if isinstance(column, Coded):
        return column.texts()
    missing = np.isnan(column)
    values = column if name not in _WHOLE else np.where(missing, 0, column).astype(np.int64)
    found = values.astype(object)
    found[missing] = None
    return list(found)
