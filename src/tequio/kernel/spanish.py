"""Turns Spanish text into search terms, so that accents, case and endings never hide a document.

A document's word gives the union of two readings, fold(stem(word)) and fold(stem(fold(word))). A question's
word is folded first, so that writing it with or without accents asks the same.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Final

import Stemmer

ANALYSER: Final = "1"  # part of each entry's digest: a change of rules re-reads every text
LONGEST_TEXT: Final = 500_000  # characters read of one text
LONGEST_TERM: Final = 64
LONGEST_QUESTION: Final = 1_000  # characters read of one question
MOST_WORDS: Final = 12  # different words looked for in one question

WORD: Final = re.compile(r"[^\W_]+")
ACRONYM: Final = re.compile(r"[A-ZÁÉÍÓÚÜÑ]{2,8}")
STOP_WORDS: Final = frozenset(
    WORD.findall(
        "a al ante asi aun cada como con cual cuales cuando de del desde donde dos e el ella ellas ellos en "
        "entre era eran es esa esas ese eso esos esta estas este esto estos fue ha han hasta hay la las le "
        "les lo los mas me mi mis muy ni no nos o os para pero por porque que quien quienes se sea ser si "
        "sin sobre son su sus "
        "tambien te tu tus u un una unas uno unos y ya"
    )
)

_here = threading.local()


def fold(text: str) -> str:
    """Return the text without case and without marks over its letters («Año» → «ano»)."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def document_terms(text: str) -> set[str]:
    """Return every term under which a document is kept."""
    text = unicodedata.normalize("NFC", text[:LONGEST_TEXT])
    shouted = text.isupper()
    found: set[str] = set()
    for word in set(WORD.findall(text)):
        found |= word_terms(word, shouted=shouted)
    return found


@lru_cache(maxsize=50_000)
def word_terms(word: str, *, shouted: bool) -> frozenset[str]:
    """Return a document's word as terms; an acronym stays whole unless the whole text is in capitals."""
    folded = _plain(word)
    if not folded or folded in STOP_WORDS:
        return frozenset()
    if not shouted and ACRONYM.fullmatch(word):
        return frozenset({folded})
    return frozenset({_plain(_stem(word.lower())), *_readings(folded)})


def question_terms(question: str) -> list[frozenset[str]]:
    """Return, for each word of a question, the terms that answer it: the word itself and its stems."""
    found: dict[frozenset[str], None] = {}
    for word in WORD.findall(unicodedata.normalize("NFC", question[:LONGEST_QUESTION])):
        folded = _plain(word)
        if folded and folded not in STOP_WORDS:
            found[frozenset({folded, *_readings(folded)})] = None
    return list(found)[:MOST_WORDS]


def _plain(word: str) -> str:
    """Return a folded word of letters and digits only (some letters decompose into signs and spaces)."""
    return "".join(WORD.findall(fold(word)))[:LONGEST_TERM]


def _readings(folded: str) -> set[str]:
    """Return the stems of a folded word; «luces» is read as «luz» too, the plural that no stemmer undoes."""
    readings = {_stem(folded)}
    if folded.endswith("ces"):
        readings.add(_stem(folded[:-3] + "z"))
    return readings


def _stem(word: str) -> str:
    """Return a word's Snowball stem; a word with digits has none."""
    if not word.isalpha():
        return word
    if not hasattr(_here, "stemmer"):  # a stemmer object serves one thread at a time
        _here.stemmer = Stemmer.Stemmer("spanish")
    return str(_here.stemmer.stemWord(word))
