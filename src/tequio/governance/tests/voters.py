"""What the tests of elections stand on: a sector with members, and an election of its representatives."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.utils import timezone
from tests.cast import again

from tequio.accounts.enums import Sector
from tequio.accounts.models import Organization, User
from tequio.exercises.models import Exercise, Registration
from tequio.governance.enums import ElectionKind, Fills
from tequio.governance.models import Election
from tequio.governance.workflows import Terms, add_candidate, cast_ballot, draft_election, open_election

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

NAMES = ("Beatriz Niño", "Carlos Peña", "Ana Ávila")


def members(exercise: Exercise, count: int, *, sector: Sector = Sector.CIVIL_SOCIETY, start: int = 0) -> list[User]:
    """Register members of a sector, each with its account."""
    first = Registration.objects.filter(exercise=exercise).count() + 1
    people = []
    for number in range(start, start + count):
        name = f"{sector}-{exercise.slug}-{number}"
        person = User.objects.create(username=name, email=f"{name}@example.mx")
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        group = Organization.objects.create(
            key=name, kind="civil_society", name=f"Grupo {number}", jurisdiction=exercise.jurisdiction
        )
        Registration.objects.create(
            exercise=exercise,
            order=first + number - start,
            sector=sector,
            organization=group,
            published_name=group.name,
            account=person,
        )
        people.append(person)
    return people


def terms(**other: Any) -> Terms:
    """Return the terms of an election that is open now."""
    at = timezone.now()
    usual: dict[str, Any] = {
        "kind": ElectionKind.REPRESENTATIVES,
        "question": "Representantes de sociedad civil",
        "sector": Sector.CIVIL_SOCIETY,
        "fills": Fills.BOTH,
        "opens_at": at - timedelta(hours=1),
        "closes_at": at + timedelta(hours=1),
    }
    return Terms(**{**usual, **other})


def drafted(exercise: Exercise, by: User, *, names: Sequence[str] = NAMES, **other: Any) -> Election:
    """Prepare an election with its candidates."""
    election = draft_election(exercise, terms(**other), by=again(by), at=timezone.now())
    for name in names:
        add_candidate(election, name, has_consent=True, by=again(by))
    return election


def called(exercise: Exercise, by: User, *, names: Sequence[str] = NAMES, **other: Any) -> Election:
    """Call an election that is open now."""
    election = drafted(exercise, by, names=names, **other)
    return open_election(election, by=again(by), at=timezone.now()).election


def token() -> str:
    """Return what the page of the ballot draws."""
    return secrets.token_hex(16)


def vote(election: Election, person: User, mark: str) -> str:
    """Cast a ballot as one request does."""
    return cast_ballot(election, mark=mark, token=token(), by=again(person))


def over(election: Election, *, ago: timedelta = timedelta(minutes=1)) -> datetime:
    """Let the window of an election have ended."""
    at = timezone.now()
    Election.objects.filter(pk=election.pk).update(closes_at=at - ago)
    return at
