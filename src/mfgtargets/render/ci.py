"""What continuous integration reads: annotations of GitHub, and JUnit XML."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from mfgtargets.evaluation.bases import Basis
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.gate import is_failing, is_set_elsewhere, severity
from mfgtargets.evaluation.results import Result
from mfgtargets.harmless import visible
from mfgtargets.render.gaptable import summary_sentence
from mfgtargets.render.note import sentence
from mfgtargets.wording import words
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.names import name_in, name_of
from mfgtargets.wording.words import Lang, say, term

MOST = 10  # annotations of a level that GitHub shows
_LEVELS = {"error": "missed", "warning": "lagging"}
_MISSING = {"no_data", "not_assessable", "not_available"}


def annotations(
    checks: Sequence[Checked], lang: Lang, files: Mapping[tuple[str, str, str], tuple[str, int]]
) -> str:
    """Return annotations, the worst first: missed errors, lagging warnings, one notice of what lacks.

    ``files`` gives file and line of the actual of a document's region and target, where they are in
    the working directory.
    """
    every = [
        (result, check.bases[n], severity(check, n), name_in(check, result, lang))
        for check in checks
        for n, result in enumerate(check.results)
    ]
    lines = []
    for level, how_bad in _LEVELS.items():
        found = [
            (result, basis, name) for result, basis, severe, name in every if severe == how_bad
        ]
        worst = sorted(found, key=lambda pair: (pair[0].lead or 0.0, pair[0].target_id))
        shown = worst[: MOST - 1] if len(worst) > MOST else worst
        lines += [
            _annotation(
                level, r, basis, name, lang, files.get((r.document_id, r.region, r.target_id))
            )
            for r, basis, name in shown
        ]
        if len(worst) > len(shown):
            more = say("ci-more", lang, count=len(worst) - len(shown))
            lines.append(f"::{level}::{_data(more)}")
    lacking = sum(r.status in _MISSING and not is_set_elsewhere(r) for r, *_ in every)
    if lacking:
        lines.append(f"::notice::{_data(say('ci-lacking', lang, count=lacking))}")
    lines += [_data(f"{check.document.id}: {summary_sentence(check, lang)}") for check in checks]
    return "\n".join(lines) + "\n"


def _annotation(
    level: str, result: Result, basis: Basis, name: str, lang: Lang, place: tuple[str, int] | None
) -> str:
    title = f"{name}: {status_word(result.status, lang)}"
    properties = [f"title={_property(title)}"]
    if place is not None:
        properties = [f"file={_property(place[0])}", f"line={place[1]}", *properties]
    return (
        f"::{level} {','.join(properties)}::{_data(sentence(result, basis, lang, is_behind=True))}"
    )


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def junit(checks: Sequence[Checked], lang: Lang, fail_on: str) -> str:
    """Return JUnit XML: a suite for each document, a case for each result, failed by ``fail_on``."""
    suites = [line for check in checks for line in _suite(check, lang, fail_on)]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="mfgtargets">']
    return "\n".join([*lines, *suites, "</testsuites>", ""])


def _suite(check: Checked, lang: Lang, fail_on: str) -> list[str]:
    failed = [is_failing(check, n, fail_on) for n in range(len(check.results))]
    skipped = sum(
        place is None and not fail for place, fail in zip(check.common, failed, strict=True)
    )
    name = _attribute(check.document.id)
    counts = f'tests="{len(failed)}" failures="{sum(failed)}" errors="0" skipped="{skipped}"'
    return [f"  <testsuite name={name} {counts}>", *_cases(check, failed, lang), "  </testsuite>"]


def _cases(check: Checked, failures: Sequence[bool], lang: Lang) -> Iterator[str]:
    names = [_case_name(check, result, lang) for result in check.results]
    often = {name for name, count in Counter(names).items() if count > 1}
    cases = zip(check.results, check.bases, check.common, names, failures, strict=True)
    for result, basis, place, name, failed in cases:
        own = f"{name} [{result.target_id}]" if name in often else name
        head = f"    <testcase classname={_attribute(check.document.id)} name={_attribute(own)}"
        text = escape(visible(sentence(result, basis, lang, is_behind=failed)))
        message = _attribute(status_word(result.status, lang))
        if failed:
            inner = f'<failure type="{result.status}" message={message}>{text}</failure>'
        elif place is None:
            why = term(words.REASONS, result.reason or "", lang)
            inner = f"<skipped message={_attribute(why)}/>"
        else:
            inner = f"<system-out>{text}</system-out>"
        yield f"{head}>{inner}</testcase>"


def _case_name(check: Checked, result: Result, lang: Lang) -> str:
    """Return indicator and year of a result, and its region where that is not the document's."""
    parts = [name_of(result, lang), str(result.target_year or "")]
    parts += [result.region] if result.region != check.document.entry.region else []
    return " ".join(filter(None, parts))


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
