"""The actuals of a document: read from files, records or frames, and matched to its indicators."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import Any, BinaryIO, NamedTuple

from mfgtargets.data import data_folder
from mfgtargets.defaults import BUNDLED
from mfgtargets.document.library import bundled_actuals
from mfgtargets.document.records import Document
from mfgtargets.extras import needed
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.notation.numbers import plain_number
from mfgtargets.observations.files import opened
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.lines import Line, limited
from mfgtargets.observations.match import Matcher
from mfgtargets.observations.matched import Matched
from mfgtargets.observations.observation import Admission, LeftOut, Observation, Tally
from mfgtargets.observations.observed import Observed
from mfgtargets.observations.parse import observations_of, read_observations
from mfgtargets.observations.regions import Regions, check_regions

LARGE_FRAME = 10_000  # rows from which a frame is matched by its columns
Found = Iterator[Observation | LeftOut]


class Actuals(NamedTuple):
    """Values under a document's indicators, and how they were read.

    ``sources`` are the names of what was read; ``left_out`` counts what was not used. Of what was
    used, ``read_as_fall`` are positive numbers that were read as falls because of the name they
    stand under, ``read_as_rise`` those of an indicator of that name under its id, where the sign is
    taken as written; ``read_as_region`` are words such as 全市 that were taken for the document's
    region, with the first place of each; ``doubts`` are values that look as if their unit were
    another, ``without_region`` the files that say no region. ``regions`` is whose values were wanted.
    """

    sources: tuple[str, ...]
    used: Sequence[Observation]
    left_out: Tally
    read_as_fall: Sequence[Observation] = ()
    read_as_rise: Sequence[Observation] = ()
    read_as_region: tuple[tuple[str, Place], ...] = ()
    doubts: Tally = Tally()
    without_region: tuple[Place, ...] = ()
    regions: Regions | None = None


class Source(NamedTuple):
    """One input: what outputs call it, and how it is read by those who say what is not wanted.

    ``frame`` returns it as a frame, where that is faster; else None.
    """

    name: str
    place: str
    read: Callable[[Admission, bool], Found]  # one by one, or rows left out together
    hints: Hints = Hints()
    frame: Callable[[], Any] = lambda: None


def stream_source(name: str, place: str, stream: BinaryIO, hints: Hints) -> Source:
    """Return an open stream as a source; it is read from where it stands."""
    return file_source(name, place, lambda: nullcontext(stream), hints)


def file_source(
    name: str, place: str, open_: Callable[[], AbstractContextManager[BinaryIO]], hints: Hints
) -> Source:
    """Return a file as a source; ``open_`` opens it, ``place`` is what messages call it."""

    def read(admit: Admission, one_by_one: bool) -> Found:
        with open_() as stream:
            yield from read_observations(stream, place, hints, admit, one_by_one=one_by_one)

    return Source(name, place, read, hints)


def bundled_source(document: Document) -> Source | None:
    """Return the actuals that come with a document; None where there are none.

    Those of a document of the user's own are named by their file.
    """
    path = bundled_actuals(document)
    if path is None:
        return None
    is_ours = path.is_relative_to(data_folder().resolve())
    name = BUNDLED if is_ours else f"{path.parent.name}/{path.name}"
    return file_source(name, str(path), partial(opened, str(path)), Hints())


def table_source(given: Any, hints: Hints, name: str = "table") -> Source:
    """Return records (mappings), or a frame of the Arrow interface, as a source."""
    if not hasattr(given, "__arrow_c_stream__"):
        columns = list(dict.fromkeys(key for row in given for key in row))
        rows: Iterable[Sequence[str]] = ([_text(row.get(key)) for key in columns] for row in given)
        return _rows_source(columns, rows, hints, name)
    polars = needed("polars", "tables")
    from mfgtargets.notation.frames import text_frame  # noqa: PLC0415 - an extra

    frame = polars.DataFrame(given)
    rows = (row for part in frame.iter_slices() for row in text_frame(part).iter_rows())
    source = _rows_source(frame.columns, rows, hints, name)
    return source._replace(frame=lambda: frame if frame.height >= LARGE_FRAME else None)


def _rows_source(
    columns: Sequence[str], rows: Iterable[Sequence[str]], hints: Hints, name: str
) -> Source:
    table = enumerate(chain((columns,), rows), 1)
    lines = (Line(Place(name, n), list(cells)) for n, cells in table)
    return Source(
        name,
        name,
        lambda admit, _: observations_of(limited(lines, name, hints.limit), name, hints, admit),
        hints,
    )


def is_table(given: Any) -> bool:
    """Tell whether an object is a frame of the Arrow interface, or records."""
    is_records = isinstance(given, Sequence) and not isinstance(given, str | bytes)
    records = is_records and bool(given) and all(isinstance(row, Mapping) for row in given)
    return hasattr(given, "__arrow_c_stream__") or records


def _text(value: Any) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return ""
    return plain_number(value) if isinstance(value, float) else str(value)


def read_sources(
    document: Document,
    sources: Iterable[Source],
    *,
    names: Mapping[str, str] = MappingProxyType({}),
    regions: Regions | None = None,
    strict: bool = False,
    leave_out: Callable[[LeftOut], None] | None = None,
) -> Actuals:
    """Read sources and match what they hold to a document.

    ``names`` are names of indicators beside the document's own, with their ids; ``regions`` are those
    wanted, without them the document's own; ``leave_out`` is told each row that is left out, as it
    comes. Raises ``InputError`` when nothing is left, and with ``strict`` when a row is left out
    that should be looked at; ``actuals`` of the error are what had been read.
    """
    used, tally = tuple(sources), Tally()

    def left(row: LeftOut) -> None:
        tally.add(row)
        if leave_out is not None:
            leave_out(row)

    matcher = Matcher(document, names, regions)
    matched = None
    if len(used) == 1 and leave_out is None:
        matched = _by_columns(used[0], matcher, tally)
    if matched is None:
        one_by_one = leave_out is not None
        given = observations_in(used, matcher.admit, left, one_by_one=one_by_one)
        matched = matcher.match(given, left)
    observed = Observed.of(matched.observations)
    if regions is not None:
        check_regions(observed)
    actuals = Actuals(
        sources=tuple(source.name for source in used),
        used=Observed.of(matched.observations),
        left_out=tally,
        read_as_fall=matched.read_as_fall,
        read_as_rise=matched.read_as_rise,
        read_as_region=tuple(matched.read_as_region.items()),
        doubts=Tally(matched.doubts),
        without_region=tuple(matched.without_region.values()),
        regions=regions,
    )
    place = Place(", ".join(source.place for source in used))
    if strict and (questionable := tally.questionable + actuals.doubts.total):
        raise UnusableError([fault("left-out", place, found=questionable)], actuals)
    if used and not actuals.used:
        raise UnusableError([fault("nothing-left", place)], actuals)
    return actuals


def _by_columns(source: Source, matcher: Matcher, tally: Tally) -> Matched | None:
    """Match a large table as a frame; None where it is none, or has to be read line by line."""
    frame = source.frame()
    if frame is None:
        return None
    from mfgtargets.observations.byframe import matched_frame  # noqa: PLC0415 - an extra

    found = matched_frame(frame, source.place, source.hints, matcher)
    if found is None:
        return None
    for left in sorted(found.left_out, key=lambda one: one.first.place.line):
        tally.add(left.first)
    return found.matched


def observations_in(
    sources: Iterable[Source],
    admit: Admission,
    leave_out: Callable[[LeftOut], None],
    *,
    one_by_one: bool = True,
) -> Iterator[Observation]:
    """Yield the observations of all sources, one at a time."""
    for item in chain.from_iterable(source.read(admit, one_by_one) for source in sources):
        if isinstance(item, LeftOut):
            leave_out(item)
        else:
            yield item


class UnusableError(InputError):
    """Actuals were read, but cannot be used; ``actuals`` tells what they were."""

    def __init__(self, faults: Iterable[Any], actuals: Actuals) -> None:
        super().__init__(faults)
        self.actuals = actuals
