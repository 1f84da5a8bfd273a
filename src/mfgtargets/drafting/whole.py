"""The whole way from a text to a draft: head, tables, sentences, and what repeats what."""

from collections.abc import Mapping
from typing import NamedTuple

from mfgtargets.document.records import Document
from mfgtargets.drafting.changes import Change, compared
from mfgtargets.drafting.english import english
from mfgtargets.drafting.entries import Indicator, Known, indicators, sound
from mfgtargets.drafting.found import Found, Omitted
from mfgtargets.drafting.heads import Head, head
from mfgtargets.drafting.joining import joined
from mfgtargets.drafting.layout import tables
from mfgtargets.drafting.outline import Places, outline
from mfgtargets.drafting.prose import prose
from mfgtargets.drafting.remarks import Remark, remarks
from mfgtargets.drafting.tables import of_tables
from mfgtargets.drafting.years import Years, latest_base

TABLE = "主要指标"  # the section that tables are put in


class Draft(NamedTuple):
    """What a ``text`` was found to say; departments by section, in document order."""

    text: str
    head: Head
    sections: dict[str, tuple[str, ...]]
    targets: tuple[Found, ...]
    indicators: tuple[Indicator, ...]
    left_out: tuple[Omitted, ...]
    changes: tuple[Change, ...]
    remarks: tuple[Remark, ...]


def drafted(text: str, known: Mapping[str, Known], since: Document | None = None) -> Draft:
    """Find the targets of a text.

    ``known`` proposes concepts, directions and natures; ``since`` is the plan as it was, with which
    the draft is compared.
    """
    facts = head(text)
    base = None if facts.date or facts.start else latest_base(text)
    start = facts.start or (base + 1 if base else None)
    years = Years(int(facts.date[:4]) if facts.date else None, start, facts.end)
    before = years.start - 1 if years.start else years.published - 1 if years.published else None
    places = Places(text)
    laid = tables(text)
    outlined = outline(text, {line for table in laid for line in table.lines})
    sentences = prose if facts.language == "zh" else english
    found: list[Found] = []
    left_out: list[Omitted] = []
    for one in (*of_tables(laid, years, places, TABLE), *sentences(outlined, years, places)):
        if isinstance(one, Omitted):
            left_out.append(one)
        elif isinstance(checked := sound(one, before), Found):
            found.append(checked)
        else:
            left_out.append(Omitted(one.clause, checked))
    sections = ({TABLE: ()} if laid else {}) | outlined.sections
    targets = joined(
        one._replace(departments=one.departments or sections.get(one.section, ())) for one in found
    )
    changed: tuple[Change, ...] = ()
    if since is not None:
        changed, targets = compared(since, targets)
    made = tuple(indicators(targets, known, facts.end, facts.date))
    used = {one.section for one in targets}
    named = {section: offices for section, offices in sections.items() if section in used}
    omitted = tuple(dict.fromkeys(left_out))
    odd = tuple(remarks(text, places, omitted))
    return Draft(text, facts, named, targets, made, omitted, changed, odd)
