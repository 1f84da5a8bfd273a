"""``trace``: where each quote stands in the document's text."""

from collections.abc import Sequence
from typing import Any

from mfgtargets.document.records import Document
from mfgtargets.document.trace import Trace
from mfgtargets.render.table import Line, TextTable
from mfgtargets.wording import words
from mfgtargets.wording.figures import NOTHING, harmless
from mfgtargets.wording.words import Lang, say, term, terms


def trace_fields(
    document: Document, source: str, sha256: str, found: Sequence[Trace]
) -> dict[str, Any]:
    """Return what ``trace --format json`` prints."""
    return {
        "document": document.id,
        "source": source,
        "sha256": sha256,
        "sha256_expected": document.entry.source.sha256,
        "summary": {
            "found": sum(one.found for one in found),
            "not_found": sum(not one.found for one in found),
        },
        "results": [one._asdict() for one in found],
    }


def trace_table(found: Sequence[Trace], lang: Lang) -> TextTable:
    """Return where each quote stands in the text, and what is there where one does not."""
    lines = []
    for one in found:
        there = say("trace-found", lang)
        if not one.found:
            there = say("trace-differs", lang, character=one.matched + 1)
        position = NOTHING if one.position is None else str(one.position)
        line = NOTHING if one.line is None else str(one.line)
        lines.append(Line(cells=(harmless(one.quote), one.target_id, position, line, there)))
        if one.instead is not None:
            lines.append(Line(heading=say("trace-instead", lang, text=harmless(one.instead))))
    total, there_are = len(found), sum(one.found for one in found)
    counts = {"total": total, "found": there_are, "missing": total - there_are}
    return TextTable(
        before=[term(words.TITLES, "quotes", lang)],
        headings=terms(words.HEADINGS, ("wording", "id", "position", "line", "found"), lang),
        left=[True, True, False, False, True],
        lines=lines,
        after=[say("trace-total", lang, **counts)],
    )
