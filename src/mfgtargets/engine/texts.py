"""Answers as text: numbers as shortest exact doubles, words, nothing where there is nothing."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring

from mfgtargets.harmless import is_plain, to_json
from mfgtargets.notation.numbers import number_texts
from mfgtargets.series.arrays import Coded, Column, Floats

NULL = "null"


def column_texts(column: Column) -> list[str]:
    """Return a column of answers as texts."""
    return column.listed() if isinstance(column, Coded) else number_texts(column)


def csv_lines(lines: Sequence[str], answers: Mapping[str, Column]) -> bytes:
    """Return lines of CSV each with its answers behind it."""
    columns = map(column_texts, answers.values())
    return ("\n".join(map(",".join, zip(lines, *columns, strict=True))) + "\n").encode()


def json_lines(given: Mapping[str, Sequence[str]], answers: Mapping[str, Column]) -> bytes:
    """Return rows with their answers as JSON, a record a line, with commas between them.

    ``given`` are the table's own columns, as JSON.
    """
    names = [to_json(name) for name in (*given, *answers)]
    record = "{" + ",".join(name.replace("%", "%%") + ": %s" for name in names) + "}"
    columns = [*given.values(), *(json_texts(name, answers[name]) for name in answers)]
    return ",\n".join(map(record.__mod__, zip(*columns, strict=True))).encode()


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
    return json_numbers(column)


def json_words(name: str, column: Coded) -> list[str]:
    """Return the words of a column as JSON, in the order of their codes."""
    if name == "flags":
        return [json.dumps(word.split(";") if word else []) for word in column.words]
    return [json.dumps(word) if word else NULL for word in column.words]


def json_cells(cells: Sequence[str]) -> list[str]:
    """Return cells of text as JSON, null where they are blank."""
    quote = encode_basestring if is_plain("".join(cells)) else to_json
    return [quote(cell) if cell.strip() else NULL for cell in cells]


def json_numbers(values: Floats) -> list[str]:
    """Return numbers as JSON, null where there is none."""
    return number_texts(values, NULL)
