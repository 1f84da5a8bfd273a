"""Small drawings as SVG text: signs of a status, the bar of a way covered, the keys of a chart."""

_BAR, _FROM, _TO = 200, -0.1, 1.2  # the bar's width, and the shares it goes from and to

_SIGNS = {
    "met": '<circle cx="8" cy="8" r="7"/><path class="cut" d="M4.5 8.2 7 10.7 11.5 5.5"/>',
    "on_track": '<path d="M8 1 15 14.5H1Z"/>',
    "behind": '<path d="M8 15 1 1.5H15Z"/>',
    "away": '<path d="M3 .5 8 5.5 13 .5 15.5 3 10.5 8 15.5 13 13 15.5 8 10.5 3 15.5 .5 13 5.5 8 .5 3Z"/>',
    None: '<circle class="hollow" cx="8" cy="8" r="6"/>',
}


def shortly(number: float) -> str:
    """Write a coordinate."""
    return f"{number:.1f}".removesuffix(".0")


def sign(place: str | None) -> str:
    """Return the sign of a place on the common scale: a shape of its own, and a colour."""
    return (
        f'<svg class="sign {place or "none"}" viewBox="0 0 16 16" width="16" height="16" '
        f'aria-hidden="true">{_SIGNS[place]}</svg>'
    )


def bullet(progress: float | None, schedule: float | None, place: str | None) -> str:
    """Return a bar of the way covered, with what is due by now shaded and the target as a tick."""

    def at(share: float) -> float:
        inside = min(_TO, max(_FROM, share))
        return _BAR * (inside - _FROM) / (_TO - _FROM)

    def bar(kind: str, end: float, top: int, height: int) -> str:
        left, right = sorted((at(0), at(end)))
        place = f'x="{shortly(left)}" y="{top}" width="{shortly(right - left)}" height="{height}"'
        return f'<rect class="{kind}" {place}/>'

    parts = [bar("rest", 1, 3, 14)]
    if schedule is not None:
        parts.append(bar("due", min(1.0, schedule), 3, 14))
    if progress is not None:
        kind = f"done {place or 'none'}"
        parts.append(bar(kind, progress, 7, 6))
        if not _FROM <= progress <= _TO:  # it goes on
            tip, way = (_BAR, -8) if progress > _TO else (0, 8)
            parts.append(f'<path class="{kind}" d="M{tip} 10l{way} -7v14Z"/>')
    parts.append(f'<path class="aim" d="M{shortly(at(1))} 1V19"/>')
    size = f'viewBox="0 0 {_BAR} 20" width="{_BAR}" height="20"'
    return f'<svg class="bullet" {size} aria-hidden="true">{"".join(parts)}</svg>'


def legend() -> dict[str, str]:
    """Return a small drawing of each kind of sign in a chart, by the code of its word."""
    shapes = {
        "way": '<path class="way" d="M1 8H27"/>',
        "target": '<path class="target" d="M14 2l5 6-5 6-5-6Z"/>',
        "replaced": '<path class="target old" d="M14 2l5 6-5 6-5-6Z"/>',
        "step": '<path class="step" d="M1 12H14V4H27"/>',
        "actual": '<path class="run" d="M1 8H27"/><circle class="spot" cx="14" cy="8" r="3.5"/>',
        "hollow": '<circle class="spot hollow" cx="14" cy="8" r="3.5"/>',
        "cross": '<path class="mark" d="M10 4l8 8m0-8-8 8"/>',
        "arrow": '<path class="mark" d="M14 13v-9m-4 4l4-4 4 4M10 13h8"/>',
        "gap_line": '<path class="gap" d="M10 2V14"/><path class="gap good" d="M18 2V14"/>',
        "pace": '<path class="fan" d="M1 8 27 2V14Z"/><path class="lead" d="M1 8H27"/>',
        "band": '<rect class="band" x="2" y="3" width="24" height="10"/>',
    }
    return {
        code: f'<svg viewBox="0 0 28 16" width="28" height="16" aria-hidden="true">{shape}</svg>'
        for code, shape in shapes.items()
    }
