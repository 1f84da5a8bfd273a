"""Exports that analysts download: each kind in a folder of ``tests/kinds``, with what is right of it.

``input.*`` is a small made-up file of the kind, ``actuals.csv`` what it says in the canonical form,
``places.txt`` where in the file each of these values stands.
"""

import csv
import gzip
import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from conftest import Run

KINDS = Path(__file__).parent / "kinds"
PLAN = str(KINDS / "plan.yaml")
CASES = sorted(path.name for path in KINDS.iterdir() if path.is_dir())
NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def input_of(case: str) -> Path:
    """Return the file of a case."""
    (path,) = (KINDS / case).glob("input.*")
    return path


def unpacked(path: Path) -> str:
    """Return the text of a file, of an archive that of its largest file."""
    raw = path.read_bytes()
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            raw = archive.read(max(archive.infolist(), key=lambda info: info.file_size))
    return raw.decode("utf-16" if raw.startswith(b"\xff\xfe") else "utf-8-sig")


def children(element: ET.Element, *names: str) -> list[ET.Element]:
    """Return the elements below one that have one of these names, in order."""
    return [one for one in element.iter() if one.tag.rpartition("}")[2] in names]


def cell_of_document(path: Path, table: int, row: int, cell: int) -> str:
    """Return a cell of a document of an office program, as its XML has it."""
    part = "content.xml" if path.suffix == ".ods" else "word/document.xml"
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read(part))  # noqa: S314 - made for this test
    rows = children(children(root, "table", "tbl")[table - 1], "table-row", "tr")
    found = children(rows[row - 1], "table-cell", "tc")[cell - 1]
    value = next((v for key, v in found.attrib.items() if key.endswith("}value")), None)
    return value or "".join(one.text or "" for one in children(found, "t"))


def cell_at(path: Path, place: str) -> str:
    """Return what stands at a place, read in the simplest way there is."""
    if path.suffix in {".ods", ".docx"}:
        return cell_of_document(path, *map(int, place.split(":")))
    text = unpacked(path)
    if path.suffix == ".json":
        found: Any = json.loads(text, parse_float=str, parse_int=str)
        for key in place.split("/"):
            found = found[int(key) if isinstance(found, list) else key]
        return str(found)
    line, cell = map(int, place.split(":"))
    (row,) = csv.reader(
        [text.splitlines()[line - 1].replace("\t", "" if path.suffix == ".csv" else "\t")],
        delimiter={".tsv": "\t", ".xls": "\t", ".md": "|"}.get(path.suffix, ","),
    )
    return row[cell - 1]


@pytest.mark.parametrize("case", CASES)
def test_a_kind_is_read_without_options(run: Run, case: str) -> None:
    """What a file of each kind says comes out in the canonical form, and nothing else."""
    expected = (KINDS / case / "actuals.csv").read_text(encoding="utf-8")
    assert run("read", PLAN, str(input_of(case))).stdout == expected


@pytest.mark.parametrize("case", CASES)
def test_the_canonical_values_stand_in_the_file(case: str) -> None:
    """Each value of a case is the number at its place in the raw file, times a power of ten."""
    places = (KINDS / case / "places.txt").read_text(encoding="utf-8").split()
    rows = csv.DictReader(io.StringIO((KINDS / case / "actuals.csv").read_text(encoding="utf-8")))
    for row, said in zip(rows, places, strict=True):
        place, _, power = said.partition("*10^")
        number = NUMBER.search(cell_at(input_of(case), place))
        assert number, said
        scaled = Decimal(number[0].replace(",", "")).scaleb(int(power or 0))
        assert Decimal(row["value"]) == scaled, said


SDMX = """\
STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS
dataflow,EX:F(1.0),I,CHN,GERD,T,2018,2.14,A
"""
ROW = "dataflow,EX:F(1.0),I,CHN,GERD,"


def read(run: Run, tmp_path: Path, raw: str | bytes, *options: str, code: int = 0) -> Any:
    """Read a file whose name tells nothing."""
    path = tmp_path / "t.dat"
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return run("read", PLAN, str(path), "--lang", "en", *options, code=code)


def values(done: Any) -> list[tuple[str, str, str]]:
    """Return indicator, period and value of what was read."""
    rows = csv.DictReader(io.StringIO(done.stdout))
    return [(row["indicator"], row["period"], row["value"]) for row in rows]


def test_values_of_one_key_that_a_dimension_tells_apart_are_refused(
    run: Run, tmp_path: Path
) -> None:
    """Men and women are two values of one key: neither is taken."""
    read(run, tmp_path, f"{SDMX}{ROW}M,2018,1.2,A\n", code=2)


def test_forecasts_and_missing_values_are_no_actuals(run: Run, tmp_path: Path) -> None:
    """SDMX F is left out and named, M is no value whatever stands there, U is a value and noted."""
    done = read(run, tmp_path, f"{SDMX}{ROW}T,2019,9,M\n{ROW}T,2020,2.4,U\n{ROW}T,2025,3.5,F\n")
    assert values(done) == [("rd_share", "2018", "2.14"), ("rd_share", "2020", "2.4")]
    assert "t.dat:5:38: left out[forecast]" in done.stderr
    assert "flag U" in done.stdout


