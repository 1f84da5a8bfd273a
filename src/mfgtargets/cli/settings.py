"""Settings from ``mfgtargets.toml`` or ``[tool.mfgtargets]``: defaults below flags and environment.

A settings file may be a stranger's, so it can say little: nothing of where output goes, and of
files only those in its own folder.
"""

import math
import os
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, NamedTuple

from mfgtargets.defaults import BUNDLED, FIRST_YEAR, LAST_YEAR, STDIN
from mfgtargets.faults import InputError, Place, fault, nearest

OWN, SHARED = "mfgtargets.toml", "pyproject.toml"
FILES = {  # in the settings' folder
    "targets_dir",
    "actuals",
    "names",
    "regions",
    "region_targets",
    "departments",
    "source",
    "since",
}
REFUSED = {"output", "report"}
_NOT_SET = {
    "as_shown",
    "compare",
    "debug",
    "help",
    "install_completion",
    "no_settings",
    "settings",
    "show_completion",
    "version",
}
_DOCUMENTS, _BASELINE = "documents", "baseline_year"
_ARGUMENTS = {"document", "actuals"}
_LARGEST = 1e15  # no setting is a number beyond it


class Settings(NamedTuple):
    """What a settings file says, where it lies, and whether the command line rests on its document."""

    path: Path
    values: Mapping[str, Any]
    names_document: bool = False


def read_settings(path: Path) -> Settings:
    """Return what a file says, the table of ours where it is shared with other programs."""
    values: Any = _read(path)
    if path.name == SHARED:
        tool = values.get("tool", {})
        values = tool.get("mfgtargets", {}) if isinstance(tool, dict) else {}
    if not isinstance(values, dict):
        raise InputError([fault("not-a-settings-table", Place(str(path)), found=_short(values))])
    return Settings(path, values)


def nearest_settings(folder: Path) -> Path | None:
    """Return the settings file nearest above a folder, up to the root of its repository.

    Without a repository the folder alone is looked into. What may not be looked at is passed over,
    as ``os.path`` does and ``Path`` does not.
    """
    above = [folder, *folder.parents]
    is_root = (os.path.exists(place / ".git") for place in above)  # noqa: PTH110 - as said
    root = next((n for n, found in enumerate(is_root) if found), 0)
    candidates = [place / name for place in above[: root + 1] for name in (OWN, SHARED)]
    return next((path for path in candidates if os.path.isfile(path) and _is_ours(path)), None)  # noqa: PTH113 - as said


def is_own(path: Path) -> bool:
    """Tell whether a file, and what it links to, belongs to the user; systems may know no owners."""
    if not hasattr(os, "getuid"):
        return True
    return {path.lstat().st_uid, path.stat().st_uid} == {os.getuid()}


def _is_ours(path: Path) -> bool:
    """Tell whether a file speaks of this program; one that cannot be read does not."""
    try:
        return path.name == OWN or b"tool.mfgtargets" in path.read_bytes()
    except OSError:
        return False


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    from mfgtargets.observations.files import faults_of

    with faults_of(str(path)):
        raw = path.read_bytes()
    try:
        return tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        place = Place(str(path), raw.count(b"\n", 0, error.start) + 1)
        raise InputError([fault("not-utf-8", place, found=f"0x{raw[error.start]:02X}")]) from None
    except (ValueError, RecursionError) as error:
        spot = re.search(r"line (\d+), column (\d+)", str(error))
        place = Place(str(path), int(spot[1]), int(spot[2])) if spot else Place(str(path))
        raise InputError([fault("toml-syntax", place, found=error)]) from None


def defaults(settings: Settings, program: Any) -> dict[str, Any]:
    """Return the settings as defaults of each command of the program, by parameter.

    A key is an option's long name without dashes (or ``document``, ``actuals``), for every command
    that has it, or for one in a table of the command's name. Raises ``InputError`` for others.
    """
    known = {name: _parameters(command) for name, command in program.commands.items()}
    values = {k: v for k, v in settings.values.items() if k != _DOCUMENTS}
    shared = {k: v for k, v in values.items() if k not in known or not _is_table(v)}
    _check_documents(settings)
    every = {key: one for parameters in known.values() for key, one in parameters.items()}
    for key, value in shared.items():
        _default(settings, key, value, every)
    found = {}
    for name, parameters in known.items():
        own = settings.values.get(name)
        given = {key: value for key, value in shared.items() if key in parameters}
        given |= own if isinstance(own, dict) else {}
        pairs = (_default(settings, key, value, parameters) for key, value in given.items())
        found[name] = dict(pairs)
    return found


