"""Spreadsheets (.xlsx), the same bytes for the same content (needs the extra ``excel``)."""

import io
import re
import zipfile
from collections.abc import Sequence

from rich.cells import cell_len

from mfgtargets.extras import needed
from mfgtargets.harmless import visible

_WIDEST = 60
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_NO_DAY = b"\\g<1>2000-01-01T00:00:00Z"


def workbook(title: str, rows: Sequence[Sequence[str | float | None]]) -> bytes:
    """Return a workbook of one sheet: a header that stays in view, and rows.

    Text is written as text, whatever it begins with.
    """
    openpyxl = needed("openpyxl", "excel")
    bold = needed("openpyxl.styles", "excel").Font(bold=True)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, visible(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            if number == 1:
                cell.font = bold
    for column, cells in enumerate(zip(*rows, strict=True), 1):
        widest = max(cell_len(str(value)) for value in cells if value is not None)
        letter = sheet.cell(1, column).column_letter
        sheet.column_dimensions[letter].width = min(widest, _WIDEST) + 2
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue())


def _without_clock(raw: bytes) -> bytes:
    """Take out of a workbook when it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(_NO_DAY, content)
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
