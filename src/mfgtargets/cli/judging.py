"""``mfgtargets check``, ``note``, ``report`` and ``track``: targets judged."""

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mfgtargets.cli import inputs, streams
from mfgtargets.cli.options import (
    ActualsArgument,
    Choice,
    DepartmentOption,
    DocumentArgument,
    FailOn,
    FailOnOption,
    Folders,
    GrowthOption,
    IndicatorArgument,
    OutputOption,
    ReachOption,
    RegionalJudging,
    Tables,
    Time,
    in_range,
    supposed,
)
from mfgtargets.cli.outputs import is_stream, needs_suffix
from mfgtargets.cli.settings import Settings, baseline_year_of
from mfgtargets.defaults import ALL, BUNDLED, FIRST_YEAR, LAST_YEAR, STDIN
from mfgtargets.faults import InputError, fault
from mfgtargets.render.formats import FORMS
from mfgtargets.wording.words import Lang

if TYPE_CHECKING:
    import mfgtargets as mt
    from mfgtargets.evaluation.check import Checked

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
    judging: RegionalJudging,
    tables: Tables,
    folders: Folders,
    lang: Lang,
    settings: Settings | None,
    actuals: ActualsArgument = None,
    explain: Annotated[str | None, typer.Option("--explain", metavar="INDICATOR")] = None,
    fail_on: FailOnOption = FailOn.NEVER,
    form: FormatOption = None,
    output: OutputOption = None,
    as_shown: Annotated[bool, typer.Option("--as-shown")] = False,
    long: Annotated[bool, typer.Option("--long")] = False,
) -> int:
    """Show how far each target is · 差距表:每项目标走到哪一步。"""
    from mfgtargets.cli.destinations import form_of, put_checks

    chosen = form_of(form and form.value, output)
    if as_shown and chosen != "csv":
        asked = output or chosen
        raise InputError([fault("bad-option", option="--as-shown", found=asked, expected="csv")])
    question = time.asked | choice.asked | judging.asked
    if explain:
        question["indicators"] = [*question["indicators"], explain]
    found = checks_of(document, actuals, question, tables, folders, lang, settings)
    put_checks(
        found,
        chosen,
        output,
        lang,
        fail_on=fail_on.value,
        as_shown=as_shown,
        long=long,
        explained=explain is not None,
    )
    return int(fails(found, fail_on))


def note(
    document: DocumentArgument,
    time: Time,
    choice: Choice,
    judging: RegionalJudging,
    tables: Tables,
    folders: Folders,
    lang: Lang,
    settings: Settings | None,
    actuals: ActualsArgument = None,
    since: Annotated[str | None, typer.Option("--since", metavar="FILE")] = None,
    compare: Annotated[
        tuple[int, int] | None, typer.Option("--compare", metavar="YEAR YEAR")
    ] = None,
    brief: Annotated[bool, typer.Option("--brief")] = False,
    by: Annotated[By, typer.Option("--by")] = By.STATUS,
    charts: Annotated[str | None, typer.Option("--charts", metavar="FOLDER")] = None,
    fail_on: FailOnOption = FailOn.NEVER,
    output: OutputOption = None,
) -> int:
    """Write a status note in Markdown · 进展情况通报。"""
    from mfgtargets.cli.folders import is_folder, put_by_department
    from mfgtargets.evaluation.check import by_region
    from mfgtargets.observations.decoding import decode
    from mfgtargets.render.changes import changes_of, changes_since, read_earlier
    from mfgtargets.render.note import Wish, notes

    _check_output(output)
    question = time.asked | choice.asked | judging.asked
    into_folder = output is not None and by == By.DEPARTMENT and is_folder(output)
    if into_folder:
        question["every"] = True  # a department answers for what no table has too
    if compare is not None:
        question["as_of"] = _later_of(compare, time.as_of, since)
    found = checks_of(document, actuals, question, tables, folders, lang, settings)
    changes = None if compare is None else changes_since(found, compare[0])
    if since is not None:
        name = inputs.name_of(since, lang)
        earlier = read_earlier(decode(inputs.read_whole(since, lang), name), name)
        changes = changes_of(found, earlier, name)
    if into_folder and changes is not None:
        expected = "--since, --compare | -o FILE"
        raise InputError([fault("bad-option", option="-o", found=output, expected=expected)])
    here = Path(output) if output is not None and not is_stream(output) else Path("-")
    here = here if into_folder else here.parent
    each = [one for check in found for one in by_region(check)]
    links = {} if charts is None else _put_charts(each, lang, charts, here)
    if output is not None and into_folder:
        put_by_department(each, output, lang, Wish(brief, charts=links))
    else:
        streams.put_to(output, notes(each, lang, Wish(brief, by.value, links), changes))
    return int(fails(found, fail_on))


def _put_charts(
    checks: "Sequence[Checked]", lang: Lang, folder: str, here: Path
) -> dict[tuple[str, str, str], str]:
    """Write the charts of checks; return the link to each from where the note goes."""
    from urllib.parse import quote

    from mfgtargets.cli.outputs import made_folder
    from mfgtargets.render.chartfiles import note_charts
    from mfgtargets.wording.names import key_of

    made_folder(folder)
    links = {}
    for check in checks:
        for result, name, drawn in note_charts(check, lang):
            file = Path(folder, name)
            streams.put_to(str(file), (drawn.encode(),))
            links[key_of(result)] = quote(_seen_from(here, file))
    return links


