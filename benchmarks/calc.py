"""Time ``calc`` and the array core beside plain passes over the same data, in one run.

``python benchmarks/calc.py [SERIES [CORE]]``: SERIES rows of a table (200,000) are read, judged and
written by each engine, against ``csv.reader`` merely reading the same file; CORE series (10,000,000)
are judged as arrays, against one NumPy pass of ``log`` and ``exp`` over the arrays they are made
of. Prints ratios, each the median of pairs timed one after the other.
"""

import csv
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from mfgtargets.engine.engines import VERY_LARGE, Reader, by_cores, readers
from mfgtargets.engine.textcolumns import from_lines, read_text

from mfgtargets.engine.calculate import Request
from mfgtargets.engine.reading import read_table
from mfgtargets.evaluation.assess import assess
from mfgtargets.series.arrays import Series
from mfgtargets.series.columns import series_of

COLUMNS = (
    "series,direction,path,baseline_year,baseline_value,target_year,target_value,year,value"
).split(",")


def rows(count: int) -> list[list[str]]:
    """Return plausible series, half of them on a geometric path."""
    chance = random.Random(1)  # noqa: S311 - nothing secret
    made = []
    for number in range(count):
        base = chance.uniform(10, 100)
        target = base * chance.uniform(0.5, 2)
        value = base + (target - base) * chance.uniform(-0.2, 1.2)
        direction = "up" if target > base else "down"
        path = chance.choice(["linear", "geometric"])
        figures = [f"{x:.2f}" for x in (base, target, value)]
        made.append(
            [
                f"s{number}",
                direction,
                path,
                "2015",
                figures[0],
                "2030",
                figures[1],
                "2023",
                figures[2],
            ]
        )
    return made


def seconds(work: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(work: Callable[[], object], beside: Callable[[], object], pairs: int = 7) -> str:
    """Return the median ratio of pairs, and its range."""
    work()
    ratios = [seconds(work) / seconds(beside) for _ in range(pairs)]
    return f"{median(ratios):.1f} ({min(ratios):.1f}-{max(ratios):.1f})"


def merely(path: Path) -> None:
    """Read a file with ``csv.reader`` and do nothing with it."""
    with path.open(newline="") as file:
        for _ in csv.reader(file):
            pass


def tables(count: int) -> None:
    """Time each engine of ``calc`` on a table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "series.csv"
        with path.open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows(count)])
        for reader in readers(VERY_LARGE):

            def answer(reader: Reader = reader) -> None:
                with path.open("rb") as stream:
                    pieces = by_cores(read_table(stream, "series").text or "", Request(), reader)
                with Path(os.devnull).open("wb") as out:
                    out.writelines(pieces or ())
                if pieces is None:
                    raise RuntimeError

            name = "standard library" if reader is read_text else "Arrow"
            print(f"calc, {count} series, read with {name}: ", end="")
            print(f"{ratio(answer, lambda: merely(path))} x csv.reader")


def core(count: int) -> None:
    """Time the array core on many series."""
    one = rows(1000)
    few = series_of(from_lines([COLUMNS, *one], "core"))
    times = max(1, count // 1000)
    many = Series(*(np.concatenate([field] * times) for field in few))
    arrays = [
        many.baseline,
        many.target,
        many.value,
        many.baseline_year,
        many.target_year,
        many.year,
    ]

    def passes() -> None:
        for array in arrays:
            np.exp(np.log(array))

    found = ratio(lambda: assess(many), passes, pairs=3)
    print(f"core, {len(many.value)} series: {found} x log and exp")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    tables(given[0] if given else 200_000)
    core(given[1] if len(given) > 1 else 10_000_000)
