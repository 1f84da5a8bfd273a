"""Notes and forms of a check: what they say, what they escape, how they are written."""

import csv
import html
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import Run, unix_only
from mfgtargets.render.markdown import escaped, inline, link

ROWS = """\
indicator,period,value,measure,obs_status,source,url,vintage
labour_productivity,2018,23,,P,统计公报,https://example.org/a?b=1,2019-03
rd_share,2018,1.25,,,,,
listed_companies,2018,101,,,,,
"""
CHECK = ("check", "shaoxing-2025", "-")


def test_a_note_says_what_matters_first(run: Run) -> None:
    """A headline in words, what lags and what would mend it, what is reached, what is not known."""
    note = run("note", "shaoxing-2025", "-", stdin=ROWS).stdout
    title, headline, *_ = note.split("\n\n")
    assert title == "# 中国制造2025绍兴实施方案进展情况通报"
    assert headline == (
        "**截至2018年,20项指标中,提前实现1项,快于预期1项,滞后预期1项,缺数据15项,未量化2项。**"
    )
    order = [
        note.index(f"## {name}")
        for name in ("滞后与未完成", "已达到", "尚不清楚", "明细", "数据来源")
    ]
    assert order == sorted(order)
    # (28/23)^(1/2)-1 = 10.34 %; (28/20.3)^(1/5)-1 = 6.64 %, by hand.
    assert "今后每年需+10.34%(现阶段计划+6.64%)" in note
    assert "[统计公报](<https://example.org/a?b=1>)" in note
    assert "初步数" in note


def test_notes_short_in_english_and_by_department(run: Run) -> None:
    """--brief leaves the tables out; --by department heads the lists with who is responsible."""
    brief = run("note", "shaoxing-2025", "-", "--brief", "--lang", "en", stdin=ROWS).stdout
    assert "| " not in brief
    assert "10.34% a year needed (planned at this stage +6.64%)" in brief.replace(
        "+10.34%", "10.34%"
    )
    table = "indicator,period,value\nindustrial_robots,2020,1000\nfuture_factories,2026,6\n"
    by = run("note", "yuecheng-2026", "-", "--by", "department", stdin=table).stdout
    assert "## 区经信局" in by


def test_an_unchanged_state_is_an_unchanged_file(run_process: Run) -> None:
    """The same bytes whatever locale, time zone, width or hash seed."""
    notes = {
        run_process("note", "shaoxing-2025", "-", stdin=ROWS, **env).stdout
        for env in (
            {"TZ": "UTC", "LC_ALL": "C", "COLUMNS": "40", "PYTHONHASHSEED": "1"},
            {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "COLUMNS": "200", "PYTHONHASHSEED": "2"},
        )
    }
    assert len(notes) == 1


def test_what_changed_since(run: Run, tmp_path: Path) -> None:
    """Statuses that moved and figures revised against an earlier check; nothing when nothing did."""
    before = run(*CHECK, "--format", "json", stdin=ROWS).stdout
    (tmp_path / "old.json").write_text(before, encoding="utf-8")
    same = run("note", "shaoxing-2025", "-", "--since", "old.json", stdin=ROWS).stdout
    assert "没有变化。" in same
    table = ROWS.replace(",23,", ",24.5,")
    changed = run("note", "shaoxing-2025", "-", "--since", "old.json", stdin=table).stdout
    assert "规上企业劳动生产率：滞后预期 → 符合预期" in changed
    assert "23 (2018) → 24.5 (2018)" in changed


