"""From a document and its observations to rows, and from rows to arrays."""

from collections.abc import Iterable, Sequence

import numpy as np

from mfgtargets.document.records import Document, Target
from mfgtargets.observations.observation import Observation
from mfgtargets.series.arrays import Aim, Scale, Series
from mfgtargets.series.points import grown
from mfgtargets.series.rows import Row, build_row

_SCHEDULE_ONLY = {"rank", "annual_flow"}

APPROX = 5.0  # percent that 左右 and 基本 leave (SPEC §4)


def build_rows(
    document: Document,
    targets: Iterable[Target],
    observations: Iterable[Observation],
    as_of: int,
    *,
    approx: float = APPROX,
    proxies: bool = False,
) -> list[Row]:
    """Return one row a target, from the observations of its indicator.

    ``approx`` is what 左右 and 基本 leave, in percent; ``proxies`` lets proxies decide.
    """
    by_indicator: dict[str, list[Observation]] = {}
    for observation in observations:
        by_indicator.setdefault(observation.indicator, []).append(observation)
    return [
        build_row(
            target,
            document,
            by_indicator.get(target.indicator, ()),
            as_of,
            approx=approx,
            proxies=proxies,
        )
        for target in targets
    ]


def as_arrays(rows: Sequence[Row]) -> Series:
    """Return the rows as arrays."""
    columns = max((len(row.knots) for row in rows), default=0)
    knots = np.array([_padded(row, max(columns, 2)) for row in rows]).reshape(len(rows), -1, 2)
    thresholds = np.array([_thresholds(row) for row in rows]).reshape(len(rows), 2)
    points = [row.point for row in rows]
    histories = [_history(row) for row in rows]
    longest = max(map(len, histories), default=0)
    gap = (np.nan, np.nan)
    history = np.array([[*h, *[gap] * (longest - len(h))] for h in histories]).reshape(
        len(rows), longest, 2
    )
    none = np.full(len(rows), np.nan)

    def floats(values: Iterable[float | None]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([np.nan if v is None else v for v in values], dtype=np.float64)

    return Series(
        direction=floats(row.target.sign for row in rows),
        geometric=np.array([row.target.path == "geometric" for row in rows], dtype=bool),
        scale=np.array([row.scale for row in rows], dtype=np.int8),
        knot_years=knots[:, :, 0],
        knot_values=knots[:, :, 1],
        no_path=np.array([row.no_path for row in rows], dtype=np.int8),
        year=floats(row.time for row in rows),
        value=floats(point.value if point else None for point in points),
        half_unit=floats(point.half_unit if point else None for point in points),
        bound=np.array([point.bound if point else 0 for point in points], dtype=np.int8),
        exclusive=np.array([bool(point and point.exclusive) for point in points], dtype=bool),
        blocked=np.array([row.blocked for row in rows], dtype=np.int8),
        strict=np.array([row.target.comparator == "gt" for row in rows], dtype=bool),
        met_from=thresholds[:, 0],
        met_early_from=thresholds[:, 1],
        decision=np.array([row.decision for row in rows], dtype=np.int8),
        reversing=np.array(["reversing" in row.flags for row in rows], dtype=bool),
        short=np.array([row.short for row in rows], dtype=bool),
        afterwards=floats(row.afterwards for row in rows),
        history_years=history[:, :, 0],
        history_values=history[:, :, 1],
        unsupported=np.array([row.target.kind in _SCHEDULE_ONLY for row in rows], dtype=bool),
        percent=np.array([row.target.unit == "%" and row.scale == 0 for row in rows], dtype=bool),
        aim=np.full(len(rows), Aim.REACH, dtype=np.int8),
        target_high=floats(map(_farther_end, rows)),
        limit=none,
        lower=none,
        optimum=none,
    )


def _history(row: Row) -> list[tuple[float, float]]:
    """Return the exact whole-year values up to the one judged, by time."""
    until = row.point.time if row.point else np.inf
    exact = [p for p in row.points if p.is_whole and p.bound == 0 and not p.is_unclear]
    return sorted((p.time, p.value) for p in exact if p.time <= until)


def _farther_end(row: Row) -> float | None:
    """Return the end of a range that its path does not go to, on the scale of the arithmetic."""
    target = row.target
    if target.value_high is None or row.scale != Scale.LEVEL:
        return None
    return target.value_high if target.sign > 0 else target.value


def _padded(row: Row, columns: int) -> list[tuple[float, float]]:
    """Return the knots with the first repeated, or NaN where there is no baseline."""
    knots = [(knot.year, knot.value) for knot in row.knots]
    first = knots[0] if row.has_baseline else (np.nan, np.nan)
    if not knots:
        knots = [(float(row.target.year or np.nan), np.nan)]
    return [first] * (columns - len(knots)) + knots


def _thresholds(row: Row) -> tuple[float, float]:
    """Return from which value the target counts as met in its year, and before it (SPEC §4)."""
    target = row.target
    if not row.knots:
        return np.nan, np.nan
    aim = row.knots[-1].value
    if not target.is_lenient or target.value is None:
        return aim, aim
    approx, kept = row.approx, 1 - row.approx / 100
    if row.scale == Scale.RATE:
        years = round(row.knots[-1].year - row.knots[0].year)
        return grown(target.sign, target.value * kept, years), aim
    if row.scale == Scale.SIZE:
        threshold = 1 + target.sign * target.value * kept / 100
    elif target.kind in {"level", "multiple"} and row.has_baseline:
        threshold = aim - target.sign * abs(aim - row.knots[0].value) * approx / 100
    else:
        threshold = aim - target.sign * abs(aim) * approx / 100
    return threshold, threshold
