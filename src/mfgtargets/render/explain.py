"""One result, worked out line by line so that it can be followed by hand."""

from collections.abc import Sequence

from mfgtargets.evaluation.opinions import Said
from mfgtargets.wording import words
from mfgtargets.wording.figures import (
    derived,
    exact,
    harmless,
    latest_figure,
    target_figure,
    unit_of,
    with_unit,
)
from mfgtargets.wording.methodwords import COMMON, NAMES, status_word
from mfgtargets.render.plain import align
from mfgtargets.evaluation.results import Check, Result, name_of
from mfgtargets.wording.words import Lang, said, word
from mfgtargets.series.arrays import Scale
from mfgtargets.series.rows import Knot, Row

_DIGITS = 6


def explain(check: Check, lang: Lang) -> str:
    """Explain every result of a check: wording, formula, numbers, sources."""
    blocks = [
        _block(result, row, width, said_of, lang)
        for result, row, width, said_of in zip(
            check.results, check.rows, check.widths, check.verdicts, strict=True
        )
    ]
    return "\n\n".join(blocks) + "\n"


def _block(result: Result, row: Row, width: float, said_of: Sequence[Said], lang: Lang) -> str:
    heading = f"{with_unit(name_of(result, lang), result.unit, lang)} — {result.target_id}"
    facts = [*_promise(result, row, lang), *_measured(result, row, lang)]
    facts += _worked(width, result, row, lang)
    facts += [_said(one, lang) for one in said_of] or [_status(result, lang)]
    flags = ", ".join(said(words.FLAGS, flag, lang) for flag in result.flags)
    if flags:
        facts.append(("标记" if lang == "zh" else "Flags", flags))
    return "\n".join([heading, *(f"  {line}" for line in align(facts, [True, True]))])


def _promise(result: Result, row: Row, lang: Lang) -> list[tuple[str, str]]:
    zh, target = lang == "zh", row.target
    aim = f"{target_figure(target, lang)} {harmless(target.unit or '')}".rstrip()
    year = f" ({result.target_year})" if result.target_year else ""
    kind = said(words.KINDS, target.kind, lang)
    lines = [
        ("目标" if zh else "Target", f"{kind} {aim}{year}"),
        ("原文" if zh else "Wording", f"{harmless(target.quote)} [{harmless(target.section)}]"),
    ]
    if target.note:
        lines.append(("说明" if zh else "Note", harmless(target.note)))
    if result.baseline_value is not None:
        of = {"document": ("规划文件", "the document"), "actual": ("实际值", "an actual")}
        source = said(of, result.baseline_source or "", lang)
        value = f"{exact(result.baseline_value)} ({result.baseline_year})"
        unused = row.scale == Scale.RATE
        remark = ("不参与计算" if zh else "not used") if unused else source
        lines.append(("基期值" if zh else "Baseline", f"{value}, {remark}"))
    return lines


def _measured(result: Result, row: Row, lang: Lang) -> list[tuple[str, str]]:
    zh = lang == "zh"
    rests_on = row.point.observations if row.point else (row.shown,) if row.shown else ()
    lines = []
    for observation in rests_on:
        unit = "%" if observation.measure not in {"level", "added", "total"} else observation.unit
        figure = f"{observation.bound}{observation.text}{unit} ({observation.period})"
        place = f"{observation.place.file}:{observation.place.line}"
        parts = (figure, observation.note, observation.source, observation.url, place)
        lines.append(("实际值" if zh else "Actual", "; ".join(harmless(p) for p in parts if p)))
    if len(rests_on) > 1 or row.scale != Scale.LEVEL:
        lines.append(("合起来" if zh else "Together", _together(result, row, lang)))
    elif row.point and row.point.value != row.point.latest.value:
        lines.append(("折成全年" if zh else "For the year", _number(row.point.value)))
    return lines


def _together(result: Result, row: Row, lang: Lang) -> str:
    """Say what several observations come to, and the index between."""
    text = latest_figure(result, row, lang)
    if row.scale == Scale.LEVEL or row.point is None:
        return text
    index = _number(row.point.value)
    return f"指数{index}, {text}" if lang == "zh" else f"index {index}, {text}"


def _worked(width: float, result: Result, row: Row, lang: Lang) -> list[tuple[str, str]]:
    zh = lang == "zh"
    lines: list[tuple[str, str]] = []
    if result.on_track_value is not None:
        lines += _path(result, row, lang)
    if row.point is not None and result.progress is not None:
        lines += _progress(width, result, row, lang)
    if result.gap is not None:
        lines.append(("差距" if zh else "Gap", _signed(result.gap) + unit_of(result, lang)))
    lines += _pace(result, row, lang)
    return lines


def _status(result: Result, lang: Lang) -> tuple[str, str]:
    status = said(words.STATUS, result.status, lang)
    why = f": {said(words.REASONS, result.reason, lang)}" if result.reason else ""
    return "状态" if lang == "zh" else "Status", status + why


