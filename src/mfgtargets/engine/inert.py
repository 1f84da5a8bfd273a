"""Cells of tables given back so that no spreadsheet takes them for formulas."""

import csv
from collections.abc import Mapping, Sequence
from types import SimpleNamespace

from mfgtargets.series.columns import NUMBERS, POINTS, WORDS, YEARS

FORMULA = "=+@-"  # what begins a formula
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


def is_free(name: str) -> bool:
    """Tell whether the cells of a column may be any text; those of the others have been read."""
    return not (name in NUMERIC or name in WORDS or name in POINTS)


def inert(name: str, cells: Sequence[str]) -> Sequence[str]:
    """Keep a column of text from being taken for formulas; the same column where none is."""
    if not is_free(name) or {cell[:1] for cell in cells}.isdisjoint(FORMULA):
        return cells
    return [f"'{c}" if c.startswith(tuple(FORMULA)) and not _is_number(c) else c for c in cells]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
