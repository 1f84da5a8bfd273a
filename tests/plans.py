"""Plans of one target, written for a test."""

from pathlib import Path

from mfgtargets.document.load import load_document
from mfgtargets.document.records import Document

HEAD = """\
id: example
title: 示例
title_en: Example
issuer: null
number: null
date: null
standing: null
region: 示例市
period: {{{period}}}
baseline_year: {baseline_year}
source: {{title: 示例, publisher: null, url: null, sha256: null}}
main_table: null
sections: {{一: []}}
indicators:
"""


def plan_of(
    folder: Path,
    *targets: str,
    period: str = "start: 2016, end: 2020",
    baseline_year: int | str = 2015,
    **fields: str,
) -> Document:
    """Return a plan whose one indicator ``x`` has the targets; ``fields`` are the indicator's."""
    given = {
        "name_zh": "某",
        "name_en": "X",
        "unit": "家",
        "nature": "stock",
        "direction": "up",
        "kind": "level",
    } | fields
    lines = "".join(f"    {name}: {text}\n" for name, text in given.items())
    listed = "".join(f"      - {{{target}}}\n" for target in targets)
    text = HEAD.format(period=period, baseline_year=baseline_year)
    text += f"  - id: x\n{lines}    section: 一\n    quote: 某\n    targets:\n{listed}"
    path = folder / "x.yaml"
    path.write_text(text, encoding="utf-8")
    return load_document(path)


def table_of(rows: str, header: str = "year,value") -> str:
    """Return rows of the indicator ``x`` as CSV; a row is a word."""
    return "\n".join([f"indicator,{header}", *(f"x,{row}" for row in rows.split())])
