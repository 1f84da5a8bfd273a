"""Charts as SVG text: pure functions of a course, its time axis and its unit.

A chart is ``WIDTH`` by ``HEIGHT``; what its classes look like is in ``data/page/chart.css``.
"""

import math
from collections.abc import Sequence

from mfgtargets.data import data_folder
from mfgtargets.evaluation.course import Band, Course, Fan, Spot
from mfgtargets.harmless import html_text
from mfgtargets.render.fitting import folded
from mfgtargets.render.plot import BOTTOM, LEFT, RIGHT, TOP, Plot, plot_of
from mfgtargets.render.svg import shortly
from mfgtargets.wording.figures import derived

WIDTH, HEIGHT = 360, 184
_MOST_YEARS = 7
_LARGE = 1e7  # from here on figures of the axis would have no room
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NEAR = 64  # labels of points closer than this stand one above and one below
_NAME, _LINE = 48, 18  # columns of a line of the name, and its height
_MANY = 25  # values that would run into one another are drawn smaller


def chart(course: Course, span: tuple[float, float], unit: str, places: int, name: str = "") -> str:
    """Return the chart of a course.

    ``span`` are the first and the last year of its axis, ``unit`` what its values are in, ``places``
    the decimals of its figures. With a ``name``, written above it, it can stand alone; without one it
    is for the eye, and what it shows is told beside it.
    """
    plot = plot_of(course, span)
    spots = [spot for spot in course.spots if plot.first <= spot.time <= plot.last]
    parts = [
        _axes(plot, unit),
        _band(plot, course.band),
        _fan(plot, course.fan),
        _steps(plot, course.steps),
        _line(plot, "way", course.path),
        *(_line(plot, "run", run) for run in _runs(spots)),
        _gap(plot, course),
        _knots(plot, course),
        *(_spot(plot, spot, 3.5 if len(spots) <= _MANY else 2) for spot in spots),
        _figures(plot, course, spots, places),
    ]
    told = f'role="img" aria-label="{html_text(name)}"' if name else 'aria-hidden="true"'
    lines = folded(name, _NAME) if name else []
    above = _LINE * len(lines)
    parts += [_text(2, _LINE * (n + 1) - above - 4, line, "name") for n, line in enumerate(lines)]
    height = HEIGHT + above
    size = f'viewBox="0 {-above} {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    return f'<svg class="chart" {size} {told}>{"".join(parts)}</svg>'


def alone(svg: str) -> str:
    """Return a chart as a file of its own, with its style in it."""
    style = (data_folder() / "page" / "chart.css").read_text(encoding="utf-8")
    opened, rest = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).split(">", 1)
    return f"{opened}><style>{style}</style>{rest}\n"


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{shortly(x)}" y="{shortly(y)}"{named}>{html_text(text)}</text>'


def _line(plot: Plot, kind: str, points: Sequence[tuple[float, float]]) -> str:
    if len(points) < 2:
        return ""
    line = " ".join(f"{shortly(plot.x(t))},{shortly(plot.y(v))}" for t, v in points)
    return f'<polyline class="{kind}" points="{line}"/>'


def _steps(plot: Plot, steps: Sequence[tuple[float, float]]) -> str:
    """Draw the value asked for at each time, from where the axis begins."""
    inside = [(min(max(time, plot.first), plot.last), value) for time, value in steps]
    return _line(plot, "step", inside)


def _axes(plot: Plot, unit: str) -> str:
    """Draw lines at round values with the unit above them, and the years."""
    step = plot.ticks[1] - plot.ticks[0]
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    thousands = _thousands(plot)
    times = f" ×10{str(3 * thousands).translate(_RAISED)}" if thousands else ""
    at = (LEFT - 6, 12, unit, "end") if len(unit + times) < 5 else (2, 12, unit + times)
    parts = [_text(*at)]
    for value in plot.ticks:
        y = plot.y(value)
        figure = _figure(value, places, thousands)
        parts.append(f'<path class="grid" d="M{LEFT} {shortly(y)}H{RIGHT}"/>')
        parts.append(_text(LEFT - 6, y + 4, figure, "end"))
    years = math.floor(plot.last) - math.ceil(plot.first)
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100) if years <= n * _MOST_YEARS or n == 100)
    labelled = range(math.floor(plot.last), math.ceil(plot.first) - 1, -every)
    parts += [_text(plot.x(year), BOTTOM + 18, str(year), "mid") for year in labelled]
    return "".join(parts)


def _thousands(plot: Plot) -> int:
    """Return the power of 1000 that large figures are written in."""
    size = max(abs(value) for value in plot.ticks)
    return 0 if size < _LARGE else int(math.log10(size)) // 3


def _figure(value: float, places: int, thousands: int) -> str:
    """Write a figure: as it is, or with at most two decimals in a power of 1000."""
    if not thousands:
        return derived(value, places)
    return derived(value / 1000**thousands, 2).rstrip("0").rstrip(".")


def _band(plot: Plot, band: Band | None) -> str:
    if band is None:
        return ""
    top = TOP if band.high is None else plot.y(band.high)
    foot = BOTTOM if band.low is None else plot.y(band.low)
    first, last = plot.x(max(band.first, plot.first)), plot.x(band.last)
    left, width = (first, last - first) if last > first else (last - 12, 24)
    size = f'width="{shortly(width)}" height="{shortly(max(foot - top, 1))}"'
    return f'<rect class="band" x="{shortly(left)}" y="{shortly(top)}" {size}/>'


