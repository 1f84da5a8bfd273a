"""``calc`` and ``track`` from outside: tables in and out, one series by options, what if."""

import csv
import io
import json
import os
import re
import sys
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import mfgtargets as mt
from conftest import Run
from mfgtargets.engine import reading
from mfgtargets.engine.answering import answered
from mfgtargets.engine.calculate import Request
from mfgtargets.engine.frames import FrameTable
from mfgtargets.engine.reading import LARGE, Table, read_table
from mfgtargets.engine.texttable import read_text
from mfgtargets.faults import InputError
from mfgtargets.methods import METHODS
from mfgtargets.wording.methodwords import status_word

TABLE = """\
series,direction,path,baseline_year,baseline_value,target_year,target_value,year,value,history,mine
a,,,2015,14.5,2030,7.25,2023,10.4,,x
"b, ""quoted"" b",up,geometric,2015,20,2020,40,2018,30,2016=22;2017=26,
=1+1,up,linear,2015,,2020,,,,,
"""


def rows(text: str) -> list[dict[str, str]]:
    """Return the records of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


def test_a_table_comes_back_in_order_with_its_answers(run: Run) -> None:
    """Every row and column is there; numbers are exact; a name is no formula."""
    found = rows(run("calc", "--input", "-", stdin=TABLE).stdout)
    assert [row["series"] for row in found] == ["a", 'b, "quoted" b', "'=1+1"]
    assert [row["mine"] for row in found] == ["x", "", ""]
    assert [row["status"] for row in found] == ["on_track", "on_track", "no_data"]
    assert [row["reason"] for row in found] == ["", "", "no_data"]
    # 14.5 + (7.25-14.5)*8/15 and ln(30/20)/ln(40/20), by hand.
    assert float(found[0]["on_track_value"]) == pytest.approx(10.6333333333)
    assert float(found[1]["progress"]) == pytest.approx(0.5849625007)


def test_json_and_parquet_hold_the_same(run: Run, tmp_path: Path) -> None:
    """The three forms agree number by number, and each can be read in again where it is a table."""
    plain = rows(run("calc", "--input", "-", stdin=TABLE).stdout)
    records = json.loads(run("calc", "--input", "-", "--format", "json", stdin=TABLE).stdout)
    (tmp_path / "in.csv").write_text(TABLE)
    run("calc", "--input", "in.csv", "-o", "out.parquet")
    columns = pq.read_table(tmp_path / "out.parquet").to_pylist()
    for name in ("lead", "required_change", "projected_value"):
        texts = [row[name] for row in plain]
        numbers = [float(text) if text else None for text in texts]
        assert [row[name] for row in records["results"]] == numbers
        assert [row[name] for row in columns] == numbers
    again = run("calc", "--input", "out.parquet").stdout
    assert [row["lead"] for row in rows(again)] == [row["lead"] for row in plain]


def test_parquet_in(run: Run, tmp_path: Path) -> None:
    """A Parquet table is read as the CSV of it is."""
    table = {"baseline_year": [2015], "baseline_value": [14.5], "target_year": [2030]}
    table |= {"target_value": [7.25], "year": [2023], "value": [10.4]}
    pq.write_table(pa.table(table), tmp_path / "in.parquet")
    (found,) = rows(run("calc", "--input", "in.parquet", "--method", "open-sdg").stdout)
    assert (found["status"], found["ratio"][:6]) == ("moderate_progress", "0.9010")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("10.4", "ten", "not-a-plain-number", 2),
        ("10.4", "nan", "not-a-plain-number", 2),
        ("10.4", "1_0", "not-a-plain-number", 2),
        ("2016=22;", "2016:22;", "bad-points", 3),
        (",up,linear", ",sideways,linear", "not-one-of", 4),
        ("2018,30", "2018.5,30", "not-a-year", 3),
        (",x\n", ",x,y\n", "wrong-cell-count", 2),
        ("baseline_value,", "baseline_valu,", "series-columns", 1),
        (",target_value,", ",target_valeu,", "unknown-column", 1),
    ],
)
def test_a_malformed_row_is_named(run: Run, old: str, new: str, code: str, line: int) -> None:
    """One bad cell: its line and cause, exit 2, nothing written."""
    done = run("calc", "--input", "-", stdin=TABLE.replace(old, new), code=2)
    assert f"标准输入:{line}" in done.stderr
    assert f"error[{code}]" in done.stderr
    assert done.stdout == ""


def test_other_kinds_are_judged_as_in_a_document(run: Run) -> None:
    """Growth rates are chained: 5.5, 6 and 4.8 % against 6.5 % a year for five years."""
    table = (
        "kind,direction,baseline_year,baseline_value,target_year,target_value,year,value,history\n"
    )
    table += "growth_rate,up,2015,,2020,6.5,2018,4.8,2016=5.5;2017=6\n"
    table += "increment,up,2015,,2020,100,2017,30,2016=20\n"
    growth, sum_ = rows(run("calc", "--input", "-", stdin=table).stdout)
    # 1.055*1.06*1.048 = 1.1719784, its third root 1.054322; (1.3700867/1.1719784)^(1/2) = 1.081221.
    assert float(growth["achieved_change"]) == pytest.approx(0.054322, abs=1e-6)
    assert float(growth["required_change"]) == pytest.approx(0.081221, abs=1e-6)
    assert float(sum_["progress"]) == pytest.approx(0.5)


def test_groups(run: Run) -> None:
    """--by group: one row a group, with the mean of the scores."""
    header, *body = TABLE.splitlines()
    table = "\n".join([f"{header},group", *(f"{row},g" for row in body[:2])])
    (found,) = rows(
        run("calc", "--input", "-", "--method", "open-sdg", "--by", "group", stdin=table).stdout
    )
    assert (found["group"], found["series"], found["judged"]) == ("g", "2", "2")
    # R = 0.90109 scores 7.1429 R - 4.2857 = 2.1507; 30 of 40 after three of five years 4.4806:
    # R = (1.5^(1/3)-1)/(2^(1/5)-1) = 0.973388, 7.1429 R - 4.2857 = 2.6671.
    assert float(found["score"]) == pytest.approx((2.1507 + 2.6671) / 2, abs=1e-3)
    assert (
        "error[bad-option]" in run("calc", "--input", "-", "--by", "x", stdin=table, code=2).stderr
    )


def test_one_series_can_be_followed_by_hand(run: Run) -> None:
    """Each number with its formula, the verdict in words and code, what would follow."""
    given = ("calc", "--baseline", "2015=14.5", "--target", "2030=7.25", "--actual", "2023=10.4")
    out = run(*given, "--method", "open-sdg").stdout
    assert "(10.4/14.5)^(1/8) - 1 = -0.04069178" in out
    assert "= 0.90109" in out
    assert "[moderate_progress]" in out
    plain = run(*given, "--growth", "-0.3", "--reach", "2028").stdout
    assert "10.4 - 0.3 × 7 = 8.3 (2030)" in plain
    assert "(7.25 - 10.4) / 5 = -0.63" in plain
    every = run(*given, "--method", "all", "--lang", "en").stdout
    assert "path (compound)" in every
    assert every.count("behind") >= 3
    assert json.loads(run(*given, "--format", "json").stdout)["results"][0]["status"] == "on_track"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--input", "-", "--actual", "2018=1"),
        ("--baseline", "2015", "--actual", "2018=1"),
        ("--baseline", "2015=1", "--actual", "2018=1", "--method", "nonsense"),
        ("--baseline", "2015=1", "--actual", "2018=1", "-o", "x.doc"),
        ("--baseline", "2015=1", "--actual", "2018=1", "--path", "bent"),
        ("--input", "missing.csv"),
    ],
)
def test_wrong_use_is_told(run: Run, arguments: tuple[str, ...]) -> None:
    """Neither or both of table and options, and values that mean nothing: exit 2 and why."""
    assert "error[" in run("calc", *arguments, code=2).stderr


ACTUALS = "indicator,period,value\nlabour_productivity,2016,21\nlabour_productivity,2018,23\n"


def test_track_shows_the_way_year_by_year(run: Run) -> None:
    """Baseline, milestone and target, what is due by geometric steps, and the gap."""
    arguments = ("track", "shaoxing-2025", "labour_productivity", "-", "--format", "json")
    arguments += ("--target-year", "2025")
    steps = json.loads(run(*arguments, stdin=ACTUALS).stdout)["results"]
    assert [step["year"] for step in steps] == list(range(2015, 2026))
    marks = {step["year"]: step["mark"] for step in steps if step["mark"]}
    assert marks == {2015: "baseline", 2020: "milestone", 2025: "target"}
    due = {step["year"]: step["on_track_value"] for step in steps}
    assert due[2015] == 20.3
    assert due[2018] == pytest.approx(20.3 * (28 / 20.3) ** (3 / 5))
    assert due[2022] == pytest.approx(28 * (35 / 28) ** (2 / 5))
    gaps = {step["year"]: step["gap"] for step in steps if step["gap"] is not None}
    assert set(gaps) == {2016, 2018}
    assert gaps[2018] == pytest.approx(23 - due[2018])


def test_track_supposes_a_change_or_a_year(run: Run) -> None:
    """5 % a year lead to 23*1.05^7 in 2025; to reach 35 in 2024 takes (35/23)^(1/6)-1."""
    arguments = ("track", "shaoxing-2025", "labour_productivity", "-", "--format", "json")
    arguments += ("--target-year", "2025")
    found = json.loads(run(*arguments, "--growth", "5", stdin=ACTUALS).stdout)
    assert found["results"][-1]["what_if"] == pytest.approx(23 * 1.05**7)
    found = json.loads(run(*arguments, "--reach", "2024", stdin=ACTUALS).stdout)
    assert found["supposed_change"] == pytest.approx((35 / 23) ** (1 / 6) - 1)
    assert found["results"][-2]["what_if"] == pytest.approx(35)
    run(*arguments, "--reach", "2017", stdin=ACTUALS, code=2)


def test_track_follows_the_target_that_check_would_judge(run: Run) -> None:
    """By default the first target not before the newest actual, of the kind that has data."""
    default = ("track", "shaoxing-2025", "labour_productivity", "-", "--format", "json")
    found = json.loads(run(*default, stdin=ACTUALS).stdout)
    assert found["target_id"] == "labour_productivity@2020"
    assert [step["year"] for step in found["results"]] == list(range(2015, 2021))
    later = ACTUALS + "labour_productivity,2021,29\n"
    found = json.loads(run(*default, stdin=later).stdout)
    assert found["target_id"] == "labour_productivity@2025"


def test_the_chart_is_plain_ascii(run: Run) -> None:
    """One mark for what was due and one for what was, in any font and without colour."""
    out = run("track", "shaoxing-2025", "labour_productivity", "-", stdin=ACTUALS).stdout
    chart = {line.split("  ")[-1] for line in out.splitlines() if line.startswith("20")}
    assert all(set(line) <= set(".|*#+") for line in chart)
    assert sum("*" in line for line in chart) == 2
    no_way = run("track", "shaoxing-2025", "water_intensity", code=2, stdin=ACTUALS)
    assert "error[" in no_way.stderr


def test_as_of_uses_only_what_was_known(run: Run) -> None:
    """A backtest of 2017 knows nothing of 2018."""
    arguments = ("check", "shaoxing-2025", "-", "--indicator", "labour_productivity")
    table = ACTUALS + "labour_productivity,2017,22\n"
    old = json.loads(run(*arguments, "--as-of", "2017", "--format", "json", stdin=table).stdout)
    (result,) = old["results"]
    assert (result["latest_period"], result["latest_value"]) == ("2017", 22)
    assert result["projected_value"] == pytest.approx(20.3 * (22 / 20.3) ** (5 / 2))


def test_check_by_every_method(run: Run) -> None:
    """Each method's word beside the common scale, and the summary in the words of one."""
    arguments = ("check", "shaoxing-2025", "-", "--format", "json")
    found = json.loads(run(*arguments, "--method", "all", stdin=ACTUALS).stdout)
    said = next(r["verdicts"] for r in found["results"] if r["latest_period"] == "2018")
    assert len(said) == 9
    assert said[0]["status"] == "lagging"
    one = json.loads(run(*arguments, "--method", "unsd", stdin=ACTUALS).stdout)
    assert set(one["summary"]) == {"fair_progress", "not_assessable"}
    shown = run("check", "shaoxing-2025", "-", "--method", "all", stdin=ACTUALS).stdout
    assert "各方法的结论" in shown
    run(
        "check",
        "shaoxing-2025",
        "-",
        "--method",
        "unsd",
        "--fail-on",
        "lagging",
        stdin=ACTUALS,
        code=1,
    )


