"""Every number, reason and status against the formulas written out plainly, one series at a time."""

import math
from itertools import product
from typing import NamedTuple

import numpy as np
import pytest

from mfgtargets.evaluation.assess import assess
from mfgtargets.methods.schedule import Status
from mfgtargets.series.arrays import Scale
from mfgtargets.series.reasons import Reason
from test_arithmetic import repeated, series

Knots = tuple[tuple[float, float], ...]
NONE = math.nan
PATHS: tuple[Knots, ...] = (
    ((2015, 60), (2020, 100)),
    ((2015, 60), (2018, 75), (2020, 100)),
    ((2015, 60), (2016, 60), (2017, 80), (2020, 100)),
    ((2015, 60), (2018, 110), (2020, 100)),  # up and down again
    ((2015, 60), (2018, 100), (2020, 100)),  # flat at its end
    ((2015, 100), (2018, 90), (2020, 60)),
    ((2015, 100), (2020, 100)),
    ((2015, NONE), (2020, 100)),
    ((2015, -100), (2020, -60)),
    ((2015, 60), (2020, 0)),
    ((2015, 0), (2020, 60)),
    ((2015, -60), (2020, 100)),
    ((2015, 60), (2018, -5), (2020, 100)),
    ((2020, 60), (2020, 100)),
)
VALUES = (NONE, -110, -60, 0, 50, 60, 75, 78, 84, 90, 100, 110)
YEARS = (2014, 2015, 2016, 2017.5, 2018, 2020, 2021)


class Case(NamedTuple):
    """A series: its path, its value and when that is of, and how it is taken."""

    knots: Knots
    year: float
    value: float
    up: bool
    geometric: bool
    strict: bool
    bound: int

    def share(self, start: float, end: float, value: float) -> float:
        """Return (v-b)/(T-b), of logarithms on a geometric path."""
        if self.geometric:
            return math.log(value / start) / math.log(end / start)
        return (value - start) / (end - start)

    def along(self, start: float, end: float, part: float) -> float:
        """Return b + (T-b) p, or b (T/b)^p."""
        return start * (end / start) ** part if self.geometric else start + (end - start) * part

    def yearly(self, start: float, end: float, years: float) -> float:
        """Return (T-b)/N, or (T/b)^(1/N) - 1."""
        return (end / start) ** (1 / years) - 1 if self.geometric else (end - start) / years

    def good(self, value: float) -> float:
        """Return a value as one of which more is better."""
        return value if self.up else -value

    def satisfies(self, value: float) -> bool:
        """Whether the target is met, or exceeded where it must be."""
        there = self.good(value) - self.good(self.knots[-1][1])
        return there > 1e-9 if self.strict else there >= -1e-9


CASES = [
    Case(*one)
    for one in product(PATHS, YEARS, VALUES, (True, False), (True, False), (True, False), (0,))
] + [
    Case(*one)
    for one in product(PATHS[:3], YEARS[2:], VALUES, (True, False), (False,), (True, False), (1, -1))
]  # fmt: skip


def no_path(c: Case) -> str:
    """Return why a series has no path, or nothing."""
    (y0, b), (yt, t) = c.knots[0], c.knots[-1]
    signs = {math.copysign(1, v) if v else 0 for _, v in c.knots}
    for refused, why in (
        (math.isnan(b), "no_baseline"),
        (y0 >= yt, "years_reversed"),
        (c.good(t) < c.good(b), "wrong_side"),
        (c.geometric and (len(signs) > 1 or 0 in signs), "not_positive"),
    ):
        if refused:
            return why
    return ""


def segment(c: Case, *, time: bool) -> tuple[float, float, float, float]:
    """Return the ends of the segment that holds the year, or on which the path has the value."""
    way = c.knots[-1][1] - c.knots[0][1]
    n = sum(
        year <= c.year if time else (value - c.value) * way <= 0 for year, value in c.knots[1:-1]
    )
    return (*c.knots[n], *c.knots[n + 1])


