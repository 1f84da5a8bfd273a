"""A table of series with its answers as CSV, JSON, Parquet, records or a frame.

Large tables are worked on as frames, where the extra ``tables`` is there; the bytes are the same.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from mfgtargets.engine import texts
from mfgtargets.engine.answers import as_list
from mfgtargets.engine.calculate import Request, answer_names, by_groups, calculate
from mfgtargets.engine.inert import NUMERIC, given_lines
from mfgtargets.engine.reading import Table
from mfgtargets.engine.texttable import NotPlainError, TextTable
from mfgtargets.extras import needed
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.methods import ALL_METHODS, METHODS
from mfgtargets.series.arrays import Column
from mfgtargets.series.columns import Columns

FORMAT_VERSION = 1
BLOCK = 1 << 13  # rows worked on at once: more of them leave the cache
Found = Mapping[str, Column]


def answered(table: Table | TextTable, request: Request, form: str) -> Iterator[bytes]:
    """Yield a table with its answers, in pieces: ``csv``, ``json`` or ``parquet``.

    Raises ``InputError`` where it is no table of series, before the first piece.
    """
    plain = table.plain_frame() if isinstance(table, Table) else None
    if form == "parquet":
        needed("polars", "tables")
        out = io.BytesIO()
        answered_frame(*answers_to(table, request)).write_parquet(out)
        yield out.getvalue()
        return
    if plain is not None and (form == "json" or plain.is_quiet):
        from mfgtargets.engine import frames  # noqa: PLC0415 - an extra

        lines = frames.json_lines if form == "json" else frames.csv_lines
        yield from _framed(plain.names, _by_blocks(plain, request, lines), request, form)
        return
    yield from _from_text(table, request, form)


def answered_groups(table: Table, by: str, request: Request) -> list[dict[str, Any]]:
    """Return a record a group of a table; ``by`` is the column that names it, ``group``.

    Raises ``InputError`` where the table has none, and for all methods at once.
    """
    if by != "group":
        raise InputError([fault("bad-option", option="--by", found=by, expected="group")])
    if request.method == ALL_METHODS:
        expected = ", ".join(METHODS)
        raise InputError([fault("bad-option", option="--method", found="all", expected=expected)])
    columns = table.columns()
    if by not in columns.columns:
        raise InputError([fault("series-columns", Place(table.name, 1), expected=by)])
    return by_groups(columns, list(columns.columns[by]), request)


def group_frame(found: Sequence[Mapping[str, Any]]) -> Any:
    """Return records of groups as a frame."""
    polars = needed("polars", "tables")
    counts, text = dict.fromkeys(("series", "judged"), polars.Int64), polars.String
    schema = {name: counts.get(name, text) for name in found[0]} | {"score": polars.Float64}
    return polars.DataFrame(found, schema=schema)


def answers_to(table: Table | TextTable, request: Request) -> tuple[Columns, Found]:
    """Return a table by columns, and its answers."""
    columns: Any = table
    if isinstance(table, Table):
        columns = table.plain_frame() or table.columns()
    return columns, calculate(columns, request)


def _by_blocks(
    table: Any, request: Request, lines: Callable[[Any, Found], bytes]
) -> Iterator[bytes]:
    """Yield the rows of a table with their answers, some thousand at a time."""
    from mfgtargets.workers import in_order  # noqa: PLC0415 - large tables alone

    def work(start: int) -> bytes:
        rows = table.rows(start, BLOCK)
        return lines(rows, calculate(rows, request))

    return in_order(work, range(0, table.size, BLOCK))


def _from_text(table: Table | TextTable, request: Request, form: str) -> Iterator[bytes]:
    """Work on text: whole where cells are quoted or wrong, since their places are those in it."""
    lines = _json_lines if form == "json" else _csv_lines
    plain = table.plain_lines() if isinstance(table, Table) else None
    if plain is not None:
        try:
            done = [lines(rows, calculate(rows, request)) for rows in plain.blocks(BLOCK)]
        except NotPlainError:
            pass
        else:
            yield from _framed(plain.names, done, request, form)
            return
    columns = table.columns() if isinstance(table, Table) else table
    done = [lines(columns, calculate(columns, request))]
    yield from _framed(columns.names, done, request, form)


def _framed(
    names: Sequence[str], lines: Iterable[bytes], request: Request, form: str
) -> Iterator[bytes]:
    """Yield lines behind a header, or as one JSON document."""
    if form == "json":
        yield from texts.json_document(lines, request.method, FORMAT_VERSION)
        return
    found = answer_names(request)
    header = [*(name for name in names if name not in found), *found]
    yield (given_lines({name: [name] for name in header})[0] + "\n").encode()
    yield from lines


def _csv_lines(columns: TextTable, found: Found) -> bytes:
    kept = [name for name in columns.names if name not in found]
    return texts.csv_lines(columns.lines(kept), found)


def _json_lines(columns: TextTable, found: Found) -> bytes:
    given = {
        name: texts.json_numbers(columns.numbers(name))
        if name in NUMERIC
        else texts.json_cells(columns.cells(name))
        for name in columns.names
        if name not in found
    }
    return texts.json_lines(given, found)


def answered_records(columns: Any, found: Found) -> list[dict[str, Any]]:
    """Return a table with its answers as records: numbers as numbers, None where there is none."""
    kept = [name for name in columns.names if name not in found]
    rows = {name: _given(columns, name) for name in kept}
    for name, column in found.items():
        values = as_list(name, column)
        if name == "flags":
            values = [text.split(";") if text else [] for text in values]
        rows[name] = [None if value == "" else value for value in values]
    return [dict(zip(rows, row, strict=True)) for row in zip(*rows.values(), strict=True)]


def answered_frame(columns: Any, found: Found) -> Any:
    """Return a table with its answers as a frame: numbers as doubles, null where there is none."""
    polars = needed("polars", "tables")
    from mfgtargets.engine.frames import words_of  # noqa: PLC0415 - an extra

    series = {}
    for name in columns.names:
        if name in found:
            continue
        if name in NUMERIC:
            series[name] = polars.Series(columns.numbers(name), nan_to_null=True)
        else:
            cells = polars.Series(columns.cells(name), dtype=polars.String)
            series[name] = cells.set(cells.str.strip_chars() == "", None)
    for name, column in found.items():
        if isinstance(column, np.ndarray):
            series[name] = polars.Series(column, nan_to_null=True)
        else:
            series[name] = words_of(column).replace("", None)
    return polars.DataFrame(series)


def answered_anyway(given: Any, request: Request, name: str) -> Any:
    """Return a frame with its answers, and two more columns; what is bad in a row loses that row.

    ``error`` says which cells of a row are wrong and by which code, ``errors`` how many they are; a
    row with any has no answers. Raises ``InputError`` where it is no table of series.
    """
    polars = needed("polars", "tables")
    from mfgtargets.notation.frames import text_frame  # noqa: PLC0415 - an extra

    frame = text_frame(given)
    wrong: dict[int, list[str]] = {}
    while True:
        try:
            columns, found = answers_to(Table(name, frame=frame), request)
            break
        except InputError as error:
            blank: dict[str, list[int]] = {}
            for one in error.faults:
                if "column" not in one.details or one.place is None:
                    raise
                row, column = one.place.line - 2, one.details["column"]
                wrong.setdefault(row, []).append(f"{column}: {one.code} ({one.details['found']})")
                blank.setdefault(column, []).append(row)
            frame = frame.with_columns(
                frame[column].scatter(rows, "").alias(column) for column, rows in blank.items()
            )
    answered = answered_frame(columns, found)
    rows = list(wrong)
    told, counts = ["; ".join(cells) for cells in wrong.values()], [*map(len, wrong.values())]
    nothing = polars.Series([None] * frame.height, dtype=polars.String)
    none = polars.Series([0] * frame.height)
    is_good = none.scatter(rows, 1) == 0
    return answered.with_columns(
        *(polars.when(is_good).then(polars.col(column)).alias(column) for column in found),
        error=nothing.scatter(rows, told),
        errors=none.scatter(rows, counts),
    )


def _given(columns: Any, name: str) -> list[Any]:
    """Return a column of the table: numbers, or text, None where it is blank."""
    if name in NUMERIC:
        return [None if np.isnan(x) else x for x in columns.numbers(name).tolist()]
    return [cell if cell.strip() else None for cell in columns.cells(name)]
