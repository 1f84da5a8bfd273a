"""Tables of indicators, however a text lays them out: by bars, tabs, spaces, or a cell a line."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mfgtargets.drafting.found import Found, Omitted
from mfgtargets.drafting.kinds import Judged, of_name
from mfgtargets.drafting.outline import Places, folded
from mfgtargets.drafting.quantities import AFTER, BEFORE, is_unit, number
from mfgtargets.drafting.years import Years

_YEAR = re.compile(r"(20[0-9]{2})")
_YEAR_CELL = re.compile(
    r"(?:\(?(?:基期|现状|现值|目标|Baseline|Target|baseline|target)[^0-9]{0,6})?20[0-9]{2}(?:年)?(?:底|末)?(?:\)|实际|目标|现状|基期|规划|预计|完成|值|数|\(|基|期|完|成|实|际|target|baseline|Target|Baseline| )*\Z"
)
_HEADS = re.compile(
    r"(?:序号|类别|类型|分类|领域|维度|指标|指标名称|主要指标|具体指标|[一二三]级指标|名称|单位|计量单位|属性|指标属性|性质|备注|责任单位|牵头单位|No\.?|Indicator|KPI|Unit|Type)\Z"
)
_RATE_HEAD = re.compile(r"年均|累计|增速|增长")
_KINDS = re.compile(r"约束性|预期性")
_VALUE = re.compile(
    r"(?:(?:比|较)20[0-9]{2}年|累计)?(?:下降|降低|提高|增长|上升)?(?:\((?P<year0>20[0-9]{2})年?\))?(?P<open>[\[(])?(?P<before>[≥≤><]=?|不少于|不低于|不超过|超过|突破|低于|约|>=|<=)?(?P<low>-?[0-9][0-9,]*(?:\.[0-9]+)?)"
    r"(?:[-—~–](?P<high>[0-9][0-9,]*(?:\.[0-9]+)?))?(?P<unit>%|[\u4e00-\u9fff/]{0,6}?)(?P<after>左右|以上|以内|以下)?[\])]?"
    r"(?:[\[(](?P<year>20[0-9]{2})年?[\])])?(?:\([^()0-9]{1,16}\))?[①-⑳¹²³*﹡]*\Z"
)
_DELEGATED = re.compile(r".{0,12}(?:省|国家|上级|市|部).{0,4}下达.{0,8}\Z|.{0,8}(?:依据|按照|根据|完成).{0,6}(?:下达|国家).{0,8}\Z")
_NONE = frozenset(("", "-", "—", "——", "/", "--", "–"))
_UNIT_END = re.compile(r"[(\[]([^()\[\]]{1,14})[)\]][*﹡①-⑳]*\Z")
_UNIT_CELL = re.compile(r"(?:%|万|亿|千|百)?(?:亿|万)?[\u4e00-\u9fffA-Za-z/%·0-9]{0,10}\Z")
_NUMBERED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})?(?:[.、]|\s)?(?=[\u4e00-\u9fff(A-Za-z])")
_OF_YEAR = re.compile(r"[\[(]20[0-9]{2}年?[\])]\Z")
_GAPS = re.compile(r"\t+|[ \u3000]{2,}")
_SPACES = re.compile(r"[ \t\u3000]+")
_SHORT = 80  # characters of a cell at most, in a table of a cell a line
_MARKS = str.maketrans("", "", "*﹡①②③④⑤⑥⑦⑧⑨⑩")


class Cell(NamedTuple):
    """A cell, in half-width signs, and its place in the text."""

    text: str
    start: int
    end: int
    line: int


class Column(NamedTuple):
    """What a column of values holds: a year's values, or changes over the plan."""

    year: int | None
    is_base: bool


class Table(NamedTuple):
    """The rows below one head, and the lines, from 0, that they take."""

    head: list[Cell]
    rows: list[list[Cell]]
    lines: set[int]
    is_run: bool  # a cell a line: rows have only their own cells


