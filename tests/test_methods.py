"""The methods by numbers worked out by hand, their edges, and what they refuse."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mfgtargets.engine.answering import answered_records
from mfgtargets.engine.calculate import Request, by_groups, calculate, verdicts
from mfgtargets.engine.texttable import from_lines
from mfgtargets.methods import METHODS

UNBASED = {"baseline_year": "", "baseline_value": "", "direction": "up"}
PLAIN = {
    "baseline_year": "2015", "baseline_value": "100", "target_year": "2030",
    "target_value": "200", "year": "2020", "value": "150",
}  # fmt: skip


def judge(method: str, **changes: object) -> dict[str, Any]:
    """Return the answers to one series: from 100 in 2015 to 200 in 2030, now 150 in 2020."""
    row = PLAIN | {name: str(value) for name, value in changes.items()}
    columns = from_lines([list(row), list(row.values())], "row")
    return answered_records(columns, calculate(columns, Request(method)))[0]


def test_the_qinghai_example_to_its_printed_digits() -> None:
    """+1.51, -2.20, -4.18 % against -17 %: 4.87 % done, 12.75 % left, 6.59 a year, 26.8 %.

    Qinghai's statistical bureau, 17 September 2009. Its Y of 1.3398 years is 1.3406 unrounded.
    """
    found = judge(
        "log-reduction",
        kind="cumulative_change",
        direction="down",
        baseline_year=2005,
        baseline_value="",
        target_year=2010,
        target_value=17,
        year=2008,
        value=-4.18,
        history="2006=1.51;2007=-2.2",
        measure="yearly_change",
    )
    assert found["ratio"] == pytest.approx(0.268, abs=5e-4)
    assert 5 * found["ratio"] == pytest.approx(1.3406, abs=5e-5)
    assert found["achieved_change"] == pytest.approx(-0.0165, abs=5e-5)
    assert found["required_change"] == pytest.approx(-0.0659, abs=5e-5)
    assert found["planned_change"] == pytest.approx(-0.0366, abs=5e-5)
    left = 1 - (1 + found["required_change"]) ** 2
    assert left == pytest.approx(0.1275, abs=5e-5)
    assert (found["schedule"], found["status"]) == (pytest.approx(0.6), "lagging")


@pytest.mark.parametrize(
    ("method", "value", "status"),
    [
        # Straight: 15 years for 100, so 33.33 due in five; q = 0.5 at 116.67.
        ("sdsn", 200, "on_track_or_maintaining"),
        ("sdsn", 134, "on_track_or_maintaining"),
        ("sdsn", 133, "moderately_improving"),
        ("sdsn", 117, "moderately_improving"),
        ("sdsn", 116, "stagnating"),
        ("sdsn", 100, "stagnating"),
        ("sdsn", 99, "decreasing"),
        # Compound: 4.73 % a year needed; 95 % of it leads to 124.54, 60 % to 114.98.
        ("open-sdg", 200, "target_achieved"),
        ("open-sdg", 124.6, "substantial_progress"),
        ("open-sdg", 124.4, "moderate_progress"),
        ("open-sdg", 114.9, "limited_progress"),
        ("open-sdg", 100, "limited_progress"),
        ("open-sdg", 99, "deterioration"),
        ("eurostat", 124.6, "significant_progress"),
        ("eurostat", 114.9, "moderate_deterioration"),
        ("eurostat", 99, "significant_deterioration"),
        # 195 of the 200 are expected from 124.93 on, 110 from 103.23 on.
        ("unsd", 125, "met_or_on_track"),
        ("unsd", 124.8, "fair_progress"),
        ("unsd", 103.3, "fair_progress"),
        ("unsd", 103.1, "stagnation_or_regression"),
        # (200-v)/10 over (v-100)/5: 1 at 133.33, 2 at 120.
        ("acceleration", 134, "on_track"),
        ("acceleration", 133, "off_track"),
        ("acceleration", 120, "well_off_track"),
        ("acceleration", 100, "wrong_direction"),
        # The line through both points leads to 100 + 3(v-100); 10 % of 100 may be missing.
        ("escap", 130, "maintain"),
        ("escap", 129, "accelerate"),
        ("escap", 100, "accelerate"),
        ("escap", 99, "reverse"),
    ],
)
def test_classes_change_where_the_rules_say(method: str, value: float, status: str) -> None:
    """Each class begins at its threshold, worked out by hand beside it."""
    assert judge(method, value=value)["status"] == status


@pytest.mark.parametrize(
    ("history", "status"),
    [
        # Ten years are left for 50: 10 a year do, 4.4 leave 12 % of it, 2 leave 60 %.
        ("2015=100;2016=110;2017=120;2018=130;2019=140", "sun"),
        ("2015=128;2016=132;2017=137;2018=141;2019=146", "sun_with_cloud"),
        ("2015=140;2016=142;2017=144;2018=146;2019=148", "cloud"),
        ("2015=160;2016=158;2017=156;2018=154;2019=152", "thunderstorm"),
        ("2017=120;2018=130;2019=140", "sun"),
        ("2018=130;2019=140", "not_assessable"),
        # Points count, not calendar years: 8 a year since 2010, 5 since 2000, 0.5 since 1990.
        ("2010=70;2017=120;2019=140", "sun"),
        ("2000=50;2010=60;2019=140", "sun"),
        ("1990=135;2010=60;2019=140", "cloud"),
        # Every two years: of the last six points, 8 a year since 2010, not 5 less since 2008.
        ("2008=390;2010=70;2012=80;2014=90;2016=100;2018=120", "sun"),
    ],
)
def test_weather_by_the_last_six_points(history: str, status: str) -> None:
    """Mean change over the last six points carried to the target; four points at least."""
    found = judge("destatis", **UNBASED, history=history)
    assert found["status"] == status


def test_weather_of_a_series_with_gaps() -> None:
    """45 (2010) … 60.4 (2022) every two years, target 65 in 2030: 60.4 + 8 × 1.04 = 68.72.

    Published as sun; 3.72 of the 4.6 still to go are left over.
    """
    history = "2010=45;2012=50;2014=52;2016=52;2018=56;2020=62;2022=60.4"
    found = judge("destatis", **UNBASED | {"year": "", "value": ""}, target_value=65,
                  history=history)  # fmt: skip
    assert (found["status"], found["ratio"]) == ("sun", pytest.approx(-3.72 / 4.6))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"value": 210, "history": "2017=190;2018=200;2019=205"}, "sun"),
        ({"value": 210, "history": "2017=230;2018=220;2019=215"}, "sun_with_cloud"),
        ({"target_type": "constant", "history": "2017=120;2018=130;2019=140"}, "cloud"),
        ({"target_type": "constant", "history": "2017=180;2018=170;2019=160"}, "thunderstorm"),
        ({"target_type": "direction", "history": "2017=120;2018=130;2019=140"}, "sun"),
        ({"target_type": "direction", "history": "2017=120;2018=130;2019=155"}, "sun_with_cloud"),
        ({"target_type": "direction", "history": "2017=170;2018=130;2019=140"}, "cloud"),
        ({"target_type": "direction", "history": "2017=170;2018=165;2019=160"}, "thunderstorm"),
    ],
)
def test_weather_of_other_target_types(changes: dict[str, object], status: str) -> None:
    """Targets reached or to be held, and directions alone, have rules of their own."""
    assert judge("destatis", **UNBASED, **changes)["status"] == status


def test_a_natural_limit_narrows_the_thresholds() -> None:
    """C = 1-(90/100)^4.44 = 0.3736 of Open SDG's 1.5 %: 0.56 % a year is substantial."""
    changes = {"direction": "up", "target_value": "", "baseline_value": 90, "value": 92.6}
    assert judge("open-sdg", **changes)["status"] == "moderate_progress"
    assert judge("open-sdg", **changes, limit=100)["status"] == "substantial_progress"
    at_limit = judge("open-sdg", **(changes | {"baseline_value": 100, "value": 100}), limit=100)
    assert (at_limit["status"], at_limit["score"]) == ("substantial_progress", 5)


