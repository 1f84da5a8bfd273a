"""In what a method differs from the default for a series: its path, its window, else its cuts."""

from collections.abc import Callable

import numpy as np

from mfgtargets.arithmetic import paths
from mfgtargets.methods import Method
from mfgtargets.methods.straight import five_year_change, recent_slope, weighted_line
from mfgtargets.series.arrays import Flags, Floats, Series

_PACES: dict[str, Callable[[Series], Floats]] = {
    "destatis": lambda s: five_year_change(s)[0],
    "escap": lambda s: weighted_line(s)[0],
    "acceleration": recent_slope,
}


def differences(s: Series, method: Method) -> tuple[tuple[str, ...], ...]:
    """Return for each series ``path`` and ``window`` as they differ, else ``thresholds``.

    The path differs where one is compound and the other straight; the window where the pace in it
    is not that since the baseline.
    """
    other_path: Flags = np.zeros(s.value.shape, dtype=bool)
    if method.path != "own":
        other_path = s.geometric != (method.path == "compound")
    with np.errstate(all="ignore"):
        since_base = (s.value - s.baseline) / (s.year - s.baseline_year)
        pace = _PACES[method.code](s) if method.code in _PACES else since_base
        other_window = ~paths.same(pace, since_base) & np.isfinite(pace)
    found = []
    for path, window in zip(other_path.tolist(), other_window.tolist(), strict=True):
        named = tuple(name for name, is_so in (("path", path), ("window", window)) if is_so)
        found.append(named or ("thresholds",))
    return tuple(found)
