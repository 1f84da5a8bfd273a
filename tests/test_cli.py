"""The program from outside: output, streams, exit codes, messages."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from conftest import Run, unix_only
from mfgtargets.render.fitting import Span, kept_columns

ROWS = "indicator,period,value\nlabour_productivity,2018,23\nrd_share,2018,1.25\n"


def answer(run: Run, *arguments: str, **given: object) -> dict[str, object]:
    """Run a command with --format json and return its answer."""
    return json.loads(run(*arguments, "--format", "json", **given).stdout)


def test_check_shows_all_twenty_rows_whole_when_piped(run: Run) -> None:
    """Every indicator stands on one line under its group, with no colour and nothing cut."""
    out = run("check", "shaoxing-2025").stdout
    assert "\x1b" not in out
    assert "省级以上开发区(园区)工业主营业务收入占规上企业主营业务收入的比重(%)" in out
    assert out.count("缺数据 ") == 11
    assert "22项指标:提前实现2项,滞后预期1项,缺数据11项,未量化2项,无法评估6项" in out
    assert "随程序提供的数据" in out


def test_columns_align_by_display_width(run: Run) -> None:
    """In a piped table the status column starts at one display column in every row."""
    table = run("check", "shaoxing-2025").stdout.split("\n\n")[1].splitlines()
    starts = set()
    for line in table:
        for word in ("状态", "缺数据", "未量化", "无法评估", "提前实现"):
            if f"  {word}" in line:
                starts.add(cell_len(line[: line.index(f"  {word}")]))
    assert len(starts) == 1


def test_json_has_exactly_the_promised_fields(run: Run) -> None:
    """The fields a script may rely on, in their order, with the summary adding up."""
    found = answer(run, "check", "shaoxing-2025")
    assert (
        list(found)
        == "format_version command document as_of method actuals summary results".split()
    )
    assert found["format_version"] == 1
    promised = (
        "target_id document_id indicator name_zh name_en group region departments kind path "
        "comparator target_year baseline_year baseline_value baseline_source target_value "
        "target_value_high unit latest_period latest_value latest_bound latest_obs_status "
        "on_track_value gap gap_to_target progress schedule lead lead_years planned_change "
        "required_change achieved_change acceleration projected_value projected_year status "
        "reason reasons flags source projected_low projected_high projected_points given_value "
        "given_measure judged_period tolerance obligation breached"
    )
    assert list(found["results"][0]) == promised.split()
    assert sum(found["summary"].values()) == len(found["results"]) == 22
    assert found["summary"]["no_data"] == 11


def test_show_json_gives_whole_records(run: Run) -> None:
    """One object a target with the fields a script may rely on."""
    promised = (
        "id document indicator name_zh name_en group section kind comparator value value_high unit "
        "direction path nature year due period_start period_end baseline_year baseline_value "
        "baseline_bound hold obligation relative_to revises set_on region weight hedge departments quote "
        "source restates part_of concept note set_yearly out_of ceiling"
    ).split()
    found = answer(run, "show", "shaoxing-2025")
    assert [list(target) for target in found["targets"]] == [promised] * len(found["targets"])
    one = answer(run, "show", "shaoxing-2025", "上市企业数量")
    assert [t["id"] for t in one["targets"]][:2] == [
        "listed_companies@2020",
        "listed_companies@2025",
    ]


def test_list_counts(run: Run) -> None:
    """The list names each document with its counts."""
    by_id = {entry["id"]: entry for entry in answer(run, "list")["results"]}
    assert by_id["shaoxing-2025"]["indicators"] >= 20
    assert by_id["shaoxing-2025"]["actuals"] == 18
    assert "绍兴市人民政府" in run("list").stdout


@pytest.mark.parametrize("how", ["file", "dash", "piped", "bundled"])
def test_actuals_come_from_where_the_user_says(run: Run, tmp_path: Path, how: str) -> None:
    """A file, -, a plain pipe, or the word bundled; the answer names what was used."""
    (tmp_path / "a.csv").write_text(ROWS, encoding="utf-8")
    arguments = {"file": ["a.csv"], "dash": ["-"], "piped": [], "bundled": ["bundled"]}[how]
    stdin = ROWS if how in {"dash", "piped"} else ""
    found = answer(run, "check", "shaoxing-2025", *arguments, stdin=stdin)
    sources = {"file": "a.csv", "dash": "-", "piped": "-", "bundled": "bundled"}
    assert found["actuals"]["sources"] == [sources[how]]
    assert found["as_of"] == (2025 if how == "bundled" else 2018)


def test_bundled_never_reads_standard_input(run_process: Run) -> None:
    """With bundled, what is piped is not read, and that is said."""
    done = run_process("check", "shaoxing-2025", "bundled", stdin=ROWS, MFGTARGETS_LANG="en")
    assert "18 rows" in done.stdout
    assert "standard input was not read" in done.stderr


def test_foreign_input_that_was_not_asked_for_is_an_error(run: Run) -> None:
    """Piped text that is no table names the two ways out."""
    err = run("check", "shaoxing-2025", stdin="hello\nworld\n", code=2).stderr
    assert "error[unknown-input]" in err
    assert "bundled" in err
    assert "</dev/null" in err


def test_waiting_is_announced() -> None:
    """When nothing comes on a pipe for a second, the program says what it waits for."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mfgtargets", "check", "shaoxing-2025", "--lang", "en"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    assert "waiting for data on standard input" in process.stderr.readline().decode()
    out, _ = process.communicate(ROWS.encode())
    assert "standard input, 2 rows" in out.decode()


