"""The names an indicator goes by: ids, names, aliases and codes of a document, and a file of names."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from mfgtargets.document.records import Document
from mfgtargets.faults import Fault, InputError, Place, fault, nearest
from mfgtargets.notation.cells import split_unit
from mfgtargets.notation.codes import parts_of
from mfgtargets.observations.decoding import decode
from mfgtargets.observations.measures import Said, said_by
from mfgtargets.observations.observation import Admission, Refusal
from mfgtargets.observations.regions import LEVELS

Found = tuple[str, Said]  # an indicator's id, and what the end of the name says besides
_QUOTES = str.maketrans("", "", "“”‘’\"'《》")
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十0-9]{1,3}(?:[)）]|[、.．](?![0-9]))|[①-⑳]")
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_WHOLE = re.compile(rf"全[{LEVELS}](?=.)")
_MOST_NEAREST = 20  # beyond that many unknown rows no nearest name is looked for
_REMEMBERED = 10_000  # names whose lookup is remembered


def folded_name(name: str) -> str:
    """Return a name in half-width characters, without white space, case, quotation marks and unit.

    The unit may stand in brackets at its end, or after an underscore (``GDP_亿元``); 规模以上 is
    short as the documents have it, 规上; a number in front (一、, 1., ①) is the table's.
    """
    bare = split_unit(_NUMBERED.sub("", name))[0]
    return bare.casefold().translate(_QUOTES).replace("规模以上", "规上")


def known_names(
    document: Document, given: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Map every id, name, alias and code of an indicator, folded, to its id.

    ``given`` are names from a file of names, which come first. 全市 and the like before a name of the
    document make no difference.
    """
    entries = document.entry.indicators
    pairs = [(name, t.indicator) for t in document.targets for name in (t.name_zh, t.name_en)]
    pairs += [(name, entry.id) for entry in entries for name in (*entry.aliases, *entry.codes)]
    pairs = [(folded_name(name), indicator) for name, indicator in pairs]
    names: dict[str, str] = {}
    for some in (pairs, [(_WHOLE.sub("", name, 1), indicator) for name, indicator in pairs]):
        owners: dict[str, set[str]] = {}
        for name, indicator in some:
            owners.setdefault(name, set()).add(indicator)
        names = {name: one for name, (one, *more) in owners.items() if not more} | names
    names |= {folded_name(indicator): indicator for indicator in document.indicators}
    return names | {folded_name(name): indicator for name, indicator in given.items()}


def finder(document: Document, given: Mapping[str, str]) -> Callable[[str], Found | None]:
    """Return what finds the indicator that a name means; None where it is none of the document's.

    The document's region before a name (绍兴市, 全市, 绍兴市:) makes no difference, and the end of a name may
    say what its values are (甲产值_累计值).
    """
    names = known_names(document, given)
    region = document.entry.region
    bare = region[:-1] if region[-1] in LEVELS and len(region) > 2 else region
    fronts = {region, bare, f"全{region[-1]}"}
    longest_first = sorted(map(re.escape, fronts), key=len, reverse=True)
    own = re.compile(f"(?:{'|'.join(longest_first)}):?(?=.)", re.IGNORECASE)

    @lru_cache(_REMEMBERED)
    def find(name: str) -> Found | None:
        for part in parts_of(name):
            said = said_by(part)
            for form, end in ((part, said._replace(measure=None)), (said.name, said)):
                folded = folded_name(form)
                for one in (folded, own.sub("", folded, 1) if own.match(folded) else folded):
                    if one in names:
                        return names[one], end
        return None

    return find


def admission(
    document: Document,
    find: Callable[[str], Found | None],
    place_of: Callable[[Found | None, str], str | Refusal],
) -> Admission:
    """Return what tells why an indicator is none of the document's, or a region not wanted."""
    near: dict[str, dict[str, str]] = {}  # the nearest names of the first few that are unknown
    known = {name: t.indicator for t in document.targets for name in (t.name_zh, t.indicator)}

    @lru_cache(_REMEMBERED)
    def of_indicator(name: str) -> tuple[str, dict[str, str]] | None:
        if find(name) is not None:
            return None
        if len(near) < _MOST_NEAREST:
            quoted = f'"{name}"' if "," in name else name
            near[name] = {
                "near": "".join(one := nearest(name, known, 1)),
                "line": "".join(f"{quoted},{known[n]}" for n in one),
            }
        return "unknown-indicator", {"found": name, "near": "", **near.get(name, {})}

    def refusal(indicator: str, region: str) -> Refusal | None:
        found = place_of(find(indicator), region)
        return of_indicator(indicator) if isinstance(found, str) else found

    return refusal


def read_names(raw: bytes, name: str, document: Document) -> dict[str, str]:
    """Read a file of names: a line a name of theirs, a comma, and the id or name of an indicator.

    Ids of other documents do no harm: one file may serve them all. Raises ``InputError`` for lines of
    another form, what is no indicator, and a name given to two.
    """
    known = known_names(document)
    names: dict[str, str] = {}
    faults: list[Fault] = []
    reader = csv.reader(io.StringIO(decode(raw, name), newline=""))
    for row in reader:
        place = Place(name, reader.line_num)
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#") or cells == ["name", "indicator"]:
            continue
        if len(cells) != 2 or not all(cells):
            faults.append(fault("names-line", place, found=",".join(cells)[:80]))
            continue
        indicator = known.get(folded_name(cells[1]), "") or cells[1]
        if indicator not in document.indicators and not _ID.match(indicator):
            near = ", ".join(nearest(cells[1], document.indicators, 1))
            faults.append(fault("no-such-indicator", place, found=cells[1], near=near))
        elif names.setdefault(cells[0], indicator) != indicator:
            faults.append(fault("name-twice", place, found=cells[0], expected=names[cells[0]]))
    if faults:
        raise InputError(faults)
    return {name: one for name, one in names.items() if one in document.indicators}
