"""Read a YAML file into plain values, with the place of every key and value.

YAML 1.2 scalars only (``no`` is a word, ``12:30`` and ``012`` are text), no duplicate keys, no
tags, no anchors: what a reader sees is what the program gets.
"""

import re
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

_STRING_TAG = "tag:yaml.org,2002:str"
_PLAIN_TAGS = {_STRING_TAG, "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_NULLS = {"", "~", "null"}
_BOOLEANS = {"true": True, "false": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")

Path_ = tuple[str | int, ...]


class _Loader(_BaseLoader):
    """A loader that leaves every scalar as text, for ``_scalar`` to read."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own hook


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
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise InputError([_syntax_fault(file, error)]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        place = Place(name, line)
        found = f"U+{error.character:04X}" if isinstance(error.character, int) else "?"
        excerpt = file.excerpt(line)
        raise InputError([fault("control-character", place, excerpt, found=found)]) from None
    except RecursionError:
        raise InputError([fault("yaml-syntax", Place(name), found="[[[[…")]) from None
    if root is None:
        raise InputError([fault("empty-file", Place(name))])
    faults: list[Fault] = []
    file.data = _construct(file, root, (), set(), faults)
    if faults:
        raise InputError(faults)
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


def _construct(
    file: YamlFile, node: yaml.Node, path: Path_, seen: set[int], faults: list[Fault]
) -> Any:
    """Turn a node into plain values, recording places and collecting faults of form."""
    start, end = node.start_mark, node.end_mark
    width = max(1, end.column - start.column) if end.line == start.line else 1
    file.values[path] = (start.line + 1, start.column + 1, width)
    if id(node) in seen:
        faults.append(file.fault("yaml-alias", path))
        return None
    seen.add(id(node))
    if node.tag not in _PLAIN_TAGS:
        faults.append(file.fault("yaml-tag", path, found=node.tag))
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(file, node, path, seen, faults)
    if isinstance(node, yaml.SequenceNode):
        return [
            _construct(file, item, (*path, index), seen, faults)
            for index, item in enumerate(node.value)
        ]
    quoted = isinstance(node, yaml.ScalarNode) and node.style
    return node.value if quoted else _scalar(node.value)


def _mapping(
    file: YamlFile, node: yaml.MappingNode, path: Path_, seen: set[int], faults: list[Fault]
) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        mark = key_node.start_mark
        if not isinstance(key_node, yaml.ScalarNode):
            place = Place(file.name, mark.line + 1, mark.column + 1)
            faults.append(fault("yaml-key", place, file.excerpt(mark.line + 1)))
            continue
        key = key_node.value
        inner = (*path, key)
        first = file.keys.get(inner)
        file.keys[inner] = (mark.line + 1, mark.column + 1, len(key))
        if first:
            faults.append(file.fault("duplicate-key", inner, at_key=True, found=key, line=first[0]))
        mapping[key] = _construct(file, value_node, inner, seen, faults)
    return mapping


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
