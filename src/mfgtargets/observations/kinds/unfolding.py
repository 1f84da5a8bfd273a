"""Turn a table of a known kind into a long one: a line a value, under headings the program reads."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from mfgtargets.faults import InputError
from mfgtargets.notation.cells import plain_text, read_cell
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.kinds.codes import FORECAST, flagged, flags_of, period_of
from mfgtargets.observations.lines import COLUMNS, Line, column_of
from mfgtargets.observations.observation import Admission, LeftOut

FREQUENCY = "frequency"  # what a column says of how often: it tells what dates stand for
_SAID_OF_VALUES = ("value", "obs_status", "note")
_REMEMBERED = 10_000  # of the cells that name what lines are of
_YEAR = re.compile(r"[0-9]{4}")
_MISSING = frozenset({"", ".", "..", ":", "nan", "n/a", "na", "null", "--", "…"})


class Layout(NamedTuple):
    """What the columns of a table say.

    ``at`` gives the cells that say each canonical column, a code before its name; ``values`` the
    columns of values, with what their headings say; ``unused`` columns are not kept. All others
    are kept as they are headed: they may tell values apart. ``read`` says how canonical columns are
    read; ``power`` reads in column ``scale`` what power of ten numbers are multiplied by;
    ``last_actual`` names the last year that is no forecast. A row where one of ``parts`` is not
    blank is of a part, and left out, unless the user speaks of that column.
    """

    at: Mapping[str, Sequence[int]]
    values: Mapping[int, Mapping[str, str]]
    unused: frozenset[int] = frozenset()
    read: Mapping[str, Callable[[str], str]] = MappingProxyType({})
    scale: int | None = None
    power: Callable[[str], int | None] = lambda _: 0
    last_actual: int | None = None
    parts: frozenset[int] = frozenset()


class Kind(NamedTuple):
    """A table of a known kind: where its header begins, the headings, and what they say.

    The header takes ``height`` lines. ``cells_of`` gives the cells of a line where they are not
    those of the file, none for a line that cannot be split.
    """

    first: int
    headings: Sequence[str]
    layout: Layout
    cells_of: Callable[[Line], Sequence[str]] = lambda line: line.cells
    height: int = 1


class Recast(NamedTuple):
    """A table as it is read: its lines, what is said of it, and what the reading left out of it.

    ``left_out`` is whole when the lines have been read to the end.
    """

    lines: Iterator[Line]
    hints: Hints
    left_out: Iterable[LeftOut] = ()


def unfolded(lines: Iterator[Line], kind: Kind, hints: Hints, admit: Admission) -> Recast:
    """Return a table of a known kind as a long one, with hints that say what its columns are.

    What the user says of a column comes before what the kind says. Values that ``admit`` refuses by
    their indicator and region are left out at once: most of a large table are.
    """
    table = _Table(kind, hints, admit)
    columns = {_plain(heading): field for heading, field in table.fields.items()}
    said = hints._replace(columns=columns | dict(hints.columns))
    return Recast(table.lines(lines), said, table.left_out())


@dataclass
class _Alike:
    """What is left out for one reason: the first of it, and how many there are."""

    first: LeftOut
    rows: int = 0


class _Table:
    """The columns of a long table made of one of a known kind."""

    def __init__(self, kind: Kind, hints: Hints, admit: Admission) -> None:
        self._kind, self._layout, self._admit = kind, kind.layout, admit
        self._left_out: dict[tuple[str, str], _Alike] = {}
        self._refused: dict[tuple[str, ...], _Alike] = {}  # by the cells that name what it is of
        headings = kind.headings
        bare = {n for n, says in kind.layout.values.items() if not says}
        at = _by_heading(headings, kind.layout) | dict(kind.layout.at)
        mapped = {
            n
            for n, heading in enumerate(headings)
            if (field := hints.columns.get(_plain(heading)))
            and n not in (bare if field == "value" else at.get(field, ()))
        }
        said = {hints.columns[_plain(headings[n])] for n in mapped}
        self._of_values = {n: says for n, says in kind.layout.values.items() if n not in mapped}
        self._at = {
            field: own
            for field, places in at.items()
            if field not in said and (own := [n for n in places if n not in mapped])
        }
        read = {n for places in self._at.values() for n in places}
        self._single, self._is_long = read | bare, bool(bare)
        read |= kind.layout.values.keys() | kind.layout.unused
        asked = {n for n, heading in enumerate(headings) if _plain(heading) in hints.where}
        self._kept = [
            n
            for n, heading in enumerate(headings)
            if n in mapped | (asked - self._single)
            or (heading and n not in read and column_of(heading) not in said)
        ]
        across = dict.fromkeys(key for says in kind.layout.values.values() for key in says)
        added = dict.fromkeys([*across, *(("period",) if "period" in at else ()), *_SAID_OF_VALUES])
        self._added = [field for field in added if field not in {*said, FREQUENCY}]
        names = {"indicator", "region"}
        is_named = "indicator" in self._at and not names & across.keys()
        self._naming = [n for f in names & self._at.keys() for n in self._at[f]] if is_named else []
        self.fields = {
            headings[places[0]]: field
            for field, places in self._at.items()
            if field not in self._added
        }

    def left_out(self) -> Iterator[LeftOut]:
        """Yield what was left out of the lines, once they have been read."""
        for alike in filter(attrgetter("rows"), self._left_out.values()):
            yield alike.first._replace(rows=alike.rows)

    def lines(self, lines: Iterator[Line]) -> Iterator[Line]:
        """Yield what stands above the table, its header, and a line for each value."""
        for number, line in enumerate(lines):
            raw = self._kind.cells_of(line)
            if self._refused and (alike := self._refused.get(self._names(raw))):
                alike.rows += len(self._of_values)
                continue
            cells = [cell.strip() for cell in raw]
            if number < self._kind.first:
                yield line
            elif number < self._kind.first + self._kind.height - 1:
                continue
            elif number == self._kind.first + self._kind.height - 1:
                self._check(line)
                kept = [self._kind.headings[n] for n in self._kept]
                yield Line(line.place, [*self.fields, *self._added, *kept], line.excerpt)
            elif len(told := list(filter(None, cells))) == 1:  # a remark under the table
                self._leave_out(line, "footer", {"found": told[0][:80]})
            elif not self._fits(cells):
                self._leave_out(line, "wrong-cell-count", {"found": str(len(cells))})
            else:
                yield from self._values(line, cells, raw)

    def _names(self, raw: Sequence[str]) -> tuple[str, ...]:
        """Return the cells that name what a line is of; none where it is not like the header."""
        if len(raw) != len(self._kind.headings):
            return ()
        return tuple(raw[n] for n in self._naming)

    def _fits(self, cells: Sequence[str]) -> bool:
        """Tell whether a line has the cells of the header; where years go across, blanks may lack."""
        size = len(self._kind.headings)
        return bool(cells) and not any(cells[size:]) and (len(cells) >= size or not self._is_long)

    def _check(self, line: Line) -> None:
        """Refuse a header in which a column that is read is named twice."""
        first: dict[str, int] = {}
        for n, heading in enumerate(self._kind.headings):
            if {first.setdefault(heading, n), n} & self._single and first[heading] != n:
                raise InputError([line.fault("column-twice", n, found=heading)])

    def _values(self, line: Line, cells: list[str], raw: Sequence[str]) -> Iterator[Line]:
        cells += [""] * (len(self._kind.headings) - len(cells))
        layout = self._layout
        told = {field: _joined(cells, places) for field, places in self._at.items()}
        told |= {field: read(told[field]) for field, read in layout.read.items() if field in told}
        parts = [n for n in sorted(layout.parts - set(self._kept)) if cells[n]]
        if parts:
            self._leave_out(
                line, "breakdown", {"found": ", ".join(self._kind.headings[n] for n in parts)[:80]}
            )
            return
        for n, says in self._of_values.items():
            row = told | dict(says)
            indicator, region = row.get("indicator"), row.get("region", "")
            refusal = self._admit(indicator, region) if indicator else None
            if refusal and (alike := self._left_out.get((refusal[0], refusal[1]["found"]))):
                alike.rows += 1
                if (names := self._names(raw)) and len(self._refused) < _REMEMBERED:
                    self._refused[names] = alike
                continue
            if refusal:  # the first of many is for others to leave out
                self._leave_out(line, *refusal, rows=0)
            row["period"] = period_of(row.get("period", ""), row.get(FREQUENCY, ""))
            row |= self._value(cells, n, row)
            own = [row.get(field, "") for field in (*self.fields.values(), *self._added)]
            yield Line(line.place_of(n), [*own, *(cells[one] for one in self._kept)], line.excerpt)

    def _leave_out(
        self, line: Line, reason: str, details: Mapping[str, str], rows: int = 1
    ) -> None:
        """Note what is left out: of many alike the first, and how many they are."""
        key = reason, "" if reason == "footer" else details["found"]
        alike = self._left_out.setdefault(key, _Alike(LeftOut(line.place, reason, details)))
        alike.rows += rows

    def _value(self, cells: list[str], n: int, row: Mapping[str, str]) -> dict[str, str]:
        """Return a value in ones, its status, and what its flags say that is no status."""
        layout = self._layout
        text, flag = flagged(cells[n])
        status, note = flags_of(f"{row.get('obs_status', '')} {flag}")
        if text.lower() in _MISSING or status is None:
            return {"value": "", "obs_status": "", "note": ""}
        if layout.last_actual is not None:
            last = _YEAR.search(cells[layout.last_actual])
            status = status if last and row["period"] <= last[0] else FORECAST
        if layout.scale is not None:
            text = _scaled(text, layout.power(cells[layout.scale]))
        note = "; ".join(filter(None, (row.get("note", ""), note)))
        return {"value": text, "obs_status": status, "note": note}


def _by_heading(headings: Sequence[str], layout: Layout) -> dict[str, Sequence[int]]:
    """Return the columns of which the kind says nothing, and whose headings say what they are."""
    said = {n for places in layout.at.values() for n in places}
    said |= layout.values.keys() | layout.unused
    return {
        field: (n,)
        for n, heading in enumerate(headings)
        if n not in said and (field := column_of(heading)) in COLUMNS
    }


def _scaled(text: str, power: int | None) -> str:
    """Return a number multiplied by a power of ten; what cannot be so is left for others to tell."""
    cell = read_cell(text)
    if cell is None or not power:
        return text if power is not None else f"{text} × ?"
    return f"{cell.bound}{Decimal(cell.text).scaleb(power):f}{cell.unit}"


def _joined(cells: Sequence[str], places: Sequence[int]) -> str:
    """Return a code and its name as one cell: ``CHN: China``."""
    return ": ".join(dict.fromkeys(cells[n] for n in places if cells[n]))


def _plain(text: str) -> str:
    return plain_text(text).lower()