def test_zeros_are_replaced_as_open_sdg_does_and_flagged() -> None:
    """0.001 stands for a baseline of zero there; the schedule takes the straight line from zero."""
    found = judge("open-sdg", baseline_value=0, value=50, target_value=100)
    expected = ((50 / 0.001) ** (1 / 5) - 1) / ((100 / 0.001) ** (1 / 15) - 1)
    assert found["ratio"] == pytest.approx(expected)
    assert found["flags"] == ["zero_substituted"]
    assert judge("schedule", baseline_value=0, value=50, target_value=100)["progress"] == 0.5


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"value": ""}, {"no_data"}),
        ({"year": 2015}, {"no_time_elapsed", None}),
        ({"value": -5}, {"not_positive", None}),
        ({"target_value": ""}, {"no_target", "no_direction", None}),
        ({"target_value": 100, "value": 90}, {"no_direction"}),
        ({"history": "2018=1;2018=2"}, {"year_twice"}),
        ({"history": "2020=151"}, {"year_twice"}),
        ({"year": 2010}, {"before_baseline", "no_data", "no_time_elapsed"}),
        ({"value": 1e308, "baseline_value": 1e-308}, {"overflow", "too_few_points", None}),
        ({"kind": "rank", "target_value": 3, "value": 5, "direction": "down"},
         {"kind_unsupported", "no_path"}),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_has_a_reason(
    changes: dict[str, object], reasons: set[str | None]
) -> None:
    """No method crashes or makes a number up; each gives one of the reasons that fit."""
    for method in METHODS:
        found = judge(method, **changes)
        assert found["reason"] in reasons | {"too_few_points"}, (method, found)
        cannot = {"not_assessable", "not_available", "no_data", "not_quantified"}
        assert (found["status"] in cannot) == (found["reason"] is not None), method


