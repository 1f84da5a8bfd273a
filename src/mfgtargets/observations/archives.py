"""What is packed: ``.gz`` and ``.zip``, unpacked within bounds; nothing goes where its names lead."""

import gzip
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast
from xml.parsers import expat

from mfgtargets.faults import InputError, Place, fault

MOST_MEMBERS = 1000
LARGEST = 100_000_000  # bytes of what is unpacked, more only where the packed file is as large ...
TIMES = 50  # ... when multiplied by this
_KEPT = 1 << 24  # bytes that are held in memory before they go to a temporary file
_BLOCK = 1 << 18
_BROKEN = (OSError, EOFError, RuntimeError, ValueError, zlib.error, zipfile.BadZipFile)


@contextmanager
def ungzipped(stream: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """Unpack a gzip file; raise ``InputError`` for a broken one, or one of too much."""
    size = stream.seek(0, 2)
    stream.seek(0)
    with tempfile.SpooledTemporaryFile(_KEPT) as kept:
        _unpack(cast("IO[bytes]", gzip.GzipFile(fileobj=stream)), kept, size, name)
        yield cast("BinaryIO", kept)


@contextmanager
def unzipped(archive: zipfile.ZipFile, member: str, name: str) -> Iterator[BinaryIO]:
    """Unpack a member of an archive, which messages call ``name`` (see ``ungzipped``)."""
    with tempfile.SpooledTemporaryFile(_KEPT) as kept:
        with faults_of(name):
            packed = archive.open(member)
        with packed:
            _unpack(packed, kept, archive.getinfo(member).compress_size, name)
        yield cast("BinaryIO", kept)


def _unpack(packed: IO[bytes], kept: IO[bytes], size: int, name: str) -> None:
    most = max(LARGEST, TIMES * size)
    with faults_of(name):
        while block := packed.read(_BLOCK):
            kept.write(block)
            if kept.tell() > most:
                raise InputError([fault("unpacks-too-large", Place(name), expected=f"{most:,}")])
        kept.seek(0)


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
    return [info.filename for info in files]


def parse_part(archive: zipfile.ZipFile, part: str, parser: expat.XMLParserType, name: str) -> None:
    """Read an XML part of an archive; raise ``InputError`` for DOCTYPEs, and where it is too much."""
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_doctype(name)
    with unzipped(archive, part, name) as stream:
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
