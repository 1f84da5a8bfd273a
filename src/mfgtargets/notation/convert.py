"""Units that are the same thing in other sizes: 万元 and 亿元, 万家 and 家."""

from decimal import Decimal

from mfgtargets.notation.units import SIZES, UNITS, sized

# Words for one thing: where firms and places are counted, and of energy.
_SAME = {"家": "个", "户": "个", "名": "人", "千瓦小时": "千瓦时"}


def factor(given: str, wanted: str) -> Decimal | None:
    """Return what a number in ``given`` is multiplied by to be in ``wanted``; None if they differ."""
    if given == wanted:
        return Decimal(1)
    one, other = _parts(given), _parts(wanted)
    if one is None or other is None or one[1] != other[1]:
        return None
    return SIZES[one[0]] / SIZES[other[0]]


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit in any size: 元, 亿元, 十亿元."""
    return _parts(text) is not None


def _parts(unit: str) -> tuple[str, str] | None:
    size, one = sized(unit)
    if one not in UNITS:
        return None
    return size, _SAME.get(one, one)


def converted(text: str, by: Decimal) -> str:
    """Return a printed number multiplied by a power of ten, with the digits it was printed with."""
    number = Decimal(text)
    shifted = number.scaleb(by.adjusted())
    return format(shifted, "f")