def _said(one: Said, lang: Lang) -> tuple[str, str]:
    """Say what a method makes of the result, with its ratio and its place on the common scale."""
    zh = lang == "zh"
    why = f": {said(words.REASONS, one.reason, lang)}" if one.reason else ""
    parts = [word(NAMES[one.method], lang)]
    if one.common:
        parts.append(f"{'共同尺度' if zh else 'common scale'}: {word(COMMON[one.common], lang)}")
    if one.ratio is not None:
        parts.append(f"{'比率' if zh else 'ratio'} {_number(one.ratio)}")
    return one.method, f"{status_word(one.status, lang)}{why} ({'; '.join(parts)})"


def _path(result: Result, row: Row, lang: Lang) -> list[tuple[str, str]]:
    zh, geometric = lang == "zh", result.path == "geometric"
    names = {"geometric": ("几何", "geometric"), "linear": ("线性", "linear")}
    way = " -> ".join(f"{_number(knot.value)} ({knot.year:.0f})" for knot in row.knots)
    index = ("(指数,基期为1)" if zh else " (index, baseline 1)") if row.scale else ""
    path = ("路径" if zh else "Path", f"{said(names, result.path, lang)}: {way}{index}")
    due = _number(result.on_track_value)
    heading = "时序应达值" if zh else "On track"
    if row.scale == Scale.RATE:
        return [path, (heading, f"{due}% {'每年' if zh else 'a year'}")]
    year = row.time
    start, end = _segment(row, year)
    a, b = _number(start.value), _number(end.value)
    part = f"{_number(year - start.year)}/{_number(end.year - start.year)}"
    formula = f"{a} × ({b}/{a})^({part})" if geometric else f"{a} + ({b} - {a}) × {part}"
    if row.scale == Scale.SIZE:
        formula = f"100 × |1 - {formula}|"
    return [path, (heading, f"{formula} = {due} ({_number(year)})")]


def _progress(width: float, result: Result, row: Row, lang: Lang) -> list[tuple[str, str]]:
    zh = lang == "zh"
    v, b, t = (_number(x) for x in (_value(row), row.knots[0].value, row.knots[-1].value))
    geometric = result.path == "geometric"
    formula = f"ln({v}/{b}) / ln({t}/{b})" if geometric else f"({v} - {b}) / ({t} - {b})"
    progress, schedule = _percent(result.progress), _percent(result.schedule)
    lead = f"{progress} - {schedule} = {_signed((result.lead or 0.0) * 100)}"
    allowed = f"{width * 100:.4g}"
    tolerance = f"容差{allowed}点" if zh else f"tolerance {allowed}"
    points = f"{lead}点({tolerance})" if zh else f"{lead} points ({tolerance})"
    return [
        ("完成进度" if zh else "Progress", f"{formula} = {progress}"),
        ("时序进度" if zh else "Schedule", schedule),
        ("进度差" if zh else "Lead", points),
    ]


def _pace(result: Result, row: Row, lang: Lang) -> list[tuple[str, str]]:
    zh = lang == "zh"
    names = {
        "planned_change": ("计划年均", "Planned a year"),
        "achieved_change": ("已实现年均", "Achieved a year"),
        "required_change": ("需年均", "Needed a year"),
    }
    changes = {name: getattr(result, name) for name in names}
    lines = [
        (said(names, name, lang), _change(result, change, lang))
        for name, change in changes.items()
        if change is not None
    ]
    if result.required_change is not None and row.point is not None and row.knots:
        left = _number(row.knots[-1].year - row.point.time)
        v, t = _number(_value(row)), _number(row.knots[-1].value)
        geometric = result.path == "geometric"
        formula = f"({t}/{v})^(1/{left}) - 1" if geometric else f"({t} - {v}) / {left}"
        lines[-1] = (lines[-1][0], f"{formula} = {lines[-1][1]}")
    if result.projected_value is not None:
        reached = (
            str(result.projected_year)
            if result.projected_year is not None
            else said(words.REASONS, result.reasons.get("projected_year", ""), lang)
        )
        text = f"{_number(result.projected_value)} ({result.target_year}); "
        text += f"达到年份 {reached}" if zh else f"reached: {reached}"
        text += _interval(result, lang)
        lines.append(("照此推算" if zh else "At this pace", text))
    return lines


def _interval(result: Result, lang: Lang) -> str:
    """Say how sure the projection is, and on how many values that rests."""
    low, high, points = result.projected_low, result.projected_high, result.projected_points
    if low is None or high is None:
        return ";数据点不足4个,没有区间" if lang == "zh" else "; no interval: fewer than 4 points"
    span = f"{_number(low)} - {_number(high)}"
    if lang == "zh":
        return f";八成把握在{span}({_number(points)}个数据点)"
    return f"; 80 %: {span} ({_number(points)} points)"


def _value(row: Row) -> float:
    return row.point.value if row.point else 0.0


def _segment(row: Row, year: float) -> tuple[Knot, Knot]:
    """Return the two knots of the path that hold the year (the end segments continue)."""
    index = sum(knot.year <= year for knot in row.knots[1:-1])
    return row.knots[index], row.knots[index + 1]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.{_DIGITS}g}"


def _signed(value: float) -> str:
    return f"{value:+.4g}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{derived(share * 100, 2)}%"


def _change(result: Result, change: float, lang: Lang) -> str:
    if result.path == "geometric":
        return f"{change * 100:+.3f}%"
    return f"{change:+.4g}{unit_of(result, lang)}"
