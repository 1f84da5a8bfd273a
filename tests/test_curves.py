"""S-curves: paths of shares that are linear in ln(p/(c-p)) under a ceiling."""

import json
from pathlib import Path

import pytest

import mfgtargets as mt
from checks import checked
from conftest import Run
from mfgtargets.document.records import Document
from mfgtargets.evaluation.results import Result
from mfgtargets.faults import InputError
from mfgtargets.methods import METHODS
from plans import plan_of, table_of
from test_working import assert_all_true

SHARE = {"unit": '"%"', "nature": "ratio", "path": "logistic"}
PLAN = {"period": "start: 2021, end: 2030", "baseline_year": 2020}


def share(folder: Path, target: str = "value: 80", **fields: str) -> Document:
    """Return the plan of a share from 20 % in 2020 to 80 % in 2030."""
    given = SHARE | {"baseline": "{year: 2020, value: 20}"} | fields
    return plan_of(folder, target, **given, **PLAN)


def result_of(document: Document, rows: str) -> Result:
    """Return what becomes of the target."""
    return checked(document, table_of(rows)).results[0]


def test_the_way_of_a_share(tmp_path: Path) -> None:
    """From 20 to 80 %: 50.0 in 2025 and 30.33 in 2022, where ln(p/(100-p)) is -0.8318."""
    document = share(tmp_path)
    half = result_of(document, "2025,50")
    assert half.path == "logistic"
    assert half.on_track_value == pytest.approx(50)
    assert (half.progress, half.schedule) == (pytest.approx(0.5), pytest.approx(0.5))
    early = result_of(document, "2022,28")
    assert early.on_track_value == pytest.approx(30.33, abs=0.005)
    assert early.gap == pytest.approx(28 - 30.33, abs=0.005)


def test_changes_are_of_the_odds(tmp_path: Path) -> None:
    """Odds go from 1/4 to 4 in ten years, by 16^(1/10)-1 a year; on the path no acceleration is due."""
    found = result_of(share(tmp_path), "2025,50")
    changes = (found.planned_change, found.required_change, found.achieved_change)
    assert changes == (pytest.approx(16**0.1 - 1),) * 3
    assert found.acceleration == pytest.approx(1)
    assert (found.projected_value, found.projected_year) == (pytest.approx(80), 2030)


def test_a_share_that_falls(tmp_path: Path) -> None:
    """The way down from 80 to 20 % is the same, mirrored: 69.67 in 2022."""
    document = share(tmp_path, "value: 20", direction="down", baseline="{year: 2020, value: 80}")
    assert result_of(document, "2022,70").on_track_value == pytest.approx(69.67, abs=0.005)


def test_another_ceiling(tmp_path: Path) -> None:
    """Under a ceiling of 50, from 10 to 40: odds from 1/4 to 4, and 25 in 2025."""
    document = share(
        tmp_path, "value: 40", unit="家", ceiling="50", baseline="{year: 2020, value: 10}"
    )
    assert result_of(document, "2025,25").on_track_value == pytest.approx(25)


def test_a_value_at_the_ceiling_has_no_share_of_the_way(tmp_path: Path) -> None:
    """100 % meets a target of 80, but has no logarithm of its odds: no progress, with its reason."""
    found = result_of(share(tmp_path), "2025,100")
    assert (found.status, found.gap) == ("met_early", pytest.approx(50))
    assert found.progress is None
    assert found.reasons["progress"] == "beyond_limit"
    low = result_of(share(tmp_path), "2025,0")
    assert (low.status, low.progress) == ("lagging", None)


