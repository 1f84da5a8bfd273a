"""The kinds that running text uses, with numbers worked by hand, and traps they hold."""

from pathlib import Path

import pytest

from checks import checked
from mfgtargets.evaluation.results import Result
from plans import plan_of, table_of


@pytest.fixture
def judge(tmp_path: Path):
    """Return a function that judges one target by a few rows of actuals."""

    def call(
        target: str,
        rows: str,
        *,
        kind: str,
        down: bool = False,
        plan: str = "start: 2016",
        **more: str,
    ) -> Result:
        question = {k: int(v) for k, v in more.items() if k == "as_of"}
        fields = {k: v for k, v in more.items() if k != "as_of"}
        direction = "down" if down else "up"
        document = plan_of(
            tmp_path, target, kind=kind, direction=direction, period=f"{plan}, end: 2020", **fields
        )
        header, *lines = rows.split()
        return checked(document, table_of(" ".join(lines), header), **question).results[0]

    return call


def about(number: float) -> object:
    """Compare to six digits."""
    return pytest.approx(number, rel=1e-6)


def test_an_increment_is_a_running_sum_from_nothing(judge) -> None:
    """30 and 30 of 100 after two of five years are 60 % against 40 %."""
    found = judge("year: 2020, value: 100", "year,value 2016,30 2017,30", kind="increment")
    assert (found.path, found.latest_value, found.on_track_value) == ("linear", 60, about(40))
    assert (found.progress, found.schedule, found.status) == (about(0.6), about(0.4), "ahead")


def test_money_added_is_a_straight_line_too(judge) -> None:
    """An increment in 亿元 starts from nothing, so its path cannot be geometric."""
    found = judge("year: 2020, value: 100", "year,value 2016,20", kind="increment", unit="亿元")
    assert (found.path, found.status) == ("linear", "on_track")


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 0, 1, 2)])
def test_a_total_replaces_the_sum_whatever_the_order(judge, order: tuple[int, ...]) -> None:
    """A total of 90 since the period began counts instead of 20 + 20 + 20."""
    rows = ["2016,20,", "2017,20,", "2018,20,", "2018,90,total"]
    table = "year,value,measure " + " ".join(rows[index] for index in order)
    assert judge("year: 2020, value: 100", table, kind="increment").latest_value == 90


def test_a_hole_in_a_sum_is_not_skipped(judge) -> None:
    """Without 2017 the sum of 2016 and 2018 is no running sum."""
    found = judge("year: 2020, value: 100", "year,value 2016,30 2018,30", kind="increment")
    assert (found.status, found.reason) == ("not_assessable", "missing_years")
    bridged = judge("year: 2020, value: 100", "period,value 2016,30 2017/2018,30", kind="increment")
    assert bridged.latest_value == 60


def test_quarters_make_a_year(judge) -> None:
    """Four quarters added one by one are the year's sum."""
    rows = "period,value 2016Q1,5 2016Q2,5 2016Q3,5 2016Q4,5"
    found = judge("year: 2020, value: 100", rows, kind="increment")
    assert (found.latest_value, found.flags, found.status) == (20, (), "on_track")


def test_an_annual_flow_is_judged_over_all_its_years(judge) -> None:
    """20 a year from 2016 to 2020 come to 100; 25 and 20 are five ahead of 40."""
    found = judge("year: 2020, value: 20", "year,value 2016,25 2017,20", kind="annual_flow")
    assert (found.target_value, found.latest_value, found.gap) == (100, 45, about(5))
    assert found.flags == ()


def test_one_short_year_cannot_be_made_good(judge) -> None:
    """105 in five years with one of 15 end missed, flagged; years outside do not count."""
    rows = "year,value 2014,1 2016,25 2017,15 2018,20 2019,20 2020,25"
    found = judge("year: 2020, value: 20", rows, kind="annual_flow")
    assert (found.status, found.flags) == ("missed", ("short_year",))
    enough = rows.replace("2017,15", "2017,20")
    assert judge("year: 2020, value: 20", enough, kind="annual_flow").status == "met"


def test_a_multiple_needs_a_baseline(judge) -> None:
    """翻番 from 50 is 100, geometric: 70.71 is due after half the time."""
    rows = "year,value 2015,50 2018,80"
    found = judge("year: 2020, value: 2", rows, kind="multiple", unit="倍")
    assert (found.target_value, found.baseline_source) == (100, "actual")
    assert (found.baseline_year, found.on_track_value) == (2015, about(50 * 2**0.6))
    without = judge("year: 2020, value: 2", "year,value 2018,80", kind="multiple", unit="倍")
    assert (without.status, without.reason) == ("not_assessable", "no_baseline")


