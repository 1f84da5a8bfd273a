"""Decimal commas: 12,5 in tables whose cells are parted by semicolons or tabs."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from mfgtargets.observations.lines import Line

_LOOKED_AT = 1000  # lines by which a column is judged
_CELL = re.compile(r"\s*([-+]?[0-9][0-9.,]*)(\s*+(?:[a-z]{1,3}|\([^()]*\)|[*†‡%])?\s*+)")
_GROUPED = r"[-+]?[0-9]{1,3}(?:%s[0-9]{3})+"
_DECIMAL_COMMA = re.compile(
    rf"(?:{_GROUPED % '[.]'}|[-+]?[0-9]+),(?:[0-9]{{1,2}}|[0-9]{{4,}})|[-+]?0,[0-9]+"
)
_DECIMAL_POINT = re.compile(
    rf"(?:{_GROUPED % ','}|[-+]?[0-9]+)[.][0-9]{{1,2}}|{_GROUPED % ','},[0-9]{{3}}"
)


def with_points(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines with decimal points for decimal commas; each column is judged by its first lines.

    Where nothing tells what 1,234 is, a cell between semicolons shows both readings and is no number;
    between tabs it is 1234, as everywhere else.
    """
    rest = iter(lines)
    top = list(islice(rest, _LOOKED_AT))
    if not top or top[0].delimiter not in {";", "\t"}:
        yield from chain(top, rest)
        return
    signs: dict[int, set[str]] = {}
    for line in top:
        for n, cell in enumerate(line.cells):
            if sign := _decimal_sign(cell):
                signs.setdefault(n, set()).add(sign)
    every = set().union(*signs.values())
    for line in chain(top, rest):
        cells = [
            _pointed(cell, signs.get(n, every), line.delimiter) for n, cell in enumerate(line.cells)
        ]
        yield line._replace(cells=cells)


def _decimal_sign(cell: str) -> str:
    """Return the sign that a cell clearly has before its decimals; empty where nothing tells."""
    match = _CELL.fullmatch(cell)
    if match is None:
        return ""
    if _DECIMAL_COMMA.fullmatch(match[1]):
        return ","
    return "." if _DECIMAL_POINT.fullmatch(match[1]) else ""


def _pointed(cell: str, signs: set[str], delimiter: str) -> str:
    match = _CELL.fullmatch(cell) if "," in cell or "." in cell else None
    if match is None:
        return cell
    number, mark = match.groups()
    pointed = number.replace(".", "").replace(",", ".")
    if signs == {","}:
        return pointed + mark
    is_unclear = re.fullmatch(_GROUPED % ",", number) and number.count(",") == 1
    if is_unclear and signs != {"."} and (signs or delimiter == ";"):
        return f"{number} ({pointed} | {number.replace(',', '')} ?)"
    return cell
