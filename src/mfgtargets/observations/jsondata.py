"""Data sets in JSON that are no records: JSON-stat 2, and answers of the World Bank's interface."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from mfgtargets.faults import InputError, Place, fault
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.jsonrecords import parse_whole
from mfgtargets.observations.kinds.codes import exponent
from mfgtargets.observations.kinds.sdmx import INDICATORS, REGIONS, UNUSED
from mfgtargets.observations.kinds.unfolding import Kind, Layout, Recast, unfolded
from mfgtargets.observations.lines import Line
from mfgtargets.observations.observation import Admission, LeftOut

LARGEST = 10_000_000  # bytes: the whole is held
_STAT = re.compile(rb'"class"\s{0,9}:\s{0,9}"dataset"|"version"\s{0,9}:\s{0,9}"2\.')
_BANK = re.compile(rb'\s*\[\s*\{\s*"page"')
_TIMES = {"TIME", "TIME_PERIOD", "PERIOD", "YEAR"}


def is_data_set(head: bytes) -> bool:
    """Tell whether a text begins as one of these data sets."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return bool(head.startswith(b"{") and _STAT.search(head)) or _BANK.match(head) is not None


def data_set(text: str, name: str, hints: Hints, admit: Admission) -> Recast:
    """Return a data set as a long table; raise ``InputError`` where it is not whole."""
    found = parse_whole(text, name)
    with _whole(name):
        return (
            _bank(found, name, hints, admit)
            if isinstance(found, list)
            else _stat(found, name, hints, admit)
        )


@contextmanager
def _whole(name: str) -> Iterator[None]:
    """Turn what is found missing into ``InputError``."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise InputError([fault("not-a-data-set", Place(name), found=str(error)[:80])]) from None


def _bank(answer: Sequence[Any], name: str, hints: Hints, admit: Admission) -> Recast:
    head, rows = answer
    headings = ["country", "indicator", "date", "value", "unit", "obs_status"]
    at = {"region": (0,), "indicator": (1,), "period": (2,), "unit": (4,), "obs_status": (5,)}
    cells = (
        [
            _coded(row["country"]["id"], row.get("countryiso3code"), row["country"]["value"]),
            _coded(row["indicator"]["id"], row["indicator"]["value"]),
            *(_text(row.get(heading)) for heading in headings[2:]),
        ]
        for row in rows or ()
    )
    found = unfolded(
        _lines(name, headings, cells), Kind(0, headings, Layout(at, {3: {}})), hints, admit
    )
    if int(head["pages"]) == 1:
        return found
    pages = {"found": f"{head['page']}/{head['pages']}"}
    others = LeftOut(Place(name), "other-pages", pages)
    return found._replace(left_out=chain(found.left_out, [others]))


def _stat(data: Mapping[str, Any], name: str, hints: Hints, admit: Admission) -> Recast:
    ids = list(map(str, data["id"]))
    sizes = [int(size) for size in data["size"]]
    codes = [_codes(data["dimension"][one], size) for one, size in zip(ids, sizes, strict=True)]
    labels = [data["dimension"][one]["category"].get("label") or {} for one in ids]
    roles = data.get("role") or {}
    at: dict[str, tuple[int, ...]] = {}
    for n, one in enumerate(ids):
        if one in roles.get("time", ()) or one.upper() in _TIMES:
            at["period"] = (n,)
        elif one in roles.get("geo", ()) or one.upper() in REGIONS:
            at["region"] = (n,)
        elif one in roles.get("metric", ()) or INDICATORS.fullmatch(one.upper()):
            at["indicator"] = (n,)
        elif one.upper() == "UNIT":
            at["unit"] = (n,)
    named = {n for field in ("region", "indicator") for n in at.get(field, ())}
    units = _units(data, ids, at)
    count = len(ids)
    headings = [*ids, "value", "status", "multiplier", "unit of measure", "dataset"]
    at["obs_status"] = (count + 1,)
    at.setdefault("unit", (count + 3,))
    metric = at.get("indicator", (count,))[0]
    dataset = _coded((data.get("extension") or {}).get("id"), data.get("label"))
    if dataset:
        at.setdefault("indicator", (count + 4,))

    def cells() -> Iterator[list[str]]:
        for number, value, status in _values(data):
            places = _places(number, sizes)
            row = [codes[n][place] for n, place in enumerate(places)]
            unit = units.get(row[metric], {}) if metric < count else {}
            shown = [_coded(c, labels[n].get(c)) if n in named else c for n, c in enumerate(row)]
            more = _text(unit.get("multiplier")), _text(unit.get("label") or unit.get("base"))
            yield [*shown, _text(value), _text(status), *more, dataset]

    unused = {n for n, one in enumerate(ids) if one.upper() in UNUSED}
    layout = Layout(
        at,
        {count: {}},
        frozenset({*unused, count + 2, count + 3, count + 4}),
        scale=count + 2,
        power=exponent,
    )
    return unfolded(_lines(name, headings, cells()), Kind(0, headings, layout), hints, admit)


def _codes(dimension: Mapping[str, Any], size: int) -> list[str]:
    """Return the codes of a dimension in order."""
    category = dimension["category"]
    index = category.get("index") or list(category["label"])
    if isinstance(index, dict):
        index = sorted(index, key=lambda code: int(index[code]))
    if len(index) != size:
        raise ValueError(f"size {size}: {len(index)}")
    return list(map(str, index))


def _units(
    data: Mapping[str, Any], ids: Sequence[str], at: Mapping[str, Sequence[int]]
) -> Mapping[str, Any]:
    """Return what is said of the unit of each indicator."""
    if "indicator" not in at:
        return {}
    return data["dimension"][ids[at["indicator"][0]]]["category"].get("unit") or {}


def _values(data: Mapping[str, Any]) -> Iterator[tuple[int, Any, Any]]:
    """Yield each value with its number, and its status."""
    value, status = data["value"], data.get("status")
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for number, one in pairs:
        if isinstance(status, dict):
            yield int(number), one, status.get(str(number))
        else:
            yield int(number), one, status[number] if isinstance(status, list) else status


def _places(number: int, sizes: Sequence[int]) -> list[int]:
    """Return where in each dimension the value of a number stands: the last goes round first."""
    places = []
    for size in reversed(sizes):
        number, place = divmod(number, size)
        places.append(place)
    if number:
        raise IndexError("value")
    return places[::-1]


def _lines(name: str, headings: list[str], rows: Iterator[list[str]]) -> Iterator[Line]:
    yield Line(Place(name), headings)
    with _whole(name):
        for row in rows:
            yield Line(Place(name), row, ", ".join(filter(None, row)))


def _coded(*parts: Any) -> str:
    """Return codes and a name as one cell."""
    return ": ".join(dict.fromkeys(str(part) for part in parts if part))


def _text(value: Any) -> str:
    return "" if value is None else str(value)
