"""JSON output: shortest exact numbers, no control characters, the same bytes for the same input."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from mfgtargets import harmless
from mfgtargets.evaluation.check import Checked
from mfgtargets.render.sources import actuals_fields

FORMAT_VERSION = 1


def to_json(command: str, fields: Mapping[str, Any]) -> str:
    """Write the answer of a command as JSON text."""
    document = {"format_version": FORMAT_VERSION, "command": command, **fields}
    return harmless.to_json(_plain(document), indent=2, allow_nan=False) + "\n"


def checks_json(checks: Sequence[Checked]) -> str:
    """Write a check as JSON text; several as one, with each's own account."""
    if len(checks) == 1:
        return to_json("check", _account(checks[0]) | {"results": _results(checks)})
    totals: Counter[str] = Counter()
    for check in checks:
        totals.update(check.summary)
    fields = {
        "document": "all",
        "as_of": None,
        "method": checks[0].method,
        "documents": [_account(check) for check in checks],
        "summary": dict(sorted(totals.items())),
        "results": _results(checks),
    }
    return to_json("check", fields)


def _results(checks: Sequence[Checked]) -> list[dict[str, Any]]:
    return [
        result._asdict() | ({"verdicts": [one._asdict() for one in said]} if said else {})
        for check in checks
        for result, said in zip(check.results, check.verdicts, strict=True)
    ]


def _account(check: Checked) -> dict[str, Any]:
    """Say what a check was of, and what it used."""
    return {
        "document": check.document.id,
        "as_of": check.as_of,
        "method": check.method,
        "actuals": actuals_fields(check.actuals),
        "summary": check.summary,
    }


def _plain(value: Any) -> Any:
    """Turn records into mappings and whole floats into integers, throughout: 100.0 is printed 100."""
    if isinstance(value, float) and value.is_integer() and math.fabs(value) < 2**53:
        return int(value)
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
