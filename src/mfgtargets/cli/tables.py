"""Commands for tables of actuals: ``read`` and ``new actuals``."""

from typing import Annotated

import typer

from mfgtargets.cli import streams
from mfgtargets.cli.actuals import read_actuals
from mfgtargets.cli.options import (
    DebugOption,
    DocumentArgument,
    EncodingOption,
    LangOption,
    Language,
    MapOption,
    PeriodOption,
    StrictOption,
    TargetsDirOption,
    table_hints,
    target_folders,
)
from mfgtargets.cli.outputs import write_whole
from mfgtargets.document.library import find_document
from mfgtargets.faults import InputError, fault


def read(
    document: DocumentArgument,
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Tables, or -. 实际值表,或-")],
    encoding: EncodingOption = None,
    period: PeriodOption = None,
    columns: MapOption = None,
    strict: StrictOption = False,
    targets_dir: TargetsDirOption = None,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """Print how actuals were understood, as CSV · 打印实际值表是怎样读的。"""
    from mfgtargets.render.csvtext import observations_csv
    from mfgtargets.wording.complaints import note_text

    loaded = find_document(document, target_folders(targets_dir))
    hints = table_hints(encoding, period, columns)
    actuals = read_actuals(loaded, files, lang.value, hints, strict=strict, every=True)
    counts = {"found": str(len(actuals.used)), "left": str(actuals.left_out.total)}
    streams.put(observations_csv(actuals.used))
    streams.say(note_text("read", lang.value, **counts))
    return 0


def new_actuals(
    document: DocumentArgument,
    every: Annotated[
        bool, typer.Option("--all", help="All indicators, not only the main table. 全部指标")
    ] = False,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", help="File to write, .csv or .xlsx. 写入的文件"),
    ] = None,
    targets_dir: TargetsDirOption = None,
    debug: DebugOption = False,
) -> int:
    """Print a table of actuals to fill in · 待填的实际值表。"""
    from mfgtargets.render.csvtext import form_rows, table_csv

    loaded = find_document(document, target_folders(targets_dir))
    table = loaded.entry.main_table
    targets = [
        target
        for target in loaded.targets
        if target.restates is None and (every or table is None or target.section == table)
    ]
    last = max((target.year for target in targets if target.year is not None), default=0)
    first = loaded.entry.period.start or last
    indicators = list(dict.fromkeys(target.indicator for target in targets))
    rows = form_rows(loaded, indicators, range(first, last + 1))
    if output is None:
        streams.put(table_csv(rows))
    elif output.lower().endswith(".xlsx"):
        from mfgtargets.render.workbook import workbook

        write_whole(output, workbook(loaded.id, rows))
    elif output.lower().endswith(".csv"):
        # With a byte-order mark, for spreadsheets that otherwise take the text for GB18030.
        write_whole(output, table_csv(rows).encode("utf-8-sig"))
    else:
        raise InputError([fault("bad-option", option="-o", found=output, expected=".csv, .xlsx")])
    return 0
