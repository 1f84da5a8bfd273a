"""Spreadsheets (.xlsx), the same bytes for the same content (needs the extra ``excel``)."""

import io
import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rich.cells import cell_len

from mfgtargets.extras import needed
from mfgtargets.harmless import visible
from mfgtargets.notation.numbers import decimals
from mfgtargets.render.table import Cell, Table
from mfgtargets.wording.figures import NOTHING

Content = Cell | str | float | None

_WIDEST = 40
_LINE, _HIGHEST = 15, 405  # points that a line is high, and a row can be
_LONGEST_NAME, _LONGEST_FORMAT = 28, 255  # a second of a name gets a number
_FILLS = {
    "met": "C6E0B4",
    "met_early": "C6E0B4",
    "ahead": "E2EFDA",
    "on_track": "DDEBF7",
    "lagging": "FFE699",
    "behind": "FFE699",
    "missed": "F8CBAD",
    "away": "F8CBAD",
    "no_data": "EDEDED",
    "not_quantified": "EDEDED",
    "not_assessable": "E4DFEC",
}
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_NO_DAY = b"\\g<1>2000-01-01T00:00:00Z"


class Sheet(NamedTuple):
    """Rows of a sheet; the one at ``head`` (from 0) has the headings, of which ``left`` stand left.

    A row of one cell stands across all columns.
    """

    name: str
    rows: Sequence[Sequence[Content]]
    head: int = 0
    left: Sequence[bool] = ()


def sheet_of(table: Table) -> Sheet:
    """Return a table as a sheet, with what stands before and after it."""
    above = [(text,) for text in table.before]
    lines = [(line.heading,) if line.heading is not None else line.cells for line in table.lines]
    below = [(Cell(text),) for text in ("", *table.after)]
    return Sheet(table.name, [*above, table.headings, *lines, *below], len(above), table.left)


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return a workbook whose sheets keep their first column and their headings in view.

    Figures are numbers that look as they do in the table; text is text, whatever it begins with.
    """
    book = needed("openpyxl", "excel").Workbook()
    book.remove(book.active)
    for one in sheets:
        _fill(book.create_sheet(one.name[:_LONGEST_NAME]), one)
    out = io.BytesIO()
    with _Undated(out, "w") as archive:
        needed("openpyxl.writer.excel", "excel").ExcelWriter(book, archive).save()
    return out.getvalue()


def _fill(sheet: Any, given: Sheet) -> None:
    columns = len(given.rows[given.head])
    cells = [row for row in given.rows if len(row) == columns]
    widths = [min(max(map(_width, column)), _WIDEST) + 3 for column in zip(*cells, strict=True)]
    for number, row in enumerate(given.rows, 1):
        is_across = len(row) < columns
        for column, content in enumerate(row, 1):
            cell = sheet.cell(number, column)
            _put(cell, content)
            is_title = number <= given.head + 1 or (is_across and isinstance(content, str))
            _dress(cell, content, is_bold=is_title)
            if given.left:
                _align(cell, on_left=is_across or given.left[column - 1])
        if is_across:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=columns)
        room = [sum(widths)] if is_across else widths
        lines = max(math.ceil(_width(one) / width) for one, width in zip(row, room, strict=True))
        if given.left and lines > 1:
            sheet.row_dimensions[number].height = min(_LINE * lines, _HIGHEST)
    for cell, width in zip(sheet[given.head + 1], widths, strict=True):
        sheet.column_dimensions[cell.column_letter].width = width
    _lay_out(sheet, given.head + 1)


def _dress(cell: Any, content: Content, *, is_bold: bool) -> None:
    styles = needed("openpyxl.styles", "excel")
    if is_bold:
        cell.font = styles.Font(bold=True)
    if isinstance(content, Cell) and content.code in _FILLS:
        cell.fill = styles.PatternFill("solid", fgColor=_FILLS[content.code])


def _align(cell: Any, *, on_left: bool) -> None:
    """Fold a cell's text, with a gap where it stands left beside figures that stand right."""
    styles = needed("openpyxl.styles", "excel")
    side, gap = ("left", int(cell.column > 1)) if on_left else ("right", 0)
    cell.alignment = styles.Alignment(side, vertical="top", wrap_text=True, indent=gap)


def _lay_out(sheet: Any, head: int) -> None:
    """Keep the headings in view, and on each page of a print as wide as its table."""
    sheet.freeze_panes = f"B{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _width(content: Content) -> int:
    text = content.text if isinstance(content, Cell) else content
    return 0 if text is None else cell_len(visible(str(text)))


def _put(cell: Any, content: Content) -> None:
    """Write a figure as a number in a format, other text as text, and nothing for nothing."""
    figure = content.figure if isinstance(content, Cell) else None
    text = content.text if isinstance(content, Cell) else content
    if figure is not None:
        is_share = figure.after.startswith("%")
        after = figure.after.removeprefix("%")
        zeros = f"{0:.{decimals(figure.number)}f}"
        code = _quoted(figure.before) + zeros + "%" * is_share + _quoted(after)
        if '"' not in figure.before + after and len(code) <= _LONGEST_FORMAT:
            cell.value = float(f"{figure.number}e-2" if is_share else figure.number)
            cell.number_format = code
            return
    if isinstance(text, str) and text not in {"", NOTHING}:
        cell.value = visible(text)
        cell.data_type = "s"
    elif not isinstance(text, str):
        cell.value = text


def _quoted(text: str) -> str:
    return f'"{visible(text)}"' if text else ""


class _Undated(zipfile.ZipFile):
    """An archive that tells nothing of when it was made, whatever the clock says."""

    def writestr(self, name: Any, data: Any, *_: Any) -> None:
        """Write text or bytes."""
        raw = data.encode() if isinstance(data, str) else data
        if name == "docProps/core.xml":
            raw = _MODIFIED.sub(_NO_DAY, raw)
        super().writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        """Write a file's content."""
        self.writestr(arcname, Path(filename).read_bytes())
