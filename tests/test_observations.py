"""Tables of actuals: read exactly, or refused with the place."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mfgtargets.document.records import Document
from mfgtargets.faults import Fault, InputError
from mfgtargets.observations.csvfile import COLUMNS, decode, parse_observations
from mfgtargets.observations.match import match
from mfgtargets.observations.model import decimals
from mfgtargets.observations.period import Period, parse_period
from mfgtargets.observations.vintages import disagreements, newest_vintages

months = st.integers(1949 * 12, 2100 * 12 + 11)


def faults(table: str) -> tuple[Fault, ...]:
    """Return what is wrong with a table."""
    with pytest.raises(InputError) as caught:
        parse_observations(table, "t.csv")
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
    found, blanks = parse_observations(out.getvalue(), "t.csv")
    assert not blanks
    assert [(o.period.first, o.value, o.bound, o.note) for o in found] == [
        (month, value, bound, note.strip()) for month, value, bound, note in rows
    ]


def test_the_canonical_columns_are_all_read() -> None:
    """Every column of the canonical form lands in its field; letters are put in order."""
    table = ",".join(COLUMNS) + "\nx,绍兴市,2018,>100,家,level,,P D,一,二,http://三,2019-05\n"
    (found,), _ = parse_observations(table, "t.csv")
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
        ("x,2018,１３", "not-a-number", 8),
        ("x,2018年,1", "bad-period", 3),
        ("x,1066,1", "year-out-of-range", 3),
        (",2018,1", "empty-cell", 1),
        ("x,2018,1,2", "wrong-cell-count", 1),
        ('x,2018,"1', "csv-syntax", None),
    ],
)
def test_bad_cells_are_faults_at_their_column(row: str, code: str, column: int | None) -> None:
    """Each wrong cell is named with line and column."""
    (fault,) = faults(f"indicator,period,value\ny,2018,1\n{row}\n")
    assert fault.code == code
    assert fault.place is not None
    assert fault.place.line == 3
    if column and code != "wrong-cell-count":
        assert fault.place.column == column


def test_all_bad_cells_come_at_once() -> None:
    """Two bad cells in a row and one in another are three faults."""
    assert [f.code for f in faults("indicator,period,value\nx,nope,abc\nx,2018,abc\n")] == [
        "bad-period",
        "not-a-number",
        "not-a-number",
    ]


def test_wrong_columns_name_the_nearest() -> None:
    """A misspelt column is told with the right one; missing ones are named."""
    (fault,) = faults("indicator,period,value,souce\nx,2018,1,a\n")
    assert (fault.code, fault.details["near"]) == ("unknown-column", "source")
    (fault,) = faults("indicator,value\nx,1\n")
    assert (fault.code, fault.details["expected"]) == ("missing-column", "period")


def test_a_blank_value_is_missing_not_zero() -> None:
    """A row without a value is no observation, and is accounted for."""
    found, blanks = parse_observations("indicator,year,value\nx,2018,\nx,2019,1\n", "t.csv")
    assert [o.period.year for o in found] == [2019]
    assert [(row.reason, row.place.line) for row in blanks] == [("blank-value", 2)]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty-file"),
        (b" \n ", "empty-file"),
        ("指标,值".encode("gb18030"), "not-utf-8"),
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
    assert parse_observations(text, "t.csv")[0][0].indicator == "x"


def test_values_of_one_vintage_that_disagree_name_both_places() -> None:
    """The fault stands at the second and names the first; equal values are no fault."""
    rows = "indicator,year,value\nx,2018,1\nx,2018,2\nx,2019,3\nx,2019,3\n"
    found, _ = parse_observations(rows, "t.csv")
    (fault,) = disagreements(found)
    assert fault.place is not None
    assert (fault.place.line, fault.details["where"]) == (3, "t.csv:2")


def test_the_newest_vintage_counts_and_the_change_is_known() -> None:
    """5592.02 of 2024 supersedes 5562.47 of 2023 (Jinhua's output of 2022)."""
    rows = "indicator,year,value,vintage\nx,2022,5592.02,2024\nx,2022,5562.47,2023\n"
    kept, revised = newest_vintages(parse_observations(rows, "t.csv")[0])
    assert [o.value for o in kept] == [5592.02]
    assert [(old.value, new.value) for old, new in revised] == [(5562.47, 5592.02)]


def test_names_regions_and_units_are_matched_or_left_out(shaoxing: Document) -> None:
    """Ids and names are found, 绍兴 is 绍兴市; another region or unit is left out."""
    table = "indicator,region,period,value,unit,measure\n"
    table += "上市企业数量,绍兴,2018,80,家,\nListed Companies,,2019,85,,\n"
    table += "listed_companies,宁波市,2018,90,,\nlabour_productivity,,2018,23,元/人,\n"
    table += "labour_productivity,,2018Q3,7,,\nlisted_companies,,2016/2018,7,,\n"
    table += "listed_companis,,2018,1,,\nenergy_intensity,,2018,-3,%,\nrd_share,,2018,3,%,yearly_change\n"
    matched = match(parse_observations(table, "t.csv")[0], shaoxing)
    assert [(o.indicator, o.value) for o in matched.observations] == [
        ("listed_companies", 80),
        ("listed_companies", 85),
    ]
    assert [row.reason for row in matched.left_out] == [
        "other-region",
        "unit-mismatch",
        "partial-period",
        "partial-period",
        "unknown-indicator",
        "measure-missing",
        "measure-not-usable",
    ]
    assert matched.left_out[4].details["near"] == "listed_companies"


def test_a_positive_number_under_a_falling_name_is_a_fall(shaoxing: Document) -> None:
    """3 under 下降幅度 is read as -3, and said to be; under the id the sign is as written."""
    table = "indicator,period,value,measure\n单位工业增加值能耗下降幅度 (%),2016,3,yearly_change\n"
    table += "energy_intensity,2017,3,yearly_change\n"
    matched = match(parse_observations(table, "t.csv")[0], shaoxing)
    assert [o.value for o in matched.observations] == [-3, 3]
    assert [o.period.year for o in matched.read_as_fall] == [2016]
