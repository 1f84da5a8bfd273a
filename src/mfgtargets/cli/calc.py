"""``mfgtargets calc``: the arithmetic for any series, by options or a table."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mfgtargets.methods import ALL_METHODS, METHODS, SCHEDULE
from mfgtargets.methods.schedule import TOLERANCE
from mfgtargets.cli import inputs, streams
from mfgtargets.cli.options import (
    DebugOption,
    EncodingOption,
    LangOption,
    Language,
    MethodOption,
    TrendOption,
    in_range,
    method_named,
    trend_of,
)
from mfgtargets.cli.outputs import write_whole
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.notation.period import LAST_YEAR
from mfgtargets.series.build import APPROX

if TYPE_CHECKING:
    from mfgtargets.engine.calculate import Request
    from mfgtargets.engine.lines import Piece
    from mfgtargets.engine.reading import Table
    from mfgtargets.engine.textcolumns import TextColumns

_SUFFIXES = ("csv", "json", "parquet")
_BY_OPTION = "--baseline, --target, --actual"


class CalcFormat(StrEnum):
    """The forms of the answer; one series by options is shown worked out."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def _point(option: str, given: str) -> tuple[str, str]:
    year, sign, value = given.partition("=")
    if not sign or not year.strip().isdecimal() or not value.strip():
        raise InputError([fault("bad-option", option=option, found=given, expected="YEAR=VALUE")])
    return year.strip(), value.strip()


def calc(
    source: Annotated[
        str | None,
        typer.Option("--input", metavar="FILE", help="A table of series, or -. 多个系列的表,或-"),
    ] = None,
    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar="YEAR=VALUE", help="Baseline. 基期值")
    ] = None,
    target: Annotated[
        str | None, typer.Option("--target", metavar="YEAR=VALUE", help="Target. 目标")
    ] = None,
    actual: Annotated[
        list[str] | None,
        typer.Option("--actual", metavar="YEAR=VALUE", help="Actual (repeatable). 实际值"),
    ] = None,
    milestone: Annotated[
        list[str] | None,
        typer.Option("--milestone", metavar="YEAR=VALUE", help="Milestone (repeatable). 阶段目标"),
    ] = None,
    direction: Annotated[
        str, typer.Option("--direction", help="up or down; else as the target lies. 方向")
    ] = "",
    path: Annotated[str, typer.Option("--path", help="linear or geometric. 路径")] = "",
    kind: Annotated[str, typer.Option("--kind", help="Kind of target. 目标类型")] = "",
    comparator: Annotated[str, typer.Option("--comparator", help="Comparator. 比较词")] = "",
    measure: Annotated[str, typer.Option("--measure", help="What actuals are. 口径")] = "",
    target_type: Annotated[
        str, typer.Option("--target-type", help="reach, constant, direction, parity. 目标性质")
    ] = "",
    target_high: Annotated[
        str, typer.Option("--target-high", help="Upper end of a range. 区间上限")
    ] = "",
    limit: Annotated[str, typer.Option("--limit", help="Natural limit. 自然界限")] = "",
    lower: Annotated[str, typer.Option("--lower", help="Value that scores 0. 0分值")] = "",
    optimum: Annotated[str, typer.Option("--optimum", help="Value that scores 100. 100分值")] = "",
    unit: Annotated[str, typer.Option("--unit", help="Unit. 单位")] = "",
    growth: Annotated[
        float | None,
        typer.Option("--growth", help="What if it changes so a year (% or units)? 若每年变化"),
    ] = None,
    reach: Annotated[
        int | None, typer.Option("--reach", help="What does it take by that year? 若到该年达到")
    ] = None,
    method: MethodOption = SCHEDULE.code,
    tolerance: Annotated[
        float, typer.Option("--tolerance", help="Points of the plan's distance. 容差(百分点)")
    ] = TOLERANCE,
    approx: Annotated[
        float, typer.Option("--approx", help="Percent that 左右 leaves. “左右”的余地(%)")
    ] = APPROX,
    trend: TrendOption = None,
    by: Annotated[str | None, typer.Option("--by", help="group: one row a group. 按组")] = None,
    encoding: EncodingOption = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", help="File to write: .csv .json .parquet. 写入的文件"),
    ] = None,
    form: Annotated[
        CalcFormat | None, typer.Option("--format", help="table, csv or json. 输出格式")
    ] = None,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """Judge any series, without a document · 不用规划文件,直接演算。"""
    from mfgtargets.engine.calculate import Request
    from mfgtargets.engine.engines import answered

    request = Request(
        method_named(method),
        in_range("--tolerance", tolerance, 0, 100),
        in_range("--approx", approx, 0, 100),
        trend_of(trend),
    )
    if growth is not None:
        in_range("--growth", growth, -1e6, 1e6)
    if reach is not None:
        in_range("--reach", reach, 1, LAST_YEAR)
    kind_of = _suffix(output)
    options = {
        "direction": direction,
        "path": path,
        "kind": kind,
        "comparator": comparator,
        "measure": measure,
        "target_type": target_type,
        "target_high": target_high,
        "limit": limit,
        "lower": lower,
        "optimum": optimum,
        "unit": unit,
    }
    one = _row(baseline, target, actual or (), milestone or (), options)
    if (source is None) == (one is None):
        raise InputError([fault("calc-input", expected=f"--input | {_BY_OPTION}")])
    if one is not None:
        _unused({"--by": by, "--encoding": encoding}, "--input")
        columns = _by_options(one)
        if output is None and form in {None, CalcFormat.TABLE}:
            from mfgtargets.render.calculation import calculation

            streams.put(calculation(columns, request, growth, reach, lang.value))
        else:
            _unused({"--growth": growth, "--reach": reach}, "--format table")
            _put(columns, request, output, kind_of, form)
        return 0
    of_one = {_option(name): text for name, text in options.items()}
    _unused(of_one | {"--growth": growth, "--reach": reach, "--milestone": milestone}, _BY_OPTION)
    if form == CalcFormat.TABLE:
        raise InputError([fault("bad-option", option="--format", found=form, expected="csv, json")])
    table = _read(source or "", encoding, lang)
    if by is not None:
        suffix = "json" if form == CalcFormat.JSON else kind_of
        _put_groups(table.columns(), by, request, output, suffix)
    elif kind_of in {None, "csv"} and form in {None, CalcFormat.CSV}:
        with streams.busy("calc"):
            pieces = answered(table, request)
        _put_whole(output, *pieces)
    else:
        _put(table.columns(), request, output, kind_of, form)
    return 0


