"""Answer a table of text as text, by the fastest way there is: the same bytes by each.

The choice is by measurement. A table of 5,000 rows is where another process costs what it saves;
one of 45,000, where loading Arrow does. Of 200,000 rows (``benchmarks/calc.py``), all cores take
half the time of one, and with Arrow a third of it.
"""

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec

from mfgtargets.engine.calculate import Request, calculate
from mfgtargets.engine.lines import Piece
from mfgtargets.engine.output import GivenTable, as_csv
from mfgtargets.engine.parallel import in_parts
from mfgtargets.engine.reading import Table
from mfgtargets.engine.textcolumns import read_text

LARGE = 250_000  # characters from which every core does a part
VERY_LARGE = 2_500_000  # characters from which Arrow reads the parts

Reader = Callable[[str, str], GivenTable]


def answered(table: Table, request: Request) -> list[Piece]:
    """Return a table with its answers as CSV, in pieces; raise ``InputError`` where it is none."""
    if table.text is not None and len(table.text) >= LARGE:
        for reader in readers(len(table.text)):
            found = by_cores(table.text, request, reader)
            if found is not None:
                return found
    columns = table.columns()
    return as_csv(columns, calculate(columns, request))


def readers(size: int) -> list[Reader]:
    """Return what reads parts of a table of so many characters here, the fastest first."""
    if size < VERY_LARGE or find_spec("pyarrow") is None:
        return [read_text]
    from mfgtargets.engine.arrowcolumns import read_arrow  # noqa: PLC0415 - an extra

    return [read_arrow, read_text]


def by_cores(text: str, request: Request, reader: Reader) -> list[Piece] | None:
    """Answer part by part on every core; None where the table is not plain enough for that."""
    if "\r" in text:  # as programs on Windows end lines
        text = text.replace("\r\n", "\n")
    if '"' in text or "\r" in text or not text.partition("\n")[2]:
        return None
    return in_parts(text, partial(_answered, reader, request))


def _answered(reader: Reader, request: Request, text: str) -> list[Piece]:
    columns = reader(text, "")
    return as_csv(columns, calculate(columns, request))
