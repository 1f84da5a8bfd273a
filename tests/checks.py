"""Check the Shaoxing plan against a few observations, without files."""

from mfgtargets.check import Question, check_document
from mfgtargets.document.records import Document
from mfgtargets.observations.csvfile import parse_observations
from mfgtargets.observations.match import match
from mfgtargets.report.results import Actuals, Check, Result


def checked(document: Document, table: str, **question: object) -> Check:
    """Check a document against rows of canonical CSV (the header line first)."""
    observations, blanks = parse_observations(table, "test.csv")
    matched = match(observations, document)
    assert not matched.left_out, [row.reason for row in matched.left_out]
    assert not blanks
    return check_document(
        document,
        Actuals(("test.csv",), tuple(matched.observations)),
        Question(**question),  # type: ignore[arg-type]
    )


def result(document: Document, indicator: str, table: str, **question: object) -> Result:
    """Return the one result of an indicator; the table's rows are those of that indicator alone."""
    header, *rows = table.strip().splitlines()
    csv = "\n".join([f"indicator,{header}", *(f"{indicator},{row.strip()}" for row in rows)])
    results = checked(document, csv, indicators=[indicator], **question).results
    assert len(results) == 1
    return results[0]
