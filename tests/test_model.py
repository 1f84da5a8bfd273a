"""What plans say beside their numbers: obligation, weight, sources, names, baselines, hedges."""

import csv
import json
from pathlib import Path

import pytest

from checks import checked
from conftest import Run
from mfgtargets.data import data_folder
from mfgtargets.document.load import load_document
from mfgtargets.faults import InputError
from plans import plan_of, table_of


def test_a_target_says_more_than_its_number(tmp_path: Path, run: Run) -> None:
    """Obligation, weight and source: the target's own, else the indicator's, else the document's."""
    document = plan_of(
        tmp_path,
        "value: 10, year: 2018, obligation: expected, weight: 2.5",
        "value: 20, source: {title: 附表, page: 第3页}",
        obligation="binding",
    )
    first, second = document.targets
    assert (first.obligation, second.obligation) == ("expected", "binding")
    assert (first.weight, second.weight) == (2.5, None)
    assert (first.source.title, second.source) == ("示例", ("附表", None, "第3页"))
    shown = json.loads(run("show", str(document.path), "--format", "json").stdout)["targets"][1]
    assert shown["source"] == {"title": "附表", "url": None, "page": "第3页"}
    assert "性质  约束性" in run("show", str(document.path), "x").stdout
    found = checked(document, table_of("2015,5 2018,10"), target_year=2018).results[0]
    assert found.obligation == "expected"


def test_one_name_is_enough(tmp_path: Path, run: Run) -> None:
    """Where a name or title is in one language it serves both; without any it is a fault."""
    document = plan_of(tmp_path, "value: 10")
    text = document.path.read_text(encoding="utf-8")
    document.path.write_text(
        text.replace("    name_zh: 某\n", "").replace("title: 示例\n", "", 1), encoding="utf-8"
    )
    assert (load_document(document.path).targets[0].name_zh, document.targets[0].name_en) == (
        "X",
        "X",
    )
    assert "Example" in run("check", str(document.path)).stdout
    document.path.write_text(
        text.replace("    name_zh: 某\n    name_en: X\n", ""), encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        load_document(document.path)
    (fault,) = caught.value.faults
    assert fault.code == "name-missing"


def test_any_hedge_and_region_code_is_kept(tmp_path: Path) -> None:
    """努力 and 原则上 are hedges as much as 力争, which leave no room; codes of any form are codes."""
    document = plan_of(tmp_path, "value: 10, hedge: [努力, 原则上]")
    text = document.path.read_text(encoding="utf-8")
    document.path.write_text(text.replace("region: 示例市", "region: 示例市\nregion_code: NUTS-X1"))
    target = load_document(document.path).targets[0]
    assert (target.hedge, target.is_lenient) == (("努力", "原则上"), False)


def test_a_baseline_of_the_target_comes_first(tmp_path: Path) -> None:
    """From its own 40 in 2017 to 60 in 2020, 46.7 is due in 2018; the other target's is 10 of 2015."""
    document = plan_of(
        tmp_path, "value: 60, baseline: {year: 2017, value: 40}", baseline="{year: 2015, value: 10}"
    )
    found = checked(document, table_of("2018,50")).results[0]
    assert (found.baseline_year, found.baseline_value) == (2017, 40)
    assert found.on_track_value == pytest.approx(46.666667)


def test_a_bounded_baseline_is_no_number(tmp_path: Path, run: Run) -> None:
    """40以上 in 2015 gives no path, and says so; an exact actual of 2015 takes its place."""
    document = plan_of(tmp_path, "value: 60", baseline='{year: 2015, value: 40, bound: ">="}')
    found = checked(document, table_of("2018,50")).results[0]
    assert (found.status, found.reason) == ("not_assessable", "baseline_bound")
    assert found.gap_to_target == -10
    (tmp_path / "a.csv").write_text(table_of("2018,50"), encoding="utf-8")
    assert ">=40 (2015)" in run("check", str(document.path), "a.csv").stdout
    measured = checked(document, table_of("2015,42 2018,50")).results[0]
    assert (measured.baseline_value, measured.on_track_value) == (42, pytest.approx(52.8))


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("value: 10, obligation: must", "not-one-of"),
        ("value: 10, weight: 0", "out-of-range"),
        ('value: 10, baseline: {year: 2015, value: null, bound: ">"}', "bound-without-value"),
        ("value: 10, baseline: {year: 2020, value: 4}", "baseline-after-target"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, target: str, code: str) -> None:
    """An unknown word, no weight at all, a bound of nothing, a baseline of the target's year."""
    with pytest.raises(InputError) as caught:
        plan_of(tmp_path, target)
    assert [fault.code for fault in caught.value.faults] == [code]


@pytest.mark.parametrize(
    ("unit", "given", "value", "level"),
    [
        ("亿千瓦小时", "千瓦时", "30000000000", 300),
        ("千公顷", "公顷", "300000", 300),
        ("百万美元", "亿美元", "3", 300),
        ("score", "score", "300", 300),
        ("percent", "‰", "3000", 300),
        ("‰", "%", "30", 300),
        ("平方公里", "千公顷", "30", 300),
        ("t", "万吨", "0.03", 300),
        ("兆瓦", "万千瓦", "30", 300),
        ("years", "年", "300", 300),
        ("percent", "%", "300", 300),
        ("million", "million", "300", 300),
        ("微克/立方米", "微克/立方米", "300", 300),
        ("万件/万人", "件/万人", "3000000", 300),
        ("吨标准煤/万元", "吨标准煤/万元", "300", 300),
    ],
)
def test_any_unit_can_be_printed(
    tmp_path: Path, unit: str, given: str, value: str, level: float
) -> None:
    """Those that are known come in every size; any other is itself alone."""
    document = plan_of(tmp_path, "value: 400", unit=unit)
    found = checked(document, table_of(f"2018,{value},{given}", "year,value,unit")).results[0]
    assert found.latest_value == level
    with pytest.raises(AssertionError):
        checked(document, table_of(f"2018,{value},斗", "year,value,unit"))


def test_the_table_of_units_is_sound() -> None:
    """Every unit stands there once, is of itself or of one that is, and each English word means one."""
    with (data_folder() / "units.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    units = [row["unit"] for row in rows if row["path"] != "size"]
    assert len(units) == len(set(units))
    whole = {row["unit"] for row in rows if not row["of"]}
    assert {row["of"] for row in rows} - {""} <= whole
    assert {row["path"] for row in rows} == {"size", "rate", "step"}
    words = [word for row in rows for word in row["english"].split()]
    assert len(words) == len(set(words))
