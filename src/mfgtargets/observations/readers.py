"""From a file of any supported kind to its tables, each as lines of cells.

What a file is, is told by its first bytes and not by its name: a workbook (.xlsx, .xls, .ods), a
document with tables (.docx, Markdown), Parquet, JSON, text (CSV or TSV), or one of these packed.
"""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from mfgtargets.faults import InputError, Place, fault
from mfgtargets.notation.cells import is_region, read_period
from mfgtargets.observations.commas import with_points
from mfgtargets.observations.decoding import GUESSED, decode, encoding_of, pieces_of
from mfgtargets.observations.headers import WITHIN, find_header, is_cross_section
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.kinds import recast
from mfgtargets.observations.kinds.unfolding import Recast
from mfgtargets.observations.lines import Line, lines_of
from mfgtargets.observations.observation import Admission, LeftOut

LARGEST_WHOLE = 100_000_000  # bytes of a file that has to be held whole (workbooks)
LARGEST_TEXT = 10_000_000  # of one of Markdown
_MOST_TOLD = 8  # names of files in an archive
if TYPE_CHECKING:
    from mfgtargets.observations.sheets import Sheet

_JSON = re.compile(rb'\s*(\[\s*[\[{\]]|\{\s*["}])')
_GZIP, _ZIP, _OLE, _PARQUET = (
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"PAR1",
)


_OTHERS = {
    b"urn:schemas-microsoft-com:office:spreadsheet": "XML Spreadsheet",  # which has <Table>
    b"%pdf-": "PDF",
    b"<html": "HTML",
    b"<!doctype html": "HTML",
    b"<table": "HTML",
}


class Table(NamedTuple):
    """One table of a file: its name for messages, its lines, and what is said of them elsewhere."""

    name: str
    lines: Iterator[Line]
    hints: Hints
    is_one_of_several: bool = False


def tables_of(
    stream: BinaryIO,
    name: str,
    hints: Hints,
    admit: Admission = lambda *_: None,
    *,
    is_packed: bool = False,
) -> Iterator[Table | LeftOut]:
    """Yield the tables of a file, and the sheets of a workbook that hold none as left out.

    What ``admit`` refuses may be left out here already, all that is alike together.

    Text, JSON and Parquet are read a piece at a time. Raises ``InputError`` where the file cannot be
    read as what it is; ``is_packed`` says that it comes out of an archive, in which there is no other.
    """
    stream.seek(0)
    head = stream.read(1 << 10)
    stream.seek(0)
    first = head.lstrip().lower()
    if head.startswith((_GZIP, _ZIP)):
        yield from _of_packed(stream, name, hints, admit, is_packed=is_packed)
    elif head.startswith(_OLE):
        yield from _of_workbook(stream, name, hints, admit)
    elif head.startswith(_PARQUET):
        from mfgtargets.observations.parquet import parquet_lines  # noqa: PLC0415 - an extra

        yield Table(name, parquet_lines(stream, name, hints.limit), hints)
    elif _is_json(stream):
        yield from _of_json(stream, name, hints, admit)
    elif found := next((what for mark, what in _OTHERS.items() if mark in first), None):
        raise InputError([fault("not-a-table", Place(name), found=found)])
    elif _is_markdown(stream):
        from mfgtargets.observations.texttables import markdown_sheets  # noqa: PLC0415 - rare

        text = decode(_whole(stream, name, LARGEST_TEXT), name, hints.encoding)
        yield from _of_sheets(markdown_sheets(text, name), name, hints, admit)
    else:
        yield from _recast(name, recast(_text_lines(stream, name, hints), hints, admit))


def _of_packed(
    stream: BinaryIO, name: str, hints: Hints, admit: Admission, *, is_packed: bool
) -> Iterator[Table | LeftOut]:
    """Yield the tables of what is packed: a document of an office program, or an archive."""
    from mfgtargets.observations.archives import names_in, ungzipped  # noqa: PLC0415 - rarely needed

    names = names_in(stream)
    if "word/document.xml" in names:
        from mfgtargets.observations.texttables import sheets_of_word  # noqa: PLC0415 - rare

        yield from _of_sheets(sheets_of_word(_whole(stream, name), name), name, hints, admit)
    elif {"content.xml", "META-INF/manifest.xml"} <= names:
        from mfgtargets.observations import opendocument  # noqa: PLC0415 - rare

        yield from _of_sheets(
            opendocument.sheets_of(_whole(stream, name), name), name, hints, admit
        )
    elif "xl/workbook.xml" in names or (not names and _starts_with(stream, _ZIP)):
        yield from _of_workbook(stream, name, hints, admit)
    elif is_packed:
        raise InputError([fault("nested-archive", Place(name))])
    elif names:
        yield from _of_archive(stream, name, hints, admit)
    else:
        with ungzipped(stream, name) as unpacked:
            yield from tables_of(unpacked, name, hints, admit, is_packed=True)