def test_methods_lists_every_method(run: Run) -> None:
    """Each with formula, classes and source, in both languages."""
    found = json.loads(run("methods", "--format", "json").stdout)["results"]
    assert len(found) == 9
    assert all(method["formula"] and method["source"] for method in found)
    assert "eurostat" in run("methods", "--lang", "en").stdout


def test_cells_are_carried_as_they_are(run: Run) -> None:
    """A formula is made harmless alone; numbers and line breaks in other cells stay."""
    table = "series,baseline_year,baseline_value,target_year,target_value,year,value,note\n"
    table += '"a\nb",2015,1,2030,2,2020,1.5,-3\n=z,2015,1,2030,2,2020,1.5,x\n'
    found = rows(run("calc", "--input", "-", stdin=table).stdout)
    assert [row["series"] for row in found] == ["a\nb", "'=z"]
    assert [row["note"] for row in found] == ["-3", "x"]


def large_table() -> str:
    """Return a table that is worked on in parts: numbers small, large, whole and missing."""
    header = (
        "series,direction,path,baseline_year,baseline_value,target_year,target_value,year,value"
    )
    lines = [header]
    for n in range(30_000):
        base, target = 10.0 ** (n % 17 - 6), 10.0 ** (n % 17 - 6) * (1 + n % 7 / 3)
        path = ("linear", "geometric", "")[n % 3]
        value = "" if n % 11 == 0 else f"{base * (1 + n % 5 / 4):.8f}"
        lines.append(f"系列 {n},up,{path},2015,{base:.8f},2030,{target:.8f},2023,{value}")
    return "\n".join(lines) + "\n"


