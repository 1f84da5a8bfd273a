"""``mfgtargets calc``: the arithmetic for any series, by options or a table."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mfgtargets.cli import inputs, streams
from mfgtargets.cli.options import GrowthOption, Judging, ReachOption, supposed
from mfgtargets.cli.outputs import is_stream
from mfgtargets.defaults import MOST_ROWS, STDIN
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

    baseline: Annotated[str | None, typer.Option("--baseline", metavar="YEAR=VALUE")] = None
    target: Annotated[str | None, typer.Option("--target", metavar="YEAR=VALUE")] = None
    actual: Annotated[list[str] | None, typer.Option("--actual", metavar="YEAR=VALUE")] = None
    milestone: Annotated[list[str] | None, typer.Option("--milestone", metavar="YEAR=VALUE")] = None
    direction: Annotated[str, typer.Option("--direction")] = ""
    path: Annotated[str, typer.Option("--path")] = ""
    kind: Annotated[str, typer.Option("--kind")] = ""
    comparator: Annotated[str, typer.Option("--comparator")] = ""
    measure: Annotated[str, typer.Option("--measure")] = ""
    target_type: Annotated[str, typer.Option("--target-type")] = ""
    target_high: Annotated[str, typer.Option("--target-high")] = ""
    limit: Annotated[str, typer.Option("--limit")] = ""
    lower: Annotated[str, typer.Option("--lower")] = ""
    optimum: Annotated[str, typer.Option("--optimum")] = ""
    unit: Annotated[str, typer.Option("--unit")] = ""

    @property
    def is_given(self) -> bool:
        """Whether any point of a series is given."""
        return self.baseline is not None or self.target is not None or bool(self.actual)

    @property
    def details(self) -> dict[str, str]:
        """What is said of the series beside its points, by column."""
        names = [one.name for one in fields(self) if one.name not in _POINTS]
        return {name: getattr(self, name) for name in names}

    def table(self, *, nearest_baseline: bool) -> "TextTable":
        """Return the series as a table of one row, whose cells are named after options.

        With ``nearest_baseline`` the baseline may be a year alone.
        """
        from mfgtargets.engine.texttable import TextTable

        row = {"series": "", **self.details}
        row["baseline_year"], row["baseline_value"] = _point(
            "--baseline", self.baseline, or_year=nearest_baseline
        )
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


def _point(option: str, given: str | None, *, or_year: bool = False) -> tuple[str, str]:
    """Return year and value of ``YEAR=VALUE``; both blank where nothing is given.

    With ``or_year`` a year alone will do.
    """
    if given is None:
        return "", ""
    year, sign, value = given.partition("=")
    alone = or_year and not sign
    if not year.strip().isdecimal() or not (value.strip() or alone):
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
    source: Annotated[str | None, typer.Option("--input", metavar="FILE")] = None,
    growth: GrowthOption = None,
    reach: ReachOption = None,
    nearest_baseline: Annotated[bool, typer.Option("--nearest-baseline")] = False,
    by: Annotated[str | None, typer.Option("--by")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding")] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE")] = None,
    form: Annotated[CalcFormat | None, typer.Option("--format")] = None,
) -> int:
    """Judge any series, without a document · 不用规划文件,直接演算。"""
    from mfgtargets.engine.calculate import requested

    request = requested(**judging.asked, nearest_baseline=nearest_baseline)
    supposed(growth, reach, 1)
    suffix = _suffix(output)
    if (source is None) != one.is_given:
        raise InputError([fault("calc-input", expected=f"--input | {_BY_OPTION}")])
    if source is None:
        _unused({"--by": by, "--encoding": encoding}, "--input")
        row = one.table(nearest_baseline=nearest_baseline)
        if output is None and form in {None, CalcFormat.TABLE}:
            from mfgtargets.render.calculation import calculation

            streams.put_lines(calculation(row, request, growth, reach, lang))
            return 0
        _unused({"--growth": growth, "--reach": reach}, "--format table")
        _put(row, request, output, suffix, form)
        return 0
    details = {name: text for name, text in one.details.items() if name != "limit"}
    of_one: dict[str, object] = {_option(name): text for name, text in details.items()}
    supposing: dict[str, object] = {
        "--growth": growth,
        "--reach": reach,
        "--milestone": one.milestone,
    }
    _unused(of_one | supposing, _BY_OPTION)
    if form == CalcFormat.TABLE:
        raise InputError([fault("bad-option", option="--format", found=form, expected="csv, json")])
    table = _read(source, encoding, _rows(one.limit), lang)
    if by is not None:
        _put_groups(table, by, request, output, suffix or form)
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


def _rows(limit: str) -> int:
    """Return the most rows of a table."""
    if not limit:
        return MOST_ROWS
    if not (limit.isascii() and limit.isdecimal() and len(limit) < 20 and int(limit)):
        raise InputError([fault("bad-option", option="--limit", found=limit, expected=">= 1")])
    return int(limit)


def _read(source: str, encoding: str | None, limit: int, lang: Lang) -> "Table":
    from mfgtargets.engine.reading import read_table

    opened = inputs.standard_input(lang) if source == STDIN else inputs.opened(source)
    with opened as stream:
        return read_table(stream, inputs.name_of(source, lang), encoding, limit)


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
    table: "Table", by: str, request: "Request", output: str | None, form: str | None
) -> None:
    """Write one row a group, as CSV, JSON or Parquet."""
    from io import BytesIO

    from mfgtargets.engine.answering import answered_groups, group_frame
    from mfgtargets.render.csvtext import csv_text
    from mfgtargets.render.jsontext import to_json

    found = answered_groups(table, by, request)
    if form == "parquet":
        group_frame(found).write_parquet(out := BytesIO())
        streams.put_to(output, [out.getvalue()])
    elif form == "json":
        streams.put_to(output, to_json("calc", {"method": request.method, "results": found}))
    else:
        rows = [list(found[0]), *(list(record.values()) for record in found)]
        streams.put_to(output, csv_text(rows))
