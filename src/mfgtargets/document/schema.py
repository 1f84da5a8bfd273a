"""The JSON Schema of target files, with descriptions that help while typing."""

from typing import Any

from mfgtargets.document.entries import DocumentEntry

# What each field means; "Model.field". A test keeps this whole.
DESCRIPTIONS = {
    "DocumentEntry.id": "文件编号 Id of the document: small letters, digits and hyphens",
    "DocumentEntry.title": "文件标题 Title as printed",
    "DocumentEntry.title_en": "英文标题 English title",
    "DocumentEntry.issuer": "发文机关 Issuer; null where the text does not say",
    "DocumentEntry.number": "文号 Document number; null where the text does not say",
    "DocumentEntry.date": '日期 Date as "YYYY-MM-DD", in quotes; null where the text does not say',
    "DocumentEntry.standing": "效力 in_force, or draft for a text put out for comment",
    "DocumentEntry.region": "地区 The place the targets are for",
    "DocumentEntry.region_code": '行政区划代码 Six-digit division code, as in "330600"',
    "DocumentEntry.period": "规划期 First and last year of the plan",
    "DocumentEntry.baseline_year": "基期年 The year targets are measured from, if the text says so",
    "DocumentEntry.source": "来源 Where the text was published",
    "DocumentEntry.main_table": "主表 The section that holds the table of main indicators, or null",
    "DocumentEntry.note": "说明 Anything a reader should know of the document",
    "DocumentEntry.groups": "分组 Groups of indicators (一级指标): Chinese name, English name",
    "DocumentEntry.sections": "章节 Sections in document order, each with its 责任部门 as printed",
    "DocumentEntry.indicators": "指标 What is measured, with the targets set for it",
    "Horizon.start": "开始年 First year, or null",
    "Horizon.end": "结束年 Last year, or null",
    "Period.start": "开始年 First year, or null where it is not stated",
    "Period.end": "结束年 Last year",
    "Source.title": "来源标题 Title of the page or publication",
    "Source.publisher": "发布者 Who published it, or null",
    "Source.url": "网址 Address, or null",
    "Source.sha256": "SHA-256 of the text the quotes were taken from, or null",
    "Baseline.year": "基期年 Year of the baseline",
    "Baseline.value": "基期值 Value of the baseline; null where the document leaves it empty",
    "IndicatorEntry.id": "指标编号 Id: small letters, digits and underscores",
    "IndicatorEntry.name_zh": "中文名 Name as the document words it, without the unit",
    "IndicatorEntry.name_en": "英文名 English name",
    "IndicatorEntry.aliases": "别名 Other names that tables of actuals use for the same thing",
    "IndicatorEntry.group": "分组 One of groups, or left out",
    "IndicatorEntry.unit": "单位 Unit as printed, or null for an index",
    "IndicatorEntry.direction": "方向 up if more is better, down if less is",
    "IndicatorEntry.nature": "性质 stock (存量), flow (流量) or ratio (比率): what part-years mean",
    "IndicatorEntry.path": "路径 linear or geometric; left out, the unit and kind decide",
    "IndicatorEntry.concept": "共同概念 Shared word across documents (mfgtargets compare)",
    "IndicatorEntry.baseline": "基期 Where the document says the indicator stood",
    "IndicatorEntry.kind": (
        "类型 level 达到 · growth_rate 年均增长 · cumulative_change 比基年升降 · increment 新增 · "
        "annual_flow 每年 · multiple 翻番 · rank 位次 · delegated 另行下达"
    ),
    "IndicatorEntry.section": "章节 One of sections",
    "IndicatorEntry.departments": "责任部门 Where they differ from the section's",
    "IndicatorEntry.quote": "原文 Shortest verbatim clause that states the target",
    "IndicatorEntry.note": "说明 Note for all its targets",
    "IndicatorEntry.targets": "目标 One for each year or period",
    "TargetEntry.value": "目标值 As printed; falls are positive; null for delegated",
    "TargetEntry.year": "目标年 Year to reach it by; left out, the document's last year",
    "TargetEntry.period": "时段 Years an average or total runs over, instead of year",
    "TargetEntry.value_high": "上限 Upper end, for comparator range",
    "TargetEntry.comparator": (
        "比较词 eq 达到 (default) · ge 以上 · gt 突破 超过 · approx 左右 · le 以内 · range 4—6"
    ),
    "TargetEntry.hedge": "语气 力争, 基本, 左右",
    "TargetEntry.kind": "类型 Where it differs from the indicator's",
    "TargetEntry.unit": "单位 Where it differs from the indicator's",
    "TargetEntry.name_zh": "中文名 Where the wording differs from the indicator's",
    "TargetEntry.name_en": "英文名 Where it differs from the indicator's",
    "TargetEntry.section": "章节 Where it differs from the indicator's",
    "TargetEntry.departments": "责任部门 Where they differ",
    "TargetEntry.quote": "原文 Where it differs from the indicator's",
    "TargetEntry.restates": "重述 Id of the record this one says again, as share@2025",
    "TargetEntry.part_of": "其中 Id of the record this one is a part of",
    "TargetEntry.note": "说明 Note for this target",
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a target file."""
    schema = DocumentEntry.model_json_schema()
    models = {"DocumentEntry": schema, **schema["$defs"]}
    for name, model in models.items():
        for field, rules in model["properties"].items():
            rules["description"] = DESCRIPTIONS[f"{name}.{field}"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
