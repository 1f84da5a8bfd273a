"""The commands there are, each built only when it is asked for, and the help of each."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated

import typer

from mfgtargets import __version__
from mfgtargets.cli import streams
from mfgtargets.wording.words import Lang


def _version(asked: bool) -> None:
    if asked:
        streams.put(f"mfgtargets {__version__}\n")
        raise typer.Exit


# Every command, its module and its function, in the order that help shows them.
COMMANDS = {
    "list": ("documents", "list_documents"),
    "show": ("documents", "show"),
    "check": ("judging", "check"),
    "calc": ("calc", "calc"),
    "track": ("judging", "track"),
    "note": ("judging", "note"),
    "report": ("judging", "report"),
    "warn": ("watching", "warn"),
    "evaluate": ("watching", "evaluate"),
    "rank": ("ranking", "rank"),
    "tasks": ("ranking", "tasks"),
    "methods": ("documents", "methods"),
    "compare": ("documents", "compare"),
    "draft": ("drafts", "draft"),
    "trace": ("files", "trace_quotes"),
    "validate": ("files", "validate"),
    "schema": ("files", "schema"),
    "read": ("files", "read"),
}
_NEW = {"plan": ("files", "new_plan"), "actuals": ("files", "new_actuals")}


def program(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """How far a place is from its published targets."""


def commands(only: str | None = None, described_in: Lang | None = None) -> typer.Typer:
    """Return the program with all commands, or with ``only`` one of them, which starts faster.

    ``described_in`` is the language of what a shell shows beside what it completes.
    """
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback()(program)
    for name in COMMANDS:
        if only in {None, name}:
            app.command(name)(_built(name, described_in))
    if only in {None, "new"}:
        new = typer.Typer(rich_markup_mode=None)
        for name in _NEW:
            new.command(name)(_built(f"new {name}", described_in))
        app.add_typer(new, name="new")
    return app


def _built(name: str, described_in: Lang | None) -> Callable[..., int]:
    command = command_of(name)
    if described_in is not None:
        from mfgtargets.cli.help import describe

        describe(name, command, described_in)
    return command


def command_of(name: str) -> Callable[..., int]:
    """Return a command (``check``, ``new plan``) with all its options."""
    from mfgtargets.cli.grouping import grouped

    own = name.removeprefix("new ")
    module, function = (COMMANDS if own == name else _NEW)[own]
    return grouped(getattr(import_module(f"mfgtargets.cli.{module}"), function))


def is_command(name: str) -> bool:
    """Tell whether there is a command of that name."""
    return name in {*COMMANDS, *(f"new {one}" for one in _NEW)}


def help_of(arguments: Sequence[str], lang: Lang) -> str | None:
    """Return the help asked for, be it by saying nothing; None where none is, or of no command."""
    if arguments and list(arguments) != ["new"] and "--help" not in arguments:
        return None
    from mfgtargets.cli.help import help_text, overview_text

    pairs = zip(["", *arguments], arguments, strict=False)
    names = [one for before, one in pairs if not one.startswith("-") and before != "--lang"]
    if not names:
        return overview_text("", [*COMMANDS, "new"], lang)
    if names == ["new"]:
        return overview_text("new ", _NEW, lang)
    name = " ".join(names[:2]) if names[0] == "new" else names[0]
    return help_text(name, command_of(name), lang) if is_command(name) else None