def tables(text: str) -> list[Table]:
    """Find the tables of indicators in a text: below a head that names years."""
    lines = _lines(text)
    found: list[Table] = []
    index = 0
    while index < len(lines):
        table = _in_rows(lines, index) or _in_a_run(lines, index)
        if table is None:
            index += 1
            continue
        found.append(table)
        index = max(table.lines) + 1
    return found


def _lines(text: str) -> list[list[Cell]]:
    """Return the cells of each line; a line of one cell is text, or a cell of a table."""
    rows, start = [], 0
    for index, line in enumerate(text.splitlines(keepends=True)):
        flat = folded(line.rstrip("\r\n"))
        if flat.count("|") >= 2:
            bounds = [-1, *(m.start() for m in re.finditer(r"\|", flat)), len(flat)]
            spans = [(a + 1, b) for a, b in zip(bounds, bounds[1:], strict=False)]
            if not flat[: spans[0][1]].strip() and flat.lstrip().startswith("|"):
                spans = spans[1:]
        elif _GAPS.search(flat.strip()):
            spans = _spans(flat, _GAPS)
        else:
            spans = _spans(flat, _SPACES)
            if len(spans) < 4 or sum(bool(_VALUE.match(flat[a:b]) or _YEAR_CELL.match(flat[a:b])) for a, b in spans) < 2:
                spans = [(0, len(flat))]
        rows.append([_cell(flat, a, b, start, index) for a, b in spans])
        start += len(line)
    return rows


def _spans(flat: str, gap: re.Pattern[str]) -> list[tuple[int, int]]:
    edge = len(flat) - len(flat.lstrip())
    spans, at = [], edge
    for match in gap.finditer(flat, edge):
        spans.append((at, match.start()))
        at = match.end()
    return [(a, b) for a, b in [*spans, (at, len(flat))] if b > a]


def _cell(flat: str, a: int, b: int, start: int, line: int) -> Cell:
    raw = flat[a:b]
    left = len(raw) - len(raw.lstrip())
    bare = raw.strip()
    return Cell(bare, start + a + left, start + a + left + len(bare), line)


def _years_in(cells: list[Cell]) -> int:
    return sum(bool(_YEAR_CELL.match("".join(cell.text.split()))) for cell in cells)


def _in_rows(lines: list[list[Cell]], index: int) -> Table | None:
    """Return the table whose head is one line."""
    head = lines[index]
    if len(head) < 2 or not _years_in(head) or not (_years_in(head) > 1 or any(_HEADS.match("".join(c.text.split())) for c in head)):
        return None
    rows, taken = [], {index}
    blank = 0
    for at in range(index + 1, len(lines)):
        cells = lines[at]
        if len(cells) == 1 and not cells[0].text:
            blank += 1
            if blank > 1:
                break
            continue
        if len(cells) < 2 and (blank or len(cells[0].text) > 40 or "。" in cells[0].text):
            break
        blank = 0
        taken.add(at)
        if not all(set(c.text) <= set("-: ") for c in cells):
            rows.append(cells)
    return Table(head, rows, taken, False) if any(len(row) > 1 for row in rows) else None


def _in_a_run(lines: list[list[Cell]], index: int) -> Table | None:
    """Return the table that begins at a line and has a cell a line."""
    cells, at = [], index
    while at < len(lines) and len(lines[at]) == 1 and len(cells) < 14:
        cell = lines[at][0]
        bare = "".join(cell.text.split())
        if bare and not (_HEADS.match(bare) or _YEAR_CELL.match(bare) or _is_rate_head(bare)):
            break
        cells += [cell] if bare else []
        at += 1
    if len(cells) < 3 or not _years_in(cells):
        return None
    rows: list[list[Cell]] = [[]]
    last = at
    for at in range(at, len(lines)):  # noqa: PLW2901 - the rest of the lines
        if len(lines[at]) != 1 or len(lines[at][0].text) > _SHORT or "。" in lines[at][0].text:
            break
        cell = lines[at][0]
        if not cell.text:
            continue
        last = at
        if rows[-1] and _OF_YEAR.match(cell.text):
            before = rows[-1].pop()
            rows[-1].append(before._replace(text=before.text + cell.text, end=cell.end))
            continue
        is_value = _is_value(cell.text)
        if not is_value and rows[-1] and _is_value(rows[-1][-1].text) and not _KINDS.match(cell.text):
            rows.append([])
        rows[-1].append(cell)
    good = [row for row in rows if any(_is_value(cell.text) for cell in row)]
    taken = {cell.line for cell in cells} | {cell.line for row in good for cell in row}
    return Table(cells, good, taken | {index, min(last, max(taken, default=index))}, True) if good else None


