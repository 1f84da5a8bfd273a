"""A plan judged for very many regions, some of them at a time, so that memory stays flat."""

from collections.abc import Iterator

import numpy as np

from mfgtargets.document.records import Document
from mfgtargets.evaluation.asked import Question
from mfgtargets.evaluation.check import Checked, check_document
from mfgtargets.observations.actuals import Actuals
from mfgtargets.observations.observed import Observed
from mfgtargets.series.arrays import Flags
from mfgtargets.series.measured import firsts

BATCH = 2_000  # regions at a time: more of them leave the cache, fewer cost calls


def by_regions(actuals: Actuals, count: int = BATCH) -> Iterator[Actuals]:
    """Yield the actuals of ``count`` regions at a time, in the order in which they have them."""
    given = Observed.of(actuals.used)
    order = np.argsort(given.region, kind="stable")
    codes, starts = np.unique(given.region[order], return_index=True)
    ends = [*starts[1:].tolist(), len(order)]
    for first in range(0, len(codes), count):
        last = min(first + count, len(codes)) - 1
        part = given.taken(order[starts[first] : ends[last]])
        part.regions = tuple(given.regions[code] for code in codes[first : last + 1])
        part.region = np.searchsorted(codes, part.region) - first
        yield actuals._replace(used=part)


def check_all(document: Document, actuals: Actuals, question: Question) -> Checked:
    """Judge a document for every region of its actuals."""
    regions = tuple(Observed.of(actuals.used).regions)
    return check_document(document, actuals, question._replace(regions=regions))


def listed(check: Checked) -> Flags:
    """Tell which results do not depend on the other regions: the main table's, and those measured."""
    rows, question, table = check.rows, check.question, check.document.entry.main_table
    every = question.every or not question.whole_document or table is None
    in_table = [every or target.section == table for target in rows.variants[: rows.size]]
    measured = firsts(check.layout.measured.series, len(rows.chosen)) >= 0
    found: Flags = np.tile(np.array(in_table, dtype=bool), len(rows.regions)) | measured
    return found
