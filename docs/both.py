"""Where a generated page goes: the English into ``docs/``, the Chinese into ``docs/zh/``."""

from collections.abc import Callable
from pathlib import Path

from mfgtargets.wording.words import Lang

DOCS = Path(__file__).parent
FOLDERS: dict[Lang, Path] = {"en": DOCS, "zh": DOCS / "zh"}


def titled(name: str, lang: Lang, title: tuple[str, str]) -> str:
    """Return the head of a page: its title (Chinese, English) and the way to the other language."""
    zh, en = title
    return f"# {en}\n\n[中文](zh/{name})\n" if lang == "en" else f"# {zh}\n\n[English](../{name})\n"


def write(name: str, page: Callable[[Lang], str]) -> None:
    """Write a page in both languages."""
    for lang, folder in FOLDERS.items():
        (folder / name).write_text(page(lang), encoding="utf-8")
