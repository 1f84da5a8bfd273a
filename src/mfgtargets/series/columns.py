"""From a table of series, one a row, to arrays (the input of ``calc``, SPEC §7).

Plain levels are laid out column by column. What the document side of the program already knows how
to lay out, growth rates, sums, values after the target year, goes through its rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, get_args

import numpy as np

from mfgtargets.document.entries import Comparator, Kind
from mfgtargets.observations.observation import MEASURES
from mfgtargets.series.arrays import Aim, Codes, Decision, Flags, Floats, Scale, Series
from mfgtargets.series.build import APPROX, as_arrays
from mfgtargets.series.reasons import Reason
from mfgtargets.series.single import Single, row_of

NUMBERS = ("baseline_value", "target_value", "value", "limit", "lower", "optimum", "target_high")
YEARS = ("baseline_year", "target_year", "year")
POINTS = ("history", "milestones")
WORDS: dict[str, tuple[str, ...]] = {
    "direction": ("", "up", "down"),
    "path": ("", "linear", "geometric"),
    "kind": ("", *get_args(Kind)),
    "comparator": ("", *get_args(Comparator)),
    "measure": ("", *MEASURES),
    "target_type": ("", *(aim.name.lower() for aim in Aim)),
}
TEXTS = ("series", "unit", "group")
COLUMNS = (*TEXTS[:1], "direction", "path", *YEARS[:1], *NUMBERS[:1], *YEARS[1:2], *NUMBERS[1:2],
           *YEARS[2:], *NUMBERS[2:], *POINTS, "kind", "comparator", "measure", *TEXTS[1:],
           "target_type")  # fmt: skip

Points = tuple[tuple[int, float], ...]

_RANGE, _APPROX, _GREATER = (WORDS["comparator"].index(name) for name in ("range", "approx", "gt"))
_CONTRADICTIONS = (Reason.YEAR_TWICE, Reason.YEARS_REVERSED, Reason.RANGE_INCOMPLETE)


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

    def equals(self, name: str, text: str) -> Flags:
        """Tell where a column is the text."""


class _Read(NamedTuple):
    """The columns as arrays, and the points of those rows that have any."""

    numbers: dict[str, Floats]
    words: dict[str, Codes]
    history: Mapping[int, Points]
    milestones: Mapping[int, Points]
    decimals: Floats  # of the values


def series_of(columns: Columns, approx: float = APPROX) -> Series:
    """Return the series of a table, in its order; ``approx`` is what 左右 leaves, in percent."""
    read = _Read(
        {name: columns.numbers(name) for name in (*NUMBERS, *YEARS)},
        {name: columns.words(name, allowed) for name, allowed in WORDS.items()},
        columns.points("history"),
        columns.points("milestones"),
        columns.decimals("value"),
    )
    with np.errstate(all="ignore"):  # what overflows has a reason further on
        plain = _levels(columns, read, approx)
    special = np.flatnonzero(_is_special(read, columns.size))
    if not len(special):
        return plain
    rows = [row_of(_single(read, index), approx) for index in special.tolist()]
    found = _replaced(plain, special, as_arrays(rows))
    # What contradicts itself does so whatever is measured.
    kept = np.isin(plain.blocked, _CONTRADICTIONS)
    kept |= (plain.blocked == Reason.NO_DIRECTION) & (read.words["kind"] <= 1)
    return found._replace(blocked=np.where(kept, plain.blocked, found.blocked))


def _levels(columns: Columns, read: _Read, approx: float) -> Series:
    """Lay every row out as a level with one value."""
    number, word, size = read.numbers, read.words, columns.size
    none, no = np.full(size, np.nan), np.zeros(size, dtype=bool)
    year, value, target = number["year"], number["value"].copy(), number["target_value"]
    base_year, base = number["baseline_year"], number["baseline_value"].copy()
    history_years, history_values, twice = _history(read, size)
    at_base = history_years == base_year[:, None]
    found = np.where(at_base, history_values, 0.0).sum(axis=1)
    base = np.where(np.isnan(base) & at_base.any(axis=1), found, base)

    up, down = word["direction"] == 1, word["direction"] == 2
    inferred = np.sign(target - base)
    base[np.isnan(base_year)] = np.nan
    direction = np.where(up, 1.0, np.where(down, -1.0, np.where(inferred < 0, -1.0, 1.0)))
    undirected = ~up & ~down & ~(np.abs(inferred) > 0)
    aim = np.maximum(word["target_type"] - 1, 0).astype(np.int8)
    high = np.where(word["comparator"] == _RANGE, number["target_high"], np.nan)
    farther = np.where(direction < 0, target, high)
    target = np.where(np.isnan(high) | (direction > 0), target, high)

    value[np.isnan(year)] = np.nan
    early = year < base_year
    no_data = np.isnan(value)
    no_range = (word["comparator"] == _RANGE) & ~(number["target_high"] > number["target_value"])
    reversed_ = (base_year > number["target_year"]) & ~np.isnan(target)
    refusals = [
        (twice | _twice(read.milestones, size), Reason.YEAR_TWICE),
        (_outside(read, size) | reversed_, Reason.YEARS_REVERSED),
        (no_range, Reason.RANGE_INCOMPLETE),
        (no_data, Reason.NO_DATA),
        (undirected & ((aim != Aim.PARITY) | np.isnan(target)), Reason.NO_DIRECTION),
        (early, Reason.BEFORE_BASELINE),
    ]
    masks, why = zip(*refusals, strict=True)
    blocked = np.select(masks, [np.int8(reason) for reason in why], np.int8(0)).astype(np.int8)
    undated = np.isnan(number["target_year"]) & (aim == Aim.REACH)
    no_path = np.where(undated, np.int8(Reason.NO_TARGET_YEAR), np.int8(0))
    no_path = np.where(np.isnan(target), np.int8(Reason.NO_TARGET), no_path)
    knot_years, knot_values = _knots(read, base_year, base, number["target_year"], target)
    lenient = np.where(word["comparator"] == _APPROX, approx / 100, 0.0)
    span = np.where(np.isnan(base), np.abs(target), np.abs(target - base))
    met_from = target - direction * span * lenient
    return Series(
        direction=direction,
        geometric=word["path"] == 2,
        scale=np.full(size, Scale.LEVEL, dtype=np.int8),
        knot_years=knot_years,
        knot_values=knot_values,
        no_path=no_path,
        year=np.where(np.isnan(year), number["target_year"], year),
        value=value,
        half_unit=0.5 * 10.0**-read.decimals,
        bound=np.zeros(size, dtype=np.int8),
        exclusive=no,
        blocked=blocked,
        strict=word["comparator"] == _GREATER,
        met_from=met_from,
        met_early_from=met_from,
        decision=np.where(year == number["target_year"], Decision.DUE, Decision.OPEN).astype(
            np.int8
        ),
        reversing=_reversing(history_years, history_values, direction),
        short=no,
        afterwards=none,
        history_years=history_years,
        history_values=history_values,
        unsupported=no,
        percent=columns.equals("unit", "%"),
        aim=aim,
        target_high=np.where(np.isnan(high), np.nan, farther),
        limit=number["limit"],
        lower=number["lower"],
        optimum=number["optimum"],
    )


def _history(read: _Read, size: int) -> tuple[Floats, Floats, Flags]:
    """Return years and values (size, h) of the histories with the latest, and which contradict."""
    twice = np.zeros(size, dtype=bool)
    rows: dict[int, list[tuple[float, float]]] = {}
    for index, points in read.history.items():
        known = dict(points)
        latest = read.numbers["year"][index], read.numbers["value"][index]
        if not np.isnan(latest).any():
            twice[index] = known.setdefault(int(latest[0]), float(latest[1])) != latest[1]
        twice[index] |= any(known[year] != value for year, value in points)
        base = read.numbers["baseline_year"][index], read.numbers["baseline_value"][index]
        if not np.isnan(base).any():
            twice[index] |= dict(points).get(int(base[0]), base[1]) != base[1]
        rows[index] = sorted((float(year), value) for year, value in known.items())
    longest = max(map(len, rows.values()), default=1)
    years, values = np.full((size, longest), np.nan), np.full((size, longest), np.nan)
    years[:, 0] = np.where(np.isnan(read.numbers["value"]), np.nan, read.numbers["year"])
    values[:, 0] = np.where(np.isnan(read.numbers["year"]), np.nan, read.numbers["value"])
    for index, known_points in rows.items():
        array = np.array(known_points)
        years[index, : len(array)], values[index, : len(array)] = array[:, 0], array[:, 1]
    return years, values, twice


def _reversing(years: Floats, values: Floats, direction: Floats) -> Flags:
    """Tell where the latest change of a history goes the wrong way."""
    if years.shape[1] == 1:
        return np.zeros(len(years), dtype=bool)
    known = (~np.isnan(years)).sum(axis=1)
    row = np.arange(len(years))
    change = values[row, known - 1] - values[row, np.maximum(known - 2, 0)]
    wrong: Flags = (known >= 2) & (direction * change < 0)
    return wrong


def _twice(points: Mapping[int, Points], size: int) -> Flags:
    """Tell which rows give one year two different values."""
    mask = np.zeros(size, dtype=bool)
    for index, given in points.items():
        mask[index] = any(dict(given)[year] != value for year, value in given)
    return mask


def _outside(read: _Read, size: int) -> Flags:
    """Tell which rows have milestones that are not between baseline and target."""
    mask = np.zeros(size, dtype=bool)
    for index, points in read.milestones.items():
        first, last = read.numbers["baseline_year"][index], read.numbers["target_year"][index]
        mask[index] = any(year <= first or year >= last for year, _ in points)
    return mask


def _knots(
    read: _Read, base_year: Floats, base: Floats, target_year: Floats, target: Floats
) -> tuple[Floats, Floats]:
    """Return the knots: baseline, milestones, target; unused columns repeat the baseline."""
    inner = max(map(len, read.milestones.values()), default=0)
    years = np.column_stack([base_year] * (inner + 1) + [target_year])
    values = np.column_stack([base] * (inner + 1) + [target])
    for index, points in read.milestones.items():
        steps = sorted(p for p in points if base_year[index] < p[0] < target_year[index])
        for column, (year, value) in enumerate(steps, inner + 1 - len(steps)):
            years[index, column], values[index, column] = year, value
    return years, values


def _is_special(read: _Read, size: int) -> Flags:
    """Tell which rows are more than a level with a value not after the target year."""
    special = (read.words["kind"] > 1) | (read.words["measure"] > 1)
    passed = read.numbers["year"] > read.numbers["target_year"]
    special |= passed & ~np.isnan(read.numbers["target_value"])
    later = np.zeros(size, dtype=bool)
    for index, points in read.history.items():
        later[index] = any(year > read.numbers["year"][index] for year, _ in points)
    found: Flags = special | later
    return found


def _single(read: _Read, index: int) -> Single:
    """Return one row of the table by itself."""
    numbers = {name: column[index].item() for name, column in read.numbers.items()}
    words = {name: WORDS[name][column[index]] for name, column in read.words.items()}
    given: dict[str, Any] = {k: None if np.isnan(v) else v for k, v in numbers.items()} | words
    points = read.history.get(index, ()), read.milestones.get(index, ())
    names = given.keys() & set(Single._fields)
    return Single(
        **{name: given[name] for name in names},
        decimals=int(read.decimals[index]),
        history=points[0],
        milestones=points[1],
    )


def _replaced(plain: Series, indices: Iterable[int], other: Series) -> Series:
    """Put the rows of ``other`` in place of those of ``plain`` at ``indices``.

    What only the table knows of them (limit, optimum …) stays.
    """
    kept = {"limit", "lower", "optimum", "aim"}
    merged: dict[str, Any] = {}
    for name, mine, theirs in zip(Series._fields, plain, other, strict=True):
        if name in kept:
            merged[name] = mine
            continue
        if name == "percent":
            merged[name] = mine & (merged["scale"] == Scale.LEVEL)
            continue
        ours = _widened(name, mine, theirs)
        ours[indices] = _widened(name, theirs, mine)
        merged[name] = ours
    return Series(**merged)


def _widened(name: str, array: Any, other: Any) -> Any:
    """Return a copy of an array of rows as wide as the wider of the two."""
    if array.ndim == 1:
        return array.copy()
    missing = other.shape[1] - array.shape[1]
    if missing <= 0:
        return array.copy()
    if name.startswith("knot"):
        return np.column_stack([array[:, :1]] * missing + [array])
    return np.column_stack([array] + [np.full(len(array), np.nan)] * missing)
