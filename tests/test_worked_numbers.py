"""Numbers worked out by hand for the Shaoxing plan."""

import math

import pytest

from checks import checked, result
from mfgtargets.document.records import Document


def about(number: float) -> object:
    """Compare to the digits a person would work out."""
    return pytest.approx(number, abs=5e-6)


def test_labour_productivity_grows_geometrically_and_lags(shaoxing: Document) -> None:
    """20.3 to 28 in five years is 6.643 % a year; 23 after three years is 21.2 points behind."""
    found = result(shaoxing, "labour_productivity", "period,value\n2018,23")
    assert found.path == "geometric"
    assert found.planned_change == about(0.066433)
    assert found.on_track_value == pytest.approx(24.620, abs=5e-4)
    assert found.required_change == pytest.approx(0.10335, abs=5e-6)
    assert found.lead == pytest.approx(-0.212, abs=5e-4)
    assert found.gap == pytest.approx(23 - 24.6203, abs=5e-5)
    assert found.gap_to_target == -5
    assert found.status == "lagging"


def test_research_share_is_linear_and_ahead(shaoxing: Document) -> None:
    """1.02 to 1.35 is 0.066 points a year; 1.25 in 2018 is 9.7 points ahead of 60 %."""
    found = result(shaoxing, "rd_share", "period,value\n2018,1.25")
    assert found.path == "linear"
    assert found.planned_change == about(0.066)
    assert found.on_track_value == about(1.218)
    assert found.progress == about(0.23 / 0.33)
    assert found.lead == pytest.approx(0.097, abs=5e-4)
    assert found.lead_years == about(0.032 / 0.066)
    assert found.status == "ahead"


def test_falls_of_energy_intensity_are_compounded(shaoxing: Document) -> None:
    """-3, -4 and -5 % make 11.536 %, not 12; progress is on the logarithm of the index."""
    rows = (
        "period,value,measure\n2016,-3,yearly_change\n2017,-4,yearly_change\n2018,-5,yearly_change"
    )
    found = result(shaoxing, "energy_intensity", rows)
    assert found.latest_value == about(11.536)
    assert found.progress == about(math.log(0.88464) / math.log(0.82))
    assert found.schedule == about(0.6)
    assert found.gap is not None
    assert found.gap == about(11.536 - 100 * (1 - 0.82**0.6))
    assert found.gap > 0
    assert found.target_value == 18
    assert found.planned_change == about(0.82**0.2 - 1)
    assert found.status == "on_track"


def test_growth_rates_are_chained_and_the_rest_must_average_more(shaoxing: Document) -> None:
    """After 4.7, 6.0 and 7.4 %, two years must average 7.21 % to make 6.5 % over five."""
    found = result(shaoxing, "value_added_growth", "period,value\n2016,4.7\n2017,6.0\n2018,7.4")
    assert found.required_change == pytest.approx(0.0721, abs=5e-5)
    assert found.latest_value == about(100 * ((1.047 * 1.06 * 1.074) ** (1 / 3) - 1))
    assert found.on_track_value == about(6.5)
    assert found.baseline_value == 5.8
    assert found.target_year == 2020


def test_a_hole_in_a_chain_cannot_be_assessed(shaoxing: Document) -> None:
    """Without 2017 the rates of 2016 and 2018 cannot be chained."""
    found = result(shaoxing, "value_added_growth", "period,value\n2016,4.7\n2018,7.4")
    assert (found.status, found.reason) == ("not_assessable", "missing_years")
    assert found.reasons["gap"] == "missing_years"
    assert (found.latest_period, found.latest_value) == ("2018", None)


@pytest.mark.parametrize(
    "bridge",
    ["2017,11.0,change_since_base", "2016/2017,5.348,average_change"],
)
def test_a_hole_is_bridged_by_what_spans_it(shaoxing: Document, bridge: str) -> None:
    """A change since the base or an average over the years stands for the missing year."""
    rows = f"period,value,measure\n2016,4.7,\n{bridge}\n2018,7.4,"
    found = result(shaoxing, "value_added_growth", rows)
    index = (1.11 if "since" in bridge else 1.05348**2) * 1.074
    assert found.latest_value == about(100 * (index ** (1 / 3) - 1))


def test_levels_bridge_a_hole(shaoxing: Document) -> None:
    """Levels of the base year and of 2017 give the index that 2018's rate goes on from."""
    rows = "period,value,measure\n2015,200,level\n2017,220,level\n2018,10,yearly_change"
    found = result(shaoxing, "value_added_growth", rows)
    assert found.latest_value == about(100 * ((1.1 * 1.1) ** (1 / 3) - 1))


