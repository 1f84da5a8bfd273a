"""``mfgtargets check``: the gap table."""

from typing import Annotated

import typer

from mfgtargets.methods import SCHEDULE
from mfgtargets.methods.schedule import TOLERANCE
from mfgtargets.cli import streams
from mfgtargets.cli.checks import (
    ActualsArgument,
    AllOption,
    ApproxOption,
    AsOfOption,
    FailOn,
    FailOnOption,
    GroupOption,
    IndicatorOption,
    ProxiesOption,
    TargetYearOption,
    ToleranceOption,
    checked,
    fails,
    question_of,
)
from mfgtargets.cli.destinations import CheckFormat, form_of, put_checks
from mfgtargets.cli.options import (
    DebugOption,
    DocumentArgument,
    EncodingOption,
    LangOption,
    Language,
    MapOption,
    MethodOption,
    OutputOption,
    PeriodOption,
    StrictOption,
    TargetsDirOption,
    TrendOption,
    table_hints,
)
from mfgtargets.cli.outputs import write_whole
from mfgtargets.evaluation.results import Check
from mfgtargets.wording.words import Lang
from mfgtargets.series.build import APPROX


def check(
    document: DocumentArgument,
    actuals: ActualsArgument = None,
    as_of: AsOfOption = None,
    target_year: TargetYearOption = None,
    indicator: IndicatorOption = None,
    group: GroupOption = None,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain", metavar="INDICATOR", help="Work one indicator out. 逐步演算一个指标"
        ),
    ] = None,
    tolerance: ToleranceOption = TOLERANCE,
    approx: ApproxOption = APPROX,
    method: MethodOption = SCHEDULE.code,
    trend: TrendOption = None,
    proxies: ProxiesOption = False,
    every: AllOption = False,
    fail_on: FailOnOption = FailOn.NEVER,
    encoding: EncodingOption = None,
    period: PeriodOption = None,
    columns: MapOption = None,
    strict: StrictOption = False,
    targets_dir: TargetsDirOption = None,
    form: Annotated[
        CheckFormat | None, typer.Option("--format", help="Form of the output. 输出格式")
    ] = None,
    output: OutputOption = None,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """Show how far each target is · 差距表:每项目标走到哪一步。"""
    chosen = form_of(form, output)
    question = question_of(
        as_of=as_of,
        target_year=target_year,
        indicators=[*(indicator or ()), *([explain] if explain else ())],
        groups=group,
        tolerance=tolerance,
        approx=approx,
        proxies=proxies,
        every=every,
        method=method,
        trend=trend,
    )
    hints = table_hints(encoding, period, columns)
    found = checked(document, actuals, question, hints, targets_dir, lang.value, strict=strict)
    _write(found, chosen, output, lang.value, explained=explain is not None)
    return int(fails(found, fail_on))


def _write(
    found: list[Check], form: CheckFormat, output: str | None, lang: Lang, *, explained: bool
) -> None:
    if not explained or form not in {CheckFormat.TABLE, CheckFormat.PLAIN}:
        put_checks(found, form, output, lang)
        return
    from mfgtargets.render.explain import explain

    text = "\n".join(explain(check, lang) for check in found)
    if output is None:
        streams.put(text)
    else:
        write_whole(output, text.encode())
