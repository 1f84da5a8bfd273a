"""Settings from ``mfgtargets.toml`` or ``[tool.mfgtargets]``: defaults below flags and environment."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mfgtargets.faults import InputError, Place, fault, nearest

OWN, SHARED = "mfgtargets.toml", "pyproject.toml"
_PATHS = {"targets_dir", "actuals", "source", "output", "since"}  # relative to the settings' folder
_NOT_SET = {"debug", "version", "help", "install_completion", "show_completion"}


class Settings(NamedTuple):
    """What a settings file says, and where it lies."""

    path: Path
    values: Mapping[str, Any]


def find_settings(folder: Path) -> Settings | None:
    """Return the settings nearest above a folder; raise ``InputError`` where they are not valid."""
    for place in (folder, *folder.parents):
        own = place / OWN
        if own.is_file():
            return Settings(own, _read(own))
        shared = place / SHARED
        if shared.is_file() and b"tool.mfgtargets" in shared.read_bytes():
            values = _read(shared).get("tool", {})
            if isinstance(values, dict) and "mfgtargets" in values:
                return Settings(shared, values["mfgtargets"])
    return None


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError([fault("toml-syntax", Place(str(path)), found=error)]) from None


def defaults(settings: Settings, program: Any) -> dict[str, Any]:
    """Return the settings as defaults of each command of the program, by parameter.

    A key is an option's long name without dashes (or ``document``, ``actuals``), for every command
    that has it, or for one in a table of the command's name. Raises ``InputError`` for others.
    """
    names = {name: _parameters(command) for name, command in program.commands.items()}
    found: dict[str, dict[str, Any]] = {name: {} for name in names}
    for key, value in settings.values.items():
        if isinstance(value, dict) and key in names:
            for inner, one in value.items():
                found[key] |= _default(settings, inner, one, names[key])
            continue
        known = {name for parameters in names.values() for name in parameters}
        _default(settings, key, value, dict.fromkeys(known, key))
        for name, parameters in names.items():
            if key in parameters and key not in _own(settings, name):
                found[name] |= _default(settings, key, value, parameters)
    return found


def _own(settings: Settings, command: str) -> Mapping[str, Any]:
    given = settings.values.get(command)
    return given if isinstance(given, dict) else {}


def _parameters(command: Any) -> dict[str, str]:
    """Return the names of a command's parameters by the keys that set them."""
    keys = {}
    for parameter in getattr(command, "params", ()):
        if parameter.name not in _NOT_SET:
            flag = max((name for name in parameter.opts if name), key=len)
            keys[flag.lstrip("-").replace("_", "-")] = parameter.name
    return keys


def _default(settings: Settings, key: str, value: Any, known: Mapping[str, str]) -> dict[str, Any]:
    if key not in known:
        near = ", ".join(nearest(key, known, 1))
        place = Place(str(settings.path))
        raise InputError([fault("unknown-setting", place, found=key, near=near)])
    name = known[key]
    if name in _PATHS and key != value:
        value = _located(settings.path.parent, value)
    return {name: value}


def _located(folder: Path, value: Any) -> Any:
    """Return paths in the settings' folder as seen from here; words such as ``bundled`` stay."""
    if isinstance(value, list):
        return [_located(folder, one) for one in value]
    return value if value in {"-", "bundled"} else os.path.relpath(folder / str(value))