@pytest.mark.parametrize(
    ("text", "code"),
    [("{", "json-syntax"), ("[]", "not-a-check"), ('{"command": "check"}', "not-a-check")],
)
def test_what_is_no_earlier_check_is_refused(
    run: Run, tmp_path: Path, text: str, code: str
) -> None:
    """Broken JSON, and JSON that is something else."""
    (tmp_path / "old.json").write_text(text)
    told = run("note", "shaoxing-2025", "-", "--since", "old.json", stdin=ROWS, code=2).stderr
    assert f"error[{code}]" in told


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("document", "[1]"),
        ("document", '"\\ud800"'),
        ("method", "null"),
        ("as_of", '{"a": 1}'),
        ("as_of", "1" * 5000),
        ("results", "{}"),
        ("results", "[3]"),
        ("results[0].target_id", "[1]"),
        ("results[0].document_id", "[1]"),
        ("results[0].document_id", '{"a": 1}'),
        ("results[0].status", "[1]"),
        ("results[0].status", '"\\ud800"'),
        ("results[0].latest_period", "1e400"),
        ("results[0].latest_value", "1" + "0" * 400),
        ("results[0].latest_value", "1" * 5000),
        ("results[0].latest_value", "NaN"),
        ("results[0].latest_value", "-Infinity"),
        ("results[0].latest_value", "true"),
        ("results[0].latest_bound", "[]"),
        ("results[0].name_zh", "7"),
    ],
)
def test_a_damaged_earlier_check_is_told_by_its_field(
    run: Run, tmp_path: Path, field: str, value: str
) -> None:
    """Each field that is looked at is told where it cannot be what a check writes."""
    earlier = json.loads(run("check", "shaoxing-2025", "--format", "json").stdout)
    holder = earlier["results"][0] if "." in field else earlier
    holder[field.rpartition(".")[2]] = "@"
    (tmp_path / "old.json").write_text(json.dumps(earlier).replace('"@"', value))
    told = run("note", "shaoxing-2025", "bundled", "--since", "old.json", "--lang", "en", code=2)
    assert told.stderr.startswith("old.json: error[not-a-check]: not an answer of check")
    assert f": {field}" in told.stderr


@pytest.mark.parametrize("raw", [b"[" * 100_000, b'{"a":' * 100_000, b"\x80\xff{", b'{"a":\n}'])
def test_what_is_no_json_is_told(run: Run, tmp_path: Path, raw: bytes) -> None:
    """Endless nesting, bytes of no encoding, a value that is missing."""
    (tmp_path / "old.json").write_bytes(raw)
    arguments = ("note", "shaoxing-2025", "bundled", "--since", "old.json", "--lang", "en")
    told = run(*arguments, code=2).stderr
    assert told.startswith("old.json:")
    assert "hint: " in told


def test_an_earlier_check_of_another_document_is_refused(run: Run, tmp_path: Path) -> None:
    """Sunan's state says nothing of Shaoxing's."""
    (tmp_path / "old.json").write_text(run("check", "sunan-2019", "--format", "json").stdout)
    told = run("note", "shaoxing-2025", "-", "--since", "old.json", stdin=ROWS, code=2).stderr
    assert "error[other-document]" in told


def test_csv_and_workbook_hold_what_json_does(run: Run, tmp_path: Path) -> None:
    """The same fields and numbers, row by row; -o takes the form from the suffix."""
    results = json.loads(run(*CHECK, "--format", "json", stdin=ROWS).stdout)["results"]
    table = list(csv.DictReader(io.StringIO(run(*CHECK, "--format", "csv", stdin=ROWS).stdout)))
    assert [row["target_id"] for row in table] == [row["target_id"] for row in results]
    gaps = [float(row["gap"]) if row["gap"] else None for row in table]
    assert gaps == [row["gap"] for row in results]
    run(*CHECK, "-o", "gap.xlsx", stdin=ROWS)
    sheet = openpyxl.load_workbook(tmp_path / "gap.xlsx").active
    header = [cell.value for cell in sheet[1]]
    column = header.index("gap") + 1
    assert [sheet.cell(n + 2, column).value for n in range(len(gaps))] == gaps
    run(*CHECK, "-o", "gap.csv", stdin=ROWS)
    assert (tmp_path / "gap.csv").read_text(encoding="utf-8").startswith("target_id,")


