"""Write ``docs/codes.md`` from the program's own tables: ``python docs/make_codes.py``."""

from collections.abc import Mapping
from pathlib import Path

from mfgtargets.methods import SCHEDULE
from mfgtargets.notation.units import RATES, SIZES, UNITS
from mfgtargets.wording.words import FAULTS, FLAGS, HINTS, LEFT_OUT, REASONS, Words

PAGE = Path(__file__).with_name("codes.md")
INTRODUCTION = (
    "Codes are stable: scripts may rely on them. This page is made from the program by "
    "`python docs/make_codes.py`."
)


def messages(table: Mapping[str, Words]) -> list[str]:
    """Return a table of messages as Markdown, with what to do about each."""
    rows = ["| code | 中文 | English |", "|---|---|---|"]
    for code, (zh, en) in table.items():
        hint_zh, hint_en = HINTS.get(code, ("", "")) if table is FAULTS else ("", "")
        cells = "。".join(filter(None, (zh, hint_zh))), "; ".join(filter(None, (en, hint_en)))
        rows.append(f"| `{code}` | {escaped(cells[0])} | {escaped(cells[1])} |")
    return rows


def words(table: Mapping[str, Words]) -> list[str]:
    """Return a table of words as Markdown."""
    rows = [f"| `{code}` | {zh} | {en} |" for code, (zh, en) in table.items()]
    return ["| code | 中文 | English |", "|---|---|---|", *rows]


def escaped(text: str) -> str:
    """Return text for a cell of a Markdown table."""
    return text.replace("{{", "{").replace("}}", "}").replace("|", "\\|").replace("*", "\\*")


def page() -> str:
    """Return the whole page."""
    parts = [
        "# Codes",
        INTRODUCTION,
        "## Status",
        *words(SCHEDULE.words),
        "## Flags",
        *words(FLAGS),
        "## Reasons: why a number or a status is not given",
        *words(REASONS),
        "## Errors: `FILE:LINE:COL: error[code]: what`, exit code 2",
        *messages(FAULTS),
        "## Rows left out: `FILE:LINE: left out[code]: why`",
        *messages(LEFT_OUT),
        "## Units that are converted",
        "A target may be printed in any unit. These, from `data/units.csv`, are converted into each "
        "other where they are of one thing, in every size: " + " ".join(filter(None, SIZES)),
        "Geometric path by default: " + " ".join(sorted(RATES)),
        "Linear path by default: " + " ".join(sorted(set(UNITS) - RATES)),
    ]
    lines: list[str] = []
    for part in parts:
        if lines and not (part.startswith("|") and lines[-1].startswith("|")):
            lines.append("")
        lines.append(part)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
