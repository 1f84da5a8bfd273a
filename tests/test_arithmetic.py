"""Properties of the arithmetic over arrays, for series nobody has thought of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mfgtargets.arithmetic import paths
from mfgtargets.evaluation.assess import Assessment, assess
from mfgtargets.methods.schedule import Status
from mfgtargets.series.arrays import Aim, Curve, Decision, Scale, Series
from mfgtargets.series.reasons import Reason

finite = st.floats(-1e12, 1e12, allow_nan=False)
positive = st.floats(1e-3, 1e9, allow_nan=False)


def series(baseline: float, target: float, value: float, **changes: object) -> Series:
    """Return one linear rising series from 2015 to 2020 with a value in 2018."""
    one = np.ones(1)
    plain = Series(
        direction=one,
        geometric=np.array([False]),
        ceiling=np.array([np.nan]),
        scale=np.array([Scale.LEVEL], dtype=np.int8),
        knot_years=np.array([[2015.0, 2020.0]]),
        knot_values=np.array([[baseline, target]]),
        no_path=np.zeros(1, dtype=np.int8),
        year=2018.0 * one,
        value=value * one,
        half_unit=np.zeros(1),
        bound=np.zeros(1, dtype=np.int8),
        exclusive=np.array([False]),
        blocked=np.zeros(1, dtype=np.int8),
        strict=np.array([False]),
        met_from=target * one,
        met_early_from=target * one,
        decision=np.array([Decision.OPEN], dtype=np.int8),
        reversing=np.array([False]),
        short=np.array([False]),
        early=np.array([True]),
        hold=np.array([False]),
        toward=np.array([False]),
        afterwards=np.nan * one,
        history_years=np.empty((1, 0)),
        history_values=np.empty((1, 0)),
        base_differs=np.array([False]),
        unsupported=np.array([False]),
        percent=np.array([False]),
        aim=np.array([Aim.REACH], dtype=np.int8),
        limit=np.nan * one,
        lower=np.nan * one,
        optimum=np.nan * one,
    )
    return plain._replace(**changes)


def repeated(one: Series, count: int) -> Series:
    """Return the same series ``count`` times."""
    return Series(*(np.repeat(array, count, axis=0) for array in one))


def only(assessment: Assessment, name: str) -> float:
    """Return one number of an assessment of one series."""
    return float(assessment.quantities[name].value[0])


@given(finite, finite, finite, st.booleans(), st.booleans())
def test_a_number_or_a_reason_never_both_never_neither(
    baseline: float, target: float, value: float, geometric: bool, falling: bool
) -> None:
    """Every quantity is finite exactly where its reason is NONE, whatever the input."""
    one = series(
        baseline,
        target,
        value,
        geometric=np.array([geometric]),
        direction=np.array([-1.0 if falling else 1.0]),
    )
    found = assess(one)
    for quantity in found.quantities.values():
        assert np.isfinite(quantity.value[0]) == (quantity.reason[0] == Reason.NONE)


@given(positive, positive, positive, st.booleans())
def test_the_remaining_change_reaches_the_target(
    baseline: float, target: float, value: float, geometric: bool
) -> None:
    """Applying the required change for the years left lands on the target."""
    found = assess(series(baseline, target, value, geometric=np.array([geometric])))
    required = only(found, "required_change")
    if np.isfinite(required):
        end = value * (1 + required) ** 2 if geometric else value + 2 * required
        assert end == pytest.approx(target, rel=1e-6)


@given(positive, positive, st.floats(0, 5), st.booleans())
def test_on_the_path_the_lead_is_nothing(
    baseline: float, target: float, elapsed: float, geometric: bool
) -> None:
    """A value on the path has progress equal to schedule, and passes it at its own time."""
    assumed = Curve(np.array([geometric]), np.array([np.nan]))
    years, values = np.array([[2015.0, 2020.0]]), np.array([[baseline, target]])
    at = np.array([2015.0 + elapsed])
    value = paths.on_path(years, values, at, assumed)
    assert value[0] == pytest.approx(
        baseline * (target / baseline) ** (elapsed / 5)
        if geometric
        else baseline + (target - baseline) * elapsed / 5,
        abs=1e-8 * max(baseline, target),
    )
    if abs(target / baseline - 1) > 1e-3:
        assert paths.when_on_path(years, values, value, assumed)[0] == pytest.approx(
            at[0], abs=1e-6
        )


@given(positive, positive, positive)
def test_better_is_never_judged_worse(baseline: float, target: float, value: float) -> None:
    """On an open series, raising the value never moves the status towards lagging."""
    order = [Status.LAGGING, Status.ON_TRACK, Status.AHEAD, Status.MET_EARLY]
    low, high = (
        assess(series(baseline, target, v)).verdict.status[0] for v in (value, value * 1.5)
    )
    assert order.index(high) >= order.index(low)


def test_many_series_are_one_call() -> None:
    """70,000 different values, more than two blocks: each has its own progress, in its place."""
    values = np.linspace(50, 110, 70_000)
    many = assess(repeated(series(60, 100, 80), 70_000)._replace(value=values))
    np.testing.assert_allclose(many.quantities["progress"].value, (values - 60) / 40, atol=1e-12)
    met, behind = values >= 100, values < 60 + 40 * 0.6 - 2.001  # of 60 % due, five points less
    assert set(many.verdict.status[met]) == {Status.MET_EARLY}
    assert set(many.verdict.status[behind]) == {Status.LAGGING}
    assert Status.LAGGING not in many.verdict.status[~behind & (values > 82.001)]


def test_falling_targets_mirror_rising_ones() -> None:
    """From 100 down to 50, 65 after three of five years is ten points ahead, as by hand."""
    found = assess(series(100, 50, 65, direction=np.array([-1.0])))
    assert only(found, "progress") == pytest.approx(0.7)
    assert only(found, "gap") == pytest.approx(5)
    assert only(found, "achieved_change") == pytest.approx(-35 / 3)
    assert found.verdict.status[0] == Status.AHEAD


@pytest.mark.parametrize(("value", "status"), [(52.0, Status.ON_TRACK), (49.0, Status.LAGGING)])
def test_a_target_worse_than_its_baseline_is_a_floor(value: float, status: Status) -> None:
    """60 with a target of 50: on track while 50 is held, and no progress is claimed."""
    found = assess(series(60, 50, value))
    assert found.verdict.status[0] == status
    assert found.verdict.reason[0] == Reason.WRONG_SIDE
    assert found.quantities["progress"].reason[0] == Reason.WRONG_SIDE
    assert only(found, "gap_to_target") == pytest.approx(value - 50)


def test_to_exceed_is_strict() -> None:
    """突破100 is not met by 100, but by 101."""
    strict = np.array([True])
    assert assess(series(60, 100, 100, strict=strict)).verdict.status[0] == Status.AHEAD
    assert assess(series(60, 100, 101, strict=strict)).verdict.status[0] == Status.MET_EARLY


def test_over_a_strict_target_is_enough_when_the_bound_excludes_itself() -> None:
    """突破100 is met by "over 100", not by "at least 100"."""
    bound = {"strict": np.array([True]), "bound": np.array([1], dtype=np.int8)}
    over = assess(series(60, 100, 100, exclusive=np.array([True]), **bound))
    at_least = assess(series(60, 100, 100, **bound))
    assert over.verdict.status[0] == Status.MET_EARLY
    assert (at_least.verdict.status[0], at_least.verdict.reason[0]) == (
        Status.NOT_ASSESSABLE,
        Reason.BOUND,
    )


def test_a_milestone_begins_the_next_segment() -> None:
    """At the milestone itself the plan is what comes after it: 10 a year, not 20."""
    years, values = np.array([[2015.0, 2018.0, 2020.0]]), np.array([[0.0, 60.0, 80.0]])
    found = assess(series(0, 80, 60, knot_years=years, knot_values=values))
    assert only(found, "planned_change") == pytest.approx(10)
    assert only(found, "on_track_value") == pytest.approx(60)


def test_no_geometric_path_through_zero() -> None:
    """From -5 to 10 there is no rate of growth; the reason says so."""
    found = assess(series(-5, 10, 3, geometric=np.array([True])))
    assert found.quantities["on_track_value"].reason[0] == Reason.NOT_POSITIVE
    assert found.verdict.status[0] == Status.NOT_ASSESSABLE


def test_no_change_is_no_distance() -> None:
    """A target equal to the baseline is held, not progressed towards."""
    found = assess(series(100, 100, 101))
    assert found.quantities["progress"].reason[0] == Reason.TARGET_EQUALS_BASELINE
    assert found.verdict.status[0] == Status.ON_TRACK
    assert assess(series(100, 100, 99)).verdict.status[0] == Status.LAGGING
