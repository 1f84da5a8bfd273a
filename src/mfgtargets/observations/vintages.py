"""What was known by a year, and which of several vintages of a value counts."""

from collections.abc import Iterable

import numpy as np

from mfgtargets.faults import Fault, Place, fault
from mfgtargets.observations.breakdowns import Breakdowns
from mfgtargets.observations.observation import Observation
from mfgtargets.observations.observed import Array, Observed

_Key = tuple[object, ...]


def newest_year(observations: Iterable[Observation]) -> int | None:
    """Return the newest year any observation ends in (None without any)."""
    given = Observed.of(observations)
    return int(given.of_kinds(lambda one: one.period.year).max()) if len(given) else None


def known_by(observations: Iterable[Observation], as_of: int) -> Observed:
    """Keep what was known for the year ``as_of``: no later period, no vintage over a year later."""
    given = Observed.of(observations)
    return given.taken(given.of_kinds(lambda one: _is_known(one, as_of), bool))


def published_later(observations: Iterable[Observation], as_of: int) -> Observed:
    """Return what is of the time until ``as_of``, but was published over a year later."""
    given = Observed.of(observations)

    def is_late(one: Observation) -> bool:
        return one.period.year <= as_of and not _is_known(one, as_of)

    return given.taken(given.of_kinds(is_late, bool))


def _is_known(one: Observation, as_of: int) -> bool:
    is_published = not one.vintage or int(one.vintage[:4]) <= as_of + 1
    return one.period.year <= as_of and is_published


def newest_vintages(
    observations: Iterable[Observation],
) -> tuple[Observed, list[tuple[Observation, Observation]]]:
    """Keep the newest vintage of each value; also return the (older, newer) pairs that differ."""
    given = Observed.of(observations)
    vintages = {text: n for n, text in enumerate(sorted({one.vintage for one in given.kinds}))}
    order = np.lexsort((given.decimals, given.of_kinds(lambda one: vintages[one.vintage])))
    group = keys_of(given)[order]
    _, first, group = np.unique(group, return_index=True, return_inverse=True)
    last = np.empty(len(first), dtype=np.int64)
    last[group] = np.arange(len(group))
    newest = given.taken(order[last])
    begin = newest.of_kinds(lambda one: one.period.first)
    end = newest.of_kinds(lambda one: one.period.last)
    kept = newest.taken(np.lexsort((first, begin, end)))
    return kept, [] if len(kept) == len(given) else _revised(given, order, group)


def _revised(given: Observed, order: Array, group: Array) -> list[tuple[Observation, Observation]]:
    """Return the (older, newer) pairs of one group that differ; ``order`` is that of publication."""
    beside = np.argsort(group, kind="stable")
    older, newer = beside[:-1], beside[1:]
    same = group[older] == group[newer]
    pairs = zip(order[older[same]].tolist(), order[newer[same]].tolist(), strict=True)
    by_time = sorted(zip(newer[same].tolist(), pairs, strict=True))
    found = ((given[one], given[other]) for _, (one, other) in by_time)
    return [pair for pair in found if _figure(pair[0]) != _figure(pair[1])]


def keys_of(given: Observed) -> Array:
    """Return a number for each row, the same for values of one thing: region, indicator, period …"""
    keys: dict[_Key, int] = {}
    numbers = given.of_kinds(lambda one: keys.setdefault(_key(one)[1:], len(keys)))
    found: Array = given.region * len(keys) + numbers
    return found


class Distinct:
    """Observations as they come, each value of one thing and vintage once.

    ``faults`` are the values that disagree with an earlier one, each with both places, where no
    column of ``breakdowns`` tells them apart; ``own`` is the region that needs no naming.
    """

    def __init__(self, breakdowns: Breakdowns, own: str) -> None:
        self._breakdowns, self._own = breakdowns, own
        self.faults: list[Fault] = []
        self._first: dict[_Key, Observation] = {}

    def add(self, observation: Observation) -> Place | None:
        """Take an observation; return the place of an earlier one that says the same."""
        key = (*_key(observation), observation.vintage)
        other = self._first.setdefault(key, observation)
        if other is observation:
            return None
        if _figure(other) == _figure(observation):
            return other.place
        if self._breakdowns.separate(other, observation):
            return None
        self.faults.append(
            fault(
                "values-disagree",
                observation.place,
                found=told(observation),
                other=told(other),
                indicator=" ".join(
                    filter(
                        lambda name: name != self._own, (observation.region, observation.indicator)
                    )
                ),
                period=observation.period,
                where=other.place,
            )
        )
        return None

    def repeats(self, given: Observed) -> tuple[Array, list[tuple[int, Place]]]:
        """Take observations by columns; return which are kept, and the others with what they repeat."""
        vintages: dict[str, int] = {}
        vintage = given.of_kinds(lambda one: vintages.setdefault(one.vintage, len(vintages)))
        _, group, count = np.unique(
            keys_of(given) * len(vintages) + vintage, return_inverse=True, return_counts=True
        )
        several = np.flatnonzero(count[group] > 1)
        earlier = ((row, self.add(given[row])) for row in several.tolist())
        repeated = [(row, place) for row, place in earlier if place is not None]
        kept = np.ones(len(given), dtype=bool)
        kept[[row for row, _ in repeated]] = False
        return kept, repeated


def told(observation: Observation) -> str:
    """Write a figure as it was published, with its source where it has one."""
    source = f" ({observation.source})" if observation.source else ""
    return f"{observation.bound}{observation.text}{source}"


def _key(observation: Observation) -> _Key:
    return (
        observation.region,
        observation.indicator,
        observation.period,
        observation.measure,
        observation.is_proxy,
    )


def _figure(observation: Observation) -> tuple[float, str]:
    return observation.value, observation.bound
