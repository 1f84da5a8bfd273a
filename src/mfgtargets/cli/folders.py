"""Notes written into a folder: one a department."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from mfgtargets.cli import streams
from mfgtargets.evaluation.check import Checked, check_document
from mfgtargets.evaluation.tasks import tasks_of
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.render.note import Wish, notes
from mfgtargets.wording.words import Lang, say

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^\.')  # in the name of a file, on some system


def is_folder(name: str) -> bool:
    """Tell whether an output is a folder: one that is there, or a name that ends as one."""
    return name.endswith(("/", os.sep)) or Path(name).is_dir()


def put_by_department(checks: Sequence[Checked], folder: str, lang: Lang, wish: Wish) -> None:
    """Write for each department of the checks the note of what it answers for, under its name."""
    by_department: dict[str | None, list[Checked]] = {}
    for check in checks:
        unnamed = [result.indicator for result in check.results if not result.departments]
        asked = check.question._replace(as_of=check.as_of)
        for name in dict.fromkeys(task.department for task in tasks_of(check)):
            own = {"departments": [name]} if name else {"indicators": unnamed, "departments": ()}
            found = check_document(check.document, check.given, asked._replace(**own))
            by_department.setdefault(name, []).append(found)
    _make(folder)
    for name, own_checks in by_department.items():
        file = _UNFIT.sub("_", name or say("note-no-department", lang))
        text = notes(own_checks, lang, wish)
        streams.put_to(str(Path(folder) / f"{file}.md"), text)


def _make(folder: str) -> None:
    try:
        Path(folder).mkdir(exist_ok=True)
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise InputError([fault("unwritable-file", Place(folder), found=found)]) from None