def _unused(options: dict[str, object], needed: str) -> None:
    """Raise ``InputError`` for an option that only means something with others."""
    for option, given in options.items():
        if given not in (None, "", []):
            raise InputError([fault("option-without", option=option, expected=needed)])


def _suffix(output: str | None) -> str | None:
    if output is None:
        return None
    suffix = output.lower().rpartition(".")[2]
    if suffix not in _SUFFIXES and Path(output).exists() and not Path(output).is_file():
        return None  # a device has no form of its own
    if suffix not in _SUFFIXES:
        expected = ", ".join(f".{known}" for known in _SUFFIXES)
        raise InputError([fault("bad-option", option="-o", found=output, expected=expected)])
    return suffix


def _row(
    baseline: str | None,
    target: str | None,
    actual: Sequence[str],
    milestone: Sequence[str],
    options: dict[str, str],
) -> dict[str, str] | None:
    """Return the row of a table that the options say; None where they say none."""
    if baseline is None and target is None and not actual:
        return None
    row = {"series": "", **options}
    row["baseline_year"], row["baseline_value"] = (
        ("", "") if baseline is None else _point("--baseline", baseline)
    )
    if target is not None:
        row["target_year"], row["target_value"] = _point("--target", target)
    points = sorted((_point("--actual", given) for given in actual), key=lambda p: int(p[0]))
    row["year"], row["value"] = points[-1] if points else ("", "")
    row["history"] = ";".join(map("=".join, points))
    row["milestones"] = ";".join("=".join(_point("--milestone", given)) for given in milestone)
    for column, text in row.items():
        if not text.isprintable():
            details = {"option": _option(column), "found": ascii(text)}
            raise InputError([fault("bad-option", None, **details)])
    return row


def _by_options(row: dict[str, str]) -> "TextColumns":
    """Return the series that options say as a table of one row."""
    from mfgtargets.engine.textcolumns import TextColumns

    names = list(row)
    return TextColumns(
        {name: [text] for name, text in row.items()},
        1,
        lambda rows, column: [(Place(_option(names[column])), "") for _ in rows],
    )


def _option(column: str) -> str:
    """Return the option that a column's cell comes from."""
    name = {"year": "actual", "value": "actual", "history": "actual", "milestones": "milestone"}
    found = name.get(column, column).removesuffix("_year").removesuffix("_value")
    return "--" + found.replace("_", "-")


def _read(source: str, encoding: str | None, lang: Language) -> "Table":
    from mfgtargets.engine.reading import read_table

    opened = inputs.standard_input(lang.value) if source == inputs.STDIN else inputs.opened(source)
    with opened as stream:
        return read_table(stream, source, encoding)


def _put_whole(output: str | None, *pieces: "Piece") -> None:
    if output is None:
        streams.put_bytes(*pieces)
    else:
        write_whole(output, *pieces)


def _put(
    columns: "TextColumns",
    request: "Request",
    output: str | None,
    kind: str | None,
    form: CalcFormat | None,
) -> None:
    """Write the table with its answers: to a file by its suffix, else as CSV or JSON."""
    from mfgtargets.engine.calculate import calculate
    from mfgtargets.engine.output import as_csv, parquet_bytes, records
    from mfgtargets.render.jsontext import to_json

    found = calculate(columns, request)
    given = (columns.columns, found)
    if kind == "parquet":
        write_whole(output or "", parquet_bytes(*given))
        return
    if kind == "json" or (kind is None and form == CalcFormat.JSON):
        text = to_json("calc", {"method": request.method, "results": records(*given)})
        _put_whole(output, text.encode())
    else:
        _put_whole(output, *as_csv(columns, found))


def _put_groups(
    columns: "TextColumns", by: str, request: "Request", output: str | None, kind: str | None
) -> None:
    """Write one row a group, as JSON or CSV."""
    from mfgtargets.engine.calculate import by_groups
    from mfgtargets.render.csvtext import values_csv
    from mfgtargets.render.jsontext import to_json

    groups = columns.columns.get("group")
    if by != "group":
        raise InputError([fault("bad-option", option="--by", found=by, expected="group")])
    if kind == "parquet":
        raise InputError([fault("bad-option", option="-o", found=output, expected=".csv, .json")])
    if groups is None:
        raise InputError([fault("series-columns", expected="group")])
    if request.method == ALL_METHODS:
        expected = ", ".join(METHODS)
        raise InputError([fault("bad-option", option="--method", found="all", expected=expected)])
    found: list[dict[str, Any]] = by_groups(columns, list(groups), request)
    if kind == "json":
        text = to_json("calc", {"method": request.method, "results": found})
    else:
        text = values_csv([list(found[0]), *(list(record.values()) for record in found)])
    _put_whole(output, text.encode())
