"""What a line above a table says of all its values: indicator, region, unit, period."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from mfgtargets.notation.cells import plain_text, read_period, split_unit
from mfgtargets.observations.headings import date_in, unit_said
from mfgtargets.observations.lines import Line

BY_REGION = "by_region"  # what is said where a table is by region, and perhaps names none
_ABOVE = {"指标": "indicator", "地区": "region", "时间": "period", "年份": "period"}
# Patterns that few tables need are compiled where they are used.
_SAID_ABOVE = rf"({'|'.join(_ABOVE)}):(.*)\Z"
# A title that begins with a place is of the last one it names: 绍兴市越城区2018年主要指标, 表1 绍兴市.
_PLACE = (
    r"(?:全国|(?!地区|城市|上市|[我本该各])[\u4e00-\u9fff]{1,4}?[省市区县州](?![省市区县])"
    r"|[\u4e00-\u9fff]{1,8}自治[区州县])"
)
_NUMBER = r"(?:续?附?表[0-9一二三四五六七八九十]*(?:[-.][0-9]+)*|[0-9]{1,2}[-.][0-9]{1,2}(?![0-9年月]))[、.:]?"
_ON = "[0-9主国经工规(]|地区|生产总值|制造|高新|研发|科技|人口|社会|固定|财政|企业|历年|统计|各项|部分|R&D|GDP"
_WHEN = (
    r"(?:(?:19|20)[0-9]{2}年?)?(?:(?:[0-9]{1,2}[-—–至])?[0-9]{1,2}月份?|上半年|前?[一二三四]季度)?"
)
_TITLE = (  # found in one way only
    rf"(?:{_NUMBER})?{_WHEN}((?:(?>{_PLACE}))+)(?={_ON}|\Z)|.*[(—:]({_PLACE})\)?\Z"
)
_BY_REGION = (
    r"(?:(?<!部)分|按|各)(?:省|市(?![场民值])|地区|区域|县|区县|地市|设区市)"
    r"|(?i:by(?:province|region|city|county))"
)


def told_by(line: Line, before: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Read a line that stands above a table; nothing where it says nothing of all its values.

    A title says the region and the period only where no line ``before`` does.
    """
    plain = [plain_text(cell) for cell in line.cells]
    matches = [match for text in plain if (match := re.match(_SAID_ABOVE, text))]
    found = unit_said(line.cells) | {_ABOVE[match[1]]: match[2] for match in matches if match[2]}
    named = [match[0] for text in plain if (match := re.search(_BY_REGION, text))]
    named += [m[0] for m in matches if _ABOVE[m[1]] == "region" and not m[2]]
    if named:
        found[BY_REGION] = named[0]
    if not named and "region" not in {*found, *before} and (place := re.match(_TITLE, plain[0])):
        found["region"] = re.findall(_PLACE, place[1] or place[2])[-1]
    if "period" in found and read_period(found["period"]) is None:
        del found["period"]
    is_title = not matches and len([text for text in plain if text]) <= 2
    if is_title and not found and (unit := split_unit(next(filter(str.strip, line.cells)))[1]):
        found["unit"] = unit  # 主要指标(亿元)
    date = date_in(plain[0]) if is_title and "period" not in {*found, *before} else ""
    if period := read_period(date):
        found["period"] = str(period)
    return found


def begins_anew(first: str) -> bool:
    """Tell whether a line says of what a new table is: its indicator or region."""
    said = re.match(_SAID_ABOVE, plain_text(first))
    return said is not None and bool(said[2]) and _ABOVE[said[1]] in {"indicator", "region"}
