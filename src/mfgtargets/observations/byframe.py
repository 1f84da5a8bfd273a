"""A frame of observations matched by the kinds of its rows: no row becomes an object of its own.

Rows that differ in region and figure alone are of one kind, which is read and matched once, by its
first row, as a line of any table is. Needs the extra ``tables`` (polars).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from mfgtargets.faults import Place
from mfgtargets.notation.frames import plain_csv, text_frame
from mfgtargets.observations.doubts import Limits
from mfgtargets.observations.headers import Header, find_header
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.lines import Line, check_rows
from mfgtargets.observations.match import Matcher
from mfgtargets.observations.matched import Fit, Matched, Matching
from mfgtargets.observations.observation import LeftOut, Observation, Refusal
from mfgtargets.observations.observed import Array, Observed
from mfgtargets.observations.parquet import parquet_frame
from mfgtargets.observations.parse import observations_of
from mfgtargets.observations.regions import spelled_alike
from mfgtargets.observations.remarks import kind_of, kind_of_line
from mfgtargets.observations.rowkinds import Figures, coded, figures_of, kinds_of

_PARQUET = b"PAR1"


class LeftRows(NamedTuple):
    """Rows left out alike: the first of them, and where all stand (from 0)."""

    first: LeftOut
    rows: Array


class ByFrame(NamedTuple):
    """What was matched in a frame, and what was left out of it."""

    matched: Matched
    left_out: list[LeftRows]


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
    if (
        matcher.elsewhere
        or header is None
        or header.height > 1
        or not needs <= header.at.keys()
        or not frame.height
    ):
        return None
    names = [frame.columns[header.at[column]] for column in ("region", "value")]
    figures = figures_of(frame[names[1]])
    regions, region = coded(frame[names[0]])
    kind, first = kinds_of(frame.drop(names), frame[names[1]], figures)
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
    figures: Figures

    def place(self, row: int) -> Place:
        """Return where a row stands."""
        return Place(self.name, row + 2)


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


def _matched(
    table: _Table, items: Sequence[Observation | LeftOut], matcher: Matcher
) -> ByFrame | None:
    """Match each kind, and put its rows with those of others."""
    seen, left = Matching.begun(matcher.own), []
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
    if any(one.reason == "unit-mismatch" for one in refused.values()):
        return None  # which unit counts is told by others of a region
    regions = [matcher.region_of(one) for one in table.regions]
    alike = spelled_alike(one for one in regions if isinstance(one, str))
    regions = [alike.get(one, one) if isinstance(one, str) else one for one in regions]
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
