"""The words of the program in Chinese and English (SPEC §1, §5); codes never change.

A further language is one more column of each table.
"""

from collections.abc import Iterable
from typing import Literal, get_args

Lang = Literal["zh", "en"]
_COLUMNS: tuple[Lang, ...] = get_args(Lang)

FLAGS = {
    "below_baseline": ("差于基期", "worse than baseline"),
    "reversing": ("近期逆转", "reversing"),
    "proxy": ("替代口径", "proxy"),
    "provisional": ("初步数", "provisional"),
    "estimated": ("估计数", "estimated"),
    "break": ("口径中断", "break in series"),
    "bound": ("界限值", "bound"),
    "part_year": ("非全年", "part of a year"),
    "stale": ("数据陈旧", "stale"),
    "late": ("逾期", "late"),
    "within_approx": ("在“左右”之内", "within approx."),
    "wrong_side": ("目标差于基期", "target worse than baseline"),
    "zero_substituted": ("零按0.001计", "0.001 put for zero"),
    "short_year": ("有年度未达", "a year short"),
}

REASONS = {
    "no_data": ("没有实际值", "no actual"),
    "target_year_passed": (
        "目标年已过,没有目标年及以后的数据",
        "the target year is over, and there are no data of it or later",
    ),
    "delegated": ("目标由上级另行下达", "the target is set elsewhere"),
    "no_baseline": ("没有基期值", "no baseline"),
    "no_path": ("位次没有时序路径", "a rank has no path"),
    "no_target_year": ("没有目标年", "no target year"),
    "definition_differs": (
        "只有口径不同的替代值(--proxies 可用其评估)",
        "only proxies of another definition (--proxies lets them decide)",
    ),
    "missing_years": ("中间年份缺数据", "years in between are missing"),
    "bound": ("公布的只是界限,不足以判断", "only a bound was published, which does not decide"),
    "wrong_side": ("目标差于基期,按底线对待", "the target is worse than the baseline: a floor"),
    "target_equals_baseline": ("目标等于基期", "the target equals the baseline"),
    "not_positive": ("几何路径不能经过零", "a geometric path cannot pass zero"),
    "years_reversed": (
        "基期、阶段目标、目标的年份先后不对",
        "the years of baseline, milestones and target are out of order",
    ),
    "after_target_year": ("数据晚于目标年", "the value is from after the target year"),
    "no_time_elapsed": ("距基期不足一期", "no time has passed since the baseline"),
    "no_time_left": ("目标年已到", "no time is left"),
    "satisfied": ("目标已达到", "the target is reached"),
    "wrong_way": ("变化方向相反", "the change goes the wrong way"),
    "not_at_this_pace": ("按现有速度达不到", "not at this pace"),
    "flat_path": ("路径是平的", "the path is flat"),
    "path_turns": ("路径有升有降", "the path goes up and down"),
    "overflow": ("数值过大", "the number is too large"),
    "not_a_range": ("目标不是区间", "the target is no range"),
    "no_period_start": (
        "原文没有写时段的起点",
        "the document does not say when the period begins",
    ),
    "partial_period": (
        "目标年已过,只有非全年的数据",
        "the target year is over, and only parts of years are known",
    ),
    "no_target": ("没有目标值", "there is no target"),
    "too_few_points": ("数据点太少", "too few points"),
    "kind_unsupported": ("这一方法不适用于这类目标", "the method does not judge this kind"),
    "no_direction": ("没有说明方向", "the direction is not known"),
    "year_twice": ("同一年有两个不同的值", "two values of one year"),
    "beyond_limit": ("数值越过了自然界限", "the value is beyond the natural limit"),
    "no_group_rule": ("这一方法没有分组的规则", "the method has no rule for groups"),
    "range_incomplete": (
        "区间没有上限,或上限不大于下限",
        "the range has no upper end above its lower",
    ),
    "before_baseline": ("早于基期", "before the baseline"),
}

HEADINGS = {
    "indicator": ("指标", "Indicator"),
    "baseline": ("基期值", "Baseline"),
    "latest": ("实际值", "Latest"),
    "on_track": ("时序应达值", "On track"),
    "target": ("目标值", "Target"),
    "progress": ("完成/时序(%)", "Done/due (%)"),
    "lead": ("进度差", "Lead"),
    "gap": ("差距", "Gap"),
    "required": ("需年均", "Needed a year"),
    "status": ("状态", "Status"),
    "flags": ("标记", "Flags"),
    "id": ("编号", "Id"),
    "title": ("文件", "Document"),
    "issuer": ("发文机关", "Issuer"),
    "date": ("日期", "Date"),
    "indicators": ("指标", "Indicators"),
    "targets": ("目标", "Targets"),
    "actuals": ("实际值", "Actuals"),
    "kind": ("类型", "Kind"),
    "unit": ("单位", "Unit"),
    "definition": ("定义(各文件的写法)", "Definition"),
    "region": ("地区", "Region"),
    "year": ("年份", "Year"),
    "concept": ("概念", "Concept"),
    "documents": ("文件数", "Documents"),
    "wording": ("原文", "Wording"),
    "position": ("字符位置", "Position"),
    "line": ("行", "Line"),
    "found": ("结果", "Result"),
    "as_of": ("截至", "As of"),
    "rows": ("项数", "Rows"),
    "caption": ("标题", "Title"),
    "method": ("方法", "Method"),
    "common": ("共同尺度", "Common scale"),
    "ratio": ("比率", "Ratio"),
    "differs": ("与默认方法不同之处", "Differs from the default in"),
    "actual": ("实际值", "Actual"),
    "what_if": ("假设", "What if"),
    "period": ("时期", "Period"),
    "value": ("数值", "Value"),
    "quality": ("质量", "Quality"),
    "published": ("发布", "Published"),
    "source": ("来源", "Source"),
}

