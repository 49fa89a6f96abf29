"""A titled part of a chapter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tequio.plans.documents.blocks import Block


@dataclass(frozen=True)
class Section:
    """Blocks under a title; without a title they follow the chapter's own text."""

    title: str
    blocks: list[Block]


def section(title: str, blocks: Iterable[Block]) -> Iterator[Section]:
    """Yield a section, or nothing when it would be empty."""
    if found := list(blocks):
        yield Section(title, found)
