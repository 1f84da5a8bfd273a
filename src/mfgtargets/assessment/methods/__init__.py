"""The status methods: one table that the commands and the documents are made from."""

from collections.abc import Callable
from typing import NamedTuple

from mfgtargets.assessment.methods import compound, schedule, straight
from mfgtargets.assessment.methods.verdict import CANNOT, Verdict
from mfgtargets.series.arrays import Series


class Method(NamedTuple):
    """A way of judging: its code, its words in order, how it judges, and where it comes from.

    ``cannot`` is its word for what it cannot judge; ``judge`` takes the series and the tolerance
    in percentage points; ``is_own_path`` tells that the indicator's own path is compared, and
    ``is_geometric`` that a geometric one without milestones is.
    """

    code: str
    words: tuple[str, ...]
    judge: Callable[[Series, float], Verdict]
    formula: str
    source: str
    cannot: str = "not_assessable"
    is_own_path: bool = False
    is_geometric: bool = False

    def word(self, status: int) -> str:
        """Return the method's word for a status."""
        return self.cannot if status == CANNOT else self.words[status]


def _without_tolerance(judge: Callable[[Series], Verdict]) -> Callable[[Series, float], Verdict]:
    return lambda series, _: judge(series)


_STATUSES = tuple(status.code for status in schedule.Status)
_METHODS = (
    Method(
        "schedule",
        _STATUSES,
        schedule.schedule,
        "(v-b)/(T-b) - (P-b)/(T-b); ln(v/b)/ln(T/b) - ln(P/b)/ln(T/b)",
        "docs/methods.md",
        is_own_path=True,
    ),
    Method(
        "open-sdg",
        compound.OPEN_SDG,
        _without_tolerance(compound.open_sdg),
        "R = d((v/b)^(1/(y-y0))-1) / |(T/b)^(1/(yT-y0))-1|; c = d((v/b)^(1/(y-y0))-1)",
        "Statistics Canada; Open SDG 2.4, sdg-build ProgressMeasure; open-sdg.readthedocs.io",
        cannot="not_available",
    ),
    Method(
        "eurostat",
        compound.EUROSTAT,
        _without_tolerance(compound.eurostat),
        "R = d((v/b)^(1/(y-y0))-1) / |(T/b)^(1/(yT-y0))-1|; c = d((v/b)^(1/(y-y0))-1)",
        "Eurostat, EU SDG assessment approach, 3 June 2026, as coded by Eustat",
    ),
    Method(
        "sdsn",
        straight.SDSN,
        _without_tolerance(straight.sdsn),
        "q = ((v-b)/(y-y0)) / ((T-b)/(yT-y0))",
        "SDSN, 2018 Global Index Methodology, 1.5.3",
    ),
    Method(
        "destatis",
        straight.DESTATIS,
        _without_tolerance(straight.destatis),
        "a = (v-v[-5])/5; d(T-v-a(yT-y)) / |T-v|",
        "Destatis, dns-indikatoren.de/en/status",
    ),
    Method(
        "unsd",
        compound.UNSD,
        _without_tolerance(compound.unsd),
        "Q = (v(v/b)^((yT-y)/(y-y0)) - b) / (T-b)",
        "UN DESA, Progress Chart Technical Note 2023, as given by Eustat",
    ),
    Method(
        "escap",
        straight.ESCAP,
        _without_tolerance(straight.escap),
        "d(T-L(yT)) / |T-b|, L = weighted line of least squares",
        "UN ESCAP and UNECE, progress assessment technical notes",
    ),
    Method(
        "acceleration",
        straight.ACCELERATION,
        _without_tolerance(straight.acceleration),
        "AF = ((T-v)/(yT-y)) / h, h = slope of the last 5 years",
        "State of Climate Action, Systems Change Lab",
    ),
    Method(
        "log-reduction",
        _STATUSES,
        schedule.log_reduction,
        "ln(v/b)/ln(T/b) - (y-y0)/(yT-y0)",
        "青海省统计局, 关于节能目标完成情况的计算方法, 2009-09-17",
        is_own_path=True,
        is_geometric=True,
    ),
)

METHODS = {method.code: method for method in _METHODS}
SCHEDULE = METHODS["schedule"]
