"""Text made to break out, in every field that takes text, through every command and form."""

import csv
import io
import json
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from markdown_it import MarkdownIt

from conftest import Run
from mfgtargets.document.entries import DocumentEntry
from mfgtargets.engine import reading
from mfgtargets.engine.answering import answered
from mfgtargets.engine.calculate import Request
from mfgtargets.engine.reading import Table, table_of
from mfgtargets.engine.texttable import read_text
from mfgtargets.harmless import csv_cell, guarded, to_json, visible

pytestmark = pytest.mark.hostile

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:x)",
    "![i](https://evil.example/i.png)",
    "http://a.b/<img src=x onerror=alert(1)>",
    "<https://evil.example/>",
    "www.evil.example/<b>x</b>",
    "@user, mail user@evil.example",
    "::error::x",
    "::stop-commands::x",
    "##[error]x ##vso[task.complete]",
    "\u3000::error::x",
    "x\n::error::x",
    "x\r::error::x",
    "\x1b]0;x\x07\x1b[31mred",
    "x\x85::error::x",
    "x\u202ey",
    "x\u2028::error::x",
    "x\uffffy",
    "x\ud800y",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1",
    "@SUM(1)",
    "[/x] [bold]y",
    "{braces} {0}",
    "%s %(x)d %0A::error::x",
    "]]><x/>",
    "&amp; &lt;b&gt;",
    "a|b `c` $d$ \\",
    "# x",
)
URL = "https://good.example/a?b=1"
LANGS = ("zh", "en")
# What a target file takes; the others it refuses, and says so.
TAKEN = (*(p for p in PAYLOADS if p == p.strip() and p.isprintable()), "x\uffffy")


def plan(payloads: tuple[str, ...], title: str) -> dict[str, Any]:
    """Return a document with every payload in every text of an indicator."""
    indicators = [
        {
            "id": f"i{n}",
            "name_zh": f"{payload}{'' if n == 0 else ' '}{n or ''}",
            "name_en": f"{payload}{' ' if n else ''}{n or ''}",
            "aliases": [f"{payload} alias {n}"],
            "group": payload,
            "unit": "%",
            "direction": "up",
            "nature": "ratio",
            "concept": "rd_intensity",
            "baseline": {"year": 2015, "value": 10},
            "section": payload,
            "departments": [payload],
            "quote": payload,
            "note": payload,
            "targets": [{"year": 2025, "value": 20, "note": payload, "quote": payload}],
        }
        for n, payload in enumerate(payloads)
    ]
    return {
        "id": "hostile",
        "title": title,
        "title_en": title,
        "issuer": title,
        "number": title,
        "date": None,
        "standing": "draft",
        "region": title,
        "period": {"start": 2016, "end": 2025},
        "baseline_year": 2015,
        "source": {"title": title, "publisher": title, "url": title, "sha256": None},
        "main_table": payloads[0],
        "note": title,
        "groups": dict.fromkeys(payloads, title),
        "sections": {payload: [payload, title] for payload in payloads},
        "indicators": indicators,
    }


def actuals(count: int) -> list[dict[str, str]]:
    """Return rows of actuals with every payload in every text, some of which fit nothing."""
    rows = []
    for n, payload in enumerate(PAYLOADS):
        row = {"indicator": f"i{n % count}", "region": "", "period": f"{2016 + n // count}"}
        row |= {"value": "10.1", "unit": "", "note": payload, "source": payload}
        rows.append(row | {"url": URL if n % 2 else payload})
        rows.append(row | {"indicator": payload, "region": "", "url": ""})
        rows.append(row | {"region": f"{payload}市", "url": ""})
    return rows


SGR = re.compile(r"\x1b\[[0-9;]*m")


def assert_quiet(text: str, *, is_drawn: bool = False) -> None:
    """Find nothing that cannot be seen, and nothing that a log of CI obeys."""
    text = SGR.sub("", text) if is_drawn else text
    hidden = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"}}
    assert not hidden - {"\n", "\t"}
    assert "##[" not in text
    assert "##vso[" not in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]


def assert_no_formula(text: str) -> list[list[str]]:
    """Find no cell that a spreadsheet would work out."""
    rows = list(csv.reader(io.StringIO(text)))
    for cell in (cell for row in rows for cell in row):
        if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
            float(cell.removesuffix("%"))
    return rows


