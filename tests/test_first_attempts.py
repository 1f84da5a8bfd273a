"""What people write at first and is wrong: each is told with its place, its cause and the cure."""

import re
from pathlib import Path

import pytest

from checks import checked
from conftest import Run
from mfgtargets.document.load import load_document
from plans import HEAD

DOCS = Path(__file__).parents[1] / "docs"
TUTORIAL, ZH_TUTORIAL = (
    re.search(r"```yaml tutorial.yaml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)[1]  # type: ignore[index]
    for page in (DOCS / "tutorial.md", DOCS / "zh" / "tutorial.md")
)


@pytest.mark.parametrize("plan", [TUTORIAL, ZH_TUTORIAL], ids=["en", "zh"])
def test_the_plan_of_the_tutorial_has_fifteen_indicators(tmp_path: Path, plan: str) -> None:
    """It is written in one go, with every kind of target that there is."""
    path = tmp_path / "tutorial.yaml"
    path.write_text(plan, encoding="utf-8")
    document = load_document(path)
    assert len(document.indicators) == 15
    kinds = {target.kind for target in document.targets}
    assert kinds >= {"level", "growth_rate", "cumulative_change", "increment", "annual_flow",
                     "multiple", "rank", "relative", "delegated", "event"}  # fmt: skip


@pytest.mark.parametrize(
    ("right", "wrong", "code", "cure"),
    [
        ("value: 80}", "value: 80%}", "not-a-number", "write it as 13.5"),
        ("value: 1.6,", 'value: "1.6:1",', "not-a-number", "write it as 13.5"),
        ("3.6, comparator: ge", "3.6, comparator: 以上", "not-one-of", "ge"),
        ("obligation: binding", "obligation: 约束", "not-one-of", "binding"),
        ("obligation: binding", "obligation: must", "not-one-of", "binding, expected"),
        ('due: "2027-06"', "due: 2027年6月", "bad-form", "2026-06"),
        ('due: "2027-06"', 'due: "2027-06", year: 2028', "due-outside-year", "leave year out"),
        ("kind: event", "kind: 建成", "not-one-of", "event"),
        ('"2027-06", value: null', '"2027-06", value: 1', "delegated-value", "remove value"),
        ("path: logistic", "path: S曲线", "not-one-of", "logistic"),
        ("path: logistic", "path: logistic\n    ceiling: 70", "over-ceiling", "check the value"),
        ("indicator: gdp_growth,", "indicator: gdp_growt,", "unknown-benchmark", "gdp_growth"),
        ("out_of: 11", "out_of: 2", "out-of-what", "out_of: 31"),
        ("kind: rank", "kind: 排名", "not-one-of", "rank"),
        ("kind: multiple", "kind: 翻番", "not-one-of", "multiple"),
        ("kind: relative", "kind: level", "value-missing", "relative"),
        ("hold: each_year", "hold: 每年", "not-one-of", "each_year"),
        (
            "{period: {start: 2026, end: 2030}, value: 6.5",
            "{year: 2030, value: 6.5",
            "period-missing",
            "period",
        ),
        ("nature: stock\n    kind: rank", "nature: 存量\n    kind: rank", "not-one-of", "stock"),
        ("main_table: 二、主要目标", "main_table: 主要目标", "unknown-section", "二、主要目标"),
    ],
)  # fmt: skip
def test_a_first_attempt_is_told_what_to_write(
    tmp_path: Path, run: Run, right: str, wrong: str, code: str, cure: str
) -> None:
    """One slip in the tutorial's plan gives one fault, at its line, with what to write instead."""
    assert TUTORIAL.count(right) >= 1
    (tmp_path / "plan.yaml").write_text(TUTORIAL.replace(right, wrong, 1), encoding="utf-8")
    told = run("validate", "plan.yaml", "--lang", "en", code=2).stderr
    faults = re.findall(r"plan\.yaml:([0-9]+):[0-9]+: error\[([a-z-]+)\]", told)
    assert [found for _, found in faults] == [code]
    line = TUTORIAL[: TUTORIAL.index(right)].count("\n") + 1
    assert abs(int(faults[0][0]) - line) <= 12  # within its indicator
    assert re.search("^  (hint|expected): ", told, re.MULTILINE)
    assert cure in told


X = "  - {id: x, name_zh: 甲, unit: 家, direction: up, nature: stock, section: 一, quote: 甲, targets: ["
Y = "  - {id: y, name_zh: 乙, unit: 家, direction: up, nature: stock, section: 一, quote: 乙, targets: ["
OLD = "{value: 30, year: 2025, set_on: '2021-01-15'}"


@pytest.mark.parametrize(
    ("indicators", "code"),
    [
        (
            X + "{value: 3, year: 2025, revises: 'x@2025#2', set_on: '2021-01-01'},"
            "{value: 4, year: 2025, revises: x@2025, set_on: '2022-01-01'}]}",
            "revises-circle",
        ),
        (
            X + OLD + ",{value: 25, year: 2025, revises: x@2025, set_on: '2020-06-01'}]}",
            "revises-earlier",
        ),
        (
            X + OLD + "]}\n" + Y + "{value: 25, year: 2025, revises: x@2025, set_on: '2023-01-01'}]}",
            "revises-other",
        ),
        (X + "{value: null, kind: relative, relative_to: {indicator: x}}]}", "relative-self"),
        (X + "{value: 3, year: 2025, due: '2026-06'}]}", "due-outside-year"),
        (X.replace("unit", "ceiling: 50, baseline: {year: 2015, value: 60}, unit")
         + "{value: 40, note: 降低}]}", "over-ceiling"),
        (X + "{value: 3, obligation: 必须}]}", "not-one-of"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_told(
    tmp_path: Path, run: Run, indicators: str, code: str
) -> None:
    """A circle, an early revision, another's, itself, a day elsewhere, a low ceiling, a new word."""
    head = HEAD.format(period="start: 2016, end: 2025", baseline_year=2015)
    (tmp_path / "plan.yaml").write_text(head + indicators + "\n", encoding="utf-8")
    told = run("validate", "plan.yaml", "--lang", "en", code=2).stderr
    assert re.search(rf"plan\.yaml:[0-9]+:[0-9]+: error\[{code}\]", told)
    assert re.search("^  (hint|expected): ", told, re.MULTILINE)


def test_an_aim_without_a_benchmark_is_named(tmp_path: Path) -> None:
    """Relative to an indicator without data there is no verdict, and the reason says why."""
    head = HEAD.format(period="start: 2016, end: 2025", baseline_year=2015)
    lines = (
        X + "{value: null, kind: relative, relative_to: {indicator: y}}]}\n" + Y + "{value: 9}]}\n"
    )
    (tmp_path / "plan.yaml").write_text(head + lines, encoding="utf-8")
    document = load_document(tmp_path / "plan.yaml")
    found = checked(document, "indicator,year,value\nx,2018,4").results[0]
    assert (found.status, found.reason) == ("not_assessable", "no_benchmark")


def test_two_sources_that_disagree_are_told(tmp_path: Path, run: Run) -> None:
    """Two figures for one year: both with their sources, the place of each, and what to do."""
    head = HEAD.format(period="start: 2016, end: 2025", baseline_year=2015)
    (tmp_path / "plan.yaml").write_text(head + X + "{value: 9}]}\n", encoding="utf-8")
    table = "indicator,year,value,source\nx,2018,4,年鉴\nx,2018,5,公报\n"
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    told = run("check", "plan.yaml", "a.csv", code=2).stderr
    assert re.search(r"a\.csv:3(:[0-9]+)?: error\[values-disagree\]", told)
    assert "a.csv:2" in told
    assert "年鉴" in told
    assert "公报" in told
    assert "提示:" in told
