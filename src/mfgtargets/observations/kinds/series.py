"""Exports of macro data bases: rows of 指标, 地区, 频度 and 单位 on top, and dates going down."""

from collections.abc import Sequence

from mfgtargets.notation.cells import plain_text
from mfgtargets.observations.kinds.codes import is_date
from mfgtargets.observations.kinds.unfolding import FREQUENCY, Kind, Layout
from mfgtargets.observations.lines import Line

_ROWS = {
    word: field
    for field, words in {
        "indicator": "指标名称 指标 名称 指标名 series name indicator",
        "region": "地区 区域 国家 国家/地区 region country",
        FREQUENCY: "频率 频度 frequency",
        "unit": "单位 unit",
        "source": "来源 数据来源 source",
        "": "指标id id 指标编码 指标代码 代码 序列id 更新时间 最近更新 时间区间 起始时间 开始时间 开始日期 "
        "结束时间 结束日期 最新时间 状态 数据状态 描述 备注 说明 code update status remark",
    }.items()
    for word in words.split()
}
_TELLING = {FREQUENCY, "unit", "region"}


def kind_of(top: Sequence[Line]) -> Kind | None:
    """Return what a table says that names its columns in several rows, None where this is none."""
    start = next((n for n, line in enumerate(top) if _row(line) == "indicator"), None)
    if start is None:
        return None
    says: dict[str, Sequence[str]] = {}
    end = start
    while end < len(top) and (field := _row(top[end])) is not None:
        says.setdefault(field, [cell.strip() for cell in top[end].cells])
        end += 1
    is_dated = end < len(top) and is_date(top[end].cells[0].strip())
    if not is_dated or not _TELLING & says.keys():
        return None
    width = len(says["indicator"])
    values = {
        n: {field: cells[n] for field, cells in says.items() if field and n < len(cells)}
        for n in range(1, width)
        if says["indicator"][n]
    }
    headings = ["period", *says["indicator"][1:]]
    return Kind(start, headings, Layout({"period": (0,)}, values), height=end - start)


def _row(line: Line) -> str | None:
    return _ROWS.get(plain_text(line.cells[0]).rstrip(":").lower())
