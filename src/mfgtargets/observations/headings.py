"""What the heading of a column of values says of them: period, indicator, region, measure, status."""

import re
from collections.abc import Iterable, Sequence

from mfgtargets.notation.cells import (
    is_region,
    plain_text,
    read_cell,
    read_date,
    read_period,
    split_unit,
)
from mfgtargets.notation.marks import read_marked_period, status_of
from mfgtargets.notation.period import Period
from mfgtargets.observations.breakdowns import is_breakdown
from mfgtargets.observations.measures import measure_in_heading, said_by

_UNIT = re.compile(
    r"(?<!填报|编制|报送|责任|牵头|主管|建设|发布|制表|统计|调查|提供|审核|主办|承办|配合|实施)(?:计量|金额)?单位:([^()]+)|\A(?:units?|measure):(.+)",
    re.IGNORECASE,
)
_THIS = frozenset(
    "本年 当年 本期 全年 全年累计 本年累计 累计 本年实际 全年实际 本年完成 全年完成 本月止累计 自年初累计 "
    "年初至今 年初至今累计".split()
)
_LAST = frozenset("上年 去年 上年全年 上年同期 去年同期 上年实际 上年累计".split())
_MONTHS = re.compile(r"(?:1[—–\-－~至](?P<last>[0-9]{1,2})|(?P<only>[0-9]{1,2}))月份?(?:累计)?\Z")

_PART = r"(?:[0-9]{1,2}[-—–至~])?[0-9]{1,2}月份?|[上下]半年|前三季度|第?[一二三四1-4]季度"
_DATED = (  # compiled where it is used: few tables need it
    rf"(?<![0-9\-—–至~比较以自从对按])((?:19|20)[0-9]{{2}})年(?:度)?({_PART})?"
    r"(?![-—–至~来以为=基]|[0-9]|不变价|可比价|价格|.{0,6}(?:目标|预测|计划任务))"
)
_PUBLISHED = re.compile("年鉴|发布|公布|更新|打印|制表|下载|导出|填报")


def date_in(title: str) -> str:
    """Return the date that a title speaks of (2018年, 2018年6月); empty where it is none or several.

    A base year (2015年=100, 2015年不变价), a yearbook's and a day of publication are no such dates.
    """
    plain = plain_text(title)
    dates = {match[0] for match in re.finditer(_DATED, plain)}
    return dates.pop() if len(dates) == 1 and not _PUBLISHED.search(plain) else ""


def unit_said(cells: Sequence[str]) -> dict[str, str]:
    """Return the unit that a cell gives for a whole table: 单位：万元, ``Unit: 1000 yuan``."""
    for n, cell in enumerate(cells):
        if match := _UNIT.search(plain_text(cell)):
            if match[2]:  # English needs its spaces, and a unit may hold a comma: 10,000 yuan
                whole = ",".join(cells[n:]).rstrip(", ")
                return {"unit": whole.partition(":" if ":" in cell else "：")[2].strip()}
            return {"unit": match[1]}
    return {}


def says(upper: str, lower: str, whole: Period | None) -> dict[str, str] | None:
    """Return what a heading of one or two rows says; None where its column holds no values.

    ``whole`` is the period that a title gives, of which 本年 and 1-12月 speak.
    """
    if lower and (date := date_in(upper)):  # 2018年甲市主要指标 over 全年累计
        upper, whole = date, read_period(date)
    elif not lower and (match := re.match(_DATED, plain_text(upper))):  # 2018年增长(%)
        rest = plain_text(upper)[match.end() :]
        upper, lower = (match[0], rest) if measure_in_heading(rest) else (upper, "")
    heading = upper + lower
    if not heading or unit_said([heading]) or is_breakdown(heading):
        return None
    if period := _period(heading, whole):
        return period
    for rest, part in ((upper, lower), ("", heading)):
        if measure := measure_in_heading(part):
            return {"measure": measure, "unit": "%"} | (says(rest, "", whole) or {})
    if read_cell(heading) is not None:
        return None
    if not said_by(heading).name:  # 累计值 of an indicator that is named elsewhere
        return {"end": heading}
    return _of_parts((upper, lower), whole)


def _of_parts(parts: Iterable[str], whole: Period | None) -> dict[str, str]:
    """Return what the rows of a heading say, each of something."""
    said: dict[str, str] = {}
    for part in filter(None, parts):
        if period := _period(part, whole):
            said |= period
        elif status := status_of(part):
            said["obs_status"] = status
        elif is_region(part):
            said["region"] = part
        else:
            said["indicator"] = said.get("indicator", "") + part
    return said


def _period(heading: str, whole: Period | None) -> dict[str, str] | None:
    bare, unit = split_unit(heading)  # 2018年(亿元)
    found = read_marked_period(bare if unit else heading)
    if found is None and whole is not None and (period := _of_title(plain_text(heading), whole)):
        found = period, ""
    if found is None:
        return None
    period, status = found
    said = {
        "period": heading if read_date(heading) else str(period),
        "obs_status": status,
        "unit": unit,
    }
    return {column: text for column, text in said.items() if text}


def _of_title(plain: str, whole: Period) -> Period | None:
    """Read a heading that speaks of the period in the table's title."""
    if plain in _THIS and (whole.is_year or whole.is_year_to_date or "累计" in plain):
        return whole._replace(first=whole.year * 12)
    if plain in _LAST and (whole.is_year or whole.is_year_to_date):
        return Period(whole.first - 12, whole.last - 12)
    return read_period(f"{whole.year}年{plain}") if _MONTHS.match(plain) else None
