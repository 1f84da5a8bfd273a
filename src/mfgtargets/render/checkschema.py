"""The JSON Schema of what ``check --format json`` prints, made from the records themselves."""

from typing import Any, get_args, get_type_hints

from mfgtargets.evaluation.opinions import FLAG_ORDER, Opinion
from mfgtargets.evaluation.results import Result
from mfgtargets.methods import METHODS
from mfgtargets.render.jsontext import FORMAT_VERSION
from mfgtargets.series.reasons import Reason

_NAMES = {str: "string", int: "integer", float: "number", type(None): "null"}


def check_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12)."""
    reasons = [reason.code for reason in Reason if reason]
    statuses = sorted({word for m in METHODS.values() for word in m.all_statuses})
    counts = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
    result = _record(Result)
    result["properties"] |= {
        "status": {"enum": statuses},
        "reasons": {"type": "object", "additionalProperties": {"enum": reasons}},
        "flags": {"type": "array", "items": {"enum": FLAG_ORDER}},
        "verdicts": {"type": "array", "items": _record(Opinion)},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mfgtargets check --format json",
        "type": "object",
        "required": [
            "format_version",
            "command",
            "document",
            "as_of",
            "method",
            "summary",
            "results",
        ],
        "properties": {
            "format_version": {"const": FORMAT_VERSION},
            "command": {"const": "check"},
            "document": {"type": "string"},
            "as_of": {"type": ["integer", "null"]},
            "method": {"enum": [*METHODS, "all"]},
            "actuals": {"type": "object"},
            "documents": {"type": "array", "items": {"type": "object"}},
            "summary": counts,
            "results": {"type": "array", "items": result},
        },
        "additionalProperties": False,
    }


def _record(record: Any) -> dict[str, Any]:
    """Return the schema of a record: its fields, all required, and no others."""
    hints = get_type_hints(record)
    return {
        "type": "object",
        "required": list(hints),
        "properties": {name: _field(hint) for name, hint in hints.items()},
        "additionalProperties": False,
    }


def _field(hint: Any) -> dict[str, Any]:
    parts = get_args(hint)
    if hint in _NAMES:
        return {"type": _NAMES[hint]}
    if type(None) in parts:
        return {"type": [_NAMES[part] for part in parts]}
    if parts[1:] == (...,):
        return {"type": "array", "items": _field(parts[0])}
    return {"type": "object"}
