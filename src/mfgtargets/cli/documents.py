"""``mfgtargets list`` and ``mfgtargets show``: the documents themselves."""

import sys
from typing import Annotated

import typer

from mfgtargets.check import find_indicator
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
    debug: DebugOption = False,  # noqa: ARG001 - read where errors are worded
) -> int:
    """List the documents with their counts. 列出规划文件及指标、目标、实际值的个数。"""
    from mfgtargets.report.documents import list_fields, list_text  # noqa: PLC0415

    counted = []
    for name in document_paths():
        document = find_document(name)
        path = bundled_actuals(document)
        text = decode(path.read_bytes(), str(path)) if path else ""
        counted.append((document, len(parse_observations(text, str(path))[0]) if path else 0))
    if form == Format.JSON:
        from mfgtargets.report.jsonout import to_json  # noqa: PLC0415

        sys.stdout.write(to_json("list", list_fields(counted)))
    else:
        sys.stdout.write(list_text(counted, lang.value))
    return 0


def show(
    document: DocumentArgument,
    indicator: Annotated[
        str | None,
        typer.Argument(metavar="[INDICATOR]", help="Id or name of an indicator. 指标编号或名称"),
    ] = None,
    form: FormatOption = Format.TABLE,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,  # noqa: ARG001 - read where errors are worded
) -> int:
    """Show a document's targets, their wording and source. 显示目标、原文和来源。"""
    from mfgtargets.report.documents import (  # noqa: PLC0415
        show_fields,
        show_indicator_text,
        show_text,
    )

    loaded = find_document(document)
    targets = loaded.targets
    if indicator is not None:
        targets = loaded.of_indicator(find_indicator(loaded, indicator))
    if form == Format.JSON:
        from mfgtargets.report.jsonout import to_json  # noqa: PLC0415

        sys.stdout.write(to_json("show", show_fields(loaded, targets)))
    elif indicator is not None:
        sys.stdout.write(show_indicator_text(loaded, targets, lang.value))
    else:
        sys.stdout.write(show_text(loaded, lang.value))
    return 0
