"""Find documents: by id in the folders of target files, or by the path of a YAML file."""

from pathlib import Path

from mfgtargets.data import data_folder
from mfgtargets.document.load import load_document
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError, Place, fault, nearest

_SUFFIXES = {".yaml", ".yml"}


def document_paths() -> dict[str, Path]:
    """Return the target files that come with the program, by document id, in order."""
    return {path.stem: path for path in sorted((data_folder() / "targets").glob("*.yaml"))}


def find_document(name: str) -> Document:
    """Load the document of that id, or the YAML file at that path.

    Raises ``InputError`` when there is none, or the file is not valid.
    """
    known = document_paths()
    if name in known:
        return load_document(known[name])
    path = Path(name)
    if path.suffix in _SUFFIXES:
        return load_document(path)
    if len(path.parts) > 1 or path.is_dir():
        raise InputError([fault("not-a-yaml-path", Place(name))])
    near = nearest(name, known)
    raise InputError([fault("unknown-document", found=name, near=", ".join(near or known))])


def bundled_actuals(document: Document) -> Path | None:
    """Return the actuals that come with the program for a document, if there are any."""
    path = data_folder() / "actuals" / f"{document.id}.csv"
    return path if path.is_file() else None
