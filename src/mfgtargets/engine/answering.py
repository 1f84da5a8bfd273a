"""A table of series with its answers as CSV, JSON, Parquet, records or a frame.

Large tables are worked on as frames, where the extra ``tables`` is there; the bytes are the same.
"""

import io
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from mfgtargets.engine import texts
from mfgtargets.engine.answers import Column, as_list
from mfgtargets.engine.calculate import Request, calculate
from mfgtargets.engine.inert import NUMERIC, given_lines
from mfgtargets.engine.reading import Table
from mfgtargets.engine.texttable import TextTable
from mfgtargets.extras import needed
from mfgtargets.series.columns import Columns

FORMAT_VERSION = 1
Found = Mapping[str, Column]


def answered(table: Table | TextTable, request: Request, form: str) -> Iterator[bytes]:
    """Yield a table with its answers, in pieces: ``csv``, ``json`` or ``parquet``.

    Raises ``InputError`` where it is no table of series.
    """
    if form == "parquet":
        needed("polars", "tables")
    columns: Any = table
    if isinstance(table, Table):
        columns, found = answers_to(table, request)
    else:
        found = calculate(table, request)
    if form == "parquet":
        out = io.BytesIO()
        answered_frame(columns, found).write_parquet(out)
        yield out.getvalue()
    elif isinstance(columns, TextTable):
        yield from _from_text(columns, found, request, form)
    else:
        yield from _from_frame(table, columns, found, request, form)


def answers_to(table: Table, request: Request) -> tuple[Columns, Found]:
    """Return a table by columns, as a frame where it is one that is plain, and its answers."""
    plain = table.plain_frame()
    if plain is not None:
        from mfgtargets.engine.frames import NotPlainError  # noqa: PLC0415 - an extra

        try:
            return plain, calculate(plain, request)
        except NotPlainError:
            pass  # the text says what is wrong
    columns = table.columns()
    return columns, calculate(columns, request)


def _from_text(columns: TextTable, found: Found, request: Request, form: str) -> Iterator[bytes]:
    kept = [name for name in columns.names if name not in found]
    if form == "csv":
        yield (given_lines({name: [name] for name in (*kept, *found)})[0] + "\n").encode()
        yield from texts.csv_pieces(columns.lines(kept), found)
        return
    given = {
        name: texts.json_cells(columns.columns[name], is_number=name in NUMERIC) for name in kept
    }
    yield from texts.json_pieces(given, found, request.method, FORMAT_VERSION)


def _from_frame(
    table: Any, columns: Any, found: Found, request: Request, form: str
) -> Iterator[bytes]:
    from mfgtargets.engine import frames  # noqa: PLC0415 - an extra

    if form == "json":
        yield from frames.json_pieces(columns, found, request.method, FORMAT_VERSION)
        return
    try:
        pieces = list(frames.csv_pieces(columns, found))
    except frames.NotPlainError:
        pieces = list(_from_text(table.columns(), found, request, form))
    yield from pieces


def answered_records(columns: Any, found: Found) -> list[dict[str, Any]]:
    """Return a table with its answers as records: numbers as numbers, None where there is none."""
    kept = [name for name in columns.names if name not in found]
    rows: dict[str, list[Any]] = {name: _given(columns, name) for name in kept}
    for name, column in found.items():
        values = as_list(name, column)
        if name == "flags":
            values = [text.split(";") if text else [] for text in values]
        rows[name] = [None if value == "" else value for value in values]
    return [dict(zip(rows, row, strict=True)) for row in zip(*rows.values(), strict=True)]


def answered_frame(columns: Any, found: Found) -> Any:
    """Return a table with its answers as a frame: numbers as doubles, null where there is none."""
    polars = needed("polars", "tables")
    from mfgtargets.engine.frames import answer_texts  # noqa: PLC0415 - an extra

    series = {}
    for name in columns.names:
        kind = polars.Float64 if name in NUMERIC else polars.String
        series[name] = polars.Series(name, _given(columns, name), dtype=kind)
    for name, column in found.items():
        if isinstance(column, np.ndarray):
            series[name] = polars.Series(name, column).fill_nan(None)
        else:
            series[name] = answer_texts(column).replace("", None)
    return polars.DataFrame(series)


def _given(columns: Any, name: str) -> list[Any]:
    """Return a column of the table: numbers, or text, None where it is blank."""
    if name in NUMERIC:
        return [None if np.isnan(x) else x for x in columns.numbers(name).tolist()]
    return [cell if cell.strip() else None for cell in columns.cells(name)]
