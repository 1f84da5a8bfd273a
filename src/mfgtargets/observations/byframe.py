"""A frame of observations matched by the kinds of its rows: no row becomes an object of its own.

Rows that differ in region and figure alone are of one kind, which is read and matched once, by its
first row, as a line of any table is. Needs the extra ``tables`` (polars).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from mfgtargets.extras import needed
from mfgtargets.faults import Place
from mfgtargets.notation.frames import plain_csv, text_frame
from mfgtargets.observations.doubts import Limits
from mfgtargets.observations.headers import Header, find_header
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.lines import Line, check_rows
from mfgtargets.observations.match import Fit, Matched, Matcher, Matching
from mfgtargets.observations.observation import LeftOut, Observation, Refusal
from mfgtargets.observations.observed import Array, Observed
from mfgtargets.observations.parquet import parquet_frame
from mfgtargets.observations.parse import EDGES, observations_of
from mfgtargets.observations.remarks import kind_of, kind_of_line

_PLAIN = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$"
_MOST_DECIMALS = 9
_PARQUET = b"PAR1"
_MOST_CODES = 1 << 24  # of columns together, beyond which they are sorted rather than counted


class LeftRows(NamedTuple):
    """Rows left out alike: the first of them, and where all stand (from 0)."""

    first: LeftOut
    rows: Array


class ByFrame(NamedTuple):
    """What was matched in a frame, and what was left out of it."""

    matched: Matched
    left_out: list[LeftRows]


class _Figures(NamedTuple):
    """The values of a frame: which are plain numbers, these, and with how many decimals."""

    plain: Array
    value: Array
    decimals: Array


def frame_in(stream: BinaryIO, name: str, limit: int) -> Any:
    """Return a file of Parquet or plain CSV as a frame; None where it is neither."""
    if stream.read(len(_PARQUET)) == _PARQUET:
        return parquet_frame(stream, name, limit)
    stream.seek(0)
    return plain_csv(stream.read())


def matched_frame(frame: Any, name: str, hints: Hints, matcher: Matcher) -> ByFrame | None:
    """Match a frame; None where its rows have to be read one after the other.

    Raises ``InputError`` as matching its lines does.
    """
    check_rows(frame.height, name, hints.limit)
    top = Line(Place(name, 1), list(frame.columns))
    found = find_header([top], Hints(columns=hints.columns))
    header = found[1] if found else None
    needs = {"indicator", "region", "period", "value"}
    if header is None or header.height > 1 or not needs <= header.at.keys() or not frame.height:
        return None
    names = [frame.columns[header.at[column]] for column in ("region", "value")]
    figures = _figures(frame[names[1]])
    regions, region = _coded(frame[names[0]])
    kind, first = _kinds(frame.drop(names), frame[names[1]], figures)
    lines = list(_lines(frame, name, header, first, matcher.own))
    leads = regions if header.at["region"] == 0 else ()
    if not all(regions) or _is_uneven(lines, header) or any(kind_of_line(one, "") for one in leads):
        return None
    items = list(observations_of(iter([top, *lines]), name, hints, matcher.admit))
    if any(isinstance(item, Observation) and item.date for item in items):
        return None  # what a date stands for is told by others of its region
    table = _Table(name, regions, region, kind, first, figures)
    return _matched(table, items, matcher)


class _Table(NamedTuple):
    """A frame by columns; ``first`` is the first row of each kind."""

    name: str
    regions: Sequence[str]
    region: Array
    kind: Array
    first: Array
    figures: _Figures

    def place(self, row: int) -> Place:
        """Return where a row stands."""
        return Place(self.name, row + 2)


def _figures(cells: Any) -> _Figures:
    """Tell which values are plain numbers: by their text, or as doubles that have few decimals."""
    polars = needed("polars", "tables")
    if cells.dtype == polars.String:
        plain = cells.str.contains(_PLAIN).fill_null(value=False)
        value = cells.set(~plain, None).cast(polars.Float64).fill_null(0.0).to_numpy()
        point = cells.str.find(".", literal=True).cast(polars.Int64)
        places = (cells.str.len_bytes().cast(polars.Int64) - 1 - point).fill_null(0).to_numpy()
        return _Figures(plain.to_numpy(), value, places)
    if not cells.dtype.is_numeric():
        nothing = np.zeros(len(cells))
        return _Figures(nothing.astype(bool), nothing, nothing.astype(np.int64))
    value = cells.cast(polars.Float64).fill_null(np.nan).to_numpy()
    decimals, left = np.zeros(len(value), dtype=np.int64), np.arange(len(value))
    for places in range(_MOST_DECIMALS + 1):
        with np.errstate(all="ignore"):
            same = np.rint(value[left] * 10.0**places) / 10.0**places == value[left]
        decimals[left[same]], left = places, left[~same]
    plain = np.isfinite(value) & (np.abs(value) < 1e15)
    plain[left] = False
    return _Figures(plain, np.where(plain, value, 0.0), decimals)


def _coded(column: Any) -> tuple[list[str], Array]:
    """Return the texts of a column, as they come, and the place of each row's among them."""
    polars = needed("polars", "tables")
    cells = text_frame(column.to_frame()).to_series().str.strip_chars()
    texts = cells.unique(maintain_order=True)
    codes = cells.cast(polars.Enum(texts)).to_physical()
    return texts.to_list(), codes.cast(polars.Int64).to_numpy()


