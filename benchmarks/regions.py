"""A plan over very many regions beside the same columnar engine, in one run.

``python benchmarks/regions.py [REGIONS] [PAIRS]``: 20 indicators of 11 years in 38,000 regions, 8.36
million rows, as Parquet and as CSV, judged by ``check_regions`` and written to Parquet. Beside it the
engine by itself reads the same file, pivots it to one row a region and indicator and writes as many
rows and columns. Prints the median ratio with its range, the most memory held, and how the time
grows at an eighth, a quarter, half and all of the rows.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import polars as pl

FIRST, YEARS, RATES, LEVELS = 2010, 11, 4, 16
PLAN = """\
id: many
title: 示例
title_en: Example
issuer: null
number: null
date: null
standing: null
region: 示例省
period: {start: 2011, end: 2025}
baseline_year: 2010
source: {title: 示例, publisher: null, url: null, sha256: null}
main_table: null
sections: {一: []}
indicators:
"""
INDICATOR = """\
  - {{id: {id}, name_zh: 示例{id}, name_en: Example {id}, unit: "%", nature: ratio, direction: up,
     kind: {kind}, path: {path}, section: 一, quote: 示例, targets: [{target}]}}
"""
OURS = """\
import sys, mfgtargets as mt
mt.check_regions(sys.argv[1], sys.argv[2], as_of=2020).lazy().sink_parquet(sys.argv[3])
"""
THEIRS = """\
import sys, polars as pl
name, columns = sys.argv[2], int(sys.argv[4])
table = pl.read_parquet(name) if name.endswith("parquet") else pl.read_csv(name)
wide = table.pivot("period", index=["region", "indicator"], values="value")
years = wide.columns[2:]
more = (pl.col(years[n % len(years)]).alias(f"c{n}") * (n + 1) for n in range(columns - wide.width))
wide.with_columns(*more).write_parquet(sys.argv[3])
"""


def plan_text() -> str:
    """Return a plan of shares, half of them on a geometric path, and of growth rates."""
    lines = []
    for n in range(LEVELS + RATES):
        is_level = n < LEVELS
        lines.append(
            INDICATOR.format(
                id=f"i{n}",
                kind="level" if is_level else "growth_rate",
                path="linear" if is_level and n % 2 else "geometric",
                target="{value: 80, year: 2025}"
                if is_level
                else "{value: 4, period: {start: 2011, end: 2025}}",
            )
        )
    return PLAN + "".join(lines)


def table_of(regions: int) -> pl.DataFrame:
    """Return the observations of some regions."""
    chance, count = np.random.default_rng(1), LEVELS + RATES
    shape = regions, count, YEARS
    base, pace = chance.uniform(10, 60, (regions, count, 1)), chance.uniform(-0.01, 0.06, shape)
    values = np.where(
        np.arange(count)[:, None] < LEVELS, base * np.cumprod(1 + pace, 2), 100 * pace
    )
    region, indicator, year = (axis.ravel() for axis in np.indices(shape))
    return pl.DataFrame(
        {
            "indicator": pl.Series([f"i{n}" for n in range(count)]).gather(indicator),
            "region": pl.Series([f"第{n}区" for n in range(regions)]).gather(region),
            "period": year + FIRST,
            "value": values.round(2).ravel(),
        }
    )


def spent(code: str, *arguments: str) -> tuple[float, float]:
    """Return the wall time of one process, and the most memory it held in MB."""
    start = time.perf_counter()
    child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-c", code, *arguments])
    _, status, usage = os.wait4(child, 0)
    if status:
        sys.exit(1)
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main() -> None:
    """Make the tables, and time both in pairs."""
    regions = int(sys.argv[1]) if len(sys.argv) > 1 else 38_000
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        plan, out, copy = (
            str(home / name) for name in ("plan.yaml", "out.parquet", "copy.parquet")
        )
        Path(plan).write_text(plan_text(), encoding="utf-8")
        parts, times = [regions // 8, regions // 4, regions // 2, regions], []
        for count in parts:
            table = table_of(count)
            table.write_parquet(home / "table.parquet")
            times.append(
                min(spent(OURS, plan, str(home / "table.parquet"), out)[0] for _ in range(2))
            )
            print(f"{table.height:,} rows: {times[-1]:.1f} s", flush=True)
        each = [one / part for one, part in zip(times, parts, strict=True)]
        print(f"time a row, of the most rows and of the fewest: {each[-1] / each[0]:.2f}")
        table.write_csv(home / "table.csv")
        columns = str(len(pl.scan_parquet(out).collect_schema()))
        for name in ("table.parquet", "table.csv"):
            given = str(home / name)
            both = [
                (spent(OURS, plan, given, out), spent(THEIRS, plan, given, copy, columns))
                for _ in range(pairs)
            ]
            ratios = [ours[0] / theirs[0] for ours, theirs in both]
            held = max(ours[1] for ours, _ in both)
            print(
                f"{table.height:,} rows of {name[6:]}, beside the engine alone: {median(ratios):.1f} x "
                f"({min(ratios):.1f}-{max(ratios):.1f}), {held:.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
