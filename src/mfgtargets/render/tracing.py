"""``trace``: where each quote stands in the document's text."""

from collections.abc import Sequence
from typing import Any

from mfgtargets.document.records import Document
from mfgtargets.document.trace import Trace
from mfgtargets.render.table import Cell, Line, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import NOTHING
from mfgtargets.wording.words import Lang, say, term


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


def trace_table(found: Sequence[Trace], lang: Lang) -> Table:
    """Return where each quote stands in the text, and what is there where one does not."""
    lines = []
    for one in found:
        there = say("trace-found", lang)
        if not one.found:
            there = say("trace-differs", lang, character=one.matched + 1)
        places = (
            Cell(NOTHING if place is None else str(place), place)
            for place in (one.position, one.line)
        )
        lines.append(line_of(one.quote, one.target_id, *places, there))
        if one.instead is not None:
            lines.append(Line(heading=say("trace-instead", lang, text=one.instead)))
    total, there_are = len(found), sum(one.found for one in found)
    counts = {"total": total, "found": there_are, "missing": total - there_are}
    return Table(
        before=[term(words.TITLES, "quotes", lang)],
        columns=columns_of(
            ("wording", "id", "position", "line", "found"), "wording id found", lang
        ),
        lines=lines,
        after=[say("trace-total", lang, **counts)],
    )
