"""The status note: what somebody who does not know the program reads and sends on."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Basis, Result, name_of
from mfgtargets.methods import ALL_METHODS, method_of
from mfgtargets.render.changes import Changes, changes_lines
from mfgtargets.render.gaptable import gap_table, summary_counts
from mfgtargets.render.markdown import escaped, inline, link, markdown_text
from mfgtargets.render.overview import overview_table
from mfgtargets.render.verdicts import all_verdicts_table
from mfgtargets.wording import words
from mfgtargets.wording.figures import change_figure, decimals_of, derived, exact, unit_of
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.words import Lang, term, word

# Places on the common scale, on which every method's words lie.
_BEHIND, _REACHED, _GOING = ("away", "behind"), ("met",), ("on_track",)


class Wish(NamedTuple):
    """How the note is wanted: short or full, and by what its list is ordered."""

    brief: bool = False
    by: str = "status"


def notes(checks: Sequence[Checked], lang: Lang, wish: Wish, changes: Changes | None = None) -> str:
    """Return a note of one document, or of several with an overview on top, as Markdown."""
    zh = lang == "zh"
    blocks = []
    if len(checks) > 1:
        blocks.append(f"# {'各规划文件进展情况通报' if zh else 'Status note of all documents'}")
        blocks.append(markdown_text(overview_table(checks, lang)._replace(before=[])))
    told = [] if changes is None else [f"## {'变化' if zh else 'What changed'}"]
    told += [] if changes is None else changes_lines(changes, lang)
    for number, check in enumerate(checks):
        first, *rest = _note(check, lang, wish)
        if len(checks) > 1:
            blocks += [*(told if number == 0 else []), first, *rest]
        else:
            blocks += [first, rest[0], *told, *rest[1:]]
    return "\n\n".join(block.rstrip("\n") for block in blocks) + "\n"


def _note(check: Checked, lang: Lang, wish: Wish) -> list[str]:
    """Return the blocks of one document's note: title, headline, and what follows."""
    zh = lang == "zh"
    title = check.document.entry.title if zh else check.document.entry.title_en
    heading = f"{title}进展情况通报" if zh else f"Status note: {title}"
    blocks = [f"# {escaped(heading)}", f"**{escaped(headline(check, lang))}**"]
    blocks += _sections(check, lang, wish)
    blocks += _unknown(check, lang)
    if not wish.brief:
        blocks += [f"## {'明细' if zh else 'Table'}", _table(check, lang)]
        if check.method == ALL_METHODS:
            verdicts = all_verdicts_table(check, lang)
            blocks += [f"## {verdicts.before[0]}", markdown_text(verdicts._replace(before=[]))]
        blocks += _definitions(check, lang)
        blocks += _sources(check, lang)
    return blocks


def headline(check: Checked, lang: Lang) -> str:
    """Say in one sentence how many indicators stand how."""
    total = len(check.results)
    of_indicators = total == len({result.indicator for result in check.results})
    counts = summary_counts(check, lang)
    if lang == "zh":
        return f"截至{check.as_of}年,{total}项{'指标' if of_indicators else '目标'}中,{','.join(counts)}。"
    noun = "indicators" if of_indicators else "targets"
    return f"As of {check.as_of}, of {total} {noun}: {', '.join(counts)}."


def _sections(check: Checked, lang: Lang, wish: Wish) -> list[str]:
    """Return the lists: by status, or by group or department with every status named."""
    pairs = list(zip(check.results, check.bases, check.common, strict=True))
    zh = lang == "zh"
    if wish.by == "status":
        kinds = [
            (_BEHIND, "滞后与未完成", "Behind and missed"),
            (_REACHED, "已达到", "Reached"),
            *(() if wish.brief else ((_GOING, "符合或快于预期", "On track or ahead"),)),
        ]
        blocks: list[str] = []
        for places, chinese, english in kinds:
            members = sorted(
                (pair for pair in pairs if pair[2] in places),
                key=lambda pair: (pair[0].status != "missed", pair[0].lead or 0.0),
            )
            if members:
                blocks += [f"## {chinese if zh else english}", _list(members, lang)]
        return blocks
    known = [pair for pair in pairs if pair[2] is not None]
    return [
        block
        for name, members in _by(known, wish.by, check, lang)
        for block in (f"## {escaped(name)}", _list(members, lang))
    ]


Pair = tuple[Result, Basis, str | None]  # with its place on the common scale


def _by(pairs: Sequence[Pair], by: str, check: Checked, lang: Lang) -> list[tuple[str, list[Pair]]]:
    """Return the pairs by group or by department, in order of first appearance."""
    none = "未写责任部门" if lang == "zh" else "No department named"
    english = check.document.entry.groups if lang == "en" else {}

    def keys(pair: Pair) -> tuple[str, ...]:
        result, basis, _ = pair
        if by == "department":
            return result.departments or (none,)
        heading = result.group or basis.target.section
        return (english.get(heading, heading),)

    names = list(dict.fromkeys(name for pair in pairs for name in keys(pair)))
    return [(name, [pair for pair in pairs if name in keys(pair)]) for name in names]


def _list(pairs: Iterable[Pair], lang: Lang) -> str:
    lines = []
    for result, basis, place in pairs:
        name = escaped(name_of(result, lang))
        is_behind = place in _BEHIND
        text = escaped(sentence(result, lang, decimals_of(result, basis), is_behind=is_behind))
        lines.append(f"- **{name}**{'：' if lang == 'zh' else ': '}{text}")
    return "\n".join(lines)


