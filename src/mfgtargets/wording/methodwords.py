"""What the status methods and their statuses are called: collected from the methods themselves."""

from mfgtargets.methods import METHODS
from mfgtargets.wording.words import Lang, word


def name_of_method(code: str, lang: Lang) -> str:
    """Return what people call a method."""
    return word(METHODS[code].name, lang)


def status_word(status: str, lang: Lang) -> str:
    """Return the words for any method's status; the code itself where no method has it."""
    found = (method.words[status] for method in METHODS.values() if status in method.words)
    return word(next(found, (status, status)), lang)
