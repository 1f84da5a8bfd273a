"""The actuals that come with the program: each judged by itself, with its page, words and date."""

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest

import mfgtargets as mt
from mfgtargets.data import data_folder

FOLDER = data_folder() / "actuals"
FOUND = Path(os.environ.get("MFGTARGETS_SHARED", Path(__file__).parents[2] / "shared")) / "actuals"
KEPT = {
    "jinhua-2022": 8,
    "shaoxing-2025": 18,
    "sunan-2019": 2,
    "yuecheng-2026": 2,
    "zhejiang-block-2022": 6,
}
ONE = "document indicator region period value unit".split()


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


ACTUALS = [(document, row) for document in KEPT for row in rows(FOLDER / f"{document}.csv")]
JUDGED = rows(FOLDER / "judged.csv")


def test_every_actual_has_page_words_and_date() -> None:
    """An address that opens, who says so, when, the words; whatever is not plain is explained."""
    for _, row in ACTUALS:
        assert re.fullmatch(r"https?://[!-~]+", row["url"])
        assert row["source"]
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", row["vintage"])
        words, explained = re.fullmatch(r"原文“(.+?)”(?:;(.+))?", row["note"]).groups()  # type: ignore[union-attr]
        assert len(words) < 60
        assert explained or not (set("BDEP") & set(row["obs_status"]) or row["bound"])


def test_derived_figures_are_what_their_formula_gives() -> None:
    """What is marked 自算 shows a formula, whose result is the value."""
    derived = [row for _, row in ACTUALS if "自算" in row["note"]]
    assert len(derived) == 4
    for row in derived:
        left, sign, right, result = re.search(
            r"自算:([\d.]+)([-÷])([\d.]+)=([\d.]+)", row["note"]
        ).groups()  # type: ignore[union-attr]
        exact = float(left) - float(right) if sign == "-" else float(left) / float(right)
        places = len(result.partition(".")[2])
        assert f"{exact:.{places}f}" == result == row["value"]


@pytest.mark.parametrize(("document", "count"), KEPT.items())
def test_every_actual_is_read(document: str, count: int) -> None:
    """None is left out, none revises another, and one definition stands for an indicator."""
    actuals = mt.read_actuals(document, "bundled")
    assert (len(actuals.used), actuals.left_out.total) == (count, 0)
    proxies = {o.indicator for o in actuals.used if o.is_proxy}
    assert not proxies & {o.indicator for o in actuals.used if not o.is_proxy}


def test_every_figure_found_has_one_decision() -> None:
    """What is kept stands in a document's table, what is not says why, and the counts are told."""
    kept = Counter(row["document"] for row in JUDGED if row["decision"] == "kept")
    assert kept == KEPT
    assert Counter(
        (row["document"], row["period"][:4], float(row["value"].lstrip(">")))
        for row in JUDGED
        if row["decision"] == "kept"
    ) == Counter((document, row["period"][:4], float(row["value"])) for document, row in ACTUALS)
    told = re.findall(
        r"^\| `(\w+)` \| (\d+) \|", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert Counter(row["decision"] for row in JUDGED) == {code: int(n) for code, n in told}


@pytest.mark.skipif(not FOUND.is_dir(), reason="the tables of what was found are not here")
def test_nothing_that_was_found_is_passed_over() -> None:
    """Each row found for the five documents is judged once; 193 are of national plans."""
    found: Counter[tuple[str, ...]] = Counter()
    for path in sorted(FOUND.glob("*.csv")):
        for row in rows(path):
            row.setdefault("indicator", row.get("indicator_zh", ""))
            row.setdefault("period", row.get("year", ""))
            found[tuple(row[name] for name in ONE)] += 1
    ours = Counter({key: n for key, n in found.items() if key[0] in KEPT})
    assert ours == Counter(tuple(row[name] for name in ONE) for row in JUDGED)
    assert (ours.total(), found.total()) == (266, 459)


@pytest.mark.parametrize(
    ("document", "asked", "indicator", "expected"),
    [
        # 25.5 (2015) to 30 (2020) to 35: 31 is due in 2021; (39.2 - 25.5) / 9.5 = 1.4421
        ("shaoxing-2025", {}, "strategic_industry_share", ("met_early", None, 31, 8.2, 1.4421)),
        (
            "shaoxing-2025",
            {"target_year": 2020},
            "strategic_industry_share",
            ("met", None, 30, 14, 4.1111),
        ),
        # 60 (2015) to 100 (2020): 88 is due at mid-2019, which counts as 2018.5
        ("shaoxing-2025", {"as_of": 2019}, "listed_companies", ("lagging", None, 88, -13, 0.375)),
        ("shaoxing-2025", {}, "listed_companies", ("lagging", None, 130, -30, 40 / 90)),
        ("shaoxing-2025", {}, "integration_index", ("met_early", None, 88, None, None)),
        (
            "shaoxing-2025",
            {},
            "profit_tax_rate",
            ("not_assessable", "definition_differs", 8.84, None, None),
        ),
        # 200 a year from 2020: 400 by 2021 of 600; 426 + 531 = 957
        ("jinhua-2022", {}, "high_tech_firms_yearly", ("ahead", None, 400, 557, 1.595)),
        ("jinhua-2022", {}, "tech_smes_yearly", ("ahead", None, 600, 575, 0.6528)),
        (
            "jinhua-2022",
            {},
            "above_scale_firms",
            ("not_assessable", "no_baseline", None, None, None),
        ),
        (
            "sunan-2019",
            {},
            "rd_share",
            ("not_assessable", "definition_differs", None, None, None),
        ),
        (
            "yuecheng-2026",
            {},
            "industrial_value_added",
            ("not_assessable", "definition_differs", None, None, None),
        ),
        (
            "zhejiang-block-2022",
            {},
            "green_factories",
            ("not_assessable", "definition_differs", None, None, None),
        ),
    ],
)
def test_verdicts_worked_by_hand(
    document: str, asked: dict[str, int], indicator: str, expected: tuple[object, ...]
) -> None:
    """Status, reason, value due, gap and progress of figures that decide, or do not."""
    (found,) = mt.check(document, "bundled", indicators=[indicator], **asked).results  # type: ignore[arg-type]
    assert (found.status, found.reason) == expected[:2]
    numbers = (found.on_track_value, found.gap, found.progress)
    assert numbers == tuple(n and pytest.approx(n, abs=5e-5) for n in expected[2:])


def test_a_break_and_its_quality_are_flagged() -> None:
    """44 % of 2020 is provisional and 39.2 % of 2021 a break, and both say so."""
    (early,) = mt.check("shaoxing-2025", indicators=["strategic_industry_share"]).results
    assert {"break", "stale"} <= set(early.flags)
    (met,) = mt.check(
        "shaoxing-2025", indicators=["strategic_industry_share"], target_year=2020
    ).results
    assert {"break", "provisional"} <= set(met.flags)


@pytest.mark.parametrize(
    ("document", "summary"),
    [
        ("shaoxing-2025", "met_early 2 lagging 1 no_data 11 not_quantified 2 not_assessable 6"),
        ("jinhua-2022", "ahead 2 no_data 67 not_assessable 4"),
        ("sunan-2019", "no_data 24 not_assessable 1"),
        ("yuecheng-2026", "no_data 39 not_assessable 2"),
        ("zhejiang-block-2022", "no_data 8 not_assessable 4"),
    ],
)
def test_every_document_shows_its_actuals(document: str, summary: str) -> None:
    """What is decided, what only proxies or bounds are known of, and what has no data."""
    words = summary.split()
    counts = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    assert mt.check(document).summary == counts
