"""``mfgtargets check``, ``note`` and ``track``: targets judged."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mfgtargets.cli import inputs, streams
from mfgtargets.cli.options import (
    ActualsArgument,
    Choice,
    DocumentArgument,
    FailOn,
    FailOnOption,
    Folders,
    GrowthOption,
    IndicatorArgument,
    Judging,
    OutputOption,
    ReachOption,
    Tables,
    Time,
    supposed,
)
from mfgtargets.defaults import ALL, BUNDLED, STDIN
from mfgtargets.faults import InputError, fault
from mfgtargets.render.formats import FORMS
from mfgtargets.wording.words import Lang

if TYPE_CHECKING:
    import mfgtargets as mt

CheckFormat = StrEnum("CheckFormat", {name.upper(): name for name in FORMS})  # type: ignore[misc]
FormatOption = Annotated[CheckFormat | None, typer.Option("--format")]


class By(StrEnum):
    """What the list of a note is ordered by."""

    STATUS = "status"
    GROUP = "group"
    DEPARTMENT = "department"


def check(
    document: DocumentArgument,
    time: Time,
    choice: Choice,
    judging: Judging,
    tables: Tables,
    folders: Folders,
    lang: Lang,
    actuals: ActualsArgument = None,
    explain: Annotated[str | None, typer.Option("--explain", metavar="INDICATOR")] = None,
    fail_on: FailOnOption = FailOn.NEVER,
    form: FormatOption = None,
    output: OutputOption = None,
) -> int:
    """Show how far each target is · 差距表:每项目标走到哪一步。"""
    from mfgtargets.cli.destinations import form_of, put_checks

    chosen = form_of(form and form.value, output)
    question = time.asked | choice.asked | judging.asked
    if explain:
        question["indicators"] = [*question["indicators"], explain]
    found = checks_of(document, actuals, question, tables, folders, lang)
    put_checks(found, chosen, output, lang, fail_on=fail_on.value, explained=explain is not None)
    return int(fails(found, fail_on))


def note(
    document: DocumentArgument,
    time: Time,
    choice: Choice,
    judging: Judging,
    tables: Tables,
    folders: Folders,
    lang: Lang,
    actuals: ActualsArgument = None,
    since: Annotated[str | None, typer.Option("--since", metavar="FILE")] = None,
    brief: Annotated[bool, typer.Option("--brief")] = False,
    by: Annotated[By, typer.Option("--by")] = By.STATUS,
    fail_on: FailOnOption = FailOn.NEVER,
    output: OutputOption = None,
) -> int:
    """Write a status note in Markdown · 进展情况通报。"""
    from mfgtargets.observations.decoding import decode
    from mfgtargets.render.changes import changes_of, read_earlier
    from mfgtargets.render.note import Wish, notes

    _check_output(output)
    question = time.asked | choice.asked | judging.asked
    found = checks_of(document, actuals, question, tables, folders, lang)
    changes = None
    if since is not None:
        name = inputs.name_of(since, lang)
        earlier = read_earlier(decode(inputs.read_whole(since, lang), name), name)
        changes = changes_of(found, earlier, name)
    streams.put_to(output, notes(found, lang, Wish(brief, by.value), changes))
    return int(fails(found, fail_on))


def track(
    document: DocumentArgument,
    indicator: IndicatorArgument,
    time: Time,
    tables: Tables,
    folders: Folders,
    lang: Lang,
    actuals: ActualsArgument = None,
    growth: GrowthOption = None,
    reach: ReachOption = None,
    form: streams.TableFormat = streams.Format.TABLE,
) -> int:
    """Follow one indicator year by year · 逐年对照一个指标。"""
    import mfgtargets as mt
    from mfgtargets.cli.actuals import read_actuals
    from mfgtargets.render.tracktable import track_fields, track_table

    asked = time.asked
    if None not in (growth, reach):
        expected = "--growth | --reach"
        raise InputError([fault("bad-option", option="--reach", found=reach, expected=expected)])
    supposed(growth, reach)
    loaded = mt.load(document, folders.all)
    given = read_actuals(loaded, actuals or (), lang, tables)
    found = mt.track(loaded, indicator, given, growth=growth, reach=reach, **asked)
    streams.put_answer(
        "track", track_fields(found), lambda width: track_table(found, lang, width), form
    )
    return 0


def checks_of(
    document: str,
    actuals: Sequence[str] | None,
    question: dict[str, Any],
    tables: Tables,
    folders: Folders,
    lang: Lang,
) -> "list[mt.Check]":
    """Read what is needed, and check one document or ``all``; tell revisions on standard error.

    Of all documents, those that the actuals say nothing of are checked without any. Raises
    ``InputError`` where none can be checked.
    """
    import mfgtargets as mt
    from mfgtargets.cli.actuals import read_actuals, tell_of
    from mfgtargets.observations.observation import Tally

    everything = document == ALL
    if everything and STDIN in (actuals or ()):
        raise InputError([fault("input-for-all")])
    loaded = mt.documents(folders.all) if everything else [mt.load(document, folders.all)]
    names = actuals or ((BUNDLED,) if everything else ())
    checks = []
    for one in loaded:
        try:
            given = read_actuals(one, names, lang, tables)
        except InputError as error:
            if not everything or [f.code for f in error.faults] != ["nothing-left"]:
                raise
            given = mt.Actuals((), (), Tally())
        checks.append(mt.check(one, given, **question))
        tell_of(checks[-1], lang)
    return checks


def fails(checks: "Sequence[mt.Check]", fail_on: FailOn) -> bool:
    """Tell whether a result is in the set that makes the exit code 1."""
    from mfgtargets.evaluation.gate import fails as is_failing

    return any(is_failing(check, fail_on.value) for check in checks)


def _check_output(output: str | None) -> None:
    """Refuse to write a note under a name that promises something else."""
    suffix = "" if output is None else Path(output).suffix.lower()
    if suffix in {".json", ".csv", ".xml", ".xlsx", ".html", ".yaml", ".yml", ".toml"}:
        raise InputError([fault("bad-option", option="-o", found=output, expected=".md, .txt")])
