"""Files and standard input on the command line, with word of how far a long reading has come."""

import io
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import BinaryIO

from mfgtargets.cli import streams
from mfgtargets.defaults import STDIN
from mfgtargets.harmless import visible
from mfgtargets.observations import files
from mfgtargets.wording import words
from mfgtargets.wording.words import Lang, term

_PATIENCE = 1.0  # seconds of silence before saying what is being waited for


def opened(name: str) -> AbstractContextManager[BinaryIO]:
    """Open a file for reading; on a terminal, standard error tells how far a long reading is."""
    return files.opened(name, _Progress(name))


def name_of(source: str, lang: Lang) -> str:
    """Return what messages call a file or standard input."""
    return term(words.SOURCES, source, lang) if source == STDIN else source


def read_whole(name: str, lang: Lang) -> bytes:
    """Read a file, or standard input (``-``), whole; raise ``InputError`` when it cannot be."""
    with standard_input(lang) if name == STDIN else opened(name) as stream:
        return stream.read()


class _Progress:
    """Tells on a terminal, once a second, how far the reading of a file has come."""

    def __init__(self, name: str) -> None:
        self._name, self._shown = visible(name), ""
        self._next = time.monotonic() + _PATIENCE

    def __call__(self, read: int, size: int) -> None:
        """Tell how many bytes of how many have been read; of none, take away what was said."""
        if not size and self._shown:
            self._show("")
        elif size and time.monotonic() >= self._next:
            self._next = time.monotonic() + _PATIENCE
            self._show(f"{self._name}: {100 * read // size} %")

    def _show(self, text: str) -> None:
        if sys.stderr.isatty():
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
    with _impatient(lang), files.spooled(sys.stdin.buffer, name_of(STDIN, lang)) as stream:
        yield stream


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
def _impatient(lang: Lang) -> Iterator[None]:
    """Say, when nothing comes for a while, what is being waited for."""
    import threading

    from mfgtargets.wording.complaints import note_text

    timer = threading.Timer(_PATIENCE, lambda: streams.say(note_text("waiting", lang)))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
