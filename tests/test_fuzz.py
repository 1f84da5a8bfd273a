"""Files damaged at random: a message or an answer, never a crash, never a figure out of nowhere."""

import csv
import io
import json
import random
import re
import unicodedata

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from conftest import Run
from mfgtargets.document.library import document_paths

pytestmark = pytest.mark.fuzz

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
TABLES = [LONG, YEARS, ACROSS]


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """Flip, cut, repeat or insert a few bytes, or swap two columns."""
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


def digits(text: str) -> str:
    """Return a number's digits without sign, point and outer zeros."""
    return text.replace(".", "").strip("-0")


@pytest.mark.parametrize("seed", range(20))
def test_damaged_tables(run: Run, seed: int) -> None:
    """Fifty damaged tables a seed: exit 0 or 2, finite numbers, values that stand in the file."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    for _ in range(50):
        encoding = chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
        raw = damaged(chance.choice(TABLES).encode(encoding), chance)
        done = run("check", "shaoxing-2025", "-", "--format", "json", stdin=raw, code=None)
        assert done.returncode in {0, 2}
        if done.returncode == 0:
            answer = json.loads(done.stdout, parse_constant=pytest.fail)
            for found in answer["results"]:
                nulls = {k for k, v in found.items() if v is None} & set(found["reasons"])
                assert set(found["reasons"]) == nulls
            text = "".join(raw.decode(e, errors="ignore") for e in ("utf-8", "gb18030", "utf-16"))
            written = re.sub(r"[,.\s]", "", unicodedata.normalize("NFKC", text))
            rows = csv.DictReader(run("read", "shaoxing-2025", "-", stdin=raw).stdout.splitlines())
            assert [row for row in rows if digits(row["value"]) not in written] == []


def records(kind: str) -> bytes:
    """Return a few records as a workbook, as JSON or as Parquet."""
    rows = [{"indicator": "listed_companies", "period": y, "value": y - 1940} for y in (2017, 2018)]
    out = io.BytesIO()
    if kind == "json":
        return json.dumps(rows).encode()
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), out)
        return out.getvalue()
    book = openpyxl.Workbook()
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "json", "parquet"])
def test_damaged_workbooks_and_records(run: Run, kind: str) -> None:
    """Two hundred damaged files of each kind: an answer or a message, never a crash."""
    chance = random.Random(kind)  # noqa: S311 - nothing secret
    whole = records(kind)
    for _ in range(200):
        done = run("read", "shaoxing-2025", "-", stdin=damaged(whole, chance), code=None)
        assert done.returncode in {0, 2}


@pytest.mark.parametrize("seed", range(10))
def test_damaged_target_files(run: Run, tmp_path, seed: int) -> None:
    """Twenty damaged target files a seed: valid or refused with places, never a crash."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    raw = document_paths()["sunan-2019"].read_bytes()
    for _ in range(20):
        (tmp_path / "x.yaml").write_bytes(damaged(raw, chance))
        done = run("validate", "x.yaml", code=None)
        assert done.returncode in {0, 2}
        assert done.returncode == 0 or re.search(r"x\.yaml(:\d+)*: error\[", done.stderr)
