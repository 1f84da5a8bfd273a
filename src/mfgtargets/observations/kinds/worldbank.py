"""Tables of the World Bank: years across, or series across, with codes beside names."""

import re
from collections.abc import Sequence

from mfgtargets.observations.kinds.unfolding import Kind, Layout
from mfgtargets.observations.lines import Line

_AT = {
    "region": ("country code", "country name"),
    "indicator": ("series code", "indicator code", "series name", "indicator name"),
    "period": ("time",),
}
_NAMED = {name for names in _AT.values() for name in names}
_PERIOD = re.compile(
    r"([0-9]{4}(?:[QM][0-9]{1,2})?)(?: \[[A-Z]{0,2}[0-9]{4}(?:[QM][0-9]{1,2})?\])?\Z"
)
_SERIES = re.compile(r"([^\[\]]{1,300}) \[([A-Za-z0-9._]{1,60})\]\Z")


def kind_of(top: Sequence[Line]) -> Kind | None:
    """Return what a table says that has the World Bank's columns, None where this is none."""
    for index, line in enumerate(top):
        headings = [cell.strip().lstrip("\ufeff") for cell in line.cells]
        lower = [heading.lower() for heading in headings]
        if not {"country name", "country code"} <= set(lower):
            continue
        at = {field: [lower.index(n) for n in names if n in lower] for field, names in _AT.items()}
        at = {field: places for field, places in at.items() if places}
        values = {
            n: says
            for n, heading in enumerate(headings)
            if lower[n] not in _NAMED and (says := _says(heading))
        }
        unused = frozenset(n for n, name in enumerate(lower) if name == "time code")
        if values:
            return Kind(index, headings, Layout(at, values, unused))
    return None


def _says(heading: str) -> dict[str, str]:
    if period := _PERIOD.match(heading):
        return {"period": period[1]}
    series = _SERIES.match(heading)
    return {"indicator": f"{series[2]}: {series[1]}"} if series else {}
