"""The words for one code, in Chinese and English."""

from typing import NamedTuple


class Message(NamedTuple):
    """The words for one code; hints may be empty."""

    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""
