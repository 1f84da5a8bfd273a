"""Spreadsheets (.xlsx), the same bytes for the same content (needs the extra ``excel``)."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
    with _Undated(out, "w") as archive:
        needed("openpyxl.writer.excel", "excel").ExcelWriter(book, archive).save()
    return out.getvalue()


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
