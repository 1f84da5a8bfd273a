"""Values to be kept, totals of every year, and targets to come near to: numbers worked by hand."""

from pathlib import Path

import pytest

from checks import checked
from mfgtargets.document.records import Document
from mfgtargets.evaluation.results import Result
from mfgtargets.faults import InputError
from plans import plan_of, table_of

CEILING = {"unit": '"%"', "nature": "ratio", "direction": "down", "name_zh": "城镇调查失业率"}
FIVE = {2021: 5.1, 2022: 5.6, 2023: 5.2, 2024: 5.1, 2025: 5.2}


def judged(document: Document, values: dict[int, float], **question: object) -> Result:
    """Judge the plan's first row by a value a year."""
    rows = " ".join(f"{year},{value}" for year, value in values.items())
    return checked(document, table_of(rows), **question).results[0]


def ceiling(folder: Path, hold: str, **fields: str) -> Document:
    """Return the plan that keeps unemployment below 5.5 % over 2021-2025."""
    target = "value: 5.5, comparator: lt, period: {start: 2021, end: 2025}"
    years = {"period": "start: 2021, end: 2025", "baseline_year": 2020}
    return plan_of(folder, target, hold=hold, **(CEILING | years | fields))


@pytest.mark.parametrize(
    ("hold", "as_of", "status", "breached"),
    [
        ("at_end", 2021, "on_track", ()),
        ("at_end", 2022, "lagging", ()),
        ("at_end", 2023, "on_track", (2022,)),
        ("at_end", 2025, "met", (2022,)),
        ("each_year", 2021, "on_track", ()),
        ("each_year", 2022, "lagging", (2022,)),
        ("each_year", 2024, "lagging", (2022,)),
        ("each_year", 2025, "missed", (2022,)),
        ("average", 2022, "on_track", ()),
        ("average", 2025, "met", ()),
    ],
)
def test_a_ceiling_over_five_years(
    tmp_path: Path, hold: str, as_of: int, status: str, breached: tuple[int, ...]
) -> None:
    """Below 5.5 with 5.1, 5.6, 5.2, 5.1, 5.2: the hold says which years count."""
    known = {year: value for year, value in FIVE.items() if year <= as_of}
    found = judged(ceiling(tmp_path, hold), known, as_of=as_of)
    assert (found.status, found.breached) == (status, breached)
    assert ("breached" in found.flags) == bool(breached)
    assert (found.progress, found.on_track_value, found.lead) == (None, None, None)


@pytest.mark.parametrize(("as_of", "mean"), [(2022, 5.35), (2025, 5.24)])
def test_the_mean_is_what_is_judged(tmp_path: Path, as_of: int, mean: float) -> None:
    """(5.1 + 5.6)/2 = 5.35, and 26.2/5 = 5.24; the gap is that to the ceiling."""
    known = {year: value for year, value in FIVE.items() if year <= as_of}
    found = judged(ceiling(tmp_path, "average"), known, as_of=as_of)
    assert found.latest_value == pytest.approx(mean)
    assert found.gap_to_target == pytest.approx(5.5 - mean)
    assert (found.given_value, found.judged_period) == (FIVE[as_of], f"2021/{as_of}")


def test_a_year_without_data_is_not_a_broken_one(tmp_path: Path) -> None:
    """2022 broken decides though 2023 is unknown; with 2022 unknown too nothing is decided."""
    document = ceiling(tmp_path, "each_year")
    without = {year: value for year, value in FIVE.items() if year != 2023}
    assert judged(document, without, as_of=2025).status == "missed"
    without.pop(2022)
    found = judged(document, without, as_of=2025)
    assert (found.status, found.reason) == ("not_assessable", "missing_years")
    on_the_way = judged(document, {2021: 5.1, 2023: 5.2}, as_of=2023)
    assert (on_the_way.status, on_the_way.breached) == ("on_track", ())


def test_below_is_strict_and_within_is_not(tmp_path: Path) -> None:
    """5.5 % is not below 5.5 %, and is within it."""
    values = {2021: 5.5}
    assert judged(ceiling(tmp_path, "each_year"), values).status == "lagging"
    within = "value: 5.5, comparator: le, period: {start: 2021, end: 2025}"
    years = {"period": "start: 2021, end: 2025", "baseline_year": 2020}
    document = plan_of(tmp_path, within, hold="each_year", **(CEILING | years))
    assert judged(document, values).status == "on_track"


