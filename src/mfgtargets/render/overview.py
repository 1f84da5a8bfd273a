"""Several documents at once: one line each."""

from collections.abc import Sequence

from mfgtargets.evaluation.check import Checked
from mfgtargets.render.fitting import fitted
from mfgtargets.render.table import Cell, Column, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.names import title_of_check
from mfgtargets.wording.words import Lang, term


def overview_table(checks: Sequence[Checked], lang: Lang, width: int | None = None) -> Table:
    """Return how many targets of each document stand how."""
    statuses = list(dict.fromkeys(status for check in checks for status in check.summary))
    lines = []
    for check in checks:
        counts = [len(check.results), *(check.summary.get(status, 0) for status in statuses)]
        numbers = (Cell(str(number), number) for number in (check.as_of, *counts))
        lines.append(line_of(title_of_check(check, lang), check.document.id, *numbers))
    whole = Table(
        before=[term(words.TITLES, "overview", lang)],
        columns=[
            *columns_of(("title", "id", "as_of", "rows"), "title id", lang),
            *(Column(status, status_word(status, lang)) for status in statuses),
        ],
        lines=lines,
        order=["title", "rows", *statuses, "id", "as_of"],
        firm=2 + len(statuses),
        name=term(words.TITLES, "overview", lang),
    )
    return fitted(whole, lang, width)
