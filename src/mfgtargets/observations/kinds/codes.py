"""Codes that data bases write: flags beside values, periods, sizes of numbers."""

import re

FORECAST = "F"
# Letters of SDMX in capitals, of Eurostat in small ones; what is no status is told in a note.
_STATUS = {"a": "A", "A": "A", "P": "P", "E": "E", "B": "B", "D": "D", "F": FORECAST, "I": "E",
           "p": "P", "e": "E", "b": "B", "d": "D", "f": FORECAST, "i": "E", "s": "E"}  # fmt: skip
_WORDS = {"forecast": "F", "projection": "F", "预测": "F", "provisional": "P", "preliminary": "P",
          "estimate": "E", "imputed": "E", "break": "B", "definition": "D", "missing": "",
          "normal": "A", "official": "A", "observed": "A"}  # fmt: skip
_LETTERS = re.compile(r"[A-Z]{1,4}\Z|[abcdefimnprsuz]{1,3}\Z")
_NO_VALUE = frozenset("MLHOQ")  # SDMX: there is none, whatever stands there
_FLAGGED = re.compile(r"(\S+) ([bcdefinprsuz]{1,3})\Z")  # of Eurostat; mn and mio are none
_PERIODS = (
    (re.compile(r"(?:[0-9]{4} )?\[?YR([0-9]{4})\]?\Z"), r"\1"),
    (re.compile(r"([0-9]{4})-?A1?\Z"), r"\1"),
    (re.compile(r"([0-9]{4})-?[SH]([12])\Z"), r"\1H\2"),
    (re.compile(r"([0-9]{4})-?Q([1-4])\Z"), r"\1Q\2"),
    (re.compile(r"([0-9]{4})-?M([0-9]{2})\Z"), r"\1-\2"),
    (re.compile(r"([0-9]{4})-01-01/P([0-9]{1,2})M\Z"), r"\1M1-\2"),
)
_YEARS = re.compile(r"([0-9]{4})-01-01/P([0-9]{1,2})Y\Z")
_DATE = re.compile(r"([0-9]{4})(?:[-/.]?([0-9]{1,2})(?:[-/.]?[0-9]{1,2})?)?(?: 00:00(?::00)?)?\Z")
_MONTHS = {
    "年 年度 yearly annual a y": 12,
    "半年 半年度": 6,
    "季 季度 quarterly q": 3,
    "月 月度 monthly m": 1,
}
_SIZES = {"": 0, "units": 0, "hundreds": 2, "thousands": 3, "millions": 6, "billions": 9,
          "trillions": 12}  # fmt: skip


def flagged(cell: str) -> tuple[str, str]:
    """Split a value from the flags behind it, as Eurostat writes them: ``12.3 bp``."""
    match = _FLAGGED.match(cell)
    return (match[1], match[2]) if match else (cell, "")


def flags_of(text: str) -> tuple[str | None, str]:
    """Return the letters of status that flags or their names stand for, and the others as a note.

    None for the letters where they say that there is no value. ``P: Provisional`` is ``P``.
    """
    letters: dict[str, None] = {}
    others = []
    for flag in filter(None, re.split(r"[;,|]|(?<=\b[A-Za-z]) ", re.sub(r":[^;,|]*", "", text))):
        plain = flag.strip()
        if _LETTERS.match(plain):
            if _NO_VALUE & set(plain):
                return None, ""
            letters |= dict.fromkeys(_STATUS[sign] for sign in plain if sign in _STATUS)
            others += [sign for sign in plain if sign not in _STATUS]
        elif word := next((one for one in _WORDS if one in plain.lower()), ""):
            letters[_WORDS[word]] = None
        elif plain:
            others.append(plain)
    if "" in letters:
        return None, ""
    return "".join(letters), f"flag {' '.join(others)}" if others else ""


def is_date(text: str) -> bool:
    """Tell whether a text is a year, a month or a day in digits."""
    return _DATE.match(text) is not None


def period_of(text: str, frequency: str = "") -> str:
    """Return a period in the canonical form where it is one of a data base: ``2018-S1``.

    A date stands for the year, half, quarter or month of a ``frequency`` in which it lies.
    """
    date = _DATE.match(text)
    months = next((n for words, n in _MONTHS.items() if frequency.lower() in words.split()), 0)
    if date and months == 12:
        return date[1]
    if date and date[2] and months:
        number = (int(date[2]) - 1) // months + 1
        return f"{date[1]}{'-' if months == 1 else 'H' if months == 6 else 'Q'}" + (
            f"{number:02}" if months == 1 else str(number)
        )
    if years := _YEARS.match(text):
        return f"{years[1]}/{int(years[1]) + int(years[2]) - 1}"
    for pattern, form in _PERIODS:
        if pattern.match(text):
            return pattern.sub(form, text)
    return text


def exponent(text: str) -> int | None:
    """Read what SDMX says of size, ``6`` or ``6: Millions``; None where it is not known."""
    number = text.partition(":")[0].strip() or "0"
    return int(number) if re.fullmatch(r"-?[0-9]{1,2}", number) else None


def size_word(text: str) -> int | None:
    """Read a size in words, ``Billions``, as a power of ten; None where it is not known."""
    return _SIZES.get(text.strip().lower())
