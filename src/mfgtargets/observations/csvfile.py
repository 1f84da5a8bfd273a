"""Read observations from long tables: CSV or TSV in the canonical form (SPEC §3) or close to it.

Headings may be Chinese, cells written as people write them (``cells``): 突破100家, 下降15.7%.
"""

import csv
import io
import re

from mfgtargets.faults import Fault, InputError, Place, fault, nearest
from mfgtargets.observations.cells import MISSING, Cell, plain_text, read_cell, read_period
from mfgtargets.observations.model import BOUNDS, MEASURES, STATUSES, LeftOut, Observation
from mfgtargets.observations.period import FIRST_YEAR, LAST_YEAR, Period

COLUMNS = (
    "indicator,region,period,value,unit,measure,bound,obs_status,note,source,url,vintage".split(",")
)
LARGEST = 1e15  # a measured value beyond that is a slip of the pen
_HEADINGS = {
    "year": "period", "年份": "period", "年度": "period", "时期": "period", "年": "period",
    "指标": "indicator", "指标名称": "indicator", "name": "indicator",
    "数值": "value", "值": "value", "实际值": "value", "数据": "value",
    "单位": "unit", "计量单位": "unit", "地区": "region", "区域": "region",
    "备注": "note", "说明": "note", "来源": "source", "数据来源": "source", "网址": "url",
    "口径": "measure", "发布日期": "vintage", "状态": "obs_status",
}  # fmt: skip
_LINE_END = re.compile("\r\n|\r|\n")
_VINTAGE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")


def has_known_header(text: str) -> bool:
    """Tell whether the first line names the columns this program needs."""
    first = first_line(text)
    try:
        cells = next(csv.reader([first], delimiter=_delimiter(first)), [])
    except csv.Error:
        return False
    return {_column(cell) for cell in cells} >= {"indicator", "period", "value"}


def _column(heading: str) -> str:
    """Return the canonical name of a column's heading, or the heading itself."""
    plain = plain_text(heading).lower()
    return _HEADINGS.get(plain, plain)


def _delimiter(line: str) -> str:
    """Return what separates the cells of a header line: the sign that yields most columns."""
    return max(",\t;", key=lambda sign: sum(_column(c) in COLUMNS for c in line.split(sign)))


def first_line(text: str) -> str:
    """Return the first line that is not blank."""
    return next((line for line in _LINE_END.split(text) if line.strip()), "")


def parse_observations(text: str, name: str) -> tuple[list[Observation], list[LeftOut]]:
    """Read canonical CSV text: the observations, and the rows whose value is blank (missing).

    Raises ``InputError`` with every fault in the text, in order.
    """
    lines = _LINE_END.split(text)
    delimiter = _delimiter(first_line(text))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    observations: list[Observation] = []
    blanks: list[LeftOut] = []
    faults: list[Fault] = []
    columns: list[str] = []
    line = 1
    try:
        for cells in reader:
            place = Place(name, line)
            excerpt = lines[line - 1] if line <= len(lines) else ""
            line = reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _header(cells, place, excerpt, delimiter)
                continue
            row = _Row(columns, cells, place, excerpt, delimiter)
            if row.is_blank:
                blanks.append(LeftOut(place, "blank-value", {"found": row.cells["indicator"]}))
                continue
            observation = row.observation()
            if observation is not None:
                observations.append(observation)
            faults += row.faults
    except csv.Error as error:
        excerpt = lines[line - 1] if line <= len(lines) else ""
        faults.append(fault("csv-syntax", Place(name, line), excerpt, found=error))
    if faults:
        raise InputError(faults)
    if not observations and not blanks:
        raise InputError([fault("no-rows", Place(name))])
    return observations, blanks


def _header(cells: list[str], place: Place, excerpt: str, delimiter: str) -> list[str]:
    columns = [_column(cell) for cell in cells]
    faults = []
    for index, column in enumerate(columns):
        at = Place(place.file, place.line, _offset(excerpt, index, delimiter))
        if column not in COLUMNS:
            near = ", ".join(nearest(column, COLUMNS, 1))
            details = {"found": column, "near": near, "expected": ", ".join(COLUMNS)}
            faults.append(fault("unknown-column", at, excerpt, **details))
        elif column in columns[:index]:
            faults.append(fault("column-twice", at, excerpt, found=column))
    missing = [c for c in ("indicator", "period", "value") if c not in columns]
    if missing:
        faults.append(fault("missing-column", place, excerpt, expected=", ".join(missing)))
    if faults:
        raise InputError(faults)
    return columns


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


