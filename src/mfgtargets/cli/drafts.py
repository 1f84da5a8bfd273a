"""A target file drafted from a policy text: ``draft``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mfgtargets.cli import inputs, streams
from mfgtargets.cli.options import Folders, OutputOption
from mfgtargets.cli.outputs import needs_suffix
from mfgtargets.faults import InputError, fault
from mfgtargets.wording.words import Lang


class DraftForm(StrEnum):
    """The forms of a draft."""

    YAML = "yaml"
    JSONL = "jsonl"


def draft(
    source: Annotated[str, typer.Argument(metavar="FILE")],
    folders: Folders,
    lang: Lang,
    output: OutputOption = None,
    form: Annotated[DraftForm, typer.Option("--format")] = DraftForm.YAML,
    explain: Annotated[bool, typer.Option("--explain")] = False,
    since: Annotated[str | None, typer.Option("--since", metavar="FILE")] = None,
    review: Annotated[bool, typer.Option("--review")] = False,
    encoding: Annotated[str | None, typer.Option("--encoding")] = None,
) -> int:
    """Draft a target file out of a policy text · 由政策文本起草目标文件。"""
    import mfgtargets as mt
    from mfgtargets.document.trace import digest
    from mfgtargets.render import review as reviewing
    from mfgtargets.render.drafts import changes_text, json_lines, left_out_text, target_file
    from mfgtargets.wording.complaints import note_text

    jsonl = form == DraftForm.JSONL
    if review:
        needs_suffix(output, [".html", ".htm"])
    if review and jsonl:
        expected = f"--review | --format {form.value}"
        raise InputError(
            [fault("bad-option", option="--review", found=form.value, expected=expected)]
        )
    raw = inputs.read_whole(source, lang)
    name = inputs.name_of(source, lang)
    made = mt.draft(raw, name=name, since=since, folders=folders.all, encoding=encoding)
    stem = Path(output or source).stem.lower()
    if review:
        streams.put_to(output, (reviewing.review(made, Path(source).name, lang).encode(),))
    else:
        written = json_lines(made) if jsonl else target_file(made, stem, digest(raw), lang)
        streams.put_to(output, written)
    counts = {"found": str(len(made.targets)), "left": str(len(made.left_out))}
    streams.say(note_text("drafted" if made.targets else "drafted-nothing", lang, **counts))
    for one in made.remarks:
        place = f"{name}:{one.line}"
        streams.say(note_text(one.code, lang, place=place, found=one.found))
    if since is not None:
        streams.say("\n".join(changes_text(made, lang)) or note_text("draft-same", lang))
        if made.head.date is None and any(one.replaces for one in made.targets):
            streams.say(note_text("draft-undated", lang))
    if explain and made.left_out:
        streams.say(left_out_text(made, lang))
    return 0
