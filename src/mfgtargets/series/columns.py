"""From a table of series, one a row, to the layout that documents have too (the input of ``calc``)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, get_args

import numpy as np

from mfgtargets.defaults import APPROX
from mfgtargets.document.kinds import Comparator, Direction
from mfgtargets.notation.numbers import decimals
from mfgtargets.notation.units import COUNTS
from mfgtargets.observations.observation import MEASURES
from mfgtargets.series.arrays import Aim, Codes, Flags, Floats, OtherYear, Series
from mfgtargets.series.layout import lay_out
from mfgtargets.series.measured import Measured
from mfgtargets.series.promised import KINDS, Promised, of_kind, padded
from mfgtargets.series.reasons import Reason

NUMBERS = ("baseline_value", "target_value", "value", "limit", "lower", "optimum", "target_high")
YEARS = ("baseline_year", "target_year", "year")
POINTS = ("history", "milestones")
WORDS: dict[str, tuple[str, ...]] = {
    "direction": ("", *get_args(Direction)),
    "path": ("", "linear", "geometric", "logistic"),
    "kind": ("", *KINDS[: KINDS.index("relative")]),  # the last, and of two indicators
    "comparator": ("", *get_args(Comparator)),
    "measure": ("", *MEASURES),
    "target_type": ("", *(aim.name.lower() for aim in Aim)),
}
TEXTS = ("series", "unit", "group")
COLUMNS = (*TEXTS[:1], "direction", "path", *YEARS[:1], *NUMBERS[:1], *YEARS[1:2], *NUMBERS[1:2],
           *YEARS[2:], *NUMBERS[2:], *POINTS, "kind", "comparator", "measure", *TEXTS[1:],
           "target_type")  # fmt: skip

Points = tuple[tuple[int, float], ...]

_COMPARATORS = WORDS["comparator"]
_LOGISTIC = WORDS["path"].index("logistic")


class Columns(Protocol):
    """A table by columns, whatever it was read with; a column that is missing is blank."""

    size: int

    def numbers(self, name: str) -> Floats:
        """Return a column of numbers, NaN where blank."""

    def decimals(self, name: str) -> Floats:
        """Return the decimals that each number of a column is written with."""

    def words(self, name: str, allowed: Sequence[str]) -> Codes:
        """Return a column of words by their place in ``allowed``, which begins with the blank."""

    def points(self, name: str) -> Mapping[int, Points]:
        """Return the years and values of a column such as ``2016=4.5;2017=5``, by row."""

    def is_in(self, name: str, texts: frozenset[str]) -> Flags:
        """Tell where a column is one of the texts."""


class _Read(NamedTuple):
    """The columns as arrays, and the points of those rows that have any."""

    numbers: dict[str, Floats]
    words: dict[str, Codes]
    history: Mapping[int, Points]
    milestones: Mapping[int, Points]
    decimals: Floats  # of the values
    percent: Flags
    counts: Flags

    @property
    def kind(self) -> Codes:
        """The kind of each, a level where none is given."""
        return np.maximum(self.words["kind"] - 1, 0).astype(np.int8)

    @property
    def aim(self) -> Codes:
        """What each asks for (``Aim``)."""
        return np.maximum(self.words["target_type"] - 1, 0).astype(np.int8)

    def compares(self, comparator: Comparator) -> Flags:
        """Tell which have a comparator."""
        found: Flags = self.words["comparator"] == _COMPARATORS.index(comparator)
        return found


def series_of(
    columns: Columns, approx: float = APPROX, other_baseline: OtherYear | None = None
) -> Series:
    """Return the series of a table, in its order.

    ``approx`` is what 左右 leaves, in percent; ``other_baseline`` the year to take where that of a
    baseline has no value.
    """
    read = _Read(
        {name: columns.numbers(name) for name in (*NUMBERS, *YEARS)},
        {name: columns.words(name, allowed) for name, allowed in WORDS.items()},
        columns.points("history"),
        columns.points("milestones"),
        columns.decimals("value"),
        columns.is_in("unit", frozenset("%")),
        columns.is_in("unit", COUNTS),
    )
    with np.errstate(all="ignore"):  # what overflows has a reason further on
        measured = _measured(read)
        if other_baseline is not None:
            years = _other_baseline(read, measured, other_baseline)
            read = read._replace(numbers=read.numbers | {"baseline_year": years})
        promised = _promised(read, measured)
        found = lay_out(
            promised, measured, _as_of(read, measured), approx=approx, proxies=True
        ).series
        blocked = _contradictions(read, found, _base(read, measured))
    # What is not to be reached by a year needs none.
    undated = (found.no_path == Reason.NO_TARGET_YEAR) & of_kind(read.kind, "level")
    undated &= read.aim != Aim.REACH
    return found._replace(
        blocked=blocked,
        no_path=np.where(undated, np.int8(0), found.no_path),
        aim=read.aim,
        limit=read.numbers["limit"],
        lower=read.numbers["lower"],
        optimum=read.numbers["optimum"],
    )


def _measured(read: _Read) -> Measured:
    """Return the values of every series, the latest among its history."""
    year, value = read.numbers["year"], read.numbers["value"]
    plain = ~(np.isnan(year) | np.isnan(value))
    plain[list(read.history)] = False
    rows = np.flatnonzero(plain)
    parts = [(rows, year[rows], value[rows], 0.5 * 10.0 ** -read.decimals[rows])]
    told: list[tuple[float, float, float, float]] = []
    for row, points in read.history.items():
        known = {at: (number, 0.5 * 10.0 ** -decimals(repr(number).removesuffix(".0")))
                 for at, number in points}  # fmt: skip
        if not np.isnan([year[row], value[row]]).any():
            known[int(year[row])] = float(value[row]), 0.5 * 10.0 ** -float(read.decimals[row])
        told += [(row, at, *one) for at, one in sorted(known.items())]
    if told:
        parts.append(tuple(np.array(told).T))
    series, years, values, half_units = map(np.concatenate, zip(*parts, strict=True))
    order = series.argsort(kind="stable") if told else slice(None)
    series = series[order].astype(np.int64)
    first = years[order].astype(np.int64) * 12
    measure = np.where(read.words["measure"] > 0, read.words["measure"] - 1, _own_measure(read))
    none = np.zeros(len(series), dtype=np.int8)
    return Measured(
        series=series,
        first=first,
        last=first + 11,
        value=values[order],
        half_unit=half_units[order],
        measure=measure[series].astype(np.int8),
        bound=none,
        exclusive=none.astype(bool),
        letters=none,
        source=np.arange(len(series)),
    )


def _own_measure(read: _Read) -> Codes:
    """Return what values are where the table does not say: the target's own measure."""
    rates = of_kind(read.kind, "growth_rate")
    sums = of_kind(read.kind, "increment", "annual_flow") & ~_raises(read)
    yearly, added = MEASURES.index("yearly_change"), MEASURES.index("added")
    return np.where(rates, yearly, np.where(sums, added, MEASURES.index("level")))


