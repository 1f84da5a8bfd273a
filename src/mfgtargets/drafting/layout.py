"""Tables of indicators, however a text lays them out: by bars, tabs, spaces, or a cell a line."""

import re
from itertools import pairwise
from typing import NamedTuple

from mfgtargets.drafting.outline import folded

_YEAR_CELL = re.compile(
    r"(?:\(?(?:基期|现状|现值|目标|[Bb]aseline|[Tt]arget)[^0-9]{0,6})?20[0-9]{2}年?[底末]?"
    r"(?:[()值数基期完成实际]|目标|现状|规划|预计|[Tt]arget|[Bb]aseline)*\Z"
    r"|(?:(?:规划|期末|预期)?目标值?|(?:现状|基期|基准)值?|[Tt]arget(?: value)?|[Bb]aseline(?: value)?)\Z"
)
_HEADS = re.compile(
    r"(?:序号|类别|类型|分类|领域|维度|(?:主要|具体|[一二三]级)?指标(?:名称)?|名称|(?:计量)?单位|(?:指标)?属性|性质"
    r"|备注|责任单位|牵头单位|No\.?|Indicator|KPI|Unit|Type)\Z"
)
_NAMES_HEAD = re.compile(r"(?:主要|具体|[一二三]级)?指标(?:名称)?\Z|Indicator\Z|KPI\Z")
_RATE_HEAD = re.compile(r"年均|累计|增速|增长")
OBLIGATIONS = re.compile(r"约束性|预期性")
_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
VALUE = re.compile(
    r"(?:(?:比|较)20[0-9]{2}年|累计)?(?:下降|降低|提高|增长|上升)?(?:\((?P<year0>20[0-9]{2})年?\))?(?P<open>[\[(])?"
    rf"(?P<before>[≥≤><]=?|不少于|不低于|不超过|超过|突破|低于|约)?(?P<low>-?{_NUMBER}|全覆盖)(?:[-—~–](?P<high>{_NUMBER}))?"
    r"(?P<unit>%|[\u4e00-\u9fff/]{0,6}?)(?P<after>左右|以上|以内|以下)?[\])]?"
    r"(?:[\[(](?P<year>20[0-9]{2})年?[\])])?(?:\([^()0-9]{1,16}\))?[①-⑳¹²³*﹡]*\Z"
)
DELEGATED = re.compile(
    r".{0,12}(?:省|国家|上级|市|部).{0,4}下达.{0,8}\Z"
    r"|.{0,8}(?:依据|按照|根据|完成).{0,6}(?:下达|国家).{0,8}\Z"
)
NO_VALUE = frozenset(("", "-", "—", "——", "/", "--", "–"))
_OF_YEAR = re.compile(r"[\[(]20[0-9]{2}年?[\])]\Z")
_GAPS = re.compile(r"\t+|[ \u3000]{2,}")
_SPACES = re.compile(r"[ \t\u3000]+")
_LONGEST = 80  # characters of a cell at most, in a table of a cell a line
_MOST_CELLS = 30  # of a row
_SENTENCE = 40  # characters of a line that is no group in a table
_MOST_HEADS, _FEWEST_HEADS = 14, 3
_FEWEST_SPACED, _FEWEST_AT_ONCE = 4, 8  # cells of a row of single spaces, of a table in one line
_MOST_WORDS = 4  # parted by single spaces, for each number: a sentence has more


class Cell(NamedTuple):
    """A cell, in half-width signs, and its place in the text."""

    text: str
    start: int
    end: int
    line: int

    @property
    def bare(self) -> str:
        """The text without white space."""
        return "".join(self.text.split())

    @property
    def is_value(self) -> bool:
        """Whether it holds a number, none, or one set elsewhere."""
        bare = self.bare
        return bare in NO_VALUE or bool(VALUE.match(bare) or DELEGATED.match(bare))

    @property
    def is_year(self) -> bool:
        """Whether it heads a column of a year."""
        return _YEAR_CELL.match(self.bare) is not None

    @property
    def is_rate_head(self) -> bool:
        """Whether it heads a column of changes over the plan: 年均增长, 累计."""
        bare = self.bare
        return len(bare) <= _MOST_HEADS and _RATE_HEAD.search(bare) is not None

    @property
    def is_head(self) -> bool:
        """Whether it heads a column of a table of indicators."""
        return bool(_HEADS.match(self.bare)) or self.is_year or self.is_rate_head


class Table(NamedTuple):
    """The rows below one head, and the lines, from 0, that they take."""

    head: list[Cell]
    rows: list[list[Cell]]
    lines: set[int]
    is_run: bool  # a cell a line: rows have only their own cells
    after: int  # the row of cells it ends before


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
        index = table.after
    return found


def _lines(text: str) -> list[list[Cell]]:
    """Return the cells of each line; a line of one cell is text, or a cell of a table."""
    rows: list[list[Cell]] = []
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        flat = folded(line.rstrip("\r\n"))
        cells = [_cell(flat, a, b, start, number) for a, b in _spans(flat)]
        values = sum(cell.is_value and cell.bare not in NO_VALUE for cell in cells)
        at_once = len(cells) > _FEWEST_AT_ONCE and _years_in(cells) > 1 and values > 1
        start += len(line)
        above = rows[-1] if rows else []
        if len(above) > 1 and above[-1].is_head and cells[0].text.startswith("("):
            last = above[-1]  # a head that is broken within a cell: 2025年 / (目标)
            above[-1:] = [
                last._replace(text=last.text + cells[0].text, end=cells[0].end),
                *cells[1:],
            ]
        else:
            rows += [[cell] for cell in cells] if at_once and "|" not in flat else [cells]
    return rows


