"""Units that are the same thing in other sizes: 万元 and 亿元, 万家 and 家."""

from decimal import Decimal

from mfgtargets.notation.units import SIZES, UNITS, sized


def factor(given: str, wanted: str) -> Decimal | None:
    """Return what a number in ``given`` is multiplied by to be in ``wanted``; None if they differ."""
    if given == wanted:
        return Decimal(1)
    one, other = _parts(given), _parts(wanted)
    if one is None or other is None or one[0] != other[0]:
        return None
    return Decimal(1).scaleb(one[1] - other[1])


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit in any size: 元, 亿元, 十亿元."""
    return _parts(text) is not None


def _parts(unit: str) -> tuple[str, int] | None:
    """Return what a unit is of, and by which power of ten."""
    size, one = sized(unit)
    if one not in UNITS:
        return None
    of, power = UNITS[one]
    return of, SIZES[size] + power


def converted(text: str, by: Decimal) -> str:
    """Return a printed number multiplied by a power of ten, with the digits it was printed with."""
    number = Decimal(text)
    shifted = number.scaleb(by.adjusted())
    return format(shifted, "f")