def test_a_value_beyond_its_limit_is_refused_by_the_schedule_alone() -> None:
    """103 % of a share cannot be: the schedule says so, Open SDG judges what it is given."""
    changes = {"baseline_value": 80, "target_value": 95, "value": 103, "limit": 100}
    assert judge("schedule", **changes)["reason"] == "beyond_limit"
    assert judge("open-sdg", **changes)["status"] == "target_achieved"


def test_a_target_worse_than_the_baseline_is_flagged() -> None:
    """Open SDG calls 60 against a floor of 50 achieved, though it fell from 70: flagged."""
    found = judge("open-sdg", baseline_value=70, target_value=50, value=60, direction="up")
    assert (found["status"], found["flags"]) == ("target_achieved", ["wrong_side"])


@pytest.mark.parametrize("method", METHODS)
@given(
    baseline=st.floats(-1e6, 1e6, allow_nan=False),
    target=st.floats(-1e6, 1e6, allow_nan=False),
    value=st.floats(-1e6, 1e6, allow_nan=False),
    year=st.integers(2010, 2035),
)
def test_every_answer_is_a_number_or_a_reason(
    method: str, baseline: float, target: float, value: float, year: int
) -> None:
    """Whatever is given: a status of the method's, finite numbers, a reason where it cannot."""
    found = judge(method, baseline_value=baseline, target_value=target, value=value, year=year)
    assert found["status"] in {*METHODS[method].words, METHODS[method].cannot}
    numbers = [v for v in found.values() if isinstance(v, float)]
    assert all(math.isfinite(number) for number in numbers)


WHOLE = st.integers(1, 1000)


@given(WHOLE, WHOLE, WHOLE, st.sampled_from([0.01, 0.1, 10.0, 100.0]), st.booleans())
def test_no_method_depends_on_the_unit(
    baseline: int, target: int, value: int, factor: float, falls: bool
) -> None:
    """The same series in another unit of size is judged the same by every method."""
    for method in METHODS:
        one, other = (
            judge(
                method,
                direction="down" if falls else "up",
                baseline_value=repr(baseline * f),
                target_value=repr(target * f),
                value=repr(value * f),
                history=f"2016={baseline * f!r};2018={target * f!r};2019={value * f!r}",
            )
            for f in (1.0, factor)
        )
        assert (one["ratio"] is None) == (other["ratio"] is None), method
        assert one["ratio"] is None or one["ratio"] == pytest.approx(other["ratio"], rel=1e-6)
        # The tolerance of the schedule never is less than half of the value's last digit.
        if METHODS[method].path != "own" and method != "log-reduction":
            assert (one["status"], one["reason"]) == (other["status"], other["reason"]), method


def test_projection_and_its_interval_by_hand() -> None:
    """10, 12, 13, 15: the line rises by 8/5 a year and leaves squares of 0.2, so s² = 0.1.

    Two years on, Sxx being 5: 1.885618 · sqrt(0.1 · (1 + 1/4 + 3.5²/5)) = 1.146984.
    """
    found = judge(
        "schedule",
        baseline_year=2015,
        baseline_value=10,
        year=2018,
        value=15,
        history="2016=12;2017=13",
        target_year=2020,
        target_value=20,
    )
    assert found["projected_value"] == pytest.approx(15 + 10 / 3)
    assert found["projected_low"] == pytest.approx(15 + 10 / 3 - 1.146984)
    assert found["projected_high"] == pytest.approx(15 + 10 / 3 + 1.146984)
    assert found["projected_points"] == 4
    assert found["projected_year"] == 2021


