"""Read workbooks, .xlsx and .xls, as they are seen: 0.135 formatted as a percentage is 13.5 %.

Needs the extra ``excel``.
"""

import datetime as dt
import io
import re
import struct
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from mfgtargets.extras import needed
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.observations.lines import Line
from mfgtargets.observations.observation import LeftOut
from mfgtargets.observations.packages import (
    LARGEST_SHEET,
    Merge,
    Outline,
    outlines_of,
    share_of,
    too_large,
)

LARGEST_TEXT = 20_000_000  # characters of a sheet: one text may stand in many cells
# Streams that an OLE file names: of a package with a password, of Word, of Excel.
_ENCRYPTED, _WORD, _BOOK = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument", "Workbook")
)
_QUOTED = re.compile(
    r'"[^"]*(?:"|\Z)|\\.|\[[^\]]*(?:\]|\Z)'
)  # what a number format prints as it stands

_BEGINS, _ENDS, _LINK = {0x009, 0x209, 0x409, 0x809}, 0x0A, 0x1B8  # records of an .xls

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_WORDS = r"""((?:"[^"]*"|\\.|\[[^\]]*\]|[^\x00-\x7f])*)"""
_WORDED = re.compile(rf"{_WORDS}((?:General|G/通用格式|[0#?,.]+)%?){_WORDS}\Z")
_OTHERWISE = re.compile(r"[0#?],+(?![0#?,])|^;;")  # in thousands (0,), or not at all (;;;)


class Sheet(NamedTuple):
    """One sheet: its title, its name for messages, whether people see it, and what they see.

    ``lines`` are those that are not blank; ``left_out`` tells the hidden rows and columns.
    """

    title: str
    name: str
    is_hidden: bool
    lines: list[Line]
    left_out: list[LeftOut]


def sheets_of(raw: bytes, name: str) -> Iterator[Sheet]:
    """Yield the sheets of a workbook, in order.

    Raises ``InputError`` for one with a password, one that unpacks to too much, a damaged one.
    """
    if _ENCRYPTED in raw:
        raise InputError([fault("password", Place(name))])
    if _WORD in raw and _BOOK not in raw:
        raise InputError([fault("not-a-table", Place(name), found=".doc")])
    read = _of_xlsx if raw.startswith(b"PK") else _of_xls
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that do not bear on the figures
            yield from read(raw, name)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - the libraries raise whatever a broken file leads to
        found = f"{type(error).__name__}: {error}".splitlines()[0][:120]
        raise InputError([fault("damaged-file", Place(name), found=found)]) from None


def _of_xlsx(raw: bytes, name: str) -> Iterator[Sheet]:
    outlines = outlines_of(raw, name)
    raw = _transitional(raw)
    openpyxl = needed("openpyxl", "excel")
    # What is only read is not built: merged and hidden cells are known from the outline.
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    formulas = None
    if any(outline.has_formulas for outline in outlines.values()):
        formulas = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    for sheet in book.worksheets:
        place = f"{name}[{sheet.title}]"
        outline = outlines[sheet._worksheet_path.lstrip("/")]  # noqa: SLF001 - said nowhere else
        rows = _rows(sheet, outline)
        if formulas is not None:
            _show_formulas(rows, _cells(formulas[sheet.title], outline))
        lost = {n for first, end in outline.lost for n in range(first, min(end, outline.columns))}
        found = seen_lines(rows, outline.merges, place, outline.hidden, lost)
        yield Sheet(sheet.title, place, sheet.sheet_state != "visible", *found)


def _transitional(raw: bytes) -> bytes:
    """Return a workbook with the common names of its elements where it has those of Strict Open XML."""
    with zipfile.ZipFile(io.BytesIO(raw)) as strict:
        if b"http://purl.oclc.org/ooxml/" not in strict.read("xl/workbook.xml"):
            return raw
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as common:
            for member in strict.infolist():
                text = _STRICT.sub(
                    rb"http://schemas.openxmlformats.org/\1/2006/", strict.read(member)
                )
                common.writestr(member, text)
    return out.getvalue()


