"""The official rules written out plainly, one series at a time, against the methods' one call."""

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import numpy as np
import pytest

from mfgtargets.evaluation.assess import assess
from mfgtargets.methods import METHODS
from mfgtargets.methods.verdict import Common, Verdict
from mfgtargets.series.arrays import Aim
from mfgtargets.series.reasons import Reason
from test_arithmetic import repeated, series

NONE = float("nan")
Said = tuple[str, str, float, float]  # status or reason, place on the common scale, ratio, score


class Case(NamedTuple):
    """A series from 2015, and all that a rule may ask of it."""

    b: float
    t: float
    v: float
    year: float = 2020
    target_year: float = 2030
    up: bool = True
    limit: float = NONE
    aim: Aim = Aim.REACH
    percent: bool = False
    history: tuple[tuple[float, float], ...] = ()

    @property
    def d(self) -> int:
        """+1 where up is good, else -1."""
        return 1 if self.up else -1

    @property
    def n(self) -> np.float64:
        """Years gone."""
        return np.float64(self.year - 2015)

    @property
    def whole(self) -> np.float64:
        """Years of the plan."""
        return np.float64(self.target_year - 2015)

    @property
    def left(self) -> np.float64:
        """Years left."""
        return np.float64(self.target_year - self.year)

    @property
    def met(self) -> bool:
        """Whether the value is as good as the target."""
        return self.d * (self.v - self.t) >= -1e-9

    @property
    def factor(self) -> float:
        """C of a natural limit."""
        b, limit = abs(self.b), abs(self.limit)
        if np.isnan(limit) or limit == 0 or b >= 2 * limit:
            return 1.0
        return 1 - ((b if b < limit else 2 * limit - b) / limit) ** 4.44


def grown(share: float, of: float = 2.0, years: int = 15, over: int = 5) -> float:
    """Return what 100 becomes at so much of the yearly change that makes ``of`` times in ``years``."""
    return 100 * (1 + share * (of ** (1 / years) - 1)) ** over


EDGES = [
    Case(100, 200, grown(cut) + way)
    for cut in (1.3, 0.95, 0.6, 0.0, -0.6)
    for way in (-1e-5, 0, 1e-5)
] + [
    Case(100, NONE, 100 * (1 + sign * cut) ** 5 + way, up=sign > 0, limit=limit)
    for cut in (0.02, 0.015, 0.01, 0.005, 0.001, 0.0, -0.001, -0.01, -0.02)
    for way in (-1e-5, 0, 1e-5)
    for sign, limit in ((1, NONE), (-1, NONE), (1, 110))
] + [
    Case(100, 200, value + way, aim=aim)
    for value in (100 + 50 / 3, 100 + 100 / 3, 120, 400 / 3, 130, 110 - 1e-12, 190 / 3 + 100 / 3)
    for way in (-1e-5, 0, 1e-5)
    for aim in (Aim.REACH, Aim.PARITY)
] + [
    Case(90, target, value, up=up, percent=percent)
    for target, up in ((100, True), (0, False))
    for value in (98.9, 99, 99.2, 1, 1.1, 101)
    for percent in (True, False)
]  # fmt: skip
CASES = EDGES + [
    Case(*one)
    for one in product(
        (NONE, -100, 0, 50, 100), (NONE, -50, 0, 100, 200),
        (NONE, -150, -60, 0, 40, 99, 100, 150, 210), (2014, 2015, 2020, 2030, 2031), (2015, 2030),
        (True, False),
    )
] + [
    Case(b, NONE, v, up=up, limit=limit)
    for b, v, up, limit in product((-100, 50, 100, 150, 300), (-120, 45, 100, 120, 200),
                                   (True, False), (0, 100, 120))
]  # fmt: skip


def ranked(number: float, cuts: tuple[float, ...], *, strictly: bool = False) -> int:
    """Return before how many cuts a number stays, within 1e-9."""
    room = -1e-9 if strictly else 1e-9
    return sum(not number >= cut - room for cut in cuts)


def reason_of(*refusals: tuple[bool, str]) -> str:
    """Return the first that holds."""
    return next((why for refused, why in refusals if refused), "")


def compound(c: Case) -> tuple[str, float]:
    """Return why there is no status, and R or c."""
    b, t = (np.float64(x or 0.001) for x in (c.b, c.t))
    has = not np.isnan(t)
    met = has and c.met
    why = reason_of(
        (np.isnan(c.v), "no_data"),
        (np.isnan(b) and not met, "no_baseline"),
        (c.n <= 0 and not met, "no_time_elapsed"),
        (b * c.v < 0 and not met, "not_positive"),
        (has and c.whole <= 0 and not met, "years_reversed"),
        (has and b * t < 0 and not met, "not_positive"),
        (bool(b == t) and not met, "target_equals_baseline"),
    )
    if not (c.n > 0 and b * c.v >= 0) or b == t:
        return why, NONE
    pace = ((c.v / b) ** (1 / c.n) - 1) * c.d * np.sign(b)
    return why, pace / abs((t / b) ** (1 / c.whole) - 1) if has else pace


