"""Read spreadsheets of OpenDocument (.ods) as they are seen, with all digits of their numbers."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

from mfgtargets.faults import InputError, Place, fault
from mfgtargets.notation.cells import read_cell, read_period
from mfgtargets.observations.archives import faults_of, parse_part
from mfgtargets.observations.packages import LARGEST_SHEET, Merge, share_of, too_large
from mfgtargets.observations.sheets import Sheet, seen_lines

_HIDDEN = {"collapse", "filter"}


def sheets_of(raw: bytes, name: str) -> Iterator[Sheet]:
    """Yield the sheets of a document, in order.

    Raises ``InputError`` for one with a password, a damaged one, or one of too much.
    """
    with faults_of(name), zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml")[: 1 << 20]:
            raise InputError([fault("password", Place(name))])
        content = _Content(name, share_of(len(raw)))
        parse_part(archive, "content.xml", content.parser, name)
    for table in content.tables:
        yield table.sheet(name, is_hidden=table.style in content.hidden)


class _Table:
    """One sheet while it is read: its rows, and what is merged or hidden."""

    def __init__(self, title: str, style: str) -> None:
        self.title, self.style = title, style
        self.rows: list[list[str]] = []
        self.merges: list[Merge] = []
        self.hidden: set[int] = set()
        self.lost: set[int] = set()
        self.columns = self.blank = 0  # columns declared, and blank rows since the last other one

    def sheet(self, name: str, *, is_hidden: bool) -> Sheet:
        """Return it as a sheet."""
        width = max(map(len, self.rows), default=0)
        rows = [row + [""] * (width - len(row)) for row in self.rows]
        place = f"{name}[{self.title}]"
        found = seen_lines(rows, self.merges, place, self.hidden, self.lost)
        return Sheet(self.title, place, is_hidden, *found)


class _Content:
    """Reads ``content.xml``, an element at a time, and no more cells than a workbook may have."""

    def __init__(self, name: str, share: float) -> None:
        self._name, self._share = name, share
        self.tables: list[_Table] = []
        self.hidden: set[str] = set()  # styles of hidden sheets
        self._style, self._size, self._aside = "", 0, 0
        self._row: list[str] = []
        self._of_row: Mapping[str, str] = {}
        self._blank = 0  # cells since the last other one
        self._cell: Mapping[str, str] = {}
        self._texts: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        tag = tag.rpartition(" ")[2]
        said = {key.rpartition(" ")[2]: value for key, value in given.items()}
        if tag == "annotation":
            self._aside += 1
        elif tag == "style":
            self._style = said.get("name", "")
        elif tag == "table-properties" and said.get("display") == "false":
            self.hidden.add(self._style)
        elif tag == "table":
            self.tables.append(_Table(said.get("name", ""), said.get("style-name", "")))
        elif tag == "table-column" and self.tables:
            self._column(self.tables[-1], said)
        elif tag == "table-row":
            self._row, self._of_row, self._blank = [], said, 0
        elif tag in {"table-cell", "covered-table-cell"}:
            self._cell, self._texts = said, []
        elif tag == "p" and self._texts:
            self._texts.append("\n")
        elif tag == "s":
            self._text(" ")

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(" ")[2]
        if tag == "annotation":
            self._aside -= 1
        elif tag in {"table-cell", "covered-table-cell"} and self._texts is not None:
            self._end_cell("".join(self._texts))
            self._texts = None
        elif tag == "table-row" and self.tables:
            self._end_row(self.tables[-1])

    def _text(self, text: str) -> None:
        if self._texts is not None and not self._aside:
            self._texts.append(text)

    def _column(self, table: _Table, said: Mapping[str, str]) -> None:
        count = _number(said.get("number-columns-repeated"))
        if said.get("visibility") in _HIDDEN:
            self._take(count)
            table.lost |= set(range(table.columns, table.columns + count))
        table.columns += count

    def _end_cell(self, shown: str) -> None:
        text, count = _seen(self._cell, shown), _number(self._cell.get("number-columns-repeated"))
        across = _number(self._cell.get("number-columns-spanned"))
        down = _number(self._cell.get("number-rows-spanned"))
        if not text.strip():
            self._blank += count
            return
        self._take(self._blank + count)
        self._row += [""] * self._blank + [text] * count
        self._blank = 0
        if max(across, down) > 1:
            table = self.tables[-1]
            top, left = len(table.rows) + table.blank, len(self._row) - 1
            table.merges.append(Merge(top, top + down - 1, left, left + across - 1))

    def _end_row(self, table: _Table) -> None:
        count = _number(self._of_row.get("number-rows-repeated"))
        if not self._row:
            table.blank += count
            return
        self._take(table.blank + count * len(self._row))
        table.rows += [[] for _ in range(table.blank)]
        if self._of_row.get("visibility") in _HIDDEN:
            table.hidden |= set(range(len(table.rows), len(table.rows) + count))
        table.rows += [list(self._row) for _ in range(count)]
        table.blank = 0

    def _take(self, cells: int) -> None:
        self._size += cells
        if self._size > 2 * LARGEST_SHEET * self._share:
            raise too_large(f">{self._size}", self._name, self._share)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 1


def _seen(cell: Mapping[str, str], shown: str) -> str:
    """Return a cell as it is seen, but a number with all of its digits."""
    kind, value = cell.get("value-type", ""), cell.get("value", "")
    if kind == "date":
        return shown if read_period(shown) else cell.get("date-value", shown)[:10]
    if kind not in {"float", "percentage", "currency"}:
        return shown or cell.get("string-value", "")
    try:
        number = Decimal(value) * (100 if kind == "percentage" else 1)
    except InvalidOperation:
        return f"{value} [{shown}]"
    seen = read_cell(shown.lstrip("¥￥$€£"))
    if any(map(str.isalpha, shown)):
        return shown  # words around a number count
    step = Decimal(1).scaleb(-len(seen.text.partition(".")[2])) if seen else 0
    if seen is None or abs(Decimal(seen.text) - number) > step:
        return f"{value} [{shown}]"  # shown as something else: not to be guessed at
    return f"{number.normalize():f}%" if kind == "percentage" else f"{number:f}"
