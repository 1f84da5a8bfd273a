"""Output files and streams: nothing is lost, nothing is destroyed, nothing is said wrongly."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import Run
from mfgtargets.data import data_folder

ROWS = "indicator,period,value\nlabour_productivity,2018,23\nlisted_companies,2018,>80\n"
SERIES = "series,baseline_year,baseline_value,target_year,target_value,year,value\na,2015,14.5,2030,7.25,2023,10.4\n"
SOURCE = Path(__file__).parents[1] / "src"
PLAN = data_folder() / "targets" / "shaoxing-2025.yaml"


def shell(folder: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which ``$MFG`` is the program; a traceback is never right."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MFGTARGETS_")}
    given = {"MFG": f"{sys.executable} -m mfgtargets", "MFGTARGETS_LANG": "en", **environment}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=clean | {"PYTHONPATH": str(SOURCE)} | given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert not re.search(r"Traceback|Exception ignored|error\[internal]", done.stderr), done.stderr
    return done


@contextmanager
def untouched(*paths: Path) -> Iterator[None]:
    """Hold that files keep their content and stay the same files."""
    before = [(path.read_bytes(), path.stat().st_ino, path.is_symlink()) for path in paths]
    yield
    assert before == [(path.read_bytes(), path.stat().st_ino, path.is_symlink()) for path in paths]


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        (("check", "shaoxing-2025", "a.csv"), "a.csv"),
        (("check", "shaoxing-2025", "a.csv"), "./a.csv"),
        (("check", "shaoxing-2025", "a.csv"), "link.csv"),
        (("check", "shaoxing-2025", "link.csv"), "a.csv"),
        (("check", "shaoxing-2025", "a.csv"), "hard.csv"),
        (("calc", "--input", "a.csv"), "a.csv"),
        (("note", "shaoxing-2025", "a.csv", "--since", "old.txt"), "old.txt"),
        (("check", "plans/mine.yaml", "a.csv", "--format", "json"), "plans/mine.yaml"),
        (("check", "mine", "--targets-dir", "plans", "--format", "json"), "plans/mine.yaml"),
        (("check", "mine", "bundled", "--targets-dir", "plans"), "actuals/mine.csv"),
        (("new", "actuals", "mine", "--targets-dir", "plans"), "actuals/mine.csv"),
        (("check", "shaoxing-2025", "--format", "plain"), "mfgtargets.toml"),
    ],
)
def test_no_input_is_written_over(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], output: str
) -> None:
    """A table, series, an earlier check, a plan, its own actuals, settings, under whatever name."""
    (tmp_path / "a.csv").write_text(SERIES if arguments[0] == "calc" else ROWS)
    (tmp_path / "link.csv").symlink_to("a.csv")
    os.link(tmp_path / "a.csv", tmp_path / "hard.csv")
    (tmp_path / "old.txt").write_text(run("check", "shaoxing-2025", "--format", "json").stdout)
    for folder in ("plans", "actuals"):
        (tmp_path / folder).mkdir()
    shutil.copy(PLAN, tmp_path / "plans" / "mine.yaml")
    (tmp_path / "actuals" / "mine.csv").write_text(ROWS)
    (tmp_path / "mfgtargets.toml").write_text('lang = "en"\n')
    with untouched(*(path for path in tmp_path.rglob("*") if path.is_file())):
        said = run(*arguments, "-o", output, code=2, MFGTARGETS_LANG="en").stderr
    assert f"{output}: error[input-is-output]" in said
    assert "write to another file" in said


def test_standard_input_is_not_written_over(tmp_path: Path) -> None:
    """A table that is redirected into the program has a name all the same."""
    table = tmp_path / "a.csv"
    table.write_text(ROWS)
    with untouched(table):
        done = shell(tmp_path, "$MFG check shaoxing-2025 - -o a.csv < a.csv")
    assert done.returncode == 2
    assert "error[input-is-output]" in done.stderr


@pytest.mark.parametrize("kind", ["fifo", "device", "link-to-device", "proc"])
def test_only_files_on_disk_are_plans(run: Run, tmp_path: Path, kind: str) -> None:
    """A pipe is not waited for, a device not read without end, the system's files not shown."""
    plan = tmp_path / "plan.yaml"
    if kind == "fifo":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no FIFOs here")
        os.mkfifo(plan)
    else:
        target = {"device": "/dev/zero", "link-to-device": "zero", "proc": "/proc/self/environ"}
        (tmp_path / "zero").symlink_to("/dev/zero")
        plan.symlink_to(target[kind])
        if not plan.exists():
            pytest.skip("no such file here")
    for arguments in (("check", "plan.yaml"), ("validate", "plan.yaml")):
        assert "plan.yaml: error[not-a-file]" in run(*arguments, code=2, MARK="secret").stderr


