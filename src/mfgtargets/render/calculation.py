"""One series worked out line by line, so that the arithmetic can be followed by hand."""

from collections.abc import Collection

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.evaluation.assess import Assessment, assess, prepared
from mfgtargets.methods import ALL_METHODS, METHODS, SCHEDULE, Method
from mfgtargets.arithmetic.quantities import put_out
from mfgtargets.engine.answers import answers, as_list
from mfgtargets.engine.calculate import Request, verdicts
from mfgtargets.engine.textcolumns import TextColumns
from mfgtargets.faults import InputError, fault
from mfgtargets.wording import words
from mfgtargets.render.methodsteps import Facts, change_steps, method_steps, number, signed
from mfgtargets.wording.methodwords import NAMES, status_word, verdicts_table
from mfgtargets.render.plain import align, plain_text
from mfgtargets.wording.words import Lang, said, word
from mfgtargets.series.arrays import Scale, Series
from mfgtargets.series.columns import series_of


def calculation(
    columns: TextColumns, request: Request, growth: float | None, reach: int | None, lang: Lang
) -> str:
    """Work one series out: what was given, each number with its formula, the verdict.

    ``growth`` (percent or units a year) and ``reach`` (a year) add what would follow from them.
    """
    method = METHODS.get(request.method, SCHEDULE)
    given = series_of(columns, request.approx)
    found = assess(given, method, request.tolerance, request.trend)
    s = prepared(given, method)
    facts = _given(columns, lang)
    with np.errstate(all="ignore"):  # what is no number is not printed
        steps = method_steps(method.code, s, found, lang)
        facts += steps or _worked(s, found, columns.numbers("value"), lang)
        facts += _projected(s, found, lang, own=not steps) + _what_if(s, growth, reach, lang)
    facts += _verdict(found, method, lang)
    text = "\n".join(align(facts, [True, True])) + "\n"
    if request.method == ALL_METHODS:
        table = verdicts_table(verdicts(columns, request)[0], lang)
        text += "\n" + plain_text(table)
    return text


def _given(columns: TextColumns, lang: Lang) -> Facts:
    def point(name: str) -> list[tuple[float, float]]:
        year = float(columns.numbers(f"{name}year")[0])
        value = float(columns.numbers(f"{name}value")[0])
        return [] if np.isnan([year, value]).any() else [(year, value)]

    actuals = sorted({*columns.points("history").get(0, ()), *point("")})
    points: list[tuple[tuple[str, str], list[tuple[float, float]]]] = [
        (("基期值", "Baseline"), point("baseline_")),
        (("阶段目标", "Milestones"), sorted(columns.points("milestones").get(0, ()))),
        (("目标", "Target"), point("target_")),
        (("实际值", "Actual"), actuals),
    ]
    return [
        (word(name, lang), ", ".join(f"{number(value)} ({year:.0f})" for year, value in given))
        for name, given in points
        if given
    ]


def _worked(s: Series, found: Assessment, given: Collection[float], lang: Lang) -> Facts:
    """Follow the arithmetic of SPEC §4, on the scale that it uses.

    ``given`` are the values as they were given; what they come to is told where it is another.
    """
    facts = _path(s, lang)
    if not np.isnan(s.value[0]) and s.value[0] not in given:
        facts += [
            (word(("演算值", "Worked value"), lang), f"{number(s.value[0])} ({s.year[0]:.6g})")
        ]
    v, b, t = (number(x[0]) for x in (s.value, s.baseline, s.target))
    due, latest = (_quantity(found, name) for name in ("on_track_value", "latest_value"))
    if due is not None:
        facts.append((_name("on_track", lang), f"{_on_track(s)}{number(due)}"))
    progress, schedule, lead = (_quantity(found, n) for n in ("progress", "schedule", "lead"))
    if progress is not None and schedule is not None and lead is not None:
        formula = f"ln({v}/{b}) / ln({t}/{b})" if s.geometric[0] else f"({v} - {b}) / ({t} - {b})"
        gone = f"{_percent(progress)} - {_percent(schedule)} = {signed(100 * lead, '.2f')}"
        width = f"{100 * float(found.tolerance[0]):.4g}"
        points = f"点(容差{width}点)" if lang == "zh" else f" points (tolerance {width})"
        facts += [
            (_name("progress", lang), f"{formula} = {_percent(progress)}"),
            (_name("schedule", lang), _percent(schedule)),
            (_name("lead", lang), f"{gone}{points}"),
        ]
    gap = _quantity(found, "gap")
    if gap is not None and latest is not None and due is not None:
        turned = s.scale[0] == Scale.LEVEL and s.direction[0] < 0
        more, less = (due, latest) if turned else (latest, due)
        facts.append((_name("gap", lang), f"{number(more)} - {number(less)} = {signed(gap)}"))
    return facts + change_steps(s, found, lang)


def _path(s: Series, lang: Lang) -> Facts:
    """Say which way the path goes."""
    if s.no_path[0] or np.isnan(s.baseline[0]):
        return []
    knots = dict(zip(s.knot_years[0].tolist(), s.knot_values[0].tolist(), strict=True))
    way = " -> ".join(f"{number(value)} ({year:.0f})" for year, value in knots.items())
    names = {True: ("几何", "geometric"), False: ("线性", "linear")}
    index = ("(指数,基期为1)", " (index, baseline 1)")
    text = f"{word(names[bool(s.geometric[0])], lang)}: {way}"
    if s.scale[0] != Scale.LEVEL:
        text += word(index, lang)
    return [(word(("路径", "Path"), lang), text)]


