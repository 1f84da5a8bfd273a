"""Make docs/methods.md from the table of methods: ``python docs/make_methods.py``."""

import inspect
from pathlib import Path

from mfgtargets.methods import METHODS
from mfgtargets.methods.method import Method
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.words import COMMON, METHOD_PATHS, WINDOWS

INTRODUCTION = """\
# Status methods · 状态评估方法

"On track" means nothing until one says by which rule. `--method` on `check` and `calc` judges by any of
these, `--method all` shows them side by side on a common scale ({scale}). This page is made from the
program by `python docs/make_methods.py`; `mfgtargets methods` prints the same.

b baseline, v latest actual, T target, P on-track value, y0, y, yT their years, d +1 where up is good and −1
where down is. Growth rates and cumulative changes enter as an index, increments as their running sum; ranks
and yearly flows are judged by the schedule alone (`kind_unsupported`). What a method has no number for has
a reason code ([codes.md](codes.md)); the schedule refuses where an official method goes on, which is then
flagged (`wrong_side`, `zero_substituted`). Where the base year has no value, `calc --nearest-baseline`
takes the next later year that has one (`open-sdg`) or the nearest, of two as near the later (`eurostat`),
flagged `nearest_baseline`.

Held against published numbers by `tests/test_published.py`: every status, ratio and score of Statistics
Canada's series (131 with status, 125 with numbers), of Eustat's (12) and of SDSN's (63), to 1e-5; 87 of 96
published Destatis symbols and all 80 shares, the other nine being of series that were revised since; the
Qinghai example of the logarithmic rule to its printed digits (its Y of 1.3398 years is 1.3406 unrounded).
"""


def page() -> str:
    """Return the page."""
    scale = ", ".join(f"{en} {zh}" for code, (zh, en) in COMMON.items() if code)
    return INTRODUCTION.format(scale=scale) + "".join(map(section, METHODS.values()))


def section(method: Method) -> str:
    """Return what the page says of one method."""
    zh, en = method.name
    path, window = METHOD_PATHS[method.path], WINDOWS[method.window]
    own = [code for code in method.words if code != method.cannot or method.by_plan]
    words = [f"`{code}` {status_word(code, 'zh')} {status_word(code, 'en')}" for code in own]
    if method.cannot not in own:
        words.append(f"`{method.cannot}` {status_word(method.cannot, 'zh')}")
    about = " ".join((inspect.getdoc(method.judge) or "").split()).replace("``", "`")
    return "\n".join(
        [
            f"\n## `{method.code}` · {zh} · {en}\n",
            f"- Formula 公式: `{method.formula}`",
            f"- Path 路径: {path[1]} {path[0]}; window 时间: {window[1]} {window[0]}",
            f"- 分级: {method.rule[0]}",
            f"- Classes: {method.rule[1]}",
            f"- Words 用词: {'; '.join(words)}",
            f"- Source 来源: {method.source}",
            f"\n{about}\n",
        ]
    )


if __name__ == "__main__":
    Path(__file__).with_name("methods.md").write_text(page(), encoding="utf-8")
