"""The program: its commands, the language it speaks, and how it ends."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from mfgtargets import __version__
from mfgtargets.cli import streams
from mfgtargets.cli.settings import (
    Settings,
    defaults,
    is_own,
    nearest_settings,
    read_settings,
)
from mfgtargets.faults import Fault, InputError, Place, fault, nearest

if TYPE_CHECKING:
    from mfgtargets.wording.words import Lang

_LANG = "MFGTARGETS_LANG"
CANNOT = 2  # the exit code of what could not be done


def _version(asked: bool) -> None:
    if asked:
        streams.put(f"mfgtargets {__version__}\n")
        raise typer.Exit


# Every command, its module and its function, in the order that help shows them.
_COMMANDS = {
    "list": ("documents", "list_documents"),
    "show": ("documents", "show"),
    "check": ("judging", "check"),
    "calc": ("calc", "calc"),
    "track": ("judging", "track"),
    "note": ("judging", "note"),
    "methods": ("documents", "methods"),
    "compare": ("documents", "compare"),
    "trace": ("files", "trace_quotes"),
    "validate": ("files", "validate"),
    "schema": ("files", "schema"),
    "read": ("files", "read"),
}
_NEW = {"plan": ("files", "new_plan"), "actuals": ("files", "new_actuals")}


def program(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the version. 版本号"
        ),
    ] = False,
) -> None:
    """How far a place is from its published targets · 一个地方离规划目标还有多远。"""


def commands(only: str | None = None) -> typer.Typer:
    """Return the program with all commands, or with ``only`` one of them, which starts faster."""
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback()(program)
    for name, place in _COMMANDS.items():
        if only in {None, name}:
            app.command(name)(_function(*place))
    if only in {None, "new"}:
        about = "Starters for your own files · 新建文件的模板。"
        new = typer.Typer(rich_markup_mode=None, help=about, no_args_is_help=True)
        for name, place in _NEW.items():
            new.command(name)(_function(*place))
        app.add_typer(new, name="new")
    return app


def _function(module: str, name: str) -> Callable[..., Any]:
    from mfgtargets.cli.grouping import grouped

    return grouped(getattr(import_module(f"mfgtargets.cli.{module}"), name))


def _asked_alone(arguments: Sequence[str], settings: Settings | None) -> str | None:
    """Return the command asked for, where no other has to be known."""
    is_completing = any(name.endswith("_COMPLETE") for name in os.environ)
    return arguments[0] if _is_work(arguments) and settings is None and not is_completing else None


def _is_work(arguments: Sequence[str]) -> bool:
    """Tell whether a command is to be run, not only help or the version to be shown."""
    return bool(arguments) and arguments[0] in {*_COMMANDS, "new"} and "--help" not in arguments


def main() -> NoReturn:
    """Run the program on the command line it was given, and end with its exit code."""
    streams.take_over()
    _end_orderly()
    sys.exit(run(sys.argv[1:]))


def _end_orderly() -> None:
    """Let signals that end the program leave no temporary files behind."""
    for name in ("SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, lambda found, _: sys.exit(128 + found))


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit code: 0 done, 1 the check failed, 2 it could not."""
    given: dict[str, Any] = {}
    settings = None
    try:
        settings = _settings(arguments)
        app = commands(_asked_alone(arguments, settings))
        if settings is not None:
            given = defaults(settings, typer.main.get_command(app))
        code: Any = app(
            args=list(arguments) or ["--help"],
            prog_name="mfgtargets",
            standalone_mode=False,
            default_map=given,
            obj=settings,
        )
        sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 - the last place that can word it
        if "--debug" in arguments:
            traceback.print_exc()
        if type(error).__name__ == "NoArgsIsHelpError":
            streams.say(str(error))
            return CANNOT
        faults = [_of_setting(one, arguments, settings) for one in _faults(error)]
        _tell(tuple(faults), _language(arguments, given))
        return getattr(error, "exit_code", CANNOT) or CANNOT
    return code if isinstance(code, int) else 0


def _settings(arguments: Sequence[str]) -> Settings | None:
    """Return the settings named, else those that are found; tell of some that are not used."""
    if "--no-settings" in arguments or not _is_work(arguments):
        return None
    named = _value_of("--settings", arguments)
    if named is not None:
        return read_settings(Path(named))
    try:
        found = nearest_settings(Path.cwd())
    except FileNotFoundError:  # the current folder has been deleted
        return None
    if found is not None and not is_own(found):
        from mfgtargets.wording.complaints import note_text

        streams.say(note_text("foreign-settings", _language(arguments, {}), found=str(found)))
        return None
    return None if found is None else read_settings(found)


def _value_of(option: str, arguments: Sequence[str]) -> str | None:
    """Return the last value of an option, before the parser knows any option."""
    values = [
        after if one == option else one.partition("=")[2]
        for one, after in zip(arguments, [*arguments[1:], None], strict=True)
        if one == option or one.startswith(f"{option}=")
    ]
    return values[-1] if values else None


def _language(arguments: Sequence[str], given: Mapping[str, Any]) -> "Lang":
    """Return the language asked for, also where the arguments are wrong otherwise."""
    of_command = given.get(next(iter(arguments), ""), {})
    asked = _value_of("--lang", arguments) or os.environ.get(_LANG) or of_command.get("lang")
    return "en" if asked == "en" else "zh"


def _of_setting(one: Fault, arguments: Sequence[str], settings: Settings | None) -> Fault:
    """Return a fault of an option as one of the setting that gave it."""
    option = one.details.get("option", "")
    flag = f"--{option.lstrip('-')}"
    is_given = any(word.partition("=")[0] == flag for word in arguments)
    if settings is None or one.code not in {"bad-option", "bad-setting"} or is_given:
        return one
    own = settings.values.get(next(iter(arguments), ""))
    if option.lstrip("-") not in {*settings.values, *(own if isinstance(own, dict) else ())}:
        return one
    details = {**one.details, "option": option.lstrip("-")}
    return one._replace(code="bad-setting", place=Place(str(settings.path)), details=details)


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
        option = max(parameter.opts, key=len)
        source = context.get_parameter_source(parameter.name) if context else None
        if source is not None and source.name == "DEFAULT_MAP":
            return fault("bad-setting", option=option.lstrip("-"), found=found)
        return fault("bad-option", option=option, found=found)
    if error.message.startswith("No such command"):
        found = error.message.split("'")[1]
        near = ", ".join(nearest(found, context.command.commands)) if context else ""
        return fault("unknown-command", found=found, near=near, command=command)
    return fault("usage", found=error.format_message(), command=command)


def _tell(faults: tuple[Fault, ...], lang: "Lang") -> None:
    from mfgtargets.wording.complaints import faults_text

    streams.say(faults_text(faults, lang).rstrip("\n"))
