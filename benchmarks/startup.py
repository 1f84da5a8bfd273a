"""Whole-process time of ``check shaoxing-2025`` against merely importing what it stands on.

Runs both commands in turn, so that a drift in the machine's speed meets both, and prints the
median ratio. Usage: ``python benchmarks/startup.py [RUNS]``.
"""

import compileall
import statistics
import subprocess
import sys
import time
from pathlib import Path

import mfgtargets

CHECK = [sys.executable, "-m", "mfgtargets", "check", "shaoxing-2025", "bundled"]
IMPORTS = [
    sys.executable,
    "-c",
    "import typer, yaml, numpy, pydantic\nclass One(pydantic.BaseModel):\n    value: int",
]


def seconds(command: list[str]) -> float:
    """Return the wall time of one run of a command."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Time both commands in pairs and print the median of the ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    # An installed program comes with its bytecode; a checkout may not.
    compileall.compile_dir(Path(mfgtargets.__file__).parent, quiet=1)
    pairs = [(seconds(CHECK), seconds(IMPORTS)) for _ in range(runs + 1)][1:]
    ratios = [check / imports for check, imports in pairs]
    print(f"check shaoxing-2025: median {statistics.median(c for c, _ in pairs):.3f} s")
    print(f"imports alone:       median {statistics.median(i for _, i in pairs):.3f} s")
    print(f"ratio: median {statistics.median(ratios):.2f} ({runs} pairs; at most 1.35 wanted)")


if __name__ == "__main__":
    main()
