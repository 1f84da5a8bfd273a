"""Early warning and the closing evaluation: levels, reasons and outcomes worked by hand."""

import json
from pathlib import Path

import openpyxl
import pytest

import mfgtargets as mt
from checks import checked
from conftest import Run
from mfgtargets.document.records import Document
from mfgtargets.evaluation.closing import Outcome, evaluate
from mfgtargets.evaluation.warning import Warned, warnings_of
from mfgtargets.observations.observation import Tally
from plans import plan_of, table_of

BASE = "{year: 2015, value: 100}"


def warned(document: Document, values: dict[int, float]) -> Warned:
    """Return the warning of the plan's first row by a value a year."""
    rows = " ".join(f"{year},{value}" for year, value in values.items())
    return warnings_of(checked(document, table_of(rows)))[0]


def closed(document: Document, values: dict[int, float], **question: object) -> Outcome:
    """Return the outcome of the plan's first row by a value a year."""
    rows = " ".join(f"{year},{value}" for year, value in values.items())
    return evaluate(checked(document, table_of(rows), **question)).outcomes[0]


@pytest.mark.parametrize(
    ("values", "level", "reasons"),
    [
        ({2016: 112, 2017: 124, 2018: 136}, 3, ()),  # 10 a year is asked for
        ({2018: 120}, 1, ("lagging",)),
        ({2016: 99}, 1, ("lagging",)),
        # 128 of 130 is 4 points behind, and 9.33 a year till then are less than the 11 still needed
        ({2018: 128}, 2, ("pace_short",)),
        # leads 10, 4, 2 points; 10.3 a year are more than the 9.5 still needed
        ({2016: 115, 2017: 122, 2018: 131}, 2, ("lead_shrinking",)),
        ({2016: 115, 2017: 125, 2018: 135}, 3, ()),  # 5, 5, 5 points
        ({2017: 137, 2018: 136}, 2, ("reversing",)),
        ({2017: 155, 2018: 152}, 2, ("reversing",)),  # met early, and falling back
        ({2018: 151}, 3, ()),
    ],
)
def test_each_level_has_its_reasons(
    tmp_path: Path, values: dict[int, float], level: int, reasons: tuple[str, ...]
) -> None:
    """From 100 in 2015 to 150 in 2020: what lags, what will, and what goes smoothly."""
    found = warned(plan_of(tmp_path, "value: 150, year: 2020", baseline=BASE), values)
    assert (found.level, found.reasons) == (level, reasons)


def test_falls_are_warned_of_by_the_same_rule(tmp_path: Path) -> None:
    """Down from 100 to 50 by 2020: at 72 in 2018 the pace of 9.33 a year is less than 11."""
    document = plan_of(tmp_path, "value: 50, year: 2020", baseline=BASE, direction="down")
    assert warned(document, {2018: 72}).reasons == ("pace_short",)
    assert warned(document, {2018: 69}).level == 3


def test_what_cannot_be_told_has_no_level(tmp_path: Path) -> None:
    """No data is not smooth."""
    document = plan_of(tmp_path, "value: 50, year: 2020")
    (found,) = warnings_of(mt.check(document, mt.Actuals((), (), Tally()), every=True))
    assert (found.level, found.reasons) == (None, ("no_data",))


@pytest.mark.parametrize(("value", "code"), [(120, 1), (140, 0)])
def test_a_warning_can_fail_a_job(run: Run, tmp_path: Path, value: int, code: int) -> None:
    """--fail-on warning exits 1 at levels 1 and 2, never without it."""
    document = plan_of(tmp_path, "value: 150, year: 2020", baseline=BASE)
    (tmp_path / "a.csv").write_text(table_of(f"2018,{value}"))
    asked = ("warn", str(document.path), "a.csv")
    run(*asked, "--fail-on", "warning", code=code)
    told = run(*asked).stdout
    assert ("一级:预警" in told) == bool(code)
    found = json.loads(run(*asked, "--format", "json").stdout)
    assert found["summary"] == {"1": code, "2": 0, "3": 1 - code}


@pytest.mark.parametrize(
    ("values", "as_of", "code", "reached"),
    [
        ({2020: 150}, 2020, "met", None),
        ({2020: 148}, 2020, "met_within", None),  # 左右 leaves 5 % of 50
        ({2020: 140}, 2020, "missed", None),
        ({2020: 140, 2021: 145, 2022: 151, 2023: 160}, 2023, "reached_late", 2022),
        ({2022: 151}, 2022, "met", None),  # the first value after the year decides
        ({2018: 150}, 2018, "met_early", None),
        ({2018: 120}, 2018, "lagging", None),
        ({2014: 90}, 2021, "undecided", None),
    ],
)
def test_every_outcome(
    tmp_path: Path, values: dict[int, float], as_of: int, code: str, reached: int | None
) -> None:
    """About 150 by 2020, from 100 in 2015."""
    target = "value: 150, year: 2020, comparator: approx"
    found = closed(plan_of(tmp_path, target, baseline=BASE), values, as_of=as_of)
    assert (found.code, found.reached) == (code, reached)


