"""``mfgtargets track``: one indicator year by year."""

from typing import Annotated

import typer

from mfgtargets.evaluation.check import Question
from mfgtargets.cli import streams
from mfgtargets.cli.actuals import read_actuals
from mfgtargets.cli.options import (
    DebugOption,
    DocumentArgument,
    EncodingOption,
    Format,
    FormatOption,
    LangOption,
    Language,
    MapOption,
    PeriodOption,
    StrictOption,
    TargetsDirOption,
    complete_indicator,
    in_range,
    table_hints,
    target_folders,
    target_year_of,
)
from mfgtargets.document.library import find_document
from mfgtargets.faults import InputError, fault
from mfgtargets.notation.period import FIRST_YEAR, LAST_YEAR


def track(
    document: DocumentArgument,
    indicator: Annotated[
        str,
        typer.Argument(
            metavar="INDICATOR",
            help="Id or name. 指标编号或名称",
            autocompletion=complete_indicator,
        ),
    ],
    actuals: Annotated[
        list[str] | None,
        typer.Argument(metavar="ACTUALS", help="Files, - or bundled. 实际值:文件、-或bundled"),
    ] = None,
    as_of: Annotated[int | None, typer.Option("--as-of", help="Year to judge by. 截至年份")] = None,
    target_year: Annotated[
        str | None, typer.Option("--target-year", help="Target year; else the last. 目标年")
    ] = None,
    growth: Annotated[
        float | None,
        typer.Option("--growth", help="What if it changes so a year (% or units)? 若每年变化"),
    ] = None,
    reach: Annotated[
        int | None, typer.Option("--reach", help="What does it take by that year? 若到该年达到")
    ] = None,
    proxies: Annotated[
        bool, typer.Option("--proxies", help="Let proxies count. 用替代口径")
    ] = False,
    encoding: EncodingOption = None,
    period: PeriodOption = None,
    columns: MapOption = None,
    strict: StrictOption = False,
    targets_dir: TargetsDirOption = None,
    form: FormatOption = Format.TABLE,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """Follow one indicator year by year · 逐年对照一个指标。"""
    from mfgtargets.render.jsontext import to_json
    from mfgtargets.render.tracktable import track_fields, track_table
    from mfgtargets.evaluation.track import track as follow

    question = Question(
        as_of=None if as_of is None else int(in_range("--as-of", as_of, FIRST_YEAR, LAST_YEAR)),
        target_year=target_year_of(target_year),
        proxies=proxies,
    )
    if growth is not None:
        in_range("--growth", growth, -1e6, 1e6)
    if None not in (growth, reach):
        expected = "--growth | --reach"
        raise InputError([fault("bad-option", option="--reach", found=reach, expected=expected)])
    if reach is not None:
        in_range("--reach", reach, FIRST_YEAR, LAST_YEAR)
    loaded = find_document(document, target_folders(targets_dir))
    hints = table_hints(encoding, period, columns)
    given = read_actuals(loaded, actuals or (), lang.value, hints, strict=strict)
    found = follow(loaded, given, indicator, question, growth, reach)
    if form == Format.JSON:
        streams.put(to_json("track", track_fields(found)))
    else:
        streams.put_table(lambda width: track_table(found, lang.value, width), form)
    return 0
