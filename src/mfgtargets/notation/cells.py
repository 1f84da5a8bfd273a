"""Cells of tables as people write them: numbers in words, periods in words, missing marks."""

import re
import unicodedata
from calendar import monthrange
from typing import Literal, NamedTuple

from mfgtargets.notation.codes import unit_of_code
from mfgtargets.notation.convert import is_unit
from mfgtargets.notation.period import Period, parse_period
from mfgtargets.notation.unitnames import known_unit

_MISSING = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "–",
        "…",
        "……",
        "..",
        "...",
        ":",
        "*",
        "/",
        "n/a",
        "na",
        "null",
        "#n/a",
    }
)

_BEFORE = {
    ">": ">", ">=": ">=", "<": "<", "<=": "<=", "≥": ">=", "≤": "<=",
    "突破": ">", "超过": ">", "超": ">", "逾": ">", "高于": ">",
    "不少于": ">=", "不低于": ">=", "至少": ">=",
    "不足": "<", "低于": "<", "不超过": "<=", "不高于": "<=",
}  # fmt: skip
_AFTER = {"以上": ">=", "多": ">", "余": ">", "以下": "<=", "以内": "<="}
_CHANGES = {"下降": -1, "降低": -1, "减少": -1, "增长": 1, "上升": 1, "提高": 1, "增加": 1}

_NUMBER = r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?"
_CELL = re.compile(
    rf"(?:(?:比上年|较上年|同比)?(?P<change>{'|'.join(_CHANGES)}))?(?:达到|达)?"
    rf"(?P<before>{'|'.join(sorted(_BEFORE, key=len, reverse=True))})?"
    rf"(?P<number>{_NUMBER})(?P<few>[多余])?(?P<unit>:1|[^0-9]*?)"
    rf"(?P<after>{'|'.join(_AFTER)})?\Z"
)
# A unit as the documents print it: 规上企业劳动生产率(万元/人), or as data bases do: GDP_亿元.
_UNIT_AT_END = re.compile(r"(.+?)(?:\(([^()]{1,40})\)|_(?![a-z]+\Z)([^_()]{1,8}))\Z")
_REGION = re.compile(
    r"[\u4e00-\u9fff]{1,4}(?<!开发)(?<!园)(?<!示范)(?<!集聚)[省市区县]\Z"
    r"|[\u4e00-\u9fff]{1,8}自治[区州县旗]\Z"
)
_BRACKETS = str.maketrans("【】〔〕[]{}<>〈〉〖〗「」", "()()()()()()()()")
_PER_YEAR = re.compile(r"/人[·.]?年\Z")
_OTHER_WORDS = {"百分比": "%", "百分数": "%", "百分点": "个百分点"}
_PRICES = re.compile("不变价|可比价|购买力")
_MINUS = re.compile(r"[−–](?=[0-9])")
_YEAR_IN_WORDS = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_FOOTNOTE = re.compile(r"\[[0-9]+\]\Z")
_SPACED = re.compile(r"(?<![0-9])[0-9]{1,3}(?:\s[0-9]{3})+(?![0-9])")  # 1 234
_APART = re.compile(r"[0-9]\s+[0-9]")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_DASHES = str.maketrans("—–−－~～至", "-------")
_PERIOD = re.compile(
    r"(?P<year>[0-9]{4})(?:\.0)?(?:年度?)?(?:\(?全年(?:累计)?\)?|累计)?(?:(?P<half>[上下])半年"
    r"|(?:前(?P<until>[二三四])季度)|(?:第?[1一]-(?P<through>[2-4二三四])季度)"
    r"|(?:第?(?P<quarter>[一二三四1-4]))季度"
    r"|(?P<first>[0-9]{1,2})(?:月?-(?P<last>[0-9]{1,2}))?月份?)?(?:年?[底末]|(?P<sum>累计))?\Z"
)
_QUARTER = re.compile(r"(?:([0-9]{4})年?[-./]?q([1-4])|q([1-4])[-./]?([0-9]{4}))\Z", re.IGNORECASE)
_CODED = re.compile(r"\[yr[0-9]{4}\]\Z", re.IGNORECASE)  # 2018 [YR2018]
_YEARS = re.compile(r"([0-9]{4})年?-([0-9]{4})年?\Z")
_PART_IN_BRACKETS = re.compile(r"\(([^()]*(?:月份?|季度|半年|全年))\)\Z")  # 2024年(1-6月)
_MONTH = re.compile(r"([0-9]{4})(?:[./]|-?M)(0[1-9]|1[0-2])\Z")
_CODE = re.compile(r"([0-9]{4})(0[1-9]|1[0-2])\Z")  # also quarters, as the bureaus' 202404
_DAY = re.compile(
    r"(?:([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{4})([01][0-9])([0-3][0-9]))"
    r"(?:T?00:00(?::00(?:\.0+)?)?)?\Z"  # midnight is no time
)
Day = Literal["first", "last", "code"]


class Cell(NamedTuple):
    """What a value cell says: the number as printed, its bound and unit, and what kind of change.

    ``text`` is the number alone, signed where a word says it fell; ``is_change`` tells that a word
    (下降, 增长) makes it a change on the year before, and not a level.
    """

    text: str
    bound: str
    unit: str
    is_change: bool


def plain_text(cell: str) -> str:
    """Return a cell in half-width characters and without white space (NBSP, U+3000 …)."""
    return "".join(unicodedata.normalize("NFKC", cell).split())


