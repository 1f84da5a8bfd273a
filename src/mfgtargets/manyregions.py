"""Plans over very many regions from Python: judged some at a time, as frames by the Arrow interface."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from mfgtargets.defaults import ALL, METHOD, MOST_ROWS
from mfgtargets.document.records import Document
from mfgtargets.evaluation.asked import Question, asked_targets, check_question
from mfgtargets.evaluation.byregion import by_regions, check_all, listed
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.regions import region_rule_named
from mfgtargets.evaluation.results import Result, result_frame
from mfgtargets.extras import needed
from mfgtargets.faults import InputError
from mfgtargets.loading import load, regional_targets, wanted_regions
from mfgtargets.methods import method_named
from mfgtargets.observations.actuals import (
    Actuals,
    Source,
    file_source,
    observations_in,
    read_sources,
    table_source,
)
from mfgtargets.observations.files import opened
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.match import Matcher
from mfgtargets.observations.observation import ORDINARY, LeftOut, Tally
from mfgtargets.observations.observed import Observed
from mfgtargets.observations.regions import Regions


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

    def frames(self) -> Iterator[Any]:
        """Yield frames (polars), region by region."""
        from mfgtargets.workers import in_order  # noqa: PLC0415 - large tables alone

        yield from in_order(self._judged, by_regions(self._actuals))

    def _judged(self, part: Actuals) -> Any:
        return _frame(check_all(self._document, part, self._question))

    def lazy(self) -> Any:
        """Return a lazy frame (polars) of the results, which ``sink_parquet`` writes as they come."""
        needed("polars", "tables")
        from polars.io.plugins import register_io_source  # noqa: PLC0415 - an extra

        def source(columns: Any, predicate: Any, rows: int | None, _: int | None) -> Iterator[Any]:
            for part in self.frames():
                frame = part if predicate is None else part.filter(predicate)
                frame = frame if columns is None else frame.select(columns)
                yield frame if rows is None else frame.head(rows)
                if rows is not None and (rows := rows - frame.height) <= 0:
                    return

        return register_io_source(source, schema=_schema())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the results to any data-frame library."""
        frame = needed("polars", "tables").concat(self.frames())
        return frame.__arrow_c_stream__(requested_schema)


def _frame(check: Checked) -> Any:
    """Return results as a frame, without those that are there for other regions' sake."""
    return result_frame(check.columns).filter(listed(check))


def _schema() -> dict[str, Any]:
    """Return the columns of results and their types as polars has them."""
    polars = needed("polars", "tables")
    types = {int: polars.Int64, float: polars.Float64}
    return {name: types.get(kind, polars.String) for name, kind in Result.types().items()}


def check_regions(
    doc: str | Path | Document,
    actuals: Any,
    *,
    as_of: int,
    method: str = METHOD,
    limit: int = MOST_ROWS,
    region_table: str | Path | None = None,
    region_targets: str | Path | None = None,
    region_rule: str | None = None,
    **question: Any,
) -> RegionChecks:
    """Judge a document for every region of a table, however many there are (extra ``tables``).

    ``actuals`` is the path of a CSV or Parquet file, or any frame that has ``__arrow_c_stream__``,
    with the canonical columns; what stands in ``region`` is a region. ``as_of`` is the year to judge
    by, ``question`` the other arguments of ``check``. Raises ``InputError`` as that does.
    """
    document = load(doc)
    asked = Question(
        as_of=as_of,
        method=method_named(method),
        region_rule=region_rule_named(region_rule),
        **question,
    )
    check_question(asked)
    asked_targets(document, asked, set(document.indicators), as_of)  # what is not there is told now
    regions = wanted_regions(document, [ALL], region_table) or Regions(document, [ALL])
    found = read_sources(document, [_source(actuals, limit)], regions=regions)
    there = Observed.of(found.used).regions_there
    given = regional_targets(document, region_targets, regions, there)
    asked = asked._replace(regional_targets=given)
    return RegionChecks(document, found, asked)


def checked_anyway(
    document: Document, frame: Any, question: Question, region: str, name: str
) -> Any:
    """Return the results for every region of a frame, with what is wrong in each beside them.

    ``region`` is the column of regions; ``error`` tells why how many rows of a region were not used,
    or why it cannot be judged, ``errors`` how many they are. A region without results is one row.
    """
    polars = needed("polars", "tables")
    named = Regions(document, [ALL]).of
    names = frame[region].cast(polars.String).fill_null("")
    wrong: dict[str, Counter[str]] = {}
    try:
        used = _matched(document, frame, name, names, wrong)
        parts = [check_all(document, part, question) for part in by_regions(used)]
    except InputError as error:
        regions = names.unique(maintain_order=True)
        if len(regions) > 1:
            half = names.is_in(regions[: len(regions) // 2].to_list())
            halves = (frame.filter(half), frame.filter(~half))
            return polars.concat(
                checked_anyway(document, one, question, region, name) for one in halves
            )
        parts, wrong = [], {str(named(names[0])): Counter(one.code for one in error.faults)}
    empty = polars.DataFrame(schema=_schema())
    found = polars.concat([empty, *(_frame(part) for part in parts)])
    told = [
        (one, "; ".join(f"{code}={n}" for code, n in sorted(codes.items())), codes.total())
        for one, codes in wrong.items()
    ]
    schema = {"region": polars.String, "error": polars.String, "errors": polars.Int64}
    joined = found.join(
        polars.DataFrame(told, schema=schema, orient="row"), "region", how="full", coalesce=True,
        maintain_order="left_right",
    )  # fmt: skip
    return joined.with_columns(polars.col("errors").fill_null(0))


def _matched(
    document: Document, frame: Any, name: str, names: Any, wrong: dict[str, Counter[str]]
) -> Actuals:
    """Match a frame whose rows are of the regions ``names``; ``wrong`` counts what is left out."""
    from mfgtargets.observations.byframe import matched_frame  # noqa: PLC0415 - an extra

    regions = Regions(document, [ALL])

    def leave_out(left: LeftOut, rows: Iterable[int]) -> None:
        if left.reason not in ORDINARY:
            for row in rows:
                wrong.setdefault(str(regions.of(names[row])), Counter())[left.reason] += 1

    matcher = Matcher(document, regions=regions)
    by_frame = matched_frame(frame, name, Hints(), matcher)
    if by_frame is None:
        told: list[LeftOut] = []
        source = table_source(frame, Hints(), name)
        matched = matcher.match(observations_in([source], matcher.admit, told.append), told.append)
        for left in told:
            leave_out(left, [left.place.line - 2] if left.place.line > 1 else [])
    else:
        matched = by_frame.matched
        for alike in by_frame.left_out:
            leave_out(alike.first, alike.rows.tolist())
    return Actuals((name,), matched.observations, Tally())


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
