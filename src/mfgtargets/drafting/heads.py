"""What a text says of itself: title, issuer, number, date and the years it plans for."""

import re
from typing import NamedTuple

from mfgtargets.drafting.outline import folded, is_chinese
from mfgtargets.drafting.years import plan_years

_HEAD = 6000  # characters at the beginning that a head may stand in
_KIND = r"(?:规划|计划|方案|意见|纲要|行动|措施|办法|目标|政策|决定|要点)"
_QUOTED = re.compile(rf"《([^《》\n]{{4,80}}?{_KIND}[^《》\n]{{0,16}})》")
_TITLE = re.compile(
    rf"^(?![一二三四五六七八九十]+、)[^\n。,;:]{{4,80}}{_KIND}(?:的(?:通知|公告|函))?"
    r"(?:\([^()\n]{2,20}\)){0,3}$",
    re.MULTILINE,
)
_NOTICE = re.compile(
    rf"关于印发(?!《)([^《》。:]{{4,60}}?{_KIND}(?:\([^()]{{2,20}}\)){{0,3}})的通知"
)
_ISSUER = re.compile(
    r"(?:中共)?[\u4e00-\u9fff]{0,20}?(?:人民政府办公厅|人民政府办公室|人民政府|国务院办公厅|国务院"
    r"|委员会|办公厅|经济和信息化[局厅]|[发改经信科技]{2,4}[局厅委])"
)
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[\[(〔](?:19|20)[0-9]{2}[\])〕][0-9]{1,5}号")
_DATE = re.compile(r"(20[0-9]{2})(?:年|-|/|\.)([0-9]{1,2})(?:月|-|/|\.)([0-9]{1,2})日?")
_SPAN = re.compile(
    r"(20[0-9]{2})(?:/[0-9]{2})?年? ?(?:—|-|–|至|~|to){1,2} ?(20[0-9]{2})(?![0-9]*/[0-9]{3})"
)
_TO_YEAR = re.compile(r"(?:到|至|by |By )(?:the end of )?(20[0-9]{2})")
_PLAN = re.compile(r"(十[一二三四五]五)")
_OF_YEAR = re.compile(r"(20[0-9]{2})年(?P<by>前|底|远景|愿景)?")
_ENGLISH_TITLE = re.compile(r"[^:]{9}.{3,151}\Z")
_ENGLISH_KIND = re.compile(
    r"\b(?:strategy|plan|programme|program|policy|framework|directive|regulation|decision|act|agenda|roadmap)\b",
    re.IGNORECASE,
)
_FIRST_LINES = 8  # of an English text, that its title stands in
_LIMIT = re.compile(r"\b(?:by|until|before|from|after) \Z", re.IGNORECASE)
_FAR = 11  # years ahead that a vision begins at
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_ENGLISH_DATE = re.compile(rf"([0-9]{{1,2}}) ({'|'.join(_MONTHS)}),? (20[0-9]{{2}})")


class Head(NamedTuple):
    """The document's own facts; null where the text does not give them."""

    title: str | None
    issuer: str | None
    number: str | None
    date: str | None
    start: int | None
    end: int | None
    is_draft: bool
    language: str


def head(text: str) -> Head:
    """Read the head of a text."""
    language = "zh" if is_chinese(text) else "en"
    top = folded(text[:_HEAD])
    title = _title(top, language)
    number = NUMBER.search(text[:_HEAD])
    start, end = _period(title or "", text, _date(text))
    date = _date(text)
    issuer = _issuer(top) if language == "zh" else None
    draft = "征求意见稿" in top or "for comment" in top[:1000]
    return Head(title, issuer, number[0] if number else None, date, start, end, draft, language)


def _title(top: str, language: str) -> str | None:
    if language == "en":
        stripped = (line.strip("#>*_ \t") for line in top.splitlines())
        good = [one for one in stripped if _ENGLISH_TITLE.match(one)]
        named = [one for one in good[:_FIRST_LINES] if _ENGLISH_KIND.search(one)]
        return next(iter(named + good), None)
    lines = [line.strip(" *#|\t") for line in top.splitlines()]
    notice = next((m[1] for line in lines if (m := _NOTICE.search(line))), None)
    quoted = _QUOTED.search(top)
    if notice or (quoted and "印发" in top[max(0, quoted.start() - 4) : quoted.start()]):
        return notice or (quoted[1] if quoted else None)
    at, found = next(
        ((at, m[0]) for at, line in enumerate(lines) if (m := _TITLE.match(line))), (0, None)
    )
    above = lines[at - 1] if found and at else ""
    wrapped = (
        "关于" not in (found or "") and "关于" in above and len(above) <= 40 and "。" not in above
    )
    return f"{above}{found}" if wrapped else found or (quoted[1] if quoted else None)


def _issuer(top: str) -> str | None:
    """Return the body before 关于 in the title of a notice, else one that stands in a line alone."""
    for line in top.splitlines():
        before, found, _ = line.strip(" *#|\t").partition("关于")
        match = _ISSUER.fullmatch(before)
        if found and match:
            return match[0]
    alone = (line.strip(" *#|\t") for line in top.splitlines())
    return next((line for line in alone if _ISSUER.fullmatch(line)), None)


def _date(text: str) -> str | None:
    """Return the date it was signed on: the first that stands in a line alone, else the first of all."""
    flat = folded(text)
    places = [flat[:_HEAD], flat[-2000:]]
    signed = (
        m for m in _ENGLISH_DATE.finditer(flat[:_HEAD]) if not _LIMIT.search(flat[: m.start()])
    )
    if match := next(signed, None):
        return _day(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
    for place in places:
        for line in place.splitlines():
            match = _DATE.fullmatch(line.strip(" *|\t"))
            if match:
                return _day(*map(int, match.groups()))
    for place in places:
        if match := _DATE.search(place):
            return _day(*map(int, match.groups()))
    return None


def _day(year: int, month: int, day: int) -> str | None:
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _period(title: str, text: str, date: str | None) -> tuple[int | None, int | None]:
    """Return the years of the title, or of the plan it names, else of the text's head, else the last aimed at."""
    for place in (title, folded(text[:_HEAD])):
        if (match := _SPAN.search(place)) and match[1] < match[2]:
            return int(match[1]), int(match[2])
        if place is title and (plan := _PLAN.search(title)):
            return plan_years(plan[1])
        if place is title and (named := list(_OF_YEAR.finditer(title))):
            return (None if named[-1]["by"] else int(named[-1][1])), int(named[-1][1])
    published = int(date[:4]) if date else 0
    ahead = [int(year) for year in _TO_YEAR.findall(text) if int(year) >= published]
    near = [year for year in ahead if not published or year - published <= _FAR] or ahead
    if not near:
        return None, None
    end = max(near)
    years = re.search(r"([三五])年行动", title)
    return (end - {"三": 2, "五": 4}[years[1]] if years else None), end
