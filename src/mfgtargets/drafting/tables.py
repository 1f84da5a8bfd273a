"""The targets in tables of indicators: a row an indicator, a column a year."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mfgtargets.document.kinds import Comparator, Kind
from mfgtargets.drafting.found import Found, Omitted
from mfgtargets.drafting.kinds import of_name
from mfgtargets.drafting.layout import DELEGATED, NO_VALUE, OBLIGATIONS, VALUE, Cell, Table
from mfgtargets.drafting.outline import LABEL, Places, apart
from mfgtargets.drafting.quantities import AFTER, BEFORE, is_unit, number
from mfgtargets.drafting.years import Years

_YEAR = re.compile(r"(20[0-9]{2})")
_UNIT_HEAD = re.compile(r"(?:计量)?单位\Z|Unit\Z|unit\Z")
_UNIT_END = re.compile(r"[(\[]([^()\[\]]{1,14})[)\]][*﹡①-⑳]*\Z")
_ENGLISH_UNIT = re.compile(r" ?\((?!(?:19|20)[0-9]{2}\))([^()\[\]]{1,40})\)\Z")
_UNIT_CELL = re.compile(r"[\u4e00-\u9fffA-Za-z/%·0-9]{1,8}")
_NUMBERED = re.compile(
    r"\A[0-9]{1,2}(?:\.[0-9]{1,2})?(?:(?:[.、]|\s)(?=[\u4e00-\u9fff(A-Za-z])|(?=[\u4e00-\u9fff(]))"
)
_AIMED, _BASE = re.compile(r"目标值?|Target"), re.compile(r"现状|基期|Baseline")
_DONE = re.compile(r"实际|现状|基期|完成|aseline")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OBLIGED = {"约束性": "binding", "预期性": "expected"}
_MEASURED = {"level", "increment", "growth_rate"}  # kinds whose baseline is a value of the table
_SIGNS: dict[str, Comparator] = {">=": "ge", "<=": "le"}
_MARKS = str.maketrans("", "", "*﹡①②③④⑤⑥⑦⑧⑨⑩")


class Column(NamedTuple):
    """What a column of values holds: a year's values, or changes over the plan."""

    year: int | None
    is_base: bool


class Named(NamedTuple):
    """What the cells of a row without values say."""

    cell: Cell | None
    name: str
    unit: str | None


def of_tables(
    found: list[Table], years: Years, places: Places, section: str
) -> Iterator[Found | Omitted]:
    """Yield the targets of tables, and those of tables of the past as left out."""
    for table in found:
        columns = _columns(table, years)
        wanted = [one for one in columns if one]
        is_past = not any(one.year and not one.is_base for one in wanted)
        group: str | None = None
        for row in table.rows:
            full = [cell for cell in row if cell.text]
            if not any(cell.is_value for cell in full):
                group = full[0].text if len(full) == 1 else group
            elif not wanted or _too_many(row, table, wanted):
                yield Omitted(places.cut(row[0].start, row[-1].end), "columns")
            elif is_past:
                yield Omitted(places.cut(row[0].start, row[-1].end), "past")
            else:
                yield from _row(table, columns, row, years, places, section, group)


def _too_many(row: list[Cell], table: Table, wanted: list[Column]) -> bool:
    """Tell whether a row has more values than columns to take them, a serial number aside."""
    values = sum(cell.is_value and bool(cell.text) for cell in row)
    return len(row) != len(table.head) and values > len(wanted) + 1


def _columns(table: Table, years: Years) -> list[Column | None]:
    """Tell what each column is: None for names, units and the like."""
    named = [int(match[1]) for cell in table.head if (match := _YEAR.search(cell.text))]
    first = min(named) if len(named) > 1 else None
    return [_column(cell, first, years) for cell in table.head]


def _column(cell: Cell, first: int | None, years: Years) -> Column | None:
    """Tell what a column is; ``first`` is the first of several years that the head names."""
    bare = cell.bare
    match = _YEAR.search(bare)
    if cell.is_rate_head and (match is None or "年均" in bare or "累计" in bare):
        return Column(None, False)
    if match is None:
        is_base = _BASE.search(bare) is not None
        year = None if is_base else years.end
        return Column(year, is_base) if is_base or _AIMED.search(bare) else None
    year = int(match[1])
    begun = years.start is not None and year < years.start
    leads = year == first and not (years.start and year >= years.start)
    past = years.published is not None and year < years.published
    return Column(year, bool(_DONE.search(bare)) or begun or leads or past)


