"""Windows and macOS, tried wherever the tests run: calls that are missing, other names and codes."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

from conftest import Run, unix_only
from mfgtargets.data import data_folder

ROWS = "indicator,period,value\nlabour_productivity,2018,23\nlisted_companies,2018,>80\n"
SERIES = "series,baseline_year,baseline_value,target_year,target_value,year,value\n甲,2015,14.5,2030,7.25,2023,10.4\n"
SOURCE = Path(__file__).parents[1] / "src"
PLAN = data_folder() / "targets" / "shaoxing-2025.yaml"

# What the standard library has on Unix alone, and what macOS lacks of it.
MODULES = "fcntl termios pwd grp resource pty tty syslog readline crypt".split()
CALLS = {
    "os": "getuid geteuid getgid getegid getgroups setuid setgid setsid getpgid killpg getpriority "
    "nice fork forkpty wait wait3 wait4 waitid mkfifo mknod chown lchown fchown fchmod chroot uname "
    "statvfs fstatvfs sysconf pathconf fpathconf confstr ctermid openpty ttyname tcgetpgrp pread "
    "pwrite preadv pwritev readv writev sendfile posix_fallocate posix_fadvise posix_spawn lockf "
    "sched_getaffinity sched_setaffinity sched_yield getloadavg sync fdatasync fchdir pipe2 "
    "get_blocking set_blocking getxattr setxattr copy_file_range memfd_create splice eventfd "
    "O_NONBLOCK O_CLOEXEC O_NOFOLLOW O_DIRECTORY O_SYNC WNOHANG register_at_fork "
    "initgroups makedev major minor",
    "signal": "SIGHUP SIGPIPE SIGALRM SIGVTALRM SIGKILL SIGQUIT SIGUSR1 SIGUSR2 SIGCHLD SIGTSTP "
    "SIGWINCH SIGXFSZ alarm setitimer getitimer pause pthread_kill pthread_sigmask sigwait siginterrupt",
    "time": "tzset clock_settime pthread_getcpuclockid",
}  # fmt: skip
GUARDED = {("settings.py", "getuid"), ("inputs.py", "fcntl"), ("inputs.py", "termios")}


def test_calls_of_unix_are_few_and_known() -> None:
    """What Windows lacks is named in three places, each tried below without it."""
    names = {f"{module}.{name}" for module, text in CALLS.items() for name in text.split()}
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in names:
                found.add((path.name, node.attr))
            if isinstance(node, ast.Import | ast.ImportFrom):
                given = [one.name for one in node.names] + [getattr(node, "module", None)]
                found |= {(path.name, name) for name in given if name in MODULES}
    assert found == GUARDED


COMMANDS = [
    ("check", "shaoxing-2025", "a.csv", "-o", "out.csv"),
    ("check", "shaoxing-2025"),  # of standard input, if it holds anything
    ("check", "shaoxing-2025", "-", "--format", "json"),
    ("note", "shaoxing-2025", "a.csv"),
    ("read", "shaoxing-2025", "a.csv"),
    ("calc", "--input", "series.csv", "-o", "out.parquet"),
    ("validate", "nowhere.yaml"),
    ("new", "actuals", "shaoxing-2025", "-o", "out.xlsx"),
]
BARE = f"""
import os, signal, sys, time
import numpy, polars, subprocess  # made for the system they are installed on
modules = os, signal, time
for module, names in zip(modules, {list(CALLS.values())!r}):
    for name in names.split():
        vars(module).pop(name, None)
