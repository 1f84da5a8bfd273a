"""The rules of language by which a text is drafted: what a clause takes from others, what is no target."""

from pathlib import Path

import pytest

from conftest import Run
from mfgtargets.drafting.found import Found
from mfgtargets.drafting.outline import Places
from mfgtargets.drafting.remarks import remarks
from mfgtargets.drafting.whole import Draft, drafted

HEAD = "临江市制造业发展规划(2021—2025年)\n临江市人民政府\n2021年3月1日\n一、发展目标\n"
ENGLISH = "Plan for Industry in Rivertown\n12 March 2023\n\n## Targets\n\n"


def draft_of(text: str, head: str = HEAD) -> Draft:
    """Draft without any vocabulary."""
    return drafted(f"{head}{text}\n", {})


def targets(text: str, head: str = HEAD) -> tuple[Found, ...]:
    """Return the targets of a text under a head."""
    return draft_of(text, head).targets


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("到2025年,产业规模达到90亿元,年均增长12%。", ["产业规模", "产业规模年均增长"]),
        ("到2025年,产业规模年均增长12%,力争达到90亿元。", ["产业规模年均增长", "产业规模"]),
        ("到2025年,人均收入达到3万元,比2020年增长40%。", ["人均收入", "人均收入增长"]),
        ("到2025年,发明专利拥有量比2020年翻一番。", ["发明专利拥有量"]),
        ("三年累计新建道路60公里,其中2023年完成20公里。", ["三年累计新建道路"] * 2),
        ("主要预期目标是:到2025年,用工总数力争达到9万人。", ["用工总数"]),
        ("到2025年,建成8个产值过5亿元的园区。", ["建成产值过5亿元的园区"]),
        ("到2025年,甲类、乙类平台分别达到5个和9个。", ["甲类", "乙类平台"]),
    ],
)  # fmt: skip
def test_a_name_comes_from_the_clause_before(text: str, names: list[str]) -> None:
    """A clause that only says that something grows or is reached speaks of what the last one named."""
    assert [one.name for one in targets(text)] == names


def test_each_year_ends_with_its_clause() -> None:
    """每年 counts for what is listed behind it, not for a clause with a verb of its own."""
    found = targets("每年新增企业20家、专利300件,企业总数达到300家。")
    assert [one.kind for one in found] == ["annual_flow", "annual_flow", "level"]


def test_a_year_alone_is_the_year_of_a_change() -> None:
    """增长 in one year is a rate of that year; until a year it may be one of all years."""
    first, last = targets("2023年,工业投资增长12%。到2025年,工业投资增长60%。")
    assert (first.kind, first.start, first.year) == ("growth_rate", 2023, 2023)
    assert (last.kind, last.baseline_year, last.year) == ("cumulative_change", 2020, 2025)


def test_a_plan_of_one_year_aims_at_it_throughout() -> None:
    """The year of the title is that of every target that names none, and growth is that year's."""
    head = "北川市2024年重点工作实施方案\n"
    grown, kept = targets("农产品产量增长3%,耕地保有量不低于160.5万亩。", head)
    assert (grown.kind, grown.start, grown.year) == ("growth_rate", 2024, 2024)
    assert (kept.unit, kept.year, kept.doubts) == ("万亩", 2024, ("year-inherited",))


def test_the_last_year_of_a_title_is_aimed_at() -> None:
    """A report on one year and plan for the next reviews the first."""
    head = "望海区2023年计划执行情况与2024年计划草案的报告\n"
    text = (
        "一、2023年计划执行情况\n全年生产总值增长6.3%。\n二、2024年主要任务\n新增停车泊位5000个。"
    )
    assert [(one.value, one.year) for one in targets(text, head)] == [(5000, 2024)]


def test_several_years_of_a_clause_are_its_own() -> None:
    """分别 with one year of its own gives it to every number, whatever years stood before."""
    found = targets("到2023年,电站达到20座、装机达到80万千瓦,2025年分别达到45座、150万千瓦。")
    assert [one.year for one in found] == [2023, 2023, 2025, 2025]


