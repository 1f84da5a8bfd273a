"""Plans over very many regions from Python: judged some at a time, as frames by the Arrow interface."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from mfgtargets.defaults import METHOD, MOST_ROWS
from mfgtargets.document.records import Document
from mfgtargets.evaluation.asked import Question
from mfgtargets.evaluation.byregion import checks_by_region, listed
from mfgtargets.evaluation.results import Result, result_frame
from mfgtargets.extras import needed
from mfgtargets.loading import load
from mfgtargets.methods import method_named
from mfgtargets.observations.actuals import (
    Actuals,
    Source,
    file_source,
    read_sources,
    table_source,
)
from mfgtargets.observations.files import opened
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.names import every_region
from mfgtargets.observations.observation import Tally


class RegionChecks:
    """A plan judged for all regions of a table: frames of some regions each, as they are asked for.

    A row a region and target, with the fields of a result of ``check``; ``left_out`` is what of the
    table was not used.
    """

    def __init__(self, document: Document, actuals: Actuals, question: Question) -> None:
        self._document, self._actuals, self._question = document, actuals, question

    @property
    def left_out(self) -> Tally:
        """What of the table was not used: counts by reason, and the first rows."""
        return self._actuals.left_out

    def __iter__(self) -> Iterator[Any]:
        """Yield frames (polars), region by region."""
        for check in checks_by_region(self._document, self._actuals, self._question):
            yield result_frame(check.columns).filter(listed(check))

    def lazy(self) -> Any:
        """Return a lazy frame (polars) of the results, which ``sink_parquet`` writes as they come."""
        polars = needed("polars", "tables")
        from polars.io.plugins import register_io_source  # noqa: PLC0415 - an extra

        def source(columns: Any, predicate: Any, rows: int | None, _: int | None) -> Iterator[Any]:
            for part in self:
                frame = part if predicate is None else part.filter(predicate)
                frame = frame if columns is None else frame.select(columns)
                yield frame if rows is None else frame.head(rows)
                if rows is not None and (rows := rows - frame.height) <= 0:
                    return

        types = {int: polars.Int64, float: polars.Float64}
        schema = {name: types.get(kind, polars.String) for name, kind in Result.types().items()}
        return register_io_source(source, schema=schema)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the results to any data-frame library."""
        frame = needed("polars", "tables").concat(self)
        return frame.__arrow_c_stream__(requested_schema)


def check_regions(
    doc: str | Path | Document,
    actuals: Any,
    *,
    as_of: int,
    method: str = METHOD,
    limit: int = MOST_ROWS,
    **question: Any,
) -> RegionChecks:
    """Judge a document for every region of a table, however many there are (extra ``tables``).

    ``actuals`` is the path of a CSV or Parquet file, or any frame that has ``__arrow_c_stream__``,
    with the canonical columns; what stands in ``region`` is a region. ``as_of`` is the year to judge
    by, ``question`` the other arguments of ``check``. Raises ``InputError`` as that does.
    """
    document = load(doc)
    asked = Question(as_of=as_of, method=method_named(method), **question)
    found = read_sources(document, [_source(actuals, limit)], region_of=every_region(document))
    return RegionChecks(document, found, asked)


def _source(given: Any, limit: int) -> Source:
    """Return a table as a source: of a file, where it is plain, by its columns."""
    hints = Hints(limit=limit)
    if not isinstance(given, str | Path):
        return table_source(given, hints)
    needed("polars", "tables")
    from mfgtargets.observations.byframe import frame_in  # noqa: PLC0415 - an extra

    name = str(given)
    with opened(name) as stream:
        frame = frame_in(stream, name, limit)
    if frame is None:
        return file_source(name, name, partial(opened, name), hints)
    return table_source(frame, hints, name)
