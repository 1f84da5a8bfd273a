"""Work on a large table part by part, on every core there is."""

import mmap
import multiprocessing
import os
import tempfile
import warnings
from collections.abc import Callable, Sequence
from typing import IO

from mfgtargets.engine.lines import Piece
from mfgtargets.cores import cores

PART = 1_200_000  # characters of a part: what is made of it fits the cache

Work = Callable[[str], list[Piece]]


def in_parts(text: str, work: Work) -> list[Piece] | None:
    """Return what ``work`` makes of a CSV text, in pieces; each core makes some.

    The text has lines under a header, and no quotes. ``work`` takes a table with its header and
    returns a header and pieces of lines. None where it fails on a part: then the whole tells what
    is wrong.
    """
    mine, *others = _shares(text)
    helpers = []
    for share in others:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed once mapped
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numpy's idle threads are no harm to a fork
            fork = multiprocessing.get_context("fork")
            helper = fork.Process(target=_help, args=(text, work, share, file), daemon=True)
            helper.start()
        helpers.append((helper, file))
    made = _made(text, work, mine)
    failed = made is None
    pieces: list[Piece] = [*(made or ())]
    for helper, file in helpers:
        helper.join()
        with file:
            failed |= helper.exitcode != 0
            if not failed:
                pieces.append(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
    return None if failed else pieces


def _shares(text: str) -> list[list[slice]]:
    """Cut the lines under a header into parts of equal size, as many lists of them as cores."""
    count = cores()
    start = text.index("\n") + 1
    each = -(-(len(text) - start) // (count * PART))
    step = -(-(len(text) - start) // (count * each))
    parts = []
    while start < len(text):
        end = text.find("\n", start + step) + 1 or len(text)
        parts.append(slice(start, end))
        start = end
    return [parts[first : first + each] for first in range(0, len(parts), each)]


def _help(text: str, work: Work, share: Sequence[slice], file: IO[bytes]) -> None:
    """Do a share in a process of its own, which ends with 1 where it fails."""
    try:
        made = _made(text, work, share)
        file.writelines(() if made is None else made[1:])
        file.flush()
    except BaseException:  # noqa: BLE001 - quietly: the first process says what is wrong
        made = None
    os._exit(made is None)


def _made(text: str, work: Work, share: Sequence[slice]) -> list[Piece] | None:
    """Return what is made of a share: a header, and lines; None where it fails."""
    header = text[: text.index("\n") + 1]
    pieces: list[Piece] = []
    try:
        for part in share:
            made = work(header + text[part])
            pieces += made[1:] if pieces else made
    except Exception:  # noqa: BLE001 - the whole is done again, and says what is wrong
        return None
    return pieces
