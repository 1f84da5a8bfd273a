"""Help in the language asked for, made from a command's own signature: no parser is built for it."""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin

from rich.cells import cell_len

from mfgtargets.wording import words
from mfgtargets.wording.words import Lang, term

_WIDTH = 80
_LABEL = 28  # columns of what stands in front of a text
# Where a line may end: after a word and its space, after a wide character and what closes it.
_PIECE = re.compile(r"[!-~]+ ?|[^ -~][,.;:)]* ?| ")
_PROGRAM = ("version", "install-completion", "show-completion")  # options without a command
_PLACEHOLDERS = {int: "NUMBER", float: "NUMBER", Path: "FOLDER"}


class Said(NamedTuple):
    """What a signature says of a parameter: its flags (none: an argument), its values."""

    key: str
    flags: tuple[str, ...]
    placeholder: str  # a code of the table of metavars, or choices; empty for a switch
    type: Any
    default: Any
    is_several: bool

    @property
    def is_required(self) -> bool:
        """Whether it must be given."""
        return self.default is inspect.Parameter.empty

    @property
    def choices(self) -> list[str]:
        """The values it can have, where they are few."""
        is_choice = isinstance(self.type, type) and issubclass(self.type, Enum)
        return [one.value for one in self.type] if is_choice else []


def parameters_of(command: Callable[..., Any]) -> dict[str, Said]:
    """Return what a command can be given, by parameter."""
    found = inspect.signature(command).parameters.values()
    return {one.name: _said(one) for one in found if get_args(one.annotation)}


def _said(parameter: inspect.Parameter) -> Said:
    kind, info = get_args(parameter.annotation)[:2]
    if NoneType in get_args(kind):
        kind = next(one for one in get_args(kind) if one is not NoneType)
    is_several = get_origin(kind) is list
    kind = get_args(kind)[0] if is_several else kind
    declared = (info.default, *(info.param_decls or ()))  # the first flag stands where defaults do
    flags = tuple(one for one in declared if isinstance(one, str))
    said = Said(
        max(flags, key=len).lstrip("-") if flags else parameter.name,
        flags,
        "" if kind is bool else info.metavar or _PLACEHOLDERS.get(kind, "TEXT"),
        kind,
        parameter.default,
        is_several,
    )
    return said._replace(placeholder="|".join(said.choices) or said.placeholder)


def help_text(name: str, command: Callable[..., Any], lang: Lang) -> str:
    """Return the help of a command."""
    parameters = parameters_of(command).values()
    arguments = [one for one in parameters if not one.flags]
    options = [one for one in parameters if one.flags]
    usage = [name, term(words.HELP, "optional", lang)]
    usage += [_label(one, lang) for one in options if one.is_required]
    usage += [_label(one, lang) for one in arguments]
    parts = [(_label(one, lang), _text(one, name, lang)) for one in arguments]
    rows = [(_label(one, lang), _text(one, name, lang)) for one in options]
    blocks = {"arguments": parts, "options": [*rows, ("--help", term(words.OPTIONS, "help", lang))]}
    return _page(usage, term(words.COMMANDS, name, lang), name, blocks, lang)


def overview_text(name: str, commands: Iterable[str], lang: Lang) -> str:
    """Return the help of the program, or of a command that has commands (``name`` and its space)."""
    rows = [(one, term(words.COMMANDS, name + one, lang)) for one in commands]
    names = ("help",) if name else (*_PROGRAM, "help")
    options = [(f"--{one}", term(words.OPTIONS, one, lang)) for one in names]
    about = term(words.COMMANDS, name.strip(), lang) if name else term(words.HELP, "about", lang)
    usage = [*name.split(), term(words.HELP, "command", lang)]
    blocks = {"commands": rows, "options": options}
    return _page(usage, about, name.strip() or "about", blocks, lang)


def described(name: str, said: Said, lang: Lang) -> str:
    """Return what a parameter of a command is, in words."""
    own = f"{name}.{said.key}"
    as_option = f"--{said.key}"  # where an argument has its name
    codes = [own, *([as_option] if said.flags else []), said.key]
    return term(words.OPTIONS, next(one for one in codes if one in words.OPTIONS), lang)


def describe(name: str, command: Callable[..., Any], lang: Lang) -> None:
    """Give the parser the words that a shell shows beside what it completes."""
    command.__doc__ = term(words.COMMANDS, name, lang)
    for parameter in inspect.signature(command).parameters.values():
        if about := get_args(parameter.annotation):
            about[1].help = described(name, _said(parameter), lang)


def _text(said: Said, name: str, lang: Lang) -> str:
    more = []
    if said.flags and said.is_required:
        more.append(term(words.HELP, "required", lang))
    elif said.default not in (None, False, "", inspect.Parameter.empty):
        value = said.default.value if isinstance(said.default, Enum) else said.default
        more.append(term(words.HELP, "default", lang).format(str(value).removesuffix(".0")))
    if said.flags and said.is_several:
        more.append(term(words.HELP, "several", lang))
    return "".join([described(name, said, lang), *more])


def _label(said: Said, lang: Lang) -> str:
    placeholder = term(words.METAVARS, said.placeholder, lang)
    if said.flags:
        return f"{', '.join(said.flags)} {placeholder}".strip()
    shown = placeholder if said.is_required else f"[{placeholder}]"
    return shown + ("..." if said.is_several else "")


def _page(
    usage: Sequence[str],
    about: str,
    name: str,
    blocks: Mapping[str, Sequence[tuple[str, str]]],
    lang: Lang,
) -> str:
    lines = [f"{term(words.HELP, 'usage', lang)} mfgtargets {' '.join(usage)}"]
    lines += ["", *(f"  {line}" for line in _wrapped(about, _WIDTH - 2))]
    examples = term(words.EXAMPLES, name, lang).split("\n")
    lines += ["", term(words.HELP, "examples", lang), *(f"  {one}" for one in examples)]
    for heading, rows in blocks.items():
        if rows:
            lines += ["", term(words.HELP, heading, lang), *(_row(*row) for row in rows)]
    return "\n".join([*lines, ""])


def _row(label: str, text: str) -> str:
    """Return a label and its text beside it, or under it where the label is long."""
    first, *others = _wrapped(text, _WIDTH - _LABEL)
    gap = _LABEL - 2 - cell_len(label)
    break_ = " " * gap if gap > 1 else "\n" + " " * _LABEL
    return "\n".join([f"  {label}{break_}{first}", *(" " * _LABEL + line for line in others)])


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of at most ``width`` columns."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if cell_len(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]
