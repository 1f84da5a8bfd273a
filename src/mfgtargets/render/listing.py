"""``list`` and ``show``: the documents themselves, as text and as JSON fields."""

from collections.abc import Mapping, Sequence
from typing import Any

from mfgtargets.document.records import Document, Target
from mfgtargets.evaluation.ambition import Ambition
from mfgtargets.harmless import text_of
from mfgtargets.render.fitting import fitted
from mfgtargets.render.plain import align
from mfgtargets.render.table import Cell, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import (
    NOTHING,
    ambition_figure,
    common_decimals,
    exact,
    published_decimals,
    target_figure,
    with_unit,
)
from mfgtargets.wording.names import heading_of, name_of, title_of
from mfgtargets.wording.words import Lang, say, term

Ambitions = Mapping[str, Ambition]  # by target

_SHOWN = (
    "title title_en issuer number date standing region period baseline_year source main_table note"
).split()


def list_fields(documents: Sequence[tuple[Document, int]]) -> dict[str, Any]:
    """Return what ``list --format json`` prints; each document comes with its count of actuals."""
    results = [
        {
            "id": document.id,
            **document.entry.model_dump(include=set(_SHOWN)),
            "indicators": len(document.indicators),
            "targets": len(document.targets),
            "actuals": actuals,
        }
        for document, actuals in documents
    ]
    return {"results": results}


def list_table(
    documents: Sequence[tuple[Document, int]], lang: Lang, width: int | None = None
) -> Table:
    """Return the documents as a table, with the columns that fit ``width``."""
    columns = ("title", "id", "issuer", "date", "indicators", "targets", "actuals")
    lines = [
        line_of(
            title_of(document.entry, lang),
            document.id,
            document.entry.issuer or NOTHING,
            document.entry.date or NOTHING,
            *(
                Cell(str(count), count)
                for count in (len(document.indicators), len(document.targets), actuals)
            ),
        )
        for document, actuals in documents
    ]
    whole = Table(
        before=[term(words.TITLES, "documents", lang)],
        columns=columns_of(columns, "title id issuer date", lang),
        lines=lines,
        order="title id targets actuals date indicators issuer".split(),
        firm=4,
    )
    return fitted(whole, lang, width)


def show_fields(document: Document, targets: Sequence[Target]) -> dict[str, Any]:
    """Return what ``show --format json`` prints."""
    return {
        "document": {"id": document.id, **document.entry.model_dump(include=set(_SHOWN))},
        "targets": [target._asdict() for target in targets],
    }


def show_records(targets: Sequence[Target]) -> list[dict[str, Any]]:
    """Return targets as flat records, for tables: the fields of ``show_fields`` without records."""
    records = []
    for target in targets:
        relative = target.relative_to
        flat = target._asdict() | {
            "source": target.source.title,
            "source_url": target.source.url,
            "source_page": target.source.page,
            "relative_to": relative and relative.indicator,
            "relative_offset": relative and relative.offset,
        }
        records.append(flat)
    return records


def show_table(document: Document, targets: Sequence[Target], lang: Lang) -> Table:
    """Return targets as a table, one a line."""
    lines = [
        line_of(
            with_unit(name_of(t, lang), t.unit, lang),
            term(words.KINDS, t.kind, lang),
            Cell(_base(t) or NOTHING, t.baseline_value),
            Cell(target_figure(t, lang), t.value),
            Cell(when(t), t.year),
            t.quote,
            t.id,
        )
        for t in targets
    ]
    columns = ("indicator", "kind", "baseline", "target", "year", "wording", "id")
    left = "indicator kind year wording id"
    return Table(
        [title_of(document.entry, lang)], columns_of(columns, left, lang), lines, name=document.id
    )


def show_text(document: Document, lang: Lang, ambitions: Ambitions) -> str:
    """Return a document as people read it: by section, with departments, quotes and notes."""
    lines = _heading(document, lang)
    group: str | None = None
    for section, departments in document.entry.sections.items():
        targets = [target for target in document.targets if target.section == section]
        if not targets:
            continue
        said_by = say("listed-departments", lang, names="、".join(departments) or NOTHING)
        lines += ["", f"## {section} [{said_by}]"]
        for (indicator, again), members in _by_indicator(targets).items():
            own = members[0].group
            if own is not None and own != group and not again:
                group = own
                lines.append(f"[{heading_of(document.entry, group, lang)}]")
            lines += _indicator_lines(indicator, members, departments, lang, ambitions)
    return text_of(lines)


