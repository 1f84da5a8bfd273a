"""``tasks``: the list of each department, what it leads before what it joins."""

from itertools import groupby
from typing import Any

from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.tasks import Task
from mfgtargets.render.fitting import fitted
from mfgtargets.render.gaptable import gap_figure, latest_and_target, legend_lines, marked_status
from mfgtargets.render.sources import actuals_fields, actuals_line, baseline_line
from mfgtargets.render.table import Cell, Line, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import NOTHING, change_figure, with_unit
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.names import name_of, title_of_check
from mfgtargets.wording.words import Lang, counted, joined, say, term

_COLUMNS = tuple("indicator role status latest target gap required wording".split())
_SHOWN = (
    "target_id indicator name_zh name_en region target_year target_value unit latest_period "
    "latest_value status reason lead gap gap_to_target required_change flags obligation"
).split()


def tasks_fields(check: Checked, found: tuple[Task, ...]) -> dict[str, Any]:
    """Return what ``tasks --format json`` prints."""
    return {
        "document": check.document.id,
        "regions": check.regions,
        "as_of": check.as_of,
        "method": check.method,
        "actuals": actuals_fields(check.actuals),
        "results": [
            {"department": one.department, "role": _role(one)}
            | {name: getattr(one.result, name) for name in _SHOWN}
            | {"quote": one.basis.target.quote, "section": one.basis.target.section}
            for one in found
        ],
    }


def tasks_table(
    check: Checked, found: tuple[Task, ...], lang: Lang, width: int | None = None
) -> Table:
    """Return the tasks of each department under its name, with the counts of what it answers for."""
    lines = []
    for department, members in groupby(found, key=lambda one: one.department):
        own = list(members)
        lines.append(Line(heading=_heading(department, own, lang)))
        lines += [_line(one, lang) for one in own]
    whole = Table(
        before=[say("tasks-title", lang, name=title_of_check(check, lang), as_of=check.as_of)],
        columns=columns_of(_COLUMNS, "indicator role status wording", lang),
        lines=lines,
        after=[
            actuals_line(check.actuals, lang),
            *baseline_line(check, lang),
            *legend_lines(check, lang, {"marks"}),
        ],
        order="indicator status role latest target gap required wording".split(),
        firm=4,
        name=check.document.id,
    )
    return fitted(whole, lang, width)


def _heading(department: str | None, tasks: list[Task], lang: Lang) -> str:
    name = department or say("note-no-department", lang)
    counts: dict[str, int] = {}
    for one in tasks:
        counts[one.result.status] = counts.get(one.result.status, 0) + 1
    told = (
        say("status-count", lang, status=status_word(status, lang), count=count)
        for status, count in counts.items()
    )
    total = counted(len(tasks), "target", lang)
    return say("tasks-of", lang, name=name, total=total, counts=joined("counts", told, lang))


def _line(one: Task, lang: Lang) -> Line:
    result, target = one.result, one.basis.target
    latest, aim, places = latest_and_target(result, one.basis, lang)
    return line_of(
        Cell(with_unit(name_of(result, lang), result.unit, lang), result.target_id),
        term(words.FACTS, _role(one), lang),
        marked_status(result, one.common, lang),
        Cell(latest, result.latest_value),
        Cell(f"{aim} ({result.target_year or NOTHING})", result.target_value),
        Cell(gap_figure(result, lang, places), result.gap),
        change_figure(result.required_change, result, places, lang),
        f"{target.quote} [{target.section}]",
    )


def _role(one: Task) -> str:
    return "leads" if one.leads else "joins"
