"""What the shapes of tables share: a row of one value, and how a line under a header becomes one."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mfgtargets.faults import InputError, Place, fault
from mfgtargets.notation.cells import is_region, plain_text, plain_unit, split_unit
from mfgtargets.notation.marks import FORECAST, letters_of, status_of
from mfgtargets.notation.unitnames import scaled
from mfgtargets.observations.breakdowns import tells_apart
from mfgtargets.observations.headers import Header
from mfgtargets.observations.hints import IGNORE, Hints, plain
from mfgtargets.observations.lines import Line
from mfgtargets.observations.measures import is_measure
from mfgtargets.observations.observation import LeftOut

_IN_FULL = frozenset({"scale", "数量级", "单位倍数", "单位量级"})  # 1000 is a thousand, not 10^1000
_WHOLE = frozenset({"全国", "中国", "全省"})  # places of which no plan's region is the name
_FLAG = re.compile(r"(?:is|是否为?)?(.+?)(?:flag|标志|标识)?\Z")  # is_forecast, 是否预测
_YES = frozenset("1 1.0 true t yes y 是 真 √".split())
_MOST_HELD = 10_000  # rows without a region that wait for one with
_UNDERSTOOD: dict[str, Callable[[str], bool]] = {
    "measure": is_measure,
    "obs_status": lambda text: letters_of(text) is not None,
}


class RawRow(NamedTuple):
    """One value and all that its line says of it.

    ``cells`` are texts by canonical column and ``at`` the places of these; ``others`` are heading
    and text of the columns that are not read and may still tell values apart.
    """

    line: Line
    cells: dict[str, str]
    at: dict[str, int]
    others: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> Place:
        """Where the line stands."""
        return self.line.place


Item = RawRow | LeftOut


class RowMaker:
    """Makes rows of the lines under a header.

    Not ``one_by_one``, rows alike may be left out together, which is faster.
    """

    def __init__(self, header: Header, hints: Hints, *, one_by_one: bool) -> None:
        self.one_by_one = one_by_one
        named = [(heading, n) for n, heading in enumerate(header.headings) if plain_text(heading)]
        read = {*header.at.values(), *header.values}
        unread = [(heading, n) for heading, n in named if n not in read]
        absent = {*hints.columns, *hints.where} - {plain(heading) for heading, _ in named}
        if absent:
            raise InputError([header.line.fault("no-such-column", 0, found=", ".join(absent))])
        self.header = header
        self._apart = [
            (heading, n)
            for heading, n in unread
            if header.roles[n] != IGNORE and tells_apart(heading)
        ]
        self._flags = [n for heading, n in unread if _is_flag(heading)]
        marking = (header.at.get(role) for role in ("note", *_UNDERSTOOD))
        self._marking = [*(n for _, n in unread), *(n for n in marking if n is not None)]
        self._unsure = [
            (role, header.headings[n], n)
            for role, n in header.at.items()
            if role in _UNDERSTOOD and header.headings[n] != role
        ]
        self._where = [(n, hints.where[plain(h)]) for h, n in named if plain(h) in hints.where]
        self._is_plain = not (self._marking or self._unsure)

    def keeps(self, cells: list[str]) -> bool:
        """Tell whether a line is one of those asked for by ``--where``."""
        return all(n < len(cells) and plain(cells[n]) in allowed for n, allowed in self._where)

    def row(
        self, line: Line, row: dict[str, str], at: dict[str, int], given: Mapping[str, str]
    ) -> RawRow:
        """Return a row with what is said of the whole table, and its period in one piece.

        A unit of the row, or in its name, comes before the one said of the table.
        """
        others = () if self._is_plain else self._beside(line.cells, row)
        if "month" in at or "quarter" in at:
            row = _dated(row)
        name = row.get("indicator") or given.get("indicator", "")
        for column, text in given.items():
            has_own = row.get(column) or (column == "period" and column in self.header.at)
            if not has_own and not (column == "unit" and split_unit(name)[1]):
                row[column] = text
        if "end" in row:
            row["indicator"] = f"{name}_{row['end']}"
        if row.get("scale"):
            is_exponent = plain(self.header.headings[at["scale"]]) not in _IN_FULL
            unit = plain_unit(row.get("unit", "")) or split_unit(name)[1]
            row["unit"] = scaled(unit, row["scale"], is_exponent=is_exponent)
        return RawRow(line, row, at, others)

    def _beside(self, cells: list[str], row: dict[str, str]) -> tuple[tuple[str, str], ...]:
        """Return what stands in columns that are not read; a forecast by them marks the row."""
        others = [(heading, cells[n].strip()) for heading, n in self._apart]
        for role, heading, n in self._unsure:
            if not _UNDERSTOOD[role](cells[n]):  # 口径 in a sense of its own
                others.append((heading, cells[n].strip()))
                row[role] = ""
        is_forecast = any(status_of(cells[n]) == FORECAST for n in self._marking)
        if is_forecast or any(plain(cells[n]) in _YES for n in self._flags):
            row["obs_status"] = FORECAST
        return tuple(others)


def _is_flag(heading: str) -> bool:
    """Tell whether a column so headed says of each row, by yes or no, whether it is a forecast."""
    match = _FLAG.match(plain(heading).replace("_", ""))
    return match is not None and status_of(match[1]) == FORECAST


def _dated(row: dict[str, str]) -> dict[str, str]:
    """Put year and month, or year and quarter, that stand in columns of their own together."""
    month, quarter = plain(row.pop("month", "")), plain(row.pop("quarter", ""))
    year = plain(row.get("period", "")).removesuffix("年")
    if month:
        row["period"] = f"{year}年{month.removesuffix('份').removesuffix('月')}月"
    elif quarter:
        row["period"] = f"{year}年{quarter.removeprefix('q').removesuffix('季度')}季度"
    return row


def of_known_regions(items: Iterator[Item], column: int | None) -> Iterator[Item]:
    """Leave out values without a region where others have one: whose they are is not to be guessed.

    ``column`` is that of regions. Where no row of the table has one, all are kept. Raises
    ``InputError`` where a region comes after very many rows without one.
    """
    if column is None:
        yield from items
        return
    held: list[RawRow] = []
    has_regions, have_passed = False, False
    for item in items:
        if isinstance(item, RawRow) and not item.line.cells[column].strip():
            if has_regions:
                yield _without_region(item, column)
            else:
                held.append(item)
            if len(held) > _MOST_HELD:
                yield from held
                held, have_passed = [], True
            continue
        if isinstance(item, RawRow) or (
            isinstance(item, LeftOut) and item.reason == "other-region"
        ):
            if have_passed and not has_regions:
                raise InputError([fault("blank-region", item.place)])
            has_regions = True
            yield from (_without_region(row, column) for row in held)
            held = []
        yield item
    yield from held


def _without_region(row: RawRow, column: int) -> LeftOut:
    return LeftOut.of(row.line.fault("blank-region", column))


class Lines:
    """The lines of a file, of which some can be put back to be read again."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._again: list[Line] = []  # the next one last

    def __iter__(self) -> Iterator[Line]:
        while True:
            while self._again:
                yield self._again.pop()
            for line in self._lines:
                yield line
                if self._again:
                    break
            else:
                return

    def put_back(self, *lines: Line) -> None:
        """Let lines come again, before all others."""
        self._again += reversed(lines)


def check_unread_regions(line: Line, idle: Sequence[int], known: set[str]) -> None:
    """Refuse names of places in a column that is not read, where nothing else says the region."""
    if "region" not in known:
        for n in idle:
            if is_region(line.cells[n]) or plain_text(line.cells[n]) in _WHOLE:
                raise InputError([line.fault("unread-region", n, found=line.cells[n].strip())])


def wrong_count(line: Line, size: int) -> LeftOut:
    """Leave out a line of more or fewer cells than its header."""
    return LeftOut.of(line.fault("wrong-cell-count", 0, found=len(line.cells), expected=size))


def column_left_out(reason: str, header: Header, n: int) -> LeftOut:
    """Leave out a column."""
    heading = header.headings[n] if n < len(header.headings) else ""
    return LeftOut(header.line.place, reason, {"found": heading or f"#{n + 1}"})
