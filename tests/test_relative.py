"""Aims that are another indicator's value of the same year: numbers worked by hand."""

from pathlib import Path

import pytest

from checks import checked
from conftest import Run
from mfgtargets.document.load import load_document
from mfgtargets.document.records import Document
from mfgtargets.evaluation.results import Result
from mfgtargets.faults import InputError
from plans import HEAD

PLAN = HEAD.format(period="start: 2021, end: 2025", baseline_year=2020)
PLAN += """\
  - id: gdp_growth
    name_zh: 国内生产总值增长
    unit: "%"
    nature: ratio
    direction: up
    kind: delegated
    section: 一
    quote: 各年度视情提出
    targets: [{value: null, year: 2025}]
  - id: income_growth
    name_zh: 居民人均可支配收入增长
    unit: "%"
    nature: ratio
    direction: up
    kind: relative
    section: 一
    quote: 与国内生产总值增长基本同步
    targets:
      - {value: null, relative_to: {TO}, period: {start: 2021, end: 2025}MORE}
"""
TO = "{indicator: gdp_growth}"
BASIC = ", hedge: [基本]"
GDP = {2021: 8.1, 2022: 3.0, 2023: 5.2}
INCOME = {2021: 8.1, 2022: 2.9, 2023: 6.1}


def plan(folder: Path, to: str = TO, more: str = BASIC) -> Document:
    """Return the plan with an aim relative to growth."""
    path = folder / "x.yaml"
    path.write_text(PLAN.replace("{TO}", to).replace("MORE", more), encoding="utf-8")
    return load_document(path)


def judged(
    document: Document, income: dict[int, float], gdp: dict[int, float], **question: object
) -> Result:
    """Judge income growth beside growth."""
    rows = [f"income_growth,{year},{value}," for year, value in income.items()]
    rows += [f"gdp_growth,{year},{value},yearly_change" for year, value in gdp.items()]
    table = "\n".join(["indicator,year,value,measure", *rows])
    return checked(document, table, indicators=["income_growth"], **question).results[0]


def test_every_year_is_held_against_its_own(tmp_path: Path) -> None:
    """8.1, 2.9, 6.1 against 8.1, 3.0, 5.2: kept each year, 2.9 being within 5 % of 3.0."""
    found = judged(plan(tmp_path), INCOME, GDP)
    assert (found.status, found.breached) == ("on_track", ())
    assert (found.target_value, found.latest_value) == (5.2, 6.1)
    assert found.gap_to_target == pytest.approx(0.9)
    assert (found.given_measure, found.progress) == ("yearly_change", None)
    strict = judged(plan(tmp_path, more=""), INCOME, GDP)
    assert (strict.status, strict.breached) == ("lagging", (2022,))


@pytest.mark.parametrize(("income", "status"), [(-1.05, "on_track"), (-1.06, "lagging")])
def test_room_is_of_the_size(tmp_path: Path, income: float, status: str) -> None:
    """Where the other one is −1.0 the bound is −1.05."""
    assert judged(plan(tmp_path), {2021: income}, {2021: -1.0}).status == status


def test_higher_is_strict_and_more_is_added(tmp_path: Path) -> None:
    """高于 is not reached by the same, and 0.5 more than 5.2 is 5.7."""
    higher = plan(tmp_path, "{indicator: gdp_growth, comparator: gt}", "")
    assert judged(higher, {2023: 5.2}, GDP).status == "lagging"
    assert judged(higher, {2023: 5.3}, GDP).status == "on_track"
    more = plan(tmp_path, "{indicator: gdp_growth, comparator: ge, offset: 0.5}", "")
    found = judged(more, {2023: 5.6}, GDP)
    assert (found.status, found.target_value) == ("lagging", 5.7)


def test_a_mean_is_held_against_the_mean(tmp_path: Path) -> None:
    """8.1 and 2.9 are 5.5 on average, 8.1 and 3.0 5.55, of which 0.05 is less than 5 %."""
    found = judged(plan(tmp_path, more=BASIC + ", hold: average"), INCOME, GDP, as_of=2022)
    assert found.target_value == pytest.approx(5.55)
    assert found.status == "on_track"


def test_a_year_the_other_lacks_decides_nothing(tmp_path: Path) -> None:
    """2023's income waits for 2023's growth; without any growth there is no benchmark."""
    found = judged(plan(tmp_path), INCOME, {2021: 8.1, 2022: 3.0})
    assert (found.status, found.latest_value, found.target_value) == ("on_track", 2.9, 3.0)
    none = judged(plan(tmp_path), INCOME, {})
    assert (none.status, none.reason) == ("not_assessable", "no_benchmark")


def test_at_the_end_every_year_is_asked_for(tmp_path: Path) -> None:
    """With 2024 and 2025 kept it is met; with 2024 unknown it cannot be told."""
    gdp, income = GDP | {2024: 5.0, 2025: 5.0}, INCOME | {2024: 5.1, 2025: 5.0}
    assert judged(plan(tmp_path), income, gdp).status == "met"
    gdp.pop(2024)
    found = judged(plan(tmp_path), income, gdp)
    assert (found.status, found.reason) == ("not_assessable", "missing_years")
    assert judged(plan(tmp_path), income | {2021: 7.0}, gdp).status == "missed"


def test_people_see_what_it_is_relative_to(tmp_path: Path, run: Run) -> None:
    """The table names the other indicator beside its value, show names it alone."""
    document = plan(tmp_path, "{indicator: gdp_growth, comparator: ge}")
    (tmp_path / "a.csv").write_text(
        "indicator,year,value,measure\nincome_growth,2023,6.1,\ngdp_growth,2023,5.2,yearly_change\n"
    )
    shown = run("check", str(document.path), "a.csv").stdout
    assert "每年5.2以上(国内生产总值增长)" in shown
    assert "每年国内生产总值增长以上" in run("show", str(document.path)).stdout
    assert "6.1" in run("track", str(document.path), "income_growth", "a.csv").stdout


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("{indicator: income_growth}", "relative-self"),
        ("{indicator: gdp_growht}", "unknown-benchmark"),
        ("{indicator: gdp_growth, comparator: le}", "comparator-direction"),
        ("null", "relative-missing"),
    ],
)
def test_nonsense_is_refused(tmp_path: Path, to: str, code: str) -> None:
    """Relative to itself, to nothing that is there, from the wrong side, or to nothing."""
    with pytest.raises(InputError) as caught:
        plan(tmp_path, to)
    assert [fault.code for fault in caught.value.faults] == [code]
