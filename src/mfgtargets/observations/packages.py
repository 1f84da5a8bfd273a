"""What the parts of an .xlsx say: cells, texts, styles, merged blocks and what is hidden.

A workbook is an archive of XML, of which a thousand bytes may take one: all of it is read as a
stream, once, and refused as soon as it is more than any workbook of figures.
"""

import io
import re
import zipfile
from functools import lru_cache
from typing import IO, TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from mfgtargets.faults import InputError, Place, fault

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST_UNPACKED = 100_000_000  # bytes
# Of a workbook up to 1 MB; of larger ones as much for each:
LARGEST_SHEET = 120_000  # cells, blank ones among them
MOST_TEXTS = 60_000  # that are stored once for all cells that hold them
MOST_OTHERS = 30_000  # elements that are no cells: styles, names, merged blocks
_MEGABYTE = 1_000_000
_PIECE = 1 << 16
_REMEMBERED = 20_000
_COORDINATE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")
_LIGHT = frozenset("c v f is t row si phoneticPr".split())  # what cells are made of
_TEXTS = frozenset({"v", "f", "t"})
# Elements whose attributes tell how sheets and cells are to be taken.
_TELLING = frozenset(
    "sheet Relationship workbookPr numFmt cellStyleXfs cellXfs xf cellStyles".split()
)
_TRUE = {"1", "true"}


class Merge(NamedTuple):
    """A block of merged cells, by its first and last row and column, from 0."""

    top: int
    bottom: int
    left: int
    right: int


class Cell(NamedTuple):
    """A cell as it is stored: row and column from 0, kind of value, number of its style.

    One without a saved result is its formula, of the kind ``f``.
    """

    row: int
    column: int
    kind: str
    style: int
    value: str


class Part:
    """What one part of a workbook says: of a sheet its cells, rows and columns, from 0.

    ``texts`` are those that cells name by number; ``told`` the attributes of elements by their tags,
    in order.
    """

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.merges: list[Merge] = []
        self.hidden: set[int] = set()
        self.lost: list[tuple[int, int]] = []  # the first of hidden columns, and the one after
        self.cells: list[Cell] = []
        self.texts: list[str] = []
        self.told: list[tuple[str, dict[str, str]]] = []
        self.damage = ""  # where it is no XML

    @property
    def size(self) -> int:
        """How many cells there are, blank ones among them."""
        return self.rows * self.columns


