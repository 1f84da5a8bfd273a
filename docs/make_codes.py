"""Write ``codes.md`` from the program's own tables: ``python docs/make_codes.py``."""

from collections.abc import Mapping

from both import titled, write

from mfgtargets.methods import SCHEDULE
from mfgtargets.notation.units import RATES, SIZES, UNITS
from mfgtargets.wording.words import FAULTS, FLAGS, HINTS, LEFT_OUT, REASONS, Lang, Words

PAGE = "codes.md"
HEADS = {
    "intro": (
        (
            "代码是固定的,脚本可以依靠。本页由 `python docs/make_codes.py` 从程序生成;"
            "每个错误的例子见[errors.md](errors.md)。"
        ),
        (
            "Codes are stable: scripts may rely on them. This page is made from the program by "
            "`python docs/make_codes.py`; an example of each error is in [errors.md](errors.md)."
        ),
    ),
    "status": ("## 状态", "## Status"),
    "flags": ("## 标记", "## Flags"),
    "reasons": (
        "## 原因:为什么没有数或没有状态",
        "## Reasons: why a number or a status is not given",
    ),
    "errors": (
        "## 错误:`文件:行:列: error[代码]: 什么错`,退出码2",
        "## Errors: `FILE:LINE:COL: error[code]: what`, exit code 2",
    ),
    "left-out": (
        "## 略去的行:`文件:行: left out[代码]: 为什么`",
        "## Rows left out: `FILE:LINE: left out[code]: why`",
    ),
    "units": ("## 会换算的单位", "## Units that are converted"),
    "sizes": (
        "目标可用任何单位。下列单位(`data/units.csv`)同类之间换算,各种大小都认:",
        (
            "A target may be printed in any unit. These, from `data/units.csv`, are converted into each "
            "other where they are of one thing, in every size: "
        ),
    ),
    "rates": ("默认走几何路径:", "Geometric path by default: "),
    "steps": ("默认走线性路径:", "Linear path by default: "),
    "columns": ("| 代码 | 含义 |", "| code | meaning |"),
}


def page(lang: Lang) -> str:
    """Return the whole page in a language."""
    at = ("zh", "en").index(lang)
    head = {name: words[at] for name, words in HEADS.items()}

    def table(words: Mapping[str, Words]) -> list[str]:
        """Return a table of words, of errors with what to do about each."""
        hints = HINTS if words is FAULTS else {}
        rows = [head["columns"], "|---|---|"]
        for code, text in words.items():
            parts = filter(None, (text[at], hints.get(code, ("", ""))[at]))
            rows.append(f"| `{code}` | {escaped(('。', '; ')[at].join(parts))} |")
        return rows

    parts = [
        titled(PAGE, lang, ("代码", "Codes")).rstrip(),
        head["intro"],
        head["status"],
        *table(SCHEDULE.words),
        head["flags"],
        *table(FLAGS),
        head["reasons"],
        *table(REASONS),
        head["errors"],
        *table(FAULTS),
        head["left-out"],
        *table(LEFT_OUT),
        head["units"],
        head["sizes"] + " ".join(filter(None, SIZES)),
        head["rates"] + " ".join(sorted(RATES)),
        head["steps"] + " ".join(sorted(set(UNITS) - RATES)),
    ]
    lines: list[str] = []
    for part in parts:
        if lines and not (part.startswith("|") and lines[-1].startswith("|")):
            lines.append("")
        lines.append(part)
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return text for a cell of a Markdown table."""
    return text.replace("{{", "{").replace("}}", "}").replace("|", "\\|").replace("*", "\\*")


if __name__ == "__main__":
    write(PAGE, page)
