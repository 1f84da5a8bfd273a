"""What is promised beside what is measured, at the edges: numbers worked by hand."""

from pathlib import Path
from typing import Any

import pytest

import mfgtargets as mt
from checks import checked
from mfgtargets.series.columns import COLUMNS
from plans import plan_of, table_of

BASED = {"baseline": "{year: 2015, value: 100}"}
FLOW = {"nature": "flow", "unit": "亿元", "path": "linear"}
RATE = {"nature": "ratio", "unit": '"%"', "kind": "growth_rate"}
FALL = {"nature": "ratio", "unit": '"%"', "kind": "cumulative_change", "direction": "down"}
CEILING = {"nature": "ratio", "unit": '"%"', "direction": "down", "hold": "each_year",
           "name_zh": "城镇调查失业率"}  # fmt: skip
YEARLY = "year,value,measure"
PERIOD = "period: {start: 2016, end: 2020}"


def said(
    folder: Path, target: str, fields: dict[str, str], rows: str, **question: object
) -> dict[str, Any]:
    """Judge one target by rows of ``period,value,measure,bound,obs_status``."""
    header = "period,value,measure,bound,obs_status"
    lines = [",".join((*row.split(","), "", "", "", ""))[:80] for row in rows.split()]
    table = table_of(" ".join(",".join(line.split(",")[:5]) for line in lines), header)
    document = plan_of(folder, target, **fields)
    result = checked(document, table, **question).results[0]
    return {name: getattr(result, name) for name in result._fields}


