"""Answer a table of text as text, by the fastest way there is: the same bytes by each.

Measured (``benchmarks/calc.py``): for small tables starting anything costs more than it saves; for
large ones Arrow is fastest where it is installed, else every core does a part.
"""

from importlib.util import find_spec

from mfgtargets.calc.calculate import Request, calculate
from mfgtargets.calc.output import csv_text
from mfgtargets.calc.parallel import in_parts
from mfgtargets.calc.reading import Table
from mfgtargets.calc.textcolumns import TextColumns, read_text

LARGE = 1_000_000  # bytes


def answered(table: Table, request: Request) -> bytes:
    """Return a table with its answers as CSV; raise ``InputError`` where it cannot be read."""
    if table.raw is not None and len(table.raw) >= LARGE:
        found = by_arrow(table, request) or by_cores(table, request)
        if found is not None:
            return found
    return _as_csv(table.columns(), request).encode()


def by_arrow(table: Table, request: Request) -> bytes | None:
    """Answer with Arrow; None where it is not installed or the table is not plain enough."""
    if table.raw is None or table.encoding != "utf-8" or find_spec("pyarrow") is None:
        return None
    from mfgtargets.calc.arrowcolumns import NotPlainError, arrow_csv, read_arrow  # noqa: PLC0415

    try:
        columns = read_arrow(table.raw)
        return arrow_csv(columns, calculate(columns, request))
    except NotPlainError:
        return None


def by_cores(table: Table, request: Request) -> bytes | None:
    """Answer with the standard library, a part on each core; None where that cannot be done."""
    if table.raw is None:
        return None
    text = table.raw.decode(table.encoding)
    found = in_parts(text, lambda part: _as_csv(read_text(part, table.name), request))
    return None if found is None else found.encode()


def _as_csv(columns: TextColumns, request: Request) -> str:
    return csv_text(columns.columns, calculate(columns, request), columns.size)
