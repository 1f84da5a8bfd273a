"""Large plain tables: rows of other indicators and regions left out by columns, before any is read.

Needs the extra ``tables`` (polars). What is left is read a line at a time as in any other table.
"""

import io
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from mfgtargets.faults import Place
from mfgtargets.observations.headers import Header, find_header
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.lines import Line, check_rows, lines_of
from mfgtargets.observations.observation import Admission, LeftOut
from mfgtargets.observations.remarks import kind_of_line

_BLOCK = 1 << 22
_LONGEST_HEADER = 1 << 14
LARGE = 4_000_000  # bytes from which loading a columnar library pays
_UNIT = "单位".encode()


class Admitted(NamedTuple):
    """The lines of a table that can be used, and what was left out, each with how many rows."""

    lines: Iterator[Line]
    left_out: Iterable[LeftOut]


def admitted(stream: BinaryIO, name: str, hints: Hints, admit: Admission) -> Admitted | None:
    """Return what can be used of a large table; None where it is small or not plain.

    Plain is: CSV in UTF-8 without quotes and blank lines, a row a value, with the header on top.
    The table is held a block at a time, and the stream left at its beginning.
    """
    size = stream.seek(0, 2)
    stream.seek(0)
    if size < LARGE or hints.encoding or hints.columns or find_spec("polars") is None:
        return None
    top = stream.readline(_LONGEST_HEADER)
    header = _header(top.rstrip(b"\r\n"), name) if top.endswith(b"\n") else None
    found = None if header is None else _filtered(stream, name, header, admit, hints.limit)
    stream.seek(0)
    return found


def _header(first: bytes, name: str) -> Header | None:
    """Return the header of a table that has it on top and a row a value."""
    try:
        text = first.decode()
    except UnicodeDecodeError:
        return None
    lines = list(lines_of(io.StringIO(text), name))
    found = find_header(lines, Hints()) if lines else None
    header = found[1] if found else None
    if header is None or not {"indicator", "region", "period", "value"} <= header.at.keys():
        return None
    is_plain = header.height == 1 and header.line.delimiter == "," and not header.faults()
    return header if is_plain else None


def _filtered(
    stream: BinaryIO, name: str, header: Header, admit: Admission, limit: int
) -> Admitted | None:
    """Ask of each pair of indicator and region once; None where the table is not even."""
    reasons: dict[tuple[str, ...], tuple[str, dict[str, str]] | None] = {}
    left_out: dict[tuple[str, ...], LeftOut] = {}
    kept: list[tuple[int, bytes]] = []
    first = 2  # line in the file
    while raw := (stream.read(_BLOCK) + stream.readline(_BLOCK)).replace(b"\r\n", b"\n"):
        ends = _ends(raw)
        groups = _groups(raw, header, len(ends))
        if groups is None:
            return None
        used = [np.empty(0, dtype=np.int64)]
        for names, members in groups:
            if names not in reasons:
                lead, indicator, region = names
                if not (indicator and region) or kind_of_line(lead, indicator):
                    return None
                reasons[names] = admit(indicator, region)
            reason = reasons[names]
            if reason is None:
                used.append(members)
                continue
            before = left_out.get(names) or LeftOut(
                Place(name, first + int(members[0])), *reason, 0
            )
            left_out[names] = before._replace(rows=before.rows + len(members))
        starts = np.concatenate(([0], ends[:-1] + 1))
        rows = np.sort(np.concatenate(used)).tolist()
        kept.extend((first + row, raw[starts[row] : ends[row]]) for row in rows)
        first += len(ends)
        check_rows(first - 2, name, limit)
    return Admitted(_lines(header.line, kept), left_out.values())


def _lines(header: Line, kept: list[tuple[int, bytes]]) -> Iterator[Line]:
    yield header
    for number, raw in kept:
        text = raw.decode()
        yield Line(Place(header.place.file, number), text.split(","), text, ",")


def _ends(raw: bytes) -> Any:
    """Return where each line of a block ends, the last too if nothing ends it."""
    ends = np.flatnonzero(np.frombuffer(raw, dtype=np.uint8) == ord("\n"))
    return ends if raw.endswith(b"\n") else np.append(ends, len(raw))


def _groups(raw: bytes, header: Header, height: int) -> list[tuple[tuple[str, ...], Any]] | None:
    """Return the rows of each first cell, indicator and region; None where rows are not plain."""
    import polars as pl  # noqa: PLC0415 - an extra

    if b'"' in raw or b"\r" in raw or b"\0" in raw or _UNIT in raw:
        return None
    if raw.startswith(b"\n") or b"\n\n" in raw:
        return None
    if raw.count(b",") != (len(header.line.cells) - 1) * height:
        return None
    places = [0, header.at["indicator"], header.at["region"]]
    columns = sorted(set(places))
    try:
        frame = pl.read_csv(
            raw, has_header=False, infer_schema=False, quote_char=None, columns=columns
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.height != height:
        return None
    named = [frame.columns[columns.index(place)] for place in places]
    frame = frame.fill_null("").with_columns(pl.all().str.strip_chars()).with_row_index("row")
    groups = frame.group_by(*dict.fromkeys(named), maintain_order=True).agg("row")
    return [
        (tuple(group[one] for one in named), np.array(group["row"], dtype=np.int64))
        for group in groups.iter_rows(named=True)
    ]
