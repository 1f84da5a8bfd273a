"""The gap table as plain cells: what a terminal, a pipe and a note all show."""

from itertools import groupby

from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Basis, Result, name_of
from mfgtargets.methods import ALL_METHODS, SCHEDULE
from mfgtargets.render.sources import actuals_line
from mfgtargets.render.table import Line, TextTable
from mfgtargets.wording import words
from mfgtargets.wording.figures import (
    NOTHING,
    change_figure,
    decimals_of,
    derived,
    exact,
    harmless,
    latest_figure,
    percent,
    target_figure,
    unit_of,
    with_unit,
)
from mfgtargets.wording.methodwords import name_of_method, status_word
from mfgtargets.wording.words import Lang, counted, term, word

WIDE_FROM = 140  # columns of the window from which all columns of the table are shown
NARROW_FROM = 80  # and those that tell how far a target is

_COMPACT = ("indicator", "latest", "target", "status")
_NARROW = ("indicator", "latest", "on_track", "target", "lead", "status")
_WIDE = tuple(
    "indicator baseline latest on_track target progress lead gap required status flags".split()
)
_LEFT = {"indicator", "status", "flags"}

_HEADINGS = words.HEADINGS | {"progress": ("完成/时序(%)", "Done/due (%)")}


def gap_table(check: Checked, lang: Lang, width: int | None = None) -> TextTable:
    """Return the gap table with the columns that fit ``width`` (None: all of them)."""
    columns = _columns(width)
    return TextTable(
        before=[_title(check, lang)],
        headings=[word(_HEADINGS[column], lang) for column in columns],
        left=[column in _LEFT for column in columns],
        lines=_lines(check, columns, lang),
        after=[*_footer(check, lang), *_hidden(columns, lang)],
        styled=columns.index("status"),
    )


def _hidden(columns: tuple[str, ...], lang: Lang) -> list[str]:
    """Say which columns the window has no room for."""
    names = [word(_HEADINGS[column], lang) for column in _WIDE if column not in columns]
    if not names:
        return []
    if lang == "zh":
        return [f"窗口不足{WIDE_FROM}列,未显示:{'、'.join(names)}(接管道或用 --format plain 可见)"]
    return [f"Not shown below {WIDE_FROM} columns: {', '.join(names)} (pipe, or --format plain)"]


def _columns(width: int | None) -> tuple[str, ...]:
    if width is None or width >= WIDE_FROM:
        return _WIDE
    return _NARROW if width >= NARROW_FROM else _COMPACT


def _lines(check: Checked, columns: tuple[str, ...], lang: Lang) -> list[Line]:
    """Return the lines of the table, each group under its heading."""
    pairs = list(zip(check.results, check.bases, check.common, strict=True))
    mixed = len({result.target_year for result in check.results}) > 1
    out: list[Line] = []
    english = check.document.entry.groups if lang == "en" else {}
    for heading, members in groupby(pairs, key=lambda p: p[0].group or p[1].target.section):
        out.append(Line(heading=harmless(english.get(heading, heading))))
        for result, basis, common in members:
            cells = _cells(result, basis, lang, dated=mixed)
            line = tuple(cells[column] for column in columns)
            style = result.status if result.status in SCHEDULE.words else common or "not_assessable"
            out.append(Line(cells=line, style=style))
    return out


def _cells(result: Result, basis: Basis, lang: Lang, *, dated: bool) -> dict[str, str]:
    places = decimals_of(result, basis)
    target = _target(result, basis, lang)
    if dated and result.target_year is not None:
        target = f"{target} ({result.target_year})"
    baseline = exact(result.baseline_value)
    if result.baseline_value is not None and result.baseline_year is not None:
        baseline = f"{baseline} ({result.baseline_year})"
    progress = f"{percent(result.progress)}/{percent(result.schedule)}"
    return {
        "indicator": with_unit(name_of(result, lang), result.unit, lang),
        "baseline": baseline,
        "latest": latest_figure(result, basis, lang),
        "on_track": derived(result.on_track_value, places),
        "target": target,
        "progress": NOTHING if result.schedule is None else progress,
        "lead": percent(result.lead, sign=True),
        "gap": NOTHING
        if result.gap is None
        else derived(result.gap, places, sign=True) + unit_of(result, lang),
        "required": change_figure(result.required_change, result, places, lang),
        "status": status_word(result.status, lang),
        "flags": " ".join(term(words.FLAGS, flag, lang) for flag in result.flags) or NOTHING,
    }


