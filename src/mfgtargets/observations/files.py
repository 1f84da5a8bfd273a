"""Files as streams of bytes that can be read again from their beginning."""

import io
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast

from mfgtargets.faults import InputError, Place, fault

Watch = Callable[[int, int], None]  # is told how many bytes of how many are read; 0 of 0 at the end

_KEPT = 1 << 24  # bytes of a pipe that are held in memory before they go to a temporary file
_BLOCK = 1 << 18


@contextmanager
def opened(name: str, watch: Watch | None = None) -> Iterator[BinaryIO]:
    """Open a file for reading; raise ``InputError`` when it cannot be, or changes meanwhile.

    What cannot be read twice (a FIFO) is read into a temporary file first.
    """
    with faults_of(name):
        before = os.stat(name)  # noqa: PTH116 - the name may hold what no path can
        if stat.S_ISDIR(before.st_mode):
            raise IsADirectoryError
        raw = _Watched(name, before.st_size, watch)
    with raw, io.BufferedReader(raw, _BLOCK) as stream:
        if not stat.S_ISREG(before.st_mode):
            with spooled(stream, name) as again:
                yield again
            return
        try:
            yield stream
        finally:
            if watch is not None:
                watch(0, 0)
            with faults_of(name):
                after = os.stat(name)  # noqa: PTH116 - as above
            if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                raise InputError([fault("file-changed", Place(name))])


@contextmanager
def faults_of(name: str) -> Iterator[None]:
    """Turn what the system says against a file into ``InputError``."""
    try:
        yield
    except IsADirectoryError:
        raise InputError([fault("is-a-folder", Place(name))]) from None
    except FileNotFoundError:
        raise InputError([fault("no-such-file", Place(name))]) from None
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise InputError([fault("unreadable-file", Place(name), found=found)]) from None


class _Watched(io.FileIO):
    """A file that tells how far the reading has come."""

    def __init__(self, name: str, size: int, watch: Watch | None) -> None:
        super().__init__(name)
        self._size, self._watch = size, watch

    def readinto(self, buffer: bytearray | memoryview) -> int | None:  # type: ignore[override]
        """Read, and say how far that is."""
        count = super().readinto(buffer)
        if self._watch is not None and self._size:
            self._watch(self.tell(), self._size)
        return count


@contextmanager
def spooled(stream: IO[bytes], name: str) -> Iterator[BinaryIO]:
    """Keep a stream that can be read only once, so that it can be read again."""
    with tempfile.SpooledTemporaryFile(_KEPT) as kept:
        with faults_of(name):
            while block := stream.read(_BLOCK):
                kept.write(block)
        kept.seek(0)
        yield cast("BinaryIO", kept)


def is_blank(stream: BinaryIO) -> bool:
    """Tell whether there is nothing but white space in a stream, and rewind it."""
    blank = not any(block.strip() for block in iter(lambda: stream.read(1 << 16), b""))
    stream.seek(0)
    return blank
