"""Observations by columns: what many rows share but for region and figure is held once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, overload

import numpy as np

from mfgtargets.notation.numbers import decimals
from mfgtargets.observations.observation import Observation

Array = np.ndarray[tuple[Any, ...], np.dtype[Any]]


class Observed(Sequence[Observation]):
    """``m`` observations: which of ``kinds`` each is, of which of ``regions``, its figure and line.

    ``decimals`` are those the figure was published with, ``line`` is where it stands in the file of
    its kind. An observation is made where one is asked for.
    """

    def __init__(
        self,
        kinds: Sequence[Observation],
        regions: Sequence[str],
        kind: Array,
        region: Array,
        value: Array,
        decimals: Array,
        line: Array,
    ) -> None:
        self.kinds, self.regions = kinds, regions
        self.kind, self.region = kind, region
        self.value, self.decimals, self.line = value, decimals, line

    @classmethod
    def of(cls, observations: Iterable[Observation]) -> "Observed":
        """Take observations, each a kind of its own."""
        if isinstance(observations, cls):
            return observations
        kinds = tuple(observations)
        places: dict[str, int] = {}
        region = [places.setdefault(one.region, len(places)) for one in kinds]
        return cls(
            kinds,
            tuple(places),
            np.arange(len(kinds)),
            np.array(region, dtype=np.int64),
            np.array([one.value for one in kinds], dtype=np.float64),
            np.array([decimals(one.text) for one in kinds], dtype=np.int64),
            np.array([one.place.line for one in kinds], dtype=np.int64),
        )

    def of_kinds(self, get: Callable[[Observation], Any], dtype: Any = np.int64) -> Array:
        """Return for each row what its kind says."""
        found: Array = np.array([get(one) for one in self.kinds], dtype=dtype)[self.kind]
        return found

    def taken(self, chosen: Any) -> "Observed":
        """Return the observations of a mask or of places."""
        columns = (self.kind, self.region, self.value, self.decimals, self.line)
        return Observed(self.kinds, self.regions, *(column[chosen] for column in columns))

    @property
    def regions_there(self) -> list[str]:
        """Return the regions that have any, in order of the first of each."""
        codes, first = np.unique(self.region, return_index=True)
        return [self.regions[code] for code in codes[np.argsort(first)].tolist()]

    def __len__(self) -> int:
        return len(self.kind)

    @overload
    def __getitem__(self, at: int) -> Observation: ...
    @overload
    def __getitem__(self, at: slice) -> "Observed": ...
    def __getitem__(self, at: int | slice) -> "Observation | Observed":
        if isinstance(at, slice):
            return self.taken(at)
        one: Observation = self.kinds[self.kind[at]]
        line = int(self.line[at])
        if line == one.place.line:
            return one
        value = float(self.value[at])
        return one._replace(
            region=self.regions[self.region[at]],
            value=value,
            text=f"{value:.{self.decimals[at]}f}",
            place=one.place._replace(line=line),
        )
