"""Tables of series from Python: ``calc``, without a document."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal

from mfgtargets.defaults import APPROX, METHOD, MOST_ROWS, TOLERANCE
from mfgtargets.observations.files import opened


class Answers:
    """A table of series with its answers: as dictionaries, or as a frame by the Arrow interface.

    ``method`` is what they were judged by.
    """

    def __init__(self, method: str, records: Callable[[], list[dict[str, Any]]],
                 frame: Callable[[], Any]) -> None:  # fmt: skip
        self.method = method
        self._records, self._frame = records, frame

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return a dictionary a row, None where there is nothing."""
        return self._records()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the rows to any data-frame library (needs the extra ``tables``)."""
        return self._frame().__arrow_c_stream__(requested_schema)


def calc(
    table: Any,
    method: str = METHOD,
    *,
    tolerance: float = TOLERANCE,
    approx: float = APPROX,
    trend: int | None = None,
    nearest_baseline: bool = False,
    by: Literal["group"] | None = None,
    limit: int = MOST_ROWS,
) -> Answers:
    """Judge a table of series, one a row (the columns of ``calc --input``).

    ``table`` is the path of a CSV or Parquet file, records (mappings), or any frame that has
    ``__arrow_c_stream__``. ``nearest_baseline`` lets ``open-sdg`` and ``eurostat`` take another year
    where that of a baseline has no value, flagged; with ``by`` there is one row a group; a file of
    more than ``limit`` rows is refused. Raises ``InputError`` with the place of every cell that
    cannot be read.
    """
    from mfgtargets.engine import answering  # noqa: PLC0415 - only tables of series need it
    from mfgtargets.engine.calculate import requested  # noqa: PLC0415 - as above
    from mfgtargets.engine.reading import read_table, table_of  # noqa: PLC0415 - as above

    if isinstance(table, str | Path):
        with opened(str(table)) as stream:
            given = read_table(stream, str(table), limit=limit)
    else:
        given = table_of(table)
    request = requested(
        method, tolerance=tolerance, approx=approx, trend=trend, nearest_baseline=nearest_baseline
    )
    if by is not None:
        groups = answering.answered_groups(given, by, request)
        return Answers(method, lambda: groups, partial(answering.group_frame, groups))
    columns, found = answering.answers_to(given, request)
    return Answers(
        method,
        partial(answering.answered_records, columns, found),
        partial(answering.answered_frame, columns, found),
    )
