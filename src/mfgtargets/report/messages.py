"""What each fault and each left-out row says, in Chinese and English.

A message is (what, hint) in each language; the values in braces are the fault's details. The codes
are stable; ``docs/codes.md`` is made from this table.
"""

from typing import NamedTuple


class Message(NamedTuple):
    """The words for one code; hints may be empty."""

    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""


FAULTS = {
    # Files
    "no-such-file": Message(
        "找不到文件", "no such file", "检查路径和文件名", "check the path and the name"
    ),
    "is-a-folder": Message(
        "这是文件夹,不是文件",
        "this is a folder, not a file",
        "请给出其中的文件",
        "name a file in it",
    ),
    "no-such-folder": Message(
        "没有这个文件夹",
        "no such folder",
        "检查 --targets-dir 和 MFGTARGETS_PATH",
        "check --targets-dir and MFGTARGETS_PATH",
    ),
    "unreadable-file": Message("文件读不出来:{found}", "the file cannot be read: {found}"),
    "file-too-large": Message("文件过大:{found}字节", "the file is too large: {found} bytes"),
    "unwritable-file": Message("文件写不进去:{found}", "the file cannot be written: {found}"),
    "empty-file": Message(
        "里面什么都没有", "there is nothing in it", "检查前一步命令的输出", "check what wrote it"
    ),
    "binary-file": Message(
        "这不是文本文件",
        "this is not a text file",
        "请另存为UTF-8的文本;没有标记的UTF-16加 --encoding utf-16-le",
        "save it as text in UTF-8; for UTF-16 without a mark add --encoding utf-16-le",
    ),
    "not-a-table": Message(
        "这是{found}文件,不是表",
        "this is {found}, not a table",
        "打开后另存为 .xlsx 或CSV",
        "open it and save it as .xlsx or CSV",
    ),
    "not-utf-8": Message(
        "不是UTF-8编码(字节{found})",
        "not in UTF-8 (byte {found})",
        "请另存为UTF-8;从中文系统导出的多为GB18030",
        "save it as UTF-8; exports of Chinese systems are often GB18030",
    ),
    "control-character": Message(
        "文件里有控制字符{found}", "a control character {found}", "删去这个字符", "remove it"
    ),
    # YAML
    "yaml-syntax": Message(
        "YAML写法有误:{found}",
        "not valid YAML: {found}",
        "检查缩进、冒号后的空格和引号",
        "check indentation, the space after a colon, and quotes",
    ),
    "yaml-tab": Message(
        "用制表符缩进",
        "indented by a tab",
        "YAML只能用空格缩进",
        "YAML is indented by spaces alone",
    ),
    "full-width-colon": Message(
        "用了全角冒号“：”",
        "a full-width colon",
        "改为半角冒号加空格,例如 name_zh: 值",
        "write an ASCII colon and a space, as in name_zh: value",
    ),
    "yaml-alias": Message(
        "用了锚点和引用(& *)", "an anchor and alias (& *)", "把内容直接写出", "write the value out"
    ),
    "yaml-tag": Message("用了YAML标签{found}", "a YAML tag {found}", "删去标签", "remove the tag"),
    "yaml-too-deep": Message("嵌套过深", "nested too deeply"),
    "two-documents": Message(
        "一个文件里有两份文档(---)", "two documents in one file (---)", "分成两个文件", "split it"
    ),
    "yaml-key": Message("字段名不是文字", "a key that is no text"),
    "duplicate-key": Message(
        "字段“{found}”写了两次(第{line}行已有)",
        "the key {found} is given twice (first on line {line})",
        "删去其中一个",
        "remove one of them",
    ),
    # Fields of a target file
    "missing-field": Message("缺少字段", "a field is missing"),
    "unknown-field": Message("没有这个字段:{found}", "no such field: {found}"),
    "not-one-of": Message("不是允许的值:{found}", "not an allowed value: {found}"),
    "not-text": Message(
        "应为文字,实为{found}", "text expected, found {found}", "加上引号", "put it in quotes"
    ),
    "empty-text": Message("文字是空的", "the text is empty"),
    "text-too-long": Message("文字过长", "the text is too long"),
    "bad-form": Message("写法不对:{found}", "not of the right form: {found}"),
    "not-a-number": Message(
        "不是数:{found}",
        "not a number: {found}",
        "写作 13.5、突破100家、下降15.7%;没有数据就留空或写 -",
        "write it as 13.5, >100 or 下降15.7%; leave it empty or write - where there is none",
    ),
    "not-a-year": Message("不是年份:{found}", "not a year: {found}"),
    "out-of-range": Message("超出范围:{found}", "out of range: {found}"),
    "not-a-list": Message(
        "应为列表,实为{found}",
        "a list expected, found {found}",
        "用 - 逐项列出",
        "list items with -",
    ),
    "empty-list": Message("列表是空的", "the list is empty"),
    "not-a-block": Message(
        "应为一组字段,实为{found}",
        "a block of fields expected, found {found}",
        "检查冒号后是否有空格",
        "check the space after each colon",
    ),
    "hidden-character": Message(
        "文字里有看不见的字符{found}", "a hidden character {found}", "删去它", "remove it"
    ),
    "outer-space": Message("文字前后有空格:{found}", "white space around the text: {found}"),
    "unknown-unit": Message(
        "不认识的单位:{found}",
        "unknown unit: {found}",
        "单位按文件写法;可用的见 docs/codes.md",
        "write it as the document does; docs/codes.md lists them",
    ),
    "unknown-section": Message("sections里没有这一节:{found}", "not in sections: {found}"),
    "unknown-group": Message("groups里没有这一组:{found}", "not in groups: {found}"),
    "unknown-target": Message("没有这条目标:{found}", "no such target: {found}"),
    "indicator-twice": Message(
        "指标{found}重复(第{line}行已有)", "indicator {found} again (first on line {line})"
    ),
    "target-twice": Message(
        "同一指标同一年已有目标(第{line}行)",
        "this indicator has a target for this year already (line {line})",
        "重述的目标要写 restates: {found} 所重复的编号",
        "a target said again names the first in restates",
    ),
    # Records that contradict themselves
    "period-reversed": Message("时段的结束早于开始", "the period ends before it starts"),
    "year-and-period": Message(
        "year和period只能有一个", "either year or period, not both", "删去year", "remove year"
    ),
    "range-incomplete": Message(
        "区间要同时有 comparator: range 和 value_high",
        "a range needs both comparator: range and value_high",
    ),
    "range-reversed": Message("区间的上限不大于下限", "the range is upside down"),
    "delegated-value": Message(
        "另行下达(delegated)的目标没有数值和比较词",
        "a delegated target has neither value nor comparator",
    ),
    "value-missing": Message(
        "目标没有数值",
        "the target has no value",
        "另行下达的写 kind: delegated",
        "where it is set elsewhere write kind: delegated",
    ),
    "period-not-used": Message("{found}类目标不用period", "a {found} target takes no period"),
    "period-missing": Message(
        "{found}类目标要有period",
        "a {found} target needs a period",
        "例如 period: {{start: 2016, end: 2020}}",
        "as in period: {{start: 2016, end: 2020}}",
    ),
    "baseline-after-target": Message(
        "基期不早于目标年", "the baseline is not before the target year"
    ),
    "baseline-missing": Message(
        "累计变化要有基期年",
        "a cumulative change needs a baseline year",
        "例如 baseline: {{year: 2015, value: null}}",
        "as in baseline: {{year: 2015, value: null}}",
    ),
    "not-a-size": Message(
        "目标值不能为负:{found}",
        "the value cannot be negative: {found}",
        "下降写正数,并用 direction: down",
        "write a fall as a positive size with direction: down",
    ),
    "too-large": Message("数值过大:{found}", "the number is too large: {found}"),
    "sum-direction": Message(
        "{found}类目标只能是越多越好",
        "a {found} target counts upwards",
        "写 direction: up;减少的量用 cumulative_change",
        "write direction: up; for a fall use cumulative_change",
    ),
    "restates-other": Message(
        "重述的是另一个指标:{found}",
        "it restates another indicator: {found}",
        "写在那个指标的targets里",
        "put it among that indicator's targets",
    ),
    "id-not-file-name": Message(
        "文件名与id不同:{found}",
        "the file's name is not its id: {found}",
        "两者改成一样,才能按编号使用",
        "make them the same to use it by id",
    ),
    "rank-direction": Message(
        "位次越小越好",
        "a rank is better when smaller",
        "写 direction: down",
        "write direction: down",
    ),
    "fall-too-large": Message("降幅不能达到100%:{found}", "a fall cannot reach 100 %: {found}"),
    "comparator-direction": Message(
        "比较词{found}与方向{expected}矛盾", "{found} contradicts the direction {expected}"
    ),
    "worse-than-baseline": Message(
        "目标{found}差于基期{expected}",
        "the target {found} is worse than the baseline {expected}",
        "核对数值和direction;若原文如此,用note说明",
        "check value and direction; if the text says so, explain it in note",
    ),
    # Tables of actuals
    "no-rows": Message("表里没有数据行", "the table has no rows"),
    "csv-syntax": Message(
        "CSV写法有误:{found}", "not valid CSV: {found}", "检查引号", "check quotes"
    ),
    "unknown-column": Message("不认识的列:{found}", "unknown column: {found}"),
    "column-twice": Message(
        "列{found}重复",
        "column {found} is given twice",
        "用 --map 列名=ignore 略去一列",
        "leave one out with --map COLUMN=ignore",
    ),
    "missing-column": Message(
        "表头看不懂,或缺少列",
        "not a known header, or columns are missing",
        "用 --map 列名=字段 指明各列;全表同一年的用 --period 2018",
        "say what columns are with --map COLUMN=FIELD, and --period 2018 if all are of one year",
    ),
    "merged-heading": Message(
        "合并单元格“{found}”下有几列数,分不清",
        "several columns under the merged heading {found}",
        "取消合并,给每一列写上标题",
        "unmerge it and give each column a heading",
    ),
    "no-period": Message(
        "表里没有年份",
        "no column says of what year the values are",
        "用 --period 2018 指明",
        "say it with --period 2018",
    ),
    "no-such-column": Message(
        "--map 所指的列表里没有:{found}",
        "--map names a column that the table has not: {found}",
    ),
    "unread-region": Message(
        "这一列像是地区({found}),没有读",
        "this column looks like regions ({found}), and is not read",
        "用 --map 列名=region 指明,或 =ignore 略去",
        "say so with --map COLUMN=region, or leave it out with =ignore",
    ),
    "blank-region": Message(
        "这一行没有写地区,而别的行写了",
        "no region in this row, while other rows have one",
        "每行都写上地区",
        "write the region into every row",
    ),
    "line-too-long": Message("一行过长", "a line is too long"),
    "wrong-guess": Message(
        "按GB18030表头看不懂,按{found}看得懂",
        "the header makes no sense in GB18030, but does in {found}",
        "加 --encoding {found}",
        "add --encoding {found}",
    ),
    "file-changed": Message(
        "读取期间文件被改动",
        "the file was changed while it was read",
        "等写完再运行",
        "run again when it is written",
    ),
    "extra-missing": Message(
        "读写这种文件要装 {found}",
        "{found} is needed for this kind of file",
        'pip install "mfgtargets[{extra}]"',
        'pip install "mfgtargets[{extra}]"',
    ),
    "password": Message(
        "工作簿有密码", "the workbook has a password", "另存一份不带密码的", "save it without one"
    ),
    "zip-bomb": Message(
        "解压后过大:{found}字节",
        "it unpacks to too much: {found} bytes",
        "只留需要的工作表,或另存为CSV",
        "keep only the sheets that are needed, or save it as CSV",
    ),
    "sheet-too-large": Message(
        "工作表过大:{found}格",
        "the sheet is too large: {found} cells",
        "删去空白的行列,或另存为CSV",
        "delete blank rows and columns, or save it as CSV",
    ),
    "not-a-workbook": Message(
        "压缩文件里没有工作簿",
        "a zip archive that holds no workbook",
        "另存为 .xlsx 或CSV",
        "save it as .xlsx or CSV",
    ),
    "damaged-file": Message(
        "文件损坏,读不出来:{found}",
        "the file is damaged: {found}",
        "重新导出,或另存为CSV",
        "export it again, or save it as CSV",
    ),
    "json-syntax": Message("JSON写法有误:{found}", "not valid JSON: {found}"),
    "not-a-check": Message(
        "不是 check --format json 的结果",
        "not an answer of check --format json",
        "用这一版程序的 check --format json 重新生成",
        "make it with this version's check --format json",
    ),
    "other-method": Message("是按另一种方法评估的:{found}", "judged by another method: {found}"),
    "since-is-output": Message("--since 和 -o 是同一个文件", "--since and -o are the same file"),
    "other-document": Message("是另一份规划文件的结果:{found}", "of another document: {found}"),
    "not-a-record": Message(
        "应为一条记录(列名和值):{found}",
        "a record of names and values expected: {found}",
        '写作 [{{"indicator": …, "period": …, "value": …}}, …]',
        'write [{{"indicator": ..., "period": ..., "value": ...}}, ...]',
    ),
    "wrong-cell-count": Message(
        "这一行有{found}格,表头有{expected}格",
        "{found} cells in this row, {expected} in the header",
        "含逗号的文字要加引号",
        "put text that holds commas in quotes",
    ),
    "empty-cell": Message("这一格不能空", "this cell cannot be empty"),
    "bad-period": Message(
        "不是时期:{found}",
        "not a period: {found}",
        "写作 2018、2018年上半年、2018H1、2018Q3、2018-09、2018M1-7 或 2016/2020",
        "write 2018, 2018H1, 2018Q3, 2018-09, 2018M1-7 or 2016/2020",
    ),
    "year-out-of-range": Message("年份超出范围:{found}", "year out of range: {found}"),
    "bad-vintage": Message(
        "发布日期不对:{found}",
        "not a date of publication: {found}",
        "写作 2024、2024-03 或 2024-03-05",
        "write 2024, 2024-03 or 2024-03-05",
    ),
    "no-indicator": Message(
        "表是按地区列的,没有说是哪个指标",
        "a table by region that does not name its indicator",
        "在表头上面写一行“指标:名称”,或用 --map 列名=indicator",
        "write 指标:NAME on a line above the header, or use --map COLUMN=indicator",
    ),
    "two-units": Message(
        "数值里的单位是{found},unit列是{expected}", "{found} in the value, {expected} in unit"
    ),
    "undecodable": Message(
        "按{expected}解不开(字节{found})",
        "not in {expected} (byte {found})",
        "用 --encoding 指明编码,例如 big5",
        "name the encoding with --encoding, as in --encoding big5",
    ),
    "unknown-encoding": Message("没有这种编码:{found}", "no such encoding: {found}"),
    "left-out": Message(
        "有{found}行未采用(--strict)",
        "{found} rows were left out (--strict)",
        "原因见上",
        "the reasons are above",
    ),
    "two-bounds": Message(
        "数值前是{found},bound列是{expected}", "{found} before the value, {expected} in bound"
    ),
    "values-disagree": Message(
        "{indicator} {period} 有两个不同的值:{found},而 {where} 是 {other}",
        "two values for {indicator} {period}: {found}, and {other} at {where}",
        "删去一个;若是修订,在vintage列写发布日期",
        "remove one; if it was revised, put the date of publication in vintage",
    ),
    # Settings
    "toml-syntax": Message("TOML写法有误:{found}", "not valid TOML: {found}"),
    "bad-setting": Message(
        "设置 {option} 的值不对:{found}",
        "bad value for the setting {option}: {found}",
        "改 mfgtargets.toml 或 pyproject.toml 的 [tool.mfgtargets]",
        "change it in mfgtargets.toml, or in [tool.mfgtargets] of pyproject.toml",
    ),
    "unknown-setting": Message(
        "没有这个设置:{found}",
        "no such setting: {found}",
        "设置名是选项去掉前面的横线,见 docs/commands.md",
        "settings are named like options without dashes, see docs/commands.md",
    ),
    # Tables of series
    "not-a-plain-number": Message(
        "不是数:{found}",
        "not a number: {found}",
        "写作 13.5,不带单位和千分位;没有就留空",
        "write it as 13.5, without unit or thousands; leave it empty where there is none",
    ),
    "series-columns": Message(
        "缺少列", "columns are missing", "各列见 docs/calc.md", "docs/calc.md names the columns"
    ),
    "series-column-twice": Message(
        "列{found}重复", "column {found} is given twice", "删去其中一列", "remove one of them"
    ),
    "bad-points": Message(
        "写法不对:{found}",
        "not of the right form: {found}",
        "写作 2016=244.56;2017=241.05",
        "write it as 2016=244.56;2017=241.05",
    ),
    "calc-input": Message(
        "要么给一张表,要么用选项给一个系列",
        "give either a table, or one series by options",
    ),
    # What was asked for
    "unknown-document": Message(
        "没有这个规划文件:{found}",
        "no such document: {found}",
        "mfgtargets list 列出全部",
        "mfgtargets list names them all",
    ),
    "not-a-yaml-path": Message(
        "目标文件要以 .yaml 或 .yml 结尾", "a target file ends in .yaml or .yml"
    ),
    "no-such-indicator": Message("文件中没有这个指标:{found}", "no such indicator: {found}"),
    "no-such-concept": Message(
        "没有这个概念:{found}",
        "no such concept: {found}",
        "mfgtargets compare 列出全部",
        "mfgtargets compare names them all",
    ),
    "nothing-asked": Message(
        "没有符合条件的目标",
        "no target fits what was asked",
        "去掉一个筛选选项",
        "leave out one of the filters",
    ),
    "no-way": Message("这一目标没有可以逐年对照的路径:{found}", "no way to follow: {found}"),
    "nothing-to-go-on": Message("没有实际值,无从假设:{found}", "no actual to go on from: {found}"),
    "no-such-group": Message("文件中没有这个分组:{found}", "no such group: {found}"),
    "no-such-target-year": Message("没有{found}年的目标", "no targets for {found}"),
    "nothing-left": Message(
        "没有一行能用", "not one row can be used", "原因见上", "the reasons are above"
    ),
    "empty-input": Message(
        "标准输入是空的",
        "standard input is empty",
        "检查前一步命令的输出",
        "check what the command before wrote",
    ),
    "unknown-input": Message(
        "标准输入不是实际值表:第一行是“{found}”",
        "standard input is no table of actuals: its first line is {found}",
        "要用随程序的数据,写 bundled,或接 </dev/null",
        "for the data that come with the program write bundled, or add </dev/null",
    ),
    "input-twice": Message("标准输入(-)只能给一次", "standard input (-) can be named once only"),
    "input-for-all": Message(
        "all 不能读标准输入", "all cannot read standard input", "给出文件", "name files"
    ),
    "bad-option": Message("选项 {option} 的值不对:{found}", "bad value for {option}: {found}"),
    "missing-argument": Message(
        "缺少参数{found}",
        "{found} is missing",
        "{command} --help 列出用法",
        "{command} --help shows the usage",
    ),
    "unknown-command": Message(
        "没有这个命令:{found}",
        "no such command: {found}",
        "{command} --help 列出命令",
        "{command} --help lists them",
    ),
    "unknown-option": Message(
        "没有这个选项:{found}",
        "no such option: {found}",
        "{command} --help 列出用法",
        "{command} --help shows the usage",
    ),
    "usage": Message(
        "用法不对:{found}",
        "{found}",
        "{command} --help 列出用法",
        "{command} --help shows the usage",
    ),
    "cannot-write": Message("写不出去:{found}", "cannot write: {found}"),
    "internal": Message(
        "程序内部错误:{found}",
        "internal error: {found}",
        "加 --debug 可看到详情,请附上它报告问题",
        "--debug shows the details to report it with",
    ),
}

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