def _target(result: Result, basis: Basis, lang: Lang) -> str:
    """Write the target; a multiple without a baseline to multiply as it was printed."""
    if result.kind == "multiple" and result.target_value is None:
        return target_figure(basis.target, lang) + ("倍" if lang == "zh" else " times")
    return target_figure(result, lang)


def _title(check: Checked, lang: Lang) -> str:
    """Say what the table shows: document, standing, years, method."""
    entry = check.document.entry
    years = sorted({r.target_year for r in check.results if r.target_year is not None})
    span = "、".join(map(str, years)) if lang == "zh" else ", ".join(map(str, years))
    name = harmless(entry.title if lang == "zh" else entry.title_en)
    draft = entry.standing == "draft"
    if lang == "zh":
        return (
            f"{name}{'(征求意见稿)' if draft else ''} · 截至{check.as_of}年 · 目标年{span} · "
            f"{_method(check, lang)}进度差以百分点计,容差{exact(check.question.tolerance)}"
        )
    return (
        f"{name}{' (draft for comment)' if draft else ''} · as of {check.as_of} · "
        f"targets for {span} · {_method(check, lang)}"
        f"lead in percentage points, tolerance {exact(check.question.tolerance)}"
    )


def _method(check: Checked, lang: Lang) -> str:
    """Name the method, where it is not the default."""
    if check.method in {ALL_METHODS, SCHEDULE.code}:
        return ""
    name = f"{check.method} ({name_of_method(check.method, lang)})"
    return f"方法{name} · " if lang == "zh" else f"method {name} · "


def summary_counts(check: Checked, lang: Lang) -> list[str]:
    """Return each status with its count: 滞后预期1项, lagging 1."""
    zh = lang == "zh"
    return [
        f"{status_word(status, lang)}{'' if zh else ' '}{count}{'项' if zh else ''}"
        for status, count in check.summary.items()
    ]


def summary_sentence(check: Checked, lang: Lang) -> str:
    """Return how many indicators stand how."""
    total = len(check.results)
    of_indicators = total == len({result.indicator for result in check.results})
    counts = summary_counts(check, lang)
    if lang == "zh":
        return f"{total}项{'指标' if of_indicators else '目标'}:" + ",".join(counts)
    return f"{counted(total, 'indicator' if of_indicators else 'target')}: " + ", ".join(counts)


def _footer(check: Checked, lang: Lang) -> list[str]:
    """Say what the table adds up to, which actuals it used, and what is missing."""
    zh = lang == "zh"
    text = [summary_sentence(check, lang)]
    if check.unlisted and check.question.whole_document:
        left = check.unlisted
        text[0] += (
            f";另有{left}项指标没有实际值,未列出(--all 列出)"
            if zh
            else f"; {counted(left, 'further indicator')} without actuals not listed (--all)"
        )
    revised = len(check.revised)
    told = f",{revised}个值有修订" if lang == "zh" else f", {revised} values revised"
    text.append(actuals_line(check.actuals, lang) + (told if revised else ""))
    text += _unjudged(check, lang)
    missing = [name_of(r, lang) for r in check.results if r.status == "no_data"]
    if missing:
        names = ("、" if zh else "; ").join(map(harmless, missing))
        text.append(
            f"缺数据({len(missing)}):{names}" if zh else f"No data ({len(missing)}): {names}"
        )
    if any(_letters(basis) for basis in check.bases):
        text.append(
            "数字后的字母:p 初步数,e 估计数,b 序列中断,d 口径不同(替代值)"
            if zh
            else "Letters: p provisional, e estimated, b break in series, d proxy"
        )
    if any(r.status == "no_data" for r in check.results):
        text.append(
            f"没有实际值的指标,时序应达值按{check.as_of}年计"
            if zh
            else f"Where there is no actual, the on-track value is that of {check.as_of}"
        )
    return text


def _letters(basis: Basis) -> bool:
    return basis.shown is not None and bool(set(basis.shown.obs_status) & set("PEBD"))


def _unjudged(check: Checked, lang: Lang) -> list[str]:
    """Say why, for each reason, the indicators that could not be judged were not."""
    by_reason: dict[str, list[str]] = {}
    for result in check.results:
        if result.status in {"not_assessable", "not_quantified"} and result.reason:
            by_reason.setdefault(result.reason, []).append(harmless(name_of(result, lang)))
    zh = lang == "zh"
    return [
        f"{term(words.REASONS, reason, lang)}({len(names)}):{'、'.join(names)}"
        if zh
        else f"{term(words.REASONS, reason, lang)} ({len(names)}): {'; '.join(names)}"
        for reason, names in by_reason.items()
    ]
