"""Strict CSP: templates hold no inline script, style or handler. Pages of work say where they are and lead back."""

from __future__ import annotations

import re

from tests.house.source import name_of, templates

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|<[^>]*\s(?:style|on[a-z]+)\s*=|javascript:",
    re.IGNORECASE,
)
EXTENDS = re.compile(r'\{%\s*extends\s+"([^"]+)"')
TRAIL = re.compile(r"\{%\s*block\s+trail\s*%\}(?!\{%\s*endblock)")
WORKING = ("exercises", "governance")
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


def leads_back(name: str, texts: dict[str, str]) -> bool:
    """Tell whether a page, or what it extends, says where it is."""
    text = texts.get(name, "")
    above = EXTENDS.search(text)
    return bool(TRAIL.search(text) or (above and leads_back(above[1], texts)))


def named_templates() -> dict[str, str]:
    """Return the text of each template by the name under which others extend it."""
    return {str(path).partition("/templates/")[2]: path.read_text() for path in templates()}


def test_every_page_of_exercises_and_bodies_leads_back() -> None:
    texts = named_templates()
    bases = {found[1] for text in texts.values() if (found := EXTENDS.search(text))}
    pages = [name for name in texts if name.startswith(WORKING) and EXTENDS.search(texts[name]) and name not in bases]
    assert len(pages) > 50
    assert [name for name in pages if not leads_back(name, texts)] == []


def test_a_page_that_leads_nowhere_is_found() -> None:
    texts = {"base.html": "{% block trail %}{% endblock %}", "lost.html": '{% extends "base.html" %}'}
    assert not leads_back("lost.html", texts)
    assert leads_back("lost.html", texts | {"base.html": '{% block trail %}<nav class="trail"></nav>{% endblock %}'})
