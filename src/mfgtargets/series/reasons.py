"""Why a number or a status is not given: stable codes, documented in ``docs/codes.md``."""

from enum import IntEnum


class Reason(IntEnum):
    """The reasons, as small integers for arrays; ``code`` is what users see."""

    NONE = 0
    NO_DATA = 1
    TARGET_YEAR_PASSED = 2
    DELEGATED = 3
    NO_BASELINE = 4
    NO_PATH = 5
    NO_TARGET_YEAR = 6
    DEFINITION_DIFFERS = 7
    MISSING_YEARS = 8
    BOUND = 9
    WRONG_SIDE = 10
    TARGET_EQUALS_BASELINE = 11
    NOT_POSITIVE = 12
    YEARS_REVERSED = 13
    AFTER_TARGET_YEAR = 14
    NO_TIME_ELAPSED = 15
    NO_TIME_LEFT = 16
    SATISFIED = 17
    WRONG_WAY = 18
    NOT_AT_THIS_PACE = 19
    FLAT_PATH = 20
    PATH_TURNS = 21
    OVERFLOW = 22
    NOT_A_RANGE = 23
    BEFORE_BASELINE = 24
    NO_PERIOD_START = 25
    PARTIAL_PERIOD = 26
    NO_TARGET = 27
    TOO_FEW_POINTS = 28
    KIND_UNSUPPORTED = 29
    NO_DIRECTION = 30
    YEAR_TWICE = 31
    BEYOND_LIMIT = 32
    NO_GROUP_RULE = 33
    RANGE_INCOMPLETE = 34
    NO_GROUP = 35
    PRECISION = 36
    BASELINE_BOUND = 37
    NO_BENCHMARK = 38
    SET_YEARLY = 39
    NO_REGIONAL_TARGET = 40

    @property
    def code(self) -> str:
        """The code as users see it, e.g. ``no_baseline``."""
        return self.name.lower()


# The document gives no number: it is set elsewhere, or for each year.
SET_ELSEWHERE = (Reason.DELEGATED, Reason.SET_YEARLY)
