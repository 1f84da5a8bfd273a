"""Judge the targets of a document: document + observations -> series -> methods -> results."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mfgtargets.defaults import ALL as ALL_YEARS
from mfgtargets.defaults import APPROX, LAST_YEAR, TOLERANCE
from mfgtargets.document.records import Document, Target
from mfgtargets.document.revisions import Revision, in_force, revised_soon, revision_of
from mfgtargets.evaluation.assess import Assessment, assess
from mfgtargets.evaluation.bases import Basis, bases_of
from mfgtargets.evaluation.opinions import Opinion, opinions
from mfgtargets.evaluation.results import Result, results_of
from mfgtargets.faults import InputError, fault, nearest
from mfgtargets.methods import ALL_METHODS, METHODS, SCHEDULE, method_of
from mfgtargets.methods.verdict import Common
from mfgtargets.observations.actuals import Actuals
from mfgtargets.observations.names import folded_name, known_names
from mfgtargets.observations.observation import Observation
from mfgtargets.observations.vintages import known_by, newest_vintages, newest_year, published_later
from mfgtargets.series.arrays import Series
from mfgtargets.series.layout import Layout, lay_out
from mfgtargets.series.measured import measured_for
from mfgtargets.series.promised import promised_by


class Question(NamedTuple):
    """What is asked of a document.

    ``as_of`` None means the newest year of the actuals; ``target_year`` None the first target year
    not before it, or a year, or ``all``. ``tolerance`` is in percentage points of the plan's
    distance, ``approx`` in percent. Empty ``indicators``, ``groups`` and ``departments`` (that lead or
    join) mean the main table and whatever else has an actual; ``every`` means all there are.
    """

    as_of: int | None = None
    target_year: int | str | None = None
    indicators: Sequence[str] = ()
    groups: Sequence[str] = ()
    departments: Sequence[str] = ()
    tolerance: float = TOLERANCE
    approx: float = APPROX
    proxies: bool = False
    every: bool = False
    method: str = SCHEDULE.code
    trend: int | None = None
    baseline_year: int | None = None  # the user's, for targets without a stated baseline

    @property
    def whole_document(self) -> bool:
        """Whether nothing narrower than the document is asked for."""
        return not (self.indicators or self.groups or self.departments)


class Replaced(NamedTuple):
    """A target's revision, and the on-track value of the one it replaced."""

    revision: Revision
    on_track_value: float | None


@dataclass(frozen=True)
class Checked:
    """A whole check: the document, what it was judged with, and the results in order.

    ``bases`` are what the results rest on, ``layout`` and ``assessment`` the arrays they were made
    from; ``verdicts`` hold for each result what each method asked for says of it.
    """

    document: Document
    as_of: int
    question: Question
    given: Actuals
    actuals: Actuals  # of those given, what was known by then
    results: tuple[Result, ...]
    bases: tuple[Basis, ...]
    verdicts: tuple[tuple[Opinion, ...], ...]
    common: tuple[str | None, ...]  # where each result stands on the common scale
    layout: Layout
    assessment: Assessment
    replaced: tuple[Replaced, ...]
    revised: tuple[tuple[Observation, Observation], ...]
    later: tuple[Observation, ...]  # published too late to be used

    @property
    def method(self) -> str:
        """The code of the method asked for, or ``all``."""
        return self.question.method

    @property
    def unlisted(self) -> int:
        """How many indicators of the document the check does not list."""
        return len(self.document.indicators) - len({r.indicator for r in self.results})

    @property
    def revised_soon(self) -> list[Revision]:
        """The revisions of its targets that were set in the year after."""
        return revised_soon(self.document, [basis.target for basis in self.bases], self.as_of)

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
        counts = Counter(result.status for result in self.results)
        words = method_of(self.method).all_statuses
        return {word: counts[word] for word in words if counts[word]}


def check_document(document: Document, actuals: Actuals, question: Question) -> Checked:
    """Judge the targets of a document by a method, or by the schedule beside all others.

    Raises ``InputError`` when the question names what the document does not have.
    """
    year = question.as_of or newest_year(actuals.used) or _last_year(document)
    known, revised = newest_vintages(known_by(actuals.used, year))
    measured = {observation.indicator for observation in known}
    targets = _asked(document, question, measured, year)
    if not targets:
        raise InputError([fault("nothing-asked")])
    if question.baseline_year is not None:
        check_baseline_year(targets, known, question.baseline_year)
    layout = laid_out(document, targets, known, year, question)
    method = method_of(question.method)
    assessment = assess(layout.series, method, question.tolerance, question.trend)
    bases = bases_of(document, targets, layout, known)
    regions = [target.region for target in targets]
    return Checked(
        document=document,
        as_of=year,
        question=question,
        given=actuals,
        actuals=actuals._replace(used=tuple(known)),
        results=results_of(regions, bases, layout, method, assessment),
        bases=bases,
        verdicts=_verdicts(layout.series, question, assessment),
        common=tuple(Common(place).code for place in assessment.verdict.common.tolist()),
        layout=layout,
        assessment=assessment,
        replaced=_replaced(document, targets, known, year, question),
        revised=tuple(revised),
        later=tuple(published_later(actuals.used, year)),
    )


