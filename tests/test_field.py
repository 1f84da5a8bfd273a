"""Files as people have them: what they do not say is asked for, what tells values apart is seen."""

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from checks import matched, read
from conftest import Run
from mfgtargets.document.library import find_document
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError
from mfgtargets.wording import words

PLAN = """\
id: a-plan
title: 甲市规划
title_en: A plan
issuer: null
number: null
date: null
standing: in_force
region: 甲市
period: {start: 2016, end: 2025}
baseline_year: 2015
source: {title: 甲市规划, publisher: null, url: null, sha256: null}
main_table: 表
sections: {表: []}
indicators:
  - id: output
    name_zh: 甲产值
    name_en: Output
    aliases: [甲产值累计值]
    codes: [NV.IND.TOTL, IND.OUT]
    unit: 亿元
    direction: up
    nature: flow
    baseline: {year: 2015, value: 700}
    section: 表
    quote: 甲产值
    targets: [{year: 2025, value: 1300}]
  - id: information
    name_zh: 全市信息经济增加值
    name_en: Information economy
    unit: 亿元
    direction: up
    nature: flow
    baseline: {year: 2015, value: 100}
    section: 表
    quote: 信息经济
    targets: [{year: 2025, value: 300}]
  - id: coverage
    name_zh: 光纤覆盖率
    name_en: Fibre coverage
    unit: "%"
    ceiling: 100
    direction: up
    nature: ratio
    baseline: {year: 2015, value: 50}
    section: 表
    quote: 光纤覆盖率
    targets: [{year: 2025, value: 95}]
"""
Found = list[tuple[str, str, float, str]]


@pytest.fixture
def plan(tmp_path: Path) -> Document:
    """Return a plan of three indicators: a flow in 亿元, one named with 全市, a share."""
    path = tmp_path / "a-plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return find_document(str(path))


def found_in(table: str | bytes, document: Document, **hints: Any) -> Found:
    """Return what is used of a table: indicator, period, value, status."""
    found, _ = matched(table, document, **hints)
    return [(o.indicator, str(o.period), o.value, o.obs_status) for o in found.observations]


def reasons(table: str | bytes, document: Document, **hints: Any) -> list[str]:
    """Return why rows of a table are left out."""
    return [row.reason for row in matched(table, document, **hints)[1]]


def refusal(table: str | bytes, document: Document, **hints: Any) -> tuple[str, str]:
    """Return the code of what a table is refused for, and its details in one text."""
    with pytest.raises(InputError) as caught:
        matched(table, document, **hints)
    (fault,) = caught.value.faults
    return fault.code, " ".join(fault.details.values())


APART = [
    ("类型", "实际", "预测"),
    ("scenario", "base", "high"),
    ("性别", "男", "女"),
    ("sex", "T", "F"),
    ("口径", "全口径", "规上口径"),
    ("Item", "Gross", "Net"),
    ("年龄", "15-24岁", "25-34岁"),
    ("企业类型", "1", "2"),
    ("Age Group", "x", "y"),
    ("sex_code", "1", "2"),
    ("某列", "初步数", "最终核实数"),
    ("某列", "乐观", "基准"),
]


@pytest.mark.parametrize(("heading", "one", "other"), APART)
def test_a_column_that_tells_values_apart_is_refused_by_name(
    heading: str, one: str, other: str, plan: Document
) -> None:
    """Whatever the years, the column, its values and the ways out are named, in every shape."""
    rows = f"光纤覆盖率,2018,60,{one}\n光纤覆盖率,2025,96,{other}\n"
    wide = f"指标,{heading},2018年,2025年\n光纤覆盖率,{one},60,\n光纤覆盖率,{other},,96\n"
    for table in (f"指标,年份,数值,{heading}\n{rows}", wide):
        code, told = refusal(table, plan)
        assert code == "values-told-apart"
        assert all(word in told for word in (heading, one, other))


@pytest.mark.parametrize(("heading", "one", "other"), APART)
def test_the_rows_asked_for_are_read(heading: str, one: str, other: str, plan: Document) -> None:
    """``--where`` keeps rows; a column said not to matter is not looked at."""
    table = f"指标,年份,数值,{heading}\n光纤覆盖率,2018,60,{one}\n光纤覆盖率,2025,96,{other}\n"
    key = heading.lower().replace(" ", "")
    assert found_in(table, plan, where={key: frozenset({one.lower()})})[0][:3] == (
        "coverage",
        "2018",
        60,
    )
    ignored = [value for _, _, value, _ in found_in(table, plan, columns={key: "ignore"})]
    assert ignored == ([60] if other == "预测" else [60, 96])  # a forecast is never an actual


