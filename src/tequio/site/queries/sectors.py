"""The registered members by sector: organizations by name, private citizens only counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tequio.accounts.enums import Sector

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tequio.exercises.models import Registration
    from tequio.plans.queries.dossier import MemberPart


@dataclass(frozen=True, slots=True)
class SectorMembers:
    """A sector's members: those with a name and how many have none (docs/decisions/0005)."""

    name: str
    named: tuple[MemberPart, ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class SectorRoll:
    """Who is registered in a sector today: the first named members, how many there are, how many have no name."""

    name: str
    first: tuple[Registration, ...]
    total: int
    unnamed: int


def rolls(members: Sequence[Registration], counts: Mapping[str, int]) -> list[SectorRoll]:
    """Return the roll of each sector that has members; private citizens are those without a name."""
    return [
        SectorRoll(
            str(Sector(sector).label),
            tuple(member for member in members if member.sector == sector),
            count,
            count if sector == Sector.CITIZENS else 0,
        )
        for sector, count in counts.items()
    ]


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