def check_baseline_year(
    targets: Sequence[Target], known: Sequence[Observation], baseline_year: int
) -> None:
    """Raise ``InputError`` where a baseline year of the user's serves no target at all."""
    lacking = [target for target in targets if target.lacks_baseline]
    if not lacking:
        raise InputError([fault("baselines-stated", found=baseline_year)])
    years = [target.year for target in lacking if target.year is not None]
    if years and baseline_year >= max(years):
        raise InputError(
            [fault("baseline-year-late", found=baseline_year, expected=f"<{max(years)}")]
        )
    names = {target.indicator for target in lacking if target.needs_level}
    exact = (o for o in known if o.period.is_year and not o.bound and o.measure == "level")
    if names and names.isdisjoint(o.indicator for o in exact if o.period.year == baseline_year):
        raise InputError([fault("baseline-year-without-actual", found=baseline_year)])


def as_it_stood(check: Checked, year: int) -> Checked:
    """Judge the same targets by the same actuals, as of another year."""
    asked = check.question
    question = asked._replace(
        as_of=year,
        target_year=asked.target_year or ALL_YEARS,
        indicators=[result.indicator for result in check.results],
    )
    return check_document(check.document, check.given, question)


def _replaced(
    document: Document,
    targets: Sequence[Target],
    known: Sequence[Observation],
    as_of: int,
    question: Question,
) -> tuple[Replaced, ...]:
    """Return what targets replaced, and what would be due by that."""
    found = [revision_of(document, target) for target in targets]
    revisions = [revision for revision in found if revision is not None]
    if not revisions:
        return ()
    olds = [revision.old for revision in revisions]
    layout = laid_out(document, olds, known, as_of, question)
    due = assess(layout.series, method_of(question.method)).quantities["on_track_value"].value
    return tuple(
        Replaced(revision, None if np.isnan(value) else float(value))
        for revision, value in zip(revisions, due, strict=True)
    )


def laid_out(
    document: Document,
    targets: Sequence[Target],
    known: Sequence[Observation],
    as_of: int,
    question: Question,
) -> Layout:
    """Lay targets and the observations known side by side, as the question asks."""
    regions = {target.indicator: target.region for target in document.targets}
    others = [target.relative_to.indicator if target.relative_to else "" for target in targets]
    keys = [(regions.get(name, ""), name) for name in others]
    return lay_out(
        promised_by(document, targets, question.baseline_year),
        measured_for([(target.region, target.indicator) for target in targets], known),
        np.full(len(targets), float(as_of)),
        approx=question.approx,
        proxies=question.proxies,
        others=measured_for(keys, known) if any(others) else None,
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


def find_indicator(document: Document, name: str) -> str:
    """Return the id of the indicator with that id or name; raise ``InputError`` without one."""
    found = known_names(document).get(folded_name(name))
    if found is not None:
        return found
    names = [n for t in document.targets for n in (t.indicator, t.name_zh, t.name_en)]
    near = ", ".join(nearest(name, dict.fromkeys(names)))
    raise InputError([fault("no-such-indicator", found=name, near=near)])


def find_group(document: Document, name: str) -> str:
    """Return the group of that Chinese or English name; raise ``InputError`` without one."""
    groups = document.entry.groups
    for zh, en in groups.items():
        if name in {zh, en}:
            return zh
    near = ", ".join(nearest(name, [*groups, *groups.values()]) or groups)
    raise InputError([fault("no-such-group", found=name, near=near)])


def of_departments(
    document: Document, targets: Sequence[Target], names: Sequence[str]
) -> list[Target]:
    """Keep the targets that one of the departments leads or joins; all, where none is named.

    Raises ``InputError`` for a department that the document does not name.
    """
    known = dict.fromkeys(name for target in document.targets for name in target.departments)
    for name in names:
        if name not in known:
            near = ", ".join(nearest(name, known))
            raise InputError([fault("no-such-department", found=name, near=near)])
    return [t for t in targets if not names or set(names) & set(t.departments)]


def _asked(document: Document, question: Question, measured: set[str], as_of: int) -> list[Target]:
    """Return the targets to judge, in document order."""
    targets = [target for target in document.targets if target.restates is None]
    if question.indicators:
        wanted = {find_indicator(document, name) for name in question.indicators}
        targets = [target for target in targets if target.indicator in wanted]
    elif question.whole_document and not question.every:
        table = document.entry.main_table
        targets = [
            target
            for target in targets
            if table is None or target.section == table or target.indicator in measured
        ]
    if question.groups:
        groups = {find_group(document, group) for group in question.groups}
        targets = [target for target in targets if target.group in groups]
    targets = of_departments(document, targets, question.departments)
    return targets_of_year(targets, question.target_year, as_of)


def targets_of_year(
    targets: Sequence[Target], target_year: int | str | None, as_of: int
) -> list[Target]:
    """Keep, of each indicator, kind and region, the target for the year asked for.

    None means the first not before ``as_of``, else the last; of revised ones that in force by its
    end counts. Raises ``InputError`` when there is
    none for the year.
    """
    if target_year == ALL_YEARS:
        return list(targets)
    targets = in_force(targets, f"{as_of}-12-31")
    if target_year is not None:
        chosen = [target for target in targets if target.year == target_year]
        if not chosen:
            years = sorted({target.year for target in targets if target.year is not None})
            expected = ", ".join(map(str, years))
            raise InputError([fault("no-such-target-year", found=target_year, expected=expected)])
        return chosen
    first: dict[tuple[str, str, str], Target] = {}
    for target in sorted(targets, key=lambda target: target.year or 0):
        key = (target.indicator, target.kind, target.region)
        if key not in first or (first[key].year or 0) < as_of:
            first[key] = target
    kept = {target.id for target in first.values()}
    return [target for target in targets if target.id in kept]
