"""Markdown that shows data as they are: escaped for GitHub, GitLab and CommonMark."""

import re
from collections.abc import Sequence

from mfgtargets.harmless import PLAIN_URL, visible
from mfgtargets.render.table import Table

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~!$]")
_FRONT = re.compile(r"^\s*(?:\d+(?=[.)])|(?=[-+=]))")
# Where GitHub and GitLab begin a link of their own in what is no link, escaped or not.
_LINKED = re.compile(r"(?<=@)|(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
_NOTHING = "&#8203;"  # has no width


def inline(text: str) -> str:
    """Return text that Markdown shows character by character within a line or a table's cell."""
    return _LINKED.sub(_NOTHING, _signs(text))


def _signs(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", visible(text).replace("&", "&amp;"))


def escaped(text: str) -> str:
    """Return text that Markdown shows character by character, also at the beginning of a line."""
    return _FRONT.sub(r"\g<0>\\", inline(text))


def link(text: str, url: str) -> str:
    """Return a link, where the address is a plain one; else both as text."""
    if not url:
        return inline(text)
    if not PLAIN_URL.match(url):
        return f"{inline(text)} {inline(url)}".strip()
    return f"[{inline(text) or _signs(url)}](<{url}>)"


def table(headings: Sequence[str], left: Sequence[bool], rows: Sequence[Sequence[str]]) -> str:
    """Return a table; the cells are escaped here."""
    marks = [":--" if on_left else "--:" for on_left in left]
    lines = [map(inline, headings), marks, *(map(inline, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def markdown_text(shown: Table) -> str:
    """Return a whole table of text: what stands before it, its rows, and what stands after."""
    columns = len(shown.headings)
    rows = [
        tuple(cell.text for cell in line.cells)
        if line.heading is None
        else (f"【{line.heading}】", *[""] * (columns - 1))
        for line in shown.lines
    ]
    before = "".join(f"{escaped(text)}\n\n" for text in shown.before)
    after = "".join(f"\n{escaped(text)}\n" for text in shown.after)
    return before + table(shown.headings, shown.left, rows) + after
