"""What an .xlsx says of its size, its merged cells and what it hides, before a library builds it.

A workbook is an archive of XML, of which a thousand bytes may take one: all of it is looked through
as a stream, and refused as soon as it is more than any workbook of figures.
"""

import io
import re
import zipfile
from typing import IO, NamedTuple
from xml.parsers import expat

from mfgtargets.faults import InputError, Place, fault

LARGEST_UNPACKED = 100_000_000  # bytes
# Of a workbook up to 1 MB; of larger ones as much for each:
LARGEST_SHEET = 120_000  # cells, blank ones among them
MOST_TEXTS = 60_000  # that are stored once for all cells that hold them
MOST_OTHERS = 30_000  # elements that are no cells: styles, names, merged blocks
_MEGABYTE = 1_000_000
_PIECE = 1 << 16
_COORDINATE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")
_LIGHT = frozenset("c v f is t row si phoneticPr".split())  # what cells are made of
_TRUE = {"1", "true"}


class Merge(NamedTuple):
    """A block of merged cells, by its first and last row and column, from 0."""

    top: int
    bottom: int
    left: int
    right: int


class Outline:
    """What one part of a workbook says of a sheet: rows and columns from 0, but their numbers."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.merges: list[Merge] = []
        self.hidden: set[int] = set()
        self.lost: list[tuple[int, int]] = []  # the first of hidden columns, and the one after
        self.has_formulas = False

    @property
    def size(self) -> int:
        """How many cells there are, blank ones among them."""
        return self.rows * self.columns


def outlines_of(raw: bytes, name: str) -> dict[str, Outline]:
    """Return the outlines of a workbook's parts, by their names in the archive.

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
    return scan.outlines


def too_large(found: str, place: str, share: float = 1.0) -> InputError:
    """Return what is said of a sheet of more cells than its workbook may have."""
    expected = f"{int(LARGEST_SHEET * share):,}"
    return InputError([fault("sheet-too-large", Place(place), found=found, expected=expected)])


def share_of(size: int) -> float:
    """Return how many times a workbook of ``size`` bytes may hold what one of 1 MB may."""
    return max(1.0, size / _MEGABYTE)


class _Scan:
    """Looks through the parts of a workbook, one after the other, counting what is in all."""

    def __init__(self, name: str, share: float) -> None:
        self._share = share
        self.outlines: dict[str, Outline] = {}
        self._name = name
        self._light = self._others = self._texts = self._done = 0
        self._row = self._column = 0

    def read(self, part: str, stream: IO[bytes]) -> None:
        """Look through one part; of what is no XML only the beginning."""
        self._now = self.outlines[part] = Outline()
        self._row = self._column = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._element
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            while piece := stream.read(_PIECE):
                parser.Parse(piece)
        except expat.ExpatError:
            return  # a picture, or what the library will refuse
        finally:
            self._done += self._now.size

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(" ")[2]
        if tag in _LIGHT:
            self._light += 1
        else:
            self._others += 1
        self._texts += tag == "si"
        if tag == "c":
            self._cell(attributes.get("r", ""))
        elif tag == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            if attributes.get("hidden") in _TRUE:
                self._now.hidden.add(self._row - 1)
        elif tag == "f":
            self._now.has_formulas = True
        elif tag == "mergeCell":
            self._now.merges.append(_merge(attributes.get("ref", "")))
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            self._now.lost.append((int(attributes["min"]) - 1, int(attributes["max"])))
        if (
            self._texts > MOST_TEXTS * self._share
            or self._light > 5 * LARGEST_SHEET * self._share
            or self._others > MOST_OTHERS * self._share
        ):
            self._refuse(f">{self._light + self._others}")

    def _cell(self, coordinate: str) -> None:
        self._column += 1
        if match := _COORDINATE.match(coordinate):
            self._column = _column(match[1])
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


def _column(letters: str) -> int:
    """Return the number of a column, from 1, by its letters."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
