"""Several documents at once: one line each."""

from collections.abc import Sequence

from mfgtargets.evaluation.check import Checked
from mfgtargets.render.table import Line, TextTable
from mfgtargets.wording.figures import harmless
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.words import Lang, word


def overview_table(checks: Sequence[Checked], lang: Lang) -> TextTable:
    """Return how many targets of each document stand how."""
    statuses = list(dict.fromkeys(status for check in checks for status in check.summary))
    headings = [("文件", "Document"), ("截至", "As of"), ("项数", "Rows")]
    lines = []
    for check in checks:
        entry = check.document.entry
        counts = [str(check.summary.get(status, 0)) for status in statuses]
        cells = (check.document.id, str(check.as_of), str(len(check.results)), *counts)
        title = entry.title if lang == "zh" else entry.title_en
        lines.append(Line(cells=(*cells, harmless(title))))
    names = [word(heading, lang) for heading in headings]
    return TextTable(
        before=[word(("各规划文件", "All documents"), lang)],
        headings=[*names, *(status_word(s, lang) for s in statuses), word(("标题", "Title"), lang)],
        left=[True, *[False] * (len(statuses) + 2), True],
        lines=lines,
    )
