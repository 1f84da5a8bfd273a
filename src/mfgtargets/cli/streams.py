"""Standard output and error: what is written is UTF-8, and a reader that has gone is no fault."""

import errno
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mfgtargets.cli.outputs import descriptor_of, write_whole
from mfgtargets.harmless import guarded

if TYPE_CHECKING:
    from mfgtargets.render.table import Table


class Format(StrEnum):
    """The forms of an answer; a table is drawn on a terminal and plain when piped."""

    TABLE = "table"
    PLAIN = "plain"
    JSON = "json"


TableFormat = Annotated[Format, typer.Option("--format")]


class _Standard(io.RawIOBase):
    """Standard output or error: a reader may leave, and what cannot be written is told once."""

    def __init__(self, raw: io.RawIOBase, *, is_product: bool) -> None:
        super().__init__()
        self._raw, self._is_product = raw, is_product
        self.is_lost = False

    def write(self, data: Any) -> int:
        """Write what can be; after a failure nothing more, so that it is not told at the end again."""
        if self.is_lost:
            return len(data)
        try:
            written = self._raw.write(data)
            if written is None:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        except OSError as error:
            self.is_lost = True
            if self._is_product and not isinstance(error, BrokenPipeError):
                raise
            return len(data)
        return written

    def writable(self) -> bool:
        """Tell that it can be written."""
        return True

    def fileno(self) -> int:
        """Return the system's number for it."""
        return self._raw.fileno()

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return self._raw.isatty()


def take_over() -> None:
    """Make the standard streams write UTF-8 whatever the locale, and every byte or say so.

    The place of a closed one is taken, lest a file that is opened later be written in its stead.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDONLY)
    sys.stdout = _standard(sys.stdout, 1)
    sys.stderr = _standard(sys.stderr, 2)


def _standard(stream: Any, descriptor: int) -> io.TextIOWrapper:
    held = io.FileIO(descriptor, "w", closefd=False) if stream is None else stream.buffer
    raw = getattr(held, "raw", held)  # unbuffered, it is raw already
    buffer = io.BufferedWriter(_Standard(raw, is_product=descriptor == 1))
    return io.TextIOWrapper(buffer, "utf-8", "backslashreplace", newline="\n")


def put(text: str) -> None:
    """Write the product to standard output."""
    sys.stdout.write(guarded(text))
    sys.stdout.flush()


def put_to(output: str | None, content: str | Iterable[bytes]) -> None:
    """Write the product to a file, whole or not at all, or to standard output while it is read.

    Bytes are written as they are.
    """
    if isinstance(content, str):
        content = (guarded(content).encode(),)
    if output is not None and descriptor_of(output) != 1:
        write_whole(output, content)
        return
    raw = getattr(sys.stdout.buffer, "raw", None)
    for piece in content:
        sys.stdout.buffer.write(piece)
        if isinstance(raw, _Standard) and raw.is_lost:
            return
    sys.stdout.buffer.flush()


def put_answer(
    command: str,
    answer: Mapping[str, Any],
    table: "Callable[[int | None], Table]",
    form: Format,
) -> None:
    """Write the answer of a command as JSON, or as a table."""
    if form == Format.JSON:
        from mfgtargets.render.jsontext import to_json

        put(to_json(command, answer))
    else:
        put_table(table, drawn=form == Format.TABLE)


def put_table(table: "Callable[[int | None], Table]", *, drawn: bool) -> None:
    """Write a table: ``drawn`` to the width of a terminal, or plain and whole.

    ``table`` makes it for a width in columns, None for any width.
    """
    width = _window() if drawn else None
    if width is not None:
        from mfgtargets.render.terminal import terminal_text

        put(terminal_text(table(width), width))
    else:
        from mfgtargets.render.plain import plain_text

        put(plain_text(table(None)))


def put_lines(text: str) -> None:
    """Write lines of text to standard output, folded to the width of a terminal."""
    width = _window()
    if width is not None:
        from mfgtargets.render.terminal import folded_text

        text = folded_text(text, width)
    put(text)


def _window() -> int | None:
    """Return how many columns the terminal has that is written to; None where it is none."""
    is_terminal = sys.stdout.isatty() or os.environ.get("FORCE_COLOR", "") not in {"", "0"}
    return get_terminal_size().columns if is_terminal else None


@contextmanager
def busy(text: str) -> Iterator[None]:
    """Tell on a terminal, once a second, that work goes on and for how long it has."""
    if not sys.stderr.isatty():
        yield
        return
    import threading

    done, shown = threading.Event(), []

    def tell() -> None:
        seconds = 0
        while not done.wait(1.0):
            seconds += 1
            shown.append(f"{text} {seconds} s")
            sys.stderr.write(f"\r{shown[-1]}")
            sys.stderr.flush()

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
        if shown:
            from rich.cells import cell_len

            sys.stderr.write("\r" + " " * cell_len(shown[-1]) + "\r")
            sys.stderr.flush()


def say(text: str) -> None:
    """Write a line to standard error."""
    print(guarded(text), file=sys.stderr, flush=True)