def test_a_period_has_its_base_before_it() -> None:
    """A fall 十四五期间 starts from 2020, in a text without date or period too."""
    (one,) = targets("“十四五”期间,单位增加值能耗累计下降15.5%。", "关于工业发展的意见\n")
    assert (one.kind, one.baseline_year, one.baseline_value) == ("cumulative_change", 2020, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("研发投入占比达到5%以上的,优先推荐申报。", "condition"),
        ("对亩均税收达到25万元、产值增速达到20%的项目优先保障。", "condition"),
        ("土地出让底价按不低于最低价的70%执行。", "condition"),
        ("项目达产后年产值达到50亿元。", "condition"),
        ("每年召开2次以上联席会议。", "general"),
        ("全县现有竹林面积68万亩。", "past"),
        ("近三年主营业务收入年均增长15%以上。", "past"),
        ("2025年计划投资3亿元。", "spent"),
        ("2025年低保标准提高到每人每月1105元。", "spent"),
        ("新建项目按照不低于装机容量15%配置储能。", "condition"),
    ],
)
def test_rules_for_others_are_no_targets(text: str, reason: str) -> None:
    """Conditions, meetings, the present and money are left out, with the reason."""
    draft = draft_of(text)
    assert draft.targets == ()
    assert reason in {one.reason for one in draft.left_out}


def test_goals_may_be_worded_like_achievements() -> None:
    """Under a heading of goals 取得新成效 looks ahead."""
    text = "二、“十四五”主要目标\n——创新取得新成效。研发投入强度达到3%。"
    assert [(one.value, one.year) for one in targets(text)] == [(3, 2025)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("到2025年,人均用电量达到1500千瓦时", 1500, "千瓦时"),
        ("到2025年,供电煤耗降至295克标准煤/千瓦时", 295, "克标准煤/千瓦时"),
        ("到2025年,城乡居民收入比缩小到2.05以内", 2.05, None),
        ("到2025年,平均受教育年限提高到11.9年", 11.9, "年"),
        ("到2025年,产值与面积之比达到2.6:1", 2.6, ":1"),
    ],
)
def test_units_are_read_whole(text: str, value: float, unit: str | None) -> None:
    """千瓦时 is no thousand of anything, ratios may have no unit, years can be what is measured."""
    assert [(one.value, one.unit) for one in targets(text)] == [(value, unit)]


def test_a_ceiling_above_the_baseline_is_kept() -> None:
    """A total that may rise to a limit is a level to be held under it."""
    (one,) = targets("指标\t单位\t2020年\t2025年\n用能总量\t万吨\t1.39\t≤1.62")
    assert (one.direction, one.hold, one.comparator) == ("down", "at_end", "le")


BROKEN = {
    "a head broken within cells": "序号\t指标\t单位\t2020年\n(实际)\t2025年\n(目标)\n1\t用工总数\t万人\t8\t9",
    "a name over two lines": "序号  指标  2020年  2025年\n1     用工\n      总数(万人)  8  9",
    "brackets that go on with a head": "指标\n2020年\n2025年\n年均\n[累计]\n用工总数(万人)\n8\n9\n[1]",
    "no years in the head": "| 指标 | 单位 | 现状 | 目标 |\n| 用工总数 | 万人 | 8 | 9 |",
}  # fmt: skip


@pytest.mark.parametrize("form", BROKEN)
def test_broken_tables_are_read(form: str) -> None:
    """However its cells are broken, the table says 8 in 2020 and 9 in 2025."""
    (one,) = targets(BROKEN[form])
    assert (one.name, one.unit, one.value, one.year, one.baseline_value) == (
        "用工总数", "万人", 9, 2025, 8,
    )  # fmt: skip


def test_a_column_of_departments_is_no_name() -> None:
    """The name stands before the values; who answers for it may stand behind them."""
    (one,) = targets(
        "| 指标 | 2020年 | 2025年 | 牵头单位 |\n| 覆盖率(%) | 62 | 全覆盖 | 市数据局、市工信局 |"
    )
    assert (one.name, one.value, one.departments) == ("覆盖率", 100, ("市数据局", "市工信局"))


def test_departments_in_any_brackets() -> None:
    """Leading and helping bodies are both named, whatever brackets and signs part them."""
    (one,) = targets("1.到2025年,用工达到9万人。【牵头单位:市人社局,配合单位:市工信局】")
    assert one.departments == ("市人社局", "市工信局")


@pytest.mark.parametrize(
    ("text", "name", "comparator", "offset", "direction", "hold"),
    [
        ("居民收入增长与经济增长基本同步", "居民收入增长", "eq", 0, "up", None),
        ("工业增加值年均增速高于全省平均水平1个百分点", "工业增加值年均增速", "gt", 1, "up", "average"),
        ("制造业占比不低于全国平均", "制造业占比", "ge", 0, "up", "at_end"),
        ("单位能耗累计降幅超过全省平均水平", "单位能耗累计降幅", "lt", 0, "down", None),
    ],
)  # fmt: skip
def test_an_aim_can_be_another_indicator(
    text: str, name: str, comparator: str, offset: float, direction: str, hold: str | None
) -> None:
    """同步 and 高于 compare with another value; a larger fall is a change that is lower."""
    (one,) = targets(f"到2025年,{text}。")
    assert (one.kind, one.value, one.name, one.direction, one.hold) == (
        "relative", None, name, direction, hold,
    )  # fmt: skip
    assert one.benchmark is not None
    assert one.benchmark[1:] == (comparator, offset)


