"""What the tests share: the program as users run it, and the document it is mostly tried on."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mfgtargets.document.library import find_document
from mfgtargets.document.records import Document

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program in an empty folder, with nothing on standard input unless given."""

    def call(
        *arguments: str, stdin: str | bytes = b"", code: int = 0, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        clean = {k: v for k, v in os.environ.items() if not k.startswith("MFGTARGETS_")}
        done = subprocess.run(
            [sys.executable, "-m", "mfgtargets", *arguments],
            input=given,
            capture_output=True,
            cwd=tmp_path,
            env={**clean, **environment},
            check=False,
            timeout=60,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in err, err
        assert done.returncode == code, (done.returncode, out, err)
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return call


@pytest.fixture(scope="session")
def shaoxing() -> Document:
    """Return the Shaoxing plan as it ships."""
    return find_document("shaoxing-2025")
