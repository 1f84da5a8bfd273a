"""What a Chinese clause measures: its name, the things it counts, and the names that share a number."""

import re

from mfgtargets.drafting.cues import Spot
from mfgtargets.drafting.outline import apart
from mfgtargets.drafting.quantities import quantities

_LEAD = re.compile(
    r"^(?:(?:其中|力争|争取|确保|努力|并|全面|基本|预计|使|推动|全力|着力|加快|进一步|继续|以及|及|和"
    r"|与|或|、|:|-|—|“十[一二三四五]五”(?:期间|时期|末)?|到“?十[一二三四五]五”?末|(?:到"
    r"|至)?20[0-9]{2}年(?:[0-9]{1,2}月)?(?:底|末|前)?(?:—|-)?|期间|时期)[,:]?)+"
)
_YEARS = re.compile(
    r"20[0-9]{2}年?(?:—|-|–|至|~){1,2}20[0-9]{2}年|(?:比|较)(?:20[0-9]{2}年|“?十[一二三四五]五”?)(?:底|末)?|(?:(?<=占比)|(?<![比较以]))(?:到|至)?20[0-9]{2}年(?:底|末)?(?:[、和](?=20))?"
)
_CHANGE = re.compile(
    r"(?P<how>(?:年均|同比|累计|平均|每年|再|实现){0,4}(?:增长|提高|提升|增加|递增|上升|下降|降低|减少|压减|增速|增幅|降幅|翻)(?:到|至|率|幅度)?)"
    r"(?:达到?|为|在)?\Z"
)
_BARE = re.compile(
    r"(?:实现|完成|总量|达到|达|为|至|增加|增加到|提高到|年|底|末|力争|确保|突破|超过|分别|均|、|和)*\Z"
)
_REACHES = re.compile(
    r"(?:均|分别|总体|各)?(?:力争|争取)?"
    r"(?:达到|达|为|突破|超过|(?:稳定|保持|控制|维持)在?|增至|降至|(?:提高|提升|增加|下降|降低|缩小|收窄|压减)[到至])[^,]{0,3}\Z"
)
_HEDGED = re.compile(r"(?:力争|争取|稳步|逐步|大幅|明显|基本|均|可|再|将){1,6}\Z")
_OF_ALL = re.compile(r"总体|合计|占")
_EACH = re.compile(r"分别|均|各")
_CHANGES = re.compile(r"增长|下降|降低")
_LONGEST = 80
_MOST_SHARING = 4


def whole(name: str, before: str, *, changes: bool) -> str:
    """Return a name; where it only says that something is reached or changes, with the one before it.

    ``changes`` tells that the number is a change, not a value that is reached.
    """
    if _BARE.match(name):
        return before if changes else _CHANGE.sub("", before)
    change = _CHANGE.match(name)
    return _CHANGE.sub("", before) + change["how"] if change else name


def cleared(led: str) -> str:
    """Return the words before a number without years, hedges and the verb of reaching."""
    told = led.rpartition(":")[2].strip("、,和与及")
    return _HEDGED.sub("", _REACHES.sub("", _YEARS.sub("", _LEAD.sub("", told))))


def end_of(spot: Spot) -> int:
    """Return where the clause of a number ends: at once, or behind the things it counts."""
    if not spot.has_noun:
        return spot.one.end
    within = spot.rest and spot.clause[spot.rest[0].end :].startswith("的")  # 10个收入过5亿元的品种
    behind = spot.clause[spot.one.end :] if within else spot.behind
    stop = re.search(r"[、,]", behind) if spot.rest else None
    if spot.rest and not within and stop is None:
        return spot.one.end
    return spot.one.end + (stop.start() if stop else len(behind))


def names_of(spot: Spot) -> list[str]:
    """Return what is measured: one name, or several that share one number.

    种植、收获机械化率均达到45%; 架次、时长增长20%; of 分别 each has the number of its place.
    """
    one, led, clause = spot.one, spot.led, spot.clause
    apiece = "分别" in clause
    end = one.end if apiece else end_of(spot)
    if apiece and len(every := quantities(clause)) > 1:
        parts = apart(cleared(clause[: every[0].start]))
        if len(parts) == len(every):
            return [parts[-1 - len(spot.rest)]]
    name = (cleared(led) + clause[one.end : end]).strip("、,:和 -—的")[:_LONGEST]
    parts = apart(name)
    if spot.begin or "等" in name or _OF_ALL.search(name + led) or (apiece and spot.rest):
        return [name]
    share = one.unit == "%" or one.word == "全覆盖"
    if (share and "、" in name) or _EACH.search(led) or (one.unit == "%" and _CHANGES.search(led)):
        return parts if 1 < len(parts) <= _MOST_SHARING else [name]
    return [name]