def split_unit(name: str) -> tuple[str, str]:
    """Split a name, as plain text, into itself and the unit printed at its end, if there is one.

    Several units in the brackets (万元、家) are given as they are.
    """
    bare = plain_text(name).translate(_BRACKETS)
    match = _UNIT_AT_END.match(bare)
    if match is None:
        return bare, ""
    parts = re.split("[,;、]", match[2] or match[3])
    units = [unit for unit in map(_in_chinese, parts) if is_unit(unit)]
    others = [part for part in parts if _PRICES.search(part)]  # another thing than at current ones
    if not units and match[2]:  # English, which needs its spaces
        spaced = unicodedata.normalize("NFKC", name).translate(_BRACKETS)
        units, others = [known_unit(spaced.rpartition("(")[2].rstrip(") "))], []
    if not any(units):
        return bare, ""
    return match[1] + (f"({','.join(others)})" if others else ""), "、".join(units)


def plain_unit(unit: str) -> str:
    """Return a unit as the documents write it: a year of work is meant anyway (万元/人·年)."""
    bare = _in_chinese(plain_text(unit))
    return unit_of_code(unit) or (bare if is_unit(bare) else known_unit(unit) or bare)


def _in_chinese(unit: str) -> str:
    bare = _PER_YEAR.sub("/人", unit.replace("人民币", ""))
    return _OTHER_WORDS.get(bare, bare)


def is_region(text: str) -> bool:
    """Tell whether a text is the name of a region and not of a zone: 越城区, but no 开发区."""
    return _REGION.match(plain_text(text)) is not None


def is_missing(cell: str) -> bool:
    """Tell whether a cell is blank or holds a mark for "no value"."""
    # No mark begins with a digit, as most cells do.
    return not cell or (not cell[0].isdecimal() and plain_text(cell).lower() in _MISSING)


def read_cell(cell: str) -> Cell | None:
    """Read a value cell such as ``1,234.5``, ``突破100家`` or ``下降15.7%``; None when it is none."""
    match = _CELL.match(plain_text(_without_spaces(cell)))
    if match is None or _has_marks(cell):
        return None
    unit = match["unit"]
    if unit and not is_unit(unit):
        return None
    before, after = match["before"], match["after"] or match["few"]
    if before and after:
        return None
    change = _CHANGES.get(match["change"] or "")
    text = match["number"].replace(",", "").removeprefix("+")
    bound = _BEFORE.get(before or "", "") or _AFTER.get(after or "", "")
    if change == -1:
        if text.startswith("-"):
            return None
        text = f"-{text}"
        bound = bound.translate(str.maketrans("<>", "><"))
    return Cell(text, bound, unit, change is not None)


def _without_spaces(cell: str) -> str:
    """Take out the spaces that part thousands; others between digits make the cell no number."""
    text = _MINUS.sub("-", unicodedata.normalize("NFKC", cell))
    text = _SPACED.sub(lambda match: "".join(match[0].split()), text)
    return _APART.sub("?", text)


def _has_marks(cell: str) -> bool:
    """Tell whether digits stand in a cell that are marks of footnotes: 78², 78①."""
    marks = (c for c in cell if not c.isascii() and not c.isdecimal())
    return any(digit.isdigit() for mark in marks for digit in unicodedata.normalize("NFKC", mark))


def read_period(cell: str) -> Period | None:
    """Read a period in canonical form or in words: ``2019年``, ``2023年1-7月``, ``2022年上半年``.

    A date alone stands for the year or month that it begins or ends (see ``read_date``).
    """
    text = _FOOTNOTE.sub("", _CODED.sub("", plain_text(cell).translate(_DASHES)))
    text = _YEAR_IN_WORDS.sub(lambda m: m[0].translate(_DIGITS), text)
    text = _PART_IN_BRACKETS.sub(r"\1", text)
    if date := read_date(text):
        month, day = date
        ends = {"first": 0, "last": 11, "code": None}[day] == month.last % 12
        return Period(month.year * 12, month.year * 12 + 11) if ends else month
    if quarter := _QUARTER.match(text):
        return parse_period(f"{quarter[1] or quarter[4]}Q{quarter[2] or quarter[3]}")
    match = _PERIOD.match(text)
    period = parse_period(_canonical(text) if match is None else _from_words(match))
    if period and match and match["sum"]:  # 2018年6月累计
        return period._replace(first=period.year * 12)
    return period


def read_date(cell: str) -> tuple[Period, Day] | None:
    """Read the first or last day of a month, or a month in six digits (201809): month and which.

    All three may stand for more than the month; the others beside them tell (``dates``).
    """
    plain = plain_text(cell)
    if code := _CODE.match(plain):
        month = int(code[1]) * 12 + int(code[2]) - 1
        return Period(month, month), "code"
    match = _DAY.match(plain)
    if match is None:
        return None
    year, number, day = (int(digits) for digits in match.groups() if digits)
    if not 1 <= number <= 12 or day not in {1, monthrange(year, number)[1]} or not year:
        return None
    month = year * 12 + number - 1
    return Period(month, month), "first" if day == 1 else "last"


def _canonical(text: str) -> str:
    """Return years in words, or a month in digits, in the canonical form; others as they are."""
    if years := _YEARS.match(text):
        return f"{years[1]}/{years[2]}"
    month = _MONTH.match(text)
    return f"{month[1]}-{month[2]}" if month else text


def _from_words(match: re.Match[str]) -> str:
    """Return a period in words in the canonical form."""
    year = match["year"]
    if match["half"]:
        return f"{year}H{'上下'.index(match['half']) + 1}"
    if until := match["until"] or match["through"]:
        return f"{year}M1-{3 * ('一二三四1234'.index(until) % 4 + 1)}"
    if match["quarter"]:
        return f"{year}Q{'一二三四1234'.index(match['quarter']) % 4 + 1}"
    if match["last"]:
        return f"{year}M{match['first']}-{match['last']}"
    return f"{year}-{int(match['first']):02}" if match["first"] else year
