"""Tables of actuals: read exactly, or refused with the place."""

import csv
import io
import json
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checks import matched, read
from mfgtargets.document.records import Document
from mfgtargets.faults import Fault, InputError
from mfgtargets.notation.cells import Cell, read_cell, read_period
from mfgtargets.notation.convert import converted, factor
from mfgtargets.notation.period import Period, parse_period
from mfgtargets.observations import columnar
from mfgtargets.observations.breakdowns import Breakdowns
from mfgtargets.observations.decoding import decode
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.lines import COLUMNS
from mfgtargets.observations.match import Matcher
from mfgtargets.observations.observation import LeftOut, Observation, Tally, decimals
from mfgtargets.observations.parse import read_observations
from mfgtargets.observations.vintages import Distinct, newest_vintages

months = st.integers(1949 * 12, 2100 * 12 + 11)


def faults(table: str) -> tuple[Fault, ...]:
    """Return what is wrong with a table."""
    with pytest.raises(InputError) as caught:
        read(table)
    return caught.value.faults


@pytest.mark.parametrize(
    ("text", "end", "whole"),
    [
        ("2018", 2018.0, True),
        ("2018H1", 2017.5, False),
        ("2018Q3", 2017.75, False),
        ("2018-09", 2017.75, False),
        ("2018M1-7", 2016 + 19 / 12, False),
        ("2016/2020", 2020.0, True),
    ],
)
def test_periods_end_where_their_year_is_gone_so_far(text: str, end: float, whole: bool) -> None:
    """Time counts year-ends: half of 2018 is 2017.5."""
    period = parse_period(text)
    assert period is not None
    assert period.end == pytest.approx(end)
    assert period.is_whole is whole
    assert str(period) == text


@pytest.mark.parametrize("text", ["18", "2018年", "2018H3", "2018-13", "2018M7-1", "2020/2016", ""])
def test_what_is_no_period(text: str) -> None:
    """Anything else is refused rather than guessed at."""
    assert parse_period(text) is None


