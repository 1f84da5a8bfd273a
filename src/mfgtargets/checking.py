"""Targets judged from Python: documents, actuals and what is asked of them, to a check."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from mfgtargets.defaults import APPROX, BUNDLED, METHOD, TOLERANCE
from mfgtargets.document.records import Document
from mfgtargets.evaluation.asked import Question
from mfgtargets.evaluation.check import Checked, check_document
from mfgtargets.evaluation.regions import region_rule_named
from mfgtargets.evaluation.results import result_frame
from mfgtargets.loading import department_spellings, load, read_actuals, regional_targets
from mfgtargets.methods import method_named
from mfgtargets.observations.actuals import Actuals
from mfgtargets.observations.observation import Tally
from mfgtargets.observations.observed import Observed
from mfgtargets.observations.regions import Regions

Lang = Literal["zh", "en"]


@dataclass(frozen=True)
class Check(Checked):
    """A check: ``results`` (records with the fields of ``check --format json``), ``summary``,
    ``actuals``, ``document``; as Markdown, as dictionaries, or as a frame by the Arrow interface.
    """  # noqa: D205 - what it is takes more than a line

    @property
    def left_out(self) -> Tally:
        """What of the actuals was not used: counts by reason, and the first rows."""
        return self.actuals.left_out

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the results as dictionaries, with lists and numbers as JSON has them."""
        return [
            {name: list(v) if isinstance(v, tuple) else v for name, v in one._asdict().items()}
            for one in self.results
        ]

    def to_markdown(self, lang: Lang = "zh") -> str:
        """Return the gap table as Markdown."""
        from mfgtargets.render.gaptable import gap_table  # noqa: PLC0415 - what renders is not
        from mfgtargets.render.markdown import markdown_text  # noqa: PLC0415 - needed to check

        return markdown_text(gap_table(self, lang))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the results to any data-frame library (needs the extra ``tables``).

        What is a list in JSON is text, as in CSV: ``part_year;stale``, ``gap=no_data;lead=no_data``.
        """
        return result_frame(self.columns).__arrow_c_stream__(requested_schema)


def check(
    doc: str | Path | Document,
    actuals: Any = None,
    *,
    as_of: int | None = None,
    target_year: int | str | None = None,
    indicators: Sequence[str] = (),
    groups: Sequence[str] = (),
    departments: Sequence[str] = (),
    department_table: str | Path | None = None,
    regions: Sequence[str] = (),
    region_table: str | Path | None = None,
    region_targets: str | Path | None = None,
    region_rule: str | None = None,
    method: str = METHOD,
    tolerance: float = TOLERANCE,
    approx: float = APPROX,
    proxies: bool = False,
    every: bool = False,
    trend: int | None = None,
    baseline_year: int | None = None,
) -> Check:
    """Judge the targets of a document.

    ``actuals`` is what ``read_actuals`` returns or takes; None is the bundled ones. ``as_of`` is
    the year to judge by (default: the newest of the actuals), ``target_year`` a year or ``all``;
    ``every`` takes all indicators and not only the main table, ``departments`` what one of them
    leads or joins, ``department_table`` the file of their spellings. ``regions`` are names, or
    ``all``, of those to judge (default: whose values the actuals were read for, else the document's
    own), ``region_table`` the file of their names, codes and parents, ``region_targets`` that of
    their own targets; ``region_rule`` ``equal-growth`` gives each the document's relative change
    from its own baseline. ``tolerance`` is in percentage points of the plan's distance, ``approx``
    what 左右 leaves in percent; ``proxies`` lets values of another definition decide; ``trend`` is
    how many years the projection looks back; ``baseline_year`` is where targets without a stated
    baseline start from, by the actual of that year. Raises ``InputError`` where the document or the
    actuals cannot be used, or what is asked for is not there.
    """
    document = load(doc)
    given = actuals_of(document, actuals, regions, region_table)
    wanted, there = regions_in(document, given, regions)
    question = Question(
        as_of=as_of,
        target_year=target_year,
        regions=wanted.chosen(there),
        regional_targets=regional_targets(document, region_targets, wanted, there),
        region_rule=region_rule_named(region_rule),
        indicators=indicators,
        groups=groups,
        departments=departments,
        spellings=department_spellings(department_table),
        tolerance=tolerance,
        approx=approx,
        proxies=proxies,
        every=every,
        method=method_named(method),
        trend=trend,
        baseline_year=baseline_year,
    )
    return Check(**vars(check_document(document, given, question)))


def regions_in(
    document: Document, given: Actuals, regions: Sequence[str] = ()
) -> tuple[Regions, list[str]]:
    """Return the regions asked for, else those actuals were read for, and those that are in them."""
    found = given.regions or Regions(document)
    wanted = Regions(document, regions, found.table) if regions else found
    return wanted, Observed.of(given.used).regions_there


def actuals_of(
    document: Document,
    given: Any,
    regions: Sequence[str] = (),
    region_table: str | Path | None = None,
) -> Actuals:
    """Return actuals as they are given, or read."""
    if isinstance(given, Actuals):
        return given
    source = BUNDLED if given is None else given
    return read_actuals(document, source, regions=regions, region_table=region_table)
