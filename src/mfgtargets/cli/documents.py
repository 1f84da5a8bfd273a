"""The documents themselves: ``list``, ``show``, ``compare``, ``methods``."""

from typing import TYPE_CHECKING, Annotated

import typer

from mfgtargets.cli import streams
from mfgtargets.cli.options import DocumentArgument, Folders, complete_indicator
from mfgtargets.cli.streams import Format, TableFormat
from mfgtargets.faults import InputError, fault, nearest
from mfgtargets.wording.words import Lang

if TYPE_CHECKING:
    from mfgtargets.document.records import Document


def list_documents(folders: Folders, lang: Lang, form: TableFormat = Format.TABLE) -> int:
    """List the documents with their counts · 列出规划文件。"""
    import mfgtargets as mt
    from mfgtargets.render.listing import list_fields, list_table

    counted = [(document, _count_actuals(document)) for document in mt.documents(folders.all)]
    streams.put_answer(
        "list", list_fields(counted), lambda width: list_table(counted, lang, width), form
    )
    return 0


def show(
    document: DocumentArgument,
    folders: Folders,
    lang: Lang,
    indicator: Annotated[
        str | None, typer.Argument(metavar="INDICATOR", autocompletion=complete_indicator)
    ] = None,
    form: TableFormat = Format.TABLE,
) -> int:
    """Show a document's targets, wording and source · 显示目标、原文和来源。"""
    import mfgtargets as mt
    from mfgtargets.evaluation.asked import find_indicator
    from mfgtargets.render.jsontext import to_json
    from mfgtargets.render.listing import show_fields, show_indicator_text, show_text

    loaded = mt.load(document, folders.all)
    targets = loaded.targets
    if indicator is not None:
        targets = loaded.of_indicator(find_indicator(loaded, indicator))
    if form == Format.JSON:
        streams.put(to_json("show", show_fields(loaded, targets)))
    elif indicator is not None:
        streams.put_lines(show_indicator_text(loaded, targets, lang))
    else:
        streams.put_lines(show_text(loaded, lang))
    return 0


def compare(
    folders: Folders,
    lang: Lang,
    concept: Annotated[str | None, typer.Argument(metavar="CONCEPT")] = None,
    form: TableFormat = Format.TABLE,
) -> int:
    """Put one concept's targets side by side · 各文件同一概念的对照。"""
    import mfgtargets as mt
    from mfgtargets.document.concepts import concepts, sharing
    from mfgtargets.render import comparison as shown

    known, loaded = concepts(), mt.documents(folders.all)
    if concept is None:
        counted = [
            (one, len({target.document for target in sharing(loaded, name)}))
            for name, one in known.items()
        ]
        fields = shown.concepts_fields(counted)
        streams.put_answer("compare", fields, lambda _: shown.concepts_table(counted, lang), form)
        return 0
    names = {name: one for one in known.values() for name in (one.id, one.name_zh, one.name_en)}
    chosen = names.get(concept)
    if chosen is None:
        near = ", ".join(nearest(concept, names))
        raise InputError([fault("no-such-concept", found=concept, near=near)])
    targets = sharing(loaded, chosen.id)
    regions = {document.id: document.entry.region for document in loaded}
    streams.put_answer(
        "compare",
        shown.compare_fields(chosen, targets, regions),
        lambda width: shown.compare_table(chosen, targets, regions, lang, width),
        form,
    )
    return 0


def methods(lang: Lang, form: TableFormat = Format.TABLE) -> int:
    """List the status methods with formula and source · 列出状态评估方法。"""
    from mfgtargets.render.jsontext import to_json
    from mfgtargets.render.verdicts import methods_fields, methods_text

    if form == Format.JSON:
        streams.put(to_json("methods", methods_fields()))
    else:
        streams.put_lines(methods_text(lang))
    return 0


def _count_actuals(document: "Document") -> int:
    from mfgtargets.observations.actuals import bundled_source
    from mfgtargets.observations.observation import Observation

    source = bundled_source(document)
    items = source.read(lambda *_: None, True) if source else ()
    return sum(isinstance(item, Observation) for item in items)
