"""What ``check`` and ``note`` are asked, and how both come to a check."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mfgtargets.methods import ALL_METHODS, LOG_REDUCTION, SCHEDULE
from mfgtargets.evaluation.check import Question, check_document
from mfgtargets.cli import inputs
from mfgtargets.cli.actuals import BUNDLED, read_actuals, tell_later, tell_revisions
from mfgtargets.cli.options import (
    complete_indicator,
    in_range,
    method_named,
    target_folders,
    target_year_of,
    trend_of,
)
from mfgtargets.document.library import document_paths, find_document, load_listed
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError, fault
from mfgtargets.observations.headers import Hints
from mfgtargets.observations.observation import Tally
from mfgtargets.notation.period import FIRST_YEAR, LAST_YEAR
from mfgtargets.evaluation.results import Actuals, Check
from mfgtargets.wording.words import Lang


class FailOn(StrEnum):
    """Which results make the exit code 1."""

    NEVER = "never"
    MISSED = "missed"
    LAGGING = "lagging"
    NO_DATA = "no_data"


_FAILING = {
    FailOn.NEVER: frozenset[str](),
    FailOn.MISSED: frozenset({"missed"}),
    FailOn.LAGGING: frozenset({"missed", "lagging"}),
    FailOn.NO_DATA: frozenset({"missed", "lagging", "no_data", "not_assessable"}),
}

_FAILING_PLACES = {
    FailOn.NEVER: frozenset[str](),
    FailOn.MISSED: frozenset({"away"}),
    FailOn.LAGGING: frozenset({"away", "behind"}),
    FailOn.NO_DATA: frozenset({"away", "behind", "not_assessable"}),
}
_UNJUDGED = {"delegated": "not_quantified"}  # which never counts

ALL_DOCUMENTS = "all"
ActualsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ACTUALS",
        help="Files, - (standard input) or bundled. 实际值:文件、-(标准输入)或bundled",
    ),
]
AsOfOption = Annotated[
    int | None, typer.Option("--as-of", help="Year to judge by. 截至年份(默认最新实际值的年份)")
]
TargetYearOption = Annotated[
    str | None, typer.Option("--target-year", help="Target year, or all. 目标年,或all")
]
IndicatorOption = Annotated[
    list[str] | None,
    typer.Option(
        "--indicator",
        help="Only this indicator (repeatable). 只看此指标",
        autocompletion=complete_indicator,
    ),
]
GroupOption = Annotated[
    list[str] | None, typer.Option("--group", help="Only this group (repeatable). 只看此分组")
]
ToleranceOption = Annotated[
    float, typer.Option("--tolerance", help="Points of the plan's distance. 容差(百分点)")
]
ApproxOption = Annotated[
    float, typer.Option("--approx", help="Percent that 左右 and 基本 leave. “左右”的余地(%)")
]
ProxiesOption = Annotated[
    bool, typer.Option("--proxies", help="Let proxies decide, flagged. 用替代口径评估并标明")
]
AllOption = Annotated[
    bool, typer.Option("--all", help="All indicators, not only the main table. 列出全部指标")
]
FailOnOption = Annotated[
    FailOn,
    typer.Option("--fail-on", help="Results that make the exit code 1. 哪些结果退出码为1"),
]


def question_of(
    *,
    as_of: int | None,
    target_year: str | None,
    indicators: Sequence[str],
    groups: Sequence[str] | None,
    tolerance: float,
    approx: float,
    proxies: bool,
    every: bool,
    method: str,
    trend: int | None,
) -> Question:
    """Return the question that the options ask; raise ``InputError`` where they make no sense."""
    return Question(
        as_of=None if as_of is None else int(in_range("--as-of", as_of, FIRST_YEAR, LAST_YEAR)),
        target_year=target_year_of(target_year),
        indicators=indicators,
        groups=groups or (),
        tolerance=in_range("--tolerance", tolerance, 0, 100),
        approx=in_range("--approx", approx, 0, 100),
        proxies=proxies,
        every=every,
        method=method_named(method),
        trend=trend_of(trend),
    )


def checked(
    document: str,
    actuals: Sequence[str] | None,
    question: Question,
    hints: Hints,
    folders: Sequence[Path] | None,
    lang: Lang,
    *,
    strict: bool,
) -> list[Check]:
    """Read what is needed, and check one document or ``all``; tell revisions on standard error.

    Of all documents, those that the actuals say nothing of are checked without any. Raises
    ``InputError`` where none can be checked.
    """
    listed = target_folders(folders)
    if document != ALL_DOCUMENTS:
        loaded = find_document(document, listed)
        given = read_actuals(loaded, actuals or (), lang, hints, strict=strict)
        return [_check(loaded, given, question, lang)]
    if inputs.STDIN in (actuals or ()):
        raise InputError([fault("input-for-all")])
    checks = []
    for path in document_paths(listed).values():
        loaded = load_listed(path)
        try:
            given = read_actuals(loaded, actuals or (BUNDLED,), lang, hints, strict=strict)
        except InputError as error:
            if [one.code for one in error.faults] != ["nothing-left"]:
                raise
            given = Actuals((), (), Tally())
        checks.append(_check(loaded, given, question, lang))
    return checks


def _check(document: Document, given: Actuals, question: Question, lang: Lang) -> Check:
    found = check_document(document, given, question)
    tell_revisions(found.revised, lang)
    tell_later(found.later, found.as_of, lang)
    return found


def fails(checks: Sequence[Check], fail_on: FailOn) -> bool:
    """Tell whether a result is in the set: by status, under other methods by the common scale."""
    return any(_fails(check, fail_on) for check in checks)


def _fails(check: Check, fail_on: FailOn) -> bool:
    if check.method in {SCHEDULE.code, ALL_METHODS, LOG_REDUCTION.code}:
        return any(result.status in _FAILING[fail_on] for result in check.results)
    places = {
        place or _UNJUDGED.get(result.reason or "", "not_assessable")
        for result, place in zip(check.results, check.common, strict=True)
    }
    return bool(places & _FAILING_PLACES[fail_on])