def terminal(columns: int, *arguments: str) -> str:
    """Run the program on a terminal of that width and return what it shows, without colour."""
    code = (
        f"import os,pty,sys; os.environ['COLUMNS']='{columns}'; os.environ['TERM']='dumb'; "
        f"pty.spawn([sys.executable,'-m','mfgtargets',*{list(arguments)!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return done.stdout.decode().replace("\r\n", "\n")


@unix_only
@pytest.mark.parametrize("columns", [80, 100, 140, 200])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_terminal_table_fits_and_loses_nothing(columns: int, lang: str) -> None:
    """No line is wider than the window, no cell is cut, and the names are whole."""
    out = terminal(columns, "check", "shaoxing-2025", "bundled", "--lang", lang)
    assert max(cell_len(line) for line in out.splitlines()) <= columns
    assert "…" not in out
    name = "规上工业企业研发经费支出占主营业务收入比重" if lang == "zh" else "Listed companies"
    assert name in out.replace("\n", "").replace(" ", "") or name in out
    heading = out.partition("──")[0].split("\n\n")[-1]
    kept = "实际值 目标值 需年均 状态" if lang == "zh" else "Latest Target Needed Status"
    assert all(word in heading for word in kept.split())
    assert any(word in heading for word in ("进度差", "差距", "Lead", "Gap"))
    assert ("基期值" in heading or "Baseline" in heading) is (columns >= 140)
    assert out.count("no data" if lang == "en" else "缺数据") >= 11


def drawn(run: Run, columns: int, *arguments: str, stdin: str = "") -> list[str]:
    """Return the lines that a terminal of that width is sent, without colour."""
    text = run(*arguments, stdin=stdin, FORCE_COLOR="1", COLUMNS=str(columns)).stdout
    return re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()


LONG = "indicator,period,value\n" + "".join(
    f"{name},2018,{value}\n"
    for name, value in {
        "labour_productivity": "1234567.891",
        "rd_share": "1.123456",
        "listed_companies": "87654321",
        "new_product_share": "36.1234",
    }.items()
)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_superior_asks_for_stays_at_80_columns(run: Run, lang: str) -> None:
    """Long numbers fold names and cells, but name, actual, target, lead, need and status stay."""
    lines = drawn(run, 80, "check", "shaoxing-2025", "-", "--lang", lang, stdin=LONG)
    assert max(map(cell_len, lines)) <= 80
    heading = "\n".join(lines).partition("──")[0].split("\n\n")[-1]
    kept = {"zh": "实际值 目标值 进度差 需年均 状态", "en": "Latest Target Lead Needed Status"}
    assert all(word in heading for word in kept[lang].split())
    assert any("1234567.891" in line for line in lines)
    assert any("87654321" in line for line in lines)


def test_the_line_on_hidden_columns_tells_the_truth(run: Run) -> None:
    """In a window as wide as it says nothing is hidden; in one narrower by one column something is."""
    told = drawn(run, 80, "check", "shaoxing-2025", "-", "--lang", "en", stdin=LONG)
    wide = int(re.search(r"in a window of (\d+) columns", " ".join(told))[1])  # type: ignore[index]
    for columns, hides in ((wide, False), (wide - 1, True)):
        lines = drawn(run, columns, "check", "shaoxing-2025", "-", "--lang", "en", stdin=LONG)
        assert ("For want of room" in " ".join(lines)) is hides


@pytest.mark.parametrize(("columns", "are_marks"), [(80, True), (100, True), (200, False)])
def test_what_changes_a_verdict_is_seen_at_every_width(
    run: Run, columns: int, are_marks: bool
) -> None:
    """Where the flags have no room a letter stands by the status, in the flags' own words below."""
    table = "indicator,period,value,obs_status\nrd_share,2018,1.25,P\nrd_share,2015,1.02,\n"
    given = ("check", "shaoxing-2025", "-", "--indicator", "rd_share", "--as-of", "2021")
    lines = drawn(run, columns, *given, stdin=table)
    row = next(line for line in lines if "1.25 p" in line)
    assert row.rstrip().endswith(" ps") is are_marks
    assert ("初步数 数据陈旧" in " ".join(lines)) is not are_marks
    legend = next(line for line in lines if line.startswith("字母"))
    assert ("s 数据陈旧" in legend) is are_marks
    assert "p 初步数" in legend


@pytest.mark.parametrize("columns", [60, 80, 100, 140])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "asked",
    [
        "list",
        "check all",
        "methods",
        "show sunan-2019",
        "compare",
        "compare rd_intensity",
        "track shaoxing-2025 rd_share",
        "check shaoxing-2025 bundled --method all",
    ],
)
def test_no_line_is_wrapped_by_the_terminal(run: Run, columns: int, lang: str, asked: str) -> None:
    """Names are folded and columns dropped, whatever the command."""
    lines = drawn(run, columns, *asked.split(), "--lang", lang)
    assert max(map(cell_len, lines)) <= columns