def whole(text: str, form: str = "csv") -> bytes:
    """Return a table with its answers, worked on as text with the standard library alone."""
    return b"".join(answered(read_text(text, "t"), Request(), form))


def by_frame(text: str, form: str = "csv") -> bytes:
    """Return the same, worked on as a frame where the table is plain."""
    return b"".join(answered(Table("t", text), Request(), form))


@pytest.fixture
def by_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tables of any size be worked on as frames."""
    monkeypatch.setattr(reading, "LARGE", 0)


@pytest.mark.usefixtures("by_frames")
@pytest.mark.parametrize("form", ["csv", "json"])
def test_text_and_frames_write_the_same_bytes(form: str) -> None:
    """Worked on cell by cell or as a frame: byte for byte."""
    text = large_table()
    assert isinstance(Table("t", text).plain_frame(), FrameTable)
    assert by_frame(text, form) == whole(text, form)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_text_by_blocks_and_whole_is_the_same(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table without quotes is worked on some rows at a time: byte for byte."""
    monkeypatch.setattr(reading, "LARGE", sys.maxsize)
    text = large_table()
    assert Table("t", text).plain_frame() is None
    assert by_frame(text, form) == whole(text, form)


def test_json_of_a_large_table_is_valid_and_holds_every_row() -> None:
    """What is written as a stream is one JSON document, its numbers those of the CSV."""
    text = large_table()
    found = json.loads(whole(text, "json"))["results"]
    cells = rows(whole(text).decode())
    assert len(found) == len(cells)
    assert [one["gap"] for one in found[:50]] == [
        None if row["gap"] == "" else float(row["gap"]) for row in cells[:50]
    ]


