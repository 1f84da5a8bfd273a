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
