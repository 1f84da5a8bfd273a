"""The figure published and the one judged, the tolerance that decided, and the user's baseline year."""

import json
from pathlib import Path

import pytest

from checks import checked
from conftest import Run
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError
from mfgtargets.wording.figures import latest_figure
from plans import plan_of, table_of

PERCENT = {"unit": '"%"', "nature": "ratio"}
FALL = PERCENT | {"kind": "cumulative_change", "direction": "down", "name_zh": "单位能耗"}
GROWTH = PERCENT | {"kind": "growth_rate", "nature": "flow"}


def shown(document: Document, table: str, lang: str = "zh", **question: object) -> str:
    """Return the latest actual of the plan's first row as people read it."""
    check = checked(document, table, **question)
    return latest_figure(check.results[0], check.bases[0], lang)  # type: ignore[arg-type]


def test_chained_falls_are_shown_as_published_and_in_all(tmp_path: Path) -> None:
    """−3, −4, −5 % are 1 − 0.97 × 0.96 × 0.95 = 11.536 % down, of 18 % by 2020."""
    document = plan_of(tmp_path, "value: 18, year: 2020", **FALL)
    table = table_of(
        "2016,-3,yearly_change 2017,-4,yearly_change 2018,-5,yearly_change", "year,value,measure"
    )
    found = checked(document, table).results[0]
    assert found.latest_value == pytest.approx(11.536)
    assert (found.given_value, found.given_measure) == (-5, "yearly_change")
    assert (found.latest_period, found.judged_period) == ("2018", "2016/2018")
    assert shown(document, table) == "2018年-5,累计-11.5"
    assert shown(document, table, "en") == "2018 -5; -11.5 in all"


def test_growth_rates_are_shown_as_published_and_on_average(tmp_path: Path) -> None:
    """(1.047 × 1.060 × 1.074 × 1.059)^(1/4) − 1 = 5.9957 %; 6.5 % a year then needs 8.54 %."""
    document = plan_of(tmp_path, "value: 6.5, period: {start: 2016, end: 2020}", **GROWTH)
    table = table_of("2016,4.7 2017,6.0 2018,7.4 2019,5.9")
    found = checked(document, table).results[0]
    assert found.latest_value == pytest.approx(5.9957, abs=5e-5)
    assert found.required_change == pytest.approx(0.0854, abs=5e-5)
    assert (found.given_value, found.judged_period) == (5.9, "2016/2019")
    assert shown(document, table) == "2019年5.9,2016—2019年均6.0"


@pytest.mark.parametrize(("period", "yearly"), [("2020H1", 180), ("2020M1-8", 135)])
def test_a_part_of_a_flow_is_shown_as_given(tmp_path: Path, period: str, yearly: int) -> None:
    """90 in half a year are judged as 180 a year, in eight months as 135; neither is met early."""
    fields = {"unit": "亿元", "nature": "flow", "path": "linear"}
    document = plan_of(
        tmp_path, "value: 150, year: 2025", period="start: 2016, end: 2025", **fields
    )
    table = table_of(f"2015,100 {period},90", "period,value")
    found = checked(document, table).results[0]
    assert (found.given_value, found.latest_value) == (90, yearly)
    assert (found.status, found.judged_period) == ("ahead", "2020")  # 125 is due
    assert {"part_year", "annualised"} <= set(found.flags)
    assert shown(document, table) == f"90 ({period},折全年{yearly})"


def test_a_part_of_a_year_never_displaces_a_whole_one(tmp_path: Path) -> None:
    """2019's 120 decides, and 2020H1's 90 stands beside it; a stock's mid-year value does decide."""
    fields = {"unit": "亿元", "nature": "flow", "path": "linear"}
    document = plan_of(
        tmp_path, "value: 150, year: 2025", period="start: 2016, end: 2025", **fields
    )
    table = table_of("2015,100 2019,120 2020H1,90", "period,value")
    found = checked(document, table).results[0]
    assert (found.latest_period, found.latest_value, found.flags) == ("2019", 120, ())
    assert shown(document, table) == "120 (2019),另有90 (2020H1)"
    stock = plan_of(tmp_path, "value: 150, year: 2025", period="start: 2016, end: 2025")
    found = checked(stock, table).results[0]
    assert (found.latest_period, found.latest_value) == ("2020H1", 90)


