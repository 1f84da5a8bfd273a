"""The documents say what the program does."""

import ast
import os
import re
import runpy
from pathlib import Path

import pytest

import mfgtargets
from conftest import Run, unix_only
from mfgtargets.series.reasons import Reason
from mfgtargets.wording import words

ROOT = Path(__file__).parents[1]


DOCS = ROOT / "docs"
MADE = ["codes", "commands", pytest.param("errors", marks=unix_only), "methods"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", MADE)
def test_made_pages_are_up_to_date(monkeypatch: pytest.MonkeyPatch, name: str, lang: str) -> None:
    """A page made from the program is what its script makes of it, in both languages."""
    monkeypatch.syspath_prepend(DOCS)
    made = runpy.run_path(str(DOCS / f"make_{name}.py"))["page"](lang)
    page = (DOCS / "zh" if lang == "zh" else DOCS) / f"{name}.md"
    assert page.read_text(encoding="utf-8") == made, f"python docs/make_{name}.py makes it again"


SHARED = Path(os.environ.get("MFGTARGETS_SHARED", ROOT.parent / "shared"))
VECTORS = SHARED / "vectors" / "published.csv"


@pytest.mark.skipif(not VECTORS.exists(), reason="no shared/vectors here")
def test_the_calibration_is_up_to_date() -> None:
    """The pages tell what the projections of the published histories came to."""
    made = runpy.run_path(str(ROOT / "benchmarks" / "calibration.py"))["pages"](VECTORS)
    for page, text in made.items():
        assert page.read_text(encoding="utf-8") == text, "python benchmarks/calibration.py VECTORS"


def test_every_page_is_in_both_languages() -> None:
    """English pages are in docs/, Chinese in docs/zh/, under one name; each leads to the other."""
    english, chinese = (
        {page.name for page in folder.glob("*.md")} for folder in (DOCS, DOCS / "zh")
    )
    missing = [
        f"docs/zh/{name} is missing: the Chinese of docs/{name}" for name in english - chinese
    ]
    missing += [
        f"docs/{name} is missing: the English of docs/zh/{name}" for name in chinese - english
    ]
    for name in english & chinese:
        for page, way in (
            (DOCS / name, f"[中文](zh/{name})"),
            (DOCS / "zh" / name, f"[English](../{name})"),
        ):
            if page.read_text(encoding="utf-8").splitlines()[2:3] != [way]:
                missing.append(f"{page.relative_to(ROOT)}: its third line is to be {way}")
    assert not missing, "\n".join(sorted(missing))


LINK = re.compile(r"(?<!`)\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))], ids=str)
def test_links_lead_to_files(page: Path) -> None:
    """What a page links to in the repository is there."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []


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
PAGES = [README, *(page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md"))]
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
    text = (DOCS / page).read_text("utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(block, names)  # noqa: S102 - that is what is tested


@pytest.mark.parametrize("page", ["scale.md", "zh/scale.md"])
def test_the_recipes_for_many_rows_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """Each block of the page does what it says, one after the other."""
    monkeypatch.chdir(tmp_path)
    run_blocks(page)
    assert (tmp_path / "found.parquet").is_file()


def test_the_citation_names_the_version() -> None:
    """CITATION.cff and the program are of one version."""
    assert f"version: {mfgtargets.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


@pytest.mark.parametrize("page", ["python.md", "zh/python.md"])
def test_the_blocks_of_python_run(capsys: pytest.CaptureFixture[str], page: str) -> None:
    """Each block of the page does what it says, one after the other."""
    run_blocks(page)
    assert "no such document: shaoxing-2026" in capsys.readouterr().out
