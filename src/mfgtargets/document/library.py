"""Find documents: by id in the folders of target files, or by the path of a YAML file."""

import os
from collections.abc import Sequence
from pathlib import Path

from mfgtargets.data import data_folder
from mfgtargets.document.load import load_document
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError, Place, fault, nearest

_SUFFIXES = {".yaml", ".yml"}


def document_paths(folders: Sequence[Path] = ()) -> dict[str, Path]:
    """Return the target files by document id: the program's, and those of further ``folders``.

    A file in a further folder comes before one of the same name in an earlier place. Raises
    ``InputError`` when a folder is none.
    """
    paths: dict[str, Path] = {}
    for folder in (data_folder() / "targets", *folders):
        if not folder.is_dir():
            raise InputError([fault("no-such-folder", Place(str(folder)))])
        found = (path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)
        paths |= {path.stem: path for path in found}
    return dict(sorted(paths.items()))


def find_document(name: str, folders: Sequence[Path] = ()) -> Document:
    """Load the document of that id, or the YAML file at that path.

    Raises ``InputError`` when there is none, or the file is not valid.
    """
    path = Path(name)
    if path.suffix.lower() in _SUFFIXES:
        return load_document(path)
    known = document_paths(folders)
    if name in known:
        return load_listed(known[name])
    if len(path.parts) > 1 or path.is_dir():
        raise InputError([fault("not-a-yaml-path", Place(name))])
    near = nearest(name, known)
    raise InputError([fault("unknown-document", found=name, near=", ".join(near or known))])


def load_listed(path: Path) -> Document:
    """Load a document that is found by id: its file must be named after it."""
    document = load_document(path)
    if document.id != path.stem:
        place = Place(str(path))
        raise InputError([fault("id-not-file-name", place, found=path.name, expected=document.id)])
    return document


def bundled_actuals(document: Document) -> Path | None:
    """Return the document's own actuals, where there are any."""
    path = actuals_beside(document.path, document.id)
    return path if path.is_file() else None


def actuals_beside(plan: Path, name: str | None = None) -> Path:
    """Return where a plan's own actuals lie: ``actuals/ID.csv`` beside the folder it lies in."""
    return Path(os.path.realpath(plan)).parent.parent / "actuals" / f"{name or plan.stem}.csv"
