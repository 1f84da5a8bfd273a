"""The forms a check can be put out in, to standard output or a file."""

import os
from enum import StrEnum
from pathlib import Path

from mfgtargets.assessment.methods import ALL_METHODS
from mfgtargets.cli import streams
from mfgtargets.cli.options import Format
from mfgtargets.cli.outputs import append_to, write_whole
from mfgtargets.faults import InputError, fault
from mfgtargets.report.results import Check
from mfgtargets.report.words import Lang

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
    """Return the form asked for, or that of the output's suffix; raise ``InputError`` where unclear."""
    if form == CheckFormat.XLSX and output is None:
        raise InputError(
            [fault("bad-option", option="--format", found=form, expected="-o FILE.xlsx")]
        )
    if form is not None or output is None:
        return form or CheckFormat.TABLE
    found = _SUFFIXES.get(Path(output).suffix.lower())
    if found is None:
        expected = ", ".join(_SUFFIXES)
        raise InputError([fault("bad-option", option="-o", found=output, expected=expected)])
    return found


def put_check(check: Check, form: CheckFormat, output: str | None, lang: Lang) -> None:
    """Write a check in a form: to a file, whole or not at all, or to standard output."""
    if output is not None:
        write_whole(output, _content(check, form, lang))
    elif form in {CheckFormat.TABLE, CheckFormat.PLAIN}:
        _put_tables(check, Format(form.value), lang)
    else:
        streams.put(_content(check, form, lang).decode())
    if form == CheckFormat.GITHUB:
        _summarise(check, lang)


def _put_tables(check: Check, form: Format, lang: Lang) -> None:
    from mfgtargets.report.gaptable import gap_table

    streams.put_table(lambda width: gap_table(check, lang, width), form)
    if check.method == ALL_METHODS:
        from mfgtargets.report.methodwords import all_verdicts_table

        streams.put("\n")
        streams.put_table(lambda _: all_verdicts_table(check, lang), form)


def _content(check: Check, form: CheckFormat, lang: Lang) -> bytes:
    if form == CheckFormat.XLSX:
        from mfgtargets.report.csvout import result_rows
        from mfgtargets.report.workbook import workbook

        return workbook(check.document.id, result_rows(check))
    return _text(check, form, lang).encode()


def _text(check: Check, form: CheckFormat, lang: Lang) -> str:
    if form == CheckFormat.JSON:
        from mfgtargets.report.jsonout import check_json

        return check_json(check)
    if form == CheckFormat.CSV:
        from mfgtargets.report.csvout import results_csv

        return results_csv(check)
    if form == CheckFormat.JUNIT:
        from mfgtargets.report.ciout import junit

        return junit(check, lang)
    if form == CheckFormat.GITHUB:
        from mfgtargets.report.ciout import annotations

        return annotations(check, lang, _places(check))
    from mfgtargets.report.gaptable import gap_table

    shown = gap_table(check, lang)
    if form == CheckFormat.MARKDOWN:
        from mfgtargets.report.markdown import markdown_text

        return markdown_text(shown)
    from mfgtargets.report.plain import plain_text

    return plain_text(shown)


def _places(check: Check) -> dict[str, tuple[str, int]]:
    """Return file and line of each actual that lies under the working directory, by target."""
    here = Path.cwd()
    places = {}
    for result, row in zip(check.results, check.rows, strict=True):
        if row.shown is None:
            continue
        path = (here / row.shown.place.file).resolve()
        if path.is_file() and path.is_relative_to(here):
            places[result.target_id] = (path.relative_to(here).as_posix(), row.shown.place.line)
    return places


def _summarise(check: Check, lang: Lang) -> None:
    """Append the whole table to the job's summary, where there is one and room in it."""
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if not summary:
        return
    content = _text(check, CheckFormat.MARKDOWN, lang).encode()
    append_to(summary, content, _SUMMARY_LIMIT)
