"""Drafting a target file out of a policy text: what is found, what is left out, what comes of it."""

import importlib.util
import io
import json
import re
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mfgtargets as mt
from conftest import Run
from mfgtargets.drafting.found import Found
from mfgtargets.drafting.whole import Draft, drafted
from mfgtargets.notation.numbers import plain_number

SHARED = Path(__file__).parents[2] / "shared"
HEAD = "临江市制造业发展规划(2021—2025年)\n临政发〔2021〕7号\n临江市人民政府\n2021年3月1日\n一、发展目标\n"
ENGLISH = "Plan for Industry in Rivertown\n12 March 2023\n\n## Targets\n\n"
# What stands for a number without digits.
WORDS = re.compile(
    r"全覆盖|零的?突破|一半|翻.?番|首位|第一[位名]|[两三四五六七八九十百千万]"
    r"|\b(?:doubl|tripl|quadrupl|halv|half|all|every|first|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)",
    re.IGNORECASE,
)


def draft_of(text: str) -> Draft:
    """Draft without any vocabulary."""
    return drafted(text, {})


def told(one: Found) -> tuple[object, ...]:
    """Return what a sentence says, for comparison."""
    return one.kind, one.comparator, one.value, one.unit, one.year


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("到2024年,汽车产量达到30万辆", ("level", "eq", 30, "万辆", 2024)),
        ("到2024年,研发投入占比提高到3.1%左右", ("level", "approx", 3.1, "%", 2024)),
        ("到2025年,新增上市企业12家以上", ("increment", "ge", 12, "家", 2025)),
        ("到2025年,软件收入突破千亿元大关", ("level", "gt", 1000, "亿元", 2025)),
        ("工业增加值年均增长6.5%", ("growth_rate", "eq", 6.5, "%", 2025)),
        ("到2025年,单位产值水耗比2020年下降17%", ("cumulative_change", "eq", 17, "%", 2025)),
        ("每年培训技工3000人次以上", ("annual_flow", "ge", 3000, "人次", 2025)),
        ("到2025年,绿色工厂数量实现翻番", ("multiple", "eq", 2, "倍", 2025)),
        ("到2025年,重点园区光纤全覆盖", ("level", "eq", 100, "%", 2025)),
        ("到2025年,省级实验室建设实现零的突破", ("level", "ge", 1, "个", 2025)),
        ("到2025年,开发区进入全省前10强", ("rank", "le", 10, "位", 2025)),
        ("到2025年,建成特色园区4—6家", ("level", "range", 4, "家", 2025)),
        ("“十四五”期间,监督抽查合格率提高2个百分点", ("increment", "eq", 2, "个百分点", 2025)),
        ("到2025年,失业率控制在4.5%以内", ("level", "le", 4.5, "%", 2025)),
        ("2025年前,培育五大产业集群", ("level", "eq", 5, "个", 2025)),
    ],
)
def test_a_sentence_says_what_it_sets(sentence: str, expected: tuple[object, ...]) -> None:
    """Kind, comparator, value, unit and year are those of the words."""
    assert [told(one) for one in draft_of(f"{HEAD}{sentence}。\n").targets] == [expected]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("截至2020年底,全市建成智能工厂35个", "past"),
        ("2020年工业增加值达到820亿元", "past"),
        ("对新认定的国家级企业技术中心,给予100万元奖励", "grant"),
        ("对年产值首次突破10亿元的企业,一次性奖励50万元", "grant"),
        ("市财政每年安排专项资金2亿元", "spent"),
        ("对投资10亿元以上项目优先保障用地", "attribute"),
        ("运行年限超过15年的设备要退出", "duration"),
        ("每月召开1次调度会", "general"),
        ("依托2个国家级园区发展外贸", "no-verb"),
        ("实施三大行动", "general"),
    ],
)
def test_other_numbers_stay_out(sentence: str, reason: str) -> None:
    """What was reached, paid, required or merely counted is no target, and the reason is told."""
    draft = draft_of(f"{HEAD}{sentence}。\n")
    assert draft.targets == ()
    assert reason in {one.reason for one in draft.left_out}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("By 2030, at least 70% of SMEs use cloud services.", ("level", "ge", 70, "%", 2030)),
        ("Cut emissions by 35 per cent compared with 2019 by 2030.", ("cumulative_change", "eq", 35, "%", 2030)),
        ("We will double exports by 2028.", ("multiple", "eq", 2, "倍", 2028)),
        ("Raise the share of women from 18% in 2022 to 30% by 2027.", ("level", "eq", 30, "%", 2027)),
        ("We will train 4,000 welders each year until 2027.", ("annual_flow", "eq", 4000, "welders", 2027)),
    ],
)  # fmt: skip
def test_english_sentences(sentence: str, expected: tuple[object, ...]) -> None:
    """English targets are read alike; a value to start from is the baseline."""
    found = draft_of(f"{ENGLISH}{sentence}\n").targets
    assert [told(one) for one in found] == [expected]
    assert found[0].baseline_value == (18 if "women" in sentence else None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Output grew by 4.5% last year.",
        "Grants of up to £50,000 are available for small firms until 2027.",
        "The Council will spend €20 million on laboratories by 2026.",
        "Article 12 of Regulation (EU) 2021/241 applies until 2030.",
    ],
)
def test_english_numbers_that_are_none(sentence: str) -> None:
    """The past, grants, spending and references are left out."""
    assert draft_of(f"{ENGLISH}{sentence}\n").targets == ()


