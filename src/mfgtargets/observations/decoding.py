"""From the bytes of a table to its text: the encodings Chinese statistics come in."""

import codecs

from mfgtargets.faults import InputError, Place, fault

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def decode(raw: bytes, name: str, encoding: str | None = None) -> str:
    """Decode a table: by its byte-order mark, else strictly as UTF-8, else as GB18030.

    ``encoding`` decides where it is given. Raises ``InputError`` where nothing fits.
    """
    if not raw.strip():
        raise InputError([fault("empty-file", Place(name))])
    marked = next((found for mark, found in _MARKS.items() if raw.startswith(mark)), None)
    if b"\0" in raw and marked != "utf-16" and encoding is None:
        raise InputError([fault("binary-file", Place(name))])
    for candidate in (encoding,) if encoding else (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = raw.decode(candidate)
        except UnicodeDecodeError as error:
            wrong = error
        except LookupError:
            raise InputError([fault("unknown-encoding", found=candidate)]) from None
        else:
            return text
    line = raw.count(b"\n", 0, wrong.start) + 1
    found = f"0x{raw[wrong.start]:02X}"
    expected = encoding or marked or "UTF-8, GB18030"
    raise InputError([fault("undecodable", Place(name, line), found=found, expected=expected)])
