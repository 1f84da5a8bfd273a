"""Files of actuals as people have them: workbooks, records, exports, and what is wrong with them."""

import io
import json
import re
import struct
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt

from checks import matched, read
from conftest import Run
from mfgtargets.cli import inputs
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError
from mfgtargets.observations import packages

Rows = list[list[Any]]

# One row of each: a share shown in percent, a count as text, an average in another unit.
ROWS: Rows = [
    ["指标", "单位", "2018年", 2017.0],
    ["重点企业装备数控化率", "", 0.655, 0.6],
    ["上市企业数量", "家", "突破80家", 74],
    ["规上企业劳动生产率", "元/人", 230000, ""],
]
PERCENT = {(2, 3), (2, 4)}  # the cells formatted as percentages, from 1
UNDERSTOOD = {
    ("numerical_control_rate", "2018", 65.5, ""),
    ("numerical_control_rate", "2017", 60, ""),
    ("listed_companies", "2018", 80, ">"),
    ("listed_companies", "2017", 74, ""),
    ("labour_productivity", "2018", 23, ""),
}


def xlsx(rows: Rows, *, merged: str = "", hidden: Rows | None = None) -> bytes:
    """Return a workbook; ``merged`` is a range such as B1:C1."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for row, column in PERCENT if rows is ROWS else ():
        sheet.cell(row, column).number_format = "0.0%"
    if merged:
        sheet.merge_cells(merged)
    if hidden:
        other = book.create_sheet("旧")
        other.sheet_state = "hidden"
        for row in hidden:
            other.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Rows) -> bytes:
    """Return a workbook of the old kind."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    percent = xlwt.easyxf(num_format_str="0.0%")
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            style = percent if (r, c) in PERCENT else xlwt.easyxf()
            sheet.write(r - 1, c - 1, value, style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def understood(raw: str | bytes, document: Document, **hints: object) -> set[tuple[Any, ...]]:
    """Return what of a file is understood: indicator, period, value, bound."""
    found, _ = matched(raw, document, **hints)
    return {(o.indicator, str(o.period), o.value, o.bound) for o in found.observations}


def codes(raw: str | bytes, **hints: object) -> list[str]:
    """Return the codes of what is wrong with a file."""
    with pytest.raises(InputError) as caught:
        read(raw, **hints)
    return [fault.code for fault in caught.value.faults]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_workbooks_are_read_as_they_are_shown(shaoxing: Document, make: Any) -> None:
    """0.655 formatted as a percentage is 65.5 %; years as numbers, text and blanks are read."""
    assert understood(make(ROWS), shaoxing) == UNDERSTOOD


def test_faults_in_a_workbook_name_sheet_row_and_column() -> None:
    """A bad cell is named as people find it."""
    rows = [["indicator", "period", "value"], ["x", 2018, "许多"], ["x", 2019, 1]]
    found, left_out = read(xlsx(rows), "b.xlsx")
    assert [str(row.place) for row in left_out] == ["b.xlsx[Sheet]:C2"]
    assert [o.value for o in found] == [1]


def test_hidden_sheets_and_sheets_without_a_table_are_left_out(shaoxing: Document) -> None:
    """Only what people see is read; the rest is accounted for."""
    raw = xlsx(ROWS, hidden=[["指标", "2018年"], ["上市企业数量", 99]])
    assert understood(raw, shaoxing) == UNDERSTOOD
    assert [row.reason for row in read(raw)[1]].count("hidden-sheet") == 1


def test_merged_cells(shaoxing: Document) -> None:
    """A name merged downwards is each row's; a year merged over two columns of values is refused."""
    down = [["指标", "年份", "数值"], ["上市企业数量", 2017, 74], [None, 2018, 80]]
    assert understood(xlsx(down, merged="A2:A3"), shaoxing) == {
        ("listed_companies", "2017", 74, ""),
        ("listed_companies", "2018", 80, ""),
    }
    across = [["指标", "2018年", None], ["上市企业数量", 80, 8.1]]
    assert codes(xlsx(across, merged="B1:C1")) == ["merged-heading"]


def test_a_header_of_two_rows(shaoxing: Document) -> None:
    """A year over number and growth, or an indicator over years, is read as meant."""
    by_year = [
        ["指标", "2018年", None, "2017年", None],
        [None, "绝对数", "增长%", "绝对数", "增长%"],
        ["上市企业数量", 80, 8.1, 74, 5.0],
    ]
    expected = {("listed_companies", "2018", 80, ""), ("listed_companies", "2017", 74, "")}
    assert understood(xlsx(by_year, merged="B1:C1"), shaoxing) == expected
    table = "地区,上市企业数量(家),,两化融合指数,\n,2018年,2017年,2018年,2017年\n绍兴,80,74,77,76\n"
    assert understood(table, shaoxing) == expected | {
        ("integration_index", "2018", 77, ""),
        ("integration_index", "2017", 76, ""),
    }


RECORDS = [
    {"指标": "上市企业数量", "年份": 2018, "数值": "突破80家"},
    {"指标": "规上企业劳动生产率", "年份": 2018, "数值": 230000.0, "单位": "元/人"},
    {"指标": "两化融合指数", "年份": 2018, "数值": None},
]


@pytest.mark.parametrize("lines", [False, True])
def test_json_records(shaoxing: Document, lines: bool) -> None:
    """A list of records, or a record a line; numbers keep their digits, null is blank."""
    texts = [json.dumps(record, ensure_ascii=False) for record in RECORDS]
    raw = "\n".join(texts) if lines else json.dumps(RECORDS, ensure_ascii=False, indent=1)
    found, left_out = matched(raw, shaoxing)
    assert [(o.indicator, o.value, o.bound) for o in found.observations] == [
        ("listed_companies", 80, ">"),
        ("labour_productivity", 23, ""),
    ]
    assert [row.reason for row in left_out] == ["blank-value"]


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        ('[{"indicator": "x",\n"period": 2018 "value": 1}]', "json-syntax", 2),
        ('[{"indicator": "x"}', "json-syntax", 1),
        ('[{"value": 1, "value": 2}]', "json-syntax", 1),
        ('[{"indicator": "x"},\n[1]]', "not-a-record", 2),
        ("[" * 100_000, "json-syntax", 1),
        ("[]", "no-rows", 0),
    ],
)
def test_broken_json_is_named_with_its_line(raw: str, code: str, line: int) -> None:
    """What is no record of names and values is refused at its place."""
    with pytest.raises(InputError) as caught:
        read(raw)
    (fault,) = caught.value.faults
    assert fault.place is not None
    assert (fault.code, fault.place.line) == (code, line)