@pytest.mark.parametrize(
    ("target", "fields", "rows", "expected"),
    [
        # Nearer is better from both sides: from 110 to 100, 104 is due in 2018, and 98 is as 102.
        ("value: 100, year: 2020", {"direction": "toward", "baseline": "{year: 2015, value: 110}"},
         "2018,104", {"progress": 0.6, "schedule": 0.6, "status": "on_track"}),
        ("value: 100, year: 2020", {"direction": "toward", "baseline": "{year: 2015, value: 110}"},
         "2018,98", {"progress": 0.8, "status": "ahead"}),
        ("value: 100, year: 2020", {"direction": "toward", "baseline": "{year: 2015, value: 90}"},
         "2018,102", {"progress": 0.8, "status": "ahead"}),
        # A change in the wrong direction: the first of a chain too, not the first of a level.
        (f"value: 6, {PERIOD}", RATE, "2016,-1", {"flags": ("below_baseline", "reversing")}),
        (f"value: 6, {PERIOD}", RATE, "2016,1", {"flags": ()}),
        ("value: 18, year: 2020", FALL, "2016,1,yearly_change",
         {"flags": ("below_baseline", "reversing")}),
        ("value: 150, year: 2020", BASED, "2016,99", {"flags": ("below_baseline",)}),
        ("value: 150, year: 2020", BASED, "2014,120 2016,110", {"flags": ()}),
        ("value: 150, year: 2020", BASED, "2015,112 2016,110", {"flags": ("reversing",)}),
        ("value: 150, year: 2020", BASED, "2016,120 2017,112,,,B", {"flags": ("break",)}),
        ("value: 150, year: 2020", BASED, "2016,120,,,B 2017,112", {"flags": ("reversing",)}),
        ("value: 150, year: 2020", BASED, "2016,120,,> 2017,112", {"flags": ()}),
        # What 左右 leaves: 5 % of the rate, the size, the distance, or the target.
        ("value: 20, year: 2020, comparator: approx", FALL, "2020,-19,change_since_base",
         {"status": "met", "flags": ("within_approx",)}),
        ("value: 20, year: 2020, comparator: approx", FALL, "2020,-18.9,change_since_base",
         {"status": "missed"}),
        ("value: 2, year: 2020, comparator: approx",
         {"kind": "multiple", "baseline": "{year: 2015, value: 50}"}, "2020,97.5",
         {"status": "met", "flags": ("within_approx",)}),
        ("value: 2, year: 2020, comparator: approx",
         {"kind": "multiple", "baseline": "{year: 2015, value: 50}"}, "2020,97.4",
         {"status": "missed"}),
        ("value: 100, year: 2020, comparator: approx", {}, "2020,95", {"status": "met"}),
        ("value: 100, year: 2020, comparator: approx", {}, "2020,94", {"status": "missed"}),
        ("value: 100, year: 2020, comparator: approx", {"direction": "down"}, "2020,105",
         {"status": "met"}),
        ("value: 100, year: 2020, comparator: approx", {"direction": "down"}, "2020,106",
         {"status": "missed"}),
        (f"value: 100, {PERIOD}, comparator: approx", {"kind": "increment"}, "2016/2020,95",
         {"status": "met"}),
        (f"value: 100, {PERIOD}, comparator: approx", {"kind": "increment"}, "2016/2020,94",
         {"status": "missed"}),
        ("value: 10, year: 2020, comparator: approx",
         {"kind": "increment", "baseline": "{year: 2015, value: 40}"}, "2020,49.5,level",
         {"status": "met"}),
        ("value: 10, year: 2020, comparator: approx",
         {"kind": "increment", "baseline": "{year: 2015, value: 40}"}, "2020,49.4,level",
         {"status": "missed"}),
        # Where only additions are known they add to the baseline: 40 and 6 of the way to 50.
        ("value: 10, year: 2020", {"kind": "increment", "baseline": "{year: 2015, value: 40}"},
         "2016,4,added 2017,2,added", {"latest_value": 46, "progress": 0.6}),
        # A part of a flow gives way to a whole year that is near, a stock and a sum do not.
        ("value: 200, year: 2025", BASED | FLOW, "2018,120 2020H1,90",
         {"latest_value": 180, "latest_period": "2020H1", "flags": ("part_year", "annualised")}),
        ("value: 200, year: 2025", BASED | FLOW, "2019,120 2020H1,90",
         {"latest_value": 120, "latest_period": "2019", "flags": ()}),
        ("value: 200, year: 2025", BASED, "2019,120 2020H1,130",
         {"latest_value": 130, "schedule": 0.45, "flags": ("part_year",)}),
        (f"value: 100, {PERIOD}", {"kind": "increment"}, "2016,30 2017H1,15",
         {"latest_value": 45, "schedule": 0.3}),
        # Quarters of a stock: the end of the year is the year's, but not decisive.
        ("value: 200, year: 2020", BASED, "2020-12,210", {"status": "ahead"}),
        ("value: 200, year: 2020", BASED, "2020-12,150", {"status": "lagging"}),
        # A bounded actual of the baseline's year is no baseline; an exact one is.
        ("value: 150, year: 2020", {}, "2015,100 2018,130",
         {"baseline_value": 100, "baseline_source": "actual", "progress": 0.6}),
        ("value: 150, year: 2020", {}, "2015,100,,> 2018,130",
         {"baseline_value": None, "reason": "no_baseline"}),
        # 10, 20 and 30 % less leave 0.9 × 0.8 × 0.7 = 50.4 %.
        (
            "value: 50, year: 2020", FALL,
            "2016,-10,yearly_change 2017,-20,yearly_change 2018,-30,yearly_change",
            {"latest_value": 49.6, "judged_period": "2016/2018"},
        ),
        # The best of the years after does not make good, but is told; the last turned back.
        ("value: 100, year: 2020", {"baseline": "{year: 2015, value: 60}"},
         "2020,80 2021,101 2022,90", {"status": "missed", "flags": ("reversing", "late")}),
        ("value: 100, year: 2020",
         {"direction": "down", "baseline": "{year: 2015, value: 160}"}, "2020,120 2021,99 2022,130",
         {"status": "missed", "flags": ("reversing", "late")}),
        ("value: 100, year: 2020",
         {"direction": "down", "baseline": "{year: 2015, value: 160}"}, "2020,120 2021,101",
         {"status": "missed", "flags": ()}),
        # What comes after a period neither breaks nor makes good what it brought.
        (f"value: 6, {PERIOD}", RATE, "2016,6 2017,6 2018,6 2019,6 2020,6 2021,-20",
         {"status": "met", "flags": ()}),
        (f"value: 100, {PERIOD}", {"kind": "increment"},
         "2016,20 2017,20 2018,20 2019,20 2020,5 2021,200", {"status": "missed", "flags": ()}),
        (f"value: 100, {PERIOD}", {"kind": "annual_flow", "nature": "flow"},
         "2016,100 2017,100 2018,100 2019,100 2020,100 2021,20", {"status": "met", "flags": ()}),
        # Rank: sixth is not third; a value of the year before decides nothing.
        ("value: 3, year: 2020", {"kind": "rank", "direction": "down", "unit": "位"}, "2020,3",
         {"status": "met", "gap_to_target": 0}),
    ],
)  # fmt: skip
def test_a_target_at_its_edges(
    tmp_path: Path, target: str, fields: dict[str, str], rows: str, expected: dict[str, object]
) -> None:
    """Directions, leeway, parts of years, breaks, baselines measured and late success."""
    newest = max(int(row[:4]) for row in rows.replace("2016/2020", "2020").split())
    found = said(tmp_path, target, fields, rows, as_of=newest, target_year=None)
    for name, value in expected.items():
        assert found[name] == (pytest.approx(value) if isinstance(value, float) else value), name