def _raises(read: _Read) -> Flags:
    """Tell which targets add to the level of a baseline."""
    return of_kind(read.kind, "increment") & ~np.isnan(read.numbers["baseline_value"])


def _promised(read: _Read, measured: Measured) -> Promised:
    """Return the targets of the table."""
    number, kind = read.numbers, read.kind
    base_year, target, level = (
        number["baseline_year"],
        number["target_value"],
        of_kind(kind, "level"),
    )
    falls = np.where(level, target < _base(read, measured), of_kind(kind, "rank"))
    down = np.where(read.words["direction"] == 0, falls, read.words["direction"] == 2)
    high = np.where(read.compares("range"), number["target_high"], np.nan)
    falls_to = down & level & ~np.isnan(high)
    geometric = of_kind(kind, "growth_rate", "cumulative_change", "multiple")
    steps = [read.milestones.get(row, ()) for row in range(len(kind))] if read.milestones else []
    none, never = np.empty((len(kind), 0)), np.zeros(len(kind), dtype=bool)
    return Promised(
        kind=kind,
        direction=np.where(down, -1.0, 1.0),
        toward=(read.words["direction"] == 3) & level,
        hold=np.zeros(len(kind), dtype=np.int8),
        geometric=np.where(read.words["path"] == 0, geometric, read.words["path"] >= 2),
        ceiling=_ceiling(read),
        strict=read.compares("gt") | read.compares("lt"),
        lenient=read.compares("approx"),
        aim=np.where(falls_to, high, target),
        year=np.where(np.isnan(target), np.nan, number["target_year"]),  # a year of no target
        start=base_year + 1,
        base_year=base_year,
        own_base_year=base_year,
        base_value=number["baseline_value"],
        set_yearly=never,
        bounded_base=never,
        relative=never,
        offset=np.zeros(len(kind)),
        flow=never,
        stock=never,
        raises=_raises(read),
        rates=never,
        counts=read.counts,
        percent=read.percent,
        step_years=padded([[year for year, _ in row] for row in steps]) if steps else none,
        step_aims=padded([[value for _, value in row] for row in steps]) if steps else none,
        unset=np.full(len(kind), Reason.NO_TARGET, dtype=np.int8),
    )


