"""Many regions: whose target holds, how they rank, who answers; numbers worked by hand."""

import json
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mfgtargets as mt
from conftest import Run
from mfgtargets.arithmetic.ranking import normalised, places, scores
from mfgtargets.document.records import Document
from mfgtargets.evaluation.results import Result
from plans import plan_of

SHARES = """\
indicator,region,period,value
x,甲区,2015,30
x,甲区,2018,33
x,乙县,2018,33
x,合计,2018,66
x,全市合计,2018,36
x,各县平均,2018,33
x,全市,2018,36
"""
COUNTS = """\
indicator,region,period,value
x,甲区,2015,10
x,甲区,2018,15
x,乙县,2015,40
x,乙县,2018,44
"""


@pytest.fixture
def shares(tmp_path: Path) -> Document:
    """Return a plan whose share is to go from 32 to 40 % by 2020."""
    baseline = "{year: 2015, value: 32}"
    return plan_of(tmp_path, "year: 2020, value: 40", unit='"%"', nature="ratio", baseline=baseline)


@pytest.fixture
def counts(tmp_path: Path) -> Document:
    """Return a plan whose number is to double from 200 by 2020."""
    return plan_of(tmp_path, "year: 2020, value: 400", baseline="{year: 2015, value: 200}")


def judged(
    folder: Path, document: Document, table: str, *regions: str, **question: object
) -> dict[str, Result]:
    """Return the result of each region."""
    path = folder / "actuals.csv"
    path.write_text(table, encoding="utf-8")
    check = mt.check(document, path, regions=regions or ("all",), **question)  # type: ignore[arg-type]
    return {result.region: result for result in check.results}


def faults_of(folder: Path, document: Document, table: str, **question: object) -> list[str]:
    """Return the codes of what is wrong."""
    with pytest.raises(mt.InputError) as caught:
        judged(folder, document, table, **question)
    return [fault.code for fault in caught.value.faults]


def file_of(folder: Path, text: str) -> Path:
    """Return a file of that text."""
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_share_holds_for_each_part_from_its_own_baseline(
    tmp_path: Path, shares: Document
) -> None:
    """40 % of the city for 甲区, from 30: 36 due, 30 points behind; 乙县 has no baseline, and lacks 7."""
    found = judged(tmp_path, shares, SHARES)
    assert list(found) == ["甲区", "乙县"]  # sums, and the city itself, are no parts
    one, other = found.values()
    assert (one.on_track_value, one.status, one.baseline_source) == (36, "lagging", "actual")
    assert one.lead == pytest.approx(-0.3)
    assert (other.reason, other.gap_to_target) == ("no_baseline", -7)


def test_the_documents_own_region_keeps_its_target(tmp_path: Path, shares: Document) -> None:
    """全市 is the city: from 32 to 40, 36 is 0.8 below the 36.8 due."""
    found = judged(tmp_path, shares, SHARES, "示例市", "甲区")
    assert found["示例市"].gap == pytest.approx(-0.8)
    assert found["示例市"].baseline_source == "document"


def test_a_total_is_not_taken_over_but_moves_all_the_same(tmp_path: Path, counts: Document) -> None:
    """400 of the city are nobody's target; from 10 to 15 in three years is 5/3 a year."""
    one = judged(tmp_path, counts, COUNTS)["甲区"]
    assert (one.status, one.reason, one.target_value) == (
        "not_assessable",
        "no_regional_target",
        None,
    )
    assert (one.latest_value, one.achieved_change) == (15, pytest.approx(5 / 3))
    nobody = judged(tmp_path, counts, COUNTS.replace("甲区,2018", "甲区,2021"))["甲区"]
    assert nobody.reason == "no_regional_target"  # after its year too


def test_each_region_doubles_by_the_rule_of_equal_growth(tmp_path: Path, counts: Document) -> None:
    """From 200 to 400 is twice: 20 for 甲区, of which 16 are due in 2018, and 80 for 乙县."""
    found = judged(tmp_path, counts, COUNTS, region_rule="equal-growth")
    assert [result.target_value for result in found.values()] == [20, 80]
    assert (found["甲区"].on_track_value, found["甲区"].gap) == (16, -1)


