"""What plans say otherwise than by a value and a year: days, events, ranks, falls, ratios, places."""

import json
from pathlib import Path

import pytest

from checks import checked
from conftest import Run
from mfgtargets.faults import InputError
from plans import plan_of, table_of

PLAN = {"period": "start: 2021, end: 2026", "baseline_year": 2020}


def test_a_day_is_when_it_is_judged(tmp_path: Path, run: Run) -> None:
    """From 0 at the end of 2020 to 55 by June 2026, 5.5 years on, 40 are due at the end of 2024."""
    document = plan_of(
        tmp_path, "value: 55, due: '2026-06'", baseline="{year: 2020, value: 0}", **PLAN
    )
    assert (document.targets[0].year, document.targets[0].due) == (2026, "2026-06")
    assert checked(document, table_of("2024,41")).results[0].on_track_value == pytest.approx(40)
    half = table_of("2026H1,55", "period,value")
    assert checked(document, half).results[0].status == "met"
    short = checked(document, table_of("2026H1,54", "period,value")).results[0]
    assert (short.status, short.target_year) == ("missed", 2026)
    assert "2026-06" in run("show", str(document.path)).stdout
    (tmp_path / "a.csv").write_text(table_of("2024,41"), encoding="utf-8")
    for command in ("check", "note", "warn", "evaluate"):
        assert "2026-06" in run(command, str(document.path), "a.csv").stdout


def test_the_last_day_of_a_month_is_the_month(tmp_path: Path) -> None:
    """30 June is the end of June; the 15th is half a month before it, a day of 30."""
    days = {"2026-06-30": 2025.5, "2026-06-15": 2025.5 - 1 / 24, "2026-12": 2026.0}
    for due, time in days.items():
        target = plan_of(tmp_path, f"value: 1, due: '{due}'").targets[0]
        assert target.time == pytest.approx(time, abs=1e-12)


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("value: 10, due: '2025-06', year: 2026", "due-outside-year"),
        ("value: 10, due: '2026-02-30'", "no-such-day"),
        ("value: 10, due: '2026-13'", "no-such-day"),
        ("value: 10, due: June", "bad-form"),
        ("value: 10, due: '2026-06', period: {start: 2021, end: 2026}", "due-and-period"),
        ("value: 10, due: '2026-06', hold: at_end", "due-kind"),
        ("value: 10, out_of: 31", "out-of-what"),
        ("value: 1, kind: event", "delegated-value"),
    ],
)
def test_what_cannot_be_said_is_refused(tmp_path: Path, target: str, code: str) -> None:
    """A day outside of its year or the calendar, or of what is judged by years; no rank; no event."""
    with pytest.raises(InputError) as caught:
        plan_of(tmp_path, target, **PLAN)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_rank_says_among_how_many(tmp_path: Path, run: Run) -> None:
    """Place 10 of 31 is shown so; a place beyond them is none."""
    document = plan_of(tmp_path, "value: 10, out_of: 31", kind="rank", direction="down")
    assert "10/31" in run("show", str(document.path)).stdout
    shown = json.loads(run("show", str(document.path), "--format", "json").stdout)
    assert shown["targets"][0]["out_of"] == 31
    with pytest.raises(InputError) as caught:
        plan_of(tmp_path, "value: 40, out_of: 31", kind="rank", direction="down")
    assert [fault.code for fault in caught.value.faults] == ["out-of-what"]


@pytest.mark.parametrize(
    ("rows", "as_of", "status", "flags"),
    [
        ("2024-06,1", 2024, "met_early", ()),
        ("2024-06,1", 2026, "met", ()),
        ("2024-06,1", 2027, "met", ()),
        ("2026,0", 2026, "missed", ()),
        ("2026,0 2027,1", 2027, "missed", ("late",)),
        ("2024,0", 2024, "not_assessable", ()),
        ("2024,0", 2027, "no_data", ("stale",)),
        # A month says as much as a year: not done at the end or after, done after.
        ("2026-12,0", 2026, "missed", ()),
        ("2026-12,0", 2027, "missed", ()),
        ("2027-03,1", 2027, "met", ("late",)),
        ("2026-12,0 2027-03,1", 2027, "missed", ("late",)),
        ("2025-03,1 2027-03,0", 2027, "met", ()),
    ],
)
def test_an_event_is_done_or_not(
    tmp_path: Path, rows: str, as_of: int, status: str, flags: tuple[str, ...]
) -> None:
    """建成 by 2026: done is 1 with its date, and stays done; 0 says that it is not done by then."""
    document = plan_of(tmp_path, "value: null, kind: event", **PLAN)
    found = checked(document, table_of(rows, "period,value"), as_of=as_of).results[0]
    assert (found.status, found.flags) == (status, flags)


