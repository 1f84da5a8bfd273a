"""One layout: a target of a document and a row of a table of series have the same numbers."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mfgtargets as mt
from checks import checked
from mfgtargets.document.library import find_document

PLAN = """\
id: plan
title: 甲规划
title_en: Plan
issuer: null
number: null
date: null
standing: null
region: 甲市
period: {{start: 2016, end: 2025}}
baseline_year: null
source: {{title: 甲, publisher: null, url: null, sha256: null}}
main_table: null
sections: {{甲: []}}
indicators:
  - id: thing
    name_zh: 甲
    name_en: thing
    unit: {unit}
    direction: {direction}
    nature: stock
    path: {path}
    kind: {kind}
    baseline: {{year: 2015, value: {base}}}
    section: 甲
    quote: 甲
    note: 甲
    targets:{targets}
"""
NUMBERS = (
    "on_track_value gap gap_to_target progress schedule lead lead_years planned_change "
    "required_change achieved_change acceleration projected_value projected_year projected_low "
    "projected_high projected_points"
).split()
FIGURES = st.integers(20, 9000).map(lambda number: number / 100)
PERIOD_KINDS = {"growth_rate", "increment", "annual_flow"}


@st.composite
def cases(draw: st.DrawFn) -> dict[str, object]:
    """Return a target with its values, of any kind that both sides know."""
    kind = draw(st.sampled_from(
        ["level", "growth_rate", "cumulative_change", "increment", "annual_flow", "multiple"]
    ))  # fmt: skip
    sizes = kind in {"growth_rate", "cumulative_change"}
    falls = draw(st.booleans()) and kind not in {"increment", "annual_flow", "multiple"}
    small = st.integers(-150, 150).map(lambda number: number / 10)
    years = draw(st.lists(st.integers(2016, 2026), min_size=1, max_size=6, unique=True))
    # 左右 and a range are compared elsewhere; both sides read the same words.
    milestone = (
        draw(st.none() | st.integers(2017, 2024)) if kind in {"level", "increment"} else None
    )
    base = draw(FIGURES)
    side = -1 if falls else 1
    target = base + side * draw(FIGURES) if kind == "level" else draw(FIGURES)
    return {
        "kind": kind,
        "direction": "down" if falls else "up",
        "path": draw(st.sampled_from(["linear", "geometric"])),
        "base": base,
        "target": max(target, 0.2) if kind != "multiple" else 2,
        "milestone": None if milestone is None else (milestone, draw(FIGURES)),
        "comparator": draw(st.sampled_from(["eq", "approx"])),
        "measure": "yearly_change" if sizes else "",
        "values": {year: draw(small if sizes else FIGURES) for year in sorted(years)},
    }


def of_document(case: dict[str, object], folder: Path) -> mt.Check:
    """Check the case as a target of a document."""
    steps = [(2025, case["target"])]
    if case["milestone"] is not None:
        steps.insert(0, case["milestone"])  # type: ignore[arg-type]
    targets = ""
    for year, value in steps:
        when = f"year: {year}"
        if case["kind"] in PERIOD_KINDS:
            when = f"period: {{start: 2016, end: {year}}}"
        targets += f"\n      - {{value: {value}, {when}, comparator: {case['comparator']}}}"
    path = folder / "plan.yaml"
    sizes = case["measure"] or case["kind"] == "multiple"
    unit = '"%"' if sizes else "家"
    path.write_text(PLAN.format(**case | {"unit": unit, "targets": targets}), encoding="utf-8")
    rows = [f"thing,{y},{v:g},{case['measure']}" for y, v in case["values"].items()]  # type: ignore[attr-defined]
    table = "\n".join(["indicator,period,value,measure", *rows])
    return checked(find_document(str(path)), table, target_year=2025)


def of_table(case: dict[str, object]) -> dict[str, object]:
    """Judge the case as a row of a table of series."""
    values: dict[int, float] = case["values"]  # type: ignore[assignment]
    last = max(values)
    row = {
        "direction": case["direction"], "path": case["path"], "kind": case["kind"],
        "comparator": case["comparator"], "measure": case["measure"],
        "unit": "%" if case["measure"] or case["kind"] == "multiple" else "家",
        "baseline_year": 2015, "baseline_value": case["base"],
        "target_year": 2025, "target_value": case["target"],
        "year": last, "value": values[last],
        "history": ";".join(f"{year}={value:g}" for year, value in values.items()),
        "milestones": "" if case["milestone"] is None else "{}={}".format(*case["milestone"]),  # type: ignore[misc]
    }  # fmt: skip
    return mt.calc([row]).to_dicts()[0]


def test_a_milestone_that_is_a_range_counts_by_its_nearer_end(tmp_path: Path) -> None:
    """28 in 2018 and 31-33 in 2021 make 29 due in 2019; falling, 40 and 31-37 make 39."""
    for direction, start, base, due, high in (("up", 28, 20, 29, 33), ("down", 40, 50, 39, 37)):
        end = (40, 50) if direction == "up" else (10, 20)
        targets = [
            f"{{value: {start}, year: 2018, comparator: eq}}",
            f"{{value: 31, value_high: {high}, year: 2021, comparator: range}}",
            f"{{value: {end[0]}, value_high: {end[1]}, year: 2025, comparator: range}}",
        ]
        case = {"unit": "家", "direction": direction, "path": "linear", "kind": "level"}
        written = "".join(f"\n      - {target}" for target in targets)
        path = tmp_path / f"{direction}.yaml"
        path.write_text(PLAN.format(**case, base=base, targets=written), encoding="utf-8")
        table = "indicator,period,value\nthing,2019,30"
        (result,) = checked(find_document(str(path)), table, target_year=2025).results
        assert result.on_track_value == pytest.approx(due)


@given(case=cases())
def test_documents_and_tables_are_laid_out_alike(
    case: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the kind, values and milestones, both ways give status, reason and every number."""
    (result,) = of_document(case, tmp_path_factory.mktemp("plan")).results
    row = of_table(case)
    assert (result.status, result.reason) == (row["status"], row["reason"])
    for name in NUMBERS:
        if case["kind"] == "annual_flow" and (name, row[name]) == ("gap_to_target", None):
            continue  # a document still shows how far the year's own value is from its own target
        number = getattr(result, name)
        expected = None if row[name] is None else pytest.approx(row[name], rel=1e-9, abs=1e-9)
        assert number == expected, name