NEEDS_FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
PRODUCTS = [
    "--version",
    "--help",
    "check --help",
    "list",
    "check shaoxing-2025 bundled",
    "check shaoxing-2025 bundled --format csv",
    "schema",
]


@NEEDS_FULL
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("product", PRODUCTS)
def test_a_full_standard_output_is_told(tmp_path: Path, product: str, unbuffered: str) -> None:
    """Whatever is written, with or without a buffer: exit 2 and one message."""
    done = shell(tmp_path, f"$MFG {product} > /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 2
    assert done.stderr.count("error[") == 1
    assert "error[cannot-write]" in done.stderr
    assert "space left" in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_every_byte_is_written_or_the_exit_code_is_2(tmp_path: Path, unbuffered: str) -> None:
    """A file may grow to 16 KiB alone, as on a nearly full disk, and the schema is longer."""
    whole = shell(tmp_path, "$MFG schema").stdout.encode()
    assert len(whole) > 16 << 10
    command = "trap '' XFSZ; ulimit -f 16; $MFG schema > out.json"
    done = shell(tmp_path, command, PYTHONUNBUFFERED=unbuffered)
    assert (tmp_path / "out.json").read_bytes() == whole[: 16 << 10]
    assert done.returncode == 2
    assert "error[cannot-write]" in done.stderr


@pytest.mark.parametrize("product", PRODUCTS)
def test_a_closed_standard_output_is_told(tmp_path: Path, product: str) -> None:
    """What has nowhere to go is not done; a file is written all the same."""
    done = shell(tmp_path, f"$MFG {product} >&-")
    assert done.returncode == 2
    assert "error[cannot-write]" in done.stderr
    assert shell(tmp_path, "$MFG check shaoxing-2025 -o a.csv <&- >&- 2>&-").returncode == 0
    assert (tmp_path / "a.csv").stat().st_size > 1000


@pytest.mark.parametrize("where", ["2>&-", "2> /dev/full", "2> >(true)"])
def test_notes_that_cannot_be_written_change_nothing(tmp_path: Path, where: str) -> None:
    """Neither the product, which stays JSON alone, nor the exit code."""
    (tmp_path / "a.csv").write_text(ROWS + "no_such,2018,1\n")
    command = "$MFG check shaoxing-2025 a.csv --format json --fail-on no_data"
    whole, done = shell(tmp_path, command), shell(tmp_path, f"{command} {where}")
    assert "no_such" in whole.stderr
    assert done.stdout == whole.stdout
    assert json.loads(done.stdout)["command"] == "check"
    assert (whole.returncode, done.returncode) == (1, 1)
    assert shell(tmp_path, f"$MFG check nowhere {where}").returncode == 2


@pytest.mark.parametrize("form", ["table", "plain", "json", "csv", "markdown"])
@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("no_data", 1)])
def test_a_verdict_outlives_the_reader_of_the_pipe(
    tmp_path: Path, form: str, fail_on: str, code: int
) -> None:
    """With pipefail a check that fails does so when nobody reads; otherwise that is 0, quietly."""
    command = f"$MFG check all --all --format {form} --fail-on {fail_on}"
    done = shell(tmp_path, f"set -o pipefail; {command} | true")
    assert (done.returncode, done.stderr) == (code, "")


@pytest.mark.parametrize("product", PRODUCTS)
def test_a_reader_that_leaves_is_no_fault(tmp_path: Path, product: str) -> None:
    """Help and version too."""
    done = shell(tmp_path, f"set -o pipefail; $MFG {product} | true")
    assert (done.returncode, done.stderr) == (0, "")
