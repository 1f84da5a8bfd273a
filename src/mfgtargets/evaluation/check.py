"""The whole way in one call: document + observations -> series -> assessment -> report."""

from collections.abc import Sequence
from typing import NamedTuple

from mfgtargets.evaluation.assess import Assessment, assess
from mfgtargets.methods import ALL_METHODS, METHODS, SCHEDULE
from mfgtargets.evaluation.opinions import Said, said_by
from mfgtargets.methods.schedule import TOLERANCE
from mfgtargets.methods.verdict import Common
from mfgtargets.document.records import Document, Target
from mfgtargets.faults import InputError, fault, nearest
from mfgtargets.observations.match import folded_name, known_names
from mfgtargets.notation.period import LAST_YEAR
from mfgtargets.observations.vintages import known_by, newest_vintages, newest_year, published_later
from mfgtargets.evaluation.results import Actuals, Check, results
from mfgtargets.series.arrays import Series
from mfgtargets.series.build import APPROX, as_arrays, build_rows


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


def check_document(document: Document, actuals: Actuals, question: Question) -> Check:
    """Judge the targets of a document by a method, or by the schedule beside all others.

    Raises ``InputError`` when the question names what the document does not have.
    """
    year = question.as_of or newest_year(actuals.used) or _last_year(document)
    known, revised = newest_vintages(known_by(actuals.used, year))
    measured = {observation.indicator for observation in known}
    targets = _asked(document, question, measured, year)
    if not targets:
        raise InputError([fault("nothing-asked")])
    rows = build_rows(
        document, targets, known, year, approx=question.approx, proxies=question.proxies
    )
    arrays = as_arrays(rows)
    method = METHODS.get(question.method, SCHEDULE)
    assessment = assess(arrays, method, question.tolerance, question.trend)
    return Check(
        document=document,
        as_of=year,
        method=question.method,
        verdicts=_verdicts(arrays, question, assessment),
        common=tuple(Common(int(place)).code for place in assessment.verdict.common),
        tolerance=question.tolerance,
        approx=question.approx,
        actuals=Actuals(actuals.sources, tuple(known), actuals.left_out),
        revised=tuple(revised),
        later=tuple(published_later(actuals.used, year)),
        rows=tuple(rows),
        results=results(rows, method, assessment, document.entry.region),
        whole_document=not (question.indicators or question.groups),
        widths=tuple(map(float, assessment.tolerance)),
    )


def _verdicts(
    arrays: Series, question: Question, assessment: Assessment
) -> tuple[tuple[Said, ...], ...]:
    """Return for each row what each method asked for says, beyond the schedule alone."""
    if question.method == SCHEDULE.code:
        return tuple(() for _ in arrays.value)
    if question.method != ALL_METHODS:
        return tuple(
            (one,) for one in said_by(METHODS[question.method], assessment.verdict, arrays)
        )
    found = [assess(arrays, method, question.tolerance).verdict for method in METHODS.values()]
    by_method = [said_by(*pair, arrays) for pair in zip(METHODS.values(), found, strict=True)]
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
    """Return the targets to judge, in document order (SPEC §6, rows)."""
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
    targets: Sequence[Target], target_year: int | str | None, as_of: int, *, last: bool = False
) -> list[Target]:
    """Keep, of each indicator and kind, the target for the year asked for.

    None means the first not before ``as_of``, or with ``last`` the last. Raises ``InputError`` when
    there is none for the year.
    """
    if last and target_year is None:
        return [max(targets, key=lambda target: target.year or 0)]
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
