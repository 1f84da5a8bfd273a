"""A table before it is drawn: typed cells, the same for a terminal, a pipe, a note and a page."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from mfgtargets.wording import words
from mfgtargets.wording.words import Lang, term


class Cell(NamedTuple):
    """One cell: its text, and what that stands for where it is more than text.

    ``value`` is the number or word to sort by, ``code`` what to filter and colour by (a status),
    ``unit`` that of the value.
    """

    text: str
    value: float | str | None = None
    code: str = ""
    unit: str = ""


class Column(NamedTuple):
    """One column: its code, its heading, and whether its cells stand left.

    One ``instead_of`` another is shown only where the window has no room for that.
    """

    code: str
    heading: str
    left: bool = False
    instead_of: str = ""


class Line(NamedTuple):
    """One line of a table: a heading across it, or cells."""

    heading: str | None = None
    cells: tuple[Cell, ...] = ()


class Table(NamedTuple):
    """Columns and lines, and what stands before and after them.

    The first column holds names. Cells with a code are coloured by it. ``order`` are the codes of
    the columns, the most important first: in a narrow window the first ``firm`` of them are kept
    while they fit folded, the others while nothing has to be folded for them.
    """

    before: Sequence[str]
    columns: Sequence[Column]
    lines: Sequence[Line]
    after: Sequence[str] = ()
    order: Sequence[str] = ()
    firm: int = 0

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the columns."""
        return tuple(column.heading for column in self.columns)

    @property
    def left(self) -> list[bool]:
        """Which columns stand left."""
        return [column.left for column in self.columns]

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The headings and the texts of all cells."""
        lines = (tuple(cell.text for cell in line.cells) for line in self.lines if line.cells)
        return [self.headings, *lines]

    def each(self, shown: Callable[[str], str]) -> "Table":
        """Return the table with every text in it as ``shown`` makes it."""
        return self._replace(
            before=list(map(shown, self.before)),
            columns=[c._replace(heading=shown(c.heading)) for c in self.columns],
            lines=[
                Line(
                    None if line.heading is None else shown(line.heading),
                    tuple(cell._replace(text=shown(cell.text)) for cell in line.cells),
                )
                for line in self.lines
            ],
            after=list(map(shown, self.after)),
        )

    def only(self, kept: Sequence[int]) -> "Table":
        """Return the table with some of its columns, by their places."""
        return self._replace(
            columns=[self.columns[n] for n in kept],
            lines=[
                line._replace(cells=tuple(line.cells[n] for n in kept)) if line.cells else line
                for line in self.lines
            ],
        )


def columns_of(codes: Iterable[str], left: str, lang: Lang) -> list[Column]:
    """Return columns by their codes, headed by their words; those named in ``left`` stand left."""
    on_left = left.split()
    return [Column(code, term(words.HEADINGS, code, lang), code in on_left) for code in codes]


def line_of(*cells: str | Cell) -> Line:
    """Return a line of cells; a mere text is a cell that stands for itself."""
    return Line(cells=tuple(c if isinstance(c, Cell) else Cell(c) for c in cells))