def _kinds(rest: Any, cells: Any, figures: _Figures) -> tuple[Array, Array]:
    """Return the kind of each row, and the first row of each kind.

    A figure that is no plain number is of its own kind; of those that are, those are alike that no
    limit tells apart.
    """
    polars = needed("polars", "tables")
    kind = sum((figures.value > edge).astype(np.int64) for edge in EDGES) + 1
    odd = polars.Series(~figures.plain)
    columns = [*rest.iter_columns(), polars.Series(np.where(figures.plain, kind, 0))]
    if odd.any():
        columns.append(cells.set(~odd, None))
    size, kind = 1, np.zeros(len(cells), dtype=np.int64)
    for column in columns:
        texts, codes = _coded(column) if not column.dtype.is_integer() else _ranked(column)
        kind, size = kind * len(texts) + codes, size * len(texts)
        if size > _MOST_CODES:
            kind, size = _packed(kind)
    kind, size = _packed(kind)
    first = np.empty(size, dtype=np.int64)
    first[kind[::-1]] = np.arange(len(kind))[::-1]
    order = np.argsort(first)  # as they come
    return np.argsort(order)[kind], first[order]


def _ranked(column: Any) -> tuple[range, Array]:
    """Return whole numbers as codes."""
    values = column.fill_null(column.max() + 1 if column.max() is not None else 0).to_numpy()
    low, high = int(values.min()), int(values.max())
    if high - low > _MOST_CODES:
        kinds, codes = np.unique(values, return_inverse=True)
        return range(len(kinds)), codes
    return range(high - low + 1), values.astype(np.int64) - low


def _packed(codes: Array) -> tuple[Array, int]:
    """Number the codes that there are."""
    if codes.max(initial=0) > 4 * _MOST_CODES:
        kinds, packed = np.unique(codes, return_inverse=True)
        return packed, len(kinds)
    there = np.zeros(codes.max(initial=0) + 1, dtype=bool)
    there[codes] = True
    return (np.cumsum(there) - 1)[codes], int(there.sum())


def _lines(frame: Any, name: str, header: Header, first: Array, own: str) -> Iterator[Line]:
    """Yield the first row of each kind as a line, of the region that all are read for."""
    rows = text_frame(frame[first.tolist()]).iter_rows()
    for row, cells in zip(first.tolist(), rows, strict=True):
        line = list(cells)
        line[header.at["region"]] = own
        yield Line(Place(name, row + 2), line)


def _is_uneven(lines: Sequence[Line], header: Header) -> bool:
    """Tell whether a line begins another table, or has nothing it is of."""
    subject, value = header.subject, header.at["value"]
    return any(
        not line.cells[header.at["indicator"]].strip()
        or kind_of(line.cells, line.cells[subject], (value,)) == "anew"
        for line in lines
    )