def test_a_region_has_the_target_of_the_users_table(tmp_path: Path, counts: Document) -> None:
    """15 of 14, due on the way from 10 to 16 in 2018: 13.6; the other still has none."""
    table = file_of(tmp_path, "region,indicator,year,value\n甲,某,2020,16\n")
    found = judged(tmp_path, counts, COUNTS, region_targets=table)
    assert found["甲区"].on_track_value == pytest.approx(13.6)
    assert (found["甲区"].target_value, found["甲区"].kind) == (16, "level")
    assert found["乙县"].reason == "no_regional_target"


def test_milestones_of_a_region_are_its_own(tmp_path: Path) -> None:
    """By 12 in 2018 to 20 in 2020: the 12 are due in 2018, not what the document's 300 would give."""
    steps = "year: 2018, value: 300", "year: 2020, value: 400"
    document = plan_of(tmp_path, *steps, baseline="{year: 2015, value: 200}")
    rows = "region,indicator,year,value\n甲区,x,2018,12\n甲区,x,2020,20\n"
    asked = {"target_year": 2020, "region_targets": file_of(tmp_path, rows)}
    assert judged(tmp_path, document, COUNTS, **asked)["甲区"].on_track_value == 12
    # three halves of 10 by the rule
    asked = {"target_year": 2020, "region_rule": "equal-growth"}
    assert judged(tmp_path, document, COUNTS, **asked)["甲区"].on_track_value == 15


@given(values=st.lists(st.integers(1, 200), min_size=4, max_size=4))
def test_a_region_alone_is_judged_as_among_others(
    tmp_path_factory: pytest.TempPathFactory, values: list[int]
) -> None:
    """With the year given, the others in the file make no difference to a region's result."""
    folder = tmp_path_factory.mktemp("alone")
    document = plan_of(folder, "year: 2020, value: 40", unit='"%"', nature="ratio")
    pairs = zip(["甲区,2015", "甲区,2018", "乙县,2015", "乙县,2019"], values, strict=True)
    rows = [f"x,{key},{value}" for key, value in pairs]
    whole = "\n".join(["indicator,region,period,value", *rows])
    alone = "\n".join(["indicator,region,period,value", *rows[:2]])
    among = judged(folder, document, whole, as_of=2019)["甲区"]
    assert judged(folder, document, alone, as_of=2019)["甲区"] == among


def test_levels_of_each_region_may_have_their_own_unit(tmp_path: Path) -> None:
    """Behind a rate the first unit of a region decides for that region alone."""
    target = "period: {start: 2016, end: 2020}, value: 8"
    document = plan_of(tmp_path, target, kind="growth_rate", unit='"%"')
    rows = "x,甲区,2015,1,亿元,level x,甲区,2018,2,亿元,level x,乙区,2015,10000,万元,level"
    rows += " x,乙区,2018,20000,万元,level"
    table = "\n".join(["indicator,region,period,value,unit,measure", *rows.split()])
    found = judged(tmp_path, document, table)
    assert found["甲区"].latest_value == pytest.approx(found["乙区"].latest_value)
    assert found["乙区"].latest_value == pytest.approx(100 * (2 ** (1 / 3) - 1))


NAMES = "name,code,region,parent\n甲开发区,330602,甲区,示例市\n甲镇,,,甲区\n"


def test_names_and_codes_of_the_table_are_one_region(tmp_path: Path, shares: Document) -> None:
    """甲开发区, 330602, 330602000000 and 示例市甲区 are 甲区; 甲镇 is a part of it, not beside it."""
    rows = "x,甲开发区,2015,30 x,330602,2016,31 x,330602000000,2017,32 x,示例市甲区,2018,33 x,甲镇,2018,9"
    table = "\n".join(["indicator,region,period,value", *rows.split()])
    found = judged(tmp_path, shares, table, region_table=file_of(tmp_path, NAMES))
    assert list(found) == ["甲区"]
    assert (found["甲区"].baseline_value, found["甲区"].latest_value) == (30, 33)
    alone = judged(tmp_path, shares, table, "甲镇", region_table=file_of(tmp_path, NAMES))
    assert alone["甲镇"].latest_value == 9