def _on_track(s: Series) -> str:
    """Return the formula of the on-track value, up to its result."""
    if s.scale[0] == Scale.RATE:
        return ""
    year0, a, year1, b = (x[0] for x in paths.segment_in_time(s.knot_years, s.knot_values, s.year))
    part = f"{number(s.year[0] - year0)}/{number(year1 - year0)}"
    if s.geometric[0]:
        formula = f"{number(a)} × ({number(b)}/{number(a)})^({part})"
    else:
        formula = f"{number(a)} + ({number(b)} - {number(a)}) × {part}"
    return f"100 × |1 - {formula}| = " if s.scale[0] == Scale.SIZE else f"{formula} = "


def _projected(s: Series, found: Assessment, lang: Lang, *, own: bool) -> Facts:
    """Say where the pace leads, how sure that is, and when the target is reached."""
    zh = lang == "zh"
    names = ("projected_value", "projected_low", "projected_high", "projected_points")
    value, low, high, points = (_quantity(found, name) for name in names)
    if value is None:
        return []
    text = f"{number(value)} ({s.target_year[0]:.0f})"
    if low is not None and high is not None:
        span = f"{number(low)} - {number(high)}"
        text += f",八成把握在{span}" if zh else f", 80 %: {span}"
        text += f"({points:.0f}个数据点)" if zh else f" ({points:.0f} points)"
    else:
        text += ",数据点不足4个,没有区间" if zh else ", no interval: fewer than 4 points"
    if not own:
        text += ",按指标自己的路径" if zh else ", on the indicator's own path"
    year = found.quantities["projected_year"]
    never = said(words.REASONS, "not_at_this_pace", lang)
    reached = never if year.reason[0] else f"{year.value[0]:.0f}"
    return [
        ("照此推算" if zh else "At this pace", text),
        ("达到年份" if zh else "Reached in", reached),
    ]


def _what_if(s: Series, growth: float | None, reach: int | None, lang: Lang) -> Facts:
    """Say what would follow from a yearly change, and what change a year of reaching would take."""
    zh, geometric = lang == "zh", bool(s.geometric[0])
    value, year, t = float(s.value[0]), float(s.year[0]), float(s.target[0])
    facts: Facts = []
    if np.isnan(value):
        return facts
    left = float(s.target_year[0]) - year
    if growth is not None:
        if (geometric and growth <= -100) or not left > 0:  # percent
            expected = ">-100" if left > 0 else "--actual < --target"
            raise InputError(
                [fault("bad-option", option="--growth", found=growth, expected=expected)]
            )
        g, unit = f"{growth:g}", "%" if geometric else ""
        sign = "-" if growth < 0 else "+"
        end = value * np.float64(1 + growth / 100) ** left if geometric else value + growth * left
        if not np.isfinite(end):
            raise InputError([fault("bad-option", option="--growth", found=growth)])
        formula = f"{number(value)} {sign} {abs(growth):g} × {number(left)} = {number(end)}"
        if geometric:
            formula = (
                f"{number(value)} × (1 {sign} {abs(growth):g}%)^{number(left)} = {number(end)}"
            )
        name = f"若每年{g}{unit}" if zh else f"If {g}{unit} a year"
        facts.append((name, f"{formula}{_as_shown(s, end, lang)} ({s.target_year[0]:.0f})"))
    if reach is not None:
        if reach <= year:
            expected = f">{year:.0f}"
            raise InputError(
                [fault("bad-option", option="--reach", found=reach, expected=expected)]
            )
        change = paths.yearly(s.value, s.target, np.array([reach - year]), s.geometric)[0]
        if np.isfinite(change):
            pair = f"{number(t)}/{number(value)}" if geometric else f"{number(t)} - {number(value)}"
            years = number(reach - year)
            text = f"({pair}) / {years} = {signed(change)}"
            if geometric:
                text = f"({pair})^(1/{years}) - 1 = {signed(100 * change)}%"
            facts.append((f"{reach}年达到需年均" if zh else f"To reach it in {reach}", text))
    return facts


def _as_shown(s: Series, value: float, lang: Lang) -> str:
    """Add to an index what it says as a size of change or an average rate."""
    if s.scale[0] == Scale.LEVEL:
        return ""
    shown = put_out(s, np.array([value]), s.target_year - s.baseline_year)[0]
    average = ("年均", "a year") if s.scale[0] == Scale.RATE else ("累计", "in all")
    if lang == "zh":
        return f",{word(average, lang)}{number(shown)}%"
    return f", {number(shown)}% {word(average, lang)}"


def _verdict(found: Assessment, method: Method, lang: Lang) -> Facts:
    zh = lang == "zh"
    row = {name: as_list(name, column)[0] for name, column in answers(found, method).items()}
    why = f": {said(words.REASONS, row['reason'], lang)}" if row["reason"] else ""
    facts = [
        ("方法" if zh else "Method", f"{method.code} · {word(NAMES[method.code], lang)}"),
        ("状态" if zh else "Status", f"{status_word(row['status'], lang)} [{row['status']}]{why}"),
    ]
    if row["flags"]:
        flags = ", ".join(said(words.FLAGS, flag, lang) for flag in row["flags"].split(";"))
        facts.append(("标记" if zh else "Flags", flags))
    return facts


def _quantity(found: Assessment, name: str) -> float | None:
    one = found.quantities[name]
    return None if one.reason[0] else float(one.value[0])


def _name(code: str, lang: Lang) -> str:
    return said(words.NUMBERS, code, lang)


def _percent(share: float) -> str:
    return f"{signed(100 * share, '.2f').removeprefix('+')}%"
