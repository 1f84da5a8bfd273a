"""What is wrong with files at large, and with target files."""

from mfgtargets.wording.messages.message import Message

PLANS = {
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
}
