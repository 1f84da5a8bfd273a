"""``list`` and ``show``: the documents themselves, as text and as JSON fields."""

from collections.abc import Sequence
from typing import Any

from mfgtargets.document.records import Document, Target
from mfgtargets.evaluation.results import name_of
from mfgtargets.render.plain import align
from mfgtargets.render.table import Line, TextTable
from mfgtargets.wording import words
from mfgtargets.wording.figures import NOTHING, exact, harmless, target_figure, with_unit
from mfgtargets.wording.words import Lang, term, word

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


def list_table(documents: Sequence[tuple[Document, int]], lang: Lang) -> TextTable:
    """Return the documents as a table."""
    columns = ("title", "id", "issuer", "date", "indicators", "targets", "actuals")
    lines = [
        Line(
            cells=(
                harmless(document.entry.title if lang == "zh" else document.entry.title_en),
                document.id,
                harmless(document.entry.issuer or NOTHING),
                document.entry.date or NOTHING,
                str(len(document.indicators)),
                str(len(document.targets)),
                str(actuals),
            )
        )
        for document, actuals in documents
    ]
    title = ("规划文件", "Documents")
    return TextTable(
        before=[word(title, lang)],
        headings=[word(words.HEADINGS[column], lang) for column in columns],
        left=[True] * 4 + [False] * 3,
        lines=lines,
    )


def show_fields(document: Document, targets: Sequence[Target]) -> dict[str, Any]:
    """Return what ``show --format json`` prints (SPEC §2)."""
    return {
        "document": {"id": document.id, **document.entry.model_dump(include=set(_SHOWN))},
        "targets": [target._asdict() for target in targets],
    }


def show_text(document: Document, lang: Lang) -> str:
    """Return a document as people read it: by section, with departments, quotes and notes."""
    lines = _heading(document, lang)
    group: str | None = None
    for section, departments in document.entry.sections.items():
        targets = [target for target in document.targets if target.section == section]
        if not targets:
            continue
        by = "、".join(departments) or NOTHING
        said_by = f"责任部门:{by}" if lang == "zh" else f"departments: {by}"
        lines += ["", f"## {harmless(section)} [{harmless(said_by)}]"]
        for (indicator, again), members in _by_indicator(targets).items():
            if members[0].group not in {group, None} and not again:
                group = members[0].group
                name = group if lang == "zh" else document.entry.groups.get(group or "", "")
                lines.append(f"[{harmless(name or '')}]")
            lines += _indicator_lines(indicator, members, departments, lang)
    return "\n".join(lines) + "\n"


def _by_indicator(targets: Sequence[Target]) -> dict[tuple[str, bool], list[Target]]:
    """Put the targets of one indicator together, what restates others apart."""
    members: dict[tuple[str, bool], list[Target]] = {}
    for target in targets:
        members.setdefault((target.indicator, target.restates is not None), []).append(target)
    return members


def _indicator_lines(
    indicator: str, targets: Sequence[Target], departments: Sequence[str], lang: Lang
) -> list[str]:
    zh, first = lang == "zh", targets[0]
    steps = [f"{target_figure(t, lang)} ({when(t)})" for t in targets]
    if first.baseline_value is not None:
        steps.insert(0, f"{exact(first.baseline_value)} ({first.baseline_year})")
    kind = "" if first.kind == "level" else term(words.KINDS, first.kind, lang) + " "
    ids = indicator if first.restates is None else first.id
    lines = [
        f"- {with_unit(name_of(first, lang), first.unit, lang)}: {kind}{' -> '.join(steps)}  {ids}"
    ]
    facts = [("原文" if zh else "wording", t.quote) for t in targets]
    facts += [("说明" if zh else "note", t.note or "") for t in targets]
    facts += [("重述" if zh else "restates", t.restates or "") for t in targets]
    facts += [("其中" if zh else "part of", t.part_of or "") for t in targets]
    facts += [
        ("责任部门" if zh else "departments", "、".join(t.departments))
        for t in targets
        if list(t.departments) != list(departments)
    ]
    return lines + [f"    {k}: {harmless(v)}" for k, v in dict.fromkeys(facts) if v]


def when(target: Target) -> str:
    """Return the year or period of a target."""
    if target.period_end is None:
        return str(target.year or NOTHING)
    return f"{target.period_start or ''}-{target.period_end}"


def show_indicator_text(document: Document, targets: Sequence[Target], lang: Lang) -> str:
    """Return the targets of one indicator with wording, notes and source."""
    zh = lang == "zh"
    first = targets[0]
    lines = [f"{harmless(name_of(first, lang))} — {first.indicator}"]
    for target in targets:
        facts = [
            ("目标" if zh else "Target", _aim(target, lang)),
            ("原文" if zh else "Wording", harmless(target.quote)),
            ("章节" if zh else "Section", harmless(target.section)),
            ("责任部门" if zh else "Departments", harmless("、".join(target.departments))),
            ("说明" if zh else "Note", harmless(target.note or "")),
        ]
        lines += [target.id, *(f"  {row}" for row in align([f for f in facts if f[1]], [True] * 2))]
    return "\n".join([*lines, "", *_heading(document, lang)]) + "\n"


def _aim(target: Target, lang: Lang) -> str:
    figure = f"{term(words.KINDS, target.kind, lang)} {target_figure(target, lang)}"
    base = ""
    if target.baseline_year is not None:
        base = f"; {word(words.HEADINGS['baseline'], lang)} "
        base += f"{exact(target.baseline_value)} ({target.baseline_year})"
    return f"{figure} {target.unit or ''} ({when(target)}){base}"


def _heading(document: Document, lang: Lang) -> list[str]:
    entry, zh = document.entry, lang == "zh"
    standing = {"in_force": ("现行", "in force"), "draft": ("征求意见稿", "draft for comment")}
    facts = [
        ("文件" if zh else "Document", entry.title if zh else entry.title_en),
        ("发文机关" if zh else "Issuer", entry.issuer or NOTHING),
        ("文号" if zh else "Number", entry.number or NOTHING),
        ("日期" if zh else "Date", entry.date or NOTHING),
        ("效力" if zh else "Standing", term(standing, entry.standing or NOTHING, lang)),
        ("来源" if zh else "Source", entry.source.title),
        ("网址" if zh else "Address", entry.source.url or NOTHING),
        ("说明" if zh else "Note", entry.note or ""),
    ]
    return align([(k, harmless(v)) for k, v in facts if v], [True, True])
