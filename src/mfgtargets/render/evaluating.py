"""``evaluate``: what became of each target, and the counts by group and obligation."""

from typing import Any

from mfgtargets.evaluation.closing import Count, Evaluation, Outcome
from mfgtargets.evaluation.results import Result
from mfgtargets.render.fitting import fitted
from mfgtargets.render.gaptable import latest_and_target, row_heading, unlisted_line
from mfgtargets.render.sources import actuals_fields, actuals_line, baseline_line
from mfgtargets.render.table import Cell, Line, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import NOTHING, ambition_figure, derived, percent, with_unit
from mfgtargets.wording.names import heading_of, name_of, title_of_check
from mfgtargets.wording.words import Lang, joined, say, term

_COLUMNS = tuple("indicator obligation target latest outcome short covered remark".split())
_OBLIGATION = _COLUMNS.index("obligation")
_SHOWN = (
    "target_id indicator name_zh name_en group region obligation target_year target_value unit "
    "latest_period latest_value latest_bound latest_obs_status gap_to_target progress status reason "
    "flags breached source"
).split()


def evaluate_fields(found: Evaluation) -> dict[str, Any]:
    """Return what ``evaluate --format json`` prints."""
    check = found.check
    return {
        "document": check.document.id,
        "regions": check.regions,
        "as_of": check.as_of,
        "actuals": actuals_fields(check.actuals),
        "summary": found.counts[-1].outcomes,
        "counts": [count._asdict() for count in found.counts[:-1]],
        "results": [_record(one) for one in found.outcomes],
    }


def _record(one: Outcome) -> dict[str, Any]:
    own = {name: getattr(one, name) for name in ("reached", "decided_by", "trend", "ambition")}
    own = {"outcome": one.code, **own}
    return {name: getattr(one.result, name) for name in _SHOWN} | own


def evaluate_table(found: Evaluation, lang: Lang, width: int | None = None) -> Table:
    """Return the table of what became of the targets, with the counts behind it."""
    check, entry = found.check, found.check.document.entry
    lines: list[Line] = []
    heading: str | None = None
    for one, basis in zip(found.outcomes, check.bases, strict=True):
        own = row_heading(check, one.result, basis)
        if own != heading:
            heading = own
            lines.append(Line(heading=heading_of(entry, own, lang)))
        latest, target, places = latest_and_target(one.result, basis, lang)
        result = one.result
        lines.append(
            line_of(
                Cell(with_unit(name_of(result, lang), result.unit, lang), result.target_id),
                term(words.OBLIGATIONS, result.obligation, lang) if result.obligation else NOTHING,
                Cell(f"{target} ({basis.target.due_when or NOTHING})", result.target_value),
                Cell(latest, result.latest_value),
                Cell(term(words.OUTCOMES, one.code, lang), one.code, result.status),
                Cell(_shortfall(result, places), result.gap_to_target),
                Cell(percent(result.progress), result.progress),
                _remark(one, places, lang),
            )
        )
    title = say("evaluate-title", lang, name=title_of_check(check, lang), as_of=check.as_of)
    whole = Table(
        before=[title],
        columns=columns_of(_COLUMNS, "indicator obligation outcome remark", lang),
        lines=lines,
        after=[
            *counts_lines(found, lang),
            actuals_line(check.actuals, lang),
            *baseline_line(check, lang),
        ],
        order="indicator outcome latest target short remark obligation covered".split(),
        firm=5,
    )
    if not any(one.result.obligation for one in found.outcomes):
        whole = _without(whole, _OBLIGATION)
    return fitted(whole, lang, width)


def _without(table: Table, place: int) -> Table:
    """Return a table without one of its columns."""
    lines = [
        line._replace(cells=(*line.cells[:place], *line.cells[place + 1 :])) for line in table.lines
    ]
    columns = [*table.columns[:place], *table.columns[place + 1 :]]
    return table._replace(columns=columns, lines=lines)


def _shortfall(result: Result, places: int) -> str:
    """Write how far a missed target, or one that lags, was from being reached."""
    if result.gap_to_target is None or result.status not in {"missed", "lagging"}:
        return NOTHING
    return derived(result.gap_to_target, places, sign=True)


def _remark(one: Outcome, places: int, lang: Lang) -> str:
    """Say when it was reached, what decided, what broke it, why nothing is known, what it asks for."""
    parts = []
    if one.reached is not None:
        parts.append(say("evaluate-reached", lang, year=one.reached))
    if one.decided_by is not None:
        parts.append(say("evaluate-decided-by", lang, period=one.decided_by))
    if one.result.breached:
        years = joined("words", map(str, one.result.breached), lang)
        parts.append(say("evaluate-breached", lang, years=years))
    if one.code in {"undecided", "never_measured"} and one.result.reason != "no_data":
        parts.append(term(words.REASONS, one.result.reason or "", lang))
    if one.trend is not None and one.ambition is not None:
        parts.append(ambition_figure(one.trend, one.ambition, places, lang))
    return joined("parts", parts, lang) or NOTHING


def counts_lines(found: Evaluation, lang: Lang) -> list[str]:
    """Return the counts as lines: in all, by obligation, by group where there are several."""
    entry = found.check.document.entry
    by = {of: [one for one in found.counts if one.of == of] for of in ("", "obligation", "group")}
    several = by["group"] if len(by["group"]) > 1 else []
    lines = []
    for count in [*by[""], *by["obligation"], *several]:
        name = say("evaluate-all", lang)
        if count.of == "obligation":
            name = term(words.OBLIGATIONS, count.name, lang)
        elif count.of == "group":
            name = heading_of(entry, count.name, lang)
        lines.append(say("evaluate-count", lang, name=name, counts=_told(count, lang)))
    return ["".join([lines[0], *unlisted_line(found.check, lang)]), *lines[1:]]


def _told(count: Count, lang: Lang) -> str:
    told = [
        say("evaluate-number", lang, word=term(words.OUTCOMES, code, lang), count=number)
        for code, number in count.outcomes.items()
    ]
    total = say("evaluate-total", lang, count=sum(count.outcomes.values()))
    return say("evaluate-of", lang, total=total, told=joined("words", told, lang))
