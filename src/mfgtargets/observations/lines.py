"""From a text table to its lines of cells, each with its place, one at a time."""

import csv
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple, TextIO

from mfgtargets.faults import Fault, InputError, Place, fault
from mfgtargets.notation.cells import plain_text

COLUMNS = (
    "indicator,region,period,value,unit,measure,bound,obs_status,note,source,url,vintage".split(",")
)
_HEADINGS = {
    heading: column
    for column, headings in {
        "indicator": "指标 指标名称 指标名 指标项 指标项目 主要指标 统计指标 经济指标 指標 項目 项目 "
        "name indicatorname",
        "region": "地区 区域 地區 城市 市 县 区 省市 地市 县市 市县 区县 县区 县(市、区) 市州 行政区划 "
        "设区市 地级市 区县名称 县区名称 市县名称 地名 "
        "统计地区 所在地 所在地区 所属地区 地区名称 区域名称 城市名称 行政区 国家 国家和地区 city area county "
        "area_name region_name geo geography location country countryname country_name entity ref_area",
        "province": "省份 省 province",
        "region_code": "地区代码 区划代码 行政区划代码 region_code area_code",
        "code": "代码 code",  # of a region, unless it stands behind an indicator
        "month": "月份 月 month",
        "quarter": "季度 季 quarter",
        "day": "日期 年月 统计日期 数据日期",
        "period": "year 年份 年度 时期 时间 年 报告期 统计时间 统计年度 统计年份 数据年份 所属年份 "
        "date time time_period",
        "value": "数值 值 实际值 数据 數值 完成值 指标值 指标数值 统计值 数量 "
        "实际 实际数 实际完成 实际完成值 完成数 actual actualvalue "
        "actual_value obs_value 绝对数 绝对值 绝对量 总量 实绩",
        "unit": "单位 计量单位 單位 单位名称 计量单位名称 数据单位 units unit_measure unitofmeasure",
        "scale": "unit_mult unitmult scale powercode 数量级 单位倍数 单位量级",
        "note": "备注 说明",
        "source": "来源 数据来源",
        "url": "网址 链接",
        "measure": "口径 数据口径 数值口径",
        "vintage": "发布日期 发布时间 公布日期 公布时间",
        "obs_status": "状态 数据状态 数据质量 status obs_flag flag flags observation_status",
        "bound": "界限",
    }.items()
    for heading in headings.split()
}
# Columns that say more about one of the canonical columns.
HELPING = frozenset({"region_code", "code", "province", "month", "quarter", "day", "scale"})
_SNIFFED = 200  # lines among which the separator is looked for
_COMPARED = 10_000  # characters of each of them
LONGEST = 1 << 20  # characters of one line
WIDEST = 16_384  # cells of one line, as in a sheet of a workbook


class Line(NamedTuple):
    """One line of a table: its cells, and how it stands in the file.

    ``delimiter`` is empty where the cells have no text around them (a spreadsheet's row);
    ``merged`` are the cells that a cell on their left reaches over.
    """

    place: Place
    cells: list[str]
    excerpt: str = ""
    delimiter: str = ""
    merged: frozenset[int] = frozenset()

    def fault(self, code: str, index: int, **details: object) -> Fault:
        """Make a fault at cell ``index``."""
        return fault(code, self.place_of(index), self.excerpt.rstrip("\r\n"), **details)

    def place_of(self, index: int) -> Place:
        """Return where cell ``index`` stands; of one value alone, where that stood in the file."""
        if self.place.column:
            return self.place
        excerpt = self.excerpt.rstrip("\r\n")
        column = _offset(excerpt, index, self.delimiter) if self.delimiter else index + 1
        return self.place._replace(column=column)


def column_of(heading: str) -> str:
    """Return the canonical name of a column's heading, or the heading itself."""
    plain = plain_text(heading).lower()
    first = plain_text(heading.strip().partition("\n")[0]).lower()  # of one in two languages
    return _HEADINGS.get(plain) or _HEADINGS.get(first, plain)


def check_width(cells: int, place: Place) -> None:
    """Raise ``InputError`` where a line has more cells than any table."""
    if cells > WIDEST:
        raise InputError([fault("too-many-columns", place, found=cells, expected=WIDEST)])


def check_rows(rows: int, name: str, limit: int) -> None:
    """Raise ``InputError`` where a table has more rows than are asked for."""
    if rows > limit:
        raise InputError([fault("too-many-rows", Place(name), found=rows, expected=limit)])


def limited(lines: Iterable[Line], name: str, limit: int) -> Iterator[Line]:
    """Yield lines; raise ``InputError`` where they are more than a header and ``limit`` rows."""
    for number, line in enumerate(lines):
        if number > limit:
            check_rows(number, name, limit)
        yield line


def lines_of(text: TextIO, name: str) -> Iterator[Line]:
    """Yield the lines that are not blank; raise ``InputError`` where the quoting is broken."""
    rest = iter(lambda: text.readline(LONGEST), "")
    top = list(islice(rest, _SNIFFED))
    delimiter = _delimiter(top)
    record: list[str] = []  # the lines of the text that the cells come from
    number = 1
    noted = _noted(chain(top, rest), record, name)
    if delimiter == "," and top and top[0].startswith("\t"):  # the statistics bureau's new export
        noted = (line.removeprefix("\t").replace(",\t", ",") for line in noted)
    reader = csv.reader(noted, strict=True, delimiter=delimiter)
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                place = Place(name, number)
                if len(cells) > WIDEST:
                    check_width(len(cells), place)
                yield Line(place, cells, record[0], delimiter)
            number = reader.line_num + 1
            record.clear()
    except csv.Error as error:
        excerpt = record[0].rstrip("\r\n")[:_SNIFFED] if record else ""
        place = Place(name, number)
        raise InputError([fault("csv-syntax", place, excerpt, found=error)]) from None


def _noted(lines: Iterator[str], record: list[str], name: str) -> Iterator[str]:
    """Note the lines that a record is read from; raise ``InputError`` where one is too long."""
    size = 0
    for number, line in enumerate(lines, 1):
        size = len(line) + (size if record else 0)
        if size >= LONGEST:
            raise InputError([fault("line-too-long", Place(name, number))])
        record.append(line)
        yield line


def _delimiter(raw: list[str]) -> str:
    """Return what separates the cells: the sign that the first lines hold most of."""
    top = [line[:_COMPARED] for line in raw if line.strip()][:15]
    tabs = {line.count("\t") for line in top}
    if len(tabs) == 1 and tabs != {0} and not any(",\t" in line for line in top):
        return "\t"  # the cells may hold commas, as the first ones of Eurostat do

    def known(sign: str) -> tuple[int, int]:
        cells = [cell for line in top for cell in line.split(sign)]
        return sum(column_of(cell) in COLUMNS for cell in cells), len(cells)

    return max(",\t;|", key=known)


def _offset(line: str, index: int, delimiter: str) -> int:
    """Return the column (from 1) at which cell ``index`` of a line starts."""
    if '"' not in line:
        before = line.split(delimiter, index)[:-1]
        return 1 + sum(len(cell) + 1 for cell in before) if len(before) == index else 1
    position, quoted = 0, False
    for offset, character in enumerate(line):
        if position == index:
            return offset + 1
        if character == '"':
            quoted = not quoted
        elif character == delimiter and not quoted:
            position += 1
    return len(line) + 1 if position == index else 1
