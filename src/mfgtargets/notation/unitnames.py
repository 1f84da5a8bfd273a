"""Units in English and sizes of numbers in words, as data bases print them: ``1000 yuan``."""

import re

_NAMES = {
    word: unit
    for unit, words in {
        "元": "yuan rmb cny renminbi",
        "美元": "us$ usd dollar dollars",
        "人": "person persons people employees workers",
        "家": "enterprise enterprises company companies firm firms",
        "件": "item items piece pieces",
        "吨": "tonne tonnes ton tons",
        "吨标准煤": "tce",
        "千瓦时": "kwh",
        "%": "% percent pct percentage",
        "个百分点": "pp points",
    }.items()
    for word in words.split()
}
_SIZES = {
    "thousand": "千", "thousands": "千", "1000": "千", "'000": "千", "000s": "千", "10000": "万",
    "100000": "十万", "million": "百万", "millions": "百万", "mn": "百万", "mln": "百万",
    "1000000": "百万", "100million": "亿", "100000000": "亿", "billion": "十亿", "billions": "十亿",
    "bn": "十亿", "1000000000": "十亿", "trillion": "万亿", "trillions": "万亿",
    "units": "", "unit": "", "one": "", "ones": "", "1": "", "none": "",
}  # fmt: skip
_POWERS = {"": 0, "个": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7,
           "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12}  # fmt: skip
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
        if word in _NAMES:
            unit.append(_NAMES[word])
        elif word in _SIZES:
            size.append(_SIZES[word])
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
    return _POWERS.get(_SIZES.get(plain, plain))


def scaled(unit: str, size: str, *, is_exponent: bool) -> str:
    """Return a unit in a size of numbers that stands beside it: 元 in 亿 (SDMX: in 8) is 亿元.

    A size that is not known makes a unit that nothing is in.
    """
    power = power_of(size, is_exponent=is_exponent)
    names = {of: name for name, of in _POWERS.items() if name != "个"}
    return f"{size if power is None else names.get(power, size)}{unit}"
