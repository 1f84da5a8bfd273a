"""The smallest inputs that are wrong in one way each; ``docs/make_errors.py`` shows them to people."""

GOOD = """\
id: example
title: 示例规划
title_en: An example plan
issuer: null
number: null
date: null
standing: null
region: 示例市
period: {start: 2021, end: 2025}
baseline_year: 2020
source: {title: 示例, publisher: null, url: null, sha256: null}
main_table: 指标表
groups:
  创新: Innovation
sections:
  指标表: [市经信局]
indicators:
  - id: share
    name_zh: 研发比重
    name_en: R&D share
    group: 创新
    unit: "%"
    direction: up
    nature: ratio
    baseline: {year: 2020, value: 2}
    section: 指标表
    quote: 研发比重(%)
    targets:
      - {year: 2025, value: 3}
"""

# What to write instead of what in the good plan, the code it has, and its line.
PLANS = (
    ("standing: null\n", "", "missing-field", 1),
    ("standing: null", "standing: null\nnomber: 1", "unknown-field", 8),
    ("direction: up", "direction: upwards", "not-one-of", 23),
    ("direction: up", "direction: up\n    direction: down", "duplicate-key", 24),
    ("value: 3}", "value: 3 %}", "not-a-number", 29),
    ("value: 3}", "value: 012}", "not-a-number", 29),
    ("value: 3}", "value: 12:30}", "not-a-number", 29),
    ("value: 3}", "value: .nan}", "not-a-number", 29),
    ("value: 3}", "value: no}", "not-a-number", 29),
    ("value: 3}", "value: -3}", "not-a-size", 29),
    ("value: 3}", "value: 1}", "worse-than-baseline", 29),
    ("value: 3}", "value: null}", "value-missing", 29),
    ("value: 3}", "value: 3, value_high: 4}", "range-incomplete", 29),
    ("value: 3}", "value: 3, value_high: 2, comparator: range}", "range-reversed", 29),
    ("value: 3}", "value: 3, comparator: le}", "comparator-direction", 29),
    ("value: 3}", "value: 3, restates: share@2024}", "unknown-target", 29),
    ("value: 3}", "value: 3, period: {start: 2021, end: 2025}}", "year-and-period", 29),
    ("value: 3}", "value: 3}\n      - {year: 2025, value: 4}", "target-twice", 30),
    ("{year: 2025, value: 3}", "{year: 2019, value: 3}", "baseline-after-target", 29),
    ("{year: 2025, value: 3}", "{year: 12025, value: 3}", "out-of-range", 29),
    ("{start: 2021, end: 2025}", "{start: 2025, end: 2021}", "period-reversed", 9),
    ('unit: "%"', "unit: ''", "empty-text", 22),
    ("    quote: 研发比重(%)\n", "", "missing-field", 18),
    ("section: 指标表", "section: 指标", "unknown-section", 26),
    ("group: 创新", "group: 创兴", "unknown-group", 21),
    ("main_table: 指标表", "main_table: 表", "unknown-section", 12),
    ("name_zh: 研发比重", "name_zh：研发比重", "full-width-colon", 19),
    ("name_zh: 研发比重", "name_zh: 研发\u200b比重", "hidden-character", 19),
    ("name_zh: 研发比重", "name_zh: &a 研发比重", "yaml-alias", 19),
    ("name_zh: 研发比重", "name_zh: !!binary aGk=", "yaml-tag", 19),
    ("    group: 创新", "\tgroup: 创新", "yaml-tab", 21),
    ("id: example\n", "id: Example\n", "bad-form", 1),
    ("nature: ratio", "nature: ratio\n    kind: rank", "rank-direction", 30),
    (
        "value: 3}",
        "value: 3, kind: cumulative_change, comparator: le}",
        "comparator-direction",
        29,
    ),
    ("value: 3}", "value: 1e20}", "too-large", 29),
    ("region: 示例市", "region: '示例市", "yaml-syntax", 30),
    ("region: 示例市", "region: 7", "not-text", 8),
    ("year: 2020, value: 2}", "year: 二〇二〇, value: 2}", "not-a-year", 25),
    ("[市经信局]", "市经信局", "not-a-list", 16),
    ("\n      - {year: 2025, value: 3}", " []", "empty-list", 28),
    ("{start: 2021, end: 2025}", "2021-2025", "not-a-block", 9),
    ("title_en: An example plan", "title_en: ' An example plan'", "outer-space", 3),
    ("title: 示例规划\ntitle_en: An example plan\n", "", "title-missing", 1),
    ("    name_zh: 研发比重\n    name_en: R&D share\n", "", "name-missing", 18),
    ("nature: ratio", "nature: ratio\n    kind: delegated", "delegated-value", 30),
    ("value: 3}", "value: 3, period: {start: 2021, end: 2025}}", "year-and-period", 29),
    (
        "{year: 2025, value: 3}",
        "{period: {start: 2021, end: 2025}, value: 3}",
        "period-not-used",
        29,
    ),
    ("nature: ratio", "nature: ratio\n    kind: growth_rate", "period-missing", 30),
    ("nature: ratio", "nature: ratio\n    set_yearly: true", "set-yearly-kind", 25),
    ("value: 3}", "value: null, kind: relative}", "relative-missing", 29),
    (
        "value: 3}",
        "value: 3, relative_to: {indicator: share, comparator: eq}}",
        "relative-kind",
        29,
    ),
    (
        "value: 3}",
        "value: null, kind: relative, relative_to: {indicator: share, comparator: eq}}",
        "relative-self",
        29,
    ),
    (
        "value: 3}",
        "value: null, kind: relative, relative_to: {indicator: gdp, comparator: eq}}",
        "unknown-benchmark",
        29,
    ),
    (
        "value: 3}",
        'value: 3}\n      - {year: 2025, value: 4, revises: "share@2025"}',
        "set-on-missing",
        30,
    ),
    ("value: 2}", 'value: null, bound: ">"}', "bound-without-value", 25),
    ("value: 3}", "value: 3, hold: at_end, kind: increment}", "hold-kind", 29),
    ("nature: ratio", "nature: ratio\n    hold: at_end\n    path: linear", "hold-path", 26),
    ("direction: up", "direction: toward\n    kind: multiple", "toward-kind", 30),
    ("direction: up", "direction: down\n    kind: annual_flow", "sum-direction", 30),
    (
        (
            "direction: up\n    nature: ratio\n    baseline: {year: 2020, value: 2}\n    section: 指标表\n"
            "    quote: 研发比重(%)\n    targets:\n      - {year: 2025, value: 3}"
        ),
        (
            "direction: down\n    nature: ratio\n    baseline: {year: 2020, value: 2}\n    section: 指标表\n"
            "    quote: 研发比重(%)\n    targets:\n      - {year: 2025, value: 100, kind: cumulative_change}"
        ),
        "fall-too-large",
        29,
    ),
    (
        "value: 3}",
        'value: 3, revises: "share@2025", set_on: "2023-06-01"}',
        "revises-circle",
        29,
    ),
    (
        "value: 3}",
        (
            "value: 3}\n"
            '      - {year: 2025, value: 4, revises: "share@2025", set_on: "2023-06-01"}\n'
            '      - {year: 2025, value: 5, revises: "share@2025#2", set_on: "2022-06-01"}'
        ),
        "revises-earlier",
        31,
    ),
    (
        "value: 3}",
        (
            "value: 3}\n"
            '      - {year: 2025, value: 4, revises: "share@2025", set_on: "2022-06-01"}\n'
            '      - {year: 2025, value: 5, revises: "share@2025", set_on: "2023-06-01"}'
        ),
        "revised-twice",
        31,
    ),
)

