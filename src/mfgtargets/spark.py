"""The same rows from a Spark DataFrame, worked on where its parts are (extra ``spark``).

Spark hands each part over by its Arrow interface; nothing is collected to the driver. What is wrong
in a row or region stands beside it (``error``, and ``errors`` how many things), so that it does not
lose the job.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mfgtargets.defaults import APPROX, METHOD, TOLERANCE
from mfgtargets.document.records import Document
from mfgtargets.engine.answering import answered_anyway
from mfgtargets.engine.answers import is_worded
from mfgtargets.engine.calculate import Request, answer_names, requested
from mfgtargets.engine.inert import NUMERIC
from mfgtargets.engine.texttable import check_header
from mfgtargets.evaluation.asked import Question, asked_targets
from mfgtargets.evaluation.results import Result
from mfgtargets.extras import needed
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.loading import load
from mfgtargets.manyregions import checked_anyway
from mfgtargets.methods import method_named
from mfgtargets.observations.headers import find_header
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.lines import Line

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_NAME = "frame"  # what messages call a Spark DataFrame
_ROWS = 200_000  # from which on regions are judged: fewer cost calls, more cost memory
_WRONG = {"error": str, "errors": int}


def calc(
    frame: "DataFrame",
    method: str = METHOD,
    *,
    tolerance: float = TOLERANCE,
    approx: float = APPROX,
    trend: int | None = None,
    nearest_baseline: bool = False,
) -> "DataFrame":
    """Judge a table of series, one a row, as ``mfgtargets.calc`` does.

    Two columns are added, ``error`` and ``errors``: which cells of a row are wrong, and how many. A
    row with any has no answers. Raises ``InputError`` for columns that are no table of series, and
    an unknown method; needs the extra ``spark``.
    """
    check_header(frame.columns, _NAME)
    request = requested(
        method, tolerance=tolerance, approx=approx, trend=trend, nearest_baseline=nearest_baseline
    )
    found = answer_names(request)
    types: dict[str, type] = {
        name: float if name in NUMERIC else str for name in frame.columns if name not in found
    }
    types |= {name: str if is_worded(name) else float for name in found} | _WRONG
    return frame.mapInArrow(partial(_answered, request, types), _schema(types))


def _answered(request: Request, types: Mapping[str, type], batches: Iterable[Any]) -> Iterator[Any]:
    polars = needed("polars", "spark")
    for batch in batches:
        if batch.num_rows:
            found = answered_anyway(polars.from_arrow(batch), request, _NAME)
            yield from _arrow(found, types)


def check(
    doc: str | Path | Document,
    frame: "DataFrame",
    *,
    as_of: int,
    method: str = METHOD,
    **question: Any,
) -> "DataFrame":
    """Judge a document for every region of a table, as ``mfgtargets.check_regions`` does.

    The rows of one region are brought together (``repartition``), and regions judged where they
    are. Two columns are added: ``error``, why how many rows of the region were not used, and
    ``errors``, how many. A region of which nothing can be judged is one row with these alone. Raises
    ``InputError`` as ``check_regions`` does, for columns without a region too; needs the extra
    ``spark``.
    """
    document = load(doc)
    asked = Question(as_of=as_of, method=method_named(method), **question)
    asked_targets(
        document, asked, set(document.indicators), as_of
    )  # what is not there is told here
    types = Result.types() | _WRONG
    region = _region_of(frame.columns)
    together = frame.repartition(frame[region]).sortWithinPartitions(region)
    judge = partial(_checked, document, asked, region, types)
    return together.mapInArrow(judge, _schema(types))


def _region_of(columns: list[str]) -> str:
    """Return the column of regions."""
    found = find_header([Line(Place(_NAME, 1), columns)], Hints())
    at = found[1].at if found else {}
    if "region" not in at:
        raise InputError([fault("missing-column", Place(_NAME, 1), expected="region")])
    return columns[at["region"]]


def _checked(
    document: Document,
    question: Question,
    region: str,
    types: Mapping[str, type],
    batches: Iterable[Any],
) -> Iterator[Any]:
    for frame in _whole_regions(batches, region):
        yield from _arrow(checked_anyway(document, frame, question, region, _NAME), types)


def _whole_regions(batches: Iterable[Any], region: str) -> Iterator[Any]:
    """Yield the rows of some regions at a time, whole; they come in order of regions."""
    polars = needed("polars", "spark")
    held = []
    for batch in batches:
        held.append(polars.from_arrow(batch))
        if sum(frame.height for frame in held) >= _ROWS:
            frame = polars.concat(held)
            is_last = frame[region].eq_missing(frame[region][-1])
            yield frame.filter(~is_last)
            held = [frame.filter(is_last)]
    if held:
        yield polars.concat(held)


def _arrow(frame: Any, types: Mapping[str, type]) -> Iterator[Any]:
    """Return a frame as Spark takes it: batches of Arrow, of the types it was told."""
    arrow = needed("pyarrow", "spark")
    kinds = {int: arrow.int64(), float: arrow.float64()}
    schema = arrow.schema([(name, kinds.get(of, arrow.string())) for name, of in types.items()])
    return iter(arrow.table(frame.select(list(types))).cast(schema).to_batches())


def _schema(types: Mapping[str, type]) -> Any:
    """Return the columns and their types in the words of Spark."""
    spark = needed("pyspark.sql.types", "spark")
    kinds = {int: spark.LongType(), float: spark.DoubleType()}
    fields = [
        spark.StructField(name, kinds.get(of, spark.StringType())) for name, of in types.items()
    ]
    return spark.StructType(fields)