def test_a_target_never_measured_is_said_to_be(tmp_path: Path) -> None:
    """No figure at all is another outcome than one that does not decide."""
    document = plan_of(tmp_path, "value: 50")
    check = mt.check(document, mt.Actuals((), (), Tally()), every=True)
    assert evaluate(check).outcomes[0].code == "never_measured"


def test_counts_are_by_group_and_obligation(run: Run, tmp_path: Path) -> None:
    """Two targets, one binding: each count adds up, in every form."""
    document = plan_of(
        tmp_path,
        "value: 150, year: 2020, obligation: binding",
        "value: 120, year: 2018",
        baseline=BASE,
    )
    (tmp_path / "a.csv").write_text(table_of("2018,125 2020,140"))
    asked = ("evaluate", str(document.path), "a.csv", "--target-year", "all")
    found = json.loads(run(*asked, "--format", "json").stdout)
    assert found["summary"] == {"met": 1, "missed": 1}
    assert found["counts"] == [
        {"of": "group", "name": "一", "outcomes": {"met": 1, "missed": 1}},
        {"of": "obligation", "name": "binding", "outcomes": {"missed": 1}},
    ]
    told = run(*asked).stdout
    assert "合计 2项:完成1、未完成1" in told
    assert "约束性 1项:未完成1" in told
    run(*asked, "-o", "e.xlsx")
    book = openpyxl.load_workbook(tmp_path / "e.xlsx")
    assert book["evaluate"].max_row == 3
    assert "| 未完成 | -10 |" in run(*asked, "--format", "markdown").stdout
    assert run(*asked, "--format", "csv").stdout.count("\n") == 3
    assert "error[bad-option]" in run(*asked, "-o", "e.doc", code=2).stderr


def test_all_documents_at_once(run: Run) -> None:
    """``all`` gives an answer for each document."""
    for command in ("warn", "evaluate"):
        found = json.loads(run(command, "all", "--format", "json").stdout)
        assert {one["document"] for one in found["documents"]} >= {"shaoxing-2025", "jinhua-2022"}
        assert run(command, "all").stdout.count("截至") >= 5


@pytest.mark.parametrize(
    ("direction", "values", "target", "trend", "ambition"),
    [
        ("up", (10, 12, 14, 16), 24, 26, -2),
        ("up", (10, 12, 14, 16), 30, 26, 4),
        ("down", (16, 14, 12, 10), 1, 0, -1),
    ],
)
def test_ambition_is_against_the_trend_before(
    tmp_path: Path,
    direction: str,
    values: tuple[int, ...],
    target: int,
    trend: float,
    ambition: float,
) -> None:
    """10, 12, 14, 16 of 2017-2020 lead to 26 by 2025; falling, 16 to 10 lead to 0."""
    document = plan_of(
        tmp_path,
        f"value: {target}, year: 2025",
        period="start: 2021, end: 2025",
        baseline_year=2020,
        direction=direction,
    )
    years = dict(zip(range(2017, 2021), values, strict=True))
    found = closed(document, {**years, 2022: values[-1]})
    assert (found.trend, found.ambition) == (pytest.approx(trend), pytest.approx(ambition))
    assert closed(document, {2019: 12, 2020: 14, 2022: 15}).trend is None


def test_an_evaluation_is_by_the_plan(run: Run) -> None:
    """Another method's words say how it goes, not what became of a target: refused by name."""
    told = run("evaluate", "shaoxing-2025", "bundled", "--method", "eurostat", code=2).stderr
    assert "error[bad-option]" in told
    assert "schedule" in told
    run("evaluate", "shaoxing-2025", "bundled", "--method", "all")


def test_show_tells_of_the_trend_before(tmp_path: Path, run: Run) -> None:
    """The plan's own actuals of 2017-2020 lead to 26 by 2025: a target of 24 asks 2 less."""
    for name in ("targets", "actuals"):
        (tmp_path / name).mkdir()
    plan_of(
        tmp_path / "targets", "value: 24, year: 2025", period="start: 2021, end: 2025",
        baseline_year=2020,
    )  # fmt: skip
    (tmp_path / "targets" / "x.yaml").rename(tmp_path / "targets" / "example.yaml")
    told = "目标比既有趋势(26)低2"
    assert told not in run("show", "targets/example.yaml").stdout
    table = table_of("2017,10 2018,12 2019,14 2020,16")
    (tmp_path / "actuals" / "example.csv").write_text(table, encoding="utf-8")
    assert told in run("show", "targets/example.yaml").stdout
    assert told in run("show", "targets/example.yaml", "x").stdout
    assert told in run("evaluate", "targets/example.yaml", "bundled", "--as-of", "2020").stdout
