"""Read JSON records, a piece at a time: objects by column name, in a list or one after the other."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from mfgtargets.faults import InputError, Place, fault
from mfgtargets.observations.lines import LONGEST, Line, check_width

MOST_CELLS = 10_000_000  # of all records, blank ones among them: each may name columns of its own
_BETWEEN = " \t\r\n,"


class _TwiceError(ValueError):
    pass


def json_lines(pieces: Callable[[], Iterator[str]], name: str) -> Iterator[Line]:
    """Yield a header of all names, then a line a record; raise ``InputError`` with the place.

    The text is read twice: ``pieces`` gives it from its beginning. Numbers keep the digits they are
    written with; null is blank.
    """
    columns: dict[str, None] = {}
    first, count = 0, 0
    for number, record in _records(pieces(), name):
        first, count = first or number, count + 1
        columns |= dict.fromkeys(record)
        place = Place(name, number)
        check_width(len(columns), place)
        if count * len(columns) > MOST_CELLS:
            cells = f"{count} x {len(columns)}"
            raise InputError([fault("table-too-large", place, found=cells, expected=MOST_CELLS)])
    if not columns:
        raise InputError([fault("no-rows", Place(name))])
    yield Line(Place(name, first), list(columns))
    for number, record in _records(pieces(), name):
        yield Line(Place(name, number), [_text(record.get(c)) for c in columns])


def parse_whole(text: str, name: str) -> Any:
    """Return what a whole text says, numbers as they are written; raise ``InputError``."""
    try:
        return _decoder().decode(text.removeprefix("\ufeff"))
    except (_TwiceError, RecursionError, json.JSONDecodeError) as error:
        where = Place(name, text.count("\n", 0, getattr(error, "pos", 0)) + 1)
        raise InputError([fault("json-syntax", where, found=_why(error))]) from None


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=_unique, parse_float=str, parse_int=str, parse_constant=str
    )


def _records(pieces: Iterator[str], name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each record with the line it begins on."""
    decoder = _decoder()
    piece, line = next(pieces, "").removeprefix("\ufeff"), 1
    is_list = piece.lstrip().startswith("[")
    start, position = 0, piece.index("[") + 1 if is_list else 0
    closed = not is_list
    is_whole = False  # the rest of the text
    while True:
        while position < len(piece) and piece[position] in _BETWEEN:
            position += 1
        line += piece.count("\n", start, position)
        start = position
        if len(piece) - position < LONGEST and not is_whole:
            more = next(pieces, "")
            piece, start, position, is_whole = piece[position:] + more, 0, 0, not more
            continue
        if is_list and not closed and piece.startswith("]", position):
            closed, position = True, position + 1
            continue
        if position >= len(piece) and closed:
            return
        try:
            if closed and is_list:
                raise json.JSONDecodeError("Extra data", piece, position)  # noqa: TRY301
            record, position = decoder.raw_decode(piece, position)
        except (_TwiceError, RecursionError, json.JSONDecodeError) as error:
            if not is_whole and _is_cut(error):
                raise _too_long(name, line) from None
            where = Place(name, line + piece.count("\n", start, getattr(error, "pos", position)))
            raise InputError([fault("json-syntax", where, found=_why(error))]) from None
        if position - start > LONGEST:
            raise _too_long(name, line)
        yield line, _record(record, Place(name, line))


def _record(found: Any, place: Place) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise InputError([fault("not-a-record", place, found=str(found)[:40])])
    return found


def _too_long(name: str, line: int) -> InputError:
    return InputError([fault("line-too-long", Place(name, line))])


def _is_cut(error: Exception) -> bool:
    """Tell whether what is wrong is that the text ends too early."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.msg.startswith("Unterminated") or len(error.doc) - error.pos < len("-Infinity")


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return error.msg
    return str(error) or type(error).__name__


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        (name, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise _TwiceError(f"{name!r} twice")
    return record


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
