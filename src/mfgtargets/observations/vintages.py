"""What was known by a year, and which of several vintages of a value counts."""

from collections.abc import Iterable

from mfgtargets.faults import Fault, Place, fault
from mfgtargets.notation.numbers import decimals
from mfgtargets.observations.breakdowns import Breakdowns
from mfgtargets.observations.observation import Observation

_Key = tuple[object, ...]


def newest_year(observations: Iterable[Observation]) -> int | None:
    """Return the newest year any observation ends in (None without any)."""
    return max((observation.period.year for observation in observations), default=None)


def known_by(observations: Iterable[Observation], as_of: int) -> list[Observation]:
    """Keep what was known for the year ``as_of``: no later period, no vintage over a year later."""
    return [
        observation
        for observation in observations
        if observation.period.year <= as_of
        and (not observation.vintage or int(observation.vintage[:4]) <= as_of + 1)
    ]


def published_later(observations: Iterable[Observation], as_of: int) -> list[Observation]:
    """Return what is of the time until ``as_of``, but was published over a year later."""
    inside = [o for o in observations if o.period.year <= as_of]
    seen = set(known_by(inside, as_of))
    return [observation for observation in inside if observation not in seen]


def newest_vintages(
    observations: Iterable[Observation],
) -> tuple[list[Observation], list[tuple[Observation, Observation]]]:
    """Keep the newest vintage of each value; also return the (older, newer) pairs that differ."""
    kept: dict[_Key, Observation] = {}
    revised: list[tuple[Observation, Observation]] = []
    for observation in sorted(observations, key=lambda o: (o.vintage, decimals(o.text))):
        older = kept.get(_key(observation))
        if older is not None and _figure(older) != _figure(observation):
            revised.append((older, observation))
        kept[_key(observation)] = observation
    return sorted(kept.values(), key=lambda o: (o.period.last, o.period.first)), revised


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
