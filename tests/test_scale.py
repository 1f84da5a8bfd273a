"""Very many regions and rows: by columns the same as line by line, a region alone as among others."""

import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mfgtargets as mt
from conftest import Run
from mfgtargets.document.records import Document
from mfgtargets.engine.answering import answered_anyway
from mfgtargets.engine.calculate import Request
from mfgtargets.evaluation.asked import Question
from mfgtargets.evaluation.byregion import by_regions
from mfgtargets.manyregions import checked_anyway
from mfgtargets.methods import METHODS
from mfgtargets.observations import actuals as reading
from mfgtargets.observations.observation import Tally
from mfgtargets.observations.regions import Regions
from plans import plan_of

SHARE = {"unit": '"%"', "nature": "ratio"}
COLUMNS = "indicator region period value unit measure bound obs_status note vintage".split()


def district(tmp_path: Path, actuals: Any, **question: Any) -> dict[tuple[str, str], Any]:
    """Return the results for every region of a share that is to reach 40 % by 2020, by region."""
    plan = plan_of(tmp_path, "value: 40, year: 2020", **SHARE)
    rows = pl.DataFrame(mt.check_regions(plan, actuals, as_of=2018, **question)).to_dicts()
    return {row["region"]: row for row in rows}


def test_each_district_is_measured_from_its_own_baseline(tmp_path: Path) -> None:
    """30 % of 2015 and 33 % of 2018 on the way to 40 %: 36 were due, 30 points behind; without 2015
    the gap to the target alone, -7.
    """  # noqa: D205 - one sentence
    actuals = [
        {"indicator": "x", "region": region, "period": year, "value": value}
        for region, year, value in (("甲", 2015, 30), ("甲", 2018, 33), ("乙", 2018, 33))
    ]
    found = district(tmp_path, pl.DataFrame(actuals))
    first, second = found["甲"], found["乙"]
    assert first["status"] == "lagging"
    assert first["on_track_value"] == pytest.approx(36)
    assert first["lead"] == pytest.approx(-0.3)
    assert second["lead"] is None
    assert "lead=no_baseline" in second["reasons"]
    assert second["gap_to_target"] == pytest.approx(-7)