@pytest.mark.usefixtures("by_frames")
def test_line_ends_of_windows_make_no_difference() -> None:
    """A large table saved by Excel comes back the same."""
    text = large_table()
    table = read_table(io.BytesIO(text.replace("\n", "\r\n").encode()), "t.csv")
    assert isinstance(table.plain_frame(), FrameTable)
    assert b"".join(answered(table, Request(), "csv")) == whole(text)


@pytest.mark.usefixtures("by_frames")
@pytest.mark.parametrize("sign", ["\\", "\x7f", "\u202e", "\t", "=", "'"])
@pytest.mark.parametrize("form", ["csv", "json"])
def test_signs_that_json_escapes_change_no_number(sign: str, form: str) -> None:
    """Backslash and tab in a name stay, what cannot be seen is named, the numbers are the same."""
    lines = large_table().splitlines(keepends=True)[:2000]
    text = "".join(lines).replace("系列 29", f"系列{sign}29")
    assert by_frame(text, form) == whole(text, form)
    if form == "csv":
        expected = whole(text.replace(sign, "")).decode()
        shown = sign if sign.isprintable() or sign == "\t" else f"\\u{ord(sign):04x}"
        expected = expected.replace("系列29", f"系列{shown}29")
        assert whole(text).decode() == expected


def test_numbers_are_shortest_exact_doubles() -> None:
    """Every number written is the one of Python's own repr, whatever its size."""
    found = rows(whole(large_table()).decode())
    numbers = {row[name] for row in found[:2000] for name in ("gap", "progress", "on_track_value")}
    assert all(repr(float(cell)).removesuffix(".0") == cell for cell in numbers - {""})
    assert any("e" in cell for cell in numbers)