def test_the_table_names_the_documents_own_region_too(tmp_path: Path, shares: Document) -> None:
    """本市 is the city where the table says so, whether or not regions are asked for."""
    names = file_of(tmp_path, "name,region\n本市,示例市\n")
    path = tmp_path / "own.csv"
    path.write_text("indicator,region,period,value\nx,本市,2018,36\n", encoding="utf-8")
    (one,) = mt.check(shares, path, region_table=names).results
    assert (one.region, one.latest_value) == ("示例市", 36)


def test_a_name_without_its_level_is_the_one_that_has_it(tmp_path: Path, shares: Document) -> None:
    """甲 and 甲区 are one region where no 甲县 is there too."""
    rows = "indicator,region,period,value\nx,甲,2015,30\nx,甲区,2018,33\n"
    assert judged(tmp_path, shares, rows)["甲区"].baseline_value == 30
    both = judged(tmp_path, shares, rows + "x,甲县,2018,20\n")
    assert list(both) == ["甲", "甲区", "甲县"]


def test_parts_of_a_region_listed_are_named(run: Run, tmp_path: Path) -> None:
    """城东街道 belongs to 越城区, which is listed: it is not, and that is said."""
    (tmp_path / "t.csv").write_text(TWO.replace("柯桥区", "城东街道"), encoding="utf-8")
    (tmp_path / "r.csv").write_text("name,parent\n越城区,\n城东街道,越城区\n", encoding="utf-8")
    done = run("check", "shaoxing-2025", "t.csv", "--region", "all", "--regions", "r.csv")
    assert "城东街道" in done.stderr
    assert "城东街道" not in done.stdout


@pytest.mark.parametrize(
    ("rows", "names", "code"),
    [
        ("x,甲,2018,33\nx,甲区,2018,34", "", "values-disagree"),
        ("x,甲开发区,2018,33\nx,甲区,2018,34", NAMES, "values-disagree"),
        ("x,甲区,2018,33", "name,region,parent\n甲镇,,丙市\n", "no-such-parent"),
        ("x,甲区,2018,33", "name,parent\n甲,乙\n乙,甲\n", "no-such-parent"),
        ("x,甲区,2018,33", "name,region\n甲,甲区\n甲,丙区\n", "region-name-twice"),
        ("x,甲区,2018,33", "地区,代码\n甲,1\n", "list-columns"),
        ("\n".join(f"x,E{n},2018,{n}" for n in range(10_000)), "", "no-regions"),
    ],
)
def test_what_is_wrong_with_regions_is_said(
    tmp_path: Path, shares: Document, rows: str, names: str, code: str
) -> None:
    """One region with two values, a part of nothing known, a name of two, and numbers of rows."""
    table = f"indicator,region,period,value\n{rows}\n"
    asked = {"region_table": file_of(tmp_path, names)} if names else {}
    assert faults_of(tmp_path, shares, table, **asked) == [code]


def test_every_line_of_regional_targets_is_looked_at(tmp_path: Path, counts: Document) -> None:
    """A region, indicator or year that is not there, what is no number, and one given twice."""
    lines = "丁区,x,2020,1 甲区,y,2020,1 甲区,x,2021,1 甲区,x,2020,多 乙县,x,2020,1 乙县,x,2020,2"
    table = file_of(tmp_path, "\n".join(["region,indicator,year,value", *lines.split()]))
    assert faults_of(tmp_path, counts, COUNTS, region_targets=table) == [
        "no-such-region",
        "no-such-indicator",
        "no-such-target-year",
        "not-a-number",
        "regional-target-twice",
    ]


def test_a_region_that_is_nowhere_is_named(tmp_path: Path, shares: Document) -> None:
    """Asked for 丁区, of which neither actuals nor a table know; in a table it has no data."""
    path = file_of(tmp_path, SHARES)
    given = mt.read_actuals(shares, path, regions=["all"])
    with pytest.raises(mt.InputError) as caught:
        mt.check(shares, given, regions=["丁区"])
    assert caught.value.faults[0].code == "no-such-region"
    names = tmp_path / "names.csv"
    names.write_text("name\n丁区\n", encoding="utf-8")
    given = mt.read_actuals(shares, path, regions=["all"], region_table=names)
    assert mt.check(shares, given, regions=["丁区"]).results[0].status == "no_data"