def open_sdg(c: Case) -> Said:
    """R from 0.95, 0.60, 0; c from 1.5 % C, 0.5 % C, 0."""
    why, pace = compound(c)
    if why:
        return why, "none", NONE, NONE
    words = "substantial_progress moderate_progress limited_progress deterioration".split()
    common = "on_track behind behind away".split()
    if not np.isnan(c.t):
        if c.met:
            return "target_achieved", "met", pace, 5
        score = min(7.1429 * pace - 4.2857, 5) if pace >= 0.6 else max(4.1667 * pace - 2.5, -5)
        place = ranked(pace, (0.95, 0.6, 0))
        return words[place], common[place], pace, score
    place = ranked(pace, (0.015 * c.factor, 0.005 * c.factor, 0))
    if pace < 0:
        score = max(125 * pace - 2.5, -5)
    elif c.factor == 0:
        score = 5
    else:
        part = pace / c.factor
        score = float(np.interp(part, (0, 0.005, 0.015, 0.02), (-2.5, 0, 2.5, 5)))
    return words[place], common[place], pace, score


def eurostat(c: Case) -> Said:
    """R over 0.95, over 0.60, from 0; c over 1 % C, over 0.1 % C, from -0.1 %, from -1 % C."""
    why, pace = compound(c)
    if why:
        return why, "none", NONE, NONE
    words = """significant_progress moderate_progress no_progress moderate_deterioration
    significant_deterioration""".split()
    if not np.isnan(c.t):
        if c.met:
            return words[0], "met", pace, 5
        place = ranked(pace, (0.95, 0.6), strictly=True)
        place += (1 if place == 2 else 0) + ranked(pace, (0,))
        score = float(np.interp(pace, (-0.6, 0.6, 1.3), (-5, 0, 5)))
        return words[place], "on_track behind none behind away".split()[place], pace, score
    if abs(c.v - c.limit) < 1e-9:
        return words[0], "on_track", pace, 5
    place = ranked(pace, (0.01 * c.factor, 0.001 * c.factor), strictly=True)
    place += ranked(pace, (-0.001, -0.01 * c.factor)) if place == 2 else 0
    gains = 5 if c.factor <= 0 else 250 * pace / c.factor
    score = np.clip(gains if pace > 0 else 250 * pace, -5, 5)
    return words[place], "on_track behind behind away away".split()[place], pace, score


def sdsn(c: Case) -> Said:
    """The ratio q from 1, 0.5, 0; the score of every value between 0 and 200."""
    words = "on_track_or_maintaining moderately_improving stagnating decreasing".split()
    score = NONE if np.isnan(c.v) else min(max(c.v / 2, 0), 100)
    act = (c.v - c.b) / c.n
    q = NONE if c.t == c.b else act / ((c.t - c.b) / c.whole)
    falls = c.d * act < 0
    why = reason_of(
        (np.isnan(c.v), "no_data"),
        (np.isnan(c.t), "no_target"),
        (np.isnan(c.b) and not c.met, "no_baseline"),
        (c.n <= 0 and not c.met, "no_time_elapsed"),
        (c.whole <= 0 and not c.met, "years_reversed"),
        (c.t == c.b and not c.met and not falls, "target_equals_baseline"),
    )
    if why:
        return why, "none", NONE, score
    if c.met:
        return words[0], "met", q, score
    place = 3 if falls else ranked(q, (1, 0.5))
    return words[place], "on_track behind behind away".split()[place], q, score


def unsd(c: Case) -> Said:
    """Q from 0.95, 0.10; c from 2 %, 0.5 %."""
    words = "met_or_on_track fair_progress stagnation_or_regression".split()
    has = not np.isnan(c.t)
    met = has and (c.met or (c.percent and c.t in {0, 100} and abs(c.v - c.t) <= 1))
    rate = (np.float64(c.v) / c.b) ** (1 / c.n) - 1
    ratio = c.d * rate * np.sign(c.b)
    if has:
        ratio = NONE if c.b == c.t else (c.v * (1 + rate) ** c.left - c.b) / (c.t - c.b)
    why = reason_of(
        (np.isnan(c.v), "no_data"),
        (np.isnan(c.b) and not met, "no_baseline"),
        (c.n <= 0 and not met, "no_time_elapsed"),
        (has and c.whole <= 0 and not met, "years_reversed"),
        ((c.b == 0 or c.b * c.v < 0) and not met, "not_positive"),
        (c.b == c.t and not met, "target_equals_baseline"),
    )
    if why:
        return why, "none", NONE, NONE
    if met:
        return words[0], "met", ratio, NONE
    place = ranked(ratio, (0.95, 0.10) if has else (0.02, 0.005))
    away = (c.v - c.b) * (c.t - c.b) < 0 if has else ratio < 0
    if not away and not np.isfinite(ratio):
        return "overflow", "none", NONE, NONE  # a loss of all, carried back in time
    return words[place], ("on_track", "behind", "away" if away else "behind")[place], ratio, NONE


