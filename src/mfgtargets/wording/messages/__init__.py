"""What each fault and each left-out row says, in Chinese and English.

A message is (what, hint) in each language; the values in braces are the fault's details. The codes
are stable; ``docs/codes.md`` is made from this table.
"""

from mfgtargets.wording.messages.actuals import TABLES
from mfgtargets.wording.messages.message import Message
from mfgtargets.wording.messages.plans import PLANS

__all__ = ["FAULTS", "LEFT_OUT", "NOTES", "Message"]

FAULTS = PLANS | TABLES

LEFT_OUT = {
    "blank-value": Message("没有数值:{found}", "no value: {found}"),
    "above-table": Message("表头以上的文字:{found}", "text above the table: {found}"),
    "footer": Message("表尾的注释:{found}", "a note below the table: {found}"),
    "sub-item": Message("其中项:{found}", "a part of the row above: {found}"),
    "sub-heading": Message("地区小标题:{found}", "a heading of a region: {found}"),
    "subtotal": Message("合计或平均:{found}", "a total or mean: {found}"),
    "hidden-row": Message("隐藏的行:{found}", "a hidden row: {found}"),
    "hidden-column": Message("隐藏的列:{found}", "a hidden column: {found}"),
    "repeated": Message("与{found}相同", "the same as {found}"),
    "hidden-sheet": Message("隐藏的工作表", "a hidden sheet"),
    "sheet-not-used": Message("工作表里没有看得懂的表头", "a sheet without a known header"),
    "column-not-used": Message("用不上的列:{found}", "a column of no use: {found}"),
    "no-value": Message("不是数:{found}", "not a number: {found}"),
    "unknown-indicator": Message("文件中没有这个指标:{found}", "no such indicator: {found}"),
    "other-region": Message("是{found}的数据,不是{expected}的", "of {found}, not of {expected}"),
    "measure-missing": Message(
        "没有说明数值是什么(measure列):{found}", "measure does not say what the value is: {found}"
    ),
    "measure-not-usable": Message(
        "这一指标用不上这种数值:{found}", "of no use for this indicator: {found}"
    ),
    "partial-period": Message(
        "这一时段说明不了全年:{found}", "this part of a year says nothing about the year: {found}"
    ),
    "impossible-change": Message("变化率不可能是{found}%", "a change of {found} % cannot be"),
    "unit-mismatch": Message("单位不同:{found}", "another unit: {found}"),
}

NOTES = {
    "left-out": Message("未采用", "left out"),
    "read-as-fall": Message(
        "{found}:指标名以“下降幅度”结尾,按下降{value}%读取",
        "{found}: read as a fall of {value} %, since the name says fall",
    ),
    "read-as-rise": Message(
        "{found}:按上升{value}%读取;下降请写负数",
        "{found}: read as a rise of {value} %; write a fall as a negative number",
    ),
    "read-as-region": Message(
        "{found}:“{name}”按{region}读取", "{found}: {name} is read as {region}"
    ),
    "later-vintage": Message(
        "有{found}个值发布于{year}年以后,截至{as_of}年的评估不采用;要采用,加 --as-of {year}",
        "{found} values were published after {year} and are not used as of {as_of}; "
        "to use them add --as-of {year}",
    ),
    "other-text": Message(
        "{found}:SHA-256与元数据不同,不是编码时所用的文本",
        "{found}: another SHA-256 than in the metadata: not the text the quotes were taken from",
    ),
    "revised": Message("{found}:由{old}修订为{new}", "{found}: revised from {old} to {new}"),
    "all-left-out": Message(
        "共{found}行未采用({reasons});mfgtargets read 逐行列出",
        "{found} rows left out ({reasons}); mfgtargets read tells them one by one",
    ),
    "read": Message("读取{found}条,未采用{left}行", "{found} values read, {left} rows left out"),
    "waiting": Message(
        "正在等待标准输入的数据……(要用随程序的数据,写 bundled)",
        "waiting for data on standard input... (write bundled for the program's own)",
    ),
    "not-read": Message(
        "标准输入里的数据没有读:已给出其他实际值;要一并读入,加 -",
        "standard input was not read, since other actuals were named; add - to read it too",
    ),
}
