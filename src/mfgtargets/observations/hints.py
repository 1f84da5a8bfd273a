"""What the user says of tables that do not say it themselves."""

import os
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from mfgtargets.defaults import MOST_ROWS
from mfgtargets.faults import InputError, fault
from mfgtargets.notation.cells import plain_text, read_period
from mfgtargets.observations.lines import COLUMNS

IGNORE = "ignore"  # what --map says of a column that is not to be read


class Hints(NamedTuple):
    """What is said of the tables of a source.

    ``period``, ``region`` and ``indicator`` are those of every value where the table has none;
    ``columns`` maps headings to canonical columns; ``where`` keeps the rows whose cell under a
    heading is one of several; ``sheet`` is the one to read; tables of more than ``limit`` rows are
    refused.
    """

    encoding: str | None = None
    period: str | None = None
    region: str | None = None
    indicator: str | None = None
    columns: Mapping[str, str] = MappingProxyType({})
    where: Mapping[str, frozenset[str]] = MappingProxyType({})
    sheet: str | None = None
    limit: int = MOST_ROWS

    @property
    def said(self) -> dict[str, str]:
        """What is said of every value, by canonical column."""
        named = {"period": self.period, "region": self.region, "indicator": self.indicator}
        return {column: text for column, text in named.items() if text}


def hints_of(
    encoding: str | None = None,
    period: str | None = None,
    columns: Sequence[str] | None = None,
    limit: int = MOST_ROWS,
    *,
    where: Sequence[str] | None = None,
    sheet: str | None = None,
    region_name: str | None = None,
) -> Hints:
    """Return what is said of tables; raise ``InputError`` where that makes no sense.

    ``columns`` are of the form ``COLUMN=FIELD``, ``where`` of the form ``COLUMN=VALUE``.
    """
    if period is not None and read_period(period) is None:
        raise InputError([fault("bad-period", found=period)])
    if limit < 1:
        raise InputError([fault("bad-option", option="--limit", found=limit, expected=">= 1")])
    fields: dict[str, str] = {}
    for given in columns or ():
        column, _, field = given.rpartition("=")
        if not column or field not in {*COLUMNS, IGNORE}:
            expected = ", ".join((*COLUMNS, IGNORE))
            raise InputError([fault("bad-option", option="--map", found=given, expected=expected)])
        fields[plain(column)] = field
    kept: dict[str, frozenset[str]] = {}
    for given in where or ():
        column, sign, value = given.partition("=")
        if not column or not sign:
            expected = "COLUMN=VALUE"
            raise InputError(
                [fault("bad-option", option="--where", found=given, expected=expected)]
            )
        kept[plain(column)] = kept.get(plain(column), frozenset()) | {plain(value)}
    return Hints(encoding, period, region_name, None, fields, kept, sheet, limit)


def indicator_of(given: Sequence[str] | None, name: str, names: Sequence[str]) -> str | None:
    """Return what ``--indicator-name`` says of the source ``name``, one of all ``names``.

    ``given`` are names for all sources, or ``FILE=NAME`` for one; that for one comes first. Raises
    ``InputError`` where a file is named that is none of the sources.
    """
    found = None
    for text in given or ():
        owners = [one for one in names if _names(text, one)]
        if owners and name in owners:
            return text[text.index("=", len(_names(text, name)) - 1) + 1 :].strip()
        if not owners and "=" in text:
            expected = ", ".join(f"{one}=NAME" for one in names)
            option = "--indicator-name"
            raise InputError([fault("bad-option", option=option, found=text, expected=expected)])
        if not owners:
            found = text.strip()
    return found


def _names(text: str, source: str) -> str:
    """Return the beginning ``FILE=`` of a text where it names a source; a path may hold a =."""
    for form in (source, os.path.basename(source), source.removeprefix("./")):  # noqa: PTH119 - no path
        if text.startswith(f"{form}="):
            return f"{form}="
    return ""


def plain(text: str) -> str:
    """Return a heading or cell as it is compared."""
    return plain_text(text).lower()
