"""Answers as text: numbers as shortest exact doubles, words, nothing where there is nothing."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import starmap

import numpy as np

from mfgtargets.engine.answers import Coded, Column
from mfgtargets.harmless import to_json
from mfgtargets.notation.numbers import number_texts

_AT_ONCE = 4096  # rows: what is made of more does not stay in the cache

NULL = "null"


def column_texts(column: Column) -> list[str]:
    """Return a column of answers as texts."""
    return column.texts() if isinstance(column, Coded) else number_texts(column)


def csv_lines(lines: Sequence[str], answers: Mapping[str, Column]) -> Iterator[bytes]:
    """Yield lines of CSV each with its answers behind it, some thousand at a time."""
    for rows in _blocks(len(lines)):
        columns = [column_texts(_rows_of(column, rows)) for column in answers.values()]
        block = map(",".join, zip(lines[rows], *columns, strict=True))
        yield ("\n".join(block) + "\n").encode()


def json_lines(
    given: Mapping[str, Sequence[str]], answers: Mapping[str, Column]
) -> Iterator[bytes]:
    """Yield rows with their answers as JSON, a record a line, some thousand at a time.

    ``given`` are the table's own columns, as JSON.
    """
    size = len(next(iter(given.values())))
    names = [f"{to_json(name)}: " for name in (*given, *answers)]
    record = (
        "{{" + ",".join(name.replace("{", "{{").replace("}", "}}") + "{}" for name in names) + "}}"
    )
    for rows in _blocks(size):
        columns = [cells[rows] for cells in given.values()]
        columns += [json_texts(name, _rows_of(answers[name], rows)) for name in answers]
        yield ",\n".join(starmap(record.format, zip(*columns, strict=True))).encode()


def json_document(lines: Iterable[bytes], method: str, version: int) -> Iterator[bytes]:
    """Yield records as one JSON document."""
    head = json.dumps({"format_version": version, "command": "calc", "method": method})
    between = (head[:-1] + ', "results": [\n').encode()
    for part in lines:
        yield between + part
        between = b",\n"
    yield b"\n]}\n"


def json_texts(name: str, column: Column) -> list[str]:
    """Return a column of answers as JSON: flags as lists, null where there is nothing."""
    if isinstance(column, Coded):
        words = json_words(name, column)
        return [words[code] for code in column.codes.tolist()]
    return [text or NULL for text in number_texts(column)]


def json_words(name: str, column: Coded) -> list[str]:
    """Return the words of a column as JSON, in the order of their codes."""
    if name == "flags":
        return [json.dumps(word.split(";") if word else []) for word in column.words]
    return [json.dumps(word) if word else NULL for word in column.words]


def json_cells(cells: Sequence[str], *, is_number: bool) -> list[str]:
    """Return cells of a table as JSON, null where they are blank."""
    if is_number:
        values = np.array([float(cell) if cell.strip() else np.nan for cell in cells])
        return [text or NULL for text in number_texts(values)]
    return [to_json(cell) if cell.strip() else NULL for cell in cells]


def _blocks(size: int) -> Iterator[slice]:
    return (slice(start, min(start + _AT_ONCE, size)) for start in range(0, size, _AT_ONCE))


def _rows_of(column: Column, rows: slice) -> Column:
    if isinstance(column, Coded):
        return Coded(column.codes[rows], column.words)
    return column[rows]
