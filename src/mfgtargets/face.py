"""The program from Python: each command as a call, without a print or an exit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from mfgtargets.defaults import APPROX, BUNDLED, METHOD, MOST_ROWS, TOLERANCE
from mfgtargets.document.library import document_paths, find_document, load_listed
from mfgtargets.document.records import Document
from mfgtargets.evaluation import track as tracking
from mfgtargets.evaluation.check import Checked, Question, check_document, find_indicator
from mfgtargets.evaluation.results import Result
from mfgtargets.evaluation.track import Track
from mfgtargets.extras import needed
from mfgtargets.methods import method_named
from mfgtargets.observations.actuals import (
    Actuals,
    Source,
    bundled_source,
    file_source,
    is_table,
    read_sources,
    table_source,
)
from mfgtargets.observations.files import opened
from mfgtargets.observations.hints import Hints, hints_of, indicator_of
from mfgtargets.observations.names import read_names
from mfgtargets.observations.observation import LeftOut, Tally

__all__ = [
    "Actuals",
    "Answers",
    "Check",
    "Document",
    "Track",
    "calc",
    "check",
    "documents",
    "load",
    "note",
    "read_actuals",
    "track",
]

Lang = Literal["zh", "en"]


@dataclass(frozen=True)
class Check(Checked):
    """A check: ``results`` (records with the fields of ``check --format json``), ``summary``,
    ``actuals``, ``document``; as Markdown, as dictionaries, or as a frame by the Arrow interface.
    """  # noqa: D205 - what it is takes more than a line

    @property
    def left_out(self) -> Tally:
        """What of the actuals was not used: counts by reason, and the first rows."""
        return self.actuals.left_out

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the results as dictionaries, with lists and numbers as JSON has them."""
        return [
            {name: list(v) if isinstance(v, tuple) else v for name, v in one._asdict().items()}
            for one in self.results
        ]

    def to_markdown(self, lang: Lang = "zh") -> str:
        """Return the gap table as Markdown."""
        from mfgtargets.render.gaptable import gap_table  # noqa: PLC0415 - what renders is not
        from mfgtargets.render.markdown import markdown_text  # noqa: PLC0415 - needed to check

        return markdown_text(gap_table(self, lang))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the results to any data-frame library (needs the extra ``tables``).

        What is a list in JSON is text, as in CSV: ``part_year;stale``, ``gap=no_data;lead=no_data``.
        """
        polars = needed("polars", "tables")
        types = {int: polars.Int64, float: polars.Float64}
        columns = {
            name: polars.Series(
                name,
                [_flat(getattr(one, name)) for one in self.results],
                dtype=types.get(kind, polars.String),
            )
            for name, kind in Result.types().items()
        }
        return polars.DataFrame(columns).__arrow_c_stream__(requested_schema)


def _flat(value: Any) -> Any:
    """Return a list as text."""
    if isinstance(value, dict):
        return ";".join(f"{name}={code}" for name, code in value.items())
    return ";".join(value) if isinstance(value, tuple) else value


class Answers:
    """A table of series with its answers: as dictionaries, or as a frame by the Arrow interface.

    ``method`` is what they were judged by.
    """

    def __init__(self, method: str, records: Callable[[], list[dict[str, Any]]],
                 frame: Callable[[], Any]) -> None:  # fmt: skip
        self.method = method
        self._records, self._frame = records, frame

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return a dictionary a row, None where there is nothing."""
        return self._records()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the rows to any data-frame library (needs the extra ``tables``)."""
        return self._frame().__arrow_c_stream__(requested_schema)


def documents(folders: Sequence[str | Path] = ()) -> list[Document]:
    """Return the documents that come with the program, and those of further ``folders``."""
    paths = document_paths([Path(folder) for folder in folders]).values()
    return [load_listed(path) for path in paths]


def load(doc: str | Path | Document, folders: Sequence[str | Path] = ()) -> Document:
    """Load a document by its id, or the path of its YAML file.

    Raises ``InputError`` with every fault of the file, and where there is none.
    """
    if isinstance(doc, Document):
        return doc
    return find_document(str(doc), [Path(folder) for folder in folders])


def read_actuals(
    doc: str | Path | Document,
    source: Any = BUNDLED,
    *,
    encoding: str | None = None,
    period: str | None = None,
    columns: Sequence[str] | None = None,
    where: Sequence[str] | None = None,
    sheet: str | None = None,
    indicator_name: str | Sequence[str] | None = None,
    region_name: str | None = None,
    names: str | Path | Mapping[str, str] | None = None,
    limit: int = MOST_ROWS,
    strict: bool = False,
    leave_out: Callable[[LeftOut], None] | None = None,
) -> Actuals:
    """Read actuals of a document.

    ``source`` is the path of a file, several, the word ``bundled``, records (mappings with the
    canonical columns), or any frame that has ``__arrow_c_stream__``. ``encoding``, ``period``,
    ``columns`` (``"COLUMN=FIELD"``), ``indicator_name`` (``"FILE=NAME"`` for one of several files)
    and ``region_name`` say what a table does not; ``where`` (``"COLUMN=VALUE"``) and ``sheet`` say
    what of it to read; ``names`` are names of indicators with their ids, or the file of them. A
    table of more than ``limit`` rows is refused; ``leave_out`` is told each row that is not used, as
    it comes. Raises ``InputError`` where nothing is left, and with ``strict`` where anything is left
    out that should be looked at.
    """
    document = load(doc)
    hints = hints_of(
        encoding, period, columns, limit, where=where, sheet=sheet, region_name=region_name
    )
    called = [indicator_name] if isinstance(indicator_name, str) else indicator_name
    paths = [str(one) for one in _flat_sources(source) if isinstance(one, str | Path)]

    def of(name: str) -> Hints:
        return hints._replace(indicator=indicator_of(called, name, paths or [name]))

    sources = [one for given in _flat_sources(source) for one in _sources(document, given, of)]
    return read_sources(
        document, sources, names=_names(document, names), strict=strict, leave_out=leave_out
    )


def _names(document: Document, given: str | Path | Mapping[str, str] | None) -> Mapping[str, str]:
    """Return names of indicators with their ids, as they are given or as a file has them."""
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return {name: find_indicator(document, indicator) for name, indicator in given.items()}
    with opened(str(given)) as stream:
        return read_names(stream.read(), str(given), document)


def _flat_sources(given: Any) -> list[Any]:
    """Return what is given as actuals, one at a time."""
    if isinstance(given, Source | str | Path) or is_table(given):
        return [given]
    return [one for part in given for one in _flat_sources(part)]


def _sources(document: Document, given: Any, hints: Callable[[str], Hints]) -> Iterator[Source]:
    if isinstance(given, Source):
        yield given
    elif isinstance(given, str) and given == BUNDLED:
        bundled = bundled_source(document)
        if bundled is not None:
            yield bundled
    elif isinstance(given, str | Path):
        name = str(given)
        yield file_source(name, name, partial(opened, name), hints(name))
    else:
        yield table_source(given, hints("table"))


def check(
    doc: str | Path | Document,
    actuals: Any = None,
    *,
    as_of: int | None = None,
    target_year: int | str | None = None,
    indicators: Sequence[str] = (),
    groups: Sequence[str] = (),
    method: str = METHOD,
    tolerance: float = TOLERANCE,
    approx: float = APPROX,
    proxies: bool = False,
    every: bool = False,
    trend: int | None = None,
) -> Check:
    """Judge the targets of a document.

    ``actuals`` is what ``read_actuals`` returns or takes; None is the bundled ones. ``as_of`` is the
    year to judge by (default: the newest of the actuals), ``target_year`` a year or ``all``;
    ``every`` takes all indicators and not only the main table. ``tolerance`` is in percentage points
    of the plan's distance, ``approx`` what 左右 leaves in percent; ``proxies`` lets values of another
    definition decide; ``trend`` is how many years the projection looks back. Raises ``InputError``
    where the document or the actuals cannot be used, or what is asked for is not there.
    """
    document = load(doc)
    question = Question(
        as_of=as_of,
        target_year=target_year,
        indicators=indicators,
        groups=groups,
        tolerance=tolerance,
        approx=approx,
        proxies=proxies,
        every=every,
        method=method_named(method),
        trend=trend,
    )
    return Check(**vars(check_document(document, _actuals(document, actuals), question)))


def _actuals(document: Document, given: Any) -> Actuals:
    if isinstance(given, Actuals):
        return given
    return read_actuals(document, BUNDLED if given is None else given)


def track(
    doc: str | Path | Document,
    indicator: str,
    actuals: Any = None,
    *,
    as_of: int | None = None,
    target_year: int | str | None = None,
    growth: float | None = None,
    reach: int | None = None,
    proxies: bool = False,
) -> Track:
    """Follow one indicator year by year: on-track value, actual, gap.

    ``growth`` supposes a change in percent a year (units on a linear path) from the latest value on;
    ``reach`` the change that reaches the target in that year.
    """
    document = load(doc)
    question = Question(as_of=as_of, target_year=target_year, proxies=proxies)
    given = _actuals(document, actuals)
    return tracking.track(document, given, indicator, question, growth, reach)


def note(
    doc: str | Path | Document | Checked | Sequence[Checked],
    actuals: Any = None,
    *,
    lang: Lang = "zh",
    brief: bool = False,
    by: Literal["status", "group", "department"] = "status",
    since: str | None = None,
    **question: Any,
) -> str:
    """Write a status note in Markdown.

    ``doc`` is a document, checked against ``actuals`` as ``check`` does with the same arguments, or
    one or several checks. ``since`` is an earlier answer of ``check --format json``: what changed
    is told.
    """
    from mfgtargets.render.changes import changes_of, read_earlier  # noqa: PLC0415 - what renders
    from mfgtargets.render.note import Wish, notes  # noqa: PLC0415 - is loaded where it is wanted

    if isinstance(doc, Checked):
        checks = [doc]
    elif isinstance(doc, str | Path | Document):
        checks = [check(doc, actuals, **question)]
    else:
        checks = list(doc)
    changes = None
    if since is not None:
        changes = changes_of(checks, read_earlier(since, "since"), "since")
    return notes(checks, lang, Wish(brief, by), changes)


def calc(
    table: Any,
    method: str = METHOD,
    *,
    tolerance: float = TOLERANCE,
    approx: float = APPROX,
    trend: int | None = None,
    nearest_baseline: bool = False,
    by: Literal["group"] | None = None,
    limit: int = MOST_ROWS,
) -> Answers:
    """Judge a table of series, one a row (the columns of ``calc --input``).

    ``table`` is the path of a CSV or Parquet file, records (mappings), or any frame that has
    ``__arrow_c_stream__``. ``nearest_baseline`` lets ``open-sdg`` and ``eurostat`` take another year
    where that of a baseline has no value, flagged; with ``by`` there is one row a group; a file of
    more than ``limit`` rows is refused. Raises ``InputError`` with the place of every cell that
    cannot be read.
    """
    from mfgtargets.engine import answering  # noqa: PLC0415 - only tables of series need it
    from mfgtargets.engine.calculate import requested  # noqa: PLC0415 - as above
    from mfgtargets.engine.reading import read_table, table_of  # noqa: PLC0415 - as above

    if isinstance(table, str | Path):
        with opened(str(table)) as stream:
            given = read_table(stream, str(table), limit=limit)
    else:
        given = table_of(table)
    request = requested(
        method, tolerance=tolerance, approx=approx, trend=trend, nearest_baseline=nearest_baseline
    )
    if by is not None:
        groups = answering.answered_groups(given, by, request)
        return Answers(method, lambda: groups, partial(answering.group_frame, groups))
    columns, found = answering.answers_to(given, request)
    return Answers(
        method,
        partial(answering.answered_records, columns, found),
        partial(answering.answered_frame, columns, found),
    )