def test_places_are_shared_and_missing_ones_are_missing() -> None:
    """5, 5, 3 and nothing are 1, 1, 3 and no place."""
    assert places(np.array([[5.0], [5], [3], [np.nan]]))[:, 0].tolist() == [1, 1, 3, 0]
    assert places(np.array([[0.1 + 0.2], [0.3], [1]]))[:, 0].tolist() == [2, 2, 1]


def test_only_values_of_one_year_have_places(tmp_path: Path, counts: Document) -> None:
    """乙县's value of 2017 is no match for those of 2018, however large, and is shown with its year."""
    table = COUNTS.replace("x,乙县,2018,44", "x,乙县,2017,44\nx,丙区,2018,12")
    path = tmp_path / "a.csv"
    path.write_text(table, encoding="utf-8")
    found = mt.rank(counts, path)
    where = dict(zip(found.regions, found.places["level"][:, 0].tolist(), strict=True))
    assert where == {"甲区": 1, "乙县": 0, "丙区": 2}


def test_a_mark_behind_a_region_is_no_part_of_its_name(tmp_path: Path, shares: Document) -> None:
    """甲区* and 甲区① are 甲区, with a footnote."""
    table = SHARES.replace("x,甲区,2018", "x,甲区*,2018").replace("x,甲区,2015", "x,甲区①,2015")
    assert judged(tmp_path, shares, table)["甲区"].progress == pytest.approx(0.3)


def test_headings_of_small_tables_may_be_chinese(tmp_path: Path, counts: Document) -> None:
    """地区,指标,年份,数值 are region, indicator, year and value; 2020年 is 2020."""
    table = file_of(tmp_path, "地区,指标,年份,数值\n甲区,某,2020年,18\n")
    found = judged(tmp_path, counts, COUNTS, region_targets=table)
    assert found["甲区"].target_value == 18


def test_movement_is_told_by_the_level(tmp_path: Path, counts: Document) -> None:
    """甲区 rose from third to first; ranked by that, who moved is still told by places of the level."""
    rows = {2016: (5, 8, 6), 2018: (15, 9, 7)}
    lines = [f"x,{region},{year},{value}" for year, values in rows.items()
             for region, value in zip(("甲区", "乙县", "丙区"), values, strict=True)]  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["indicator,region,period,value", *lines]), encoding="utf-8")
    earlier = mt.check(counts, path, regions=["all"], as_of=2016).to_dicts()
    since = json.dumps({"format_version": 1, "command": "check", "document": "example",
                        "as_of": 2016, "method": "schedule", "results": earlier})  # fmt: skip
    found = mt.rank(counts, path, by="movement", since=since)
    moved = dict(zip(found.regions, found.score_moved.tolist(), strict=True))
    assert moved == {"甲区": 2, "乙县": -1, "丙区": -1}


def test_scores_weigh_what_is_known() -> None:
    """Two thirds of 0.5 and one of 0.2 are 0.4; without the second the first alone counts."""
    weights = np.array([2.0, 1.0])
    rows = np.array([[0.5, 0.2], [0.5, np.nan], [np.nan, np.nan]])
    found = scores(rows, weights)
    assert found[:2].tolist() == pytest.approx([0.4, 0.5])
    assert np.isnan(found[2])


def test_the_worst_is_0_the_best_1_and_equals_are_half() -> None:
    """3, 5 and 4 are 0, 1 and 0.5; 7 and 7 are 0.5 each."""
    found = normalised(np.array([[3.0, 7], [5, 7], [4, np.nan]]))
    assert found[:, 0].tolist() == [0, 1, 0.5]
    assert found[:2, 1].tolist() == [0.5, 0.5]
    assert np.isnan(found[2, 1])