def _of_archive(
    stream: BinaryIO, name: str, hints: Hints, admit: Admission
) -> Iterator[Table | LeftOut]:
    """Yield the tables of the one file of a zip archive that holds any, the others as left out."""
    from zipfile import ZipFile  # noqa: PLC0415 - rarely needed

    from mfgtargets.observations.archives import files_in, unzipped  # noqa: PLC0415 - as above

    with ZipFile(stream) as archive:
        files = files_in(archive, name)
        held = files if len(files) == 1 else []
        for member in files if len(files) > 1 else ():
            with unzipped(archive, member, f"{name}[{member}]") as unpacked:
                if _has_header(unpacked, f"{name}[{member}]", hints):
                    held.append(member)
        if len(held) != 1:
            found = ", ".join((held or files)[:_MOST_TOLD])
            code = "several-tables" if held else "no-table-in-archive"
            raise InputError([fault(code, Place(name), found=found)])
        for member in files:
            if member not in held:
                yield LeftOut(Place(name), "member-not-used", {"found": member})
        with unzipped(archive, held[0], f"{name}[{held[0]}]") as unpacked:
            yield from tables_of(unpacked, f"{name}[{held[0]}]", hints, admit, is_packed=True)


def _has_header(stream: BinaryIO, name: str, hints: Hints) -> bool:
    """Tell whether a file has a table with a header that says everything."""
    try:
        tables = (t for t in tables_of(stream, name, hints, is_packed=True) if isinstance(t, Table))
        return any(find_header(list(islice(t.lines, WITHIN + 1)), t.hints) for t in tables)
    except InputError:
        return False


def _of_json(
    stream: BinaryIO, name: str, hints: Hints, admit: Admission
) -> Iterator[Table | LeftOut]:
    from mfgtargets.observations import jsondata, jsonrecords  # noqa: PLC0415 - rarely needed

    encoding = encoding_of(stream, name, hints.encoding)
    head = stream.read(1 << 10)
    stream.seek(0)
    if jsondata.is_data_set(head):
        text = _whole(stream, name, jsondata.LARGEST).decode(encoding)
        yield from _recast(name, jsondata.data_set(text, name, hints, admit))
    else:
        lines = jsonrecords.json_lines(lambda: pieces_of(stream, encoding), name)
        yield Table(name, lines, hints)


def _recast(name: str, found: Recast, *, is_one: bool = False) -> Iterator[Table | LeftOut]:
    """Yield a table, and after it what the reading of its kind left out."""
    yield Table(name, found.lines, found.hints, is_one)
    yield from found.left_out


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


def _starts_with(stream: BinaryIO, mark: bytes) -> bool:
    head = stream.read(len(mark))
    stream.seek(0)
    return head == mark


def _is_markdown(stream: BinaryIO) -> bool:
    """Tell whether a text has, in its first lines, the ruler of a table of Markdown."""
    lines = stream.read(1 << 16).splitlines()
    stream.seek(0)
    if not any(b"|" in line and b"--" in line for line in lines):
        return False
    from mfgtargets.observations.texttables import is_ruler  # noqa: PLC0415 - rare

    return any(b"-" in line and is_ruler(line.decode("latin-1")) for line in lines)


def _whole(stream: BinaryIO, name: str, most: int = LARGEST_WHOLE) -> bytes:
    raw = stream.read(most + 1)
    if len(raw) > most:
        raise InputError([fault("file-too-large", Place(name), found=f">{most}")])
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
        found = recast(lines_of(io.StringIO(text, newline=""), name), hints)
        return _is_known(list(found.lines), found.hints)

    if not fits(GUESSED[-1]) and fits("big5"):
        raise InputError([fault("wrong-guess", Place(name, 1), found="big5")])


def _of_workbook(
    stream: BinaryIO, name: str, hints: Hints, admit: Admission
) -> Iterator[Table | LeftOut]:
    from mfgtargets.observations.workbooks import sheets_of  # noqa: PLC0415 - an extra

    yield from _of_sheets(sheets_of(_whole(stream, name), name), name, hints, admit)


def _of_sheets(
    held: Iterable["Sheet"], name: str, hints: Hints, admit: Admission
) -> Iterator[Table | LeftOut]:
    """Yield the sheets with a known header; where none has one, the first, to say what is wrong.

    Hidden sheets are read where there are no others, and told.
    """
    sheets = [sheet for sheet in held if sheet.lines]
    if not sheets:
        raise InputError([fault("empty-file", Place(name))])

    shown = [sheet for sheet in sheets if not sheet.is_hidden] or sheets
    if hints.sheet is not None:
        shown = [sheet for sheet in sheets if sheet.title.strip() == hints.sheet.strip()]
    if not shown:
        found = ", ".join(sheet.title for sheet in sheets)
        raise InputError([fault("no-such-sheet", Place(name), found=hints.sheet, expected=found)])
    known = [sheet for sheet in shown if _holds_table(sheet, hints)]
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
        found_kind = recast(iter(sheet.lines), _titled(sheet, hints), admit)
        yield from _recast(sheet.name, found_kind, is_one=len(used) > 1)


def _holds_table(sheet: "Sheet", hints: Hints) -> bool:
    found = recast(iter(sheet.lines), _titled(sheet, hints))
    return _is_known(list(islice(found.lines, WITHIN + 1)), found.hints)


def _titled(sheet: "Sheet", hints: Hints) -> Hints:
    """Take what the title of a sheet says: the year, or the region, of all in it."""
    period = read_period(sheet.title)
    if period is not None:
        return hints._replace(period=str(period))
    return hints._replace(region=sheet.title) if is_region(sheet.title) else hints