def test_the_interval_of_a_geometric_path_is_of_factors() -> None:
    """1, 2, 4, 16: logarithms to 2 of 0, 1, 2, 4 leave squares of 0.3, so s² = 0.15.

    One year on: 1.885618 · sqrt(0.15 · (1 + 1/4 + 2.5²/5)) = 1.154701, around 4 + 4/3.
    """
    found = judge(
        "schedule",
        path="geometric",
        baseline_year=2015,
        baseline_value=1,
        year=2018,
        value=16,
        history="2016=2;2017=4",
        target_year=2019,
        target_value=32,
    )
    assert found["projected_low"] == pytest.approx(2 ** (16 / 3 - 1.154701))
    assert found["projected_high"] == pytest.approx(2 ** (16 / 3 + 1.154701))


def test_fewer_than_four_points_have_no_interval() -> None:
    """Three points give a projection, and no interval."""
    found = judge("schedule", history="2018=130")
    assert found["projected_points"] == 3
    assert found["projected_value"] is not None
    assert (found["projected_low"], found["projected_high"]) == (None, None)


def test_the_trend_can_look_back_less_far() -> None:
    """Over the last two years the pace is 5 a year, not 10."""
    row = PLAIN | {"history": "2018=140"}
    columns = from_lines([list(row), list(row.values())], "row")
    found = answered_records(columns, calculate(columns, Request("schedule", trend=2)))[0]
    assert found["projected_value"] == pytest.approx(150 + 10 * 5)
    assert found["achieved_change"] == pytest.approx(10)


def test_groups_have_the_status_of_their_mean_score() -> None:
    """Open SDG: two series, one achieved and one lagging, are together what their mean says."""
    rows = [PLAIN | {"group": "a", "value": value} for value in ("200", "110")]
    columns = from_lines([list(rows[0]), *(list(row.values()) for row in rows)], "rows")
    found = answered_records(columns, calculate(columns, Request("open-sdg")))
    scores = [row["score"] for row in found]
    (group,) = by_groups(columns, ["a", "a"], Request("open-sdg"))
    assert group["score"] == pytest.approx(sum(scores) / 2)
    assert group["status"] == "moderate_progress"
    assert by_groups(columns, ["a", "a"], Request("unsd"))[0]["reason"] == "no_group_rule"


def test_a_natural_limit_counts_by_its_size() -> None:
    """-30 falling to -30.3 before a limit of -40: C = 1-0.75^4.44 = 0.721214, score -1.11896."""
    row = {"direction": "down", "baseline_value": -30, "target_value": "", "limit": -40}
    found = judge("open-sdg", **row, value=-30.3)
    assert found["ratio"] == pytest.approx(0.001992048, abs=1e-9)  # 1.01^(1/5) - 1
    assert found["score"] == pytest.approx(-1.11896, abs=1e-5)  # 500 c/C - 2.5


def test_what_meets_its_target_is_met_whatever_the_rest() -> None:
    """Without a baseline SDSN and UNSD, across zero Open SDG and Eurostat call a met target met."""
    for method in ("sdsn", "unsd", "acceleration"):
        alone = judge(method, baseline_value="", direction="up", target_value=20, value=25)
        assert alone["reason"] is None, method
    for method in ("open-sdg", "eurostat"):
        crossed = judge(method, baseline_value=-5, target_value=2, value=3)
        assert crossed["reason"] is None, method


def test_acceleration_takes_the_baseline_among_its_five_years() -> None:
    """144 in 2015, 176 in 2016, 174.9 in 2017 rise, though the last step falls."""
    row = {"direction": "down", "baseline_value": 144, "target_year": 2020, "target_value": 108}
    found = judge("acceleration", **row, year=2017, value=174.9, history="2016=176")
    assert found["status"] == "wrong_direction"
    at_once = judge("acceleration", **row, year=2015, value=140)
    assert at_once["reason"] == "no_time_elapsed"


def test_without_a_target_its_year_does_not_matter() -> None:
    """A target year that has passed is nothing to a series without a target."""
    found = judge("open-sdg", direction="up", target_value="", target_year=2018)
    assert found["status"] == "substantial_progress"
    assert judge("sdsn", direction="up", target_value="", target_year=2010)["reason"] == "no_target"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"milestones": "2018=110;2018=111"}, "year_twice"),
        ({"milestones": "2031=110"}, "years_reversed"),
        ({"comparator": "range", "target_high": 3}, "range_incomplete"),
        ({"comparator": "range"}, "range_incomplete"),
    ],
)
def test_contradictory_rows_have_a_reason(changes: dict[str, object], reason: str) -> None:
    """Nothing is dropped in silence: two values of a year, milestones outside, half a range."""
    assert judge("schedule", **changes)["reason"] == reason


