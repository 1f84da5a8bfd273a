"""Which actuals a result rests on, in words and as fields."""

from collections.abc import Iterator, Sequence
from typing import Any

from mfgtargets.evaluation.check import Checked
from mfgtargets.notation.numbers import decimals
from mfgtargets.observations.actuals import Actuals
from mfgtargets.observations.observation import Observation
from mfgtargets.render.table import Cell, Column, Table, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import derived, target_figure
from mfgtargets.wording.names import name_in, name_of
from mfgtargets.wording.words import Lang, counted, joined, say, term, terms

QUALITY = {"P": "provisional", "E": "estimated", "B": "break", "D": "proxy"}  # by letter


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


def figures_used(check: Checked, lang: Lang) -> dict[Observation, tuple[str, Cell, str]]:
    """Return each observation that results rest on: the name of its indicator, figure, quality."""
    used = {}
    for result, basis in zip(check.results, check.bases, strict=True):
        for o in basis.rests_on:
            figure = Cell(f"{o.bound}{o.text}{o.unit}", o.value)
            quality = [term(words.FLAGS, QUALITY[c], lang) for c in o.obs_status if c in QUALITY]
            used[o] = (name_in(check, result, lang), figure, " ".join(quality))
    return used


def sources_table(checks: Sequence[Checked], lang: Lang) -> Table:
    """Return where each target stands in its document, and every figure it is judged by."""
    codes = "indicator target wording section period value quality published source address"
    return Table(
        before=[actuals_line(check.actuals, lang) for check in checks],
        columns=[Column(c, term(words.FACTS, c, lang), left=c != "value") for c in codes.split()],
        lines=[line_of(*cells) for check in checks for cells in _sources(check, lang)],
        name=term(words.TITLES, "sources", lang),
    )


def _sources(check: Checked, lang: Lang) -> Iterator[Sequence[str | Cell]]:
    used = figures_used(check, lang)
    for result, basis in zip(check.results, check.bases, strict=True):
        target = basis.target
        promised = (name_in(check, result, lang), target.id, target.quote, target.section)
        if not basis.rests_on:
            yield (*promised, *[""] * 6)
        for o in basis.rests_on:
            _, figure, quality = used[o]
            yield *promised, str(o.period), figure, quality, o.vintage, o.source, o.url


def revision_lines(check: Checked, lang: Lang) -> list[str]:
    """Say which targets took the place of others, what the old ones ask for, and what came soon after."""
    lines = []
    for revision, due in check.replaced:
        old, new = (target_figure(one, lang) for one in (revision.old, revision.new))
        places = decimals(repr(revision.old.value or 0.0).removesuffix(".0"))
        by_old = "" if due is None else say("revised-due", lang, due=derived(due, max(places, 1)))
        details = {"name": name_of(revision.new, lang), "since": revision.new.set_on or ""}
        if revision.old.set_on:
            old = say("in-brackets", lang, text=old, inner=revision.old.set_on)
        lines.append(say("revised-target", lang, **details, old=old, new=new, due=by_old))
    for coming in check.revised_soon:
        figure = target_figure(coming.new, lang)
        details = {"name": name_of(coming.new, lang), "since": coming.new.set_on or ""}
        lines.append(say("revised-soon", lang, **details, new=figure))
    return lines


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