def test_a_wrong_cell_in_a_large_table_is_named_with_its_line() -> None:
    """A frame is given up for the text, which says what is wrong and where."""
    text = large_table().replace("系列 29000,up", "系列 29000,sideways")
    with pytest.raises(InputError) as raised:
        list(answered(read_table(io.BytesIO(text.encode()), "t.csv"), Request(), "csv"))
    (found,) = raised.value.faults
    assert (found.code, found.place.line, found.place.column) == ("not-one-of", 29002, 10)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--growth", "nan"),
        ("--growth", "1e308"),
        ("--growth", "1000000", "--path", "geometric", "--target", "2200=20"),
        ("--growth", "-150", "--path", "geometric"),
        ("--reach", "2010"),
        ("--growth", "3", "--target", "2018=2"),
    ],
)
def test_suppositions_that_mean_nothing_are_refused(run: Run, arguments: tuple[str, ...]) -> None:
    """No NaN, no infinity, no year that has passed."""
    given = ("calc", "--baseline", "2015=1", "--target", "2030=2", "--actual", "2020=1.5")
    assert "error[bad-option]" in run(*given, *arguments, code=2).stderr


def test_a_series_without_a_baseline_can_be_given_by_options(run: Run) -> None:
    """25 of 20 is met before its year, whatever it began from."""
    given = ("calc", "--target", "2030=20", "--actual", "2020=25", "--direction", "up")
    assert "[met_early]" in run(*given).stdout


HEAD = "baseline_year,baseline_value,target_year,target_value,year,value"


@pytest.mark.parametrize(
    ("table", "status"),
    [
        (f"{HEAD}\n2015,10,2030,,2023,\n", "no_data"),
        (f"{HEAD},history\n2015,1,2030,4,,,;\n", "no_data"),
        (f"\n\n{HEAD}\n2015,10,2030,20,2023,12\n", "lagging"),
        (f"{HEAD},kind\n2000,,2030,3.5e13,2016,5,growth_rate\n", "not_assessable"),
        (f"{HEAD},kind\n2025,,2016,-100,2025,0,growth_rate\n", "not_assessable"),
        (
            f"{HEAD},kind,measure,history\n2016,1,2019,5,2018,6,growth_rate,average_change,2017=-100\n",
            "lagging",
        ),
    ],
)
def test_one_odd_row_never_ends_a_table(run: Run, table: str, status: str) -> None:
    """Nothing to work out, an empty history, blank lines above, changes without end: a row each."""
    (found,) = rows(run("calc", "--input", "-", stdin=table).stdout)
    assert found["status"] == status


def test_groups_go_where_they_are_sent(run: Run, tmp_path: Path) -> None:
    """-o and its suffix hold for --by group too; negative scores are numbers, not formulas."""
    table = f"{HEAD},group,direction\n2015,10,2025,20,2020,5,g,up\n"
    given = ("calc", "--input", "-", "--by", "group", "--method", "open-sdg")
    run(*given, "-o", "out.csv", stdin=table)
    run(*given, "-o", "out.json", stdin=table)
    assert rows((tmp_path / "out.csv").read_text())[0]["score"] == "-5"
    assert json.loads((tmp_path / "out.json").read_text())["results"][0]["score"] == -5
    polars = pytest.importorskip("polars")
    run(*given, "-o", "out.parquet", stdin=table)
    (found,) = polars.read_parquet(tmp_path / "out.parquet").to_dicts()
    assert (found["group"], found["series"], found["score"]) == ("g", 1, -5)
    assert mt.calc(from_csv(table), "open-sdg", by="group").to_dicts() == [found]
    assert polars.DataFrame(mt.calc(from_csv(table), "open-sdg", by="group")).to_dicts() == [found]


