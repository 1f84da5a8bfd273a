"""Read Parquet, a batch of rows at a time (needs the extra ``tables``)."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from mfgtargets.extras import needed
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.observations.lines import Line, check_rows, check_width

_BATCH = 1 << 16


def parquet_lines(stream: BinaryIO, name: str, limit: int) -> Iterator[Line]:
    """Yield a header of the columns' names, then a line a row; null and NaN are blank.

    Raises ``InputError`` for more rows than ``limit`` before any is read.
    """
    polars = needed("polars", "tables")
    from mfgtargets.notation.frames import text_frame  # noqa: PLC0415 - an extra

    number = 1
    try:
        lazy = polars.scan_parquet(io.BytesIO(stream.read()))
        columns = list(lazy.collect_schema().names())
        check_width(len(columns), Place(name))
        total = lazy.select(polars.len()).collect().item()
        check_rows(total, name, limit)
        yield Line(Place(name, number), columns)
        for start in range(0, total, _BATCH):
            for row in text_frame(lazy.slice(start, _BATCH).collect()).iter_rows():
                number += 1
                yield Line(Place(name, number), list(row))
    except (polars.exceptions.PolarsError, OSError, ValueError) as error:
        raise _damaged(error, name) from None


def parquet_frame(raw: bytes, name: str) -> Any:
    """Return a whole Parquet file as a frame."""
    polars = needed("polars", "tables")
    try:
        return polars.read_parquet(io.BytesIO(raw))
    except (polars.exceptions.PolarsError, OSError, ValueError) as error:
        raise _damaged(error, name) from None


def _damaged(error: Exception, name: str) -> InputError:
    found = str(error).splitlines()[0] if str(error) else type(error).__name__
    return InputError([fault("damaged-file", Place(name), found=found)])
