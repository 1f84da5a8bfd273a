"""What changed since an earlier ``check --format json``."""

import json
import math
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, cast

from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Result
from mfgtargets.faults import Fault, InputError, Place, fault
from mfgtargets.render.jsontext import FORMAT_VERSION
from mfgtargets.render.markdown import escaped, inline
from mfgtargets.wording.figures import exact
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.names import name_of
from mfgtargets.wording.words import Lang, say

Earlier = dict[tuple[Any, str], dict[str, Any]]


class Changes(NamedTuple):
    """Statuses that moved, figures that are new or revised, targets that are new or gone."""

    since: int | None
    moved: list[tuple[str, Result]]
    figures: list[tuple[dict[str, Any], Result]]
    new: list[Result]
    gone: list[dict[str, Any]]


def read_earlier(text: str, name: str) -> dict[str, Any]:
    """Read an earlier answer; raise ``InputError`` where it is none that can be compared."""
    try:
        found = json.loads(text, parse_int=_number)
    except (json.JSONDecodeError, RecursionError) as error:
        place = Place(name, getattr(error, "lineno", 0), getattr(error, "colno", 0))
        raise InputError([fault("json-syntax", place, found=error)]) from None
    wrong = _wrong(found)
    if wrong:
        raise InputError([fault("not-a-check", Place(name), found=wrong)])
    return cast("dict[str, Any]", found)


def _number(digits: str) -> float:
    """Return a whole number; one of more digits than a figure has is without end."""
    return int(digits) if len(digits) <= 15 else math.inf


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not _HALF_CHARACTER.search(value)


def _is_text_or_none(value: Any) -> bool:
    return value is None or _is_text(value)


def _is_figure(value: Any) -> bool:
    return value is None or (type(value) in {int, float} and math.isfinite(value))


_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_ANSWER: dict[str, Callable[[Any], bool]] = {
    "command": lambda value: value == "check",
    "format_version": lambda value: value == FORMAT_VERSION,
    "document": _is_text,
    "method": _is_text,
    "as_of": _is_figure,
    "results": lambda value: isinstance(value, list),
}
_RESULT: dict[str, Callable[[Any], bool]] = {
    "target_id": _is_text,
    "document_id": _is_text_or_none,
    "status": _is_text,
    "name_zh": _is_text_or_none,
    "name_en": _is_text_or_none,
    "latest_period": _is_text_or_none,
    "latest_value": _is_figure,
    "latest_bound": _is_text_or_none,
}


def _wrong(found: Any) -> str:
    """Return the first field that is not as a check writes it; nothing where all are."""
    if not isinstance(found, dict):
        return "{}"
    for key, is_right in _ANSWER.items():
        if not is_right(found.get(key)):
            return key
    for n, row in enumerate(found["results"]):
        if not isinstance(row, dict):
            return f"results[{n}]"
        for key, is_right in _RESULT.items():
            if not is_right(row.get(key)):
                return f"results[{n}].{key}"
    return ""


def changes_of(checks: Sequence[Checked], earlier: dict[str, Any], name: str) -> Changes:
    """Compare checks with earlier ones of the same document, or of all."""
    expected = checks[0].document.id if len(checks) == 1 else "all"
    if earlier.get("document") != expected:
        found = str(earlier.get("document"))
        raise InputError([fault("other-document", Place(name), found=found, expected=expected)])
    if earlier.get("method") != checks[0].method:
        found = str(earlier.get("method"))
        details = {"found": found, "expected": checks[0].method}
        raise InputError([Fault("other-method", Place(name), details)])
    before: Earlier = {
        (row.get("document_id"), row["target_id"]): row for row in earlier["results"]
    }
    now = {(r.document_id, r.target_id): r for check in checks for r in check.results}
    both = [(before[id_], result) for id_, result in now.items() if id_ in before]
    as_of = earlier.get("as_of")
    return Changes(
        since=as_of if isinstance(as_of, int) else None,
        moved=[
            (str(old.get("status")), new) for old, new in both if old.get("status") != new.status
        ],
        figures=[(old, new) for old, new in both if _figure(old) != _figure(new._asdict())],
        new=[result for id_, result in now.items() if id_ not in before],
        gone=[row for id_, row in before.items() if id_ not in now],
    )


def _figure(row: dict[str, Any]) -> tuple[Any, ...]:
    return row.get("latest_period"), row.get("latest_value"), row.get("latest_bound")


def changes_lines(changes: Changes, lang: Lang) -> list[str]:
    """Return the changes as a Markdown list, or that there are none."""
    told = [
        (name_of(new, lang), f"{status_word(old, lang)} → {status_word(new.status, lang)}")
        for old, new in changes.moved
    ]
    told += [
        (name_of(new, lang), f"{_told(old)} → {_told(new._asdict())}")
        for old, new in changes.figures
    ]
    told += [(name_of(new, lang), say("change-new", lang)) for new in changes.new]
    told += [(str(row.get(f"name_{lang}")), say("change-gone", lang)) for row in changes.gone]
    if not told:
        return [say("no-changes", lang)]
    lines = [
        say("name-and-text", lang, name=escaped(name), text=inline(text)) for name, text in told
    ]
    return ["\n".join(f"- {line}" for line in lines)]


def _told(row: dict[str, Any]) -> str:
    period, value, bound = _figure(row)
    if value is None:
        return "-"
    return f"{bound or ''}{exact(float(value))} ({period})"
