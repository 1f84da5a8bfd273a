"""Whole processes over large tables beside plain passes over the same files, in one run.

``python benchmarks/tables.py [PAIRS]``: ``calc`` of 200,000 series, as CSV and as JSON; ``check`` of
1,000,000 observations (5,000 regions read, one judged); ``check`` and ``read`` of a canonical and a
long table of 200 MB. Without a columnar library they are compared with ``csv.reader`` merely passing
over the file, with it with a process that reads (and for ``calc`` writes) the same table by that
library. Prints median ratios with their range, imports included on both sides, and the most memory
that ours held; at last the seconds for a workbook of 1 MB.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from itertools import product
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
LONG = "地区 年份 指标 数值 单位 来源 备注".split()
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


def write_long(path: Path, regions: int) -> None:
    """Write the same as people have it: other headings and names, a byte-order mark, CRLF."""
    names = "规上企业劳动生产率 研发经费占比 新产品产值率 上市企业数量 两化融合指数".split()
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(LONG)
        for region in ("绍兴市", *(f"第{n}市" for n in range(regions - 1))):
            for name in names:
                for year in range(1985, 2025):
                    value = round(10 + (year - 1980) * 0.7, 2)
                    writer.writerow((region, f"{year}年", name, value, "", "统计年鉴", ""))


def write_workbook(path: Path, lines: int) -> None:
    """Write a sheet of one row an indicator and ten years across."""
    import openpyxl  # noqa: PLC0415 - only for this

    chance = random.Random(1)  # noqa: S311 - nothing secret
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    sheet.append(["指标", *(f"{year}年" for year in range(2015, 2025))])
    for number in range(lines):
        name = f"指标{number}" if number else "规上企业劳动生产率"
        sheet.append([name, *(round(chance.uniform(1, 100), 5) for _ in range(10))])
    book.save(path)


def spent(command: list[str], **environment: str) -> tuple[float, float]:
    """Return the wall time of one run of a command, and the most megabytes it held."""
    start = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=os.environ | environment, **quiet)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(status, command)
    return time.perf_counter() - start, used.ru_maxrss / 1024


def compare(name: str, ours: list[str], theirs: list[str], pairs: int, hidden: str = "") -> None:
    """Print the median ratio of pairs, its range, and the most memory of ours."""
    python = [sys.executable]
    path = os.pathsep.join(filter(None, (hidden, os.environ.get("PYTHONPATH"))))
    environment = {"PYTHONPATH": path}
    program = [*python, "-m", "mfgtargets", *ours]
    spent(program, **environment)
    ratios, most = [], 0.0
    for _ in range(pairs):
        seconds, held = spent(program, **environment)
        ratios.append(seconds / spent([*python, "-c", *theirs])[0])
        most = max(most, held)
    around = f"({min(ratios):.1f}-{max(ratios):.1f})"
    print(f"{name}: {median(ratios):.1f} x {around}, {most:.0f} MB", flush=True)


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
        large, long = str(home / "large.csv"), str(home / "long.csv")
        write_observations(Path(large), 20_000)
        write_long(Path(long), 16_000)
        for path, command in product((observations, large, long), ("check", "read")):
            asked = [command, "shaoxing-2025", path]
            name = f"{command} of {Path(path).stem}"
            without = f"{name}, standard library, beside csv.reader"
            compare(without, asked, [PASSING, path], pairs, folder)
            compare(f"{name}, polars, beside polars", asked, [READ, path], pairs)
        book = home / "book.xlsx"
        write_workbook(book, 10_500)
        asked = [sys.executable, "-m", "mfgtargets", "check", "shaoxing-2025", str(book)]
        seconds = median(spent(asked)[0] for _ in range(pairs))
        print(f"check of a workbook of {book.stat().st_size / 1e6:.1f} MB: {seconds:.1f} s")


if __name__ == "__main__":
    main()
