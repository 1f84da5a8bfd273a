"""The whole way in one call: document + observations -> series -> assessment -> report."""

from collections.abc import Sequence
from dataclasses import dataclass

from mfgtargets.assessment.schedule import TOLERANCE, assess
from mfgtargets.document.records import Document, Target
from mfgtargets.faults import InputError, fault, nearest
from mfgtargets.observations.vintages import known_by, newest_vintages, newest_year
from mfgtargets.report.results import Actuals, Check, results
from mfgtargets.series.build import APPROX, as_arrays, build_rows


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of a document.

    ``as_of`` None means the newest year of the actuals; ``target_year`` None the first target year
    not before it, or a year, or ``all``. ``tolerance`` is in percentage points of the plan's
    distance, ``approx`` in percent. Empty ``indicators`` and ``groups`` mean all.
    """

    as_of: int | None = None
    target_year: int | str | None = None
    indicators: Sequence[str] = ()
    groups: Sequence[str] = ()
    tolerance: float = TOLERANCE
    approx: float = APPROX
    proxies: bool = False


def check_document(document: Document, actuals: Actuals, question: Question) -> Check:
    """Judge the targets of a document by the ``schedule`` method.

    Raises ``InputError`` when the question names what the document does not have.
    """
    year = question.as_of or newest_year(actuals.used) or document.entry.period.end
    known, revised = newest_vintages(known_by(actuals.used, year))
    measured = {observation.indicator for observation in known}
    targets = _asked(document, question, measured, year)
    rows = build_rows(document, targets, known, year, proxies=question.proxies)
    assessment = assess(as_arrays(rows, question.approx), question.tolerance)
    return Check(
        document=document,
        as_of=year,
        method="schedule",
        tolerance=question.tolerance,
        approx=question.approx,
        actuals=Actuals(actuals.sources, tuple(known), actuals.left_out),
        revised=tuple(revised),
        rows=tuple(rows),
        results=results(rows, assessment, document.entry.region),
    )


def find_indicator(document: Document, name: str) -> str:
    """Return the id of the indicator with that id or name; raise ``InputError`` without one."""
    wanted = "".join(name.split()).casefold()
    for target in document.targets:
        for known in (target.indicator, target.name_zh, target.name_en):
            if "".join(known.split()).casefold() == wanted:
                return target.indicator
    names = [n for t in document.targets for n in (t.indicator, t.name_zh, t.name_en)]
    near = ", ".join(nearest(name, dict.fromkeys(names)))
    raise InputError([fault("no-such-indicator", found=name, near=near)])


def _asked(document: Document, question: Question, measured: set[str], as_of: int) -> list[Target]:
    """Return the targets to judge, in document order (SPEC §6, rows)."""
    targets = [target for target in document.targets if target.restates is None]
    if question.indicators:
        wanted = {find_indicator(document, name) for name in question.indicators}
        targets = [target for target in targets if target.indicator in wanted]
    elif not question.groups:
        table = document.entry.main_table
        targets = [
            target
            for target in targets
            if table is None or target.section == table or target.indicator in measured
        ]
    if question.groups:
        groups = {target.group for target in document.targets if target.group}
        for group in question.groups:
            if group not in groups:
                near = ", ".join(nearest(group, groups) or sorted(groups))
                raise InputError([fault("no-such-group", found=group, near=near)])
        targets = [target for target in targets if target.group in question.groups]
    return _of_year(targets, question.target_year, as_of)


def _of_year(targets: Sequence[Target], target_year: int | str | None, as_of: int) -> list[Target]:
    """Keep, of each indicator and kind, the target for the year asked for."""
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
