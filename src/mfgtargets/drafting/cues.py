"""What tells a target from other numbers in a Chinese clause: verbs, measures, and the traps."""

import re
from typing import NamedTuple

from mfgtargets.drafting.quantities import Quantity

_GRANT = re.compile(
    r"奖励|补助|补贴|资助|给予|奖补|贴息|奖金|扶持资金|补偿|减免|返还|兑现|补差|最高(?:不超过)?[0-9]"
    r"|收费|罚款|罚金|缴纳|处以"
)
_SPENT = re.compile(
    r"(?:总投资|计划投资|年度[^,]{0,4}投资|安排|拨付|投入|预算|经费|资金|出资|筹集|注资|贷款额度|授信)[^,]{0,10}\Z"
    r"|每[人户亩吨套][^,]{0,3}\Z"
)
_CONDITION = re.compile(
    r"(?:符合|满足|具备|凡|对(?:于)?(?:当?年|上?年|首次|新|年|达到|获|占地|单|投资|列入|经|被|超|营"
    r"|产值|认定|通过|列|入|在|主|一)[^,]{0,40}的|须|应当|申报条件|不予|(?:建成|达产|投产|竣工)(?:运营|投产|达产)?后|可达|可实现)|按照?不[低超高][于过][^,]{0,20}\Z|按(?!照|期|时|计划|新|现|不变|可比)[^,]{0,20}\Z"
)
_OF_WHOM = re.compile(
    r"(?:\A|[、])对(?![外接标口])[^的]*\Z"
)  # 对亩均税收达到25万元的项目, up to the number
_MEETING = re.compile(r"召开|例会|联席会|调度会|通报|督查|报送|汇报")
_VERB = re.compile(
    r"建成|建设|新建|打造|培育|创建|形成|构建|集聚|拥有|累计|布局|培植|组建|推广|完成|达到|达|研制"
    r"|制定|实现|创成|争创|确定|明确|落地|实施|引育|"
    r"带动|认定|设立|举办|申报|遴选|评选|发布|淘汰|出清|改造|整治|入选|纳入|新增|引进|招引|盘活|净增|改建|扩建|修建|种植|营造|供应|收储|安装|铺设|配备|配置|治理|修复|恢复|替代|消除|缩小|收窄|减至|压降|迈[上入进]|跃上|站上|跨[上越]|冲刺|升[至到]|扩至"
    r"|增加|增长|提高|提升|上升|递增|下降|降低|减少|压减|削减|缩短|压缩|"
    r"突破|超过|控制在|保持在|稳定在|维持在|保持|不低于|不少于|不超过|进入|跻身|位居|居|处于|成为|增至"
    r"|增到|降至|扩大|孵化|转化|攻克|突出|"
    r"培养|选派|招收|建立|开展|组织|推进|开工|投产|制修订|制\(修\)订|培训|新认定|取得|获评|获批|力争"
    r"|确保|争取|新开|开通|覆盖|上市|选树|打响|推出|办好|占|为|年均|吸引|汇聚|储备|覆盖率|引导|入库"
    r"|节约|腾出|腾退|更新|翻"
)
_WEAK = re.compile(r"(?:推进|开展|组织|引导|覆盖|为|实施|建立|制定|明确|占|居|处于)\Z")
_MEASURE = re.compile(
    r"(?:率|比重|占比|比例|总量|规模|数量|总数|指数|收入|产值|增加值|面积|产量|产能|密度|强度|水平|额"
    r"|度|装机|总值|人数|家数|数|(?<![质力])量|系数|寿命|年限|之比|收入比|成本|时间|能力)(?:的)?\Z"
)
_GENERAL = re.compile(
    r"(?:方面|领域|环节|原则|任务|阶段|层面|维度|机制|体系|模式|工程|行动|方向|要素|关系|方式|渠道"
    r"|步骤|批次|梯队|集团|优势|战略|定位|目标|抓手|特点|关键|转变|结合|清单|问题|要求|重点|措施|主体"
    r"|政策)"
)
_LISTED = re.compile(r"[、和与及,]")
_NOUN = re.compile(r"[\u4e00-\u9fffA-Za-z“]")
_AFTER_NOUN = re.compile(
    r"(?:左右|以上|以内|以下|的?目标|大关|并|和|与|及|或|,|、|;|。|\)|\(|其中|实现|完成|进入|基本|建成)"
)
_UNITLESS = re.compile(
    r"(?:指数|得分|评分|水平|密度|系数|(?<![同环对相])比)[^,0-9]{0,8}"
    r"(?:达到?|为|≥|>|(?:提高|提升|缩小|降低|下降|控制|稳定|保持|降|升)[到至在])?\Z"
)
_TO_WHOM = re.compile(r"对|凡|经|获|首次|当年|年度|每[家个项户]")
_SHORTER = re.compile(r"时长|时延|缩短|压缩|压减|达到|提高")
_LIMITS = re.compile(r"控制|降|压|缩|保持|稳定|减")
_RANKS = re.compile(r"居|处于|进入|跻身|排名|跃升|达到|前")
_NEAR = 60  # characters between two numbers of one list at most


