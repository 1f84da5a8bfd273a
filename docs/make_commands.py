"""Make docs/commands.md from the program's own help: ``python docs/make_commands.py``."""

import contextlib
import io
import os
from pathlib import Path

import typer

from mfgtargets.cli.app import commands, run

INTRODUCTION = """\
# Commands · 命令

Made from the program by `python docs/make_commands.py`.

**Settings**: the long name of any option can be a default in `mfgtargets.toml`, or under `[tool.mfgtargets]` in
`pyproject.toml`; so can `document` and `actuals`. A table of a command's name is for that command alone. Flags come
before the environment (`MFGTARGETS_LANG`, `MFGTARGETS_PATH`), that before the file. The file is looked for from the
working directory up to the root of its repository (without one, in the working directory alone). It never says where
output goes, and names files only within its own folder. One that belongs to another user is not used, which is told;
containers often check out as another user: there, name it with `--settings FILE`. `--no-settings` uses none.

```toml
lang = "en"
targets-dir = ["plans"]
tolerance = 3

[check]
document = "shaoxing-2025"
actuals = ["actuals/shaoxing.csv"]
fail-on = "lagging"
```

**Completion**: `mfgtargets --install-completion` completes commands, options, documents and indicators in your shell.
"""


def help_of(*names: str) -> str:
    """Return the help of a command, 100 columns wide."""
    os.environ["COLUMNS"] = "100"
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        run([*names, "--help"])
    return out.getvalue().strip()


def page() -> str:
    """Return the page."""
    group = typer.main.get_command(commands())
    names: list[tuple[str, ...]] = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        names += [(name, one) for one in inner] if inner else [(name,)]
    blocks = [f"\n## {' '.join(name)}\n\n```text\n{help_of(*name)}\n```\n" for name in names]
    return INTRODUCTION + "".join(blocks)


if __name__ == "__main__":
    Path(__file__).with_name("commands.md").write_text(page(), encoding="utf-8")
