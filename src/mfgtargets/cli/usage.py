"""What is wrong with a command line, by the type of what the parser raised."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from mfgtargets.faults import Fault, fault, nearest

if TYPE_CHECKING:
    from mfgtargets.cli.help import Said


def usage_fault(error: typer.TyperException, arguments: Sequence[str]) -> Fault:
    """Return what is wrong with a command line; the parser words it in English alone."""
    context = getattr(error, "ctx", None)
    begun = " ".join(("mfgtargets", *arguments[:1]))
    command = context.command_path if context else begun
    code, details = _fault(error, type(error).__name__, command, arguments)
    return fault(code, None, "", command=command, **details)


def _fault(
    error: Any, kind: str, command: str, arguments: Sequence[str]
) -> tuple[str, dict[str, object]]:
    """Return code and details; ``error`` is of a class of the parser's that is of no public name."""
    if kind == "NoSuchOption":
        return "unknown-option", {
            "found": error.option_name,
            "near": ", ".join(error.possibilities or ()),
        }
    if kind == "MissingParameter":
        return "missing-argument", {"metavar": error.param.metavar or error.param.name}
    if kind == "BadParameter":
        return _of_value(error, command, arguments)
    if kind == "BadOptionUsage":
        said = _said(command, error.option_name)
        usage = "takes-no-value" if said and not said.placeholder else "needs-value"
        return "usage", {"usage": usage, "option": error.option_name}
    if error.message.startswith("No such command"):
        found = error.message.split("'")[1]
        near = nearest(found, error.ctx.command.commands)
        return "unknown-command", {"found": found, "near": ", ".join(near)}
    extra = re.search(r" \((.*)\)\W*\Z", error.message) if kind == "UsageError" else None
    usage = "too-many" if extra else "other"
    return "usage", {"usage": usage, "found": extra[1] if extra else error.format_message()}


def _of_value(error: Any, command: str, arguments: Sequence[str]) -> tuple[str, dict[str, object]]:
    """Return what a value given for an option, or by a setting, is and what it is to be."""
    option = max(error.param.opts, key=len)
    said = _said(command, option)
    errors = getattr(error.__cause__, "errors", None)  # of pydantic, where it was asked
    details = {
        "option": option,
        "found": errors()[0]["input"] if errors else _given(arguments, error.param.opts),
        "expected": (", ".join(said.choices) or said.type.__name__) if said else "",
    }
    source = error.ctx.get_parameter_source(error.param.name)
    if source is not None and source.name == "DEFAULT_MAP":
        return "bad-setting", details | {"option": option.lstrip("-")}
    return "bad-option", details


def _given(arguments: Sequence[str], flags: Sequence[str]) -> str:
    """Return the value of an option as it was written; the parser does not always tell."""
    for place, word in enumerate(arguments):
        flag, sign, value = word.partition("=")
        if flag in flags:
            return value if sign else " ".join(arguments[place + 1 : place + 2])
    return ""


def _said(command: str, flag: str) -> "Said | None":
    """Return what a command says of the parameter that a flag, or an argument's name, is of."""
    from mfgtargets.cli.commands import command_of, is_command
    from mfgtargets.cli.help import parameters_of

    name = command.partition(" ")[2]
    every = parameters_of(command_of(name)).values() if is_command(name) else ()
    return next((one for one in every if flag in {*one.flags, one.key}), None)