def test_a_heading_stands_across_the_columns(run: Run) -> None:
    """It is folded to the window, not to the first column, which may be narrow."""
    lines = drawn(run, 60, "check", "shaoxing-2025", "-", "--method", "all", stdin=ROWS)
    assert "规上工业企业研发经费支出占主营业务收入比重" in lines


def test_one_number_of_decimals_for_one_indicator(run: Run) -> None:
    """A year's figures in track have the decimals that check gives them, its target too."""
    table = "indicator,period,value,measure\n" + "".join(
        f"energy_intensity,{year},{-fall},yearly_change\n"
        for year, fall in ((2016, 3), (2017, 4), (2018, 5))
    )
    lines = drawn(run, 80, "track", "shaoxing-2025", "energy_intensity", "-", stdin=table)
    # 1 - 0.97 x 0.96 x 0.95 = 11.536 %, due 1 - 0.82^(3/5) = 11.23 %, by hand.
    (row,) = (line.split() for line in lines if line.startswith("2018"))
    assert row[1:4] == ["11.2", "11.5", "+0.3"]
    assert lines[0].endswith("18.0")


def test_a_chart_goes_where_there_is_no_room(run: Run) -> None:
    """Figures stay whole in the narrowest windows, without a chart beside them."""
    lines = drawn(run, 40, "track", "shaoxing-2025", "labour_productivity", "-", stdin=ROWS)
    (row,) = (line.split() for line in lines if line.startswith("2018"))
    assert row[1] == "24.6"
    assert not any("..." in line for line in lines)


def test_columns_go_by_importance_and_width() -> None:
    """Of 40 columns: what must stay is folded, what may go is kept only where nothing is folded."""
    name, figure, wide, small = Span(30, 12), Span(10, 8), Span(20, 20), Span(3, 3)
    spans, order = [name, figure, wide, small], [0, 1, 2, 3]
    # 12 + 2 + 8 + 2 + 20 = 44 are too many; 28 + 2 + 10 + 2 + 3 = 45 too, and fit from 45 on.
    assert kept_columns(spans, order, 3, {}, 40) == [0, 1]
    assert kept_columns(spans, order, 3, {}, 44) == [0, 1, 2]
    assert kept_columns(spans, order, 2, {}, 44) == [0, 1]
    assert kept_columns(spans, order, 2, {}, 45) == [0, 1, 3]
    # 28 + 2 + 10 + 2 + 20 = 62; then the one that is instead of the wide one goes.
    assert kept_columns(spans, [0, 1, 3, 2], 3, {3: 2}, 62) == [0, 1, 2]
    assert kept_columns(spans, [0, 1, 3, 2], 3, {3: 2}, 61) == [0, 1, 3]


