r"""Eurostat's TSV: ``freq,unit,geo\TIME_PERIOD`` in the first cell, then a column a period."""

from collections.abc import Sequence

from mfgtargets.observations.kinds.sdmx import INDICATORS, REGIONS, UNUSED
from mfgtargets.observations.kinds.unfolding import Kind, Layout
from mfgtargets.observations.lines import Line

_TIME = {"time", "time_period"}


def kind_of(top: Sequence[Line]) -> Kind | None:
    """Return what a table of Eurostat's bulk files says, None where this is none."""
    first = top[0].cells[0] if top else ""
    dimensions, _, across = first.strip().rpartition("\\")
    if not dimensions or across.lower() not in _TIME:
        return None
    names = dimensions.split(",")
    size = len(names)
    at: dict[str, list[int]] = {}
    for n, name in enumerate(map(str.upper, names)):
        if name in REGIONS:
            at["region"] = [n]
        elif name == "UNIT":
            at["unit"] = [n]
        elif INDICATORS.fullmatch(name):
            at["indicator"] = [n]

    def cells_of(line: Line) -> list[str]:
        own = line.cells[0].split(",")
        return [*own, *line.cells[1:]] if len(own) == size else []

    periods = [cell.strip() for cell in top[0].cells[1:]]
    layout = Layout(
        at=at,
        values={size + n: {"period": period} for n, period in enumerate(periods)},
        unused=frozenset(n for n, name in enumerate(names) if name.upper() in UNUSED),
    )
    return Kind(0, [*names, *periods], layout, cells_of)
