"""The answer of a command in the form asked for: fields for programs, tables for people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mfgtargets.render.table import Table

SUFFIXES = {"csv": ".csv", "json": ".json", "markdown": ".md", "plain": ".txt", "xlsx": ".xlsx"}


def answer_in(
    form: str, command: str, fields: Mapping[str, Any], tables: Sequence[Table]
) -> str | Iterable[bytes]:
    """Return an answer in one of the forms of ``SUFFIXES``; ``fields`` hold ``results``.

    CSV is of the results alone, what is a list in JSON joined by ``;``.
    """
    if form == "json":
        from mfgtargets.render.jsontext import to_json  # noqa: PLC0415 - each form loads its own

        return to_json(command, fields)
    if form == "csv":
        from mfgtargets.render.csvtext import csv_text  # noqa: PLC0415 - as above

        return csv_text(_rows(fields["results"]))
    if form == "xlsx":
        from mfgtargets.render.workbook import Sheet, sheet_of, workbook  # noqa: PLC0415 - as above

        whole = Sheet(command, _rows(fields["results"]))
        return (workbook([*map(sheet_of, tables), whole]),)
    if form == "markdown":
        from mfgtargets.render.markdown import markdown_text  # noqa: PLC0415 - as above

        return "\n".join(map(markdown_text, tables))
    from mfgtargets.render.plain import plain_text  # noqa: PLC0415 - as above

    return "\n".join(map(plain_text, tables))


def _rows(records: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    names = list(records[0]) if records else []
    return [names, *([_flat(record[name]) for name in names] for record in records)]


def _flat(value: Any) -> Any:
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else value