@pytest.mark.parametrize(
    ("fail_on", "code"), [("never", 0), ("missed", 0), ("lagging", 1), ("no_data", 1)]
)
def test_fail_on_sets_the_exit_code(run: Run, fail_on: str, code: int) -> None:
    """A lagging row fails from lagging on, and the product is still written."""
    done = run("check", "shaoxing-2025", "-", "--fail-on", fail_on, stdin=ROWS, code=code)
    assert "滞后预期1项" in done.stdout


def test_fail_on_missed_counts_what_is_missed(run: Run) -> None:
    """80 firms in 2020 miss the target of 100, which fails; without --fail-on it does not."""
    table = "indicator,year,value\nlisted_companies,2020,80\n"
    arguments = ("check", "shaoxing-2025", "-", "--target-year", "2020")
    run(*arguments, "--fail-on", "missed", stdin=table, code=1)
    run(*arguments, stdin=table)


def test_filters_and_target_years(run: Run) -> None:
    """--indicator takes ids and names, --group a group, --target-year a year or all."""
    only = answer(run, "check", "shaoxing-2025", "--indicator", "上市企业数量")
    assert [r["target_id"] for r in only["results"]] == ["listed_companies@2025"]
    group = answer(run, "check", "shaoxing-2025", "--group", "绿色引领", "--target-year", "all")
    assert len(group["results"]) == 8
    early = answer(run, "check", "shaoxing-2025", "--target-year", "2020")
    assert {r["target_year"] for r in early["results"]} == {2020}


def test_as_of_looks_only_at_what_was_there(run: Run) -> None:
    """As of 2018 the targets of 2020 are due, and later figures are not seen."""
    found = answer(run, "check", "shaoxing-2025", "--as-of", "2018")
    assert {r["target_year"] for r in found["results"]} == {2020}
    assert {r["latest_period"] for r in found["results"]} == {None, "2017", "2018"}


def test_explain_shows_formula_numbers_and_sources(run: Run, tmp_path: Path) -> None:
    """The working of one indicator can be followed by hand."""
    table = "indicator,period,value,source,url\nlabour_productivity,2018,23,年鉴,http://a.b\n"
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    out = run("check", "shaoxing-2025", "a.csv", "--explain", "labour_productivity").stdout
    for piece in (
        "20.3 × (28/20.3)^(3/5) = 24.62029",
        "ln(23/20.3) / ln(28/20.3) = 38.83%",
        "(28/23)^(1/2) - 1 = +10.33546%",
        "年鉴; http://a.b",
        "规上企业劳动生产率(万元/人) [主要指标]",
    ):
        assert piece in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["check", "shaoxing-2026"], "unknown-document", "shaoxing-2025"),
        (["check", "../secret.txt"], "not-a-yaml-path", ".yaml"),
        (["check", "none.yaml"], "no-such-file", "none.yaml"),
        (["check", "shaoxing-2025", "none.csv"], "no-such-file", "none.csv"),
        (["check", "shaoxing-2025", "."], "is-a-folder", "."),
        (["check", "shaoxing-2025", "-"], "empty-input", "标准输入"),
        (["check", "shaoxing-2025", "-", "-"], "input-twice", "-"),
        (["check", "shaoxing-2025", "--indicator", "rd_shar"], "no-such-indicator", "rd_share"),
        (["check", "shaoxing-2025", "--explain", "上市企业"], "no-such-indicator", "上市企业数量"),
        (["check", "shaoxing-2025", "--group", "创新"], "no-such-group", "创新驱动"),
        (["check", "shaoxing-2025", "--target-year", "2021"], "no-such-target-year", "2020, 2025"),
        (["check", "shaoxing-2025", "--target-year", "soon"], "bad-option", "--target-year"),
        (["check", "shaoxing-2025", "--as-of", "1000"], "bad-option", "1949"),
        (["check", "shaoxing-2025", "--tolerance", "nan"], "bad-option", "--tolerance"),
        (["check", "shaoxing-2025", "--approx", "-1"], "bad-option", "--approx"),
        (["check", "shaoxing-2025", "--lang", "fr"], "bad-option", "--lang"),
        (["check"], "missing-argument", "规划文件"),
        (["check", "shaoxing-2025", "--nope"], "unknown-option", "--nope"),
        (["chekc"], "unknown-command", "check"),
    ],
)
def test_what_cannot_be_done_says_why_and_ends_with_2(
    run: Run, arguments: list[str], code: str, says: str
) -> None:
    """A wrong word, file or number: code, cause and remedy on standard error, nothing else."""
    done = run(*arguments, code=2)
    assert f"error[{code}]" in done.stderr
    assert says in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("indicator,period,value\nrd_share,2018,many\n", "not-a-number"),
        ("indicator,period,value\nrd_share,2018,NaN\n", "not-a-number"),
        ("indicator,period,value\nrd_share,2018,1\nrd_share,2018,2\n", "values-disagree"),
        ("indicator,period,value\nrd_share,3018,1\n", "year-out-of-range"),
        ("indicator,period,vlaue\nrd_share,2018,1\n", "unknown-column"),
        ("indicator,period,value\nnothing,2018,1\n", "nothing-left"),
        ("indicator,period,value\n", "no-rows"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary-file"),
    ],
)
def test_bad_tables_end_with_2_and_their_place(run: Run, table: str | bytes, code: str) -> None:
    """A bad table names itself and the line, and nothing is printed as a result."""
    done = run("check", "shaoxing-2025", "-", stdin=table, code=2)
    assert f"[{code}]" in done.stderr
    assert "标准输入:" in done.stderr
    assert done.stdout == ""


