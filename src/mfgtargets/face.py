"""The program from Python: each command as a call, without a print or an exit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mfgtargets.calctable import Answers, calc
from mfgtargets.defaults import APPROX, BUNDLED, METHOD, TOLERANCE
from mfgtargets.document.records import Document
from mfgtargets.evaluation import closing
from mfgtargets.evaluation import track as tracking
from mfgtargets.evaluation.check import Checked, Question, check_document
from mfgtargets.evaluation.closing import Evaluation
from mfgtargets.evaluation.results import Result
from mfgtargets.evaluation.track import Track
from mfgtargets.evaluation.warning import Warned, warnings_of
from mfgtargets.extras import needed
from mfgtargets.loading import documents, load, read_actuals
from mfgtargets.methods import method_named
from mfgtargets.observations.actuals import (
    Actuals,
)
from mfgtargets.observations.observation import Tally

if TYPE_CHECKING:
    from mfgtargets.drafting.whole import Draft

__all__ = [
    "Actuals",
    "Answers",
    "Check",
    "Document",
    "Evaluation",
    "Track",
    "Warned",
    "calc",
    "check",
    "documents",
    "draft",
    "evaluate",
    "load",
    "note",
    "read_actuals",
    "report",
    "track",
    "warn",
]

Lang = Literal["zh", "en"]


@dataclass(frozen=True)
class Check(Checked):
    """A check: ``results`` (records with the fields of ``check --format json``), ``summary``,
    ``actuals``, ``document``; as Markdown, as dictionaries, or as a frame by the Arrow interface.
    """  # noqa: D205 - what it is takes more than a line

    @property
    def left_out(self) -> Tally:
        """What of the actuals was not used: counts by reason, and the first rows."""
        return self.actuals.left_out

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the results as dictionaries, with lists and numbers as JSON has them."""
        return [
            {name: list(v) if isinstance(v, tuple) else v for name, v in one._asdict().items()}
            for one in self.results
        ]

    def to_markdown(self, lang: Lang = "zh") -> str:
        """Return the gap table as Markdown."""
        from mfgtargets.render.gaptable import gap_table  # noqa: PLC0415 - what renders is not
        from mfgtargets.render.markdown import markdown_text  # noqa: PLC0415 - needed to check

        return markdown_text(gap_table(self, lang))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the results to any data-frame library (needs the extra ``tables``).

        What is a list in JSON is text, as in CSV: ``part_year;stale``, ``gap=no_data;lead=no_data``.
        """
        polars = needed("polars", "tables")
        types = {int: polars.Int64, float: polars.Float64}
        columns = {
            name: polars.Series(
                name,
                [_flat(getattr(one, name)) for one in self.results],
                dtype=types.get(kind, polars.String),
            )
            for name, kind in Result.types().items()
        }
        return polars.DataFrame(columns).__arrow_c_stream__(requested_schema)


def _flat(value: Any) -> Any:
    """Return a list as text."""
    if isinstance(value, dict):
        return ";".join(f"{name}={code}" for name, code in value.items())
    return ";".join(map(str, value)) if isinstance(value, tuple) else value


def check(
    doc: str | Path | Document,
    actuals: Any = None,
    *,
    as_of: int | None = None,
    target_year: int | str | None = None,
    indicators: Sequence[str] = (),
    groups: Sequence[str] = (),
    departments: Sequence[str] = (),
    method: str = METHOD,
    tolerance: float = TOLERANCE,
    approx: float = APPROX,
    proxies: bool = False,
    every: bool = False,
    trend: int | None = None,
    baseline_year: int | None = None,
) -> Check:
    """Judge the targets of a document.

    ``actuals`` is what ``read_actuals`` returns or takes; None is the bundled ones. ``as_of`` is the
    year to judge by (default: the newest of the actuals), ``target_year`` a year or ``all``;
    ``every`` takes all indicators and not only the main table, ``departments`` what one of them
    leads or joins. ``tolerance`` is in percentage points of the plan's distance, ``approx`` what 左右
    leaves in percent; ``proxies`` lets values of another definition decide; ``trend`` is how many
    years the projection looks back; ``baseline_year`` is where targets without a stated baseline
    start from, by the actual of that year. Raises ``InputError`` where the document or the actuals
    cannot be used, or what is asked for is not there.
    """
    document = load(doc)
    question = Question(
        as_of=as_of,
        target_year=target_year,
        indicators=indicators,
        groups=groups,
        departments=departments,
        tolerance=tolerance,
        approx=approx,
        proxies=proxies,
        every=every,
        method=method_named(method),
        trend=trend,
        baseline_year=baseline_year,
    )
    return Check(**vars(check_document(document, _actuals(document, actuals), question)))


def _actuals(document: Document, given: Any) -> Actuals:
    if isinstance(given, Actuals):
        return given
    return read_actuals(document, BUNDLED if given is None else given)


def track(
    doc: str | Path | Document,
    indicator: str,
    actuals: Any = None,
    *,
    as_of: int | None = None,
    target_year: int | str | None = None,
    departments: Sequence[str] = (),
    growth: float | None = None,
    reach: int | None = None,
    proxies: bool = False,
    baseline_year: int | None = None,
) -> Track:
    """Follow one indicator year by year: on-track value, actual, gap.

    ``growth`` supposes a change in percent a year (units on a linear path) from the latest value on;
    ``reach`` the change that reaches the target in that year.
    """
    document = load(doc)
    question = Question(
        as_of=as_of,
        target_year=target_year,
        departments=departments,
        proxies=proxies,
        baseline_year=baseline_year,
    )
    given = _actuals(document, actuals)
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
