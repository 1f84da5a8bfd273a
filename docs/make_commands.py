"""Write ``commands.md`` from the program's own help: ``python docs/make_commands.py``."""

import contextlib
import io

import typer
from both import titled, write

from mfgtargets.cli.app import commands, run
from mfgtargets.wording.words import Lang

PAGE = "commands.md"
SETTINGS = """
```toml
lang = "en"
targets-dir = ["plans"]
tolerance = 3

[check]
document = "shaoxing-2025"
actuals = ["actuals/shaoxing.csv"]
fail-on = "lagging"

[documents.jinhua-2022]
baseline_year = 2019  # of which your own actuals have a value
```
"""
CHINESE = """
本页由 `python docs/make_commands.py` 从程序生成。

**设置**:任何选项的长名都可以在 `mfgtargets.toml`(或 `pyproject.toml` 的 `[tool.mfgtargets]`)中设默认值,`document` 和
`actuals` 也可以;以命令为名的表只用于该命令。设了 `document`,命令行上就可以不写规划文件:`mfgtargets track 指标`、
`mfgtargets read 表.csv`。命令行上的选项优先于环境变量(`MFGTARGETS_LANG`、`MFGTARGETS_PATH`),环境变量优先于设置文件。
设置文件从当前文件夹向上找,直到所在仓库的根(没有仓库则只看当前文件夹)。它不能决定输出写到哪里,所指的文件只能在它自己的文件夹
里。属于另一个用户的设置文件不采用,并会说明;容器检出的文件常属于另一个用户,这时用 `--settings 文件` 指明。
`--no-settings` 不用设置文件。
"""
ENGLISH = """
This page is made from the program by `python docs/make_commands.py`.

**Settings**: the long name of any option can be a default in `mfgtargets.toml`, or under `[tool.mfgtargets]` in
`pyproject.toml`; so can `document` and `actuals`. A table of a command's name is for that command alone. Where
`document` is set, the command line need not name it: `mfgtargets track INDICATOR`, `mfgtargets read table.csv`. Flags
come before the environment (`MFGTARGETS_LANG`, `MFGTARGETS_PATH`), that before the file. The file is looked for from
the working directory up to the root of its repository (without one, in the working directory alone). It never says
where output goes, and names files only within its own folder. One that belongs to another user is not used, which is
told; containers often check out as another user: there, name it with `--settings FILE`. `--no-settings` uses none.
"""
COMPLETIONS = (
    "\n**补全**:`mfgtargets --install-completion` 为终端装上命令、选项、规划文件和指标的补全。\n",
    "\n**Completion**: `mfgtargets --install-completion` completes commands, options, documents and indicators.\n",
)


def help_of(lang: Lang, *names: str) -> str:
    """Return the help of a command in a language."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        run([*names, "--help", "--lang", lang])
    return out.getvalue().strip()


def page(lang: Lang) -> str:
    """Return the page in a language."""
    group = typer.main.get_command(commands())
    names: list[tuple[str, ...]] = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        names += [(name, one) for one in inner] if inner else [(name,)]
    at = ("zh", "en").index(lang)
    parts = [
        titled(PAGE, lang, ("命令", "Commands")),
        (CHINESE, ENGLISH)[at],
        SETTINGS,
        COMPLETIONS[at],
        *(f"\n## {' '.join(name)}\n\n```text\n{help_of(lang, *name)}\n```\n" for name in names),
    ]
    return "".join(parts)


if __name__ == "__main__":
    write(PAGE, page)
