"""The registered members by sector: organizations by name, private citizens only counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tequio.plans.queries.dossier import MemberPart


@dataclass(frozen=True, slots=True)
class SectorMembers:
    """A sector's members: those with a name and how many have none (docs/decisions/0005)."""

    name: str
    named: tuple[MemberPart, ...]
    unnamed: int


def by_sector(members: Sequence[MemberPart]) -> list[SectorMembers]:
    """Return the members by sector, in the order in which the document first names each sector."""
    return [
        SectorMembers(
            label,
            tuple(member for member in members if member.sector_label == label and member.name),
            sum(member.sector_label == label and not member.name for member in members),
        )
        for label in dict.fromkeys(member.sector_label for member in members)
    ]
