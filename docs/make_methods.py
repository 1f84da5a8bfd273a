"""Write ``methods.md`` from the table of methods: ``python docs/make_methods.py``."""

import inspect

from both import titled, write

from mfgtargets.methods import METHODS
from mfgtargets.methods.method import Method
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.words import COMMON, METHOD_PATHS, WINDOWS, Lang

PAGE = "methods.md"
ENGLISH = """
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
CHINESE = """
“符合预期”要看按谁的规则。`check` 和 `calc` 的 `--method` 可按其中任何一种评,`--method all` 按共同的尺度
({scale})并列。本页由 `python docs/make_methods.py` 从程序生成,`mfgtargets methods` 打印同样的内容。

b是基期值,v是最新实际值,T是目标值,P是时序应达值,y0、y、yT是各自的年份,d在升为好时是+1,降为好时是−1。增速和累计变化
作为指数进入,增量作为累计数;位次和年度流量只按时序评(`kind_unsupported`)。方法算不出的给出原因代码
([codes.md](codes.md));时序法拒绝而官方方法照算的,加标记(`wrong_side`、`zero_substituted`)。基期年没有数时,
`calc --nearest-baseline` 取其后最近的一年(`open-sdg`)或最近的一年、一样近的取后一年(`eurostat`),标 `nearest_baseline`。

`tests/test_published.py` 与公布的数对照:加拿大统计局的每个状态、比值和得分(131个有状态,125个有数)、Eustat的(12个)、
SDSN的(63个),误差在1e-5以内;德国联邦统计局公布的96个符号中的87个和全部80个比重,其余九个的序列后来修订过;对数规则的青海
例子到印出的位数(其Y为1.3398年,不取整是1.3406)。各方法的说明取自源代码,是英文。
"""
LABELS = {
    "formula": ("公式", "Formula"),
    "path": ("路径", "Path"),
    "window": ("时间", "window"),
    "classes": ("分级", "Classes"),
    "words": ("用词", "Words"),
    "source": ("来源", "Source"),
}


def page(lang: Lang) -> str:
    """Return the page in a language."""
    at = ("zh", "en").index(lang)
    scale = ", ".join(words[at] for code, words in COMMON.items() if code)
    introduction = (CHINESE, ENGLISH)[at].format(scale=scale)
    title = titled(PAGE, lang, ("状态评估方法", "Status methods"))
    return title + introduction + "".join(section(method, lang) for method in METHODS.values())


def section(method: Method, lang: Lang) -> str:
    """Return what the page says of one method."""
    at = ("zh", "en").index(lang)
    label = {name: words[at] for name, words in LABELS.items()}
    path, window = METHOD_PATHS[method.path][at], WINDOWS[method.window][at]
    own = [code for code in method.words if code != method.cannot or method.by_plan]
    own += [method.cannot] if method.cannot not in own else []
    words = "; ".join(f"`{code}` {status_word(code, lang)}" for code in own)
    about = " ".join((inspect.getdoc(method.judge) or "").split()).replace("``", "`")
    return "\n".join(
        [
            f"\n## `{method.code}` · {method.name[at]}\n",
            f"- {label['formula']}: `{method.formula}`",
            f"- {label['path']}: {path}; {label['window']}: {window}",
            f"- {label['classes']}: {method.rule[at]}",
            f"- {label['words']}: {words}",
            f"- {label['source']}: {method.source}",
            f"\n{about}\n",
        ]
    )


if __name__ == "__main__":
    write(PAGE, page)