def baseline_year_of(settings: Settings | None, document: str) -> int | None:
    """Return the baseline year that settings name for a document (``[documents.ID]``)."""
    documents = settings.values.get(_DOCUMENTS, {}) if settings else {}
    table = documents.get(document, {})
    year: int | None = table.get(_BASELINE, table.get(_BASELINE.replace("_", "-")))
    return year


def _check_documents(settings: Settings) -> None:
    """Refuse tables of documents that say anything but a baseline year."""
    place, documents = Place(str(settings.path)), settings.values.get(_DOCUMENTS, {})
    tables = documents.items() if _is_table(documents) else ()
    for name, table in tables:
        for key, year in table.items() if _is_table(table) else [(None, table)]:
            option = ".".join(filter(None, (_DOCUMENTS, name, key)))
            if key is not None and key.replace("-", "_") != _BASELINE:
                raise InputError([fault("unknown-setting", place, found=option, near=_BASELINE)])
            if type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR:
                details = {"option": option, "found": _short(year)}
                expected = f"{FIRST_YEAR}-{LAST_YEAR}" if key else _BASELINE
                raise InputError([fault("bad-setting", place, **details, expected=expected)])
    if not _is_table(documents):
        details = {"option": _DOCUMENTS, "found": _short(documents), "expected": "[documents.ID]"}
        raise InputError([fault("bad-setting", place, **details)])


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _parameters(command: Any) -> dict[str, Any]:
    """Return a command's parameters by the keys that set them; of arguments the shared ones alone."""
    keys = {}
    for parameter in getattr(command, "params", ()):
        is_shared = parameter.param_type_name != "argument" or parameter.name in _ARGUMENTS
        if is_shared and parameter.name not in _NOT_SET:
            flag = max((name for name in parameter.opts if name), key=len)
            keys[flag.lstrip("-").replace("_", "-")] = parameter
    return keys


def _default(settings: Settings, key: str, value: Any, known: Mapping[str, Any]) -> tuple[str, Any]:
    """Return a parameter's name and default."""
    place = Place(str(settings.path))
    if key not in known:
        near = ", ".join(nearest(key, known, 1))
        raise InputError([fault("unknown-setting", place, found=key, near=near)])
    parameter = known[key]
    if parameter.name in REFUSED:
        raise InputError([fault("refused-setting", place, option=key)])
    several = parameter.nargs == -1 or getattr(parameter, "multiple", False)
    expected = "true, false" if getattr(parameter, "is_flag", False) else ""
    given = value if several and isinstance(value, list) else [value]
    if not all(isinstance(one, bool) if expected else _is_plain(one) for one in given):
        details = {"option": key, "found": _short(value), "expected": expected}
        raise InputError([fault("bad-setting", place, **details)])
    made = [_located(settings.path, key, parameter.name, one) for one in given]
    return parameter.name, made if several else made[0]


def _is_plain(value: Any) -> bool:
    """Tell whether a value is text of a line, or a number of a size that means something."""
    if isinstance(value, str):
        return value.isprintable()
    return type(value) in {int, float} and abs(value) <= _LARGEST  # which NaN is not


def _short(value: Any) -> str:
    """Return a value as text that fits a message (a number's digits may be too many to write)."""
    if isinstance(value, int) and abs(value) > _LARGEST:
        return f"10^{math.log10(abs(value)):.0f}"
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _located(settings: Path, key: str, name: str, value: Any) -> Any:
    """Return a file in the settings' folder as seen from here; all else as it is."""
    is_file = name in FILES and value not in {STDIN, BUNDLED}
    if not is_file and not (name == "document" and str(value).lower().endswith((".yaml", ".yml"))):
        return value
    folder, text = settings.parent, str(value)
    if not _lies_in(folder, text):
        raise InputError([fault("outside-setting", Place(str(settings)), option=key, found=text)])
    try:
        return os.path.relpath(folder / text)
    except (OSError, ValueError):  # no current folder, or on another drive
        return str(folder / text)


def _lies_in(folder: Path, text: str) -> bool:
    """Tell whether a path is relative, never goes upwards, and no link of it or in it leads out."""
    for path in (PurePosixPath(text), PureWindowsPath(text)):
        if path.anchor or ".." in path.parts:
            return False
    try:
        named, root = folder / text, folder.resolve()
        every = [named, *named.iterdir()] if named.is_dir() else [named]
        return all(one.resolve().is_relative_to(root) for one in every)
    except (OSError, ValueError, RuntimeError):  # a loop of links, a name that cannot be
        return False
