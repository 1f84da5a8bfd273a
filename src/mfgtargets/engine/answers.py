"""The answers to a table of series, as columns in the order they are written."""

from typing import Any

import numpy as np

from mfgtargets.evaluation.assess import Assessment
from mfgtargets.evaluation.opinions import flag_column, status_column
from mfgtargets.methods.method import Method
from mfgtargets.series.arrays import Coded, Column
from mfgtargets.series.reasons import Reason

ANSWERS = (
    "status reason ratio score on_track_value gap gap_to_target progress schedule lead lead_years "
    "planned_change required_change achieved_change acceleration projected_value projected_year "
    "flags projected_low projected_high projected_points"
).split()
_WHOLE = {"projected_year", "projected_points", "baseline_used"}


def is_worded(name: str) -> bool:
    """Tell whether a column of answers holds words, and no numbers."""
    return name in {"reason", "flags"} or name.startswith("status")


def answers(assessment: Assessment, method: Method) -> dict[str, Column]:
    """Return the columns by name."""
    verdict = assessment.verdict
    flags = flag_column(verdict.flags, len(verdict.status))
    given: dict[str, Column] = {
        "status": status_column(verdict, method),
        "reason": Coded(verdict.reason, [reason.code if reason else "" for reason in Reason]),
        "ratio": verdict.ratio,
        "score": verdict.score,
        "flags": Coded(flags.codes, [";".join(words) for words in flags.words]),
    }
    numbers = {name: quantity.value for name, quantity in assessment.quantities.items()}
    return {name: given[name] if name in given else numbers[name] for name in ANSWERS}


def as_list(name: str, column: Column) -> list[Any]:
    """Return a column as a list of Python values, None where there is none."""
    if isinstance(column, Coded):
        return column.listed()
    missing = np.isnan(column)
    values = column if name not in _WHOLE else np.where(missing, 0, column).astype(np.int64)
    found = values.astype(object)
    found[missing] = None
    return list(found)
