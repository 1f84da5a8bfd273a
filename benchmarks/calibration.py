"""How often the 80 % interval of a projection held the value that came.

``python benchmarks/calibration.py VECTORS``: from every year of the histories in a table of published
vectors (a line an answer, its history as JSON) that has four values before it, the program projects to
each later year that is known; from every year of the national plan, to the plan's last. Series, in the
order of their names, are dealt to two halves in turn: the first says by which factor widths would have
to be stretched to hold 80 %, the second tells what comes of it. Writes the tables at the end of
``docs/calibration.md`` and ``docs/zh/calibration.md``. The intervals in brackets are Wilson's for a
share, 95 %.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil, sqrt
from pathlib import Path
from typing import Any, NamedTuple

import mfgtargets as mt

PLAN, FIRST, LAST = "china-14fyp-2025", 2020, 2025
AIM = 0.8
Z = 1.959964  # of 95 %


DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"en": "calibration.md", "zh": "zh/calibration.md"}
WORDS = {
    "en": {
        "intervals": "intervals",
        "held": "held the value that came",
        "histories": "histories, {} series",
        "national plan": "national plan, {} series",
        "years": "· {:.0f} years on",
        "first": "first half of the series",
        "second": "second half",
        "stretched": "second half, stretched {:.2f} times (from the first)",
    },
    "zh": {
        "intervals": "区间",
        "held": "后来的数落在其中",
        "histories": "历史序列,{}条",
        "national plan": "国家规划,{}项",
        "years": "· {:.0f}年后",
        "first": "前一半序列",
        "second": "后一半",
        "stretched": "后一半,宽度乘{:.2f}(由前一半定)",
    },
}


class Trial(NamedTuple):
    """A value that came, as many years on, and how far off it was in half-widths of the interval."""

    source: str
    series: str
    years: int
    off: float


def trial(source: str, series: str, years: int, row: dict[str, Any], came: float) -> Trial | None:
    """Return what became of a projection, None where it has no interval."""
    low, middle, high = (row[f"projected_{name}"] for name in ("low", "value", "high"))
    if low is None:
        return None
    off = (came - middle) / (high - middle) if came > middle else (middle - came) / (middle - low)
    return Trial(source, series, years, off)


def histories(path: Path) -> dict[str, dict[int, float]]:
    """Return the yearly values of each series; the windows published of one are put together."""
    found: dict[str, dict[int, float]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            years = json.loads(line["history(json)"] or "{}")
            known = {int(year): value for year, value in years.items() if year.isdecimal()}
            found[line["case"].partition(" [")[0]] |= known
    return found


def of_histories(path: Path) -> Iterator[Trial]:
    """Project every history from each of its years to the later ones."""
    rows, came = [], []
    for series, known in sorted(histories(path).items()):
        years = sorted(known)
        for at in range(4, len(years)):
            now = years[at - 1]
            for year in years[at:]:
                rows.append(
                    {
                        "series": series, "baseline_year": years[0], "target_year": year,
                        "baseline_value": known[years[0]], "target_value": 2 * known[now] + 1,
                        "direction": "up", "year": now, "value": known[now],
                        "history": ";".join(f"{one}={known[one]}" for one in years[1 : at - 1]),
                    }
                )  # fmt: skip
                came.append(known[year])
    for row, value in zip(mt.calc(rows).to_dicts(), came, strict=True):
        ahead = row["target_year"] - row["year"]
        one = trial("histories", row["series"], ahead, row, value)
        if one:
            yield one


def of_plan() -> Iterator[Trial]:
    """Project the national plan's indicators from each year to its last."""
    last = {one["target_id"]: one for one in mt.check(PLAN, as_of=LAST).to_dicts()}
    for year in range(FIRST + 1, LAST):
        for row in mt.check(PLAN, as_of=year).to_dicts():
            came = last[row["target_id"]]
            if row["latest_period"] != str(year) or came["latest_period"] != str(LAST):
                continue
            one = trial("national plan", row["target_id"], LAST - year, row, came["latest_value"])
            if one:
                yield one


def share(trials: Sequence[Trial], factor: float = 1.0) -> str:
    """Return how many intervals, stretched by a factor, held the value, with Wilson's interval."""
    n, held = len(trials), sum(one.off <= factor for one in trials)
    p = held / n
    middle = (p + Z**2 / 2 / n) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * sqrt(p * (1 - p) / n + Z**2 / 4 / n**2)
    return f"{held} / {n} = {p:.0%} [{abs(middle - half):.0%}, {middle + half:.0%}]"


def halves(trials: Sequence[Trial]) -> tuple[list[Trial], list[Trial]]:
    """Deal the series to two halves, by turns in the order of their names."""
    names = sorted({(one.source, one.series) for one in trials})
    first = set(names[::2])
    parts: tuple[list[Trial], list[Trial]] = [], []
    for one in trials:
        parts[(one.source, one.series) not in first].append(one)
    return parts


def table(trials: Sequence[Trial], lang: str) -> str:
    """Return the table of Markdown in a language, each row a set of intervals."""
    say = WORDS[lang]
    rows = [(say["intervals"], say["held"]), ("---", "---")]
    for source, some in groupby(sorted(trials), lambda one: one.source):
        own = list(some)
        count = len({one.series for one in own})
        rows.append((say[source].format(count), share(own)))
        for years in sorted({one.years for one in own}):
            there = [one for one in own if one.years == years]
            rows.append((say["years"].format(years), share(there)))
    tuned, other = halves(trials)
    offs = sorted(one.off for one in tuned)
    factor = offs[ceil(AIM * len(offs)) - 1]
    rows += [(say["first"], share(tuned)), (say["second"], share(other))]
    rows.append((say["stretched"].format(factor), share(other, factor)))
    return "".join(f"| {name} | {value} |\n" for name, value in rows)


def pages(vectors: Path) -> dict[Path, str]:
    """Return the pages with their tables."""
    trials = [*of_histories(vectors), *of_plan()]
    places = {lang: DOCS / place for lang, place in PAGES.items()}
    return {
        page: page.read_text(encoding="utf-8").partition("\n| ")[0] + "\n" + table(trials, lang)
        for lang, page in places.items()
    }


if __name__ == "__main__":
    for page, text in pages(Path(sys.argv[1])).items():
        page.write_text(text, encoding="utf-8")
