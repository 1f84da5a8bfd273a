"""Read workbooks, .xlsx and .xls, as they are seen: 0.135 formatted as a percentage is 13.5 %.

Needs the extra ``excel``.
"""

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from mfgtargets.extras import needed
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.observations.lines import Line
from mfgtargets.observations.observation import LeftOut

LARGEST_UNPACKED = 300_000_000  # bytes
LARGEST_SHEET = 4_000_000  # cells, blank ones among them
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_QUOTED = re.compile(
    r'"[^"]*(?:"|\Z)|\\.|\[[^\]]*(?:\]|\Z)'
)  # what a number format prints as it stands

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


class _Merge(NamedTuple):
    """A block of merged cells, by its first and last row and column, from 0."""

    top: int
    bottom: int
    left: int
    right: int


def sheets_of(raw: bytes, name: str) -> Iterator[Sheet]:
    """Yield the sheets of a workbook, in order.

    Raises ``InputError`` for one with a password, one that unpacks to too much, a damaged one.
    """
    if _ENCRYPTED in raw:
        raise InputError([fault("password", Place(name))])
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
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = archive.infolist()
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise InputError([fault("not-a-workbook", Place(name))])
    unpacked = sum(member.file_size for member in members)
    if unpacked > LARGEST_UNPACKED:
        raise InputError([fault("zip-bomb", Place(name), found=unpacked)])
    openpyxl = needed("openpyxl", "excel")
    book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(raw)) if _has_formulas(raw, members) else None
    for sheet in book.worksheets:
        place = f"{name}[{sheet.title}]"
        _check_size(sheet.max_row, sheet.max_column, place)
        merges = [
            _Merge(r.min_row - 1, r.max_row - 1, r.min_col - 1, r.max_col - 1)
            for r in sheet.merged_cells.ranges
        ]
        rows = [
            [_text(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()
        ]
        if formulas is not None:
            _show_formulas(rows, formulas[sheet.title])
        hidden = {n - 1 for n, row in sheet.row_dimensions.items() if row.hidden}
        lost = {
            n - 1
            for column in sheet.column_dimensions.values()
            if column.hidden
            for n in range(column.min, column.max + 1)
        }
        found = _lines(rows, merges, place, hidden, lost)
        yield Sheet(sheet.title, place, sheet.sheet_state != "visible", *found)


def _has_formulas(raw: bytes, members: Iterable[zipfile.ZipInfo]) -> bool:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheets = [member for member in members if member.filename.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(member) for member in sheets if not member.is_dir())


def _show_formulas(rows: list[list[str]], sheet: Any) -> None:
    """Put a formula where its result was not saved, so that it is not taken for a blank."""
    for cells, row in zip(rows, sheet.iter_rows(), strict=True):
        for n, cell in enumerate(row):
            if cell.data_type == "f" and not cells[n]:
                cells[n] = str(cell.value)[:40]


def _of_xls(raw: bytes, name: str) -> Iterator[Sheet]:
    xlrd = needed("xlrd", "excel")
    try:
        book = xlrd.open_workbook(file_contents=raw, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise InputError([fault("password", Place(name))]) from None
        raise

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

    for sheet in book.sheets():
        place = f"{name}[{sheet.name}]"
        _check_size(sheet.nrows, sheet.ncols, place)
        merges = [
            _Merge(top, end - 1, left, right - 1) for top, end, left, right in sheet.merged_cells
        ]
        rows = ([text(cell) for cell in sheet.row(n)] for n in range(sheet.nrows))
        hidden = {n for n, row in sheet.rowinfo_map.items() if row.hidden}
        lost = {n for n, column in sheet.colinfo_map.items() if column.hidden}
        found = _lines(rows, merges, place, hidden, lost)
        yield Sheet(sheet.name, place, sheet.visibility != 0, *found)


def _check_size(rows: int, columns: int, place: str) -> None:
    if rows * columns > LARGEST_SHEET:
        found = f"{rows} x {columns}"
        raise InputError([fault("sheet-too-large", Place(place), found=found)])


def _lines(
    rows: Iterable[list[str]], merges: list[_Merge], place: str, hidden: set[int], lost: set[int]
) -> tuple[list[Line], list[LeftOut]]:
    """Return the rows that are not blank; text merged downwards stands in each of its rows.

    ``hidden`` rows and ``lost`` columns are left out, and told.
    """
    table = list(rows)
    reached: dict[int, set[int]] = {}
    for merge in merges:
        heading = table[merge.top][merge.left]
        for row in range(merge.top, min(merge.bottom + 1, len(table))):
            reached.setdefault(row, set()).update(range(merge.left + 1, merge.right + 1))
            if not _is_number(heading):
                table[row][merge.left] = heading
    left_out = [
        LeftOut(Place(place, n + 1), "hidden-row", {"found": " ".join(table[n])[:80]})
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
        Line(Place(place, n + 1), cells, merged=frozenset(reached.get(n, ())))
        for n, cells in enumerate(table)
        if n not in hidden and any(cell.strip() for cell in cells)
    ]
    return lines, left_out


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
    plain = _QUOTED.sub("", form)
    if _OTHERWISE.search(plain) or "!" in form:
        return f"{number:f} [{form}]"  # shown as another number: not to be guessed at
    return f"{(number * 100).normalize():f}%" if "%" in plain else f"{number:f}"


def _date(value: dt.datetime, form: str) -> str:
    """Return a date as far as its format shows it: a year, a month, a day."""
    if "y" in form and "d" not in form:
        return f"{value.year}-{value.month:02}" if "m" in form else str(value.year)
    return value.date().isoformat()
