"""Work on the parts of a large table in processes of their own, as many as there are cores."""

import multiprocessing
import os
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection

LEAST = 2_000_000  # characters from which it is worth while

Work = Callable[[str], str]


def in_parts(text: str, work: Work) -> str | None:
    """Return what ``work`` makes of a CSV text, each core doing a part of its lines.

    ``work`` takes a table with its header and returns one with a header. None where it is not worth
    while, cannot be done here, or fails in a part: then the whole tells what is wrong.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if cores == 1 or not can_fork or len(text) < LEAST or '"' in text or "\r" in text:
        return None
    parts = _parts(text, cores)
    context = multiprocessing.get_context("fork")
    pipes, processes = [], []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy's idle threads are no harm to a fork
        for part in parts[1:]:
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_send, args=(sender, work, part))
            process.start()
            sender.close()
            pipes.append(receiver)
            processes.append(process)
    done = [_tried(work, parts[0]), *(_received(pipe) for pipe in pipes)]
    for process in processes:
        process.join()
    if None in done:
        return None
    first, *others = (table for table in done if table is not None)
    return first + "".join(table.partition("\n")[2] for table in others)


def _parts(text: str, count: int) -> list[str]:
    """Cut a table between lines, each part with the header."""
    header, _, body = text.partition("\n")
    cuts = [0]
    for part in range(1, count):
        end = body.find("\n", max(cuts[-1], len(body) * part // count))
        cuts.append(len(body) if end < 0 else end + 1)
    ends = [*cuts[1:], len(body)]
    pieces = [body[start:end] for start, end in zip(cuts, ends, strict=True)]
    return [f"{header}\n{piece}" for piece in pieces if piece.strip()]


def _tried(work: Work, part: str) -> str | None:
    try:
        return work(part)
    except Exception:  # noqa: BLE001 - the whole is done again, and says what is wrong
        return None


def _send(sender: Connection, work: Work, part: str) -> None:
    found = _tried(work, part)
    sender.send_bytes(b"" if found is None else found.encode())
    sender.close()


def _received(receiver: Connection) -> str | None:
    try:
        return receiver.recv_bytes().decode() or None
    except EOFError:
        return None
