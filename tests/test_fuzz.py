"""Ten thousand inputs made at random: a message or an answer, never a crash or a figure of nowhere.

Each is made of a kind, a seed and a number, which a failure names; the same again:
``pytest -m fuzz -k "csv-7"``.
"""

import csv
import io
import json
import re
import sys
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import openpyxl
import polars as pl
import pytest
import xlwt

from conftest import Run
from mfgtargets.data import data_folder
from mfgtargets.document.library import document_paths
from mfgtargets.methods import METHODS

resource = pytest.importorskip("resource")  # which Windows lacks
pytestmark = pytest.mark.fuzz

COUNTS = {  # ten thousand in all
    "csv": 1200, "xlsx": 800, "xls": 500, "json": 1000, "parquet": 800, "exports": 1600,
    "yaml": 1200, "calc": 2000, "settings": 450, "since": 450,
}  # fmt: skip
EACH = 50  # inputs of one seed
SECONDS, MEGABYTES = 10, 500

LONG = """\
indicator,period,value,measure,note
listed_companies,2017,74,,a
rd_share,2018,1.25,,"b,c"
energy_intensity,2016,-3,yearly_change,
energy_intensity,2017,-4,yearly_change,
"""
YEARS = """\
数据库：年度数据
地区：绍兴
指标,2018年,2017年,2016年
上市企业数量(家),突破80,74,65
规上企业劳动生产率(元/人),230000,,"215,000"
#其中：某,1,2,3
注：初步
"""
ACROSS = "年份,上市企业数量_家,两化融合指数\n2017年,74,76.5\n2018年,80,—\n"
REGIONS = """\
region,indicator,period,value,unit,bound,obs_status,vintage
绍兴市,listed_companies,2018Q3,80,家,>=,PE,2019-02-01
绍兴市,listed_companies,2018,81,家,,A,2019-03-01
全省,rd_share,2018,1.3,%,,,
330600,rd_share,2019-06,1.4,%,,D,2020
"""
TABLES = [LONG, YEARS, ACROSS, REGIONS]
SERIES = """\
series,group,direction,path,kind,baseline_year,baseline_value,target_year,target_value,year,value,history,milestones
a,x,up,linear,level,2015,14.5,2030,7.25,2023,10.4,2016=14;2017=13,2020=12
b,x,,geometric,growth_rate,2015,5,2020,6,2018,5.5,2016=5;2017=6,
c,y,down,,multiple,2015,1,2020,2,2018,1.5,,
"""
ODD = [
    "", " ", "0", "-0", "-1", "0.1", "1e308", "-1e308", "1e400", "1e-400", "1e-308", "NaN", "inf",
    "-inf", "-", "—", "…", "１２", "1,234", "1,2,3", "1_000", "9" * 400, "0x10", "80万", ">80",
    "突破80", "80左右", "下降3%", "15—20", "3%", "±2", "1/2", "2018", "2018年", "2018-13", "2018Q5",
    "2016/2020", "2020/2016", "2018M1-7", "0000", "9999", "10000", "2018.5", "level", "geometric",
    "yearly_change", "total", "average_change", "growth_rate", "increment", "rank", "PE", "Z", "甲",
    "\u202e甲", "😀", "\ufeff", "\x00", "\x1b[31m", "=1+1", "a" * 3000, "[", "{}", "'", '"', "a\nb", ";",
    "listed_companies", "rd_share", "绍兴市", "其中:女", "合计", "注:", "单位:万元", "2016=1;2017=2",
    "2016=1;2016=2", "2016=", "true", "null", "~", "*a", "&a a", "!!python/x", "2018-02-30",
]  # fmt: skip


class Input(NamedTuple):
    """Files, the commands that read the first of them, and the text in which all its figures stand.

    ``written`` is None where that is not to be told.
    """

    files: dict[str, bytes]
    commands: Sequence[tuple[str, ...]]
    written: str | None = None