def _is_rate_head(bare: str) -> bool:
    return len(bare) <= 14 and bool(_RATE_HEAD.search(bare))


def _is_value(text: str) -> bool:
    bare = "".join(text.split())
    return bare in _NONE or bool(_VALUE.match(bare) or _DELEGATED.match(bare))


def of_tables(found: list[Table], years: Years, places: Places, section: str) -> Iterator[Found | Omitted]:
    """Yield the targets of tables, and those of tables of the past as left out."""
    for table in found:
        columns = _columns(table, years)
        if not any(column and column.year and not column.is_base for column in columns):
            for row in table.rows:
                yield Omitted(places.cut(row[0].start, row[-1].end), "past")
            continue
        group: str | None = None
        for row in table.rows:
            full = [cell for cell in row if cell.text]
            if full and not any(_is_value(cell.text) for cell in full):
                group = full[0].text if len(full) == 1 else group
                continue
            if full:
                yield from _row(table, columns, row, years, places, section, group)


def _columns(table: Table, years: Years) -> list[Column | None]:
    """Tell what each column is: None for names, units and the like."""
    named = [int(match[1]) for cell in table.head if (match := _YEAR.search(cell.text))]
    found: list[Column | None] = []
    for cell in table.head:
        bare = "".join(cell.text.split())
        match = _YEAR.search(bare)
        if _is_rate_head(bare) and (match is None or "年均" in bare or "累计" in bare):
            found.append(Column(None, False))
        elif match is None:
            found.append(Column(years.end, False) if re.search(r"目标值?|Target", bare) else Column(None, True) if re.search(r"现状|基期|Baseline", bare) else None)
        else:
            year = int(match[1])
            told = re.search(r"实际|现状|基期|完成|aseline", bare)
            begun = years.start is not None and year < years.start
            first = len(named) > 1 and year == min(named) and not (years.start and year >= years.start)
            past = years.published is not None and year < years.published
            found.append(Column(year, bool(told or begun or first or past)))
    return found


def _row(table: Table, columns: list[Column | None], row: list[Cell], years: Years, places: Places, section: str, group: str | None) -> Iterator[Found]:
    """Yield the targets of one row; its cells are counted from the right where some are missing."""
    pairs = _aligned(columns, row, table.is_run)
    values = [(column, cell) for column, cell in pairs if column is not None]
    others = [cell for column, cell in pairs if column is None and cell.text]
    name_cell = _name_cell(others)
    clause = places.cut(name_cell.start, name_cell.end) if name_cell else places.cut(row[0].start, row[-1].end)
    name, unit = _named(name_cell, others)
    judged = of_name(name)
    obligation = next(({"约束性": "binding", "预期性": "expected"}[m[0]] for c in row if (m := _KINDS.search(c.text))), None)
    base = next(((column.year, match) for column, cell in values if column.is_base and (match := _VALUE.match("".join(cell.text.split())))), None)
    common = Found(
        clause=clause, name=name or "?", kind=judged.kind, comparator="eq", value=None, unit=unit or ("%" if judged.kind in {"growth_rate", "cumulative_change"} else None),
        year=None, direction=judged.direction, obligation=obligation, group=group, section=section,
        doubts=tuple(judged.doubts + (() if name else ("name",))), in_table=True,
    )  # fmt: skip
    if base and judged.kind in {"level", "increment", "growth_rate"}:
        year = int(base[1]["year"] or base[1]["year0"] or base[0] or (years.start or 1) - 1)
        common = common._replace(baseline_year=year if year > 1949 else None, baseline_value=number(base[1]["low"]))
    start = base[0] + 1 if base and base[0] else years.start
    had_level = False
    for column, cell in values:
        bare = "".join(cell.text.split())
        if column.is_base or bare in _NONE:
            continue
        if _DELEGATED.match(bare) and not _VALUE.match(bare):
            yield common._replace(kind="delegated", comparator=None, year=column.year or years.end, start=None, hold=None, baseline_value=None, baseline_year=None)
            continue
        match = _VALUE.match(bare)
        if match is None or (column.year is None and had_level):
            continue
        had_level = had_level or column.year is not None
        yield _of_cell(common, match, column, judged, start, years)
        if column.year is not None and judged.kind == "growth_rate":
            start = column.year + 1