def test_annotations_for_github(run: Run, tmp_path: Path) -> None:
    """A warning at file and line of the actual, a notice with a count, the table in the summary."""
    (tmp_path / "a.csv").write_text(ROWS, encoding="utf-8")
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    done = run(
        "check", "shaoxing-2025", "a.csv", "--format", "github", GITHUB_STEP_SUMMARY=str(summary)
    )
    warnings = [line for line in done.stdout.splitlines() if line.startswith("::warning")]
    assert len(warnings) == 1
    assert warnings[0].startswith("::warning file=a.csv,line=2,title=规上企业劳动生产率")
    assert "10.34%25" in warnings[0]
    assert sum(line.startswith("::notice") for line in done.stdout.splitlines()) == 1
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert "| 规上企业劳动生产率(万元/人) |" in text


def test_the_summary_stays_within_its_limit(run: Run, tmp_path: Path) -> None:
    """A summary that is nearly full is filled up by whole lines, to 1 MiB at most."""
    summary = tmp_path / "summary.md"
    summary.write_bytes(b"x" * ((1 << 20) - 300))
    run(*CHECK, "--format", "github", stdin=ROWS, GITHUB_STEP_SUMMARY=str(summary))
    raw = summary.read_bytes()
    assert (1 << 20) - 300 <= len(raw) <= 1 << 20
    raw.decode()


def test_junit_is_xml_with_a_case_for_each_result(run: Run) -> None:
    """Failures for what lags, skipped for what cannot be told."""
    asked = [*CHECK, "--format", "junit"]
    suite = ET.fromstring(run(*asked, "--fail-on", "lagging", stdin=ROWS, code=1).stdout)[0]  # noqa: S314
    assert suite.attrib["tests"] == str(len(suite)) == "20"
    assert suite.attrib["failures"] == str(len(suite.findall(".//failure"))) == "1"
    assert suite.attrib["skipped"] == str(len(suite.findall(".//skipped"))) == "17"
    assert "<failure" not in run(*asked, stdin=ROWS).stdout  # nothing was asked to fail


def test_other_methods_are_put_by_the_common_scale(run: Run) -> None:
    """Eurostat's insufficient progress is behind: in the note, the annotations and the exit code."""
    given = ("shaoxing-2025", "-", "--method", "eurostat")
    note = run("note", *given, stdin=ROWS).stdout
    behind = note[note.index("## 滞后与未完成") : note.index("## 已达到")]
    assert "规上企业劳动生产率" in behind
    assert "今后每年需" in behind
    told = run("check", *given, "--format", "github", "--fail-on", "lagging", stdin=ROWS, code=1)
    assert told.stdout.count("::warning ") == 1
    assert "::notice::15项" in told.stdout


NASTY = "<b>|`*_[x](javascript:1)&\u202e]]>%0A::error::"


def test_untrusted_text_is_escaped_for_where_it_goes(run: Run, tmp_path: Path) -> None:
    """A source made to break out stays text in Markdown, XML and annotations."""
    rows = [["indicator", "period", "value", "source", "url"]]
    rows.append(["labour_productivity", "2018", "23", NASTY, "javascript:alert(1)"])
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    note = run("note", "shaoxing-2025", "-", stdin=out.getvalue()).stdout
    line = next(line for line in note.splitlines() if "javascript" in line)
    assert "\\<b\\>\\|\\`\\*\\_\\[x\\](javascript:1)&amp;" in line
    assert "\u202e" not in note
    assert "](<javascript" not in note
    suite = run(*CHECK, "--format", "junit", stdin=out.getvalue()).stdout
    ET.fromstring(suite)  # noqa: S314
    (tmp_path / "a,b:c.csv").write_text(out.getvalue(), encoding="utf-8")
    told = run("check", "shaoxing-2025", "a,b:c.csv", "--format", "github").stdout
    assert "file=a%2Cb%3Ac.csv" in told
    commands = [line for line in told.splitlines() if line.startswith("::")]
    assert all(line.startswith(("::warning ", "::notice::")) for line in commands)


