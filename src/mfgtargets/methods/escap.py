"""The rule of UN ESCAP and the UN's regional commissions."""

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods.histories import weighted_line
from mfgtargets.methods.method import Method
from mfgtargets.methods.verdict import (
    Common,
    Verdict,
    meets,
    needs_target,
    refused,
    verdict,
    wrong_side,
)
from mfgtargets.series.arrays import Aim, Floats, Series
from mfgtargets.series.reasons import Reason
from mfgtargets.working import Numbers, Step, found, number


def judge(s: Series, _: object) -> Verdict:
    """Judge as UN ESCAP and the UN's regional commissions do.

    A line through all points known, weighted by their order in time (the commissions publish that
    recent points weigh more, not by how much), is carried on to the target year. What is missing
    there as a share of ``|T-b|``: up to 0.10 maintain, up to 1 accelerate, above reverse.
    ``ratio`` is that share; ``score`` is the current status, ``10 d (v-b)/|T-b|``, for parity
    ``10-10|T-v|/|T-b|``.
    """
    parity = s.aim == Aim.PARITY
    slope, level = weighted_line(s)
    expected = level + slope * (s.target_year - s.year)
    flat = paths.same(s.target, s.baseline)
    span = np.abs(s.target - s.baseline)
    short = np.where(parity, np.abs(s.target - expected), s.direction * (s.target - expected))
    missing = np.maximum(short, 0) / span
    done = np.where(
        parity, 1 - np.abs(s.target - s.value) / span, s.direction * (s.value - s.baseline) / span
    )
    met = np.where(parity, paths.same(s.value, s.target), meets(s))
    zeros = np.zeros_like(missing)
    return verdict(
        [
            (paths.at_least(zeros + 0.10, missing) & met, 0, Common.MET),
            (paths.at_least(zeros + 0.10, missing), 0, Common.ON_TRACK),
            (paths.at_least(zeros + 1.0, missing), 1, Common.BEHIND),
            (np.isfinite(missing), 2, Common.AWAY),
        ],
        [
            (refused(s), None),
            needs_target(s),
            (np.isnan(s.baseline), Reason.NO_BASELINE),
            (s.year <= s.baseline_year, Reason.NO_TIME_ELAPSED),
            (flat, Reason.TARGET_EQUALS_BASELINE),
            (~np.isfinite(span) | ~np.isfinite(expected), Reason.OVERFLOW),
            (s.year > s.target_year, Reason.AFTER_TARGET_YEAR),
        ],
        missing,
        10 * done,
        {"wrong_side": ~parity & wrong_side(s)},
    )


def pace(s: Series) -> Floats:
    """Return the slope of the weighted line through all points."""
    return weighted_line(s)[0]


def steps(s: Series, numbers: Numbers) -> list[Step]:
    """Return the steps of one series: the value expected, the share missing, the status index."""
    slope, level = (float(x[0]) for x in weighted_line(s))
    left, span = float((s.target_year - s.year)[0]), float(np.abs(s.target - s.baseline)[0])
    b, v, t = (float(x[0]) for x in (s.baseline, s.value, s.target))
    e = level + slope * left
    parity, sign = s.aim[0] == Aim.PARITY, "" if s.direction[0] > 0 else "-"
    short = f"|{number(t)} - {number(e)}|"
    if not parity:
        short = f"max(0, {sign}({number(t)} - {number(e)}))"
    distance = f"|{number(t)} - {number(b)}|"
    score = f"{sign}10 × ({number(v)} - {number(b)}) / {distance}"
    if parity:
        score = f"10 - 10 × |{number(t)} - {number(v)}| / {distance}"
    line = f"{number(level)} + {number(slope)} × {number(left)}"
    if not span > 0:
        return []
    return [
        *found(f"L({s.target_year[0]:.0f})", e, line),
        *found("missing_share", numbers.get("ratio", np.nan), f"{short} / {distance}"),
        *found("score", numbers.get("score", np.nan), score),
    ]


METHOD = Method(
    code="escap",
    name=("联合国亚太经社会", "UN ESCAP"),
    words={
        "maintain": ("保持", "maintain progress"),
        "accelerate": ("须加速", "accelerate"),
        "reverse": ("须逆转", "reverse trend"),
    },
    rule=(
        "到目标年缺口占应走距离:≤10% 保持,≤100% 加速,以上逆转",
        "gap left of the distance: <= 10 % maintain, <= 100 % accelerate, above reverse",
    ),
    formula="d(T-L(yT)) / |T-b|, L = weighted line of least squares",
    source="UN ESCAP and UNECE, progress assessment technical notes",
    judge=judge,
    steps=steps,
    path="straight",
    window="all_points",
    pace=pace,
)
