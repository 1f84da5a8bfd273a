"""Small tables that people edit, by the words in their first line: regions, departments, targets."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mfgtargets.faults import InputError, Place, fault
from mfgtargets.observations.decoding import decode

_HEADINGS = {"名称": "name", "代码": "code", "地区": "region", "上级": "parent", "部门": "department",
             "指标": "indicator", "年份": "year", "数值": "value"}  # fmt: skip


class Listed(NamedTuple):
    """One line of a table: where it stands, and its cells by column, empty where there is none."""

    place: Place
    cells: Mapping[str, str]


def listed(raw: bytes, name: str, needed: Sequence[str], others: Sequence[str]) -> Iterator[Listed]:
    """Yield the lines of a table in CSV; blank ones and those that begin with # are none.

    Columns may have Chinese headings. Raises ``InputError`` where one that is ``needed`` is not there.
    """
    reader = csv.reader(io.StringIO(decode(raw, name), newline=""))
    lines = ((reader.line_num, [cell.strip() for cell in row]) for row in reader)
    told = ((number, row) for number, row in lines if any(row) and not row[0].startswith("#"))
    columns = [_HEADINGS.get(column, column) for column in next(told, (1, []))[1]]
    missing = [column for column in needed if column not in columns]
    if missing:
        place, expected = Place(name, 1), ", ".join((*needed, *others))
        found = ", ".join(columns)[:80] or "-"
        raise InputError([fault("list-columns", place, found=found, expected=expected)])
    for number, row in told:
        cells = dict(zip(columns, row, strict=False))
        yield Listed(
            Place(name, number), {name: cells.get(name, "") for name in (*needed, *others)}
        )