def test_an_unknown_indicator_is_left_out_and_named(run: Run) -> None:
    """One row that fits nothing is told with the nearest name; the others count."""
    table = ROWS + "listed_companys,2018,80\n"
    done = run("check", "shaoxing-2025", "-", stdin=table, MFGTARGETS_LANG="en")
    assert "standard input:4: left out[unknown-indicator]" in done.stderr
    assert "nearest: listed_companies" in done.stderr
    assert "2 rows, 1 left out" in done.stdout


def test_strict_and_encoding(run: Run) -> None:
    """--strict makes a left-out row an error; --encoding reads what cannot be found out."""
    table = ROWS + "listed_companys,2018,80\n"
    assert (
        "error[left-out]"
        in run("check", "shaoxing-2025", "-", "--strict", stdin=table, code=2).stderr
    )
    big5 = "indicator,year,value,note\nrd_share,2018,1.2,統計\n".encode("big5")
    run("check", "shaoxing-2025", "-", "--encoding", "big5", stdin=big5)
    done = run("check", "shaoxing-2025", "-", "--encoding", "klingon", stdin=big5, code=2)
    assert "error[unknown-encoding]" in done.stderr


def test_hostile_text_is_shown_harmlessly(run: Run, tmp_path: Path) -> None:
    """Control characters, markup and long names neither act on the terminal nor break the run."""
    long = "长" * 500
    table = f"indicator,period,value,source,note\nrd_share,2018,1.2,\x1b[31m[/bold],{long}\u202e\n"
    table += f"[red]\x1b]0;x\x07{long},2018,1,,\n"
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    for arguments in ((), ("--explain", "rd_share"), ("--format", "json")):
        done = run("check", "shaoxing-2025", "a.csv", *arguments)
        for text in (done.stdout, done.stderr):
            assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert "[/bold]" in run("check", "shaoxing-2025", "a.csv", "--explain", "rd_share").stdout


def test_languages(run: Run) -> None:
    """Chinese unless asked; --lang before the environment; codes never change."""
    assert "无法评估" in run("check", "shaoxing-2025").stdout
    assert "cannot assess" in run("check", "shaoxing-2025", MFGTARGETS_LANG="en").stdout
    both = run("check", "shaoxing-2025", "--lang", "zh", MFGTARGETS_LANG="en").stdout
    assert "无法评估" in both
    assert "没有这个规划文件" in run("check", "nope", code=2).stderr
    assert "no such document" in run("check", "nope", "--lang=en", code=2).stderr


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_output_is_utf8_whatever_the_locale(run_process: Run, locale: str) -> None:
    """A bare locale changes no byte of the output."""
    expected = run_process("check", "shaoxing-2025").stdout
    bare = run_process("check", "shaoxing-2025", LC_ALL=locale, LANG=locale, PYTHONUTF8="0")
    assert bare.stdout == expected


