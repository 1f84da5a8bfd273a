"""Read JSON records: objects by column name, in a list or one after the other."""

import json
from collections.abc import Iterator
from typing import Any

from mfgtargets.faults import InputError, Place, fault
from mfgtargets.observations.lines import Line

_BETWEEN = " \t\r\n,"


class _TwiceError(ValueError):
    pass


def json_lines(text: str, name: str) -> Iterator[Line]:
    """Yield a header of all names, then a line a record; raise ``InputError`` with the place.

    Numbers keep the digits they are written with; null is blank.
    """
    records = list(_records(text.removeprefix("\ufeff"), name))
    if not records:
        raise InputError([fault("no-rows", Place(name))])
    columns = list(dict.fromkeys(key for _, record in records for key in record))
    if not columns:
        raise InputError([fault("no-rows", Place(name))])
    yield Line(Place(name, records[0][0]), columns)
    for number, record in records:
        yield Line(Place(name, number), [_text(record.get(c)) for c in columns])


def _records(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each record with the line it begins on."""
    decoder = json.JSONDecoder(
        object_pairs_hook=_unique, parse_float=str, parse_int=str, parse_constant=str
    )
    start, line = 0, 1
    is_list = text.lstrip().startswith("[")
    end = len(text)
    position = text.index("[") + 1 if is_list else 0
    closed = not is_list
    while True:
        while position < end and text[position] in _BETWEEN:
            position += 1
        line += text.count("\n", start, position)
        start = position
        if is_list and not closed and text.startswith("]", position):
            closed, position = True, position + 1
            continue
        if position >= end and closed:
            return
        try:
            if closed and is_list:
                raise json.JSONDecodeError("Extra data", text, position)  # noqa: TRY301
            record, position = decoder.raw_decode(text, position)
        except (_TwiceError, RecursionError, json.JSONDecodeError) as error:
            at = getattr(error, "pos", position)
            where = Place(name, line + text.count("\n", start, at))
            raise InputError([fault("json-syntax", where, found=_why(error))]) from None
        if not isinstance(record, dict):
            raise InputError([fault("not-a-record", Place(name, line), found=str(record)[:40])])
        yield line, record


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return error.msg
    return str(error) or type(error).__name__


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(f"{next(n for n in names if names.count(n) > 1)!r} twice")
    return record


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
