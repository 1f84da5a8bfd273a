"""Text of others made harmless for where it goes: terminals and logs, spreadsheets, JSON.

What only Markdown, XML and annotations need is with their writers in ``render``.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

# Beside C0, as the inside of a class: controls, what turns or hides text, breaks of lines, and
# what is no character (which XML cannot hold).
HIDDEN = (
    "\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
) + "".join(f"{chr(n * 0x10000 + 0xFFFE)}{chr(n * 0x10000 + 0xFFFF)}" for n in range(1, 17))
_COMMAND = r"##(?:vso)?\["  # obeyed by logs of CI wherever it stands; "::" where it begins a line
# What is not left as it is in a cell of CSV, for polars too.
WILD = rf"(?m)^(?:\t|[^\S\n]*(?:[=+@-]|::))|{_COMMAND}|[\x00-\x08\x0b-\x1f{HIDDEN}]"

_SURROGATES = "\ud800-\udfff"  # polars has none
_HIDDEN = re.compile(f"[\0-\x1f{HIDDEN}{_SURROGATES}]")
_IN_JSON = re.compile(rf"[{HIDDEN}{_SURROGATES}]|(?<=#)#(?=\[|vso\[)")  # json escapes C0
_WILD = re.compile(f"{WILD}|[{_SURROGATES}]")
# Colours of a terminal are no part of the line.
_OBEYED = re.compile(r"^(?:[^\S\n]|\x1b\[[0-9;]*m)*(?=::)|(?<=#)(?=#(?:vso)?\[)", re.MULTILINE)
PLAIN_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'*+,;=%-]+\Z")  # what may be a link
_IN_HTML = str.maketrans({c: f"&#{ord(c)};" for c in "&<>\"'"})
_FORMULA = re.compile(r"\t|\s*[=+@-]")


def visible(text: str) -> str:
    """Return text on one line, with what cannot be seen written as its code."""
    return _HIDDEN.sub(lambda match: _code(match[0]), text)


def text_of(lines: Iterable[str]) -> str:
    """Return lines of plain text as one; none of them becomes two."""
    return "".join(f"{visible(line)}\n" for line in lines)


def guarded(text: str) -> str:
    """Return a text in which a backslash shows that what CI would take for a command is none."""
    return _OBEYED.sub(r"\g<0>\\", text)


def html_text(text: str) -> str:
    """Return text that HTML and SVG show character by character, in attributes too."""
    return (
        visible(text).translate(_IN_HTML).replace("##", "#&#35;")
    )  # no log takes it for a command


def csv_cell(cell: str) -> str:
    """Return a cell that spreadsheets and logs take for text or a number; it may hold breaks and tabs."""
    lines = cell.replace("\r\n", "\n")
    shown = guarded(_HIDDEN.sub(lambda m: m[0] if m[0] in "\n\t" else _code(m[0]), lines))
    return f"'{shown}" if _FORMULA.match(shown) and not _is_number(shown) else shown


def is_tame(cells: Sequence[str]) -> bool:
    """Tell whether cells are harmless in CSV as they are."""
    if is_plain("".join(cells)) and {cell[:1] for cell in cells}.isdisjoint("=+@-: "):
        return True  # most are: that is seen in no time
    return not _WILD.search("\n".join(cells))


def to_json(value: Any, **options: Any) -> str:
    """Write a value as JSON that reads as it is and holds nothing that cannot be seen."""
    text = json.dumps(value, ensure_ascii=False, **options)
    if is_plain(text.replace("\n", "")):
        return text
    return _IN_JSON.sub(lambda match: _code(match[0], in_json=True), text)


def is_plain(text: str) -> bool:
    """Tell, faster than by a pattern, of most texts that nothing in them is hidden or obeyed."""
    return text.isprintable() and "##" not in text


def _code(sign: str, *, in_json: bool = False) -> str:
    number = ord(sign)
    if number < 0x10000:
        return f"\\u{number:04x}"
    return json.dumps(sign)[1:-1] if in_json else f"\\U{number:08x}"


def _is_number(cell: str) -> bool:
    try:
        float(cell.removesuffix("%"))
    except ValueError:
        return False
    return True
