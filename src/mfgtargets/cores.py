"""How many cores there are to work on."""

import os


def cores() -> int:
    """Return how many cores this process may use; one where the system does not say."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