@pytest.mark.parametrize("text", ["1. x", "- x", "+ x", "= x", "# x", "> x", "a|b", "~~x~~", "$x$"])
def test_lines_never_begin_a_block_by_accident(text: str) -> None:
    """What begins lists, headings or quotes is escaped at the front, and inline marks anywhere."""
    assert escaped(text) != text
    assert "|" not in inline(text).replace("\\|", "")


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    """A Markdown reader gives back every character of a cell and of a list's line, and no tag.

    What has no width stands where GitHub would begin a link.
    """
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    cell = reader.render(f"| a |\n| :-- |\n| {inline(text)} |\n")
    line = reader.render(f"- {escaped(text)}\n")
    for shown, tags in (
        (cell, {"table", "thead", "tbody", "tr", "th", "td"}),
        (line, {"ul", "li"}),
    ):
        assert set(re.findall(r"</?([a-z]+)", shown)) <= tags
        words = html.unescape(re.sub(r"<[^>]*>", " ", shown)).replace("\u200b", "").split()
        assert words[-len(text.split()) :] == text.split() or not text.strip()


def test_only_plain_addresses_are_links() -> None:
    """Anything but http and https, or with brackets or spaces, is shown as text."""
    assert link("a", "https://x.cn/y_(z)").startswith("a https:&#8203;//x.cn")
    assert link("a", "https://x.cn/y") == "[a](<https://x.cn/y>)"
    assert "](" not in link("a", "data:text/html,x")


@unix_only
def test_output_files_are_replaced_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    """A failed run leaves the old file; a link stays a link; permissions stay."""
    old = tmp_path / "note.md"
    old.write_text("old")
    old.chmod(0o640)
    (tmp_path / "link.md").symlink_to(old)
    run("note", "shaoxing-2025", "missing.csv", "-o", "note.md", code=2)
    assert old.read_text() == "old"
    run("note", "shaoxing-2025", "-", "-o", "link.md", stdin=ROWS)
    assert (tmp_path / "link.md").is_symlink()
    assert old.read_text(encoding="utf-8").startswith("# ")
    assert old.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.md", "note.md"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_device_is_written_straight(run: Run) -> None:
    """A full device is told; nothing is renamed over it."""
    assert (
        "error[unwritable-file]"
        in run("note", "shaoxing-2025", "-", "-o", "/dev/full", stdin=ROWS, code=2).stderr
    )
    assert not Path("/dev/full").is_file()


