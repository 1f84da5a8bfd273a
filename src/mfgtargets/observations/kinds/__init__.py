"""Exports of data bases, each turned into a long table of headings that the program knows.

A module a family of kinds. What a table is, is told by its headings: a kind looks at the first lines
and returns where its header stands and what its columns say, or None.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from mfgtargets.observations.headers import WITHIN
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.kinds import databases, eurostat, sdmx, series, sidebyside, worldbank
from mfgtargets.observations.kinds.unfolding import Kind, Recast, unfolded
from mfgtargets.observations.lines import Line
from mfgtargets.observations.observation import Admission

KINDS: tuple[Callable[[Sequence[Line]], Kind | None], ...] = (
    sdmx.kind_of,
    eurostat.kind_of,
    worldbank.kind_of,
    databases.open_sdg,
    databases.our_world_in_data,
    databases.weo,
    databases.faostat,
    databases.fred,
    series.kind_of,
)


def recast(lines: Iterator[Line], hints: Hints, admit: Admission = lambda *_: None) -> Recast:
    """Return a table of a known kind as a long one (see ``unfolded``), any other as it is.

    Blocks side by side become lines one below the other.
    """
    top = list(islice(lines, WITHIN + 1))
    kind = next((found for known in KINDS if (found := known(top))), None)
    whole = chain(top, lines)
    if kind is not None:
        return unfolded(whole, kind, hints, admit)
    blocks = sidebyside.blocks_of(top)
    return Recast(sidebyside.one_below_the_other(whole, *blocks) if blocks else whole, hints)
