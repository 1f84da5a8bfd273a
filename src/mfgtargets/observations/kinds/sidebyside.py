"""Tables of yearbooks that stand side by side under one header, the same headings again and again."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from mfgtargets.observations.lines import Line, column_of

_SUBJECTS = frozenset({"indicator", "region", "period"})


def blocks_of(top: Sequence[Line]) -> tuple[int, list[int]] | None:
    """Return which of the first lines is the header, and where its blocks begin and the last ends.

    None where no header has the same blocks.
    """
    for index, line in enumerate(top):
        heads = [cell.strip() for cell in line.cells]
        starts = [n for n, head in enumerate(heads) if head and head == heads[0]]
        ends = [*starts, len(heads)]
        blocks = {" ".join(heads[a:b]).rstrip() for a, b in zip(starts, ends[1:], strict=True)}
        if len(starts) > 1 and len(blocks) == 1 and column_of(heads[0]) in _SUBJECTS:
            return index, ends
    return None


def one_below_the_other(lines: Iterator[Line], index: int, ends: Sequence[int]) -> Iterator[Line]:
    """Yield a line for each block of a line, of the header the first; lines of one cell as they are."""
    for number, line in enumerate(lines):
        told = [cell for cell in line.cells if cell.strip()]
        if number < index or len(told) == 1:
            yield line
            continue
        for first, end in islice(pairwise(ends), 1 if number == index else None):
            cells = line.cells[first:end]
            if any(map(str.strip, cells)):
                yield Line(line.place_of(first), cells, line.excerpt)