def parts_of(raw: bytes, name: str) -> dict[str, Part]:
    """Return the parts of a workbook, by their names in the archive.

    Raises ``InputError`` where it is no workbook, or one of too much.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = archive.infolist()
        unpacked = sum(member.file_size for member in members)
        if unpacked > LARGEST_UNPACKED:
            raise InputError([fault("zip-bomb", Place(name), found=unpacked)])
        scan = _Scan(name, share_of(len(raw)))
        for member in members:
            with archive.open(member) as part:
                scan.read(member.filename, part)
    return scan.parts


def too_large(found: str, place: str, share: float = 1.0) -> InputError:
    """Return what is said of a sheet of more cells than its workbook may have."""
    expected = f"{int(LARGEST_SHEET * share):,}"
    return InputError([fault("sheet-too-large", Place(place), found=found, expected=expected)])


def share_of(size: int) -> float:
    """Return how many times a workbook of ``size`` bytes may hold what one of 1 MB may."""
    return max(1.0, size / _MEGABYTE)


class _Scan:
    """Reads the parts of a workbook, one after the other, counting what is in all."""

    def __init__(self, name: str, share: float) -> None:
        self._share = share
        self.parts: dict[str, Part] = {}
        self._name = name
        self._texts = self._light = self._others = self._done = 0
        self._tags: dict[str, str] = {}  # without their name spaces
        self._begins: dict[str, Callable[[dict[str, str]], None]] = {
            "c": self._begin_cell,
            "row": self._begin_row,
            "si": self._begin_text,
            "rPh": self._begin_aloud,  # how a text is to be spoken
            "mergeCell": self._begin_merge,
            "col": self._begin_column,
        }

    def read(self, part: str, stream: IO[bytes]) -> None:
        """Read one part; of what is no XML only the beginning."""
        self._now = self.parts[part] = Part()
        self._row = self._column = self._above = 0
        self._open: dict[str, str] = {}  # attributes of the cell that is read
        self._told: dict[str, list[str]] = {}  # by it, or by a text
        self._within = ""  # of which element the characters are kept
        self._is_aloud = False
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            while piece := stream.read(_PIECE):
                parser.Parse(piece)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            self._now.damage = str(error)  # a picture, or what nobody may need
        finally:
            self._done += self._now.size

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._tags.get(name) or self._tags.setdefault(name, name.rpartition(" ")[2])
        if tag in _TEXTS:
            self._within = "" if self._is_aloud else tag
            self._told.setdefault(tag, [])
        elif (begin := self._begins.get(tag)) is not None:
            begin(attributes)
        elif tag in _TELLING:
            self._now.told.append((tag, attributes))
        if tag in _LIGHT:
            self._light += 1
        else:
            self._others += 1
        if (
            self._texts > MOST_TEXTS * self._share
            or self._light > 5 * LARGEST_SHEET * self._share
            or self._others > MOST_OTHERS * self._share
        ):
            self._refuse(f">{self._light + self._others}")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._open, self._told = attributes, {}
        self._place(attributes.get("r", ""))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        self._above = self._row - 1  # one object for all cells of a row
        if attributes.get("hidden") in _TRUE:
            self._now.hidden.add(self._above)

    def _begin_text(self, _: object) -> None:
        self._told = {}
        self._texts += 1

    def _begin_aloud(self, _: object) -> None:
        self._is_aloud = True

    def _begin_merge(self, attributes: dict[str, str]) -> None:
        self._now.merges.append(_merge(attributes.get("ref", "")))

    def _begin_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            self._now.lost.append((int(attributes["min"]) - 1, int(attributes["max"])))

    def _characters(self, text: str) -> None:
        if self._within:
            self._told[self._within].append(text)

    def _end(self, name: str) -> None:
        tag = self._tags[name]
        if tag in _TEXTS:
            self._within = ""
        elif tag == "rPh":
            self._is_aloud = False
        elif tag == "si":
            self._now.texts.append(self._said("t"))
        elif tag == "c":
            kind, style = self._open.get("t", "n"), int(self._open.get("s", 0))
            value = self._said("t" if kind == "inlineStr" else "v")
            if not value and "f" in self._told:
                kind, value = "f", f"={self._said('f')}"
            if value:
                self._now.cells.append(Cell(self._above, self._column - 1, kind, style, value))

    def _said(self, tag: str) -> str:
        return "".join(self._told.get(tag, ()))

    def _place(self, coordinate: str) -> None:
        self._column += 1
        if match := _COORDINATE.match(coordinate):
            self._column = _column(match[1])
        if self._row < 1:
            raise ValueError(coordinate[:40])
        now = self._now
        now.rows, now.columns = max(now.rows, self._row), max(now.columns, self._column)
        if self._done + now.size > LARGEST_SHEET * self._share:
            self._refuse(f"{now.rows} x {now.columns}")

    def _refuse(self, found: str) -> None:
        raise too_large(found, self._name, self._share)

    def _refuse_doctype(self, *_: object) -> None:
        raise InputError([fault("damaged-file", Place(self._name), found="DOCTYPE")])


def _merge(reference: str) -> Merge:
    """Read a block such as ``A1:B3``; raise ``ValueError`` where it is none."""
    corners = [_COORDINATE.match(part) for part in reference.split(":")]
    rows = sorted(int(corner[2]) - 1 for corner in corners if corner)
    columns = sorted(_column(corner[1]) - 1 for corner in corners if corner)
    if not rows:
        raise ValueError(reference[:40])
    return Merge(rows[0], rows[-1], columns[0], columns[-1])


@lru_cache(_REMEMBERED)
def _column(letters: str) -> int:
    """Return the number of a column, from 1, by its letters."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
