"""Commands for those who write target files: ``validate``, ``schema``, ``new``, ``trace``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mfgtargets.cli import inputs, streams
from mfgtargets.cli.options import (
    DebugOption,
    DocumentArgument,
    Format,
    FormatOption,
    LangOption,
    Language,
    TargetsDirOption,
    target_folders,
)
from mfgtargets.data import data_folder
from mfgtargets.document.library import find_document
from mfgtargets.document.load import load_document
from mfgtargets.faults import Fault, InputError
from mfgtargets.observations.decoding import decode


def validate(
    names: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Target files (YAML). 目标文件")
    ],
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """Check target files and tell every fault · 检查目标文件。"""
    good: list[str] = []
    faults: list[Fault] = []
    for name in names:
        try:
            document = load_document(Path(name))
        except InputError as error:
            faults += error.faults
            continue
        indicators, targets = len(document.indicators), len(document.targets)
        words = (
            f"{indicators}项指标,{targets}条目标"
            if lang == Language.ZH
            else f"{indicators} indicators, {targets} targets"
        )
        good.append(f"{name}: {document.id}: {words}\n")
    streams.put("".join(good))
    if faults:
        raise InputError(faults)
    return 0


class SchemaOf(StrEnum):
    """What a schema is of."""

    TARGETS = "targets"
    CHECK = "check"


def schema(
    of: Annotated[
        SchemaOf, typer.Argument(help="targets (files) or check (its JSON). 目标文件,或check的JSON")
    ] = SchemaOf.TARGETS,
    debug: DebugOption = False,
) -> int:
    """Print a JSON Schema · 目标文件或check结果的JSON Schema。"""
    import json

    if of == SchemaOf.CHECK:
        from mfgtargets.render.checkschema import check_schema as made
    else:
        from mfgtargets.document.schema import json_schema as made

    streams.put(json.dumps(made(), ensure_ascii=False, indent=2) + "\n")
    return 0


def new_plan(debug: DebugOption = False) -> int:
    """Print a target file to start from · 目标文件的模板。"""
    streams.put((data_folder() / "new" / "plan.yaml").read_text(encoding="utf-8"))
    return 0


def trace_quotes(
    document: DocumentArgument,
    source: Annotated[
        str, typer.Option("--source", metavar="FILE", help="The document's text. 文件全文")
    ],
    targets_dir: TargetsDirOption = None,
    form: FormatOption = Format.TABLE,
    lang: LangOption = Language.ZH,
    debug: DebugOption = False,
) -> int:
    """Find every quote in the document's text · 在全文中核对每条原文。

    The exit code is 1 where a quote is not there. 有一条不在,退出码为1。
    """
    from mfgtargets.document.trace import digest, trace
    from mfgtargets.wording.complaints import note_text
    from mfgtargets.render.tracing import trace_fields, trace_table

    loaded = find_document(document, target_folders(targets_dir))
    raw = inputs.read_whole(source, lang.value)
    found = trace(loaded, decode(raw, source))
    same = digest(raw) == loaded.entry.source.sha256
    if loaded.entry.source.sha256 is not None and not same:
        streams.say(note_text("other-text", lang.value, found=source))
    if form == Format.JSON:
        from mfgtargets.render.jsontext import to_json

        streams.put(to_json("trace", trace_fields(loaded, source, digest(raw), found)))
    else:
        streams.put_table(lambda _: trace_table(found, lang.value), form)
    return int(not all(one.found for one in found))
