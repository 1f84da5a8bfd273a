"""The documents say what the program does."""

import ast
import re
import runpy
from pathlib import Path

import pytest

from conftest import Run
from mfgtargets.series.reasons import Reason
from mfgtargets.wording import words

ROOT = Path(__file__).parents[1]


def test_the_page_of_codes_is_up_to_date() -> None:
    """docs/codes.md is what docs/make_codes.py makes of the program's tables."""
    made = runpy.run_path(str(ROOT / "docs" / "make_codes.py"))["page"]()
    assert (ROOT / "docs" / "codes.md").read_text(encoding="utf-8") == made


def test_the_page_of_methods_is_up_to_date() -> None:
    """docs/methods.md is what docs/make_methods.py makes of the table of methods."""
    made = runpy.run_path(str(ROOT / "docs" / "make_methods.py"))["page"]()
    assert (ROOT / "docs" / "methods.md").read_text(encoding="utf-8") == made


ASSEMBLED = {"read-as-fall", "read-as-rise"}  # codes that are put together


def test_every_code_has_words() -> None:
    """Whatever fault, left-out row or reason the program can name, it can word."""
    known = {*words.FAULTS, *words.LEFT_OUT, *words.NOTES}
    strings, made = set(), set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                position = {"fault": 0, "contradiction": 1}.get(node.func.id)
                code = node.args[position] if position is not None else None
                if isinstance(code, ast.Constant):
                    made.add(code.value)
    assert made <= known
    assert known <= {*strings, *ASSEMBLED}
    assert {reason.code for reason in Reason if reason} == set(words.REASONS)


README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [README, *(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))]
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
CONSOLE = "".join(re.findall(r"```console\n(.*?)```", "".join(PAGES), re.DOTALL))


@pytest.mark.parametrize(("command", "shown"), COMMAND.findall(CONSOLE))
def test_pages_show_real_output(run: Run, tmp_path: Path, command: str, shown: str) -> None:
    """Each line the pages show for a command is printed by it, in that order; ... cuts lines."""
    for name, table in re.findall(r"```\w+ (\S+)\n(.*?)```", "".join(PAGES), re.DOTALL):
        (tmp_path / name).write_text(table, encoding="utf-8")
    (tmp_path / "my-plan.yaml").write_text(run("new", "plan").stdout, encoding="utf-8")
    piped, _, program = command.rpartition(" | ")
    given = (tmp_path / piped.removeprefix("cat ")).read_text("utf-8") if piped else ""
    arguments = [word.strip("'") for word in program.split()]
    assert arguments.pop(0) == "mfgtargets"
    out = run(*arguments, stdin=given).stdout.splitlines()
    at = -1
    for line in shown.splitlines():
        if line != "...":
            at = out.index(line, at + 1)


def run_blocks(page: str) -> None:
    """Run the blocks of Python of a page, one after the other."""
    names: dict[str, object] = {}
    text = (ROOT / "docs" / page).read_text("utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(block, names)  # noqa: S102 - that is what is tested


def test_the_recipes_for_many_rows_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block of docs/scale.md does what it says, one after the other."""
    monkeypatch.chdir(tmp_path)
    run_blocks("scale.md")
    assert (tmp_path / "found.parquet").is_file()


def test_the_blocks_of_python_run(capsys: pytest.CaptureFixture[str]) -> None:
    """Each block of docs/python.md does what it says, one after the other."""
    run_blocks("python.md")
    assert "no such document: shaoxing-2026" in capsys.readouterr().out
