"""Word faults and left-out rows: place, excerpt, expected and found, hint."""

import errno
import os
from collections import defaultdict
from collections.abc import Mapping

from rich.cells import cell_len

from mfgtargets.faults import Fault, Place
from mfgtargets.harmless import text_of, visible
from mfgtargets.observations.observation import LeftOut, Tally
from mfgtargets.wording import words
from mfgtargets.wording.words import Lang, joined, say, term, word

_MOST_FAULTS = 50
_EXCERPT = 76


def faults_text(faults: tuple[Fault, ...], lang: Lang) -> str:
    """Return all faults as text, one after the other (after many, their number)."""
    blocks = [fault_text(fault, lang) for fault in faults[:_MOST_FAULTS]]
    if len(faults) > _MOST_FAULTS:
        blocks.append(say("more-faults", lang, count=len(faults) - _MOST_FAULTS))
    return "\n".join(blocks) + "\n"


def fault_text(fault: Fault, lang: Lang) -> str:
    """Return one fault as ``FILE:LINE:COL: error[code]: what`` and the lines that explain it."""
    message = words.FAULTS[fault.code]
    what = _filled(message, fault.details, lang)
    lines = [f"{_place(fault.place)}error[{fault.code}]: {what}"]
    lines += _excerpt(fault)
    if fault.details.get("expected") and "{expected}" not in message[0]:
        expected = term(words.NEEDED, fault.details["expected"], lang)
        lines.append(f"  {term(words.REMARKS, 'expected', lang)}: {expected}")
    advice = words.HINTS.get(fault.code)
    hints = [_filled(advice, fault.details, lang)] if advice else []
    if fault.details.get("near"):
        hints.append(say("nearest", lang, names=fault.details["near"]))
    if hints:
        lines.append(f"  {term(words.REMARKS, 'hint', lang)}: {joined('hints', hints, lang)}")
    return text_of(lines).removesuffix("\n")


def left_out_text(row: LeftOut, lang: Lang, note: str = "left-out") -> str:
    """Return why a row was left out, or is to be looked at, on one line."""
    what, details = _kind(row.reason, row.details, lang), row.details
    if row.reason in words.LEFT_OUT and (found := details.get("found")):
        what = say("of-kind", lang, what=what, found=_of_system(found, lang))
    expected, near = details.get("expected"), details.get("near")
    extra = [f"{term(words.REMARKS, 'expected', lang)} {expected}"] if expected else []
    extra += [say("nearest", lang, names=near)] if near else []
    advice = words.HINTS.get(row.reason)
    if advice and (details.get("line") or "{line}" not in advice[0]):
        extra.append(_filled(advice, details, lang))
    shown = f" ({'; '.join(extra)})" if extra else ""
    place = row.place
    if place.is_cell and not place.column:
        where = f"{place.file} {say('row', lang, number=place.line)}: "
    else:
        where = _place(place)
    return visible(f"{where}{note_text(note, lang)}[{row.reason}]: {what}{shown}")


def kinds_text(tally: Tally, lang: Lang) -> str:
    """Return how many rows there are of each reason, most first."""
    counts = tally.by_reason.most_common()
    return joined("words", (f"{_kind(reason, {}, lang)} {n}" for reason, n in counts), lang)


def _kind(reason: str, details: Mapping[str, str], lang: Lang) -> str:
    """Return what is wrong with a row, or with a side sheet as with any file."""
    kind = words.LEFT_OUT.get(reason)
    return word(kind, lang) if kind else _filled(words.FAULTS[reason], details, lang)


def note_text(code: str, lang: Lang, **details: str) -> str:
    """Return a note of the program about what it does."""
    return visible(_filled(words.NOTES[code], details, lang))


def _filled(message: words.Words, details: Mapping[str, str], lang: Lang) -> str:
    """Fill a message in; a missing detail is empty, a code or what the system says is put in words."""
    filled = defaultdict(str, details)
    if (usage := details.get("usage")) in words.USAGES:
        filled["usage"] = term(words.USAGES, str(usage), lang).format_map(filled)
    filled["metavar"] = term(words.METAVARS, filled["metavar"], lang)
    filled["found"] = _of_system(filled["found"], lang)
    return word(message, lang).format_map(filled)


def _of_system(text: str, lang: Lang) -> str:
    """Return our words for what the system calls an error; any other text as it is."""
    found = (name for number, name in errno.errorcode.items() if os.strerror(number) == text)
    return next((term(words.SYSTEM, one, lang) for one in found if one in words.SYSTEM), text)


def _place(place: Place | None) -> str:
    return "" if place is None else f"{place}: "


def _excerpt(fault: Fault) -> list[str]:
    """Return the line the fault is on, with the region marked under it."""
    place = fault.place
    if place is None or not place.line or not fault.excerpt:
        return []
    column = max(place.column, 1)
    start = max(0, column - 1 - _EXCERPT // 2) if column > _EXCERPT // 2 else 0
    shown = fault.excerpt[start : start + _EXCERPT]
    before = cell_len(visible(shown[: column - 1 - start]))
    marked = cell_len(visible(shown[column - 1 - start :][: fault.width])) or 1
    gutter = f"{place.line:>5} | "
    marker = [f"      | {' ' * before}{'^' * marked}"] if place.column else []
    return [gutter + shown, *marker]