def worked(c: Case) -> dict[str, float | str]:
    """Return every number of one series, or the first reason why there is none."""
    (y0, b), (yt, t), v, y = c.knots[0], c.knots[-1], c.value, c.year
    late = "after_target_year" if y > yt else ""
    path = no_path(c) or late or ("before_baseline" if y < y0 else "")
    unknown = "no_data" if math.isnan(v) else "bound" if c.bound else ""
    at_once = "no_time_elapsed" if y <= y0 else ""
    measured = path or unknown or at_once
    flat = "target_equals_baseline" if t == b else ""
    crosses = "not_positive" if c.geometric and (v * t <= 0 or v * b <= 0) else ""
    satisfied = "satisfied" if c.satisfies(v) else ""
    no_time = "no_time_left" if y >= yt else ""
    no_base = "no_baseline" if math.isnan(b) else ""
    share = measured or flat or crosses
    achieved = unknown or late or no_base or at_once or crosses
    required = unknown or late or satisfied or no_time or crosses
    wrong_way = "" if required or achieved or c.good(v) > c.good(b) else "wrong_way"
    faster = measured or satisfied or no_time or at_once or crosses or wrong_way
    pace = unknown or late or crosses or no_base or at_once
    year0, value0, year1, value1 = segment(c, time=True)
    steps = [after - before for (_, before), (_, after) in zip(c.knots, c.knots[1:], strict=False)]
    turning = "path_turns" if min(steps) < 0 < max(steps) else ""
    no_slope = "flat_path" if not turning and not share and _flat_there(c) else ""

    def due() -> float:
        return c.along(value0, value1, (y - year0) / (year1 - year0))

    def progress() -> float:
        return c.share(b, t, v)

    def schedule() -> float:
        return c.share(b, t, due())

    def lead_years() -> float:
        year0, value0, year1, value1 = segment(c, time=False)
        return year0 + (year1 - year0) * c.share(value0, value1, v) - y

    def ahead() -> float:
        return c.yearly(v, t, yt - y) / c.yearly(b, v, y - y0)

    def projected(at: float) -> float:
        change = c.yearly(b, v, y - y0)
        return v * (1 + change) ** (at - y) if c.geometric else v + change * (at - y)

    def first_year() -> float | str:
        if satisfied:
            return math.ceil(y)
        at = [at for at in range(math.ceil(y), math.floor(y) + 51) if c.satisfies(projected(at))]
        return at[0] if at and at[0] - y <= 50 else "not_at_this_pace"

    formulas = {
        "on_track_value": (path, due),
        "gap": (measured, lambda: c.good(v - due())),
        "gap_to_target": (unknown, lambda: c.good(v - t)),
        "progress": (share, progress),
        "schedule": (path or flat, schedule),
        "lead": (share, lambda: progress() - schedule()),
        "lead_years": (share or turning or no_slope, lead_years),
        "planned_change": (path, lambda: c.yearly(value0, value1, year1 - year0)),
        "required_change": (required, lambda: c.yearly(v, t, yt - y)),
        "achieved_change": (achieved, lambda: c.yearly(b, v, y - y0)),
        "acceleration": (faster, ahead),
        "projected_value": (pace, lambda: projected(yt)),
        "projected_year": (pace, first_year),
        "projected_points": (pace, lambda: 2.0),
        "projected_low": (pace or "too_few_points", lambda: NONE),
    }
    return {name: why or formula() for name, (why, formula) in formulas.items()}


def _flat_there(c: Case) -> bool:
    _, value0, _, value1 = segment(c, time=False)
    return value0 == value1


