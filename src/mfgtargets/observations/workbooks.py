"""Read workbooks, .xlsx and .xls, as they are seen: 0.135 formatted as a percentage is 13.5 %.

The old .xls needs the extra ``excel``.
"""

import io
import posixpath
import struct
from collections.abc import Iterator
from typing import Any

from mfgtargets.extras import needed
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.observations.numberformats import BUILT_IN, moment, shown
from mfgtargets.observations.packages import (
    LARGEST_SHEET,
    Cell,
    Merge,
    Part,
    parts_of,
    share_of,
    too_large,
)
from mfgtargets.observations.sheets import Sheet, seen_lines

# Streams that an OLE file names: of a package with a password, of Word, of Excel.
_ENCRYPTED, _WORD, _BOOK = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument", "Workbook")
)
_BOOK_PART = "xl/workbook.xml"
_BEGINS, _ENDS, _LINK = {0x009, 0x209, 0x409, 0x809}, 0x0A, 0x1B8  # records of an .xls


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
        yield from read(raw, name)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a broken file leads to
        found = f"{type(error).__name__}: {error}".splitlines()[0][:120]
        raise InputError([fault("damaged-file", Place(name), found=found)]) from None


class _Book:
    """What the cells of an .xlsx mean: its texts, its number formats, what its days are counted from."""

    def __init__(self, parts: dict[str, Part]) -> None:
        self._parts = parts
        book = self.part(_BOOK_PART)
        self.sheets = [told for tag, told in book.told if tag == "sheet"]
        folder, file = posixpath.split(_BOOK_PART)
        related = self.part(f"{folder}/_rels/{file}.rels").told
        self._targets = {
            told["Id"]: (told["Type"].rpartition("/")[2], _joined(folder, told["Target"]))
            for tag, told in related
            if tag == "Relationship" and told.get("TargetMode") != "External"
        }
        named = dict(self._targets.values())
        texts, styles = (
            self.part(target) if target in parts else Part()
            for kind in ("sharedStrings", "styles")
            for target in [named.get(kind, f"xl/{kind}.xml")]
        )
        self._texts = texts.texts
        self._forms = _formats(styles) or ["General"]
        told = dict(book.told).get("workbookPr", {})
        self._is_from_1904 = told.get("date1904") in {"1", "true"}

    def part(self, name: str) -> Part:
        """Return a part; raise ``ValueError`` where it is no XML, ``KeyError`` where there is none."""
        part = self._parts[name]
        if part.damage:
            raise ValueError(part.damage)
        return part

    def sheet(self, told: dict[str, str]) -> Part | None:
        """Return the part of a sheet; None where it is one of another kind, a chart."""
        number = next(text for key, text in told.items() if key.rpartition(" ")[2] == "id")
        kind, target = self._targets[number]
        return self.part(target) if kind == "worksheet" else None

    def text(self, cell: Cell) -> str:
        """Return what is seen of a cell; of one without a saved result, its formula."""
        if cell.kind == "n":
            form = self._forms[cell.style]
            number = float(cell.value)
            return shown(moment(number, form, is_from_1904=self._is_from_1904), form)
        if cell.kind == "s":
            if cell.value.startswith("-"):  # none is counted from the end
                raise IndexError(cell.value)
            return self._texts[int(cell.value)]
        if cell.kind == "b":
            return "TRUE" if cell.value == "1" else "FALSE"
        if cell.kind == "f":
            return cell.value[:40]
        return cell.value.removesuffix("T00:00:00") if cell.kind == "d" else cell.value


def _joined(folder: str, target: str) -> str:
    """Return the name of a part that another names from its own folder, or from the top."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _formats(styles: Part) -> list[str]:
    """Return the number formats that cells name by number."""
    own: dict[str, str] = {}
    forms: list[str] = []
    within = ""
    for tag, told in styles.told:
        if tag == "numFmt" and within != "cellStyles":
            own.setdefault(told["numFmtId"], told["formatCode"])
        elif tag != "xf":
            within = tag
        elif within == "cellXfs":
            number = told.get("numFmtId", "0")
            forms.append(own.get(number) or BUILT_IN.get(int(number), "General"))
    return forms


def _of_xlsx(raw: bytes, name: str) -> Iterator[Sheet]:
    book = _Book(parts_of(raw, name))
    for told in book.sheets:
        part, title = book.sheet(told), told["name"]
        if part is None:
            continue
        rows = [[""] * part.columns for _ in range(part.rows)]
        for cell in part.cells:
            rows[cell.row][cell.column] = book.text(cell)
        part.cells.clear()
        lost = {n for first, end in part.lost for n in range(first, min(end, part.columns))}
        place = f"{name}[{title}]"
        is_hidden = told.get("state", "visible") != "visible"
        yield Sheet(
            title, place, is_hidden, *seen_lines(rows, part.merges, place, part.hidden, lost)
        )


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
            return shown(xlrd.xldate_as_datetime(cell.value, book.datemode), "")
        if cell.ctype in {xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER}:
            return shown(
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