def test_a_floor_is_a_floor_on_any_path() -> None:
    """A target worse than the baseline is held or not, also where a geometric path has no number."""
    row = {"direction": "up", "baseline_value": 5, "target_value": -2, "value": 3}
    for path in ("linear", "geometric"):
        found = judge("schedule", **row, path=path)
        assert (found["status"], found["reason"]) == ("on_track", "wrong_side")


def test_the_baseline_is_a_year_of_destatis() -> None:
    """120 in 2017 is the first of four consecutive years, and 10 a year lead beyond 200."""
    row = {"baseline_year": 2017, "baseline_value": 120, "history": "2018=130;2019=140"}
    assert judge("destatis", **row)["status"] == "sun"
    against = judge("destatis", **row | {"history": "2017=121;2018=130;2019=140"})
    assert against["reason"] == "year_twice"


def test_escap_weighs_points_by_their_time() -> None:
    """300, 100, 110 with weights 1, 2, 3: -14.8 a year from 89, -59 in 2030, 259 of 100 missing."""
    found = judge("escap", value=110, history="2010=300", direction="up")
    assert found["ratio"] == pytest.approx(2.59)
    assert found["status"] == "reverse"


def test_escap_does_not_depend_on_other_rows() -> None:
    """The last digit of a ratio is the same beside a row with a longer history."""
    row = PLAIN | {"baseline_value": "36", "target_value": "77", "value": "16"}
    row["history"] = "2016=6.1;2017=0.5;2018=3.2;2019=6.3"
    other = PLAIN | {"history": ";".join(f"{year}={year - 1990}" for year in range(2001, 2015))}
    tables = ([row], [row, other])
    alone, beside = (
        calculate(from_lines([list(row), *(list(r.values()) for r in t)], "t"), Request("escap"))
        for t in tables
    )
    assert alone["ratio"][0] == beside["ratio"][0]


@pytest.mark.parametrize("later", ["", ";2021=160"])
def test_the_easiest_end_of_an_interval_counts_for_destatis(later: str) -> None:
    """10 a year lead to 250: enough for 200, 10 short of 260, and it is 200 that counts."""
    row = {"comparator": "range", "target_high": 260}
    row["history"] = f"2016=110;2017=120;2018=130;2019=140{later}"
    assert judge("destatis", **row)["status"] == "sun"
    falling = {"baseline_value": 100, "target_value": 20, "target_high": 60, "direction": "down"}
    falling |= {"comparator": "range", "value": 85}
    falling["history"] = "2016=97;2017=94;2018=91;2019=88"
    found = judge("destatis", **falling)  # 55 in 2030: 5 beyond 60, of 25 to go
    assert (found["status"], found["ratio"]) == ("sun", pytest.approx(-0.2))


def test_a_published_interval_of_destatis() -> None:
    """105.875 (2018) to 95.511 (2023), 80 to 85 in 2030: 95.511 - 7 × 2.0728 = 81.0014 against 85.

    Published as sun: -3.9986 of 10.511 are missing.
    """
    row = {"baseline_year": 2018, "baseline_value": 105.875, "direction": "down"}
    row |= {"target_value": 80, "target_high": 85, "comparator": "range"}
    row |= {"year": 2023, "value": 95.511, "history": "2019=104;2020=102;2021=100;2022=98"}
    found = judge("destatis", **row)
    assert (found["status"], found["ratio"]) == ("sun", pytest.approx(-3.9986 / 10.511))