def test_two_values_of_one_year_are_told_apart_by_any_column(plan: Document) -> None:
    """A column of a name that nobody knows is named where it alone parts two values of one key."""
    table = "指标,年份,数值,甲乙\n光纤覆盖率,2018,60,x1\n光纤覆盖率,2018,70,x2\n"
    assert refusal(table, plan)[0] == "values-told-apart"
    same = table.replace("x2", "x1")
    assert refusal(same, plan)[0] == "values-disagree"
    links = table.replace("x1", "https://a/1").replace("x2", "https://a/2")
    assert refusal(links, plan)[0] == "values-disagree"


@pytest.mark.parametrize(
    "table",
    [
        "指标,年份,数值,类型\n光纤覆盖率,2025,96,预测\n光纤覆盖率,2026,97,预测\n",
        "指标,年份,数值,备注\n光纤覆盖率,2025,96,目标值\n",
        "indicator,period,value,obs_status\ncoverage,2025,96,F\n",
        "指标,年份,数值,状态\n光纤覆盖率,2025,96,预计\n",
        "指标,2025年(预测)\n光纤覆盖率,96\n",
        "指标,2025年预计\n光纤覆盖率,96\n",
        "指标,2025E\n光纤覆盖率,96\n",
        "指标,年份,数值\n光纤覆盖率,2025年(目标),96\n",
        "指标,年份,数值\n光纤覆盖率,2025,96 f\n",
        "指标,2025年,\n,实际,规划目标\n光纤覆盖率,,96\n",
        "指标,2025年\n预测,\n光纤覆盖率,96\n",
    ],
)
def test_forecasts_are_never_actuals(table: str, plan: Document) -> None:
    """A forecast, target or plan is left out and named, wherever a file marks it."""
    assert found_in(table, plan) == []
    assert "forecast" in reasons(table, plan)


def test_columns_that_tell_nothing_apart_do_no_harm(plan: Document) -> None:
    """Serial numbers, links, times of update and how sure one is are neither refused nor looked at."""
    table = "序号,指标,年份,数值,链接,更新时间,base period\n"
    table += (
        "1,光纤覆盖率,2018,60,http://a,2019-01-01,x\n2,光纤覆盖率,2019,62,http://b,2020-01-01,y\n"
    )
    assert found_in(table, plan) == [("coverage", "2018", 60, "A"), ("coverage", "2019", 62, "A")]
    assert set(reasons(table, plan)) == {"column-not-needed"}


# Periods: what is a year, a part of one, a year to date.


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # Cumulative: the fourth quarter and December are the year, the rest is year to date.
        (
            "指标,2019年第一季度,2018年第四季度\n甲产值累计值(亿元),200,990\n",
            [("2019Q1", 200), ("2018", 990)],
        ),
        (
            "指标,2018年12月,2018年11月\n甲产值_累计值(亿元),990,880\n",
            [("2018", 990), ("2018M1-11", 880)],
        ),
        (
            "时间,甲产值累计值(亿元)\n2018年1-12月,990\n2019年1-7月,500\n",
            [("2018", 990), ("2019M1-7", 500)],
        ),
        ("指标：甲产值累计值(亿元)\n地区,2018年12月\n甲市,990\n", [("2018", 990)]),
        ("指标,年份,数值,口径\n甲产值,2018年9月,700,累计值\n", [("2018M1-9", 700)]),
        # Of one month or quarter nothing is known of the year.
        ("指标,2018年12月\n甲产值_当期值(亿元),90\n", []),
        ("指标,2018年第四季度\n甲产值(亿元),260\n", []),
        # Dates beside others of their kind are months or quarters, alone the year.
        ("时间,甲产值(亿元)\n2018-09-30,250\n2018-12-31,260\n", []),
        ("时间,甲产值(亿元)\n2018-11-30,80\n2018-12-31,90\n", []),
        ("时间,甲产值(亿元)\n2018-10-01,250\n2018-07-01,260\n", []),
        ("时间,甲产值(亿元)\n2018-06-30,450\n2018-12-31,990\n", []),
        ("时间,甲产值(亿元)\n2017-12-31,900\n2018-12-31,990\n", [("2017", 900), ("2018", 990)]),
        ("时间,甲产值(亿元)\n2017-01-01,900\n2018-01-01,990\n", [("2017", 900), ("2018", 990)]),
        ("指标,2018-09-30,2018-12-31\n甲产值(亿元),250,260\n", []),
        (
            "时间,甲产值累计值(亿元)\n2018-09-30,700\n2018-12-31,990\n",
            [("2018M1-9", 700), ("2018", 990)],
        ),
        ("date,甲产值(亿元)\n2018-12-31 00:00:00,990\n", [("2018", 990)]),
        # Years and their parts as they are written.
        ("指标,2025年第1-4季度\n甲产值(亿元),990\n", [("2025", 990)]),
        ("指标,2025年1-2季度\n甲产值(亿元),400\n", [("2025H1", 400)]),
        ("指标,2025年12月份\n甲产值累计值(亿元),990\n", [("2025", 990)]),
        ("指标,2018年全年\n甲产值(亿元),990\n", [("2018", 990)]),
        ("指标,2018 [YR2018]\n甲产值(亿元),990\n", [("2018", 990)]),
        ("指标,2018-Q1,2018Q4\n甲产值累计值(亿元),200,990\n", [("2018Q1", 200), ("2018", 990)]),
        (
            "2018年甲市主要指标,,\n指标,本年,上年\n甲产值(亿元),990,900\n",
            [("2018", 990), ("2017", 900)],
        ),
        ("2018年甲市主要指标\n指标,1-12月\n甲产值(亿元),990\n", [("2018", 990)]),
        ("2018年甲市主要指标\n指标,全年累计\n甲产值(亿元),990\n", [("2018", 990)]),
        ("甲市主要指标(2018年)\n指标,单位,数值\n甲产值,亿元,990\n", [("2018", 990)]),
    ],
)
def test_periods_are_what_the_file_says(
    table: str, expected: list[tuple[str, float]], plan: Document
) -> None:
    """Whole years are found, years to date kept as such, and what is neither is left out."""
    assert [found[1:3] for found in found_in(table, plan)] == expected