def status_of(c: Case, value: float) -> str:  # noqa: PLR0911 - a line a case
    """Return the status before the target's year, of one value: five points of tolerance."""
    (y0, b), (_, t) = c.knots[0], c.knots[-1]
    if math.isnan(value):
        return "no_data"
    if c.year <= y0:
        return "not_assessable"  # nothing comes from no time
    why = no_path(c)
    if why == "wrong_side" or t == b:
        return "on_track" if c.satisfies(value) else "lagging"
    if c.satisfies(value):
        return "met_early"
    if why:
        return "not_assessable"
    if c.good(value) < c.good(b):
        return "lagging"
    if c.geometric and value * t <= 0:
        return "ahead" if c.good(value) > c.good(b) else "lagging"
    year0, value0, year1, value1 = segment(c, time=True)
    due = c.along(value0, value1, (c.year - year0) / (year1 - year0))
    lead = c.share(b, t, value) - c.share(b, t, due)
    if abs(lead) <= 0.05 + 1e-12:
        return "on_track"
    return "ahead" if lead > 0 else "lagging"


def statuses(c: Case) -> set[str]:
    """Return the statuses of all values that a bound allows."""
    ways = (0.0, 1e-6, *range(1, 200, 2), 1e9) if c.bound else (0.0,)
    return {status_of(c, c.value + c.bound * way) for way in ways}


@pytest.fixture(scope="module")
def found():
    """Return what the program says of all cases, in one call."""
    size = len(CASES)
    longest = max(len(c.knots) for c in CASES)
    padded = [(c.knots[0],) * (longest - len(c.knots)) + c.knots for c in CASES]
    target = np.array([c.knots[-1][1] for c in CASES], dtype=float)
    return assess(
        repeated(series(0, 1, 0), size)._replace(
            direction=np.array([1.0 if c.up else -1.0 for c in CASES]),
            geometric=np.array([c.geometric for c in CASES]),
            ceiling=np.full(len(CASES), np.nan),
            knot_years=np.array([[year for year, _ in knots] for knots in padded], dtype=float),
            knot_values=np.array([[value for _, value in knots] for knots in padded], dtype=float),
            year=np.array([c.year for c in CASES], dtype=float),
            value=np.array([c.value for c in CASES], dtype=float),
            bound=np.array([c.bound for c in CASES], dtype=np.int8),
            strict=np.array([c.strict for c in CASES]),
            blocked=np.array(
                [Reason.NO_DATA if math.isnan(c.value) else 0 for c in CASES], dtype=np.int8
            ),
            met_from=target,
            met_early_from=target,
            history_years=np.array([[c.year] for c in CASES], dtype=float),
            history_values=np.array([[c.value] for c in CASES], dtype=float),
        )
    )


def test_every_number_and_reason(found) -> None:
    """Up and down, linear and geometric, early and late, at and around every edge, all at once."""
    wrong = []
    for n, case in enumerate(CASES):
        for name, expected in worked(case).items():
            one = found.quantities[name]
            said = Reason(one.reason[n]).code if one.reason[n] else float(one.value[n])
            same = (
                said == expected
                if isinstance(expected, str) or isinstance(said, str)
                else math.isclose(said, expected, rel_tol=1e-7, abs_tol=1e-9)
            )
            if not same:
                wrong.append((case, name, said, expected))
    assert not wrong, (len(wrong), wrong[:3])


def test_every_status(found) -> None:
    """The same cases: a status holds for every value that a bound allows, or there is none."""
    wrong = []
    for n, case in enumerate(CASES):
        expected = statuses(case)
        said = Status(found.verdict.status[n]).code
        if said != (expected.pop() if len(expected) == 1 else "not_assessable"):
            wrong.append((case, said, expected))
    assert not wrong, (len(wrong), wrong[:3])


