"""Judge the targets of a document: document + observations -> series -> methods -> results."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from mfgtargets.defaults import ALL as ALL_YEARS
from mfgtargets.defaults import LAST_YEAR
from mfgtargets.document.records import Document, Target
from mfgtargets.document.revisions import Revision, revised_soon, revision_of
from mfgtargets.evaluation.asked import Question, asked_targets, check_baseline_year, check_question
from mfgtargets.evaluation.assess import Assessment, assess
from mfgtargets.evaluation.bases import Basis, bases_of
from mfgtargets.evaluation.columns import Found, columns_of
from mfgtargets.evaluation.opinions import Opinion, opinions
from mfgtargets.evaluation.regions import Rows, promised_to, regions_of, rows_of
from mfgtargets.evaluation.results import Result, results_of
from mfgtargets.faults import InputError, fault
from mfgtargets.methods import ALL_METHODS, METHODS, SCHEDULE, method_of
from mfgtargets.methods.verdict import Common
from mfgtargets.observations.actuals import Actuals
from mfgtargets.observations.observation import Observation
from mfgtargets.observations.observed import Observed
from mfgtargets.observations.vintages import known_by, newest_vintages, newest_year, published_later
from mfgtargets.series.arrays import Column, Series
from mfgtargets.series.layout import Layout, lay_out
from mfgtargets.series.measured import Measured, measured_for, together


class Replaced(NamedTuple):
    """A target's revision, and the on-track value of the one it replaced."""

    revision: Revision
    on_track_value: float | None


@dataclass(frozen=True)
class Checked:
    """A whole check: the document, what it was judged with, and the results in order.

    ``columns`` are the results by columns, ``rows``, ``layout`` and ``assessment`` the arrays they
    were made from; a record a result is made where one is asked for.
    """

    document: Document
    as_of: int
    question: Question
    given: Actuals
    actuals: Actuals  # of those given, what was known by then
    rows: Rows
    columns: Mapping[str, Column]
    layout: Layout
    assessment: Assessment
    replaced: tuple[Replaced, ...]
    revised: tuple[tuple[Observation, Observation], ...]
    later: Sequence[Observation]  # published too late to be used

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """The record of each result."""
        return results_of(self.columns)

    @cached_property
    def bases(self) -> tuple[Basis, ...]:
        """What each result rests on."""
        return bases_of(self.document, self.rows.targets, self.layout, self.actuals.used)

    @cached_property
    def verdicts(self) -> tuple[tuple[Opinion, ...], ...]:
        """What each method asked for says of each result, beyond the schedule alone."""
        return _verdicts(self.layout.series, self.question, self.assessment)

    @cached_property
    def common(self) -> tuple[str | None, ...]:
        """Where each result stands on the common scale."""
        return tuple(Common(place).code for place in self.assessment.verdict.common.tolist())

    @property
    def method(self) -> str:
        """The code of the method asked for, or ``all``."""
        return self.question.method

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions judged; the results are region by region, each with the same targets."""
        return regions_of(self.document.entry.region, self.question.regions)

    @property
    def unlisted(self) -> int:
        """How many indicators of the document the check does not list."""
        return len(self.document.indicators) - len({r.indicator for r in self.results})

    @property
    def revised_soon(self) -> list[Revision]:
        """The revisions of its targets that were set in the year after."""
        targets = {basis.target.id: basis.target for basis in self.bases}
        return revised_soon(self.document, list(targets.values()), self.as_of)

    @property
    def keeping_baselines(self) -> list[Result]:
        """The results whose targets state their own baseline, though the user named a year."""
        if self.question.baseline_year is None:
            return []
        stated = (not basis.target.lacks_baseline for basis in self.bases)
        return [result for result, own in zip(self.results, stated, strict=True) if own]

    @property
    def summary(self) -> dict[str, int]:
        """Count the results by status, in the order of the method's words."""
        counts = Counter(self.columns["status"].listed())
        words = method_of(self.method).all_statuses
        return {word: counts[word] for word in words if counts[word]}


