"""Sentences and parts of them, by language: a further language is one more column."""

from mfgtargets.wording.words import Lang, word

SENTENCES: dict[str, tuple[str, str]] = {
    "valid-file": (
        "{indicators}项指标,{targets}条目标",
        "{indicators} indicators, {targets} targets",
    ),
    # Working
    "index-from-one": ("(指数,基期为1)", " (index, baseline 1)"),
    "index-and-figure": ("指数{index}, {figure}", "index {index}, {figure}"),
    "not-used": ("不参与计算", "not used"),
    "points": ("{amount}点", "{amount} points"),
    "step-tolerance": ("(容差{amount}点)", " (tolerance {amount})"),
    "step-a_year": ("每年", " a year"),
    "step-cuts_of_c": (" (c的门槛乘以它)", " (times which the cuts of c count)"),
    "step-average": (",年均{amount}%", ", {amount}% a year"),
    "step-in_all": (",累计{amount}%", ", {amount}% in all"),
    "interval": (
        ",八成把握在{low} - {high}({points}个数据点)",
        ", 80 %: {low} - {high} ({points} points)",
    ),
    "no-interval": (",数据点不足4个,没有区间", ", no interval: fewer than 4 points"),
    "own-path": (",按指标自己的路径", ", on the indicator's own path"),
    "if-so-a-year": ("若每年{amount}", "If {amount} a year"),
    "to-reach-in": ("{amount}年达到需年均", "To reach it in {amount}"),
    "on-common-scale": ("共同尺度: {place}", "common scale: {place}"),
    "with-ratio": ("比率 {ratio}", "ratio {ratio}"),
}


def say(code: str, lang: Lang, **details: object) -> str:
    """Return a sentence with its details put in."""
    return word(SENTENCES[code], lang).format(**details)
