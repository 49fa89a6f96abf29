"""Nothing is silenced or put off: no linter is told to look away, no note promises work."""

from __future__ import annotations

import re

from tests.house.source import files, modules, name_of

# Each is written apart, so that this file does not find itself.
SPACED = ["TO DO", "FIX ME", "XX X", "no qa", "type:_ ignore", "no sec", "djlint: off", "pragma:_no_ cover"]
WORDS = [word.replace(" ", "").replace("_", " ") for word in SPACED]
SHORTCUT = re.compile(r"(?:#|<!--|\{#|//|/\*)[^\n]*\b(?:" + "|".join(WORDS) + r")\b")


def shortcuts(place: str, text: str) -> list[str]:
    """Return the lines with a comment that silences or puts off."""
    return [f"{place}:{n} {line.strip()}" for n, line in enumerate(text.splitlines(), 1) if SHORTCUT.search(line)]


def test_nothing_is_silenced_or_put_off() -> None:
    others = [path for kind in ("*.html", "*.js", "*.scss") for path in files(kind)]
    texts = [(m.place, m.text) for m in modules()] + [(name_of(path), path.read_text()) for path in others]
    assert [fault for place, text in texts for fault in shortcuts(place, text)] == []


def test_a_shortcut_is_found() -> None:
    for word in WORDS:
        assert shortcuts("a.py", f"x = 1  # {word}") == [f"a.py:1 x = 1  # {word}"]
    assert shortcuts("a.py", "xxx = 'por definir, xxx'") == []
