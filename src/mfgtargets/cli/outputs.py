"""Write output files whole or not at all."""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
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


def descriptor_of(name: str) -> int | None:
    """Return the open descriptor that a name stands for, such as ``/dev/stdout`` or ``/dev/fd/63``."""
    named = re.fullmatch(r"/(?:dev|proc/self)/fd/([0-9]{1,9})", name)
    return int(named[1]) if named else {"/dev/stdout": 1, "/dev/stderr": 2}.get(name)


def is_stream(name: str) -> bool:
    """Tell whether a name is of an open descriptor, a device or a FIFO: of no file of its own."""
    is_there = os.path.exists(name)  # noqa: PTH110 - which no missing permission stops
    return descriptor_of(name) is not None or (is_there and not Path(name).is_file())


def needs_suffix(output: str | None, expected: Sequence[str]) -> None:
    """Refuse to write a file under a name that promises something else."""
    if output is None or is_stream(output) or Path(output).suffix.lower() in expected:
        return
    told = ", ".join(expected)
    advice = "no-png" if Path(output).suffix.lower() == ".png" else ""
    raise InputError([fault("bad-option", option="-o", found=output, expected=told, advice=advice)])


def write_whole(name: str, pieces: Iterable[bytes]) -> None:
    """Replace a regular file by ``pieces`` at once; write straight to anything else (a device).

    Raises ``InputError`` when it cannot be written; what was there before is then unharmed.
    """
    with _faults_of(name):
        descriptor = descriptor_of(name)
        if is_stream(name):
            with open(name if descriptor is None else os.dup(descriptor), "wb") as file:  # noqa: PTH123 - descriptors too
                file.writelines(pieces)
        else:
            _replace(Path(os.path.realpath(name)), pieces)  # a link goes on pointing at its file


def made_folder(name: str) -> None:
    """Make a folder where there is none; raise ``InputError`` where that cannot be done."""
    with _faults_of(name):
        Path(name).mkdir(parents=True, exist_ok=True)


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    import tempfile

    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".mfgtargets.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(temporary).chmod(0o600)  # Windows deletes no file that may not be written
            Path(temporary).unlink()
        raise


@contextmanager
def _faults_of(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise InputError([fault("unwritable-file", Place(name), found=found)]) from None


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def append_to(name: str, content: bytes, limit: int) -> None:
    """Append to a file what does not make it larger than ``limit`` bytes, by whole lines.

    It begins on a line of its own, and where it cannot be written the file stays as it was.
    """
    with _faults_of(name), Path(name).open("a+b", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 1))
        if file.read(1) not in {b"", b"\n"}:
            content = b"\n" + content
        room = max(0, limit - end)
        if len(content) > room:
            content = content[: content.rfind(b"\n", 0, room) + 1]
        try:
            while content:
                content = content[file.write(content) :]
        except OSError:
            file.truncate(end)
            raise
