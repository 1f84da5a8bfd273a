"""What is odd about a whole text: that it is not what it seems to be, and in which line that shows."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mfgtargets.drafting.found import Omitted
from mfgtargets.drafting.heads import NUMBER
from mfgtargets.drafting.outline import HAN, Places
from mfgtargets.faults import InputError, Place, fault

_COMMON = frozenset("的年一和发展业工产人企市中大国到设项目高家新技全县省政在为以")
_TOP = 5000  # characters that tell an encoding
_ENOUGH, _FEWEST = (
    60,
    0.06,
)  # Chinese signs that do; the share of common ones at least: texts have 0.15
_LONGEST = 1_000_000  # characters of one plan: more than a thousand pages


class Remark(NamedTuple):
    """What is odd (a code), the line where it shows, and what was found there."""

    code: str
    line: int
    found: str = ""


def refuse_unreadable(text: str, name: str) -> None:
    """Raise ``InputError`` for a text without letters, or in another encoding than it was read in."""
    if not any(map(str.isalpha, text)):
        raise InputError([fault("no-letters", Place(name))])
    signs = HAN.findall(text[:_TOP])
    if len(signs) >= _ENOUGH and sum(one in _COMMON for one in signs) < _FEWEST * len(signs):
        line = text.count("\n", 0, text.index(signs[0])) + 1
        raise InputError([fault("odd-encoding", Place(name, line))])


def remarks(text: str, places: Places, left_out: Iterable[Omitted]) -> Iterator[Remark]:
    """Yield what a person should know of the whole text."""
    numbers = [
        (m.start(1), m[1])
        for m in re.finditer(rf"^[ \t]*({NUMBER.pattern})[ \t]*$", text, re.MULTILINE)
    ]
    if second := next((one for one in numbers if one[1] != numbers[0][1]), None):
        yield Remark("second-document", places.line(second[0]), second[1])
    if len(text) > _LONGEST:
        yield Remark("long-text", places.line(_LONGEST))
    unclear = [one.clause.line for one in left_out if one.reason == "columns"]
    if unclear:
        yield Remark("unclear-table", unclear[0], str(len(unclear)))
