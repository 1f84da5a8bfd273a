"""The results of a check by columns, as they are put out: numbers, and words by their codes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from mfgtargets.document.records import Document, Target
from mfgtargets.document.revisions import revision_of
from mfgtargets.evaluation.assess import Assessment, prepared
from mfgtargets.evaluation.opinions import flag_column, status_column
from mfgtargets.evaluation.regions import Rows
from mfgtargets.methods.method import Method
from mfgtargets.notation.period import Period
from mfgtargets.observations.observation import MEASURES, Observation
from mfgtargets.observations.observed import Observed
from mfgtargets.series.arrays import Coded, Codes, Column, Flags, Floats, Scale
from mfgtargets.series.judged import at_places
from mfgtargets.series.layout import Layout
from mfgtargets.series.measured import ANNUALISED, BOUNDS, LETTERS, PART, Whole
from mfgtargets.series.promised import column
from mfgtargets.series.reasons import Reason

_REVISED = ("target_raised", "target_lowered")
_SIGNS = (None, *(sign for sign in BOUNDS if sign))
_SAME = "indicator name_zh name_en group departments kind comparator unit obligation".split()
_SUMS = [MEASURES.index("added"), MEASURES.index("total")]


class Found(NamedTuple):
    """What results are made of: the rows asked for, the observations known, and the arrays."""

    document: Document
    rows: Rows
    known: Observed
    layout: Layout
    method: Method
    assessment: Assessment


class _Shown(NamedTuple):
    """The observations shown, by columns; ``is_there`` tells where there is one.

    ``judged`` tells where a value was judged, whatever it was made of.
    """

    is_there: Flags
    judged: Flags
    kind: Whole
    kinds: Sequence[Observation]
    value: Floats

    def words(self, get: Callable[[Observation], Any]) -> Coded:
        """Return what the kind of each says, None where none is shown."""
        return Coded(np.where(self.is_there, self.kind, -1), [*map(get, self.kinds), None])

    def are(self, tell: Callable[[Observation], bool]) -> Flags:
        """Tell of which kinds something holds."""
        held = np.array([*map(tell, self.kinds), False], dtype=bool)
        found: Flags = held[np.where(self.is_there, self.kind, -1)]
        return found


def columns_of(found: Found) -> dict[str, Column]:
    """Return the columns of the results by name, a row each; NaN or None where there is nothing."""
    rows, layout, known = found.rows, found.layout, found.known
    place = at_places(layout.measured.source, layout.shown)
    is_there, judged = layout.shown >= 0, layout.point >= 0
    kind = at_places(known.kind, place)
    value = np.where(is_there, at_places(known.value, place), np.nan)
    shown = _Shown(is_there, judged, kind, known.kinds, value)
    columns = _of_targets(found)
    columns |= {name: one.value for name, one in found.assessment.quantities.items()}
    columns |= _of_measured(layout, shown)
    yearly = Coded(rows.chosen, [one.kind == "annual_flow" for one in rows.variants]).array(bool)
    of_year = shown.are(lambda o: o.measure == "added" and o.period.is_year and not o.bound)
    own_year = np.where(yearly & ~judged & of_year, value, np.nan)
    level = ~judged & shown.are(lambda o: o.measure == "level")
    level &= layout.series.scale == Scale.LEVEL
    latest, gap = columns["latest_value"], columns["gap_to_target"]
    columns["latest_value"] = np.where(level, value, np.where(np.isnan(latest), own_year, latest))
    to_target = own_year - np.nan_to_num(_values(rows))
    columns["gap_to_target"] = np.where(np.isnan(gap), to_target, gap)
    tolerance = np.where(np.isnan(columns["lead"]), np.nan, found.assessment.tolerance)
    masks = {**found.assessment.verdict.flags, **_quality(layout)}
    revised = [_revision(found.document, one) for one in rows.variants]
    masks |= {name: np.array([one == name for one in revised])[rows.chosen] for name in _REVISED}
    columns["breached"], masks["breached"] = _breached(layout)
    columns |= {
        "region": rows.region,
        "tolerance": tolerance,
        "status": status_column(found.assessment.verdict, found.method),
        "reason": Coded(
            found.assessment.verdict.reason, [one.code if one else None for one in Reason]
        ),
        "flags": flag_column(masks, len(rows.chosen)),
    }
    columns["reasons"] = _reasons(columns, found)
    return columns


def _of_targets(found: Found) -> dict[str, Column]:
    rows, path = found.rows, found.layout.path
    curve = prepared(found.layout.series, found.method).curve
    value, high = _totals(rows, found.layout)
    source = np.where(np.isnan(path.base_value), 0, np.where(path.base_measured, 1, 2))

    def words(name: str) -> Coded:
        return Coded(rows.chosen, [getattr(one, name) for one in rows.variants])

    return {
        "target_id": words("id"),
        "document_id": words("document"),
        **{name: words(name) for name in _SAME},
        "path": curve.names,
        "target_year": column(one.year for one in rows.variants)[rows.chosen],
        "target_value": value,
        "target_value_high": high,
        "baseline_year": path.base_year,
        "baseline_value": path.base_value,
        "baseline_source": Coded(source, (None, "actual", "document")),
    }


def _values(rows: Rows) -> Floats:
    """Return the value of each target as it was printed or given for its region."""
    printed = column(one.value for one in rows.variants)[rows.chosen]
    return np.where(np.isnan(rows.given), printed, rows.given)


def _totals(rows: Rows, layout: Layout) -> tuple[Floats, Floats]:
    """Return each target as it was printed, or the total it comes to, with its upper end."""

    def flags(tell: Callable[[Target], bool]) -> Flags:
        return np.array([tell(one) for one in rows.variants])[rows.chosen]

    printed, total = _values(rows), layout.series.target
    high = column(one.value_high for one in rows.variants)[rows.chosen]
    sign = column(one.sign for one in rows.variants)[rows.chosen]
    raises, multiple = flags(lambda one: one.raises), flags(lambda one: one.kind == "multiple")
    scaled = multiple | flags(lambda one: one.kind == "annual_flow")
    known, is_given = ~np.isnan(total), np.nan_to_num(printed) != 0
    raised, by_factor = raises & known & ~np.isnan(high), scaled & known & is_given
    masks = [raised, by_factor, multiple, flags(lambda one: one.kind in {"relative", "event"})]
    with np.errstate(all="ignore"):
        highs = [total + sign * (high - np.nan_to_num(printed)), total / printed * high]
    as_printed = ~np.logical_or.reduce(masks) & ~(raises & known)
    return (
        np.where(as_printed, printed, total),
        np.select(masks[:3], [*highs, np.full(len(high), np.nan)], high),
    )


def _revision(document: Document, target: Target) -> str | None:
    found = revision_of(document, target)
    return found.flag if found else None


def _of_measured(layout: Layout, shown: _Shown) -> dict[str, Column]:
    """Return what says of the observation shown, and of what time the value judged is."""
    s = layout.series
    bound = _signs(s.bound, s.exclusive, s.scale, s.direction)
    signs = np.array([_SIGNS.index(o.bound or None) for o in shown.kinds] + [0])
    published = signs[np.where(shown.is_there, shown.kind, -1)]
    return {
        "latest_period": shown.words(lambda o: str(o.period)),
        "latest_bound": Coded(np.where(shown.judged, bound, published), _SIGNS),
        "given_value": shown.value,
        "given_measure": shown.words(lambda o: o.measure),
        "judged_period": _judged_period(layout),
        "latest_obs_status": shown.words(lambda o: o.obs_status),
        "source": shown.words(lambda o: " ".join(filter(None, (o.source, o.url))) or None),
    }


def covered(layout: Layout) -> tuple[Whole, Whole]:
    """Return the first and last month of the time that each value judged stands for."""
    s, o, points = layout.series, layout.measured, layout.points
    root = layout.point
    while (earlier := at_places(points.before, root)).max(initial=-1) >= 0:
        root = np.where(earlier >= 0, earlier, root)
    beside, latest = at_places(points.beside, root), at_places(points.latest, root)
    oldest, newest = np.where(beside >= 0, beside, latest), at_places(points.latest, layout.point)
    last = np.rint((s.year + 1) * 12) - 1
    adds_up = (s.scale != Scale.LEVEL) | np.isin(at_places(o.measure, oldest), _SUMS)
    years = layout.kept.years
    start = years[:, 0] if years.shape[1] else np.full(len(last), np.nan)
    first = np.select(
        [
            adds_up & ~np.isnan(s.baseline_year),
            ~np.isnan(layout.kept.mean),
            last != at_places(o.last, newest),  # a part that stands for its year
        ],
        [np.rint((s.baseline_year + 1) * 12), np.rint(start * 12), last - 11],
        at_places(o.first, oldest),
    )
    return np.nan_to_num(first).astype(np.int64), last.astype(np.int64)


def _judged_period(layout: Layout) -> Coded:
    first, last = covered(layout)
    kinds, codes = np.unique(first << 32 | last, return_inverse=True)
    words = [str(Period(one >> 32, one & 0xFFFFFFFF)) for one in kinds.tolist()]
    return Coded(np.where(layout.point >= 0, codes, -1), [*words, None])


def broken_years(layout: Layout) -> Flags:
    """Tell of each value to be kept which of its years so far were broken.

    Where the newest year decides by itself, it is not among them.
    """
    kept, s = layout.kept, layout.series
    now, by_newest = s.year[:, None], (s.hold & ~s.short)[:, None]
    past: Flags = (kept.years <= now) & ((kept.years < now) | ~by_newest)
    broken: Flags = kept.broken & past
    return broken


def _breached(layout: Layout) -> tuple[Coded, Flags]:
    """Return the years broken, and which rows have any."""
    broken = broken_years(layout)
    some: Flags = np.asarray(broken.any(axis=1))
    years = np.where(broken, layout.kept.years, 0)[some].astype(np.int64)
    kinds, codes = np.unique(years, axis=0, return_inverse=True)
    words = [tuple(year for year in one if year) for one in kinds.tolist()]
    places = np.zeros(len(some), dtype=np.int64)
    places[some] = codes.ravel() + 1
    return Coded(places, [(), *words]), some


def _quality(layout: Layout) -> dict[str, Flags]:
    """Return the flags that come from the observations; the methods add their own."""
    bits = {"provisional": "P", "estimated": "E", "break": "B", "proxy": "D"}
    flags = {name: (layout.letters & LETTERS[letter]) > 0 for name, letter in bits.items()}
    flags["annualised"] = (layout.letters & ANNUALISED) > 0
    return {**flags, "part_year": (layout.letters & PART) > 0, "stale": layout.stale,
            "reversing": layout.series.reversing}  # fmt: skip


def _reasons(columns: Mapping[str, Column], found: Found) -> Coded:
    """Return for each row why those of its numbers are missing that are."""
    no_path = found.layout.path.no_path
    no_target = np.where(no_path > 0, no_path, Reason.NO_BASELINE)
    why: dict[str, Any] = {
        "target_year": Reason.NO_TARGET_YEAR,
        "baseline_year": Reason.NO_BASELINE,
        "baseline_value": Reason.NO_BASELINE,
        "target_value": no_target,
        "target_value_high": Reason.NOT_A_RANGE,
    } | {name: one.reason for name, one in found.assessment.quantities.items()}
    codes = [np.where(np.isnan(columns[name]), reason, -1) for name, reason in why.items()]
    table = np.ascontiguousarray(np.stack(codes, axis=1).astype(np.int8))
    whole = table.view(np.dtype((np.void, table.shape[1]))).ravel()
    _, first, kinds = np.unique(whole, return_index=True, return_inverse=True)
    words = [
        {name: Reason(code).code for name, code in zip(why, row, strict=True) if code >= 0}
        for row in table[first].tolist()
    ]
    return Coded(kinds, words)


def _signs(bound: Codes, exclusive: Flags, scale: Codes, direction: Floats) -> Whole:
    """Return bounds of the arithmetic as they are put out, by their places: falls turn them round."""
    turned = np.where((scale != Scale.LEVEL) & (direction < 0), -bound, bound)
    return np.where(turned == 0, 0, np.where(turned > 0, 1, 3) + ~exclusive).astype(np.int64)


def bound_sign(bound: int, exclusive: bool, scale: float, direction: float) -> str | None:
    """Return a bound of the arithmetic as it is put out: ``>=``, ``<`` …; None for an exact value."""
    one = np.array([bound]), np.array([exclusive]), np.array([scale]), np.array([direction])
    return _SIGNS[int(_signs(*one)[0])]