@pytest.mark.parametrize(
    ("changes", "status", "score"),
    [
        # c = (94.9/94.7)^(1/7)-1 = 0.000301 > 0.001 × 0.2148, C = 1-0.947^4.44; 250 c / C.
        ({"baseline_value": 94.7, "year": 2022, "value": 94.9, "limit": 100}, "moderate_progress",
         0.35087),
        ({"baseline_value": 100, "year": 2022, "value": 100, "limit": 100}, "significant_progress",
         5),
        # The issuer stores 5 here, against its own status; 250 c is kept.
        ({"baseline_value": 50, "year": 2025, "value": 46.7, "limit": 50},
         "significant_deterioration", -1.70116),
        # c = -0.06 % at the limit: the cut of -0.1 % is not multiplied.
        ({"baseline_value": 100, "value": 99.7, "limit": 100}, "no_progress", -0.15018),
        # C of 94.7 makes -1 % a cut of -0.215 %: c is -0.2 % here, and -0.3 % there.
        ({"baseline_value": 94.7, "value": 94.7 * 0.998**5, "limit": 100},
         "moderate_deterioration", -0.5),
        ({"baseline_value": 94.7, "value": 94.7 * 0.997**5, "limit": 100},
         "significant_deterioration", -0.75),
        # A least value, reached from above: of a baseline of zero 0.001 is put.
        ({"direction": "down", "baseline_value": 0, "value": 0, "limit": 0},
         "significant_progress", 5),
        ({"direction": "down", "baseline_value": 0.5, "value": 0, "limit": 0},
         "significant_progress", 5),
        ({"direction": "down", "baseline_value": 3.1, "value": 3, "limit": 3},
         "significant_progress", 5),
        # With a target the limit is nothing: R = 1.
        ({"baseline_value": 94.7, "value": 94.7 * 1.002**5, "target_value": 94.7 * 1.002**15,
          "limit": 100}, "significant_progress", 5 / 0.7 * 0.4),
    ],
)  # fmt: skip
def test_the_natural_limit_of_eurostat(
    changes: dict[str, object], status: str, score: float
) -> None:
    """The cuts of 1, 0.1 and -1 % are multiplied by C; at the limit nothing is left to gain."""
    found = judge("eurostat", **{"direction": "up", "target_value": ""} | changes)
    assert (found["status"], found["score"]) == (status, pytest.approx(score, abs=1e-5))


@pytest.mark.parametrize("based", [{}, {"baseline_year": 2020, "baseline_value": 210}])
def test_a_single_point_is_judged_where_it_reaches_the_target(based: dict[str, object]) -> None:
    """One value of 210 has achieved 200 and not 220, as the issuer's code says; it has no pace."""
    row = UNBASED | {"value": 210} | based
    for method, status in (("open-sdg", "target_achieved"), ("eurostat", "significant_progress")):
        found = judge(method, **row)
        assert (found["status"], found["score"], found["ratio"]) == (status, 5, None)
        short = judge(method, **row, target_value=220)
        assert short["status"] in {"not_available", "not_assessable"}
        assert short["reason"] in {"no_baseline", "no_time_elapsed"}


@pytest.mark.parametrize("target_year", [2018, 2020, 2025])
def test_without_a_target_there_is_no_status(target_year: int) -> None:
    """89 in 2015, 95 in 2020: whether the year of no target is that of the value or not."""
    row = {"direction": "up", "baseline_value": 89, "target_value": "", "value": 95}
    found = judge("schedule", **row, target_year=target_year)
    assert (found["status"], found["reason"]) == ("not_assessable", "no_target")


@pytest.mark.parametrize(
    "given",
    [
        {"year": 2019, "value": 30},
        {"year": 2019, "value": 30, "history": "2017=25"},
        {"year": "", "value": "", "history": "2017=25;2019=30"},
    ],
)
def test_a_range_and_milestones_wherever_the_latest_year_stands(given: dict[str, object]) -> None:
    """28 in 2018 and 31 in 2021: 29 is due in 2019; the range's nearer end ends the path."""
    row = {"baseline_value": 20, "target_year": 2025, "target_value": 40, "target_high": 50}
    found = judge("schedule", **row, comparator="range", milestones="2018=28;2021=31", **given)
    assert (found["on_track_value"], found["progress"]) == (pytest.approx(29), 0.5)


@pytest.mark.parametrize(
    "changes",
    [
        {"baseline_value": "", "target_year": 2020, "target_value": 20, "year": 2021, "value": 25},
        {"baseline_value": 20, "target_year": 2020, "target_value": 20, "year": 2021, "value": 15},
    ],
)
def test_no_direction_is_invented_once_the_target_year_has_passed(
    changes: dict[str, object],
) -> None:
    """Whether more is better is not known, so neither status nor distance is."""
    found = judge("schedule", **changes)
    assert (found["status"], found["reason"]) == ("not_assessable", "no_direction")
    assert found["gap_to_target"] is None
    assert found["flags"] == []


