"""The national plan held against the official mid-term evaluation of 26 December 2023."""

import csv
import html
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from checks import matched
from conftest import Run
from mfgtargets.data import data_folder
from mfgtargets.document.library import find_document

PLAN = "china-14fyp-2025"
SAME = {
    "提前实现": "met_early",
    "快于预期": "ahead",
    "基本符合预期": "on_track",
    "滞后预期": "lagging",
}
UNDECIDED = {"no_data", "not_quantified", "not_assessable"}
DOCS = Path(__file__).parents[1] / "docs"


def official() -> dict[str, str]:
    """Return the official verdict on each indicator, as worded."""
    path = data_folder() / "official" / f"{PLAN}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["as_of"], row["published"]) for row in rows} == {("2022", "2023-12-26")}
    assert all(row["source"] and row["url"].startswith("http") for row in rows)
    return {row["indicator"]: row["verdict"] for row in rows}


def checked(run: Run, *more: str) -> dict[str, dict[str, Any]]:
    """Return the results of the plan by indicator, judged by its own actuals."""
    found = json.loads(run("check", PLAN, "bundled", *more, "--format", "json").stdout)
    return {result["indicator"]: result for result in found["results"]}


def test_every_main_indicator_has_its_verdict() -> None:
    """All twenty are there, with 4, 5, 7 and 4 of each verdict, as the report counts them."""
    verdicts = official()
    assert tuple(verdicts) == find_document(PLAN).indicators
    assert Counter(verdicts.values()) == {
        "提前实现": 4, "快于预期": 5, "基本符合预期": 7, "滞后预期": 4,
    }  # fmt: skip


def test_the_official_four_lag_and_no_other(run: Run) -> None:
    """As of 2022, by what was published until 2023, the lagging ones are the official four."""
    verdicts, found = official(), checked(run, "--as-of", "2022")
    lagging = {name for name, result in found.items() if result["status"] == "lagging"}
    assert lagging == {name for name, verdict in verdicts.items() if verdict == "滞后预期"}
    decided = {name for name, result in found.items() if result["status"] not in UNDECIDED}
    assert len(decided) >= 12
    differs = {name for name in decided if SAME[verdicts[name]] != found[name]["status"]}
    assert differs == {"life_expectancy"}


@pytest.mark.parametrize(
    ("indicator", "latest", "on_track", "lead"),
    [
        ("urbanisation", 65.2, 60.6 + 4.4 * 3 / 6, 4.6 / 4.4 - 1 / 2),
        ("high_value_patents", 9.4, 8.58, 3.1 / 5.7 - 2 / 5),
        ("doctors_per_1000", 3.15, 3.02, 0.25 / 0.3 - 2 / 5),
        ("nursery_places_per_1000", 2.57, 2.88, 0.77 / 2.7 - 2 / 5),
        ("life_expectancy", 78.2, 77.3 + 1 / 3, 0.9 - 1 / 3),  # of 2021, from 2019
        ("schooling_years", 10.9, 10.9, 0.0),  # of 2021
        ("good_air_days", 86.5, 87.2, -1.0 - 2 / 5),
        ("forest_cover", 24.02, 23.65, 0.82 / 0.9 - 3 / 6),
        # 0.973 · 0.999 = 0.972027, where 0.865^0.4 = 0.943640 is due
        ("energy_intensity", 2.7973, 5.6360, 0.195633 - 0.4),
        # 0.962 · 0.992 = 0.954304, where 0.82^0.4 = 0.923689 is due
        ("carbon_intensity", 4.5696, 7.6311, 0.235688 - 0.4),
        # 1.094 · 1.077 = 1.178238: 8.5467 % a year, and ln 1.178238 = 0.164020 of 5 ln 1.07
        ("rd_spending_growth", 8.5467, 7.0, 0.484850 - 0.4),
    ],
)
def test_half_time_numbers(
    run: Run, indicator: str, latest: float, on_track: float, lead: float
) -> None:
    """What was reached and what was due as of 2022, worked by hand."""
    found = checked(run, "--as-of", "2022", "--indicator", indicator)[indicator]
    assert found["latest_value"] == pytest.approx(latest, abs=5e-5)
    assert found["on_track_value"] == pytest.approx(on_track, abs=5e-5)
    assert found["lead"] == pytest.approx(lead, abs=5e-5)