def chance_below(t: float, freedom: int) -> float:
    """Return the chance of Student's t below ``t``, by Simpson's rule from 0."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    x = np.linspace(0, t, 2001)
    density = (1 + x**2 / freedom) ** (-(freedom + 1) / 2) * scale / math.sqrt(freedom * math.pi)
    weights = np.where(np.arange(2001) % 2, 4, 2)
    weights[[0, -1]] = 1
    return 0.5 + float((density * weights).sum()) * t / 2000 / 3


def test_intervals_are_of_eighty_percent() -> None:
    """Uneven steps, by the normal equations: half the width is t s sqrt(1 + 1/k + off²/Sxx)."""
    counts, m = range(2, 36), 3
    gaps = np.array([1 + n % 2 for n in range(max(counts))])
    steps = np.array([2.0 * ((n + 1) % 2) + n % 3 for n in range(max(counts))])
    years = 2015.0 + np.concatenate(([0], np.cumsum(gaps)))
    walk = np.concatenate(([0.0], np.cumsum(steps)))
    size, last = len(counts), np.array(counts) - 1
    until = np.arange(max(counts)) < np.array(counts)[:, None]
    found = assess(
        repeated(series(0, 1000, 0), size)._replace(
            knot_years=np.column_stack((np.full(size, 2015.0), years[last] + m)),
            year=years[last],
            value=walk[last],
            history_years=np.where(until, years[: max(counts)], NONE),
            history_values=np.where(until, walk[: max(counts)], NONE),
        )
    ).quantities
    for n, k in enumerate(counts):
        low, high, value = (
            float(found[f"projected_{name}"].value[n]) for name in ("low", "high", "value")
        )
        x, y = years[:k] - 2015, walk[:k]
        assert found["projected_points"].value[n] == k
        assert value == pytest.approx(y[-1] * (x[-1] + m) / x[-1])
        if k < 4:
            assert math.isnan(low)
            assert math.isnan(high)
            continue
        slope, level = np.linalg.solve([[x @ x, x.sum()], [x.sum(), k]], [x @ y, y.sum()])
        s = math.sqrt(((y - level - slope * x) ** 2).sum() / (k - 2))
        off, sxx = x[-1] + m - x.mean(), ((x - x.mean()) ** 2).sum()
        t = (high - value) / (s * math.sqrt(1 + 1 / k + off**2 / sxx))
        assert value - low == pytest.approx(high - value)
        assert chance_below(t, k - 2) == pytest.approx(0.9, abs=1e-6)


@pytest.mark.parametrize(
    ("scale", "down", "year", "value", "shown"),
    [
        # A fall of 19 % in two years, 1 to 0.81: 10 % a year; after one 0.95.
        (Scale.SIZE, True, 2016, 0.95, {"latest_value": 5, "on_track_value": 10, "gap": -5,
                                        "gap_to_target": -14, "projected_value": 9.75}),
        (Scale.SIZE, False, 2016, 1.05, {"latest_value": 5, "on_track_value": 10, "gap": -5,
                                         "gap_to_target": -16, "projected_value": 10.25}),
        (Scale.RATE, False, 2016, 1.05, {"latest_value": 5, "on_track_value": 10, "gap": -5,
                                         "gap_to_target": -5, "projected_value": 5}),
        (Scale.RATE, True, 2016, 0.95, {"latest_value": 5, "on_track_value": 10, "gap": -5,
                                        "gap_to_target": -5, "projected_value": 5}),
        # At the beginning the plan's own rate is due, and no size.
        (Scale.RATE, False, 2015, NONE, {"on_track_value": 10}),
        (Scale.SIZE, False, 2015, NONE, {"on_track_value": 0}),
    ],
)  # fmt: skip
def test_an_index_is_put_out_as_a_size_or_a_rate(
    scale: Scale, *, down: bool, year: int, value: float, shown: dict[str, float]
) -> None:
    """Larger is better, whichever way is good; between the ends 10 % a year are due."""
    target = 0.9**2 if down else 1.1**2
    found = assess(
        series(1, target, value)._replace(
            scale=np.array([scale], dtype=np.int8),
            direction=np.array([-1.0 if down else 1.0]),
            geometric=np.array([True]),
            knot_years=np.array([[2015.0, 2017.0]]),
            year=np.array([float(year)]),
            met_from=np.array([target]),
            met_early_from=np.array([target]),
        )
    ).quantities
    for name, expected in shown.items():
        assert found[name].value[0] == pytest.approx(expected, abs=1e-9), name
