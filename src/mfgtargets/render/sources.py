"""Which actuals a result rests on, in words and as fields."""

from typing import Any

from mfgtargets.observations.actuals import Actuals
from mfgtargets.wording.figures import harmless
from mfgtargets.wording.words import Lang, counted, word

_NAMED = {
    "bundled": ("随程序提供的数据", "the data that come with the program"),
    "-": ("标准输入", "standard input"),
}


def actuals_line(actuals: Actuals, lang: Lang) -> str:
    """Name the sources, and how many rows of them were used and were not."""
    zh = lang == "zh"
    names = [word(_NAMED.get(source, (source, source)), lang) for source in actuals.sources]
    if not names:
        return "实际值:无" if zh else "Actuals: none"
    used, proxies = len(actuals.used), sum(o.is_proxy for o in actuals.used)
    left_out, text = actuals.left_out.total, harmless(("、" if zh else ", ").join(names))
    if zh:
        text = f"实际值:{text},{used}条" + (f"(其中{proxies}条口径不同)" if proxies else "")
        return text + (f",另有{left_out}条未采用" if left_out else "")
    text = f"Actuals: {text}, {counted(used, 'row')}"
    text += f" ({proxies} of them proxies)" if proxies else ""
    return text + (f", {left_out} left out" if left_out else "")


def actuals_fields(actuals: Actuals) -> dict[str, Any]:
    """Return the sources and what became of their rows, as they are printed in JSON."""
    return {
        "sources": actuals.sources,
        "observations": len(actuals.used),
        "left_out": {
            "total": actuals.left_out.total,
            "by_reason": dict(sorted(actuals.left_out.by_reason.items())),
            "first": [
                {"place": str(row.place), "reason": row.reason, "details": row.details}
                for row in actuals.left_out.first
            ],
        },
    }
