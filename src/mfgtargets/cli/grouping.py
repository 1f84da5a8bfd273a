"""Commands whose options come in groups: a group is a dataclass, defined once for all commands."""

import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, get_type_hints

from mfgtargets.cli.options import DebugOption, LangOption, Language


def grouped(command: Callable[..., int]) -> Callable[..., int]:
    """Return a command with each field of its groups as an option of its own.

    A command that takes ``lang`` gets it as ``zh`` or ``en``; every command has ``--debug``, which is
    looked at where errors end.
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
    parameters.append(_option("debug", DebugOption, False))

    def call(**values: Any) -> int:
        values.pop("debug")
        if "lang" in values:
            values["lang"] = values["lang"].value
        for name, group in groups.items():
            mine = {field.name: values.pop(field.name) for field in fields(group)}
            values[name] = group(**mine)
        return command(**values)

    call.__doc__ = command.__doc__
    call.__name__ = command.__name__
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {one.name: one.annotation for one in parameters}
    return call


def _options(group: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        _option(one.name, hints[one.name], None if one.default is MISSING else one.default)
        for one in fields(group)
    ]


def _option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    keyword = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, keyword, annotation=annotation, default=default)
