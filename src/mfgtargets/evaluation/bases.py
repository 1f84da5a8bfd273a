"""What results rest on: the figures published, and what is made of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mfgtargets.document.records import Document, Target
from mfgtargets.document.revisions import Revision, revision_of
from mfgtargets.evaluation.columns import broken_years, covered
from mfgtargets.notation.period import Period
from mfgtargets.observations.observation import Observation
from mfgtargets.series.arrays import Flags, Scale
from mfgtargets.series.layout import Layout
from mfgtargets.series.promised import period_start
from mfgtargets.series.reasons import Reason


class Basis(NamedTuple):
    """What a result rests on: its target, the observation shown, and all behind the value judged.

    ``judged`` is that value on the scale of the arithmetic, and ``covers`` the time it stands for;
    None where none was judged. ``beside`` is a newer part of a year that does not decide. Of a value
    to be kept, ``broken`` are the years that fell short, ``unknown`` those nobody knows of.
    ``revision`` is its target's, where that replaced another. ``time_gone`` is the share of the
    target's time that is over, where nothing says from where.
    """

    target: Target
    shown: Observation | None
    rests_on: tuple[Observation, ...]
    judged: float | None
    covers: Period | None
    scale: Scale
    beside: Observation | None
    broken: tuple[int, ...]
    unknown: tuple[int, ...]
    time_gone: float | None
    revision: Revision | None

    @property
    def as_published(self) -> bool:
        """Whether the latest value is the figure that was published, and not made of it."""
        if self.judged is None or self.shown is None:
            return True
        if self.scale == Scale.LEVEL:
            return self.judged == self.shown.value
        whole = self.is_since_base or self.covers == self.shown.period
        return whole and len(self.rests_on) == 1 and not self.of_levels

    @property
    def is_since_base(self) -> bool:
        """Whether the figure published is itself all that came about since the base year."""
        return self.shown is not None and self.shown.measure == "change_since_base"

    @property
    def of_levels(self) -> bool:
        """Whether a change was worked out of levels."""
        return self.shown is not None and self.shown.measure == "level"

    @property
    def is_alone(self) -> bool:
        """Whether the observation shown is one change or addition that leads to no value."""
        shown = self.shown
        if shown is None or self.judged is not None or self.target.is_rate:
            return False
        return shown.measure in {"yearly_change", "added"}

    @property
    def own_year(self) -> float | None:
        """The whole year's own value that a yearly aim without a beginning is held against."""
        shown, yearly = self.shown, self.target.kind == "annual_flow"
        if not yearly or self.judged is not None or shown is None or shown.measure != "added":
            return None
        return shown.value if shown.period.is_year and not shown.bound else None


def bases_of(
    document: Document,
    targets: Sequence[Target],
    layout: Layout,
    observations: Sequence[Observation],
) -> tuple[Basis, ...]:
    """Return what each result rests on."""
    source = layout.measured.source
    points = layout.points

    def at(place: int) -> Observation | None:
        return observations[int(source[place])] if place >= 0 else None

    first, last = covered(layout)
    broken, now = broken_years(layout), layout.series.year
    bases = []
    places = (layout.point, layout.shown, layout.beside)
    rows = zip(targets, *(place.tolist() for place in places), strict=True)
    for n, (target, point, shown, beside) in enumerate(rows):
        seen = at(shown)
        behind = [seen]
        if not np.isnan(layout.kept.mean[n]):
            behind = [at(place) for place in _averaged(layout, n)]
        elif point >= 0:
            behind = [at(place) for place in points.rests_on(point)]
        rests_on = tuple(one for one in behind if one is not None)
        bases.append(
            Basis(
                target=target,
                shown=seen,
                rests_on=rests_on,
                judged=float(layout.series.value[n]) if point >= 0 else None,
                covers=Period(int(first[n]), int(last[n])) if point >= 0 else None,
                scale=Scale(int(layout.series.scale[n])),
                beside=at(beside),
                time_gone=_time_gone(document, target, layout, n),
                revision=revision_of(document, target),
                broken=_years(layout, n, broken[n]),
                unknown=_years(
                    layout, n, layout.kept.unknown[n] & (layout.kept.years[n] <= now[n])
                ),
            )
        )
    return tuple(bases)


def _averaged(layout: Layout, n: int) -> list[int]:
    """Return the observations whose mean is judged."""
    o, years = layout.measured, layout.kept.years[n]
    inside = (o.first_year >= years[0]) & (o.year <= layout.series.year[n]) & o.is_whole
    return np.flatnonzero((o.series == n) & inside).tolist()


def _time_gone(document: Document, target: Target, layout: Layout, n: int) -> float | None:
    """Return the share of the time to a target that is over, where it has no baseline."""
    start = period_start(target, document)
    begin = document.entry.baseline_year if start is None else start - 1
    if layout.path.no_path[n] != Reason.NO_BASELINE or begin is None or target.time is None:
        return None
    gone = float(layout.series.year[n]) - begin
    return gone / (target.time - begin) if 0 < gone <= target.time - begin else None


def _years(layout: Layout, n: int, chosen: Flags) -> tuple[int, ...]:
    """Return some of the years of a value to be kept."""
    return tuple(int(year) for year in layout.kept.years[n][chosen])