def _fan(plot: Plot, fan: Fan | None) -> str:
    """Draw where the pace leads: the interval as a wedge, the projection as a line with its point."""
    if fan is None:
        return ""
    wedge = ""
    if fan.low is not None and fan.high is not None:
        ends = [(fan.since, fan.start), (fan.time, fan.high), (fan.time, fan.low)]
        corners = " ".join(f"{shortly(plot.x(t))},{shortly(plot.y(v))}" for t, v in ends)
        wedge = f'<polygon class="fan" points="{corners}"/>'
    point = ""
    if plot.holds(fan.value):
        at = f'cx="{shortly(plot.x(fan.time))}" cy="{shortly(plot.y(fan.value))}"'
        point = f'<circle class="led" {at} r="3"/>'
    return wedge + _line(plot, "lead", [(fan.since, fan.start), (fan.time, fan.value)]) + point


def _runs(spots: Sequence[Spot]) -> list[list[tuple[float, float]]]:
    """Return the values that a line joins: none across a break, nor proxies, bounds and parts of years."""
    runs: list[list[tuple[float, float]]] = [[]]
    for spot in spots:
        if "D" in spot.letters or spot.bound or not spot.is_whole:
            continue
        if "B" in spot.letters:
            runs.append([])
        runs[-1].append((spot.time, spot.value))
    return runs


def _gap(plot: Plot, course: Course) -> str:
    """Draw the gap where the value is judged."""
    now = course.now
    if now is None or not plot.first <= now.time <= plot.last:
        return ""
    x, ends = shortly(plot.x(now.time)), (shortly(plot.y(now.due)), shortly(plot.y(now.value)))
    kind = "gap" if now.gap < 0 else "gap good"
    return f'<path class="{kind}" d="M{x} {ends[0]}V{ends[1]}"/>'


def _knots(plot: Plot, course: Course) -> str:
    """Draw baseline and milestones as ticks on the path, targets as diamonds, a range as a bar."""
    parts = []
    for time, value in course.knots[:-1]:
        x, y = shortly(plot.x(time)), shortly(plot.y(value) - 5)
        parts.append(f'<path class="knot" d="M{x} {y}v10"/>')
    parts += [_diamond(plot, "target old", *old) for old in course.replaced]
    for time, value in course.knots[-1:]:
        if course.high is not None:
            ends = shortly(plot.y(value)), shortly(plot.y(course.high))
            parts.append(f'<path class="range" d="M{shortly(plot.x(time))} {ends[0]}V{ends[1]}"/>')
        parts.append(_diamond(plot, "target", time, value))
    return "".join(parts)


def _diamond(plot: Plot, kind: str, time: float, value: float) -> str:
    if not plot.first <= time <= plot.last:
        return ""
    x, y = shortly(plot.x(time)), shortly(plot.y(value) - 6)
    return f'<path class="{kind}" d="M{x} {y}l5 6-5 6-5-6Z"/>'


def _spot(plot: Plot, spot: Spot, radius: float) -> str:
    """Draw a value: filled, hollow where provisional, a cross for a proxy, an arrow for a bound."""
    x, y = plot.x(spot.time), plot.y(spot.value)
    if spot.bound:
        way = -1 if ">" in spot.bound else 1
        arrow = f"v{9 * way}m-4 {-4 * way}l4 {4 * way} 4 {-4 * way}"
        head = f"M{shortly(x)} {shortly(y)}{arrow}M{shortly(x - 4)} {shortly(y)}h8"
        return f'<path class="mark" d="{head}"/>'
    if "D" in spot.letters:
        return f'<path class="mark" d="M{shortly(x - 4)} {shortly(y - 4)}l8 8m0-8-8 8"/>'
    hollow = not spot.is_whole or {"P", "E"} & set(spot.letters)
    kind = "spot hollow" if hollow else "spot"
    return f'<circle class="{kind}" cx="{shortly(x)}" cy="{shortly(y)}" r="{shortly(radius)}"/>'


def _figures(plot: Plot, course: Course, spots: Sequence[Spot], places: int) -> str:
    """Write the target's figure and the newest value's: close by, one above and one below.

    Else the newest stands above, unless the line of its gap is there.
    """
    ends = [(time, value, "") for time, value in course.knots[-1:]]
    ends += [(spot.time, spot.value, spot.bound) for spot in spots[-1:]]
    top = min(plot.y(value) for _, value, _ in ends) if ends else 0.0
    is_close = len(ends) == 2 and abs(plot.x(ends[0][0]) - plot.x(ends[1][0])) < _NEAR
    parts, written = [], set()
    for n, (time, value, bound) in enumerate(ends):
        x, y = plot.x(time), plot.y(value)
        now = course.now if n > 0 else None
        is_below = y > top if is_close else now is not None and now.due > now.value
        text = bound + _figure(value, places, _thousands(plot))
        if text in written or (text == "0" and value):  # too small for the axis
            continue
        written.add(text)
        kind = "figure end" if x > RIGHT - 30 else "figure mid"
        x, y = min(x, RIGHT + 8), y + 19 if is_below else y - 9
        if y > BOTTOM:  # that is where the years are
            x, y, kind = x - 18, y - 15, "figure end"
        parts.append(_text(x, y, text, kind))
    return "".join(parts)