def test_a_rank_has_places_and_no_path(judge) -> None:
    """Third is two places better than fifth; sixth before the year cannot be judged."""
    args = {"kind": "rank", "down": True, "unit": "位", "nature": "ratio"}
    found = judge("year: 2020, value: 5", "year,value 2018,3", **args)
    assert (found.status, found.gap_to_target, found.reasons["gap"]) == ("met_early", 2, "no_path")
    behind = judge("year: 2020, value: 5", "year,value 2018,6", **args)
    assert (behind.status, behind.reason) == ("not_assessable", "no_path")
    assert judge("year: 2020, value: 5", "year,value 2020,6", **args).status == "missed"


def test_a_range_is_reached_at_its_nearer_end(judge) -> None:
    """Four of 4-6 satisfy; of a fall of 3-5 % a year, 3 % satisfies."""
    spec = "year: 2020, value: 4, value_high: 6, comparator: range"
    assert judge(spec, "year,value 2020,4", kind="level").status == "met"
    fall = "period: {start: 2016, end: 2017}, value: 3, value_high: 5, comparator: range"
    rows = "year,value 2016,-3 2017,-3"
    found = judge(
        fall, rows, kind="growth_rate", down=True, unit='"%"', nature="ratio", as_of="2017"
    )
    assert found.status == "met"


def test_without_a_baseline_only_the_target_is_judged(judge) -> None:
    """Counts are not assumed to start from nothing: no path, but the distance is known."""
    found = judge("year: 2020, value: 100", "year,value 2018,60", kind="level")
    assert (found.status, found.reason, found.gap_to_target) == (
        "not_assessable",
        "no_baseline",
        -40,
    )
    assert (
        judge("year: 2020, value: 100", "year,value 2018,100", kind="level").status == "met_early"
    )
    measured = judge("year: 2020, value: 100", "year,value 2015,40 2018,60", kind="level")
    assert (measured.progress, measured.baseline_source) == (about(1 / 3), "actual")


RATES = {"unit": '"%"', "nature": "ratio"}


def test_a_period_without_a_start_is_the_documents(judge) -> None:
    """年均增长 to 2020 without a start runs over the document's five years."""
    spec = "period: {start: null, end: 2020}, value: 6"
    found = judge(spec, "year,value 2016,6 2017,6", kind="growth_rate", **RATES)
    assert (found.schedule, found.status) == (about(0.4), "on_track")


def test_a_period_that_begins_nowhere_has_no_path(judge) -> None:
    """Where nothing says when a period begins, none is guessed; the year's own target is shown."""
    found = judge(
        "year: 2020, value: 20", "year,value 2016,25", kind="annual_flow", plan="start: null"
    )
    assert (found.status, found.reason) == ("not_assessable", "no_period_start")
    assert (found.target_value, found.latest_value, found.gap_to_target) == (20, 25, 5)
    assert (found.progress, found.on_track_value) == (None, None)


def test_a_part_of_a_year_in_a_chain_decides_nothing(judge) -> None:
    """Four years of 7 % and half of one at 9 % are promising, not met."""
    rows = "period,value 2016,7 2017,7 2018H1,9 2019,7 2020,7"
    found = judge("period: {start: 2016, end: 2020}, value: 6", rows, kind="growth_rate", **RATES)
    assert found.status != "met"
    assert "part_year" in found.flags


def test_bounds_from_both_sides_decide_nothing(judge) -> None:
    """Over 6 % one year and under 6 % the next say nothing of the average."""
    rows = "year,value,bound 2016,6,> 2017,6,<"
    found = judge("period: {start: 2016, end: 2020}, value: 6", rows, kind="growth_rate", **RATES)
    assert (found.status, found.reason) == ("not_assessable", "bound")


def test_a_bounded_fall_is_put_out_as_a_bounded_size(judge) -> None:
    """A change of at most -20 % is a fall of at least 20 %, which meets 18 %."""
    rows = "year,value,measure,bound 2020,-20,change_since_base,<="
    found = judge("year: 2020, value: 18", rows, kind="cumulative_change", down=True, **RATES)
    assert (found.latest_value, found.latest_bound, found.status) == (about(20), ">=", "met")
    rows = rows.replace("<=", ">=")
    found = judge("year: 2020, value: 18", rows, kind="cumulative_change", down=True, **RATES)
    assert (found.latest_bound, found.status) == ("<=", "not_assessable")