@pytest.mark.parametrize(
    ("as_of", "rows", "status", "reason"),
    [
        (2018, "2016,6 2018,6", "not_assessable", "missing_years"),
        (2021, "2016,6 2018,6", "no_data", "target_year_passed"),
        (2021, "2016,6 2020,6", "not_assessable", "missing_years"),
        (2020, "2016,6 2017,6", "on_track", None),
        (2021, "2016,6 2017,6", "no_data", "target_year_passed"),
        (2021, "2016,6 2017,6 2018,6 2019,6 2020H1,6", "not_assessable", "partial_period"),
    ],
)
def test_a_chain_that_does_not_reach(
    tmp_path: Path, as_of: int, rows: str, status: str, reason: str | None
) -> None:
    """Years that are lacking before the target's year, in it, and once it has passed."""
    found = said(tmp_path, f"value: 6, {PERIOD}", RATE, rows, as_of=as_of, target_year=2020)
    assert (found["status"], found["reason"]) == (status, reason)


@pytest.mark.parametrize("hold", ["each_year", "at_end"])
@pytest.mark.parametrize(
    ("comparator", "value", "bound", "status"),
    [
        ("lt", 5.4, "", "on_track"), ("lt", 5.5, "", "lagging"), ("lt", 5.5, "<", "on_track"),
        ("lt", 5.5, "<=", "not_assessable"), ("lt", 5.5, ">", "lagging"),
        ("lt", 5.5, ">=", "lagging"), ("lt", 5.4, ">", "not_assessable"),
        ("lt", 5.6, "<", "not_assessable"), ("lt", 5.4, "<=", "on_track"),
        ("le", 5.5, "", "on_track"), ("le", 5.5, "<=", "on_track"), ("le", 5.5, ">", "lagging"),
        ("le", 5.5, ">=", "not_assessable"), ("le", 5.5, "<", "on_track"),
        ("le", 5.6, ">=", "lagging"),
    ],
)  # fmt: skip
def test_bounds_of_a_year_to_be_kept(
    tmp_path: Path, hold: str, comparator: str, value: float, bound: str, status: str
) -> None:
    """A ceiling of 5.5 is broken or kept only where every value that the bound allows says so."""
    target = f"value: 5.5, comparator: {comparator}, period: {{start: 2016, end: 2020}}"
    found = said(tmp_path, target, CEILING | {"hold": hold}, f"2016,{value},,{bound}")
    assert (found["status"], found["breached"]) == (
        status, (2016,) if hold == "each_year" and status == "lagging" else found["breached"],
    )  # fmt: skip


