"""One series worked out line by line, so that the arithmetic can be followed by hand."""

from collections.abc import Callable
from typing import Any

from mfgtargets.assessment.methods import ALL_METHODS, METHODS, SCHEDULE
from mfgtargets.calc.calculate import Request, calculate, verdicts
from mfgtargets.calc.output import records
from mfgtargets.calc.textcolumns import TextColumns
from mfgtargets.faults import InputError, fault
from mfgtargets.report import words
from mfgtargets.report.methodwords import NAMES, status_word, verdicts_table
from mfgtargets.report.plain import align, plain_text
from mfgtargets.report.words import Lang, said, word

Facts = list[tuple[str, str]]
Row = dict[str, Any]


def calculation(
    columns: TextColumns, request: Request, growth: float | None, reach: int | None, lang: Lang
) -> str:
    """Work one series out: what was given, each number with its formula, the verdict.

    ``growth`` (percent or units a year) and ``reach`` (a year) add what would follow from them.
    """
    row = records(columns.columns, calculate(columns, request))[0]
    row["geometric"] = row["path"] == "geometric" or request.method == "log-reduction"
    facts = _given(row, lang)
    formula = _FORMULAS.get(request.method)
    facts += formula(row) if formula else _worked(row, lang)
    facts += (
        _projected(row, lang) + _what_if(row, growth, reach, lang) + _verdict(row, request, lang)
    )
    text = "\n".join(align(facts, [True, True])) + "\n"
    if request.method == ALL_METHODS:
        table = verdicts_table(verdicts(columns, request)[0], row["geometric"], lang)
        text += "\n" + plain_text(table)
    return text


def _given(row: Row, lang: Lang) -> Facts:
    points = [
        (("基期值", "Baseline"), row["baseline_value"], row["baseline_year"]),
        (("目标", "Target"), row.get("target_value"), row.get("target_year")),
        (("实际值", "Actual"), row["value"], row["year"]),
    ]
    return [
        (word(name, lang), f"{_number(value)} ({year:.0f})")
        for name, value, year in points
        if value is not None and year is not None
    ]


def _worked(row: Row, lang: Lang) -> Facts:
    """Follow the arithmetic of SPEC §4."""
    b, t, v = (_number(row.get(f"{name}value")) for name in ("baseline_", "target_", ""))
    n, whole = _years(row, "baseline_year", "year"), _years(row, "baseline_year", "target_year")
    left, due = _years(row, "year", "target_year"), row["on_track_value"]
    geometric, plain = (
        row["geometric"],
        not (row.get("milestones") or row.get("kind") or "").strip(),
    )
    facts: Facts = []
    if due is not None and n:
        formula = (
            f"{b} × ({t}/{b})^({n}/{whole})" if geometric else f"{b} + ({t} - {b}) × {n}/{whole}"
        )
        facts.append(
            (_name("on_track", lang), f"{formula} = {_number(due)}" if plain else _number(due))
        )
    if row["progress"] is not None:
        formula = f"ln({v}/{b}) / ln({t}/{b})" if geometric else f"({v} - {b}) / ({t} - {b})"
        shown = _percent(row["progress"])
        facts += [
            (_name("progress", lang), f"{formula} = {shown}" if plain else shown),
            (_name("schedule", lang), _percent(row["schedule"])),
            (_name("lead", lang), _points(row["lead"], lang)),
        ]
    if row["gap"] is not None:
        facts.append((_name("gap", lang), f"{v} - {_number(due)}: {row['gap']:+.6g}"))
    formulas = {
        "planned_change": (b, t, whole),
        "achieved_change": (b, v, n),
        "required_change": (v, t, left),
    }
    for name, (start, end, years) in formulas.items():
        if row[name] is not None:
            formula = (
                f"({end}/{start})^(1/{years}) - 1" if geometric else f"({end} - {start}) / {years}"
            )
            change = _change(row[name], row)
            facts.append((_name(name, lang), f"{formula} = {change}" if plain else change))
    return facts


def _compound(row: Row) -> Facts:
    b, t, v = (_number(row.get(f"{name}value")) for name in ("baseline_", "target_", ""))
    n, whole = _years(row, "baseline_year", "year"), _years(row, "baseline_year", "target_year")
    facts = [("CAGR_a", _rate(v, b, n))]
    if t:
        facts.append(("CAGR_r", _rate(t, b, whole)))
    formula = "d × CAGR_a / |CAGR_r|" if t else "d × CAGR_a"
    return _with_ratio(facts, "R" if t else "c", formula, row)


def _rate(end: str, start: str, years: str) -> str:
    """Write a compound yearly change with its value, where it has one."""
    formula = f"({end}/{start})^(1/{years}) - 1"
    if not years or not end or not start or float(years) <= 0 or float(end) * float(start) <= 0:
        return formula
    return f"{formula} = {(float(end) / float(start)) ** (1 / float(years)) - 1:.6g}"


def _unsd(row: Row) -> Facts:
    b, t, v = (_number(row.get(f"{name}value")) for name in ("baseline_", "target_", ""))
    n, left = _years(row, "baseline_year", "year"), _years(row, "year", "target_year")
    if not t:
        return _with_ratio([], "c", f"d × (({v}/{b})^(1/{n}) - 1)", row)
    facts = [("v_e", f"{v} × ({v}/{b})^({left}/{n})")]
    return _with_ratio(facts, "Q", f"(v_e - {b}) / ({t} - {b})", row)


