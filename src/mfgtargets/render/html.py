"""HTML of texts in all languages at once: what differs stands in each, and the page shows one."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence

from mfgtargets.data import data_folder
from mfgtargets.harmless import PLAIN_URL, html_text
from mfgtargets.render.table import Cell, Line, Table
from mfgtargets.wording import words
from mfgtargets.wording.methodwords import status_word
from mfgtargets.wording.words import LANGUAGES, Lang, term

Worded = Callable[[Lang], str]


def in_each(make: Worded) -> str:
    """Return what ``make`` says as HTML: once where all languages say the same."""
    return each_of([make(lang) for lang in LANGUAGES])


def each_of(texts: Sequence[str]) -> str:
    """Return texts, one for each language, as HTML."""
    if len(set(texts)) == 1:
        return html_text(texts[0])
    pairs = zip(LANGUAGES, texts, strict=True)
    return "".join(f'<span lang="{lang}">{html_text(text)}</span>' for lang, text in pairs)


def on_page(code: str) -> str:
    """Return one of the page's own words."""
    return in_each(term_of(words.PAGE, code))


def term_of(table: Mapping[str, words.Words], code: str) -> Worded:
    """Return what says the word for a code."""
    return lambda lang: term(table, code, lang)


def status_of(code: str) -> Worded:
    """Return what says the word for a status."""
    return lambda lang: status_word(code, lang)


def plainly(make: Worded) -> str:
    """Return what ``make`` says in all languages as mere text, for where there are no elements."""
    return html_text(" · ".join(dict.fromkeys(make(lang) for lang in LANGUAGES)))


def link(text: str, url: str | None) -> str:
    """Return a link, where the address is a plain one; else both as text."""
    if not url:
        return html_text(text)
    if not PLAIN_URL.match(url):
        return html_text(f"{text} {url}".strip())
    return f'<a href="{html_text(url)}" rel="noreferrer">{html_text(text or url)}</a>'


def table_of(make: Callable[[Lang], Table], owners: Sequence[str] = ()) -> str:
    """Return a typed table, the same in all languages, as one of HTML.

    ``owners`` say for each line of cells whose it is, for what filters.
    """
    tables = [make(lang) for lang in LANGUAGES]
    first = tables[0]
    headings = [
        f'<th scope="col"{"" if column.left else _RIGHT}>{each_of([t.headings[n] for t in tables])}</th>'
        for n, column in enumerate(first.columns)
    ]
    rows, owned = [], iter(owners)
    for lines in zip(*(table.lines for table in tables), strict=True):
        if lines[0].heading is not None:
            text = each_of([line.heading or "" for line in lines])
            span = len(first.columns)
            rows.append(f'<tr class="head"><th colspan="{span}" scope="rowgroup">{text}</th></tr>')
        else:
            owner = next(owned, "")
            rows.append(f"<tr{_of(owner)}>{_cells(lines, first.left)}</tr>")
    body = "".join(rows)
    return (
        f'<div class="wide" tabindex="0"><table><thead><tr>{"".join(headings)}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


_RIGHT = ' class="number"'


def _of(owner: str) -> str:
    return f' data-of="{html_text(owner)}"' if owner else ""


def _cells(lines: Sequence[Line], left: Sequence[bool]) -> str:
    return "".join(
        _cell([line.cells[n] for line in lines], n, is_left=left[n]) for n in range(len(left))
    )


def _cell(cells: Sequence[Cell], column: int, *, is_left: bool) -> str:
    """Return one cell, with the number it is sorted by and the status it is coloured by."""
    text, value = each_of([cell.text for cell in cells]), cells[0].value
    by = f' data-by="{value!r}"' if isinstance(value, float | int) else ""
    by += f' data-is="{html_text(cells[0].code)}"' if cells[0].code else ""
    if column == 0:
        return f'<th scope="row"{by}>{text}</th>'
    return f"<td{'' if is_left else _RIGHT}{by}>{text}</td>"


def page_of(
    title: str,
    lang: Lang,
    switches: str,
    inner: str,
    styles: Iterable[str],
    scripts: Iterable[str] = (),
) -> str:
    """Return a page that needs nothing but itself, opened in ``lang``, and shows ``inner``.

    ``switches`` stand beside that of the language; styles and scripts are names of files.
    """
    style, script = _asset(styles), _asset(scripts)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{html_text(title)}</title><style>{style}</style></head><body>"
        f"{_languages(lang)}{switches}<main>{inner}</main>"
        f"{f'<script>{script}</script>' if script else ''}</body></html>\n"
    )


def _asset(names: Iterable[str]) -> str:
    folder = data_folder() / "page"
    return "".join((folder / name).read_text(encoding="utf-8") for name in names)


def _policy(style: str, script: str) -> str:
    """Allow the page's own style and script, by their hashes, and nothing else at all."""
    own = []
    for kind, text in (("style", style), ("script", script)):
        if text:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            own.append(f"{kind}-src 'sha256-{digest}'; ")
    return f"default-src 'none'; {''.join(own)}base-uri 'none'; form-action 'none'"


def _languages(chosen: Lang) -> str:
    """Return the switch, which works by style alone."""
    return "".join(
        f'<input class="unseen" type="radio" name="lang" value="{lang}" id="_{lang}"{" checked" * (lang == chosen)}>'
        f'<label class="lang" for="_{lang}" lang="{lang}">{term(words.PAGE, "language", lang)}</label>'
        for lang in LANGUAGES
    )
