"""Exports of macro data bases: rows of 指标, 地区, 频度 and 单位 on top, and dates going down."""

from collections.abc import Sequence

from mfgtargets.notation.cells import plain_text
from mfgtargets.observations.kinds.codes import is_date
from mfgtargets.observations.kinds.unfolding import FREQUENCY, Kind, Layout
from mfgtargets.observations.lines import Line

_IDLE = "-"
_ROWS = {
    word: field
    for field, words in {
        "indicator": "指标名称 指标 名称 指标名 日期 时间 series name indicator date",
        "region": "地区 区域 国家 国家/地区 region country",
        FREQUENCY: "频率 频度 frequency",
        "unit": "单位 unit",
        "source": "来源 数据来源 source",
        _IDLE: "指标id id 指标编码 指标代码 代码 序列id 更新时间 最近更新 时间区间 起始时间 开始时间 开始日期 "
        "结束时间 结束日期 最新时间 状态 数据状态 描述 备注 说明 code update status remark",
    }.items()
    for word in words.split()
}
_TELLING = {FREQUENCY, "unit", "region"}


def kind_of(top: Sequence[Line]) -> Kind | None:
    """Return what a table says that names its columns in several rows, None where this is none."""
    rows = [_row(line) for line in top]
    dated = next((n for n, line in enumerate(top) if is_date(line.cells[0].strip())), 0)
    start = next((n for n, row in enumerate(rows[:dated]) if _is_name(rows, n)), None)
    if start is None or not _TELLING & set(rows[start:dated]):
        return None
    says: dict[str, Sequence[str]] = {}
    for row, line in zip(rows[start:dated], top[start:dated], strict=True):
        if row is not None:
            says.setdefault(row or "indicator", [cell.strip() for cell in line.cells])
    names = says["indicator"]
    values = {
        n: {field: cells[n] for field, cells in says.items() if field != _IDLE and n < len(cells)}
        for n in range(1, len(names))
        if names[n]
    }
    layout = Layout({"period": (0,)}, values)
    return Kind(start, ["period", *names[1:]], layout, height=dated - start)


def _is_name(rows: Sequence[str | None], n: int) -> bool:
    """Tell whether a row names the columns: by its own word, or blank in front of other such rows."""
    return rows[n] == "indicator" or (rows[n] == "" and n + 1 < len(rows) and bool(rows[n + 1]))


def _row(line: Line) -> str | None:
    """Return what a row of the header says; empty where it is blank in front."""
    plain = plain_text(line.cells[0]).rstrip(":").lower()
    return _ROWS.get(plain) if plain else ""
