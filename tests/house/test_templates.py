"""Strict CSP: templates hold no inline script, style or handler."""

from __future__ import annotations

import re

from tests.house.source import name_of, templates

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|<[^>]*\s(?:style|on[a-z]+)\s*=|javascript:",
    re.IGNORECASE,
)
QUOTED = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)


def inline(text: str) -> list[str]:
    """Return the inline scripts, styles and handlers of a template; its comments never reach a page."""
    return INLINE.findall(QUOTED.sub("", text))


def test_templates_hold_nothing_inline() -> None:
    assert {name_of(path): found for path in templates() if (found := inline(path.read_text()))} == {}


def test_what_is_inline_is_found() -> None:
    planted = [
        "<script>a()</script>",
        '<script type="module">a()</script>',
        "<style>a{}</style>",
        '<p class="a" style="color:red">',
        '<a href="/" onclick="a()">',
        '<a href="javascript:a()">',
    ]
    assert [text for text in planted if not inline(text)] == []
    assert inline('<script src="/static/a.js" defer></script><p class="style">onda = 1</p>') == []
