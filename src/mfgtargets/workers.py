"""Work on parts of something large by threads: most of the time is spent in NumPy and polars."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def in_order(work: Callable[[Given], Made], parts: Iterable[Given]) -> Iterator[Made]:
    """Yield what is made of each part, in their order; no more are begun than there are processors."""
    parts, waiting = iter(parts), deque[Future[Made]]()
    count = os.cpu_count() or 1
    pool = ThreadPoolExecutor(count)
    try:
        while True:
            ahead = islice(parts, count + 1 - len(waiting))
            waiting.extend(pool.submit(work, part) for part in ahead)
            if not waiting:
                return
            yield waiting.popleft().result()
    finally:  # one that is given up may be so by any thread: nothing is waited for
        pool.shutdown(wait=False, cancel_futures=True)
