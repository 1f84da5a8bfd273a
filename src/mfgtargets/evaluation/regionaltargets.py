"""The user's table of regional targets: region, indicator, year, value."""

from collections.abc import Collection, Iterable

from mfgtargets.document.records import Document
from mfgtargets.evaluation.regions import RegionalTarget
from mfgtargets.faults import Fault, InputError, Nearest, fault
from mfgtargets.notation.cells import read_cell
from mfgtargets.observations.listed import Listed, listed
from mfgtargets.observations.names import folded_name, known_names
from mfgtargets.observations.regions import Regions

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

    def wrong(line: Listed, column: str, code: str, words: Iterable[str] = ()) -> None:
        told = {"found": line.cells[column] or "-"}
        if words:
            told["near"] = ", ".join(near(told["found"], words, 1))
        faults.append(fault(code, line.place, **told))

    for line in listed(raw, name, _COLUMNS, ()):
        cells = {**line.cells, "year": line.cells["year"].removesuffix("年")}
        region = regions.among(cells["region"], there)
        indicator = known.get(folded_name(cells["indicator"]))
        years = {str(t.year) for t in document.targets if t.indicator == indicator}
        cell = read_cell(cells["value"])
        if not cells["region"] or region is None:
            wrong(line, "region", "no-such-region", [regions.own, *there])
        elif indicator is None:
            wrong(line, "indicator", "no-such-indicator", document.indicators)
        elif cells["year"] not in years:
            wrong(line, "year", "no-such-target-year", sorted(years))
        elif cell is None or cell.bound or cell.is_change or cell.unit:
            wrong(line, "value", "not-a-number")
        else:
            one = RegionalTarget(region, indicator, int(cells["year"]), float(cell.text))
            if found.setdefault(one[:3], one) != one:
                told = f"{region} {indicator} {one.year}"
                faults.append(fault("regional-target-twice", line.place, found=told))
    if faults:
        raise InputError(faults)
    return tuple(found.values())
