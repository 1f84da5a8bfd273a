"""A target year by year as a table with a small chart that any terminal can show."""

from collections.abc import Sequence

from rich.cells import cell_len

from mfgtargets.evaluation.track import Track, TrackYear
from mfgtargets.render.sources import actuals_fields, actuals_line
from mfgtargets.render.table import Line, TextTable
from mfgtargets.wording.figures import (
    derived,
    harmless,
    published_decimals,
    target_figure,
    with_unit,
)
from mfgtargets.wording.words import Lang, term, word

_WIDEST, _LEAST = 48, 16
_MARKS = {
    "baseline": ("基期", "baseline"),
    "milestone": ("阶段目标", "milestone"),
    "target": ("目标", "target"),
}
_HEADINGS = (
    ("年份", "Year"),
    ("", ""),
    ("时序应达值", "On track"),
    ("实际值", "Actual"),
    ("差距", "Gap"),
    ("假设", "What if"),
)


def track_table(track: Track, lang: Lang, width: int | None = None) -> TextTable:
    """Return the table, its chart as wide as ``width`` leaves room for."""
    target, supposed = track.target, track.change is not None
    places = published_decimals(track.baseline_value, target.value, track.basis.shown)
    low, high = _range(track.years)
    headings = [word(heading, lang) for heading in _HEADINGS[: 6 if supposed else 5]]
    rows = [
        (
            str(one.year),
            term(_MARKS, one.mark or "", lang),
            derived(one.on_track_value, places),
            (one.latest_bound or "") + derived(one.latest_value, places),
            derived(one.gap, places, sign=True),
            *([derived(one.what_if, places)] if supposed else []),
        )
        for one in track.years
    ]
    taken = sum(max(map(cell_len, column)) + 2 for column in zip(headings, *rows, strict=True))
    space = _WIDEST if width is None else max(_LEAST, min(_WIDEST, width - taken - 1))
    bars = [_bar(one, low, high, space) for one in track.years]
    name = with_unit(target.name_zh if lang == "zh" else target.name_en, target.unit, lang)
    aim = f"{word(('目标', 'target'), lang)} {target_figure(target, lang)}"
    return TextTable(
        before=[f"{name} — {target.id}: {aim}"],
        headings=[*headings, "" if high == low else f"{low + 0.0:g} .. {high + 0.0:g}"],
        left=[True, True, *[False] * (len(headings) - 2), True],
        lines=[Line(cells=(*row, bar)) for row, bar in zip(rows, bars, strict=True)],
        after=[*_legend(track, lang), actuals_line(track.actuals, lang)],
    )


def _range(ones: Sequence[TrackYear]) -> tuple[float, float]:
    values = [
        v for s in ones for v in (s.on_track_value, s.latest_value, s.what_if) if v is not None
    ]
    return (min(values), max(values)) if values else (0.0, 0.0)


def _bar(one: TrackYear, low: float, high: float, width: int) -> str:
    """Draw one year in ASCII, which is one column wide in every font."""
    line = ["."] * width
    marks = ((one.what_if, "+"), (one.on_track_value, "|"), (one.latest_value, "*"))
    for value, mark in marks:
        if value is None:
            continue
        at = 0 if high == low else round((value - low) / (high - low) * (width - 1))
        line[at] = "#" if line[at] == "|" and mark == "*" else mark
    return "".join(line)


def _legend(track: Track, lang: Lang) -> list[str]:
    zh = lang == "zh"
    marks = "| 时序应达值  * 实际值  # 两者重合" if zh else "| on track  * actual  # both"
    if track.change is None:
        return [marks]
    if track.target.path == "geometric":
        change = f"{100 * track.change:+.4g}%"
    else:
        change = f"{track.change:+.6g}{harmless(track.target.unit or '')}"
    return [
        marks + ("  + 假设" if zh else "  + what if"),
        f"假设每年{change}" if zh else f"What if: {change} a year",
    ]


def track_fields(track: Track) -> dict[str, object]:
    """Return the track as it is printed in JSON."""
    target = track.target
    return {
        "document": track.document.id,
        "target_id": target.id,
        "indicator": target.indicator,
        "unit": target.unit,
        "path": target.path,
        "actuals": actuals_fields(track.actuals),
        "supposed_change": track.change,
        "results": [one._asdict() for one in track.years],
    }
