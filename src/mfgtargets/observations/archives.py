"""What is packed: ``.gz`` and ``.zip``, unpacked within bounds; nothing goes where its names lead."""

import gzip
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast
from xml.parsers import expat

from mfgtargets.faults import InputError, Place, fault

MOST_MEMBERS = 1000
LARGEST = 100_000_000  # bytes of what is unpacked, more only where the packed file is as large ...
TIMES = 50  # ... when multiplied by this
MOST_ELEMENTS = 2_000_000  # of an XML part
_KEPT = 1 << 24  # bytes that are held in memory before they go to a temporary file
_BLOCK = 1 << 18
_BROKEN = (OSError, EOFError, LookupError, RuntimeError, ValueError, zlib.error, zipfile.BadZipFile)


@contextmanager
def ungzipped(stream: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """Unpack a gzip file; raise ``InputError`` for a broken one, or one of too much."""
    size = stream.seek(0, 2)
    stream.seek(0)
    with tempfile.SpooledTemporaryFile(_KEPT) as kept:
        with faults_of(name):
            _unpack(cast("IO[bytes]", gzip.GzipFile(fileobj=stream)), kept, size, name)
        yield cast("BinaryIO", kept)


@contextmanager
def unzipped(archive: zipfile.ZipFile, member: str, name: str) -> Iterator[BinaryIO]:
    """Unpack a member of an archive, which messages call ``name`` (see ``ungzipped``)."""
    with tempfile.SpooledTemporaryFile(_KEPT) as kept:
        with faults_of(name), archive.open(member) as packed:
            _unpack(packed, kept, archive.getinfo(member).compress_size, name)
        yield cast("BinaryIO", kept)


def _unpack(packed: IO[bytes], kept: IO[bytes], size: int, name: str) -> None:
    while block := packed.read(_BLOCK):
        kept.write(block)
        _check_size(kept.tell(), size, name)
    kept.seek(0)


def _check_size(unpacked: int, packed: int, name: str) -> None:
    """Raise ``InputError`` where so many packed bytes unpack to too many."""
    most = max(LARGEST, TIMES * packed)
    if unpacked > most:
        raise InputError([fault("unpacks-too-large", Place(name), expected=f"{most:,}")])


def names_in(stream: BinaryIO) -> frozenset[str]:
    """Return the names of a zip archive's members, none where it is broken; rewind the stream."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return frozenset(archive.namelist())
    except _BROKEN:
        return frozenset()
    finally:
        stream.seek(0)


def files_in(archive: zipfile.ZipFile, name: str) -> list[str]:
    """Return the names of an archive's files, those left out that a system puts beside them.

    Raises ``InputError`` where they have a password or are too many.
    """
    files = [
        info
        for info in archive.infolist()
        if not info.is_dir() and not info.filename.startswith("__MACOSX/")
    ]
    if any(info.flag_bits & 1 for info in files):
        raise InputError([fault("archive-password", Place(name))])
    if len(files) > MOST_MEMBERS:
        found = fault("too-many-members", Place(name), found=len(files), expected=MOST_MEMBERS)
        raise InputError([found])
    packed = min(sum(info.compress_size for info in files), archive.start_dir)
    _check_size(sum(info.file_size for info in files), packed, name)
    return [info.filename for info in files]


def parse_part(archive: zipfile.ZipFile, part: str, parser: expat.XMLParserType, name: str) -> None:
    """Read an XML part of an office document with the handlers of a parser.

    Raises ``InputError`` for a DOCTYPE, and for more of it than a document of tables has.
    """
    info, left = archive.getinfo(part), [MOST_ELEMENTS]
    begin: Callable[[str, dict[str, str]], None] = parser.StartElementHandler or (lambda *_: None)  # type: ignore[assignment]

    def element(tag: str, given: dict[str, str]) -> None:
        left[0] -= 1
        if left[0] < 0:
            found = fault("unpacks-too-large", Place(name), expected=f"{MOST_ELEMENTS:,}")
            raise InputError([found])
        begin(tag, given)

    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_doctype(name)
    _check_size(info.file_size, 0, name)
    with archive.open(info) as stream:
        try:
            while block := stream.read(_BLOCK):
                parser.Parse(block)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise InputError([fault("damaged-file", Place(name), found=error)]) from None


def _refuse_doctype(name: str) -> None:
    raise InputError([fault("damaged-file", Place(name), found="DOCTYPE")])


@contextmanager
def faults_of(name: str) -> Iterator[None]:
    """Turn what is said against a broken archive into ``InputError``."""
    try:
        yield
    except _BROKEN as error:
        found = f"{type(error).__name__}: {error}".splitlines()[0][:120]
        raise InputError([fault("damaged-file", Place(name), found=found)]) from None
