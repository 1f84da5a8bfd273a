"""``rank``: the table of scores, and the league table of each indicator."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from mfgtargets.evaluation.ranking import Ranking
from mfgtargets.render.fitting import fitted
from mfgtargets.render.gaptable import legend_lines, marked_status, points_of
from mfgtargets.render.rankingfields import number, place_or_none, score_of
from mfgtargets.render.sources import actuals_line, baseline_line
from mfgtargets.render.table import Cell, Column, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import (
    NOTHING,
    SCORE_PLACES,
    decimals_of,
    derived,
    exact,
    latest_figure,
    percent,
    unit_of,
    with_unit,
)
from mfgtargets.wording.names import name_of, title_of
from mfgtargets.wording.words import Lang, counted, joined, say, term


def rank_tables(found: Ranking, lang: Lang, width: int | None = None) -> list[Table]:
    """Return the table of scores, where there are several indicators, and one of each indicator."""
    whole = [_overall(found, lang, width)] if len(found.measured) > 1 else []
    each = [_of_indicator(found, n, lang, width) for n in found.measured]
    last = whole or each
    check = found.check
    nowhere = [
        name_of(target, lang) for n, target in enumerate(found.targets) if n not in found.measured
    ]
    told = joined("names", nowhere, lang)
    unranked = [say("rank-unranked", lang, count=len(nowhere), names=told)] * bool(nowhere)
    last[-1] = last[-1]._replace(
        after=[
            *last[-1].after,
            *unranked,
            actuals_line(check.actuals, lang),
            *baseline_line(check, lang),
        ]
    )
    return [*whole, *each]


def _title(found: Ranking, lang: Lang) -> str:
    check = found.check
    return say(
        "rank-title",
        lang,
        name=title_of(check.document.entry, lang),
        as_of=check.as_of,
        by=term(words.FACTS, f"by_{found.by}", lang),
        count=len(found.regions),
    )


def _overall(found: Ranking, lang: Lang, width: int | None) -> Table:
    """Return the regions by their score, with the place of each indicator beside it."""
    ranked, total = found.measured, found.weights.sum()
    size = int((found.weights > 0).sum())
    moved = [] if found.score_moved is None else ["moved"]
    codes = ["region", "place", *moved, "score", "rests_on"]
    columns = columns_of(codes, "region", lang)
    names = [name_of(target, lang) for target in found.targets]
    columns += [Column(f"place {n}", names[n]) for n in ranked]
    lines = []
    for k in _in_order(found.score_place):
        one = score_of(found, k)
        known = say("rank-rests-on", lang, count=one["indicators"], size=size)
        if one["weight_known"] < 1:
            share = percent(one["weight_known"], places=0)
            known = say("rank-rests-on-part", lang, known=known, share=share)
        cells: list[str | Cell] = [found.regions[k], _place_cell(one["place"])]
        cells += [_moved_cell(one["moved"], lang)] if moved else []
        cells += [Cell(derived(one["score"], SCORE_PLACES), one["score"]), known]
        cells += [_place_cell(place_or_none(int(found.places[found.by][k, n]))) for n in ranked]
        lines.append(line_of(*cells))
    weights = (f"{names[n]} {exact(float(found.weights[n]))}" for n in ranked)
    told = joined("words", weights, lang)
    after = [
        say("rank-score", lang),
        say("rank-weights", lang, weights=told, total=exact(float(total))),
    ]
    order = [column.code for column in columns]
    table = Table(
        [_title(found, lang), *_told(found, lang)], columns, lines, after, order, 3, "rank"
    )
    return fitted(table, lang, width)


def _told(found: Ranking, lang: Lang) -> Iterator[str]:
    """Say who leads, and who moved most, as a circular begins."""
    first = [found.regions[k] for k in np.flatnonzero(found.score_place == 1)]
    best = derived(float(np.nanmax(found.score)), SCORE_PLACES)
    yield say("rank-first", lang, names=joined("words", first, lang), score=best)
    if found.score_moved is not None and np.nanmax(found.score_moved, initial=0) > 0:
        most = np.nanmax(found.score_moved)
        names = (found.regions[k] for k in np.flatnonzero(found.score_moved == most))
        yield say("rank-moved", lang, names=joined("words", names, lang), count=int(most))


def _of_indicator(found: Ranking, n: int, lang: Lang, width: int | None) -> Table:
    """Return the league table of one indicator: by the measure asked for, beside it the other."""
    check, size = found.check, len(found.weights)
    beside = "level" if found.by == "change" else "change"
    codes = ["region", "place", *([] if found.moved is None else ["moved"]), "latest", "lead"]
    codes += ["change", "percent", "yearly", f"place_{beside}", "status"]
    place = found.places[found.by][:, n]
    lines = []
    every = zip(check.results[n::size], check.bases[n::size], strict=True)
    places = max(decimals_of(*pair) for pair in every)
    for k in _in_order(place):
        result, basis = check.results[k * size + n], check.bases[k * size + n]
        unit = unit_of(result, lang)
        change, grown, yearly = (
            number(found.values[name], k, n) for name in ("change", "percent", "yearly")
        )
        of_percent = result.kind in {"growth_rate", "cumulative_change"}
        yearly_unit = "%" if result.path == "geometric" else unit
        cells = {
            "region": Cell(result.region, result.target_id),
            "place": _place_cell(place_or_none(int(place[k]))),
            "latest": Cell(latest_figure(result, basis, lang), result.latest_value),
            "lead": Cell(percent(result.lead, sign=True), points_of(result.lead)),
            "change": _figure(change, "%" if of_percent else unit, places),
            "percent": _figure(grown, "%", 1),
            "yearly": _figure(yearly, yearly_unit, max(places, 1)),
            f"place_{beside}": _place_cell(place_or_none(int(found.places[beside][k, n]))),
            "status": marked_status(result, check.common[k * size + n], lang),
        }
        if found.moved is not None:
            cells["moved"] = _moved_cell(number(found.moved, k, n), lang)
        lines.append(line_of(*(cells[code] for code in codes)))
    target = found.targets[n]
    title = with_unit(name_of(target, lang), target.unit, lang)
    measure = term(words.FACTS, f"by_{found.by}", lang)
    heading = say("rank-of", lang, title=title, by=measure, as_of=check.as_of)
    missing = sum(place == 0)
    after = [say("rank-missing", lang, count=counted(int(missing), "region", lang))] * bool(missing)
    columns = columns_of(codes, "region latest status", lang)
    order = ["region", "place", "latest", "status", *codes[3:-1]]
    order = list(dict.fromkeys([*order, *codes]))
    after += legend_lines(check, lang, {"marks"})
    table = Table([heading], columns, lines, after, order, 5, target.indicator)
    return fitted(table, lang, width)


def _in_order(place: Any) -> Iterable[int]:
    """Return the rows by place, those without one after the others."""
    order: list[int] = np.lexsort((np.arange(len(place)), place == 0)).tolist()
    return sorted(order, key=lambda k: (place[k] == 0, place[k]))


def _place_cell(place: int | None) -> Cell:
    return Cell(NOTHING if place is None else str(place), place)


def _moved_cell(moved: float | None, lang: Lang) -> Cell:
    """Return how many places were gained or lost."""
    if moved is None:
        return Cell(NOTHING)
    code = "rank-up" if moved > 0 else "rank-down" if moved < 0 else "rank-same"
    return Cell(say(code, lang, count=abs(int(moved))), moved)


def _figure(value: float | None, unit: str, places: int) -> Cell:
    if value is None:
        return Cell(NOTHING)
    return Cell(derived(value, places, sign=True) + unit, value / 100 if unit == "%" else value)
