"""The words and sentences of the program, by language; codes never change.

They stand in ``data/words.csv``, a row a code and a column a language: a further language is one
more column there, and one more code in ``Lang``. Braces are details put in.
"""

import csv
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from mfgtargets.data import data_folder

Lang = Literal["zh", "en"]
Words = tuple[str, ...]  # one for each language
LANGUAGES: tuple[Lang, ...] = get_args(Lang)


def _tables() -> dict[str, dict[str, Words]]:
    """Read the tables of words, by name."""
    tables: dict[str, dict[str, Words]] = {}
    with (data_folder() / "words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = tuple(row[language] for language in LANGUAGES)
            tables.setdefault(row["table"], {})[row["code"]] = words
    return tables


_TABLES = _tables()
(FLAGS, REASONS, HEADINGS, TITLES, BASELINE_SOURCES, REMARKS, STANDINGS, MARKS, SOURCES, COMPARED,
 PATHS, NUMBERS, KINDS, HOLDS, OBLIGATIONS, OUTCOMES, LEVELS, WARNINGS, COMMON, METHOD_PATHS, WINDOWS, DIFFERENCES,
 PAGE, HELP, COMMANDS, OPTIONS, METAVARS, EXAMPLES, NEEDED, USAGES, SYSTEM, OMITTED, DOUBTS) = map(
    _TABLES.__getitem__,
    "flags reasons headings titles baseline_sources remarks standings marks sources compared "
    "paths numbers kinds holds obligations outcomes levels warnings common method_paths windows differences "
    "page help commands options metavars examples needed usages system omitted doubts".split(),
)  # fmt: skip
FACTS = HEADINGS | _TABLES["facts"]
FAULTS, HINTS, LEFT_OUT, NOTES = (_TABLES[n] for n in ("faults", "hints", "left_out", "notes"))


def word(words: Words, lang: Lang) -> str:
    """Return the one of the words that is of the language."""
    return words[LANGUAGES.index(lang)]


def term(table: Mapping[str, Words], code: str, lang: Lang) -> str:
    """Return the word for a code; the code itself where the table has none."""
    return word(table[code], lang) if code in table else code


def terms(table: Mapping[str, Words], codes: Iterable[str], lang: Lang) -> list[str]:
    """Return the words for codes."""
    return [term(table, code, lang) for code in codes]


def say(code: str, lang: Lang, **details: object) -> str:
    """Return a sentence with its details put in."""
    return word(_TABLES["sentences"][code], lang).format(**details)


def counted(number: int, noun: str, lang: Lang) -> str:
    """Return a count with its noun: 1 row, 2 rows, 2条."""
    forms = word(_TABLES["counted"][noun], lang).split("|")
    return forms[0 if number == 1 else -1].format(number)


def joined(what: str, texts: Iterable[str], lang: Lang) -> str:
    """Return words, names, counts, parts of a sentence, or hints as one text."""
    return word(_TABLES["between"][what], lang).join(texts)
