"""A draft as the indicators and targets of a target file, with what is unsure of each."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from mfgtargets.document.entries import Nature
from mfgtargets.document.kinds import Direction
from mfgtargets.document.records import Document, TextSource
from mfgtargets.document.records import Target as Record
from mfgtargets.drafting.found import Found
from mfgtargets.drafting.joining import bare
from mfgtargets.drafting.outline import tidy
from mfgtargets.drafting.relative import is_same
from mfgtargets.notation.convert import is_unit

_LARGEST, _LARGEST_RATE = 1e15, 1e4  # what a target file takes
_SIZES = {"growth_rate", "cumulative_change"}
_WHOLE = 100.0  # per cent: nothing is left
_FIRST, _LAST = 1949, 2100  # years that a target file takes
_UPWARD, _DOWNWARD = {"ge", "gt"}, {"le", "lt"}
_SUMS = {"increment", "annual_flow"}
_FLOWS = (
    "产值",
    "收入",
    "产量",
    "投资",
    "销售",
    "成交",
    "增加值",
    "生产总值",
    "进出口",
    "出口额",
    "利税",
    "利润",
    "税收",
    "用电量",
    "用水量",
    "消费量",
    "排放量",
    "output",
    "revenue",
    "sales",
    "production",
)


class Known(NamedTuple):
    """What an encoded document says of an indicator of the same name."""

    concept: str | None
    direction: Direction
    nature: Nature


class Target(NamedTuple):
    """One target of a file and its id; ``restates``, ``part_of`` and ``revises`` are ids.

    ``source`` is the text of a target that stood in an earlier one.
    """

    found: Found
    id: str
    restates: str | None = None
    part_of: str | None = None
    revises: str | None = None
    set_on: str | None = None
    source: TextSource | None = None
    benchmark: str | None = None  # the id of the indicator whose value it is


class Indicator(NamedTuple):
    """One indicator of a file."""

    id: str
    unit: str | None
    nature: Nature
    concept: str | None
    targets: tuple[Target, ...]

    @property
    def first(self) -> Found:
        """The target that names it, of those that stand in the text itself."""
        return next(target.found for target in self.targets if target.source is None)


def vocabulary(documents: Iterable[Document]) -> dict[str, Known]:
    """Return what the encoded documents know, by bare name."""
    return {
        bare(name): Known(one.concept, one.direction, one.nature)
        for document in documents
        for one in document.targets
        for name in (one.name_zh, one.name_en)
    }


def sound(one: Found, before: int | None) -> Found | str:
    """Return a target as a file can hold it, or the code of why it cannot.

    ``before`` is the year before the plan begins, a base where the text names none.
    """
    one = _dated(one._replace(name=tidy(one.name) or "?", group=tidy(one.group or "") or None))
    if one.kind == "cumulative_change" and one.baseline_year is None:
        if before is None or one.year is None or before >= one.year:
            return "no-base"
        one = one._replace(baseline_year=before, doubts=(*one.doubts, "base-year"))
    if one.kind == "growth_rate" and one.year is None:
        return "no-year"
    one = _on_its_side(one)
    if not _possible(one):
        return "impossible"
    odd = one.unit is not None and not is_unit(one.unit)
    return one._replace(doubts=(*one.doubts, "unit")) if odd else one


def _dated(one: Found) -> Found:
    """Drop a baseline that is not before the target."""
    if one.baseline_year and one.year and one.baseline_year >= one.year:
        return one._replace(baseline_year=None, baseline_value=None)
    return one


def _on_its_side(one: Found) -> Found:
    """Let a level go from its baseline to its value; a ceiling of a rise is a level that is kept."""
    limits = one.comparator in {"le", "lt"} and one.direction == "up"
    if limits and one.kind in {"level", "growth_rate"}:
        return one._replace(kind="level", direction="down", hold="at_end", start=None)
    value, base = one.value, one.baseline_value
    if one.kind != "level" or one.hold or value is None or base is None or value == base:
        return one
    falls = value < base
    if falls == (one.direction == "down"):
        return one
    if one.comparator in (_UPWARD if falls else _DOWNWARD):
        return one._replace(hold="at_end")
    return one._replace(direction="down" if falls else "up", doubts=(*one.doubts, "direction"))


def _possible(one: Found) -> bool:
    """Tell whether a target file takes the numbers and the way they point."""
    value, falls = one.value or 0, one.direction == "down"
    largest = _LARGEST_RATE if one.kind in _SIZES else _LARGEST
    against = _DOWNWARD if not falls or one.kind in _SIZES else _UPWARD
    whole_fall = one.kind in _SIZES and falls and value >= _WHOLE
    dated = one.year is None or _FIRST <= one.year <= _LAST
    return 0 <= value <= largest and dated and not whole_fall and one.comparator not in against


def indicators(
    targets: tuple[Found, ...], known: Mapping[str, Known], horizon: int | None, date: str | None
) -> list[Indicator]:
    """Gather targets into indicators: years of one thing together, repeats with what they repeat.

    What replaces a target of the plan encoded before is a revision set on ``date``; undated, it is none.
    """
    if date is None:
        targets = tuple(one._replace(replaces=None) for one in targets)
    places: dict[tuple[object, ...], int] = {}
    rows: list[list[int]] = []
    home: dict[int, int] = {}
    for at, one in enumerate(targets):
        if one.restates is not None and one.restates in home:
            home[at] = home[one.restates]
            rows[home[at]].append(at)
            continue
        key = (bare(one.name), one.unit, one.kind, one.direction, one.hold, one.in_table, one.group)
        row = places.get(key)
        if row is None or any(
            targets[other].year == one.year and targets[other].restates is None
            for other in rows[row]
        ):
            row = places[key] = len(rows)
            rows.append([])
        home[at] = row
        rows[row].append(at)
    names = _ids(targets, rows, known)
    others = _benchmarks(targets, rows, names)
    ids = {
        at: _target_id(names[home[at]], targets[at].year or horizon)
        + ("#2" if targets[at].replaces else "")
        for at in home
    }
    made = [
        _indicator(names[n], [targets[at] for at in row], row, targets, ids, known, date, others)
        for n, row in enumerate(rows)
    ]
    return [*made, *_delegated(targets, others, set(names), horizon)]


def _ids(
    targets: tuple[Found, ...], rows: list[list[int]], known: Mapping[str, Known]
) -> list[str]:
    """Return an id for each indicator: the shared word where it is the first of it, else a number."""
    taken: set[str] = set()
    names = []
    for number, row in enumerate(rows, 1):
        found = known.get(bare(targets[row[0]].name))
        name = (
            found.concept
            if found and found.concept and found.concept not in taken
            else f"t{number:02}"
        )
        taken.add(name)
        names.append(name)
    return names


def _target_id(name: str, year: int | None) -> str:
    return name if year is None else f"{name}@{year}"


def _indicator(
    name: str,
    found: list[Found],
    row: list[int],
    targets: tuple[Found, ...],
    ids: dict[int, str],
    known: Mapping[str, Known],
    date: str | None,
    others: dict[int, str],
) -> Indicator:
    first = found[0]
    same = known.get(bare(first.name))
    nature: Nature = same.nature if same else _nature(first)
    entries = []
    for at, one in zip(row, found, strict=True):
        restates = ids[one.restates] if one.restates is not None else None
        above = one.part_of
        while above is not None and (targets[above].restates is not None):
            above = targets[above].restates
        part = ids[above] if above is not None and ids[above] != ids[at] else None
        target = Target(one, ids[at], restates, part, benchmark=others.get(at))
        if one.replaces:
            before = _before(one, one.replaces, date or "")._replace(id=ids[at].removesuffix("#2"))
            entries.append(before)
            target = target._replace(revises=before.id, set_on=date)
        entries.append(target)
    concept = same.concept if same and same.direction == first.direction else None
    return Indicator(name, first.unit, nature, concept, tuple(entries))


def _benchmarks(
    targets: tuple[Found, ...], rows: list[list[int]], names: list[str]
) -> dict[int, str]:
    """Return the indicator that each relative target compares with: one of the text, else a new one."""
    of: dict[str, str] = {}
    found: dict[int, str] = {}
    for at, one in enumerate(targets):
        if one.benchmark is None:
            continue
        wanted = one.benchmark.name
        rates = (
            name
            for row, name in zip(rows, names, strict=True)
            if targets[row[0]].kind == "growth_rate" and is_same(targets[row[0]].name, wanted)
        )
        found[at] = of.setdefault(wanted, next(rates, f"other{len(of) + 1:02}"))
    return found


def _delegated(
    targets: tuple[Found, ...], others: dict[int, str], taken: set[str], horizon: int | None
) -> Iterator[Indicator]:
    """Yield the indicators that targets are compared with and that the text sets no value for."""
    for at, name in others.items():
        one, benchmark = targets[at], targets[at].benchmark
        if benchmark is None or name in taken:
            continue
        taken.add(name)
        found = one._replace(
            name=benchmark.name,
            kind="delegated",
            hold=None,
            hedge=(),
            doubts=("benchmark",),
            benchmark=None,
        )
        target = Target(found, _target_id(name, one.year or horizon))
        yield Indicator(name, one.unit, "ratio", None, (target,))


def _before(one: Found, old: Record, date: str) -> Target:
    """Return the target of the earlier plan that one replaces on a date, as an entry beside it."""
    found = one._replace(
        clause=one.clause._replace(quote=old.quote, line=0),  # it stands in another text
        comparator=old.comparator,
        value=old.value,
        value_high=old.value_high,
        start=old.period_start,
        baseline_year=old.baseline_year,
        baseline_value=old.baseline_value,
        hedge=old.hedge,
        doubts=(),
    )
    earlier = old.set_on if old.set_on and old.set_on < date else None
    return Target(found, "", set_on=earlier, source=old.source)


def _nature(one: Found) -> Nature:
    if one.unit in {"%", "个百分点"} or "/" in (one.unit or ""):
        return "ratio"
    return "flow" if one.kind in _SUMS or any(word in one.name for word in _FLOWS) else "stock"
