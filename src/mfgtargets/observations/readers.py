"""From a file of any supported kind to its tables, each as lines of cells.

What a file is, is told by its first bytes and not by its name: a workbook (.xlsx or .xls), Parquet,
JSON records, or text (CSV or TSV).
"""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from mfgtargets.faults import InputError, Place, fault
from mfgtargets.notation.cells import is_region, read_period
from mfgtargets.observations.commas import with_points
from mfgtargets.observations.decoding import GUESSED, encoding_of, pieces_of
from mfgtargets.observations.headers import WITHIN, find_header, is_cross_section
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.lines import Line, lines_of
from mfgtargets.observations.observation import LeftOut

LARGEST_WHOLE = 100_000_000  # bytes of a file that has to be held whole (workbooks)
if TYPE_CHECKING:
    from mfgtargets.observations.workbooks import Sheet

_JSON = re.compile(rb'\s*(\[\s*[\[{\]]|\{\s*["}])')
_ZIP, _OLE, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"


_OTHERS = {
    b"%pdf-": "PDF",
    b"<html": "HTML",
    b"<!doctype html": "HTML",
    b"<table": "HTML",
    b"urn:schemas-microsoft-com:office:spreadsheet": "XML Spreadsheet",
}


class Table(NamedTuple):
    """One table of a file: its name for messages, its lines, and what is said of them elsewhere."""

    name: str
    lines: Iterator[Line]
    hints: Hints
    is_one_of_several: bool = False


def tables_of(stream: BinaryIO, name: str, hints: Hints) -> Iterator[Table | LeftOut]:
    """Yield the tables of a file, and the sheets of a workbook that hold none as left out.

    Text, JSON and Parquet are read a piece at a time. Raises ``InputError`` where the file cannot be read
    as what it is.
    """
    stream.seek(0)
    head = stream.read(1 << 10)
    stream.seek(0)
    first = head.lstrip().lower()
    if head.startswith((_ZIP, _OLE)):
        yield from _of_workbook(_whole(stream, name), name, hints)
    elif head.startswith(_PARQUET):
        from mfgtargets.observations.parquet import parquet_lines  # noqa: PLC0415 - an extra

        yield Table(name, parquet_lines(stream, name, hints.limit), hints)
    elif _is_json(stream):
        from mfgtargets.observations.jsonrecords import json_lines  # noqa: PLC0415 - rarely needed

        encoding = encoding_of(stream, name, hints.encoding)
        yield Table(name, json_lines(lambda: pieces_of(stream, encoding), name), hints)
    elif found := next((what for mark, what in _OTHERS.items() if mark in first), None):
        raise InputError([fault("not-a-table", Place(name), found=found)])
    else:
        yield Table(name, _text_lines(stream, name, hints), hints)


def is_table(stream: BinaryIO, name: str, hints: Hints) -> bool:
    """Tell whether a file begins with a table of a shape the program knows, and rewind it.

    Raises ``InputError`` where it cannot be read at all.
    """
    try:
        tables = (table for table in tables_of(stream, name, hints) if isinstance(table, Table))
        return any(_is_known(list(islice(t.lines, WITHIN + 1)), t.hints) for t in tables)
    except InputError as error:
        if error.faults[0].code in {"csv-syntax", "json-syntax", "line-too-long"}:
            return False
        raise
    finally:
        stream.seek(0)


def _is_known(top: list[Line], hints: Hints) -> bool:
    return find_header(top, hints) is not None or is_cross_section(top, hints)


def _is_json(stream: BinaryIO) -> bool:
    head = stream.read(1 << 10).removeprefix(b"\xef\xbb\xbf")
    stream.seek(0)
    return _JSON.match(head) is not None


def _whole(stream: BinaryIO, name: str) -> bytes:
    raw = stream.read(LARGEST_WHOLE + 1)
    if len(raw) > LARGEST_WHOLE:
        raise InputError([fault("file-too-large", Place(name), found=f">{LARGEST_WHOLE}")])
    return raw


def _text_lines(stream: BinaryIO, name: str, hints: Hints) -> Iterator[Line]:
    encoding = encoding_of(stream, name, hints.encoding)
    if hints.encoding is None and encoding == GUESSED[-1]:
        _check_guess(stream, name, hints)
    text = io.TextIOWrapper(stream, encoding, newline="")
    try:
        yield from with_points(lines_of(text, name))
    finally:
        with suppress(ValueError):  # the owner of the stream may have closed it
            text.detach()


def _check_guess(stream: BinaryIO, name: str, hints: Hints) -> None:
    """Refuse a table that reads as Big5 where it does not as GB18030: both fit most bytes."""
    top = stream.readlines(1 << 16)[:WITHIN]
    stream.seek(0)

    def fits(encoding: str) -> bool:
        text = b"".join(top).decode(encoding, errors="replace")
        return _is_known(list(lines_of(io.StringIO(text, newline=""), name)), hints)

    if not fits(GUESSED[-1]) and fits("big5"):
        raise InputError([fault("wrong-guess", Place(name, 1), found="big5")])


def _of_workbook(raw: bytes, name: str, hints: Hints) -> Iterator[Table | LeftOut]:
    """Yield the sheets with a known header; where none has one, the first, to say what is wrong.

    Hidden sheets are read where there are no others, or where they are asked for, and told.
    """
    from mfgtargets.observations.workbooks import sheets_of  # noqa: PLC0415 - an extra

    sheets = [sheet for sheet in sheets_of(raw, name) if sheet.lines]
    if not sheets:
        raise InputError([fault("empty-file", Place(name))])
    shown = [sheet for sheet in sheets if not sheet.is_hidden] or sheets
    if hints.sheet is not None:
        shown = [sheet for sheet in sheets if sheet.title.strip() == hints.sheet.strip()]
    if not shown:
        found = ", ".join(sheet.title for sheet in sheets)
        raise InputError([fault("no-such-sheet", Place(name), found=hints.sheet, expected=found)])
    said = {sheet.name: _titled(sheet, hints) for sheet in shown}
    known = [sheet for sheet in shown if _is_known(sheet.lines[: WITHIN + 1], said[sheet.name])]
    used = known or shown[:1]  # to say what is wrong with it
    for sheet in sheets:
        if sheet not in used:
            asked = sheet in shown or hints.sheet is None
            reason = "sheet-not-used" if asked else "sheet-not-asked-for"
            reason = "hidden-sheet" if sheet.is_hidden else reason
            yield LeftOut(Place(sheet.name), reason, {"found": sheet.title})
            continue
        if sheet.is_hidden and hints.sheet is None:
            yield LeftOut(Place(sheet.name), "hidden-sheet-read", {"found": sheet.title})
        yield from sheet.left_out
        yield Table(sheet.name, iter(sheet.lines), said[sheet.name], len(used) > 1)


def _titled(sheet: "Sheet", hints: Hints) -> Hints:
    """Take what the title of a sheet says: the year, or the region, of all in it."""
    period = read_period(sheet.title)
    if period is not None:
        return hints._replace(period=str(period))
    return hints._replace(region=sheet.title) if is_region(sheet.title) else hints