sys.modules.update(dict.fromkeys({MODULES!r}))
"""
RUN = """
import sys
from mfgtargets.cli import main
main()
"""


def outcome(folder: Path, before: str, arguments: tuple[str, ...], **environment: str) -> Any:
    """Run the program after lines of Python: exit code, both streams, and the files it wrote."""
    for path in folder.glob("out.*"):
        path.unlink()
    done = subprocess.run(
        [sys.executable, "-c", before + RUN, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(SOURCE), **environment},
        input=b"" if "a.csv" in arguments else ROWS.encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return done.returncode, done.stdout, done.stderr, files


@unix_only
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_calls_that_windows_lacks_are_not_needed(tmp_path: Path, command: tuple[str, ...]) -> None:
    """No owners, no FIFOs, no SIGHUP, nothing to ask a pipe by: the same bytes all the same."""
    (tmp_path / "mfgtargets.toml").write_text('lang = "en"\n')
    (tmp_path / "a.csv").write_text(ROWS)
    (tmp_path / "series.csv").write_text(SERIES, encoding="utf-8")
    with_all = outcome(tmp_path, "", command)
    assert b"Traceback" not in with_all[2]
    assert outcome(tmp_path, BARE, command) == with_all


GBK = {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
STRICT = """
import warnings
warnings.simplefilter("ignore", EncodingWarning)
warnings.filterwarnings("error", category=EncodingWarning, module="mfgtargets")
"""


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_consoles_in_gbk_lose_nothing(tmp_path: Path, command: tuple[str, ...]) -> None:
    """What is written is UTF-8, also what GBK has no signs for, and no file is read by the locale."""
    emoji = "上市😀"
    (tmp_path / "a.csv").write_text(f"{ROWS}{emoji},2018,1\n", encoding="utf-8")
    (tmp_path / "series.csv").write_text(SERIES.replace("甲", emoji), encoding="utf-8")
    with_all = outcome(tmp_path, "", command, PYTHONUTF8="1")
    same = outcome(tmp_path, STRICT, command, PYTHONWARNDEFAULTENCODING="1", **GBK)
    assert same == with_all
    if "a.csv" in command:
        assert emoji in with_all[2].decode()


DRIVES = ["C:\\data\\", "D:/data/", "D:data\\"]


@unix_only
@pytest.mark.parametrize("drive", DRIVES)
def test_drive_letters_are_part_of_a_name(run: Run, tmp_path: Path, drive: str) -> None:
    """In arguments, options and messages, where a colon is no end and a backslash no escape."""
    (tmp_path / "D:" / "data").mkdir(parents=True)
    names = {"table": "a.csv", "plan": "mine.yaml", "old": "old.json", "settings": "my.toml"}
    names |= {"series": "s.csv", "output": "out.csv"}
    files = {kind: drive + name for kind, name in names.items()}
    (tmp_path / files["table"]).write_text(ROWS)
    (tmp_path / files["series"]).write_text(SERIES, encoding="utf-8")
    (tmp_path / files["settings"]).write_text('lang = "en"\n')
    shutil.copy(PLAN, tmp_path / files["plan"])
    run("check", files["plan"], files["table"], "-o", files["output"])
    assert (tmp_path / files["output"]).stat().st_size > 1000
    told = run("check", files["plan"], files["table"], f"--settings={files['settings']}")
    assert f"settings used: {files['settings']}" in told.stderr
    (tmp_path / files["old"]).write_text(
        run("check", files["plan"], files["table"], "--format", "json").stdout, encoding="utf-8"
    )
    since = ("note", files["plan"], files["table"], "--since", files["old"])
    assert "没有变化" in run(*since).stdout
    run("calc", "--input", files["series"], "-o", files["output"])
    assert (tmp_path / files["output"]).read_text(encoding="utf-8").startswith("series,")
    (tmp_path / files["table"]).write_text(ROWS + "rd_share,soon,1\n")
    wrong = run("check", files["plan"], files["table"]).stderr
    assert wrong.startswith(f"{files['table']}:4:10: 未采用[bad-period]")


@unix_only
def test_folders_are_listed_as_windows_does(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With semicolons between, for colons stand behind drive letters; file types in any case."""
    for folder in ("C:\\plans", "D:\\more"):
        (tmp_path / folder).mkdir()
    shutil.copy(PLAN, tmp_path / "D:\\more" / "mine.YAML")
    monkeypatch.setattr(os, "pathsep", ";")
    listed = run("list", MFGTARGETS_PATH="C:\\plans;D:\\more", code=2).stderr
    assert "mine.YAML: error[id-not-file-name]" in listed


@pytest.mark.parametrize("where", ["C:\\x.yaml", "C:x.yaml", "..\\x.yaml", "\\\\host\\x.yaml"])
def test_settings_know_what_leads_out_on_windows(run: Run, tmp_path: Path, where: str) -> None:
    """A drive, a host and a way upwards are refused on every system, lest a file behave by it."""
    (tmp_path / "mfgtargets.toml").write_text(f"since = '{where}'\n")
    said = run("note", "shaoxing-2025", "bundled", code=2).stderr
    assert "mfgtargets.toml: error[outside-setting]" in said


@pytest.mark.parametrize("command", [("check", "shaoxing-2025"), ("calc", "--input", "s.csv")])
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_a_file_open_in_excel_is_kept(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    suffix: str,
) -> None:
    """What Windows will not replace, because a program has it open, stays; nothing lies beside it."""
    (tmp_path / "s.csv").write_text(SERIES, encoding="utf-8")
    target = tmp_path / f"out.{suffix}"
    target.write_text("old")
    target.chmod(0o444)
    unlink = Path.unlink

    def refused(path: Path, _: object) -> NoReturn:
        raise PermissionError(13, "Access is denied", str(path))

    def unlink_writable(path: Path, *, missing_ok: bool = False) -> None:
        if not path.stat().st_mode & 0o200:
            raise PermissionError(13, "Access is denied", str(path))
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "replace", refused)
    monkeypatch.setattr(Path, "unlink", unlink_writable)
    said = run(*command, "-o", target.name, code=2, MFGTARGETS_LANG="en").stderr
    assert said.startswith(f"{target.name}: error[unwritable-file]")
    assert "Access is denied" in said
    assert "close it" in said
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [target.name, "s.csv"]
    target.chmod(0o644)


def test_a_console_without_colours_is_shown_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old console of Windows prints the codes of colours, so that it gets no such codes."""
    coloured = run("check", "shaoxing-2025", "bundled", FORCE_COLOR="1").stdout
    monkeypatch.setattr("rich.console.detect_legacy_windows", lambda: True)
    monkeypatch.setattr("mfgtargets.render.terminal.detect_legacy_windows", lambda: True)
    plain = run("check", "shaoxing-2025", "bundled", FORCE_COLOR="1").stdout
    assert "\x1b[" in coloured
    assert "\x1b" not in plain
    assert "时序应达值" in plain


def test_no_call_that_tells_the_processors_is_needed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system that does not say how many processors it has gets the same answers."""
    (tmp_path / "s.csv").write_text(SERIES, encoding="utf-8")
    known = run("calc", "--input", "s.csv").stdout
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert run("calc", "--input", "s.csv").stdout == known