def test_the_last_digit_can_be_too_coarse(tmp_path: Path) -> None:
    """2.9 to 3.2 published as 3 could be 2.5 or 3.5; as 3.0 it is judged, on 16.7 points of room."""
    document = plan_of(
        tmp_path, "value: 3.2, year: 2025", period="start: 2016, end: 2025", **PERCENT
    )
    coarse = checked(document, table_of("2015,2.9 2023,3")).results[0]
    assert (coarse.status, coarse.reason) == ("not_assessable", "precision")
    fine = checked(document, table_of("2015,2.9 2023,3.0")).results[0]
    assert (fine.status, fine.reason) == ("lagging", None)
    assert fine.tolerance == pytest.approx(0.05 / 0.3)
    assert "within_rounding" not in fine.flags  # it lags in spite of the room


@pytest.mark.parametrize(
    ("unit", "value", "status", "flags", "tolerance"),
    [
        ('"%"', "12", "on_track", ("within_rounding",), 0.1),  # half of one is 10 points of 5
        ('"%"', "12.0", "lagging", (), 0.05),
        ("家", "12", "lagging", (), 0.05),  # so many things are so many
    ],
)
def test_rounding_widens_the_tolerance_and_says_so(
    tmp_path: Path, unit: str, value: str, status: str, flags: tuple[str, ...], tolerance: float
) -> None:
    """From 10 in 2015 to 15 in 2023, 12.5 is due in 2019: 12 is 10 points behind."""
    fields = {"unit": unit, "nature": "ratio"}
    document = plan_of(tmp_path, "value: 15, year: 2023", period="start: 2016, end: 2023", **fields)
    found = checked(document, table_of(f"2015,10 2019,{value}")).results[0]
    assert found.lead == pytest.approx(-0.1)
    assert (found.status, found.flags, found.tolerance) == (status, flags, pytest.approx(tolerance))


def test_nothing_comes_from_no_time(tmp_path: Path) -> None:
    """An actual of the baseline's year, or from before it, gives no status."""
    document = plan_of(tmp_path, "value: 150, year: 2020", baseline="{year: 2015, value: 100}")
    for year in (2015, 2014):
        found = checked(document, table_of(f"{year},160")).results[0]
        assert (found.status, found.reason) == ("not_assessable", "no_time_elapsed")
        assert (found.progress, found.lead, found.gap) == (None, None, None)
        assert found.gap_to_target == 10


def test_room_is_left_only_in_the_targets_year(tmp_path: Path) -> None:
    """149 is within 150左右 (5 % of 50 is 2.5) in 2020, and not yet met in 2019."""
    target = "value: 150, year: 2020, comparator: approx"
    document = plan_of(tmp_path, target, baseline="{year: 2015, value: 100}")
    early, at_last = (
        checked(document, table_of(f"{year},149")).results[0] for year in (2019, 2020)
    )
    assert early.status == "ahead"
    assert (at_last.status, at_last.flags) == ("met", ("within_approx",))


def test_a_rise_adds_to_its_baseline(tmp_path: Path) -> None:
    """提高2个百分点 from 40 % is 42 % by 2020; 41.2 % in 2018 is what the straight line asks."""
    fields = {"unit": "个百分点", "nature": "ratio", "kind": "increment"}
    document = plan_of(
        tmp_path, "value: 2, year: 2020", baseline="{year: 2015, value: 40}", **fields
    )
    found = checked(document, table_of("2018,41.2")).results[0]
    assert (found.target_value, found.latest_value) == (42, 41.2)
    assert (found.progress, found.status) == (pytest.approx(0.6), "on_track")
    added = checked(document, table_of("2016,0.5,added 2017,0.7,added", "year,value,measure"))
    assert added.results[0].latest_value == pytest.approx(41.2)