def assert_no_markup(text: str) -> None:
    """Find no tag, image or link of the data, also where addresses and names are made links."""
    reader = MarkdownIt("commonmark", {"html": True, "linkify": False})
    tokens = reader.enable(["table", "strikethrough"]).parse(text)
    inner = [t for token in tokens for t in (token, *(token.children or ()))]
    assert not {t.type for t in inner} & {"html_block", "html_inline", "image"}
    assert {t.attrGet("href") for t in inner if t.type == "link_open"} <= {URL}
    rest = text.replace(f"](<{URL}>)", "]")
    assert not re.search(r"://|www\.|@\w", rest, re.IGNORECASE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the files that the commands read; their names are payloads too."""
    (tmp_path / "plans").mkdir()
    write_plan(tmp_path, TAKEN[0])
    rows = json.dumps(actuals(len(TAKEN)))
    for name in ("a.json", "::error::x.json", "x\n::error::@user.json"):
        (tmp_path / name).write_text(rows)
    for name in ("::error::x.yaml", "x\n::error::x.yaml", "x\x1b.yaml"):
        (tmp_path / name).write_text(json.dumps(plan(TAKEN, TAKEN[0])))
    text = "\n".join(f"nothing {payload}" for payload in PAYLOADS).replace("\ud800", "")
    (tmp_path / "::t\x1b.txt").write_text(text, encoding="utf-8")
    columns = "series,baseline_year,baseline_value,target_year,target_value,year,value".split(",")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*columns, "unit", "group", "=note", "::more"])
    for payload in PAYLOADS:
        writer.writerow([payload, 2015, 10, 2025, 20, 2020, 15, payload, *[payload] * 3])
    (tmp_path / "t.csv").write_text(out.getvalue().replace("\ud800", ""), encoding="utf-8")
    return tmp_path


def write_plan(folder: Path, title: str) -> None:
    """Write the document, in JSON, which is YAML."""
    text = json.dumps(plan(TAKEN, title))
    (folder / "plans" / "hostile.yaml").write_text(text, encoding="utf-8")


DOCUMENT = ("hostile", "--targets-dir", "plans")
FILES = ("::error::x.json",)


def commands() -> Iterator[tuple[str, ...]]:
    """Yield every command that prints text for people."""
    yield "list", "--targets-dir", "plans"
    yield "show", *DOCUMENT
    yield "show", "hostile", "i8", "--targets-dir", "plans"
    yield "compare", "rd_intensity", "--targets-dir", "plans"
    yield "compare", "--targets-dir", "plans"
    yield "validate", "::error::x.yaml", "x\n::error::x.yaml", "x\x1b.yaml"
    yield "trace", *DOCUMENT, "--source", "::t\x1b.txt"
    yield "track", "hostile", "i8", *FILES, "--targets-dir", "plans"
    for form in ("table", "plain", "markdown", "csv", "junit"):
        yield "check", *DOCUMENT, *FILES, "--format", form
        yield "check", *DOCUMENT, "x\n::error::@user.json", "--format", form, "--method", "all"
    for n in (0, 8):
        yield "check", *DOCUMENT, *FILES, "--explain", f"i{n}"
    for options in ((), ("--brief",), ("--by", "group"), ("--by", "department")):
        yield "note", *DOCUMENT, *FILES, *options
    yield "read", *DOCUMENT, *FILES
    yield "new", "actuals", *DOCUMENT, "--all"
    yield "calc", "--input", "t.csv"
    yield "calc", "--input", "t.csv", "--by", "group"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.usefixtures("folder")
def test_nothing_breaks_out_of_text(run: Run, lang: str) -> None:
    """Standard output and error, piped and drawn: nothing hidden, no command, formula or markup."""
    for arguments in commands():
        done = run(*arguments, code=None, MFGTARGETS_LANG=lang)
        assert done.returncode in {0, 1}, done
        assert_quiet(done.stdout)
        assert_quiet(done.stderr)
        if arguments[0] == "note" or "markdown" in arguments:
            assert_no_markup(done.stdout)
        elif "csv" in arguments or arguments[0] in {"read", "new", "calc"}:
            assert len(assert_no_formula(done.stdout)) > 1
        elif "junit" in arguments:
            ET.fromstring(done.stdout)  # noqa: S314 - ours
        else:
            drawn = run(*arguments, code=None, MFGTARGETS_LANG=lang, FORCE_COLOR="1")
            assert_quiet(drawn.stdout, is_drawn=True)


@pytest.mark.parametrize("title", TAKEN)
def test_nothing_breaks_out_of_a_title(run: Run, folder: Path, title: str) -> None:
    """Title, issuer, number, region, source and note of a document."""
    write_plan(folder, title)
    for arguments in (
        ("list", "--targets-dir", "plans"),
        ("show", *DOCUMENT),
        ("check", "all", "--targets-dir", "plans", *FILES),
        ("check", *DOCUMENT, *FILES, "--format", "markdown"),
        ("note", *DOCUMENT, *FILES),
        ("compare", "rd_intensity", "--targets-dir", "plans"),
    ):
        done = run(*arguments)
        assert_quiet(done.stdout)
        assert_quiet(done.stderr)
        if arguments[0] == "note" or "markdown" in arguments:
            assert_no_markup(done.stdout)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_earlier_check_says_nothing_of_its_own(run: Run, folder: Path, payload: str) -> None:
    """Statuses, periods, bounds and names of what is gone stay text in the note."""
    earlier = json.loads(run("check", *DOCUMENT, *FILES, "--format", "json").stdout)
    gone = earlier["results"][-1] | {"target_id": payload, "name_zh": payload, "name_en": payload}
    for result in earlier["results"]:
        result |= {"status": payload, "latest_period": payload, "latest_bound": payload}
    earlier["results"].append(gone)
    (folder / "old.json").write_text(json.dumps(earlier))
    for lang in LANGS:
        half = 2 if "\ud800" in payload else 0  # half a character is no text
        asked = ("note", *DOCUMENT, *FILES, "--since", "old.json")
        done = run(*asked, code=half, MFGTARGETS_LANG=lang)
        assert_quiet(done.stdout + done.stderr)
        assert_no_markup(done.stdout)
    for key in ("document", "method"):
        (folder / "old.json").write_text(json.dumps(earlier | {key: payload}))
        assert_quiet(run("note", *DOCUMENT, *FILES, "--since", "old.json", code=2).stderr)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_breaks_out_of_a_message(run: Run, tmp_path: Path, payload: str) -> None:
    """What is refused is named: arguments, names of files, and texts in a target file."""
    given = payload.replace("\ud800", "\udc80")  # a byte that is no UTF-8, as Python has it
    for arguments in (
        ("show", given),
        ("check", f"{given}.yaml"),
        ("check", "shaoxing-2025", f"{given}.csv"),
        ("check", "shaoxing-2025", "--indicator", given),
        ("compare", f" {given}"),
        ("calc", "--input", f"{given}.csv"),
        ("note", "shaoxing-2025", "--since", given),
        ("validate", given),
    ):
        assert_quiet(run(*arguments, code=2).stderr)
    (tmp_path / "p.yaml").write_text(json.dumps(plan((payload,), payload) | {payload: 1}))
    assert_quiet(run("validate", "p.yaml", code=2).stderr)


@pytest.mark.usefixtures("folder")
def test_annotations_are_the_programs_own(run: Run) -> None:
    """Every line that is a command begins as the program begins it."""
    done = run("check", *DOCUMENT, *FILES, "--format", "github", "--as-of", "2024")
    commands = [line for line in done.stdout.splitlines() if line.lstrip().startswith("::")]
    assert commands
    own = re.compile(
        r"::(error|warning) (file=[^:,]*,line=\d+,)?title=[^:,]*::|::notice::|::warning::"
    )
    assert all(own.match(line) for line in commands)
    rest = "\n".join(line for line in done.stdout.splitlines() if line not in commands)
    assert_quiet(rest)
    assert_quiet(
        "\n".join(line.lstrip(":") for line in commands).replace("##[", "").replace("##vso[", "")
    )


@pytest.mark.usefixtures("folder")
def test_what_programs_read_gives_the_text_back(run: Run, tmp_path: Path) -> None:
    """JSON to the sign; XML and workbooks, which cannot hold every sign, as it is shown."""
    for arguments in (
        ("list", "--targets-dir", "plans"),
        ("show", *DOCUMENT),
        ("compare", "rd_intensity", "--targets-dir", "plans"),
        ("check", *DOCUMENT, *FILES),
        ("track", "hostile", "i8", *FILES, "--targets-dir", "plans"),
        ("trace", *DOCUMENT, "--source", "::t\x1b.txt"),
        ("calc", "--input", "t.csv"),
        ("calc", "--input", "t.csv", "--by", "group"),
    ):
        done = run(*arguments, "--format", "json", code=None)
        assert_quiet(done.stdout)
        json.loads(done.stdout)
    found = json.loads(run("check", *DOCUMENT, *FILES, "--format", "json").stdout)["results"]
    names = {f"i{n}": one["name_zh"] for n, one in enumerate(plan(TAKEN, "x")["indicators"])}
    assert {one["indicator"]: one["name_zh"] for one in found} == names
    run("check", *DOCUMENT, *FILES, "-o", "k.xlsx")
    run("new", "actuals", *DOCUMENT, "--all", "-o", "n.xlsx")
    for file, column in (("k.xlsx", "name_zh"), ("n.xlsx", "指标")):
        header, *rows = (
            openpyxl.load_workbook(tmp_path / file).worksheets[-1].iter_rows(values_only=True)
        )
        cells = {str(row[header.index(column)]) for row in rows}
        assert cells == {visible(name) for name in names.values()}
    cells = (
        cell
        for sheet in openpyxl.load_workbook(tmp_path / "k.xlsx")
        for row in sheet.iter_rows()
        for cell in row
    )
    assert {cell.data_type for cell in cells} == {"s", "n"}
    run("check", *DOCUMENT, *FILES, "--as-shown", "-o", "k.csv")
    assert_no_formula((tmp_path / "k.csv").read_text(encoding="utf-8-sig"))
    run("new", "actuals", *DOCUMENT, "--all", "-o", "n.csv")
    rows = assert_no_formula((tmp_path / "n.csv").read_text(encoding="utf-8-sig"))
    assert {row[0] for row in rows[1:]} == {csv_cell(name) for name in names.values()}


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("column", ["series", "group", "note"])
def test_tables_and_frames_are_made_harmless_alike(
    payload: str, column: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table read as text, as a large text or as a frame comes back the same, and harmless."""
    monkeypatch.setattr(reading, "LARGE", 0)
    row = dict.fromkeys(("series", "group", "note"), "x") | {"year": "2020", "value": "15"}
    row |= {"baseline_year": "2015", "baseline_value": "10", "target_year": "2025"}
    row |= {"target_value": "20", column: payload.replace("\ud800", "")}
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([row, row.values()])
    plain = out.getvalue() if {*row[column]} & {*',"\r\n'} else out.getvalue().replace('"', "")
    frame = table_of(pl.DataFrame({name: [cell] for name, cell in row.items()}))
    for form in ("csv", "json"):
        whole = b"".join(answered(read_text(plain, "t"), Request(), form))
        assert b"".join(answered(Table("t", plain), Request(), form)) == whole
        assert b"".join(answered(frame, Request(), form)) == whole
        assert_quiet(whole.decode())
    assert_no_formula(b"".join(answered(frame, Request(), "csv")).decode())


def test_what_cannot_be_seen_is_named() -> None:
    """Every control, mark of direction and half sign is written as its code, in JSON to be read."""
    hidden = [
        c
        for c in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} or ord(c) & 0xFFFE == 0xFFFE
    ]
    assert all(visible(c).isascii() and visible(c).isprintable() for c in hidden)
    assert all(json.loads(to_json(c)) == c and to_json(c).isprintable() for c in hidden)
    assert json.loads(to_json("##[x] ##vso[y]")) == "##[x] ##vso[y]"
    assert visible("絶 é\u3000\U0001f600::") == "絶 é\u3000\U0001f600::"
    assert guarded("a: b::c\n  ::x\n") == "a: b::c\n  \\::x\n"


def test_document_fields_are_all_tried() -> None:
    """A field of text that is added to target files is added here; codes and ids take no payload."""
    assert set(DocumentEntry.model_fields) - set(plan(TAKEN, "x")) <= {"region_code", "parents"}