def _row(
    table: Table,
    columns: list[Column | None],
    row: list[Cell],
    years: Years,
    places: Places,
    section: str,
    group: str | None,
) -> Iterator[Found]:
    """Yield the targets of one row."""
    pairs = _aligned(columns, row, is_run=table.is_run)
    values = [(column, cell) for column, cell in pairs if column is not None]
    named = _named(table, row, [cell for column, cell in pairs if column is None and cell.text])
    cut = (named.cell.start, named.cell.end) if named.cell else (row[0].start, row[-1].end)
    judged = of_name(named.name)
    obligation = next((m[0] for cell in row if (m := OBLIGATIONS.search(cell.text))), "")
    per_cent = "%" if judged.kind in {"growth_rate", "cumulative_change"} else None
    heads = [n for n, cell in enumerate(table.head) if LABEL.search(cell.bare)]
    offices = row[heads[0]].bare if heads and len(row) == len(table.head) else ""
    common = Found(
        clause=places.cut(*cut),
        name=named.name or "?",
        kind=judged.kind,
        comparator=None,
        value=None,
        unit=named.unit or per_cent,
        year=None,
        direction=judged.direction,
        obligation=_OBLIGED.get(obligation),
        group=group,
        section=section,
        departments=tuple(apart(offices, "、,;")),
        doubts=(*judged.doubts, *(() if named.name else ("name",))),
        in_table=True,
    )
    base = _baseline(values, years)
    if base is not None and judged.kind in _MEASURED:
        common = common._replace(baseline_year=base[0], baseline_value=base[1])
    start = base[0] + 1 if base else years.start
    aims = [(column, cell) for column, cell in values if not column.is_base]
    dated = any(column.year and cell.bare not in NO_VALUE for column, cell in aims)
    for column, cell in aims:
        if cell.bare in NO_VALUE or (column.year is None and dated):
            continue
        match = VALUE.match(cell.bare)
        at = common._replace(year=column.year or years.end, start=start)
        if match is not None:
            yield _of_cell(at, match, over_plan=column.year is None)
            start = column.year + 1 if column.year and judged.kind == "growth_rate" else start
        elif DELEGATED.match(cell.bare):
            yield at._replace(kind="delegated", baseline_year=None, baseline_value=None)


def _baseline(values: list[tuple[Column, Cell]], years: Years) -> tuple[int, float] | None:
    """Return year and value of the row's baseline; the cell's own year counts before its head's."""
    before = years.start - 1 if years.start else None
    for column, cell in values:
        if column.is_base and (match := VALUE.match(cell.bare)):
            year = match["year"] or match["year0"] or column.year or before
            return (int(year), number(match["low"])) if year else None
    return None


def _of_cell(common: Found, match: re.Match[str], *, over_plan: bool) -> Found:
    """Return the target of one value cell; ``over_plan`` of a column of changes over the plan."""
    before = match["before"] or ""
    comparator = _SIGNS.get(before) or BEFORE.get(before) or AFTER.get(match["after"] or "") or "eq"
    kind: Kind = common.kind
    unit = match["unit"] or common.unit
    if over_plan and kind == "level":
        kind = "growth_rate" if match["open"] is None else "increment"
    if over_plan and kind == "growth_rate":
        unit, common = "%", common._replace(baseline_year=None, baseline_value=None)
    value = number(match["low"])
    falls = value < 0 and kind in {"growth_rate", "cumulative_change"}
    limits = common.direction == "up" and comparator in {"le", "lt"}
    return common._replace(
        kind=kind,
        comparator="range" if match["high"] else comparator,
        value=-value if falls else value,
        value_high=number(match["high"]) if match["high"] else None,
        unit=unit,
        direction="down" if falls or limits else common.direction,
        hedge=(match["after"],) if match["after"] == "左右" else (),
    )


def _aligned(
    columns: list[Column | None], row: list[Cell], *, is_run: bool
) -> list[tuple[Column | None, Cell]]:
    """Pair cells with columns; in rows of too few cells the values take the last of them."""
    cells = row[: len(columns)] if not any(cell.text for cell in row[len(columns) :]) else row
    if not is_run and len(cells) == len(columns):
        pairs = list(zip(columns, cells, strict=True))
        if all(column is None or cell.is_value for column, cell in pairs):
            return pairs
    wanted = [column for column in columns if column is not None]
    full = [cell for cell in row if cell.text]
    values = [cell for cell in full if cell.is_value][-len(wanted) :]
    taken = set(values)
    others = [(None, cell) for cell in full if cell not in taken]
    return [*others, *zip(wanted[len(wanted) - len(values) :], values, strict=True)]


def _named(table: Table, row: list[Cell], others: list[Cell]) -> Named:
    """Return the name without its number and unit, and the unit, from it or a cell of its own."""
    heads = [n for n, cell in enumerate(table.head) if _UNIT_HEAD.match(cell.bare)]
    own = row[heads[0]] if heads and len(row) >= len(table.head) and not table.is_run else None
    own = own or next((cell for cell in others if is_unit(cell.text)), None)
    unit = own.text if own and not own.is_value else None
    good = [
        cell
        for cell in others
        if cell is not own and not OBLIGATIONS.search(cell.text) and not cell.text.isdigit()
    ]
    if not good:
        return Named(None, "", unit or None)
    begun = [cell for cell in row if cell.start > good[0].start]
    first = next(
        (cell.start for cell in begun if cell.is_value and cell.text), begun and begun[-1].end
    )
    cell = next((cell for cell in reversed(good) if not first or cell.start < first), good[0])
    printed = cell.bare if _CHINESE.search(cell.text) else cell.text
    name = re.sub(r"\A其中[:：]?", "", _NUMBERED.sub("", printed, count=1).translate(_MARKS))
    match = (_UNIT_END if _CHINESE.search(name) else _ENGLISH_UNIT).search(name)
    if match and unit is None and match.re is _ENGLISH_UNIT:
        return Named(cell, name[: match.start()], "%" if match[1].startswith("%") else match[1])
    if match and (is_unit(match[1]) or (unit is None and _UNIT_CELL.fullmatch(match[1]))):
        return Named(cell, name[: match.start()], unit or match[1])
    return Named(cell, name, unit or None)
