"""The forms a check can be put out in: one table for all commands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mfgtargets.defaults import ALL
from mfgtargets.wording import words
from mfgtargets.wording.words import Lang, term

if TYPE_CHECKING:
    from mfgtargets.evaluation.check import Checked
    from mfgtargets.render.table import Table

Checks = Sequence["Checked"]
Places = Mapping[tuple[str, str, str], tuple[str, int]]


class Job(NamedTuple):
    """What a form takes from how and where it is asked for.

    ``places`` are file and line of the actual of a document's region and target; ``fail_on`` says which
    results fail; ``as_shown`` asks of CSV the table that people see, ``long`` of several regions the
    gap table of each.
    """

    places: Places = MappingProxyType({})
    fail_on: str = "never"
    as_shown: bool = False
    long: bool = False


class Form(NamedTuple):
    """One form: the suffix that means it, and what makes it.

    ``make`` takes the checks, the language and the job, and returns text, or bytes in which nothing
    may be changed; a form that ``is_drawn`` has tables that a terminal shows in its own way.
    """

    suffix: str | None
    make: Callable[[Checks, Lang, Job], str | Iterable[bytes]]
    is_drawn: bool = False
    is_file: bool = False  # of no use on a terminal


def _plain(checks: Checks, lang: Lang, job: Job) -> str:
    from mfgtargets.render.plain import plain_text  # noqa: PLC0415 - each form loads its own

    return "\n".join(map(plain_text, tables_of(checks, lang, long=job.long)))


def markdown_of(checks: Checks, lang: Lang, job: Job = Job()) -> str:  # noqa: B008 - unchangeable
    """Return the tables of checks as Markdown."""
    from mfgtargets.render.markdown import markdown_text  # noqa: PLC0415 - as above

    return "\n".join(map(markdown_text, tables_of(checks, lang, long=job.long)))


def _csv(checks: Checks, lang: Lang, job: Job) -> str:
    from mfgtargets.render.csvtext import BYTE_ORDER_MARK, csv_text, result_rows  # noqa: PLC0415 - as above

    if job.as_shown:
        from mfgtargets.render.gaptable import shown_rows  # noqa: PLC0415 - as above

        return BYTE_ORDER_MARK + csv_text(shown_rows(checks, lang))
    return csv_text(result_rows(checks))


def _json(checks: Checks, _: Lang, __: Job) -> str:
    from mfgtargets.render.jsontext import checks_json  # noqa: PLC0415 - as above

    return checks_json(checks)


def _github(checks: Checks, lang: Lang, job: Job) -> tuple[bytes]:
    from mfgtargets.render.ci import annotations  # noqa: PLC0415 - as above

    return (annotations(checks, lang, job.places).encode(),)  # commands that are meant


def _junit(checks: Checks, lang: Lang, job: Job) -> str:
    from mfgtargets.render.ci import junit  # noqa: PLC0415 - as above

    return junit(checks, lang, job.fail_on)


def _xlsx(checks: Checks, lang: Lang, job: Job) -> tuple[bytes]:
    from mfgtargets.render.csvtext import result_rows  # noqa: PLC0415 - as above
    from mfgtargets.render.sources import sources_table  # noqa: PLC0415 - as above
    from mfgtargets.render.workbook import Sheet, sheet_of, workbook  # noqa: PLC0415 - as above

    shown = map(sheet_of, [*tables_of(checks, lang, long=job.long), sources_table(checks, lang)])
    return (workbook([*shown, Sheet(term(words.TITLES, "fields", lang), result_rows(checks))]),)


FORMS = {
    "table": Form(None, _plain, is_drawn=True),
    "plain": Form(".txt", _plain),
    "csv": Form(".csv", _csv),
    "json": Form(".json", _json),
    "markdown": Form(".md", markdown_of),
    "github": Form(None, _github),
    "junit": Form(".xml", _junit),
    "xlsx": Form(".xlsx", _xlsx, is_file=True),
}


def tables_of(
    checks: Checks, lang: Lang, width: int | None = None, *, long: bool = False
) -> "list[Table]":
    """Return the gap tables for a width in columns, with an overview on top of several.

    Of several regions that is a table of indicators by regions, or ``long`` the gap table of each.
    """
    from mfgtargets.render.gaptable import gap_table  # noqa: PLC0415 - as above
    from mfgtargets.render.matrix import matrix_table  # noqa: PLC0415 - as above
    from mfgtargets.render.overview import overview_table  # noqa: PLC0415 - as above
    from mfgtargets.render.verdicts import all_verdicts_table  # noqa: PLC0415 - as above

    tables = [overview_table(checks, lang, width)] if len(checks) > 1 else []
    for check in checks:
        make = gap_table if long or len(check.regions) == 1 else matrix_table
        tables.append(make(check, lang, width))
        if check.method == ALL:
            tables.append(all_verdicts_table(check, lang, width))
    return tables
