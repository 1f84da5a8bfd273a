"""Large plain tables: rows of other indicators and regions left out by columns, before any is read.

Needs the extra ``tables`` (polars). What is left is read a line at a time as in any other table.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import BinaryIO, NamedTuple

import numpy as np

from mfgtargets.faults import InputError, Place
from mfgtargets.observations.headers import WITHIN, Header, find_header
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.kinds import KINDS
from mfgtargets.observations.lines import Line, check_rows, lines_of
from mfgtargets.observations.observation import Admission, LeftOut, Refusal
from mfgtargets.observations.remarks import kind_of_line

_BLOCK = 1 << 23
_LONGEST_HEADER = 1 << 14
LARGE = 4_000_000  # bytes from which loading a columnar library pays
_MOST_KEPT = 500_000  # lines; a table that keeps more is read one at a time


class Admitted(NamedTuple):
    """The lines of a table that can be used, and what was left out, each with how many rows."""

    lines: Iterator[Line]
    left_out: Iterable[LeftOut]


def admitted(stream: BinaryIO, name: str, hints: Hints, admit: Admission) -> Admitted | None:
    """Return what can be used of a large table; None where it is small or not plain.

    Plain is: CSV in UTF-8 without quotes, a row a value, with the header on top, and each row of a
    named indicator and region. The table is held a block at a time, and the stream left at its
    beginning.
    """
    size = stream.seek(0, 2)
    stream.seek(0)
    if size < LARGE or hints.encoding or find_spec("polars") is None:
        return None
    top = [stream.readline(_LONGEST_HEADER) for _ in range(WITHIN)]
    header = _header(b"".join(top), name, hints)
    stream.seek(len(top[0]))
    found = None if header is None else _filtered(stream, name, header, hints, admit)
    stream.seek(0)
    return found


def _header(top: bytes, name: str, hints: Hints) -> Header | None:
    """Return the header of a table that has it on top and a row a value."""
    try:
        lines = list(lines_of(io.StringIO(top.decode("utf-8-sig"), newline=""), name))
    except (UnicodeDecodeError, InputError):
        return None
    index, header = find_header(lines, hints) or (0, None)
    if header is None or any(known(lines) for known in KINDS):
        return None
    is_plain = header.is_long and header.height == 1 and header.line.delimiter == ","
    is_whole = {"period", "value"} <= header.at.keys() and not header.faults()
    is_first = header.line.place.line == 1 and not index
    is_named = bool({"indicator", "region"} & header.at.keys())
    return header if is_plain and is_whole and is_first and is_named else None


def _filtered(
    stream: BinaryIO, name: str, header: Header, hints: Hints, admit: Admission
) -> Admitted | None:
    """Leave out the rows of pairs of indicator and region that are refused; None where one is none."""
    sieve = _Sieve(name, header, hints, admit)
    commas = len(header.line.cells) - 1
    kept: list[tuple[int, str]] = []
    first = 2  # line in the file
    while raw := stream.read(_BLOCK) + stream.readline(_BLOCK):
        if b'"' in raw or b"\0" in raw or not _ends_evenly(raw):
            return None
        height = raw.count(b"\n") + (not raw.endswith(b"\n"))
        is_even = raw.count(b",") == commas * height
        rows = sieve.used(raw, first, height) if is_even else range(height)
        if rows is None or len(kept) + len(rows) > _MOST_KEPT:
            return None
        if rows:
            lines = raw.split(b"\n")
            try:
                kept += ((first + row, lines[row].decode()) for row in rows)
            except UnicodeDecodeError:
                return None
        first += height
        check_rows(first - 2, name, hints.limit)
    return Admitted(_lines(header.line, kept), sieve.left_out())


def _ends_evenly(raw: bytes) -> bool:
    """Tell whether a carriage return stands before the end of a line alone."""
    if b"\r" not in raw:
        return True
    signs = np.frombuffer(raw, dtype=np.uint8)
    returns = np.flatnonzero(signs == ord("\r"))
    return raw[-1:] != b"\r" and bool(np.all(signs[returns + 1] == ord("\n")))


class _Sieve:
    """Asks of each pair of indicator and region once whether its rows are used."""

    def __init__(self, name: str, header: Header, hints: Hints, admit: Admission) -> None:
        self._name, self._admit = name, admit
        self._first: dict[tuple[str, str], LeftOut] = {}  # of what is left out alike
        self._rows: Counter[tuple[str, str]] = Counter()
        self._reasons: dict[tuple[str, ...], Refusal | None] = {}
        subjects = {role: header.at[role] for role in ("indicator", "region") if role in header.at}
        self._places = sorted(subjects.values())
        self._at = {role: self._places.index(n) for role, n in subjects.items()}
        self._said = {"indicator": "", "region": ""} | hints.said

    def used(self, raw: bytes, first: int, height: int) -> Sequence[int] | None:
        """Return which of the rows of a block are used; None where one says not what it is of."""
        import polars as pl  # noqa: PLC0415 - an extra

        try:
            frame = pl.read_csv(
                raw, has_header=False, infer_schema=False, quote_char=None, columns=self._places
            )
        except pl.exceptions.PolarsError:
            return None
        if frame.height != height:
            return None
        columns = frame.columns
        frame = frame.with_columns(pl.all().fill_null("")).with_row_index("row")
        groups = frame.group_by(columns).agg(pl.first("row"), pl.len().alias("rows")).sort("row")
        used = []
        for *cells, row, rows in groups.select(*columns, "row", "rows").iter_rows():
            names = tuple(cells)
            if names not in self._reasons:
                named = self._said | {role: names[n].strip() for role, n in self._at.items()}
                is_blank = not all(named[role] for role in self._at)
                if is_blank or kind_of_line(names[0], names[0]):
                    return None
                self._reasons[names] = self._admit(named["indicator"], named["region"])
            refusal = self._reasons[names]
            if refusal is None:
                used.append(names)
                continue
            alike = refusal[0], refusal[1]["found"]
            if alike not in self._first:
                self._first[alike] = LeftOut(Place(self._name, first + row), *refusal)
            self._rows[alike] += rows
        if not used:
            return []
        wanted = pl.DataFrame(used, schema=columns, orient="row")
        return sorted(frame.join(wanted, on=columns, how="semi")["row"])

    def left_out(self) -> Iterator[LeftOut]:
        """Yield the first of the rows left out alike, with how many they are."""
        for alike, first in self._first.items():
            yield first._replace(rows=self._rows[alike])


def _lines(header: Line, kept: Iterable[tuple[int, str]]) -> Iterator[Line]:
    yield header
    for number, text in kept:
        cells = text.removesuffix("\r").split(",")
        if any(map(str.strip, cells)):
            yield Line(Place(header.place.file, number), cells, text, ",")