def test_what_the_user_says_of_a_column_comes_first(run: Run, tmp_path: Path) -> None:
    """A column mapped by its heading in the file is what the user says, not what the kind says."""
    raw = SDMX.replace("GERD,T,", "X1,GERD,")
    assert values(read(run, tmp_path, raw, "--map", "SEX=indicator")) == [
        ("rd_share", "2018", "2.14")
    ]
    read(run, tmp_path, raw, "--map", "NOT_THERE=ignore", code=2)


def test_a_column_named_twice_is_refused(run: Run, tmp_path: Path) -> None:
    """Of two columns OBS_VALUE neither is the one that is meant."""
    raw = SDMX.replace("OBS_STATUS", "OBS_VALUE")
    assert "error[column-twice]" in read(run, tmp_path, raw, code=2).stderr


def test_a_size_that_no_list_knows_is_told(run: Run, tmp_path: Path) -> None:
    """A number whose UNIT_MULT is no exponent is not read as if it had none."""
    raw = SDMX.replace("SEX", "UNIT_MULT").replace(",T,", ",lots,")
    assert "[not-a-number]: not a number: 2.14 × ?" in read(run, tmp_path, raw, code=2).stderr


@pytest.mark.parametrize("cells", ["A,TOTAL,PC_GDP,GERD", "A,TOTAL,PC_GDP,x,GERD,CHN"])
def test_a_row_of_other_dimensions_is_left_out(run: Run, tmp_path: Path, cells: str) -> None:
    """A row whose first cell has not as many parts as the header's is named, and shifts nothing."""
    text = unpacked(input_of("eurostat-tsv"))
    done = read(run, tmp_path, f"{text}{cells}\t9 \t9 \t9 \t9 \n")
    assert {value for *_, value in values(done)} == {"2.1", "2.14", "2.23"}
    assert "t.dat:4: left out[wrong-cell-count]" in done.stderr


def test_a_table_of_tabs_may_hold_commas(run: Run, tmp_path: Path) -> None:
    """Where every line has as many tabs, they part the cells, whatever commas the first ones hold."""
    table = "指标,全称\t2018年\n制造业增加值占GDP比重,%\t27.8\n"
    done = read(run, tmp_path, table, "--map", "指标,全称=indicator", code=2)
    assert "unknown-indicator" in done.stderr
    assert "制造业增加值占GDP比重,%" in done.stderr


def test_a_row_too_short_is_left_out(run: Run, tmp_path: Path) -> None:
    """A row of a long table that lacks cells is named."""
    done = read(run, tmp_path, f"{SDMX}{ROW}2019,2.23,A\n")
    assert values(done) == [("rd_share", "2018", "2.14")]
    assert "t.dat:3: left out[wrong-cell-count]" in done.stderr


def test_open_sdg_headlines_that_disagree_are_refused(run: Run, tmp_path: Path) -> None:
    """Two rows with blank breakdowns and different values are told with both places."""
    text = (KINDS / "open-sdg" / "input.csv").read_text(encoding="utf-8")
    done = read(run, tmp_path, f"{text}2018,%,R&D intensity,,,2.2\n", code=2)
    assert "error[values-disagree]" in done.stderr


@pytest.mark.parametrize("last", ["", "n/a", "FY2017/18"])
def test_the_outlook_says_where_estimates_start(run: Run, tmp_path: Path, last: str) -> None:
    """Years after the one named are forecasts; where none is named, all of them."""
    text = unpacked(input_of("imf-weo")).replace("\t2018\r", f"\t{last}\r")
    done = read(run, tmp_path, text, code=0 if "2017" in last else 2)
    found = [period for _, period, _ in values(done)]
    assert found == (["2016", "2017"] if "2017" in last else [])


