"""What stands beside a number or a period and is no part of it: 初步, (预测), p, *.

A mark becomes a letter of ``obs_status`` (``F``: a forecast, target or plan, never an actual).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from mfgtargets.notation.cells import Cell, plain_text, read_cell, read_period
from mfgtargets.notation.period import Period

FORECAST = "F"  # a forecast, target or plan, which is never an actual

_WORDS = {
    word: letter
    for letter, words in {
        "A": "实际 实际值 实际数 实际完成 实际完成值 完成 完成值 完成数 实绩 绝对数 绝对值 总量 "
        "最终 最终数 最终核实 最终核实数 核实 核实数 "
        "决算 决算数 actual actuals final observed historical",
        "P": "初步 初步值 初步数 初步核算 初步核算数 初步统计 初步统计数 快报 快报数 provisional preliminary",
        "E": "估计 估计值 估计数 估算 估算数 推算 推算数 estimate estimated estimates est est.",
        "F": "预测 预测值 预测数 预计 预计值 预计数 预期 预期值 预期目标 目标 目标值 目标数 计划 计划值 "
        "计划数 规划 规划值 规划数 规划目标 预算 预算数 forecast forecasts forecasted projection projections "
        "projected target targets plan planned budget outlook",
    }.items()
    for word in words.split()
}
# The letters that statistical offices set behind a figure, and those of them that are a status.
_LETTERS = {"p": "P", "e": "E", "f": "F", "b": "B", "d": "D", "s": "E", "i": "E"}
_FLAG = re.compile(r"(.*[0-9%])([bcdefimnprsuz]{1,3})\Z")
_YEAR_FLAG = re.compile(r"([0-9]{4}年?)([aepf])\Z", re.IGNORECASE)
_SDMX, _NONE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWZ"), frozenset("HLMOQ")
_MOST = 4  # letters of one status
_APART = re.compile(r"[\s;,+/]")
_OF_YEARS = {"a": "A", "p": "P", "e": FORECAST, "f": FORECAST}  # 2025E is what is expected
_LONGEST = max(map(len, _WORDS))
_IN_BRACKETS = re.compile(r"(.+)\(([^()]{1,12})\)\Z")
_FOOTNOTES = re.compile(r"(.*[^*†‡])([*†‡]{1,3})\Z")
_ABOUT = re.compile(
    r"(?:大约|约为?|about|approximately|approx\.?|circa|~|≈)(?=[-+0-9])", re.IGNORECASE
)
_REMEMBERED = 10_000


class Marked(NamedTuple):
    """A value cell without its mark: the letters of the status, and a mark that is no letter."""

    cell: Cell
    status: str = ""
    note: str = ""


@lru_cache(_REMEMBERED)
def status_of(text: str) -> str:
    """Return the letter that a word of status stands for; empty for any other text."""
    return _WORDS.get(plain_text(text).casefold(), "") if len(text) < 4 * _LONGEST else ""


def letters_of(text: str) -> str | None:
    """Return the letters of ``obs_status`` that a cell means, by letters or a word; None for others.

    Of SDMX's letters those are kept that say how good a value is, ``F`` for a forecast, and ``M``
    for a value that is none.
    """
    letters = _APART.sub("", text.upper())
    if (word := status_of(text)) or not set(letters) <= _SDMX or len(letters) > _MOST:
        return word or None
    missing = "M" if set(letters) & _NONE else ""
    return "".join(letter for letter in "APEBDF" if letter in letters) + missing


def read_marked(text: str) -> Marked | None:
    """Read a value cell with or without a mark: ``80``, ``80 p``, ``80(初步)``, ``80*``, ``约80``."""
    cell = read_cell(text)
    if cell is not None:
        return Marked(cell)
    plain = plain_text(text)
    bare, status = _without_word(plain)
    if match := _ABOUT.match(plain):
        bare, status = plain[match.end() :], "E"
    if status:
        return _whole(bare, status)
    if match := _FOOTNOTES.match(plain):
        return _whole(match[1], note=match[2])
    if match := _FLAG.match(plain):
        letters = "".join(dict.fromkeys(filter(None, map(_LETTERS.get, match[2]))))
        return _whole(match[1], letters, "" if letters else match[2])
    if match := _IN_BRACKETS.match(plain):  # 80(家)
        return _whole(match[1] + match[2])
    return None


def _whole(text: str, status: str = "", note: str = "") -> Marked | None:
    cell = read_cell(text)
    return None if cell is None else Marked(cell, status, note)


@lru_cache(_REMEMBERED)
def read_marked_period(text: str) -> tuple[Period, str] | None:
    """Read a period and the status that stands beside it: ``2018年(初步)``, ``2025年预测``."""
    if (period := read_period(text)) is not None:
        return period, ""
    plain = plain_text(text)
    bare, status = _without_word(plain)
    if match := _YEAR_FLAG.match(plain):
        bare, status = match[1], _OF_YEARS[match[2].lower()]
    period = read_period(bare) if status else None
    return None if period is None else (period, status)


def _without_word(plain: str) -> tuple[str, str]:
    """Take a word of status from the end of a text, in brackets or bare."""
    if match := _IN_BRACKETS.match(plain):
        word = match[2].casefold()
        return match[1], _WORDS.get(word) or _LETTERS.get(word, "")
    for size in range(min(_LONGEST, len(plain) - 1), 1, -1):
        if status := _WORDS.get(plain[-size:].casefold()):
            return plain[:-size], status
    return plain, ""
