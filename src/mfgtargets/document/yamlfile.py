"""Read a YAML file into plain values, with the place of every key and value.

YAML 1.2 scalars only (``no`` is a word, ``12:30`` and ``012`` are text), no duplicate keys, no
tags, no anchors: what a reader sees is what the program gets.
"""

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from mfgtargets.faults import Fault, InputError, Place, fault

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

LARGEST = 2_000_000  # bytes; the longest document here needs a twentieth of it

MOST_NODES = 50_000  # keys and values; the longest document here has 2,800
_DEEPEST = 20  # levels of nesting; a target file needs six
_NULLS = {"", "~", "null"}
_BOOLEANS = {"true": True, "false": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_BRACKETS = re.compile(
    r"[\[\]{}]|\"[^\"\n]*\"|'[^'\n]*'|(?<!\S)#[^\n]*"
)  # less quotes and comments
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")

Path_ = tuple[str | int, ...]
Mark = tuple[int, int, int]


class Places(NamedTuple):
    """Line, column and width of every key and value, by its path of keys and list indices."""

    keys: dict[Path_, Mark]
    values: dict[Path_, Mark]


@dataclass
class YamlFile:
    """The values of a YAML file, and where each of them stands."""

    name: str
    text: str
    data: Any = None

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.splitlines()

    @cached_property
    def places(self) -> Places:
        """Where keys and values stand: worked out only when something is wrong."""
        return _places(self.text)

    def fault(self, code: str, path: Path_, *, at_key: bool = False, **details: object) -> Fault:
        """Make a fault placed at the key or value of ``path``, or at the nearest parent of it."""
        marks = self.places.keys if at_key else self.places.values
        while path and path not in marks:
            path, marks = path[:-1], self.places.values
        line, column, width = marks.get(path, (0, 0, 1))
        place = Place(self.name, line, column)
        details_text = {k: str(v) for k, v in details.items()}
        return Fault(code, place, details_text, self.excerpt(line), width)

    def line_of(self, path: Path_) -> int:
        """Return the line that the value of ``path`` begins on."""
        return self.places.values[path][0]

    def excerpt(self, line: int) -> str:
        """Return line ``line`` (from 1), or nothing when there is none."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""


def read_yaml(path: Path) -> YamlFile:
    """Read ``path``; raise ``InputError`` with every fault of form that it has."""
    name = str(path)
    text = _decode(path, name)
    file = YamlFile(name, text)
    builder = _Builder(file)
    try:
        file.data = builder.build()
    except yaml.MarkedYAMLError as error:
        raise InputError([_syntax_fault(file, error)]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        place = Place(name, line)
        found = f"U+{error.character:04X}" if isinstance(error.character, int) else "?"
        excerpt = file.excerpt(line)
        raise InputError([fault("control-character", place, excerpt, found=found)]) from None
    if builder.faults:
        raise InputError(builder.faults)
    if builder.is_empty:
        raise InputError([fault("empty-file", Place(name))])
    return file


def _decode(path: Path, name: str) -> str:
    try:
        if path.is_dir():
            raise InputError([fault("is-a-folder", Place(name))])
        if Path(os.path.realpath(path)).is_relative_to("/proc") or (
            path.exists() and not path.is_file()
        ):
            raise InputError([fault("not-a-file", Place(name))])
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
    """Word a parser's complaint ourselves: parsers, and their versions, word it differently."""
    if too_deep := _too_deep(file):
        return too_deep
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


def _too_deep(file: YamlFile) -> Fault | None:
    """Find brackets nested too deep, which a parser may refuse before it tells of the first."""
    depth = 0
    for sign in _BRACKETS.finditer(file.text):
        depth = max(0, depth + (1 if sign[0] in "[{" else -1 if sign[0] in "]}" else 0))
        if depth > _DEEPEST:
            line = file.text.count("\n", 0, sign.start()) + 1
            column = sign.start() - file.text.rfind("\n", 0, sign.start())
            return fault("yaml-too-deep", Place(file.name, line, column), file.excerpt(line))
    return None


class _Builder:
    """Builds plain values from the parser's events, collecting faults of form.

    Events rather than nodes: however deep a file nests, nothing here recurses.
    """

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.stack: list[_Open] = []
        self.root: Any = None
        self.is_empty = True
        self.repeated: list[tuple[Any, Path_]] = []

    def build(self) -> Any:
        """Parse the file and return the value of its one document."""
        documents = nodes = 0
        # Asking for each event, rather than by yaml.parse, saves asking whether there is one.
        next_event = _BaseLoader(self.file.text).get_event
        while not isinstance(event := next_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.NodeEvent):
                nodes += 1
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            if nodes > MOST_NODES:
                self._refuse(event, "yaml-too-many", expected=f"{MOST_NODES:,}")
                return None
            if documents > 1 or len(self.stack) > _DEEPEST:
                self._refuse(event, "two-documents" if documents > 1 else "yaml-too-deep")
                return None
        for event, path in self.repeated:
            line = self.file.places.keys[path][0]
            self._refuse(event, "duplicate-key", found=event.value, line=line)
        return self.root

    def _node(self, event: Any) -> None:
        self.is_empty = False
        if event.anchor is not None:  # an alias has one too
            self._refuse(event, "yaml-alias")
        elif event.tag is not None:
            self._refuse(event, "yaml-tag", found=event.tag)
        parent = self.stack[-1] if self.stack else None
        if isinstance(event, yaml.ScalarEvent):
            if parent is not None and parent.wants_key:
                self._key(event, parent)
                return
            value: Any = event.value if event.style else _scalar(event.value)
        elif isinstance(event, yaml.AliasEvent):
            value = None
        else:
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        if parent is None:
            self.root = value
        elif parent.wants_key:
            self._refuse(event, "yaml-key")
            parent.key = ""
        else:
            parent.put(value)
        if isinstance(event, yaml.CollectionStartEvent):
            self.stack.append(_Open(value))

    def _key(self, event: Any, parent: "_Open") -> None:
        parent.key = event.value
        if event.value in parent.value:
            path = (*(entry.step for entry in self.stack[:-1]), event.value)
            self.repeated.append((event, path))

    def _refuse(self, event: Any, code: str, **details: object) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        place = Place(self.file.name, line, column)
        details_text = {k: str(v) for k, v in details.items()}
        width = len(details_text.get("found", " "))
        self.faults.append(Fault(code, place, details_text, self.file.excerpt(line), width))


class _Open:
    """A list or mapping that is being filled; ``key`` is the one its next value belongs to."""

    __slots__ = ("key", "step", "value")

    def __init__(self, value: Any) -> None:
        self.value = value
        self.key: str | None = None
        self.step: str | int = 0  # key or index of the value being read

    @property
    def wants_key(self) -> bool:
        """Whether a key comes next."""
        return self.key is None and isinstance(self.value, dict)

    def put(self, value: Any) -> None:
        """Add a value."""
        if isinstance(self.value, dict):
            self.step = self.key or ""
            self.value[self.key] = value
            self.key = None
        else:
            self.step = len(self.value)
            self.value.append(value)


def _places(text: str) -> Places:
    """Find where every key and value stands (of a key given twice, the first)."""
    places = Places({}, {})
    root = yaml.compose(text, Loader=_BaseLoader)
    waiting: list[tuple[Path_, Any]] = [((), root)] if root is not None else []
    while waiting:
        path, node = waiting.pop()
        places.values.setdefault(path, _mark(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += [((*path, index), item) for index, item in enumerate(node.value)]
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    inner = (*path, key.value)
                    places.keys.setdefault(inner, _mark(key))
                    waiting.append((inner, value))
    return places


def _mark(node: Any) -> Mark:
    start, end = node.start_mark, node.end_mark
    width = max(1, end.column - start.column) if end.line == start.line else 1
    return start.line + 1, start.column + 1, width


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
