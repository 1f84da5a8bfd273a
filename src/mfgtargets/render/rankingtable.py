"""``rank``: the overall score, each indicator's league table, and how a score came about."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from mfgtargets.evaluation.ranking import Ranking
from mfgtargets.faults import InputError, fault, nearest
from mfgtargets.render.fitting import fitted
from mfgtargets.render.gaptable import legend_lines, marked_status
from mfgtargets.render.sources import actuals_fields, actuals_line, baseline_line
from mfgtargets.render.table import Cell, Column, Line, Table, columns_of, line_of
from mfgtargets.series.arrays import Floats
from mfgtargets.wording import words
from mfgtargets.wording.figures import (
    NOTHING,
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

_SCORE_PLACES = 3
_RESULT = (
    "region target_id indicator name_zh name_en target_year unit latest_period latest_value lead "
    "status reason flags"
).split()


def rank_fields(found: Ranking) -> dict[str, Any]:
    """Return what ``rank --format json`` prints."""
    check = found.check
    weights = found.weights.tolist()
    return {
        "document": check.document.id,
        "as_of": check.as_of,
        "by": found.by,
        "actuals": actuals_fields(check.actuals),
        "weights": [
            {"target_id": target.id, "weight": weight}
            for target, weight in zip(found.targets, weights, strict=True)
        ],
        "scores": [_score(found, k) for k in range(len(found.regions))],
        "results": [
            _record(found, k, n) for n in range(len(weights)) for k in range(len(found.regions))
        ],
    }


def _score(found: Ranking, k: int) -> dict[str, Any]:
    known = ~np.isnan(found.shares[k]) & (found.weights > 0)
    return {
        "region": found.regions[k],
        "place": _place(int(found.score_place[k])),
        "score": _number(found.score, k),
        "indicators": int(known.sum()),
        "weight_known": float(found.weights[known].sum() / found.weights.sum()),
        "moved": None if found.score_moved is None else _number(found.score_moved, k),
    }


def _record(found: Ranking, k: int, n: int) -> dict[str, Any]:
    result = found.check.results[k * len(found.weights) + n]
    own = {name: getattr(result, name) for name in _RESULT}
    measures = {name: _number(found.values[name], k, n) for name in ("change", "percent", "yearly")}
    all_places = {f"place_{name}": _place(int(p[k, n])) for name, p in found.places.items()}
    return own | measures | {
        "place": _place(int(found.places[found.by][k, n])),
        **all_places,
        "moved": None if found.moved is None else _number(found.moved, k, n),
        "share": _number(found.shares, k, n),
        "weight": float(found.weights[n]),
        "score": _number(found.score, k),
        "score_place": _place(int(found.score_place[k])),
    }  # fmt: skip


def _number(values: Floats, *at: int) -> float | None:
    return None if np.isnan(values[at]) else float(values[at])


def _place(place: int) -> int | None:
    return place or None


def rank_tables(found: Ranking, lang: Lang, width: int | None = None) -> list[Table]:
    """Return the table of scores, where there are several indicators, and one of each indicator."""
    size = len(found.weights)
    whole = [_overall(found, lang, width)] if size > 1 else []
    each = [_of_indicator(found, n, lang, width) for n in range(size)]
    last = whole or each
    check = found.check
    last[-1] = last[-1]._replace(
        after=[*last[-1].after, actuals_line(check.actuals, lang), *baseline_line(check, lang)]
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
    size, total = len(found.weights), found.weights.sum()
    moved = [] if found.score_moved is None else ["moved"]
    codes = ["region", "place", *moved, "score", "rests_on"]
    columns = columns_of(codes, "region", lang)
    names = [name_of(target, lang) for target in found.targets]
    columns += [Column(f"place {n}", name) for n, name in enumerate(names)]
    lines = []
    for k in _in_order(found.score_place):
        one = _score(found, k)
        known = say("rank-rests-on", lang, count=one["indicators"], size=size)
        if one["weight_known"] < 1:
            share = percent(one["weight_known"], places=0)
            known = say("rank-rests-on-part", lang, known=known, share=share)
        cells: list[str | Cell] = [found.regions[k], _place_cell(one["place"])]
        cells += [_moved_cell(one["moved"], lang)] if moved else []
        cells += [Cell(derived(one["score"], _SCORE_PLACES), one["score"]), known]
        cells += [_place_cell(_place(int(found.places[found.by][k, n]))) for n in range(size)]
        lines.append(line_of(*cells))
    weights = (
        f"{name} {exact(float(weight))}"
        for name, weight in zip(names, found.weights.tolist(), strict=True)
    )
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
    best = derived(float(np.nanmax(found.score)), _SCORE_PLACES)
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
    for k in _in_order(place):
        result, basis = check.results[k * size + n], check.bases[k * size + n]
        places = decimals_of(result, basis)
        unit = unit_of(result, lang)
        change, grown, yearly = (
            _number(found.values[name], k, n) for name in ("change", "percent", "yearly")
        )
        of_percent = result.kind in {"growth_rate", "cumulative_change"}
        yearly_unit = "%" if result.path == "geometric" else unit
        cells = {
            "region": Cell(result.region, result.target_id),
            "place": _place_cell(_place(int(place[k]))),
            "latest": Cell(latest_figure(result, basis, lang), result.latest_value),
            "lead": Cell(percent(result.lead, sign=True), result.lead),
            "change": _figure(change, "%" if of_percent else unit, places),
            "percent": _figure(grown, "%", 1),
            "yearly": _figure(yearly, yearly_unit, max(places, 1)),
            f"place_{beside}": _place_cell(_place(int(found.places[beside][k, n]))),
            "status": marked_status(result, check.common[k * size + n], lang),
        }
        if found.moved is not None:
            cells["moved"] = _moved_cell(_number(found.moved, k, n), lang)
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
    text = NOTHING if value is None else derived(value, places, sign=True) + unit
    return Cell(text, value)


def explained(found: Ranking, region: str, lang: Lang) -> Table:
    """Return how the score of one region came about; raise ``InputError`` for one not ranked."""
    known_as = found.check.given.regions
    name = (known_as and known_as.among(region, found.regions)) or region
    if name not in found.regions:
        near = ", ".join(nearest(region, found.regions))
        raise InputError([fault("no-such-region", found=region, near=near)])
    k = found.regions.index(name)
    values = found.values.get(found.by, found.values["level"])
    counted = ~np.isnan(found.shares[k]) * found.weights
    counts = counted / max(counted.sum(), 1e-300)
    lines = []
    for n, target in enumerate(found.targets):
        share, column = _number(found.shares, k, n), values[:, n][~np.isnan(values[:, n])]
        figures = (
            _number(values, k, n),
            *((column.min(), column.max()) if len(column) else (None, None)),
        )
        part = None if share is None else float(counts[n]) * share
        lines.append(
            line_of(
                with_unit(name_of(target, lang), target.unit, lang),
                *(NOTHING if value is None else f"{value:.6g}" for value in figures),
                derived(share, _SCORE_PLACES),
                exact(float(found.weights[n])),
                percent(float(counts[n])),
                derived(part, _SCORE_PLACES),
            )
        )
    one = _score(found, k)
    score, place = derived(one["score"], _SCORE_PLACES), one["place"] or NOTHING
    lines.append(Line(heading=say("rank-sum", lang, score=score, place=place)))
    codes = "indicator value lowest highest share weight counts part".split()
    title = say("rank-explained", lang, region=name, by=term(words.FACTS, f"by_{found.by}", lang))
    after = [say("rank-formula", lang), say("rank-score", lang)]
    return Table([title], columns_of(codes, "indicator", lang), lines, after, name=name)