def test_an_average_bridges_a_mean(tmp_path: Path) -> None:
    """2 in 2016 and 3 on average over 2017-2019 are 2.75 a year; with 4 in 2017 still."""
    target = f"value: 3, comparator: approx, {PERIOD}"
    fields = {"name_zh": "居民消费价格涨幅", "nature": "ratio", "unit": '"%"', "direction": "down",
              "hold": "average"}  # fmt: skip
    for more in ("", " 2017,4,yearly_change"):
        rows = f"2016,2,yearly_change 2017/2019,3,average_change{more}"
        found = said(tmp_path, target, fields, rows, as_of=2019)
        assert (found["status"], found["latest_value"]) == ("on_track", pytest.approx(2.75))


@pytest.mark.parametrize(
    ("rows", "flags"),
    [
        ("2016,20 2017,20", ()),
        ("2016,20 2017,19", ("short_year",)),
        ("2016/2017,39", ("short_year",)),
        ("2016,21 2016/2017,40", ("short_year",)),
        ("2015,1 2016,20", ()),
        ("2016,19,,<", ("bound", "short_year")),
        ("2016,20,,<", ("bound", "short_year")),
        ("2016,20,,<=", ("bound",)),
        ("2016/2017,40,,<", ("bound", "short_year")),
        ("2016Q1,1", ("part_year",)),
    ],
)
def test_a_year_that_falls_short(tmp_path: Path, rows: str, flags: tuple[str, ...]) -> None:
    """20 a year: less in a year, or in two on average, for certain, is short."""
    found = said(tmp_path, f"value: 20, {PERIOD}", FLOW | {"kind": "annual_flow"}, rows, as_of=2017)
    assert found["flags"] == flags


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("2019,110", "target_year_passed"),
        ("2014,90", "target_year_passed"),
        ("2020H1,110", "partial_period"),
    ],
)
def test_a_year_that_has_passed(tmp_path: Path, rows: str, reason: str) -> None:
    """Years before say nothing of the target's year, a part of it too little."""
    found = said(tmp_path, "value: 150, year: 2020", BASED, rows, as_of=2021)
    assert found["reason"] == reason


def test_a_part_of_a_year_stands_alone(tmp_path: Path) -> None:
    """What is to be kept is judged by a half year, where there is no other."""
    found = said(tmp_path, "value: 5.5, period: {start: 2016, end: 2020}", CEILING, "2016H1,5.2")
    assert (found["latest_value"], found["flags"]) == (5.2, ("part_year",))


def test_what_is_to_be_kept_has_no_path(tmp_path: Path) -> None:
    """From 6 in 2015 to at most 5.5 no value is due in between, and none is progress."""
    fields = CEILING | {"baseline": "{year: 2015, value: 6}"}
    found = said(tmp_path, "value: 5.5, period: {start: 2016, end: 2020}", fields, "2016,5.2")
    assert (found["on_track_value"], found["progress"]) == (None, None)


def test_a_second_ceiling_counts_from_the_end_of_the_first(tmp_path: Path) -> None:
    """5.2 is within 5.5 (to 2020) and over 5.0 (from 2021 on)."""
    document = plan_of(tmp_path, "value: 5.5, year: 2020", "value: 5.0, year: 2025", **CEILING)
    table = table_of("2019,5.2 2020,5.2 2021,5.2 2022,4.9")
    (found,) = checked(document, table, target_year=2025).results
    assert found.breached == (2021,)


def test_an_earlier_target_before_the_baseline_is_no_milestone(tmp_path: Path) -> None:
    """From 120 (2018) to 150 (2022), 135 is due in 2020, whatever was due in 2017."""
    based = "value: 150, year: 2022, baseline: {year: 2018, value: 120}"
    document = plan_of(tmp_path, "value: 110, year: 2017", based, path="linear")
    (found,) = checked(document, table_of("2020,130"), target_year=2022).results
    assert found.on_track_value == 135


