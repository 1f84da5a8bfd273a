"""The program from Python: calls that neither print nor exit, with any data frame in and out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import mfgtargets as mt
from conftest import Run

RECORDS = [
    {"indicator": "labour_productivity", "period": 2018, "value": 23.0},
    {"indicator": "rd_share", "period": 2018, "value": 1.25},
    {"indicator": "不认识的指标", "period": 2018, "value": 1.0},
]
CSV = (
    "indicator,period,value\nlabour_productivity,2018,23\nrd_share,2018,1.25\n不认识的指标,2018,1\n"
)
SERIES = [
    {"series": "a", "direction": "down", "baseline_year": 2015, "baseline_value": 14.5, "target_year": 2030,
     "target_value": 7.25, "year": 2023, "value": 10.4},
    {"series": "b", "direction": "up", "baseline_year": 2015, "baseline_value": 10.0, "target_year": 2030,
     "target_value": None, "year": 2023, "value": 12.0},
]  # fmt: skip


def of_duckdb(records: list[dict[str, Any]]) -> Any:
    """Return records as a relation of DuckDB."""
    frame = pa.Table.from_pylist(records)  # noqa: F841 - found by its name
    return duckdb.sql("select * from frame")


FRAMES: dict[str, Callable[[list[dict[str, Any]]], Any]] = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "pyarrow": pa.Table.from_pylist,
    "duckdb": of_duckdb,
    "records": list,
}


def test_what_is_public_is_there_and_documented() -> None:
    """Every public name is sorted, can be had, and says what it does."""
    assert mt.__all__ == sorted(mt.__all__, key=lambda name: (name.islower(), name))
    assert all(getattr(mt, name).__doc__ for name in mt.__all__)
    with pytest.raises(AttributeError):
        mt.nothing_of_the_kind  # noqa: B018 - asking is what is tested


def test_documents_are_listed_and_loaded() -> None:
    """By id, by path, or as they are; a missing one is an InputError that words itself."""
    found = mt.documents()
    assert {"shaoxing-2025", "yuecheng-2026"} <= {document.id for document in found}
    plan = mt.load("shaoxing-2025")
    assert mt.load(plan) is plan
    assert mt.load(plan.path).id == plan.id
    with pytest.raises(mt.InputError) as raised:
        mt.load("shaoxing-2026")
    assert [fault.code for fault in raised.value.faults] == ["unknown-document"]
    assert str(raised.value).startswith("error[unknown-document]: no such document: shaoxing-2026")
    assert "shaoxing-2025" in str(raised.value)


@pytest.mark.parametrize("kind", FRAMES)
def test_any_frame_is_read_as_actuals(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same values whatever library holds them; what was left out is told, not printed."""
    actuals = mt.read_actuals("shaoxing-2025", FRAMES[kind](RECORDS))
    assert [(o.indicator, str(o.period), o.text) for o in actuals.used] == [
        ("labour_productivity", "2018", "23"),
        ("rd_share", "2018", "1.25"),
    ]
    assert dict(actuals.left_out.by_reason) == {"unknown-indicator": 1}
    assert actuals.left_out.first[0].details["found"] == "不认识的指标"
    assert capsys.readouterr() == ("", "")


def test_a_check_is_that_of_the_command_line(run: Run, tmp_path: Path) -> None:
    """Results, summary and Markdown are what the command prints for the same file."""
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    check = mt.check("shaoxing-2025", "a.csv", tolerance=3, every=True)
    asked = ("check", "shaoxing-2025", "a.csv", "--tolerance", "3", "--all")
    printed = json.loads(run(*asked, "--format", "json").stdout)
    assert json.loads(json.dumps(check.to_dicts())) == printed["results"]
    assert check.summary == printed["summary"]
    assert check.left_out.total == 1
    assert check.to_markdown("en") == run(*asked, "--format", "markdown", "--lang", "en").stdout
    # 20.3 to 28 in five years: after three 24.6203 are due, and 23 is 1.6203 short.
    (found,) = [r for r in check.results if r.indicator == "labour_productivity"]
    assert found.gap == pytest.approx(-1.62029, abs=1e-5)


