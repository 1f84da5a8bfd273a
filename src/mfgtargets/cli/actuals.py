"""Find and read the actuals of a check, and say what was left out."""

from collections import Counter
from collections.abc import Iterator, Sequence

from mfgtargets.cli import streams
from mfgtargets.document.library import bundled_actuals
from mfgtargets.document.records import Document
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.observations.csvfile import has_known_header, parse_observations
from mfgtargets.observations.decoding import decode
from mfgtargets.observations.match import Matched, match
from mfgtargets.observations.model import LeftOut, Observation
from mfgtargets.observations.tables import first_line
from mfgtargets.report.results import Actuals
from mfgtargets.report.words import Lang

BUNDLED = "bundled"
_TOLD = 20  # rows left out that a check tells one by one; read tells all


def read_actuals(
    document: Document,
    names: Sequence[str],
    lang: Lang,
    *,
    encoding: str | None = None,
    strict: bool = False,
    every: bool = False,
) -> Actuals:
    """Read the named actuals, else a piped standard input that holds data, else the bundled.

    Rows left out are told on standard error, of many only the first unless ``every`` is wanted.
    Raises ``InputError`` when nothing is left, and with ``strict`` when anything but a blank is
    left out.
    """
    given: list[Observation] = []
    left_out: list[LeftOut] = []
    sources: list[str] = []
    for source, place, text in _texts(document, names, lang, encoding):
        observations, blanks = parse_observations(text, place)
        given += observations
        left_out += blanks
        sources.append(source)
    matched = match(given, document)
    left_out += matched.left_out
    _tell(left_out, matched, lang, len(left_out) if every else _TOLD)
    refused = [row for row in left_out if row.reason != "blank-value"]
    if strict and refused:
        raise InputError([fault("left-out", Place(", ".join(sources)), found=len(refused))])
    if sources and not matched.observations:
        raise InputError([fault("nothing-left", Place(", ".join(sources)))])
    return Actuals(tuple(sources), tuple(matched.observations), tuple(left_out))


def _texts(
    document: Document, names: Sequence[str], lang: Lang, encoding: str | None
) -> Iterator[tuple[str, str, str]]:
    """Yield name, place and text of each table of actuals."""
    if names.count(streams.STDIN) > 1:
        raise InputError([fault("input-twice")])
    piped = "" if names else _implicit_input(lang, encoding)
    if piped:
        yield streams.STDIN, streams.STDIN, piped
        return
    if names and streams.STDIN not in names and streams.holds_unread_data():
        _note("not-read", lang)
    for name in names or (BUNDLED,):
        if name == BUNDLED:
            path = bundled_actuals(document)
            if path is not None:
                yield name, str(path), decode(path.read_bytes(), str(path))
        elif name == streams.STDIN:
            raw = streams.read_stdin(lang)
            if not raw.strip():
                raise InputError([fault("empty-input")])
            yield name, name, decode(raw, name, encoding)
        else:
            yield name, name, decode(streams.read_file(name), name, encoding)


def _implicit_input(lang: Lang, encoding: str | None) -> str:
    """Return what was piped in without being asked for; empty when there is nothing in it."""
    if not streams.is_piped():
        return ""
    raw = streams.read_stdin(lang)
    if not raw.strip():
        return ""
    text = decode(raw, streams.STDIN, encoding)
    if not has_known_header(text):
        raise InputError([fault("unknown-input", found=first_line(text)[:60])])
    return text


def _tell(left_out: Sequence[LeftOut], matched: Matched, lang: Lang, most: int) -> None:
    """Say on standard error what was not used, and how signs were read."""
    if left_out:
        from mfgtargets.report.faults import left_out_text

        for row in left_out[:most]:
            streams.say(left_out_text(row, lang))
    if left_out[most:]:
        counts = Counter(row.reason for row in left_out[most:])
        reasons = ", ".join(f"{reason} {count}" for reason, count in counts.items())
        _note("more-left-out", lang, found=str(len(left_out) - most), reasons=reasons)
    for code, read in (("fall", matched.read_as_fall), ("rise", matched.read_as_rise)):
        for observation in read:
            place = observation.place
            found = f"{place.file}:{place.line}: {observation.indicator}"
            _note(f"read-as-{code}", lang, found=found, value=observation.text.lstrip("+-"))


def tell_revisions(revised: Sequence[tuple[Observation, Observation]], lang: Lang) -> None:
    """Say on standard error which values were revised, from what to what."""
    for old, new in revised:
        found = f"{new.indicator} {new.period}"
        _note(
            "revised", lang, found=found, old=f"{old.bound}{old.text}", new=f"{new.bound}{new.text}"
        )


def _note(code: str, lang: Lang, **details: str) -> None:
    from mfgtargets.report.faults import note_text

    streams.say(note_text(code, lang, **details))
