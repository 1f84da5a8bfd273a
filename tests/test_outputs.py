"""Output files and streams: nothing is lost, nothing is destroyed, nothing is said wrongly."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, unix_only
from mfgtargets.cli.outputs import append_to
from mfgtargets.data import data_folder

ROWS = "indicator,period,value\nlabour_productivity,2018,23\nlisted_companies,2018,>80\n"
SERIES = "series,baseline_year,baseline_value,target_year,target_value,year,value\na,2015,14.5,2030,7.25,2023,10.4\n"
SOURCE = Path(__file__).parents[1] / "src"
PLAN = data_folder() / "targets" / "shaoxing-2025.yaml"


def shell(folder: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which ``$MFG`` is the program; a traceback is never right."""
    if os.name == "nt":
        pytest.skip("a shell of Unix")
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


@unix_only
@pytest.mark.parametrize("kind", ["fifo", "device", "link-to-device", "proc"])
def test_only_files_on_disk_are_plans(run: Run, tmp_path: Path, kind: str) -> None:
    """A pipe is not waited for, a device not read without end, the system's files not shown."""
    plan = tmp_path / "plan.yaml"
    if kind == "fifo":
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
    assert done.returncode == code
    assert all("revised from" in line for line in done.stderr.splitlines())  # of the bundled ones


@pytest.mark.parametrize("product", PRODUCTS)
def test_a_reader_that_leaves_is_no_fault(tmp_path: Path, product: str) -> None:
    """Help and version too."""
    done = shell(tmp_path, f"set -o pipefail; $MFG {product} | true")
    assert (done.returncode, done.stderr) == (0, "")


CSV = "$MFG check shaoxing-2025 bundled --format csv"


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (f"{CSV} -o >(cat > out)", "out"),
        (f"{CSV} -o /dev/stdout | cat > out", "out"),
        (f"{CSV} -o /dev/fd/1 > out", "out"),
        (f"{CSV} -o /proc/self/fd/1 > out", "out"),
        (f"{CSV} -o /dev/stderr 2> out", "out"),
        (f"mkfifo pipe; cat pipe > out & {CSV} -o pipe; wait", "out"),
        ("$MFG calc --input series.csv -o /dev/stdout > out", "out"),
        ("$MFG check shaoxing-2025 bundled -o /dev/stdout > out", "out"),
        ("$MFG warn shaoxing-2025 bundled -o /dev/stdout > out", "out"),
    ],
)
def test_open_streams_are_written_to_by_name(tmp_path: Path, command: str, name: str) -> None:
    """What a shell calls a file and is none is not replaced; a device has no form of its own."""
    (tmp_path / "series.csv").write_text(SERIES)
    whole = shell(tmp_path, command.partition(" -o")[0].rpartition("& ")[2]).stdout
    done = shell(tmp_path, f"{command}; code=$?; sleep 0.2; exit $code")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8") == whole
    assert not list(tmp_path.glob(".mfgtargets*"))