def test_the_same_input_gives_the_same_bytes(run_process: Run) -> None:
    """Neither the clock, the zone nor the hash seed shows in the output."""
    one = run_process("check", "shaoxing-2025", "--format", "json", PYTHONHASHSEED="1", TZ="UTC")
    two = run_process(
        "check", "shaoxing-2025", "--format", "json", PYTHONHASHSEED="2", TZ="Asia/Shanghai"
    )
    assert one.stdout == two.stdout


@unix_only
def test_a_closed_pipe_is_quiet() -> None:
    """A reader that goes away leaves no message."""
    command = f"{sys.executable} -m mfgtargets check shaoxing-2025 bundled | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert done.stderr == b""
    read, write = os.pipe()
    os.close(read)
    gone = subprocess.run(
        [sys.executable, "-m", "mfgtargets", "list"],
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert (gone.returncode, gone.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told() -> None:
    """What cannot be written ends with 2 and a message."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mfgtargets", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert b"error[cannot-write]" in done.stderr


def test_read_shows_how_a_table_was_understood(run: Run, tmp_path: Path) -> None:
    """Canonical CSV on standard output, what was left out and the count on standard error."""
    table = "指标,单位,2018年,2017年\n上市企业数量,家,突破80,74\n不相干,家,1,2\n注：初步\n"
    (tmp_path / "a.csv").write_bytes(table.encode("gb18030"))
    done = run("read", "shaoxing-2025", "a.csv", MFGTARGETS_LANG="en")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(r["indicator"], r["period"], r["bound"], r["value"], r["unit"]) for r in rows] == [
        ("listed_companies", "2018", ">", "80", "家"),
        ("listed_companies", "2017", "", "74", "家"),
    ]
    assert "a.csv:3: left out[unknown-indicator]" in done.stderr
    assert "a.csv:4: left out[footer]" in done.stderr
    assert "2 values read, 3 rows left out" in done.stderr
    again = run("read", "shaoxing-2025", "-", stdin=done.stdout)
    assert again.stdout == done.stdout


def test_what_is_written_as_csv_is_no_formula(run: Run) -> None:
    """Text that begins like a formula is made inert; numbers stay numbers."""
    table = "indicator,year,value,measure,note,source\nenergy_intensity,2016,-3,yearly_change,"
    table += "=1+1,@cmd\n"
    (row,) = csv.DictReader(io.StringIO(run("read", "shaoxing-2025", "-", stdin=table).stdout))
    assert (row["value"], row["note"], row["source"]) == ("-3", "'=1+1", "'@cmd")


def test_the_form_of_actuals_reads_back(run: Run) -> None:
    """What new actuals prints, filled in, is read without a word left out."""
    form = run("new", "actuals", "shaoxing-2025").stdout
    assert form.startswith("指标,单位,口径,2016年,2017年")
    header, *rows = csv.reader(io.StringIO(form))
    assert len(rows) == 20
    out = io.StringIO()
    csv.writer(out).writerows([header, *([*row[:3], "1", "2", *row[5:]] for row in rows)])
    done = run("read", "shaoxing-2025", "-", "--strict", stdin=out.getvalue())
    assert "读取40条,未采用20行" in done.stderr
    assert len(run("new", "actuals", "shaoxing-2025", "--all").stdout.splitlines()) > 70


def test_many_left_out_rows_are_counted(run: Run) -> None:
    """A check counts other regions and tells five unknown indicators; read five of each reason."""
    table = "indicator,region,year,value\nrd_share,,2018,1.2\n"
    table += "".join(f"rd_share,宁波市,{1990 + n},1\n" for n in range(30))
    table += "".join(f"nonsense{n},,2018,1\n" for n in range(25))
    told = run("check", "shaoxing-2025", "-", stdin=table).stderr.splitlines()
    assert [line.split("[")[1].split("]")[0] for line in told[:-2]] == ["unknown-indicator"] * 5
    assert "共55行未采用:别的地区 30、文件中没有这个指标 25" in told[-2]
    assert "按绍兴市读取" in told[-1]
    read = run("read", "shaoxing-2025", "-", stdin=table).stderr
    assert read.count("未采用[unknown-indicator]") == 5
    assert read.count("未采用[other-region]") == 1  # rows alike are told as one
