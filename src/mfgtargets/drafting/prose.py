"""Targets in the sentences of a Chinese text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mfgtargets.drafting.found import Found, Omitted
from mfgtargets.drafting.kinds import judged
from mfgtargets.drafting.outline import Outline, Paragraph, Places, apart
from mfgtargets.drafting.quantities import Quantity, quantities
from mfgtargets.drafting.years import Aim, Years, aims, base_year, is_past

_SENTENCE = re.compile(r"[^。;!?|]+[。;!?|]?")
_REVIEW = re.compile(
    r"发展基础|基本情况|发展现状|现实基础|主要成[就效]|取得.{0,6}成[就效]|面临.{0,4}(?:形势|问题|挑战|机遇)|发展形势|形势(?:分析|要求)?\Z|回顾|发展环境|背景|附则|名词解释"
)
_GRANT = re.compile(
    r"奖励|补助|补贴|资助|给予|奖补|贴息|奖金|扶持资金|补偿|减免|返还|兑现|补差|最高(?:不超过)?[0-9]|收费|罚款|罚金|缴纳|处以"
)
_SPENT = re.compile(r"(?:安排|拨付|投入|预算|经费|资金|出资|筹集|注资|贷款额度|授信)[^,]{0,10}\Z")
_CONDITION = re.compile(
    r"(?:符合|满足|具备|凡|对(?:于)?(?:当?年|上?年|首次|新|年|达到|获|占地|单|投资|列入|经|被|超|营|产值|认定|通过|列|入|在|主|一)[^,]{0,40}的|须|应当|申报条件|不予)"
)
_VERB = re.compile(
    r"建成|建设|新建|打造|培育|创建|形成|构建|集聚|拥有|累计|布局|培植|组建|推广|完成|达到|达|研制|制定|实现|创成|争创|确定|明确|落地|实施|引育|"
    r"带动|认定|设立|举办|申报|遴选|评选|发布|淘汰|出清|改造|整治|入选|纳入|新增|引进|招引|盘活|净增|增加|增长|提高|提升|下降|降低|减少|压减|"
    r"突破|超过|控制在|保持在|稳定在|维持在|保持|不低于|不少于|不超过|进入|跻身|位居|居|处于|成为|增至|增到|降至|扩大|孵化|转化|攻克|突出|"
    r"培养|选派|招收|建立|开展|组织|推进|开工|投产|制修订|制\(修\)订|培训|新认定|取得|获评|获批|力争|确保|争取|新开|开通|覆盖|上市|选树|打响|推出|办好|占|为|年均|吸引|汇聚|储备|覆盖率|引导|入库|节约|腾出|腾退|更新|翻"
)
_WEAK = re.compile(r"(?:推进|开展|组织|引导|覆盖|为|实施|建立|制定|明确|占|居|处于)\Z")
_MEASURE = re.compile(r"(?:率|比重|占比|比例|总量|规模|数量|总数|指数|收入|产值|增加值|面积|产量|产能|密度|强度|水平|额|度|装机|总值|人数|家数|数)(?:的)?\Z")
_GENERAL = re.compile(
    r"(?:方面|领域|环节|原则|任务|阶段|层面|维度|机制|体系|模式|工程|行动|方向|要素|关系|方式|渠道|步骤|批次|梯队|集团|优势|战略|定位|目标|抓手|特点|关键|转变|结合|清单|问题|要求|重点|措施|主体|政策)"
)
_HEDGE = re.compile(r"力争|基本|努力|预计|原则上|争取|左右")
_LEAD = re.compile(
    r"^(?:(?:其中|力争|争取|确保|努力|并|全面|基本|预计|使|推动|全力|着力|加快|进一步|继续|以及|及|和|与|或|、|:|-|—|“十[一二三四五]五”(?:期间|时期|末)?|到“?十[一二三四五]五”?末|(?:到|至)?20[0-9]{2}年(?:[0-9]{1,2}月)?(?:底|末|前)?(?:—|-)?|期间|时期)[,:]?)+"
)
_JOINT = re.compile(r"(?P<head>.*?)(?:分别|各)(?P<verb>[^0-9]{0,8})\Z")
_SOLO = re.compile(r"均|各")
_LISTED = re.compile(r"[、和与及,]")
_NOUN = re.compile(r"[\u4e00-\u9fffA-Za-z“]")
_AFTER_NOUN = re.compile(r"(?:左右|以上|以内|以下|的?目标|大关|并|和|与|及|或|,|、|;|。|\)|\(|其中|实现|完成|进入|基本|建成)")
_UNITLESS = re.compile(r"(?:指数|得分|评分|水平|密度)[^,0-9]{0,8}(?:达到|达|提高到|提升到|为|提高至|≥|>)?\Z")


class _State(NamedTuple):
    """What a sentence carries from clause to clause: the year aimed at, and whether each year is meant."""

    aim: Aim | None
    inherited: bool
    yearly: bool
    verb: str
    accepted: bool


def prose(outlined: Outline, years: Years, places: Places) -> Iterator[Found | Omitted]:
    """Yield the targets of the paragraphs, and the numbers that are none with the reason."""
    carried: tuple[int, Aim] | None = None
    review = 0
    for paragraph in outlined.paragraphs:
        if review and paragraph.level <= review:
            review = 0
        head = paragraph.text[:26]
        if paragraph.level < 9 and _REVIEW.search(head.split("。")[0]):
            review = review or paragraph.level
        if carried and paragraph.level <= carried[0]:
            carried = None
        last: Aim | None = carried[1] if carried else None
        for match in _SENTENCE.finditer(paragraph.text):
            text = match[0]
            named = [aim for aim in aims(text, years) if aim.is_aim]
            yield from _sentence(paragraph, match.start(), text, last, years, places, review > 0)
            last = named[-1] if named else last
        ends = paragraph.text.endswith(":") or len(paragraph.text) <= 40 or "目标" in head
        if last is not None and ends and named_year(paragraph.text, years):
            carried = (min(paragraph.level, 5) if paragraph.level < 9 else 2, last)


def named_year(text: str, years: Years) -> bool:
    """Tell whether a paragraph names a year to aim at."""
    return any(aim.is_aim for aim in aims(text, years))


def _sentence(
    paragraph: Paragraph, at: int, text: str, last: Aim | None, years: Years, places: Places, review: bool
) -> Iterator[Found | Omitted]:
    named = aims(text, years)
    reason = _reason(text, named, review)
    state = _State(last, True, False, "", False)
    for start, end in _clauses(text):
        clause = text[start:end]
        inside = [aim for aim in named if start <= aim.at < end]
        if inside:
            state = state._replace(aim=inside[-1] if inside[-1].is_aim else None, inherited=False, yearly=False)
        found = quantities(clause)
        if re.search(r"每年|每年度|年均(?=新|培|引|实|举|完)|每[两三]?年", clause) and "每年增长" not in clause:
            state = state._replace(yearly=True)
        why = reason or ("past" if inside and not inside[-1].is_aim else None)
        is_title = paragraph.level < 9 and start + at == 0 and len(text) <= 36
        if is_title:
            found = [one for one in found if not one.word]
        for index, one in enumerate(found):
            begin = found[index - 1].end if index else 0
            until = found[index + 1].start if index + 1 < len(found) else len(clause)
            bad = why or _grant(text, clause, one, state.yearly or bool(inside)) or _trap(clause, begin, one, until, found[index + 1 :], state)
            if bad:
                if bad != "attribute" or index + 1 == len(found):
                    yield Omitted(places.clause(paragraph, at + start, at + end), bad)
                if bad == "attribute":
                    found[index] = one._replace(end=begin)
                continue
            led = clause[begin : one.start]
            verb = led if _last_verb(led) or _MEASURE.search(led) else state.verb
            state = state._replace(verb=verb, accepted=True)
            yield from _targets(paragraph, at + start, clause, begin, one, found[index + 1 :], state, years, places)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a sentence between commas that stand outside brackets and numbers."""
    start = depth = 0
    for at, sign in enumerate(text):
        depth = max(0, depth + (sign in "(《") - (sign in ")》"))
        if (sign == "," and depth == 0 and not (text[at - 1 : at].isdigit() and text[at + 1 : at + 4].isdigit())) or sign in "。;!?|":
            if at > start:
                yield start, at
            start = at + 1
    if start < len(text):
        yield start, len(text)


