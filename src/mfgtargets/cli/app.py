"""The program: the language it speaks, its settings, and how it ends."""

import os
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from mfgtargets.cli import streams
from mfgtargets.cli.commands import COMMANDS, command_of, commands, help_of
from mfgtargets.cli.settings import (
    Settings,
    defaults,
    is_own,
    nearest_settings,
    read_settings,
)
from mfgtargets.faults import Fault, InputError, Place, fault

if TYPE_CHECKING:
    from mfgtargets.wording.words import Lang

_LANG = "MFGTARGETS_LANG"
CANNOT = 2  # the exit code of what could not be done


def _is_work(arguments: Sequence[str]) -> bool:
    """Tell whether a command is to be run, not only help or the version to be shown."""
    return bool(arguments) and arguments[0] in {*COMMANDS, "new"} and "--help" not in arguments


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
        language = _language(arguments, given)
        is_completing = any(name.endswith("_COMPLETE") for name in os.environ)
        shown = None if is_completing else help_of(arguments, language)
        if shown is not None:
            streams.put(shown)
            return 0
        settings = _settings(arguments)
        is_alone = _is_work(arguments) and settings is None and not is_completing
        app = commands(arguments[0] if is_alone else None, language if is_completing else None)
        if settings is not None:
            given = defaults(settings, typer.main.get_command(app))
            arguments, settings = _implied(arguments, settings, given.get(arguments[0], {}))
        code: Any = app(
            args=list(arguments),
            prog_name="mfgtargets",
            standalone_mode=False,
            default_map=given,
            obj=settings,
        )
        sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 - the last place that can word it
        if "--debug" in arguments:
            traceback.print_exc()
        faults = [_of_setting(one, arguments, settings) for one in _faults(error, arguments)]
        _tell(tuple(faults), _language(arguments, given))
        return getattr(error, "exit_code", CANNOT) or CANNOT
    return code if isinstance(code, int) else 0


def _implied(
    arguments: Sequence[str], settings: Settings, given: Mapping[str, Any]
) -> tuple[Sequence[str], Settings]:
    """Return the command line with the document of the settings, where that is left out."""
    if "document" not in given:
        return arguments, settings
    from mfgtargets.cli.implied import with_document

    whole = with_document(arguments, command_of(arguments[0]), given)
    return whole, settings._replace(names_document=len(whole) > len(arguments))


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
        for one, after in zip(arguments, [*arguments[1:], None], strict=False)
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


def _faults(error: Exception, arguments: Sequence[str]) -> tuple[Fault, ...]:
    """Return what to say of an error."""
    if isinstance(error, InputError):
        return error.faults
    if isinstance(error, typer.TyperException):
        from mfgtargets.cli.usage import usage_fault

        return (usage_fault(error, arguments),)
    if isinstance(error, OSError):
        return (fault("cannot-write", found=error.strerror or error),)
    return (fault("internal", found=f"{type(error).__name__}: {error}"),)


def _tell(faults: tuple[Fault, ...], lang: "Lang") -> None:
    from mfgtargets.wording.complaints import faults_text

    streams.say(faults_text(faults, lang).rstrip("\n"))
