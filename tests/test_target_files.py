"""Target files: what is wrong in one is found, all at once, with its place."""

from pathlib import Path

import pytest

from mfgtargets.document.load import load_document
from mfgtargets.document.records import Document
from mfgtargets.faults import Fault, InputError
from mfgtargets.wording.complaints import fault_text
from mistakes import GOOD, PLANS


def loaded(tmp_path: Path, text: str | bytes) -> Document:
    """Load a target file of that text."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_document(path)


def faults(tmp_path: Path, text: str | bytes) -> tuple[Fault, ...]:
    """Return what is wrong with a target file of that text."""
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, text)
    return caught.value.faults


def test_a_good_file_loads(tmp_path: Path) -> None:
    """The file that the others break is a good one, and defaults are filled in."""
    (target,) = loaded(tmp_path, GOOD).targets
    assert target.id == "share@2025"
    assert (target.kind, target.comparator, target.path) == ("level", "eq", "linear")
    assert target.departments == ("市经信局",)


@pytest.mark.parametrize(("old", "new", "code", "line"), PLANS)
def test_each_mistake_has_its_code_and_line(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    """One thing broken in a good file is one fault, at its line, worded in both languages."""
    assert GOOD.count(old) == 1
    found = faults(tmp_path, GOOD.replace(old, new))
    assert [fault.code for fault in found] == [code]
    assert found[0].place is not None
    if code != "yaml-syntax":
        assert found[0].place.line == line
    for lang in ("zh", "en"):
        assert f"error[{code}]: " in fault_text(found[0], lang)


def test_sums_count_upwards(tmp_path: Path) -> None:
    """An increment that falls is refused where it is of no level: it counts up from nothing."""
    text = GOOD.replace("direction: up", "direction: down\n    kind: increment")
    text = text.replace("value: 2}", "value: null}")
    assert [fault.code for fault in faults(tmp_path, text)] == ["sum-direction"]


def test_only_an_indicators_own_targets_are_restated(tmp_path: Path) -> None:
    """What restates another indicator's target belongs among that indicator's targets."""
    other = GOOD[GOOD.index("  - id: share") :].replace("id: share", "id: other")
    text = GOOD + other.replace("value: 3}", 'value: 3, restates: "share@2025"}')
    assert [fault.code for fault in faults(tmp_path, text)] == ["restates-other"]


def test_ids_are_numbered_in_document_order(tmp_path: Path) -> None:
    """A reference means the record that show prints under that id, whatever the file's order."""
    text = GOOD.replace("  指标表: [市经信局]", "  前: []\n  指标表: [市经信局]")
    text += "      - {year: 2025, value: 5, kind: increment, section: 前}\n"
    text += '      - {year: 2025, value: 4, part_of: "share@2025", kind: annual_flow}\n'
    targets = loaded(tmp_path, text).targets
    assert (targets[0].id, targets[0].kind) == ("share@2025", "increment")


def test_all_faults_of_a_file_come_at_once_in_order(tmp_path: Path) -> None:
    """Faults of form, of a field and across records are all told, from top to bottom."""
    text = GOOD.replace("section: 指标表", "section: 别处").replace("number: null", "nomber: null")
    text = text.replace("region: 示例市", "region: 7")
    found = faults(tmp_path, text)
    assert [fault.code for fault in found] == [
        "missing-field",
        "unknown-field",
        "not-text",
        "unknown-section",
    ]


def test_a_message_shows_place_excerpt_and_remedy(tmp_path: Path) -> None:
    """The message names file, line and column, marks the spot and proposes the nearest word."""
    found = faults(tmp_path, GOOD.replace("direction: up", "direction: upp"))
    path = tmp_path / "plan.yaml"
    assert fault_text(found[0], "en").splitlines() == [
        f"{path}:23:16: error[not-one-of]: not an allowed value: 'upp'",
        "   23 |     direction: upp",
        "      |                ^^^",
        "  expected: up, down, toward",
    ]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (GOOD.encode("gb18030"), "not-utf-8"),
        (b"", "empty-file"),
        (b"id: \x01\n", "control-character"),
        (b"#" * 3_000_000, "file-too-large"),
        (b"- a\n- b\n", "not-a-block"),
        (b"[" * 5000, "yaml-too-deep"),
        (b"a: 1\n---\nb: 2\n", "two-documents"),
        (b"? [a]\n: b\n", "yaml-key"),
    ],
)
def test_files_that_are_no_target_files(tmp_path: Path, raw: bytes, code: str) -> None:
    """Other encodings, empty, huge, binary and foreign files are refused by name."""
    assert code in {fault.code for fault in faults(tmp_path, raw)}


def test_the_table_of_the_plan_is_whole(shaoxing: Document) -> None:
    """Twenty indicators in five groups, each for 2020 and 2025, odd cells as printed."""
    table = [target for target in shaoxing.targets if target.section == "主要指标"]
    assert len(table) == 40
    groups = dict.fromkeys(target.group for target in table)
    assert list(groups) == ["创新驱动", "结构优化", "融合发展", "绿色引领", "质量效益"]
    by_id = {target.id: target for target in table}
    waste = by_id["solid_waste_utilisation@2020"]
    assert (waste.baseline_year, waste.baseline_value, waste.comparator) == (2014, 89.5, "ge")
    energy = by_id["energy_intensity@2025"]
    assert (energy.kind, energy.value, energy.direction) == ("cumulative_change", 30, "down")
    assert (energy.baseline_year, energy.baseline_value) == (2015, None)
    growth = by_id["value_added_growth@2025"]
    assert (growth.period_start, growth.period_end, growth.comparator) == (2021, 2025, "approx")
    assert growth.hedge == ("左右",)
    assert by_id["integration_index@2025"].comparator == "ge"
    for name in ("water_intensity", "main_pollutants"):
        delegated = by_id[f"{name}@2020"]
        assert (delegated.kind, delegated.value, delegated.comparator) == ("delegated", None, None)
    assert shaoxing.entry.number is None
    assert shaoxing.entry.source.url is None


@pytest.mark.parametrize(
    ("old", "new", "expected", "hint"),
    [
        ("id: example\n", "id: My_Plan\n", "my-plan-2025", "连字符"),
        ("direction: up", "direction: 上升", "up, down, toward", "up"),
        ("value: 3}", "value: 3 %}", "", "comparator"),
        ("value: 3}", "value: 1,000}", "", "千分位"),
        ("period: {start", "period: [2016] # {start", "{start: 2021, end: 2025}", "应为"),
    ],
)
def test_a_message_shows_how_to_write_it(
    tmp_path: Path, old: str, new: str, expected: str, hint: str
) -> None:
    """An example instead of a pattern, the code for a word of the text, and what a comma does."""
    assert old in GOOD
    found = fault_text(faults(tmp_path, GOOD.replace(old, new, 1))[0], "zh")
    assert expected in found
    assert hint in found.rpartition("提示")[2]
    assert "[a-z" not in found
