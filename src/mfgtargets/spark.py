"""The same rows from a Spark DataFrame, worked on where its parts are (extra ``spark``).

Spark hands each part over by its Arrow interface; nothing is collected to the driver. What is wrong
in a row or region stands beside it (``error``, and ``errors`` how many things), so that it does not
lose the job.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from mfgtargets.defaults import APPROX, METHOD, TOLERANCE
from mfgtargets.engine.answering import answered_anyway
from mfgtargets.engine.answers import is_worded
from mfgtargets.engine.calculate import Request, answer_names, requested
from mfgtargets.engine.inert import NUMERIC
from mfgtargets.engine.texttable import check_header
from mfgtargets.extras import needed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_NAME = "frame"  # what messages call a Spark DataFrame
_TEXT, _NUMBER, _WHOLE = "string", "double", "bigint"


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
    given = [name for name in frame.columns if name not in found]
    types = {name: _NUMBER if name in NUMERIC else _TEXT for name in given}
    types |= {name: _TEXT if is_worded(name) else _NUMBER for name in found}
    types |= {"error": _TEXT, "errors": _WHOLE}
    return frame.mapInArrow(partial(_answered, request, types), _schema(types))


def _answered(request: Request, types: Mapping[str, str], batches: Iterable[Any]) -> Iterator[Any]:
    for batch in batches:
        if batch.num_rows:
            yield from _arrow(answered_anyway(_frame(batch), request, _NAME), types)


def _frame(batch: Any) -> Any:
    return needed("polars", "spark").from_arrow(batch)


def _arrow(frame: Any, types: Mapping[str, str]) -> Iterator[Any]:
    """Return a frame as Spark takes it: batches of Arrow, of the types it was told."""
    arrow = needed("pyarrow", "spark")
    kinds = {_TEXT: arrow.string(), _NUMBER: arrow.float64(), _WHOLE: arrow.int64()}
    schema = arrow.schema([(name, kinds[kind]) for name, kind in types.items()])
    return iter(arrow.table(frame.select(list(types))).cast(schema).to_batches())


def _schema(types: Mapping[str, str]) -> Any:
    """Return the columns and their types in the words of Spark."""
    spark = needed("pyspark.sql.types", "spark")
    kinds = {_TEXT: spark.StringType(), _NUMBER: spark.DoubleType(), _WHOLE: spark.LongType()}
    return spark.StructType([spark.StructField(name, kinds[kind]) for name, kind in types.items()])
