"""Files of actuals as people have them: workbooks, records, exports, and what is wrong with them."""

import io
import json
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
from mfgtargets.observations import sheets

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
    with pytest.raises(InputError) as caught:
        read(xlsx([["indicator", "period", "value"], ["x", 2018, "许多"]]), "b.xlsx")
    assert [str(fault.place) for fault in caught.value.faults] == ["b.xlsx[Sheet]:2:3"]


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
        ('[{"indicator": "x", "value": {"a": 1}}]', "not-a-record", 1),
        ('[{"indicator": "x"},\n[1]]', "not-a-record", 2),
        ('[{"indicator": "x", "period": 2018, "value": NaN}]', "not-a-number", 1),
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
        ("listed_companies", "80.0"),
        ("labour_productivity", "23.0"),
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
    assert codes(table) == ["missing-column"]
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
    assert [row.reason for row in read(table, columns=fields)[1]] == ["column-not-used"]


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
    """A password, an archive that unpacks to too much, one that is no workbook, a broken one."""
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert codes(encrypted) == ["password"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    assert codes(out.getvalue()) == ["not-a-workbook"]
    assert codes(xlsx(ROWS)[:500]) == ["damaged-file"]
    assert codes(xls(ROWS)[:600]) == ["damaged-file"]


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What says it unpacks to more than the limit is refused; what lies about it is damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 2_000_000)
    raw = out.getvalue()
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 1_000_000)
    assert codes(raw) == ["zip-bomb"]
    small = struct.pack("<I", 10)
    lying = raw.replace(struct.pack("<I", 2_000_000), small)
    assert codes(lying) == ["damaged-file"]


def test_a_sheet_of_endless_blank_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell far out in the sheet does not make the program fill all of it."""
    monkeypatch.setattr(sheets, "LARGEST_SHEET", 1000)
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
    """Without openpyxl a workbook is refused with what to install; nothing else needs it."""
    (tmp_path / "a.xlsx").write_bytes(xlsx(ROWS))
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    told = run("check", "shaoxing-2025", "a.xlsx", code=2).stderr
    assert "error[extra-missing]" in told
    assert 'pip install "mfgtargets[excel]"' in told


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
