"""``compare``: one concept across documents, a document beside its parents, the vocabulary itself."""

from collections.abc import Sequence
from typing import Any

from mfgtargets.document.concepts import Concept
from mfgtargets.document.records import Document, Target
from mfgtargets.render.fitting import fitted
from mfgtargets.render.listing import when
from mfgtargets.render.table import Cell, Line, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import exact, target_figure, with_unit
from mfgtargets.wording.names import name_of, title_of
from mfgtargets.wording.words import Lang, say, term, word

_COLUMNS = ("definition", "region", "kind", "baseline", "target", "year", "id")
_LEFT = "definition region kind year id"
_ORDER = "definition target year region kind baseline id".split()
Shared = Sequence[tuple[Concept, Sequence[Target]]]


def compare_fields(concept: Concept, targets: Sequence[Target]) -> dict[str, Any]:
    """Return what ``compare --format json`` prints."""
    return {
        "concept": concept._asdict(),
        "definitions_differ": _differ(targets),
        "results": [{"target_id": target.id, **target._asdict()} for target in targets],
    }


def compare_table(
    concept: Concept, targets: Sequence[Target], lang: Lang, width: int | None = None
) -> Table:
    """Return the targets of a concept side by side, each with its definition."""
    note = _note(concept, targets, lang)
    whole = Table(
        before=[name_of(concept, lang)],
        columns=columns_of(_COLUMNS, _LEFT, lang),
        lines=[_line(target, lang) for target in targets],
        after=[note] if note else [],
        order=_ORDER,
        firm=4,
    )
    return fitted(whole, lang, width)


def parents_fields(document: Document, shared: Shared) -> dict[str, Any]:
    """Return what ``compare DOC --format json`` prints."""
    return {
        "document": document.id,
        "parents": document.entry.parents,
        "results": [
            {"target_id": target.id, **target._asdict()}
            for _, targets in shared
            for target in targets
        ],
    }


def parents_table(
    document: Document, shared: Shared, lang: Lang, width: int | None = None
) -> Table:
    """Return a document's targets beside those of its parents, concept by concept."""
    lines = []
    for concept, targets in shared:
        note = _note(concept, targets, lang)
        name = name_of(concept, lang)
        lines.append(Line(say("in-brackets", lang, text=name, inner=note) if note else name))
        lines += [_line(target, lang) for target in targets]
    whole = Table(
        before=[say("beside-parents", lang, name=title_of(document.entry, lang))],
        columns=columns_of(_COLUMNS, _LEFT, lang),
        lines=lines,
        order=_ORDER,
        firm=4,
    )
    return fitted(whole, lang, width)


def _line(target: Target, lang: Lang) -> Line:
    base = exact(target.baseline_value)
    if target.baseline_value is not None:
        base = f"{base} ({target.baseline_year})"
    return line_of(
        with_unit(name_of(target, lang), target.unit, lang),
        target.region,
        term(words.KINDS, target.kind, lang),
        Cell(base, target.baseline_value, unit=target.unit or ""),
        Cell(target_figure(target, lang), target.value, unit=target.unit or ""),
        Cell(when(target), target.year),
        f"{target.document} {target.id}",
    )


def _note(concept: Concept, targets: Sequence[Target], lang: Lang) -> str:
    note = word((concept.note_zh, concept.note_en), lang)
    return say("definitions-differ", lang, note=note) if _differ(targets) else note


def concepts_fields(counted: Sequence[tuple[Concept, int]]) -> dict[str, Any]:
    """Return what ``compare --format json`` prints of the vocabulary."""
    return {"results": [{**one._asdict(), "documents": count} for one, count in counted]}


def concepts_table(counted: Sequence[tuple[Concept, int]], lang: Lang) -> Table:
    """Return the vocabulary, with the number of documents that use each word."""
    return Table(
        before=[term(words.TITLES, "concepts", lang)],
        columns=columns_of(("concept", "id", "documents"), "concept id", lang),
        lines=[
            line_of(name_of(one, lang), one.id, Cell(str(count), count)) for one, count in counted
        ],
    )


def _differ(targets: Sequence[Target]) -> bool:
    """Tell whether the documents name, count or time a concept differently."""
    return len({(t.name_zh, t.unit, t.kind) for t in targets}) > 1
