"""Which actuals a result rests on, in words and as fields."""

from typing import Any

from mfgtargets.evaluation.check import Checked
from mfgtargets.observations.actuals import Actuals
from mfgtargets.wording import words
from mfgtargets.wording.names import name_of
from mfgtargets.wording.words import Lang, counted, joined, say, terms


def actuals_line(actuals: Actuals, lang: Lang) -> str:
    """Name the sources, and how many rows of them were used and were not."""
    if not actuals.sources:
        return say("no-actuals", lang)
    names = joined("words", terms(words.SOURCES, actuals.sources, lang), lang)
    text = say("actuals", lang, names=names, used=counted(len(actuals.used), "row", lang))
    if proxies := sum(o.is_proxy for o in actuals.used):
        text += say("actuals-proxies", lang, count=proxies)
    if left_out := actuals.left_out.total:
        text += say("actuals-left-out", lang, count=left_out)
    return text


def baseline_line(check: Checked, lang: Lang) -> list[str]:
    """Say that the baseline year is the user's, and which targets keep their own; none without one."""
    year, keeping = check.question.baseline_year, check.keeping_baselines
    if year is None:
        return []
    text = say("users-baseline-year", lang, year=year)
    if keeping:
        names = joined("names", (name_of(result, lang) for result in keeping), lang)
        text += say("keeping-baselines", lang, count=len(keeping), names=names)
    return [text]


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
