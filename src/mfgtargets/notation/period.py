"""Periods of measurement, and where they end on the time line of the arithmetic."""

import re
from calendar import monthrange
from typing import NamedTuple

_FORM = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>[0-9]{2})"
    r"|M(?P<first>[0-9]{1,2})-(?P<last>[0-9]{1,2})|/(?P<until>[0-9]{4}))?\Z"
)


class Period(NamedTuple):
    """Months ``first`` to ``last`` counted through the years (January 2018 = 2018 * 12)."""

    first: int
    last: int

    @property
    def end(self) -> float:
        """Time in years, counted by year-ends: 2018 is 2018.0, 2018H1 is 2017.5."""
        return (self.last + 1) / 12 - 1

    @property
    def year(self) -> int:
        """The year it ends in."""
        return self.last // 12

    @property
    def first_year(self) -> int:
        """The year it begins in."""
        return self.first // 12

    @property
    def is_whole(self) -> bool:
        """Whether it is made of whole years."""
        return self.first % 12 == 0 and self.last % 12 == 11

    @property
    def is_year(self) -> bool:
        """Whether it is exactly one year."""
        return self.is_whole and self.last - self.first == 11

    @property
    def is_year_to_date(self) -> bool:
        """Whether it is a part of a year that begins in January."""
        return self.first % 12 == 0 and self.last - self.first < 11

    @property
    def share_of_year(self) -> float:
        """The part of a year it covers, 0.5 for a half."""
        return (self.last - self.first + 1) / 12

    def __str__(self) -> str:
        """Write it in the canonical form (the inverse of ``parse_period``)."""
        year, first, last = self.first_year, self.first % 12 + 1, self.last % 12 + 1
        if self.is_year:
            return str(year)
        if year != self.year:
            months = "" if self.is_whole else f"-{first:02}", "" if self.is_whole else f"-{last:02}"
            return f"{year}{months[0]}/{self.year}{months[1]}"
        if first == last and first != 1:
            return f"{year}-{first:02}"
        if (first, last) in {(1, 6), (7, 12)}:
            return f"{year}H{last // 6}"
        if last % 3 == 0 and last - first == 2:
            return f"{year}Q{last // 3}"
        return f"{year}-01" if first == last else f"{year}M{first}-{last}"


def parse_period(text: str) -> Period | None:
    """Read ``2018``, ``2018H1``, ``2018Q3``, ``2018-09``, ``2018M1-7`` or ``2016/2020``.

    None when it is no period. The range of years is not checked here.
    """
    match = _FORM.match(text)
    if match is None:
        return None
    part = {name: int(value) for name, value in match.groupdict().items() if value}
    first, last = 1, 12
    if "half" in part:
        first, last = part["half"] * 6 - 5, part["half"] * 6
    elif "quarter" in part:
        first, last = part["quarter"] * 3 - 2, part["quarter"] * 3
    elif "month" in part:
        first = last = part["month"]
    elif "first" in part:
        first, last = part["first"], part["last"]
    if not 1 <= first <= last <= 12:  # months
        return None
    until = part.get("until", part["year"])
    if until < part["year"]:
        return None
    return Period(part["year"] * 12 + first - 1, until * 12 + last - 1)


def time_of(date: str) -> float | None:
    """Return the time at which a month (2026-06) or day (2026-06-30) ends; None where there is none.

    It counts by year-ends, as ``Period.end``.
    """
    month = parse_period(date[:7])
    if month is None:
        return None
    days = monthrange(month.year, month.first % 12 + 1)[1]
    day = int(date[8:] or days)
    return month.end - (days - day) / days / 12 if 1 <= day <= days else None
