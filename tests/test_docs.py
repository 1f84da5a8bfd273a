"""The documents say what the program does."""

import ast
import re
import runpy
from pathlib import Path

import pytest
from conftest import Run

from mfgtargets.report import messages, words
from mfgtargets.series.reasons import Reason

ROOT = Path(__file__).parents[1]


def test_the_page_of_codes_is_up_to_date() -> None:
    """docs/codes.md is what docs/make_codes.py makes of the program's tables."""
    made = runpy.run_path(str(ROOT / "docs" / "make_codes.py"))["page"]()
    assert (ROOT / "docs" / "codes.md").read_text(encoding="utf-8") == made


def test_every_code_has_words() -> None:
    """Whatever fault, left-out row or reason the program can name, it can word."""
    known = {*messages.FAULTS, *messages.LEFT_OUT, *messages.NOTES}
    used = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.add(node.value)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"fault", "_contradiction"}:
                at = 0 if getattr(node.func, "id", "") == "fault" else 1
                code = node.args[at]
                if isinstance(code, ast.Constant):
                    assert code.value in known, (path, node.lineno)
    assert known <= used
    assert {reason.code for reason in Reason if reason} == set(words.REASONS)


def console_blocks() -> list[tuple[str, str]]:
    """Return the commands of README's console blocks with the output it shows for them."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [(cmd, out) for block in blocks for cmd, out in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)]


@pytest.mark.parametrize(("command", "shown"), console_blocks())
def test_readme_shows_real_output(run: Run, tmp_path: Path, command: str, shown: str) -> None:
    """Each console block of README is what the program prints, but for lines cut with an ellipsis."""
    table = re.search(r"```csv\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert table is not None
    (tmp_path / "actuals.csv").write_text(table[1], encoding="utf-8")
    pipe, _, rest = command.rpartition("| ")
    stdin = (tmp_path / "actuals.csv").read_text(encoding="utf-8") if pipe else ""
    words_ = [word.strip("'") for word in rest.split()]
    assert words_.pop(0) == "mfgtargets"
    out = run(*words_, stdin=stdin).stdout.splitlines()
    for line in shown.splitlines():
        if line != "...":
            assert line in out
