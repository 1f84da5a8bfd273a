"""What changed since an earlier ``check --format json``, or between two years."""

import json
import math
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, cast

from mfgtargets.evaluation.check import Checked, as_it_stood
from mfgtargets.evaluation.results import Result
from mfgtargets.faults import Fault, InputError, Place, fault
from mfgtargets.render.jsontext import FORMAT_VERSION
from mfgtargets.render.markdown import markdown_text
from mfgtargets.render.table import Table, columns_of, line_of
from mfgtargets.wording.figures import MOST_DECIMALS, NOTHING, decimals_of, derived, percent
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.names import name_of
from mfgtargets.wording.words import Lang, say, word

Row = dict[str, Any]


class Change(NamedTuple):
    """What became of one target: its row before and its result now, with the decimals to show."""

    before: Row | None
    now: Result | None
    places: int = 0


class Changes(NamedTuple):
    """The targets of which status or figure changed, which are new or gone, of one region or several."""

    since: int | None
    found: list[Change]
    several: bool


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
    "region": _is_text_or_none,
    "status": _is_text,
    "name_zh": _is_text_or_none,
    "name_en": _is_text_or_none,
    "latest_period": _is_text_or_none,
    "kind": _is_text_or_none,
    "latest_value": _is_figure,
    "baseline_value": _is_figure,
    "latest_bound": _is_text_or_none,
    "lead": _is_figure,
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


def earlier_results(text: str, name: str, check: Checked) -> list[Row]:
    """Return the results of an earlier answer of a check's document; raise for any other."""
    earlier = read_earlier(text, name)
    _same_document(earlier, name, check.document.id)
    results: list[Row] = earlier["results"]
    return results


def _same_document(earlier: dict[str, Any], name: str, expected: str) -> None:
    if earlier.get("document") != expected:
        found = str(earlier.get("document"))
        raise InputError([fault("other-document", Place(name), found=found, expected=expected)])


def changes_of(checks: Sequence[Checked], earlier: dict[str, Any], name: str) -> Changes:
    """Compare checks with earlier ones of the same document, or of all."""
    expected = checks[0].document.id if len(checks) == 1 else "all"
    _same_document(earlier, name, expected)
    if earlier.get("method") != checks[0].method:
        found = str(earlier.get("method"))
        details = {"found": found, "expected": checks[0].method}
        raise InputError([Fault("other-method", Place(name), details)])
    as_of = earlier.get("as_of")
    return _changes(checks, earlier["results"], as_of if isinstance(as_of, int) else None)


def changes_since(checks: Sequence[Checked], year: int) -> Changes:
    """Compare checks with the same targets and actuals as they stood in an earlier year."""
    before = [row._asdict() for check in checks for row in as_it_stood(check, year).results]
    listed = {_key(row._asdict()) for check in checks for row in check.results}
    return _changes(checks, [row for row in before if _key(row) in listed], year)


def _key(row: Row) -> tuple[Any, ...]:
    return row["document_id"], row.get("region"), row["target_id"]


def _changes(checks: Sequence[Checked], earlier: Sequence[Row], since: int | None) -> Changes:
    before = {_key(row): row for row in earlier}
    found = []
    for check in checks:
        for result, basis in zip(check.results, check.bases, strict=True):
            now = result._asdict()
            old = before.pop(_key(now), None)
            if old is None or (old["status"], _figure(old)) != (now["status"], _figure(now)):
                found.append(Change(old, result, decimals_of(result, basis)))
    several = any(len(check.regions) > 1 for check in checks)
    return Changes(since, [*found, *(Change(row, None) for row in before.values())], several)


def _figure(row: Row) -> tuple[Any, ...] | None:
    fields = "latest_value", "latest_period", "latest_bound"
    return None if row["latest_value"] is None else tuple(row[name] for name in fields)


def changes_table(changes: Changes, lang: Lang) -> Table:
    """Return a line for each change: status, actual and lead, before and now."""
    columns = columns_of(("indicator", "status", "latest", "lead"), "indicator status latest", lang)
    return Table(
        before=[] if changes.since is None else [say("changes-since", lang, year=changes.since)],
        columns=columns,
        lines=[line_of(*_cells(change, lang, several=changes.several)) for change in changes.found],
    )


def changes_lines(changes: Changes, lang: Lang) -> list[str]:
    """Return the changes as a table in Markdown, or that there are none."""
    if not changes.found:
        return [say("no-changes", lang)]
    return [markdown_text(changes_table(changes, lang))]


def _region(change: Change) -> str:
    """Return whose change it is."""
    return change.now.region if change.now else str((change.before or {}).get("region") or "")


def _cells(change: Change, lang: Lang, *, several: bool) -> tuple[str, ...]:
    name, *others = _own_cells(change, lang)
    return (f"{_region(change)} {name}" if several else name), *others


def _own_cells(change: Change, lang: Lang) -> tuple[str, ...]:
    before, now = change.before, change.now
    if now is None:
        name = word((before["name_zh"], before["name_en"]), lang) if before else ""
        return name or NOTHING, say("change-gone", lang), NOTHING, NOTHING
    rows = [now._asdict()] if before is None else [before, now._asdict()]
    figures = _figures(rows, change.places)
    leads = [percent(row["lead"], sign=True) for row in rows]
    statuses = [status_word(str(row["status"]), lang) for row in rows]
    if before is None:
        statuses = [say("in-brackets", lang, text=statuses[0], inner=say("change-new", lang))]
    return name_of(now, lang), _arrow(statuses), _arrow(figures), _arrow(leads)


def _arrow(texts: Sequence[str]) -> str:
    """Write what was and what is, or what is where it was the same."""
    return " → ".join(dict.fromkeys(texts))


def _figures(rows: Sequence[Row], places: int) -> list[str]:
    """Write actuals with one number of decimals, enough to tell different ones apart."""
    values = {row["latest_value"] for row in rows}
    while places < MOST_DECIMALS and len({derived(v, places) for v in values}) < len(values):
        places += 1
    return [
        NOTHING
        if row["latest_value"] is None
        else f"{row['latest_bound'] or ''}{derived(row['latest_value'], places)} "
        f"({row['latest_period']})"
        for row in rows
    ]