def _is_missing(cell: str) -> bool:
    return plain_text(cell).lower() in MISSING


class _Row:
    """One line of the table on its way to an observation, collecting its faults."""

    def __init__(
        self, columns: list[str], cells: list[str], place: Place, excerpt: str, delimiter: str
    ) -> None:
        self.columns, self.place, self.excerpt = columns, place, excerpt
        self.delimiter = delimiter
        self.cells = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        self.faults: list[Fault] = []
        if len(cells) != len(columns):
            details = {"found": len(cells), "expected": len(columns)}
            self.faults.append(fault("wrong-cell-count", place, excerpt, **details))

    def wrong(self, column: str, code: str, **details: object) -> None:
        """Record a fault in the cell of ``column``."""
        offset = _offset(self.excerpt, self.columns.index(column), self.delimiter)
        at = Place(self.place.file, self.place.line, offset)
        self.faults.append(fault(code, at, self.excerpt, **details))

    @property
    def is_blank(self) -> bool:
        """Whether the row names an indicator but gives no value for it."""
        return (
            not self.faults and bool(self.cells["indicator"]) and _is_missing(self.cells["value"])
        )

    def observation(self) -> Observation | None:
        """Return the observation, or None when the row has faults."""
        if self.faults:
            return None
        cell = self.cells.get
        indicator = cell("indicator", "")
        if not indicator:
            self.wrong("indicator", "empty-cell", expected="indicator")
        period = self._period(cell("period", ""))
        value = self._value(cell("value", ""))
        measure = self._one_of("measure", ("", *MEASURES))
        if not measure and value.is_change:
            measure = "added" if value.unit == "个百分点" else "yearly_change"
        letters = re.sub(r"[\s;,+/]", "", cell("obs_status", "").upper())
        if set(letters) - set(STATUSES):
            self.wrong("obs_status", "not-one-of", found=letters, expected=", ".join(STATUSES))
        vintage = cell("vintage", "")
        if vintage and not _VINTAGE.match(vintage):
            self.wrong("vintage", "bad-vintage", found=vintage)
        if self.faults or period is None:
            return None
        return Observation(
            indicator=indicator,
            region=cell("region", ""),
            period=period,
            value=float(value.text),
            text=value.text,
            unit=value.unit,
            measure=measure or None,  # type: ignore[arg-type]
            bound=value.bound,
            obs_status="".join(letter for letter in STATUSES if letter in letters) or "A",
            note=cell("note", ""),
            source=cell("source", ""),
            url=cell("url", ""),
            vintage=vintage,
            place=self.place,
        )

    def _period(self, text: str) -> Period | None:
        period = read_period(text)
        if period is None:
            self.wrong("period", "bad-period", found=text)
        elif period.first_year < FIRST_YEAR or period.year > LAST_YEAR:
            self.wrong(
                "period", "year-out-of-range", found=text, expected=f"{FIRST_YEAR}-{LAST_YEAR}"
            )
        return period

    def _value(self, text: str) -> Cell:
        """Read a value cell, and the bound and unit that stand in it or in columns of their own."""
        given, unit = self._one_of("bound", BOUNDS), self.cells.get("unit", "")
        cell = read_cell(text)
        if cell is None:
            self.wrong("value", "not-a-number", found=text)
            return Cell("0", given, unit, is_change=False)
        if abs(float(cell.text)) > LARGEST:
            self.wrong("value", "too-large", found=text)
        if cell.bound and given and cell.bound != given:
            self.wrong("value", "two-bounds", found=cell.bound, expected=given)
        if cell.unit and unit and cell.unit != unit and not cell.is_change:
            self.wrong("value", "two-units", found=cell.unit, expected=unit)
        return cell._replace(bound=cell.bound or given, unit=cell.unit or unit)

    def _one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        found = self.cells.get(column, "")
        if found not in allowed:
            expected = ", ".join(filter(None, allowed))
            self.wrong(column, "not-one-of", found=found, expected=expected)
        return found
