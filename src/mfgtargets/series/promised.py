"""What was promised, by columns: one row a target, whatever its kind."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import numpy as np

from mfgtargets.document.kinds import Kind
from mfgtargets.series.arrays import Codes, Flags, Floats, Scale
from mfgtargets.series.reasons import Reason

if TYPE_CHECKING:
    from mfgtargets.document.records import Document, Target

KINDS: tuple[Kind, ...] = get_args(Kind)
_SCALES = np.array(
    [
        {"cumulative_change": Scale.SIZE, "growth_rate": Scale.RATE}.get(kind, Scale.LEVEL)
        for kind in KINDS
    ],
    dtype=np.int8,
)
_CODES = {kind: code for code, kind in enumerate(KINDS)}


def of_kind(codes: Codes, *kinds: Kind) -> Flags:
    """Tell which of ``codes`` are of one of the kinds."""
    return _members(kinds)[codes]


@cache
def _members(kinds: tuple[Kind, ...]) -> Flags:
    return np.array([kind in kinds for kind in KINDS])


def codes_of(kinds: Iterable[Kind]) -> Codes:
    """Return kinds as their places in ``KINDS``."""
    return np.array([_CODES[kind] for kind in kinds], dtype=np.int8)


class Promised(NamedTuple):
    """``n`` targets by columns; NaN where nothing is said.

    ``aim`` is the value to reach as printed (of a range its nearer end).
    ``start`` is the first year of the period. ``steps_years`` and ``steps_aims`` of shape (n, k) are
    the milestones by year, NaN where unused; ``unset`` says why a target without a value has none.
    """

    kind: Codes
    direction: Floats  # +1 up is good, -1 down is good
    geometric: Flags
    strict: Flags  # the target must be exceeded
    lenient: Flags  # 左右 and 基本 leave something
    aim: Floats
    year: Floats
    start: Floats
    base_year: Floats  # of the target, else of its document
    own_base_year: Floats  # of the target alone
    base_value: Floats
    flow: Flags  # a part of a year is a part of the value
    percent: Flags
    step_years: Floats
    step_aims: Floats
    unset: Reason

    @property
    def scale(self) -> Codes:
        """How the arithmetic takes each target's values (``Scale``)."""
        return _SCALES[self.kind]

    @property
    def sums(self) -> Flags:
        """Which targets are reached by adding up."""
        return of_kind(self.kind, "increment", "annual_flow")

    @property
    def has_period(self) -> Flags:
        """Which targets run over a period, from the end of the year before its first."""
        return of_kind(self.kind, "growth_rate", "increment", "annual_flow")


def column(values: Iterable[float | None]) -> Floats:
    """Return numbers as a column, NaN where there is none."""
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def padded(rows: Sequence[Sequence[float]]) -> Floats:
    """Return rows of numbers side by side, NaN behind the shorter ones."""
    longest = max(map(len, rows), default=0)
    filled = [[*row, *[np.nan] * (longest - len(row))] for row in rows]
    return np.array(filled, dtype=np.float64).reshape(len(rows), longest)


def promised_by(document: "Document", targets: "Sequence[Target]") -> Promised:
    """Return the targets of a document by columns."""
    entry = document.entry
    steps = [milestones(target, document) for target in targets]

    def flags(values: Iterable[Any]) -> Flags:
        return np.array([bool(value) for value in values], dtype=bool)

    return Promised(
        kind=codes_of(target.kind for target in targets),
        direction=column(target.sign for target in targets),
        geometric=flags(target.path == "geometric" for target in targets),
        strict=flags(target.comparator == "gt" for target in targets),
        lenient=flags(target.is_lenient for target in targets),
        aim=column(target.aim for target in targets),
        year=column(target.year for target in targets),
        start=column(period_start(target, document) for target in targets),
        base_year=column(target.baseline_year or entry.baseline_year for target in targets),
        own_base_year=column(target.baseline_year for target in targets),
        base_value=column(target.baseline_value for target in targets),
        flow=flags(target.nature == "flow" for target in targets),
        percent=flags(target.unit == "%" for target in targets),
        step_years=padded([[step.year or 0 for step in row] for row in steps]),
        step_aims=padded([[step.aim or 0.0 for step in row] for row in steps]),
        unset=Reason.DELEGATED,
    )


def milestones(target: "Target", document: "Document") -> "tuple[Target, ...]":
    """Return the earlier targets that the way to ``target`` leads through, by year."""
    earlier = (
        other
        for other in document.of_indicator(target.indicator)
        if other.restates is None
        and other.kind == target.kind
        and other.aim is not None
        and other.period_start == target.period_start
        and None not in (other.year, target.year)
        and (other.year or 0) < (target.year or 0)
    )
    return tuple(sorted(earlier, key=lambda other: other.year or 0))


def period_start(target: "Target", document: "Document") -> int | None:
    """Return the first year of a target's period: its own, else the document's."""
    return target.period_start or document.entry.period.start
