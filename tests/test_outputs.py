"""Output files and streams: nothing is lost, nothing is destroyed, nothing is said wrongly."""

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
