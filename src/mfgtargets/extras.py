"""Libraries that not everybody needs: imported when wanted, named when missing."""

from importlib import import_module
from typing import Any

from mfgtargets.faults import InputError, fault


def needed(module: str, extra: str) -> Any:
    """Return a module of an extra; raise ``InputError`` with the install line where it is missing."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != module.split(".", maxsplit=1)[0]:
            raise
        raise InputError(
            [fault("extra-missing", found=module.split(".", maxsplit=1)[0], extra=extra)]
        ) from None
