"""What was promised, by columns: one row a target, whatever its kind."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import numpy as np

from mfgtargets.document.kinds import Hold, Kind
from mfgtargets.document.revisions import in_force
from mfgtargets.notation.units import COUNTS
from mfgtargets.series.arrays import Codes, Flags, Floats, Scale
from mfgtargets.series.reasons import Reason

if TYPE_CHECKING:
    from mfgtargets.document.records import Document, Target

KINDS: tuple[Kind, ...] = get_args(Kind)
HOLDS: tuple[Hold | None, ...] = (None, *get_args(Hold))
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
    the milestones by year, NaN where unused; ``unset`` says why each target without a value has none.
    """

    kind: Codes
    direction: Floats  # +1 up is good, -1 down is good
    toward: Flags  # nearer is better, from both sides
    hold: Codes  # which years count, as places in ``HOLDS``
    geometric: Flags
    ceiling: Floats  # of an S-curve, NaN of all others
    strict: Flags  # the target must be exceeded
    lenient: Flags  # 左右 and 基本 leave something
    aim: Floats
    year: Floats
    start: Floats
    base_year: Floats  # of the target, else of its document
    own_base_year: Floats  # of the target alone
    base_value: Floats
    relative: Flags  # the aim is another indicator's value
    offset: Floats  # what that aim adds to it
    set_yearly: Flags  # the text leaves it to each year
    bounded_base: Flags  # of the baseline only a bound is stated
    flow: Flags  # a part of a year is a part of the value
    stock: Flags  # a part of a year ends with the value of that day
    raises: Flags  # adds to the level of its baseline
    rates: Flags  # of a rate of change, whose own measure is the yearly change
    counts: Flags  # whole things, whose number is exact
    percent: Flags
    step_years: Floats
    step_aims: Floats
    unset: Codes

    def taken(self, chosen: Any) -> "Promised":
        """Return the targets of a mask or of places."""
        return Promised(*(array[chosen] for array in self))

    @property
    def scale(self) -> Codes:
        """How the arithmetic takes each target's values (``Scale``)."""
        return _SCALES[self.kind]

    def held(self, hold: Hold) -> Flags:
        """Tell which targets are values to be kept in that way."""
        found: Flags = self.hold == HOLDS.index(hold)
        return found

    @property
    def sums(self) -> Flags:
        """Which targets are reached by adding up from nothing."""
        return of_kind(self.kind, "increment", "annual_flow") & ~self.raises

    @property
    def has_period(self) -> Flags:
        """Which targets run over a period, from the end of the year before its first."""
        return of_kind(self.kind, "growth_rate") | self.sums


def column(values: Iterable[float | None]) -> Floats:
    """Return numbers as a column, NaN where there is none."""
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def padded(rows: Sequence[Sequence[float]]) -> Floats:
    """Return rows of numbers side by side, NaN behind the shorter ones."""
    longest = max(map(len, rows), default=0)
    filled = [[*row, *[np.nan] * (longest - len(row))] for row in rows]
    return np.array(filled, dtype=np.float64).reshape(len(rows), longest)


def promised_by(
    document: "Document", targets: "Sequence[Target]", baseline_year: int | None = None
) -> Promised:
    """Return the targets of a document by columns.

    ``baseline_year`` is the user's, for targets without a stated baseline.
    """
    entry = document.entry
    own = [baseline_year if target.lacks_baseline else None for target in targets]
    steps = [milestones(target, document) for target in targets]

    def flags(values: Iterable[Any]) -> Flags:
        return np.array([bool(value) for value in values], dtype=bool)

    return Promised(
        kind=codes_of(target.kind for target in targets),
        direction=column(target.sign for target in targets),
        geometric=flags(target.path != "linear" for target in targets),
        ceiling=column(t.ceiling if t.path == "logistic" else None for t in targets),
        toward=flags(target.direction == "toward" for target in targets),
        hold=np.array([HOLDS.index(target.hold) for target in targets], dtype=np.int8),
        strict=flags(target.comparator in {"gt", "lt"} for target in targets),
        lenient=flags(target.is_lenient for target in targets),
        aim=column(target.aim for target in targets),
        year=column(target.time for target in targets),
        start=column(_start(target, document, baseline_year) for target in targets),
        base_year=column(
            given or target.baseline_year or entry.baseline_year
            for given, target in zip(own, targets, strict=True)
        ),
        own_base_year=column(target.baseline_year for target in targets),
        base_value=column(
            None if target.baseline_bound else target.baseline_value for target in targets
        ),
        relative=flags(target.relative_to is not None for target in targets),
        offset=column(t.relative_to.offset if t.relative_to else 0.0 for t in targets),
        set_yearly=flags(target.set_yearly for target in targets),
        bounded_base=flags(target.baseline_bound for target in targets),
        flow=flags(target.nature == "flow" for target in targets),
        stock=flags(target.nature == "stock" for target in targets),
        raises=flags(target.raises for target in targets),
        rates=flags(target.is_rate for target in targets),
        counts=flags(target.unit in COUNTS for target in targets),
        percent=flags(target.unit == "%" for target in targets),
        step_years=padded([[step.time or 0 for step in row] for row in steps]),
        step_aims=padded([[step.aim or 0.0 for step in row] for row in steps]),
        unset=np.full(len(targets), Reason.DELEGATED, dtype=np.int8),
    )


def milestones(target: "Target", document: "Document") -> "tuple[Target, ...]":
    """Return the earlier targets that the way to ``target`` leads through, by year."""
    set_together = in_force(document.of_indicator(target.indicator), target.set_on or "")
    earlier = (
        other
        for other in set_together
        if other.restates is None
        and other.kind == target.kind
        and other.region == target.region
        and other.aim is not None
        and other.period_start == target.period_start
        and other.time is not None
        and other.time < (target.time or 0)
    )
    return tuple(sorted(earlier, key=lambda other: other.time or 0))


def period_start(target: "Target", document: "Document") -> int | None:
    """Return the first year of a target's period: its own, else the document's."""
    return target.period_start or document.entry.period.start


def _start(target: "Target", document: "Document", baseline_year: int | None) -> int | None:
    """Return the first year that counts: the period's, else that after the baseline.

    A value to be kept counts from the end of what was to be kept before.
    """
    base = baseline_year if target.lacks_baseline else None
    if target.hold is not None:
        before = milestones(target, document)
        if before and before[-1].year is not None:
            return before[-1].year + 1
        base = base or target.baseline_year or document.entry.baseline_year
    return period_start(target, document) or (None if base is None else base + 1)