AGAIN = GOOD[GOOD.index("  - id: share") :]  # the indicator once more
HEAD = "indicator,period,value\n"
ANSWER = '{"format_version": 1, "command": "check", "document": "sunan-2019", "method": "schedule", "results": []}'

# What is wrong with a call: its code, the command, and the files it names.
CALLS: tuple[tuple[str, str, dict[str, str | bytes]], ...] = (
    ("no-such-file", "check none.yaml", {}),
    ("is-a-folder", "check shaoxing-2025 .", {}),
    ("no-such-folder", "list --targets-dir none", {}),
    ("unwritable-file", "new actuals sunan-2019 -o no/a.csv", {}),
    ("empty-file", "validate plan.yaml", {"plan.yaml": ""}),
    ("pdf-text", "draft plan.txt", {"plan.txt": "%PDF-1.7\n"}),
    ("binary-file", "check shaoxing-2025 a.csv", {"a.csv": b"\0\1\2\3"}),
    ("not-a-table", "check shaoxing-2025 a.csv", {"a.csv": "<html><body>404</body></html>\n"}),
    ("not-utf-8", "validate plan.yaml", {"plan.yaml": "title: 示例".encode("gb18030")}),
    ("control-character", "validate plan.yaml", {"plan.yaml": "id: \x01\n"}),
    ("yaml-too-deep", "validate plan.yaml", {"plan.yaml": "[" * 30}),
    ("two-documents", "validate plan.yaml", {"plan.yaml": "a: 1\n---\nb: 2\n"}),
    ("yaml-key", "validate plan.yaml", {"plan.yaml": "? [a]\n: b\n"}),
    ("indicator-twice", "validate plan.yaml", {"plan.yaml": GOOD + AGAIN}),
    (
        "revises-other",
        "validate plan.yaml",
        {
            "plan.yaml": GOOD
            + AGAIN.replace("share", "other").replace(
                "value: 3}", 'value: 3, revises: "share@2025", set_on: "2023-06-01"}'
            )
        },
    ),
    (
        "restates-other",
        "validate plan.yaml",
        {
            "plan.yaml": GOOD
            + AGAIN.replace("share", "other").replace(
                "value: 3}", 'value: 3, restates: "share@2025"}'
            )
        },
    ),
    (
        "baseline-missing",
        "validate plan.yaml",
        {
            "plan.yaml": GOOD.replace("baseline_year: 2020", "baseline_year: null")
            .replace("    baseline: {year: 2020, value: 2}\n", "")
            .replace("value: 3}", "value: 3, kind: cumulative_change}")
        },
    ),
    ("id-not-file-name", "list --targets-dir plans", {"plans/other.yaml": GOOD}),
    (
        "baselines-stated",
        "check plan.yaml a.csv --baseline-year 2021",
        {"plan.yaml": GOOD, "a.csv": HEAD + "share,2021,2.2\n"},
    ),
    ("baseline-year-late", "check jinhua-2022 --baseline-year 2030", {}),
    ("baseline-year-without-actual", "check jinhua-2022 --baseline-year 2001", {}),
    ("no-rows", "check shaoxing-2025 a.csv", {"a.csv": HEAD}),
    ("csv-syntax", "check shaoxing-2025 a.csv", {"a.csv": HEAD + '"x,2018,1\n'}),
    (
        "unknown-column",
        "check shaoxing-2025 a.csv",
        {"a.csv": "indicator,period,value,sourc\nx,2018,1,a\n"},
    ),
    (
        "column-twice",
        "check shaoxing-2025 a.csv",
        {"a.csv": "indicator,period,value,value\nlisted_companies,2018,1,234\n"},
    ),
    ("missing-column", "check shaoxing-2025 a.csv", {"a.csv": "indicator,value\nx,1\n"}),
    ("no-period", "check shaoxing-2025 a.csv", {"a.csv": "地区,上市企业数量\n绍兴市,80\n"}),
    ("no-such-column", "check shaoxing-2025 a.csv --map 年=period", {"a.csv": HEAD + "x,2018,1\n"}),
    (
        "unread-region",
        "check shaoxing-2025 a.csv",
        {"a.csv": "年份,隶属,上市企业数量\n2018,诸暨市,20\n"},
    ),
    (
        "blank-region",
        "read shaoxing-2025 a.csv",
        {"a.csv": "指标,地区,年份,数值\n上市企业数量,绍兴市,2018,80\n上市企业数量,,2017,74\n"},
    ),
    (
        "too-many-rows",
        "check shaoxing-2025 a.csv --limit 1",
        {"a.csv": HEAD + "listed_companies,2017,74\nlisted_companies,2018,80\n"},
    ),
    (
        "wrong-guess",
        "check shaoxing-2025 a.csv",
        {"a.csv": "指標,年份,數值\n上市企業數量,2018,80\n".encode("big5")},
    ),
    ("undecodable", "check shaoxing-2025 a.csv", {"a.csv": b"a,b\n\xff\xff\xff"}),
    (
        "unknown-encoding",
        "check shaoxing-2025 a.csv --encoding klingon",
        {"a.csv": HEAD + "x,2018,1\n"},
    ),
    ("json-syntax", "check shaoxing-2025 a.json", {"a.json": '[{"indicator": "x",]'}),
    (
        "not-a-record",
        "check shaoxing-2025 a.json",
        {"a.json": '[{"indicator": "x", "period": 2018, "value": 1},\n[1]]'},
    ),
    ("not-a-check", "note shaoxing-2025 bundled --since last.json", {"last.json": "[]"}),
    ("other-document", "note shaoxing-2025 bundled --since last.json", {"last.json": ANSWER}),
    (
        "input-is-output",
        "check shaoxing-2025 a.csv -o a.csv",
        {"a.csv": HEAD + "listed_companies,2018,80\n"},
    ),
    (
        "wrong-cell-count",
        "read shaoxing-2025 a.csv",
        {"a.csv": HEAD + "listed_companies,2018,1,234\n"},
    ),
    ("empty-cell", "read shaoxing-2025 a.csv", {"a.csv": HEAD + ",2018,1\n"}),
    ("bad-period", "read shaoxing-2025 a.csv", {"a.csv": HEAD + "listed_companies,18年,80\n"}),
    (
        "year-out-of-range",
        "read shaoxing-2025 a.csv",
        {"a.csv": HEAD + "listed_companies,1066,80\n"},
    ),
    (
        "bad-vintage",
        "read shaoxing-2025 a.csv",
        {"a.csv": "indicator,period,value,vintage\nlisted_companies,2018,80,soon\n"},
    ),
    ("no-indicator", "check shaoxing-2025 a.csv", {"a.csv": "地区,2018年\n绍兴市,80\n"}),
    (
        "no-region-named",
        "check shaoxing-2025 a.csv",
        {"a.csv": "分市数据\n指标,2018年\n上市企业数量,80\n"},
    ),
    (
        "values-told-apart",
        "check shaoxing-2025 a.csv",
        {"a.csv": "指标,年份,类型,数值\n上市企业数量,2018,实际,80\n上市企业数量,2018,预测,90\n"},
    ),
    ("names-line", "read shaoxing-2025 bundled --names names.csv", {"names.csv": "上市公司家数\n"}),
    (
        "name-twice",
        "read shaoxing-2025 bundled --names names.csv",
        {"names.csv": "x,rd_share\nx,listed_companies\n"},
    ),
    (
        "two-units",
        "read shaoxing-2025 a.csv",
        {"a.csv": "indicator,period,value,unit\nlisted_companies,2018,80家,个\n"},
    ),
    (
        "two-bounds",
        "read shaoxing-2025 a.csv",
        {"a.csv": "indicator,period,value,bound\nlisted_companies,2018,>80,<\n"},
    ),
    (
        "left-out",
        "check shaoxing-2025 a.csv --strict",
        {"a.csv": HEAD + "listed_companies,2018,80\nlisted_company,2017,74\n"},
    ),
    (
        "values-disagree",
        "check shaoxing-2025 a.csv",
        {"a.csv": HEAD + "listed_companies,2018,80\nlisted_companies,2018,81\n"},
    ),
    ("toml-syntax", "check shaoxing-2025", {"mfgtargets.toml": "lang = en\n"}),
    (
        "bad-setting",
        "check shaoxing-2025",
        {"mfgtargets.toml": '[documents.shaoxing-2025]\nbaseline_year = "early"\n'},
    ),
    ("refused-setting", "check shaoxing-2025", {"mfgtargets.toml": 'output = "a.csv"\n'}),
    (
        "outside-setting",
        "check shaoxing-2025",
        {"mfgtargets.toml": '[check]\nactuals = ["../a.csv"]\n'},
    ),
    ("not-a-settings-table", "check shaoxing-2025", {"pyproject.toml": "tool.mfgtargets = 3\n"}),
    ("unknown-setting", "check shaoxing-2025", {"mfgtargets.toml": 'lnag = "en"\n'}),
    ("not-a-plain-number", "calc --baseline 2015=1 --target 2030=x --actual 2020=2", {}),
    ("series-columns", "calc --input a.csv", {"a.csv": "series,direction\nx,up\n"}),
    ("series-column-twice", "calc --input a.csv", {"a.csv": "series,series\nx,y\n"}),
    (
        "bad-points",
        "calc --input a.csv",
        {
            "a.csv": "baseline_year,baseline_value,target_year,target_value,year,value,history\n"
            "2015,1,2030,2,2018,1.2,2016:1.1\n"
        },
    ),
    ("calc-input", "calc", {}),
    ("unknown-document", "check shaoxing-2026", {}),
    ("not-a-yaml-path", "check ../plan.txt", {}),
    ("no-such-indicator", "check shaoxing-2025 --explain 上市企业", {}),
    ("no-such-concept", "compare rd_intensty", {}),
    ("nothing-asked", "check shaoxing-2025 --group 创新驱动 --indicator listed_companies", {}),
    ("no-such-group", "check shaoxing-2025 --group 创新", {}),
    ("no-such-department", "check yuecheng-2026 --department 区经济局", {}),
    ("no-such-target-year", "check shaoxing-2025 --target-year 2021", {}),
    ("nothing-left", "check shaoxing-2025 a.csv", {"a.csv": HEAD + "listed_company,2018,80\n"}),
    ("empty-input", "check shaoxing-2025 -", {}),
    ("input-twice", "check shaoxing-2025 - -", {}),
    ("bad-option", "check shaoxing-2025 --lang fr", {}),
    ("option-without", "calc --input a.csv --growth 3", {"a.csv": "series\nx\n"}),
    ("missing-argument", "check", {}),
    ("unknown-command", "chekc", {}),
    ("unknown-option", "check shaoxing-2025 --nope", {}),
    (
        "not-a-data-set",
        "check shaoxing-2025 a.json",
        {"a.json": '{"version": "2.0", "class": "dataset", "id": ["time"]}'},
    ),
    ("no-way", "track shaoxing-2025 water_intensity", {}),
    (
        "nothing-to-go-on",
        "track shaoxing-2025 rd_share a.csv --growth 3",
        {"a.csv": HEAD + "listed_companies,2018,80\n"},
    ),
    ("input-for-all", "check all -", {}),
)