def _reason(text: str, named: list[Aim], review: bool) -> str | None:
    """Return why no number of a sentence is a target; None where they may be."""
    if review:
        return "past"
    if is_past(text) and not any(aim.is_aim for aim in named):
        return "past"
    return None


def _grant(text: str, clause: str, one: Quantity, dated: bool) -> str | None:
    """Return "grant" where a number is what is paid, or what must be had to be paid."""
    if _GRANT.search(clause):
        return "grant"
    to_whom = re.match(r"(?:对|凡|经|获|首次|当年|年度|每[家个项户])", clause)
    counts = one.is_count and _last_verb(clause[: one.start]) and not to_whom
    return "grant" if _GRANT.search(text) and not counts and (to_whom or not dated) else None


def _trap(clause: str, begin: int, one: Quantity, until: int, rest: list[Quantity], state: _State) -> str | None:
    """Return why a number of a clause is no target; None where it is one."""
    led, behind = clause[begin : one.start], clause[one.end : until]
    before = clause[: one.start]
    if one.unit in {"年", "天", "小时", "岁"} and not re.search(r"缩短|压缩|压减|达到|提高", led):
        return "duration"
    if one.unit in {"大", "个"} and one.word and re.match(r"[两三四五六七八九十]", one.word) and _GENERAL.match(behind[-2:] if behind else ""):
        return "general"
    if one.word.strip("”").endswith("级") and rest and rest[0].is_count:
        return "attribute"
    if re.match(r"级|的(?!目标)|型", behind) and not one.is_count and one.unit != "%":
        return "attribute"
    if one.is_count and behind.startswith("的"):
        return "condition"
    if one.comparator in {"le", "lt"} and one.unit != "位" and not re.search(r"控制|降|压|缩|保持|稳定|减", led) and (state.inherited or state.aim is None):
        return "condition"
    noun = bool(behind and _NOUN.match(behind) and not _AFTER_NOUN.match(behind))
    if noun and not one.is_count and (not one.word or one.word.endswith("亿元")) and one.unit not in {"%", "倍"}:
        return "attribute"
    if one.unit is None and not _UNITLESS.search(led):
        return "no-unit"
    if one.is_count and noun and rest and not _LISTED.search(behind) and rest[0].is_count and not rest[0].word:
        return "attribute"
    if one.is_count and _GENERAL.search(behind[-3:]) and not rest:
        return "general"
    if _CONDITION.search(before):
        return "condition"
    if one.unit and one.unit.endswith("元") and _SPENT.search(led):
        return "spent"
    if one.word in {"首位", "第一位", "第一名"} or one.unit == "位":
        return None if re.search(r"居|处于|进入|跻身|排名|跃升|达到|前", clause[: one.end]) else "no-verb"
    if led.endswith("即"):
        return "general"
    if one.comparator != "eq" and led and not one.word and (state.aim is not None or _MEASURE.search(led)):
        return None
    verb = _last_verb(led)
    if verb and not (_WEAK.search(verb) and state.aim is None and not state.yearly):
        return None
    if state.yearly or (state.accepted and (not led or len(led) < 60)):
        return None
    if state.aim is not None and (_MEASURE.search(led) or not state.inherited):
        return None
    if one.word and one.value == 100:
        return None
    return None if _MEASURE.search(led) and one.unit == "%" else "no-verb"


