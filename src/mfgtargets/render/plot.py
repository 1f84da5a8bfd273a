"""Where things stand in a chart: the years across, round values up."""

import math
from typing import NamedTuple

from mfgtargets.evaluation.course import Course

LEFT, RIGHT, TOP, BOTTOM = 52, 344, 28, 160
_MOST_TICKS = 4


class Plot(NamedTuple):
    """A plot: years from ``first`` to ``last``, values between the outer ``ticks``."""

    first: float
    last: float
    ticks: tuple[float, ...]

    def x(self, time: float) -> float:
        """Return where a time stands."""
        return LEFT + (RIGHT - LEFT) * (time - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        """Return where a value stands; what is outside stands on the edge."""
        low, high = self.ticks[0], self.ticks[-1]
        share = min(1.0, max(0.0, (value - low) / (high - low)))
        return BOTTOM - (BOTTOM - TOP) * share

    def holds(self, value: float) -> bool:
        """Tell whether a value is inside."""
        return self.ticks[0] <= value <= self.ticks[-1]


def ticks(low: float, high: float, most: int = _MOST_TICKS) -> tuple[float, ...]:
    """Return round values around ``low`` and ``high``, in equal steps of 1, 2 or 5 times a power of ten.

    There are at most ``most`` steps and the two that hold the ends.
    """
    if low == high:
        low, high = low - abs(low) / 10 - (low == 0), high + abs(high) / 10 + (high == 0)
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    step = next(power * n for n in (1, 2, 5, 10) if power * n * most >= (high - low) * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(step * n for n in range(first, last + 1))


def plot_of(course: Course, span: tuple[float, float]) -> Plot:
    """Return the plot of a course; a projection makes it at most half as high again on each side."""
    values = [v for _, v in (*course.knots, *course.path, *course.replaced)]
    values += [spot.value for spot in course.spots if span[0] <= spot.time <= span[1]]
    values += [v for v in (course.high, *(course.band or ())[2:]) if v is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if course.fan is not None:
        room = (high - low) / 2 or abs(high) / 2
        reach = [v for v in course.fan[3:] if v is not None]
        low, high = max(min([low, *reach]), low - room), min(max([high, *reach]), high + room)
    first, last = span
    return Plot(first, last if last > first else first + 1, ticks(low, high))