def acceleration(c: Case) -> Said:
    """AF up to 1, below 2, from 2; of two points the pace is that between them."""
    words = "on_track off_track well_off_track wrong_direction".split()
    why = reason_of(
        (np.isnan(c.v), "no_data"),
        (np.isnan(c.t), "no_target"),
        (c.left <= 0 and not c.met, "no_time_left"),
        (not np.isnan(c.b) and c.n <= 0 and not c.met, "no_time_elapsed"),
        (np.isnan(c.b) and not c.met, "too_few_points"),
    )
    if why:
        return why, "none", NONE, NONE
    if c.met:
        return words[0], "met", NONE, NONE
    pace = (c.v - c.b) / c.n
    if c.d * pace <= 0:
        return words[3], "away", NONE, NONE
    factor = (c.t - c.v) / c.left / pace
    place = 0 if factor <= 1 + 1e-9 else 1 if factor < 2 - 1e-9 else 2
    return words[place], ("on_track", "behind", "behind")[place], factor, NONE


def escap(c: Case) -> Said:
    """What is missing up to 0.10, up to 1; of two points the line is that through them."""
    words = "maintain accelerate reverse".split()
    why = reason_of(
        (np.isnan(c.v), "no_data"),
        (np.isnan(c.t), "no_target"),
        (np.isnan(c.b), "no_baseline"),
        (c.n <= 0, "no_time_elapsed"),
        (c.t == c.b, "target_equals_baseline"),
        (c.left < 0, "after_target_year"),
    )
    if why:
        return why, "none", NONE, NONE
    expected = c.v + (c.v - c.b) / c.n * c.left
    span, parity = abs(c.t - c.b), c.aim == Aim.PARITY
    missing = max(abs(c.t - expected) if parity else c.d * (c.t - expected), 0) / span
    score = 10 - 10 * abs(c.t - c.v) / span if parity else 10 * c.d * (c.v - c.b) / span
    place = 0 if missing <= 0.1 + 1e-9 else 1 if missing <= 1 + 1e-9 else 2
    met = abs(c.v - c.t) < 1e-9 if parity else c.met
    common = ("met" if met else "on_track", "behind", "away")[place]
    return words[place], common, missing, score


HISTORIES = (
    ((2017, 180), (2018, 170), (2019, 160)),
    ((2017, 120), (2018, 130), (2019, 140)),
    ((2014, 0), (2016, 120), (2017, 130), (2018, 120), (2019, 155)),
    ((2019, 150),),
    ((2016, 146), (2017, 147), (2018, 148), (2019, 150)),
    ((2005, 900), (2006, -20), (2016, 90), (2017, 95), (2018, 98), (2019, 99)),
)
WEATHER = [
    Case(b, t, v, 2020, target_year, up, NONE, aim, history=history)
    for b, t, v, target_year, up, aim, history in product(
        (NONE, 100), (NONE, 100, 155, 158, 200), (90, 100, 150, 158), (2019, 2020, 2025),
        (True, False), (Aim.REACH, Aim.CONSTANT, Aim.DIRECTION), HISTORIES,
    )
]  # fmt: skip


def destatis(c: Case) -> Said:
    """What is missing below 5 %, to 20 %; other rules where it is reached, held or has no value."""
    words = "sun sun_with_cloud cloud thunderstorm".split()
    points = sorted((*c.history, (c.year, c.v), *([] if np.isnan(c.b) else [(2015, c.b)])))[-6:]
    by_direction = c.aim == Aim.DIRECTION
    held = not by_direction and (c.aim == Aim.CONSTANT or c.met)
    why = reason_of(
        (np.isnan(c.t) and not by_direction, "no_target"),
        (len(points) < 4, "too_few_points"),
        (c.left < 0 and not held and not by_direction, "after_target_year"),
    )
    if why:
        return why, "none", NONE, NONE
    mean = c.d * (c.v - points[0][1]) / (c.year - points[0][0])
    last = c.d * (c.v - points[-2][1])
    if by_direction:
        place = 0 if mean > 0 and last > 0 else 1 if mean > 0 else 2 if last > 0 else 3
        return words[place], "on_track behind behind away".split()[place], NONE, NONE
    if held and c.met:
        return words[0 if mean >= 0 else 1], "met", NONE, NONE
    missing = NONE if held else (c.d * (c.t - c.v) - mean * c.left) / abs(c.t - c.v)
    if mean <= 0:
        return words[3], "away", missing, NONE
    if held:
        return words[2], "behind", NONE, NONE
    place = 0 if missing < 0.05 - 1e-9 else 1 if missing <= 0.2 + 1e-9 else 2
    return words[place], "on_track behind behind".split()[place], missing, NONE


