"""``warn``: three levels of early warning, each with its reason and the numbers."""

from typing import Any

from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.warning import LEVELS, Warned
from mfgtargets.render.fitting import fitted
from mfgtargets.render.gaptable import latest_and_target, unlisted_line
from mfgtargets.render.sources import actuals_fields, actuals_line, baseline_line
from mfgtargets.render.table import Cell, Line, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import NOTHING, change_figure, percent, with_unit
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.names import name_of, title_of_check
from mfgtargets.wording.words import Lang, joined, say, term

_COLUMNS = tuple("indicator status latest target lead leads achieved required why".split())
_SHOWN = (
    "target_id indicator name_zh name_en group region target_year target_value unit latest_period "
    "latest_value status reason lead required_change achieved_change flags breached departments"
).split()


def warn_fields(check: Checked, found: tuple[Warned, ...]) -> dict[str, Any]:
    """Return what ``warn --format json`` prints."""
    return {
        "document": check.document.id,
        "regions": check.regions,
        "as_of": check.as_of,
        "method": check.method,
        "actuals": actuals_fields(check.actuals),
        "summary": {str(level): sum(one.level == level for one in found) for level in LEVELS},
        "results": [
            {"level": one.level, "reasons": one.reasons, "leads": one.leads}
            | {name: getattr(one.result, name) for name in _SHOWN}
            for one in found
        ],
    }


def warn_table(
    check: Checked, found: tuple[Warned, ...], lang: Lang, width: int | None = None
) -> Table:
    """Return the early warning by level, the worst first; what cannot be told is counted below."""
    pairs = list(zip(found, check.bases, strict=True))
    lines: list[Line] = []
    for level in LEVELS:
        members = [(one, basis) for one, basis in pairs if one.level == level]
        if members:
            lines.append(Line(heading=term(words.LEVELS, str(level), lang)))
        for one, basis in members:
            result = one.result
            latest, target, places = latest_and_target(result, basis, lang)
            lines.append(
                line_of(
                    Cell(with_unit(name_of(result, lang), result.unit, lang), result.target_id),
                    Cell(status_word(result.status, lang), result.status, result.status),
                    Cell(latest, result.latest_value),
                    Cell(f"{target} ({basis.target.due_when or NOTHING})", result.target_value),
                    Cell(percent(result.lead, sign=True), result.lead),
                    " ".join(percent(lead, sign=True) for lead in one.leads) or NOTHING,
                    change_figure(result.achieved_change, result, places, lang),
                    change_figure(result.required_change, result, places, lang),
                    joined("words", (term(words.WARNINGS, w, lang) for w in one.reasons), lang)
                    or NOTHING,
                )
            )
    counts = [
        say("warn-count", lang, level=term(words.LEVELS, str(level), lang), count=count)
        for level in LEVELS
        if (count := sum(one.level == level for one in found))
    ]
    unknown = sum(one.level is None for one in found)
    if unknown:
        counts.append(say("warn-unknown", lang, count=unknown))
    whole = Table(
        before=[say("warn-title", lang, name=title_of_check(check, lang), as_of=check.as_of)],
        columns=columns_of(_COLUMNS, "indicator status why", lang),
        lines=lines,
        after=[
            "".join([joined("words", counts, lang), *unlisted_line(check, lang)]),
            actuals_line(check.actuals, lang),
            *baseline_line(check, lang),
        ],
        order="indicator why status lead latest target required achieved leads".split(),
        firm=5,
    )
    return fitted(whole, lang, width)
