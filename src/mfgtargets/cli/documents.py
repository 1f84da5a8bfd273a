"""The documents themselves: ``list``, ``show``, ``compare``, ``methods``."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mfgtargets.cli import streams
from mfgtargets.cli.options import DocumentArgument, Folders, OutputOption, complete_indicator
from mfgtargets.cli.streams import Format, TableFormat
from mfgtargets.defaults import ALL
from mfgtargets.faults import InputError, fault, nearest
from mfgtargets.wording.words import Lang

if TYPE_CHECKING:
    from mfgtargets.document.records import Document
    from mfgtargets.evaluation.ambition import Ambition

_SHOW_FORMS = ["table", "plain", "csv", "json", "markdown", "xlsx", "sdmx-csv"]
ShowFormat = StrEnum("ShowFormat", {name.upper(): name for name in _SHOW_FORMS})  # type: ignore[misc]


def list_documents(folders: Folders, lang: Lang, form: TableFormat = Format.TABLE) -> int:
    """List the documents with their counts · 列出规划文件。"""
    from mfgtargets.loading import valid_documents
    from mfgtargets.render.listing import list_fields, list_table

    found, faults = valid_documents(folders.all)
    counted = [(document, _count_actuals(document)) for document in found]
    streams.put_answer(
        "list", list_fields(counted), lambda width: list_table(counted, lang, width), form
    )
    if faults:
        raise InputError(faults)
    return 0


def show(
    document: DocumentArgument,
    folders: Folders,
    lang: Lang,
    indicator: Annotated[
        str | None, typer.Argument(metavar="INDICATOR", autocompletion=complete_indicator)
    ] = None,
    form: Annotated[ShowFormat | None, typer.Option("--format")] = None,
    output: OutputOption = None,
) -> int:
    """Show a document's targets, wording and source · 显示目标、原文和来源。"""
    import mfgtargets as mt
    from mfgtargets.cli.watching import form_of
    from mfgtargets.evaluation.asked import find_indicator
    from mfgtargets.render import listing
    from mfgtargets.render.answers import answer_in

    loaded = mt.load(document, folders.all)
    targets = loaded.targets
    if indicator is not None:
        targets = loaded.of_indicator(find_indicator(loaded, indicator))
    if form == "sdmx-csv":
        from mfgtargets.render.csvtext import targets_sdmx

        streams.put_to(output, targets_sdmx(targets))
    elif (chosen := form_of(form, output)) in {"json", "csv", "xlsx", "markdown"}:
        fields = {"results": listing.show_records(targets)}
        if chosen == "json":
            fields = listing.show_fields(loaded, targets)
        table = listing.show_table(loaded, targets, lang)
        streams.put_to(output, answer_in(chosen, "show", fields, [table]))
    else:
        ambitions = _ambitions(loaded)
        text = (
            listing.show_text(loaded, lang, ambitions)
            if indicator is None
            else listing.show_indicator_text(loaded, targets, lang, ambitions)
        )
        streams.put_lines(text) if output is None else streams.put_to(output, text)
    return 0


def _ambitions(document: "Document") -> "dict[str, Ambition]":
    """Return what each target asks for beyond the trend before it, where the document's actuals tell."""
    import mfgtargets as mt
    from mfgtargets.document.library import bundled_actuals
    from mfgtargets.evaluation.ambition import ambition_of

    if bundled_actuals(document) is None:
        return {}
    check = mt.check(document, every=True, target_year=ALL)
    found = {one.target_id: ambition_of(check, n) for n, one in enumerate(check.results)}
    return {name: one for name, one in found.items() if one is not None}


def compare(
    folders: Folders,
    lang: Lang,
    concept: Annotated[str | None, typer.Argument(metavar="CONCEPT")] = None,
    form: TableFormat = Format.TABLE,
) -> int:
    """Put one concept's targets side by side, or a plan's beside its parents' · 同一概念的对照。"""
    import mfgtargets as mt
    from mfgtargets.document.concepts import beside_parents, concepts, sharing
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
    by_id = {document.id: document for document in loaded}
    if concept in by_id:
        document = by_id[concept]
        parents = [by_id.get(name) or mt.load(name) for name in document.entry.parents]
        shared = [(known[n], ts) for n, ts in beside_parents(document, parents).items()]
        fields = shown.parents_fields(document, shared)
        streams.put_answer(
            "compare",
            fields,
            lambda width: shown.parents_table(document, shared, lang, width),
            form,
        )
        return 0
    chosen = names.get(concept)
    if chosen is None:
        near = ", ".join(nearest(concept, names))
        raise InputError([fault("no-such-concept", found=concept, near=near)])
    targets = sharing(loaded, chosen.id)
    streams.put_answer(
        "compare",
        shown.compare_fields(chosen, targets),
        lambda width: shown.compare_table(chosen, targets, lang, width),
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
