"""For those who write files: ``validate``, ``schema``, ``trace``, ``read``, ``new``."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mfgtargets.cli import inputs, streams
from mfgtargets.cli.options import (
    BaselineYearOption,
    DocumentArgument,
    Folders,
    OutputOption,
    Tables,
    one_baseline_year,
)
from mfgtargets.cli.settings import Settings, baseline_year_of
from mfgtargets.cli.streams import Format, TableFormat
from mfgtargets.faults import Fault, InputError, fault
from mfgtargets.harmless import text_of
from mfgtargets.wording.words import Lang

if TYPE_CHECKING:
    from mfgtargets.observations.observation import LeftOut


def validate(
    names: Annotated[list[str], typer.Argument(metavar="FILE")],
    lang: Lang,
) -> int:
    """Check target files and tell every fault · 检查目标文件。"""
    from mfgtargets.document.load import load_document
    from mfgtargets.wording.complaints import note_text
    from mfgtargets.wording.words import say

    good: list[str] = []
    faults: list[Fault] = []
    for name in names:
        try:
            document = load_document(Path(name))
        except InputError as error:
            faults += error.faults
            continue
        counts = {"indicators": len(document.indicators), "targets": len(document.targets)}
        good.append(f"{name}: {document.id}: {say('valid-file', lang, **counts)}")
        if Path(name).stem != document.id:
            streams.say(note_text("file-name", lang, found=name, expected=f"{document.id}.yaml"))
    streams.put(text_of(good))
    if faults:
        raise InputError(faults)
    return 0


class SchemaOf(StrEnum):
    """What a schema is of."""

    TARGETS = "targets"
    CHECK = "check"


def schema(
    of: Annotated[SchemaOf, typer.Argument()] = SchemaOf.TARGETS,
) -> int:
    """Print a JSON Schema · 目标文件或check结果的JSON Schema。"""
    import json

    from mfgtargets.document.schema import json_schema
    from mfgtargets.render.checkschema import check_schema

    made = check_schema() if of == SchemaOf.CHECK else json_schema()
    streams.put(json.dumps(made, ensure_ascii=False, indent=2) + "\n")
    return 0


def trace_quotes(
    document: DocumentArgument,
    source: Annotated[str, typer.Option("--source", metavar="FILE")],
    folders: Folders,
    lang: Lang,
    form: TableFormat = Format.TABLE,
) -> int:
    """Find every quote in the document's text · 在全文中核对每条原文。

    The exit code is 1 where a quote is not there. 有一条不在,退出码为1。
    """
    import mfgtargets as mt
    from mfgtargets.document.trace import digest, trace
    from mfgtargets.observations.decoding import decode
    from mfgtargets.render.tracing import trace_fields, trace_table
    from mfgtargets.wording.complaints import note_text

    loaded = mt.load(document, folders.all)
    raw = inputs.read_whole(source, lang)
    found = trace(loaded, decode(raw, inputs.name_of(source, lang)))
    same = digest(raw) == loaded.entry.source.sha256
    if loaded.entry.source.sha256 is not None and not same:
        streams.say(note_text("other-text", lang, found=source))
    fields = trace_fields(loaded, source, digest(raw), found)
    streams.put_answer("trace", fields, lambda _: trace_table(found, lang), form)
    return int(not all(one.found for one in found))


class ReadFormat(StrEnum):
    """The forms that canonical actuals are printed in."""

    CSV = "csv"
    SDMX_CSV = "sdmx-csv"


def read(
    document: DocumentArgument,
    actuals: Annotated[list[str], typer.Argument(metavar="ACTUALS")],
    tables: Tables,
    folders: Folders,
    lang: Lang,
    suggest: Annotated[bool, typer.Option("--suggest")] = False,
    report: Annotated[str | None, typer.Option("--report", metavar="FILE")] = None,
    form: Annotated[ReadFormat, typer.Option("--format")] = ReadFormat.CSV,
) -> int:
    """Print how actuals were understood, as CSV · 打印实际值表是怎样读的。"""
    import mfgtargets as mt
    from mfgtargets.cli.actuals import read_actuals
    from mfgtargets.observations.actuals import UnusableError
    from mfgtargets.render import csvtext
    from mfgtargets.render.csvtext import csv_text, left_out_rows, suggestions
    from mfgtargets.wording.complaints import note_text

    loaded = mt.load(document, folders.all)
    left_out: list[LeftOut] = []
    leave_out = left_out.append if suggest or report else None
    try:
        found = read_actuals(loaded, actuals, lang, tables, every=True, leave_out=leave_out)
    except UnusableError:
        if not suggest:
            raise
    finally:
        if report is not None:
            streams.put_to(report, csv_text(left_out_rows(left_out, lang)))
        if suggest:
            streams.put(suggestions(left_out, loaded))
    if suggest:
        return 0
    counts = {"found": str(len(found.used)), "left": str(found.left_out.total)}
    is_csv = form == ReadFormat.CSV
    streams.put((csvtext.observations_csv if is_csv else csvtext.observations_sdmx)(found.used))
    streams.say(note_text("read", lang, **counts))
    return 0


def new_plan() -> int:
    """Print a target file to start from · 目标文件的模板。"""
    from mfgtargets.data import data_folder

    streams.put((data_folder() / "new" / "plan.yaml").read_text(encoding="utf-8"))
    return 0


def new_actuals(
    document: DocumentArgument,
    folders: Folders,
    settings: Settings | None,
    every: Annotated[bool, typer.Option("--all")] = False,
    baseline_year: BaselineYearOption = None,
    output: OutputOption = None,
) -> int:
    """Print a table of actuals to fill in · 待填的实际值表。"""
    import mfgtargets as mt
    from mfgtargets.render.csvtext import BYTE_ORDER_MARK, csv_text, form_rows
    from mfgtargets.render.workbook import Sheet, workbook

    loaded = mt.load(document, folders.all)
    table = loaded.entry.main_table
    targets = [
        target
        for target in loaded.targets
        if target.restates is None and (every or table is None or target.section == table)
    ]
    last = max((target.year for target in targets if target.year is not None), default=0)
    first = loaded.entry.period.start or last
    years = list(range(first, last + 1))
    if any(target.needs_level for target in targets):
        own = loaded.entry.baseline_year or first - 1
        base = one_baseline_year(baseline_year) or baseline_year_of(settings, loaded.id) or own
        years = sorted({base, *years})
    indicators = list(dict.fromkeys(target.indicator for target in targets))
    rows = form_rows(loaded, indicators, years)
    suffix = "" if output is None else Path(output).suffix.lower()
    if suffix == ".xlsx":
        streams.put_to(output, (workbook([Sheet(loaded.id, rows)]),))
    elif suffix == ".csv":
        streams.put_to(output, BYTE_ORDER_MARK + csv_text(rows))
    elif output is None:
        streams.put(csv_text(rows))
    else:
        raise InputError([fault("bad-option", option="-o", found=output, expected=".csv, .xlsx")])
    return 0
