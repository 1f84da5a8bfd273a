"""The forms a check can be put out in, to standard output or a file."""

import os
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path

from mfgtargets.methods import ALL_METHODS
from mfgtargets.cli import streams
from mfgtargets.cli.options import Format
from mfgtargets.cli.outputs import append_to, write_whole
from mfgtargets.faults import InputError, fault
from mfgtargets.evaluation.results import Check
from mfgtargets.wording.words import Lang

_SUMMARY_LIMIT = 1 << 20  # bytes of a job's summary that GitHub shows


class CheckFormat(StrEnum):
    """The forms of a check; a table is drawn on a terminal and plain when piped."""

    TABLE = "table"
    PLAIN = "plain"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    GITHUB = "github"
    JUNIT = "junit"
    XLSX = "xlsx"


_SUFFIXES = {
    ".txt": CheckFormat.PLAIN,
    ".csv": CheckFormat.CSV,
    ".json": CheckFormat.JSON,
    ".md": CheckFormat.MARKDOWN,
    ".xml": CheckFormat.JUNIT,
    ".xlsx": CheckFormat.XLSX,
}


def form_of(form: CheckFormat | None, output: str | None) -> CheckFormat:
    """Return the form of the output's suffix, else the one asked for.

    Raises ``InputError`` where neither says.
    """
    if output is None:
        if form == CheckFormat.XLSX:
            expected = "-o FILE.xlsx"
            raise InputError(
                [fault("bad-option", option="--format", found=form, expected=expected)]
            )
        return form or CheckFormat.TABLE
    found = _SUFFIXES.get(Path(output).suffix.lower(), form)
    if found is None:
        expected = ", ".join(_SUFFIXES)
        raise InputError([fault("bad-option", option="-o", found=output, expected=expected)])
    return found


def put_checks(checks: Sequence[Check], form: CheckFormat, output: str | None, lang: Lang) -> None:
    """Write checks in a form: to a file, whole or not at all, or to standard output."""
    if output is not None:
        write_whole(output, _content(checks, form, lang))
    elif form in {CheckFormat.TABLE, CheckFormat.PLAIN}:
        _put_tables(checks, Format(form.value), lang)
    else:
        streams.put(_content(checks, form, lang).decode())
    if form == CheckFormat.GITHUB:
        _summarise(checks, lang)


def _put_tables(checks: Sequence[Check], form: Format, lang: Lang) -> None:
    from mfgtargets.render.gaptable import gap_table
    from mfgtargets.render.overview import overview_table

    if len(checks) > 1:
        streams.put_table(lambda _: overview_table(checks, lang), form)
        streams.put("\n")
    for number, check in enumerate(checks):
        streams.put("\n" if number else "")
        streams.put_table(partial(gap_table, check, lang), form)
        if check.method == ALL_METHODS:
            from mfgtargets.wording.methodwords import all_verdicts_table

            streams.put("\n")
            verdicts = all_verdicts_table(check, lang)
            streams.put_table(lambda _, table=verdicts: table, form)  # type: ignore[misc]


def _content(checks: Sequence[Check], form: CheckFormat, lang: Lang) -> bytes:
    if form == CheckFormat.XLSX:
        from mfgtargets.render.csvtext import result_rows
        from mfgtargets.render.workbook import workbook

        title = checks[0].document.id if len(checks) == 1 else "all"
        return workbook(title, result_rows(checks))
    return _text(checks, form, lang).encode()


def _text(checks: Sequence[Check], form: CheckFormat, lang: Lang) -> str:
    if form == CheckFormat.JSON:
        from mfgtargets.render.jsontext import checks_json

        return checks_json(checks)
    if form == CheckFormat.CSV:
        from mfgtargets.render.csvtext import results_csv

        return results_csv(checks)
    if form == CheckFormat.JUNIT:
        from mfgtargets.render.ci import junit

        return junit(checks, lang)
    if form == CheckFormat.GITHUB:
        from mfgtargets.render.ci import annotations

        return annotations(checks, lang, _places(checks))
    return _tables(checks, lang, is_markdown=form == CheckFormat.MARKDOWN)


def _tables(checks: Sequence[Check], lang: Lang, *, is_markdown: bool) -> str:
    """Return the gap tables as text, with an overview on top of several."""
    from mfgtargets.render.gaptable import gap_table
    from mfgtargets.render.markdown import markdown_text
    from mfgtargets.wording.methodwords import all_verdicts_table
    from mfgtargets.render.overview import overview_table
    from mfgtargets.render.plain import plain_text

    tables = [overview_table(checks, lang)] if len(checks) > 1 else []
    for check in checks:
        tables.append(gap_table(check, lang))
        if check.method == ALL_METHODS:
            tables.append(all_verdicts_table(check, lang))
    return "\n".join(map(markdown_text if is_markdown else plain_text, tables))


def _places(checks: Sequence[Check]) -> dict[tuple[str, str], tuple[str, int]]:
    """Return file and line of each actual that lies under the working directory, by document and target."""
    here = Path.cwd()
    places = {}
    pairs = [pair for check in checks for pair in zip(check.results, check.rows, strict=True)]
    for result, row in pairs:
        if row.shown is None:
            continue
        path = (here / row.shown.place.file).resolve()
        if path.is_file() and path.is_relative_to(here):
            place = path.relative_to(here).as_posix(), row.shown.place.line
            places[result.document_id, result.target_id] = place
    return places


def _summarise(checks: Sequence[Check], lang: Lang) -> None:
    """Append the whole table to the job's summary, where there is one and room in it."""
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if not summary:
        return
    content = _text(checks, CheckFormat.MARKDOWN, lang).encode()
    append_to(summary, content, _SUMMARY_LIMIT)