def _cells(sheet: Any, outline: Outline) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of a sheet row by row, as far as it reaches, whatever size it says it has."""
    sheet.reset_dimensions()
    sheet._shared_strings = _Texts(sheet._shared_strings)  # noqa: SLF001 - as above
    reach = {"max_row": outline.rows, "max_col": outline.columns}
    return iter(sheet.iter_rows(min_row=1, min_col=1, **reach) if outline.size else ())


class _Texts(list[str]):
    """The texts that cells name by number, from 0: none is counted from the end."""

    def __getitem__(self, number: Any) -> Any:
        if number < 0:
            raise IndexError(number)
        return super().__getitem__(number)


def _rows(sheet: Any, outline: Outline) -> list[list[str]]:
    return [
        [_text(cell.value, cell.number_format) for cell in row] for row in _cells(sheet, outline)
    ]


def _show_formulas(rows: list[list[str]], shown: Iterable[Sequence[Any]]) -> None:
    """Put a formula where its result was not saved, so that it is not taken for a blank."""
    for cells, row in zip(rows, shown, strict=True):
        for n, cell in enumerate(row):
            if cell.data_type == "f" and not cells[n]:
                cells[n] = str(cell.value)[:40]


def _of_xls(raw: bytes, name: str) -> Iterator[Sheet]:
    xlrd = needed("xlrd", "excel")
    try:
        book = xlrd.open_workbook(
            file_contents=raw,
            formatting_info=True,
            logfile=io.StringIO(),
            on_demand=True,
            ragged_rows=True,  # a far cell makes no others
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise InputError([fault("password", Place(name))]) from None
        raise
    share = share_of(len(raw))
    _check_xls(book, name, share)

    def text(cell: Any) -> str:
        if cell.ctype == xlrd.XL_CELL_DATE:
            return _text(xlrd.xldate_as_datetime(cell.value, book.datemode), "")
        if cell.ctype in {xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER}:
            return _text(
                cell.value, book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            )
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
        return str(bool(cell.value)).upper() if cell.ctype == xlrd.XL_CELL_BOOLEAN else ""

    size = 0
    for sheet in map(book.sheet_by_index, range(book.nsheets)):
        place = f"{name}[{sheet.name}]"
        size += sheet.nrows * sheet.ncols
        if size > LARGEST_SHEET * share:
            raise too_large(f"{sheet.nrows} x {sheet.ncols}", place, share)
        merges = [
            Merge(top, end - 1, left, right - 1) for top, end, left, right in sheet.merged_cells
        ]
        found_rows = ([text(cell) for cell in sheet.row(n)] for n in range(sheet.nrows))
        rows = ([*row, *[""] * (sheet.ncols - len(row))] for row in found_rows)
        hidden = {n for n, row in sheet.rowinfo_map.items() if row.hidden}
        lost = {n for n, column in sheet.colinfo_map.items() if column.hidden}
        found = seen_lines(rows, merges, place, hidden, lost)
        yield Sheet(sheet.name, place, sheet.visibility != 0, *found)


def _check_xls(book: Any, name: str, share: float) -> None:
    """Refuse sheets that begin at one place, and links over more cells than a sheet may have."""
    starts = book._sh_abs_posn  # noqa: SLF001 - said nowhere else
    if len(set(starts)) < len(starts):
        raise InputError([fault("damaged-file", Place(name), found="BOUNDSHEET")])
    linked = 0
    for start in starts:
        at, depth = start, 0
        while at + 4 <= len(book.mem):
            record, size = struct.unpack_from("<HH", book.mem, at)
            depth += (record in _BEGINS) - (record == _ENDS)
            if depth <= 0:
                break
            if record == _LINK and size >= 8:
                top, bottom, left, right = struct.unpack_from("<4H", book.mem, at + 4)
                linked += max(0, bottom - top + 1) * max(0, right - left + 1)
            at += 4 + size
        if linked > LARGEST_SHEET * share:
            raise too_large(f">{linked}", name, share)


def seen_lines(
    rows: Iterable[list[str]], merges: list[Merge], place: str, hidden: set[int], lost: set[int]
) -> tuple[list[Line], list[LeftOut]]:
    """Return the rows that are not blank; text merged downwards stands in each of its rows.

    ``hidden`` rows and ``lost`` columns are left out, and told.
    """
    table = list(rows)
    if sum(len(cell) for row in table for cell in row) > LARGEST_TEXT:
        raise too_large(f">{LARGEST_TEXT}", place)
    reached = _merged(table, merges, place)
    left_out = [
        LeftOut(Place(place, n + 1, is_cell=True), "hidden-row", {"found": " ".join(table[n])[:80]})
        for n in sorted(hidden.intersection(range(len(table))))
        if any(cell.strip() for cell in table[n])
    ]
    for column in sorted(lost):
        cells = [row[column] for row in table if column < len(row) and row[column].strip()]
        if cells:
            left_out.append(LeftOut(Place(place), "hidden-column", {"found": cells[0]}))
    for row_cells in table:
        row_cells[:] = ["" if n in lost else cell for n, cell in enumerate(row_cells)]
    lines = [
        Line(Place(place, n + 1, is_cell=True), cells, merged=frozenset(reached.get(n, ())))
        for n, cells in enumerate(table)
        if n not in hidden and any(cell.strip() for cell in cells)
    ]
    return lines, left_out


def _merged(table: list[list[str]], merges: list[Merge], place: str) -> dict[int, set[int]]:
    """Show merged blocks as people see them; return the columns that they cover, by row."""
    height, width = len(table), max(map(len, table), default=0)
    reached: dict[int, set[int]] = {}
    left = height * width  # cells: blocks do not overlap
    for merge in merges:
        rows = range(merge.top, min(merge.bottom + 1, height))
        columns = range(merge.left, min(merge.right + 1, width))
        left -= len(rows) * len(columns)
        if left < 0:
            raise too_large(f"{height} x {width}", place)
        if not rows or not columns:
            continue
        heading = table[merge.top][merge.left]
        repeated = "" if _is_number(heading) else heading
        for row in rows:
            reached.setdefault(row, set()).update(columns[1:])
            table[row][merge.left : columns.stop] = [repeated, *[""] * (len(columns) - 1)]
        table[merge.top][merge.left] = heading
    return reached


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).lstrip("-").isdigit()


def _text(value: Any, form: str) -> str:
    """Return a cell as its number format shows it, but with all of its digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, form)
    if isinstance(value, dt.datetime):
        return _date(value, _QUOTED.sub("", form).lower())
    return str(value)


