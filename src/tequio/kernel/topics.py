"""Topics of notices: what a room tells people about, and how often each wants to hear of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.db import models

KEY: Final = re.compile(r"[a-z][a-z_]{0,39}")


class Pace(models.TextChoices):
    """How often a person wants to be told of a topic (issue 3, §11)."""

    IMMEDIATE = "immediate", "Cada vez"
    DAILY = "daily", "En el resumen del día"
    WEEKLY = "weekly", "En el resumen de la semana"
    NEVER = "never", "Nunca"


@dataclass(frozen=True, slots=True)
class Topic:
    """Something a person may want to hear of, in their words, and the pace of who chose none."""

    key: str
    name: str
    explanation: str
    pace: Pace = Pace.IMMEDIATE


_topics: dict[str, Topic] = {}


def topic(key: str, name: str, explanation: str, *, pace: Pace = Pace.IMMEDIATE) -> Topic:
    """Declare a topic, once, in a room's `enums.py`; a second one with this key is a mistake of ours."""
    if not KEY.fullmatch(key) or key in _topics:
        raise ValueError(f"{key!r} names no topic, or two")
    _topics[key] = Topic(key, name, explanation, pace)
    return _topics[key]


def topics() -> tuple[Topic, ...]:
    """Return every topic by its name in words."""
    return tuple(sorted(_topics.values(), key=lambda each: each.name))


def topic_of(key: str) -> Topic | None:
    """Return a topic, or None: a link in an old message may name one that is gone."""
    return _topics.get(key)


def forget_topic(key: str) -> None:
    """Take a topic out of the table."""
    del _topics[key]