def from_csv(table: str) -> list[dict[str, str]]:
    """Return the rows of a table as records."""
    return list(csv.DictReader(io.StringIO(table)))


NEAREST = f"{HEAD},history,direction\n2015,,2030,200,2020,150,2014=90;2017=120,up\n"


def test_a_missing_base_year_is_replaced_as_the_issuer_does(run: Run) -> None:
    """Without 2015, Statistics Canada starts from 120 in 2017, Eustat from 90 in 2014; both say so.

    (1.25^(1/3)-1)/((200/120)^(1/13)-1) = 0.077217/0.040077 = 1.92675; for Eustat
    ((150/90)^(1/6)-1)/((200/90)^(1/16)-1) = 0.088867/0.051173 = 1.73660.
    """
    for method, year, ratio in (("open-sdg", "2017", 1.92675), ("eurostat", "2014", 1.73660)):
        given = ("calc", "--input", "-", "--method", method)
        assert rows(run(*given, stdin=NEAREST).stdout)[0]["reason"] == "no_baseline"
        (found,) = rows(run(*given, "--nearest-baseline", stdin=NEAREST).stdout)
        assert (found["flags"], found["baseline_used"]) == ("nearest_baseline", year)
        assert float(found["ratio"]) == pytest.approx(ratio, abs=1e-5)
        (record,) = mt.calc(from_csv(NEAREST), method, nearest_baseline=True).to_dicts()
        assert (record["flags"], record["baseline_used"]) == (["nearest_baseline"], int(year))
    out = run("calc", "--baseline", "2015", "--target", "2030=200", "--actual", "2014=90",
              "--actual", "2017=120", "--actual", "2020=150", "--method", "eurostat",
              "--nearest-baseline", "--lang", "en").stdout  # fmt: skip
    assert "90 (2014)\n" in out.split("Target")[0]


def test_other_methods_take_no_other_base_year(run: Run) -> None:
    """The schedule, and all at once, refuse the option before anything is written."""
    for method in ("schedule", "sdsn", "all"):
        given = ("calc", "--input", "-", "--nearest-baseline", "--method", method)
        done = run(*given, stdin=NEAREST, code=2)
        assert (done.stdout, "error[option-without]" in done.stderr) == ("", True)


def test_groups_in_groups(run: Run) -> None:
    """Inner groups are averaged first: 5 and the mean of 5 and -5 come to 2.5, not to 1.67.

    a/b holds 5 and -5, a/c holds 5; d/e/f holds one series that is achieved. What names no group is
    counted and not judged.
    """
    groups = {"a/b": (30, 5), "a / c": (30,), "d/e/f": (30,), "": (30,)}
    body = [f"2015,10,2025,20,2020,{v},{g},up" for g, values in groups.items() for v in values]
    table = "\n".join([f"{HEAD},group,direction", *body])
    given = ("calc", "--input", "-", "--by", "group", "--method", "open-sdg")
    found = {row["group"]: row for row in rows(run(*given, stdin=table).stdout)}
    assert list(found) == ["a", "a/b", "a/c", "d", "d/e", "d/e/f", ""]
    assert {name: row["score"] for name, row in found.items()} == {
        "a": "2.5", "a/b": "0", "a/c": "5", "d": "5", "d/e": "5", "d/e/f": "5", "": "",
    }  # fmt: skip
    assert found["a"]["status"] == "substantial_progress"
    assert found["d"]["status"] == "target_achieved"
    assert (found[""]["series"], found[""]["reason"]) == ("1", "no_group")
    (*_, last) = json.loads(run(*given, "--format", "json", stdin=table).stdout)["results"]
    assert last["group"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("--input", "-", "--path", "geometric"),
        ("--input", "-", "--growth", "0"),
        ("--baseline", "2015=1", "--actual", "2020=2", "--growth", "3", "--format", "json"),
        ("--baseline", "2015=1", "--actual", "2020=2", "--by", "group"),
    ],
)
def test_an_option_without_effect_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    """Nothing that was asked for is passed over in silence."""
    done = run("calc", *arguments, stdin=f"{HEAD}\n2015,10,2025,20,2020,5\n", code=2)
    assert "error[option-without]" in done.stderr


