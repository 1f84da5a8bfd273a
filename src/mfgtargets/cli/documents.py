"""``mfgtargets list`` and ``mfgtargets show``: the documents themselves."""

from typing import Annotated

import typer

from mfgtargets.check import find_indicator
from mfgtargets.cli import streams
from mfgtargets.cli.options import (
    DebugOption,
    DocumentArgument,
    Format,
    FormatOption,
    LangOption,
    Language,
)
from mfgtargets.document.library import bundled_actuals, document_paths, find_document
from mfgtargets.observations.csvfile import decode, parse_observations


def list_documents(
    form: FormatOption = Format.TABLE,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """List the documents with their counts. 列出规划文件及指标、目标、实际值的个数。"""
    from mfgtargets.report.documents import list_fields, list_table

    counted = []
    for name in document_paths():
        document = find_document(name)
        path = bundled_actuals(document)
        text = decode(path.read_bytes(), str(path)) if path else ""
        counted.append((document, len(parse_observations(text, str(path))[0]) if path else 0))
    if form == Format.JSON:
        from mfgtargets.report.jsonout import to_json

        streams.put(to_json("list", list_fields(counted)))
    else:
        streams.put_table(lambda _: list_table(counted, lang.value), form)
    return 0


def show(
    document: DocumentArgument,
    indicator: Annotated[
        str | None,
        typer.Argument(metavar="[INDICATOR]", help="Id or name of an indicator. 指标编号或名称"),
    ] = None,
    form: FormatOption = Format.TABLE,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """Show a document's targets, their wording and source. 显示目标、原文和来源。"""
    from mfgtargets.report.documents import (
        show_fields,
        show_indicator_text,
        show_table,
    )

    loaded = find_document(document)
    targets = loaded.targets
    if indicator is not None:
        targets = loaded.of_indicator(find_indicator(loaded, indicator))
    if form == Format.JSON:
        from mfgtargets.report.jsonout import to_json

        streams.put(to_json("show", show_fields(loaded, targets)))
    elif indicator is not None:
        streams.put(show_indicator_text(loaded, targets, lang.value))
    else:
        streams.put_table(lambda _: show_table(loaded, lang.value), form)
    return 0