def _matched(table: _Table, items: Sequence[Observation | LeftOut], matcher: Matcher) -> ByFrame:
    """Match each kind, and put its rows with those of others."""
    seen, left = Matching.begun(), []
    fits: dict[int, Fit] = {}
    refused: dict[int, LeftOut] = {}
    numbers = {row + 2: n for n, row in enumerate(table.first.tolist())}
    for item in items:
        fit = item if isinstance(item, LeftOut) else matcher.fit(item, seen)
        n = numbers.get(item.place.line)
        if n is not None and isinstance(fit, Fit):
            fits[n] = fit
        elif isinstance(fit, LeftOut):
            if n is None:  # a column
                left.append(LeftRows(fit, np.empty(0, dtype=np.int64)))
            else:
                refused[n] = fit
    regions = [matcher.region_of(one) for one in table.regions]
    by_region = np.array([isinstance(one, str) for one in regions])[table.region]
    by_kind = np.array([n in fits for n in range(len(table.first))])[table.kind]
    for rows, codes, why in (
        (np.flatnonzero(~by_region), table.region, regions),
        (np.flatnonzero(by_region & ~by_kind), table.kind, refused),
    ):
        for n, of_it in _grouped(rows, codes):
            one: Any = why[n]
            reason, details = one[1:3] if isinstance(one, LeftOut) else one
            place = table.place(int(of_it[0]))
            left.append(LeftRows(LeftOut(place, reason, details, len(of_it)), of_it))
    rows = np.flatnonzero(by_region & by_kind)
    observed = _observed(table, rows, fits, regions)
    kept, repeated = seen.distinct.repeats(observed)
    for at, earlier in repeated:
        one = LeftOut(table.place(int(rows[at])), "repeated", {"found": str(earlier)})
        left.append(LeftRows(one, rows[at : at + 1]))
    seen.check()
    words = {
        one: table.place(int(rows[np.flatnonzero(table.region[rows] == n)[0]]))
        for n, one in enumerate(table.regions)
        if matcher.is_word_for_own(one) and (table.region[rows] == n).any()
    }
    observed, found = observed.taken(kept), list(fits.values())
    falls = np.array([fit.is_fall for fit in found], dtype=bool)[observed.kind]
    rises = np.array([fit.is_rise for fit in found], dtype=bool)[observed.kind]
    doubts = list(_doubts(observed, found, matcher))
    return ByFrame(
        Matched(observed, observed.taken(falls), observed.taken(rises), words, doubts, {}), left
    )


def _grouped(rows: Array, codes: Array) -> Iterator[tuple[int, Array]]:
    """Yield the rows of each code, in order of the first of each."""
    order = np.argsort(codes[rows], kind="stable")
    starts = np.flatnonzero(np.diff(codes[rows][order], prepend=-1))
    parts = np.split(rows[order], starts[1:]) if len(rows) else []
    for part in sorted(parts, key=lambda part: int(part[0])):
        yield int(codes[part[0]]), part


def _observed(
    table: _Table, rows: Array, fits: Mapping[int, Fit], regions: Sequence[str | Refusal]
) -> Observed:
    """Return the rows that are used, their figures in the units of the document."""
    size = len(table.first)
    kind, power, sign = np.zeros((3, size), dtype=np.int64)
    for n, (at, fit) in enumerate(fits.items()):
        kind[at], power[at] = n, fit.by.adjusted()
        sign[at] = -1 if fit.is_fall else 1
    names: dict[str, int] = {}
    places = [names.setdefault(one if isinstance(one, str) else "", len(names)) for one in regions]
    of = table.kind[rows]
    kinds = [
        fit.observation._replace(region=str(regions[table.region[table.first[at]]]))
        for at, fit in fits.items()
    ]
    value, places_of = _shifted(table.figures.value[rows], table.figures.decimals[rows], power[of])
    plain = table.figures.plain[rows]
    own = Observed.of(kinds)
    return Observed(
        kinds,
        tuple(names),
        kind[of],
        np.array(places, dtype=np.int64)[table.region[rows]],
        np.where(plain, value * sign[of], own.value[kind[of]]),
        np.where(plain, places_of, own.decimals[kind[of]]),
        rows + 2,
    )


def _shifted(value: Array, decimals: Array, power: Array) -> tuple[Array, Array]:
    """Return printed numbers times powers of ten, as their digits say, and their decimals."""
    if not power.any():
        return value, decimals
    digits, up = np.rint(value * 10.0**decimals), power - decimals
    shifted = np.where(
        up >= 0, digits * 10.0 ** np.maximum(up, 0), digits / 10.0 ** np.maximum(-up, 0)
    )
    return np.where(power == 0, value, shifted), np.maximum(decimals - power, 0)


def _doubts(observed: Observed, fits: Sequence[Fit], matcher: Matcher) -> Iterator[LeftOut]:
    """Yield what is to be told of values that are used: of each kind the first, and how many."""
    limits = np.array([matcher.limits(fit) for fit in fits]).reshape(-1, 3)[observed.kind].T
    sizes = np.abs(observed.value)
    beside = np.array([any(_is_beside(d) for d in matcher.doubts(fit)) for fit in fits], dtype=bool)
    off = Limits(*limits).are_far(sizes) | beside[observed.kind]
    over = observed.value > limits[2]
    for codes, chosen in (({"unit-beside", "far-off"}, off), ({"over-ceiling"}, over)):
        for n, rows in _grouped(np.flatnonzero(chosen), observed.kind):
            one = observed[int(rows[0])]
            fit = fits[n]._replace(observation=one, given=fits[n].given._replace(place=one.place))
            for doubt in matcher.doubts(fit):
                if doubt.reason in codes:
                    yield doubt._replace(rows=len(rows))


def _is_beside(doubt: LeftOut) -> bool:
    return doubt.reason == "unit-beside"