def test_flags_may_be_words(run: Run, tmp_path: Path) -> None:
    """Names of statuses count as their letters do."""
    raw = SDMX.replace(",A\n", ",Provisional value\n") + f"{ROW}T,2025,3,Forecast value\n"
    done = read(run, tmp_path, raw)
    assert [row["obs_status"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["P"]


def test_canonical_actuals_go_out_as_sdmx_and_come_back(run: Run, tmp_path: Path) -> None:
    """SDMX-CSV 2 holds all that the canonical form says, parts of years and totals too."""
    head = "indicator,region,period,value,unit,measure,bound,obs_status,note,source,url,vintage\n"
    rows = (
        'manufacturing_share,China,2017,28.1,%,level,>,PB,"n, 1",s,https://x.y/z,2018-02-01\n'
        + "".join(
            f"manufacturing_share,China,{period},28,%,level,,,,,,\n"
            for period in ("2018H1", "2018H2", "2018Q3", "2018-09", "2018M1-7", "2018M1-11")
        )
    )
    sdmx = read(run, tmp_path, head + rows, "--format", "sdmx-csv").stdout
    periods = [row["TIME_PERIOD"] for row in csv.DictReader(io.StringIO(sdmx))]
    assert periods == [
        "2017", "2018-S1", "2018-S2", "2018-Q3", "2018-09", "2018-01-01/P7M", "2018-01-01/P11M",
    ]  # fmt: skip
    assert read(run, tmp_path, sdmx).stdout == head + rows


def zipped(**members: str | bytes) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_password(raw: bytes) -> bytes:
    """Return an archive that says of its files that they have a password."""
    return raw.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )


def ods(content: str, manifest: str = "<a/>") -> bytes:
    """Return an OpenDocument file."""
    return zipped(**{"content.xml": content, "META-INF/manifest.xml": manifest})


ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
BAD: dict[str, tuple[str, bytes]] = {
    "two tables": ("several-tables", zipped(**{"a.csv": SDMX, "../b.csv": SDMX})),
    "no table": ("no-table-in-archive", zipped(a="x", b="y")),
    "an archive within": ("nested-archive", zipped(**{"a.zip": zipped(a=SDMX)})),
    "gzip within gzip": ("nested-archive", gzip.compress(gzip.compress(SDMX.encode()))),
    "a password": ("archive-password", with_password(zipped(a=SDMX))),
    "a broken gzip": ("damaged-file", gzip.compress(SDMX.encode())[:-9]),
    "too many files": ("too-many-members", zipped(**{f"{n}": "" for n in range(1001)})),
    "an encrypted sheet": ("password", ods("x", "<a><encryption-data/></a>")),
    "an entity in .ods": ("damaged-file", ods(ENTITY)),
    "an entity in .docx": ("damaged-file", zipped(**{"word/document.xml": ENTITY})),
    "broken XML": ("damaged-file", ods("<a><b></a>")),
    "half a data set": ("not-a-data-set", b'{"version": "2.0", "class": "dataset", "id": ["a"]}'),
    "a value nowhere": (
        "not-a-data-set",
        input_of("json-stat").read_bytes().replace(b'"7": 3.2', b'"70": 3.2'),
    ),
    "an old Word file": (
        "not-a-table",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
    ),
    "broken JSON": ("json-syntax", b'{"version": "2.0", "class": "dataset", "id": ["a"'),
}


@pytest.mark.parametrize(("code", "raw"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_named_for_what_it_is(
    run: Run, tmp_path: Path, code: str, raw: bytes
) -> None:
    """Archives and documents that hide, nest, damage or lock a table are refused, each by name."""
    assert f"error[{code}]" in read(run, tmp_path, raw, code=2).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["t.dat"]  # nothing was put anywhere


def test_pages_that_are_not_in_the_file_are_told(run: Run, tmp_path: Path) -> None:
    """The first of three pages is read, and the others named as missing."""
    raw = (
        input_of("world-bank-json").read_text(encoding="utf-8").replace('"pages": 1', '"pages": 3')
    )
    assert "left out[other-pages]" in read(run, tmp_path, raw).stderr


def test_a_workbook_in_an_archive_is_read(run: Run, tmp_path: Path) -> None:
    """An office document is no nested archive."""
    raw = zipped(**{"x/t.ods": input_of("open-document").read_bytes()})
    assert len(values(read(run, tmp_path, raw))) == 4


def test_what_is_left_out_of_a_large_table_is_counted(run: Run, tmp_path: Path) -> None:
    """Rows of other regions are told once and counted, shorter rows among them are read as ever."""
    text = unpacked(input_of("world-bank-extract")).splitlines(keepends=True)
    japan = "Japan,JPN,x,NV.IND.MANF.ZS,1,2,3\n"
    short = 'China,CHN,"Manufacturing, value added (% of GDP)",NV.IND.MANF.ZS,27.9812\n'
    done = read(
        run, tmp_path, "".join([text[0], japan * 3, "Japan,JPN,x,NV.IND.MANF.ZS,1\n", short])
    )
    assert values(done) == [("manufacturing_share", "2016", "27.9812")]
    assert "1 values read, 14 rows left out" in done.stderr  # 4 times 3 of Japan, 2 blank years


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (["Sex=Female"], [("rd_share", "2017", "1")]),
        (["Sex=Female", "Age=65+"], [("rd_share", "2018", "3")]),
        (["Units=%", "Age="], [("rd_share", "2017", "2"), ("rd_share", "2018", "2.5")]),
    ],
)
def test_a_part_is_read_where_it_is_asked_for(
    run: Run, tmp_path: Path, where: list[str], expected: list[tuple[str, str, str]]
) -> None:
    """``--where`` keeps rows by a breakdown of Open SDG; other breakdowns stay parts."""
    table = (
        "Year,Series,Units,Sex,Age,Value\n2017,R&D intensity,%,,,2\n2017,R&D intensity,%,Female,,1\n"
        "2018,R&D intensity,%,,,2.5\n2018,R&D intensity,%,Female,65+,3\n"
    )
    options = [text for one in where for text in ("--where", one)]
    assert values(read(run, tmp_path, table, *options)) == expected