@pytest.mark.parametrize("value", ['{"a": 1}', "NaN", "true", "[1]"])
def test_a_json_value_that_is_no_number_is_left_out(value: str) -> None:
    """One record that holds something else does not lose the others."""
    record = '{"indicator": "x", "period": 2018, "value": %s}\n'
    found, left_out = read(record % value + record % "7")
    assert [o.value for o in found] == [7]
    assert [(row.reason, row.place.line) for row in left_out] == [("not-a-number", 1)]


def test_parquet(shaoxing: Document) -> None:
    """Columns by name; null and NaN are blank, and a damaged file is refused."""
    names = [record["指标"] for record in RECORDS]
    table = pa.table(
        {"indicator": names, "year": [2018, 2018, 2018], "value": [80.0, 23.0, float("nan")]}
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    found, left_out = matched(out.getvalue(), shaoxing)
    assert [(o.indicator, o.text) for o in found.observations] == [
        ("listed_companies", "80"),
        ("labour_productivity", "23"),
    ]
    assert [row.reason for row in left_out] == ["blank-value"]
    assert codes(b"PAR1" + b"\0" * 100) == ["damaged-file"]


def test_a_cross_section_needs_its_period(shaoxing: Document) -> None:
    """A row a region and a column an indicator, the year given by --period."""
    table = "地区,上市企业数量(家),两化融合指数\n330600,80,77\n宁波市,90,80\n"
    assert codes(table) == ["no-period"]
    assert understood(table, shaoxing, period="2018") == {
        ("listed_companies", "2018", 80, ""),
        ("integration_index", "2018", 77, ""),
    }


def test_what_stands_above_a_table_counts_for_all_of_it(shaoxing: Document) -> None:
    """Unit, region and year above the header; a unit in a name comes before the one above."""
    table = "单位：元/人,,时间：2018年\n指标,数值\n规上企业劳动生产率,230000\n"
    assert understood(table, shaoxing) == {("labour_productivity", "2018", 23, "")}
    table = ",,单位：元/人\n指标,2018年\n规上企业劳动生产率,230000\n上市企业数量(家),80\n"
    assert understood(table, shaoxing) == {
        ("labour_productivity", "2018", 23, ""),
        ("listed_companies", "2018", 80, ""),
    }


def test_columns_can_be_mapped(shaoxing: Document) -> None:
    """--map says what a column is; columns of no use are told; a mistyped name is a fault."""
    table = "科目,统计年,数,序号\n上市企业数量,2018,80,1\n"
    assert codes(table) == ["missing-column"]
    fields = {"科目": "indicator", "统计年": "period", "数": "value", "序号": "ignore"}
    assert understood(table, shaoxing, columns=fields) == {("listed_companies", "2018", 80, "")}
    assert read(table, columns=fields)[1] == []
    fields.pop("序号")
    assert [row.reason for row in read(table, columns=fields)[1]] == ["column-not-needed"]


def test_a_data_base_export_with_an_index_column(shaoxing: Document) -> None:
    """An empty heading over row numbers, a type and a date column: read, and the rest told."""
    table = ",name,type,value,date\n0,上市企业数量,年度,80,2018\n"
    assert understood(table, shaoxing) == {("listed_companies", "2018", 80, "")}
    unused = [row.details["found"] for row in read(table)[1]]
    assert unused == ["type"]


def test_aliases_codes_and_long_forms_match(shaoxing: Document) -> None:
    """规模以上 is 规上, an alias is the indicator, 330600 is 绍兴市 and 330200 is not."""
    table = "指标,地区代码,年份,数值\n规模以上企业劳动生产率,330600,2018,23\n"
    table += "上市公司数量,330600,2018,80\n上市公司数量,330200,2018,90\n"
    found, left_out = matched(table, shaoxing)
    assert [o.indicator for o in found.observations] == ["labour_productivity", "listed_companies"]
    assert [row.reason for row in left_out] == ["other-region"]


def test_big5_taken_for_gb18030_is_noticed(shaoxing: Document) -> None:
    """The header makes sense in Big5 alone: said, with the option that helps."""
    raw = "指標,年份,數值\n上市企業數量,2018,80\n".encode("big5")
    assert codes(raw) == ["wrong-guess"]
    found, left_out = matched(raw, shaoxing, encoding="big5")
    assert not found.observations
    assert [row.details["found"] for row in left_out] == ["上市企業數量"]


def test_workbooks_that_cannot_be_read_say_why() -> None:
    """A password, one that unpacks to too much, an archive of no table, a broken one."""
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert codes(encrypted) == ["password"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
        archive.writestr("b.txt", "b")
    assert codes(out.getvalue()) == ["no-table-in-archive"]
    assert codes(xlsx(ROWS)[:500]) == ["damaged-file"]
    assert codes(xls(ROWS)[:600]) == ["damaged-file"]


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What says it unpacks to more than the limit is refused; what lies about it is damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 2_000_000)
    raw = out.getvalue()
    monkeypatch.setattr(packages, "LARGEST_UNPACKED", 1_000_000)
    assert codes(raw) == ["zip-bomb"]
    small = struct.pack("<I", 10)
    lying = raw.replace(struct.pack("<I", 2_000_000), small)
    assert codes(lying) == ["damaged-file"]


def test_a_sheet_of_endless_blank_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell far out in the sheet does not make the program fill all of it."""
    monkeypatch.setattr(packages, "LARGEST_SHEET", 1000)
    book = openpyxl.Workbook()
    book.active.cell(400, 400, "x")
    out = io.BytesIO()
    book.save(out)
    assert codes(out.getvalue()) == ["sheet-too-large"]


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    """What was read before the change is not used."""
    path = tmp_path / "a.csv"
    path.write_text("indicator,year,value\nx,2018,1\n")

    def reading() -> None:
        with inputs.opened(str(path)) as stream:
            stream.read()
            path.write_text("indicator,year,value\nx,2018,1\nx,2019,1\n")

    with pytest.raises(InputError) as caught:
        reading()
    assert [fault.code for fault in caught.value.faults] == ["file-changed"]


def test_a_missing_extra_is_named_with_its_install_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without xlrd an old workbook is refused with what to install; a new one needs nothing."""
    (tmp_path / "a.xlsx").write_bytes(xlsx(ROWS))
    for library in ("openpyxl", "xlrd"):
        monkeypatch.setitem(__import__("sys").modules, library, None)
    run("check", "shaoxing-2025", "a.xlsx")
    (tmp_path / "a.xls").write_bytes(xls(ROWS))
    told = run("check", "shaoxing-2025", "a.xls", code=2).stderr
    assert "error[extra-missing]" in told
    assert re.search(r"python\S* -m pip install .*\[excel\]", told)


def test_several_files_of_several_kinds_at_once(run: Run, tmp_path: Path) -> None:
    """A workbook, an export in GB18030 and a pipe are one set of actuals."""
    (tmp_path / "a.xlsx").write_bytes(xlsx(ROWS))
    export = "地区：绍兴\n指标,2016年\n上市企业数量(家),65\n"
    (tmp_path / "b.csv").write_bytes(export.encode("gb18030"))
    table = b"indicator,year,value\nlisted_companies,2015,59\n"
    done = run("read", "shaoxing-2025", "a.xlsx", "b.csv", "-", stdin=table)
    assert "读取7条" in done.stderr
    values = [row.split(",")[3] for row in done.stdout.splitlines() if row.startswith("listed")]
    assert values == ["80", "74", "65", "59"]


def test_the_form_as_a_workbook_reads_back_and_never_changes(run: Run, tmp_path: Path) -> None:
    """``new actuals -o`` writes the same bytes each time; filled in, it is read without a doubt."""
    run("new", "actuals", "shaoxing-2025", "-o", "a.xlsx")
    run("new", "actuals", "shaoxing-2025", "-o", "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book.active
    assert sheet.max_row == 21
    for row in range(2, 22):
        sheet.cell(row, 4, 1)
    book.save(tmp_path / "c.xlsx")
    assert "读取20条" in run("read", "shaoxing-2025", "c.xlsx", "--strict").stderr


def test_an_output_file_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    """A folder that is not there, a suffix that means nothing: a message, and no file."""
    assert "unwritable-file" in run("new", "actuals", "sunan-2019", "-o", "no/a.csv", code=2).stderr
    assert "bad-option" in run("new", "actuals", "sunan-2019", "-o", "a.doc", code=2).stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "table",
    [
        "表1 主要指标（单位：元/人）\n指标,2018年\n规上企业劳动生产率,230000\n",
        "年份,规上企业劳动生产率,金额单位：元/人\n2018,230000,\n",
        "年份,规上企业劳动生产率\n单位,元/人\n2018,230000\n",
        "年份,规上企业劳动生产率\n,元/人\n2018,230000\n",
        "单位：元/人、家\n指标,2018年\n规上企业劳动生产率,230000\n",
        "指标,单位,2018年\n规上企业劳动生产率,元/人·年,230000\n",
    ],
)
def test_a_unit_is_found_wherever_tables_have_it(shaoxing: Document, table: str) -> None:
    """In brackets of a title, in the header, in a row of units, among several, a year of work."""
    assert understood(table, shaoxing) == {("labour_productivity", "2018", 23, "")}


def test_a_second_table_is_read_under_its_own_header(shaoxing: Document) -> None:
    """A header met again begins a new table, and a region said before it is that table's."""
    table = "地区：绍兴\n指标,2018年\n上市企业数量,80\n指标,2019年\n两化融合指数,77\n"
    table += "地区：杭州\n指标,2018年\n两化融合指数,99\n"
    assert understood(table, shaoxing) == {
        ("listed_companies", "2018", 80, ""),
        ("integration_index", "2019", 77, ""),
    }


def test_values_are_never_taken_for_another_regions(shaoxing: Document) -> None:
    """A heading of a region, a blank beside others, a sheet of another region, the urban districts."""
    headed = "指标,2018年\n绍兴市,\n上市企业数量,80\n越城区,\n两化融合指数,70\n"
    assert understood(headed, shaoxing) == {("listed_companies", "2018", 80, "")}
    for blank_first in (
        "指标,2018年\n,上市企业数量,200\n杭州,两化融合指数,90",
        "年份,指标,数值\n杭州,2018,x,1\n,2018,上市企业数量,200",
    ):
        found, left_out = matched(f"地区,{blank_first}\n", shaoxing)
        assert not found.observations
        assert sorted(row.reason for row in left_out) == ["blank-region", "other-region"]
    table = "指标：上市企业数量\n地区,2018年\n绍兴市区,60\n330600000000,80\n全市,80\n"
    found, left_out = matched(table, shaoxing)
    assert [o.value for o in found.observations] == [80]
    assert [row.reason for row in left_out] == ["other-region", "repeated"]


def test_sheets_are_of_the_year_or_region_in_their_title(shaoxing: Document) -> None:
    """Two sheets named after years need no --period; one named after another city is not used."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, value in (("2018年", 80), ("2019年", 85), ("宁波市", 99)):
        sheet = book.create_sheet(title)
        sheet.append(["指标", "数值"] if title != "宁波市" else ["指标", "2018年"])
        sheet.append(["上市企业数量", value])
    out = io.BytesIO()
    book.save(out)
    assert understood(out.getvalue(), shaoxing) == {
        ("listed_companies", "2018", 80, ""),
        ("listed_companies", "2019", 85, ""),
    }


def test_months_and_quarters_in_a_column_of_their_own(shaoxing: Document) -> None:
    """A month's value is not the year's."""
    table = "年份,月份,指标,数值\n2018,9,上市企业数量,79\n2018,,上市企业数量,80\n"
    expected = {("listed_companies", "2018-09", 79, ""), ("listed_companies", "2018", 80, "")}
    assert understood(table, shaoxing) == expected
    table = "年份,季度,上市企业数量\n2018,三季度,79\n"
    assert understood(table, shaoxing) == {("listed_companies", "2018Q3", 79, "")}


def test_growth_columns_are_changes_on_the_year_before(shaoxing: Document) -> None:
    """增长% under a year, or beside the only one, serves growth rates; levels do not become rates."""
    found, _ = matched("指标,单位,2018,增幅(%)\n规上制造业增加值增速,亿元,1500,8.2\n", shaoxing)
    assert [(o.value, o.measure) for o in found.observations] == [
        (1500, "level"),
        (8.2, "yearly_change"),
    ]
    found, _ = matched(",2018年,\n指标,绝对数,增长%\n规上制造业增加值增速,,8.2\n", shaoxing)
    assert [(o.value, str(o.period)) for o in found.observations] == [(8.2, "2018")]


def test_cells_too_many_are_a_fault_in_every_shape() -> None:
    """An unquoted 1,234 shifts what follows: left out with its line, blanks at the end are not."""
    found, (left_out,) = read("年份,某,别的\n2018,1,234,77\n2019,80,78\n")
    assert (left_out.reason, left_out.place.line) == ("wrong-cell-count", 2)
    assert [o.value for o in found] == [80, 78]
    found, _ = read("年份,某\n2018,1,,\n")
    assert [o.value for o in found] == [1]


def test_what_a_workbook_shows_otherwise_is_not_guessed_at() -> None:
    """Numbers shown in thousands or not at all, hidden rows and columns: named, not read."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["指标", "2018年", "2019年"], ["甲", 203000, 1], ["乙", 5, 2], ["丙", 6, 3]):
        sheet.append(row)
    sheet["B2"].number_format = "0!.0,"
    sheet["B3"].number_format = ";;;"
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    out = io.BytesIO()
    book.save(out)
    found, left_out = read(out.getvalue())
    assert found == []
    reasons = [row.reason for row in left_out]
    assert reasons == ["hidden-row", "hidden-column", "no-value", "no-value"]


@pytest.mark.parametrize(
    "raw", [b"<html><table></table></html>", b"%PDF-1.7 x", b"<!DOCTYPE html>"]
)
def test_pages_and_documents_are_called_what_they_are(raw: bytes) -> None:
    """HTML saved as .xls, and PDF, are refused with what to do."""
    assert codes(raw) == ["not-a-table"]


def test_a_mapped_column_must_be_there() -> None:
    """A misspelt --map is not passed over."""
    assert codes("指标,年份,数\n某,2018,1\n", columns={"数值量": "value"}) == ["no-such-column"]


def test_footers_and_totals_in_long_tables() -> None:
    """Notes padded to the width of the table, and totals among years, are left out."""
    found, left_out = read("指标,年份,数值\n某,2018,1\n注：x,,\n合计,2018,3\n")
    assert [o.value for o in found] == [1]
    assert [row.reason for row in left_out] == ["footer", "subtotal"]
    assert [row.reason for row in read("年份,某\n2018,81\n合计,161\n")[1]] == ["subtotal"]


def test_a_value_published_too_late_is_spoken_of(run: Run) -> None:
    """The verified figure of 2024 is not known as of 2022: said, with the option that uses it."""
    table = "指标,年份,数值,发布日期\n上市企业数量,2022,80,2023-02\n上市企业数量,2022,82,2024-01\n"
    told = run("check", "shaoxing-2025", "-", stdin=table).stderr
    assert "--as-of 2023" in told
    assert "82" in run("check", "shaoxing-2025", "-", "--as-of", "2023", stdin=table).stdout


def test_single_precision_keeps_its_digits() -> None:
    """80.1 in a column of 32 bits is 80.1."""
    out = io.BytesIO()
    values = pa.array([80.1], pa.float32())
    pq.write_table(pa.table({"indicator": ["x"], "year": [2018], "value": values}), out)
    assert [o.text for o in read(out.getvalue())[0]] == ["80.1"]


UNITS = """\
单位：万元
指标,2018年,2017年
信息产业产值,5000000,4000000
单位：亿元
指标,2018年,2017年
技术市场合同成交额,11,10
"""


def levels(table: str | bytes, document: Document) -> dict[str, float]:
    """Return the 2018 figures that are understood, by indicator."""
    found, _ = matched(table, document)
    return {o.indicator: o.value for o in found.observations if o.period.year == 2018}


def test_a_unit_line_counts_from_where_it_stands(shaoxing: Document) -> None:
    """万元 for the first table, 亿元 for the second; of a third without one nothing is guessed."""
    assert list(levels(UNITS, shaoxing).values()) == [500, 11]
    assert list(levels(UNITS.replace("单位：亿元", "单位：亿元,,"), shaoxing).values()) == [500, 11]
    onward = UNITS.replace("指标,2018年,2017年\n技术", "技术")
    assert list(levels(onward, shaoxing).values()) == [500, 11]
    unclear = UNITS.replace("单位：亿元\n指标,2018年,2017年\n", "指标,2018年\n").replace(
        "11,10", "11"
    )
    found, left_out = matched(unclear, shaoxing)
    assert [o.value for o in found.observations] == [500, 400]
    assert [row.reason for row in left_out] == ["unit-mismatch"]


def test_the_unit_beside_a_name_comes_first(shaoxing: Document) -> None:
    """指标：…(亿元) above a table by region is in 亿元, whatever was said before it."""
    table = "单位：万元\n指标：技术市场合同成交额(亿元)\n地区,2018年\n绍兴,11\n"
    assert list(levels(table, shaoxing).values()) == [11]


@pytest.mark.parametrize(
    "table",
    [
        "年份,区县,上市企业数量\n2018,诸暨市,20\n",
        "省,市,年份,上市企业数量\n浙江,杭州,2018,200\n",
        "指标,市,年份,数值\n上市企业数量,杭州市,2018,200\n",
        "杭州市2018年主要指标\n指标,2018年\n上市企业数量,200\n",
        "绍兴市越城区主要指标\n指标,2018年\n上市企业数量,20\n",
    ],
)
def test_other_places_are_seen_however_they_are_named(shaoxing: Document, table: str) -> None:
    """区县, 省 and 市, or a title: none of it is Shaoxing's."""
    assert levels(table, shaoxing) == {}
    own = table.replace("诸暨市", "绍兴市").replace("杭州", "绍兴").replace("越城区", "")
    assert len(levels(own, shaoxing)) == 1


def test_a_column_of_places_that_is_not_read_is_refused() -> None:
    """Where nothing else says the region, places in a column of no use are a question."""
    assert codes("年份,隶属,上市企业数量\n2018,诸暨市,20\n") == ["unread-region"]
    assert codes("指标,隶属,年份,数值\n某,诸暨市,2018,20\n") == ["unread-region"]


def test_every_name_of_a_fall_is_read_as_one(shaoxing: Document) -> None:
    """A positive number under 年均下降 is a fall, and said to be."""
    found, _ = matched("指标,单位,2018\n印染产业单位增加值能耗年均下降,%,5.2\n", shaoxing)
    assert [o.value for o in found.observations] == [-5.2]
    assert len(found.read_as_fall) == 1


def test_a_difference_is_no_growth_rate(shaoxing: Document) -> None:
    """增减 without % may be points or pieces: it is not used."""
    found, left_out = matched("指标,2018年,增减\n规上制造业增加值年均增速,6.5,0.5\n", shaoxing)
    assert [o.value for o in found.observations] == [6.5]
    assert [row.reason for row in left_out] == ["column-not-used"]


def test_a_header_far_down_is_found() -> None:
    """Thirty lines of explanation above a table do no harm."""
    lines = [f"说明第{n}行" for n in range(30)]
    found, left_out = read("\n".join([*lines, "指标,2018年,2017年", "某,80,74"]))
    assert [o.value for o in found] == [80, 74]
    assert len(left_out) == 30


def test_formulas_without_a_saved_result_are_no_blanks() -> None:
    """What a program wrote and Excel never worked out is named."""
    raw = xlsx([["指标", "2018年", "2017年"], ["某", "=40+40", 74]])
    found, left_out = read(raw)
    assert [o.value for o in found] == [74]
    assert [(row.reason, row.details["found"]) for row in left_out] == [("no-value", "=40+40")]


@pytest.mark.parametrize(
    "name",
    [
        "一、上市企业数量",
        "1.上市企业数量",
        "（二）上市企业数量",
        "①上市企业数量",
        "上市企业数量【家】",
        "上市企业数量（年末，家）",
    ],
)
def test_numbers_and_remarks_around_a_name_do_no_harm(shaoxing: Document, name: str) -> None:
    """Numbered rows and units in other brackets are the same indicator."""
    assert levels(f"指标名,2018年[1]\n{name},80\n", shaoxing) == {"listed_companies": 80}


def test_nothing_odd_in_a_source_breaks_an_output(run: Run, tmp_path: Path) -> None:
    """Control characters and half characters are made visible in every form."""
    records = [{"indicator": "listed_companies", "period": 2018, "value": 80}]
    records[0] |= {"source": "省统计局\x0b\ud800公报", "extra": {"a": 1}}  # type: ignore[dict-item]
    (tmp_path / "a.json").write_text(json.dumps(records))
    for suffix in ("xlsx", "json", "csv", "md", "xml"):
        run("check", "shaoxing-2025", "a.json", "-o", f"out.{suffix}")
        assert (tmp_path / f"out.{suffix}").stat().st_size


def bare_workbook(*rows: str, texts: str = "", forms: str = "", dates: str = "") -> bytes:
    """Return a workbook of as few parts as there can be, its sheet named from the top."""
    office = "http://schemas.openxmlformats.org"
    main, links = f"{office}/spreadsheetml/2006/main", f"{office}/package/2006/relationships"
    kinds = f"{office}/officeDocument/2006/relationships"
    sheet = f'<sheet name="表" sheetId="1" r:id="a" xmlns:r="{kinds}"/>'
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}"><workbookPr {dates}/><sheets>{sheet}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{links}">'
        f'<Relationship Id="a" Type="{kinds}/worksheet" Target="/xl/s.xml"/>'
        f'<Relationship Id="b" Type="{kinds}/sharedStrings" Target="t.xml"/>'
        f'<Relationship Id="c" Type="{kinds}/styles" Target="f.xml"/></Relationships>',
        "xl/s.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(rows)}</sheetData></worksheet>',
        "xl/t.xml": f'<sst xmlns="{main}">{texts}</sst>',
        "xl/f.xml": f'<styleSheet xmlns="{main}">{forms}</styleSheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "dates", "number", "period"),
    [
        (14, "", 43465, "2018-12"),  # 2018-12-31, 43,465 days after 1899-12-31 and one more
        (31, "", 43465, "2018-12"),  # 2018年12月31日, as Excel in Chinese numbers it
        (57, "", 43435, "2018-12"),  # 2018年12月
        (14, 'date1904="1"', 42003, "2018-12"),  # as many days fewer as there are to 1904
        (0, "", 2018, "2018"),
    ],
)
def test_a_day_of_a_workbook_is_read_by_its_format(
    form: int, dates: str, number: int, period: str
) -> None:
    """Days are numbers that a format, own or built in, shows as dates."""
    head = '<row><c t="inlineStr"><is><t>指标</t></is></c><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    line = f'<row r="3"><c r="A3" t="str"><v>x</v></c><c s="1"><v>{number}</v></c><c><v>80</v></c></row>'
    texts = "<si><r><t>年</t></r><rPh><t>nian</t></rPh><r><t>份</t></r></si><si><t>数值</t></si>"
    forms = (
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="{form}"/>'
        '</cellXfs><dxfs><dxf><numFmt numFmtId="0" formatCode="0%"/></dxf></dxfs>'
    )
    (found,), left_out = read(bare_workbook(head, line, texts=texts, forms=forms, dates=dates))
    assert not left_out
    assert (str(found.period), found.value, found.place.line) == (period, 80, 3)