def _ceiling(read: _Read) -> Floats:
    """Return the ceiling of each S-curve: its limit, else 100 as of a share."""
    limit, is_curve = read.numbers["limit"], read.words["path"] == _LOGISTIC
    return np.where(is_curve, np.where(np.isnan(limit), 100.0, limit), np.nan)


def _base(read: _Read, measured: Measured) -> Floats:
    """Return the value that a direction is inferred from: the baseline's, given or measured."""
    given = read.numbers["baseline_value"]
    at_base = measured.year == read.numbers["baseline_year"][measured.series]
    at_base &= measured.of_measure("level") & np.isnan(given[measured.series])
    found = given.copy()
    found[measured.series[at_base]] = measured.value[at_base]
    return found


def _other_baseline(read: _Read, measured: Measured, other: OtherYear) -> Floats:
    """Return the year of each baseline: where it has no value, another that has.

    The next later one (Statistics Canada), or the nearest, of two as near the later (Eustat).
    """
    years = read.numbers["baseline_year"].copy()
    missing = np.isnan(_base(read, measured)) & ~of_kind(
        read.kind, "growth_rate", "increment", "annual_flow"
    )
    after = measured.year - years[measured.series]
    usable = measured.of_measure("level") & missing[measured.series] & ~np.isnan(after)
    usable &= (after > 0) | (other == "nearest")
    places = np.flatnonzero(usable)
    order = places[np.lexsort((-after[places], np.abs(after[places]), measured.series[places]))]
    series, first = np.unique(measured.series[order], return_index=True)
    years[series] = measured.year[order[first]]
    return years


def _as_of(read: _Read, measured: Measured) -> Floats:
    """Return the year each series is judged by: its newest value's, else the one given."""
    year, target_year = read.numbers["year"], read.numbers["target_year"]
    newest = np.where(np.isnan(year), target_year, np.fmin(year, target_year))
    newest[measured.series] = measured.year
    return newest


def _contradictions(read: _Read, found: Series, base: Floats) -> Codes:
    """Say of each series why it has no status: it contradicts itself, or lacks what it needs.

    What contradicts itself does so whatever is measured.
    """
    number, size = read.numbers, len(read.percent)
    low, high = number["target_value"], number["target_high"]
    level, known = of_kind(read.kind, "level"), ~np.isnan(number["target_value"])
    reversed_ = (number["baseline_year"] > number["target_year"]) & known
    undirected = level & (read.words["direction"] == 0) & ~(np.abs(low - base) > 0)
    undirected &= ((read.aim != Aim.PARITY) | ~known) & ~np.isnan(found.value)
    masks = [
        _twice(read, size),
        _outside(read, size) | reversed_,
        read.compares("range") & ~(high > low),
        undirected,
        (read.words["path"] == _LOGISTIC) & ~level,
        found.blocked != 0,
    ]
    why = [
        Reason.YEAR_TWICE,
        Reason.YEARS_REVERSED,
        Reason.RANGE_INCOMPLETE,
        Reason.NO_DIRECTION,
        Reason.KIND_UNSUPPORTED,
        found.blocked,
    ]
    codes: Codes = np.select(masks, [np.asarray(one, np.int8) for one in why], 0).astype(np.int8)
    return codes


def _twice(read: _Read, size: int) -> Flags:
    """Tell which rows give one year two different values."""
    mask = np.zeros(size, dtype=bool)
    for row, points in read.milestones.items():
        mask[row] = any(dict(points)[year] != value for year, value in points)
    for row, points in read.history.items():
        known = dict(points)
        mask[row] |= any(known[year] != value for year, value in points)
        for year, value in (("year", "value"), ("baseline_year", "baseline_value")):
            at = float(read.numbers[year][row]), float(read.numbers[value][row])
            mask[row] |= not np.isnan(at).any() and known.get(int(at[0]), at[1]) != at[1]
    return mask


def _outside(read: _Read, size: int) -> Flags:
    """Tell which rows have milestones that are not between baseline and target."""
    mask = np.zeros(size, dtype=bool)
    for row, points in read.milestones.items():
        first, last = read.numbers["baseline_year"][row], read.numbers["target_year"][row]
        mask[row] = any(year <= first or year >= last for year, _ in points)
    return mask