def test_the_users_year_gives_the_baseline(run: Run, tmp_path: Path) -> None:
    """Jinhua from 3,800 in 2019 to 5,000 in 2022: 4,200 due in 2020, 4,000 lags by a sixth."""
    (tmp_path / "a.csv").write_text(
        "indicator,year,value\n全市规模以上企业,2019,3800\n全市规模以上企业,2020,4000\n",
        encoding="utf-8",
    )
    asked = ("check", "jinhua-2022", "a.csv", "--indicator", "全市规模以上企业")
    told = json.loads(run(*asked, "--format", "json").stdout)["results"][0]
    assert (told["status"], told["reason"]) == ("not_assessable", "no_baseline")
    assert told["gap_to_target"] == -1000
    given = (*asked, "--baseline-year", "2019")
    told = json.loads(run(*given, "--format", "json").stdout)["results"][0]
    assert (told["baseline_value"], told["baseline_source"]) == (3800, "actual")
    assert told["on_track_value"] == pytest.approx(4200)
    assert told["lead"] == pytest.approx(-1 / 6)
    assert told["status"] == "lagging"
    assert "基期年2019由用户指定" in run(*given).stdout
    (tmp_path / "mfgtargets.toml").write_text("[documents.jinhua-2022]\nbaseline-year = 2019\n")
    assert json.loads(run(*asked, "--format", "json").stdout)["results"][0]["status"] == "lagging"


def test_those_that_state_a_baseline_keep_it(tmp_path: Path) -> None:
    """A document's own baseline stays, and the output names it as such."""
    document = plan_of(tmp_path, "value: 150, year: 2020", baseline="{year: 2015, value: 100}")
    with pytest.raises(InputError) as caught:
        checked(document, table_of("2016,110 2017,120"), baseline_year=2016)
    assert [fault.code for fault in caught.value.faults] == ["baselines-stated"]


@pytest.mark.parametrize(
    ("year", "code"), [(2020, "baseline-year-late"), (2017, "baseline-year-without-actual")]
)
def test_a_year_that_serves_nothing_is_refused(tmp_path: Path, year: int, code: str) -> None:
    """Not before the target, or without an exact actual of it."""
    document = plan_of(tmp_path, "value: 150, year: 2020", baseline_year="null")
    with pytest.raises(InputError) as caught:
        checked(document, table_of("2016,110 2018,120"), baseline_year=year)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_two_years_that_disagree_are_refused(run: Run) -> None:
    """Given twice, the baseline year is one and the same or an error."""
    asked = ("check", "jinhua-2022", "bundled", "--baseline-year", "2018")
    assert "error[bad-option]" in run(*asked, "--baseline-year", "2019", code=2).stderr


def test_a_yearly_aim_is_shown_without_a_beginning(tmp_path: Path) -> None:
    """每年50个 whose period nobody states: the year's own 50 and its gap are shown."""
    fields = {"kind": "annual_flow", "unit": "个", "nature": "flow"}
    document = plan_of(tmp_path, "value: 50, year: 2020", period="start: null, end: 2020", **fields)
    found = checked(document, table_of("2018,45")).results[0]
    assert (found.target_value, found.gap_to_target) == (50, -5)


def test_nothing_is_held_together_across_a_break(tmp_path: Path) -> None:
    """From 44 to 39 in another definition is no reversal, and no line goes through it.

    Nor from the baseline, though three more years of the new definition make four values with it.
    """
    document = plan_of(
        tmp_path, "value: 50, year: 2025", period="start: 2016, end: 2025", **PERCENT
    )
    rows = "2015,20, 2018,36, 2019,40, 2020,44, 2021,39,B"
    found = checked(document, table_of(rows, "year,value,obs_status")).results[0]
    assert "reversing" not in found.flags
    assert (found.reasons["projected_low"], found.projected_points) == ("too_few_points", 1)
    later = checked(document, table_of(f"{rows} 2022,40, 2023,41,", "year,value,obs_status"))
    assert (later.results[0].projected_low, later.results[0].projected_points) == (None, 3)
    same = checked(document, table_of(rows.replace("B", ""), "year,value,obs_status")).results[0]
    assert ("reversing" in same.flags, same.projected_points) == (True, 5)


def test_a_part_of_a_year_is_no_point_of_the_line(tmp_path: Path) -> None:
    """A stock of mid-2019 is projected, and the interval rests on the four whole years before it."""
    document = plan_of(
        tmp_path, "value: 50, year: 2025", baseline="{year: 2015, value: 20}", nature="stock"
    )
    rows = "2016,24 2017,26 2018,30 2019H1,31"
    found = checked(document, table_of(rows, "period,value")).results[0]
    assert (found.latest_period, found.projected_points) == ("2019H1", 4)
    assert found.projected_value == pytest.approx(31 + 11 / 3.5 * 6.5)
    # 20, 24, 26, 30 at 2015 to 2018: slope 3.2, squares left 0.8, s² 0.4, Sxx 5, 8.5 from the mean.
    half = 1.885618 * (0.4 * (1 + 1 / 4 + 8.5**2 / 5)) ** 0.5
    assert found.projected_high == pytest.approx(found.projected_value + half)


