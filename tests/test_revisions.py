"""Targets revised on the way: which is judged, and what is said of the other."""

from pathlib import Path

import pytest

from checks import checked
from conftest import Run
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError
from plans import plan_of, table_of

FIRST = "value: 30, year: 2025, set_on: 2021-01-15"
LOWERED = "value: 25, year: 2025, revises: x@2025, set_on: 2023-06-01"
PLAN = {"period": "start: 2021, end: 2025", "baseline_year": 2020}


def revised(folder: Path, *targets: str, **fields: str) -> Document:
    """Return the plan from 10 in 2020 whose target was lowered."""
    dated = [t.replace("set_on: ", "set_on: '").replace("1-15", "1-15'") for t in targets]
    dated = [t.replace("6-01", "6-01'").replace("3-02", "3-02'") for t in dated]
    return plan_of(folder, *dated, baseline="{year: 2020, value: 10}", **(PLAN | fields))


def test_the_target_in_force_is_judged(tmp_path: Path) -> None:
    """As of 2022 it is 30, as of 2023 25, by which 19 is due and 22 by the one before."""
    document = revised(tmp_path, FIRST, LOWERED)
    table = table_of("2022,18 2023,19")
    before = checked(document, table, as_of=2022)
    assert (before.results[0].target_value, before.results[0].flags) == (30, ())
    assert [(one.new.value, one.new.set_on) for one in before.revised_soon] == [(25, "2023-06-01")]
    after = checked(document, table, as_of=2023)
    (result,), (replaced,) = after.results, after.replaced
    assert (result.target_id, result.target_value) == ("x@2025#2", 25)
    assert (result.flags, result.status) == (("target_lowered",), "on_track")
    assert result.on_track_value == pytest.approx(19)
    assert replaced.on_track_value == pytest.approx(22)
    both = checked(document, table, as_of=2023, target_year="all").results
    assert [one.target_value for one in both] == [30, 25]


@pytest.mark.parametrize(
    ("direction", "new", "flag"),
    [("up", 35, "target_raised"), ("down", 8, "target_lowered"), ("down", 3, "target_raised")],
)
def test_raised_is_what_asks_for_more(tmp_path: Path, direction: str, new: int, flag: str) -> None:
    """Where down is good a lower number asks for more."""
    old = "value: 5, year: 2025" if direction == "down" else "value: 30, year: 2025"
    later = f"value: {new}, year: 2025, revises: x@2025, set_on: 2023-06-01"
    document = revised(tmp_path, old, later, direction=direction)
    assert flag in checked(document, table_of("2023,9"), as_of=2023).results[0].flags


def test_milestones_are_those_set_with_the_target(tmp_path: Path) -> None:
    """20 by 2022 and 30 by 2025 are one way; the revision to 25 has its own, through 16."""
    targets = [
        "value: 20, year: 2022",
        "value: 30, year: 2025",
        "value: 16, year: 2022, revises: x@2022, set_on: 2022-03-02",
        "value: 25, year: 2025, revises: x@2025, set_on: 2022-03-02",
    ]
    document = revised(tmp_path, *targets)
    first = checked(document, table_of("2021,15"), as_of=2021, target_year=2025).results[0]
    assert first.on_track_value == pytest.approx(15)  # half of the way from 10 to 20
    later = checked(document, table_of("2023,19"), as_of=2023).results[0]
    assert later.on_track_value == pytest.approx(19)  # a third of the way from 16 to 25


def test_people_are_told(tmp_path: Path, run: Run) -> None:
    """The table and the note name both targets, the day, and what would have been due."""
    document = revised(tmp_path, FIRST, LOWERED)
    (tmp_path / "a.csv").write_text(table_of("2023,19"))
    said = "某:2023-06-01起目标由30(2021-01-15)改为25,按原目标应达22.0"
    asked = (str(document.path), "a.csv")
    assert said in run("check", *asked).stdout
    assert said in run("note", *asked).stdout
    assert "目标已放低" in run("check", *asked).stdout
    assert "2023-06-01目标已改为25" in run("check", *asked, "--as-of", "2022").stdout


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("value: 25, year: 2025, revises: x@2025", "set-on-missing"),
        ("value: 25, year: 2025, revises: x@2024, set_on: 2023-06-01", "unknown-target"),
        ("value: 25, year: 2025, revises: x@2025#2, set_on: 2023-06-01", "revises-circle"),
        ("value: 25, year: 2025, revises: x@2025, set_on: 2021-01-15", "revises-earlier"),
        ("value: 25, year: 2025, set_on: 2023-06-01", "target-twice"),
    ],
)
def test_nonsense_is_refused(tmp_path: Path, second: str, code: str) -> None:
    """Without a day, of nothing, of itself, before the original, or without saying so."""
    with pytest.raises(InputError) as caught:
        revised(tmp_path, FIRST, second)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_target_is_revised_once(tmp_path: Path) -> None:
    """The second revision revises the first one, not what that replaced already."""
    third = "value: 20, year: 2025, revises: x@2025, set_on: 2022-03-02"
    with pytest.raises(InputError) as caught:
        revised(tmp_path, FIRST, LOWERED, third)
    assert [fault.code for fault in caught.value.faults] == ["revised-twice"]
