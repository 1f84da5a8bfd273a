"""A table of text before it is drawn: the same cells for a terminal, a pipe and a note."""

from collections.abc import Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """One line of a table: a heading across it, or cells with the code of a style for one."""

    heading: str | None = None
    cells: tuple[str, ...] = ()
    style: str = ""


class TextTable(NamedTuple):
    """Headings and lines, and what stands before and after them.

    ``left`` tells which columns stand left; ``styled`` is the column that takes a line's style.
    The first column holds names, which may be folded; the last gives way to them.
    """

    before: Sequence[str]
    headings: Sequence[str]
    left: Sequence[bool]
    lines: Sequence[Line]
    after: Sequence[str] = ()
    styled: int | None = None

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The headings and all cells."""
        return [tuple(self.headings), *(line.cells for line in self.lines if line.cells)]
