"""Words as common and as rare as in real texts, the same in each run, for what is found and what is asked."""

from __future__ import annotations

import random
from typing import Final

SYLLABLES: Final = ("ca", "re", "mu", "ni", "to", "pla", "sol", "ver", "go", "tir", "lan", "des", "pon", "qui", "fa")
COMMON: Final = ("datos", "obra", "agua", "municipio", "compromiso", "transparencia", "seguridad", "movilidad")


def questions(number: int) -> list[str]:
    """Return questions of one to three words, with words as common as in the texts."""
    told = iter(words(number * 3, seed=3))
    return [" ".join(next(told) for _ in range(1 + n % 3)) for n in range(number)]


def words(number: int, *, seed: int) -> list[str]:
    """Draw words by Zipf's law: the common ones, then 3,375 made ones."""
    made = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
    random.Random(0).shuffle(made)
    known = [*COMMON, *made]
    return random.Random(seed).choices(known, [1 / place for place in range(1, len(known) + 1)], k=number)