def test_who_moved_most_is_ranked_beside_who_is_first(tmp_path: Path, counts: Document) -> None:
    """10 to 15 is 50 % and 5, 40 to 44 is 10 % and 4: first by either, second by level."""
    path = file_of(tmp_path, COUNTS)
    found = mt.rank(counts, path)
    assert found.regions == ("甲区", "乙县")
    assert found.places["level"][:, 0].tolist() == [2, 1]
    assert found.places["change"][:, 0].tolist() == found.places["percent"][:, 0].tolist() == [1, 2]
    assert found.values["change"][:, 0].tolist() == [5, 4]
    assert found.values["percent"][:, 0].tolist() == pytest.approx([50, 10])


def test_less_is_better_where_down_is_good(tmp_path: Path) -> None:
    """Of 15 and 44 the first is best, and the one that rose less moved best."""
    document = plan_of(tmp_path, "year: 2020, value: 5", direction="down")
    found = mt.rank(document, file_of(tmp_path, COUNTS))
    assert found.places["level"][:, 0].tolist() == [1, 2]
    assert found.places["change"][:, 0].tolist() == [2, 1]


def test_the_last_year_counts_from_the_year_before(tmp_path: Path, counts: Document) -> None:
    """From 13 to 15 is 2 on the year before; the other has no such year."""
    found = mt.rank(counts, file_of(tmp_path, COUNTS + "x,甲区,2017,13\n"), by="yearly")
    assert found.values["yearly"][0, 0] == 2
    assert found.places["yearly"][:, 0].tolist() == [1, 0]


def test_places_gained_since_an_earlier_check(tmp_path: Path, counts: Document) -> None:
    """甲区 was second with 10 against 40, and is first with 50 against 44: one gained, one lost."""
    earlier = mt.check(counts, file_of(tmp_path, COUNTS), regions=["all"])
    rows = json.dumps(
        {
            "format_version": 1,
            "command": "check",
            "document": "example",
            "as_of": 2018,
            "method": "schedule",
            "results": earlier.to_dicts(),
        }
    )
    now = file_of(tmp_path, COUNTS.replace("甲区,2018,15", "甲区,2018,50"))
    found = mt.rank(counts, now, since=rows)
    assert found.moved is not None
    assert found.moved[:, 0].tolist() == [1, -1]
    assert mt.rank(counts, now, since=rows, by="movement").score_place.tolist() == [1, 2]
    with pytest.raises(mt.InputError) as caught:
        mt.rank(counts, now, since=rows.replace('"example", "as_of"', '"other", "as_of"'))
    assert caught.value.faults[0].code == "other-document"


def test_what_changed_is_told_with_its_region(run: Run, tmp_path: Path) -> None:
    """Of two regions the one whose figure changed is named in the note."""
    (tmp_path / "t.csv").write_text(TWO, encoding="utf-8")
    asked = ["shaoxing-2025", "t.csv", "--region", "all", "--indicator", "integration_index"]
    run("check", *asked, "-o", "e.json")
    (tmp_path / "t.csv").write_text(TWO.replace(",66", ",67").replace(",70", ",71"), "utf-8")
    note = run("note", *asked, "--since", "e.json").stdout
    assert "66 (2018) → 67 (2018)" in note
    assert "| 越城区 两化融合指数 |" in note


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"weights": {"x": -1}}, "bad-weight"),
        ({"weights": {"x": float("nan")}}, "bad-weight"),
        ({"weights": {"x": 0}}, "weights-zero"),
        ({"weights": {"y": 1}}, "no-such-indicator"),
        ({"regions": ["甲区"]}, "one-region"),
        ({"by": "yearly"}, "nothing-ranked"),
        ({"by": "movement"}, "option-without"),
        ({"by": "luck"}, "bad-option"),
    ],
)
def test_what_cannot_be_ranked_is_said(
    tmp_path: Path, counts: Document, asked: dict[str, object], code: str
) -> None:
    """Weights that make no sense, one region alone, and nothing to rank by."""
    with pytest.raises(mt.InputError) as caught:
        mt.rank(counts, file_of(tmp_path, COUNTS), **asked)  # type: ignore[arg-type]
    assert [fault.code for fault in caught.value.faults] == [code]


