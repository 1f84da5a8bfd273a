"""Tables of hundreds of megabytes: read in the memory the documentation promises."""

import resource
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pytest

pytestmark = pytest.mark.large

BOUND = 150  # megabytes, of the whole program (docs/actuals.md)
SIZE = 200_000_000  # bytes
REGIONS = ["绍兴市", *(f"第{n}市" for n in range(40))]


def test_a_table_of_200_megabytes_is_read_within_bounds(tmp_path: Path) -> None:
    """All rows are accounted for, and the most memory ever held is below the bound."""
    path = tmp_path / "big.csv"
    rows = 0
    with path.open("w", encoding="gb18030") as file:
        file.write("指标,地区,年份,数值,备注\n")
        for region in cycle(REGIONS):
            year = 1990 + rows // len(REGIONS) % 30
            rows += 1
            file.write(f"上市企业数量,{region},{year},{year - 1980},第{rows}行\n")
            if rows % 1000 == 0 and file.tell() > SIZE:
                break
    done = subprocess.run(
        [sys.executable, "-m", "mfgtargets", "check", "shaoxing-2025", str(path)],
        capture_output=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    assert f"30条,另有{rows - 30}条未采用" in done.stdout.decode()
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert most < BOUND, f"{most} MB"
