"""Answer a table of text as text, by the fastest way there is: the same bytes by each.

Measured (``benchmarks/calc.py``): for small tables starting anything costs more than it saves; for
large ones each core does a part, and Arrow reads it where it is installed.
"""

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import Any

from mfgtargets.calc.calculate import Request, calculate
from mfgtargets.calc.lines import Piece
from mfgtargets.calc.output import as_csv
from mfgtargets.calc.parallel import in_parts
from mfgtargets.calc.reading import Table
from mfgtargets.calc.textcolumns import read_text

LARGE = 1_000_000  # characters

Reader = Callable[[str, str], Any]


def answered(table: Table, request: Request) -> list[Piece]:
    """Return a table with its answers as CSV, in pieces; raise ``InputError`` where it is none."""
    if table.text is not None and len(table.text) >= LARGE:
        for reader in readers():
            found = by_cores(table.text, request, reader)
            if found is not None:
                return found
    columns = table.columns()
    return [as_csv(columns, calculate(columns, request))]


def readers() -> list[Reader]:
    """Return what reads parts of tables here, the fastest first."""
    if find_spec("pyarrow") is None:
        return [read_text]
    from mfgtargets.calc.arrowcolumns import read_arrow  # noqa: PLC0415 - an extra

    return [read_arrow, read_text]


def by_cores(text: str, request: Request, reader: Reader) -> list[Piece] | None:
    """Answer part by part on every core; None where the table is not plain enough for that."""
    if '"' in text or "\r" in text:
        return None
    return in_parts(text, partial(_answered, reader, request))


def _answered(reader: Reader, request: Request, text: str) -> Piece:
    columns = reader(text, "")
    return as_csv(columns, calculate(columns, request))
