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
    from mfgtargets.observations.hints import Hints


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


LangOption = Annotated[Language, typer.Option("--lang", envvar="MFGTARGETS_LANG")]
DebugOption = Annotated[bool, typer.Option("--debug")]
SettingsOption = Annotated[str | None, typer.Option("--settings", metavar="FILE")]
NoSettingsOption = Annotated[bool, typer.Option("--no-settings")]
BaselineYearOption = Annotated[list[int] | None, typer.Option("--baseline-year", metavar="YEAR")]
OutputOption = Annotated[str | None, typer.Option("-o", "--output", metavar="FILE")]
FailOnOption = Annotated[FailOn, typer.Option("--fail-on")]
GrowthOption = Annotated[float | None, typer.Option("--growth")]
DepartmentOption = Annotated[list[str] | None, typer.Option("--department", metavar="NAME")]
ReachOption = Annotated[int | None, typer.Option("--reach", metavar="YEAR")]


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


DocumentArgument = Annotated[str, typer.Argument(metavar="DOC", autocompletion=complete_document)]
IndicatorArgument = Annotated[
    str, typer.Argument(metavar="INDICATOR", autocompletion=complete_indicator)
]
ActualsArgument = Annotated[list[str] | None, typer.Argument(metavar="ACTUALS")]


@dataclass(frozen=True)
class Folders:
    """Where target files are looked for beside the program's own."""

    targets_dir: Annotated[list[Path] | None, typer.Option("--targets-dir")] = None

    @property
    def all(self) -> list[Path]:
        """The further folders: of ``MFGTARGETS_PATH``, then by option."""
        named = os.environ.get("MFGTARGETS_PATH", "").split(os.pathsep)
        return [*(Path(part) for part in named if part), *(self.targets_dir or ())]


@dataclass(frozen=True)
class Tables:
    """What is said of tables of actuals that do not say it themselves."""

    encoding: Annotated[str | None, typer.Option("--encoding")] = None
    period: Annotated[str | None, typer.Option("--period")] = None
    columns: Annotated[list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD")] = None
    where: Annotated[list[str] | None, typer.Option("--where", metavar="COLUMN=VALUE")] = None
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME")] = None
    indicator_name: Annotated[
        list[str] | None, typer.Option("--indicator-name", metavar="NAME")
    ] = None
    region_name: Annotated[str | None, typer.Option("--region-name", metavar="NAME")] = None
    region: Annotated[list[str] | None, typer.Option("--region", metavar="NAME")] = None
    regions: Annotated[str | None, typer.Option("--regions", metavar="FILE")] = None
    names: Annotated[str | None, typer.Option("--names", metavar="FILE")] = None
    limit: Annotated[int, typer.Option("--limit")] = MOST_ROWS
    strict: Annotated[bool, typer.Option("--strict")] = False

    @property
    def hints(self) -> "Hints":
        """The same for those who read; raises ``InputError`` where it makes no sense."""
        from mfgtargets.observations.hints import hints_of

        return hints_of(
            self.encoding,
            self.period,
            self.columns,
            self.limit,
            where=self.where,
            sheet=self.sheet,
            region_name=self.region_name,
        )


@dataclass(frozen=True)
class Time:
    """For which year a target is judged, and which target."""

    as_of: Annotated[int | None, typer.Option("--as-of", metavar="YEAR")] = None
    target_year: Annotated[str | None, typer.Option("--target-year", metavar="YEAR")] = None
    baseline_year: BaselineYearOption = None
    proxies: Annotated[bool, typer.Option("--proxies")] = False

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

    method: Annotated[str, typer.Option("--method", metavar="NAME")] = METHOD
    tolerance: Annotated[float, typer.Option("--tolerance")] = TOLERANCE
    approx: Annotated[float, typer.Option("--approx")] = APPROX
    trend: Annotated[int | None, typer.Option("--trend")] = None

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
class RegionalJudging(Judging):
    """The same, and by what targets of their own the parts of a region are judged."""

    region_targets: Annotated[str | None, typer.Option("--region-targets", metavar="FILE")] = None
    region_rule: Annotated[str | None, typer.Option("--region-rule", metavar="NAME")] = None

    @property
    def asked(self) -> dict[str, Any]:
        """The same as arguments of a call; raises ``InputError`` where it makes no sense."""
        own = {"region_targets": self.region_targets, "region_rule": self.region_rule}
        return super().asked | own


@dataclass(frozen=True)
class Choice:
    """Which of a document's indicators are asked for."""

    indicator: Annotated[
        list[str] | None,
        typer.Option("--indicator", metavar="INDICATOR", autocompletion=complete_indicator),
    ] = None
    group: Annotated[list[str] | None, typer.Option("--group", metavar="NAME")] = None
    department: DepartmentOption = None
    departments: Annotated[str | None, typer.Option("--departments", metavar="FILE")] = None
    every: Annotated[bool, typer.Option("--all")] = False

    @property
    def asked(self) -> dict[str, Any]:
        """The same as arguments of a call."""
        return {
            "indicators": self.indicator or (),
            "groups": self.group or (),
            "departments": self.department or (),
            "department_table": self.departments,
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