@unix_only
def test_a_killed_run_leaves_the_old_file(tmp_path: Path) -> None:
    """Killed while it works, the program has not touched what was there."""
    target = tmp_path / "note.md"
    target.write_text("old")
    command = [sys.executable, "-m", "mfgtargets", "note", "shaoxing-2025", "-", "-o", str(target)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["note.md"]


def test_two_runs_at_once_leave_one_whole_note(tmp_path: Path) -> None:
    """Whoever comes last wins; nobody's half is left."""
    command = [sys.executable, "-m", "mfgtargets", "note", "shaoxing-2025", "bundled", "-o", "n.md"]
    processes = [
        subprocess.Popen([*command, "--lang", lang], cwd=tmp_path) for lang in ("zh", "en")
    ]
    assert [process.wait() for process in processes] == [0, 0]
    text = (tmp_path / "n.md").read_text(encoding="utf-8")
    assert text.startswith("# ") and text.endswith("|\n")  # noqa: PT018 - one statement of wholeness
    assert [path.name for path in tmp_path.iterdir()] == ["n.md"]


def test_all_documents_at_once(run: Run) -> None:
    """An overview on top, every document under it, one list of results in JSON."""
    shown = run("check", "all").stdout
    assert shown.startswith("各规划文件")
    assert shown.count("目标年") >= 5
    found = json.loads(run("check", "all", "--format", "json").stdout)
    assert [one["document"] for one in found["documents"]] == sorted(
        {result["document_id"] for result in found["results"]}
    )
    assert sum(found["summary"].values()) == len(found["results"])
    suites = ET.fromstring(run("check", "all", "--format", "junit").stdout)  # noqa: S314
    assert len(suites) == 5
    note = run("note", "all", "--brief", "--lang", "en").stdout
    assert note.startswith("# Status note of all documents")
    assert note.count("\n# ") == 5
    assert "error[input-for-all]" in run("check", "all", "-", code=2).stderr


def test_a_file_for_all_documents_counts_where_it_fits(run: Run, tmp_path: Path) -> None:
    """Documents that the file says nothing of are checked without actuals."""
    (tmp_path / "a.csv").write_text(ROWS, encoding="utf-8")
    found = json.loads(run("check", "all", "a.csv", "--format", "json").stdout)
    used = {one["document"]: one["actuals"]["observations"] for one in found["documents"]}
    assert used["shaoxing-2025"] == 3
    assert 0 in used.values()


def test_states_by_different_methods_are_not_compared(run: Run, tmp_path: Path) -> None:
    """Another method is no change of the indicators; nor is a note written over what it is from."""
    run(*CHECK, "-o", "old.json", stdin=ROWS)
    other = ("note", "shaoxing-2025", "-", "--since", "old.json", "--method", "eurostat")
    assert "error[other-method]" in run(*other, stdin=ROWS, code=2).stderr
    assert "error[input-is-output]" in run(*other, "-o", "old.json", stdin=ROWS, code=2).stderr
    assert json.loads((tmp_path / "old.json").read_text(encoding="utf-8"))["command"] == "check"


def test_the_suffix_decides_the_form(run: Run, tmp_path: Path) -> None:
    """A format from the settings does not put JSON into an .xml file."""
    (tmp_path / "mfgtargets.toml").write_text('[check]\nformat = "json"\n')
    run(*CHECK, "-o", "k.xml", stdin=ROWS)
    assert (tmp_path / "k.xml").read_text(encoding="utf-8").startswith("<?xml")
    assert run(*CHECK, stdin=ROWS).stdout.startswith("{")


def test_every_method_is_in_every_form(run: Run) -> None:
    """--method all: a column a method in CSV, a table of verdicts in Markdown and in the note."""
    every = ("--method", "all")
    header = run(*CHECK, *every, "--format", "csv", stdin=ROWS).stdout.splitlines()[0]
    assert header.endswith("status_acceleration,status_log-reduction")
    for shown in (
        run(*CHECK, *every, "--format", "markdown", stdin=ROWS).stdout,
        run("note", "shaoxing-2025", "-", *every, stdin=ROWS).stdout,
    ):
        assert "各方法的结论" in shown
        assert "| acceleration |" in shown


def test_a_shared_target_stands_under_each_department(run: Run) -> None:
    """Whoever is responsible finds it under their name."""
    show = json.loads(run("show", "zhejiang-block-2022", "--format", "json").stdout)
    shared = next(t for t in show["targets"] if len(t["departments"]) > 1 and t["kind"] == "level")
    table = (
        f"indicator,period,value\n{shared['indicator']},{shared['year']},{2 * shared['value']}\n"
    )
    note = run("note", "zhejiang-block-2022", "-", "--by", "department", stdin=table).stdout
    for department in shared["departments"]:
        assert f"## {department}" in note


def test_where_nothing_is_left_something_is_said(run: Run) -> None:
    """Rows of other regions are counted where there are others, and shown where there are none."""
    table = "region,indicator,period,value\n越城区,labour_productivity,2018,21\n"
    told = run(*CHECK, stdin=table, code=2).stderr
    assert "越城区" in told
    assert "绍兴市" in told
    assert "error[nothing-left]" in told


def test_settings_leave_no_paths_of_this_machine(run: Run, tmp_path: Path) -> None:
    """Files named in settings are called as they are seen from here."""
    (tmp_path / "a.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "mfgtargets.toml").write_text('actuals = ["a.csv"]\n')
    found = run("check", "shaoxing-2025", "--format", "json").stdout
    assert str(tmp_path) not in found
    assert '"a.csv"' in found