def test_what_is_appended_to_keeps_what_it_holds(tmp_path: Path) -> None:
    """A file that standard output is added to is not replaced by -o /dev/stdout."""
    whole = shell(tmp_path, CSV).stdout
    shell(tmp_path, f"echo kept > out; {CSV} -o /dev/stdout >> out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "kept\n" + whole


@pytest.mark.parametrize("before", ["", "x", "x\n", "表\n", b"\xe8\xa1"])
def test_a_summary_is_added_by_whole_lines(tmp_path: Path, before: str | bytes) -> None:
    """It begins on a line of its own, even after a character that was cut, and keeps its limit."""
    summary = tmp_path / "summary.md"
    raw = before.encode() if isinstance(before, str) else before
    for limit in range(len(raw), len(raw) + 20):
        summary.write_bytes(raw)
        append_to(str(summary), "甲乙\n丙丁\n".encode(), limit)
        added = summary.read_bytes().removeprefix(raw).decode()
        assert summary.stat().st_size <= max(limit, len(raw))
        assert added.removeprefix("\n") in {"", "甲乙\n", "甲乙\n丙丁\n"}
        assert not added.strip() or added.startswith("\n") == (
            raw not in {b"", b"x\n", "表\n".encode()}
        )


def test_a_summary_that_cannot_be_added_to_stays_as_it_was(tmp_path: Path) -> None:
    """A disk that is full in the midst of a character leaves no half of it."""
    summary = tmp_path / "summary.md"
    summary.write_bytes(b"x" * 1021 + b"\n")  # two bytes less than the file may hold
    command = f"trap '' XFSZ; ulimit -f 1; {CSV.replace('csv', 'github')} > /dev/null"
    done = shell(tmp_path, command, GITHUB_STEP_SUMMARY="summary.md", MFGTARGETS_LANG="zh")
    assert done.returncode == 2
    assert "summary.md: error[unwritable-file]" in done.stderr
    assert summary.read_bytes() == b"x" * 1021 + b"\n"


def test_a_current_folder_that_is_gone(tmp_path: Path) -> None:
    """What needs no file works; what does says which."""
    (tmp_path / "gone").mkdir()
    gone = "cd gone; rmdir ../gone; "
    assert shell(tmp_path, gone + "$MFG --version").stdout.startswith("mfgtargets ")
    for form in ("json", "github"):
        (tmp_path / "gone").mkdir()
        assert (
            shell(tmp_path, f"{gone} $MFG check shaoxing-2025 bundled --format {form}").returncode
            == 0
        )
    for wrong in ("check shaoxing-2025 -o x.csv", "check shaoxing-2025 x.csv", "check x.csv.yaml"):
        (tmp_path / "gone").mkdir()
        done = shell(tmp_path, f"{gone} $MFG {wrong}")
        assert done.returncode == 2
        assert done.stderr.startswith("x.csv")


@pytest.mark.parametrize("what", ["pyproject.toml", ".git"])
def test_what_may_not_be_looked_at_holds_no_settings(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A file without permission stops nothing."""
    (tmp_path / what).write_text("[tool.mfgtargets]\nlang = 3\n")
    real_read, real_stat = Path.read_bytes, os.stat

    def read(path: Path) -> bytes:
        if path.name == what:
            raise PermissionError(13, "Permission denied")
        return real_read(path)

    def stat(path: Any, *arguments: Any, **named: Any) -> os.stat_result:
        if str(path).endswith(".git"):
            raise PermissionError(13, "Permission denied")
        return real_stat(path, *arguments, **named)

    monkeypatch.setattr(Path, "read_bytes", read)
    monkeypatch.setattr(os, "stat", stat)
    assert "实际值" in run("check", "shaoxing-2025", "bundled").stdout


@pytest.mark.parametrize("letter", ["y", "县"])
def test_the_longest_names_can_be_written(run: Run, tmp_path: Path, letter: str) -> None:
    """A name may have 255 bytes, and what is written beside it first has less."""
    stem = letter * ((255 - len(".csv")) // len(letter.encode()))
    run("check", "shaoxing-2025", "bundled", "-o", f"{stem}.csv")
    assert [path.stem for path in tmp_path.iterdir()] == [stem]


@pytest.mark.parametrize("now", [0.0, -1e9, 253402300799.0])
def test_a_workbook_knows_no_clock(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: float
) -> None:
    """A clock before 1980, which archives cannot tell, gives the same bytes as any other."""
    for name in ("today.xlsx", "then.xlsx"):
        run("check", "shaoxing-2025", "bundled", "-o", name)
        monkeypatch.setattr("time.time", lambda: now)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(now)))
    assert (tmp_path / "today.xlsx").read_bytes() == (tmp_path / "then.xlsx").read_bytes()


def python(folder: Path, code: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run lines of Python in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
    )


@unix_only
@pytest.mark.parametrize("module", ["typer", "rich.cells", "mfgtargets.evaluation.check"])
def test_interrupted_while_it_loads(tmp_path: Path, module: str) -> None:
    """The exit code is 130, and no traceback is shown."""
    code = f"""
import os, signal, sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
sys.argv = ["mfgtargets", "check", "shaoxing-2025", "bundled"]
from mfgtargets.cli import main
main()
"""
    done = python(tmp_path, code)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@unix_only
@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM"])
def test_a_program_that_is_ended_leaves_no_temporary_file(tmp_path: Path, name: str) -> None:
    """Ended in the midst of writing, it takes away what it began; what was there stays."""
    (tmp_path / "out.csv").write_text("old")
    code = f"""
import os, signal, sys
signal.signal(signal.{name}, signal.SIG_DFL)  # under nohup it would be ignored, as it should
from mfgtargets.cli import app, outputs
def run(_):
    outputs.write_whole("out.csv", (os.kill(os.getpid(), signal.{name}) or b"x" for _ in range(9)))
app.run = run
app.main()
"""
    done = python(tmp_path, code)
    assert (done.returncode, done.stderr) == (128 + getattr(signal, name), b"")
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert (tmp_path / "out.csv").read_text() == "old"