def _seen_from(here: Path, file: Path) -> str:
    """Return the path to a file from a folder; on another drive, which no path leads to, the whole."""
    try:
        return Path(os.path.relpath(file, here)).as_posix()
    except ValueError:
        return file.resolve().as_posix()


def report(
    document: DocumentArgument,
    time: Time,
    choice: Choice,
    judging: RegionalJudging,
    tables: Tables,
    folders: Folders,
    lang: Lang,
    settings: Settings | None,
    actuals: ActualsArgument = None,
    fail_on: FailOnOption = FailOn.NEVER,
    output: OutputOption = None,
) -> int:
    """Make a page with charts · 带图的网页。"""
    from mfgtargets.render.page import page

    needs_suffix(output, [".html", ".htm"])
    question = time.asked | choice.asked | judging.asked
    found = checks_of(document, actuals, question, tables, folders, lang, settings)
    streams.put_to(output, (page(found, lang).encode(),))
    return int(fails(found, fail_on))


def _later_of(years: tuple[int, int], as_of: int | None, since: str | None) -> int:
    """Return the later of two years; raise ``InputError`` where they are none to compare."""
    earlier, later = (int(in_range("--compare", year, FIRST_YEAR, LAST_YEAR)) for year in years)
    expected = None
    if as_of is not None or since is not None:
        expected = "--compare | --as-of | --since"
    elif earlier >= later:
        expected = f"{FIRST_YEAR}-{later - 1} {later}"
    if expected:
        found = f"{earlier} {later}"
        raise InputError([fault("bad-option", option="--compare", found=found, expected=expected)])
    return later


def track(
    document: DocumentArgument,
    indicator: IndicatorArgument,
    time: Time,
    tables: Tables,
    folders: Folders,
    lang: Lang,
    settings: Settings | None,
    actuals: ActualsArgument = None,
    department: DepartmentOption = None,
    growth: GrowthOption = None,
    reach: ReachOption = None,
    form: streams.TableFormat = streams.Format.TABLE,
    output: OutputOption = None,
) -> int:
    """Follow one indicator year by year · 逐年对照一个指标。"""
    import mfgtargets as mt
    from mfgtargets.cli.actuals import read_actuals
    from mfgtargets.render.tracktable import track_fields, track_table

    needs_suffix(output, [".svg"])
    loaded = mt.load(document, folders.all)
    asked = _starting(time.asked, loaded, settings) | {"departments": department or ()}
    if None not in (growth, reach):
        expected = "--growth | --reach"
        raise InputError([fault("bad-option", option="--reach", found=reach, expected=expected)])
    supposed(growth, reach)
    given = read_actuals(loaded, actuals or (), lang, tables)
    found = mt.track(loaded, indicator, given, growth=growth, reach=reach, **asked)
    if output is not None:
        from mfgtargets.render.chartfiles import track_chart

        streams.put_to(output, (track_chart(found, lang).encode(),))
        return 0
    streams.put_answer(
        "track", track_fields(found), lambda width: track_table(found, lang, width), form
    )
    return 0


_NO_BASELINE = {"baselines-stated", "baseline-year-late", "baseline-year-without-actual"}


def checks_of(
    document: str,
    actuals: Sequence[str] | None,
    question: dict[str, Any],
    tables: Tables,
    folders: Folders,
    lang: Lang,
    settings: Settings | None,
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
    checks, refused = [], []
    for one in loaded:
        try:
            given = read_actuals(one, names, lang, tables)
        except InputError as error:
            if not everything or [f.code for f in error.faults] != ["nothing-left"]:
                raise
            given = mt.Actuals((), (), Tally())
        asked = _starting(question, one, settings)
        try:
            with streams.busy(one.id):
                checks.append(mt.check(one, given, **asked))
        except InputError as error:
            # Of all documents, those that a baseline year serves nothing are judged without it.
            if not everything or not {f.code for f in error.faults} <= _NO_BASELINE:
                raise
            refused.append(error)
            checks.append(mt.check(one, given, **asked | {"baseline_year": None}))
        tell_of(checks[-1], lang)
    if refused and len(refused) == len(checks):
        raise refused[0]
    return checks


def _starting(
    question: dict[str, Any], document: "mt.Document", settings: Settings | None
) -> dict[str, Any]:
    """Return a question with the document's baseline year of the settings, where none was given."""
    year = question["baseline_year"] or baseline_year_of(settings, document.id)
    return {**question, "baseline_year": year}


def fails(checks: "Sequence[mt.Check]", fail_on: FailOn) -> bool:
    """Tell whether a result is in the set that makes the exit code 1."""
    from mfgtargets.evaluation.gate import fails as is_failing

    return any(is_failing(check, fail_on.value) for check in checks)


def _check_output(output: str | None) -> None:
    """Refuse to write a note under a name that promises something else."""
    suffix = "" if output is None else Path(output).suffix.lower()
    if suffix in {".json", ".csv", ".xml", ".xlsx", ".html", ".yaml", ".yml", ".toml"}:
        raise InputError([fault("bad-option", option="-o", found=output, expected=".md, .txt")])
