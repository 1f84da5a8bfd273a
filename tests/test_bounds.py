"""Inputs made to exhaust: each is read, or refused, within bounds of time and memory."""

import importlib
import inspect
import pkgutil
import re
import signal
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

import mfgtargets
from checks import read
from mfgtargets.observations.match import folded_name

LONG = 30_000  # characters of a text that nearly fits a pattern
PATIENCE = 0.5  # seconds of the processor for one of them


def patterns() -> Iterator[tuple[str, re.Pattern[Any], set[str]]]:
    """Yield every compiled pattern of the package, by name, with the methods it is used by."""
    for found in pkgutil.walk_packages(mfgtargets.__path__, "mfgtargets."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        source = inspect.getsource(module)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                used = set(re.findall(rf"\b{name}\.(\w+)\(", source))
                yield f"{found.name}.{name}", value, used or {"search"}


def near_misses(pattern: str) -> Iterator[str]:
    """Yield long texts of what a pattern mentions, alone and in pairs, that end as nothing does."""
    signs = dict.fromkeys(c for c in re.sub(r"\\[a-zA-Z]", "", pattern) if c not in "?*+|^$")
    words = re.findall(r"[\u4e00-\u9fff]{2,6}", pattern)
    parts = [*list(signs)[:24], *words[:6], "1", " ", "市", "中", "x"]
    for one, other in product(dict.fromkeys(parts), repeat=2):
        yield one + other * (LONG // len(other)) + "\0"
        if one != other:
            pair = one + other
            yield pair * (LONG // len(pair)) + "\0"


def within(seconds: float, call: Callable[[], object]) -> bool:
    """Tell whether a call ends within so many seconds of the processor."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        call()
    except TimeoutError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True


def applied(pattern: re.Pattern[Any], method: str, text: str) -> Callable[[], object]:
    """Return a call that applies a pattern to a text, in the way it is used, to the end."""
    given: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    empty = given[:0]
    if method in {"sub", "subn"}:
        return lambda: getattr(pattern, method)(empty, given)
    if method == "finditer":
        return lambda: list(pattern.finditer(given))
    return lambda: getattr(pattern, method)(given)


@pytest.mark.parametrize(
    ("pattern", "methods"), [pytest.param(p, m, id=name) for name, p, m in patterns()]
)
def test_every_pattern_is_linear(pattern: re.Pattern[Any], methods: set[str]) -> None:
    """No pattern of the program takes long for any text made of what it mentions."""
    raw = pattern.pattern
    for text in near_misses(raw.decode() if isinstance(raw, bytes) else raw):
        for method in methods:
            assert within(PATIENCE, applied(pattern, method, text)), (method, text[:20])


def test_a_title_of_many_places_is_read_at_once() -> None:
    """The name of a place repeated above a table costs no more than its length."""
    table = f"{'市' * LONG}\n指标,年份,数值\nx,2018,1\n"
    assert within(PATIENCE, lambda: read(table))


@pytest.mark.parametrize("name", ["一、 工业增加值", "(1)　工业增加值", " ① 工业增加值 (亿元)"])
def test_a_number_in_front_of_a_name_is_the_tables(name: str) -> None:
    """A name is the same with a number in front of it, whatever white space is around."""
    assert folded_name(name) == "工业增加值"
