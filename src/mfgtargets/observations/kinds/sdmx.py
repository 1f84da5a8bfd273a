"""SDMX-CSV 1 and 2, with codes, names, or both."""

import re
from collections.abc import Sequence

from mfgtargets.observations.kinds.codes import exponent
from mfgtargets.observations.kinds.unfolding import Kind, Layout
from mfgtargets.observations.lines import Line

REGIONS = ("REF_AREA", "GEO", "COUNTRY", "LOCATION", "AREA")
INDICATORS = re.compile(r"SERIES|INDICATOR|INDIC(_.+)?|SUBJECT|VARIABLE|NA_ITEM|MEASURE")
UNITS = ("UNIT_MEASURE", "UNIT")
# What bears on no value, or only says how it is written.
UNUSED = frozenset(
    "DATAFLOW STRUCTURE STRUCTURE_ID STRUCTURE_NAME ACTION FREQ TIME_FORMAT DECIMALS CONF_STATUS "
    "OBS_CONF UNIT_MULT COLLECTION TITLE TIME_PER_COLLECT SOURCE_DETAIL".split()
) | {"LAST UPDATE"}
_TIMES = ("TIME_PERIOD", "TIME")
_FLAGS, _NOTES = ("OBS_STATUS", "OBS_FLAG"), ("COMMENT_OBS", "OBS_COMMENT")
_DATAFLOWS = ("STRUCTURE_ID", "DATAFLOW")
_FLOW = re.compile(r"(?:[^:()]*:)?([^:()]+)(?:\([^()]*\))?")
_CODE = re.compile(r"[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*")


def kind_of(top: Sequence[Line]) -> Kind | None:
    """Return what an SDMX-CSV table says, None where this is none."""
    ids = [cell.partition(":")[0].strip().upper() for cell in top[0].cells] if top else []
    time = next((one for one in _TIMES if one in ids), "")
    if not time or "OBS_VALUE" not in ids:
        return None
    names = _names(top[0].cells, ids.index(time) + 1)
    indicator = next((i for i in sorted(ids, key=_rank) if INDICATORS.fullmatch(i)), None)
    found = {
        "indicator": (indicator,) if indicator else _DATAFLOWS,
        "region": REGIONS,
        "period": (time,),
        "unit": UNITS,
        "obs_status": _FLAGS,
        "note": _NOTES,
    }
    at: dict[str, list[int]] = {}
    for field, known in found.items():
        place = next((ids.index(one) for one in known if one in ids), None)
        if place is not None:
            named = place in names and field in {"indicator", "region"}
            at[field] = [place, names[place]] if named else [place]
    read = {"period": lambda text: text.partition(":")[0], "unit": _code}
    if indicator is None:
        read["indicator"] = lambda text: _FLOW.sub(r"\1", text, count=1)
    layout = Layout(
        at=at,
        values={ids.index("OBS_VALUE"): {}},
        unused=frozenset(n for n, one in enumerate(ids) if one in UNUSED) | {*names.values()},
        read=read,
        scale=ids.index("UNIT_MULT") if "UNIT_MULT" in ids else None,
        power=exponent,
    )
    return Kind(0, top[0].cells, layout)


def _names(headings: Sequence[str], after: int) -> dict[int, int]:
    """Return the column of names beside each column of codes; none where the one after time is none."""
    if after == len(headings) or _CODE.fullmatch(headings[after].strip()):
        return {}
    return {
        n: n + 1
        for n, heading in enumerate(headings[:-1])
        if _CODE.fullmatch(heading.strip()) and not _CODE.fullmatch(headings[n + 1].strip())
    }


def _rank(name: str) -> int:
    """Put what names a series before what it measures."""
    return {"SERIES": 0, "INDICATOR": 1, "MEASURE": 3}.get(name, 2)


def _code(text: str) -> str:
    return text.partition(": ")[0]
