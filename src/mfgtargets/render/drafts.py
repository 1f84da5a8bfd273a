"""A draft as a commented target file, as JSON lines, and what it left out as text."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mfgtargets.drafting.entries import Indicator, Target
from mfgtargets.drafting.found import Found
from mfgtargets.drafting.heads import Head
from mfgtargets.drafting.whole import TABLE, Draft
from mfgtargets.notation.numbers import plain_number
from mfgtargets.wording import words
from mfgtargets.wording.words import Lang, say, term

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PERIODS = {"growth_rate", "increment", "annual_flow", "relative"}
_REGION = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治区|省|市|州|县|区)")


def target_file(draft: Draft, name: str, sha256: str, lang: Lang) -> str:
    """Write a draft as a target file; ``name`` is that of the text, for the document's id."""
    return "".join(f"{line}\n" for line in _lines(draft, name, sha256, lang))


def json_lines(draft: Draft) -> str:
    """Write the targets of a draft, one a line."""
    return "".join(f"{json.dumps(fields_of(one), ensure_ascii=False)}\n" for one in draft.targets)


def fields_of(one: Found) -> dict[str, Any]:
    """Return one target as a flat record."""
    record = one._asdict()
    clause = record.pop("clause")
    kept = ("in_table", "restates", "part_of", "replaces", "benchmark")
    beside = one.benchmark
    lists = {key: list(record[key]) for key in ("departments", "hedge", "doubts")}
    return (
        {"quote": clause.quote, "line": clause.line}
        | {k: v for k, v in record.items() if k not in kept}
        | lists
        | {"relative_to": beside._asdict() if beside else None}
        | {"revises": one.replaces.id if one.replaces else None}
    )


def left_out_text(draft: Draft, lang: Lang) -> str:
    """List the numbers left out, with line, reason and clause."""
    return "\n".join(
        f"{one.clause.line}: {term(words.OMITTED, one.reason, lang)}: {one.clause.quote}"
        for one in draft.left_out
    )


def changes_text(draft: Draft, lang: Lang) -> list[str]:
    """Tell what a new text changes, a line a target."""
    return [
        say(
            f"draft-{one.code}",
            lang,
            name=one.name,
            year=one.year or "",
            old=_shown(one.old),
            new=_shown(one.new),
            id=one.target_id or "",
        )
        for one in draft.changes
    ]


def _shown(value: float | None) -> str:
    return "-" if value is None else plain_number(value)


def _lines(draft: Draft, name: str, sha256: str, lang: Lang) -> Iterator[str]:
    head = draft.head
    title = head.title or name
    yield f"# {say('draft-head', lang)}"
    yield from (f"# {change}" for change in changes_text(draft, lang))
    yield from _pairs({"id": name if _ID.fullmatch(name) else f"draft-{head.end or 'plan'}"})
    yield f"{'title' if head.language == 'zh' else 'title_en'}: {_text(title)}"
    yield from _pairs({"issuer": head.issuer, "number": head.number, "date": head.date})
    yield f"standing: {'draft' if head.is_draft else 'in_force'}"
    region = _region(head)
    yield f"region: {_text(region or say('draft-region', lang))}  # {_unsure(['region'], lang)}"
    yield f"period: {_flow({'start': head.start, 'end': head.end})}"
    yield "baseline_year: null"
    yield f"source: {_flow({'title': title, 'publisher': None, 'url': None, 'sha256': sha256})}"
    yield f"main_table: {_text(TABLE) if any(one.in_table for one in draft.targets) else 'null'}"
    groups = dict.fromkeys(one.group for one in draft.targets if one.group)
    if groups:
        yield "groups:"
        yield from (f"  {_text(group)}: {_text(group)}" for group in groups)
    yield "sections:" if draft.sections else "sections: {}"
    for section, offices in draft.sections.items():
        yield f"  {_text(section)}: [{', '.join(map(_text, offices))}]"
    yield "" if draft.indicators else "indicators: []"
    if draft.indicators:
        yield "indicators:"
    for indicator in draft.indicators:
        yield from _indicator(indicator, head.language, lang)


def _indicator(indicator: Indicator, language: str, lang: Lang) -> Iterator[str]:
    first = indicator.first
    doubts = [doubt for doubt in first.doubts if doubt in {"direction", "unit", "name"}]
    if doubts:
        yield f"  # {_unsure(doubts, lang)}" + (f" ({first.unit})" if "unit" in doubts else "")
    yield f"  - id: {indicator.id}"
    fields: dict[str, Any] = {
        "name_zh" if language == "zh" else "name_en": first.name,
        "group": first.group,
        "concept": indicator.concept,
        "kind": first.kind,
        "direction": first.direction,
        "nature": indicator.nature,
        "hold": first.hold,
        "obligation": first.obligation,
        "section": first.section,
        "quote": first.clause.quote,
    }
    yield from (
        f"    {line}" for line in _pairs({k: v for k, v in fields.items() if v is not None})
    )
    yield f"    unit: {_text(indicator.unit)}"
    yield "    targets:"
    for target in indicator.targets:
        unsure = [one for one in target.found.doubts if one not in {"direction", "unit", "name"}]
        comment = f"  # {_unsure(unsure, lang)}" if unsure else ""
        yield f"      - {_flow(_target(target, indicator))}{comment}"


def _target(target: Target, indicator: Indicator) -> dict[str, Any]:
    """Return what a target says beyond its indicator."""
    one, first = target.found, indicator.first
    fields: dict[str, Any] = {"value": one.value}
    if one.benchmark:
        _, comparator, offset = one.benchmark
        beside = {"comparator": comparator} | ({"offset": offset} if offset else {})
        fields["relative_to"] = {"indicator": target.benchmark} | beside
    if one.kind in PERIODS and one.year is not None:
        start = one.start if one.start is not None and one.start <= one.year else None
        fields["period"] = {"start": start, "end": one.year}
    elif one.year is not None:
        fields["year"] = one.year
    fields |= {
        "value_high": one.value_high,
        "comparator": one.comparator if one.comparator != "eq" else None,
        "hedge": list(one.hedge) or None,
        "baseline": {"year": one.baseline_year, "value": one.baseline_value}
        if one.baseline_year
        else None,
        "section": one.section if one.section != first.section else None,
        "quote": one.clause.quote if one.clause != first.clause else None,
        "restates": target.restates,
        "part_of": target.part_of,
        "revises": target.revises,
        "set_on": target.set_on,
        "source": target.source and {k: v for k, v in target.source._asdict().items() if v},
    }
    return {key: value for key, value in fields.items() if value is not None or key == "value"}


def _unsure(doubts: Sequence[str], lang: Lang) -> str:
    return say(
        "draft-unsure", lang, doubts="; ".join(term(words.DOUBTS, one, lang) for one in doubts)
    )


def _region(head: Head) -> str | None:
    for place in (head.issuer, head.title):
        if place and (match := _REGION.match(place)):
            return match[0]
    return None


def _pairs(fields: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key}: {_text(value)}" for key, value in fields.items())


def _flow(fields: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_text(value)}" for key, value in fields.items()) + "}"


def _text(value: Any) -> str:
    """Write one value of YAML; text is quoted, as in JSON."""
    if isinstance(value, dict):
        return _flow(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    if isinstance(value, float):
        return plain_number(value)
    plain = (
        isinstance(value, str)
        and _ID.fullmatch(value.replace("_", "-"))
        and not value[:1].isdigit()
    )
    return (
        str(value)
        if plain and value not in {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
        else json.dumps(value, ensure_ascii=False)
    )
