"""``compare``: one concept across documents, and the vocabulary itself."""

from collections.abc import Sequence
from typing import Any

from mfgtargets.document.concepts import Concept
from mfgtargets.document.records import Target
from mfgtargets.render.fitting import fitted
from mfgtargets.render.listing import when
from mfgtargets.render.table import Cell, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import exact, target_figure, with_unit
from mfgtargets.wording.names import name_of
from mfgtargets.wording.words import Lang, say, term, word


def compare_fields(
    concept: Concept, targets: Sequence[Target], regions: dict[str, str]
) -> dict[str, Any]:
    """Return what ``compare --format json`` prints."""
    return {
        "concept": concept._asdict(),
        "definitions_differ": _differ(targets),
        "results": [
            {"target_id": target.id, "region": regions[target.document], **target._asdict()}
            for target in targets
        ],
    }


def compare_table(
    concept: Concept,
    targets: Sequence[Target],
    regions: dict[str, str],
    lang: Lang,
    width: int | None = None,
) -> Table:
    """Return the targets of a concept side by side, each with its definition."""
    columns = ("definition", "region", "kind", "baseline", "target", "year", "id")
    lines = []
    for target in targets:
        base = exact(target.baseline_value)
        if target.baseline_value is not None:
            base = f"{base} ({target.baseline_year})"
        cells = (
            with_unit(name_of(target, lang), target.unit, lang),
            regions[target.document],
            term(words.KINDS, target.kind, lang),
            Cell(base, target.baseline_value, unit=target.unit or ""),
            Cell(target_figure(target, lang), target.value, unit=target.unit or ""),
            Cell(when(target), target.year),
            f"{target.document} {target.id}",
        )
        lines.append(line_of(*cells))
    note = word((concept.note_zh, concept.note_en), lang)
    if _differ(targets):
        note = say("definitions-differ", lang, note=note)
    whole = Table(
        before=[name_of(concept, lang)],
        columns=columns_of(columns, "definition region kind year id", lang),
        lines=lines,
        after=[note] if note else [],
        order="definition target year region kind baseline id".split(),
        firm=4,
    )
    return fitted(whole, lang, width)


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
