"""``mfgtargets note``: the status note in Markdown."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mfgtargets.methods import SCHEDULE
from mfgtargets.methods.schedule import TOLERANCE
from mfgtargets.cli import inputs, streams
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
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.series.build import APPROX


class By(StrEnum):
    """What the list of the note is ordered by."""

    STATUS = "status"
    GROUP = "group"
    DEPARTMENT = "department"


def note(
    document: DocumentArgument,
    actuals: ActualsArgument = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="FILE", help="An earlier check in JSON. 以前的check结果"),
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help="Without tables. 简报,不附表")] = False,
    by: Annotated[
        By, typer.Option("--by", help="Order of the list. 按状态、分组或部门")
    ] = By.STATUS,
    as_of: AsOfOption = None,
    target_year: TargetYearOption = None,
    indicator: IndicatorOption = None,
    group: GroupOption = None,
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
    output: OutputOption = None,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """Write a status note in Markdown · 进展情况通报。"""
    from mfgtargets.observations.decoding import decode
    from mfgtargets.render.changes import changes_of, read_earlier
    from mfgtargets.render.note import Wish, notes

    _check_output(output, since)
    question = question_of(
        as_of=as_of,
        target_year=target_year,
        indicators=indicator or (),
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
    changes = None
    if since is not None:
        earlier = read_earlier(decode(inputs.read_whole(since, lang.value), since), since)
        changes = changes_of(found, earlier, since)
    text = notes(found, lang.value, Wish(brief, by.value), changes)
    if output is None:
        streams.put(text)
    else:
        write_whole(output, text.encode())
    return int(fails(found, fail_on))


def _check_output(output: str | None, since: str | None) -> None:
    """Refuse to write a note under a name that promises something else, or over what it is from."""
    if output is None:
        return
    suffix = Path(output).suffix.lower()
    if suffix in {".json", ".csv", ".xml", ".xlsx", ".html", ".yaml", ".yml", ".toml"}:
        raise InputError([fault("bad-option", option="-o", found=output, expected=".md, .txt")])
    if since is not None and Path(output).resolve() == Path(since).resolve():
        raise InputError([fault("since-is-output", Place(output))])