@pytest.fixture
def by_columns(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let frames of any size be matched by their columns."""
    monkeypatch.setattr(reading, "LARGE_FRAME", 1)
    return monkeypatch


def told(tally: Tally) -> list[tuple[Any, ...]]:
    """Return what a tally counts."""
    return sorted(tally.by_reason.items())


def both_ways(plan: Document, frame: pl.DataFrame, patch: pytest.MonkeyPatch) -> list[Any]:
    """Return what is read of a frame by columns and line by line: every value, and all that is told."""
    found = []
    for rows in (1, 10**9):
        patch.setattr(reading, "LARGE_FRAME", rows)
        try:
            source = reading.table_source(frame, reading.Hints())
            read = reading.read_sources(plan, [source], regions=Regions(plan, ["all"]))
        except mt.InputError as error:
            found.append(sorted({fault.code for fault in error.faults}))
            continue
        values = sorted(
            (o.region, o.indicator, o.period, o.value, float(o.text), o.half_unit, o.unit, o.measure or "",
             o.bound, o.obs_status, o.vintage, o.place.line) for o in read.used
        )  # fmt: skip
        counts = read.read_as_fall, read.read_as_rise
        found.append(
            (values, told(read.left_out), told(read.doubts), [len(one) for one in counts],
             read.read_as_region)
        )  # fmt: skip
    return found


CELLS = {
    "indicator": ["x", "某", "示例市某", "y", "某下降", "z"],
    "region": ["甲", "乙", "示例市", "全市", "丙县"],
    "period": ["2015", "2016", "2018", "2018H1", "2018-09", "2016/2018", "20x8", "2018年"],
    "value": "30 33.5 -4 0 1e3 100 120.25 4000 12,5 突破100 80p 下降3% 99999999999999999 -".split(),
    "unit": ["", "", "", "%", "万家", "家", "吨"],
    "measure": ["", "", "", "level", "yearly_change", "added", "同比", "odd"],
    "bound": ["", "", "", ">", "<="],
    "obs_status": ["", "", "P", "D", "预测"],
    "note": ["", "", "", "约"],
    "vintage": ["", "", "2017", "2019-05-01"],
}
ROWS = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}),
    min_size=1,
    max_size=25,
)
PLANS = {
    "level": ({"unit": "家"}, "value: 90, year: 2020"),
    "share": ({**SHARE, "ceiling": "100"}, "value: 40, year: 2020"),
    "rate": ({"kind": "growth_rate", "unit": '"%"'}, "value: 5, period: {start: 2016, end: 2020}"),
    "sum": ({"kind": "increment"}, "value: 50, period: {start: 2016, end: 2020}"),
}


@pytest.mark.parametrize("kind", PLANS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_by_columns_the_same_is_read_as_line_by_line(
    kind: str, rows: list[dict[str, str]], tmp_path: Path, by_columns: pytest.MonkeyPatch
) -> None:
    """Whatever cells hold: the same values, what is left out for the same reasons, the same faults."""
    fields, target = PLANS[kind]
    plan = plan_of(tmp_path, target, **{**fields, "aliases": "[某下降]"})
    one, other = both_ways(plan, pl.DataFrame(rows).select(COLUMNS), by_columns)
    assert one == other


@pytest.mark.parametrize("period", [pl.Int64, pl.String, pl.Float64])
@pytest.mark.parametrize("value", [pl.Float64, pl.Float32, pl.Int32, pl.String])
def test_numbers_of_any_type_are_the_figures_they_show(
    period: Any, value: Any, tmp_path: Path, by_columns: pytest.MonkeyPatch
) -> None:
    """A column of numbers is read as the digits a person would see, in 万 or not."""
    numbers = (
        [33.5, 0.1, 1e-7, 123456.789, 40.0, 7.0] if value.is_float() else [33, 0, 7, 12, 40, 1]
    )
    frame = pl.DataFrame(
        {
            "indicator": ["x"] * 6,
            "region": list("甲乙丙丁戊己"),
            "period": pl.Series([2018] * 6).cast(period),
            "value": pl.Series(numbers).cast(value),
            "unit": ["万家", "家"] * 3,
        }
    )
    plan = plan_of(tmp_path, "value: 90, year: 2020")
    one, other = both_ways(plan, frame, by_columns)
    assert one == other
    assert len(one[0]) == 6


@pytest.fixture(scope="module")
def province() -> tuple[Document, pl.DataFrame]:
    """Return a plan, and values of five of its indicators in 40 regions, with holes and bad cells."""
    plan = mt.load("shaoxing-2025")
    chance = np.random.default_rng(5)
    names = (
        "labour_productivity rd_share new_product_rate listed_companies integration_index".split()
    )
    rows = [
        {"indicator": name, "region": f"第{n}区", "period": str(year), "value": f"{value:.1f}"}
        for n in range(40)
        for name in names
        for year, value in enumerate(20 + np.cumsum(chance.uniform(-1, 4, 6)), 2015)
        if chance.random() > 0.15
    ]
    for row in rows[::97]:
        row["value"] = "缺"
    return plan, pl.DataFrame(rows)


@pytest.mark.usefixtures("by_columns")
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(n=st.integers(0, 39), as_of=st.integers(2016, 2020), method=st.sampled_from([*METHODS]))
def test_a_region_alone_is_judged_as_among_others(
    province: tuple[Document, pl.DataFrame], n: int, as_of: int, method: str
) -> None:
    """With the year given, the results of one region are those of the whole file for it."""
    plan, frame = province
    whole = pl.DataFrame(mt.check_regions(plan, frame, as_of=as_of, method=method))
    own = pl.col("region") == f"第{n}区"
    alone = pl.DataFrame(mt.check_regions(plan, frame.filter(own), as_of=as_of, method=method))
    assert whole.filter(own).equals(alone)


@pytest.mark.usefixtures("by_columns")
def test_results_come_some_regions_at_a_time(
    province: tuple[Document, pl.DataFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By threes or all at once, as frames, lazily or by Arrow: the same rows in the same order."""
    plan, frame = province
    whole = pl.DataFrame(mt.check_regions(plan, frame, as_of=2020))
    monkeypatch.setattr(by_regions, "__defaults__", (3,))
    checks = mt.check_regions(plan, frame, as_of=2020)
    assert len(list(checks.frames())) == 14
    assert pl.concat(checks.frames()).equals(whole)
    checks.lazy().sink_parquet(tmp_path / "found.parquet")
    assert pl.read_parquet(tmp_path / "found.parquet").equals(whole)
    late = pl.col("status") == "lagging"
    few = checks.lazy().filter(late).select("region", "gap").head(2).collect()
    assert few.equals(whole.filter(late).select("region", "gap").head(2))
    assert few.height == 2
    assert pa.table(checks).num_rows == whole.height


@pytest.mark.usefixtures("by_columns")
def test_files_and_frames_of_any_library_give_the_same(
    province: tuple[Document, pl.DataFrame], tmp_path: Path
) -> None:
    """CSV, Parquet, pandas, polars, pyarrow and DuckDB: the same results, and the same is left out."""
    plan, frame = province
    frame.write_csv(tmp_path / "a.csv")
    frame.write_parquet(tmp_path / "a.parquet")
    table = frame.to_arrow()
    ways = [
        frame, table, pd.DataFrame(frame.to_dicts()), duckdb.from_arrow(table),
        tmp_path / "a.csv", tmp_path / "a.parquet",
    ]  # fmt: skip
    found = [mt.check_regions(plan, way, as_of=2020) for way in ways]
    first = pl.DataFrame(found[0])
    assert all(pl.DataFrame(one).equals(first) for one in found)
    assert {tuple(told(one.left_out)) for one in found} == {(("not-a-number", len(frame[::97])),)}


@pytest.mark.usefixtures("by_columns")
def test_what_is_wrong_in_a_region_stands_beside_its_results(
    province: tuple[Document, pl.DataFrame],
) -> None:
    """A bad cell is counted in its region; two values that disagree lose that region alone."""
    plan, frame = province
    twice = frame.filter(pl.col("region") == "第3区").with_columns(value=pl.lit("1"))
    bad = pl.concat([frame, twice])
    found = checked_anyway(plan, bad, Question(as_of=2020), "region", "frame")
    clean = pl.DataFrame(mt.check_regions(plan, frame, as_of=2020))
    kept = found.filter(pl.col("region") != "第3区").drop("error", "errors")
    assert kept.sort("region", "target_id").equals(
        clean.filter(pl.col("region") != "第3区").sort("region", "target_id")
    )
    (lost,) = found.filter(pl.col("region") == "第3区").to_dicts()
    assert lost["status"] is None
    assert lost["error"].startswith("values-disagree=")
    by_region = found.group_by("region").agg(pl.col("errors").first())
    wrong = by_region.filter(pl.col("region") != "第3区")["errors"].sum()
    rows = frame[::97].filter(pl.col("region") != "第3区").height
    assert wrong == rows


@pytest.mark.usefixtures("by_columns")
def test_a_baseline_year_that_serves_some_regions_costs_the_others_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From 30 in 2015; where that year is not known, there is no baseline, also in a batch of its own."""
    plan = plan_of(tmp_path, "value: 40, year: 2020", baseline_year="null", **SHARE)
    rows = [("x", "甲", 2015, 30), ("x", "甲", 2018, 36), ("x", "乙", 2018, 33)]
    frame = pl.DataFrame(rows, schema=COLUMNS[:4], orient="row")
    whole = pl.DataFrame(mt.check_regions(plan, frame, as_of=2018, baseline_year=2015))
    assert whole["progress"].to_list() == [pytest.approx(0.6), None]
    assert whole["baseline_source"].to_list() == ["actual", None]
    monkeypatch.setattr(by_regions, "__defaults__", (1,))
    assert pl.DataFrame(mt.check_regions(plan, frame, as_of=2018, baseline_year=2015)).equals(whole)


def test_what_is_not_there_is_told_at_once() -> None:
    """An unknown indicator or method, a file that is not there: an input error before any result."""
    frame = pl.DataFrame([{"indicator": "rd_share", "region": "甲", "period": 2018, "value": 1}])
    with pytest.raises(mt.InputError) as raised:
        mt.check_regions("shaoxing-2025", frame, as_of=2018, indicators=["nothing"])
    assert raised.value.faults[0].code == "no-such-indicator"
    with pytest.raises(mt.InputError) as raised:
        mt.check_regions("shaoxing-2025", "nowhere.csv", as_of=2018)
    assert raised.value.faults[0].code == "no-such-file"


SERIES = [
    {"series": "贫困率", "direction": "down", "path": "linear", "baseline_year": 2015,
     "baseline_value": 14.5, "target_year": 2030, "target_value": 7.25, "year": 2023, "value": 10.4,
     "kind": "", "unit": "%", "history": "2016=13;2020=11.5"},
    {"series": "a,b", "direction": "", "path": "geometric", "baseline_year": 2015,
     "baseline_value": 100.0, "target_year": 2025, "target_value": 150.0, "year": 2020, "value": 120.5,
     "kind": "level", "unit": "", "history": ""},
    {"series": "增速", "direction": "up", "path": "", "baseline_year": 2015, "baseline_value": None,
     "target_year": 2020, "target_value": 6.0, "year": 2017, "value": 6.5, "kind": "growth_rate",
     "unit": "%", "history": "2016=5.5"},
]  # fmt: skip


@pytest.mark.parametrize("method", [*METHODS, "all"])
def test_tables_of_series_of_any_library_give_the_same_bytes(
    method: str, run: Run, tmp_path: Path
) -> None:
    """pandas, polars, pyarrow, DuckDB and the command line answer a table with the same bytes."""
    table = pa.Table.from_pylist(SERIES)
    ways = [table, pl.DataFrame(SERIES), pd.DataFrame(SERIES), duckdb.from_arrow(table), SERIES]
    written = {
        pl.DataFrame(mt.calc(way, method)).drop("history").write_csv().encode() for way in ways
    }
    assert len(written) == 1
    pl.DataFrame(SERIES).write_csv(tmp_path / "s.csv")
    asked = ("calc", "--input", "s.csv", "--method", method, "--format", "json")
    printed = json.loads(run(*asked).stdout)["results"]
    assert printed == mt.calc(table, method).to_dicts()


def test_bad_cells_of_a_table_of_series_stand_beside_its_answers() -> None:
    """Each is named by its column and code, and counted; its row has no answers, the others have."""
    rows = [{name: str(cell or "") for name, cell in row.items()} for row in SERIES]
    bad = [{**rows[0], "year": "20x3", "value": "viel"}, rows[1], {**rows[2], "history": "2016"}]
    found = answered_anyway(pl.DataFrame(bad), Request(), "frame")
    good = pl.DataFrame(mt.calc(rows))
    assert found["errors"].to_list() == [2, 0, 1]
    assert found["status"].to_list() == [None, good["status"][1], None]
    wrong = {"year: not-a-plain-number (20x3)", "value: not-a-plain-number (viel)"}
    assert set(found["error"][0].split("; ")) == wrong
    assert found["error"][1] is None
    assert found["error"][2] == "history: bad-points (2016)"
