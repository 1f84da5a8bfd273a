"""Units in English and sizes of numbers in words, as data bases print them: ``1000 yuan``."""

import re

from mfgtargets.notation.units import ENGLISH, ENGLISH_SIZES, SIZES

_TOGETHER = {
    r"\b100[ -]million\b|\bhundred[ -]million\b": "100million",
    r"\bten[ -]thousand\b": "10000",
    r"\bper[ -]cent\b": "percent",
    r"\bpercentage points?\b": "pp",
    r"(?<=\d),(?=\d{3})": "",
    r"\bus dollars?\b|\bu\.s\. dollars?\b": "usd",
    r"us\$": " us$ ",
    r"\bper (person|capita|head|employee|worker)\b|/ ?(person|capita|head)\b": "",
}
_SPLIT = re.compile(r"[\s,;]+")
_PER_PERSON = re.compile(r"per (person|capita|head|employee|worker)|/ ?(person|capita|head)")
_FILLING = frozenset("current prices price at of in the".split())
_LONGEST = 40


def known_unit(text: str) -> str:
    """Return a unit in English as the documents write it; empty where it is none that is known.

    ``1000 yuan`` is 千元, ``current US$`` 美元, ``million persons`` 百万人.
    """
    lower = text.casefold().strip()
    if not lower.isascii() or not lower or len(lower) > _LONGEST:
        return ""
    per_person = "/人" if _PER_PERSON.search(lower) else ""
    for form, word in _TOGETHER.items():
        lower = re.sub(form, word, lower)
    size, unit = [], []
    for word in filter(None, _SPLIT.split(lower)):
        if word in _FILLING:
            continue
        if word in ENGLISH:
            unit.append(ENGLISH[word])
        elif word in ENGLISH_SIZES:
            size.append(ENGLISH_SIZES[word])
        else:
            return ""
    if len(unit) != 1 or len(size) > 1:
        return ""
    return "".join(size) + unit[0] + per_person


def power_of(text: str, *, is_exponent: bool) -> int | None:
    """Return the power of ten that a size of numbers stands for; None where it is none.

    ``is_exponent`` reads 6 as a million, as SDMX does; else 1000 is a thousand.
    """
    plain = text.casefold().replace(",", "").removesuffix(".0").strip()
    if is_exponent and re.fullmatch(r"-?[0-9]{1,2}", plain):
        return int(plain)
    plain = re.sub(r"[元人]\Z", "", plain)
    return 0 if plain == "个" else SIZES.get(ENGLISH_SIZES.get(plain, plain))


def scaled(unit: str, size: str, *, is_exponent: bool) -> str:
    """Return a unit in a size of numbers that stands beside it: 元 in 亿 (SDMX: in 8) is 亿元.

    A size that is not known makes a unit that nothing is in.
    """
    power = power_of(size, is_exponent=is_exponent)
    names = {of: name for name, of in SIZES.items()}
    return f"{size if power is None else names.get(power, size)}{unit}"
