"""Who answers for what: each department with every result that it leads or joins."""

from typing import NamedTuple

from mfgtargets.defaults import ALL
from mfgtargets.evaluation.asked import targets_of_year
from mfgtargets.evaluation.bases import Basis
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Result
from mfgtargets.faults import InputError, fault
from mfgtargets.notation.cells import plain_text
from mfgtargets.observations.listed import listed


class Task(NamedTuple):
    """One result a department answers for; ``department`` is None where the text names none."""

    department: str | None
    leads: bool
    common: str | None
    result: Result
    basis: Basis


def read_departments(raw: bytes, name: str) -> dict[str, str]:
    """Read a table of departments: ``name`` as it is written, ``department`` as it is called.

    Raises ``InputError`` for a name of two departments.
    """
    found: dict[str, str] = {}
    faults = []
    for place, cells in listed(raw, name, ["name", "department"], ()):
        spelling, called = plain_text(cells["name"]), plain_text(cells["department"])
        if not spelling or not called or found.setdefault(spelling, called) != called:
            other = found.get(spelling, "-")
            faults.append(fault("department-twice", place, found=spelling or "-", other=other))
    if faults:
        raise InputError(faults)
    return found


def tasks_of(check: Checked, target_year: int | str | None = ALL) -> tuple[Task, ...]:
    """Return the tasks by department in the order of the document, what each leads first.

    Where the check asks for departments, theirs alone. Of a check of all target years each
    department has what it answers for by ``target_year``: None is its next, ``all`` every one.
    """
    asked, called = check.question.departments_called, check.question.called
    tasks: dict[str | None, list[Task]] = {}
    for result, basis, common in zip(check.results, check.bases, check.common, strict=True):
        names: list[str | None] = [*map(called, result.departments)]
        names = names or [None]
        for name in dict.fromkeys(names):
            if not asked or name in asked:
                one = Task(name, name == names[0], common, result, basis)
                tasks.setdefault(name, []).append(one)
    unnamed = tasks.pop(None, [])
    found = []
    for own in [*tasks.values(), unnamed]:
        due = targets_of_year([task.basis.target for task in own], target_year, check.as_of)
        kept = {target.id for target in due}
        found += sorted((t for t in own if t.basis.target.id in kept), key=lambda t: not t.leads)
    return tuple(found)
