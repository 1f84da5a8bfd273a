"""The tables of a file, one after the other, turned into rows of one value as the lines come.

*Long* (``longtables``): a line a value, with columns for indicator, period and value. *Wide*
(``widetables``): a line an indicator, a region or a period, and a column for each of another of
these (``headers`` tells which).
"""

from collections.abc import Iterator
from itertools import islice

from mfgtargets.faults import InputError
from mfgtargets.observations.headers import WITHIN, find_header, is_cross_section, read_header
from mfgtargets.observations.hints import Hints
from mfgtargets.observations.lines import Line
from mfgtargets.observations.longtables import long_rows
from mfgtargets.observations.observation import Admission
from mfgtargets.observations.remarks import left_out_line
from mfgtargets.observations.rowparts import Item, Lines, RowMaker, of_known_regions
from mfgtargets.observations.titles import BY_REGION, told_by
from mfgtargets.observations.widetables import wide_rows

_UNCLEAR = "?"  # the unit of a table that follows one of another unit


def rows_of(
    lines: Iterator[Line], hints: Hints, admit: Admission, *, one_by_one: bool = True
) -> Iterator[Item]:
    """Turn the tables of any known shape into rows, in order, with what is left out.

    ``admit`` says of indicator and region of a row of a long table why it is left out unread;
    without ``one_by_one`` such rows may be left out together.

    A header met again, or a line that says a new indicator or region, begins a new table. Raises
    ``InputError`` where a header is wrong, or a table does not say whose or what its values are.
    """
    said: dict[str, str] = {}  # by the tables themselves
    headings: list[str] = []  # of the table before
    rest = Lines(lines)
    while top := list(islice(rest, WITHIN + 1)):
        found = find_header(top, hints, said)
        if found is None and is_cross_section(top, hints):
            raise InputError([top[0].fault("no-period", 0)])
        index, header = found or (0, read_header(top[0], hints))
        rest.put_back(*top[index + header.height :])
        if header.headings != headings:  # another table's: whether it goes on is not to be guessed
            said.pop("period", None)
            said |= {"unit": _UNCLEAR} if "unit" in said else {}
        headings = header.headings
        told: dict[str, str] = {}
        for line in top[:index]:
            new = told_by(line, told)
            if not new.keys() - {BY_REGION}:
                yield left_out_line("above-table", line)
            told |= new
        said |= told | header.unit
        by_region = said.pop(BY_REGION, "")
        given = hints.said | said
        if by_region and "region" not in {*given, *header.at, *header.across}:
            raise InputError([top[0].fault("no-region-named", 0, found=by_region)])
        maker = RowMaker(header, hints, one_by_one=one_by_one)
        is_long = found is None or header.is_long
        read = long_rows if is_long else wide_rows
        # In the canonical form a region that is left out is the document's, by definition.
        is_canonical = is_long and header.line.cells[header.at.get("region", 0)] == "region"
        regions = None if is_canonical else header.at.get("region")
        yield from of_known_regions(read(maker, rest, given, said, admit), regions)
