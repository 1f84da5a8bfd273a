"""The text of a file: Word and web pages as lines, their tables with bars between the cells."""

import io
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from mfgtargets.faults import InputError, Place, fault

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST = 50_000_000  # bytes of a document's text, unpacked
_BLOCKS = frozenset(
    "p div br li ul ol h1 h2 h3 h4 h5 h6 tr table section article title header".split()
)
_UNSEEN = frozenset("script style head noscript".split())


def is_word(raw: bytes) -> bool:
    """Tell whether bytes are an archive, as Word writes them."""
    return raw.startswith(b"PK\x03\x04")


def refuse_pdf(raw: bytes, name: str) -> None:
    """Raise ``InputError`` for a PDF, whose text must be taken out first, and for pages without any."""
    if raw and not raw.strip():
        raise InputError([fault("no-letters", Place(name))])
    if raw.lstrip()[:5] == b"%PDF-":
        raise InputError([fault("pdf-text", Place(name))])


def word_text(raw: bytes, name: str) -> str:
    """Return the paragraphs and tables of a Word document as lines.

    Raises ``InputError`` where it is none, or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = archive.getinfo("word/document.xml").file_size
            if size > _LARGEST:
                raise InputError([fault("zip-bomb", Place(name), found=size)])
            xml = archive.read("word/document.xml")
        if b"<!DOCTYPE" in xml:
            raise InputError([fault("not-a-word-file", Place(name))])
        body = ET.fromstring(xml).find(f"{_WORD}body")  # noqa: S314 - no document type, so no entities
    except (
        zipfile.BadZipFile,
        KeyError,
        ET.ParseError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ):
        raise InputError([fault("not-a-word-file", Place(name))]) from None
    lines = []
    for block in body if body is not None else ():
        if block.tag == f"{_WORD}tbl":
            lines += [
                " | ".join(_words(cell) for cell in row.iter(f"{_WORD}tc")) + " |"
                for row in block.iter(f"{_WORD}tr")
            ]
            lines.append("")
        else:
            lines.append(_words(block))
    return "\n".join(lines)


def _words(element: ET.Element) -> str:
    return "".join(
        one.text or "" if one.tag == f"{_WORD}t" else "\t" if one.tag == f"{_WORD}tab" else ""
        for one in element.iter()
    )


def page_text(html: str) -> str:
    """Return what a web page shows, as lines."""
    page = _Page()
    page.feed(html)
    page.close()
    return "".join(page.parts)


class _Page(HTMLParser):
    """Keeps the text of a page: blocks on lines of their own, cells with a bar behind."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as the parser calls it
        self._unseen += tag in _UNSEEN
        if tag in {"td", "th"}:
            self._cells += 1
        elif tag in _BLOCKS and not self._cells:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag in {"td", "th"}:
            self._cells = max(0, self._cells - 1)
            self.parts.append(" | ")
        elif tag in _BLOCKS and not self._cells:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(" ".join(data.split()) if self._cells else data.replace("\n", " "))
