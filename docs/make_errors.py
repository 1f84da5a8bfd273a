"""Write ``errors.md`` from the mistakes the tests try: ``python docs/make_errors.py``."""

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest import mock

from both import DOCS, titled, write

from mfgtargets.cli.app import run
from mfgtargets.wording.words import FAULTS, Lang

sys.path.append(str(DOCS.parent / "tests"))
from mistakes import CALLS, GOOD, PLANS

PAGE = "errors.md"
TITLE = "错误一览", "Errors, each with its smallest input"
INTRODUCTION = (
    (
        "每个错误代码一个最小的例子和程序说的话,由 `python docs/make_errors.py` 从测试所用的错误生成。"
        "规划的例子都是改动下面这份没有错的规划。"
    ),
    (
        "The smallest input of each code and what the program says of it, made by `python docs/make_errors.py` "
        "from the mistakes that the tests try. Those in plans are changes to this one, which is good."
    ),
)
INSTEAD = "把", "改成:", "Instead of", "write"
REST = (
    "## 没有小例子的\n\n要有大文件、压缩文件、数据框或特别的环境才会出现,含义见[codes.md](codes.md):",
    (
        "## Without a small example\n\nThey take a large or a packed file, or an odd system; what they mean is "
        "in [codes.md](codes.md):"
    ),
)

Files = Mapping[str, str | bytes]


def page(lang: Lang) -> str:
    """Return the page in a language."""
    at = ("zh", "en").index(lang)
    cases = {code: list(change_of(old, new, at)) for old, new, code, _ in reversed(PLANS)}
    calls = {code: (command, files) for code, command, files in reversed(CALLS)}
    files: Files
    for old, new, code, _ in reversed(PLANS):
        calls[code] = "validate plan.yaml", {"plan.yaml": GOOD.replace(old, new)}
    parts = [titled(PAGE, lang, TITLE).rstrip(), INTRODUCTION[at], block(GOOD)]
    for code in (code for code in FAULTS if code in calls):
        command, files = calls[code]
        shown = cases.get(code) or [block(text, name) for name, text in files.items()]
        said = block(f"$ mfgtargets {command}\n{message(code, command, files, lang)}")
        parts += [f"## `{code}`", *shown, said]
    rest = " ".join(f"`{code}`" for code in FAULTS if code not in calls)
    return "\n\n".join([*parts, REST[at], rest]) + "\n"


def change_of(old: str, new: str, at: int) -> Iterator[str]:
    """Say what to write instead of what in the good plan."""
    yield from (INSTEAD[2 * at], block(old), INSTEAD[2 * at + 1], block(new))


def block(text: str | bytes, name: str = "") -> str:
    """Return a text as it stands, what cannot be seen of it as codes, under its name."""
    if isinstance(text, bytes):
        text = repr(text)[2:-1]
    seen = "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text).rstrip("\n")
    return (f"`{name}`\n\n" if name else "") + f"```text\n{seen}\n```"


def message(code: str, command: str, files: Files, lang: Lang) -> str:
    """Run a command on files in an empty folder and return what it says of a code."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name).resolve()
        for file, text in files.items():
            path = folder / file
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        out, err, stdin = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(3))
        streams = contextlib.ExitStack()
        streams.enter_context(mock.patch.dict(os.environ, {"MFGTARGETS_LANG": lang}))
        streams.enter_context(mock.patch.multiple(sys, stdin=stdin, stdout=out, stderr=err))
        with streams:
            run(command.split())
        err.flush()
        lines = err.buffer.getvalue().decode().replace(f"{folder}{os.sep}", "").splitlines()
    first = next(n for n, line in enumerate(lines) if f"[{code}]: " in line)
    last = next((n for n in range(first + 1, len(lines)) if lines[n][:1] != " "), len(lines))
    return "\n".join(lines[first:last])


if __name__ == "__main__":
    write(PAGE, page)