def test_decimals_count_for_every_kind() -> None:
    """1.00 of 4 after three of nine years is 8.3 points behind; 1 could be 1.4, and is not."""
    row = {"kind": "increment", "baseline_value": "", "target_year": 2024, "target_value": 4}
    row["measure"] = "total"
    assert judge("schedule", **row, year=2018, value="1.00")["status"] == "lagging"
    assert judge("schedule", **row, year=2018, value="1")["status"] == "on_track"
    assert judge("schedule", **row, year=2018, value="1.00 ")["status"] == "lagging"


@pytest.mark.parametrize("method", ["schedule", "open-sdg", "unsd", "sdsn"])
def test_a_value_without_its_year_is_not_there(method: str) -> None:
    """A baseline without a year is none; a target without one cannot be judged."""
    assert judge(method, baseline_year="")["reason"] == "no_baseline"
    assert judge(method, target_year="")["reason"] == "no_target_year"


def test_a_passed_target_before_its_baseline_is_a_contradiction() -> None:
    """A target of 2010 with a baseline of 2015 is not met in 2020, but mistyped."""
    found = judge("schedule", target_year=2010, target_value=1, baseline_value=3, value=1)
    assert (found["status"], found["reason"]) == ("not_assessable", "years_reversed")


def test_unsd_takes_zero_for_a_value() -> None:
    """From 10 to 0 of a target of -10: nothing is left to fall, (0-10)/(-10-10) is half the way."""
    found = judge("unsd", baseline_value=10, value=0, target_value=-10)
    assert (found["ratio"], found["status"]) == (0.5, "fair_progress")


def test_unsd_is_met_within_one_point_of_all() -> None:
    """99.2 % of 100 % is met though it fell from 99.5; 98.9 % is not."""
    row = {"baseline_value": 99.5, "target_value": 100, "unit": "%", "direction": "up"}
    assert judge("unsd", **row, value=99.2)["status"] == "met_or_on_track"
    assert judge("unsd", **row, value=98.9)["status"] == "stagnation_or_regression"


def test_the_latest_fall_of_a_history_is_flagged() -> None:
    """155 in 2019 and 150 in 2020 is a step back."""
    assert judge("schedule", history="2019=155")["flags"] == ["reversing"]
    assert judge("schedule", history="2019=145")["flags"] == []


def grouped(method: str, *changes: dict[str, object]) -> dict[str, Any]:
    """Return what is said of one group of series."""
    rows = [PLAIN | {"group": "a"} | {k: str(v) for k, v in one.items()} for one in changes]
    columns = from_lines([list(rows[0]), *(list(row.values()) for row in rows)], "rows")
    (found,) = by_groups(columns, ["a"] * len(rows), Request(method))
    return found


def test_groups_are_at_most_twenty_deep() -> None:
    """Of a name of 25 levels what is behind the nineteenth is one name."""
    levels = [str(level) for level in range(25)]
    columns = from_lines([list(PLAIN), list(PLAIN.values())], "row")
    found = by_groups(columns, ["/".join(levels)], Request("open-sdg"))
    assert len(found) == 20
    assert found[-1]["group"] == "/".join(levels)
    assert found[-2]["group"] == "/".join(levels[:19])


def test_cuts_of_groups() -> None:
    """Eurostat from 0.25 moderate; SDSN from three quarters judged; Open SDG of those judged."""
    # R = 0.7: 5/0.7 * 0.1 = 0.714. The yearly change to double in 15 years is 2^(1/15)-1.
    value = 100 * (1 + 0.7 * (2 ** (1 / 15) - 1)) ** 5
    assert grouped("eurostat", {"value": value})["status"] == "moderate_progress"
    # R = 0.62 is moderate; its score of 5/0.7 * 0.02 = 0.143 would not be, but it is alone.
    alone = {"value": 100 * (1 + 0.62 * (2 ** (1 / 15) - 1)) ** 5}
    assert grouped("eurostat", alone)["status"] == "moderate_progress"
    assert grouped("eurostat", alone, alone)["status"] == "no_progress"
    # At the threshold 3 whatever the pace, q = 0.5 at 116.67 is 2: together 2.5.
    assert grouped("sdsn", {"value": 300}, {"value": 100 + 50 / 3})["score"] == pytest.approx(2.5)
    # 140 is 1.2 times the pace, 95 goes back 0.15 of it: 3.2 and 0.85.
    assert grouped("sdsn", {"value": 140}, {"value": 95})["score"] == pytest.approx(2.025)
    # On the wrong side of its target and going on: decreasing, not improving.
    lost = {"baseline_value": 250, "value": 150, "direction": "up"}
    assert grouped("sdsn", lost)["status"] == "decreasing"
    # On the pace that is needed the score is 7.1429 - 4.2857 = 2.8572, above the cut of 2.5.
    paced = {"value": 100 * 2 ** (5 / 15)}
    found = grouped("open-sdg", paced, paced)
    assert (found["score"], found["status"]) == (pytest.approx(2.8572), "substantial_progress")
    some, none = {"value": 140}, {"value": ""}
    assert grouped("sdsn", some, some, some, none)["status"] != "not_assessable"
    assert grouped("sdsn", some, some, none, none)["reason"] == "too_few_points"
    assert grouped("open-sdg", {"value": 210}, none)["status"] == "target_achieved"


