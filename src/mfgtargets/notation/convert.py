"""Units that are the same thing in other sizes: 万元 and 亿元, 万家 and 家."""

import re
from decimal import Decimal

from mfgtargets.notation.units import UNITS

_SCALES = {
    "": Decimal(1),
    "千": Decimal(10**3),
    "万": Decimal(10**4),
    "十万": Decimal(10**5),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "亿": Decimal(10**8),
    "十亿": Decimal(10**9),
    "百亿": Decimal(10**10),
    "千亿": Decimal(10**11),
    "万亿": Decimal(10**12),
}
_SCALED = re.compile(rf"({'|'.join(sorted(filter(None, _SCALES), key=len, reverse=True))})?(.+)\Z")
_COUNTS = {
    "家": "个",
    "户": "个",
    "名": "人",
}  # words for one thing where firms and places are counted


def factor(given: str, wanted: str) -> Decimal | None:
    """Return what a number in ``given`` is multiplied by to be in ``wanted``; None if they differ."""
    if given == wanted:
        return Decimal(1)
    one, other = _parts(given), _parts(wanted)
    if one is None or other is None or one[1] != other[1]:
        return None
    return _SCALES[one[0]] / _SCALES[other[0]]


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit in any size: 元, 亿元, 十亿元."""
    return _parts(text) is not None


def _parts(unit: str) -> tuple[str, str] | None:
    match = _SCALED.match(unit)
    if match is None or not {unit, match[2]} & UNITS:
        return None
    return match[1] or "", _COUNTS.get(match[2], match[2])


def converted(text: str, by: Decimal) -> str:
    """Return a printed number multiplied by a power of ten, with the digits it was printed with."""
    number = Decimal(text)
    shifted = number.scaleb(by.adjusted())
    return format(shifted, "f")
