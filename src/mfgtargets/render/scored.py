"""How the score of a region came about."""

import numpy as np

from mfgtargets.evaluation.ranking import Ranking
from mfgtargets.faults import InputError, fault, nearest
from mfgtargets.render.rankingfields import number, score_of
from mfgtargets.render.table import Line, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import NOTHING, SCORE_PLACES, derived, exact, percent, with_unit
from mfgtargets.wording.names import name_of
from mfgtargets.wording.words import Lang, say, term


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
    for n in found.measured:
        target = found.targets[n]
        share, column = number(found.shares, k, n), values[:, n][~np.isnan(values[:, n])]
        figures = (
            number(values, k, n),
            *((column.min(), column.max()) if len(column) else (None, None)),
        )
        part = None if share is None else float(counts[n]) * share
        lines.append(
            line_of(
                with_unit(name_of(target, lang), target.unit, lang),
                *(NOTHING if value is None else f"{value:.6g}" for value in figures),
                derived(share, SCORE_PLACES),
                exact(float(found.weights[n])),
                percent(float(counts[n])),
                derived(part, SCORE_PLACES),
            )
        )
    one = score_of(found, k)
    score, place = derived(one["score"], SCORE_PLACES), one["place"] or NOTHING
    lines.append(Line(heading=say("rank-sum", lang, score=score, place=place)))
    codes = "indicator value lowest highest share weight counts part".split()
    title = say("rank-explained", lang, region=name, by=term(words.FACTS, f"by_{found.by}", lang))
    after = [say("rank-formula", lang), say("rank-score", lang)]
    return Table([title], columns_of(codes, "indicator", lang), lines, after, name=name)
