"""Names and titles of records in the language asked for."""

from typing import Protocol

from mfgtargets.document.entries import DocumentEntry
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Result
from mfgtargets.wording.words import Lang, say, word


class Named(Protocol):
    """What has a name in each language: a target, a result, a concept."""

    @property
    def name_zh(self) -> str:
        """The Chinese name."""

    @property
    def name_en(self) -> str:
        """The English name."""


def key_of(result: Result) -> tuple[str, str, str]:
    """Return what a result is known by: document, region, target."""
    return result.document_id, result.region, result.target_id


def address_of(check: Checked, result: Result) -> str:
    """Return where a result stands on a page of its document, and what a file of it is named after."""
    part = [] if result.region == check.document.entry.region else [result.region]
    return "/".join([result.document_id, *part, result.target_id]).replace("#", ".")


def name_of(item: Named, lang: Lang) -> str:
    """Return the name of an indicator or a concept."""
    return word((item.name_zh, item.name_en), lang)


def name_in(check: Checked, result: Result, lang: Lang) -> str:
    """Return the name of a result's indicator, with its region where several are judged."""
    name = name_of(result, lang)
    return f"{result.region} {name}" if len(check.regions) > 1 else name


def title_of(entry: DocumentEntry, lang: Lang) -> str:
    """Return the title of a document."""
    zh, en = entry.title, entry.title_en
    return word((zh or en or "", en or zh or ""), lang)


def title_of_check(check: Checked, lang: Lang) -> str:
    """Return the title of a check's document, with the region judged where that is a part of its own."""
    title = title_of(check.document.entry, lang)
    if len(check.regions) > 1 or check.regions[0] == check.document.entry.region:
        return title
    return say("in-brackets", lang, text=title, inner=check.regions[0])


def heading_of(entry: DocumentEntry, heading: str, lang: Lang) -> str:
    """Return the name of a group of indicators; a section keeps its own words."""
    return word((heading, entry.groups.get(heading, heading)), lang)
