"""What the status methods and their statuses are called: collected from the methods themselves."""

from mfgtargets.methods import METHODS
from mfgtargets.methods.method import Pair
from mfgtargets.wording.words import Lang, word

COMMON: dict[str | None, Pair] = {
    "met": ("已达到", "met"),
    "on_track": ("正轨", "on track"),
    "behind": ("落后", "behind"),
    "away": ("背离", "away"),
    None: ("-", "-"),
}

PATHS: dict[str, Pair] = {
    "own": ("指标自己的路径", "the indicator's own"),
    "compound": ("复合年率", "compound"),
    "straight": ("直线", "straight"),
}
WINDOWS: dict[str, Pair] = {
    "baseline": ("自基期", "since the baseline"),
    "five_years": ("最近5年", "last 5 years"),
    "all_points": ("全部数据点", "all points"),
}
DIFFERENCES: dict[str, Pair] = {
    "path": ("路径", "path"),
    "window": ("时间", "window"),
    "thresholds": ("门槛", "thresholds"),
}


def name_of_method(code: str, lang: Lang) -> str:
    """Return what people call a method."""
    return word(METHODS[code].name, lang)


def status_word(status: str, lang: Lang) -> str:
    """Return the words for any method's status; the code itself where no method has it."""
    found = (method.words[status] for method in METHODS.values() if status in method.words)
    return word(next(found, (status, status)), lang)