@given(months, st.integers(0, 11))
def test_periods_read_back(first: int, length: int) -> None:
    """Whatever part of a year is written reads back as itself."""
    last = min(first + length, first // 12 * 12 + 11)
    period = Period(first, last)
    assert parse_period(str(period)) == period


@pytest.mark.parametrize(
    ("text", "places"), [("23", 0), ("2.87", 2), ("1.50", 2), ("1e3", 0), ("1.5e-2", 3)]
)
def test_decimals_as_published(text: str, places: int) -> None:
    """Trailing zeros count, exponents shift."""
    assert decimals(text) == places


@given(
    st.lists(
        st.tuples(
            months,
            st.floats(-1e15, 1e15),
            st.sampled_from(["", ">", ">=", "<", "<="]),
            st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_a_written_table_reads_back(rows: list[tuple[int, float, str, str]]) -> None:
    """Any values, bounds and notes written as CSV are read to the same observations."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["indicator", "period", "value", "bound", "note"])
    for month, value, bound, note in rows:
        writer.writerow(["x", Period(month, month), repr(value), bound, note])
    found, blanks = read(out.getvalue())
    assert not blanks
    assert [(o.period.first, o.value, o.bound, o.note) for o in found] == [
        (month, value, bound, note.strip()) for month, value, bound, note in rows
    ]


def test_the_canonical_columns_are_all_read() -> None:
    """Every column of the canonical form lands in its field; letters are put in order."""
    table = ",".join(COLUMNS) + "\nx,绍兴市,2018,>100,家,level,,P D,一,二,http://三,2019-05\n"
    (found,), _ = read(table)
    assert (found.region, found.unit, found.measure, found.bound) == ("绍兴市", "家", "level", ">")
    assert (found.obs_status, found.note, found.source) == ("PD", "一", "二")
    assert (found.url, found.vintage, found.place.line) == ("http://三", "2019-05", 2)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("x,2018,abc", "not-a-number", 8),
        ("x,2018,NaN", "not-a-number", 8),
        ("x,2018,inf", "not-a-number", 8),
        ("x,2018,1e999", "too-large", 8),
        ("x,2018,some 13", "not-a-number", 8),
        ("x,2018,13斗", "not-a-number", 8),
        ("x,18年,1", "bad-period", 3),
        ("x,1066,1", "year-out-of-range", 3),
        (",2018,1", "empty-cell", 1),
        ("x,2018,1,2", "wrong-cell-count", 1),
    ],
)
def test_a_row_with_a_bad_cell_is_left_out_with_its_place(row: str, code: str, column: int) -> None:
    """Each wrong cell is named with line and column, and the other rows are read."""
    found, (left_out,) = read(f"indicator,period,value\ny,2018,1\n{row}\ny,2019,2\n")
    assert [o.value for o in found] == [1, 2]
    assert (left_out.reason, left_out.place.line, left_out.place.column) == (code, 3, column)


def test_broken_quotes_lose_the_file() -> None:
    """Where cells end is not known: the file is refused at the line where the quote begins."""
    (fault,) = faults('indicator,period,value\ny,2018,1\nx,2018,"1\n')
    assert fault.code == "csv-syntax"
    assert fault.place is not None
    assert fault.place.line == 3


def test_wrong_columns_name_the_nearest() -> None:
    """A misspelt column is told with the right one; missing ones are named."""
    (fault,) = faults("indicator,period,value,souce\nx,2018,1,a\n")
    assert (fault.code, fault.details["near"]) == ("unknown-column", "source")
    (fault,) = faults("indicator,value\nx,1\n")
    assert (fault.code, fault.details["expected"]) == ("missing-column", "period")


def test_a_blank_value_is_missing_not_zero() -> None:
    """A row without a value is no observation, and is accounted for."""
    found, blanks = read("indicator,year,value\nx,2018,\nx,2019,1\n")
    assert [o.period.year for o in found] == [2019]
    assert [(row.reason, row.place.line) for row in blanks] == [("blank-value", 2)]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty-file"),
        (b" \n ", "empty-file"),
        (b"a,b\n\xff\xff\xff", "undecodable"),
        (b"PK\x03\x04\0\0", "binary-file"),
    ],
)
def test_bytes_that_are_no_table(raw: bytes, code: str) -> None:
    """Empty, binary and wrongly encoded input is refused by name."""
    with pytest.raises(InputError) as caught:
        decode(raw, "t.csv")
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    """UTF-8 with a BOM reads like UTF-8 without."""
    text = decode("\ufeffindicator,year,value\nx,2018,1\n".encode(), "t.csv")
    assert read(text)[0][0].indicator == "x"


def test_values_of_one_vintage_that_disagree_name_both_places() -> None:
    """The fault stands at the second and names the first; equal values are no fault."""
    rows = "indicator,year,value\nx,2018,1\nx,2018,2\nx,2019,3\nx,2019,3\n"
    distinct = Distinct(Breakdowns(), "")
    same = [distinct.add(observation) for observation in read(rows)[0]]
    assert [str(place) for place in same if place] == ["t.csv:4"]
    (fault,) = distinct.faults
    assert fault.place is not None
    assert (fault.place.line, fault.details["where"]) == (3, "t.csv:2")


def test_the_newest_vintage_counts_and_the_change_is_known() -> None:
    """5592.02 of 2024 supersedes 5562.47 of 2023 (Jinhua's output of 2022)."""
    rows = "indicator,year,value,vintage\nx,2022,5592.02,2024\nx,2022,5562.47,2023\n"
    kept, revised = newest_vintages(read(rows)[0])
    assert [o.value for o in kept] == [5592.02]
    assert [(old.value, new.value) for old, new in revised] == [(5562.47, 5592.02)]


def test_names_regions_and_units_are_matched_or_left_out(shaoxing: Document) -> None:
    """Ids and names are found, 绍兴 is 绍兴市; another region or unit is left out."""
    table = "indicator,region,period,value,unit,measure\n"
    table += "上市企业数量,绍兴,2018,80,家,\nListed Companies,,2019,85,,\n"
    table += "listed_companies,宁波市,2018,90,,\nlabour_productivity,,2018,23,家,\n"
    table += "labour_productivity,,2018Q3,7,,\nlisted_companies,,2016/2018,7,,\n"
    table += "listed_companis,,2018,1,,\nenergy_intensity,,2018,-3,%,\nrd_share,,2018,3,%,yearly_change\n"
    found, left_out = matched(table, shaoxing)
    assert [(o.indicator, o.value) for o in found.observations] == [
        ("listed_companies", 80),
        ("listed_companies", 85),
    ]
    assert [row.reason for row in left_out] == [
        "other-region",
        "unit-mismatch",
        "partial-period",
        "partial-period",
        "unknown-indicator",
        "measure-missing",
        "measure-not-usable",
    ]
    assert left_out[4].details["near"] == "listed_companies"


def test_a_positive_number_under_a_falling_name_is_a_fall(shaoxing: Document) -> None:
    """3 under 下降幅度 is read as -3, and said to be; under the id the sign is as written."""
    table = "indicator,period,value,measure\n单位工业增加值能耗下降幅度 (%),2016,3,yearly_change\n"
    table += "energy_intensity,2017,3,yearly_change\n"
    found, _ = matched(table, shaoxing)
    assert [o.value for o in found.observations] == [-3, 3]
    assert [o.period.year for o in found.read_as_fall] == [2016]
    assert [o.period.year for o in found.read_as_rise] == [2017]


def test_the_sign_of_a_proxy_is_not_asked_about(shaoxing: Document) -> None:
    """A rise of another definition decides nothing, so nobody is told to look at its sign."""
    table = "indicator,period,value,measure,obs_status\nenergy_intensity,2017,3,yearly_change,D\n"
    found, _ = matched(table, shaoxing)
    assert [o.value for o in found.observations] == [3]
    assert not found.read_as_rise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13.5", ("13.5", "", "", False)),
        ("１３．５％", ("13.5", "", "%", False)),
        ("1,234.5", ("1234.5", "", "", False)),
        ("突破100家", ("100", ">", "家", False)),
        ("100家以上", ("100", ">=", "家", False)),
        ("100多家", ("100", ">", "家", False)),
        ("≥100", ("100", ">=", "", False)),
        ("不足5", ("5", "<", "", False)),
        ("下降15.7%", ("-15.7", "", "%", True)),
        ("下降超过15%", ("-15", "<", "%", True)),
        ("提高0.8个百分点", ("0.8", "", "个百分点", True)),
        ("1\u00a0234", ("1234", "", "", False)),
        ("比上年提高0.8个百分点", ("0.8", "", "个百分点", True)),
        ("达到100家", ("100", "", "家", False)),
        ("−1.2", ("-1.2", "", "", False)),
        ("–1.2%", ("-1.2", "", "%", False)),
    ],
)
def test_cells_are_read_as_people_write_them(text: str, expected: tuple[object, ...]) -> None:
    """Signs, bounds, units and thousands in words and full-width digits."""
    assert read_cell(text) == Cell(*expected)


@pytest.mark.parametrize(
    "text",
    [
        "约100",
        "78②",
        "78¹",
        "㉟",
        "80 2",
        "50 55",
        "2018 100",
        "2019-01-01",
        "12,34",
        "1.2.3",
        "下降-3",
        "突破100以上",
        "NaN",
        "1/2",
    ],
)
def test_what_is_no_number_is_not_guessed_at(text: str) -> None:
    """Vague, broken and contradictory cells are refused."""
    assert read_cell(text) is None


@given(st.decimals(-(10**12), 10**12, places=3))
def test_thousands_read_back(number: object) -> None:
    """Any number written with thousands separators reads back digit by digit."""
    cell = read_cell(f"{number:,}")
    assert cell is not None
    assert cell.text == f"{number:f}"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2019年", "2019"),
        ("２０１９", "2019"),
        ("2019.0", "2019"),
        ("2023年底", "2023"),
        ("2022年上半年", "2022H1"),
        ("2022年一季度", "2022Q1"),
        ("2019年1-7月", "2019M1-7"),
        ("2021年11月", "2021-11"),
        ("2018年1—11月", "2018M1-11"),
        ("2018年前三季度", "2018M1-9"),
        ("2018年度", "2018"),
        ("2020年（全年）", "2020"),
        ("2016-2020年", "2016/2020"),
        ("201906", "2019-06"),
        ("2020.06", "2020-06"),
        ("2019-12-31", "2019"),
        ("2019/06/30", "2019-06"),
        ("2018-12-31 00:00:00", "2018"),
        ("2017-12-31T00:00:00", "2017"),
        ("二〇一八年", "2018"),
        ("2018年累计", "2018"),
        ("2018年[1]", "2018"),
        ("2019年三季度末", "2019Q3"),
    ],
)
def test_periods_in_words(text: str, canonical: str) -> None:
    """Periods as communiques and spreadsheets print them."""
    assert str(read_period(text)) == canonical


@pytest.mark.parametrize(
    ("given_unit", "wanted", "by"),
    [
        ("万元", "亿元", "0.0001"),
        ("元/人", "万元/人", "0.0001"),
        ("万家", "家", "10000"),
        ("个", "家", "1"),
        ("万人", "万名", "1"),
        ("百万元", "亿元", "0.01"),
    ],
)
def test_units_of_one_thing_are_converted(given_unit: str, wanted: str, by: str) -> None:
    """万 and 亿 before the same unit change the number alone."""
    assert factor(given_unit, wanted) == Decimal(by)


@pytest.mark.parametrize(("one", "other"), [("家", "件"), ("%", "个百分点"), ("元", "万元/人")])
def test_units_of_different_things_are_not(one: str, other: str) -> None:
    """What is not the same thing has no factor."""
    assert factor(one, other) is None


def test_conversion_keeps_the_printed_digits() -> None:
    """230,000 元 are 23.0000 万元: as exact as they were printed."""
    assert converted("230000", Decimal("0.0001")) == "23.0000"
    assert converted("1.5", Decimal(10000)) == "15000"


def test_the_unit_in_a_name_is_the_values(shaoxing: Document) -> None:
    """230,000 under (元/人) is 23 万元/人; under (家) it is nothing of the kind."""
    table = "指标,年份,数值\n规上企业劳动生产率(元/人),2018,230000\n"
    table += "规上企业劳动生产率_万元/人,2017,22\n规上企业劳动生产率（家）,2016,20\n"
    found, left_out = matched(table, shaoxing)
    assert [(o.value, o.unit) for o in found.observations] == [(23, "万元/人"), (22, "万元/人")]
    assert [row.reason for row in left_out] == ["unit-mismatch"]


TABLE = "指标名称,年份,数值,计量单位\n上市企业数量,2017年,突破74家,\n"
TABLE += "规上企业劳动生产率(万元/人),2018,230000,元/人\n两化融合指数,2018,—,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_a_chinese_long_table_is_read(shaoxing: Document, encoding: str, sign: str) -> None:
    """Chinese headings and cells in the encodings and separators they come in."""
    understood, blanks = matched(TABLE.replace(",", sign).encode(encoding), shaoxing)
    found = [(o.indicator, o.value, o.bound, o.unit) for o in understood.observations]
    assert found == [
        ("listed_companies", 74, ">", "家"),
        ("labour_productivity", 23, "", "万元/人"),
    ]
    assert [row.reason for row in blanks] == ["blank-value"]


def test_a_fall_in_words_is_a_yearly_change(shaoxing: Document) -> None:
    """下降3% needs no measure column, and is not turned round by its name."""
    table = "指标,年份,数值\n单位工业增加值能耗下降幅度,2016,下降3%\n"
    found, _ = matched(table, shaoxing)
    assert [(o.value, o.measure) for o in found.observations] == [(-3, "yearly_change")]
    assert not found.read_as_fall


BY_YEAR = """\
数据库：分市年度数据
地区：绍兴
时间：最近3年
指标,2018年,2017年,2016年
上市企业数量(家),,74,65
规上企业劳动生产率(元/人),230000,,215000
#其中：规模以上,1,2,3
生产总值(亿元),"5,417",5108,4710
注：2018年为初步数。
数据来源：统计局
"""
BY_REGION = """\
数据库：分市年度数据
指标：上市企业数量(家)
时间：最近2年
地区,2018年,2017年
全省,450,420
绍兴市,80,74
宁波市,90,85
"""
ACROSS = """\
年份,上市企业数量_家,两化融合指数
2017年,74,76.5
2018年,突破80,—
"""
COMMUNIQUE = """\
指标名称,计量单位,2018,增幅(%)
上市企业数量,家,80,8.1
"""


def understood(table: str | bytes, document: Document) -> set[tuple[str, str, float]]:
    """Return what of a table is understood: indicator, period, value."""
    found, _ = matched(table, document)
    return {(o.indicator, str(o.period), o.value) for o in found.observations}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_exports_with_years_across(shaoxing: Document, encoding: str, line_end: str) -> None:
    """Text above and below, blanks, thousands, units in names, parts of rows: all accounted for."""
    raw = BY_YEAR.replace("\n", line_end).encode(encoding)
    assert understood(raw, shaoxing) == {
        ("listed_companies", "2017", 74),
        ("listed_companies", "2016", 65),
        ("labour_productivity", "2018", 23),
        ("labour_productivity", "2016", 21.5),
    }
    _, left_out = read(raw)
    assert [(row.place.line, row.reason) for row in left_out] == [
        (1, "above-table"),
        (3, "above-table"),
        (5, "blank-value"),
        (6, "blank-value"),
        (7, "sub-item"),
        (9, "footer"),
        (10, "footer"),
    ]


def test_exports_of_one_indicator_by_region(shaoxing: Document) -> None:
    """The indicator named above the table is every row's; other regions are left out."""
    expected = {("listed_companies", "2018", 80), ("listed_companies", "2017", 74)}
    assert understood(BY_REGION, shaoxing) == expected
    nameless = BY_REGION.replace("指标：上市企业数量(家)\n", "")
    assert [fault.code for fault in faults(nameless)] == ["no-indicator"]


def test_a_column_of_no_indicator_beside_others_is_refused() -> None:
    """A year beside the name of an indicator says nothing of which its values are."""
    (fault,) = faults("地区,2018年,上市企业数量\n绍兴市,80,81\n")
    assert (fault.code, fault.place.column) == ("no-indicator", 4)


def test_indicators_across_with_a_year_column(shaoxing: Document) -> None:
    """A row a year, a column an indicator, units after an underscore."""
    assert understood(ACROSS, shaoxing) == {
        ("listed_companies", "2017", 74),
        ("listed_companies", "2018", 80),
        ("integration_index", "2017", 76.5),
    }


def test_a_communique_with_a_growth_column(shaoxing: Document) -> None:
    """The growth beside the only year is its change, of no use for a number of firms."""
    found, left_out = matched(COMMUNIQUE, shaoxing)
    assert [(o.indicator, o.value) for o in found.observations] == [("listed_companies", 80)]
    assert [row.reason for row in left_out] == ["measure-not-usable"]


def written(values: dict[int, int], shape: str) -> list[list[str]]:
    """Write yearly values of one indicator as the rows of a table."""
    years = [str(year) for year in values]
    figures = [str(value) for value in values.values()]
    match shape:
        case "years":
            return [["指标", *(f"{year}年" for year in years)], ["某", *figures]]
        case "regions":
            return [["指标：某"], ["地区", *years], ["绍兴", *figures]]
        case "two rows":
            top = [cell for year in years for cell in (year, "")]
            lower = ["数值", "增长%"] * len(years)
            return [["指标", *top], ["", *lower], ["某", *(c for f in figures for c in (f, ""))]]
        case "indicators":
            return [["年份", "某"], *([y, f] for y, f in zip(years, figures, strict=True))]
    return [["指标", "年份", "数值"], *(["某", y, f] for y, f in zip(years, figures, strict=True))]


def as_file(rows: list[list[str]], kind: str, sign: str) -> bytes:
    """Write rows as a file: an encoding of text, or a kind of its own."""
    out = io.BytesIO()
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
        book.save(out)
    elif kind == "json":
        header, *body = rows
        records = [dict(zip(header, row, strict=True)) for row in body]
        out.write(json.dumps(records, ensure_ascii=False).encode())
    else:
        out.write("\n".join(sign.join(row) for row in rows).encode(kind))
    return out.getvalue()


@given(
    st.dictionaries(st.integers(2000, 2030), st.integers(0, 10**6), min_size=1, max_size=6),
    st.sampled_from(["years", "regions", "two rows", "indicators", "long"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "xlsx", "json"]),
    st.sampled_from([",", "\t", ";"]),
)
def test_a_table_reads_the_same_in_every_shape_and_kind(
    values: dict[int, int], shape: str, kind: str, sign: str
) -> None:
    """The same figures in any shape, encoding, separator and kind are the same observations."""
    assume(kind != "json" or shape in {"years", "indicators", "long"})
    found, left_out = read(as_file(written(values, shape), kind, sign))
    assert {o.period.year: o.value for o in found} == values
    assert {row.reason for row in left_out} <= ({"blank-value"} if shape == "two rows" else set())


def test_wide_tables_lose_no_column_and_no_cell(shaoxing: Document) -> None:
    """Columns without a heading, cells beyond the header and short lines are all accounted for."""
    wide = ",".join(f"某{n}" for n in range(300))
    table = f"年份,,上市企业数量,{wide}\n2017,x,74\n2018,,80,{'1,' * 299}1\n"
    assert understood(table, shaoxing) == {
        ("listed_companies", "2017", 74),
        ("listed_companies", "2018", 80),
    }
    _, left_out = read(table)
    unused = [row.details["found"] for row in left_out if row.reason == "column-not-used"]
    assert unused == ["#2"]
    twice = faults("指标,单位,单位,2018年\n上市企业数量,家,个,80\n")
    assert [fault.code for fault in twice] == ["column-twice"]


def test_a_footer_under_a_long_table_is_left_out() -> None:
    """A line that names the source is no data, and no fault either."""
    found, left_out = read("指标,年份,数值\n某,2018,1\n数据来源：统计局\n")
    assert [o.value for o in found] == [1]
    assert [(row.place.line, row.reason) for row in left_out] == [(3, "footer")]


@pytest.mark.parametrize(
    "table",
    [
        "indicator,period,value\nx,2022,5\narea,2022,67.5\n",
        "indicator,2021,2022\nx,5,6\narea,66,67.5\n",
    ],
)
def test_an_indicator_may_be_called_as_a_heading_is(table: str) -> None:
    """A line that begins like a header and holds numbers under the headings of values is a row."""
    found, left_out = read(table)
    assert not left_out
    assert [one.value for one in found if one.indicator == "area"][-1] == 67.5


def large_table(order: list[int], under: str = "") -> str:
    """Return a long table of three regions and two indicators over 30 years, in an order of columns."""
    regions, indicators = ["甲市", "绍兴市", "乙市"], ["上市企业数量", "没有的指标"]
    rows = [
        [region, indicator, f"{year}年", str(year - 1900), "家"]
        for region in regions
        for indicator in indicators
        for year in range(1990, 2020)
    ]
    rows = [["地区", "指标", "年份", "数值", "单位"], *rows]
    return "\r\n".join(",".join(row[n] for n in order) for row in rows) + f"\r\n{under}"


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [2, 0, 1, 3, 4], [4, 3, 2, 1, 0], [1, 2, 3]])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("under", ["", "注：甲, 乙\r\n", ",,,,\r\n", '"注：甲"\r\n', "甲市,1\r\n"])
def test_a_large_table_reads_the_same_by_columns(
    shaoxing: Document, monkeypatch: pytest.MonkeyPatch, order: list[int], encoding: str, under: str
) -> None:
    """With a columnar library the same rows are used, and as many left out for the same reasons."""
    raw, admit = large_table(order, under).encode(encoding), Matcher(shaoxing).admit

    def found() -> tuple[list[Observation], dict[str, int]]:
        items = list(read_observations(io.BytesIO(raw), "t", Hints(), admit, one_by_one=False))
        tally = Tally(item for item in items if isinstance(item, LeftOut))
        return [item for item in items if isinstance(item, Observation)], dict(tally.by_reason)

    line_by_line = found()
    assert len(line_by_line[0]) == 30 * (3 if len(order) == 3 else 1)
    monkeypatch.setattr(columnar, "LARGE", 0)
    assert under or columnar.admitted(io.BytesIO(raw), "t", Hints(), admit) is not None
    assert found() == line_by_line
