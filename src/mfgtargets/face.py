"""The program from Python: each command as a call, without a print or an exit."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mfgtargets.calctable import Answers, calc
from mfgtargets.checking import Check, Lang, actuals_of, check, regions_in
from mfgtargets.defaults import ALL
from mfgtargets.document.records import Document
from mfgtargets.evaluation import closing
from mfgtargets.evaluation import track as tracking
from mfgtargets.evaluation.asked import Question
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.closing import Evaluation
from mfgtargets.evaluation.ranking import Ranking, ranking_of
from mfgtargets.evaluation.tasks import Task, tasks_of
from mfgtargets.evaluation.track import Track
from mfgtargets.evaluation.warning import Warned, warnings_of
from mfgtargets.loading import documents, load, read_actuals
from mfgtargets.manyregions import RegionChecks, check_regions
from mfgtargets.observations.actuals import Actuals

if TYPE_CHECKING:
    from mfgtargets.drafting.whole import Draft

__all__ = [
    "Actuals",
    "Answers",
    "Check",
    "Document",
    "Evaluation",
    "Ranking",
    "RegionChecks",
    "Task",
    "Track",
    "Warned",
    "calc",
    "check",
    "check_regions",
    "documents",
    "draft",
    "evaluate",
    "load",
    "note",
    "rank",
    "read_actuals",
    "report",
    "tasks",
    "track",
    "warn",
]


def track(
    doc: str | Path | Document,
    indicator: str,
    actuals: Any = None,
    *,
    as_of: int | None = None,
    target_year: int | str | None = None,
    departments: Sequence[str] = (),
    regions: Sequence[str] = (),
    region_table: str | Path | None = None,
    growth: float | None = None,
    reach: int | None = None,
    proxies: bool = False,
    baseline_year: int | None = None,
) -> Track:
    """Follow one indicator of one region year by year: on-track value, actual, gap.

    ``growth`` supposes a change in percent a year (units on a linear path) from the latest value on;
    ``reach`` the change that reaches the target in that year.
    """
    document = load(doc)
    given = actuals_of(document, actuals, regions, region_table)
    wanted, there = regions_in(document, given, regions)
    question = Question(
        as_of=as_of,
        target_year=target_year,
        departments=departments,
        regions=wanted.chosen(there),
        proxies=proxies,
        baseline_year=baseline_year,
    )
    return tracking.track(document, given, indicator, question, growth, reach)


def note(
    doc: str | Path | Document | Checked | Sequence[Checked],
    actuals: Any = None,
    *,
    lang: Lang = "zh",
    brief: bool = False,
    by: Literal["status", "group", "department"] = "status",
    since: str | None = None,
    compare: int | None = None,
    **question: Any,
) -> str:
    """Write a status note in Markdown.

    ``doc`` is a document, checked against ``actuals`` as ``check`` does with the same arguments, or
    one or several checks. ``since`` is an earlier answer of ``check --format json``, ``compare`` an
    earlier year as of which the same targets are judged: what changed is told.
    """
    from mfgtargets.render.changes import changes_of, changes_since, read_earlier  # noqa: PLC0415 - what renders
    from mfgtargets.render.note import Wish, notes  # noqa: PLC0415 - is loaded where it is wanted

    checks = _checks(doc, actuals, question)
    changes = None
    if since is not None:
        changes = changes_of(checks, read_earlier(since, "since"), "since")
    elif compare is not None:
        changes = changes_since(checks, compare)
    return notes(checks, lang, Wish(brief, by), changes)


def report(
    doc: str | Path | Document | Checked | Sequence[Checked],
    actuals: Any = None,
    *,
    lang: Lang = "zh",
    **question: Any,
) -> str:
    """Make a page with charts, one HTML file that needs nothing else, opened in ``lang``.

    The arguments are those of ``note``.
    """
    from mfgtargets.render.page import page  # noqa: PLC0415 - as for a note

    return page(_checks(doc, actuals, question), lang)


def draft(
    source: str | Path | bytes,
    *,
    name: str = "text",
    since: str | Path | Document | None = None,
    folders: Sequence[str | Path] = (),
    encoding: str | None = None,
) -> "Draft":
    """Find the targets in the text of a policy: a file, or its bytes, which messages call ``name``.

    Plain text, Markdown, a web page or a Word document; ``since`` is the plan encoded from an earlier
    version, with which the draft is compared; ``encoding`` is that of a text that is neither UTF-8 nor
    GB18030. Raises ``InputError`` when it cannot be read.
    """
    from mfgtargets.drafting.entries import vocabulary  # noqa: PLC0415 - for drafts alone
    from mfgtargets.drafting.reading import is_word, page_text, refuse_pdf, word_text  # noqa: PLC0415
    from mfgtargets.drafting.remarks import refuse_unreadable  # noqa: PLC0415
    from mfgtargets.drafting.whole import drafted  # noqa: PLC0415
    from mfgtargets.observations.decoding import decode  # noqa: PLC0415
    from mfgtargets.observations.files import opened  # noqa: PLC0415

    if not isinstance(source, bytes):
        name = str(source)
        with opened(name) as stream:
            source = stream.read()
    refuse_pdf(source, name)
    text = word_text(source, name) if is_word(source) else decode(source, name, encoding)
    if Path(name).suffix.lower() in {".html", ".htm"} or text.lstrip()[:14].lower().startswith(
        ("<!doctype", "<html")
    ):
        text = page_text(text)
    refuse_unreadable(text, name)
    plan = since if since is None or isinstance(since, Document) else load(since, folders)
    return drafted(text, vocabulary(documents(folders)), plan)


def warn(
    doc: str | Path | Document | Checked, actuals: Any = None, **question: Any
) -> list[Warned]:
    """Warn of what lags and of what is on track and will not be: one record a result.

    ``doc`` is a document, checked against ``actuals`` as ``check`` does with the same arguments, or
    a check.
    """
    return list(warnings_of(_checked(doc, actuals, question)))


def evaluate(
    doc: str | Path | Document | Checked, actuals: Any = None, **question: Any
) -> Evaluation:
    """Say what became of each target of a plan, with the counts by group and obligation.

    The arguments are those of ``warn``; ``as_of`` may be any year, so that a mid-term is replayed.
    """
    return closing.evaluate(_checked(doc, actuals, question))


def rank(
    doc: str | Path | Document | Checked,
    actuals: Any = None,
    *,
    by: str = "level",
    weights: Mapping[str, float] | None = None,
    since: str | None = None,
    **question: Any,
) -> Ranking:
    """Rank regions by ``level``, ``lead``, ``change``, ``percent``, ``yearly`` or ``movement``.

    ``weights`` of indicators come before those of the document; ``since`` is an earlier answer of
    ``check --format json``, since which places are gained or lost. The other arguments are those of
    ``warn``; all regions of the actuals are ranked where none are named.
    """
    from mfgtargets.render.changes import earlier_results  # noqa: PLC0415 - as for a note

    found = _checked(doc, actuals, {"regions": [ALL]} | question)
    earlier = None if since is None else earlier_results(since, "since", found)
    return ranking_of(found, by, weights, earlier)


def tasks(doc: str | Path | Document | Checked, actuals: Any = None, **question: Any) -> list[Task]:
    """List what each department leads or joins, known or not: one record a department and result.

    The arguments are those of ``warn``; of a document every indicator is listed.
    """
    year = question.get("target_year")
    asked = {"every": True} | question | {"target_year": year or ALL}
    return list(tasks_of(_checked(doc, actuals, asked), year))


def _checked(
    doc: str | Path | Document | Checked, actuals: Any, question: Mapping[str, Any]
) -> Checked:
    return doc if isinstance(doc, Checked) else check(doc, actuals, **question)


def _checks(
    doc: str | Path | Document | Checked | Sequence[Checked],
    actuals: Any,
    question: Mapping[str, Any],
) -> list[Checked]:
    if isinstance(doc, Checked | str | Path | Document):
        return [_checked(doc, actuals, question)]
    return list(doc)