def test_faults_name_option_or_place(run: Run) -> None:
    """The option that was wrong; in a table the line, though others hold odd line ends, and cell."""
    wrong = run("calc", "--baseline", "2015=1", "--target", "2030=bent", code=2).stderr
    assert wrong.startswith("--target: error[not-a-plain-number]")
    assert "error[bad-option]" in run("calc", "--baseline", "2015=1", "--unit", "\udcff",
                                      code=2).stderr  # fmt: skip
    table = f'series,{HEAD}\na\u2028b,2015,1,2030,4,2020,3\n"a,b",2015,1,2030,4,2020,x\n'
    told = run("calc", "--input", "-", stdin=table, code=2).stderr
    assert told.startswith("标准输入:3:26: error[not-a-plain-number]")
    assert '3 | "a,b",2015,1,2030,4,2020,x' in told


def test_the_worked_numbers_of_other_kinds_are_those_of_their_arithmetic(run: Run) -> None:
    """6.1, 7 and 6 % come to 1.061*1.07*1.06 = 1.203386; 7 % for two years more to 6.619 a year."""
    given = ("--baseline", "2015=5.8", "--target", "2020=6.5", "--actual", "2016=6.1")
    given += ("--actual", "2017=7", "--actual", "2018=6", "--kind", "growth_rate")
    out = run("calc", *given, "--growth", "7", "--lang", "en").stdout
    assert "1.203386 (2018)" in out
    assert "6.365718 - 6.5 = -0.134282" in out
    assert "1.203386 × (1 + 7%)^2 = 1.377757, 6.618978% a year (2020)" in out
    down = ("--baseline", "2015=8", "--target", "2025=4", "--actual", "2020=7")
    assert "6 - 7 = -1" in run("calc", *down).stdout  # due 6, and 7 is one too many


@pytest.mark.parametrize(
    ("method", "lines"),
    [
        # From -10 to -9 in five years: 0.9^(1/5)-1; of the 0.5^(1/15)-1 that are needed, turned.
        ("eurostat", ["1 × -1 × -0.02085164 / 0.0451584 = 0.4617444"]),
        # -10 to -9 over five years, 0.2 a year: -9 + 10 × 0.2 = -7, 2 of 4 missing.
        ("destatis", ["(-9 - -10) / 5 = 0.2", "= 0.5"]),
        # -9 * 0.9^2 = -7.29: 2.71 of 5.
        ("unsd", ["-9 × (-9/-10)^(10/5) = -7.29", "(-7.29 - -10) / (-5 - -10) = 0.542"]),
        # 0.2 a year of a third a year.
        ("sdsn", ["((-9 - -10)/5) / ((-5 - -10)/15) = 0.6"]),
        # Through -9.5, -9.2, -9.1, -9 by least squares 0.16 a year; 0.4 a year are needed.
        ("acceleration", ["h", "+0.16", "((-5 - -9)/10) / 0.16 = 2.5"]),
    ],
)
def test_each_method_can_be_followed_by_hand(run: Run, method: str, lines: list[str]) -> None:
    """Every number that goes into a ratio is printed before it."""
    given = ("--baseline", "2015=-10", "--target", "2030=-5", "--actual", "2017=-9.5")
    given += ("--actual", "2018=-9.2", "--actual", "2019=-9.1", "--actual", "2020=-9")
    out = run("calc", *given, "--method", method).stdout
    assert all(line in out for line in lines), out


def test_track_says_what_it_rests_on(run: Run) -> None:
    """The actuals are named; a fall by more than all, or two suppositions at once, are refused."""
    given = ("track", "shaoxing-2025", "labour_productivity", "-")
    assert "标准输入" in run(*given, stdin=ACTUALS).stdout
    found = json.loads(run(*given, "--format", "json", stdin=ACTUALS).stdout)
    assert found["actuals"]["sources"] == ["-"]
    assert "bad-option" in run(*given, "--growth", "-150", stdin=ACTUALS, code=2).stderr
    both = ("--growth", "8", "--reach", "2024")
    assert "bad-option" in run(*given, *both, stdin=ACTUALS, code=2).stderr


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_shown_in_colour_and_explained(run: Run, method: str) -> None:
    """The words of any method have a colour; --explain says the method's word for the result."""
    given = ("check", "shaoxing-2025", "-", "--method", method)
    drawn = run(*given, stdin=ACTUALS, FORCE_COLOR="1").stdout
    asked = (*given, "--indicator", "labour_productivity", "--format", "json")
    (result,) = json.loads(run(*asked, stdin=ACTUALS).stdout)["results"]
    said = status_word(result["status"], "zh")
    assert re.search(rf"\x1b\[[0-9;]+m{said}", drawn)
    explained = run(*given, "--explain", "labour_productivity", stdin=ACTUALS).stdout
    assert re.search(rf"^  (状态|{method}) +{said}", explained, re.MULTILINE)


