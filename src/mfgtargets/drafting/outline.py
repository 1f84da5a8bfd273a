"""A text as paragraphs under headings: what each says, where it stands, who answers for it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from mfgtargets.drafting.found import Clause

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDED = str.maketrans(
    _WIDE
    | {
        ord("﹪"): "%",
        ord("\u3000"): " ",
        ord("〔"): "[",
        ord("〕"): "]",
        ord("【"): "(",
        ord("】"): ")",
    }
)
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\xad")
_DROPPED = _UNSEEN | {"*", "#"}
HAN = re.compile(r"[\u4e00-\u9fff]")
MARKER = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、章节]|\([一二三四五六七八九十]{1,3}\)|\(?[0-9]{1,2}\)"
    r"|[0-9]{1,2}[.、](?![0-9])|[0-9]{1,2}(?:\.[0-9]{1,2})+\.? [A-Z]|——|专栏)"
)
_LEVELS = (
    (1, re.compile(r"第?[一二三四五六七八九十]{1,3}[、章节]")),
    (2, re.compile(r"\([一二三四五六七八九十]{1,3}\)")),
    (3, re.compile(r"[0-9]{1,2}[.、](?![0-9])")),
    (4, re.compile(r"\(?[0-9]{1,2}\)")),
    (5, re.compile(r"——|专栏")),
)
_RUN_ON = re.compile(
    r"(?<=[。) ])(?=[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,2}\)|[0-9]{1,2}\.[\u4e00-\u9fff])"
)
_ENDS = frozenset("。;:!?)|」”")
_WRAPPED = 25  # characters of a line at least that is broken for want of room
_TITLE = 36  # characters of a heading at most
_OFFICE = re.compile(
    r"(?:局|委|办|厅|部|会|府|中心|院|公司|银行|署|院校|高校|处|队|馆|社|司|站|联|协)(?:\([^()]{1,9}\))?\Z"
)
LABEL = re.compile(r"(?:责任|牵头|负责|主管|主要责任)(?:单位|部门)|实施单位|配合(?:单位|部门)")
_TAIL = re.compile(r"(?:等|按职责分工|按职责|分别|共同|牵头|负责|配合){1,5}\Z")


class Paragraph(NamedTuple):
    """A paragraph without white space and marks, in half-width signs; ``at`` are its places in the text."""

    text: str
    at: tuple[int, ...]
    level: int  # of the heading it begins with; 9 without one
    section: str


class Outline(NamedTuple):
    """The paragraphs of a text, and the departments of its sections in document order."""

    paragraphs: tuple[Paragraph, ...]
    sections: dict[str, tuple[str, ...]]


def tidy(text: str) -> str:
    """Return a text in one line, without signs that nobody sees."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


class Places:
    """Cuts clauses out of a text, and tells their lines."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [at for at, sign in enumerate(text) if sign == "\n"]

    def line(self, at: int) -> int:
        """Return the line, from 1, that a place is in."""
        return bisect_right(self._breaks, at - 1) + 1

    def cut(self, start: int, end: int) -> Clause:
        """Return the stretch between two places, in one line."""
        quote = tidy("".join(c for c in self._text[start:end] if c not in _UNSEEN))
        if HAN.search(quote):
            quote = re.sub(r"(?<=[^\x00-\xff]) | (?=[^\x00-\xff])", "", quote)
        return Clause(quote, self.line(start), start, end)

    def clause(self, paragraph: Paragraph, start: int, end: int) -> Clause:
        """Return the clause between two characters of a paragraph."""
        return self.cut(paragraph.at[start], paragraph.at[end - 1] + 1)


def folded(text: str) -> str:
    """Return a text in half-width signs, of the same length."""
    return text.translate(_FOLDED)


def is_chinese(text: str) -> bool:
    """Tell whether a text is in Chinese: a tenth of its first signs are."""
    head = text[:20_000]
    return 10 * len(HAN.findall(head)) > len(head)


def outline(text: str, taken: set[int]) -> Outline:
    """Part a text into paragraphs; ``taken`` are the lines, from 0, that tables are made of."""
    chinese = is_chinese(text)
    open_: dict[int, str] = {}
    sections: dict[str, tuple[str, ...]] = {}
    paragraphs: list[Paragraph] = []
    for bare, at in _pieces(text, taken, chinese):
        level = (
            next((n for n, form in _LEVELS if form.match(bare)), 9)
            if chinese
            else _depth(text, at[0])
        )
        if level < 9:
            open_ = {n: name for n, name in open_.items() if n < level}
            open_[level] = _title(bare, chinese)
        section = tidy(" ".join(open_.values())[:200]) or "-"
        offices = departments(bare) if chinese else ()
        sections[section] = sections.get(section) or offices
        paragraphs.append(Paragraph(bare, at, level, section))
    return Outline(tuple(paragraphs), sections)


def _depth(text: str, at: int) -> int:
    """Return the level of a Markdown heading; 9 of none."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.count("#") or 9


