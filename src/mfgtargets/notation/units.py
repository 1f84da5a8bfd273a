"""Units that are known, the sizes they come in, and the path a quantity in them usually takes.

They stand in ``data/units.csv``, a row a unit: what it is ``of`` and by which ``power`` of ten, its
``path`` (``rate``: money, money per head or area, physical output; else ``step``), whether it is
``counted`` in whole things, its names in English. Rows of ``path`` ``size`` are the sizes that
stand before units. A unit that is not known is itself alone: it is converted to no other.
"""

import csv
import re
from typing import Literal

from mfgtargets.data import data_folder


def _rows() -> list[dict[str, str]]:
    with (data_folder() / "units.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_ROWS = _rows()
SIZES = {row["unit"]: int(row["power"]) for row in _ROWS if row["path"] == "size"}
UNITS = {
    row["unit"]: (row["of"] or row["unit"], int(row["power"] or 0))
    for row in _ROWS
    if row["path"] != "size"
}
RATES = frozenset(row["unit"] for row in _ROWS if row["path"] == "rate")
COUNTS = frozenset(row["unit"] for row in _ROWS if row["counted"])
ENGLISH_SIZES, ENGLISH = (
    {
        word: r["unit"]
        for r in _ROWS
        if (r["path"] == "size") is size
        for word in r["english"].split()
    }
    for size in (True, False)
)
_SIZED = re.compile(rf"({'|'.join(sorted(filter(None, SIZES), key=len, reverse=True))})?(.+)\Z")


def sized(unit: str) -> tuple[str, str]:
    """Return the size a unit comes in, and the unit: 亿 and 元; an empty size where it has none."""
    match = _SIZED.match(unit)
    if match is None or (unit in UNITS and match[2] not in UNITS):  # 千瓦时 is no thousand of 瓦时
        return "", unit
    return match[1] or "", match[2]


def default_path(unit: str | None, kind: str) -> Literal["linear", "geometric"]:
    """Return ``geometric`` for money, output and relative changes, else ``linear``."""
    if kind in {"growth_rate", "cumulative_change", "multiple"}:
        return "geometric"
    grows = unit is not None and sized(unit)[1] in RATES
    return "geometric" if kind == "level" and grows else "linear"
