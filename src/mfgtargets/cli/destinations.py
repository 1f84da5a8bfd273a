"""Where a check goes, and in which form: standard output, a file, a job's summary."""

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from mfgtargets.cli import streams
from mfgtargets.cli.outputs import append_to, is_stream
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.gate import worst
from mfgtargets.faults import InputError, fault
from mfgtargets.render.formats import FORMS, Job, markdown_of, tables_of
from mfgtargets.wording.words import Lang

_SUMMARY_LIMIT = 1 << 20  # bytes of a job's summary that GitHub shows


def form_of(form: str | None, output: str | None) -> str:
    """Return the form of the output's suffix, else the one asked for, else a table.

    Raises ``InputError`` where neither says.
    """
    if output is None:
        if form is not None and FORMS[form].is_file:
            expected = f"-o FILE{FORMS[form].suffix}"
            raise InputError(
                [fault("bad-option", option="--format", found=form, expected=expected)]
            )
        return form or "table"
    suffixes = {one.suffix: name for name, one in FORMS.items() if one.suffix}
    found = suffixes.get(Path(output).suffix.lower(), form)
    if found is None and is_stream(output):
        return suffixes[".txt"]
    if found is None:
        expected = ", ".join(suffixes)
        raise InputError([fault("bad-option", option="-o", found=output, expected=expected)])
    return found


def put_checks(
    checks: Sequence[Checked],
    form: str,
    output: str | None,
    lang: Lang,
    *,
    fail_on: str,
    as_shown: bool,
    long: bool,
    explained: bool,
) -> None:
    """Write checks in a form: to a file, whole or not at all, or to standard output.

    ``explained`` works them out line by line in place of a table; ``fail_on`` says what a report of
    tests calls a failure, ``as_shown`` asks of CSV the table that people see, ``long`` of several
    regions the gap table of each.
    """
    if explained and form in {"table", "plain"}:
        from mfgtargets.render.explain import explain

        text = "\n".join(explain(check, lang) for check in checks)
        if output is None and form == "table":
            streams.put_lines(text)
        else:
            streams.put_to(output, text)
    elif output is None and FORMS[form].is_drawn:
        for n in range(len(tables_of(checks, lang, long=long))):
            streams.put("\n" if n else "")
            streams.put_table(
                lambda width, n=n: tables_of(checks, lang, width, long=long)[n],  # type: ignore[misc]
                drawn=True,
            )
    else:
        job = Job(_places(checks), fail_on, as_shown, long)
        streams.put_to(output, FORMS[form].make(checks, lang, job))
    if form == "github":
        _summarise(checks, lang)


def _places(checks: Sequence[Checked]) -> dict[tuple[str, str, str], tuple[str, int]]:
    """Return file and line of each actual that lies under the working directory."""
    places: dict[tuple[str, str, str], tuple[str, int]] = {}
    try:
        here = Path.cwd()
    except FileNotFoundError:  # it has been deleted, and holds nothing
        return places
    pairs = [pair for check in checks for pair in zip(check.results, check.bases, strict=True)]
    for result, basis in pairs:
        if basis.shown is None:
            continue
        path = here / basis.shown.place.file
        if path.is_file() and (path := path.resolve()).is_relative_to(here):
            place = path.relative_to(here).as_posix(), basis.shown.place.line
            places[result.document_id, result.region, result.target_id] = place
    return places


def _summarise(checks: Sequence[Checked], lang: Lang) -> None:
    """Append the table to the job's summary, and counts and worst status to the step's outputs."""
    summary, outputs = (os.environ.get(f"GITHUB_{name}") for name in ("STEP_SUMMARY", "OUTPUT"))
    if summary:
        append_to(summary, markdown_of(checks, lang).encode(), _SUMMARY_LIMIT)
    if outputs:
        counts = Counter(result.status for check in checks for result in check.results)
        told = f"counts={json.dumps(counts)}\nworst={worst(checks)}\n"
        append_to(outputs, told.encode(), _SUMMARY_LIMIT)
