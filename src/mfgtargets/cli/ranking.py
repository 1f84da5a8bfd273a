"""``mfgtargets rank`` and ``tasks``: regions against each other, and who answers for what."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mfgtargets.cli import inputs
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
from mfgtargets.cli.settings import Settings
from mfgtargets.cli.watching import AnswerOption, form_of, put_answers
from mfgtargets.defaults import ALL
from mfgtargets.faults import InputError, fault
from mfgtargets.wording.words import Lang

if TYPE_CHECKING:
    from mfgtargets.render.table import Table


class By(StrEnum):
    """What regions are ranked by."""

    LEVEL = "level"
    LEAD = "lead"
    CHANGE = "change"
    PERCENT = "percent"
    YEARLY = "yearly"
    MOVEMENT = "movement"


def rank(
    document: DocumentArgument,
    time: Time,
    choice: Choice,
    judging: RegionalJudging,
    tables: Tables,
    folders: Folders,
    lang: Lang,
    settings: Settings | None,
    actuals: ActualsArgument = None,
    by: Annotated[By, typer.Option("--by")] = By.LEVEL,
    weight: Annotated[
        list[str] | None, typer.Option("--weight", metavar="INDICATOR=NUMBER")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="FILE")] = None,
    explain: Annotated[str | None, typer.Option("--explain", metavar="REGION")] = None,
    form: AnswerOption = None,
    output: OutputOption = None,
) -> int:
    """Rank regions by indicator and overall · 各地区排名。"""
    from mfgtargets.evaluation.ranking import Ranking, ranking_of
    from mfgtargets.observations.decoding import decode
    from mfgtargets.render.changes import earlier_results
    from mfgtargets.render.rankingfields import rank_fields
    from mfgtargets.render.rankingtable import rank_tables
    from mfgtargets.render.scored import explained

    chosen = form_of(form, output)
    question = time.asked | choice.asked | judging.asked
    tables = replace(tables, region=tables.region or [ALL])
    weights, text, name = weights_in(weight or ()), "", ""
    if since is not None:
        name = inputs.name_of(since, lang)
        text = decode(inputs.read_whole(since, lang), name)
    checks = checks_of(document, actuals, question, tables, folders, lang, settings)
    found: list[Ranking] = []
    refused: list[InputError] = []
    for one in checks:
        try:
            earlier = earlier_results(text, name, one) if since else None
            found.append(ranking_of(one, by.value, weights, earlier))
        except InputError as error:
            refused.append(error)  # of all documents, those that have regions are ranked
    if not found:
        raise refused[0]

    def shown(width: int | None) -> "list[Table]":
        if explain is not None:
            return [explained(one, explain, lang) for one in found]
        return [table for one in found for table in rank_tables(one, lang, width)]

    put_answers("rank", [rank_fields(one) for one in found], shown, chosen, output)
    return 0


def weights_in(given: Sequence[str]) -> dict[str, float]:
    """Return weights by the names of their indicators; raise ``InputError`` where one is no number."""
    weights = {}
    for text in given:
        name, _, number = text.rpartition("=")
        try:
            weights[name] = float(number)
        except ValueError:
            name = ""
        if not name:
            expected = "INDICATOR=NUMBER"
            raise InputError(
                [fault("bad-option", option="--weight", found=text, expected=expected)]
            )
    return weights


def tasks(
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
    """List what each department answers for · 任务清单。"""
    from mfgtargets.evaluation.check import by_region
    from mfgtargets.evaluation.tasks import tasks_of
    from mfgtargets.render.tasktable import tasks_fields, tasks_table

    chosen = form_of(form, output)
    question = time.asked | choice.asked | judging.asked | {"every": True}
    year = question.get("target_year")
    question |= {"target_year": year or ALL}
    checks = checks_of(document, actuals, question, tables, folders, lang, settings)
    found = [(one, tasks_of(one, year)) for check in checks for one in by_region(check)]
    put_answers(
        "tasks",
        [tasks_fields(*one) for one in found],
        lambda width: [tasks_table(*one, lang, width) for one in found],
        chosen,
        output,
    )
    return 0