def test_small_tables_are_not_worth_another_library() -> None:
    """A columnar library reads what is large, and nothing else."""
    row = "2015,10,2025,20,2020,15\n"
    small = Table("t", f"{HEAD}\n" + row * 10)
    large = Table("t", f"{HEAD}\n" + row * (LARGE // len(row) + 1))
    assert small.plain_frame() is None
    assert isinstance(large.plain_frame(), FrameTable)


def test_a_table_in_another_encoding_is_read_when_it_is_named(run: Run) -> None:
    """Big5 cannot be told from GB18030; --encoding tells it."""
    table = f"series,{HEAD}\n產值,2015,10,2025,20,2020,15\n".encode("big5")
    (found,) = rows(run("calc", "--input", "-", "--encoding", "big5", stdin=table).stdout)
    assert found["series"] == "產值"


def test_a_device_has_no_form_of_its_own(run: Run) -> None:
    """-o /dev/null takes what is written, whatever its name ends in."""
    run("calc", "--input", "-", "-o", os.devnull, stdin=f"{HEAD}\n2015,10,2025,20,2020,15\n")


@pytest.mark.parametrize("method", METHODS)
def test_what_is_no_number_is_not_printed(run: Run, method: str) -> None:
    """Two points, a latest value of 0 on a geometric path: no nan, no warning, a verdict."""
    given = ("calc", "--baseline", "2015=10", "--target", "2030=20", "--method", method)
    few = run(*given, "--actual", "2023=12", "--reach", "2028")
    none = run(*given, "--actual", "2023=0", "--path", "geometric", "--reach", "2028")
    far = ("--baseline", "2015=-1e308", "--target", "2030=1e308", "--actual", "2020=1e308")
    for done in (few, none, run("calc", *far, "--method", method)):
        assert "inf" not in done.stdout
        assert "nan" not in done.stdout.lower()
        assert done.stderr == ""
        assert f"{method} · " in done.stdout


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_table_of_more_rows_than_the_limit_is_refused(
    run: Run, tmp_path: Path, kind: str
) -> None:
    """--limit refuses a larger table and cuts nothing off; for one series it is its natural limit."""
    text = f"series,{HEAD}\n\n" + "a,2015,10,2025,20,2020,15\n" * 3
    path = tmp_path / f"t.{kind}"
    if kind == "csv":
        path.write_text(text, encoding="utf-8")
    else:
        pl.read_csv(text.replace("\n\n", "\n").encode()).write_parquet(path)
    refused = run("calc", "--input", str(path), "--limit", "2", code=2).stderr
    assert refused.startswith(f"{path}: error[too-many-rows]")
    assert len(rows(run("calc", "--input", str(path), "--limit", "3").stdout)) == 3
    for wrong in ("0", "-1", "1.5", "x", "9" * 20):
        assert (
            "error[bad-option]"
            in run("calc", "--input", str(path), f"--limit={wrong}", code=2).stderr
        )
    with pytest.raises(mt.InputError):
        mt.calc(path, limit=2)
    assert len(mt.calc(path, limit=3).to_dicts()) == 3


def test_a_table_without_groups_is_told_with_its_place(run: Run) -> None:
    """--by group needs a column group, and the message names the table."""
    given = f"{HEAD}\n2015,10,2025,20,2020,15\n"
    said = run("calc", "--input", "-", "--by", "group", stdin=given, code=2).stderr
    assert ":1: error[series-columns]" in said


def test_a_column_that_is_no_slip_is_carried_along() -> None:
    """An owner is no lower, though four of five letters are the same."""
    row = {"series": "a", "baseline_year": 2015, "baseline_value": 10, "target_year": 2020,
           "target_value": 20, "year": 2018, "value": 16, "owner": "市经信局"}  # fmt: skip
    (found,) = mt.calc([row]).to_dicts()
    assert (found["owner"], found["status"]) == ("市经信局", "on_track")
