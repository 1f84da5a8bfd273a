"""The working of the plan's own schedule: path, progress, lead, gap and yearly changes."""

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.series.arrays import Curve, Scale, Series
from mfgtargets.working import Numbers, Step, Way, number, odds_text, percent

_CHANGES = ("planned_change", "achieved_change", "required_change")


def way_of(s: Series) -> Way | None:
    """Return the path of one series (n = 1); None where it has none."""
    if s.no_path[0] or np.isnan(s.baseline[0]):
        return None
    knots = dict(zip(s.knot_years[0].tolist(), s.knot_values[0].tolist(), strict=True))
    return Way(s.curve.names.listed()[0], tuple(knots.items()), bool(s.scale[0] != Scale.LEVEL))


def schedule_steps(s: Series, numbers: Numbers) -> list[Step]:
    """Return the steps of one series from the on-track value to the changes a year."""
    return [
        *_on_track(s, numbers),
        *_progress(s, numbers),
        *_gap(s, numbers),
        *change_steps(s, numbers),
    ]


def _on_track(s: Series, numbers: Numbers) -> list[Step]:
    due = numbers.get("on_track_value")
    if due is None:
        return []
    year = float(s.year[0])
    if s.scale[0] == Scale.RATE:
        return [Step("on_track", due, unit="%", remark="a_year")]
    start, a, end, b = (
        float(x[0]) for x in paths.segment_in_time(s.knot_years, s.knot_values, s.year)
    )
    part = f"{number(year - start)}/{number(end - start)}"
    if s.geometric[0]:
        c = float(s.ceiling[0])
        first, last = odds_text(a, c), odds_text(b, c)
        formula = f"{first} × ({last}/{first})^({part})"
        if not np.isnan(c):
            formula = f"{number(c)} - {number(c)} / (1 + {formula})"
    else:
        formula = f"{number(a)} + ({number(b)} - {number(a)}) × {part}"
    if s.scale[0] == Scale.SIZE:
        formula = f"100 × |1 - ({formula})|"
    return [Step("on_track", due, formula, time=year)]


def _progress(s: Series, numbers: Numbers) -> list[Step]:
    progress, schedule, lead = (numbers.get(n) for n in ("progress", "schedule", "lead"))
    if progress is None or schedule is None or lead is None:
        return []
    v, b, t = (float(x[0]) for x in (s.value, s.baseline, s.target))
    formula = f"({number(v)} - {number(b)}) / ({number(t)} - {number(b)})"
    if s.geometric[0]:
        now, start, end = (odds_text(x, float(s.ceiling[0])) for x in (v, b, t))
        formula = f"ln({now}/{start}) / ln({end}/{start})"
    return [
        Step("progress", progress, formula, "percent"),
        Step("schedule", schedule, "", "percent"),
        Step(
            "lead",
            lead,
            f"{percent(progress)} - {percent(schedule)}",
            "points",
            remark="tolerance",
            amount=f"{100 * numbers['tolerance']:.4g}",
        ),
    ]


def _gap(s: Series, numbers: Numbers) -> list[Step]:
    gap, latest, due = (numbers.get(n) for n in ("gap", "latest_value", "on_track_value"))
    if gap is None or latest is None or due is None:
        return []
    turned = s.scale[0] == Scale.LEVEL and s.direction[0] < 0
    more, fewer = (due, latest) if turned else (latest, due)
    return [Step("gap", gap, f"{number(more)} - {number(fewer)}", "signed", unit="difference")]


def change_steps(s: Series, numbers: Numbers) -> list[Step]:
    """Return the yearly changes planned, achieved and still needed."""
    year0, start, year1, end = paths.segment_in_time(s.knot_years, s.knot_values, s.year)
    ends = (
        (start, end, year1 - year0),
        (s.baseline, s.value, s.year - s.baseline_year),
        (s.value, s.target, s.target_year - s.year),
    )
    steps = []
    for name, columns in zip(_CHANGES, ends, strict=True):
        if name in numbers:
            first, last, years = (float(column[0]) for column in columns)
            steps.append(yearly_step(name, numbers[name], first, last, years, s.curve))
    return steps


def yearly_step(
    name: str, change: float, start: float, end: float, years: float, curve: Curve
) -> Step:
    """Return the step of a yearly change from ``start`` to ``end``, on the curve of one series."""
    if curve.geometric[0]:
        first, last = (odds_text(x, float(curve.ceiling[0])) for x in (start, end))
        formula = f"({last}/{first})^(1/{number(years)}) - 1"
        return Step(name, change, formula, "change", unit="%")
    return Step(name, change, f"({number(end)} - {number(start)}) / {number(years)}", "change")
