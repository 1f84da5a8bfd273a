"""The options that commands share, in groups, and the language they are asked in."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mfgtargets.defaults import ALL, APPROX, FIRST_YEAR, LAST_YEAR, METHOD, MOST_ROWS, TOLERANCE
from mfgtargets.faults import InputError, fault

if TYPE_CHECKING:
    from mfgtargets.observations.headers import Hints


class Language(StrEnum):
    """The languages of the output."""

    ZH = "zh"
    EN = "en"


class FailOn(StrEnum):
    """Which results make the exit code 1."""

    NEVER = "never"
    MISSED = "missed"
    LAGGING = "lagging"
    NO_DATA = "no_data"


LangOption = Annotated[
    Language,
    typer.Option("--lang", envvar="MFGTARGETS_LANG", help="Language of the output. 输出语言"),
]
DebugOption = Annotated[
    bool, typer.Option("--debug", help="Show the traceback of an internal error. 显示内部错误详情")
]
SettingsOption = Annotated[
    str | None,
    typer.Option("--settings", metavar="FILE", help="Settings file to use. 指定设置文件"),
]
NoSettingsOption = Annotated[
    bool, typer.Option("--no-settings", help="Use no settings file. 不用设置文件")
]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="File to write; its suffix gives the form. 写入的文件",
    ),
]
FailOnOption = Annotated[
    FailOn,
    typer.Option("--fail-on", help="Results that make the exit code 1. 哪些结果退出码为1"),
]
GrowthOption = Annotated[
    float | None,
    typer.Option("--growth", help="What if it changes so a year (% or units)? 若每年变化"),
]
ReachOption = Annotated[
    int | None, typer.Option("--reach", help="What does it take by that year? 若到该年达到")
]


def complete_document(incomplete: str) -> list[str]:
    """Return the ids of documents that begin so, for the shell."""
    from mfgtargets.document.library import document_paths

    known = [*document_paths(Folders(None).all), ALL]
    return [name for name in known if name.startswith(incomplete)]


def complete_indicator(context: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of indicators of the document already typed, for the shell."""
    from mfgtargets.document.library import document_paths, find_document

    folders = Folders(None).all
    # Before the value of an option the parser has not got to the document yet.
    typed = os.environ.get("COMP_WORDS", os.environ.get("_TYPER_COMPLETE_ARGS", "")).split()
    named = next((word for word in typed if word in document_paths(folders)), "")
    try:
        document = find_document(context.params.get("document") or named, folders)
    except InputError:
        return []
    return [name for name in document.indicators if name.startswith(incomplete)]


DocumentArgument = Annotated[
    str,
    typer.Argument(
        metavar="DOC",
        help="Id of a document, or path of a YAML file. 规划文件编号或YAML路径",
        autocompletion=complete_document,
    ),
]
IndicatorArgument = Annotated[
    str,
    typer.Argument(
        metavar="INDICATOR",
        help="Id or name of an indicator. 指标编号或名称",
        autocompletion=complete_indicator,
    ),
]
ActualsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ACTUALS",
        help="Files, - (standard input) or bundled. 实际值:文件、-(标准输入)或bundled",
    ),
]


@dataclass(frozen=True)
class Folders:
    """Where target files are looked for beside the program's own."""

    targets_dir: Annotated[
        list[Path] | None,
        typer.Option(
            "--targets-dir",
            help="Further folder of target files (repeatable; also MFGTARGETS_PATH). 另加目标文件夹",
        ),
    ] = None

    @property
    def all(self) -> list[Path]:
        """The further folders: of ``MFGTARGETS_PATH``, then by option."""
        named = os.environ.get("MFGTARGETS_PATH", "").split(os.pathsep)
        return [*(Path(part) for part in named if part), *(self.targets_dir or ())]


@dataclass(frozen=True)
class Tables:
    """What is said of tables of actuals that do not say it themselves."""

    encoding: Annotated[
        str | None, typer.Option("--encoding", help="Encoding of the actuals. 实际值文件的编码")
    ] = None
    period: Annotated[
        str | None,
        typer.Option("--period", help="Period of all values, where the table has none. 全表的时期"),
    ] = None
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN=FIELD", help="What a column is (repeatable). 指明列的含义"
        ),
    ] = None
    limit: Annotated[
        int, typer.Option("--limit", help="Refuse tables of more rows. 行数超过此数的表不读")
    ] = MOST_ROWS
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail if any row is left out. 有行未采用即报错")
    ] = False

    @property
    def hints(self) -> "Hints":
        """The same for those who read; raises ``InputError`` where it makes no sense."""
        from mfgtargets.observations.headers import hints_of

        return hints_of(self.encoding, self.period, self.columns, self.limit)


