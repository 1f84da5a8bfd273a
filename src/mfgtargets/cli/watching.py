"""``mfgtargets warn`` and ``evaluate``: what will not be reached, and what was."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mfgtargets.cli import streams
from mfgtargets.cli.judging import checks_of
from mfgtargets.cli.options import (
    ActualsArgument,
    Choice,
    DocumentArgument,
    Folders,
    OutputOption,
    RegionalJudging,
    Tables,
    Time,
)
from mfgtargets.cli.outputs import is_stream
from mfgtargets.cli.settings import Settings
from mfgtargets.defaults import ALL
from mfgtargets.faults import InputError, fault
from mfgtargets.render.answers import SUFFIXES, answer_in
from mfgtargets.wording.words import Lang

if TYPE_CHECKING:
    from mfgtargets.render.table import Table

_FORMS = ["table", "plain", "csv", "json", "markdown"]
AnswerFormat = StrEnum("AnswerFormat", {name.upper(): name for name in _FORMS})  # type: ignore[misc]
AnswerOption = Annotated[AnswerFormat | None, typer.Option("--format")]


class FailOnWarning(StrEnum):
    """Which warnings make the exit code 1."""

    NEVER = "never"
    WARNING = "warning"


def warn(
    document: DocumentArgument,
    time: Time,
    choice: Choice,
    judging: RegionalJudging,
    tables: Tables,
    folders: Folders,
    lang: Lang,
    settings: Settings | None,
    actuals: ActualsArgument = None,
    fail_on: Annotated[FailOnWarning, typer.Option("--fail-on")] = FailOnWarning.NEVER,
    form: AnswerOption = None,
    output: OutputOption = None,
) -> int:
    """Warn of what lags, and of what will · 预警。"""
    from mfgtargets.evaluation.check import by_region
    from mfgtargets.evaluation.warning import is_warning, warnings_of
    from mfgtargets.render.warned import warn_fields, warn_table

    chosen = form_of(form, output)
    question = time.asked | choice.asked | judging.asked
    checks = checks_of(document, actuals, question, tables, folders, lang, settings)
    found = [(one, warnings_of(one)) for check in checks for one in by_region(check)]
    put_answers(
        "warn",
        [warn_fields(*one) for one in found],
        lambda width: [warn_table(*one, lang, width) for one in found],
        chosen,
        output,
    )
    warned = any(is_warning(one) for _, every in found for one in every)
    return int(fail_on == FailOnWarning.WARNING and warned)


def evaluate(
    document: DocumentArgument,
    time: Time,
    choice: Choice,
    judging: RegionalJudging,
    tables: Tables,
    folders: Folders,
    lang: Lang,
    settings: Settings | None,
    actuals: ActualsArgument = None,
    form: AnswerOption = None,
    output: OutputOption = None,
) -> int:
    """Evaluate a plan at its end · 终期评估。"""
    from mfgtargets.evaluation.check import by_region
    from mfgtargets.evaluation.closing import evaluate as evaluation_of
    from mfgtargets.render.evaluating import evaluate_fields, evaluate_table

    chosen = form_of(form, output)
    question = time.asked | choice.asked | judging.asked
    checks = checks_of(document, actuals, question, tables, folders, lang, settings)
    found = [evaluation_of(one) for check in checks for one in by_region(check)]
    put_answers(
        "evaluate",
        [evaluate_fields(one) for one in found],
        lambda width: [evaluate_table(one, lang, width) for one in found],
        chosen,
        output,
    )
    return 0


def form_of(form: Any, output: str | None) -> str:
    """Return the form of the output's suffix, else the one asked for; raise where neither says.

    A workbook goes to a file alone.
    """
    if output is None and form != "xlsx":
        return form.value if form else "table"
    if output is None:
        details = {"option": "--format", "found": "xlsx", "expected": "-o FILE.xlsx"}
        raise InputError([fault("bad-option", None, **details)])
    suffixes = {suffix: name for name, suffix in SUFFIXES.items()}
    found = suffixes.get(Path(output).suffix.lower(), form and form.value)
    if found is None and is_stream(output):
        return suffixes[".txt"]
    if found is None:
        expected = ", ".join(suffixes)
        raise InputError([fault("bad-option", option="-o", found=output, expected=expected)])
    return str(found)


def put_answers(
    command: str,
    fields: Sequence[Mapping[str, Any]],
    tables: "Callable[[int | None], list[Table]]",
    form: str,
    output: str | None,
) -> None:
    """Write the answers for one document, or for several and for regions as one."""
    if form == "table" and output is None:
        for n in range(len(tables(None))):
            streams.put("\n" if n else "")
            streams.put_table(lambda width, n=n: tables(width)[n], drawn=True)  # type: ignore[misc]
        return
    whole = fields[0] if len(fields) == 1 else _together(fields)
    streams.put_to(output, answer_in(form, command, whole, tables(None)))


def _together(fields: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    accounts = [{k: v for k, v in one.items() if k != "results"} for one in fields]
    results = [
        {"document": one["document"], **result} for one in fields for result in one["results"]
    ]
    names = {one["document"] for one in fields}
    document = names.pop() if len(names) == 1 else ALL
    return {"document": document, "documents": accounts, "results": results}
