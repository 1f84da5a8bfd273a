"""Read a table of series from a file: CSV or Parquet, as its first bytes say."""

from typing import BinaryIO

from mfgtargets.calc.textcolumns import TextColumns, from_lines, read_text
from mfgtargets.observations.decoding import encoding_of

_PARQUET = b"PAR1"


def read_columns(stream: BinaryIO, name: str) -> TextColumns:
    """Read a table of series; raise ``InputError`` where it is none."""
    stream.seek(0)
    head = stream.read(len(_PARQUET))
    stream.seek(0)
    if head == _PARQUET:
        from mfgtargets.observations.parquet import parquet_lines  # noqa: PLC0415 - an extra

        return from_lines([line.cells for line in parquet_lines(stream, name)], name)
    encoding = encoding_of(stream, name)
    return read_text(stream.read().decode(encoding), name)
