"""Commands whose options come in groups: a group is a dataclass, defined once for all commands."""

import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import typer

from mfgtargets.cli import streams
from mfgtargets.cli.options import (
    DebugOption,
    Folders,
    LangOption,
    Language,
    NoSettingsOption,
    SettingsOption,
)
from mfgtargets.cli.outputs import spare_inputs
from mfgtargets.cli.settings import Settings
from mfgtargets.wording.words import Lang

_COMMON = {  # looked at before the commands are built, or where errors end
    "settings": (SettingsOption, None),
    "no_settings": (NoSettingsOption, False),
    "debug": (DebugOption, False),
}


def grouped(command: Callable[..., int]) -> Callable[..., int]:
    """Return a command with each field of its groups as an option of its own.

    A command that takes ``lang`` gets it as ``zh`` or ``en``; every command has the common options.
    """
    hints = get_type_hints(command, include_extras=True)
    given = inspect.signature(command).parameters
    groups = {name: hints[name] for name in given if is_dataclass(hints[name])}
    parameters: list[inspect.Parameter] = []
    for name, parameter in given.items():
        if name == "lang":
            parameters.append(_option("lang", LangOption, Language.ZH))
        elif name in groups:
            parameters += _options(groups[name])
        else:
            parameters.append(_option(name, hints[name], parameter.default))
    parameters += [_option(name, *common) for name, common in _COMMON.items()]
    parameters.append(_option("context", typer.Context, inspect.Parameter.empty))

    def call(**values: Any) -> int:
        context = values.pop("context")
        for name in _COMMON:
            values.pop(name)
        if "lang" in values:
            values["lang"] = values["lang"].value
        _tell_settings(context, values.get("lang", "zh"))
        if values.get("output"):
            spare_inputs(values["output"], _inputs(values, context.obj))
        for name, group in groups.items():
            mine = {field.name: values.pop(field.name) for field in fields(group)}
            values[name] = group(**mine)
        return command(**values)

    call.__doc__ = command.__doc__
    call.__name__ = command.__name__
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {one.name: one.annotation for one in parameters}
    return call


def _tell_settings(context: typer.Context, lang: Lang) -> None:
    """Say which settings file was used, where it decided something."""
    sources = (context.get_parameter_source(name) for name in context.params)
    names_document = context.obj is not None and context.obj.names_document
    if names_document or any(one is not None and one.name == "DEFAULT_MAP" for one in sources):
        from mfgtargets.wording.complaints import note_text

        streams.say(note_text("settings", lang, found=str(context.obj.path)))


def _inputs(values: Mapping[str, Any], settings: Settings | None) -> Iterator[str | Path | int]:
    """Yield every file that a command may read: those named, standard input, plans, settings."""
    from mfgtargets.document.library import actuals_beside, document_paths

    for name, value in values.items():
        if name != "output":
            given = value if isinstance(value, list) else [value]
            yield from (one for one in given if isinstance(one, str | Path))
    if isinstance(document := values.get("document"), str):
        named = [Path(document)] if os.path.exists(document) else []  # noqa: PTH110 - asks no permission
        plans = document_paths(Folders(values.get("targets_dir")).all).values()
        for plan in (*named, *plans):
            yield from (plan, actuals_beside(plan))
    if settings is not None:
        yield settings.path
    with suppress(
        AttributeError, OSError, ValueError
    ):  # no standard input, or none of the system's
        yield sys.stdin.fileno()


def _options(group: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        _option(one.name, hints[one.name], None if one.default is MISSING else one.default)
        for one in fields(group)
    ]


def _option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    keyword = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, keyword, annotation=annotation, default=default)