@pytest.mark.parametrize(
    ("history", "value", "status"),
    [
        ("2018=10;2019=11;2020=9", 10, "cloud"),  # on the whole none, at last upward
        ("2018=10;2019=11;2020=12", 12, "sun_with_cloud"),  # upward, at last none
    ],
)
def test_no_change_is_no_change_towards(history: str, value: float, status: str) -> None:
    """Where only the direction counts, what did not change did not come nearer."""
    row = {"direction": "up", "history": history, "year": 2021, "value": value}
    row |= dict.fromkeys(("baseline_year", "baseline_value", "target_year", "target_value"), "")
    (found,) = mt.calc([row | {"target_type": "direction"}], method="destatis").to_dicts()
    assert found["status"] == status


LINE = {"series": "x", "baseline_year": 2015, "baseline_value": 100, "target_year": 2020,
        "target_value": 150, "year": 2018, "value": 130}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"progress": 0.6, "status": "on_track"}),
        # A direction is that from the baseline to the target, given or measured.
        ({"target_value": 50, "value": 70}, {"progress": 0.6, "gap": 0.0}),
        ({"baseline_value": "", "history": "2015=100"}, {"progress": 0.6}),
        ({"baseline_value": "", "history": "2015=200"}, {"progress": 1.4, "status": "met_early"}),
        ({"baseline_value": 150}, {"reason": "no_direction", "gap_to_target": None}),
        # The nearer end of a range, from above and from below; half of one is none.
        ({"comparator": "range", "target_high": 170}, {"gap_to_target": -20.0}),
        ({"comparator": "range", "target_value": 50, "target_high": 60, "value": 70},
         {"gap_to_target": -10.0, "progress": 0.75}),
        ({"comparator": "range"}, {"reason": "range_incomplete"}),
        ({"comparator": "range", "target_high": 150}, {"reason": "range_incomplete"}),
        ({"target_high": 170}, {"reason": None, "gap_to_target": -20.0}),
        # To exceed is strict, about is not, at the target itself.
        ({"comparator": "gt", "year": 2020, "value": 150}, {"status": "missed"}),
        ({"comparator": "ge", "year": 2020, "value": 150}, {"status": "met"}),
        ({"comparator": "lt", "target_value": 50, "year": 2020, "value": 50}, {"status": "missed"}),
        ({"comparator": "approx", "year": 2020, "value": 147.5}, {"status": "met"}),
        # The history and the value are one; a value twice is refused where it differs.
        ({"history": "2018=130;2017=120"}, {"progress": 0.6, "status": "on_track"}),
        ({"history": "2018=131"}, {"reason": "year_twice"}),
        ({"history": "2015=101"}, {"reason": "year_twice"}),
        ({"history": "2017=120;2017=121"}, {"reason": "year_twice"}),
        ({"year": "", "value": "", "history": "2017=120"}, {"schedule": 0.4, "progress": 0.4}),
        ({"year": "", "value": ""}, {"reason": "no_data", "on_track_value": 150.0}),
        ({"value": ""}, {"reason": "no_data", "on_track_value": 130.0}),
        # Milestones lie between; two values of one year are a contradiction.
        ({"milestones": "2018=120"}, {"on_track_value": 120.0, "planned_change": 15.0}),
        ({"milestones": "2015=120"}, {"reason": "years_reversed"}),
        ({"milestones": "2020=120"}, {"reason": "years_reversed"}),
        ({"milestones": "2018=120;2018=121"}, {"reason": "year_twice"}),
        ({"milestones": "2018=120;2018=120"}, {"on_track_value": 120.0}),
        # Kinds: a rank falls, rates and sums begin after the baseline's year.
        ({"kind": "rank", "target_value": 3, "year": 2020, "value": 2}, {"status": "met"}),
        ({"kind": "rank", "target_value": 3, "year": 2020, "value": 4}, {"status": "missed"}),
        ({"kind": "growth_rate", "target_value": 5, "year": 2016, "value": 5},
         {"gap": 0.0, "progress": 0.2}),
        ({"kind": "increment", "baseline_value": "", "target_value": 50, "year": 2016,
          "value": 20}, {"progress": 0.4, "schedule": 0.2}),
        ({"kind": "increment", "target_value": 50, "year": 2018, "value": 130},
         {"progress": 0.6, "gap_to_target": -20.0}),
        ({"kind": "annual_flow", "baseline_value": "", "target_value": 10, "year": 2016,
          "value": 12}, {"progress": 0.24, "schedule": 0.2}),
        ({"kind": "multiple", "target_value": 2, "year": 2018, "value": 160},
         {"gap_to_target": -40.0, "status": "ahead"}),
        ({"kind": "cumulative_change", "target_value": 50, "year": 2018, "value": 30,
          "measure": "change_since_base"}, {"gap_to_target": -20.0}),
        ({"target_type": "direction"}, {"reason": "kind_unsupported"}),
        ({"direction": "toward", "year": 2020, "value": 150}, {"status": "met"}),
        ({"direction": "toward", "year": 2020, "value": 151}, {"status": "missed"}),
        # What is after a period is not of it; a year that falls short stays so.
        ({"kind": "growth_rate", "target_value": 6, "target_year": 2017, "history":
          "2016=6;2017=6", "value": -50}, {"status": "met"}),
        ({"kind": "annual_flow", "baseline_value": "", "target_value": 20, "year": 2017,
          "value": 15, "history": "2016=25"}, {"flags": ["short_year"], "status": "lagging"}),
        # Too large for numbers.
        ({"baseline_value": -1e308, "target_value": 1.2e308, "value": 1e308},
         {"reason": "overflow", "status": "not_assessable"}),
        # The last digit: 102 may be 101.5, 12.5 points of four, but a number of firms is exact.
        ({"target_value": 104, "value": 102}, {"flags": ["within_rounding"], "status": "on_track"}),
        ({"target_value": 104, "value": 102, "unit": "家"}, {"flags": [], "status": "lagging"}),
        ({"target_value": 104, "value": 101.9}, {"flags": [], "status": "lagging"}),
    ],
)  # fmt: skip
def test_a_row_at_its_edges(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    """The same beside other rows as alone: directions, ranges, histories, milestones, kinds."""
    row = LINE | changes
    rows = [LINE, row, LINE | {"value": 140}, row, LINE | {"baseline_value": ""}]
    keys = dict.fromkeys(key for one in rows for key in one)
    found = mt.calc([{key: one.get(key, "") for key in keys} for one in rows]).to_dicts()
    assert {**found[1], "series": ""} == {**found[3], "series": ""}
    assert (found[0]["progress"], found[2]["progress"]) == (0.6, 0.8)
    assert found[4]["reason"] == "no_direction"
    for name, value in expected.items():
        assert found[1][name] == (pytest.approx(value) if isinstance(value, float) else value), name


@pytest.mark.parametrize(
    ("history", "method", "base"),
    [
        ("2016=100;2017=110", "open-sdg", 100),  # the next later one
        ("2014=90;2016=100", "open-sdg", 100),
        ("2014=90;2016=100", "eurostat", 100),  # of two as near the later
        ("2014=90;2017=110", "eurostat", 90),
    ],
)
def test_another_year_for_a_baseline(history: str, method: str, base: float) -> None:
    """Without a value of 2015: R of 130 in 2018 is from the year that the issuer would take."""
    row = LINE | {"baseline_value": "", "direction": "up", "history": history, "target_value": 200}
    (found,) = mt.calc([row], method, nearest_baseline=True).to_dicts()
    year = {100: 2016, 90: 2014}[int(base)]
    due = (200 / base) ** (1 / (2020 - year)) - 1
    assert found["ratio"] == pytest.approx(((130 / base) ** (1 / (2018 - year)) - 1) / due)


def test_the_columns_stand_in_their_order() -> None:
    """A template has the columns in the order in which they are documented."""
    assert (
        list(COLUMNS)
        == (
            "series direction path baseline_year baseline_value target_year target_value year value "
            "limit lower optimum target_high history milestones kind comparator measure unit group "
            "target_type"
        ).split()
    )