def _last_verb(led: str) -> str:
    """Return the last verb of setting a target in the words before a number."""
    found = _VERB.findall(led)
    return found[-1] if found else ""


def _targets(
    paragraph: Paragraph,
    at: int,
    clause: str,
    begin: int,
    one: Quantity,
    rest: list[Quantity],
    state: _State,
    years: Years,
    places: Places,
) -> Iterator[Found]:
    """Yield the target of a number, one for each name that shares it."""
    led = clause[begin : one.start]
    start = begin + len(led) - len(led.lstrip("、和与及以,"))
    lead = re.match(r"(?:——|(?:力争)?(?:到|至)?20[0-9]{2}年(?:底|末)?,?)", clause[start : one.start])
    start += lead.end() if lead else 0
    end = _end(clause, one, rest)
    if "分别" in clause[: one.start]:
        start, end = 0, max(one.end, rest[-1].end if rest else 0)
    words = clause[: one.start] if begin == 0 else f"{clause[:begin]}{led}" if "分别" in clause or "年均" in clause[:begin] and not _last_verb(led) else f"{state.verb}{led}"
    result = judged(led if state.verb == led else f"{state.verb}", words, one.unit, one.comparator, one.word, state.yearly)
    if result.doubts == ("falls",):
        return
    aim = state.aim
    doubts = list(result.doubts)
    if aim is None:
        doubts.append("year")
    elif state.inherited:
        doubts.append("year-inherited")
    year = aim.year if aim else years.end
    name = _name(clause, begin, one, end)
    base = base_year(clause)
    found = Found(
        clause=places.clause(paragraph, at + start, at + max(end, start + 1)),
        name=name or clause[:40],
        kind=result.kind,
        comparator=_comparator(one, result.kind, result.direction),
        value=one.value,
        value_high=one.value_high,
        unit=one.unit,
        year=year,
        start=aim.start if aim and aim.start else years.start,
        direction=result.direction,
        hold=result.hold,
        baseline_year=base if base and year and base < year else None,
        hedge=tuple(dict.fromkeys(_HEDGE.findall(clause[: one.end]))),
        section=paragraph.section,
        doubts=tuple(doubts),
    )
    for each in _shared(found.name, led, one, rest, begin):
        yield found._replace(name=each)