def _title(bare: str, chinese: bool) -> str:
    found = (
        bare.split("。" if chinese else ". ", maxsplit=1)[0].split(":", maxsplit=1)[0].strip(" -")
    )
    marker = MARKER.match(bare)
    return (
        found[:80] if len(found) <= _TITLE or not chinese else marker[0] if marker else found[:12]
    )


def _pieces(text: str, taken: set[int], chinese: bool) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield paragraphs as their signs and places: lines that one sentence runs over are joined."""
    signs: list[str] = []
    at: list[int] = []
    start = length = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        flat = folded(line)
        begins = not flat.strip() or number in taken or flat[:1].isspace() or _begins(flat, chinese)
        if signs and (begins or length < _WRAPPED or (chinese and signs[-1] in _ENDS)):
            yield "".join(signs), tuple(at)
            signs, at = [], []
        if number not in taken:
            cuts = {m.start() for m in _RUN_ON.finditer(flat)} if chinese else set()
            for index, sign in enumerate(flat):
                if index in cuts and signs:
                    yield "".join(signs), tuple(at)
                    signs, at = [], []
                if sign in _DROPPED or (
                    sign.isspace() and (chinese or not signs or signs[-1] == " ")
                ):
                    continue
                signs.append(" " if sign.isspace() else sign)
                at.append(start + index)
        start, length = start + len(line), len(flat.strip())
    if signs:
        yield "".join(signs), tuple(at)


def _begins(flat: str, chinese: bool) -> bool:
    """Tell whether a line begins a paragraph of its own."""
    bare = flat.lstrip("* ")
    return (
        bool(MARKER.match(bare)) or bare.strip().isdigit() or (not chinese and bare[:1] in "#-•>(")
    )


def departments(paragraph: str) -> tuple[str, ...]:
    """Return the departments named in brackets at the end of a paragraph, or behind their label."""
    inside = _last_brackets(paragraph)
    label = LABEL.search(inside or paragraph[:12])
    if inside is None and (label is None or label.start() > 1):
        return ()
    names: list[str] = []
    for part in re.split(rf"[;。]|[,、](?=(?:{LABEL.pattern}):)", inside or paragraph):
        if "实施单位" in part[:8]:
            continue
        _, _, tail = part.rpartition(":")
        names += [name for one in apart(tail, "、,") if (name := _TAIL.sub("", one))]
    if (
        label is None
        and not (inside or "").endswith("负责")
        and not all(map(_OFFICE.search, names))
    ):
        return ()
    return tuple(dict.fromkeys(name for name in names if len(name) <= 30))


def _last_brackets(paragraph: str) -> str | None:
    """Return what stands in the last brackets of a paragraph that ends with them."""
    bare = paragraph.rstrip("。 ")
    depth = 0
    for index in range(len(bare) - 1, -1, -1):
        depth += (bare[index] == ")") - (bare[index] == "(")
        if index == len(bare) - 1 and depth == 0:
            return None
        if depth == 0:
            return bare[index + 1 : -1]
    return None


def apart(names: str, signs: str = "、和") -> list[str]:
    """Split names at signs that stand outside brackets."""
    parts, depth = [""], 0
    for sign in names:
        depth += (sign == "(") - (sign == ")")
        if sign in signs and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]