def sentence(result: Result, lang: Lang, places: int = 1, *, is_behind: bool) -> str:
    """Say of one result where it stands, what it lacks, what would mend it and who is responsible."""
    zh = lang == "zh"
    status = status_word(result.status, lang)
    parts = [status]
    if result.latest_value is not None and result.latest_period is not None:
        unit = f"{'' if zh else ' '}{result.unit or ''}".rstrip()
        figure = f"{result.latest_bound or ''}{derived(result.latest_value, places)}{unit}"
        when = (
            f"{result.latest_period}年"
            if result.latest_period.isdigit()
            else f"{result.latest_period} "
        )
        parts.append(f"{when}{figure}" if zh else f"{figure} in {result.latest_period}")
    parts += _distance(result, places, lang)
    if result.required_change is not None and is_behind:
        needed = change_figure(result.required_change, result, places, lang)
        planned = change_figure(result.planned_change, result, places, lang)
        parts.append(
            f"今后每年需{needed}(现阶段计划{planned})"
            if zh
            else f"{needed} a year needed (planned at this stage {planned})"
        )
    if result.departments and is_behind:
        who = "、".join(result.departments) if zh else ", ".join(result.departments)
        parts.append(f"责任部门{who}" if zh else f"responsible: {who}")
    if result.flags:
        flags = [term(words.FLAGS, flag, lang) for flag in result.flags]
        parts.append(("、" if zh else ", ").join(flags))
    return (";" if zh else "; ").join(parts)


def _distance(result: Result, places: int, lang: Lang) -> list[str]:
    """Say what was due and what the target is."""
    zh = lang == "zh"
    parts = []
    if result.on_track_value is not None and result.gap is not None:
        gap = derived(result.gap, places, sign=True) + unit_of(result, lang)
        due = derived(result.on_track_value, places)
        parts.append(f"应达{due},差距{gap}" if zh else f"{due} due, gap {gap}")
    if result.target_value is not None and result.target_year is not None:
        target = exact(result.target_value)
        parts.append(
            f"{result.target_year}年目标{target}"
            if zh
            else f"target {target} in {result.target_year}"
        )
    return parts


def _unknown(check: Checked, lang: Lang) -> list[str]:
    """Name what is not known, by the reason."""
    zh = lang == "zh"
    places = zip(check.results, check.common, strict=True)
    unknown = [result for result, place in places if place is None]
    if not unknown:
        return []
    ordered = sorted(unknown, key=lambda r: (r.status, r.reason or ""))
    lines = []
    for (status, reason), members in groupby(ordered, key=lambda r: (r.status, r.reason or "")):
        names = [escaped(name_of(result, lang)) for result in members]
        why = term(words.REASONS, reason, lang)
        label = (
            f"{status_word(status, lang)}({why})" if zh else f"{status_word(status, lang)} ({why})"
        )
        listed = ("、" if zh else "; ").join(names)
        lines.append(f"- {escaped(label)} {len(names)}{'项：' if zh else ': '}{listed}")
    return [f"## {'尚不清楚' if zh else 'Not known'}", "\n".join(lines)]


def _table(check: Checked, lang: Lang) -> str:
    whole = gap_table(check, lang)
    return markdown_text(whole._replace(before=[], after=[]))


def _definitions(check: Checked, lang: Lang) -> list[str]:
    """Say in two lines how it was judged."""
    method = method_of(check.method)
    name, rule = word(method.name, lang), word(method.rule, lang)
    if lang == "zh":
        lines = [
            f"方法：{name}；{rule}；容差{exact(check.question.tolerance)}个百分点。",
            "时序应达值是基期经阶段目标到目标的路径在该时点的值；进度差是完成进度减时序进度，差距为负即落后。",
        ]
    else:
        lines = [
            f"Method: {name}; {rule}; tolerance {exact(check.question.tolerance)} percentage points.",
            (
                "The on-track value is where the path from baseline through milestones to target "
                "stands at that time; the lead is progress less schedule, a negative gap is behind."
            ),
        ]
    return [
        f"## {'说明' if lang == 'zh' else 'Definitions'}",
        "\n".join(f"- {escaped(x)}" for x in lines),
    ]


def _sources(check: Checked, lang: Lang) -> list[str]:
    """List the figures used, each with its quality, date and source."""
    zh = lang == "zh"
    used = [basis.shown for basis in check.bases if basis.shown is not None]
    if not used:
        return []
    headings = (
        ("指标", "时期", "数值", "质量", "发布", "来源")
        if zh
        else ("Indicator", "Period", "Value", "Quality", "Published", "Source")
    )
    names = {result.indicator: name_of(result, lang) for result in check.results}
    letters = {"P": "provisional", "E": "estimated", "B": "break", "D": "proxy"}
    rows = []
    for o in dict.fromkeys(used):
        quality = [term(words.FLAGS, letters[c], lang) for c in o.obs_status if c in letters]
        figure = f"{o.bound}{o.text}{o.unit}"
        cells = (names[o.indicator], str(o.period), figure, " ".join(quality), o.vintage)
        rows.append((*map(inline, cells), link(o.source, o.url)))
    marks = "| " + " | ".join([":--"] * len(headings)) + " |"
    lines = [f"| {' | '.join(headings)} |", marks, *(f"| {' | '.join(row)} |" for row in rows)]
    return [f"## {'数据来源' if zh else 'Sources'}", "\n".join(lines)]
