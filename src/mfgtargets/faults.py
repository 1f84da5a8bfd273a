"""What is wrong with an input, and where: faults know no language, ``wording`` words them."""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import ClassVar, NamedTuple

_MOST_KNOWN, _LONGEST = 500, 100  # words, and letters of one, that are compared: all take turns
_MOST_ASKED = 20


class Place(NamedTuple):
    """A spot in a file; ``line`` and ``column`` count from 1, 0 means the whole file or line.

    ``is_cell`` is one of a sheet, whose columns have letters.
    """

    file: str
    line: int = 0
    column: int = 0
    is_cell: bool = False

    def __str__(self) -> str:
        """Write it as ``FILE:LINE:COLUMN``, or ``FILE:B7``, without what it does not name."""
        if self.is_cell and self.column:
            return f"{self.file}:{self.letters}{self.line}"
        line = f":{self.line}" if self.line else ""
        return self.file + line + (f":{self.column}" if line and self.column else "")

    @property
    def letters(self) -> str:
        """The column as a sheet names it: 1 is A, 28 is AB."""
        letters, left = "", self.column
        while left:
            left, n = divmod(left - 1, 26)
            letters = chr(ord("A") + n) + letters
        return letters


class Fault(NamedTuple):
    """One thing wrong.

    ``code`` is stable and documented; ``details`` are the values its message speaks of
    (``found``, ``expected``, ``near`` …); ``excerpt`` is the line it happened on.
    """

    code: str
    place: Place | None = None
    details: Mapping[str, str] = MappingProxyType({})
    excerpt: str = ""
    width: int = 1


class InputError(Exception):
    """An input cannot be used; ``faults`` holds everything wrong with it, in order of place.

    As text it is the whole message in English. ``worded`` is what words faults: they themselves
    know no language.
    """

    worded: ClassVar[Callable[[tuple[Fault, ...]], str]]

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        """Return the message that the command line gives."""
        return type(self).worded(self.faults)


def fault(code: str, place: Place | None = None, excerpt: str = "", **details: object) -> Fault:
    """Make a fault whose details are given by name."""
    return Fault(code, place, {k: str(v) for k, v in details.items()}, excerpt)


def nearest(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the known words most like ``word``, best first (none when nothing is like it).

    Of very many known words the first are looked at, and none is like a very long one.
    """
    import difflib  # noqa: PLC0415 - only needed when something is already wrong

    if len(word) > _LONGEST:
        return []
    short = (entry for entry in known if len(entry) <= _LONGEST)
    pool = {entry.casefold(): entry for entry in islice(short, _MOST_KNOWN)}
    close = difflib.get_close_matches(word.casefold(), pool, n=count, cutoff=0.4)
    inside = [key for key in pool if word and word.casefold() in key and key not in close]
    return [pool[key] for key in (close + inside)[:count]]


class Nearest:
    """Finds nearest words for the first few that ask: who has a thousand wrong needs no thousand."""

    def __init__(self) -> None:
        self._left = _MOST_ASKED

    def __call__(self, word: str, known: Iterable[str], count: int = 3) -> list[str]:
        """Return what ``nearest`` does; nothing once it was asked often."""
        self._left -= 1
        return nearest(word, known, count) if self._left >= 0 else []


def mistyped(word: str, known: Iterable[str]) -> str:
    """Return the known word that ``word`` was most likely meant to be; empty when it is like none."""
    import difflib  # noqa: PLC0415 - as above

    if len(word) > _LONGEST:
        return ""
    return next(iter(difflib.get_close_matches(word.casefold(), known, n=1, cutoff=0.75)), "")