def test_a_growth_of_a_name_is_no_level(plan: Document) -> None:
    """同比增长 and 累计增长 at the end of a name say a change, of no use for a level."""
    for name in ("甲产值_同比增长(%)", "甲产值累计增长(%)", "甲产值同比增长(%)"):
        assert reasons(f"指标,2018年12月\n{name},8.1\n", plan) == ["measure-not-usable"]


# Units.


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ("指标,年份,数值,单位名称\n甲产值,2018,9900000,万元\n", 990),
        ("indicator,period,value,unit,UNIT_MULT\noutput,2018,99,元,9\n", 990),
        ("指标,年份,数值,单位,数量级\n甲产值,2018,99000,元,百万\n", 990),
        ("indicator,year,value,Units,Scale\noutput,2018,99,yuan,Billions\n", 990),
        ("Unit: 1000 yuan\nindicator,2018\noutput,99000000\n", 990),
        ("indicator,2018\noutput (100 million yuan),990\n", 990),
        ("单位：万元\n指标,2018年\n甲产值,9900000\n", 990),
        ("填报单位：市统计局\n指标,2018年\n甲产值,990亿元\n", 990),  # who fills it in
        ("指标,2018年\n甲产值（十亿元）,99\n", 990),
        ("指标,2018年\n甲产值,0.99千亿元\n", 990),
        ("指标,2018年\n甲产值[亿元],990\n", 990),
        ("指标,2018年\n甲产值【亿元】,990\n", 990),
        ("指标,2018年\n甲产值<亿元>,990\n", 990),
    ],
)
def test_units_are_found_wherever_they_stand(table: str, value: float, plan: Document) -> None:
    """99,000,000 thousand, 99 thousand million, 9,900,000 ten thousand yuan are 990 亿元."""
    assert [found[:3] for found in found_in(table, plan)] == [("output", "2018", value)]


@pytest.mark.parametrize(
    "table",
    [
        "indicator,2018\noutput (current US$),99000000000\n",
        "indicator,period,value,unit\noutput,2018,990,亿美元\n",
        "indicator,period,value,unit\noutput,2018,990,billion yuan at constant prices\n",
        "Unit: million US dollars\nindicator,2018\noutput,99000\n",
        "indicator,period,value,unit,UNIT_MULT\noutput,2018,99,元,x\n",
        "indicator,year,value,Units,Scale\noutput,2018,99,yuan,8\n",
    ],
)
def test_another_currency_or_an_unknown_scale_is_no_yuan(table: str, plan: Document) -> None:
    """What is no yuan, or of no known size, is left out for its unit."""
    assert reasons(table, plan) == ["unit-mismatch"]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("indicator,period,value\noutput,2018,9900000\n", "far-off"),
        ("indicator,period,value\noutput,2018,0.99\n", "far-off"),
        ("indicator,period,value\ncoverage,2018,0.9\n", "far-off"),  # for 90 %
        ("indicator,period,value\ncoverage,2018,120\n", "over-ceiling"),
        ("indicator,period,value,币种\noutput,2018,990,万元\n", "unit-beside"),
    ],
)
def test_a_value_that_looks_like_another_unit_is_told(
    run: Run, plan: Document, table: str, code: str
) -> None:
    """It is used and named on standard error; ``--strict`` makes it an error."""
    done = run("check", str(plan.path), "-", stdin=table)
    assert f"请核对[{code}]" in done.stderr
    assert (
        "error[left-out]"
        in run("check", str(plan.path), "-", "--strict", stdin=table, code=2).stderr
    )


def test_a_plain_value_is_not_doubted(run: Run, plan: Document) -> None:
    """990 beside 700 and 1300, and 100 % of a share, are nothing to tell."""
    table = "indicator,region,period,value\noutput,甲市,2018,990\ncoverage,甲市,2018,100\n"
    assert run("check", str(plan.path), "-", "--strict", stdin=table).stderr == ""


# Whose and what.