def test_what_is_compared_with_is_in_the_file(run: Run, tmp_path: Path) -> None:
    """The growth that the text sets is meant by 经济增长; what it does not set is set elsewhere."""
    text = "到2025年,地区生产总值年均增长6%,居民收入增长与经济增长同步,出口增速高于全省平均水平。\n"
    (tmp_path / "plan.txt").write_text(HEAD + text, encoding="utf-8")
    run("draft", "plan.txt", "-o", "plan.yaml")
    run("validate", "plan.yaml")
    run("trace", "plan.yaml", "--source", "plan.txt")
    run("check", "plan.yaml", "--all")
    written = (tmp_path / "plan.yaml").read_text(encoding="utf-8")
    assert "relative_to: {indicator: t01, comparator: eq}" in written
    assert 'name_zh: "出口增速(全省平均水平)"\n    kind: delegated' in written


def test_changed_targets_are_written_as_revisions(run: Run, tmp_path: Path) -> None:
    """The old target stands beside the new one, in its unit and with its own source, and is not traced."""
    text = "到2025年,汽车产量达到30万辆,工业增加值达到900亿元。\n"
    (tmp_path / "old.txt").write_text(HEAD + text, encoding="utf-8")
    later = (HEAD + text).replace("30万辆", "36万辆").replace("900亿元", "0.1万亿元")
    (tmp_path / "new.txt").write_text(
        later.replace("2021年3月1日", "2023年6月1日"), encoding="utf-8"
    )
    run("draft", "old.txt", "-o", "old.yaml")
    run("draft", "new.txt", "--since", "old.yaml", "-o", "new.yaml")
    run("validate", "new.yaml")
    traced = run("trace", "new.yaml", "--source", "new.txt").stdout
    assert "36万辆" in traced
    assert "30万辆" not in traced
    written = (tmp_path / "new.yaml").read_text(encoding="utf-8")
    assert 'value: 36, year: 2025, revises: "t01@2025", set_on: "2023-06-01"' in written
    assert 'value: 0.09, year: 2025, quote: "工业增加值达到900亿元"' in written
    (tmp_path / "undated.txt").write_text(later.replace("2021年3月1日\n", ""), encoding="utf-8")
    assert "没有日期" in run("draft", "undated.txt", "--since", "old.yaml", "-o", "x.yaml").stderr
    assert "revises" not in (tmp_path / "x.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Cut waste by 55% by 2030 from 2015 levels and by 75 per cent by 2035.",
            [("cumulative_change", "eq", 55, 2030), ("cumulative_change", "eq", 75, 2035)],
        ),
        ("No fewer than 750 000 fitters should be trained by 2030.", [("level", "ge", 750000, 2030)]),
        ("Supply temperatures should not exceed 70 °C by 2040.", [("level", "le", 70, 2040)]),
        ("Wind capacity will reach between 43 and 50 GW by 2030.", [("level", "range", 43, 2030)]),
        ("Reduce the costs of regulation by a quarter by 2029.", [("cumulative_change", "eq", 25, 2029)]),
        ("Sales should double from 2.5 million to 5 million by 2026.", [("level", "eq", 5, 2026)]),
        ("Output should improve by 3 per cent annually over 2024-2030.", [("growth_rate", "eq", 3, 2030)]),
        ("Use at least half recycled glass from 2030 onwards.", [("level", "ge", 50, 2030)]),
        ("The reuse rate will double to 26% by 2030.", [("level", "eq", 26, 2030)]),
        ("Energy use must be 15% lower than in 2020 by 2030.", [("cumulative_change", "eq", 15, 2030)]),
    ],
)  # fmt: skip
def test_english_rules(text: str, expected: list[tuple[object, ...]]) -> None:
    """Each number has its own year; ranges, spaced thousands, parts and gapped verbs are read."""
    found = targets(text, ENGLISH)
    assert [(one.kind, one.comparator, one.value, one.year) for one in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Demand is projected to rise to 210 TWh by 2035.",
        "The Council will convene at least 2 meetings each year until 2030.",
        "Firms with fewer than 250 employees can apply until 2030.",
        "Permits shall be granted by 2030 for projects with a capacity of less than 1 GW.",
        "The plan will cost £110 billion by 2030, of which the state will provide 68 percent.",
    ],
)
def test_english_traps(text: str) -> None:
    """Forecasts, meetings, what firms must have and shares of costs are no targets."""
    assert targets(text, ENGLISH) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The strategy aims to raise the share of women from 18% to 30% by 2027.", "the share of women"),
        ("By 2030, manufactured exports are to account for at least 50% of exports.", "manufactured exports"),
        ("Install 8 GW of offshore wind by 2032.", "offshore wind"),
    ],
)  # fmt: skip
def test_english_names_are_what_is_measured(text: str, name: str) -> None:
    """A name is the words before the number without verbs, else the things counted behind it."""
    assert [one.name for one in targets(text, ENGLISH)] == [name]


