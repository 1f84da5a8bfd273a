"""Documents and actuals from Python: by id, path, record or frame."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from mfgtargets.defaults import BUNDLED, MOST_ROWS
from mfgtargets.document.library import document_paths, find_document, load_listed
from mfgtargets.document.records import Document
from mfgtargets.evaluation.asked import find_indicator
from mfgtargets.evaluation.regionaltargets import read_regional_targets
from mfgtargets.evaluation.regions import RegionalTarget
from mfgtargets.evaluation.tasks import read_departments
from mfgtargets.faults import Fault, InputError
from mfgtargets.observations.actuals import (
    Actuals,
    Source,
    bundled_source,
    file_source,
    is_table,
    read_sources,
    table_source,
)
from mfgtargets.observations.files import opened
from mfgtargets.observations.hints import Hints, hints_of, indicator_of
from mfgtargets.observations.names import read_names
from mfgtargets.observations.observation import LeftOut
from mfgtargets.observations.regions import Regions, read_regions


def documents(folders: Sequence[str | Path] = ()) -> list[Document]:
    """Return the documents that come with the program, and those of further ``folders``.

    Raises ``InputError`` with the faults of all of them.
    """
    found, faults = valid_documents(folders)
    if faults:
        raise InputError(faults)
    return found


def valid_documents(folders: Sequence[str | Path] = ()) -> tuple[list[Document], list[Fault]]:
    """Return the documents that are valid, and the faults of those that are not."""
    found: list[Document] = []
    faults: list[Fault] = []
    for path in document_paths([Path(folder) for folder in folders]).values():
        try:
            found.append(load_listed(path))
        except InputError as error:
            faults += error.faults
    return found, faults


def load(doc: str | Path | Document, folders: Sequence[str | Path] = ()) -> Document:
    """Load a document by its id, or the path of its YAML file.

    Raises ``InputError`` with every fault of the file, and where there is none.
    """
    if isinstance(doc, Document):
        return doc
    return find_document(str(doc), [Path(folder) for folder in folders])


def read_actuals(
    doc: str | Path | Document,
    source: Any = BUNDLED,
    *,
    encoding: str | None = None,
    period: str | None = None,
    columns: Sequence[str] | None = None,
    where: Sequence[str] | None = None,
    sheet: str | None = None,
    indicator_name: str | Sequence[str] | None = None,
    region_name: str | None = None,
    regions: Sequence[str] = (),
    region_table: str | Path | None = None,
    names: str | Path | Mapping[str, str] | None = None,
    limit: int = MOST_ROWS,
    strict: bool = False,
    leave_out: Callable[[LeftOut], None] | None = None,
) -> Actuals:
    """Read actuals of a document.

    ``source`` is the path of a file, several, the word ``bundled``, records (mappings with the
    canonical columns), or any frame that has ``__arrow_c_stream__``. ``encoding``, ``period``,
    ``columns`` (``"COLUMN=FIELD"``), ``indicator_name`` (``"FILE=NAME"`` for one of several files)
    and ``region_name`` say what a table does not; ``where`` (``"COLUMN=VALUE"``) and ``sheet`` say
    what of it to read; ``regions`` are those wanted, or ``all`` (default: the document's own),
    ``region_table`` the file of their names, codes and parents; ``names`` are names of indicators
    with their ids, or the file of them. A table of more than ``limit`` rows is refused;
    ``leave_out`` is told each row that is not used, as it comes. Raises ``InputError`` where
    nothing is left, and with ``strict`` where anything is left out that should be looked at.
    """
    document = load(doc)
    hints = hints_of(
        encoding, period, columns, limit, where=where, sheet=sheet, region_name=region_name
    )
    called = [indicator_name] if isinstance(indicator_name, str) else indicator_name
    paths = [str(one) for one in _flat_sources(source) if isinstance(one, str | Path)]

    def of(name: str) -> Hints:
        return hints._replace(indicator=indicator_of(called, name, paths or [name]))

    sources = [one for given in _flat_sources(source) for one in _sources(document, given, of)]
    return read_sources(
        document,
        sources,
        names=_names(document, names),
        regions=wanted_regions(document, regions, region_table),
        strict=strict,
        leave_out=leave_out,
    )


def wanted_regions(
    document: Document, asked: Sequence[str], table: str | Path | None
) -> Regions | None:
    """Return the regions asked for with the table of their names; None without either."""
    if table is None:
        return Regions(document, asked) if asked else None
    with opened(str(table)) as stream:
        return Regions(document, asked, read_regions(stream.read(), str(table), document))


def regional_targets(
    document: Document, given: str | Path | None, regions: Regions, there: Collection[str]
) -> tuple[RegionalTarget, ...]:
    """Return the targets of regions in a file of the user's; ``there`` are those of the actuals."""
    if given is None:
        return ()
    with opened(str(given)) as stream:
        return read_regional_targets(stream.read(), str(given), document, regions, there)


def department_spellings(given: str | Path | None) -> dict[str, str]:
    """Return how departments are written and what they are called, as a file has it."""
    if given is None:
        return {}
    with opened(str(given)) as stream:
        return read_departments(stream.read(), str(given))


def _names(document: Document, given: str | Path | Mapping[str, str] | None) -> Mapping[str, str]:
    """Return names of indicators with their ids, as they are given or as a file has them."""
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return {name: find_indicator(document, indicator) for name, indicator in given.items()}
    with opened(str(given)) as stream:
        return read_names(stream.read(), str(given), document)


def _flat_sources(given: Any) -> list[Any]:
    """Return what is given as actuals, one at a time."""
    if isinstance(given, Source | str | Path) or is_table(given):
        return [given]
    return [one for part in given for one in _flat_sources(part)]


def _sources(document: Document, given: Any, hints: Callable[[str], Hints]) -> Iterator[Source]:
    if isinstance(given, Source):
        yield given
    elif isinstance(given, str) and given == BUNDLED:
        bundled = bundled_source(document)
        if bundled is not None:
            yield bundled
    elif isinstance(given, str | Path):
        name = str(given)
        yield file_source(name, name, partial(opened, name), hints(name))
    else:
        yield table_source(given, hints("table"))
