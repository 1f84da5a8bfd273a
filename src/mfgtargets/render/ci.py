"""What continuous integration reads: annotations of GitHub, and JUnit XML."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from mfgtargets.methods import SCHEDULE
from mfgtargets.wording import words
from mfgtargets.wording.figures import harmless
from mfgtargets.render.gaptable import summary_sentence
from mfgtargets.wording.methodwords import status_word
from mfgtargets.render.note import sentence
from mfgtargets.evaluation.results import Check, Result, name_of
from mfgtargets.wording.words import Lang, said

MOST = 10  # annotations of a level that GitHub shows
_LEVELS = ("error", "warning")
_MISSING = {"no_data", "not_assessable", "not_available"}


def _level(result: Result, place: str | None) -> str | None:
    """Return how bad a result is: by its status, under other methods by the common scale."""
    own = {"missed": "error", "lagging": "warning"}
    others = {"away": "error", "behind": "warning"}
    return own.get(result.status) or (
        None if result.status in SCHEDULE.words else others.get(place or "")
    )


def annotations(
    checks: Sequence[Check], lang: Lang, files: dict[tuple[str, str], tuple[str, int]]
) -> str:
    """Return annotations, the worst first: missed errors, lagging warnings, one notice of what lacks.

    ``files`` gives file and line of the actual of a document's target, where they are in the
    working directory.
    """
    zh = lang == "zh"
    pairs = [pair for check in checks for pair in zip(check.results, check.common, strict=True)]
    lines = []
    for level in _LEVELS:
        found = [result for result, place in pairs if _level(result, place) == level]
        worst = sorted(found, key=lambda r: (r.lead if r.lead is not None else 0.0, r.target_id))
        shown = worst[: MOST - 1] if len(worst) > MOST else worst
        lines += [
            _annotation(level, r, lang, files.get((r.document_id, r.target_id))) for r in shown
        ]
        if len(worst) > len(shown):
            rest = len(worst) - len(shown)
            more = f"另有{rest}项" if zh else f"{rest} more"
            lines.append(f"::{level}::{_data(more)}")
    lacking = sum(result.status in _MISSING and result.reason != "delegated" for result, _ in pairs)
    if lacking:
        text = f"{lacking}项缺数据或无法评估" if zh else f"{lacking} without data or a status"
        lines.append(f"::notice::{_data(text)}")
    lines += [_data(f"{check.document.id}: {summary_sentence(check, lang)}") for check in checks]
    return "\n".join(lines) + "\n"


def _annotation(level: str, result: Result, lang: Lang, place: tuple[str, int] | None) -> str:
    title = f"{name_of(result, lang)}: {status_word(result.status, lang)}"
    properties = [f"title={_property(title)}"]
    if place is not None:
        properties = [f"file={_property(place[0])}", f"line={place[1]}", *properties]
    return f"::{level} {','.join(properties)}::{_data(sentence(result, lang, is_behind=True))}"


def _data(text: str) -> str:
    return harmless(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def junit(checks: Sequence[Check], lang: Lang) -> str:
    """Return JUnit XML: a suite for each document, a case for each result."""
    suites = [line for check in checks for line in _suite(check, lang)]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="mfgtargets">']
    return "\n".join([*lines, *suites, "</testsuites>", ""])


def _suite(check: Check, lang: Lang) -> list[str]:
    pairs = list(zip(check.results, check.common, strict=True))
    failed = sum(_level(*pair) is not None for pair in pairs)
    skipped = sum(place is None for _, place in pairs)
    name = quoteattr(harmless(check.document.id))
    counts = f'tests="{len(check.results)}" failures="{failed}" errors="0" skipped="{skipped}"'
    return [f"  <testsuite name={name} {counts}>", *_cases(check, lang), "  </testsuite>"]


def _cases(check: Check, lang: Lang) -> Iterator[str]:
    for result, place in zip(check.results, check.common, strict=True):
        head = f"    <testcase classname={quoteattr(check.document.id)} name={quoteattr(result.target_id)}"
        failed = _level(result, place) is not None
        text = harmless(sentence(result, lang, is_behind=failed))
        message = quoteattr(harmless(status_word(result.status, lang)))
        if failed:
            inner = f'<failure type="{result.status}" message={message}>{escape(text)}</failure>'
        elif place is None:
            why = said(words.REASONS, result.reason or "", lang)
            inner = f"<skipped message={quoteattr(harmless(why))}/>"
        else:
            inner = f"<system-out>{escape(text)}</system-out>"
        yield f"{head}>{inner}</testcase>"