def test_a_floor_falls_where_the_ceiling_rises(tmp_path: Path) -> None:
    """At least 98 % kept every year: 97.9 breaks it, 98 does not."""
    years = {"period": "start: 2021, end: 2025", "baseline_year": 2020}
    fields = CEILING | {"direction": "up", "hold": "each_year"} | years
    document = plan_of(tmp_path, "value: 98, comparator: ge, year: 2025", **fields)
    assert judged(document, {2021: 98.0, 2022: 98.4}).status == "on_track"
    assert judged(document, {2021: 97.9, 2022: 98.4}).status == "lagging"


def test_a_ceiling_on_a_rate_of_change_is_a_level(tmp_path: Path) -> None:
    """CPI within about 3 %: an empty measure is the yearly change, and 3.1 is within 5 % of 3."""
    fields = CEILING | {"name_zh": "居民消费价格涨幅", "hold": "each_year"}
    years = {"period": "start: 2021, end: 2025", "baseline_year": 2020}
    target = "value: 3, comparator: approx, period: {start: 2021, end: 2025}"
    document = plan_of(tmp_path, target, **(fields | years))
    rows = table_of("2021,0.9,% 2022,3.1,%", "year,value,unit")
    found = checked(document, rows).results[0]
    assert (found.status, found.given_measure, found.breached) == ("on_track", "yearly_change", ())
    assert judged(document, {2021: 3.2}).status == "lagging"  # 3 + 5 % is 3.15


@pytest.mark.parametrize(
    ("values", "as_of", "status", "flags"),
    [
        ({2022: 100, 2023: 100}, 2023, "ahead", ()),
        ({2022: 60, 2023: 40, 2024: 60}, 2024, "lagging", ("short_year",)),
        ({2022: 60, 2023: 40, 2024: 60, 2025: 60}, 2025, "missed", ("short_year",)),
        ({2022: 50, 2023: 50, 2024: 50, 2025: 50}, 2025, "met", ()),
    ],
)
def test_every_year_must_bring_its_own(
    tmp_path: Path, values: dict[int, float], as_of: int, status: str, flags: tuple[str, ...]
) -> None:
    """每年50个 over 2022-2025: 200 in all after two years are not met early, a short year stays."""
    years = {"period": "start: 2022, end: 2025", "baseline_year": 2021}
    target = "value: 50, period: {start: 2022, end: 2025}"
    document = plan_of(tmp_path, target, kind="annual_flow", unit="个", nature="flow", **years)
    found = judged(document, values, as_of=as_of)
    assert (found.status, tuple(f for f in found.flags if f == "short_year")) == (status, flags)


@pytest.mark.parametrize(
    ("value", "status"),
    [(50, "lagging"), (98, "on_track"), (100, "met_early"), (102, "on_track"), (104, "lagging")],
)
def test_near_is_good_from_both_sides(tmp_path: Path, value: float, status: str) -> None:
    """From 110 in 2015 to 100 in 2020, 102 is due in 2019; 98 is as near to 100, 104 and 50 are not."""
    target = "value: 100, comparator: approx, year: 2020"
    document = plan_of(tmp_path, target, direction="toward", unit="null", nature="ratio")
    assert judged(document, {2015: 110, 2019: value}).status == status


def test_what_is_near_is_met_on_both_sides(tmp_path: Path) -> None:
    """左右100 leaves 5 on both sides in its year, without 左右 nothing is left."""
    about = plan_of(
        tmp_path, "value: 100, comparator: approx", direction="toward", unit="null", nature="ratio"
    )
    for value, status in ((95, "met"), (105, "met"), (94.9, "missed"), (105.1, "missed")):
        assert judged(about, {2015: 80, 2020: value}).status == status
    exactly = plan_of(tmp_path, "value: 100", direction="toward", unit="null", nature="ratio")
    for value, status in ((100, "met"), (99, "missed"), (101, "missed")):
        assert judged(exactly, {2015: 80, 2020: value}).status == status


@pytest.mark.parametrize(
    ("target", "fields", "code"),
    [
        ("value: 5, period: {start: 2016, end: 2020}", {"kind": "growth_rate", "hold": "each_year"},
         "hold-kind"),
        ("value: 5", {"hold": "at_end", "path": "linear"}, "hold-path"),
        ("value: 5, comparator: ge", {"direction": "toward"}, "comparator-direction"),
        ("value: 5, comparator: le", {"direction": "toward"}, "comparator-direction"),
        ("value: 5", {"direction": "toward", "kind": "multiple"}, "toward-kind"),
        ("value: 5, comparator: lt", {"direction": "up"}, "comparator-direction"),
    ],
)  # fmt: skip
def test_contradictions_are_refused(
    tmp_path: Path, target: str, fields: dict[str, str], code: str
) -> None:
    """A value to be kept has no path and no period kind; near has no side."""
    with pytest.raises(InputError) as caught:
        plan_of(tmp_path, target, **fields)
    assert [fault.code for fault in caught.value.faults] == [code]