def test_oddities_are_told_with_their_line(run: Run) -> None:
    """A second document, a table whose columns cannot be told: each with its line."""
    one = f"{HEAD}临政发〔2021〕7号\n到2025年,用工达到9万人。\n"
    said = run("draft", "-", stdin=one + one.replace("7号", "9号")).stderr
    assert ":11: " in said
    assert "临政发〔2021〕9号" in said
    table = "| 指标 | 甲 | 乙 |\n|---|---|---|\n| 用工(人) | 12 | 15 |\n"
    said = run("draft", "-", "--explain", stdin=f"{HEAD}\n{table}").stderr
    assert ":8: " in said
    assert "8: 分不清表的各列" in said


def test_a_text_longer_than_any_plan_is_told() -> None:
    """A million characters are too many for one plan, and the line where they end is named."""
    text = "到2025年,用工达到9万人。\n" * 70_000  # 16 characters a line
    (remark,) = remarks(text, Places(text), ())
    assert (remark.code, remark.line) == ("long-text", 62_501)


def test_what_is_no_text_is_refused(run: Run, tmp_path: Path) -> None:
    """Pages without letters are a scan; signs that no Chinese text has are another encoding."""
    (tmp_path / "scan.txt").write_bytes(b"1\n\f2\n\f\n")
    assert "[no-letters]" in run("draft", "scan.txt", code=2).stderr
    (tmp_path / "blank.txt").write_bytes(b"\f\f\n")
    assert "[no-letters]" in run("draft", "blank.txt", code=2).stderr
    traditional = "到2025年,用工總數達到9萬人,工業增加值達到900億元。" * 9
    (tmp_path / "big5.txt").write_bytes(traditional.encode("big5"))
    assert "big5.txt:1: error[odd-encoding]" in run("draft", "big5.txt", code=2).stderr
    run("draft", "big5.txt", "--encoding", "big5")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年,失业率下降1.5个百分点。", ("increment", "down", None)),
        ("到2025年,上云率每年提高5个百分点。", ("increment", "up", None)),
        ("到2025年,用水总量控制在1.2亿立方米。", ("level", "down", "at_end")),
        ("到2025年,制造业比重保持在35%以上。", ("level", "up", "each_year")),
        ("到2025年,氨氮排放总量削减5%以上。", ("cumulative_change", "down", None)),
    ],
)
def test_verbs_say_which_way_and_how_long(text: str, expected: tuple[str, str, str | None]) -> None:
    """控制在 is a ceiling at the end, 保持在 counts each year, 削减 is a fall of so many per cent."""
    (one,) = targets(text)
    assert (one.kind, one.direction, one.hold) == expected


def test_a_rise_a_year_in_units_is_to_be_looked_at() -> None:
    """No kind says 年均提高1.5万元 or 每年提高5个百分点, so that a person has to."""
    for text in ("到2025年,人均产出年均提高1.5万元。", "到2025年,上云率每年提高5个百分点。"):
        assert "kind" in targets(text)[0].doubts


def test_a_baseline_stands_in_brackets() -> None:
    """达到1200家(2020年为800家) is one target with its baseline, and nothing that was reached."""
    found = draft_of("到2025年,高新技术企业达到1200家(2020年为800家)。")
    (one,) = found.targets
    assert (one.value, one.year) == (1200, 2025)
    assert (one.baseline_year, one.baseline_value) == (2020, 800)
    assert not found.left_out


def test_a_title_may_end_in_several_brackets() -> None:
    """It is not the heading below it, which has a number."""
    head = "临江市集群培育行动计划(2024—2026年)(修订)\n\n一、总体目标\n"
    found = draft_of("到2026年,规上企业达到300家。", head).head
    assert found.title == "临江市集群培育行动计划(2024—2026年)(修订)"
    assert (found.start, found.end) == (2024, 2026)
