"""Tables of Open SDG, Our World in Data, the IMF's outlook, the FAO and FRED, by their headings."""

import re
from collections.abc import Sequence

from mfgtargets.observations.kinds.codes import size_word
from mfgtargets.observations.kinds.unfolding import FREQUENCY, Kind, Layout
from mfgtargets.observations.lines import Line, column_of

_OPEN_SDG = {"year": "period", "units": "unit", "series": "indicator", "geocode": "region",
             "observation status": "obs_status"}  # fmt: skip
_REMARKS = {"comments", "footnote", "footnotes", "source", "obs_comment", "comment_obs"}
_FIRST_DAY = re.compile(r"[0-9]{4}-([0-9]{2})-01\Z")
# Of FAOSTAT: what is known by code and name, and what stands beside other codes.
_CODED, _OF_CODES = {"Area", "Item"}, {"Domain", "Flag Description"}


def open_sdg(top: Sequence[Line]) -> Kind | None:
    """Read a table of an Open SDG site: the rows with blank breakdowns are those of the whole.

    Its own columns (Units, Series …) tell it from others of years and values.
    """
    head = _headings(top)
    lower = [heading.lower() for heading in head]
    if len(head) < 3 or (lower[0], lower[-1]) != ("year", "value"):
        return None
    if any(column_of(heading) in {"indicator", "region"} for heading in head):
        return None
    at = {_OPEN_SDG[name]: [n] for n, name in enumerate(lower) if name in _OPEN_SDG}
    if len(at) == 1:
        return None
    idle = {n for n, name in enumerate(lower) if name in _REMARKS}
    scale = lower.index("unit multiplier") if "unit multiplier" in lower else None
    known = {n for places in at.values() for n in places} | idle | {scale, len(head) - 1}
    parts = frozenset(range(len(head))) - known
    if not any(all(not line.cells[n].strip() for n in parts) for line in _even(top)):
        return None
    layout = Layout(
        at, {len(head) - 1: {}}, parts | idle, scale=scale, power=size_word, parts=parts
    )
    return Kind(0, head, layout)


def our_world_in_data(top: Sequence[Line]) -> Kind | None:
    """Read a table of Our World in Data: an entity, its code, a year, then a column an indicator."""
    head = _headings(top)
    first = [heading.lower() for heading in head[:3]]
    if first[:1] != ["entity"] or (first[1:] != ["code", "year"] and first[1:2] != ["year"]):
        return None
    year = first.index("year")
    values = {n: {"indicator": heading} for n, heading in enumerate(head) if n > year and heading}
    return Kind(0, head, Layout({"region": range(year - 1, -1, -1), "period": (year,)}, values))


def weo(top: Sequence[Line]) -> Kind | None:
    """Read a table of the IMF's World Economic Outlook, of which the last years are forecasts."""
    head = _headings(top)
    if not {"WEO Subject Code", "Estimates Start After"} <= set(head):
        return None
    places = {heading: n for n, heading in enumerate(head)}
    named = {
        "region": ("ISO", "Country"),
        "indicator": ("WEO Subject Code", "Subject Descriptor"),
        "unit": ("Units",),
    }
    return Kind(
        0,
        head,
        Layout(
            at={f: [places[one] for one in names if one in places] for f, names in named.items()},
            values={n: {"period": h} for h, n in places.items() if len(h) == 4 and h.isdecimal()},
            unused=frozenset(
                n for h, n in places.items() if "Notes" in h or h in {"Scale", "WEO Country Code"}
            )
            | {places["Estimates Start After"]},
            scale=places.get("Scale"),
            power=size_word,
            last_actual=places["Estimates Start After"],
        ),
    )


def faostat(top: Sequence[Line]) -> Kind | None:
    """Read a table of FAOSTAT, where an element says what of an item is measured."""
    head = _headings(top)
    if not {"Area", "Item", "Element", "Year", "Value"} <= set(head):
        return None
    own = {"Area": "region", "Item": "indicator", "Year": "period", "Unit": "unit",
           "Flag": "obs_status", "Note": "note"}  # fmt: skip
    at = {
        field: [
            n
            for n, one in enumerate(head)
            if one == name or (name in _CODED and one.startswith(f"{name} Code"))
        ]
        for name, field in own.items()
        if name in head
    }
    unused = {n for n, one in enumerate(head) if " Code" in one or one in _OF_CODES}
    return Kind(0, head, Layout(at, {head.index("Value"): {}}, frozenset(unused)))


def fred(top: Sequence[Line]) -> Kind | None:
    """Read a table of FRED, whose dates are the first days of the periods that they stand for."""
    head = _headings(top)
    dates = [date for line in _even(top) if (date := _FIRST_DAY.match(line.cells[0].strip()))]
    if head[:1] != ["observation_date"] or len(dates) < 2:  # one date alone may stand for anything
        return None
    months = {date[1] for date in dates}
    often = "a" if months == {"01"} else "q" if months <= {"01", "04", "07", "10"} else "m"
    values = {n: {"indicator": one, FREQUENCY: often} for n, one in enumerate(head) if n and one}
    return Kind(0, head, Layout({"period": (0,)}, values))


def _even(top: Sequence[Line]) -> list[Line]:
    """Return the rows of the first lines that have as many cells as the header."""
    return [line for line in top[1:] if len(line.cells) == len(top[0].cells)]


def _headings(top: Sequence[Line]) -> list[str]:
    return [cell.strip() for cell in top[0].cells] if top else []
