"""A target year by year as a table with a small chart that any terminal can show."""

from collections.abc import Sequence

from rich.cells import cell_len

from mfgtargets.evaluation.track import Track, TrackYear
from mfgtargets.render.sources import actuals_fields, actuals_line
from mfgtargets.render.table import Line, TextTable
from mfgtargets.wording import words
from mfgtargets.wording.figures import (
    derived,
    harmless,
    published_decimals,
    target_figure,
    with_unit,
)
from mfgtargets.wording.names import name_of
from mfgtargets.wording.words import Lang, say, term, terms

_WIDEST, _LEAST = 48, 16
_COLUMNS = ("year", "", "on_track", "actual", "gap")


def track_table(track: Track, lang: Lang, width: int | None = None) -> TextTable:
    """Return the table, its chart as wide as ``width`` leaves room for."""
    target, supposed = track.target, track.change is not None
    places = published_decimals(track.baseline_value, target.value, track.basis.shown)
    low, high = _range(track.years)
    columns = (*_COLUMNS, "what_if") if supposed else _COLUMNS
    headings = terms(words.HEADINGS, columns, lang)
    rows = [
        (
            str(one.year),
            term(words.MARKS, one.mark or "", lang),
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
    name = with_unit(name_of(target, lang), target.unit, lang)
    aim = f"{term(words.MARKS, 'target', lang)} {target_figure(target, lang)}"
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
    marks = say("track-marks", lang)
    if track.change is None:
        return [marks]
    if track.target.path == "geometric":
        change = f"{100 * track.change:+.4g}%"
    else:
        change = f"{track.change:+.6g}{harmless(track.target.unit or '')}"
    return [marks + say("track-mark-what-if", lang), say("track-what-if", lang, change=change)]


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
