"""Read a table of series from a file: CSV or Parquet, as its first bytes say."""

from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from mfgtargets.engine.textcolumns import TextColumns, from_lines, read_text
from mfgtargets.observations.decoding import decode

_PARQUET = b"PAR1"


class Table(NamedTuple):
    """A table of series: its text where it is text, and what makes columns of it."""

    text: str | None
    columns: Callable[[], TextColumns]


def read_table(stream: BinaryIO, name: str, encoding: str | None = None) -> Table:
    """Read a table of series; raise ``InputError`` where it is none.

    ``encoding`` is that of a text, found out where it is not given.
    """
    stream.seek(0)
    head = stream.read(len(_PARQUET))
    stream.seek(0)
    if head == _PARQUET:
        from mfgtargets.observations.parquet import parquet_lines  # noqa: PLC0415 - an extra

        lines = [line.cells for line in parquet_lines(stream, name)]
        return Table(None, lambda: from_lines(lines, name))
    text = decode(stream.read(), name, encoding)
    return Table(text, lambda: read_text(text, name))
