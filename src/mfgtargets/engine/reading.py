"""Read a table of series: CSV or Parquet, as its first bytes say; records or a frame."""

import csv
import io
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, BinaryIO, NamedTuple

from mfgtargets.defaults import MOST_ROWS
from mfgtargets.engine.texttable import NotPlainError, TextLines, TextTable, from_lines, read_text
from mfgtargets.extras import needed
from mfgtargets.observations.decoding import decode
from mfgtargets.observations.lines import check_rows

LARGE = 2_500_000  # bytes from which loading a columnar library pays (``benchmarks/tables.py``)
_PARQUET = b"PAR1"


class Table(NamedTuple):
    """A table of series as it was found: a text, or a frame."""

    name: str
    text: str | None = None
    frame: Any = None

    def columns(self) -> TextTable:
        """Return its columns as text; raise ``InputError`` where it is no table of series."""
        if self.text is not None:
            return read_text(self.text, self.name)
        from mfgtargets.notation.frames import text_frame  # noqa: PLC0415 - an extra

        cells = text_frame(self.frame)
        return from_lines([cells.columns, *map(list, cells.iter_rows())], self.name)

    def plain_lines(self) -> TextLines | None:
        """Return it as lines, where it is text without quotes."""
        if self.text is None or '"' in self.text or "\r" in self.text:
            return None
        return TextLines(self.text, self.name)

    def plain_frame(self) -> Any:
        """Return it as a plain frame, where a frame is faster; else None."""
        if self.text is not None and (len(self.text) < LARGE or find_spec("polars") is None):
            return None
        from mfgtargets.engine import frames  # noqa: PLC0415 - an extra
        from mfgtargets.notation.frames import text_frame  # noqa: PLC0415 - an extra

        try:
            if self.text is not None:
                return frames.read_csv(self.text.encode())
            return frames.plain_table(text_frame(self.frame))
        except NotPlainError:
            return None


def read_table(
    stream: BinaryIO, name: str, encoding: str | None = None, limit: int = MOST_ROWS
) -> Table:
    """Read a table of series; raise ``InputError`` where it cannot be read, or has too many rows.

    ``encoding`` is that of a text, found out where it is not given.
    """
    stream.seek(0)
    head = stream.read(len(_PARQUET))
    stream.seek(0)
    if head == _PARQUET:
        from mfgtargets.observations.parquet import parquet_frame  # noqa: PLC0415 - an extra

        return Table(name, frame=parquet_frame(stream, name, limit))
    text = decode(stream.read(), name, encoding)
    if text.count("\n") >= limit:  # blank lines and those within quotes are no rows
        check_rows(sum(map(bool, csv.reader(io.StringIO(text)))) - 1, name, limit)
    return Table(name, text.replace("\r\n", "\n") if '"' not in text else text)


def table_of(given: Any, name: str = "table") -> Table:
    """Return records, or a frame of the Arrow interface, as a table of series."""
    if isinstance(given, Sequence) and all(isinstance(row, Mapping) for row in given):
        columns = list(dict.fromkeys(key for row in given for key in row))
        lines = [columns, *([_text(row.get(key)) for key in columns] for row in given)]
        return Table(name, _csv(lines))
    needed("polars", "tables")
    return Table(name, frame=given)


def _text(value: Any) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return ""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _csv(lines: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()
