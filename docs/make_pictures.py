"""Make the pictures of the pages with the program: ``python docs/make_pictures.py``.

The page with charts is photographed by ``chromium``, which must be installed.
"""

import html
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from both import FOLDERS
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mfgtargets.wording.words import Lang

DOCUMENT, INDICATOR, WIDTH = "china-14fyp-2025", "high_value_patents", 92
LINES = 30  # of the table
PLAIN = re.sub(
    r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL
)  # fetch nothing


def printed(lang: Lang, *asked: str) -> str:
    """Return what the program prints on a terminal."""
    colours = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": str(WIDTH)}
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | colours
    command = [sys.executable, "-m", "mfgtargets", *asked, "--lang", lang]
    done = subprocess.run(command, env=environment, check=True, capture_output=True)
    return done.stdout.decode()


def _as_wide(found: re.Match[str]) -> str:
    """Give a text the width of its cells: Rich counts a Chinese character as one."""
    width = 12.2 * cell_len(html.unescape(found[2]))
    return f'textLength="{width:g}"{found[1]}>{found[2]}<'


def table(lang: Lang, picture: Path) -> None:
    """Draw the beginning of a gap table as it stands on a terminal."""
    text = printed(lang, "check", DOCUMENT, "--as-of", "2022")
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere)
        for line in text.splitlines()[:LINES]:
            console.print(Text.from_ansi(line))
    title = f"mfgtargets check {DOCUMENT} --as-of 2022"
    drawn = console.export_svg(title=title, code_format=PLAIN, unique_id="table")
    drawn = re.sub(r'textLength="[^"]*"([^>]*)>([^<]*)<', _as_wide, drawn)
    picture.write_text(re.sub(r"[ \t]+$", "", drawn, flags=re.MULTILINE), encoding="utf-8")


def photograph(lang: Lang, picture: Path) -> None:
    """Take a picture of the top of the page with charts."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        printed(lang, "report", DOCUMENT, "-o", str(page))
        size = ["--window-size=1000,1100", "--hide-scrollbars", "--force-device-scale-factor=1"]
        chromium = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", *size]
        command = [*chromium, f"--screenshot={picture}", page.as_uri()]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def main() -> None:
    """Make all pictures in both languages."""
    for lang, folder in FOLDERS.items():
        table(lang, folder / "table.svg")
        printed(lang, "track", DOCUMENT, INDICATOR, "-o", str(folder / "chart.svg"))
        photograph(lang, folder / "page.png")


if __name__ == "__main__":
    main()
