"""Codes of data bases: of units, and beside names."""

import re

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}\Z")
_PERCENT = re.compile(r"(?:pc|pch|pt|pct|percent|percentage|per cent)(?:[_ ].*)?\Z", re.IGNORECASE)
_UNITS = {"PER": "人", "PS": "人", "PERS": "人", "Persons": "人"}


def unit_of_code(unit: str) -> str:
    """Return the unit that a code stands for, empty where it is none: ``PC_GDP`` is a percentage."""
    return "%" if _PERCENT.match(unit) else _UNITS.get(unit, "")


def parts_of(name: str) -> list[str]:
    """Return a text, and where one or two codes stand before it (``CHN: China``) each by itself."""
    code, _, rest = name.partition(": ")
    if not rest or not _CODE.match(code):
        return [name]
    second, _, last = rest.partition(": ")
    return [name, code, rest, *((second, last) if last and _CODE.match(second) else ())]
