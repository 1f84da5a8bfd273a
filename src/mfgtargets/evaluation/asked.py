"""What is asked of a document, and which of its targets answer."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from mfgtargets.defaults import ALL as ALL_YEARS
from mfgtargets.defaults import APPROX, FIRST_YEAR, LAST_YEAR, TOLERANCE
from mfgtargets.document.records import Document, Target
from mfgtargets.document.revisions import in_force
from mfgtargets.evaluation.regions import RegionalTarget
from mfgtargets.faults import InputError, fault, nearest
from mfgtargets.methods import SCHEDULE
from mfgtargets.notation.cells import plain_text
from mfgtargets.observations.names import folded_name, known_names
from mfgtargets.observations.observation import Observation


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
    regions: tuple[str, ...] = ()  # empty: the document's own
    regional_targets: tuple[RegionalTarget, ...] = ()
    region_rule: str | None = None
    spellings: Mapping[str, str] = MappingProxyType({})  # of departments, and what each is called

    def called(self, department: str) -> str:
        """Return what a department is called that is written so."""
        return self.spellings.get(plain_text(department), department)

    @property
    def departments_called(self) -> set[str]:
        """What the departments asked for are called."""
        return {self.called(name) for name in self.departments}

    baseline_year: int | None = None  # the user's, for targets without a stated baseline

    @property
    def whole_document(self) -> bool:
        """Whether nothing narrower than the document is asked for."""
        return not (self.indicators or self.groups or self.departments)


def check_question(question: Question) -> None:
    """Raise ``InputError`` for numbers of a question that mean nothing."""
    rules = (
        ("as_of", question.as_of, FIRST_YEAR, LAST_YEAR),
        ("trend", question.trend, 1, LAST_YEAR),
        ("baseline_year", question.baseline_year, FIRST_YEAR, LAST_YEAR),
        ("tolerance", question.tolerance, 0, 100),
        ("approx", question.approx, 0, 100),
    )
    faults = [
        fault("bad-option", option=name, found=value, expected=f"{least}-{most}")
        for name, value, least, most in rules
        if value is not None and not least <= value <= most
    ]
    if faults:
        raise InputError(faults)


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
    document: Document, targets: Sequence[Target], question: Question
) -> list[Target]:
    """Keep the targets that one of the departments leads or joins; all, where none is named.

    Raises ``InputError`` for a department that the document does not name.
    """
    known = dict.fromkeys(name for target in document.targets for name in target.departments)
    for name in question.departments:
        if question.called(name) not in map(question.called, known):
            near = ", ".join(nearest(name, known))
            raise InputError([fault("no-such-department", found=name, near=near)])
    wanted = question.departments_called
    return [t for t in targets if not wanted or wanted & set(map(question.called, t.departments))]


def asked_targets(
    document: Document, question: Question, measured: set[str], as_of: int
) -> list[Target]:
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
    targets = of_departments(document, targets, question)
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
