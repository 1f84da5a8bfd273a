"""``mfgtargets rank`` and ``tasks``: regions against each other, and who answers for what."""

from mfgtargets.cli.judging import checks_of
from mfgtargets.cli.options import (
    ActualsArgument,
    Choice,
    DocumentArgument,
    Folders,
    Judging,
    OutputOption,
    Tables,
    Time,
)
from mfgtargets.cli.settings import Settings
from mfgtargets.cli.watching import AnswerOption, form_of, put_answers
from mfgtargets.wording.words import Lang


def tasks(
    document: DocumentArgument,
    time: Time,
    choice: Choice,
    judging: Judging,
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
    checks = checks_of(document, actuals, question, tables, folders, lang, settings)
    found = [(one, tasks_of(one)) for check in checks for one in by_region(check)]
    put_answers(
        "tasks",
        [tasks_fields(*one) for one in found],
        lambda width: [tasks_table(*one, lang, width) for one in found],
        chosen,
        output,
    )
    return 0