def test_what_is_to_be_kept_is_never_reached_early(run: Run) -> None:
    """Unemployment of 5.1 and 5.6 is 5.35 on average; grain output is a lower bound of capacity."""
    found = checked(run, "--as-of", "2022")
    assert found["unemployment"]["latest_value"] == pytest.approx(5.35)
    assert found["grain_capacity"]["latest_bound"] == ">="
    for indicator in ("unemployment", "grain_capacity"):
        assert found[indicator]["status"] == "on_track"


def test_a_later_definition_is_a_break(run: Run) -> None:
    """By 2025 energy has fallen by 1 - 0.884 · 0.949 = 16.1084 % of the new definition, flagged."""
    found = checked(run)["energy_intensity"]
    assert found["latest_value"] == pytest.approx(16.1084)
    assert (found["status"], "break" in found["flags"]) == ("met", True)


def test_by_now_fourteen_are_decided(run: Run) -> None:
    """A chain without its 2023 is not decided: carbon, and R&D growth in real terms."""
    found = checked(run)
    assert sum(result["status"] not in UNDECIDED for result in found.values()) >= 14
    for indicator in ("carbon_intensity", "rd_spending_growth"):
        assert found[indicator]["reason"] == "missing_years"


IN_ENGLISH = {
    "提前实现": "met early",
    "快于预期": "ahead",
    "基本符合预期": "basically as expected",
    "滞后预期": "lagging",
}


@pytest.mark.parametrize(("lang", "place"), [("zh", "zh/national.md"), ("en", "national.md")])
def test_the_page_tells_both_verdicts(run: Run, lang: str, place: str) -> None:
    """The page has a row for each indicator with the official verdict and the program's."""
    page = (DOCS / place).read_text(encoding="utf-8").partition("|---|")[2]
    told = re.findall(r"^\| ([a-z_0-9]+) \| ([^|]+) \| ([^|]+) \| .+ \|$", page, re.MULTILINE)
    asked = "check", PLAN, "bundled", "--as-of", "2022", "--format", "markdown", "--lang", lang
    table = html.unescape(run(*asked).stdout)
    verdicts = official()
    assert [row[0] for row in told] == [*verdicts]
    for indicator, theirs, ours in told:
        target = find_document(PLAN).of_indicator(indicator)[0]
        start = f"| {target.name_zh}(" if lang == "zh" else f"| {target.name_en} ("
        (line,) = [line for line in table.splitlines() if line.startswith(start)]
        assert theirs == (verdicts[indicator] if lang == "zh" else IN_ENGLISH[verdicts[indicator]])
        assert f"| {ours} |" in line


def test_every_actual_tells_where_it_was_read() -> None:
    """Each row has words of its page, its address and its date."""
    path = data_folder() / "actuals" / f"{PLAN}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["note"].startswith("原文“")
            assert row["url"].startswith("http")
            assert re.match(r"20[0-9]{2}-[01][0-9]", row["vintage"])


def test_the_country_is_its_own_region() -> None:
    """全国 is the plan's region itself, not a word read as all of some other place."""
    table = "indicator,region,year,value\nforest_cover,全国,2022,24.02\n"
    found, left_out = matched(table, find_document(PLAN))
    assert (len(found.observations), found.read_as_region, left_out) == (1, {}, [])


def test_what_is_of_several_years_is_not_called_one_years_own(run: Run) -> None:
    """GDP's 5.4 % is an average of five years, energy's 7.3 % what it fell by in three."""
    assert "5.4 (2021/2025) " in run("check", PLAN, "bundled").stdout
    assert "-7.3 eb (2021/2023) " in run("check", PLAN, "bundled", "--as-of", "2023").stdout
