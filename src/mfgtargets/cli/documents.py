"""``mfgtargets list`` and ``mfgtargets show``: the documents themselves."""

from typing import Annotated

import typer

from mfgtargets.evaluation.check import find_indicator
from mfgtargets.cli import streams
from mfgtargets.cli.options import (
    DebugOption,
    DocumentArgument,
    Format,
    FormatOption,
    LangOption,
    Language,
    TargetsDirOption,
    complete_indicator,
    target_folders,
)
from mfgtargets.document.library import (
    bundled_actuals,
    document_paths,
    find_document,
    load_listed,
)
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError, fault, nearest
from mfgtargets.observations.headers import Hints
from mfgtargets.observations.observation import Observation
from mfgtargets.observations.parse import read_observations


def list_documents(
    targets_dir: TargetsDirOption = None,
    form: FormatOption = Format.TABLE,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """List the documents with their counts · 列出规划文件。"""
    from mfgtargets.render.listing import list_fields, list_table

    counted = []
    for path in document_paths(target_folders(targets_dir)).values():
        document = load_listed(path)
        counted.append((document, _count_actuals(document)))
    if form == Format.JSON:
        from mfgtargets.render.jsontext import to_json

        streams.put(to_json("list", list_fields(counted)))
    else:
        streams.put_table(lambda _: list_table(counted, lang.value), form)
    return 0


def show(
    document: DocumentArgument,
    indicator: Annotated[
        str | None,
        typer.Argument(
            metavar="INDICATOR",
            help="Id or name of an indicator. 指标编号或名称",
            autocompletion=complete_indicator,
        ),
    ] = None,
    targets_dir: TargetsDirOption = None,
    form: FormatOption = Format.TABLE,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """Show a document's targets, wording and source · 显示目标、原文和来源。"""
    from mfgtargets.render.listing import (
        show_fields,
        show_indicator_text,
        show_text,
    )

    loaded = find_document(document, target_folders(targets_dir))
    targets = loaded.targets
    if indicator is not None:
        targets = loaded.of_indicator(find_indicator(loaded, indicator))
    if form == Format.JSON:
        from mfgtargets.render.jsontext import to_json

        streams.put(to_json("show", show_fields(loaded, targets)))
    elif indicator is not None:
        streams.put(show_indicator_text(loaded, targets, lang.value))
    else:
        streams.put(show_text(loaded, lang.value))
    return 0


def compare(
    concept: Annotated[
        str | None,
        typer.Argument(metavar="CONCEPT", help="A shared word; none lists them. 共同概念"),
    ] = None,
    targets_dir: TargetsDirOption = None,
    form: FormatOption = Format.TABLE,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """Put one concept's targets side by side · 各文件同一概念的对照。"""
    from mfgtargets.document.concepts import concepts, sharing
    from mfgtargets.render.comparison import compare_fields, compare_table, concepts_table
    from mfgtargets.render.jsontext import to_json

    known = concepts()
    paths = document_paths(target_folders(targets_dir)).values()
    loaded = [load_listed(path) for path in paths]
    if concept is None:
        counted = [
            (one, len({target.document for target in sharing(loaded, name)}))
            for name, one in known.items()
        ]
        if form == Format.JSON:
            entries = [{**one._asdict(), "documents": count} for one, count in counted]
            streams.put(to_json("compare", {"results": entries}))
        else:
            streams.put_table(lambda _: concepts_table(counted, lang.value), form)
        return 0
    names = {name: one for one in known.values() for name in (one.id, one.name_zh, one.name_en)}
    chosen = names.get(concept)
    if chosen is None:
        near = ", ".join(nearest(concept, names))
        raise InputError([fault("no-such-concept", found=concept, near=near)])
    targets = sharing(loaded, chosen.id)
    regions = {document.id: document.entry.region for document in loaded}
    if form == Format.JSON:
        streams.put(to_json("compare", compare_fields(chosen, targets, regions)))
    else:
        streams.put_table(lambda _: compare_table(chosen, targets, regions, lang.value), form)
    return 0


def methods(
    form: FormatOption = Format.TABLE, lang: LangOption = Language.ZH, debug: DebugOption = False
) -> int:
    """List the status methods with formula and source · 列出状态评估方法。"""
    from mfgtargets.render.jsontext import to_json
    from mfgtargets.wording.methodwords import methods_fields, methods_text

    if form == Format.JSON:
        streams.put(to_json("methods", methods_fields()))
    else:
        streams.put(methods_text(lang.value))
    return 0


def _count_actuals(document: Document) -> int:
    path = bundled_actuals(document)
    if path is None:
        return 0
    with path.open("rb") as stream:
        items = list(read_observations(stream, str(path), Hints()))
    return sum(isinstance(item, Observation) for item in items)