def by(code: str, cases: list[Case]) -> Verdict:
    """Judge all cases in one call."""
    size, longest = len(cases), max(len(c.history) for c in cases)
    histories = [((NONE, NONE),) * (longest - len(c.history)) + c.history for c in cases]

    def column(name: str) -> np.ndarray:
        return np.array([getattr(c, name) for c in cases], dtype=float)

    years = np.array([[2015.0, c.target_year] for c in cases])
    years[np.isnan(column("b")), 0] = NONE
    everything = repeated(series(0, 1, 0), size)._replace(
        direction=column("d"),
        knot_years=years,
        knot_values=np.column_stack((column("b"), column("t"))),
        no_path=np.where(np.isnan(column("t")), Reason.NO_TARGET, 0).astype(np.int8),
        year=column("year"),
        value=column("v"),
        met_from=column("t"),
        met_early_from=column("t"),
        limit=column("limit"),
        lower=np.zeros(size),
        optimum=np.full(size, 200.0),
        aim=column("aim").astype(np.int8),
        percent=column("percent").astype(bool),
        history_years=np.array([[year for year, _ in h] for h in histories]).reshape(size, longest),
        history_values=np.array([[v for _, v in h] for h in histories]).reshape(size, longest),
    )
    return assess(everything, METHODS[code]).verdict


@pytest.mark.parametrize(
    ("code", "rule", "cases"),
    [
        ("open-sdg", open_sdg, CASES),
        ("eurostat", eurostat, CASES),
        ("sdsn", sdsn, CASES),
        ("unsd", unsd, CASES),
        ("acceleration", acceleration, [case for case in CASES if case.n >= 0]),
        ("escap", escap, CASES),
        ("destatis", destatis, WEATHER),
    ],
)
def test_a_rule_written_out(code: str, rule: Callable[[Case], Said], cases: list[Case]) -> None:
    """Status, reason, place on the common scale, ratio, score and flags of a thousand series."""
    found, wrong = by(code, cases), []
    for n, case in enumerate(cases):
        with np.errstate(all="ignore"):
            word, common, *numbers = rule(case)
        reason = int(found.reason[n])
        status = METHODS[code].status(int(found.status[n]))
        said = Reason(reason).code if reason else status
        close = all(
            np.isclose(mine, its, rtol=1e-7, atol=3e-5, equal_nan=True)
            for mine, its in zip(
                (found.ratio[n], found.score[n]),
                (number if np.isfinite(number) else NONE for number in numbers),
                strict=True,
            )
        )
        worse = case.d * (case.t - case.b) < 0 and case.aim != Aim.PARITY and not reason
        zero = not reason and (case.b == 0 or case.t == 0) and code in {"open-sdg", "eurostat"}
        flags = {name for name, mask in found.flags.items() if mask[n]}
        expected = {"wrong_side"} if worse else set()
        expected |= {"zero_substituted"} if zero else set()
        scale = Common(found.common[n]).name.lower()
        if (said, scale, flags) != (word, common, expected) or not close:
            mine = said, scale, float(found.ratio[n]), float(found.score[n]), flags
            wrong.append((case, mine, (word, common, *map(float, numbers), expected)))
    assert not wrong, (len(wrong), wrong[:3])


@pytest.mark.parametrize(
    ("code", "history", "pace"),
    [
        ("schedule", ((2019, 145),), 10),
        # From 100 in 2015, the first of the last six points, to 150 in five years.
        ("destatis", ((2017, 120), (2018, 130), (2019, 145)), 10),
        # 120, 130, 145, 150 of the last five years: 52.5 / 5 around their means.
        ("acceleration", ((2017, 120), (2018, 130), (2019, 145)), 10.5),
        # 0, 100, 150 in 2010, 2015, 2020 by 1, 2, 3: means -10/3 and 325/3, 3500/3 over 250/3.
        ("escap", ((2010, 0),), 14),
    ],
)
def test_the_pace_is_that_of_the_window(
    code: str, history: tuple[tuple[float, float], ...], pace: float
) -> None:
    """What a method calls the pace is worked out over the time that it looks at."""
    years, values = (np.array([list(column)], dtype=float) for column in zip(*history, strict=True))
    s = series(100, 200, 150)._replace(
        knot_years=np.array([[2015.0, 2030.0]]),
        year=np.array([2020.0]),
        history_years=years,
        history_values=values,
    )
    assert METHODS[code].pace(s)[0] == pytest.approx(pace)
