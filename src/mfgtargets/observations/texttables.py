"""Tables in documents of text: Word's .docx and Markdown, each with the lines that stand above it."""

import io
import zipfile
from collections import deque
from collections.abc import Iterator, Sequence
from xml.parsers import expat

from mfgtargets.faults import Place
from mfgtargets.observations.archives import faults_of, parse_part
from mfgtargets.observations.lines import Line, check_width
from mfgtargets.observations.packages import LARGEST_SHEET, Merge, share_of, too_large
from mfgtargets.observations.sheets import Sheet, seen_lines

_ABOVE = 3  # lines that may be a table's title and unit
_LONGEST = 100  # characters of one


def sheets_of_word(raw: bytes, name: str) -> Iterator[Sheet]:
    """Yield the tables of a .docx; raise ``InputError`` for a damaged one, or one of too much."""
    content = _Content(name, share_of(len(raw)))
    with faults_of(name), zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parse_part(archive, "word/document.xml", content.parser, name)
    for number, (above, rows, merges) in enumerate(content.tables, 1):
        place = f"{name}[{number}]"
        width = max(map(len, rows), default=0)
        lines, left_out = seen_lines(
            [row + [""] * (width - len(row)) for row in rows],
            list(merges.values()),
            place,
            set(),
            set(),
        )
        yield Sheet("", place, False, [*_titles(above, place), *lines], left_out)


class _Content:
    """Reads ``word/document.xml``: the rows of each table, and the paragraphs above it."""

    def __init__(self, name: str, share: float) -> None:
        self._name, self._share, self._size = name, share, 0
        self.tables: list[tuple[list[str], list[list[str]], dict[tuple[int, int], Merge]]] = []
        self._above: deque[str] = deque(maxlen=_ABOVE)
        self._depth = 0  # of tables within tables, whose text is that of the cell they stand in
        self._texts: list[str] = []
        self._open: dict[int, int] = {}  # where in a column a cell begins that goes on below
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._is_text = False
        self._span, self._down = 1, ""  # how far a cell reaches, and whether it goes on below

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        tag = tag.rpartition(" ")[2]
        value = next((v for key, v in given.items() if key.endswith(" val")), "")
        if tag == "tbl":
            self._depth += 1
            if self._depth == 1:
                self.tables.append((list(self._above), [], {}))
                self._above.clear()
                self._open = {}
        elif tag == "tr" and self._depth == 1:
            self.tables[-1][1].append([])
        elif tag == "tc" and self._depth == 1:
            self._texts, self._span, self._down = [], 1, ""
        elif tag == "gridSpan" and value.isdecimal() and self._depth == 1:
            self._span = min(int(value), LARGEST_SHEET)
        elif tag == "vMerge" and self._depth == 1:
            self._down = value or "continue"
        elif tag in {"tab", "br"}:
            self._texts.append(" ")
        self._is_text = tag == "t"

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(" ")[2]
        self._is_text = False
        if tag == "tbl":
            self._depth -= 1
            self._texts = []
        elif tag == "tc" and self._depth == 1:
            self._end_cell("".join(self._texts).strip())
        elif tag == "p" and not self._depth:
            if text := "".join(self._texts).strip():
                self._above.append(text)
            self._texts = []

    def _text(self, text: str) -> None:
        if self._is_text:
            self._texts.append(text)

    def _end_cell(self, text: str) -> None:
        _, rows, merges = self.tables[-1]
        row, column = rows[-1], len(rows[-1])
        check_width(column + self._span, Place(f"{self._name}[{len(self.tables)}]", len(rows)))
        self._size += self._span
        if self._size > LARGEST_SHEET * self._share:
            raise too_large(f">{self._size}", self._name, self._share)
        row += [text, *[""] * (self._span - 1)]
        top = self._open.get(column, len(rows) - 1) if self._down == "continue" else len(rows) - 1
        self._open[column] = top
        if self._span > 1 or top < len(rows) - 1:
            merges[top, column] = Merge(top, len(rows) - 1, column, column + self._span - 1)


def markdown_sheets(text: str, name: str) -> Iterator[Sheet]:
    """Yield the tables of a Markdown text."""
    lines = text.splitlines()
    above: deque[str] = deque(maxlen=_ABOVE)
    number = 0
    while number < len(lines):
        if number + 1 < len(lines) and "|" in lines[number] and is_ruler(lines[number + 1]):
            start = number
            number += 2
            while number < len(lines) and "|" in lines[number]:
                number += 1
            place = name if start == 0 and number == len(lines) else f"{name}[{start + 1}]"
            rows = [n for n in range(start, number) if n != start + 1]
            found = [Line(Place(name, n + 1), _cells(lines[n]), lines[n]) for n in rows]
            yield Sheet("", place, False, [*_titles(above, name), *found], [])
            above.clear()
        else:
            if told := lines[number].strip().strip("#*").strip():
                above.append(told)
            number += 1


def is_ruler(line: str) -> bool:
    """Tell whether a line is the one under the head of a table of Markdown: ``|---|:-:|``."""
    cells = line.strip().strip("|").split("|")
    return "|" in line and all("-" in cell and set(cell.strip()) <= {"-", ":"} for cell in cells)


def _cells(line: str) -> list[str]:
    inner = line.strip().replace("\\|", "\0").removeprefix("|").removesuffix("|")
    cells = (cell.strip().replace("\0", "|") for cell in inner.split("|"))
    return [cell.strip("`").removeprefix("**").removesuffix("**") for cell in cells]


def _titles(above: Sequence[str] | deque[str], place: str) -> list[Line]:
    return [Line(Place(place), [text], text) for text in above if len(text) <= _LONGEST]
