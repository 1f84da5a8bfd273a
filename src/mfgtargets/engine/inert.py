"""Cells of tables given back so that no spreadsheet takes them for formulas."""

import csv
from collections.abc import Mapping, Sequence
from types import SimpleNamespace

from mfgtargets.harmless import csv_cell, is_tame
from mfgtargets.series.columns import NUMBERS, YEARS

NUMERIC = frozenset((*NUMBERS, *YEARS))


def given_lines(columns: Mapping[str, Sequence[str]]) -> list[str]:
    """Return each row of columns of text as a line of CSV that no spreadsheet takes for formulas.

    A line may hold line breaks in quotes.
    """
    lines: list[str] = []
    # Takes each row as the writer writes it, less the line end that cells are quoted for.
    taking = SimpleNamespace(write=lambda line: lines.append(line[:-2]))
    cells = [inert(name, column) for name, column in columns.items()]
    csv.writer(taking, lineterminator="\r\n").writerows(zip(*cells, strict=True))
    return lines


def inert(name: str, cells: Sequence[str]) -> Sequence[str]:
    """Make a column of text harmless; the same column where it is so already."""
    if name in NUMERIC:  # read already
        tame = "".join(cells).isprintable()
        return cells if tame else [cell.strip() for cell in cells]
    return cells if is_tame(cells) else list(map(csv_cell, cells))
