"""What an English clause measures: the words before its number, else those behind."""

import re

_INTRO = re.compile(
    r"\A.{0,50}?\b(?:propos\w+|aims?|targets?|ensures?|seeks?|commit\w*|goal|ambition|objective|decid\w+)\b"
    r"[^,;]{0,30}?\b(?:that|for|to)\b[, ]*",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\A(?:(?:and|to|we|will|by|also|the)\s+)*(?:(?:increas|reduc|cut|rais|lower|grow|expand|achiev|reach|keep|hold|limit"
    r"|bring|doubl|tripl|halv|boost|deliver|install|build|creat|train|produc|generat|deploy|add|renovat|connect)\w*\s+)",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\s(?:should|shall|will|must|needs? to|is|are|to (?:be|reach|rise|fall|grow)|rises?|falls?|grows?|reach\w*"
    r"|cover\w*|account\w*|make up|exceed\w*|(?:(?:from|by|to|at|below|above)\s[^,]{0,60}\d.*))\b.*\Z"
    r"|(?<![\s,])[\s,]+\Z",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?<!\s)(?:\s*(?:,|\b(?:of|to|by|at|from|the|a|an|least|below|above|than|more|and|with|some|additional|new|further))(?=\s|\Z)){1,6}\Z"
)
_ENDS = re.compile(
    r"[,;:.(]|\s(?:by|in|from|compared|relative|between|over|with|and)\s.*|\s(?:annually|each|per|every)\b.*|\Z"
)
_LEADS = re.compile(r"\A(?:of\s+)?(?:(?:the|those|new|additional)\s+)*")
_NO_NAME = re.compile(
    r"\A(?:|[A-Z]\S*|there|we|it|and|then|this|(?:so )?that|while|rising|falling|up|down|from .*)\Z"
)


def subject(led: str, behind: str, earlier: str) -> str:
    """Return the words that lead to a number as a name, without verbs; else the things that it counts.

    ``earlier`` is the name of the number before it in the clause, which counts for it too.
    """
    led = led.rpartition(" and ")[2] if earlier else led
    before = _VERB.sub("", _INTRO.sub("", led.strip(" ,;")))
    before = _TAIL.sub("", _MODAL.sub("", before)).strip(" ,;:•-")
    if not _NO_NAME.match(before):
        return before
    if earlier:
        return earlier
    after = _ENDS.split(behind.strip(), maxsplit=1)[0]
    return _LEADS.sub("", _TAIL.sub("", after)).strip(" ,;:") or before