@pytest.mark.parametrize(
    ("target", "fields", "code"),
    [
        ("value: 100", {}, "over-ceiling"),
        ("value: 80", {"baseline": "{year: 2020, value: 0}"}, "over-ceiling"),
        ("value: 80", {"ceiling": "15", "path": "linear"}, "over-ceiling"),
        ("value: 80", {"ceiling": "15"}, "over-ceiling"),
        ("value: 80", {"unit": "家"}, "ceiling-missing"),
        ("value: 8, kind: increment", {}, "path-kind"),
    ],
)
def test_what_no_curve_goes_through(
    tmp_path: Path, target: str, fields: dict[str, str], code: str
) -> None:
    """Values on or past 0 or the ceiling, no ceiling, a kind that is no level: refused by name."""
    with pytest.raises(InputError) as caught:
        share(tmp_path, target, **fields)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_calc_goes_the_same_way(run: Run) -> None:
    """By options and as a table; every formula is true by every method; --limit is the ceiling."""
    given = ("--baseline", "2020=20", "--target", "2030=80", "--path", "logistic")
    for method in METHODS:
        for more in ((), ("--limit", "90"), ("--growth", "2"), ("--reach", "2032")):
            points = ("--actual", "2021=24", "--actual", "2022=28", "--actual", "2023=30")
            text = run("calc", *given, *points, *more, "--actual", "2024=41", "--method", method)
            assert assert_all_true(text.stdout) >= 1
    found = json.loads(run("calc", *given, "--actual", "2025=50", "--format", "json").stdout)
    assert found["results"][0]["on_track_value"] == pytest.approx(50)
    beyond = run("calc", *given, "--limit", "70", "--actual", "2025=50", "--format", "json")
    (row,) = json.loads(beyond.stdout)["results"]
    assert (row["on_track_value"], row["reason"]) == (None, "beyond_limit")


def test_no_curve_begins_at_nothing(run: Run) -> None:
    """From 0 % there is no S-curve: no verdict on the way, but a value beyond the target meets it."""
    given = (
        "--baseline",
        "2020=0",
        "--target",
        "2030=80",
        "--path",
        "logistic",
        "--format",
        "json",
    )
    for value, said in (("30", ("not_assessable", "beyond_limit")), ("85", ("met_early", None))):
        (row,) = json.loads(run("calc", *given, "--actual", f"2025={value}").stdout)["results"]
        assert (row["status"], row["reason"]) == said
        assert row["on_track_value"] is None


def test_calc_refuses_a_curve_of_rates(run: Run) -> None:
    """A growth rate has no ceiling: no verdict, and the reason says that the kind does not fit."""
    given = ("--baseline", "2020=20", "--target", "2030=8", "--path", "logistic")
    text = run("calc", *given, "--kind", "growth_rate", "--actual", "2022=7", "--format", "json")
    assert json.loads(text.stdout)["results"][0]["reason"] == "kind_unsupported"


def test_people_are_told_which_path(tmp_path: Path, run: Run) -> None:
    """The table calls changes those of the odds, the explanation names the S-curve."""
    document = share(tmp_path)
    (tmp_path / "a.csv").write_text(table_of("2022,28"), encoding="utf-8")
    asked = (str(document.path), "a.csv", "--lang", "en")
    assert "S-curve: 20 (2020) -> 80 (2030)" in run("check", *asked, "--explain", "x").stdout
    assert "odds +" in run("check", *asked).stdout
    assert "50" in run("track", str(document.path), "x", "a.csv").stdout


def test_a_measured_beginning_at_nothing_is_told(tmp_path: Path, run: Run) -> None:
    """An actual of 0 % in the baseline year gives no path, and nothing breaks where it is drawn."""
    document = share(tmp_path, baseline="{year: 2020, value: null}")
    (tmp_path / "a.csv").write_text(table_of("2020,0 2023,30 2024,100"), encoding="utf-8")
    asked = (str(document.path), "a.csv")
    assert result_of(document, "2020,0 2023,30").reason == "beyond_limit"
    for command in ("check", "note", "warn", "evaluate"):
        assert run(command, *asked).stderr.count("\n") <= 1
    run("report", *asked, "-o", "r.html")
    run("track", str(document.path), "x", "a.csv")


def test_a_ceiling_is_never_reached() -> None:
    """From 20 % to full coverage in ten years: the odds are infinite there, at no pace."""
    row = {"series": "x", "baseline_year": 2020, "baseline_value": 20, "target_year": 2030,
           "target_value": 100, "year": 2025, "value": 50, "path": "logistic"}  # fmt: skip
    (found,) = mt.calc([row]).to_dicts()
    assert (found["projected_year"], found["on_track_value"]) == (None, None)