def test_a_table_by_region_that_names_none_is_asked_for(plan: Document) -> None:
    """分省, 分市, by province: whose values these are is asked for, and can be said."""
    for above in (
        "数据库：分省年度数据\n时间：\n",
        "地区：\n",
        "分市县主要指标\n",
        "Data by province\n",
    ):
        table = f"{above}指标,2018年\n甲产值(亿元),990\n"
        assert refusal(table, plan)[0] == "no-region-named"
        assert [found[2] for found in found_in(table, plan, region="甲市")] == [990]
        assert reasons(table, plan, region="乙市")[-1] == "other-region"


def test_words_that_only_look_like_by_region_ask_nothing(plan: Document) -> None:
    """各市场 and 部分县 are no tables by region."""
    for title in ("各市场主体情况", "部分县级数据说明"):
        assert len(found_in(f"{title}\n指标,2018年\n甲产值(亿元),990\n", plan)) == 1


def test_a_table_without_a_region_is_the_documents_and_the_output_says_so(
    run: Run, plan: Document
) -> None:
    """The note names the file and the region it was read as."""
    (Path(plan.path).parent / "a.csv").write_text("指标,2018年\n甲产值(亿元),990\n", "utf-8")
    assert "a.csv:没有说是哪个地区,按甲市读取" in run("read", str(plan.path), "a.csv").stderr


@pytest.mark.parametrize(
    "table", ["地区,2018年\n甲市,990\n", "Year,Value\n2018,990\n", "年份,数值\n2018,990\n"]
)
def test_a_table_that_names_no_indicator_is_asked_for(table: str, plan: Document) -> None:
    """``--indicator-name`` says what the values are of."""
    assert refusal(table, plan)[0] == "no-indicator"
    assert [found[:3] for found in found_in(table, plan, indicator="甲产值")] == [
        ("output", "2018", 990)
    ]


def test_each_of_several_files_can_be_of_another_indicator(run: Run, plan: Document) -> None:
    """``FILE=NAME`` is for one file; a name of no file is refused."""
    folder = Path(plan.path).parent
    (folder / "a.csv").write_text("Year,Value\n2018,990\n", encoding="utf-8")
    (folder / "b.csv").write_text("Year,Value\n2018,60\n", encoding="utf-8")
    asked = ("read", str(plan.path), "a.csv", "b.csv", "--indicator-name")
    done = run(*asked, "a.csv=甲产值", "--indicator-name", "b.csv=光纤覆盖率")
    rows = [line.split(",")[0:4:3] for line in done.stdout.splitlines()[1:]]
    assert rows == [["output", "990"], ["coverage", "60"]]
    assert "error[bad-option]" in run(*asked, "c.csv=甲产值", code=2).stderr


def test_regions_across_are_read(plan: Document) -> None:
    """A column a region, of a year said by option or by the title: the document's is read."""
    table = "指标,单位,乙市,甲市\n甲产值,亿元,100,990\n"
    assert [found[2] for found in found_in(table, plan, period="2018")] == [990]
    assert [found[1:3] for found in found_in("2018年主要指标\n" + table, plan)] == [("2018", 990)]


# Rows that are left out, and cells with marks.


@pytest.mark.parametrize(
    "row",
    [
        "coverage,1948,1,",
        "coverage,2019,x,",
        "coverage,甲,1,",
        "coverage,2019,5,F",
        "coverage,2019,5,M",
    ],
)
def test_one_bad_row_does_not_lose_the_file(row: str, run: Run, plan: Document) -> None:
    """It is left out and named; ``--strict`` makes it an error."""
    table = f"indicator,period,value,obs_status\ncoverage,2018,60,\n{row}\n"
    done = run("read", str(plan.path), "-", stdin=table)
    assert done.stdout.splitlines()[1].startswith("coverage,甲市,2018,60")
    assert "标准输入:3" in done.stderr
    assert run("read", str(plan.path), "-", "--strict", stdin=table, code=2).stdout == ""


@pytest.mark.parametrize(
    ("cell", "status", "note"),
    [
        ("80 p", "P", ""),
        ("80(初步)", "P", ""),
        ("80（初步数）", "P", ""),
        ("80*", "A", "*"),
        ("80e", "E", ""),
        ("80 b", "B", ""),
        ("80†", "A", "†"),
        ("80 (est.)", "E", ""),
        ("约80", "E", ""),
        ("about 80", "E", ""),
    ],
)
def test_a_mark_beside_a_number_is_a_status_or_a_note(cell: str, status: str, note: str) -> None:
    """The number counts, and what the mark says is kept."""
    (found,), left_out = read(f"指标,2018年\n光纤覆盖率,{cell}\n")
    assert not left_out
    assert (found.value, found.obs_status, found.note) == (80, status, note)