@pytest.mark.parametrize("kind", FRAMES)
def test_results_go_into_any_frame(kind: str) -> None:
    """A check is a frame to pandas, polars, pyarrow and DuckDB, its nulls nulls."""
    check = mt.check("shaoxing-2025", RECORDS, indicators=["labour_productivity", "rd_share"])
    table = pa.table(check)
    assert table.column_names == list(mt.check("shaoxing-2025").results[0]._fields)
    into = {
        "pandas": table.to_pandas()["status"].tolist(),
        "polars": pl.DataFrame(check)["status"].to_list(),
        "pyarrow": table["status"].to_pylist(),
        "duckdb": [status for (status,) in duckdb.from_arrow(table).select("status").fetchall()],
        "records": [row["status"] for row in check.to_dicts()],
    }
    assert into[kind] == [result.status for result in check.results]
    assert table["flags"].to_pylist() == [";".join(result.flags) for result in check.results]
    assert table["lead_years"].null_count == sum(r.lead_years is None for r in check.results)


@pytest.mark.parametrize("kind", FRAMES)
def test_any_frame_of_series_is_judged(kind: str) -> None:
    """Canada's poverty rate, 14.5 to 10.4 of 7.25: 0.9011, moderate (published)."""
    found = mt.calc(FRAMES[kind](SERIES), "open-sdg")
    first, second = found.to_dicts()
    assert first["status"] == "moderate_progress"
    assert first["ratio"] == pytest.approx(0.9011, abs=5e-5)
    assert second["target_value"] is None
    assert second["status"] == "substantial_progress"  # 1.2^(1/8)-1 = 2.3 % a year
    frame = pl.DataFrame(found)
    assert frame["status"].to_list() == ["moderate_progress", "substantial_progress"]
    assert frame["gap"].null_count() == 1


def test_frames_and_files_of_series_have_the_same_answers(run: Run, tmp_path: Path) -> None:
    """What the command writes for the file is what the call answers for the frame."""
    frame = pl.DataFrame(SERIES)
    frame.write_csv(tmp_path / "s.csv")
    frame.write_parquet(tmp_path / "s.parquet")
    printed = json.loads(run("calc", "--input", "s.csv", "--format", "json").stdout)["results"]
    for given in (frame, "s.csv", tmp_path / "s.parquet"):
        assert json.loads(json.dumps(mt.calc(given).to_dicts())) == printed


def test_a_wrong_cell_of_a_frame_is_named_with_its_row() -> None:
    """What is wrong in a frame is told as in a file."""
    frame = pl.DataFrame([SERIES[0], SERIES[0] | {"direction": "sideways"}])
    with pytest.raises(mt.InputError) as raised:
        mt.calc(frame)
    (fault,) = raised.value.faults
    assert (fault.code, fault.place and fault.place.line) == ("not-one-of", 3)


def test_one_indicator_is_followed_and_a_note_written(run: Run, tmp_path: Path) -> None:
    """Track and note are those of the commands."""
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    years = mt.track("shaoxing-2025", "labour_productivity", "a.csv", reach=2025).years
    asked = ("track", "shaoxing-2025", "labour_productivity", "a.csv", "--reach", "2025")
    printed = json.loads(run(*asked, "--format", "json").stdout)["results"]
    assert json.loads(json.dumps([year._asdict() for year in years])) == printed
    written = run("note", "shaoxing-2025", "a.csv", "--by", "group", "--lang", "en").stdout
    assert mt.note("shaoxing-2025", "a.csv", by="group", lang="en") == written
    check = mt.check("shaoxing-2025", "a.csv")
    assert mt.note(check, by="group", lang="en") == written
    narrowed = ("--department", "市科技局", "--compare", "2016", "2018")
    written = run("note", "shaoxing-2025", "a.csv", *narrowed).stdout
    mine = mt.check("shaoxing-2025", "a.csv", departments=["市科技局"], as_of=2018)
    assert mt.note(mine, compare=2016) == written


def test_what_cannot_be_used_is_an_exception(tmp_path: Path) -> None:
    """Nothing left, a strict reading, a missing file, an unknown method: each its code."""

    def codes(call: Callable[[], object]) -> list[str]:
        with pytest.raises(mt.InputError) as raised:
            call()
        return [fault.code for fault in raised.value.faults]

    assert codes(lambda: mt.read_actuals("shaoxing-2025", RECORDS[2:])) == ["nothing-left"]
    assert codes(lambda: mt.read_actuals("shaoxing-2025", RECORDS, strict=True)) == ["left-out"]
    assert codes(lambda: mt.check("shaoxing-2025", tmp_path / "none.csv")) == ["no-such-file"]
    assert codes(lambda: mt.check("shaoxing-2025", method="schedul")) == ["bad-option"]
    assert codes(lambda: mt.check("shaoxing-2025", indicators=["x"])) == ["no-such-indicator"]
