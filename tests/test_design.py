"""The design holds: imports run one way, and what is added has one place."""

import ast
from pathlib import Path

import numpy as np
import pytest

import mfgtargets
from conftest import Run
from mfgtargets import methods
from mfgtargets.methods.method import Method
from mfgtargets.methods.verdict import Common, Verdict, nothing, refused, verdict
from mfgtargets.series.arrays import Floats, Series
from mfgtargets.series.reasons import Reason
from mfgtargets.wording.words import FAULTS, HINTS
from mfgtargets.working import Numbers, Step, found

SOURCE = Path(mfgtargets.__file__).parent
# Each room may use those below it, and its own.
ROOMS = (
    "faults defaults data extras harmless",
    "notation",
    "document",
    "observations drafting",
    "series",
    "arithmetic",
    "working",
    "methods",
    "evaluation",
    "engine",
    "wording",
    "render",
    "face",
    "cli",
)
FLOOR = {name: n for n, names in enumerate(ROOMS) for name in names.split()}


def imports(path: Path) -> set[str]:
    """Return the rooms that a module imports from, what is for type checkers alone left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    names = [
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    ]
    names += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    parts = (name.split(".") for name in names if name.startswith("mfgtargets."))
    return {part[1] for part in parts if part[1] in FLOOR}


def test_imports_run_one_way() -> None:
    """No module uses what is built on its room; the program's own face is for cli alone."""
    up = []
    for path in SOURCE.rglob("*.py"):
        room = path.relative_to(SOURCE).with_suffix("").parts[0]
        if room in FLOOR:
            up += [f"{path.name}: {to}" for to in imports(path) if FLOOR[to] > FLOOR[room]]
    assert not up
    # Where words are, nothing is worked out; where things are drawn, nothing is read.
    assert not {"arithmetic", "working", "engine"} & set().union(
        *(imports(path) for path in (SOURCE / "wording").glob("*.py"))
    )


def test_no_module_is_long() -> None:
    """A module is read in one sitting."""
    long = [p.name for p in SOURCE.rglob("*.py") if len(p.read_text("utf-8").splitlines()) > 350]
    assert not long


def judge(s: Series, _: Floats) -> Verdict:
    """Call half of the way good."""
    share = (s.value - s.baseline) / (s.target - s.baseline)
    return verdict(
        [(share >= 0.5, 0, Common.ON_TRACK), (share < 0.5, 1, Common.BEHIND)],
        [(refused(s), None), (np.isnan(share), Reason.NO_BASELINE)],
        share,
        nothing(s),
    )


def steps(s: Series, numbers: Numbers) -> list[Step]:
    """Return the share."""
    v, b, t = (float(x[0]) for x in (s.value, s.baseline, s.target))
    return found("share", numbers.get("ratio", np.nan), f"({v} - {b}) / ({t} - {b})")


HALFWAY = Method(
    code="halfway",
    name=("过半", "halfway"),
    words={"past_half": ("过半", "past half"), "before_half": ("未过半", "before half")},
    rule=("过半为好", "past half is good"),
    formula="(v-b)/(T-b)",
    source="made up",
    judge=judge,
    steps=steps,
    path="straight",
)


@pytest.fixture
def halfway(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a method in its one place."""
    monkeypatch.setitem(methods.METHODS, HALFWAY.code, HALFWAY)


ACTUALS = "indicator,period,value\nlabour_productivity,2018,30\nrd_share,2018,1.1\n"


@pytest.mark.usefixtures("halfway")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("check", "shaoxing-2025", "-", "--method", "halfway", "--target-year", "2025"), "过半"),
        (("check", "shaoxing-2025", "-", "--method", "halfway", "--format", "json"), "past_half"),
        (("check", "shaoxing-2025", "-", "--method", "halfway", "--format", "junit"), "未过半"),
        (("check", "shaoxing-2025", "-", "--method", "halfway", "--format", "github"), "未过半"),
        (("check", "shaoxing-2025", "-", "--method", "all", "--lang", "en"), "past half"),
        (("check", "shaoxing-2025", "-", "--method", "halfway", "--explain", "rd_share"), "share"),
        (("note", "shaoxing-2025", "-", "--method", "halfway"), "过半为好"),
        (("methods",), "halfway · 过半"),
        (("methods", "--format", "json"), "before_half"),
        (("schema", "check"), "before_half"),
    ],
)
def test_a_method_is_added_in_one_place(run: Run, arguments: tuple[str, ...], says: str) -> None:
    """With its record in the table, every command judges by it, words it and explains it."""
    assert says in run(*arguments, stdin=ACTUALS).stdout


@pytest.mark.usefixtures("halfway")
def test_an_added_method_judges_tables_of_series(run: Run) -> None:
    """10 to 16 of 20 is past half: 0.6; one series is worked out, a table judged by all."""
    one = ("--baseline", "2015=10", "--target", "2030=20", "--actual", "2023=16")
    assert "(16.0 - 10.0) / (20.0 - 10.0) = 0.6" in run("calc", *one, "--method", "halfway").stdout
    table = "baseline_year,baseline_value,target_year,target_value,year,value\n2015,10,2030,20,2023,16\n"
    assert "status_halfway" in run("calc", "--input", "-", "--method", "all", stdin=table).stdout


def test_every_message_says_what_to_do() -> None:
    """A fault has a hint, or always says what is expected."""
    assert FAULTS.keys() - HINTS.keys() == {"not-one-of", "bad-form", "out-of-range"}