TITLES = {
    "documents": ("规划文件", "Documents"),
    "overview": ("各规划文件", "All documents"),
    "concepts": ("共同概念", "Concepts"),
    "quotes": ("原文核对", "Quotes"),
    "verdicts": ("各方法的结论", "What each method says"),
    "notes": ("各规划文件进展情况通报", "Status note of all documents"),
    "changes": ("变化", "What changed"),
    "behind": ("滞后与未完成", "Behind and missed"),
    "reached": ("已达到", "Reached"),
    "going": ("符合或快于预期", "On track or ahead"),
    "unknown": ("尚不清楚", "Not known"),
    "table": ("明细", "Table"),
    "definitions": ("说明", "Definitions"),
    "sources": ("数据来源", "Sources"),
}

BASELINE_SOURCES = {
    "document": ("规划文件", "the document"),
    "actual": ("实际值", "an actual"),
}

# What stands before a fact: mostly what heads a column of such facts.
FACTS = HEADINGS | {
    "target": ("目标", "Target"),
    "note": ("说明", "Note"),
    "milestones": ("阶段目标", "Milestones"),
    "together": ("合起来", "Together"),
    "whole_year": ("折成全年", "For the year"),
    "number": ("文号", "Number"),
    "standing": ("效力", "Standing"),
    "address": ("网址", "Address"),
    "section": ("章节", "Section"),
    "departments": ("责任部门", "Departments"),
    "path": ("路径", "Path"),
    "formula": ("公式", "Formula"),
    "classes": ("分级", "Classes"),
}

REMARKS = {
    "quote": ("原文", "wording"),
    "note": ("说明", "note"),
    "restates": ("重述", "restates"),
    "part_of": ("其中", "part of"),
    "departments": ("责任部门", "departments"),
    "expected": ("应为", "expected"),
    "hint": ("提示", "hint"),
}

STANDINGS = {"in_force": ("现行", "in force"), "draft": ("征求意见稿", "draft for comment")}

MARKS = {
    "baseline": ("基期", "baseline"),
    "milestone": ("阶段目标", "milestone"),
    "target": ("目标", "target"),
}

SOURCES = {
    "bundled": ("随程序提供的数据", "the data that come with the program"),
    "-": ("标准输入", "standard input"),
}

COMPARED = {
    "ge": ("{}以上", ">={}"),
    "gt": (">{}", ">{}"),
    "le": ("{}以内", "<={}"),
    "approx": ("{}左右", "about {}"),
}

# One of a thing | several of it, where a language tells them apart.
_COUNTED = {
    "indicator": ("{}项指标", "{} indicator|{} indicators"),
    "further": ("另有{}项指标", "{} further indicator|{} further indicators"),
    "target": ("{}项目标", "{} target|{} targets"),
    "row": ("{}条", "{} row|{} rows"),
}

# What stands between the things listed.
_BETWEEN = {
    "words": ("、", ", "),
    "names": ("、", "; "),  # names may have commas
    "counts": (",", ", "),
    "parts": (";", "; "),
    "hints": ("。", "; "),
}

PATHS = {"geometric": ("几何", "geometric"), "linear": ("线性", "linear")}

NUMBERS = {
    "path": ("路径", "Path"),
    "worked": ("演算值", "Worked value"),
    "last_change": ("最近一年变化", "Latest change"),
    "missing_share": ("缺口占比", "Missing share"),
    "projected_value": ("照此推算", "At this pace"),
    "projected_year": ("达到年份", "Reached in"),
    "on_track": ("时序应达值", "On track"),
    "progress": ("完成进度", "Progress"),
    "schedule": ("时序进度", "Schedule"),
    "lead": ("进度差", "Lead"),
    "gap": ("差距", "Gap"),
    "planned_change": ("计划年均", "Planned a year"),
    "achieved_change": ("已实现年均", "Achieved a year"),
    "required_change": ("需年均", "Needed a year"),
}

KINDS = {
    "level": ("达到", "level"),
    "growth_rate": ("年均增速", "yearly growth"),
    "cumulative_change": ("累计变化", "cumulative change"),
    "increment": ("新增", "increment"),
    "annual_flow": ("每年", "every year"),
    "multiple": ("倍数", "multiple"),
    "rank": ("位次", "rank"),
    "delegated": ("另行下达", "set elsewhere"),
}


def word(words: tuple[str, str], lang: Lang) -> str:
    """Return the one of the words that is of the language."""
    return words[_COLUMNS.index(lang)]


def term(table: dict[str, tuple[str, str]], code: str, lang: Lang) -> str:
    """Return the word for a code; the code itself where the table has none."""
    return word(table[code], lang) if code in table else code


def terms(table: dict[str, tuple[str, str]], codes: Iterable[str], lang: Lang) -> list[str]:
    """Return the words for codes."""
    return [term(table, code, lang) for code in codes]


def counted(number: int, noun: str, lang: Lang) -> str:
    """Return a count with its noun: 1 row, 2 rows, 2条."""
    forms = word(_COUNTED[noun], lang).split("|")
    return forms[0 if number == 1 else -1].format(number)


def joined(what: str, texts: Iterable[str], lang: Lang) -> str:
    """Return words, names, counts, parts of a sentence, or hints as one text."""
    return word(_BETWEEN[what], lang).join(texts)
