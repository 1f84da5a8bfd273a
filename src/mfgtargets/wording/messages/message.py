"""The words for one code, in Chinese and English."""

from typing import NamedTuple

from mfgtargets.wording.words import Lang, word


class Message(NamedTuple):
    """The words for one code; hints may be empty."""

    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""

    def what(self, lang: Lang) -> str:
        """Return what is the matter."""
        return word((self.zh, self.en), lang)

    def hint(self, lang: Lang) -> str:
        """Return what to do about it."""
        return word((self.hint_zh, self.hint_en), lang)
