"""Find the actuals of a check on the command line, and say what was left out of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import BinaryIO

import mfgtargets as mt
from mfgtargets.cli import inputs, streams
from mfgtargets.cli.options import Tables
from mfgtargets.defaults import BUNDLED, STDIN
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError, fault
from mfgtargets.observations.actuals import (
    Actuals,
    Source,
    UnusableError,
    file_source,
    stream_source,
)
from mfgtargets.observations.files import is_blank
from mfgtargets.observations.hints import Hints, indicator_of
from mfgtargets.observations.observation import LeftOut
from mfgtargets.observations.readers import is_table
from mfgtargets.wording.complaints import kinds_text, left_out_text, note_text
from mfgtargets.wording.words import Lang


def read_actuals(
    document: Document,
    names: Sequence[str],
    lang: Lang,
    tables: Tables,
    *,
    every: bool = False,
    leave_out: Callable[[LeftOut], None] | None = None,
) -> Actuals:
    """Read the named actuals, else a piped standard input that holds data, else the bundled.

    What is left out is told on standard error: by reason a few examples of what should be looked at
    (``every``: of all), and the numbers; ``leave_out`` is told each row. Raises ``InputError`` when
    nothing is left, and with ``--strict`` when a row is left out that should be looked at.
    """
    with ExitStack() as stack:
        sources = list(_sources(names, lang, tables, stack))
        try:
            actuals = mt.read_actuals(
                document,
                sources,
                names=tables.names,
                regions=tables.region or (),
                region_table=tables.regions,
                strict=tables.strict,
                leave_out=leave_out,
            )
        except UnusableError as error:
            _tell(error.actuals, lang, document.entry.region, every=every)
            raise
    _tell(actuals, lang, document.entry.region, every=every)
    return actuals


def _sources(
    names: Sequence[str], lang: Lang, tables: Tables, stack: ExitStack
) -> Iterator[Source | str]:
    """Yield the sources that are named, or found on standard input, or the bundled."""
    said = tables.hints

    def hints(name: str) -> Hints:
        return said._replace(indicator=indicator_of(tables.indicator_name, name, names or (STDIN,)))

    if names.count(STDIN) > 1:
        raise InputError([fault("input-twice")])
    if not names and (piped := _piped(lang, hints(STDIN), stack)):
        yield piped
        return
    if names and STDIN not in names and inputs.holds_unread_data():
        _note("not-read", lang)
    for name in names or (BUNDLED,):
        if name == BUNDLED:
            yield name
        elif name == STDIN:
            stream = stack.enter_context(inputs.standard_input(lang))
            if is_blank(stream):
                raise InputError([fault("empty-input")])
            yield stream_source(STDIN, inputs.name_of(STDIN, lang), stream, hints(name))
        else:
            yield file_source(name, name, partial(inputs.opened, name), hints(name))


def _piped(lang: Lang, hints: Hints, stack: ExitStack) -> Source | None:
    """Return what was piped in without being asked for; None where there is nothing in it."""
    if not inputs.is_piped():
        return None
    stream: BinaryIO = stack.enter_context(inputs.standard_input(lang))
    if is_blank(stream):
        return None
    if not is_table(stream, inputs.name_of(STDIN, lang), hints):
        first = stream.readline().decode(errors="replace").strip()
        raise InputError([fault("unknown-input", found=first[:60])])
    return stream_source(STDIN, inputs.name_of(STDIN, lang), stream, hints)


def _tell(actuals: Actuals, lang: Lang, region: str, *, every: bool) -> None:
    """Say on standard error what should be looked at of what was left out, and count all of it.

    Rows left out as a matter of course are told where there is nothing else.
    """
    tally, doubts = actuals.left_out, actuals.doubts
    for row in tally.examples(every=every or not actuals.used):
        streams.say(left_out_text(row, lang))
    if tally.total:
        _note("all-left-out", lang, found=str(tally.total), reasons=kinds_text(tally, lang))
    for row in doubts.first:
        streams.say(left_out_text(row, lang, "doubt"))
    if doubts.total > len(doubts.first):
        _note("all-doubts", lang, found=str(doubts.total), reasons=kinds_text(doubts, lang))
    for place in actuals.without_region:
        _note("no-region", lang, found=place.file, region=region)
    for name, place in actuals.read_as_region:
        _note("read-as-region", lang, found=str(place), name=name, region=region)
    for code, read in (("fall", actuals.read_as_fall), ("rise", actuals.read_as_rise)):
        for observation in read:
            found = f"{observation.place}: {observation.indicator}"
            _note(f"read-as-{code}", lang, found=found, value=observation.text.lstrip("+-"))


def tell_of(check: mt.Check, lang: Lang) -> None:
    """Say on standard error which values were revised or published too late, and whose are not listed."""
    from mfgtargets.observations.vintages import told

    listed = {check.document.entry.region, *check.regions}
    within = [one for one in dict.fromkeys(o.region for o in check.given.used) if one not in listed]
    if within:
        names = ", ".join(within[:5])
        _note("regions-within", lang, found=str(len(within)), names=names)
    for old, new in check.revised:
        found = f"{new.indicator} {new.period}"
        _note("revised", lang, found=found, old=told(old), new=told(new))
    if check.later:
        years = str(min(int(observation.vintage[:4]) for observation in check.later) - 1)
        _note(
            "later-vintage", lang, found=str(len(check.later)), as_of=str(check.as_of), year=years
        )


def _note(code: str, lang: Lang, **details: str) -> None:
    streams.say(note_text(code, lang, **details))