@pytest.mark.parametrize(
    "head", ["2018年(初步)", "2018年初步数", "2018(P)", "2018 p", "2018年（快报）"]
)
def test_a_status_in_a_heading_is_that_of_its_column(head: str, plan: Document) -> None:
    """2018年(初步) is 2018, provisional."""
    assert found_in(f"指标,{head}\n光纤覆盖率,80\n", plan) == [("coverage", "2018", 80, "P")]


@pytest.mark.parametrize(
    ("letters", "status"),
    [("E", "E"), ("P", "P"), ("U", "A"), ("R", "A"), ("B;P", "PB"), ("初步", "P")],
)
def test_every_status_of_sdmx_is_known(letters: str, status: str, plan: Document) -> None:
    """Letters that say a value is there do not lose it."""
    table = f"indicator,period,value,obs_status\ncoverage,2018,80,{letters}\n"
    assert found_in(table, plan) == [("coverage", "2018", 80, status)]


# Names.


@pytest.mark.parametrize(
    "name",
    [
        "信息经济增加值",
        "甲市信息经济增加值",
        "全市信息经济增加值(亿元)",
        "甲市:信息经济增加值",
        "全市：信息经济增加值(亿元)",
        "信息经济增加值(按当年价格计算、亿元)",
        "information",
    ],
)
def test_the_region_before_a_name_makes_no_difference(name: str, plan: Document) -> None:
    """全市, the region's name with and without 市, or nothing: one indicator."""
    assert found_in(f"指标,2018年\n{name},150\n", plan) == [("information", "2018", 150, "A")]


def test_another_regions_name_before_an_indicator_is_another_thing(plan: Document) -> None:
    """乙市甲产值 and 全省甲产值 are none of 甲市's."""
    for name in ("乙市甲产值", "全省甲产值", "全国甲产值"):
        assert reasons(f"指标,2018年\n{name}(亿元),150\n", plan) == ["unknown-indicator"]


@pytest.mark.parametrize(
    "title",
    [
        "乙市",
        "乙市地区生产总值",
        "表1 乙市主要指标",
        "2-1 乙市国民经济",
        "1-12月乙市主要指标",
        "2018年上半年乙市工业",
        "甲省乙市制造业",
        "主要指标（乙市）",
        "主要指标——乙市",
    ],
)
def test_a_title_of_another_region_is_not_passed_over(title: str, plan: Document) -> None:
    """The place that a title names is whose the values are, wherever it stands in it."""
    assert reasons(f"{title}\n指标,2018年\n甲产值(亿元),150\n", plan)[-1] == "other-region"


@pytest.mark.parametrize(
    "title", ["地区生产总值", "城市建设", "表2-3 上市公司", "本市2018年主要指标"]
)
def test_a_title_that_names_no_place_is_none_of_a_region(title: str, plan: Document) -> None:
    """地区, 城市 and 上市 are no places, 本市 is whose table it is."""
    assert found_in(f"{title}\n指标,2018年\n甲产值(亿元),150\n", plan)


@pytest.mark.parametrize(
    "table",
    [
        "指标项目,统计年份,指标数值,计量单位\n甲产值,2018,150,亿元\n",
        "Indicator Name,Year,Value,Unit\nOutput,2018,150,亿元\n",
        "日期,甲产值(亿元)\n2018-12-31,150\n",
        "年月,年份,甲产值(亿元)\n201812,2018,150\n",
        "指标,2018年,\n,总量(亿元),增速(%)\n甲产值,150,3\n",
        "指标,2018年（亿元）\n甲产值,150\n",
        "指标/年份,2018\n甲产值(亿元),150\n",
        "年份,2018年\n甲产值(亿元),150\n",
        "2018年主要指标\n地区\\\\指标,甲产值(亿元)\n甲市,150\n",
        "指标,代码,2018\n甲产值(亿元),A1,150\n",
        "指标,年份,目标,实际\n甲产值(亿元),2018,160,150\n",
        "Unit: 100,000,000 yuan\nIndicator,2018\nOutput,150\n",
        "主要指标(万元)\n指标,2018年\n甲产值,1500000\n",
        "指标|年份|数值\n甲产值(亿元)|2018年（1-12月）|150\n",
        "设区市,年份,甲产值(亿元)\n甲市,2018,150\n乙市,2018,90\n",
    ],
)
def test_headings_as_people_write_them(table: str, plan: Document) -> None:
    """A column may have another name, a date beside a year is none, 总量 is the value itself."""
    assert found_in(table, plan) == [("output", "2018", 150, "A")]


@pytest.mark.parametrize(
    ("heading", "no", "yes"),
    [("forecast", "0", "1"), ("是否预测", "否", "是"), ("is_projection", "False", "True")],
)
def test_a_flag_of_forecasts_is_heeded(heading: str, no: str, yes: str, plan: Document) -> None:
    """A column that says by yes and no what is a forecast keeps it from being an actual."""
    table = f"指标,年份,数值,{heading}\n甲产值,2018,150,{no}\n甲产值,2019,170,{yes}\n"
    assert found_in(table, plan) == [("output", "2018", 150, "A")]
    assert "forecast" in reasons(table, plan)


