"""Judge the targets of a document: document + observations -> series -> methods -> results."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mfgtargets.defaults import APPROX, LAST_YEAR, TOLERANCE
from mfgtargets.document.records import Document, Target
from mfgtargets.evaluation.assess import Assessment, assess
from mfgtargets.evaluation.opinions import Opinion, opinions
from mfgtargets.evaluation.results import Basis, Result, bases_of, results_of
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
    distance, ``approx`` in percent. Empty ``indicators`` and ``groups`` mean the main table and whatever else
    has an actual; ``every`` means all there are.
    """

    as_of: int | None = None
    target_year: int | str | None = None
    indicators: Sequence[str] = ()
    groups: Sequence[str] = ()
    tolerance: float = TOLERANCE
    approx: float = APPROX
    proxies: bool = False
    every: bool = False
    method: str = SCHEDULE.code
    trend: int | None = None

    @property
    def whole_document(self) -> bool:
        """Whether nothing narrower than the document is asked for."""
        return not (self.indicators or self.groups)


@dataclass(frozen=True)
class Checked:
    """A whole check: the document, what it was judged with, and the results in order.

    ``bases`` are what the results rest on, ``layout`` and ``assessment`` the arrays they were made
    from; ``verdicts`` hold for each result what each method asked for says of it.
    """

    document: Document
    as_of: int
    question: Question
    actuals: Actuals
    results: tuple[Result, ...]
    bases: tuple[Basis, ...]
    verdicts: tuple[tuple[Opinion, ...], ...]
    common: tuple[str | None, ...]  # where each result stands on the common scale
    layout: Layout
    assessment: Assessment
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
    layout = laid_out(document, targets, known, year, question)
    method = method_of(question.method)
    assessment = assess(layout.series, method, question.tolerance, question.trend)
    bases = bases_of(targets, layout, known)
    regions = [document.entry.region] * len(targets)
    return Checked(
        document=document,
        as_of=year,
        question=question,
        actuals=actuals._replace(used=tuple(known)),
        results=results_of(regions, bases, layout, method, assessment),
        bases=bases,
        verdicts=_verdicts(layout.series, question, assessment),
        common=tuple(Common(place).code for place in assessment.verdict.common.tolist()),
        layout=layout,
        assessment=assessment,
        revised=tuple(revised),
        later=tuple(published_later(actuals.used, year)),
    )


def laid_out(
    document: Document,
    targets: Sequence[Target],
    known: Sequence[Observation],
    as_of: int,
    question: Question,
) -> Layout:
    """Lay targets and the observations known side by side, as the question asks."""
    region = document.entry.region
    return lay_out(
        promised_by(document, targets),
        measured_for([(region, target.indicator) for target in targets], known),
        np.full(len(targets), float(as_of)),
        approx=question.approx,
        proxies=question.proxies,
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


def _asked(document: Document, question: Question, measured: set[str], as_of: int) -> list[Target]:
    """Return the targets to judge, in document order."""
    targets = [target for target in document.targets if target.restates is None]
    if question.indicators:
        wanted = {find_indicator(document, name) for name in question.indicators}
        targets = [target for target in targets if target.indicator in wanted]
    elif not question.groups and not question.every:
        table = document.entry.main_table
        targets = [
            target
            for target in targets
            if table is None or target.section == table or target.indicator in measured
        ]
    if question.groups:
        groups = {find_group(document, group) for group in question.groups}
        targets = [target for target in targets if target.group in groups]
    return targets_of_year(targets, question.target_year, as_of)


def targets_of_year(
    targets: Sequence[Target], target_year: int | str | None, as_of: int
) -> list[Target]:
    """Keep, of each indicator and kind, the target for the year asked for.

    None means the first not before ``as_of``, else the last. Raises ``InputError`` when there is
    none for the year.
    """
    if target_year == "all":
        return list(targets)
    if target_year is not None:
        chosen = [target for target in targets if target.year == target_year]
        if not chosen:
            years = sorted({target.year for target in targets if target.year is not None})
            expected = ", ".join(map(str, years))
            raise InputError([fault("no-such-target-year", found=target_year, expected=expected)])
        return chosen
    first: dict[tuple[str, str], Target] = {}
    for target in sorted(targets, key=lambda target: target.year or 0):
        key = (target.indicator, target.kind)
        if key not in first or (first[key].year or 0) < as_of:
            first[key] = target
    kept = {target.id for target in first.values()}
    return [target for target in targets if target.id in kept]
