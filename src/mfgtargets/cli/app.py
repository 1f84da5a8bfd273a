"""The program: its commands, the language it speaks, and how it ends."""

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

import typer

from mfgtargets.cli import check, documents, streams
from mfgtargets.cli.options import language
from mfgtargets.faults import Fault, InputError, fault
from mfgtargets.report.words import Lang

CANNOT = 2  # the exit code of what could not be done

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="How far a place is from its published targets. 一个地方离规划目标还有多远。",
)
app.command("list")(documents.list_documents)
app.command("show")(documents.show)
app.command("check")(check.check)


def main() -> NoReturn:
    """Run the program on the command line it was given, and end with its exit code."""
    streams.use_utf8()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit code: 0 done, 1 the check failed, 2 it could not."""
    lang = language(arguments, os.environ)
    try:
        code: Any = app(args=list(arguments), prog_name="mfgtargets", standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - the last place that can word it
        if "--debug" in arguments:
            traceback.print_exc()
        _tell(_faults(error), lang)
        return getattr(error, "exit_code", CANNOT) or CANNOT
    return code if isinstance(code, int) else 0


def _faults(error: Exception) -> tuple[Fault, ...]:
    """Return what to say of an error."""
    if isinstance(error, InputError):
        return error.faults
    if isinstance(error, typer.TyperException):
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "mfgtargets"
        return (fault("usage", found=error.format_message(), command=command),)
    if isinstance(error, OSError):
        return (fault("cannot-write", found=error.strerror or error),)
    return (fault("internal", found=f"{type(error).__name__}: {error}"),)


def _tell(faults: tuple[Fault, ...], lang: Lang) -> None:
    from mfgtargets.report.faults import faults_text

    sys.stderr.write(faults_text(faults, lang))