def test_one_clause_can_set_several() -> None:
    """分别 gives each name its number, 均 all the same; the years of a list go by their places."""
    found = draft_of(
        f"{HEAD}到2025年,玉米种植、收获机械化率分别达到65%和55%,甲、乙两类园区覆盖率均达到40%。"
        "2023年和2025年,数字化率分别达到36%和48%。\n"
    ).targets
    assert [(one.value, one.year) for one in found] == [
        (65, 2025), (55, 2025), (40, 2025), (40, 2025), (36, 2023), (48, 2025),
    ]  # fmt: skip


def test_a_year_is_inherited_and_doubted() -> None:
    """A year from a heading or the sentence before holds on, and the record says so."""
    text = f"{HEAD}到2023年,发展取得以下成效:\n1.创新增强。研发机构达到80家。\n2.到2024年,联网率达到50%。\n"
    first, second = draft_of(text).targets
    assert (first.year, first.doubts) == (2023, ("year-inherited",))
    assert (second.year, second.doubts) == (2024, ())


def test_a_part_and_a_repeat_are_linked() -> None:
    """其中 is a part of the number before; the same value again repeats the first."""
    text = f"{HEAD}到2025年,高新技术企业达到400家,其中制造业150家。\n二、任务\n到2025年,全市高新技术企业达到400家。\n"
    whole, part, again = draft_of(text).targets
    assert (whole.restates, part.part_of, again.restates) == (None, 0, 0)


def test_departments_are_those_at_the_end_of_a_paragraph() -> None:
    """The first leads; commas in brackets are no ends, and who carries out is left out."""
    text = (
        f"{HEAD}二、任务\n1.扩大开放。到2025年,外资企业达到90家。"
        "(责任单位:市商务局、各县(市、区)人民政府;实施单位:各镇街)\n"
    )
    (one,) = draft_of(text).targets
    assert one.departments == ("市商务局", "各县(市、区)人民政府")
    assert one.section.endswith("1.扩大开放")