def test_floating_point_does_not_decide(shaoxing: Document) -> None:
    """74 listed firms in 2017 are exactly five points behind, which is within the tolerance."""
    found = result(shaoxing, "listed_companies", "period,value\n2017,74")
    assert found.lead == about(-0.05)
    assert found.status == "on_track"
    below = result(shaoxing, "listed_companies", "period,value\n2017,73")
    assert below.status == "lagging"


def test_a_bound_below_the_path_decides_nothing(shaoxing: Document) -> None:
    """Over 100 firms in 2023, where 130 are due, may be ahead or behind."""
    found = result(shaoxing, "listed_companies", "period,value,bound\n2023,100,>")
    assert found.on_track_value == about(130)
    assert (found.status, found.reason) == ("not_assessable", "bound")
    assert found.gap is None
    assert found.reasons["gap"] == "bound"
    assert found.flags == ("bound",)


@pytest.mark.parametrize(
    ("value", "bound", "status"),
    [("150", ">=", "met_early"), ("60", "<", "lagging"), ("150", "<", "not_assessable")],
)
def test_a_bound_decides_where_every_value_it_allows_agrees(
    shaoxing: Document, value: str, bound: str, status: str
) -> None:
    """At least the target is met; less than the baseline is behind; less than 150 may be either."""
    found = result(shaoxing, "listed_companies", f"period,value,bound\n2023,{value},{bound}")
    assert found.status == status


def test_milestones_bend_the_path(shaoxing: Document) -> None:
    """Between 2020 (28) and 2025 (35) the path is that segment's, progress that of the whole."""
    found = result(shaoxing, "labour_productivity", "period,value\n2022,30")
    assert found.target_year == 2025
    assert found.on_track_value == about(28 * (35 / 28) ** 0.4)
    assert found.planned_change == about((35 / 28) ** 0.2 - 1)
    assert found.progress == about(math.log(30 / 20.3) / math.log(35 / 20.3))


def test_a_baseline_keeps_its_own_year(shaoxing: Document) -> None:
    """89.5 is of 2014, so two thirds of the six years are gone in 2018."""
    found = result(shaoxing, "solid_waste_utilisation", "period,value\n2018,91")
    assert found.baseline_year == 2014
    assert found.schedule == about(4 / 6)
    assert found.planned_change == about(2.5 / 6)


def test_about_leaves_five_percent_of_the_rate(shaoxing: Document) -> None:
    """6.2 % a year meets 6.5 %左右 at the end of the period; 6.1 % does not."""
    met = "\n".join(f"{year},6.2" for year in range(2016, 2021))
    found = result(shaoxing, "value_added_growth", f"period,value\n{met}", as_of=2020)
    assert (found.status, found.flags) == ("met", ("within_approx",))
    missed = met.replace("6.2", "6.1")
    found = result(shaoxing, "value_added_growth", f"period,value\n{missed}", as_of=2020)
    assert found.status == "missed"
    found = result(shaoxing, "value_added_growth", f"period,value\n{missed}", approx=7.0)
    assert found.status == "met"


def test_the_target_year_decides_and_late_success_stays_missed(shaoxing: Document) -> None:
    """80 firms in 2020 miss 100; reaching 100 in 2022 is only a flag."""
    rows = "period,value\n2020,80\n2022,101"
    found = result(shaoxing, "listed_companies", rows, target_year=2020)
    assert (found.status, found.latest_period) == ("missed", "2020")
    assert "late" in found.flags


def test_later_values_alone_decide_late(shaoxing: Document) -> None:
    """Without 2020's value the first later one decides, flagged late."""
    found = result(shaoxing, "listed_companies", "period,value\n2021,120", target_year=2020)
    assert (found.status, found.flags) == ("met", ("late",))
    assert found.reasons["lead"] == "after_target_year"
    found = result(shaoxing, "listed_companies", "period,value\n2021,99", target_year=2020)
    assert (found.status, found.flags) == ("missed", ("late",))


def test_a_passed_target_year_without_data_is_no_data(shaoxing: Document) -> None:
    """Data of 2018 say nothing about 2020 once it is over."""
    found = result(shaoxing, "rd_share", "period,value\n2018,1.25", target_year=2020, as_of=2022)
    assert (found.status, found.reason) == ("no_data", "target_year_passed")


def test_worse_than_the_baseline_is_lagging_whatever_the_tolerance(shaoxing: Document) -> None:
    """Even with a tolerance of 100 points, falling below the baseline is lagging."""
    found = result(shaoxing, "listed_companies", "period,value\n2016,59", tolerance=100.0)
    assert (found.status, found.flags) == ("lagging", ("below_baseline",))
    assert found.reasons["acceleration"] == "wrong_way"


def test_the_tolerance_is_never_finer_than_the_figure(shaoxing: Document) -> None:
    """A share printed as 25 may be 25.49: half a unit is 11 points of the plan's 4.5."""
    coarse = result(shaoxing, "strategic_industry_share", "period,value\n2016,26")
    fine = result(shaoxing, "strategic_industry_share", "period,value\n2016,26.00")
    assert coarse.lead == fine.lead == about(0.5 / 4.5 - 0.2)
    assert (coarse.status, fine.status) == ("on_track", "lagging")


