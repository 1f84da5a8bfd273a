"""The page on which a draft is confirmed: what is marked, what is told, and that it is harmless."""

from pathlib import Path

import pytest

from conftest import Run
from mfgtargets.drafting.whole import drafted
from mfgtargets.render.review import review
from pages import HOSTILE, Read

TEXT = """临江市制造业发展规划(2021—2025年)
临江市人民政府
2021年3月1日
一、发展目标
到2025年,汽车产量达到30万辆左右,研发投入占比提高到3.1%。
培育上市企业12家。对新认定的企业,给予100万元奖励。
"""


def page_of(text: str) -> Read:
    """Return the page of a draft made without any vocabulary."""
    return Read(review(drafted(text, {}), "text.txt", "zh"))


def by(read: Read, tag: str, name: str) -> list[str]:
    """Return an attribute of all elements of a kind that have it."""
    return [at[name] or "" for one, at in read.elements if one == tag and name in at]


def test_the_whole_text_is_there_with_its_targets_marked(run: Run) -> None:
    """Three targets, one of them without a year of its own, and a grant that is none: each a mark."""
    Path("规划.txt").write_text(TEXT, encoding="utf-8")
    run("draft", "规划.txt", "--review", "-o", "page.html")
    read = Read(Path("page.html").read_text(encoding="utf-8"))
    marks = by(read, "mark", "class")
    assert (marks.count("sure"), marks.count("unsure"), marks.count("left")) == (2, 1, 1)
    shown = "".join(read.texts[read.texts.index("Text") + 1 : read.texts.index("Targets")])
    numbers = str.maketrans("", "", "123")  # those of the marks aside
    assert shown.translate(numbers) == f"{TEXT}目标".translate(numbers)
    assert {"30万辆左右", "3.1%", "12家", "2025", "越大越好"} <= set(read.texts)


def test_each_mark_leads_to_its_record_and_back() -> None:
    """Every address is one of a kind, and every link within the page has its place."""
    read = page_of(TEXT)
    ids = [at["id"] for _, at in read.elements if "id" in at]
    inside = [link[1:] for link in by(read, "a", "href")]
    assert len(ids) == len(set(ids))
    assert sorted(inside) == ["o1", "r1", "r2", "r3", "t1", "t2", "t3", "x1"]
    assert set(inside) <= set(ids)
    assert len([one for one in by(read, "input", "type") if one == "checkbox"]) == 3 + 2


def test_a_text_of_others_is_text() -> None:
    """Markup in the text, in its title and in its clauses makes no element and no command."""
    for text in (f"{HOSTILE}规划\n到2025年,{HOSTILE}企业达到30家。\n", f"<mark>{TEXT}</mark>"):
        read = page_of(text)
        assert not [tag for tag, _ in read.elements if tag in {"img", "script"}]
        assert not [name for _, at in read.elements for name in at if name.startswith("on")]


def test_no_line_of_the_page_is_obeyed_by_a_log(run: Run) -> None:
    """Written to standard output, a line of the text that CI would take for a command is none."""
    Path("t.txt").write_text("::error::x\n  ::set-output::y\n##vso[x]\n", encoding="utf-8")
    page = run("draft", "t.txt", "--review").stdout
    assert not [line for line in page.splitlines() if line.lstrip().startswith("::")]
    assert "##vso" not in page
    assert "::error::x\n  ::set-output::y\n##vso[x]\n" in "".join(Read(page).texts)


@pytest.mark.parametrize("text", ["", "\n", "没有目标。\r\n第二行\t有制表符\n", "\u200b\x00x"])
def test_a_text_without_targets_is_a_page(text: str) -> None:
    """Nothing is marked, and nothing goes wrong."""
    assert not by(page_of(text), "mark", "class")


def test_a_page_is_no_target_file(run: Run) -> None:
    """It goes to a file of HTML, and is not a record a line."""
    Path("t.txt").write_text(TEXT, encoding="utf-8")
    for options in (("-o", "plan.yaml"), ("--format", "jsonl")):
        assert "bad-option" in run("draft", "t.txt", "--review", *options, code=2).stderr
    assert run("draft", "t.txt", "--review").stdout == run("draft", "t.txt", "--review").stdout
