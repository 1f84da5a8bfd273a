"""Find the quotes of a document in the text it was made from (white space aside)."""

import hashlib
from bisect import bisect_left
from typing import NamedTuple

from mfgtargets.document.records import Document


class Trace(NamedTuple):
    """Where the quote of one target stands in the text.

    ``position`` counts characters from 0, ``line`` from 1; where the quote is not there they tell
    where the longest beginning of it is, ``matched`` how many of its characters that has, and
    ``instead`` what the text says there.
    """

    target_id: str
    quote: str
    found: bool
    position: int | None
    line: int | None
    matched: int
    instead: str | None


def trace(document: Document, text: str) -> list[Trace]:
    """Look for the quotes of the document in ``text``, in document order.

    Of a target that was revised, one of the two may stand in another text, which its source names.
    """
    places = [index for index, character in enumerate(text) if not character.isspace()]
    bare = "".join(text[index] for index in places)
    replaced = {target.revises for target in document.targets}
    own = (document.entry.source.title, document.entry.source.url)
    return [
        _trace(target.id, target.quote, text, bare, places)
        for target in document.targets
        if not (target.revises or target.id in replaced) or target.source[:2] == own
    ]


def _trace(target_id: str, quote: str, text: str, bare: str, places: list[int]) -> Trace:
    wanted = "".join(quote.split())
    # The length of the longest beginning that occurs: occurring is monotone in length.
    matched = bisect_left(range(1, len(wanted) + 1), 1, key=lambda n: int(wanted[:n] not in bare))
    if matched == 0:
        return Trace(target_id, quote, False, None, None, 0, None)
    at = bare.index(wanted[:matched])
    position = places[at]
    line = text.count("\n", 0, position) + 1
    found = matched == len(wanted)
    instead = None if found else bare[at : at + len(wanted)]
    return Trace(target_id, quote, found, position, line, matched, instead)


def digest(raw: bytes) -> str:
    """Return the SHA-256 of a text as published, as the metadata keep it."""
    return hashlib.sha256(raw).hexdigest()