def damaged(raw: bytes, chance: Random) -> bytes:
    """Flip, cut, repeat or insert a few bytes, or swap columns."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) or 1)
        match chance.randrange(6):
            case 0 if data:
                data[at % len(data)] = chance.randrange(256)
            case 1:
                del data[at:]
            case 2:
                del data[at : at + chance.randint(1, 8)]
            case 3:
                data[at:at] = bytes(chance.choices(range(256), k=chance.randint(1, 4)))
            case 4:
                data[at:at] = data[at : at + chance.randint(1, 40)]
            case _:
                lines = [line.split(b",") for line in data.split(b"\n")]
                data = bytearray(b"\n".join(b",".join(line[::-1]) for line in lines))
    return bytes(data)


def odd_cells(table: str, chance: Random) -> list[list[str]]:
    """Return a table with some cells, rows and columns put otherwise."""
    rows = list(csv.reader(io.StringIO(table)))
    for _ in range(chance.randint(1, 6)):
        row = chance.choice(rows)
        at = chance.randrange(len(row) or 1)
        match chance.randrange(5):
            case 0:
                rows.insert(chance.randrange(len(rows) + 1), list(row))
            case 1:
                row.insert(at, chance.choice(ODD))
            case 2:
                del row[at : at + 1]
            case _:
                row[at : at + 1] = [chance.choice(ODD)]
    return rows


def as_csv(rows: list[list[str]]) -> str:
    """Write a table as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def of_actuals(name: str, raw: bytes, written: str | None) -> Input:
    """Return a file of actuals as input of check, and of read, which puts out the figures."""
    check = ("check", "shaoxing-2025", name, "--format", "json")
    return Input({name: raw}, [check, ("read", "shaoxing-2025", name)], written)


def text_of(raw: bytes) -> str:
    """Return whatever a text may be read as."""
    return "".join(raw.decode(one, errors="ignore") for one in ("utf-8", "gb18030", "utf-16"))


def make_csv(chance: Random) -> Input:
    """Return a table of text, damaged in its bytes or in its cells."""
    table = chance.choice(TABLES)
    if chance.random() < 0.5:
        table = as_csv(odd_cells(table, chance))
    raw = table.encode(chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
    raw = damaged(raw, chance) if chance.random() < 0.6 else raw
    return of_actuals("t.csv", raw, text_of(raw))


def typed(cell: str) -> Any:
    """Return a cell as a number where it is one."""
    return float(cell) if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]+)?", cell) else cell


