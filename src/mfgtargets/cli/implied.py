"""A document that the settings name need not stand in the command line."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mfgtargets.cli.help import parameters_of
from mfgtargets.cli.options import Folders
from mfgtargets.defaults import ALL, BUNDLED, STDIN
from mfgtargets.faults import InputError


def with_document(
    arguments: Sequence[str], command: Callable[..., Any], given: Mapping[str, Any]
) -> list[str]:
    """Return a command line with the document of the settings, where its first argument is none.

    That is a file of actuals, ``-``, ``bundled``, or what can only be an indicator; ``given`` are
    the settings of the command.
    """
    parameters = parameters_of(command)
    places = list(
        _positions(arguments, {f for p in parameters.values() for f in p.flags if p.placeholder})
    )
    first = arguments[places[0]] if places else ""
    if not places or "document" not in given or _is_document(first, given):
        return list(arguments)
    is_actuals = first in {STDIN, BUNDLED} or os.path.isfile(first)  # noqa: PTH113 - asks no permission
    if not is_actuals and not ("indicator" in parameters and not parameters["indicator"].flags):
        return list(arguments)
    return [*arguments[: places[0]], str(given["document"]), *arguments[places[0] :]]


def _positions(arguments: Sequence[str], with_value: set[str]) -> Iterator[int]:
    """Yield where arguments stand that belong to no option, after the command."""
    is_value = only_arguments = False
    for n, one in enumerate(arguments[1:], 1):
        if only_arguments or (not is_value and (one == STDIN or not one.startswith("-"))):
            yield n
        only_arguments = only_arguments or (not is_value and one == "--")
        is_value = not is_value and one in with_value


def _is_document(name: str, given: Mapping[str, Any]) -> bool:
    from mfgtargets.document.library import document_paths

    if name == ALL or name.lower().endswith((".yaml", ".yml")):
        return True
    try:
        folders = Folders([Path(one) for one in given.get("targets_dir", ())]).all
        return name in document_paths(folders)
    except InputError:  # a folder of the settings that is none: told once they are named
        return True