def _number(value: float, form: str) -> str:
    number = Decimal(f"{value:.15g}")  # a workbook holds 15 digits
    around = _around(form)
    if around is None:
        return f"{number:f} [{form[:80]}]"  # shown as something else: not to be guessed at
    before, is_percent, after = around
    text = f"{(number * 100).normalize():f}%" if is_percent else f"{number:f}"
    return f"{before}{text}{after}"


@lru_cache(1000)
def _around(form: str) -> tuple[str, bool, str] | None:
    """Return what a number format shows before and after a number, and whether as a percentage.

    None where it shows another number, or words that depend on the number or stand within it.
    """
    plain = _QUOTED.sub("", form)
    if _OTHERWISE.search(plain) or "!" in form:
        return None
    words = "".join(part for part in _QUOTED.findall(form) if not part.startswith("["))
    bare = plain.replace("通用格式", "")
    words += "".join(sign for sign in bare if not sign.isascii())
    if not any(map(str.isalnum, words)):
        return "", "%" in plain, ""
    match = _WORDED.match(form)
    if match is None:
        return None
    return _literal(match[1]), match[2].endswith("%"), _literal(match[3])


def _literal(text: str) -> str:
    """Return what quoted and bare words of a number format show."""
    return re.sub(r"\[[^\]]*\]|[\"\\]", "", text)


def _date(value: dt.datetime, form: str) -> str:
    """Return a date as far as its format shows it: a year, a month, a day."""
    if "y" in form and "d" not in form:
        return f"{value.year}-{value.month:02}" if "m" in form else str(value.year)
    return value.date().isoformat()