def _of_cell(common: Found, match: re.Match[str], column: Column, judged: Judged, start: int | None, years: Years) -> Found:
    """Return the target of one value cell."""
    signs = {">=": "ge", "<=": "le"}
    before = match["before"] or ""
    comparator = signs.get(before) or BEFORE.get(before) or AFTER.get(match["after"] or "") or "eq"
    kind, unit = judged.kind, match["unit"] or common.unit
    if column.year is None:  # 年均 or 累计
        kind = "growth_rate" if match["open"] is None else kind if kind != "level" else "increment"
        unit = "%" if kind == "growth_rate" else unit
    value = number(match["low"])
    high = number(match["high"]) if match["high"] else None
    direction = judged.direction
    if value < 0 and kind in {"growth_rate", "cumulative_change"}:
        value, direction = -value, "down"
    if direction == "up" and comparator in {"le", "lt"}:
        direction = "down"
    return common._replace(
        kind=kind,
        comparator="range" if high is not None else comparator,
        value=value,
        value_high=high,
        unit=unit,
        year=column.year or years.end,
        start=start,
        direction=direction,
        hedge=(match["after"],) if match["after"] == "左右" else (),
        baseline_year=None if kind == "growth_rate" and column.year is None else common.baseline_year,
        baseline_value=None if kind == "growth_rate" and column.year is None else common.baseline_value,
    )


def _aligned(columns: list[Column | None], row: list[Cell], is_run: bool) -> list[tuple[Column | None, Cell]]:
    """Pair cells with columns; in rows of too few cells the values take the last of them."""
    wanted = [column for column in columns if column is not None]
    if not is_run:
        cells, heads = list(row), list(columns)
        while cells and not cells[-1].text and len(cells) > len(heads):
            cells.pop()
        if len(cells) == len(heads) and not any(
            column is not None and cell.text and not _is_value(cell.text) for column, cell in zip(heads, cells, strict=True)
        ):
            return list(zip(heads, cells, strict=True))
    full = [cell for cell in row if cell.text]
    values = [cell for cell in full if _is_value(cell.text)][-len(wanted) :]
    taken = {id(cell) for cell in values}
    spare = len(wanted) - len(values)
    others: list[tuple[Column | None, Cell]] = [(None, cell) for cell in full if id(cell) not in taken]
    return others + list(zip(wanted[spare:], values, strict=True))


def _name_cell(others: list[Cell]) -> Cell | None:
    """Return the cell with the name: the last that is neither unit nor remark."""
    good = [c for c in others if not _KINDS.search(c.text) and not c.text.isdigit() and not is_unit(c.text)]
    return good[-1] if good else None


def _named(cell: Cell | None, others: list[Cell]) -> tuple[str, str | None]:
    """Return the name without its number and unit, and the unit, from it or a cell of its own."""
    unit = next((c.text for c in others if c is not cell and is_unit(c.text)), None)
    if cell is None:
        return "", unit
    name = _NUMBERED.sub("", "".join(cell.text.split()) if re.search(r"[\u4e00-\u9fff]", cell.text) else cell.text, count=1).translate(_MARKS)
    match = _UNIT_END.search(name)
    if match and (is_unit(match[1]) or unit is None and _UNIT_CELL.match(match[1]) and len(match[1]) <= 8):
        return name[: match.start()], unit or match[1]
    return name, unit
