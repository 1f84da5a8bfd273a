"""Files and standard input as streams of bytes that can be read again from their beginning."""

import io
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast

from mfgtargets.cli import streams
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.wording.words import Lang

STDIN = "-"
_PATIENCE = 1.0  # seconds of silence before saying what is being waited for
_KEPT = 1 << 24  # bytes of a pipe that are held in memory before they go to a temporary file
_BLOCK = 1 << 18


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """Open a file for reading; raise ``InputError`` when it cannot be, or changes meanwhile.

    On a terminal, standard error tells how far a long reading has come. What cannot be read twice
    (a FIFO) is read into a temporary file first.
    """
    with _faults_of(name):
        before = os.stat(name)  # noqa: PTH116 - the name may hold what no path can
        if stat.S_ISDIR(before.st_mode):
            raise IsADirectoryError
        raw = _Watched(name, before.st_size)
    with raw, io.BufferedReader(raw, _BLOCK) as stream:
        if not stat.S_ISREG(before.st_mode):
            with spooled(stream, name) as again:
                yield again
            return
        try:
            yield stream
        finally:
            raw.done()
            with _faults_of(name):
                after = os.stat(name)  # noqa: PTH116 - as above
            if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                raise InputError([fault("file-changed", Place(name))])


def read_whole(name: str, lang: Lang) -> bytes:
    """Read a file, or standard input (``-``), whole; raise ``InputError`` when it cannot be."""
    with standard_input(lang) if name == STDIN else opened(name) as stream:
        return stream.read()


@contextmanager
def _faults_of(name: str) -> Iterator[None]:
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
    """A file that tells on a terminal how far the reading has come."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(name)
        self._size, self._shown = size, ""
        self._next = time.monotonic() + _PATIENCE

    def readinto(self, buffer: bytearray | memoryview) -> int | None:  # type: ignore[override]
        """Read, and every second say how far that is."""
        count = super().readinto(buffer)
        if time.monotonic() >= self._next and self._size:
            self._next = time.monotonic() + _PATIENCE
            self._show(f"{self.name}: {100 * self.tell() // self._size} %")
        return count

    def done(self) -> None:
        """Take what was said away again."""
        if self._shown:
            self._show("")

    def _show(self, text: str) -> None:
        if sys.stderr is not None and sys.stderr.isatty():
            from rich.cells import cell_len

            blank = " " * max(0, cell_len(self._shown) - cell_len(text))
            sys.stderr.write(f"\r{text}{blank}" + ("" if text else "\r"))
            sys.stderr.flush()
            self._shown = text


def is_piped() -> bool:
    """Tell whether standard input is something other than a terminal."""
    return sys.stdin is not None and not sys.stdin.closed and not sys.stdin.isatty()


@contextmanager
def standard_input(lang: Lang) -> Iterator[BinaryIO]:
    """Open what is piped in, saying so when nothing comes for a while."""
    if sys.stdin is None:
        yield io.BytesIO()
        return
    with spooled(sys.stdin.buffer, STDIN, lang) as stream:
        yield stream


@contextmanager
def spooled(stream: IO[bytes], name: str, lang: Lang | None = None) -> Iterator[BinaryIO]:
    """Keep a stream that can be read only once, so that it can be read again."""
    import tempfile

    with tempfile.SpooledTemporaryFile(_KEPT) as kept:
        with _faults_of(name), _impatient(lang):
            while block := stream.read(_BLOCK):
                kept.write(block)
        kept.seek(0)
        yield cast("BinaryIO", kept)


def holds_unread_data() -> bool:
    """Tell, without reading or waiting, whether data stand ready on a piped standard input."""
    if not is_piped():
        return False
    try:
        descriptor = sys.stdin.fileno()
        mode = os.fstat(descriptor)
        if stat.S_ISREG(mode.st_mode):
            return mode.st_size > os.lseek(descriptor, 0, os.SEEK_CUR)
        if stat.S_ISFIFO(mode.st_mode):
            import fcntl
            import termios

            count = fcntl.ioctl(descriptor, termios.FIONREAD, b"\0" * 4)
            return int.from_bytes(count, sys.byteorder) > 0
    except (OSError, ValueError, ImportError):
        return False
    return False


@contextmanager
def _impatient(lang: Lang | None) -> Iterator[None]:
    if lang is None:
        yield
        return
    import threading

    from mfgtargets.wording.complaints import note_text

    timer = threading.Timer(_PATIENCE, lambda: streams.say(note_text("waiting", lang)))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
