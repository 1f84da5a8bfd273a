"""Beside the peers, on the same work, in one run: writes ``benchmarks/peers.md``.

``python benchmarks/peers.py [PAIRS]`` needs ``pip install pandas polars plotly altair
vl-convert-python`` and ``npm``, with which ``echarts`` is fetched. Each line is the median ratio of
pairs run in turn, with its range; times of processes are of the whole, imports included.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import altair as alt
import pandas as pd
import plotly.graph_objects
import plotly.io
from startup import CHECK, IMPORTS
from tables import PASSING, READ, spent, write_observations, write_series

import mfgtargets as mt

PLAN = "china-14fyp-2025"
SERIES, REGIONS = 20_000, 1_000
RULE = "Open SDG's rule alone to a pandas frame"
ECHARTS = """<!doctype html><meta charset="utf-8"><div id="all"></div><script>{library}</script><script>
for (const one of {charts}) {{
  const box = document.createElement("div"); box.style = "width:600px;height:300px";
  document.getElementById("all").append(box);
  echarts.init(box).setOption({{title: {{text: one.title}}, xAxis: {{}}, yAxis: {{scale: true}},
    series: [{{type: "line", data: one.path}}, {{type: "line", data: one.actual}}]}});
}}
</script>"""

Ratios = list[float]


def open_sdg(row: Any) -> str:
    """Return the status of one series by Open SDG's rule, as one writes it over a frame's rows."""
    d = 1 if row.direction == "up" else -1
    if d * (row.value - row.target_value) >= 0:
        return "target_achieved"
    actual = (row.value / row.baseline_value) ** (1 / (row.year - row.baseline_year)) - 1
    needed = (row.target_value / row.baseline_value) ** (
        1 / (row.target_year - row.baseline_year)
    ) - 1
    ratio = d * actual / abs(needed)
    for least, status in (
        (0.95, "substantial_progress"),
        (0.6, "moderate_progress"),
        (0, "limited_progress"),
    ):
        if ratio >= least:
            return status
    return "deterioration"


def timed(work: Callable[[], Any]) -> float:
    """Return the seconds that work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def series_a_second(folder: Path, pairs: int) -> tuple[Ratios, Ratios]:
    """Compare ``calc`` with the rule applied to the rows of the same frame, and looped over its tuples.

    All must say the same of every series; ``calc`` gives its numbers besides.
    """
    write_series(folder / "series.csv", SERIES)
    frame = pd.read_csv(folder / "series.csv")

    def looped() -> list[str]:
        return [open_sdg(row) for row in frame.itertuples()]

    ours = [row["status"] for row in mt.calc(frame, "open-sdg").to_dicts()]
    if looped() != ours or list(frame.apply(open_sdg, axis=1)) != ours:
        raise SystemExit("the loop and the program differ")
    rows, tuples = [], []
    for _ in range(pairs):
        own = timed(lambda: mt.calc(frame, "open-sdg"))
        rows.append(timed(lambda: frame.apply(open_sdg, axis=1)) / own)
        tuples.append(timed(looped) / own)
    return rows, tuples


def processes(ours: list[str], theirs: list[str], pairs: int) -> Ratios:
    """Compare two commands."""
    return [spent(ours) / spent(theirs) for _ in range(pairs)]


def charts() -> list[dict[str, Any]]:
    """Return what is in the page's charts: title, path and actuals of each target that has any."""
    found = []
    for result in mt.check(PLAN).results:
        try:
            course = mt.track(PLAN, result.indicator).course
        except mt.InputError:  # without a path there is no chart
            continue
        actual = [(spot.time, spot.value) for spot in course.spots]
        found.append({"title": result.name_en, "path": course.path, "actual": actual})
    return found


def pages(folder: Path) -> dict[str, int]:
    """Return the bytes of pages of the same charts that work offline, by what made them."""
    drawn = charts()
    figures, layers = [], []
    for one in drawn:
        figure = plotly.graph_objects.Figure(layout={"title": one["title"]})
        parts = []
        for name in ("path", "actual"):
            x, y = [at for at, _ in one[name]], [value for _, value in one[name]]
            figure.add_scatter(x=x, y=y, name=name)
            data = alt.Data(values=[{"x": at, "y": value} for at, value in one[name]])
            parts.append(alt.Chart(data, title=one["title"]).mark_line().encode(x="x:Q", y="y:Q"))
        figures.append(figure)
        layers.append(alt.layer(*parts))
    divs = [
        plotly.io.to_html(figure, full_html=False, include_plotlyjs=n == 0)
        for n, figure in enumerate(figures)
    ]
    alt.vconcat(*layers).save(folder / "vega.html", inline=True)
    command = ["npm", "pack", "echarts", "--silent"]
    packed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(folder / packed.stdout.strip()) as archive:
        library = archive.extractfile("package/dist/echarts.min.js").read().decode()  # type: ignore[union-attr]
    return {
        "Plotly": len("".join(divs).encode()),
        "Vega (Altair, inline)": (folder / "vega.html").stat().st_size,
        "ECharts (minified)": len(
            ECHARTS.format(library=library, charts=json.dumps(drawn, ensure_ascii=False)).encode()
        ),
    }


def line(what: str, ratios: Ratios) -> str:
    """Return a line of the table: the median ratio and its range."""
    return f"| {what} | {median(ratios):.2f} | {min(ratios):.2f}-{max(ratios):.2f} |"


def main() -> None:
    """Measure everything and write the page."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    python = [sys.executable]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        observations = str(folder / "observations.csv")
        write_observations(Path(observations), REGIONS)
        check = [*python, "-m", "mfgtargets", "check", "shaoxing-2025", observations]
        spent(check)
        ours = len(mt.report(PLAN).encode())
        applied, looped = series_a_second(folder, pairs)
        rows = [
            line(f"{SERIES:,} series, all numbers: times faster than `apply` of {RULE}", applied),
            line("the same: times faster than a loop over `itertuples` of it", looped),
            line(
                f"`check` of {REGIONS * 200:,} rows: times as long as `csv.reader` passing over them",
                processes(check, [*python, "-c", PASSING, observations], pairs),
            ),
            line(
                "the same: times as long as polars reading them",
                processes(check, [*python, "-c", READ, observations], pairs),
            ),
            line(
                "`check shaoxing-2025`: times as long as importing what it stands on",
                processes(CHECK, IMPORTS, pairs),
            ),
            *(
                line(
                    f"page of the national plan: times smaller than the charts in {peer}",
                    [size / ours],
                )
                for peer, size in pages(folder).items()
            ),
        ]
    head = [
        "# Beside the peers",
        "",
        (
            "Made by `python benchmarks/peers.py`, all in one run on one machine; ratios carry over to others "
            f"better than seconds. The median of {pairs} pairs and its range. The pages work offline; the program's "
            "holds both languages, tables and sources besides the charts, the peers' the charts alone."
        ),
        "",
        "| work | ratio | range |",
        "|---|---|---|",
    ]
    page = Path(__file__).with_name("peers.md")
    page.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