TWO = """\
indicator,region,period,value
integration_index,越城区,2015,60
integration_index,越城区,2018,66
integration_index,柯桥区,2018,70
listed_companies,越城区,2018,9
"""


def test_a_ranking_goes_into_every_form(run: Run, tmp_path: Path) -> None:
    """Table, Markdown, CSV, JSON and a workbook; the missing has no place and its weight is shared."""
    (tmp_path / "t.csv").write_text(TWO, encoding="utf-8")
    asked = ["rank", "shaoxing-2025", "t.csv", "--indicator", "integration_index"]
    asked += ["--indicator", "listed_companies", "--weight", "integration_index=3"]
    answer = json.loads(run(*asked, "--format", "json").stdout)
    scores = {one["region"]: one for one in answer["scores"]}
    # 越城区 is last by the index (weight 3) and alone with companies (0.5, weight 1)
    assert scores["越城区"]["score"] == pytest.approx(0.125)
    assert (scores["柯桥区"]["score"], scores["柯桥区"]["weight_known"]) == (1, 0.75)
    shown = run(*asked, "--lang", "en").stdout
    assert "ranking of regions" in shown
    assert run(*asked, "--format", "markdown").stdout.count("| --: |") >= 1
    lines = run(*asked, "--format", "csv").stdout.splitlines()
    assert len(lines) == 1 + 4
    run(*asked, "-o", "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert len(book.sheetnames) == 4
    rows = [
        row for row in book["listed_companies"].iter_rows(values_only=True) if row[0] == "越城区"
    ]
    assert not any(isinstance(cell, str) and cell[:1] in "+-" and cell[1:] for cell in rows[0])
    told = run(*asked, "--explain", "越城", "--lang", "en").stdout
    assert "0.125" in told


def test_the_matrix_has_a_column_for_each_region(run: Run, tmp_path: Path) -> None:
    """Indicators down, regions across, in the table and in Markdown; JSON has a row for each pair."""
    (tmp_path / "t.csv").write_text(TWO, encoding="utf-8")
    asked = [
        "check",
        "shaoxing-2025",
        "t.csv",
        "--region",
        "all",
        "--indicator",
        "integration_index",
    ]
    assert "越城区" in run(*asked).stdout.splitlines()[2]
    assert "| 柯桥区 |" in run(*asked, "--format", "markdown").stdout
    rows = json.loads(run(*asked, "--format", "json").stdout)["results"]
    assert [row["region"] for row in rows] == ["越城区", "柯桥区"]
    assert "[越城区]" in run(*asked, "--long").stdout
    junit = run(*asked, "--format", "junit").stdout
    assert junit.count("<testcase") == 2


def test_the_page_has_the_matrix_and_the_ranking(run: Run, tmp_path: Path) -> None:
    """Two regions stand beside each other on the page, and no two cards share an id."""
    (tmp_path / "t.csv").write_text(TWO, encoding="utf-8")
    asked = ["--region", "all", "--indicator", "integration_index", "-o", "p.html"]
    run("report", "shaoxing-2025", "t.csv", *asked)
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert '<section class="matrix">' in page
    assert '<section class="ranking">' in page
    assert page.count('<article id="shaoxing-2025/越城区/integration_index@2020"') <= 1
    assert page.count("<article") == 2


@pytest.fixture
def departed(tmp_path: Path) -> Path:
    """Return a plan of two indicators, of 市经信委 with 市科技局, and of 市经信局."""
    plan_of(tmp_path, "year: 2020, value: 40", departments="[市经信委, 市科技局]")
    path = tmp_path / "x.yaml"
    text = path.read_text(encoding="utf-8")
    second = text[text.index("  - id: x") :].replace("id: x", "id: y").replace("某", "另")
    second = second.replace("[市经信委, 市科技局]", "[市经信局]")
    path.write_text(text + second, encoding="utf-8")
    return path


def test_each_department_has_its_list(departed: Path) -> None:
    """市经信委 leads what 市科技局 joins; what nobody measured is on the list too."""
    found = mt.tasks(departed, [{"indicator": "x", "year": 2018, "value": 30}])
    listed = [(task.department, task.leads, task.result.indicator) for task in found]
    assert listed == [("市经信委", True, "x"), ("市科技局", False, "x"), ("市经信局", True, "y")]
    assert found[2].result.status == "no_data"


def test_a_table_joins_the_spellings_of_a_department(departed: Path, tmp_path: Path) -> None:
    """市经信委 = 市经信局: one list of both indicators, whichever is asked for."""
    table = file_of(tmp_path, "name,department\n市经信委,市经信局\n")
    rows = [{"indicator": "x", "year": 2018, "value": 30}]
    found = mt.tasks(departed, rows, department_table=table, departments=["市经信委"])
    assert [(task.department, task.result.indicator) for task in found] == [
        ("市经信局", "x"),
        ("市经信局", "y"),
    ]
    with pytest.raises(mt.InputError) as caught:
        mt.tasks(departed, rows, department_table=table, departments=["市财政局"])
    assert caught.value.faults[0].code == "no-such-department"
    table = file_of(tmp_path, "name,department\n市经信委,市经信局\n市经信委,市科技局\n")
    with pytest.raises(mt.InputError) as caught:
        mt.tasks(departed, rows, department_table=table)
    assert caught.value.faults[0].code == "department-twice"


def test_tasks_go_into_every_form(run: Run, departed: Path, tmp_path: Path) -> None:
    """The clause and the role stand in each."""
    (tmp_path / "t.csv").write_text("indicator,year,value\nx,2018,30\n", encoding="utf-8")
    asked = ["tasks", str(departed), "t.csv"]
    assert "市科技局" in run(*asked).stdout
    rows = json.loads(run(*asked, "--format", "json").stdout)["results"]
    assert [(row["department"], row["role"], row["quote"]) for row in rows][1] == (
        "市科技局",
        "joins",
        "某",
    )
    run(*asked, "-o", "t.xlsx")
    assert run(*asked, "--department", "市科技局", "--format", "csv").stdout.count("\n") == 2


def test_a_note_for_each_department_in_one_run(run: Run, departed: Path, tmp_path: Path) -> None:
    """A folder gets a note under each name, of what that department answers for alone."""
    (tmp_path / "t.csv").write_text("indicator,year,value\nx,2018,30\n", encoding="utf-8")
    run("note", str(departed), "t.csv", "--by", "department", "-o", "notes/")
    names = sorted(path.name for path in (tmp_path / "notes").iterdir())
    assert names == ["市科技局.md", "市经信委.md", "市经信局.md"]
    text = (tmp_path / "notes" / "市经信局.md").read_text(encoding="utf-8")
    assert "另" in text
    assert "**某**" not in text
    asked = ["--by", "department", "-o", "no/such/"]
    assert "unwritable-file" in run("note", str(departed), "t.csv", *asked, code=2).stderr


def test_one_region_is_followed_and_noted(run: Run, tmp_path: Path) -> None:
    """Track takes one region; note, warn and evaluate tell each by itself, under its name."""
    (tmp_path / "t.csv").write_text(TWO, encoding="utf-8")
    asked = ["shaoxing-2025", "integration_index", "t.csv", "--region"]
    rows = json.loads(run("track", *asked, "越城区", "--format", "json").stdout)["results"]
    assert {row["year"]: row["latest_value"] for row in rows}[2018] == 66
    assert "bad-option" in run("track", *asked, "all", code=2).stderr
    asked = ["shaoxing-2025", "t.csv", "--region", "all", "--indicator", "integration_index"]
    assert "(柯桥区)" in run("note", *asked).stdout
    for command in ("warn", "evaluate"):
        answer = json.loads(run(command, *asked, "--format", "json").stdout)
        assert answer["document"] == "shaoxing-2025"
        assert [row["region"] for row in answer["results"]] == ["越城区", "柯桥区"]


ELSEWHERE = """\
indicator,region,period,value
x,示例市,2023,13
x,乙区,2020,4
x,乙区,2023,10
x,丙区,2023,18
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Document:
    """Return a city's plan with a target for one of its districts: from 4 to 14 by 2030."""
    target = "year: 2030, value: 14, region: 乙区, baseline: {year: 2020, value: 4}"
    return plan_of(tmp_path, target, unit='"%"', nature="ratio", period="start: 2021, end: 2030")


def test_a_target_of_a_district_is_judged_there(tmp_path: Path, elsewhere: Document) -> None:
    """Where no region is asked for, the district's 10 is judged, and 7 is due; the city's 13 is not."""
    path = tmp_path / "a.csv"
    path.write_text(ELSEWHERE, encoding="utf-8")
    (alone,) = mt.check(elsewhere, path).results
    assert (alone.region, alone.latest_value, alone.on_track_value) == ("乙区", 10, 7)
    several = judged(tmp_path, elsewhere, ELSEWHERE, "示例市", "乙区", "丙区")
    assert several["乙区"] == alone
    assert {several[name].reason for name in ("示例市", "丙区")} == {"no_regional_target"}
    assert (several["示例市"].latest_value, several["丙区"].latest_value) == (13, 18)
    judged_many = pl.DataFrame(mt.check_regions(elsewhere, path, as_of=2023))
    assert judged_many.select("region", "reason").rows() == [
        ("示例市", "no_regional_target"), ("乙区", None), ("丙区", "no_regional_target")
    ]  # fmt: skip


def test_a_table_of_targets_serves_one_region_too(tmp_path: Path, counts: Document) -> None:
    """Of 甲区 alone the line of 乙县 is not looked at, whose values are not read."""
    table = file_of(tmp_path, "region,indicator,year,value\n甲区,x,2020,18\n乙县,x,2020,60\n")
    one = judged(tmp_path, counts, COUNTS, "甲区", region_targets=table)
    assert one == {"甲区": judged(tmp_path, counts, COUNTS, region_targets=table)["甲区"]}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("示例市,x,2020,18", "no-own-target"),
        ("甲区,x,2020,1e400", "not-a-number"),
        ("甲区,x,2020,1e16", "not-a-number"),
    ],
)
def test_what_no_region_can_be_given_is_refused(
    tmp_path: Path, counts: Document, line: str, code: str
) -> None:
    """The document's own region has the plan's targets, and no target is larger than any number."""
    table = file_of(tmp_path, f"region,indicator,year,value\n{line}\n")
    assert faults_of(tmp_path, counts, COUNTS, region_targets=table) == [code]