def _sdsn(row: Row) -> Facts:
    b, t, v = (_number(row.get(f"{name}value")) for name in ("baseline_", "target_", ""))
    n, whole = _years(row, "baseline_year", "year"), _years(row, "baseline_year", "target_year")
    return _with_ratio([], "q", f"(({v} - {b})/{n}) / (({t} - {b})/{whole})", row)


def _destatis(row: Row) -> Facts:
    t, v = _number(row.get("target_value")), _number(row["value"])
    left = _years(row, "year", "target_year")
    return _with_ratio([], "", f"d × ({t} - {v} - a × {left}) / |{t} - {v}|", row)


def _escap(row: Row) -> Facts:
    b, t = _number(row["baseline_value"]), _number(row.get("target_value"))
    year = row.get("target_year") or 0
    return _with_ratio([], "", f"d × ({t} - L({year:.0f})) / |{t} - {b}|", row)


def _acceleration(row: Row) -> Facts:
    t, v = _number(row.get("target_value")), _number(row["value"])
    return _with_ratio([], "AF", f"(({t} - {v})/{_years(row, 'year', 'target_year')}) / h", row)


def _with_ratio(facts: Facts, name: str, formula: str, row: Row) -> Facts:
    if row["ratio"] is None:
        return [*facts, (name, formula)]
    facts = [*facts, (name, f"{formula} = {row['ratio']:.6g}")]
    return facts if row["score"] is None else [*facts, ("score", f"{row['score']:.6g}")]


_FORMULAS: dict[str, Callable[[Row], Facts]] = {
    "open-sdg": _compound,
    "eurostat": _compound,
    "unsd": _unsd,
    "sdsn": _sdsn,
    "destatis": _destatis,
    "escap": _escap,
    "acceleration": _acceleration,
}


def _projected(row: Row, lang: Lang) -> Facts:
    """Say where the pace leads, how sure that is, and when the target is reached."""
    zh = lang == "zh"
    if row["projected_value"] is None:
        return []
    text = f"{_number(row['projected_value'])} ({row['target_year']:.0f})"
    if row["projected_low"] is not None:
        span = f"{_number(row['projected_low'])} - {_number(row['projected_high'])}"
        count = row["projected_points"]
        text += f",八成把握在{span}({count}个数据点)" if zh else f", 80 %: {span} ({count} points)"
    else:
        text += ",数据点不足4个,没有区间" if zh else ", no interval: fewer than 4 points"
    year = row["projected_year"]
    reached = said(words.REASONS, "not_at_this_pace", lang) if year is None else str(year)
    return [
        ("照此推算" if zh else "At this pace", text),
        ("达到年份" if zh else "Reached in", reached),
    ]


def _what_if(row: Row, growth: float | None, reach: int | None, lang: Lang) -> Facts:
    """Say what would follow from a yearly change, and what change a year of reaching would take."""
    value, year = row["value"], row["year"]
    target, target_year = row.get("target_value"), row.get("target_year")
    facts: Facts = []
    if value is None or year is None:
        return facts
    zh = lang == "zh"
    if growth is not None and target_year is not None:
        left = target_year - year
        g = f"{growth:g}"
        if row["geometric"] and growth <= -100:  # percent
            raise InputError(
                [fault("bad-option", option="--growth", found=growth, expected=">-100")]
            )
        if row["geometric"]:
            formula, end = (
                f"{_number(value)} × (1 + {g}%)^{left:.0f}",
                value * (1 + growth / 100) ** left,
            )
        else:
            formula, end = f"{_number(value)} + {g} × {left:.0f}", value + growth * left
        name = f"若每年{g}" if zh else f"If {g} a year"
        facts.append((name, f"{formula} = {_number(end)} ({target_year:.0f})"))
    if reach is not None and reach <= year:
        raise InputError(
            [fault("bad-option", option="--reach", found=reach, expected=f">{year:.0f}")]
        )
    if reach is not None and target is not None:
        left = reach - year
        if row["geometric"] and target * value > 0:
            change = (target / value) ** (1 / left) - 1
            text = f"({_number(target)}/{_number(value)})^(1/{left:.0f}) - 1 = {100 * change:+.4g}%"
        else:
            change = (target - value) / left
            text = f"({_number(target)} - {_number(value)}) / {left:.0f} = {change:+.6g}"
        facts.append((f"{reach}年达到需年均" if zh else f"To reach it in {reach}", text))
    return facts


def _verdict(row: Row, request: Request, lang: Lang) -> Facts:
    zh = lang == "zh"
    method = METHODS.get(request.method, SCHEDULE)
    why = f": {said(words.REASONS, row['reason'], lang)}" if row["reason"] else ""
    facts = [
        ("方法" if zh else "Method", f"{method.code} · {word(NAMES[method.code], lang)}"),
        ("状态" if zh else "Status", f"{status_word(row['status'], lang)} [{row['status']}]{why}"),
    ]
    if row["flags"]:
        flags = ", ".join(said(words.FLAGS, flag, lang) for flag in row["flags"])
        facts.append(("标记" if zh else "Flags", flags))
    return facts


def _name(code: str, lang: Lang) -> str:
    return said(words.NUMBERS, code, lang)


def _years(row: Row, start: str, end: str) -> str:
    first, last = row.get(start), row.get(end)
    return "" if first is None or last is None else f"{last - first:g}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.7g}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.2f}%"


def _points(share: float, lang: Lang) -> str:
    return f"{share * 100:+.2f}点" if lang == "zh" else f"{share * 100:+.2f} points"


def _change(change: float, row: Row) -> str:
    return f"{100 * change:+.4g}%" if row["geometric"] else f"{change:+.6g}"
