"""Standard output and error: what is written is UTF-8, and a reader that has gone is no fault."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mfgtargets.cli.outputs import write_whole
from mfgtargets.harmless import guarded

if TYPE_CHECKING:
    from mfgtargets.render.table import Table


class Format(StrEnum):
    """The forms of an answer; a table is drawn on a terminal and plain when piped."""

    TABLE = "table"
    PLAIN = "plain"
    JSON = "json"


TableFormat = Annotated[Format, typer.Option("--format", help="Form of the output. 输出格式")]


def use_utf8() -> None:
    """Make the standard streams write UTF-8 whatever the locale, with plain line ends."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def put(text: str) -> None:
    """Write the product to standard output; when its reader has gone, end quietly."""
    if sys.stdout is None:
        return
    with _while_read():
        sys.stdout.write(guarded(text))
        sys.stdout.flush()


def put_to(output: str | None, content: str | Iterable[bytes]) -> None:
    """Write the product to a file, whole or not at all, or to standard output.

    Bytes are written as they are.
    """
    if isinstance(content, str):
        content = (guarded(content).encode(),)
    if output is not None:
        write_whole(output, content)
    elif sys.stdout is not None:
        with _while_read():
            sys.stdout.flush()
            sys.stdout.buffer.writelines(content)
            sys.stdout.buffer.flush()


@contextmanager
def _while_read() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        # Nothing is left to flush when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


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
    is_terminal = (sys.stdout is not None and sys.stdout.isatty()) or os.environ.get(
        "FORCE_COLOR", ""
    ) not in {"", "0"}
    if drawn and is_terminal:
        from mfgtargets.render.terminal import terminal_text

        width = get_terminal_size().columns
        put(terminal_text(table(width), width))
    else:
        from mfgtargets.render.plain import plain_text

        put(plain_text(table(None)))


@contextmanager
def busy(text: str) -> Iterator[None]:
    """Tell on a terminal, once a second, that work goes on and for how long it has."""
    if sys.stderr is None or not sys.stderr.isatty():
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
    """Write a line to standard error, unless its reader has gone."""
    with suppress(BrokenPipeError):
        print(guarded(text), file=sys.stderr, flush=True)
