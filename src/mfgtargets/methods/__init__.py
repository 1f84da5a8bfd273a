"""The status methods: one table that the commands and the documents are made from."""

from collections.abc import Callable
from functools import wraps
from typing import Literal, NamedTuple

from mfgtargets.methods import compound, schedule, straight
from mfgtargets.methods.verdict import CANNOT, Verdict
from mfgtargets.series.arrays import Floats, Series


class Method(NamedTuple):
    """A way of judging: its code, its words in order, how it judges, and where it comes from.

    ``cannot`` is its word for what it cannot judge; ``judge`` takes the series and the tolerance
    of each. ``path`` is what it compares with: the indicator's own path with its
    milestones, or a compound or straight one from baseline to target; ``window`` is what time it
    takes the pace from.
    """

    code: str
    words: tuple[str, ...]
    judge: Callable[[Series, Floats], Verdict]
    formula: str
    source: str
    path: Literal["own", "compound", "straight"]
    window: Literal["baseline", "five_years", "all_points"] = "baseline"
    cannot: str = "not_assessable"

    def word(self, status: int) -> str:
        """Return the method's word for a status."""
        return self.cannot if status == CANNOT else self.words[status]


def _without_tolerance(judge: Callable[[Series], Verdict]) -> Callable[[Series, Floats], Verdict]:
    @wraps(judge)
    def judged(series: Series, _: Floats) -> Verdict:
        return judge(series)

    return judged


_STATUSES = tuple(status.code for status in schedule.Status)
_METHODS = (
    Method(
        "schedule",
        _STATUSES,
        schedule.schedule,
        "(v-b)/(T-b) - (P-b)/(T-b); ln(v/b)/ln(T/b) - ln(P/b)/ln(T/b)",
        "the plan's own path; words of the national mid-term reviews (新华社, 2023-12-26)",
        path="own",
    ),
    Method(
        "open-sdg",
        compound.OPEN_SDG,
        _without_tolerance(compound.open_sdg),
        "R = d((v/b)^(1/(y-y0))-1) / |(T/b)^(1/(yT-y0))-1|; c = d((v/b)^(1/(y-y0))-1)",
        "Statistics Canada; Open SDG 2.4, sdg-build ProgressMeasure; open-sdg.readthedocs.io",
        cannot="not_available",
        path="compound",
    ),
    Method(
        "eurostat",
        compound.EUROSTAT,
        _without_tolerance(compound.eurostat),
        "R = d((v/b)^(1/(y-y0))-1) / |(T/b)^(1/(yT-y0))-1|; c = d((v/b)^(1/(y-y0))-1)",
        "Eurostat, EU SDG assessment approach, 3 June 2026, as coded by Eustat",
        path="compound",
    ),
    Method(
        "sdsn",
        straight.SDSN,
        _without_tolerance(straight.sdsn),
        "q = ((v-b)/(y-y0)) / ((T-b)/(yT-y0))",
        "SDSN, 2018 Global Index Methodology, 1.5.3",
        path="straight",
    ),
    Method(
        "destatis",
        straight.DESTATIS,
        _without_tolerance(straight.destatis),
        "a = (v-v[-5])/5; d(T-v-a(yT-y)) / |T-v|",
        "Destatis, dns-indikatoren.de/en/status",
        path="straight",
        window="five_years",
    ),
    Method(
        "unsd",
        compound.UNSD,
        _without_tolerance(compound.unsd),
        "Q = (v(v/b)^((yT-y)/(y-y0)) - b) / (T-b)",
        "UN DESA, Progress Chart Technical Note 2023, as given by Eustat",
        path="compound",
    ),
    Method(
        "escap",
        straight.ESCAP,
        _without_tolerance(straight.escap),
        "d(T-L(yT)) / |T-b|, L = weighted line of least squares",
        "UN ESCAP and UNECE, progress assessment technical notes",
        path="straight",
        window="all_points",
    ),
    Method(
        "acceleration",
        straight.ACCELERATION,
        _without_tolerance(straight.acceleration),
        "AF = ((T-v)/(yT-y)) / h, h = slope of the last 5 years",
        "State of Climate Action, Systems Change Lab",
        path="straight",
        window="five_years",
    ),
    Method(
        "log-reduction",
        _STATUSES,
        schedule.log_reduction,
        "ln(v/b)/ln(T/b) - (y-y0)/(yT-y0)",
        "青海省统计局, 关于节能目标完成情况的计算方法, 2009-09-17",
        path="compound",
    ),
)

METHODS = {method.code: method for method in _METHODS}
SCHEDULE = METHODS["schedule"]
LOG_REDUCTION = METHODS["log-reduction"]  # on a geometric path whatever the indicator's is
ALL_METHODS = "all"  # what a user writes to see them side by side
