"""What is wrong with tables, settings, and what was asked for."""

from mfgtargets.wording.messages.message import Message

TABLES = {
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
    "option-without": Message(
        "选项 {option} 在这里不起作用",
        "{option} has no effect here",
        "和{expected}一起用",
        "use it with {expected}",
    ),
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