def test_words_for_what_is_left_out_are_whole() -> None:
    """They are counted together too, where no detail could fill them."""
    assert not [reason for reason, pair in words.LEFT_OUT.items() if "{" in "".join(pair)]


def test_indicators_are_known_by_codes(plan: Document) -> None:
    """A code of a data base in the YAML is a name."""
    table = "indicator,period,value\nNV.IND.TOTL,2018,990\n"
    assert found_in(table, plan) == [("output", "2018", 990, "A")]


def test_a_file_of_names_is_drafted_and_read(run: Run, plan: Document) -> None:
    """``--suggest`` prints lines that ``--names`` and the settings take; nothing is taken unasked."""
    folder = Path(plan.path).parent
    (folder / "a.csv").write_text("指标,2018年\n信息产业增加值(亿元),150\n", encoding="utf-8")
    drafted = run("read", str(plan.path), "a.csv", "--suggest").stdout
    assert drafted == "name,indicator\n信息产业增加值(亿元),information\n"
    told = run("read", str(plan.path), "a.csv", code=2).stderr
    assert told.count("信息产业增加值(亿元),information") == 1  # the line to paste
    (folder / "names.csv").write_text(drafted, encoding="utf-8")
    done = run("read", str(plan.path), "a.csv", "--names", "names.csv")
    assert done.stdout.splitlines()[1].startswith("information,甲市,2018,150")
    (folder / "mfgtargets.toml").write_text('names = "names.csv"\n', encoding="utf-8")
    assert run("read", str(plan.path), "a.csv").stdout == done.stdout


@pytest.mark.parametrize(
    ("lines", "code"),
    [("a\n", "names-line"), ("a,b,c\n", "names-line"), ("x,没有的\n", "no-such-indicator"),
     ("x,output\nx,coverage\n", "name-twice")],
)  # fmt: skip
def test_a_bad_file_of_names_is_refused(run: Run, plan: Document, lines: str, code: str) -> None:
    """A line of another form, what is no indicator, a name of two: told with the line."""
    (Path(plan.path).parent / "n.csv").write_text(lines, encoding="utf-8")
    done = run("check", str(plan.path), "bundled", "--names", "n.csv", code=2)
    assert f"error[{code}]" in done.stderr
    assert "n.csv:" in done.stderr


# Messages.


def test_reasons_are_counted_with_a_few_examples(run: Run, plan: Document) -> None:
    """Of 200 unknown rows five are shown, then the number in words; ``--report`` has them all."""
    rows = "".join(f"甲{n},2018,1\n" for n in range(200))
    table = f"indicator,period,value\noutput,2018,990\n{rows}"
    done = run("read", str(plan.path), "-", "--report", "r.csv", stdin=table)
    assert done.stderr.count("未采用[unknown-indicator]") == 5
    assert "共200行未采用:文件中没有这个指标 200" in done.stderr
    written = (Path(plan.path).parent / "r.csv").read_text("utf-8").splitlines()
    assert len(written) == 201
    assert written[0] == "file,row,column,code,reason,found,rows"
    assert written[200].startswith("标准输入,202,,unknown-indicator,文件中没有这个指标,甲199")


# Workbooks.


