"""What a status method is: one record that holds all there is to know of it."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from mfgtargets.methods.verdict import CANNOT, Verdict
from mfgtargets.series.arrays import Floats, OtherYear, Series
from mfgtargets.working import Numbers, Step

Pair = tuple[str, str]  # Chinese and English


def since_baseline(s: Series) -> Floats:
    """Return the mean yearly change since the baseline, in units."""
    pace: Floats = (s.value - s.baseline) / (s.year - s.baseline_year)
    return pace


def as_given(s: Series) -> Series:
    """Return the series as they are."""
    return s


class GroupRule(NamedTuple):
    """How a method judges a group: by the mean of what its series count.

    ``counts`` returns what each series counts, NaN where nothing; ``status`` the place of a group's
    status from its mean, all verdicts and the places of its series, of which ``least`` is the share
    that must have been judged.
    """

    counts: Callable[[Verdict], Floats]
    status: Callable[[float, Verdict, Any], int]
    least: float = 0.0


class Method(NamedTuple):
    """A way of judging, and what people are told of it.

    ``words`` are its statuses in order with what people read; ``cannot`` is its code for what it
    cannot judge. ``judge`` takes the series and the tolerance of each; ``steps`` works one series
    out. ``path`` is what it compares with: the indicator's own path with its milestones, or a
    compound or straight one from baseline to target; ``window`` is what time ``pace`` is of;
    ``prepare`` returns the series as the method takes them; ``other_baseline`` says which year its
    issuer takes where the baseline's has no value.
    """

    code: str
    name: Pair
    words: Mapping[str, Pair]
    rule: Pair
    formula: str
    source: str
    judge: Callable[[Series, Floats], Verdict]
    steps: Callable[[Series, Numbers], list[Step]]
    path: Literal["own", "compound", "straight"]
    window: Literal["baseline", "five_years", "six_points", "all_points"] = "baseline"
    pace: Callable[[Series], Floats] = since_baseline
    prepare: Callable[[Series], Series] = as_given
    group: GroupRule | None = None
    by_plan: bool = False  # whether its statuses are those of the plan's own schedule
    cannot: str = "not_assessable"
    other_baseline: OtherYear | None = None

    @property
    def statuses(self) -> tuple[str, ...]:
        """Its statuses, in order."""
        return tuple(self.words)

    @property
    def all_statuses(self) -> tuple[str, ...]:
        """Its statuses and its word for what it cannot judge, each once."""
        return tuple(dict.fromkeys((*self.words, self.cannot)))

    def status(self, place: int) -> str:
        """Return the status at a place of a verdict."""
        return self.cannot if place == CANNOT else self.statuses[place]
