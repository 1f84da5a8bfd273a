"""Tables of hundreds of megabytes: read in the memory the documentation promises."""

import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pytest

pytestmark = pytest.mark.large

BOUNDS = {"gb18030": 150, "utf-8": 300}  # megabytes, of the whole program (docs/actuals.md)
SIZE = 200_000_000  # bytes
MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "mfgtargets", *sys.argv[1:]], stdin=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, file=sys.stderr)
"""  # a process counts what its parent held when it began, so that a small one has to begin it
REGIONS = ["绍兴市", *(f"第{n}市" for n in range(40))]


@pytest.mark.parametrize("encoding", BOUNDS)
def test_a_table_of_200_megabytes_is_read_within_bounds(encoding: str, tmp_path: Path) -> None:
    """All rows are accounted for, and the most memory ever held is below the bound."""
    path = tmp_path / "big.csv"
    rows = 0
    with path.open("w", encoding=encoding) as file:
        file.write("指标,地区,年份,数值,备注\n")
        for region in cycle(REGIONS):
            year = 1990 + rows // len(REGIONS) % 30
            rows += 1
            file.write(f"上市企业数量,{region},{year},{year - 1980},第{rows}行\n")
            if rows % 1000 == 0 and file.tell() > SIZE:
                break
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "check", "shaoxing-2025", str(path)],
        capture_output=True,
        check=True,
    )
    assert f"30条,另有{rows - 30}条未采用" in done.stdout.decode()
    assert int(done.stderr.split()[-1]) < BOUNDS[encoding]
