"""``mfgtargets calc``: the arithmetic for any series, by options or a table."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mfgtargets.cli import inputs, streams
from mfgtargets.cli.options import GrowthOption, Judging, ReachOption, supposed
from mfgtargets.cli.outputs import is_stream
from mfgtargets.defaults import STDIN
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.wording.words import Lang

if TYPE_CHECKING:
    from mfgtargets.engine.calculate import Request
    from mfgtargets.engine.reading import Table
    from mfgtargets.engine.texttable import TextTable

_SUFFIXES = ("csv", "json", "parquet")
_BY_OPTION = "--baseline, --target, --actual"
_POINTS = frozenset({"baseline", "target", "actual", "milestone"})


class CalcFormat(StrEnum):
    """The forms of the answer; one series by options is shown worked out."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True)
class OneSeries:
    """One series by options."""

    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar="YEAR=VALUE", help="Baseline. 基期值")
    ] = None
    target: Annotated[
        str | None, typer.Option("--target", metavar="YEAR=VALUE", help="Target. 目标")
    ] = None
    actual: Annotated[
        list[str] | None,
        typer.Option("--actual", metavar="YEAR=VALUE", help="Actual (repeatable). 实际值"),
    ] = None
    milestone: Annotated[
        list[str] | None,
        typer.Option("--milestone", metavar="YEAR=VALUE", help="Milestone (repeatable). 阶段目标"),
    ] = None
    direction: Annotated[
        str, typer.Option("--direction", help="up or down; else as the target lies. 方向")
    ] = ""
    path: Annotated[str, typer.Option("--path", help="linear or geometric. 路径")] = ""
    kind: Annotated[str, typer.Option("--kind", help="Kind of target. 目标类型")] = ""
    comparator: Annotated[str, typer.Option("--comparator", help="Comparator. 比较词")] = ""
    measure: Annotated[str, typer.Option("--measure", help="What actuals are. 口径")] = ""
    target_type: Annotated[
        str, typer.Option("--target-type", help="reach, constant, direction, parity. 目标性质")
    ] = ""
    target_high: Annotated[
        str, typer.Option("--target-high", help="Upper end of a range. 区间上限")
    ] = ""
    limit: Annotated[str, typer.Option("--limit", help="Natural limit. 自然界限")] = ""
    lower: Annotated[str, typer.Option("--lower", help="Value that scores 0. 0分值")] = ""
    optimum: Annotated[str, typer.Option("--optimum", help="Value that scores 100. 100分值")] = ""
    unit: Annotated[str, typer.Option("--unit", help="Unit. 单位")] = ""

    @property
    def is_given(self) -> bool:
        """Whether any point of a series is given."""
        return self.baseline is not None or self.target is not None or bool(self.actual)

    @property
    def details(self) -> dict[str, str]:
        """What is said of the series beside its points, by column."""
        names = [one.name for one in fields(self) if one.name not in _POINTS]
        return {name: getattr(self, name) for name in names}

    def table(self) -> "TextTable":
        """Return the series as a table of one row, whose cells are named after options."""
        from mfgtargets.engine.texttable import TextTable

        row = {"series": "", **self.details}
        row["baseline_year"], row["baseline_value"] = _point("--baseline", self.baseline)
        if self.target is not None:
            row["target_year"], row["target_value"] = _point("--target", self.target)
        points = sorted(
            (_point("--actual", given) for given in self.actual or ()), key=lambda p: int(p[0])
        )
        row["year"], row["value"] = points[-1] if points else ("", "")
        row["history"] = ";".join(map("=".join, points))
        steps = (_point("--milestone", given) for given in self.milestone or ())
        row["milestones"] = ";".join(map("=".join, steps))
        for column, text in row.items():
            if not text.isprintable():
                details = {"option": _option(column), "found": ascii(text)}
                raise InputError([fault("bad-option", None, **details)])
        names = list(row)
        return TextTable(
            {name: [text] for name, text in row.items()},
            1,
            lambda rows, column: [(Place(_option(names[column])), "") for _ in rows],
        )


def _point(option: str, given: str | None) -> tuple[str, str]:
    """Return year and value of ``YEAR=VALUE``; both blank where nothing is given."""
    if given is None:
        return "", ""
    year, sign, value = given.partition("=")
    if not sign or not year.strip().isdecimal() or not value.strip():
        raise InputError([fault("bad-option", option=option, found=given, expected="YEAR=VALUE")])
    return year.strip(), value.strip()


def _option(column: str) -> str:
    """Return the option that a column's cell comes from."""
    name = {"year": "actual", "value": "actual", "history": "actual", "milestones": "milestone"}
    found = name.get(column, column).removesuffix("_year").removesuffix("_value")
    return "--" + found.replace("_", "-")


