"""The logarithmic rule for energy intensity (国家统计局; 青海省统计局, 2009)."""

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods import schedule
from mfgtargets.methods.method import Method
from mfgtargets.methods.verdict import Tolerance, Verdict
from mfgtargets.series.arrays import Series


def judge(s: Series, tolerance: Tolerance) -> Verdict:
    """Judge by ``ln(v/b)/ln(T/b)`` against the time gone, with the status words of the schedule.

    ``ratio`` is that share: 0.268 for 4.87 % of 17 % done. ``s`` is ``prepared``.
    """
    verdict = schedule.judge(s, tolerance)
    exact = np.where(s.bound == 0, s.value, np.nan)
    share = np.where(s.no_path == 0, paths.share(s.baseline, s.target, exact, s.curve), np.nan)
    return verdict._replace(ratio=np.where(np.isfinite(share), share, np.nan))


def prepared(s: Series) -> Series:
    """Return the series on geometric paths without milestones, whatever the indicators' own are."""
    return s._replace(
        geometric=np.ones_like(s.geometric),
        ceiling=np.full_like(s.ceiling, np.nan),
        knot_years=s.knot_years[:, [0, -1]],
        knot_values=s.knot_values[:, [0, -1]],
    )


METHOD = Method(
    code="log-reduction",
    name=("国家能耗强度对数法", "China's logarithmic rule for energy intensity"),
    words=schedule.METHOD.words,
    rule=(
        "对数进度减时序进度,容差与用词同默认方法",
        "logarithmic progress less the time gone; tolerance and words as by default",
    ),
    formula="ln(v/b)/ln(T/b) - (y-y0)/(yT-y0)",
    source="青海省统计局, 关于节能目标完成情况的计算方法, 2009-09-17",
    judge=judge,
    steps=schedule.METHOD.steps,
    path="compound",
    prepare=prepared,
    by_plan=True,
)