@dataclass(frozen=True)
class Time:
    """For which year a target is judged, and which target."""

    as_of: Annotated[
        int | None,
        typer.Option("--as-of", help="Year to judge by. 截至年份(默认最新实际值的年份)"),
    ] = None
    target_year: Annotated[
        str | None, typer.Option("--target-year", help="Target year, or all. 目标年,或all")
    ] = None
    baseline_year: Annotated[
        list[int] | None,
        typer.Option("--baseline-year", help="Where targets without a baseline start. 自定基期年"),
    ] = None
    proxies: Annotated[
        bool, typer.Option("--proxies", help="Let proxies decide, flagged. 用替代口径评估并标明")
    ] = False

    @property
    def asked(self) -> dict[str, Any]:
        """The same as arguments of a call; raises ``InputError`` where it makes no sense."""
        year = self.as_of
        return {
            "as_of": None
            if year is None
            else int(in_range("--as-of", year, FIRST_YEAR, LAST_YEAR)),
            "target_year": target_year_of(self.target_year),
            "baseline_year": one_baseline_year(self.baseline_year),
            "proxies": self.proxies,
        }


@dataclass(frozen=True)
class Judging:
    """By what method and with what room a target is judged."""

    method: Annotated[
        str,
        typer.Option("--method", help="Status method (mfgtargets methods), or all. 评估方法,或all"),
    ] = METHOD
    tolerance: Annotated[
        float, typer.Option("--tolerance", help="Points of the plan's distance. 容差(百分点)")
    ] = TOLERANCE
    approx: Annotated[
        float, typer.Option("--approx", help="Percent that 左右 and 基本 leave. “左右”的余地(%)")
    ] = APPROX
    trend: Annotated[
        int | None,
        typer.Option(
            "--trend", help="Years the projection looks back. 推算所依据的年数(默认自基期)"
        ),
    ] = None

    @property
    def asked(self) -> dict[str, Any]:
        """The same as arguments of a call; raises ``InputError`` where it makes no sense."""
        return {
            "method": self.method,
            "tolerance": in_range("--tolerance", self.tolerance, 0, 100),
            "approx": in_range("--approx", self.approx, 0, 100),
            "trend": None if self.trend is None else int(in_range("--trend", self.trend, 1, 100)),
        }


@dataclass(frozen=True)
class Choice:
    """Which of a document's indicators are asked for."""

    indicator: Annotated[
        list[str] | None,
        typer.Option(
            "--indicator",
            help="Only this indicator (repeatable). 只看此指标",
            autocompletion=complete_indicator,
        ),
    ] = None
    group: Annotated[
        list[str] | None, typer.Option("--group", help="Only this group (repeatable). 只看此分组")
    ] = None
    every: Annotated[
        bool, typer.Option("--all", help="All indicators, not only the main table. 列出全部指标")
    ] = False

    @property
    def asked(self) -> dict[str, Any]:
        """The same as arguments of a call."""
        return {
            "indicators": self.indicator or (),
            "groups": self.group or (),
            "every": self.every,
        }


def one_baseline_year(years: list[int] | None) -> int | None:
    """Return the one baseline year given, None without any; raise ``InputError`` for several."""
    given = {int(in_range("--baseline-year", y, FIRST_YEAR, LAST_YEAR)) for y in years or ()}
    if len(given) > 1:
        expected, found = "Y", ", ".join(map(str, sorted(given)))
        raise InputError(
            [fault("bad-option", option="--baseline-year", found=found, expected=expected)]
        )
    return next(iter(given), None)


def target_year_of(text: str | None) -> int | str | None:
    """Return a target year, ``all`` or None; raise ``InputError`` for anything else."""
    if text is None or text == ALL:
        return text
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        expected = f"{FIRST_YEAR}-{LAST_YEAR}, all"
        raise InputError(
            [fault("bad-option", option="--target-year", found=text, expected=expected)]
        )
    return int(text)


def in_range(option: str, value: float, low: float, high: float) -> float:
    """Return a number given by option; raise ``InputError`` outside of ``low`` to ``high``."""
    if not low <= value <= high:
        raise InputError(
            [fault("bad-option", option=option, found=value, expected=f"{low}-{high}")]
        )
    return value


def supposed(growth: float | None, reach: int | None, first_year: int = FIRST_YEAR) -> None:
    """Raise ``InputError`` where what is supposed makes no sense."""
    if growth is not None:
        in_range("--growth", growth, -1e6, 1e6)
    if reach is not None:
        in_range("--reach", reach, first_year, LAST_YEAR)
