"""Names and titles of records in the language asked for."""

from typing import TYPE_CHECKING, Protocol

from mfgtargets.document.entries import DocumentEntry
from mfgtargets.wording.words import Lang, word

if TYPE_CHECKING:
    from mfgtargets.evaluation.results import Result


class Named(Protocol):
    """What has a name in each language: a target, a result, a concept."""

    @property
    def name_zh(self) -> str:
        """The Chinese name."""

    @property
    def name_en(self) -> str:
        """The English name."""


def address_of(result: "Result") -> str:
    """Return where a result stands on a page of its document, and what a file of it is named after."""
    return f"{result.document_id}/{result.target_id}".replace("#", ".")


def name_of(item: Named, lang: Lang) -> str:
    """Return the name of an indicator or a concept."""
    return word((item.name_zh, item.name_en), lang)


def title_of(entry: DocumentEntry, lang: Lang) -> str:
    """Return the title of a document."""
    zh, en = entry.title, entry.title_en
    return word((zh or en or "", en or zh or ""), lang)


def heading_of(entry: DocumentEntry, heading: str, lang: Lang) -> str:
    """Return the name of a group of indicators; a section keeps its own words."""
    return word((heading, entry.groups.get(heading, heading)), lang)
