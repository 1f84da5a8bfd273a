"""The user's table of regional targets: region, indicator, year, value."""

from collections.abc import Collection, Iterable, Sequence

from mfgtargets.document.records import Document
from mfgtargets.evaluation.regions import RegionalTarget
from mfgtargets.faults import Fault, InputError, Nearest, fault
from mfgtargets.notation.cells import read_cell
from mfgtargets.observations.listed import listed
from mfgtargets.observations.names import folded_name, known_names
from mfgtargets.observations.regions import Regions

_LARGEST = 1e15
_ALIKE = {"relative", "event"}  # the same everywhere
_COLUMNS = ("region", "indicator", "year", "value")


def read_regional_targets(
    raw: bytes, name: str, document: Document, regions: Regions, there: Collection[str]
) -> tuple[RegionalTarget, ...]:
    """Read a table of regional targets in CSV; an indicator may stand under its id or name.

    ``there`` are the regions of the actuals. Raises ``InputError`` with every line whose region,
    indicator, year or value cannot be used, and for a target given twice.
    """
    known, near = known_names(document), Nearest()
    found: dict[tuple[str, str, int], RegionalTarget] = {}
    faults: list[Fault] = []
    for line in listed(raw, name, _COLUMNS, ()):
        cells = {**line.cells, "year": line.cells["year"].removesuffix("年")}
        region = regions.among(cells["region"], there)
        if regions.are_named and cells["region"] and region is None:
            continue  # of a region that is not asked for, whose values are not read
        indicator = known.get(folded_name(cells["indicator"]))
        own = [target for target in document.targets if target.indicator == indicator]
        years, value = {str(target.year) for target in own}, _value_of(cells["value"])
        alike = any(target.kind in _ALIKE for target in own)
        rules: Sequence[tuple[bool, str, str, Iterable[str]]] = (
            (not cells["region"] or not region, "region", "no-such-region", [regions.own, *there]),
            (region == regions.own, "region", "no-own-target", ()),
            (indicator is None, "indicator", "no-such-indicator", document.indicators),
            (alike, "indicator", "no-own-target", ()),
            (cells["year"] not in years, "year", "no-such-target-year", sorted(years)),
            (value is None, "value", "not-a-number", ()),
        )
        wrong = next((rule[1:] for rule in rules if rule[0]), None)
        if wrong is not None:
            column, code, words = wrong
            told = {"found": cells[column] or "-"}
            told |= {"near": ", ".join(near(told["found"], words, 1))} if words else {}
            faults.append(fault(code, line.place, **told))
        elif region and indicator and value is not None:
            one = RegionalTarget(region, indicator, int(cells["year"]), value)
            if found.setdefault(one[:3], one) != one:
                both = f"{region} {indicator} {one.year}"
                faults.append(fault("regional-target-twice", line.place, found=both))
    if faults:
        raise InputError(faults)
    return tuple(found.values())


def _value_of(text: str) -> float | None:
    """Return the value of a target; None where it is none, or larger than any."""
    cell = read_cell(text)
    if cell is None or cell.bound or cell.is_change or cell.unit:
        return None
    value = float(cell.text)
    return value if abs(value) <= _LARGEST else None