def calc(
    one: OneSeries,
    judging: Judging,
    lang: Lang,
    source: Annotated[
        str | None,
        typer.Option("--input", metavar="FILE", help="A table of series, or -. 多个系列的表,或-"),
    ] = None,
    growth: GrowthOption = None,
    reach: ReachOption = None,
    by: Annotated[str | None, typer.Option("--by", help="group: one row a group. 按组")] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="Encoding of the table. 表的编码")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="File to write: .csv .json .parquet. 写入的文件"
        ),
    ] = None,
    form: Annotated[
        CalcFormat | None, typer.Option("--format", help="table, csv or json. 输出格式")
    ] = None,
) -> int:
    """Judge any series, without a document · 不用规划文件,直接演算。"""
    from mfgtargets.engine.calculate import Request
    from mfgtargets.methods import method_named

    asked = judging.asked
    request = Request(**asked | {"method": method_named(asked["method"])})
    supposed(growth, reach, 1)
    suffix = _suffix(output)
    if (source is None) != one.is_given:
        raise InputError([fault("calc-input", expected=f"--input | {_BY_OPTION}")])
    if source is None:
        _unused({"--by": by, "--encoding": encoding}, "--input")
        if output is None and form in {None, CalcFormat.TABLE}:
            from mfgtargets.render.calculation import calculation

            streams.put_lines(calculation(one.table(), request, growth, reach, lang))
            return 0
        _unused({"--growth": growth, "--reach": reach}, "--format table")
        _put(one.table(), request, output, suffix, form)
        return 0
    of_one: dict[str, object] = {_option(n): text for n, text in one.details.items()}
    supposing: dict[str, object] = {
        "--growth": growth,
        "--reach": reach,
        "--milestone": one.milestone,
    }
    _unused(of_one | supposing, _BY_OPTION)
    if form == CalcFormat.TABLE:
        raise InputError([fault("bad-option", option="--format", found=form, expected="csv, json")])
    table = _read(source, encoding, lang)
    if by is not None:
        _put_groups(table.columns(), by, request, output, suffix or form)
    else:
        _put(table, request, output, suffix, form)
    return 0


def _unused(options: dict[str, object], needed: str) -> None:
    """Raise ``InputError`` for an option that only means something with others."""
    for option, given in options.items():
        if given not in (None, "", []):
            raise InputError([fault("option-without", option=option, expected=needed)])


def _suffix(output: str | None) -> str | None:
    """Return the form that an output's name says; raise ``InputError`` where it is none."""
    if output is None:
        return None
    suffix = output.lower().rpartition(".")[2]
    if suffix not in _SUFFIXES and is_stream(output):
        return None  # a device has no form of its own
    if suffix not in _SUFFIXES:
        expected = ", ".join(f".{known}" for known in _SUFFIXES)
        raise InputError([fault("bad-option", option="-o", found=output, expected=expected)])
    return suffix


def _read(source: str, encoding: str | None, lang: Lang) -> "Table":
    from mfgtargets.engine.reading import read_table

    opened = inputs.standard_input(lang) if source == STDIN else inputs.opened(source)
    with opened as stream:
        return read_table(stream, source, encoding)


def _put(
    table: "Table | TextTable",
    request: "Request",
    output: str | None,
    suffix: str | None,
    form: CalcFormat | None,
) -> None:
    """Write the table with its answers: to a file by its suffix, else as CSV or JSON."""
    from mfgtargets.engine.answering import answered

    with streams.busy("calc"):
        streams.put_to(output, answered(table, request, suffix or form or "csv"))


def _put_groups(
    columns: "TextTable", by: str, request: "Request", output: str | None, form: str | None
) -> None:
    """Write one row a group, as JSON or CSV."""
    from mfgtargets.engine.calculate import by_groups
    from mfgtargets.methods import ALL_METHODS, METHODS
    from mfgtargets.render.csvtext import csv_text
    from mfgtargets.render.jsontext import to_json

    groups = columns.columns.get("group")
    if by != "group":
        raise InputError([fault("bad-option", option="--by", found=by, expected="group")])
    if form == "parquet":
        raise InputError([fault("bad-option", option="-o", found=output, expected=".csv, .json")])
    if groups is None:
        raise InputError([fault("series-columns", expected="group")])
    if request.method == ALL_METHODS:
        expected = ", ".join(METHODS)
        raise InputError([fault("bad-option", option="--method", found="all", expected=expected)])
    found = by_groups(columns, list(groups), request)
    text = csv_text([list(found[0]), *(list(record.values()) for record in found)])
    if form == "json":
        text = to_json("calc", {"method": request.method, "results": found})
    streams.put_to(output, text)