def _by_indicator(targets: Sequence[Target]) -> dict[tuple[str, bool], list[Target]]:
    """Put the targets of one indicator together, what restates others apart."""
    members: dict[tuple[str, bool], list[Target]] = {}
    for target in targets:
        members.setdefault((target.indicator, target.restates is not None), []).append(target)
    return members


def _indicator_lines(
    indicator: str,
    targets: Sequence[Target],
    departments: Sequence[str],
    lang: Lang,
    ambitions: Ambitions,
) -> list[str]:
    first = targets[0]
    steps = [f"{target_figure(t, lang)} ({when(t)})" for t in targets]
    if first.baseline_value is not None:
        steps.insert(0, _base(first))
    kind = "" if first.kind == "level" else term(words.KINDS, first.kind, lang) + " "
    ids = indicator if first.restates is None else first.id
    lines = [
        f"- {with_unit(name_of(first, lang), first.unit, lang)}: {kind}{' -> '.join(steps)}  {ids}"
    ]
    facts = [
        (name, getattr(target, name))
        for name in ("quote", "note", "restates", "part_of")
        for target in targets
    ]
    facts += [("obligation", _obligation(target, lang)) for target in targets]
    facts += [("ambition", _ambition(target, ambitions, lang)) for target in targets]
    facts += [
        ("departments", "、".join(target.departments))
        for target in targets
        if list(target.departments) != list(departments)
    ]
    return lines + [
        f"    {term(words.REMARKS, name, lang)}: {text}"
        for name, text in dict.fromkeys(facts)
        if text
    ]


def when(target: Target) -> str:
    """Return the year or period of a target."""
    if target.period_end is None:
        return target.due_when or NOTHING
    return f"{target.period_start or ''}-{target.period_end}"


def show_indicator_text(
    document: Document, targets: Sequence[Target], lang: Lang, ambitions: Ambitions
) -> str:
    """Return the targets of one indicator with wording, notes and source."""
    first = targets[0]
    lines = [f"{name_of(first, lang)} — {first.indicator}"]
    for target in targets:
        facts = [
            ("target", _aim(target, lang)),
            ("wording", target.quote),
            ("section", target.section),
            ("region", target.region if target.region != document.entry.region else None),
            ("obligation", _obligation(target, lang)),
            ("ambition", _ambition(target, ambitions, lang)),
            ("weight", exact(target.weight) if target.weight else None),
            ("source", _page(document, target)),
            ("departments", "、".join(target.departments)),
            ("note", target.note),
        ]
        lines += [target.id, *(f"  {line}" for line in _fact_lines(facts, lang))]
    return text_of([*lines, "", *_heading(document, lang)])


def _obligation(target: Target, lang: Lang) -> str | None:
    return term(words.OBLIGATIONS, target.obligation, lang) if target.obligation else None


def _ambition(target: Target, ambitions: Ambitions, lang: Lang) -> str | None:
    found = ambitions.get(target.id)
    if found is None:
        return None
    published = published_decimals(target.baseline_value, target.value, None)
    return ambition_figure(*found, common_decimals(published, found), lang)


def _page(document: Document, target: Target) -> str | None:
    """Return where a clause stands, if not in the document's own text."""
    if target.source.title == document.entry.source.title and target.source.page is None:
        return None
    return " ".join(filter(None, target.source))


def _aim(target: Target, lang: Lang) -> str:
    figure = f"{term(words.KINDS, target.kind, lang)} {target_figure(target, lang)}"
    base = f"; {term(words.FACTS, 'baseline', lang)} {_base(target)}" if _base(target) else ""
    return f"{figure} {target.unit or ''} ({when(target)}){base}"


def _base(target: Target) -> str:
    """Return value and year of a baseline; nothing without one."""
    if target.baseline_year is None:
        return ""
    return f"{target.baseline_bound or ''}{exact(target.baseline_value)} ({target.baseline_year})"


def _heading(document: Document, lang: Lang) -> list[str]:
    entry = document.entry
    facts = [
        ("title", title_of(entry, lang)),
        ("issuer", entry.issuer or NOTHING),
        ("number", entry.number or NOTHING),
        ("date", entry.date or NOTHING),
        ("standing", term(words.STANDINGS, entry.standing or NOTHING, lang)),
        ("source", entry.source.title),
        ("address", entry.source.url or NOTHING),
        ("note", entry.note),
    ]
    return _fact_lines(facts, lang)


def _fact_lines(facts: Sequence[tuple[str, str | None]], lang: Lang) -> list[str]:
    """Return the facts there are, each behind its name."""
    named = [(term(words.FACTS, name, lang), text) for name, text in facts if text]
    return align(named, [True, True])