def _spans(flat: str) -> list[tuple[int, int]]:
    """Return where the cells of a line begin and end."""
    if flat.count("|") > 1:
        bounds = [-1, *(match.start() for match in re.finditer(r"\|", flat)), len(flat)]
        spans = [(a + 1, b) for a, b in pairwise(bounds)]
        return spans[1:] if flat.lstrip().startswith("|") else spans
    if _GAPS.search(flat.strip()):
        return _parted(flat, _GAPS)
    spans = _parted(flat, _SPACES)
    cells = [_cell(flat, a, b, 0, 0) for a, b in spans]
    numbers = sum((cell.is_value and cell.bare not in NO_VALUE) or cell.is_year for cell in cells)
    is_row = numbers > 1 and _FEWEST_SPACED <= len(spans) <= _MOST_WORDS * numbers
    return spans if is_row else [(0, len(flat))]


def _parted(flat: str, gap: re.Pattern[str]) -> list[tuple[int, int]]:
    at = len(flat) - len(flat.lstrip())
    spans = []
    for match in gap.finditer(flat, at):
        spans.append((at, match.start()))
        at = match.end()
    return [(a, b) for a, b in [*spans, (at, len(flat))] if b > a] or [(0, len(flat))]


def _cell(flat: str, a: int, b: int, start: int, line: int) -> Cell:
    raw = flat[a:b]
    left = start + a + len(raw) - len(raw.lstrip())
    bare = raw.strip()
    return Cell(bare, left, left + len(bare), line)


def _years_in(cells: list[Cell]) -> int:
    return sum(cell.is_year for cell in cells)


def _in_rows(lines: list[list[Cell]], index: int) -> Table | None:
    """Return the table whose head is one line; one of indicators may say nothing of its columns."""
    head = lines[index]
    known, named = _is_headed(head), any(_NAMES_HEAD.match(cell.bare) for cell in head)
    if len(head) < 2 or not (known or named):
        return None
    rows: list[list[Cell]] = []
    taken, after, blank = {cell.line for cell in head}, index + 1, False
    for at in range(index + 1, len(lines)):
        cells = lines[at]
        if _ends(cells, after_blank=blank) or (blank and _is_headed(cells)):
            break
        blank = len(cells) == 1 and not cells[0].text
        if blank:
            continue
        taken.add(cells[0].line)
        after = at + 1
        if not all(set(cell.text) <= set("-: ") for cell in cells):
            rows.append(_continued(rows.pop(), cells) if rows and _is_begun(rows[-1]) else cells)
    numbers = max(
        (sum(c.is_value and c.bare not in NO_VALUE for c in row) for row in rows), default=0
    )
    good = any(len(row) > 1 for row in rows) if known else numbers > 1
    return Table(head, rows, taken, False, after) if good else None


def _is_headed(cells: list[Cell]) -> bool:
    """Tell whether cells head the columns of a table, of one year beside other heads or of several."""
    years = _years_in(cells)
    return years > 1 or (years > 0 and any(_HEADS.match(cell.bare) for cell in cells))


def _is_begun(row: list[Cell]) -> bool:
    """Tell whether a row holds a serial number and the beginning of a name, and no values yet."""
    return len(row) == 2 and row[0].text.isdigit() and not row[1].is_value


def _continued(row: list[Cell], cells: list[Cell]) -> list[Cell]:
    """Return a row whose name runs over two lines as one."""
    name = row[1]._replace(text=row[1].text + cells[0].text, end=cells[0].end)
    return [row[0], name, *cells[1:]]


def _ends(cells: list[Cell], *, after_blank: bool) -> bool:
    """Tell whether a line is no longer of the table above it."""
    text = cells[0].text
    if len(cells) > 1:
        return False
    return after_blank or len(text) > _SENTENCE or "。" in text


def _in_a_run(lines: list[list[Cell]], index: int) -> Table | None:
    """Return the table that begins at a line and has a cell a line."""
    if not lines[index][0].text:
        return None
    head: list[Cell] = []
    at = index
    while at < len(lines) and len(lines[at]) == 1 and len(head) < _MOST_HEADS:
        cell = lines[at][0]
        if cell.text and not cell.is_head:
            break
        if head and cell.text.startswith(("(", "[")):  # 年均增速 / [累计] is one head
            head[-1] = head[-1]._replace(text=head[-1].text + cell.text, end=cell.end)
        else:
            head += [cell] if cell.text else []
        at += 1
    if len(head) < _FEWEST_HEADS or not _years_in(head):
        return None
    rows: list[list[Cell]] = [[]]
    while at < len(lines) and len(lines[at]) == 1:
        cell = lines[at][0]
        if len(cell.text) > _LONGEST or "。" in cell.text or len(rows[-1]) > _MOST_CELLS:
            break
        if cell.text:
            _add(rows, cell)
        at += 1
    good = [row for row in rows if any(cell.is_value for cell in row)]
    taken = {cell.line for row in [head, *good] for cell in row}
    return Table(head, good, taken, True, at) if good else None


def _add(rows: list[list[Cell]], cell: Cell) -> None:
    """Add a cell to the last row, or to a new one where a name follows values."""
    row = rows[-1]
    if row and _OF_YEAR.match(cell.text):
        row[-1] = row[-1]._replace(text=row[-1].text + cell.text, end=cell.end)
    elif not cell.is_value and not OBLIGATIONS.match(cell.text) and any(c.is_value for c in row):
        rows.append([cell])
    else:
        row.append(cell)
