"""Several documents at once: one line each."""

from collections.abc import Sequence

from mfgtargets.evaluation.check import Checked
from mfgtargets.render.table import Line, TextTable
from mfgtargets.wording import words
from mfgtargets.wording.figures import harmless
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.names import title_of
from mfgtargets.wording.words import Lang, term, terms


def overview_table(checks: Sequence[Checked], lang: Lang) -> TextTable:
    """Return how many targets of each document stand how."""
    statuses = list(dict.fromkeys(status for check in checks for status in check.summary))
    lines = []
    for check in checks:
        counts = [str(check.summary.get(status, 0)) for status in statuses]
        cells = (check.document.id, str(check.as_of), str(len(check.results)), *counts)
        lines.append(Line(cells=(*cells, harmless(title_of(check.document.entry, lang)))))
    return TextTable(
        before=[term(words.TITLES, "overview", lang)],
        headings=[
            *terms(words.HEADINGS, ("title", "as_of", "rows"), lang),
            *(status_word(status, lang) for status in statuses),
            term(words.HEADINGS, "caption", lang),
        ],
        left=[True, *[False] * (len(statuses) + 2), True],
        lines=lines,
    )
