"""Standard input and output: what is piped is read or spoken of, what is written is UTF-8."""

import io
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import get_terminal_size

import typer

from mfgtargets.cli.options import Format
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.report.texttable import TextTable
from mfgtargets.report.words import Lang

STDIN = "-"
_PATIENCE = 1.0  # seconds of silence before saying what is being waited for


def use_utf8() -> None:
    """Make the standard streams write UTF-8 whatever the locale, with plain line ends."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def put(text: str) -> None:
    """Write the product to standard output; when its reader has gone, end quietly."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nothing is left to flush when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def put_table(table: Callable[[int | None], TextTable], form: Format) -> None:
    """Write a table: drawn to the width of a terminal, or plain and whole.

    ``table`` makes it for a width in columns, None for any width.
    """
    is_terminal = (sys.stdout is not None and sys.stdout.isatty()) or os.environ.get(
        "FORCE_COLOR", ""
    ) not in {"", "0"}
    if form == Format.TABLE and is_terminal:
        from mfgtargets.report.terminal import terminal_text

        width = get_terminal_size().columns
        put(terminal_text(table(width), width))
    else:
        from mfgtargets.report.plain import plain_text

        put(plain_text(table(None)))


def say(text: str) -> None:
    """Write a line to standard error, unless its reader has gone."""
    with suppress(BrokenPipeError):
        print(text, file=sys.stderr, flush=True)


def read_file(name: str) -> bytes:
    """Read a file of actuals; raise ``InputError`` when it cannot be."""
    try:
        return Path(name).read_bytes()
    except IsADirectoryError:
        raise InputError([fault("is-a-folder", Place(name))]) from None
    except FileNotFoundError:
        raise InputError([fault("no-such-file", Place(name))]) from None
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise InputError([fault("unreadable-file", Place(name), found=found)]) from None


def is_piped() -> bool:
    """Tell whether standard input is something other than a terminal."""
    return sys.stdin is not None and not sys.stdin.closed and not sys.stdin.isatty()


def read_stdin(lang: Lang) -> bytes:
    """Read standard input to its end, saying so when nothing comes for a while."""
    if sys.stdin is None:
        return b""
    try:
        with _impatient(lang):
            return sys.stdin.buffer.read()
    except OSError as error:
        found = error.strerror or ""
        raise InputError([fault("unreadable-file", Place(STDIN), found=found)]) from None


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
    from mfgtargets.report.faults import note_text

    timer = threading.Timer(_PATIENCE, lambda: say(note_text("waiting", lang)))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