def _comparator(one: Quantity, kind: str, direction: str) -> str:  # type: ignore[return]
    return one.comparator


def _end(clause: str, one: Quantity, rest: list[Quantity]) -> int:
    """Return where the clause of a number ends: at once, or behind the things it counts."""
    until = rest[0].start if rest else len(clause)
    behind = clause[one.end : until]
    if not behind or not _NOUN.match(behind) or _AFTER_NOUN.match(behind):
        return one.end
    if rest:
        stop = re.search(r"[、,]", behind)
        return one.end + stop.start() if stop else one.end
    return until


def _name(clause: str, begin: int, one: Quantity, end: int) -> str:
    """Return what is measured: the words before the number, and the things it counts."""
    led = _LEAD.sub("", clause[begin : one.start].strip("、,和与及"))
    led = re.sub(r"(?:均|分别|总体|各)?(?:力争|争取)?(?:达到|达|为|突破|超过|提高到|提升到|增加到|稳定在|保持在|控制在|维持在|增至|降至|下降到|降低到|提高至|提升至)[^,]{0,3}\Z", "", led)
    behind = clause[one.end : end]
    return (led + behind).strip("、,:和 -—()的")[:80]


def _shared(name: str, led: str, one: Quantity, rest: list[Quantity], begin: int) -> list[str]:
    """Return the names that share one number: 种植、收获机械化率均达到45%, 架次、时长增长20%."""
    if begin or "等" in name or re.search(r"总体|合计|占", name + led):
        return [name]
    if (one.word in {"全覆盖", "全面覆盖"} or one.unit == "%") and "、" in name and "分别" not in led:
        return apart(name)
    if "分别" in led or "均" in led or "各" in led or one.unit == "%" and re.search(r"增长|下降|降低", led):
        parts = apart(name)
        if 1 < len(parts) <= 4 and True:
            if "分别" in led and rest:
                return [name]
            return parts
    return [name]
