"""Write output files whole or not at all."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from mfgtargets.faults import InputError, Place, fault


def spare_inputs(output: str, inputs: Iterable[str | Path | int]) -> None:
    """Raise ``InputError`` where an output is a file that is read, by whatever name or link.

    ``inputs`` are paths, which need not be there, and descriptors.
    """
    found = _identity(output)
    if found is not None and found in map(_identity, inputs):
        raise InputError([fault("input-is-output", Place(output))])


def _identity(file: str | Path | int) -> tuple[int, int] | None:
    """Return what makes a regular file the same under all its names; None for anything else."""
    try:
        found = os.stat(file)  # noqa: PTH116 - descriptors too
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def write_whole(name: str, pieces: Iterable[bytes]) -> None:
    """Replace a regular file by ``pieces`` at once; write straight to anything else (a device).

    Raises ``InputError`` when it cannot be written; what was there before is then unharmed.
    """
    import tempfile

    path = Path(os.path.realpath(name))  # a link goes on pointing at its file
    try:
        mode = path.stat().st_mode if path.exists() else None
        if mode is not None and not stat.S_ISREG(mode):
            with path.open("wb") as file:
                file.writelines(pieces)
            return
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(pieces)
            Path(temporary).chmod(stat.S_IMODE(mode) if mode else 0o666 & ~_umask())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise InputError([fault("unwritable-file", Place(name), found=found)]) from None


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def append_to(name: str, content: bytes, limit: int) -> None:
    """Append to a file what does not make it larger than ``limit`` bytes, by whole lines."""
    try:
        with Path(name).open("ab") as file:
            room = max(0, limit - file.tell())
            if len(content) > room:
                content = content[:room]
                content = content[: content.rfind(b"\n") + 1]
            file.write(content)
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise InputError([fault("unwritable-file", Place(name), found=found)]) from None
