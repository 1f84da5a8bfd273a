"""The shared words for what several documents mean by different names."""

from collections.abc import Iterable
from typing import NamedTuple

from mfgtargets.data import data_folder
from mfgtargets.document.records import Document, Target
from mfgtargets.document.yamlfile import read_yaml


class Concept(NamedTuple):
    """A shared word, and how the documents' definitions of it differ."""

    id: str
    name_zh: str
    name_en: str
    note_zh: str
    note_en: str


def concepts() -> dict[str, Concept]:
    """Return the vocabulary that comes with the program, by id."""
    entries = read_yaml(data_folder() / "concepts.yaml").data
    return {name: Concept(name, **entry) for name, entry in entries.items()}


def beside_parents(document: Document, parents: Iterable[Document]) -> dict[str, list[Target]]:
    """Return the targets of each concept that a document shares with its parents: its own first."""
    above = [*parents]
    shared = {}
    for concept in dict.fromkeys(t.concept for t in document.targets if t.concept is not None):
        if theirs := sharing(above, concept):
            shared[concept] = [*sharing([document], concept), *theirs]
    return shared


def sharing(documents: Iterable[Document], concept: str) -> list[Target]:
    """Return the targets of a concept in all documents (what restates another is left out)."""
    return [
        target
        for document in documents
        for target in document.targets
        if target.concept == concept and target.restates is None
    ]