def test_why_a_method_differs_is_of_the_series() -> None:
    """A steady pace leaves the window without effect; a bend within it does not."""

    def differs(code: str, history: str) -> tuple[str, ...]:
        row = PLAIN | {"history": history}
        table = from_lines([list(row), list(row.values())], "row")
        return next(one for one in verdicts(table, Request())[0] if one.method == code).differs_in

    assert differs("acceleration", "") == ("thresholds",)
    assert differs("escap", "2016=110;2018=130") == ("thresholds",)
    assert differs("escap", "2016=140") == ("window",)
    assert differs("unsd", "") == ("path",)


def test_eurostat_scores_what_falls_short() -> None:
    """R = 0.3 scores 5/1.2 (0.3 + 0.6) - 5 = -1.25; 0.04 % a year without a target is none."""
    short = judge("eurostat", value=100 * (1 + 0.3 * (2 ** (1 / 15) - 1)) ** 5)
    assert (short["ratio"], short["score"]) == (pytest.approx(0.3), pytest.approx(-1.25))
    still = judge("eurostat", direction="up", target_value="", value=100.2)
    assert still["status"] == "no_progress"
    assert still["score"] == pytest.approx(250 * (1.002**0.2 - 1))


@pytest.mark.parametrize(("value", "score"), [(150, 100), (75, 75), (-10, 0)])
def test_the_score_of_sdsn_stays_between_its_bounds(value: int, score: int) -> None:
    """A value beyond the optimum scores 100, one below the lower bound 0."""
    assert judge("sdsn", value=value, lower=0, optimum=100)["score"] == score


def test_only_a_target_can_be_on_the_wrong_side() -> None:
    """Without a target, or with one better than the baseline, unsd does not say so."""
    assert judge("unsd", direction="up", target_value="")["flags"] == []
    assert judge("unsd", direction="up")["flags"] == []
    assert judge("unsd", direction="down")["flags"] == ["wrong_side"]


def test_a_single_year_left_is_enough() -> None:
    """10 in the last year after 18 a year: AF = 10/18."""
    found = judge("acceleration", target_year=2021, value=190)
    assert (found["status"], found["ratio"]) == ("on_track", pytest.approx(10 / 18))


def test_how_much_faster_on_a_geometric_path() -> None:
    """150 of 100 in five years, 200 in ten more: 2.919 % needed a year after 8.447 %."""
    found = judge("schedule", path="geometric")
    achieved, required = 1.5**0.2 - 1, (200 / 150) ** 0.1 - 1
    assert found["achieved_change"] == pytest.approx(achieved)
    assert found["required_change"] == pytest.approx(required)
    assert found["acceleration"] == pytest.approx(required / achieved)


def test_debts_are_projected_as_debts() -> None:
    """From -100 to -80 in five years leads to -64 in ten, on a geometric path of negative values."""
    row = {"baseline_value": -100, "value": -80, "target_year": 2025, "target_value": -50}
    assert judge("schedule", **row, path="geometric")["projected_value"] == pytest.approx(-64)


def test_a_milestone_may_be_the_baseline_again() -> None:
    """100 in 2015 and to be 100 in 2020: 100 then is on track, and nothing is ahead or behind."""
    found = judge("schedule", milestones="2020=100", value=100)
    assert (found["status"], found["gap"], found["on_track_value"]) == ("on_track", 0, 100)


@pytest.mark.parametrize("method", METHODS)
def test_what_one_row_lacks_is_lacking_there_alone(method: str) -> None:
    """Rows of a table do not lend each other numbers or reasons."""
    rows = [PLAIN, PLAIN | {"baseline_value": ""}, PLAIN | {"value": ""}, PLAIN]
    columns = from_lines([list(PLAIN), *(list(row.values()) for row in rows)], "rows")
    together = answered_records(columns, calculate(columns, Request(method)))
    assert together == [judge(method, **row) for row in rows]
