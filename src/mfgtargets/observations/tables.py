"""From the text of a table to its lines of cells, each with its place."""

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from mfgtargets.faults import Fault, InputError, Place, fault
from mfgtargets.observations.cells import plain_text

COLUMNS = (
    "indicator,region,period,value,unit,measure,bound,obs_status,note,source,url,vintage".split(",")
)
_HEADINGS = {
    "year": "period", "年份": "period", "年度": "period", "时期": "period", "年": "period",
    "指标": "indicator", "指标名称": "indicator", "name": "indicator",
    "数值": "value", "值": "value", "实际值": "value", "数据": "value",
    "单位": "unit", "计量单位": "unit", "地区": "region", "区域": "region",
    "备注": "note", "说明": "note", "来源": "source", "数据来源": "source", "网址": "url",
    "口径": "measure", "发布日期": "vintage", "状态": "obs_status",
}  # fmt: skip
_LINE_END = re.compile("\r\n|\r|\n")


class Line(NamedTuple):
    """One line of a table: its cells, and how it stands in the file."""

    place: Place
    cells: list[str]
    excerpt: str
    delimiter: str

    def fault(self, code: str, index: int, **details: object) -> Fault:
        """Make a fault at cell ``index``."""
        column = _offset(self.excerpt, index, self.delimiter)
        at = Place(self.place.file, self.place.line, column)
        return fault(code, at, self.excerpt, **details)


def column_of(heading: str) -> str:
    """Return the canonical name of a column's heading, or the heading itself."""
    plain = plain_text(heading).lower()
    return _HEADINGS.get(plain, plain)


def first_line(text: str) -> str:
    """Return the first line that is not blank."""
    return next((line for line in _LINE_END.split(text) if line.strip()), "")


def lines_of(text: str, name: str) -> Iterator[Line]:
    """Yield the lines that are not blank; raise ``InputError`` where the quoting is broken."""
    raw = _LINE_END.split(text)
    delimiter = _delimiter(raw)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    number = 1
    try:
        for cells in reader:
            excerpt = raw[number - 1] if number <= len(raw) else ""
            if any(cell.strip() for cell in cells):
                yield Line(Place(name, number), cells, excerpt, delimiter)
            number = reader.line_num + 1
    except csv.Error as error:
        excerpt = raw[number - 1] if number <= len(raw) else ""
        place = Place(name, number)
        raise InputError([fault("csv-syntax", place, excerpt, found=error)]) from None


def _delimiter(raw: list[str]) -> str:
    """Return what separates the cells: the sign that the first lines hold most of."""
    top = [line for line in raw[:200] if line.strip()][:15]

    def known(sign: str) -> tuple[int, int]:
        cells = [cell for line in top for cell in line.split(sign)]
        return sum(column_of(cell) in COLUMNS for cell in cells), len(cells)

    return max(",\t;", key=known)


def _offset(line: str, index: int, delimiter: str) -> int:
    """Return the column (from 1) at which cell ``index`` of a line starts."""
    position, quoted = 0, False
    for offset, character in enumerate(line):
        if position == index:
            return offset + 1
        if character == '"':
            quoted = not quoted
        elif character == delimiter and not quoted:
            position += 1
    return len(line) + 1 if position == index else 1
