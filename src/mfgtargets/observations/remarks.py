"""Lines that are no data: what stands above a table, under it, or between its rows."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from mfgtargets.notation.cells import plain_text, read_cell, read_period
from mfgtargets.observations.headings import unit_said
from mfgtargets.observations.lines import Line, column_of
from mfgtargets.observations.observation import LeftOut
from mfgtargets.observations.titles import begins_anew

_FOOTER = re.compile(r"(注|数据来源|资料来源|来源|备注|说明)\d*:")
_REMEMBERED = 10_000  # beginnings of lines whose kind is remembered
_SUBTOTALS = frozenset({"合计", "总计", "小计", "平均", "平均值", "总平均"})


@lru_cache(_REMEMBERED)
def kind_of_line(first: str, name: str) -> str | None:
    """Tell lines that are no data by their first cell and the one that says what they are of.

    ``anew``: a header again, or what a new table is of; else the reason why it is left out.
    """
    plain, plain_name = plain_text(first), plain_text(name)
    if begins_anew(plain) or column_of(name) in {"indicator", "region", "period"}:
        return "anew"
    if _FOOTER.match(plain):
        return "footer"
    if plain_name.startswith(("#", "其中")) or name.startswith("\u3000"):
        return "sub-item"
    return "subtotal" if plain_name in _SUBTOTALS else None


def kind_of(cells: Sequence[str], name: str, values: Iterable[int]) -> str | None:
    """Tell lines that are no data, as ``kind_of_line`` does.

    One that begins like a header and holds a number in a column of values is a row all the same:
    an indicator may be called as a heading is.
    """
    kind = kind_of_line(cells[0], name)
    if kind == "anew" and any(_is_value(cells[n]) for n in values if n < len(cells)):
        return None
    return kind


def _is_value(cell: str) -> bool:
    return read_cell(cell) is not None and read_period(cell) is None


def unit_line(line: Line) -> dict[str, str]:
    """Return the unit that a line of one cell gives for what follows."""
    told = [cell for cell in line.cells if cell.strip()]
    return unit_said(told) if len(told) == 1 else {}


def left_out_line(reason: str, line: Line) -> LeftOut:
    """Return a line as left out for a reason."""
    found = " ".join(cell.strip() for cell in line.cells if cell.strip())
    return LeftOut(line.place, reason, {"found": found[:80]})