def book(**sheets: list[list[object]]) -> bytes:
    """Return a workbook of sheets of rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


VALUES: list[list[object]] = [["年份", "甲产值(亿元)"], [2018, 990]]
SIDE: list[list[list[object]]] = [
    [["代码", "指标解释"], ["A01", "文字"]],
    [["指标", "说明", "2019年"], ["说明", "文字", "文字"]],
    [["Code", "License Type"], ["A01", "CC BY-4.0"]],
    [["年份", "年份", "x"], [2018, 1, 2]],
]


@pytest.mark.parametrize("side", SIDE)
def test_a_side_sheet_does_not_lose_the_book(side: list[list[object]], plan: Document) -> None:
    """A sheet of definitions before or after the values is left out and named."""
    for raw in (book(a=VALUES, b=side), book(b=side, a=VALUES)):
        found, left_out = matched(raw, plan)
        assert [(str(o.period), o.value) for o in found.observations] == [("2018", 990)]
        assert any("[b]" in row.place.file for row in left_out)


def test_a_sheet_can_be_asked_for(plan: Document) -> None:
    """``--sheet`` reads one; a name of none is refused with the names there are."""
    raw = book(a=VALUES, b=[["年份", "甲产值(亿元)"], [2019, 1000]])
    assert [o[1:3] for o in found_in(raw, plan, sheet="b")] == [("2019", 1000)]
    assert refusal(raw, plan, sheet="c") == ("no-such-sheet", "c a, b")


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("12,5", "1.234,5"), [12.5, 1234.5]),
        (("12,5", "1,234"), [12.5, 1.234]),
        (("0,123", "90,5 p"), [0.123, 90.5]),
        (("12.5", "1,234"), [12.5, 1234]),
        (("1,234,567", "1,234"), [1234567, 1234]),
        (("1,234", "1,235"), []),
        (("12,5", "12.5"), [12.5]),
    ],
)
def test_decimal_commas_are_decided_by_their_column(
    cells: tuple[str, ...], values: list[float]
) -> None:
    """Between semicolons 12,5 makes 1,234 a small number, 12.5 a large one; else it is refused."""
    rows = "".join(f"甲产值;{2018 + n};{cell}\n" for n, cell in enumerate(cells))
    found, left_out = read(f"指标;年份;数值\n{rows}")
    assert [o.value for o in found] == values
    assert [row.reason for row in left_out] == ["not-a-number"] * (len(cells) - len(values))


def test_thousands_between_tabs_stay_thousands() -> None:
    """A table copied from a spreadsheet has 1,234 for 1234."""
    found, _ = read("指标\t年份\t数值\n甲产值\t2018\t1,234\n")
    assert [o.value for o in found] == [1234]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # Six digits are months beside a fifth month, quarters where years have four.
        (
            "时间,甲产值累计值(亿元)\n201701,200\n201704,900\n201804,990\n",
            ["2017Q1", "2017", "2018"],
        ),
        ("时间,甲产值累计值(亿元)\n201805,400\n201804,300\n", ["2018M1-5", "2018M1-4"]),
        ("时间,甲产值累计值(亿元)\n201804,300\n", []),
        ("指标,201812,201805\n甲产值累计值(亿元),990,400\n", ["2018", "2018M1-5"]),
        ("时间,甲产值(亿元)\n20171231,900\n20181231,990\n", ["2017", "2018"]),
        ("时间,甲产值(亿元)\n2018年12月31日,990\n", ["2018"]),
        # A month or a quarter, cumulative, in a heading of two rows or by the title.
        ("指标,2018年6月,\n,本月,累计\n甲产值(亿元),60,400\n", ["2018H1"]),
        ("2018年6月甲市主要指标,,\n指标,本月,本月止累计\n甲产值(亿元),60,400\n", ["2018H1"]),
        ("指标,2018年二季度累计\n甲产值(亿元),400\n", ["2018H1"]),
        # The indicator is named above, the columns say only what its values are.
        ("指标：甲产值\n时间,累计值(亿元),累计增长(%)\n2018年12月,990,8\n", ["2018"]),
        (
            "指标：甲产值\n月份,当月,同比增长,累计,累计-同比增长\n2018年12月份,90,8,990,7\n",
            ["2018"],
        ),
        ("时间,甲产值_当月(亿元),甲产值_累计(亿元)\n2018年12月,90,990\n", ["2018"]),
        # 当月 is the last month of what the title covers, never all of it.
        ("2018年1-11月主要指标\n指标,本月,本月止累计\n甲产值(亿元),80,880\n", ["2018M1-11"]),
        ("2018年1-11月主要指标\n指标,单位,当月\n甲产值,亿元,80\n", []),
        ("指标,月份,累计值,同比增长(%)\n甲产值(亿元),2018年12月,990,8\n", ["2018"]),
        ("2018年主要指标\n指标,单位,当季值\n甲产值,亿元,80\n", []),
    ],
)
def test_codes_and_cumulative_headings(table: str, expected: list[str], plan: Document) -> None:
    """What a period covers is told by its column and by the others in it, or it is left out."""
    assert [found[1] for found in found_in(table, plan)] == expected


def test_a_blank_breakdown_is_the_whole(plan: Document) -> None:
    """A row without a sex beside rows with one is another thing: not mixed, and asked for by name."""
    table = "Year,Sex,Value\n2018,,60\n2019,Female,70\n"
    code, told = refusal(table, plan, indicator="光纤覆盖率")
    assert code == "values-told-apart"
    assert "-, Female" in told
    kept = found_in(table, plan, indicator="光纤覆盖率", where={"sex": frozenset({""})})
    assert [found[1:3] for found in kept] == [("2018", 60)]


def test_strict_open_xml_is_read(plan: Document) -> None:
    """A workbook saved as Strict Open XML has other names for its elements and the same cells."""
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(a=VALUES))) as common, zipfile.ZipFile(strict, "w") as out:
        for member in common.namelist():
            text = common.read(member).replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            text = text.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            out.writestr(member, text)
    assert b"purl" in zipfile.ZipFile(strict).read("xl/workbook.xml")
    assert [o[1:3] for o in found_in(strict.getvalue(), plan)] == [("2018", 990)]


def test_a_number_with_a_date_format_is_no_number(plan: Document) -> None:
    """What a workbook shows as a date is left out by name where a value is expected."""
    made = openpyxl.Workbook()
    made.active.append(["年份", "甲产值(亿元)"])
    made.active.append([2018, 990])
    made.active["B2"].number_format = "yyyy-mm-dd"
    out = io.BytesIO()
    made.save(out)
    found, left_out = matched(out.getvalue(), plan)
    assert not found.observations
    assert [(row.reason, str(row.place).split(":")[1]) for row in left_out] == [("no-value", "B2")]


def test_a_spreadsheet_in_xml_is_called_what_it_is() -> None:
    """An XML spreadsheet named .xls is named, with what to do."""
    raw = b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table/></Workbook>'
    with pytest.raises(InputError) as caught:
        read(raw, "a.xls")
    assert [(f.code, f.details["found"]) for f in caught.value.faults] == [
        ("not-a-table", "XML Spreadsheet")
    ]


def test_a_blank_corner_is_what_stands_under_it(plan: Document) -> None:
    """An unnamed first column holds years, regions or indicators, as its first cell tells."""
    assert [f[1:3] for f in found_in(",甲产值(亿元)\n2018,990\n", plan)] == [("2018", 990)]
    assert [f[1:3] for f in found_in(",2018年\n甲产值(亿元),990\n", plan)] == [("2018", 990)]
    table = "指标：甲产值(亿元)\n,2018年\n甲市,990\n乙市,5\n"
    assert [f[1:3] for f in found_in(table, plan)] == [("2018", 990)]


def test_prices_of_another_year_are_another_thing(plan: Document) -> None:
    """Output at constant prices is none at current ones."""
    for name in ("甲产值(亿元,2015年不变价)", "甲产值(可比价,亿元)"):
        assert reasons(f'指标,2018年\n"{name}",990\n', plan) == ["unknown-indicator"]


@pytest.mark.parametrize(
    "table",
    [
        '指标,2018年\n"甲产值(当年价,亿元)",990\n',
        '指标,2018年\n"甲产值(亿元,现价)",990\n',
        "指标,单位,2018年\n甲产值,亿元人民币,990\n",
        "指标,单位,2018年\n甲产值(亿元),亿元,990\n",
    ],
)
def test_the_same_unit_in_other_words_is_one(table: str, plan: Document) -> None:
    """Current prices and the word for yuan say nothing else."""
    assert [found[:3] for found in found_in(table, plan)] == [("output", "2018", 990)]


def test_a_titles_year_is_that_of_its_own_table(plan: Document) -> None:
    """A second table of other columns does not take the year of the first."""
    table = "2018年主要指标\n指标,单位,数值\n甲产值,亿元,990\n\n时间,光纤覆盖率\n2019年,60\n,70\n"
    assert [f[:3] for f in found_in(table, plan)] == [
        ("output", "2018", 990),
        ("coverage", "2019", 60),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "year,value,geography,indicator\n2018,60,全国,coverage\n",
        "年份,指标,数值,国家\n2018,光纤覆盖率,60,中国\n",
        "全国2018年主要指标\n指标,数值\n光纤覆盖率,60\n",
        "2018年全国主要指标\n指标,数值\n光纤覆盖率,60\n",
    ],
)
def test_the_nations_values_are_not_the_documents(table: str, plan: Document) -> None:
    """However a column of places or a title is worded, another place's values are left out."""
    assert "other-region" in reasons(table, plan)
    assert not found_in(table, plan)


