"""Check the Shaoxing plan against a few observations, without files."""

import io

from mfgtargets.document.records import Document
from mfgtargets.evaluation.asked import Question
from mfgtargets.evaluation.check import Checked, check_document
from mfgtargets.evaluation.results import Result
from mfgtargets.observations.actuals import Actuals
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.match import Matcher
from mfgtargets.observations.matched import Matched
from mfgtargets.observations.observation import LeftOut, Observation, Tally
from mfgtargets.observations.parse import read_observations


def read(
    table: str | bytes, name: str = "t.csv", **hints: object
) -> tuple[list[Observation], list[LeftOut]]:
    """Read a table: its observations, and what is left out of it."""
    raw = table.encode() if isinstance(table, str) else table
    items = list(read_observations(io.BytesIO(raw), name, Hints(**hints)))  # type: ignore[arg-type]
    return (
        [item for item in items if isinstance(item, Observation)],
        [item for item in items if isinstance(item, LeftOut)],
    )


def matched(
    table: str | bytes, document: Document, **hints: object
) -> tuple[Matched, list[LeftOut]]:
    """Read a table and match it to a document; what is left out by either."""
    observations, left_out = read(table, **hints)
    return Matcher(document).match(observations, left_out.append), left_out


def checked(document: Document, table: str, **question: object) -> Checked:
    """Check a document against rows of canonical CSV (the header line first)."""
    found, left_out = matched(table, document)
    assert not left_out, [row.reason for row in left_out]
    return check_document(
        document,
        Actuals(("test.csv",), tuple(found.observations), Tally()),
        Question(**question),  # type: ignore[arg-type]
    )


def result(document: Document, indicator: str, table: str, **question: object) -> Result:
    """Return the one result of an indicator; the table's rows are those of that indicator alone."""
    header, *rows = table.strip().splitlines()
    csv = "\n".join([f"indicator,{header}", *(f"{indicator},{row.strip()}" for row in rows)])
    results = checked(document, csv, indicators=[indicator], **question).results
    assert len(results) == 1
    return results[0]
