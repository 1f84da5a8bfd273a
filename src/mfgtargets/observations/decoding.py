"""The encodings Chinese statistics come in, found out by reading a file through once."""

import codecs
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from mfgtargets.faults import InputError, Place, fault

GUESSED = ("UTF-8", "GB18030")
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CHUNK = 1 << 20
_PIECE = 1 << 22


def encoding_of(stream: BinaryIO, name: str, given: str | None = None) -> str:
    """Return the encoding of a text: by its byte-order mark, else UTF-8 or GB18030, strictly.

    ``given`` decides where it is given. The stream is read from its beginning, a piece at a time,
    and left there. Raises ``InputError`` where nothing fits, and where there is nothing in it.
    """
    candidates = _candidates(stream, name, given)
    for candidate in candidates:
        wrong = _misfit(stream, name, candidate)
        if wrong is None:
            return candidate
    line, byte = wrong or (0, 0)
    details = {"found": f"0x{byte:02X}", "expected": ", ".join(candidates)}
    raise InputError([fault("undecodable", Place(name, line), **details)])


def _candidates(stream: BinaryIO, name: str, given: str | None) -> tuple[str, ...]:
    """Return the encodings that a text may have, the likeliest first."""
    stream.seek(0)
    head = stream.read(_CHUNK)
    if not head.strip() and not any(
        chunk.strip() for chunk in iter(lambda: stream.read(_CHUNK), b"")
    ):
        raise InputError([fault("empty-file", Place(name))])
    marked = next((found for mark, found in _MARKS.items() if head.startswith(mark)), None)
    if b"\0" in head and marked != "utf-16" and given is None:
        raise InputError([fault("binary-file", Place(name))])
    return (given,) if given else (marked,) if marked else GUESSED


def _misfit(stream: BinaryIO, name: str, encoding: str) -> tuple[int, int] | None:
    """Return line and byte at which the stream is not in the encoding; None where all of it is."""
    try:
        "".encode(encoding)  # refuses codecs that are not of text
        decoder = codecs.getincrementaldecoder(encoding)()
    except (LookupError, UnicodeError):
        raise InputError([fault("unknown-encoding", Place(name), found=encoding)]) from None
    stream.seek(0)
    line = 1
    while True:
        chunk = stream.read(_CHUNK)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            stream.seek(0)
            return line + error.object.count(b"\n", 0, error.start), error.object[error.start]
        except UnicodeError:  # no byte-order mark where one is needed
            return 1, chunk[0] if chunk else 0
        if not chunk:
            stream.seek(0)
            return None
        line += chunk.count(b"\n")


def pieces_of(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """Yield a text from its beginning, a piece at a time."""
    stream.seek(0)
    return codecs.iterdecode(iter(lambda: stream.read(_PIECE), b""), encoding)


def decode(raw: bytes, name: str, encoding: str | None = None) -> str:
    """Decode a whole text; raise ``InputError`` where its encoding cannot be found out."""
    stream = io.BytesIO(raw)
    for candidate in _candidates(stream, name, encoding):
        with suppress(UnicodeError, LookupError):
            return raw.decode(candidate)
    return raw.decode(encoding_of(stream, name, encoding))  # which says what is wrong
