"""The closing evaluation of a plan: what became of each target, and how many of each kind."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.arithmetic.quantities import satisfied
from mfgtargets.evaluation.ambition import ambition_of
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Result
from mfgtargets.faults import InputError, fault
from mfgtargets.methods import METHODS, method_of
from mfgtargets.series.arrays import Series

# From the best on; those not decided yet are there where a mid-term is looked at.
OUTCOMES = (
    "met_early", "met", "met_within", "ahead", "on_track", "lagging", "reached_late", "missed",
    "undecided", "never_measured", "not_quantified",
)  # fmt: skip


class Outcome(NamedTuple):
    """What became of one target.

    ``code`` is one of ``OUTCOMES``; ``reached`` the year in which a missed target was reached after
    all; ``decided_by`` the period that decided, where that is not the target's own. ``trend`` is
    where the pace before the baseline would have led by the target's year, ``ambition`` how much
    more than that the target asks for; None without four whole years before.
    """

    result: Result
    code: str
    reached: int | None
    decided_by: str | None
    trend: float | None
    ambition: float | None


class Count(NamedTuple):
    """How many targets of a group, of an obligation, or in all (``of`` empty) had each outcome."""

    of: str
    name: str
    outcomes: dict[str, int]


class Evaluation(NamedTuple):
    """The closing evaluation: the check it rests on, the outcomes, and the counts."""

    check: Checked
    outcomes: tuple[Outcome, ...]
    counts: tuple[Count, ...]


def evaluate(check: Checked) -> Evaluation:
    """Say of every result of a check what became of its target.

    Raises ``InputError`` where it was judged by a method whose words say only how things go.
    """
    if not method_of(check.method).by_plan:
        expected = ", ".join(code for code, method in METHODS.items() if method.by_plan)
        found = check.method
        raise InputError([fault("bad-option", option="--method", found=found, expected=expected)])
    outcomes = tuple(_outcome(check, n) for n in range(len(check.results)))
    sections = [
        one.result.group or basis.target.section
        for one, basis in zip(outcomes, check.bases, strict=True)
    ]
    obligations = [one.result.obligation for one in outcomes]
    counts = [
        *_counts("group", sections, outcomes),
        *_counts("obligation", obligations, outcomes),
        *_counts("", [""] * len(outcomes), outcomes),
    ]
    return Evaluation(check, outcomes, tuple(counts))


def _outcome(check: Checked, n: int) -> Outcome:
    result = check.results[n]
    code, reached, decided_by = result.status, None, None
    if result.status == "met" and "within_approx" in result.flags:
        code = "met_within"
    if result.status in {"met", "missed"} and "late" in result.flags:
        reached = _reached(check, n) if result.status == "missed" else None
        code = "reached_late" if reached else code
        decided_by = result.latest_period if not reached else None
    if result.status in {"no_data", "not_assessable"}:
        code = "undecided" if check.bases[n].shown is not None else "never_measured"
    return Outcome(result, code, reached, decided_by, *(ambition_of(check, n) or (None, None)))


def _reached(check: Checked, n: int) -> int | None:
    """Return the first whole year after a target's in which it was reached."""
    points, series = check.layout.points, check.layout.series
    later = (points.series == n) & points.exact & (points.time > series.target_year[n])
    years, values = points.time[later], points.value[later]
    repeated: Any = (np.repeat(array[n : n + 1], len(values), axis=0) for array in series)
    row = Series(*repeated)
    good = years[satisfied(row, row.nearness(values), row.met_from)]
    return int(good.min()) if len(good) else None


def _counts(of: str, names: Iterable[str | None], outcomes: Iterable[Outcome]) -> list[Count]:
    found: dict[str, Counter[str]] = {}
    for name, outcome in zip(names, outcomes, strict=True):
        if name is not None:
            found.setdefault(name, Counter())[outcome.code] += 1
    return [
        Count(of, name, {code: counter[code] for code in OUTCOMES if counter[code]})
        for name, counter in found.items()
    ]
