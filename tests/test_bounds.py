"""Inputs made to exhaust: each is read, or refused, within bounds of time and memory."""

import gzip
import importlib
import inspect
import io
import pkgutil
import re
import signal
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import polars as pl
import pytest
import xlwt

import mfgtargets
from checks import matched, read
from conftest import Run
from mfgtargets.document.load import load_document
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError, Nearest, nearest
from mfgtargets.observations.names import folded_name

LONG = 30_000  # characters of a text that nearly fits a pattern
PATIENCE = 0.5  # seconds of the processor for one of them


def patterns() -> Iterator[tuple[str, re.Pattern[Any], set[str]]]:
    """Yield every compiled pattern of the package, by name, with the methods it is used by."""
    for found in pkgutil.walk_packages(mfgtargets.__path__, "mfgtargets."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        source = inspect.getsource(module)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                used = set(re.findall(rf"\b{name}\.(\w+)\(", source))
                yield f"{found.name}.{name}", value, used or {"search"}


def near_misses(pattern: str) -> Iterator[str]:
    """Yield long texts of what a pattern mentions, alone and in pairs, that end as nothing does."""
    signs = dict.fromkeys(c for c in re.sub(r"\\[a-zA-Z]", "", pattern) if c not in "?*+|^$")
    words = re.findall(r"[\u4e00-\u9fff]{2,6}", pattern)
    parts = [*list(signs)[:24], *words[:6], "1", " ", "市", "中", "x"]
    for one, other in product(dict.fromkeys(parts), repeat=2):
        yield one + other * (LONG // len(other)) + "\0"
        if one != other:
            pair = one + other
            yield pair * (LONG // len(pair)) + "\0"


def within(seconds: float, call: Callable[[], object]) -> bool:
    """Tell whether a call ends within so many seconds of the processor."""
    if not hasattr(signal, "setitimer"):
        pytest.skip("no timer of the processor here")

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        call()
    except TimeoutError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True


def applied(pattern: re.Pattern[Any], method: str, text: str) -> Callable[[], object]:
    """Return a call that applies a pattern to a text, in the way it is used, to the end."""
    given: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    empty = given[:0]
    if method in {"sub", "subn"}:
        return lambda: getattr(pattern, method)(empty, given)
    if method == "finditer":
        return lambda: list(pattern.finditer(given))
    return lambda: getattr(pattern, method)(given)


@pytest.mark.hostile
@pytest.mark.parametrize(
    ("pattern", "methods"), [pytest.param(p, m, id=name) for name, p, m in patterns()]
)
def test_every_pattern_is_linear(pattern: re.Pattern[Any], methods: set[str]) -> None:
    """No pattern of the program takes long for any text made of what it mentions."""
    raw = pattern.pattern
    for text in near_misses(raw.decode() if isinstance(raw, bytes) else raw):
        for method in methods:
            assert within(PATIENCE, applied(pattern, method, text)), (method, text[:20])


def test_a_title_of_many_places_is_read_at_once() -> None:
    """The name of a place repeated above a table costs no more than its length."""
    table = f"{'市' * LONG}\n指标,年份,数值\nx,2018,1\n"
    assert within(PATIENCE, lambda: read(table))


@pytest.mark.parametrize("name", ["一、 工业增加值", "(1)　工业增加值", " ① 工业增加值 (亿元)"])
def test_a_number_in_front_of_a_name_is_the_tables(name: str) -> None:
    """A name is the same with a number in front of it, whatever white space is around."""
    assert folded_name(name) == "工业增加值"


class Used(NamedTuple):
    """How a run of the program ended, and what it took: seconds and megabytes."""

    errors: str
    seconds: float
    megabytes: float


@pytest.fixture
def measured(tmp_path: Path) -> Callable[..., Used]:
    """Run a command of the program as a process that may take so much and no more."""

    def call(command: str, file: str, raw: bytes) -> Used:
        path = tmp_path / file
        path.write_bytes(raw)
        made = [sys.executable, "-c", MEASURING, *command.split(), str(path)]
        done = subprocess.run(made, capture_output=True, check=False, timeout=120)
        *errors, told = done.stderr.decode().splitlines()
        seconds, kilobytes = map(float, told.split())
        assert "internal" not in done.stderr.decode(), done.stderr.decode()
        return Used("\n".join(errors), seconds, kilobytes / 1024)

    return call


MEASURING = """
import resource, sys
from mfgtargets.cli.app import run
code = run(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
(most,) = (line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
sys.stderr.write(f"\\n{used.ru_utime + used.ru_stime} {most}")
"""
CHECK = "check shaoxing-2025"
HEADER = "指标,年份,数值"

EXHAUSTING = {
    "repeated headings": ("too-many-columns", lambda: f"{HEADER}{',数值' * 40_000}\nx,2018,1"),
    "headings just few enough": ("column-twice", lambda: f"{HEADER}{',数值' * 16_000}\nx,2018,1"),
    "unknown headings": ("nothing-left", lambda: many_columns("valeu")),
    "repeated headers": ("nothing-left", lambda: f"{HEADER}\nx,2018,1\n" * 20_000),
    "wide lines": ("too-many-columns", lambda: f"{HEADER}\n" + f"x,2018{',1' * 500_000}\n" * 14),
    "one cell over many lines": ("csv-syntax", lambda: HEADER + '\n"' + "a\n" * 1_000_000),
    "a record over many lines": ("line-too-long", lambda: HEADER + "\n" + '"a\nb",' * 1_000_000),
}


def many_columns(name: str) -> str:
    """Return a table of very many columns of no use."""
    names = ",".join(f"{name}{n}" for n in range(16_000))
    return f"{HEADER},{names}\nx,2018,1{',' * 16_000}"


@pytest.mark.hostile
@pytest.mark.parametrize(("code", "made"), EXHAUSTING.values(), ids=EXHAUSTING)
def test_no_shape_of_a_table_exhausts(measured: Any, code: str, made: Callable[[], str]) -> None:
    """Tables of too many headers, columns or cells are read or refused within bounds."""
    used = measured(CHECK, "t.csv", made().encode())
    assert f"[{code}]" in used.errors
    assert used.seconds < 8
    assert used.megabytes < 200


MANY_RECORDS = '{"指标": "x", "年份": 2018, "数值": 1},'
EXHAUSTING_JSON = {
    "many records": ("nothing-left", lambda: MANY_RECORDS * 100_000),
    "a column a record": ("table-too-large", lambda: "".join(f'{{"{n}":1}},' for n in range(9999))),
    "a long list in a cell": ("line-too-long", lambda: '{"a":[' + "1," * 5_000_000 + "1]}"),
    "a long text in a cell": ("line-too-long", lambda: '{"a":"' + "1" * 10_000_000 + '"}'),
    "brackets": ("json-syntax", lambda: '{"a":' + "[" * 10_000_000),
    "a name given often": ("json-syntax", lambda: "{" + '"a":1,' * 100_000 + '"a":1}'),
}


@pytest.mark.hostile
@pytest.mark.parametrize(("code", "made"), EXHAUSTING_JSON.values(), ids=EXHAUSTING_JSON)
def test_no_json_exhausts(measured: Any, code: str, made: Callable[[], str]) -> None:
    """Records are read a piece at a time, and what is no record of a table is refused."""
    used = measured(CHECK, "t.json", f"[{made()}]".replace(",]", "]").encode())
    assert f"[{code}]" in used.errors
    assert used.seconds < 10
    assert used.megabytes < 150


def test_json_longer_than_a_piece_is_read_whole(shaoxing: Document) -> None:
    """Every record counts, with its line, wherever the pieces of the file end."""
    record = '{"指标": "上市企业数量", "年份": %d, "数值": %d, "备注": "%s"}'
    lines = [record % (1990 + n, n + 1, "注" * 100_000) for n in range(30)]
    found, _ = matched("[" + ",\n".join(lines) + "]", shaoxing)
    assert [(o.value, o.place.line) for o in found.observations] == [(n, n) for n in range(1, 31)]


EXHAUSTING_YAML = {
    "items": "- a\n" * 490_000,
    "keys": "".join(f"k{n}: a\n" for n in range(150_000)),
    "one key": "a: b\n" * 390_000,
    "indicators": "indicators:\n" + "- {id: a}\n" * 190_000,
    "a list in brackets": f"a: [{'a,' * 900_000}]",
}


@pytest.mark.hostile
@pytest.mark.parametrize("text", EXHAUSTING_YAML.values(), ids=EXHAUSTING_YAML)
def test_no_target_file_exhausts(measured: Any, text: str) -> None:
    """A target file of more keys and values than any plan is refused before it is built."""
    used = measured("validate", "t.yaml", text.encode())
    assert "[yaml-too-many]" in used.errors
    assert used.seconds < 5
    assert used.megabytes < 150


@pytest.mark.hostile
@pytest.mark.parametrize("rest", ["{id: a}", "{id: x, nam: y, sectoin: z, targest: []}", "a"])
def test_a_target_file_of_faults_alone_is_bounded(measured: Any, rest: str) -> None:
    """As many keys and values as are allowed, all of them wrong, are told within bounds."""
    items = f"- {rest}\n" * (49_000 // (rest.count(":") * 2 + 1))
    used = measured("validate", "t.yaml", f"indicators:\n{items}".encode())
    assert "validate" not in used.errors
    assert used.seconds < 15
    assert used.megabytes < 400


def test_hints_are_looked_for_a_few_times_only(tmp_path: Path) -> None:
    """Of many wrong fields the first twenty are told the nearest right one."""
    path = tmp_path / "t.yaml"
    path.write_text("".join(f"titel{n}: a\n" for n in range(6500)), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_document(path)
    unknown = [fault for fault in caught.value.faults if fault.code == "unknown-field"]
    assert len(unknown) == 6500
    assert sum(bool(fault.details["near"]) for fault in unknown) == 20


def test_one_hint_costs_little_whatever_is_known() -> None:
    """Very long words, and very many known ones, are not all compared."""
    known = [f"energy_intensity_{n}@2025" for n in range(20_000)]
    assert within(1, lambda: nearest("energy_intensity@2025", known))
    assert nearest("x" * LONG, known) == []
    few = Nearest()
    assert [bool(few("energy_intensity", known)) for _ in range(21)] == [True] * 20 + [False]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def workbook(**parts: Callable[[str], str]) -> bytes:
    """Return a workbook of a small table whose parts, by the names of their files, are changed."""
    book = openpyxl.Workbook()
    for row in (["指标", "2018年"], ["上市企业数量", 80]):
        book.active.append(row)
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            text = old.read(item).decode()
            if item.filename == "[Content_Types].xml":
                text = text.replace("</Types>", f"{STRINGS}</Types>")
            change = parts.get(item.filename.rpartition("/")[2].removesuffix(".xml"))
            new.writestr(item.filename, change(text) if change else text)
        new.writestr("xl/sharedStrings.xml", parts.get("sharedStrings", with_strings(0, ""))(""))
    return out.getvalue()


def after_data(text: str) -> Callable[[str], str]:
    """Put something behind the cells of a sheet."""
    return lambda xml: xml.replace("</sheetData>", f"</sheetData>{text}")


def before_data(text: str) -> Callable[[str], str]:
    """Put something before the cells of a sheet."""
    return lambda xml: xml.replace("<sheetData>", f"{text}<sheetData>")


def with_rows(text: str) -> Callable[[str], str]:
    """Put rows behind the others of a sheet."""
    return lambda xml: xml.replace("</sheetData>", f"{text}</sheetData>")


def with_strings(count: int, letters: str) -> Callable[[str], str]:
    """Give a workbook shared texts."""
    texts = f"<si><t>{letters}</t></si>" * count
    return lambda _: f'<sst xmlns="{MAIN}">{texts}</sst>'


def row_of(cells: int, cell: str = "<c><v>1</v></c>") -> str:
    """Return a row of as many cells."""
    return f"<row>{cell * cells}</row>"


WHOLE = "A1:XFD1048576"
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
ALL = f'<mergeCells><mergeCell ref="{WHOLE}"/></mergeCells>'
LINK = f'<hyperlinks><hyperlink ref="{WHOLE}" location="A1"/></hyperlinks>'
MERGE = '<mergeCell ref="A1:B2"/>'
FULL = 58  # thousand rows of two cells: just below the limit
WORKBOOKS: dict[str, tuple[str, dict[str, Callable[[str], str]]]] = {
    "a merge of all": ("", {"sheet1": after_data(ALL)}),
    "a link of all": ("", {"sheet1": after_data(LINK)}),
    "columns without end": (
        "",
        {"sheet1": before_data('<cols><col min="1" max="2000000000" width="9"/></cols>')},
    ),
    "a far cell": ("sheet-too-large", {"sheet1": with_rows(FAR)}),
    "cells without end": ("sheet-too-large", {"sheet1": with_rows(row_of(100) * 39_000)}),
    "as many cells as may be": ("", {"sheet1": with_rows(row_of(2) * FULL * 1000)}),
    "as many texts as may be": (
        "",
        {
            "sharedStrings": with_strings(58_000, "长长"),
            "sheet1": with_rows(row_of(2, '<c t="s"><v>0</v></c>') * FULL * 1000),
        },
    ),
    "rows without cells": ("sheet-too-large", {"sheet1": with_rows("<row/>" * 3_000_000)}),
    "merges without end": (
        "sheet-too-large",
        {"sheet1": after_data(f"<mergeCells>{MERGE * 60_000}</mergeCells>")},
    ),
    "overlapping merges": (
        "sheet-too-large",
        {"sheet1": after_data(f"<mergeCells>{MERGE * 25_000}</mergeCells>")},
    ),
    "texts without end": ("sheet-too-large", {"sharedStrings": with_strings(2_000_000, "a")}),
    "a long text in every cell": (
        "sheet-too-large",
        {
            "sharedStrings": with_strings(1, "长" * 30_000),
            "sheet1": with_rows(row_of(1, '<c t="s"><v>0</v></c>') * 58_000),
        },
    ),
    "styles without end": (
        "sheet-too-large",
        {"styles": lambda xml: xml.replace("</cellXfs>", "<xf/>" * 500_000 + "</cellXfs>")},
    ),
    "entities": (
        "damaged-file",
        {"sheet1": lambda xml: '<!DOCTYPE a [<!ENTITY b "c">]>' + xml},
    ),
}


@pytest.mark.hostile
@pytest.mark.parametrize(("code", "parts"), WORKBOOKS.values(), ids=WORKBOOKS)
def test_no_workbook_exhausts(
    measured: Any, code: str, parts: dict[str, Callable[[str], str]]
) -> None:
    """A workbook of up to a megabyte takes at most 100 MB of memory and 5 seconds."""
    raw = workbook(**parts)
    assert len(raw) < 1_100_000
    used = measured(CHECK, "t.xlsx", raw)
    assert f"[{code}]" in used.errors if code else "error[damaged" not in used.errors
    assert used.seconds < 5
    assert used.megabytes < 100


@pytest.mark.parametrize("kind", ["csv", "json", "parquet"])
def test_a_table_of_more_rows_than_the_limit_is_refused(
    run: Run, tmp_path: Path, kind: str
) -> None:
    """A limit refuses the whole table and cuts nothing off; one of as many rows is read."""
    frame = pl.DataFrame({"indicator": ["listed_companies"] * 3, "period": [2016, 2017, 2018]})
    frame = frame.with_columns(value=pl.col("period") - 1950)
    path = tmp_path / f"t.{kind}"
    getattr(frame, f"write_{kind}")(path)
    assert (
        "[too-many-rows]" in run("read", "shaoxing-2025", str(path), "--limit", "2", code=2).stderr
    )
    assert run("read", "shaoxing-2025", str(path), "--limit", "3").stdout.count("\n") == 4
    assert "[bad-option]" in run("read", "shaoxing-2025", str(path), "--limit", "0", code=2).stderr
    assert len(mfgtargets.read_actuals("shaoxing-2025", path, limit=3).used) == 3


def packed(rows: int, name: str = "listed_companies") -> pl.DataFrame:
    """Return a table of equal rows, which takes next to nothing as Parquet."""
    frame = pl.DataFrame({"indicator": [name]}).select(
        pl.col("indicator").repeat_by(rows).explode()
    )
    return frame.with_columns(period=pl.lit(2018), value=pl.lit(1.0))


def parquet(frame: pl.DataFrame) -> bytes:
    """Return a table as Parquet."""
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


LISTS = {"indicator": ["x"], "period": [2018], "value": [1.0], "more": [[1, 2]]}
PARQUETS: dict[str, tuple[str, Callable[[], pl.DataFrame]]] = {
    "more rows than the limit": ("too-many-rows", lambda: packed(60_000_000)),
    "more rows than its size tells": ("packed-rows", lambda: packed(30_000_000)),
    "as many equal rows as may be": ("", lambda: packed(100_000)),
    "a long text in every row": ("line-too-long", lambda: packed(100_000, "x" * 10_000)),
    "texts as long as a disk": ("line-too-long", lambda: packed(3, "x" * 100_000_000)),
    "lists": ("nested-column", lambda: pl.DataFrame(LISTS)),
}


@pytest.mark.hostile
@pytest.mark.parametrize(("code", "made"), PARQUETS.values(), ids=PARQUETS)
def test_no_parquet_exhausts(measured: Any, code: str, made: Callable[[], pl.DataFrame]) -> None:
    """What a small file unpacks to is known, and refused, before it is unpacked."""
    used = measured(CHECK, "t.parquet", parquet(made()))
    assert f"[{code}]" in used.errors if code else "error[" not in used.errors
    assert used.seconds < 10
    assert used.megabytes < 400  # one text of 100 MB has to be looked at


@pytest.mark.hostile
def test_no_parquet_of_series_exhausts(measured: Any) -> None:
    """Nor does one for calc, which holds it whole."""
    years = {"baseline_year": 2015, "target_year": 2025, "year": 2020}
    values = {"baseline_value": 1.0, "target_value": 2.0}
    columns = {name: pl.lit(value) for name, value in (years | values).items()}
    used = measured(
        "calc -o out.csv --input", "t.parquet", parquet(packed(30_000_000).with_columns(**columns))
    )
    assert "[packed-rows]" in used.errors
    assert used.seconds < 5


def test_a_parquet_with_a_byte_for_each_row_is_read(shaoxing: Document) -> None:
    """Of 150,000 different values, which are no repetition, none is refused for its number."""
    years = [1949 + n % 70 for n in range(150_000)]
    values = [n / 7 for n in range(150_000)]
    frame = pl.DataFrame({"indicator": "x", "period": years, "value": values})
    _, left_out = matched(parquet(frame), shaoxing)
    assert len(left_out) == 150_000


def test_damage_that_stops_the_columnar_library_is_damage(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some damaged files make it panic, which is no exception like others."""

    def panic(*_: object) -> None:
        raise pl.exceptions.PanicException("left == right")

    raw = parquet(packed(3))
    monkeypatch.setattr(pl, "scan_parquet", panic)
    said = run("check", "shaoxing-2025", "-", stdin=raw, code=2).stderr
    assert "error[damaged-file]" in said


def old_workbook(sheets: int, *, far: bool = False, linked: bool = False) -> bytes:
    """Return an .xls of so many small sheets, each with a far cell or a link over all of it."""
    book = xlwt.Workbook()
    for n in range(sheets):
        sheet = book.add_sheet(f"s{n}")
        for row, cells in enumerate((["指标", "2018年"], ["上市企业数量", 80])):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
        if far:
            sheet.write(65_535, 255, 1)
        if linked:
            plain, link = sheet.get_biff_data, struct.pack("<2H4H24x", 0x1B8, 32, 0, 65_535, 0, 255)
            sheet.get_biff_data = lambda plain=plain, link=link: plain()[:-4] + link + plain()[-4:]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.hostile
@pytest.mark.parametrize("shape", [{"far": True}, {"linked": True}], ids=str)
def test_no_old_workbook_exhausts(measured: Any, shape: dict[str, bool]) -> None:
    """An .xls is held to the size of an .xlsx before its cells are built."""
    used = measured(CHECK, "t.xls", old_workbook(30, **shape))
    assert "[sheet-too-large]" in used.errors
    assert used.seconds < 5
    assert used.megabytes < 100


def test_sheets_of_an_old_workbook_are_sheets_of_their_own() -> None:
    """Sheets that all begin at one place would be read again and again."""
    raw = old_workbook(2)
    mark = struct.pack("<HH", 0x85, 2 + 6 + 2)  # BOUNDSHEET: place, flags, a name of two letters
    first = raw.index(mark) + 4
    second = raw.index(mark, first) + 4
    assert len(read(raw)[0]) == 2
    with pytest.raises(InputError) as caught:
        read(raw[:second] + raw[first : first + 4] + raw[second + 4 :])
    assert [fault.code for fault in caught.value.faults] == ["damaged-file"]


def test_rows_of_an_old_workbook_may_have_different_lengths(shaoxing: Document) -> None:
    """A short row is filled up, so that merged cells and columns stay where they are."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("s")
    sheet.write(0, 0, "指标")
    sheet.write(0, 1, "2017年")
    sheet.write(0, 2, "2018年")
    sheet.write(1, 0, "上市企业数量")
    sheet.write(1, 1, 74)
    sheet.write_merge(2, 3, 0, 0, "上市企业数量")
    sheet.write(3, 2, 80)
    out = io.BytesIO()
    book.save(out)
    found, _ = matched(out.getvalue(), shaoxing)
    assert [(str(o.period), o.value) for o in found.observations] == [("2017", 74), ("2018", 80)]


@pytest.mark.parametrize("dtype", [pl.Date, pl.Datetime("ms"), pl.Datetime("us")])
def test_dates_beyond_every_year_are_bad_periods(dtype: Any) -> None:
    """The row of a date that no calendar has is left out, others of its column are read."""
    days = pl.Series([2**31 - 1, 17_896, None], dtype=pl.Int64 if dtype != pl.Date else pl.Int32)
    big = pl.Series([2**62, 0, None], dtype=pl.Int64)
    stored = days if dtype == pl.Date else big
    frame = pl.DataFrame({"indicator": ["x"] * 3, "period": stored.cast(dtype), "value": [1.0] * 3})
    out = io.BytesIO()
    frame.write_parquet(out)
    assert [r.place.line for r in read(out.getvalue())[1] if r.reason == "bad-period"][:1] == [2]


def formatted(form: str, value: float = 80) -> bytes:
    """Return a workbook with one number in a format."""
    book = openpyxl.Workbook()
    for row in (["指标", "2018年"], ["上市企业数量", value]):
        book.active.append(row)
    book.active["B2"].number_format = form
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "seen"),
    [
        ('"突破"0', [("80", ">", "")]), ('0"家"', [("80", "", "家")]), ("0家", [("80", "", "家")]),
        ('0"万"', []), ('General"万"', []), ('0"万";-0"万"', []), ('0"家"0', []), ("0万", []),
        ("¥#,##0.00_ ", [("80.00", "", "")]), ("[Red]0", [("80", "", "")]),
        ("#,##0.0_);\\(#,##0.0\\)", [("80.0", "", "")]), ("0.0", [("80.0", "", "")]),
        ("0.00", [("80.00", "", "")]), ("#,##0", [("80", "", "")]), ("0.0##", [("80.0", "", "")]),
    ],
)  # fmt: skip
def test_words_in_a_number_format_are_read_as_seen(form: str, seen: list[Any]) -> None:
    """Words and decimals that a format shows count, or the cell is named, never the bare number."""
    found, left_out = read(formatted(form))
    assert [(o.text, o.bound, o.unit) for o in found] == seen
    assert [row.reason for row in left_out] == ([] if seen else ["no-value"])


def test_a_workbook_of_hidden_sheets_is_read_and_told() -> None:
    """Where no sheet is visible the hidden one is read, and that is said."""
    hide = {"workbook": lambda xml: xml.replace('state="visible"', 'state="hidden"')}
    found, left_out = read(workbook(**hide))
    assert [o.text for o in found] == ["80"]
    assert [row.reason for row in left_out] == ["hidden-sheet-read"]


def test_a_text_counted_from_the_end_is_damage() -> None:
    """A cell that names the text number -1 is not given the last one."""
    cell = row_of(1, '<c t="s"><v>-1</v></c>')
    raw = workbook(sharedStrings=with_strings(2, "甲"), sheet1=with_rows(cell))
    with pytest.raises(InputError) as caught:
        read(raw)
    assert [fault.code for fault in caught.value.faults] == ["damaged-file"]


def packed_in(name: str, content: Callable[[], str]) -> Callable[[], bytes]:
    """Return what makes a zip archive of one part (and a manifest, as .ods has)."""

    def made() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content())
            if name == "content.xml":
                archive.writestr("META-INF/manifest.xml", "<a/>")
        return out.getvalue()

    return made


def sheet(rows: str) -> str:
    """Return the content of an .ods of such rows."""
    spaces = 'xmlns:t="urn:t" xmlns:x="urn:x"'
    return f'<d {spaces}><t:table t:name="a">{rows}</t:table></d>'


def paper(cells: str) -> str:
    """Return the content of a .docx of one table."""
    return f'<w:d xmlns:w="urn:w"><w:tbl>{cells}</w:tbl></w:d>'


def stat(value: str) -> bytes:
    """Return a data set of JSON-stat of such values."""
    dimension = '{"a":{"category":{"index":["x","y"]}},"b":{"category":{"index":["x"]}}}'
    head = f'"version":"2.0","class":"dataset","id":["a","b"],"size":[2,1],"dimension":{dimension}'
    return f'{{{head},"value":{value}}}'.encode()


def row(cells: str) -> Callable[[], bytes]:
    """Return what makes an .ods of one row."""
    return packed_in("content.xml", lambda: sheet(f"<t:table-row>{cells}</t:table-row>"))


def rows_of_word(cells: str, count: int = 1) -> Callable[[], bytes]:
    """Return what makes a .docx of a table of equal rows."""
    table = f"<w:tr>{cells}</w:tr>" * count
    return packed_in("word/document.xml", lambda: paper(table))


CELL = "<t:table-cell><x:p>1</x:p></t:table-cell>"
FULL_ROW = f"<t:table-row t:number-rows-repeated='{10**9 - 1}'>{CELL}</t:table-row>"
OFTEN = "<t:table-cell t:number-columns-repeated='{}'><x:p>{}</x:p></t:table-cell>"
TC = "<w:tc><w:p><w:t>1</w:t></w:p></w:tc>"
SPAN = TC.replace("<w:tc>", "<w:tc><w:gridSpan w:val='999999999'/>")
DOWN = TC.replace("<w:tc>", "<w:tc><w:vMerge/>")
INNER = f"<w:tc>{'<w:tbl><w:tr>' * 50}{'</w:tr></w:tbl>' * 50}</w:tc>"
SERIES = f"Entity,Code,Year{',a' * 16_000}\nx,x,2018{',1' * 16_000}\n"
PACKED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a gzip of nothing": ("unpacks-too-large", lambda: gzip.compress(b" " * 150_000_000)),
    "a zip of nothing": ("unpacks-too-large", packed_in("a.csv", lambda: " " * 150_000_000)),
    "rows repeated": ("sheet-too-large", packed_in("content.xml", lambda: sheet(FULL_ROW * 2))),
    "cells repeated": ("sheet-too-large", row(OFTEN.format(999999999, 1))),
    "a text repeated": ("sheet-too-large", row(OFTEN.format(100_000, "长" * 1_000_000))),
    "cells without end": ("sheet-too-large", row(CELL * 900_000)),
    "elements without end": ("unpacks-too-large", row("<x:a/>" * 9_000_000)),
    "a cell over all": ("too-many-columns", rows_of_word(SPAN)),
    "merges without end": ("missing-column", rows_of_word(DOWN, 100_000)),
    "tables in tables": ("missing-column", rows_of_word(INNER * 1000 + TC)),
    "values without end": ("not-a-data-set", lambda: stat(f"[{'11,' * 3_000_000}1]")),
    "values of no period": ("missing-column", lambda: stat('{"0":1}')),
    "brackets": ("json-syntax", lambda: stat("[" * 9_000_000)),
    "a large data set": ("file-too-large", lambda: stat(f"[{'1,' * 6_000_000}1]")),
    "rulers": ("missing-column", lambda: b"a|b\n-|-\n" * 100_000),
    "series without end": ("nothing-left", lambda: SERIES.encode() * 30),
}


@pytest.mark.hostile
@pytest.mark.parametrize(("code", "made"), PACKED.values(), ids=PACKED)
def test_nothing_packed_exhausts(measured: Any, code: str, made: Callable[[], bytes]) -> None:
    """Archives, office documents and data sets of up to 10 MB are read or refused within bounds."""
    used = measured(CHECK, "t.dat", made())
    assert f"[{code}]" in used.errors
    assert used.seconds < 10
    assert used.megabytes < 400