def test_very_many_regions_may_have_targets_of_their_own(tmp_path: Path, counts: Document) -> None:
    """As in a check of all regions: by a table, and by the rule of equal growth."""
    path = tmp_path / "a.csv"
    path.write_text(COUNTS, encoding="utf-8")
    table = file_of(tmp_path, "region,indicator,year,value\n甲区,x,2020,18\n")
    asked = {"as_of": 2018, "region_targets": table, "region_rule": "equal-growth"}
    found = pl.DataFrame(mt.check_regions(counts, path, **asked))
    assert found.select("region", "target_value").rows() == [("甲区", 18.0), ("乙县", 80.0)]


@pytest.mark.parametrize(
    "asked",
    [{"tolerance": float("nan")}, {"tolerance": -1}, {"approx": -1}, {"trend": 0}, {"as_of": 0}],
)
def test_numbers_of_a_question_that_mean_nothing_are_refused(
    tmp_path: Path, counts: Document, asked: dict[str, float]
) -> None:
    """From Python as on the command line."""
    assert faults_of(tmp_path, counts, COUNTS, **asked) == ["bad-option"]


def test_charts_of_regions_have_files_of_their_own(
    run: Run, tmp_path: Path, shares: Document
) -> None:
    """Each region's note leads to its own."""
    (tmp_path / "a.csv").write_text(SHARES, encoding="utf-8")
    run("note", str(shares.path), "a.csv", "--region", "all", "--charts", "c", "-o", "n.md")
    names = {path.name for path in (tmp_path / "c").iterdir()}
    assert len(names) == 2
    assert all(name in unquote((tmp_path / "n.md").read_text("utf-8")) for name in names)
