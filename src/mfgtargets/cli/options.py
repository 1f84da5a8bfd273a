"""The options that commands share, and the language they are asked in."""

import math
import os
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import typer

from mfgtargets.methods import ALL_METHODS, METHODS
from mfgtargets.faults import Fault, InputError, fault, nearest
from mfgtargets.notation.cells import plain_text, read_period
from mfgtargets.observations.headers import IGNORE, Hints
from mfgtargets.notation.period import FIRST_YEAR, LAST_YEAR
from mfgtargets.observations.lines import COLUMNS
from mfgtargets.wording.words import Lang


class Language(StrEnum):
    """The languages of the output."""

    ZH = "zh"
    EN = "en"


class Format(StrEnum):
    """The forms of the output; a table is drawn on a terminal and plain when piped."""

    TABLE = "table"
    PLAIN = "plain"
    JSON = "json"


OutputOption = Annotated[
    str | None,
    typer.Option("-o", "--output", help="File to write; its suffix gives the form. 写入的文件"),
]
MethodOption = Annotated[
    str, typer.Option("--method", help="Status method (mfgtargets methods), or all. 评估方法,或all")
]
TrendOption = Annotated[
    int | None,
    typer.Option("--trend", help="Years the projection looks back. 推算所依据的年数(默认自基期)"),
]
LangOption = Annotated[
    Language,
    typer.Option("--lang", envvar="MFGTARGETS_LANG", help="Language of the output. 输出语言"),
]
FormatOption = Annotated[Format, typer.Option("--format", help="Form of the output. 输出格式")]
DebugOption = Annotated[
    bool, typer.Option("--debug", help="Show the traceback of an internal error. 显示内部错误详情")
]


def complete_document(incomplete: str) -> list[str]:
    """Return the ids of documents that begin so, for the shell."""
    from mfgtargets.document.library import document_paths

    known = [*document_paths(target_folders(None)), "all"]
    return [name for name in known if name.startswith(incomplete)]


def complete_indicator(context: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of indicators of the document already typed, for the shell."""
    from mfgtargets.document.library import document_paths, find_document

    folders = target_folders(None)
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


EncodingOption = Annotated[
    str | None, typer.Option("--encoding", help="Encoding of the actuals. 实际值文件的编码")
]
PeriodOption = Annotated[
    str | None,
    typer.Option("--period", help="Period of all values, where the table has none. 全表的时期"),
]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="COLUMN=FIELD", help="What a column is (repeatable). 指明列的含义"
    ),
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Fail if any row is left out. 有行未采用即报错")
]
TargetsDirOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--targets-dir",
        help="Further folder of target files (repeatable; also MFGTARGETS_PATH). 另加目标文件夹",
    ),
]


def table_hints(encoding: str | None, period: str | None, columns: Sequence[str] | None) -> Hints:
    """Return what the options say of tables; raise ``InputError`` where they are none."""
    if period is not None and read_period(period) is None:
        raise InputError([fault("bad-period", found=period)])
    fields: dict[str, str] = {}
    for given in columns or ():
        column, _, field = given.rpartition("=")
        if not column or field not in {*COLUMNS, IGNORE}:
            expected = ", ".join((*COLUMNS, IGNORE))
            raise InputError([fault("bad-option", option="--map", found=given, expected=expected)])
        fields[plain_text(column).lower()] = field
    return Hints(encoding, period, columns=fields)


def target_year_of(text: str | None) -> int | str | None:
    """Return a target year, ``all`` or None; raise ``InputError`` for anything else."""
    if text is None or text == "all":
        return text
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        expected = f"{FIRST_YEAR}-{LAST_YEAR}, all"
        raise InputError(
            [fault("bad-option", option="--target-year", found=text, expected=expected)]
        )
    return int(text)


def target_folders(given: Sequence[Path] | None) -> list[Path]:
    """Return the further folders of target files: of ``MFGTARGETS_PATH``, then by option."""
    named = os.environ.get("MFGTARGETS_PATH", "")
    return [*(Path(part) for part in named.split(os.pathsep) if part), *(given or ())]


def language(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    settings: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> Lang:
    """Return the language asked for, for messages that come before the options are parsed.

    ``settings`` are the defaults of each command.
    """
    command = next((argument for argument in arguments if argument in settings), "")
    asked = environment.get("MFGTARGETS_LANG") or settings.get(command, {}).get("lang", "")
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            asked = arguments[index + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return "en" if asked == "en" else "zh"


def method_named(code: str) -> str:
    """Return the code of a method, or ``all``; raise ``InputError`` for anything else."""
    known = (*METHODS, ALL_METHODS)
    if code not in known:
        expected, near = ", ".join(known), ", ".join(nearest(code, known, 1))
        details = {"option": "--method", "found": code, "expected": expected, "near": near}
        raise InputError([Fault("bad-option", details=details)])
    return code


def trend_of(years: int | None) -> int | None:
    """Return the years a projection looks back; raise ``InputError`` where they make no sense."""
    return None if years is None else int(in_range("--trend", years, 1, 100))


def in_range(option: str, value: float, low: float, high: float) -> float:
    """Return a number given by option; raise ``InputError`` outside of ``low`` to ``high``."""
    if not math.isfinite(value) or not low <= value <= high:
        raise InputError(
            [fault("bad-option", option=option, found=value, expected=f"{low}-{high}")]
        )
    return value