def make_xlsx(chance: Random) -> Input:
    """Return a workbook of odd cells, formats and merges, damaged in its bytes or in its XML."""
    book = openpyxl.Workbook()
    rows = odd_cells(chance.choice(TABLES), chance)
    for row in rows:
        book.active.append([openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", c) for c in row])
    for row in book.active.iter_rows():
        for cell in row:
            cell.value = typed(str(cell.value or ""))
            if chance.random() < 0.1:
                cell.number_format = chance.choice(["0%", "0.0", '0"家"', "@", '0"万"'])
    if chance.random() < 0.3:
        book.active.merge_cells(chance.choice(["A1:B1", "A2:A4", "C2:D3"]))
    out = io.BytesIO()
    book.save(out)
    match chance.randrange(3):
        case 0:
            return of_actuals("t.xlsx", damaged(out.getvalue(), chance), None)
        case 1:
            again = io.BytesIO()
            with zipfile.ZipFile(out) as old, zipfile.ZipFile(again, "w") as new:
                hurt = chance.choice(old.namelist())
                for name in old.namelist():
                    part = old.read(name)
                    new.writestr(name, damaged(part, chance) if name == hurt else part)
            return of_actuals("t.xlsx", again.getvalue(), None)
    return of_actuals("t.xlsx", out.getvalue(), as_csv(rows))


def make_xls(chance: Random) -> Input:
    """Return an old workbook of odd cells, whole or damaged in its bytes."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(chance.choice(["s", "2018年", "绍兴市"]))
    rows = odd_cells(chance.choice(TABLES), chance)
    for n, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(n, column, typed(cell[:30000]))
    out = io.BytesIO()
    book.save(out)
    raw, hurt = out.getvalue(), chance.random() < 0.7
    return of_actuals(
        "t.xls", damaged(raw, chance) if hurt else raw, None if hurt else as_csv(rows)
    )


def odd_value(chance: Random, depth: int = 0) -> Any:
    """Return something that JSON, YAML or TOML may hold."""
    match chance.randrange(8):
        case 0:
            return chance.choice([None, True, False])
        case 1:
            return chance.choice([0, -1, 1, 2018, 10**30, -(10**400), 3.5, 1e308, 1e-308])
        case 2 if depth < 3:
            return [odd_value(chance, depth + 1) for _ in range(chance.randrange(4))]
        case 3 if depth < 3:
            keys = chance.choices(["id", "year", "value", "name_zh", "status", "甲", ""], k=2)
            return {key: odd_value(chance, depth + 1) for key in keys}
    return chance.choice(ODD)


def changed(value: Any, chance: Random) -> None:
    """Change a few things somewhere within lists and mappings."""
    for _ in range(chance.randint(1, 4)):
        now = value
        while True:
            keys = list(now) if isinstance(now, dict) else list(range(len(now)))
            if not keys:
                break
            key = chance.choice(keys)
            if isinstance(now[key], dict | list) and chance.random() < 0.8:
                now = now[key]
                continue
            if chance.random() < 0.2:
                del now[key]
            else:
                now[key] = odd_value(chance)
            break


def make_json(chance: Random) -> Input:
    """Return records of odd values, or damaged ones."""
    head, *rows = odd_cells(chance.choice([LONG, REGIONS]), chance)
    found: Any = [dict(zip(head, map(typed, row), strict=False)) for row in rows]
    if chance.random() < 0.5:
        changed(found, chance)
    if chance.random() < 0.2:
        found = chance.choice([{"data": found}, [head, *rows], {"a": found, "b": found}, []])
    raw = json.dumps(found, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    raw = damaged(raw, chance) if chance.random() < 0.5 else raw
    return of_actuals("t.json", raw, text_of(raw))


def make_parquet(chance: Random) -> Input:
    """Return records as Parquet, by columns of any type, whole or damaged in its bytes."""
    head, *rows = odd_cells(LONG, chance)
    names = [f"{name}{n}" if name in head[:n] else name for n, name in enumerate(head)]
    cells = {name: [(row + [""] * 99)[n] for row in rows] for n, name in enumerate(names)}
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String))
    for name in frame.columns:
        if chance.random() < 0.4:
            text = pl.col(name)
            year = text.cast(pl.Int32, strict=False)
            kinds = [text.cast(kind, strict=False) for kind in (pl.Float64, pl.Float32, pl.Binary)]
            kinds += [year, year.cast(pl.Date), text == "74", text.cast(pl.Categorical)]
            frame = frame.with_columns(chance.choice(kinds).alias(name))
    out = io.BytesIO()
    frame.write_parquet(out)
    raw, hurt = out.getvalue(), chance.random() < 0.6
    written = " ".join(str(cell) for row in frame.iter_rows() for cell in row)
    return of_actuals("t.parquet", damaged(raw, chance) if hurt else raw, None if hurt else written)


EXPORTS = sorted((Path(__file__).parent / "kinds").glob("*/input.*"))
EXPORTS_PLAN = Path(__file__).parent / "kinds" / "plan.yaml"
SIGNS = {".tsv": "\t", ".xls": "\t", ".md": "|"}


def odd_text(text: str, sign: str, chance: Random) -> str:
    """Return lines of a text with some cells put otherwise, and some lines repeated or moved."""
    lines = [line.split(sign) for line in text.split("\n")]
    for _ in range(chance.randint(1, 4)):
        line = chance.choice(lines)
        at = chance.randrange(len(line))
        match chance.randrange(5):
            case 0:
                lines.insert(chance.randrange(len(lines)), list(line))
            case 1:
                del line[at : at + 1]
            case 2:
                line.insert(at, chance.choice(chance.choice(lines) or [""]))
            case _:
                line[at : at + 1] = [chance.choice(ODD)]
        lines = [one or [""] for one in lines]
    return "\n".join(sign.join(line) for line in lines)


def repacked(raw: bytes, chance: Random) -> bytes:
    """Return an archive of the same files, of which one is damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        hurt = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(part, chance) if name == hurt else part)
    return out.getvalue()


def make_exports(chance: Random) -> Input:
    """Return an export of a data base, damaged in its bytes, its cells or its packed files."""
    path = chance.choice(EXPORTS)
    raw = path.read_bytes()
    written: str | None = None
    name = f"t{path.suffix}"
    if path.suffix == ".json" and chance.random() < 0.7:
        found = json.loads(raw)
        changed(found, chance)
        raw = json.dumps(found).encode("utf-8", "surrogatepass")
        written = text_of(raw)
    elif path.suffix in {".zip", ".ods", ".docx"} and chance.random() < 0.7:
        raw = repacked(raw, chance)
    elif path.suffix in {".csv", *SIGNS} and chance.random() < 0.7:
        code = "utf-16" if raw.startswith(b"\xff\xfe") else "utf-8"
        text = odd_text(raw.decode(code), SIGNS.get(path.suffix, ","), chance)
        raw = text.encode(code, "ignore")
        written = text_of(raw) + text
    else:
        raw = damaged(raw, chance)
    read = ("read", "plan.yaml", name)
    return Input({name: raw, "plan.yaml": EXPORTS_PLAN.read_bytes()}, [read], written)


PLANS = [
    (data_folder() / "new" / "plan.yaml").read_bytes(),
    document_paths()["yuecheng-2026"].read_bytes()[:6000],
    document_paths()["sunan-2019"].read_bytes()[:9000],
]
YAML_VALUE = re.compile(r"(?<=: )[^\s,{}\[\]#][^,{}\[\]#\n]*")


def make_yaml(chance: Random) -> Input:
    """Return a target file with odd values, or damaged in its bytes."""
    raw = chance.choice(PLANS)
    if chance.random() < 0.6:
        text = raw.decode(errors="ignore")
        for _ in range(chance.randint(1, 4)):
            spot = chance.choice(list(YAML_VALUE.finditer(text)))
            odd = chance.choice(ODD) if chance.random() < 0.7 else json.dumps(odd_value(chance))
            text = text[: spot.start()] + odd + text[spot.end() :]
        raw = text.encode()
    else:
        raw = damaged(raw, chance)
    commands = [("validate", "x.yaml"), ("check", "x.yaml", "t.csv", "--format", "json")]
    return Input({"x.yaml": raw, "t.csv": b"indicator,period,value\nrd_share,2023,2.5\n"}, commands)


def make_calc(chance: Random) -> Input:
    """Return a table of series with odd cells, as CSV or Parquet, for any method."""
    rows = odd_cells(SERIES, chance)
    raw = as_csv(rows).encode(chance.choice(["utf-8", "utf-8-sig", "gb18030"]), "ignore")
    name = "s.csv"
    if chance.random() < 0.2 and all(len(row) == len(rows[0]) for row in rows):
        head = [f"{name}{n}" if name in rows[0][:n] else name for n, name in enumerate(rows[0])]
        out = io.BytesIO()
        pl.DataFrame(
            [list(map(str, row)) for row in rows[1:]], schema=head, orient="row"
        ).write_parquet(out)
        raw, name = out.getvalue(), "s.parquet"
    raw = damaged(raw, chance) if chance.random() < 0.4 else raw
    method = chance.choice(list(METHODS))
    more = chance.choice([("--format", "json"), ("--format", "csv"), ("--by", "group")])
    return Input({name: raw}, [("calc", "--input", name, "--method", method, *more)])


def make_settings(chance: Random) -> Input:
    """Return settings with odd keys and values."""
    keys = "lang tolerance approx as-of target-year method format fail-on all actuals since output"
    keys += " indicator targets-dir document check limit map 甲 a.b"
    lines = [
        f"{chance.choice(keys.split())} = {json.dumps(odd_value(chance), ensure_ascii=False)}"
        for _ in range(chance.randint(1, 3))
    ]
    raw = "\n".join(lines).replace("null", '"x"').encode()
    raw = damaged(raw, chance) if chance.random() < 0.4 else raw
    name = chance.choice(["mfgtargets.toml", "pyproject.toml"])
    start = b"[tool.mfgtargets]\n" if name == "pyproject.toml" else b""
    return Input({name: start + raw}, [("check", "shaoxing-2025", "bundled", "--format", "json")])


def make_since(chance: Random) -> Input:
    """Return an earlier check, with odd values or damaged."""
    earlier = json.loads(EARLIER[0])
    if chance.random() < 0.6:
        changed(earlier, chance)
        raw = json.dumps(earlier).encode()
    else:
        raw = damaged(EARLIER[0].encode(), chance)
    return Input({"old.json": raw}, [("note", "shaoxing-2025", "bundled", "--since", "old.json")])


EARLIER: list[str] = []
MAKERS: dict[str, Callable[[Random], Input]] = {name: globals()[f"make_{name}"] for name in COUNTS}


@contextmanager
def named(*what: object) -> Iterator[None]:
    """Say of a failure what was tried."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"tried: {what}")
        raise


def digits(text: str) -> str:
    """Return a number's digits without sign, point and outer zeros."""
    return text.replace(".", "").strip("-0")


def strict_json(text: str) -> Any:
    """Return JSON that holds neither NaN nor infinity."""
    return json.loads(text, parse_constant=pytest.fail)


FAULT = re.compile(r"^(?P<place>.*?)error\[(?P<code>[\w-]+)\]:", re.MULTILINE)


def told_well(said: str, files: Sequence[str]) -> None:
    """Hold that every message names a file, or its place in it, and what may be done.

    What settings led to is told after which settings were used.
    """
    found = list(FAULT.finditer(said))
    assert found, said
    for one, after in zip(found, [*found[1:], None], strict=True):
        block = said[one.start() : after.start() if after else len(said)]
        place = said if said.startswith("settings used: ") else one["place"]
        assert any(name in place for name in files), block
        assert "\n  hint: " in block or "\n  expected: " in block, block


def holds(run: Run, given: Input) -> None:
    """Run the commands on an input, and hold that each ends as it may."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, raw in given.files.items():
        Path(name).write_bytes(raw)
    for command in given.commands:
        began = time.process_time()
        done = run(*command, code=None, MFGTARGETS_LANG="en")
        assert time.process_time() - began < SECONDS
        assert done.returncode in {0, 1, 2}
        if done.returncode == 2:
            told_well(done.stderr, list(given.files))
            assert done.stdout == ""
        elif "json" in command:
            answer = strict_json(done.stdout)
            for found in answer["results"] if command[0] == "check" else ():
                nulls = {key for key, value in found.items() if value is None}
                assert set(found["reasons"]) == nulls & set(found["reasons"])
        if command[0] == "read" and done.returncode == 0 and given.written is not None:
            written = re.sub(r"[,.\s]", "", unicodedata.normalize("NFKC", given.written))
            rows = csv.DictReader(io.StringIO(done.stdout))
            assert [row for row in rows if digits(row["value"]) not in written] == []
    for name in given.files:
        Path(name).unlink()
    scale = 1 << 10 if sys.platform != "darwin" else 1 << 20
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most
    assert used / scale < MEGABYTES


@pytest.mark.parametrize(
    ("kind", "seed"),
    [
        pytest.param(kind, seed, id=f"{kind}-{seed}")
        for kind, count in COUNTS.items()
        for seed in range(count // EACH)
    ],
)
def test_whatever_is_read_is_answered_or_refused(run: Run, kind: str, seed: int) -> None:
    """Exit 0, 1 or 2, in time and memory; messages with place and remedy; figures of the file."""
    if kind == "since" and not EARLIER:
        EARLIER.append(run("check", "shaoxing-2025", "bundled", "--format", "json").stdout)
    chance = Random(f"{kind} {seed}")  # noqa: S311 - nothing secret
    for number in range(EACH):
        given = MAKERS[kind](chance)
        with named(kind, seed, number, given):
            holds(run, given)


def test_there_are_ten_thousand() -> None:
    """As many as are promised."""
    assert sum(COUNTS.values()) == 10_000
    assert all(count % EACH == 0 for count in COUNTS.values())
