"""``trace``: where each quote stands in the document's text."""

from collections.abc import Sequence
from typing import Any

from mfgtargets.document.records import Document
from mfgtargets.document.trace import Trace
from mfgtargets.render.table import Line, TextTable
from mfgtargets.wording import words
from mfgtargets.wording.figures import NOTHING, harmless
from mfgtargets.wording.words import Lang, word


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
    zh = lang == "zh"
    lines = []
    for one in found:
        there = "有" if zh else "found"
        if not one.found:
            there = (
                f"第{one.matched + 1}字起不同"
                if zh
                else f"differs from character {one.matched + 1}"
            )
        position = NOTHING if one.position is None else str(one.position)
        line = NOTHING if one.line is None else str(one.line)
        lines.append(Line(cells=(harmless(one.quote), one.target_id, position, line, there)))
        if one.instead is not None:
            said_there = "全文作" if zh else "the text says"
            lines.append(Line(heading=f"{said_there}: {harmless(one.instead)}"))
    missing = sum(not one.found for one in found)
    columns = ("wording", "id", "position", "line", "found")
    total = len(found)
    return TextTable(
        before=[word(("原文核对", "Quotes"), lang)],
        headings=[word(words.HEADINGS[column], lang) for column in columns],
        left=[True, True, False, False, True],
        lines=lines,
        after=[
            f"{total}条原文,{total - missing}条在全文中,{missing}条不在"
            if zh
            else f"{total} quotes: {total - missing} found, {missing} not"
        ],
    )