class Spot(NamedTuple):
    """A number in a clause: what leads to it since the number before, and what comes behind."""

    clause: str
    begin: int
    one: Quantity
    rest: tuple[Quantity, ...]

    @property
    def led(self) -> str:
        """The words before the number, from the number before it on."""
        return self.clause[self.begin : self.one.start]

    @property
    def before(self) -> str:
        """All of the clause before the number."""
        return self.clause[: self.one.start]

    @property
    def behind(self) -> str:
        """The words behind the number, up to the next."""
        return self.clause[self.one.end : self.rest[0].start if self.rest else len(self.clause)]

    @property
    def has_noun(self) -> bool:
        """Whether the number stands before the name of a thing."""
        behind = self.behind
        return bool(_NOUN.match(behind)) and not _AFTER_NOUN.match(behind)


def last_verb(led: str) -> str:
    """Return the last verb of setting a target in the words before a number."""
    found = _VERB.findall(led)
    return found[-1] if found else ""


def says_what(spot: Spot) -> bool:
    """Tell whether the words before a number name a measure or set a target."""
    compares = spot.led and not spot.one.word and not spot.clause[spot.one.start].isdigit()
    return bool(compares or last_verb(spot.led) or _MEASURE.search(spot.led))


def grant(text: str, spot: Spot, dated: bool) -> str | None:
    """Return "grant" where a number is what is paid, or what must be had to be paid."""
    if _GRANT.search(spot.clause):
        return "grant"
    to_whom = _TO_WHOM.match(spot.clause)
    counts = spot.one.is_count and last_verb(spot.before) and not to_whom
    return "grant" if _GRANT.search(text) and not counts and (to_whom or not dated) else None


def trap(spot: Spot, inherited: bool) -> str | None:
    """Return why a number is none that can be a target, by what stands around it.

    ``inherited`` tells that no year of the sentence itself is aimed at.
    """
    one, led, behind = spot.one, spot.led, spot.behind
    money = (one.unit or "").endswith("元")
    follows = spot.rest[0] if spot.rest else None
    counted_next = follows is not None and follows.is_count
    measures = not one.is_count and one.unit not in {"%", "倍"}
    asked = _OF_WHOM.search(spot.before) and "的" in spot.clause[one.end :]
    spelled = re.match(r"[两三四五六七八九十]", one.word) and one.is_count
    limit = one.comparator in {"le", "lt"} and one.unit != "位" and not _LIMITS.search(led)
    of_next = counted_next and follows is not None and not (_LISTED.search(behind) or follows.word)
    rules = (
        (one.unit in {"年", "天", "小时", "岁"} and not _SHORTER.search(led), "duration"),
        (re.match(r"工作日|基点", behind), "general"),
        (spelled and _GENERAL.match(behind[-2:]), "general"),
        (one.word.strip("”").endswith("级") and counted_next, "attribute"),
        (measures and re.match(r"级|的(?!目标)|型", behind), "attribute"),
        (one.is_count and behind.startswith("的"), "condition"),
        (limit and inherited, "condition"),
        (
            measures
            and spot.has_noun
            and (not one.word or (money and not one.word.strip("”").endswith("级"))),
            "attribute",
        ),
        (one.unit is None and not _UNITLESS.search(led), "no-unit"),
        (one.is_count and spot.has_noun and of_next, "attribute"),
        (one.is_count and not spot.rest and _GENERAL.search(behind[-3:]), "general"),
        (_CONDITION.search(spot.before) or asked, "condition"),
        (spot.clause.endswith("的") and not one.word, "condition"),  # 达到…的,给予…
        (_MEETING.search(spot.clause), "general"),
        (money and _SPENT.search(led), "spent"),
        (led.endswith("即"), "general"),
    )
    return next((code for holds, code in rules if holds), None)


def is_set(spot: Spot, *, aimed: bool, inherited: bool, yearly: bool, listed: bool) -> bool:
    """Tell whether a clause sets its number as a target.

    ``aimed`` tells that a year is aimed at, ``yearly`` that each year is meant, ``listed`` that the
    sentence has set a target before.
    """
    one, led = spot.one, spot.led
    if one.unit == "位":
        return _RANKS.search(spot.clause[: one.end]) is not None
    verb, measure = last_verb(led), _MEASURE.search(led)
    return bool(
        (one.comparator != "eq" and led and not one.word and (aimed or measure))
        or (verb and (aimed or yearly or not _WEAK.search(verb)))
        or yearly
        or (listed and len(led) < _NEAR)
        or (aimed and (measure or not inherited))
        or (one.word and (one.value == 100 or one.unit == "倍"))  # all of them, twice as many
        or (measure and one.unit == "%")
    )
