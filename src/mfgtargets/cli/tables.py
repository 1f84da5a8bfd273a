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
from mfgtargets.document.library import find_document


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
    from mfgtargets.report.csvout import observations_csv
    from mfgtargets.report.faults import note_text

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
    targets_dir: TargetsDirOption = None,
    debug: DebugOption = False,
) -> int:
    """Print a table of actuals to fill in · 待填的实际值表。"""
    from mfgtargets.report.csvout import form_csv

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
    streams.put(form_csv(loaded, indicators, range(first, last + 1)))
    return 0
