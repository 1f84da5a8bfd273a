"""Every formula that is printed comes to the number beside it, whatever the method and the kind."""

import re
from collections.abc import Iterator
from math import log

import pytest

from checks import checked
from conftest import Run
from mfgtargets.document.library import document_paths, load_listed
from mfgtargets.document.records import Document
from mfgtargets.methods import METHODS
from mfgtargets.render.explain import explain

LITERAL = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:e[-+]?\d+)?%?")
VALUE = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?%?(?:点| points)?")


def printed_formulas(text: str) -> Iterator[tuple[str, str]]:
    """Yield each formula with numbers, and the number that stands behind it."""
    for line in text.splitlines():
        parts = line.split(" = ")
        if len(parts) < 2:
            continue
        formula = re.split(r"\s{2,}", parts[-2].strip())[-1]
        found = VALUE.match(parts[-1])
        if found and any(sign in formula for sign in "×/-+^|"):
            yield formula, found[0]


def python_of(formula: str) -> str:
    """Write a formula as Python does."""
    bars = iter(("abs(", ")") * formula.count("|"))
    text = re.sub(r"\|", lambda _: next(bars), formula)
    text = text.replace("ln(", "log(").replace("×", "*").replace("^", "**")
    return re.sub(r"(\d)%", r"\1/100", text)


def half_unit(literal: str) -> float:
    """Return half a unit of a literal's last digit, of whole numbers none."""
    mantissa, _, exponent = literal.rstrip("%").partition("e")
    places = len(mantissa.partition(".")[2])
    return (
        0.0 if "." not in mantissa and not exponent else 0.5 * 10.0 ** (int(exponent or 0) - places)
    )


def worked(formula: str) -> tuple[float, float]:
    """Return what a formula comes to, and by how much its rounded numbers can be off."""

    def value(text: str) -> float:
        return float(eval(python_of(text), {"log": log, "abs": abs, "max": max, "min": min}))  # noqa: S307

    exact, off = value(formula), 0.0
    for found in LITERAL.finditer(formula):
        step = half_unit(found[0])
        if step:
            number = found[0].rstrip("%")
            moved = f"({number}+{step!r}){'%' if found[0].endswith('%') else ''}"
            moved = moved.replace(")%", ")/100")
            off += abs(value(formula[: found.start()] + moved + formula[found.end() :]) - exact)
    return exact, off


def assert_all_true(text: str) -> int:
    """Check every formula of a text, and return how many there were."""
    count = 0
    for formula, printed in printed_formulas(text):
        exact, off = worked(formula)
        shown = float(re.sub(r"[%点]| points", "", printed))
        # A share is put out in per cent; a difference of shares in points.
        in_points = "%" in formula and printed.endswith(("点", "points"))
        scale = 100 if printed.endswith("%") or in_points else 1
        allowed = off * scale + half_unit(
            printed.removesuffix("点").removesuffix(" points").rstrip("%")
        )
        assert shown == pytest.approx(exact * scale, abs=allowed * 1.01 + 1e-12), (formula, printed)
        count += 1
    return count


def measured(document: Document) -> str:
    """Return made-up actuals of every indicator of a document, three years each."""
    lines = ["indicator,period,value,measure,obs_status"]
    for number, indicator in enumerate(document.indicators):
        target = document.of_indicator(indicator)[0]
        last = target.year or 2020
        first = (target.baseline_year or document.entry.baseline_year or last - 5) + 1
        for year in range(min(first, last - 1), last)[:3]:
            share = 0.2 + 0.17 * (number % 5) + 0.1 * (year - first)
            base = target.baseline_value or 0.8 * (target.value or 10)
            value = round(base + ((target.value or 12) - base) * share, 2)
            measure, status = "", "P" if number % 7 == 3 else ""
            if target.kind == "growth_rate":
                value = round((target.value or 5) * (0.4 + share), 1)
            elif target.kind == "cumulative_change":
                measure, value = "yearly_change", -round(1 + 2 * share, 1)
            lines.append(f"{indicator},{year},{value},{measure},{status}")
    return "\n".join(lines)


@pytest.mark.parametrize("method", [*METHODS, "all"])
def test_every_formula_of_an_explanation_is_true(method: str) -> None:
    """All indicators of all documents, by every method: what is printed evaluates to its number."""
    count = 0
    for path in document_paths().values():
        document = load_listed(path)
        check = checked(document, measured(document), every=True, method=method)
        count += assert_all_true(explain(check, "zh"))
    assert count > 150


def test_every_formula_near_a_limit_is_true(run: Run) -> None:
    """C below the limit, at it and above it; Destatis' change over points with gaps."""
    for baseline, limit in (("94.7", "100"), ("100", "100"), ("130", "100"), ("0", "100")):
        given = ("--baseline", f"2015={baseline}", "--limit", limit, "--direction", "up")
        for method in ("open-sdg", "eurostat"):
            text = run("calc", *given, "--actual", "2022=94.9", "--method", method).stdout
            assert "^4.44" in text
            assert assert_all_true(text) >= 3
    points = [f"--actual={year}={value}" for year, value in ((2012, 50), (2014, 52.5), (2018, 56))]
    given = ("--baseline", "2010=45", "--target", "2030=65", *points, "--method", "destatis")
    assert assert_all_true(run("calc", *given, "--actual", "2022=60.4").stdout) >= 2


@pytest.mark.parametrize("kind", ["level", "growth_rate", "cumulative_change", "increment",
                                  "annual_flow", "multiple"])  # fmt: skip
@pytest.mark.parametrize("path", ["linear", "geometric"])
def test_every_formula_of_calc_is_true(run: Run, kind: str, path: str) -> None:
    """Every kind, method and path, up and down, with milestones and suppositions."""
    count = 0
    for direction, target in (("up", "21"), ("down", "7.3")):
        if direction == "down" and kind in {"increment", "annual_flow", "multiple"}:
            continue
        value = "2" if kind == "multiple" else target
        given = ["--baseline", "2015=12.3", "--target", f"2025={value}", "--kind", kind]
        given += ["--direction", direction, "--path", path, "--milestone", "2020=14.7"]
        for year, actual in ((2016, 4.1), (2017, 5.2), (2018, 6.15), (2019, 6.33)):
            given += ["--actual", f"{year}={actual + (8 if kind in {'level', 'multiple'} else 0)}"]
        for method in METHODS:
            for more in ((), ("--growth", "2.5"), ("--growth", "-1.5"), ("--reach", "2029")):
                text = run("calc", *given, *more, "--method", method, "--lang", "en").stdout
                count += assert_all_true(text)
    assert count > 40
