"""``list`` and ``show``: the documents themselves, as text and as JSON fields."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mfgtargets.document.records import Document, Target
from mfgtargets.report import words
from mfgtargets.report.figures import NOTHING, exact, harmless, target_figure, with_unit
from mfgtargets.report.plain import align
from mfgtargets.report.results import name_of
from mfgtargets.report.texttable import Line, TextTable
from mfgtargets.report.words import Lang, said, word

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
        "targets": [asdict(target) for target in targets],
    }


def show_table(document: Document, lang: Lang) -> TextTable:
    """Return a document as people read it: what it is, then its targets by group."""
    years = sorted({target.year for target in document.targets if target.year})
    headings = [word(words.HEADINGS[h], lang) for h in ("indicator", "kind", "baseline")]
    headings += [*map(str, years), word(words.HEADINGS["id"], lang)]
    lines: list[Line] = []
    group: str | None = None
    for indicator in document.indicators:
        targets = document.of_indicator(indicator)
        if targets[0].group != group:
            group = targets[0].group
            name = group if lang == "zh" else document.entry.groups.get(group or "")
            lines.append(Line(heading=harmless(name or "")))
        lines.append(Line(cells=_indicator_cells(targets, years, lang)))
    return TextTable(
        before=_heading(document, lang),
        headings=headings,
        left=[True, True, *[False] * (len(years) + 1), True],
        lines=lines,
    )


def _indicator_cells(
    targets: Sequence[Target], years: Sequence[int], lang: Lang
) -> tuple[str, ...]:
    first = targets[0]
    base = exact(first.baseline_value)
    if first.baseline_value is not None:
        base = f"{base} ({first.baseline_year})"
    by_year = {target.year: target_figure(target, lang) for target in reversed(targets)}
    return (
        with_unit(name_of(first, lang), first.unit, lang),
        said(words.KINDS, first.kind, lang),
        base,
        *(by_year.get(year, "") for year in years),
        first.indicator,
    )


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
    figure = f"{said(words.KINDS, target.kind, lang)} {target_figure(target, lang)}"
    when = f"{target.period_start or ''}-{target.period_end}" if target.period_end else target.year
    base = ""
    if target.baseline_year is not None:
        base = f"; {word(words.HEADINGS['baseline'], lang)} "
        base += f"{exact(target.baseline_value)} ({target.baseline_year})"
    return f"{figure} {target.unit or ''} ({when}){base}"


def _heading(document: Document, lang: Lang) -> list[str]:
    entry, zh = document.entry, lang == "zh"
    standing = {"in_force": ("现行", "in force"), "draft": ("征求意见稿", "draft for comment")}
    facts = [
        ("文件" if zh else "Document", entry.title if zh else entry.title_en),
        ("发文机关" if zh else "Issuer", entry.issuer or NOTHING),
        ("文号" if zh else "Number", entry.number or NOTHING),
        ("日期" if zh else "Date", entry.date or NOTHING),
        ("效力" if zh else "Standing", said(standing, entry.standing or NOTHING, lang)),
        ("来源" if zh else "Source", entry.source.title),
        ("网址" if zh else "Address", entry.source.url or NOTHING),
        ("说明" if zh else "Note", entry.note or ""),
    ]
    return align([(k, harmless(v)) for k, v in facts if v], [True, True])
