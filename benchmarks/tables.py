"""Whole processes over large tables beside plain passes over the same files, in one run.

``python benchmarks/tables.py [PAIRS]``: ``calc`` of 200,000 series, as CSV and as JSON, and ``check``
of 1,000,000 observations (5,000 regions read, one judged). Without a columnar library they are
compared with ``csv.reader`` merely passing over the file, with it with a process that reads (and for
``calc`` writes) the same table by that library. Prints median ratios with their range, imports
included on both sides, and the most memory held.
"""

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

SERIES = (
    "series,direction,path,baseline_year,baseline_value,target_year,target_value,year,value"
).split(",")
OBSERVATIONS = (
    "indicator,region,period,value,unit,measure,bound,obs_status,note,source,url,vintage"
).split(",")
INDICATORS = "labour_productivity rd_share new_product_rate listed_companies integration_index"
PASSING = "import csv, sys\nfor _ in csv.reader(open(sys.argv[1], newline='')): pass"
READ = "import polars, sys\npolars.read_csv(sys.argv[1])"
WRITE = "import polars, sys\npolars.read_csv(sys.argv[1]).write_csv(sys.argv[1] + '.copy')"
# What makes a process as if the extra were not installed.
HIDE = """\
import importlib.util, sys
class Hidden:
    def find_spec(self, name, *_):
        if name.partition(".")[0] == "polars":
            raise ModuleNotFoundError(name, name="polars")
sys.meta_path.insert(0, Hidden())
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "polars" else found(name, *rest)
"""


def write_series(path: Path, count: int) -> None:
    """Write plausible series, half of them on a geometric path."""
    chance = random.Random(1)  # noqa: S311 - nothing secret
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(SERIES)
        for number in range(count):
            base = chance.uniform(10, 100)
            target = base * chance.uniform(0.5, 2)
            value = base + (target - base) * chance.uniform(-0.2, 1.2)
            way = "up" if target > base else "down", chance.choice(["linear", "geometric"])
            a, b, c = (f"{x:.2f}" for x in (base, target, value))
            writer.writerow([f"s{number}", *way, 2015, a, 2030, b, 2023, c])


def write_observations(path: Path, regions: int) -> None:
    """Write 200 observations of each region, the document's own among them."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(OBSERVATIONS)
        for region in ("绍兴市", *(f"第{n}市" for n in range(regions - 1))):
            for indicator in INDICATORS.split():
                for year in range(1985, 2025):
                    value = round(10 + (year - 1980) * 0.7, 2)
                    row = indicator, region, year, value, "", "", "", "", "", "年鉴", "", ""
                    writer.writerow(row)


def spent(command: list[str], **environment: str) -> float:
    """Return the wall time of one run of a command."""
    start = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(command, check=True, env=os.environ | environment, **quiet)  # type: ignore[call-overload]
    return time.perf_counter() - start


def compare(name: str, ours: list[str], theirs: list[str], pairs: int, hidden: str = "") -> None:
    """Print the median ratio of pairs, and its range."""
    python = [sys.executable]
    environment = {"PYTHONPATH": hidden} if hidden else {}
    program = [*python, "-m", "mfgtargets", *ours]
    spent(program, **environment)
    ratios = [spent(program, **environment) / spent([*python, "-c", *theirs]) for _ in range(pairs)]
    print(f"{name}: {median(ratios):.1f} x ({min(ratios):.1f}-{max(ratios):.1f})", flush=True)


def main() -> None:
    """Make the tables, and time everything in pairs."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "sitecustomize.py").write_text(HIDE, encoding="utf-8")
        series, observations = str(home / "series.csv"), str(home / "observations.csv")
        write_series(Path(series), 200_000)
        write_observations(Path(observations), 5_000)
        for form in ("csv", "json"):
            asked = ["calc", "--input", series, "-o", str(home / f"answers.{form}")]
            without = f"calc to {form}, standard library, beside csv.reader"
            compare(without, asked, [PASSING, series], pairs, folder)
            compare(f"calc to {form}, polars, beside polars", asked, [WRITE, series], pairs)
        asked = ["check", "shaoxing-2025", observations, "--format", "json"]
        without = "check of 1,000,000 rows, standard library, beside csv.reader"
        compare(without, asked, [PASSING, observations], pairs, folder)
        held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        compare("the same, polars, beside polars", asked, [READ, observations], pairs)
        print(f"most memory of any process but the last: {held:.0f} MB")


if __name__ == "__main__":
    main()