def test_proxies_are_shown_but_do_not_decide(shaoxing: Document) -> None:
    """A proxy gives no status unless asked to, and then it is flagged."""
    rows = "period,value,obs_status\n2018,1.25,D"
    found = result(shaoxing, "rd_share", rows)
    assert (found.status, found.reason) == ("not_assessable", "definition_differs")
    assert (found.latest_value, found.flags) == (1.25, ("proxy",))
    decided = result(shaoxing, "rd_share", rows, proxies=True)
    assert (decided.status, decided.flags) == ("ahead", ("proxy",))


def test_a_proxy_is_never_mixed_with_own_values(shaoxing: Document) -> None:
    """With a value of its own the indicator's proxies are not used, even if newer."""
    rows = "period,value,obs_status\n2017,1.1,\n2018,9.9,D"
    found = result(shaoxing, "rd_share", rows, proxies=True)
    assert (found.latest_period, found.latest_value) == ("2017", 1.1)


def test_delegated_targets_are_not_quantified(shaoxing: Document) -> None:
    """A target set elsewhere has no numbers, and every null says why."""
    found = result(shaoxing, "water_intensity", "period,value\n2018,3")
    assert (found.status, found.reason) == ("not_quantified", "delegated")
    assert found.latest_value == 3
    assert found.reasons["target_value"] == found.reasons["on_track_value"] == "delegated"


def test_parts_of_a_year(shaoxing: Document) -> None:
    """A half year's flow is doubled, a half year's share stands where it is; neither is met early."""
    flow = result(shaoxing, "labour_productivity", "period,value\n2020H1,14", target_year=2020)
    assert (flow.latest_value, flow.gap) == (28, about(0))
    assert (flow.status, flow.flags) == ("on_track", ("part_year", "annualised"))
    share = result(shaoxing, "rd_share", "period,value\n2018H1,1.2")
    assert share.schedule == about(2.5 / 5)


def test_reversing_is_flagged(shaoxing: Document) -> None:
    """A fall between the two latest whole years is flagged even where the target is met."""
    rows = "period,value\n2018,110\n2019,105"
    assert result(shaoxing, "listed_companies", rows).flags == ("reversing",)
    rows = "period,value\n2016,7\n2017,-1"
    assert "reversing" in result(shaoxing, "value_added_growth", rows).flags


def test_old_data_are_flagged_stale(shaoxing: Document) -> None:
    """Two years old is not stale, three years is."""
    rows = "period,value\n2016,65"
    assert result(shaoxing, "listed_companies", rows, as_of=2018).flags == ()
    assert result(shaoxing, "listed_companies", rows, as_of=2019).flags == ("stale",)


def test_projection_continues_the_achieved_pace(shaoxing: Document) -> None:
    """74 firms after two years are 7 a year: 95 in 2020, and 100 within 2021."""
    found = result(shaoxing, "listed_companies", "period,value\n2017,74")
    assert found.achieved_change == about(7)
    assert found.projected_value == about(95)
    assert found.projected_year == 2021
    assert found.acceleration == about((26 / 3) / 7)
    slow = result(shaoxing, "listed_companies", "period,value\n2017,60.1")
    assert slow.projected_year is None
    assert slow.reasons["projected_year"] == "not_at_this_pace"


def test_only_what_was_known_by_the_year_is_used(shaoxing: Document) -> None:
    """Later periods and vintages over a year later are not seen; the newest vintage counts."""
    rows = "period,value,vintage\n2017,70,2018-02\n2017,72,2018-12\n2017,75,2019\n2018,80,2019"
    found = result(shaoxing, "listed_companies", rows, as_of=2017)
    assert (found.latest_period, found.latest_value) == ("2017", 72)


def test_every_null_number_has_its_reason(shaoxing: Document) -> None:
    """Whatever the data, a null number is in reasons and a number is not."""
    table = "indicator,period,value,bound,obs_status\nlisted_companies,2017,74,,\n"
    table += "rd_share,2018,1.2,>,\npatents_per_10bn,2018,30,,D\nintegration_index,2016,72,,P"
    numeric = (
        "target_year baseline_year baseline_value target_value target_value_high latest_value "
        "on_track_value gap gap_to_target progress schedule lead lead_years planned_change "
        "required_change achieved_change acceleration projected_value projected_year "
        "projected_low projected_high projected_points"
    ).split()
    for found in checked(shaoxing, table, target_year="all").results:
        nulls = {name for name in numeric if getattr(found, name) is None}
        assert set(found.reasons) == nulls
        assert "overflow" not in found.reasons.values()
