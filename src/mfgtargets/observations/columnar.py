"""Large plain tables: rows of other indicators and regions left out by columns, before any is read.

Needs the extra ``tables`` (polars). What is left is read a line at a time as in any other table.
"""

import io
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from mfgtargets.faults import Place
from mfgtargets.observations.headers import Header, Hints, find_header
from mfgtargets.observations.lines import Line, check_rows, lines_of
from mfgtargets.observations.observation import Admission, LeftOut
from mfgtargets.observations.remarks import kind_of_line

LARGE = 4_000_000  # bytes from which loading a columnar library pays
_UNIT = "单位".encode()


class Admitted(NamedTuple):
    """The lines of a table that can be used, and what was left out, each with how many rows."""

    lines: Iterator[Line]
    left_out: list[LeftOut]


def admitted(stream: BinaryIO, name: str, hints: Hints, admit: Admission) -> Admitted | None:
    """Return what can be used of a large table; None where it is small or not plain.

    Plain is: CSV in UTF-8 without quotes and blank lines, a row a value, with the header on top.
    The stream is left where it was.
    """
    size = stream.seek(0, 2)
    stream.seek(0)
    if size < LARGE or hints.encoding or hints.columns or find_spec("polars") is None:
        return None
    raw = stream.read().replace(b"\r\n", b"\n")
    stream.seek(0)
    first, _, rest = raw.partition(b"\n")
    unusual = b'"' in raw or b"\r" in raw or b"\n\n" in raw or b"\0" in raw or _UNIT in rest
    header = None if unusual else _header(first, name)
    return None if header is None else _filtered(raw, name, header, admit, hints.limit)


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
    raw: bytes, name: str, header: Header, admit: Admission, limit: int
) -> Admitted | None:
    """Ask of each pair of indicator and region once; None where the table is not even."""
    import polars as pl  # noqa: PLC0415 - an extra

    ends = np.flatnonzero(np.frombuffer(raw, dtype=np.uint8) == ord("\n"))
    if not raw.endswith(b"\n"):
        ends = np.append(ends, len(raw))
    check_rows(len(ends) - 1, name, limit)
    places = [0, header.at["indicator"], header.at["region"]]
    columns = sorted(set(places))
    try:
        frame = pl.read_csv(
            raw, has_header=False, skip_rows=1, infer_schema=False, quote_char=None, columns=columns
        )
    except pl.exceptions.PolarsError:
        return None
    is_even = raw.count(b",") == (len(header.line.cells) - 1) * len(ends)
    if frame.height != len(ends) - 1 or not is_even:
        return None
    named = [frame.columns[columns.index(place)] for place in places]
    groups = frame.fill_null("").with_row_index("row").group_by(*frame.columns, maintain_order=True)
    used, left_out = [np.empty(0, dtype=np.int64)], []
    for group in groups.agg("row").iter_rows(named=True):
        lead, indicator, region = (group[column].strip() for column in named)
        if not (indicator and region) or kind_of_line(lead, indicator):
            return None
        reason = admit(indicator, region)
        if reason is None:
            used.append(np.array(group["row"]))
        else:
            place = Place(name, group["row"][0] + 2)
            left_out.append(LeftOut(place, *reason, len(group["row"])))
    rows = np.sort(np.concatenate(used)).tolist()
    return Admitted(_lines(raw, ends, rows, header.line), left_out)


def _lines(raw: bytes, ends: Any, rows: list[int], header: Line) -> Iterator[Line]:
    """Yield the header and the lines of rows, counted from 0 under it."""
    yield header
    for row in rows:
        text = raw[ends[row] + 1 : ends[row + 1]].decode()
        yield Line(Place(header.place.file, row + 2), text.split(","), text, ",")
