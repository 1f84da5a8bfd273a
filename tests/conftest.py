"""What the tests share: the program as users run it, and the document it is mostly tried on."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from mfgtargets.cli.app import run as run_program
from mfgtargets.document.library import find_document
from mfgtargets.document.records import Document

settings.register_profile("steady", deadline=None)  # a busy machine is no fault
settings.load_profile("steady")

Done = subprocess.CompletedProcess[str]
unix_only = pytest.mark.skipif(os.name == "nt", reason="a shell, signals and modes of Unix")
Run = Callable[..., Done]


def _checked(code: int | None, done: Done) -> Done:
    assert "Traceback" not in done.stderr, done.stderr
    assert "error[internal]" not in done.stderr, done.stderr
    assert code is None or done.returncode == code, done
    return done


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the program within this process, in an empty folder, its streams piped."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("MFGTARGETS_")]:
        monkeypatch.delenv(name)

    def call(
        *arguments: str, stdin: str | bytes = b"", code: int | None = 0, **environment: str
    ) -> Done:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            ended = run_program(arguments)
        texts = []
        for stream in (out, err):
            stream.flush()
            texts.append(stream.buffer.getvalue().decode())
        return _checked(code, subprocess.CompletedProcess(arguments, ended, *texts))

    return call


@pytest.fixture
def run_process(tmp_path: Path) -> Run:
    """Run the program as a process of its own, for what only real streams and locales show."""

    def call(*arguments: str, stdin: str = "", code: int = 0, **environment: str) -> Done:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("MFGTARGETS_")}
        done = subprocess.run(
            [sys.executable, "-m", "mfgtargets", *arguments],
            input=stdin.encode(),
            capture_output=True,
            cwd=tmp_path,
            env={**clean, **environment},
            check=False,
            timeout=60,
        )
        texts = done.stdout.decode(), done.stderr.decode()
        return _checked(code, subprocess.CompletedProcess(done.args, done.returncode, *texts))

    return call


@pytest.fixture(scope="session")
def shaoxing() -> Document:
    """Return the Shaoxing plan as it ships."""
    return find_document("shaoxing-2025")