def test_a_proxy_lends_no_numbers(tmp_path: Path) -> None:
    """After the target's year as before it, what does not decide has no progress and no short year."""
    document = plan_of(tmp_path, "value: 150, year: 2020", baseline="{year: 2015, value: 100}")
    proxies = table_of("2018,130,D 2022,140,", "year,value,obs_status").replace("140,", "140,D")
    found = checked(document, proxies, as_of=2022).results[0]
    assert (found.status, found.progress, found.lead) == ("not_assessable", None, None)
    only = checked(document, table_of("2018,130,D", "year,value,obs_status"), as_of=2022).results[0]
    assert (only.status, only.reason) == ("no_data", "target_year_passed")
    assert (only.progress, only.gap, only.latest_value) == (None, None, 130)
    yearly = plan_of(tmp_path, "value: 50, year: 2020", kind="annual_flow", nature="flow")
    found = checked(yearly, table_of("2016,40,D", "year,value,obs_status")).results[0]
    assert "short_year" not in found.flags


def test_what_does_not_decide_is_due_at_its_own_time(tmp_path: Path) -> None:
    """A proxy of the first quarter of 2018, at 2017.25, has 45 % of the way from 100 to 150 due."""
    document = plan_of(tmp_path, "value: 150, year: 2020", baseline="{year: 2015, value: 100}")
    table = table_of("2018Q1,130,D", "period,value,obs_status")
    assert checked(document, table).results[0].on_track_value == pytest.approx(122.5)


def test_december_says_more_than_a_bound_of_the_year(tmp_path: Path) -> None:
    """突破100家 in 2023 and exactly 101 at the end of December: 101 is judged, not yet decisive."""
    document = plan_of(tmp_path, "value: 150, year: 2025", baseline="{year: 2015, value: 60}")
    table = table_of("2023,100,> 2023-12,101,", "period,value,bound")
    found = checked(document, table).results[0]
    assert (found.latest_period, found.latest_value, found.status) == ("2023-12", 101, "lagging")


def test_what_is_known_after_the_year_is_shown(tmp_path: Path) -> None:
    """A stock of mid-2022 does not decide 2020, and is there to be seen."""
    document = plan_of(tmp_path, "value: 150, year: 2020", baseline="{year: 2015, value: 100}")
    found = checked(document, table_of("2022H1,140", "period,value"), as_of=2022).results[0]
    assert (found.status, found.reason) == ("not_assessable", "partial_period")
    assert (found.latest_period, found.latest_value) == ("2022H1", 140)


def test_track_shows_what_was_published_too(run: Run, tmp_path: Path) -> None:
    """4.7 and 6.0 a year are 5.35 on average, each beside the other; levels stand for themselves."""
    document = plan_of(tmp_path, "value: 6.5, period: {start: 2016, end: 2020}", **GROWTH)
    (tmp_path / "a.csv").write_text(table_of("2016,4.7 2017,6.0"))
    asked = ("track", str(document.path), "x", "a.csv")
    found = json.loads(run(*asked, "--format", "json").stdout)["results"]
    year = next(one for one in found if one["year"] == 2017)
    assert (year["given_value"], year["given_measure"]) == (6, "yearly_change")
    assert year["latest_value"] == pytest.approx(5.348, abs=1e-3)
    assert "公布值" in run(*asked).stdout
    (tmp_path / "a.csv").write_text(table_of("2016,70 2017,80"))
    level = plan_of(tmp_path, "value: 100", baseline="{year: 2015, value: 60}")
    assert "公布值" not in run("track", str(level.path), "x", "a.csv").stdout


def test_of_all_documents_each_starts_where_it_can(run: Run) -> None:
    """A year that serves one document does not keep the others from being judged."""
    told = run("check", "all", "--baseline-year", "2019").stdout
    assert 0 < told.count("基期年2019由用户指定") < told.count("· 截至")
    refused = run("check", "all", "--baseline-year", "2099", code=2).stderr
    assert "error[baseline-year-late]" in refused
