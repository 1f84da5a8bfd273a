"""Find and read the actuals of a check, and say what was left out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import partial
from typing import BinaryIO, NamedTuple

from mfgtargets.cli import inputs, streams
from mfgtargets.document.library import bundled_actuals
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.observations.headers import Hints
from mfgtargets.observations.match import Matched, Matcher
from mfgtargets.observations.observation import LeftOut, Observation, Tally
from mfgtargets.observations.parse import read_observations
from mfgtargets.observations.readers import is_table
from mfgtargets.observations.vintages import told
from mfgtargets.evaluation.results import Actuals
from mfgtargets.wording.words import Lang

BUNDLED = "bundled"
_TOLD = 20  # rows left out that a check tells one by one; read tells all


def read_actuals(
    document: Document,
    names: Sequence[str],
    lang: Lang,
    hints: Hints,
    *,
    strict: bool = False,
    every: bool = False,
) -> Actuals:
    """Read the named actuals, else a piped standard input that holds data, else the bundled.

    What is left out is told on standard error: the first rows that should be looked at and the
    numbers of all, or with ``every`` each row as it comes. Raises ``InputError`` when nothing is
    left, and with ``strict`` when a row is left out that should be looked at.
    """
    tally = Tally()
    leave_out = _telling(tally, lang) if every else tally.add
    with ExitStack() as stack:
        inputs_used = _inputs(document, names, lang, hints, stack)
        matcher = Matcher(document)
        matched = matcher.match(_read(inputs_used, matcher, leave_out), leave_out)
    if not every:
        _tell(tally, lang, with_ordinary=not matched.observations)
    _tell_readings(matched, document.entry.region, lang)
    sources = tuple(used.source for used in inputs_used)
    place = Place(", ".join(sources))
    if strict and tally.questionable:
        raise InputError([fault("left-out", place, found=tally.questionable)])
    if sources and not matched.observations:
        raise InputError([fault("nothing-left", place)])
    return Actuals(sources, tuple(matched.observations), tally)


class _Input(NamedTuple):
    """One input: what the report calls it, what messages call it, and how it is opened and read."""

    source: str
    place: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    hints: Hints


def _read(
    used: Iterable[_Input], matcher: Matcher, leave_out: Callable[[LeftOut], None]
) -> Iterator[Observation]:
    """Yield the observations of all tables of all inputs, one at a time."""
    for one in used:
        with one.open() as stream:
            for item in read_observations(stream, one.place, one.hints, matcher.admit):
                if isinstance(item, LeftOut):
                    leave_out(item)
                else:
                    yield item


def _inputs(
    document: Document, names: Sequence[str], lang: Lang, hints: Hints, stack: ExitStack
) -> list[_Input]:
    """Return the inputs that are named, or found on standard input, or come with the document."""
    if names.count(inputs.STDIN) > 1:
        raise InputError([fault("input-twice")])
    if not names and (piped := _piped(lang, hints, stack)):
        return [piped]
    if names and inputs.STDIN not in names and inputs.holds_unread_data():
        _note("not-read", lang)
    found = []
    for name in names or (BUNDLED,):
        if name == BUNDLED:
            path = bundled_actuals(document)
            if path is not None:
                found.append(_Input(name, str(path), partial(inputs.opened, str(path)), Hints()))
        elif name == inputs.STDIN:
            stream = stack.enter_context(inputs.standard_input(lang))
            if _is_blank(stream):
                raise InputError([fault("empty-input")])
            found.append(_standard_input(stream, hints))
        else:
            found.append(_Input(name, name, partial(inputs.opened, name), hints))
    return found


def _piped(lang: Lang, hints: Hints, stack: ExitStack) -> _Input | None:
    """Return what was piped in without being asked for; None where there is nothing in it."""
    if not inputs.is_piped():
        return None
    stream = stack.enter_context(inputs.standard_input(lang))
    if _is_blank(stream):
        return None
    if not is_table(stream, inputs.STDIN, hints):
        first = stream.readline().decode(errors="replace").strip()
        raise InputError([fault("unknown-input", found=first[:60])])
    return _standard_input(stream, hints)


def _standard_input(stream: BinaryIO, hints: Hints) -> _Input:
    return _Input(inputs.STDIN, inputs.STDIN, lambda: nullcontext(stream), hints)


def _is_blank(stream: BinaryIO) -> bool:
    """Tell whether there is nothing but white space in a stream, and rewind it."""
    blank = not any(block.strip() for block in iter(lambda: stream.read(1 << 16), b""))
    stream.seek(0)
    return blank


def _telling(tally: Tally, lang: Lang) -> Callable[[LeftOut], None]:
    """Return what counts a row that is left out, and tells it."""
    from mfgtargets.wording.complaints import left_out_text

    def leave_out(row: LeftOut) -> None:
        tally.add(row)
        streams.say(left_out_text(row, lang))

    return leave_out


def _tell(tally: Tally, lang: Lang, *, with_ordinary: bool) -> None:
    """Say on standard error what should be looked at of what was left out, and count all of it.

    ``with_ordinary`` tells some of the rest too, where it is all there was.
    """
    if not tally.total:
        return
    from mfgtargets.wording.complaints import left_out_text

    for row in [*tally.first[:_TOLD], *(tally.ordinary if with_ordinary else ())]:
        streams.say(left_out_text(row, lang))
    counts = ", ".join(f"{reason} {count}" for reason, count in tally.by_reason.most_common())
    _note("all-left-out", lang, found=str(tally.total), reasons=counts)


def _tell_readings(matched: Matched, region: str, lang: Lang) -> None:
    """Say on standard error how regions and signs were read."""
    for name, place in matched.read_as_region.items():
        _note("read-as-region", lang, found=str(place), name=name, region=region)
    for code, read in (("fall", matched.read_as_fall), ("rise", matched.read_as_rise)):
        for observation in read:
            found = f"{observation.place}: {observation.indicator}"
            _note(f"read-as-{code}", lang, found=found, value=observation.text.lstrip("+-"))


def tell_later(later: Sequence[Observation], as_of: int, lang: Lang) -> None:
    """Say on standard error how many values were published too late to be used."""
    if later:
        years = str(min(int(observation.vintage[:4]) for observation in later) - 1)
        _note("later-vintage", lang, found=str(len(later)), as_of=str(as_of), year=years)


def tell_revisions(revised: Sequence[tuple[Observation, Observation]], lang: Lang) -> None:
    """Say on standard error which values were revised, from what to what, and by whom."""
    for old, new in revised:
        found = f"{new.indicator} {new.period}"
        _note("revised", lang, found=found, old=told(old), new=told(new))


def _note(code: str, lang: Lang, **details: str) -> None:
    from mfgtargets.wording.complaints import note_text

    streams.say(note_text(code, lang, **details))
