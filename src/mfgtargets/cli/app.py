"""The program: its commands, the language it speaks, and how it ends."""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from mfgtargets import __version__
from mfgtargets.cli import calc, check, documents, files, note, streams, tables, track
from mfgtargets.cli.options import language
from mfgtargets.cli.settings import defaults, find_settings
from mfgtargets.faults import Fault, InputError, fault, nearest
from mfgtargets.report.words import Lang

CANNOT = 2  # the exit code of what could not be done


def _version(asked: bool) -> None:
    if asked:
        streams.put(f"mfgtargets {__version__}\n")
        raise typer.Exit


app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def program(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the version. 版本号"
        ),
    ] = False,
) -> None:
    """How far a place is from its published targets · 一个地方离规划目标还有多远。"""


new = typer.Typer(
    rich_markup_mode=None,
    help="Starters for your own files · 新建文件的模板。",
    no_args_is_help=True,
)
app.command("list")(documents.list_documents)
app.command("show")(documents.show)
app.command("check")(check.check)
app.command("calc")(calc.calc)
app.command("track")(track.track)
app.command("note")(note.note)
app.command("methods")(documents.methods)
app.command("compare")(documents.compare)
app.command("trace")(files.trace_quotes)
app.command("validate")(files.validate)
app.command("schema")(files.schema)
app.command("read")(tables.read)
new.command("plan")(files.new_plan)
new.command("actuals")(tables.new_actuals)
new.callback()(files.new)
app.add_typer(new, name="new")


def main() -> NoReturn:
    """Run the program on the command line it was given, and end with its exit code."""
    streams.use_utf8()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit code: 0 done, 1 the check failed, 2 it could not."""
    lang = language(arguments, os.environ)
    try:
        settings = find_settings(Path.cwd())
        given = {} if settings is None else defaults(settings, typer.main.get_command(app))
        lang = language(arguments, os.environ, given)
        code: Any = app(
            args=list(arguments) or ["--help"],
            prog_name="mfgtargets",
            standalone_mode=False,
            default_map=given,
        )
    except Exception as error:  # noqa: BLE001 - the last place that can word it
        if "--debug" in arguments:
            traceback.print_exc()
        if type(error).__name__ == "NoArgsIsHelpError":
            streams.say(str(error))
            return CANNOT
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
        return (_usage_fault(error, command),)
    if isinstance(error, OSError):
        return (fault("cannot-write", found=error.strerror or error),)
    return (fault("internal", found=f"{type(error).__name__}: {error}"),)


def _usage_fault(error: typer.TyperException, command: str) -> Fault:
    """Word the commonest mistakes ourselves; the others as the parser does."""
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    context = getattr(error, "ctx", None)
    if kind == "NoSuchOption":
        near = ", ".join(getattr(error, "possibilities", None) or ())
        found = getattr(error, "option_name", "")
        return fault("unknown-option", found=found, near=near, command=command)
    if kind == "MissingParameter" and parameter is not None:
        name = parameter.metavar or parameter.name
        return fault("missing-argument", found=name, command=command)
    if kind == "BadParameter" and parameter is not None:
        found = error.message.removeprefix("Value error, ")
        return fault("bad-option", option=max(parameter.opts, key=len), found=found)
    if error.message.startswith("No such command"):
        found = error.message.split("'")[1]
        near = ", ".join(nearest(found, context.command.commands)) if context else ""
        return fault("unknown-command", found=found, near=near, command=command)
    return fault("usage", found=error.format_message(), command=command)


def _tell(faults: tuple[Fault, ...], lang: Lang) -> None:
    from mfgtargets.report.faults import faults_text

    streams.say(faults_text(faults, lang).rstrip("\n"))