CELLS = "指标 单位 2020年 2025年 属性 研发投入强度 % 2.1 3以上 预期性 发明专利 件 260 400 预期性".split()
ROWS = [CELLS[at : at + 5] for at in (0, 5, 10)]
FORMS = {
    "bars": "\n".join(f"| {' | '.join(row)} |" for row in ROWS),
    "tabs": "\n".join("\t".join(row) for row in ROWS),
    "spaces": "\n".join(" ".join(row) for row in ROWS),
    "a cell a line": "\n".join(CELLS),
    "one line": " ".join(CELLS),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_table_is_read_in_any_form(form: str) -> None:
    """Bars, tabs, spaces, a cell a line or all in one line: the same two targets."""
    found = draft_of(f"{HEAD}\n{FORMS[form]}\n").targets
    assert [(*told(one), one.baseline_year, one.baseline_value) for one in found] == [
        ("level", "ge", 3, "%", 2025, 2020, 2.1),
        ("level", "eq", 400, "件", 2025, 2020, 260),
    ]
    assert {one.obligation for one in found} == {"expected"}
    assert [one.clause.quote for one in found] == ["研发投入强度", "发明专利"]


def test_cells_say_more_than_a_number() -> None:
    """Falls, values set elsewhere, and a baseline of another year."""
    table = (
        "指标 | 2020年 | 2025年 |\n单位增加值能耗下降幅度 | — | 下降14% |\n"
        "主要污染物减排量 | — | 省下达指标 |\n固废利用率(%) | 89.5(2019年) | 92 |\n"
    )
    fall, elsewhere, waste = draft_of(HEAD + table).targets
    assert (fall.kind, fall.direction, fall.value) == ("cumulative_change", "down", 14)
    assert (elsewhere.kind, elsewhere.value) == ("delegated", None)
    assert (waste.baseline_year, waste.baseline_value) == (2019, 89.5)


def test_a_table_of_the_past_is_left_out() -> None:
    """A table whose years have passed sets nothing."""
    draft = draft_of(f"{HEAD}指标 | 单位 | 2015年 | 2020年 |\n工业增加值 | 亿元 | 500 | 820 |\n")
    assert draft.targets == ()
    assert [one.reason for one in draft.left_out] == ["past"]


def test_the_head_is_read() -> None:
    """Title, issuer, number as printed, date and years."""
    head = draft_of(HEAD).head
    assert head[:6] == (
        "临江市制造业发展规划(2021—2025年)", "临江市人民政府", "临政发〔2021〕7号", "2021-03-01", 2021, 2025,
    )  # fmt: skip


TEXT = (
    f"{HEAD}到2025年,新能源汽车产量达到30万辆,单位产值水耗下降17%,失业率控制在4.5%以内,5G基站达到1.2万个。"
    "工业投资年均增长8%左右。到2023年,新能源汽车产量达到12万辆。开发区进入全省前10强。\n"
    f"{FORMS['bars']}\n二、任务\n到2025年,全市发明专利达到400件。\n"
)


def test_a_draft_is_valid_and_traceable(run: Run, tmp_path: Path) -> None:
    """The file drafted passes ``validate``, every quote is found, and ``check`` runs on it."""
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    done = run("draft", "plan.txt", "-o", "plan.yaml")
    assert done.stdout == ""
    run("validate", "plan.yaml")
    run("trace", "plan.yaml", "--source", "plan.txt")
    run("check", "plan.yaml", "--all")
    plan = mt.load(tmp_path / "plan.yaml")
    assert (plan.entry.issuer, plan.entry.period.end) == ("临江市人民政府", 2025)
    assert sum(one.restates is not None for one in plan.targets) == 1
    written = (tmp_path / "plan.yaml").read_text(encoding="utf-8")
    assert "待确认" in written
    assert run("draft", "plan.txt").stdout.splitlines()[3:] == written.splitlines()[3:]


def test_a_new_version_shows_what_changed(run: Run, tmp_path: Path) -> None:
    """Against the plan encoded before: what is new, gone, raised and lowered."""
    (tmp_path / "old.txt").write_text(TEXT, encoding="utf-8")
    run("draft", "old.txt", "-o", "old.yaml")
    new = (
        TEXT.replace("30万辆", "36万辆")
        .replace("全省前10强", "全省前8强")
        .replace("8%左右", "7%左右")
    )
    (tmp_path / "new.txt").write_text(
        new.replace("失业率控制在4.5%以内", "用工达到9万人"), encoding="utf-8"
    )
    changes = mt.draft(tmp_path / "new.txt", since=tmp_path / "old.yaml").changes
    assert sorted((one.code, one.old, one.new) for one in changes) == [
        ("gone", 4.5, None), ("lowered", 8, 7), ("lowered", 10, 8), ("new", None, 9), ("raised", 30, 36),
    ]  # fmt: skip
    assert "30" in run("draft", "new.txt", "--since", "old.yaml").stderr


def test_json_lines_and_reasons(run: Run) -> None:
    """A record a line on standard output; what is left out, with its line, on standard error."""
    text = f"{HEAD}到2025年,企业达到90家。\n对新企业,给予5万元奖励。\n"
    done = run("draft", "-", "--format", "jsonl", "--explain", stdin=text)
    (record,) = map(json.loads, done.stdout.splitlines())
    assert (record["quote"], record["value"], record["line"]) == ("企业达到90家", 90, 6)
    assert "7: " in done.stderr


def test_a_text_without_targets_is_a_starter(run: Run) -> None:
    """Nothing found is said, and the head is still written."""
    done = run("draft", "-", stdin=HEAD)
    assert "indicators: []" in done.stdout
    assert "临江市人民政府" in done.stdout


def word_file(xml: str) -> bytes:
    """Return a Word document of that body."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{xml}</w:body></w:document>',
        )
    return buffer.getvalue()


def test_word_and_web_pages_are_read(tmp_path: Path) -> None:
    """Paragraphs and tables of both give what the plain text gives."""
    lines = HEAD.splitlines()
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) + "</w:tr>"
        for row in ROWS
    )  # fmt: skip
    (tmp_path / "plan.docx").write_bytes(word_file(f"{paragraphs}<w:tbl>{cells}</w:tbl>"))
    rows = "".join(
        "<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in ROWS
    )
    page = f"<html><script>var x = 5;</script>{''.join(f'<p>{line}</p>' for line in lines)}<table>{rows}</table></html>"
    (tmp_path / "plan.html").write_text(page, encoding="utf-8")
    plain = [told(one) for one in draft_of(f"{HEAD}\n{FORMS['bars']}\n").targets]
    for name in ("plan.docx", "plan.html"):
        assert [told(one) for one in mt.draft(tmp_path / name).targets] == plain


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"%PDF-1.7 ...", "pdf-text"),
        (b"PK\x03\x04 broken", "not-a-word-file"),
        (word_file("<w:p><w:broken>"), "not-a-word-file"),
        (b"", "empty-file"),
        (b"\xff\xff\xff", "undecodable"),
    ],
)
def test_what_cannot_be_read_is_told(run: Run, tmp_path: Path, raw: bytes, code: str) -> None:
    """A PDF, a broken archive, nothing, or no text: exit code 2 and the remedy."""
    (tmp_path / "plan.txt").write_bytes(raw)
    assert f"[{code}]" in run("draft", "plan.txt", code=2).stderr


PIECES = [
    *"到2025年 2020年 “十四五”期间 每年 达到 新增 年均增长 比2020年下降 突破千亿元 企业 规模".split(),
    *"翻番 全覆盖 前10强 3.5% 120家 1,200亿元 4—6个 分别 和 、 , 。 | ( ) 以上 左右 指标 单位".split(),
    *("2025年", "by 2030", "at least", "40%", "double", ". ", "one", "\x00", "\u200b", "—", "[14]"),
    *("一、", "1.", "\n", "\t"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_number_is_made_up(text: str) -> None:
    """Whatever the text: each record has a clause of the text, and its numbers stand there."""
    text = HEAD + text
    bare = "".join(c for c in text if c.isprintable() and not c.isspace())
    for one in draft_of(text).targets:
        quote = "".join(one.clause.quote.split())
        assert quote
        assert quote in bare
        place = "".join(text.split()) if one.in_table else quote
        for value in (one.value, one.value_high, one.baseline_value):
            printed = value is None or plain_number(abs(value)) in place.replace(",", "")
            assert printed or WORDS.search(one.clause.quote), (value, one.clause.quote)


@given(st.text(max_size=300))
def test_any_text_is_drafted(text: str) -> None:
    """No text ends in an error."""
    draft_of(text)


def scorer() -> ModuleType:
    """Load the scorer of the shared texts."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "texts" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not (SHARED / "texts" / "score.py").is_file(), reason="the shared texts")
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the scorer leaves its files open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_gold_is_found(run: Run, tmp_path: Path) -> None:
    """On the four texts with gold: recall, precision and whole records do not fall below this."""
    score = scorer()
    texts = SHARED / "texts" / "dev" / "text"
    names = sorted(path.stem for path in texts.glob("*.txt"))
    for name in names:
        run("draft", str(texts / f"{name}.txt"), "--format", "jsonl", "-o", f"{name}.jsonl")
    scores = [score.one(name, str(tmp_path / "{id}.jsonl")) for name in names]
    core = sum(one["core"] for one in scores)
    assert sum(one["hit"] for one in scores) >= 0.97 * core
    assert sum(one["fp"] for one in scores) <= 0.03 * sum(one["pred"] for one in scores)
    assert sum(one["full"] for one in scores) >= 0.95 * core


@pytest.mark.skipif(not (SHARED / "documents").is_dir(), reason="the shared documents")
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("shaoxing-2025", 0.95),
        ("jinhua-2022", 0.95),
        ("sunan-2019", 0.95),
        ("yuecheng-2026", 0.93),
        ("zhejiang-block-2022", 1),
    ],
)
def test_the_encoded_documents_are_found(name: str, least: float) -> None:
    """Of the records people encoded, this share is drafted with value and year, and little else."""
    encoded = [(one.value, one.year) for one in mt.load(name).targets]
    found = [
        (one.value, one.year) for one in mt.draft(SHARED / "documents" / f"{name}.txt").targets
    ]
    missed = list(encoded)
    for one in found:
        if one in missed:
            missed.remove(one)
    assert len(missed) <= (1 - least) * len(encoded) + 0.05 * len(encoded)
    assert len(found) <= 1.05 * len(encoded)


def test_value_added_is_no_verb_and_a_year_told_goes_on() -> None:
    """工业增加值突破 is a level; what follows a year of the past in its sentence is past too."""
    text = "某市“十五五”规划\n\n到2030年,工业增加值突破1500亿元。2025年,工业增加值为1050亿元,同比增长6.8%。\n"
    found = [(one.kind, one.value) for one in mt.draft(text.encode()).targets]
    assert found == [("level", 1500)]
