"""``mfgtargets check``: the gap table."""

from enum import StrEnum
from typing import Annotated

import typer

from mfgtargets.assessment.methods import ALL_METHODS, LOG_REDUCTION, SCHEDULE
from mfgtargets.assessment.methods.schedule import TOLERANCE
from mfgtargets.check import Question, check_document
from mfgtargets.cli import streams
from mfgtargets.cli.actuals import read_actuals, tell_later, tell_revisions
from mfgtargets.cli.options import (
    DebugOption,
    DocumentArgument,
    EncodingOption,
    Format,
    FormatOption,
    LangOption,
    Language,
    MapOption,
    MethodOption,
    PeriodOption,
    StrictOption,
    TargetsDirOption,
    TrendOption,
    in_range,
    method_named,
    table_hints,
    target_folders,
    target_year_of,
    trend_of,
)
from mfgtargets.document.library import find_document
from mfgtargets.observations.period import FIRST_YEAR, LAST_YEAR
from mfgtargets.report.results import Check
from mfgtargets.report.words import Lang
from mfgtargets.series.build import APPROX


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


def check(
    document: DocumentArgument,
    actuals: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ACTUALS",
            help="Files, - (standard input) or bundled. 实际值:文件、-(标准输入)或bundled",
        ),
    ] = None,
    as_of: Annotated[
        int | None, typer.Option("--as-of", help="Year to judge by. 截至年份(默认最新实际值的年份)")
    ] = None,
    target_year: Annotated[
        str | None, typer.Option("--target-year", help="Target year, or all. 目标年,或all")
    ] = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option("--indicator", help="Only this indicator (repeatable). 只看此指标"),
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option("--group", help="Only this group (repeatable). 只看此分组")
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain", metavar="INDICATOR", help="Work one indicator out. 逐步演算一个指标"
        ),
    ] = None,
    tolerance: Annotated[
        float, typer.Option("--tolerance", help="Points of the plan's distance. 容差(百分点)")
    ] = TOLERANCE,
    approx: Annotated[
        float, typer.Option("--approx", help="Percent that 左右 and 基本 leave. “左右”的余地(%)")
    ] = APPROX,
    method: MethodOption = SCHEDULE.code,
    trend: TrendOption = None,
    proxies: Annotated[
        bool, typer.Option("--proxies", help="Let proxies decide, flagged. 用替代口径评估并标明")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="All indicators, not only the main table. 列出全部指标")
    ] = False,
    fail_on: Annotated[
        FailOn,
        typer.Option("--fail-on", help="Results that make the exit code 1. 哪些结果退出码为1"),
    ] = FailOn.NEVER,
    encoding: EncodingOption = None,
    period: PeriodOption = None,
    columns: MapOption = None,
    strict: StrictOption = False,
    targets_dir: TargetsDirOption = None,
    form: FormatOption = Format.TABLE,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """Show how far each target is · 差距表:每项目标走到哪一步。"""
    language: Lang = lang.value
    question = Question(
        as_of=None if as_of is None else int(in_range("--as-of", as_of, FIRST_YEAR, LAST_YEAR)),
        target_year=target_year_of(target_year),
        indicators=[*(indicator or ()), *([explain] if explain else ())],
        groups=group or (),
        tolerance=in_range("--tolerance", tolerance, 0, 100),
        approx=in_range("--approx", approx, 0, 100),
        proxies=proxies,
        every=every,
        method=method_named(method),
        trend=trend_of(trend),
    )
    loaded = find_document(document, target_folders(targets_dir))
    hints = table_hints(encoding, period, columns)
    given = read_actuals(loaded, actuals or (), language, hints, strict=strict)
    checked = check_document(loaded, given, question)
    tell_revisions(checked.revised, language)
    tell_later(checked.later, checked.as_of, language)
    _write(checked, form, language, explained=explain is not None)
    return int(_fails(checked, fail_on))


def _fails(checked: Check, fail_on: FailOn) -> bool:
    """Tell whether a result is in the set: by status, under other methods by the common scale."""
    if checked.method in {SCHEDULE.code, ALL_METHODS, LOG_REDUCTION.code}:
        return any(result.status in _FAILING[fail_on] for result in checked.results)
    places = {
        one.common or _UNJUDGED.get(one.reason or "", "not_assessable")
        for said in checked.verdicts
        for one in said
    }
    return bool(places & _FAILING_PLACES[fail_on])


def _write(checked: Check, form: Format, lang: Lang, *, explained: bool) -> None:
    if form == Format.JSON:
        from mfgtargets.report.jsonout import check_json

        streams.put(check_json(checked))
    elif explained:
        from mfgtargets.report.explain import explain

        streams.put(explain(checked, lang))
    else:
        from mfgtargets.report.gaptable import gap_table

        streams.put_table(lambda width: gap_table(checked, lang, width), form)
        if checked.method == ALL_METHODS:
            from mfgtargets.report.methodwords import all_verdicts_table

            streams.put("\n")
            streams.put_table(lambda _: all_verdicts_table(checked, lang), form)
