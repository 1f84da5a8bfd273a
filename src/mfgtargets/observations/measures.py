"""What words of statistics say of a figure: 当期值, 累计值, 同比增长, 累计增长."""

import re
from functools import lru_cache
from typing import NamedTuple

from mfgtargets.notation.cells import plain_text, split_unit
from mfgtargets.notation.period import Period
from mfgtargets.observations.observation import Measure

_SUFFIX = re.compile(
    r"(?P<name>.*?)[_:,\-·(]*(?:"
    r"(?P<sum>(?:本年)?累计)(?P<of_sum>同比增长|同比增速|同比|增长率|增长|增速|值|数|额|)"
    r"|(?:当期|当月|当季|本期|本月|本季)(?P<of_now>同比增长|同比增速|同比|增长率|增长|增速|值|数|额|)"
    r"|(?P<change>同比增长率|同比增长|同比增速|同比))\)?\Z"
)
_VALUES = {"值", "数", "额", ""}


class Said(NamedTuple):
    """What is left of a name, which measure its end says, and whether it counts from January."""

    name: str
    measure: Measure | None = None
    is_cumulative: bool = False


@lru_cache(10_000)
def said_by(name: str) -> Said:
    """Read the end of a name, or of a column's heading, without its unit."""
    bare = split_unit(name)[0]
    match = _SUFFIX.match(bare)
    if match is None:
        return Said(bare)
    of = match["of_sum"] if match["sum"] else match["of_now"]
    measure: Measure | None = None if of in _VALUES else "yearly_change"
    return Said(match["name"], measure, match["sum"] is not None)


def measure_word(text: str) -> Said | None:
    """Read a cell that is such a word alone (累计值); None where it is not."""
    found = said_by(plain_text(text))
    return found if not found.name and text else None


def from_january(period: Period) -> Period:
    """Return the part of the year that a cumulative figure of a period covers."""
    return period._replace(first=period.year * 12) if period.first_year == period.year else period
