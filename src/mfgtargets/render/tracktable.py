"""A target year by year as a table with a small chart that any terminal can show."""

from collections.abc import Sequence

from mfgtargets.evaluation.track import Track, TrackYear
from mfgtargets.render.fitting import GAP, fitted, spans
from mfgtargets.render.sources import actuals_fields, actuals_line
from mfgtargets.render.table import Cell, Column, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import (
    common_decimals,
    derived,
    published_decimals,
    target_figure,
    with_unit,
)
from mfgtargets.wording.names import name_of
from mfgtargets.wording.words import Lang, say, term

_WIDEST, _LEAST = 48, 8  # columns of the chart


def track_table(track: Track, lang: Lang, width: int | None = None) -> Table:
    """Return the table, its chart as wide as ``width`` leaves room for."""
    target, supposed = track.target, track.change is not None
    published = published_decimals(track.baseline_value, target.value, track.basis.shown)
    calculated = (v for one in track.years for v in (one.on_track_value, one.latest_value, one.gap))
    places = common_decimals(published, calculated)
    # Where rates are chained or additions summed up, what was published stands beside it.
    differs = any(one.given_value not in (None, one.latest_value) for one in track.years)
    more = [name for name, is_there in (("given", differs), ("what_if", supposed)) if is_there]
    numbers = ("on_track", "actual", "gap", *more)
    year = columns_of(("year",), "year", lang)
    columns = [*year, Column("mark", "", left=True), *columns_of(numbers, "", lang)]

    def figure(value: float | None, before: str = "", *, sign: bool = False) -> Cell:
        text = before + derived(value, places, sign=sign)
        return Cell(text, value, unit=target.unit or "")

    rows = [
        (
            Cell(str(one.year), one.year),
            Cell(term(words.MARKS, one.mark or "", lang), code=one.mark or ""),
            figure(one.on_track_value),
            figure(one.latest_value, before=one.latest_bound or ""),
            figure(one.gap, sign=True),
            *([figure(one.given_value)] if differs else []),
            *([figure(one.what_if)] if supposed else []),
        )
        for one in track.years
    ]
    name = with_unit(name_of(target, lang), target.unit, lang)
    aim = f"{term(words.MARKS, 'target', lang)} {target_figure(target, lang, places)}"
    table = Table(
        before=[f"{name} — {target.id}: {aim}"],
        columns=columns,
        lines=[line_of(*row) for row in rows],
        after=[*_legend(track, lang), actuals_line(track.actuals, lang)],
        order=["year", *numbers, "mark"],
    )
    return _with_chart(fitted(table, lang, width), track.years, width)


def _with_chart(table: Table, years: Sequence[TrackYear], width: int | None) -> Table:
    """Return the table with a chart beside it, where there is room for one."""
    taken = sum(span.natural + GAP for span in spans(table))
    space = _WIDEST if width is None else min(_WIDEST, width - taken)
    if space < _LEAST:
        return table
    low, high = _range(years)
    heading = "" if high == low else f"{low + 0.0:g} .. {high + 0.0:g}"
    return table._replace(
        columns=[*table.columns, Column("chart", heading, left=True)],
        lines=[
            line_of(*line.cells, _bar(one, low, high, space))
            for line, one in zip(table.lines, years, strict=True)
        ],
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
        change = f"{track.change:+.6g}{track.target.unit or ''}"
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
