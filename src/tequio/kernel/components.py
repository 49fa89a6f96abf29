"""What page components are given: small frozen facts that a view composes and a template only shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it goes; no address means the place where the reader is."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what is known of it; `missing` is what the document says instead of saying it."""

    term: str
    text: str = ""
    address: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one of the three voices says of a commitment, and when."""

    who: str
    word: str
    detail: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of an exercise, done, now, next or of unknown fate, with its dates in words."""

    name: str
    state: Literal["done", "now", "next", "unknown"]
    when: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says, word for word, and the place where it says it."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of an outline, with those that hang from it."""

    text: str
    kind: str = ""
    address: str = ""
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of a list that is open; addresses are empty at the ends."""

    number: int
    of: int
    total: int
    noun: str
    previous: str = ""
    following: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a filter may take, and how many things it would leave."""

    value: str
    name: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a list: its name in the address, its label, its choices and the one taken."""

    key: str
    label: str
    choices: tuple[Choice, ...]
    chosen: str = ""