def test_a_column_of_places_under_any_heading_is_not_passed_over(plan: Document) -> None:
    """Places in a column that is not read refuse the file: whose the values are is not known."""
    for place in ("乙市", "全国", "全省"):
        table = f"年份,指标,数值,某列\n2018,光纤覆盖率,60,{place}\n"
        assert refusal(table, plan)[0] == "unread-region"


@pytest.mark.parametrize(
    "title",
    [
        "2019年甲市统计年鉴",
        "甲市统计年鉴(2019年)主要指标",
        "甲市主要指标(2015年不变价)",
        "甲市主要指标(2015年=100)",
        "发布日期：2019年1月",
        "2025年甲市发展目标",
        "2016-2018年主要指标",
    ],
)
def test_a_year_that_is_not_the_values_own_is_not_taken(title: str, plan: Document) -> None:
    """A yearbook's year, a base year, a day of publication, a year aimed at: the year is asked for."""
    table = f"{title}\n地区,甲产值(亿元)\n甲市,990\n"
    assert refusal(table, plan)[0] == "no-period"
    assert [found[1:3] for found in found_in(table, plan, period="2018")] == [("2018", 990)]


def test_a_title_over_the_columns_gives_their_year(plan: Document) -> None:
    """A title merged over 全年累计 and 增长% is their year; growth since a year is not of that year."""
    made = openpyxl.Workbook()
    for row in (
        ["指标", "2018年甲市主要指标", None],
        [None, "全年累计", "增长%"],
        ["甲产值(亿元)", 990, 8],
    ):
        made.active.append(row)
    made.active.merge_cells("B1:C1")
    out = io.BytesIO()
    made.save(out)
    assert [found[1:3] for found in found_in(out.getvalue(), plan)] == [("2018", 990)]
    assert not found_in("指标,2018年,比2015年\n,绝对数,增长\n甲产值,,41\n", plan)
