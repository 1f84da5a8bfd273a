"""Read a YAML file into plain values, with the place of every key and value.

YAML 1.2 scalars only (``no`` is a word, ``12:30`` and ``012`` are text), no duplicate keys, no
tags, no anchors: what a reader sees is what the program gets.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from mfgtargets.faults import Fault, InputError, Place, fault

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

LARGEST = 2_000_000  # bytes; the longest document here needs a twentieth of it

_DEEPEST = 20  # levels of nesting; a target file needs six
_NULLS = {"", "~", "null"}
_BOOLEANS = {"true": True, "false": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")

Path_ = tuple[str | int, ...]


@dataclass
class YamlFile:
    """The values of a YAML file, and where each of them stands.

    ``keys`` and ``values`` map a path of keys and list indices to (line, column, width).
    """

    name: str
    lines: list[str]
    data: Any = None
    keys: dict[Path_, tuple[int, int, int]] = field(default_factory=dict)
    values: dict[Path_, tuple[int, int, int]] = field(default_factory=dict)

    def fault(self, code: str, path: Path_, *, at_key: bool = False, **details: object) -> Fault:
        """Make a fault placed at the key or value of ``path``, or at the nearest parent of it."""
        marks = self.keys if at_key else self.values
        while path and path not in marks:
            path, marks = path[:-1], self.values
        line, column, width = marks.get(path, (0, 0, 1))
        place = Place(self.name, line, column)
        details_text = {k: str(v) for k, v in details.items()}
        return Fault(code, place, details_text, self.excerpt(line), width)

    def excerpt(self, line: int) -> str:
        """Return line ``line`` (from 1), or nothing when there is none."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""


def read_yaml(path: Path) -> YamlFile:
    """Read ``path``; raise ``InputError`` with every fault of form that it has."""
    name = str(path)
    text = _decode(path, name)
    file = YamlFile(name, text.splitlines())
    faults: list[Fault] = []
    try:
        events = yaml.parse(text, Loader=_BaseLoader)
        file.data = _Builder(file, faults).build(events)
    except yaml.MarkedYAMLError as error:
        raise InputError([_syntax_fault(file, error)]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        place = Place(name, line)
        found = f"U+{error.character:04X}" if isinstance(error.character, int) else "?"
        excerpt = file.excerpt(line)
        raise InputError([fault("control-character", place, excerpt, found=found)]) from None
    if faults:
        raise InputError(faults)
    if () not in file.values:
        raise InputError([fault("empty-file", Place(name))])
    return file


def _decode(path: Path, name: str) -> str:
    try:
        if path.is_dir():
            raise InputError([fault("is-a-folder", Place(name))])
        if path.stat().st_size > LARGEST:
            details = {"found": f"{path.stat().st_size:,}", "expected": f"{LARGEST:,}"}
            raise InputError([fault("file-too-large", Place(name), **details)])
        raw = path.read_bytes()
    except OSError as error:
        code = "no-such-file" if isinstance(error, FileNotFoundError) else "unreadable-file"
        raise InputError([fault(code, Place(name), found=error.strerror)]) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        place = Place(name, line)
        raise InputError([fault("not-utf-8", place, found=f"0x{raw[error.start]:02X}")]) from None


def _syntax_fault(file: YamlFile, error: yaml.MarkedYAMLError) -> Fault:
    """Word a parser's complaint ourselves: the C and the Python parser word it differently."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    excerpt = file.excerpt(line)
    place = Place(file.name, line, column)
    if "\t" in excerpt[: len(excerpt) - len(excerpt.lstrip())] or "\t" in (error.problem or ""):
        return fault("yaml-tab", place, excerpt)
    # A full-width colon makes one word of "key：value", and the fault shows a line later.
    for number in (line, line - 1):
        if "：" in file.excerpt(number) and ": " not in file.excerpt(number):
            text = file.excerpt(number)
            return fault("full-width-colon", Place(file.name, number, text.index("：") + 1), text)
    return fault("yaml-syntax", place, excerpt, found=error.problem or error.context or "")


class _Builder:
    """Builds plain values from the parser's events, recording places and faults of form.

    Events rather than nodes: however deep a file nests, nothing here recurses.
    """

    def __init__(self, file: YamlFile, faults: list[Fault]) -> None:
        self.file, self.faults = file, faults
        self.stack: list[_Open] = []
        self.root: Any = None

    def build(self, events: Iterable[Any]) -> Any:
        """Consume the events and return the value of the document."""
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "two-documents")
                    break
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
            elif isinstance(event, yaml.NodeEvent):
                self._node(event)
            if len(self.stack) > _DEEPEST:
                self._refuse(event, "yaml-too-deep")
                break
        return self.root

    def _node(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._refuse(event, "yaml-alias")
        elif event.tag is not None:
            self._refuse(event, "yaml-tag", found=event.tag)
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._key(event, parent)
            return
        path: Path_ = () if parent is None else (*parent.path, parent.next_key())
        start, end = event.start_mark, event.end_mark
        width = max(1, end.column - start.column) if end.line == start.line else 1
        self.file.values[path] = (start.line + 1, start.column + 1, width)
        value: Any = None
        if isinstance(event, yaml.CollectionStartEvent):
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
            self.stack.append(_Open(path, value))
        elif isinstance(event, yaml.ScalarEvent):
            value = event.value if event.style else _scalar(event.value)
        if parent is None:
            self.root = value
        elif isinstance(parent.value, dict):
            parent.value[parent.key] = value
            parent.key = None
        else:
            parent.value.append(value)

    def _key(self, event: Any, parent: "_Open") -> None:
        mark = event.start_mark
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "yaml-key")
            parent.key = ""
            if isinstance(event, yaml.CollectionStartEvent):
                # Its content is read as a value of its own, and thrown away.
                self.stack.append(_Open((*parent.path, ""), [] if _is_list(event) else {}))
            return
        parent.key = event.value
        inner = (*parent.path, event.value)
        first = self.file.keys.get(inner)
        self.file.keys[inner] = (mark.line + 1, mark.column + 1, len(event.value))
        if first:
            details = {"found": event.value, "line": first[0]}
            self.faults.append(self.file.fault("duplicate-key", inner, at_key=True, **details))

    def _refuse(self, event: Any, code: str, **details: object) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        place = Place(self.file.name, line, column)
        self.faults.append(fault(code, place, self.file.excerpt(line), **details))


@dataclass
class _Open:
    """A list or mapping that is being filled; ``key`` is the one its next value belongs to."""

    path: Path_
    value: Any
    key: str | None = None

    def next_key(self) -> str | int:
        """Return the key or index of the next value."""
        return self.key or "" if isinstance(self.value, dict) else len(self.value)


def _is_list(event: Any) -> bool:
    return isinstance(event, yaml.SequenceStartEvent)


def _scalar(text: str) -> str | int | float | bool | None:
    """Read a plain scalar by the YAML 1.2 core rules, less the spellings people trip over."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.match(text):
        return int(text) if len(text) < 20 else text  # longer is no figure
    if _FLOAT.match(text):
        return float(text)
    return text
