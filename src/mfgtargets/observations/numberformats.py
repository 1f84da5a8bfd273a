"""Numbers of workbooks as their number formats show them: 0.135 as a percentage is 13.5 %."""

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

_QUOTED = re.compile(
    r'"[^"]*(?:"|\Z)|\\.|\[[^\]]*(?:\]|\Z)'
)  # what a number format prints as it stands
_WORDS = r"""((?:"[^"]*"|\\.|\[[^\]]*\]|[^\x00-\x7f])*)"""
_WORDED = re.compile(rf"{_WORDS}((?:General|G/通用格式|[0#?,.]+)%?){_WORDS}\Z")
_LAST_DAY, _FEBRUARY = 2_958_466, 60  # 9999-12-31 and 1900-02-29, as numbers
_OTHERWISE = re.compile(r"[0#?],+(?![0#?,])|^;;")  # in thousands (0,), or not at all (;;;)
_AS_DATE = re.compile(r"(?<![_\\])[dmhys]")
_FRACTION = re.compile(r"[0#?]\.(0+)")
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)  # hours on end, which are no date
# Formats that workbooks name by number alone, where they show more than the number.
BUILT_IN = (
    {9: "0%", 10: "0.00%"}
    | dict.fromkeys((2, 4, 7, 8, 39, 40, 43, 44), "0.00")
    | dict.fromkeys((14, 15, 22, 28, 29, 30, 31, 50, 51, 53, 54, 58), "yyyy-mm-dd")
    | dict.fromkeys((17, 27, 36, 52, 55, 57), "yyyy-mm")
    | dict.fromkeys((16, 18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 56), "h:mm:ss")
    | {46: "[h]:mm:ss"}
)


def moment(number: float, form: str, *, is_from_1904: bool) -> float | str | dt.datetime:
    """Return a number as the day that its format shows; as text where it is a time alone."""
    kind = _kind(form)
    if kind == "number":
        return number
    if kind == "span" or not 1 <= number < _LAST_DAY:
        return f"{number:.15g} [{form[:80]}]"
    start = dt.datetime(1904, 1, 1) if is_from_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001
    missing = not is_from_1904 and number < _FEBRUARY  # the day that 1900 did not have
    return start + dt.timedelta(days=round(number + missing, 9))


@lru_cache(1000)
def _kind(form: str) -> Literal["number", "date", "span"]:
    """Tell what a number format shows: a number, a date, or a time that is none."""
    first = _QUOTED.sub("", form.partition(";")[0]).lower()
    if _SPAN.search(form):
        return "span"
    if not _AS_DATE.search(first):
        return "number"
    return "date" if re.search("[dy]", first) else "span"


def shown(value: Any, form: str) -> str:
    """Return a cell as its number format shows it (38.0, where that is 0.0), but with all its digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, form)
    if isinstance(value, dt.datetime):
        return _date(value, _QUOTED.sub("", form).lower())
    return str(value)


def _number(value: float, form: str) -> str:
    number = Decimal(f"{value:.15g}")  # a workbook holds 15 digits
    around = _around(form)
    if around is None:
        return f"{number:f} [{form[:80]}]"  # shown as something else: not to be guessed at
    before, is_percent, after = around
    number = (number * 100).normalize() if is_percent else number
    digits = max(_decimals(form), -int(number.as_tuple().exponent))
    return f"{before}{number:.{digits}f}{'%' if is_percent else ''}{after}"


@lru_cache(1000)
def _decimals(form: str) -> int:
    """Return how many decimals a number format always shows."""
    match = _FRACTION.search(_QUOTED.sub("", form).partition(";")[0])
    return len(match[1]) if match else 0


@lru_cache(1000)
def _around(form: str) -> tuple[str, bool, str] | None:
    """Return what a number format shows before and after a number, and whether as a percentage.

    None where it shows another number, or words that depend on the number or stand within it.
    """
    plain = _QUOTED.sub("", form)
    if _OTHERWISE.search(plain) or "!" in form:
        return None
    words = "".join(part for part in _QUOTED.findall(form) if not part.startswith("["))
    bare = plain.replace("通用格式", "")
    words += "".join(sign for sign in bare if not sign.isascii())
    if not any(map(str.isalnum, words)):
        return "", "%" in plain, ""
    match = _WORDED.match(form)
    if match is None:
        return None
    return _literal(match[1]), match[2].endswith("%"), _literal(match[3])


def _literal(text: str) -> str:
    """Return what quoted and bare words of a number format show."""
    return re.sub(r"\[[^\]]*\]|[\"\\]", "", text)


def _date(value: dt.datetime, form: str) -> str:
    """Return a date as far as its format shows it: a year, a month, a day."""
    if "y" in form and "d" not in form:
        return f"{value.year}-{value.month:02}" if "m" in form else str(value.year)
    return value.date().isoformat()