def check_document(document: Document, actuals: Actuals, question: Question) -> Checked:
    """Judge the targets of a document by a method, or by the schedule beside all others.

    Raises ``InputError`` when the question names what the document does not have.
    """
    check_question(question)
    year = question.as_of or newest_year(actuals.used) or _last_year(document)
    known, revised = newest_vintages(known_by(actuals.used, year))
    measured = {known.kinds[kind].indicator for kind in np.unique(known.kind)}
    targets = asked_targets(document, question, measured, year)
    if not targets:
        raise InputError([fault("nothing-asked")])
    rows = asked_rows(document, targets, question)
    # Of several regions each has its own reason where it has no actual of that year.
    if question.baseline_year is not None and rows.regions == (document.entry.region,):
        check_baseline_year(targets, known, question.baseline_year)
    layout = laid_out(document, rows, known, year, question)
    method = method_of(question.method)
    assessment = assess(layout.series, method, question.tolerance, question.trend)
    found = Found(document, rows, known, layout, method, assessment)
    return Checked(
        document=document,
        as_of=year,
        question=question,
        given=actuals,
        actuals=actuals._replace(used=known),
        rows=rows,
        columns=columns_of(found),
        layout=layout,
        assessment=assessment,
        replaced=_replaced(document, targets, known, year, question),
        revised=tuple(revised),
        later=published_later(actuals.used, year),
    )


def as_it_stood(check: Checked, year: int) -> Checked:
    """Judge the same targets by the same actuals, as of another year."""
    asked = check.question
    question = asked._replace(
        as_of=year,
        target_year=asked.target_year or ALL_YEARS,
        indicators=[result.indicator for result in check.results],
    )
    return check_document(check.document, check.given, question)


def by_region(check: Checked) -> list[Checked]:
    """Return a check of each region by itself; the results are the same."""
    if len(check.regions) == 1:
        return [check]
    asked = check.question._replace(as_of=check.as_of)
    return [
        check_document(check.document, check.given, asked._replace(regions=(region,)))
        for region in check.regions
    ]


def _replaced(
    document: Document,
    targets: Sequence[Target],
    known: Observed,
    as_of: int,
    question: Question,
) -> tuple[Replaced, ...]:
    """Return what targets replaced, and what would be due by that."""
    found = [revision_of(document, target) for target in targets]
    revisions = [revision for revision in found if revision is not None]
    if not revisions or regions_of(document.entry.region, question.regions) != (
        document.entry.region,
    ):
        return ()  # what would be due of a part by a target that is no more says nobody
    olds = [revision.old for revision in revisions]
    layout = laid_out(document, own_rows(document, olds), known, as_of, question)
    due = assess(layout.series, method_of(question.method)).quantities["on_track_value"].value
    return tuple(
        Replaced(revision, None if np.isnan(value) else float(value))
        for revision, value in zip(revisions, due, strict=True)
    )


def asked_rows(document: Document, targets: Sequence[Target], question: Question) -> Rows:
    """Return the rows of the regions asked for."""
    own, table = document.entry.region, question.regional_targets
    return rows_of(own, targets, question.regions, table, question.region_rule)


def own_rows(document: Document, targets: Sequence[Target]) -> Rows:
    """Return the rows of the document's own region."""
    return rows_of(document.entry.region, targets, ())


def laid_out(
    document: Document,
    rows: Rows,
    known: Observed,
    as_of: int,
    question: Question,
) -> Layout:
    """Lay targets and the observations known side by side, as the question asks."""
    others = [t.relative_to.indicator if t.relative_to else "" for t in rows.variants[: rows.size]]
    return lay_out(
        promised_to(rows, document, question.baseline_year),
        _measured(rows, rows.indicators, known),
        np.full(len(rows.chosen), float(as_of)),
        approx=question.approx,
        proxies=question.proxies,
        others=_measured(rows, others, known) if any(others) else None,
    )


def _measured(rows: Rows, indicators: Sequence[str], known: Observed) -> Measured:
    """Return what is known of an indicator for each row, of the region that the row is of."""
    if not rows.by_place:
        return measured_for(rows.regions, indicators, known)
    places = rows.region.listed()
    return together(
        [
            measured_for(
                [place],
                [name if at == place else "" for name, at in zip(indicators, places, strict=True)],
                known,
            )
            for place in dict.fromkeys(places)
        ]
    )


def _verdicts(
    s: Series, question: Question, assessment: Assessment
) -> tuple[tuple[Opinion, ...], ...]:
    """Return for each row what each method asked for says, beyond the schedule alone."""
    if question.method == SCHEDULE.code:
        return tuple(() for _ in s.value)
    if question.method != ALL_METHODS:
        mine = opinions(METHODS[question.method], assessment.verdict, s)
        return tuple((one,) for one in mine)
    found = [assess(s, method, question.tolerance).verdict for method in METHODS.values()]
    by_method = [opinions(*pair, s) for pair in zip(METHODS.values(), found, strict=True)]
    return tuple(zip(*by_method, strict=True))


def _last_year(document: Document) -> int:
    """Return the document's last year: of its period, else of its targets."""
    years = [target.year for target in document.targets if target.year is not None]
    return document.entry.period.end or max(years, default=LAST_YEAR)