def test_people_read_done(tmp_path: Path, run: Run) -> None:
    """The target of an event is shown as 完成, not as a number."""
    document = plan_of(tmp_path, "value: null, kind: event", unit="null", **PLAN)
    assert "事项 完成" in run("show", str(document.path)).stdout
    (tmp_path / "a.csv").write_text(table_of("2024-06,1", "period,value"), encoding="utf-8")
    shown = run("check", str(document.path), "a.csv", "--lang", "en").stdout
    assert "done" in shown


def test_a_fall_in_points(tmp_path: Path) -> None:
    """Down by 2 points from 26 % (2020) by 2025 is 24: 25.2 are due in 2022, and less is ahead."""
    document = plan_of(
        tmp_path,
        "value: 2, year: 2025",
        kind="increment",
        unit="个百分点",
        direction="down",
        nature="ratio",
        baseline="{year: 2020, value: 26}",
        **PLAN,
    )
    found = checked(document, table_of("2022,25")).results[0]
    assert (found.target_value, found.on_track_value) == (24, pytest.approx(25.2))
    assert found.gap == pytest.approx(0.2)
    met = checked(document, table_of("2025,24")).results[0]
    assert met.status == "met"


def test_a_fall_from_nowhere_has_no_path(tmp_path: Path) -> None:
    """Down by 2 points of nobody knows what: no baseline, never a sum from nothing."""
    document = plan_of(
        tmp_path, "value: 2", kind="increment", unit="个百分点", direction="down", nature="ratio"
    )
    found = checked(document, table_of("2018,25")).results[0]
    assert (found.on_track_value, found.reason) == (None, "no_baseline")
    measured = checked(document, table_of("2015,26 2018,25")).results[0]
    assert measured.on_track_value == pytest.approx(24.8)  # three fifths of the way to 24


def test_a_ratio_to_one(tmp_path: Path) -> None:
    """收入比 from 2.3:1 to 2.1:1: 2.2 is due half way; tables may print it as 2.15:1."""
    document = plan_of(
        tmp_path,
        "value: 2.1",
        unit='":1"',
        direction="down",
        nature="ratio",
        baseline="{year: 2016, value: 2.3}",
    )
    for printed in ("2.15:1", "2.15：1", "2.15"):
        found = checked(document, table_of(f"2018,{printed}")).results[0]
        assert (found.latest_value, found.on_track_value) == (2.15, pytest.approx(2.2))


def test_a_target_for_another_place(tmp_path: Path, run: Run) -> None:
    """A target for 甲区 is judged by the rows of 甲区 alone, from its own baseline or none at all."""
    document = plan_of(
        tmp_path,
        "value: 20",
        "value: 10, year: 2018, region: 甲区, baseline: {year: 2015, value: 1}",
        "value: 8, region: 乙区",
        baseline="{year: 2015, value: 10}",
    )
    table = table_of("示例市,2017,15 甲区,2017,6 乙区,2017,5", "region,year,value")
    city, first, second = checked(document, table).results
    assert (city.region, city.latest_value, city.on_track_value) == ("示例市", 15, 14)
    assert (first.region, first.latest_value, first.on_track_value) == ("甲区", 6, 7)
    assert (second.latest_value, second.reason, second.gap_to_target) == (5, "no_baseline", -3)
    other = checked(document, table_of("示例市,2017,15", "region,year,value"))
    assert [one.latest_value for one in other.results] == [15, None, None]
    assert "甲区" in run("show", str(document.path), "x").stdout