def test_a_change_of_minus_a_hundred_percent_cannot_be(judge) -> None:
    """Impossible rates are refused before they make nonsense of a chain; -99 is possible."""
    spec = "period: {start: 2016, end: 2020}, value: 6"
    with pytest.raises(AssertionError, match="impossible-change"):
        judge(spec, "year,value 2016,-100", kind="growth_rate", **RATES)
    assert judge(spec, "year,value 2016,-99", kind="growth_rate", **RATES).status == "lagging"


def test_projection_counts_the_leeway_in_the_target_year(judge) -> None:
    """6.3 % a year meets 6.5 %左右 when the period ends, so 2020 is the year."""
    spec = "period: {start: 2016, end: 2020}, value: 6.5, comparator: approx, hedge: [左右]"
    found = judge(spec, "year,value 2016,6.3 2017,6.3 2018,6.3", kind="growth_rate", **RATES)
    assert found.projected_year == 2020


def test_a_year_to_date_counts_at_its_time(judge) -> None:
    """75 after two and a half years of five are 75 % against 50 %."""
    rows = "period,value 2016,30 2017,30 2018H1,15"
    found = judge("year: 2020, value: 100", rows, kind="increment")
    assert (found.latest_value, found.schedule, found.flags) == (75, about(0.5), ("part_year",))


def test_a_target_no_later_than_the_documents_base_year_has_no_path(judge) -> None:
    """With a document base year of 2015, an actual of 2015 is not its own target."""
    found = judge("year: 2015, value: 100", "year,value 2015,50", kind="level")
    assert (found.status, found.gap_to_target) == ("missed", -50)


@pytest.mark.parametrize(
    ("target", "rows"),
    [
        ("value: 20", "2016Q1,1 2016Q2,1 2016Q3,1 2016Q4,1 2017,30"),
        ("value: 20", "2016/2017,10 2018,40"),
        ("value: 20, comparator: gt", "2016,20 2017,30"),
        ("value: 20, comparator: approx, hedge: [左右]", "2016,18.9 2017,30"),
    ],
)
def test_short_years_are_seen_however_they_are_given(judge, target: str, rows: str) -> None:
    """Quarters, spans, 超过 met only equally, and less than 左右 leaves are short."""
    found = judge(f"year: 2020, {target}", f"period,value {rows}", kind="annual_flow")
    assert "short_year" in found.flags


def test_what_is_just_enough_is_not_short(judge) -> None:
    """Exactly five percent below 8.3左右 is met: floating point does not decide."""
    spec = "year: 2020, value: 8.3, comparator: approx, hedge: [左右]"
    assert judge(spec, "year,value 2016,7.885", kind="annual_flow").flags == ()


def test_a_total_decides_even_without_a_beginning(judge) -> None:
    """A total of 120 in the target year meets 100 wherever the period began."""
    rows = "year,value,measure 2020,120,total"
    found = judge("year: 2020, value: 100", rows, kind="increment", plan="start: null")
    assert (found.status, found.reasons["progress"]) == ("met", "no_period_start")


def test_a_part_of_a_passed_target_year_is_data_but_decides_nothing(judge) -> None:
    """Half of 2018's figure, seen from 2020, can neither meet nor miss 2018's target."""
    found = judge("year: 2018, value: 100", "period,value 2018H1,120", kind="level", as_of="2020")
    assert (found.status, found.reason) == ("not_assessable", "partial_period")


def test_a_pace_of_more_than_fifty_years_is_none(judge) -> None:
    """From 0 to 100 at 2 a year takes fifty years; a little slower is not at this pace."""
    rows = "year,value 2015,0 2016,{}"
    fits = judge("year: 2020, value: 100", rows.format("1.97"), kind="level")
    late = judge("year: 2020, value: 100", rows.format("1.95"), kind="level")
    assert (fits.projected_year, late.projected_year) == (2066, None)


def test_years_after_a_period_are_not_part_of_it(judge) -> None:
    """Growth in 2021 says nothing about 2016 to 2020."""
    rows = "year,value 2016,6 2017,6 2018,6 2019,6 2020,6 2021,-50"
    spec = "period: {start: 2016, end: 2020}, value: 6"
    found = judge(spec, rows, kind="growth_rate", **RATES)
    assert (found.status, found.latest_period) == ("met", "2020")
