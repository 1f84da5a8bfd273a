"""What was known by a year, and which of several vintages of a value counts."""

from collections.abc import Iterable, Iterator

from mfgtargets.faults import Fault, fault
from mfgtargets.observations.model import Observation, decimals

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


def disagreements(observations: Iterable[Observation]) -> Iterator[Fault]:
    """Find values of the same thing and vintage that disagree; each fault names both places."""
    first: dict[_Key, Observation] = {}
    for observation in observations:
        other = first.setdefault((*_key(observation), observation.vintage), observation)
        if _figure(other) != _figure(observation):
            yield fault(
                "values-disagree",
                observation.place,
                found=observation.bound + observation.text,
                other=other.bound + other.text,
                indicator=observation.indicator,
                period=observation.period,
                where=f"{other.place.file}:{other.place.line}",
            )


def _key(observation: Observation) -> _Key:
    return (
        observation.indicator,
        observation.period,
        observation.measure,
        observation.is_proxy,
    )


def _figure(observation: Observation) -> tuple[float, str]:
    return observation.value, observation.bound
