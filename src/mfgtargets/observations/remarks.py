"""Lines that are no data: what stands above a table, under it, or between its rows."""

import re
from collections.abc import Sequence
from functools import lru_cache

from mfgtargets.notation.cells import plain_text, read_period
from mfgtargets.observations.headers import unit_said
from mfgtargets.observations.lines import Line, column_of
from mfgtargets.observations.observation import LeftOut

_ABOVE = {"指标": "indicator", "地区": "region", "时间": "period", "年份": "period"}
_SAID_ABOVE = re.compile(rf"({'|'.join(_ABOVE)}):(.+)\Z")
# A title that begins with a place is of the last one it names: 绍兴市越城区2018年主要指标.
_PLACE = r"[\u4e00-\u9fff]{1,4}?[省市区县](?![省市区县])"
_PLACES = re.compile(_PLACE)
_TITLE = re.compile(rf"(?:(?>{_PLACE}))+(?=[0-9主国经工])")  # each place is found in one way only
_FOOTER = re.compile(r"(注|数据来源|资料来源|来源|备注|说明)\d*:")
_REMEMBERED = 10_000  # beginnings of lines whose kind is remembered
_SUBTOTALS = frozenset({"合计", "总计", "小计", "平均", "平均值", "总平均"})


def said_above(lines: Sequence[Line]) -> tuple[dict[str, str], list[LeftOut]]:
    """Read what stands above a table: which indicator, region, unit or year all of it is of."""
    said: dict[str, str] = {}
    left_out = []
    for line in lines:
        matches = [_SAID_ABOVE.match(plain_text(cell)) for cell in line.cells]
        found = unit_said(line.cells) | {_ABOVE[match[1]]: match[2] for match in matches if match}
        place = _TITLE.match(plain_text(line.cells[0])) if "region" not in found | said else None
        if place:
            found["region"] = _PLACES.findall(place[0])[-1]
        if "period" in found and read_period(found["period"]) is None:
            del found["period"]
        if not found:
            left_out.append(left_out_line("above-table", line))
        said |= found
    return said, left_out


@lru_cache(_REMEMBERED)
def kind_of_line(first: str, name: str) -> str | None:
    """Tell lines that are no data by their first cell and the one that says what they are of.

    ``anew``: a header again, or what a new table is of; else the reason why it is left out.
    """
    plain, plain_name = plain_text(first), plain_text(name)
    said = _SAID_ABOVE.match(plain)
    begins = said is not None and _ABOVE[said[1]] in {"indicator", "region"}
    if begins or column_of(name) in {"indicator", "region", "period"}:
        return "anew"
    if _FOOTER.match(plain):
        return "footer"
    if plain_name.startswith(("#", "其中")) or name.startswith("\u3000"):
        return "sub-item"
    return "subtotal" if plain_name in _SUBTOTALS else None


def unit_line(line: Line) -> dict[str, str]:
    """Return the unit that a line of one cell gives for what follows."""
    told = [cell for cell in line.cells if cell.strip()]
    return unit_said(told) if len(told) == 1 else {}


def left_out_line(reason: str, line: Line) -> LeftOut:
    """Return a line as left out for a reason."""
    found = " ".join(cell.strip() for cell in line.cells if cell.strip())
    return LeftOut(line.place, reason, {"found": found[:80]})
