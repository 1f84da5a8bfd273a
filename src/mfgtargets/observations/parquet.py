"""Read Parquet, a batch of rows at a time (needs the extra ``tables``).

A thousand bytes of it may unpack to any size: what is more than any table is refused before it is
unpacked.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from mfgtargets.extras import needed
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.observations.lines import LONGEST, Line, check_rows, check_width

PACKED = 100_000  # rows that any file may have; more only where it has a byte for each
LARGEST_TEXT = 200  # bytes of all cells that hold text, for each row that there may be
_BATCH = 1 << 16
_HELD = 16  # rows at a time as texts, each of up to ``LONGEST``


def parquet_lines(stream: BinaryIO, name: str, limit: int) -> Iterator[Line]:
    """Yield a header of the columns' names, then a line a row; null and NaN are blank.

    Raises ``InputError`` for more rows than ``limit``, or of that size, before any is read.
    """
    with _faults_of(name):
        from mfgtargets.notation.frames import text_frame  # noqa: PLC0415 - an extra

        lazy, rows, room = _scanned(stream, name, limit)
        yield Line(Place(name, 1), list(lazy.collect_schema().names()))
        number = 1
        for start in range(0, rows, _BATCH):
            frame = lazy.slice(start, _BATCH).collect()
            room = _after_text(frame, room, Place(name, number + 1))
            for row in text_frame(frame).iter_rows(buffer_size=_HELD):
                number += 1
                yield Line(Place(name, number), list(row))


def parquet_frame(stream: BinaryIO, name: str, limit: int) -> Any:
    """Return a whole Parquet file as a frame; refused as by ``parquet_lines``."""
    with _faults_of(name):
        lazy, _, room = _scanned(stream, name, limit)
        frame = lazy.collect()
        _after_text(frame, room, Place(name))
        return frame


def _scanned(stream: BinaryIO, name: str, limit: int) -> tuple[Any, int, int]:
    """Return a file as it can be asked for its rows, their number, and the bytes of text it may have."""
    polars = needed("polars", "tables")
    most = PACKED + stream.seek(0, 2)
    stream.seek(0)
    is_file = isinstance(stream, io.BufferedReader)  # which is not read whole
    lazy = polars.scan_parquet(stream if is_file else io.BytesIO(stream.read()))
    schema = lazy.collect_schema()
    check_width(len(schema), Place(name))
    if nested := next((column for column, of in schema.items() if of.is_nested()), None):
        raise InputError([fault("nested-column", Place(name), found=nested)])
    rows = lazy.select(polars.len()).collect().item()
    check_rows(rows, name, limit)
    if rows > most:
        raise InputError([fault("packed-rows", Place(name), found=rows, expected=most)])
    return lazy, rows, LARGEST_TEXT * most


def _after_text(frame: Any, room: int, place: Place) -> int:
    """Return how much of ``room`` the text of some rows leaves; raise ``InputError`` for too much."""
    polars = needed("polars", "tables")
    sizes = frame.select(polars.col(polars.String).str.len_bytes().fill_null(0))
    if not sizes.width or not sizes.height:
        return room
    each = sizes.select(polars.sum_horizontal(polars.all().cast(polars.Int64))).to_series()
    if each.max() >= LONGEST or each.sum() > room:
        raise InputError([fault("line-too-long", place)])
    return int(room - each.sum())


@contextmanager
def _faults_of(name: str) -> Iterator[None]:
    errors = needed("polars", "tables").exceptions
    try:
        yield
    except (errors.PolarsError, errors.PanicException, OSError, ValueError) as error:
        found = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError([fault("damaged-file", Place(name), found=found)]) from None
