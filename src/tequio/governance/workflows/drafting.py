"""Preparing an election: its question, its rules and who stands, before anybody is called to vote."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max

from tequio.accounts.enums import Sector
from tequio.accounts.models import User
from tequio.exercises.models import Exercise
from tequio.governance.enums import (
    DRAFT_ELECTION,
    BodyKind,
    ElectionKind,
    ElectionState,
    Fills,
    TieBreak,
    WinningMajority,
)
from tequio.governance.models import Body, Candidate, Election
from tequio.governance.models.elections import MOST_CANDIDATES
from tequio.governance.queries.elections import candidates_named
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.exercises.models import Registration


@dataclass(frozen=True)
class Terms:
    """What an election asks, of whom, until when and by which rules."""

    kind: str
    question: str
    opens_at: datetime
    closes_at: datetime
    explanation: str = ""
    sector: str = ""
    fills: str = ""
    seats: int = 1
    majority: str = WinningMajority.SIMPLE
    tie_rule: str = TieBreak.LOT
    accepts_single: bool = False


LONGEST_NAME: Final = 200
"""Letters of a candidate's name: what the ballot and its table hold."""


@transaction.atomic
def draft_election(exercise: Exercise, terms: Terms, *, by: User | AnonymousUser, at: datetime) -> Election:
    """Prepare an election of an exercise; nobody but who runs it sees it yet."""
    exercise = Exercise.objects.select_for_update(no_key=True).get(pk=exercise.pk)
    election = Election(exercise=exercise)
    _agree(election, terms, by=by, at=at)
    last = exercise.elections.aggregate(last=Max("number"))["last"] or 0
    election.number = last + 1
    election.save(force_insert=True)
    return election


@transaction.atomic
def revise_election(election: Election, terms: Terms, *, by: User | AnonymousUser, at: datetime) -> Election:
    """Change an election that was not called yet; its kind stays."""
    election = drafted(election, by=by)
    if terms.kind != election.kind:
        raise Refused("La clase de elección no cambia. Descarte este borrador y prepare otro.")
    if terms.sector != election.sector and election.candidates.exists():
        raise Refused("Quita primero las candidaturas: son de otro sector.")
    _agree(election, terms, by=by, at=at)
    election.save()
    return election


@transaction.atomic
def discard_election(election: Election, *, by: User | AnonymousUser) -> None:
    """Throw away an election that was not called yet."""
    drafted(election, by=by).delete()


@transaction.atomic
def add_candidate(
    election: Election,
    name: str,
    *,
    presentation: str = "",
    registration: Registration | None = None,
    has_consent: bool = False,
    by: User | AnonymousUser,
) -> Candidate:
    """Let somebody stand, by their consent; an option of a poll needs none. Asked twice, it is the same one."""
    election = drafted(election, by=by)
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise Refused(f"El nombre tiene {len(name)} letras; caben {LONGEST_NAME}. Acórtalo.")
    if not name:
        raise Refused("Escribe el nombre que aparecerá en la boleta.")
    if election.kind != ElectionKind.POLL and not has_consent:
        raise Refused("Sin su autorización, el nombre de una persona no se publica. Pídela y marca la casilla.")
    if registration and (registration.exercise_id, registration.sector) != (election.exercise_id, election.sector):
        raise Refused("Ese miembro inscrito no es de este sector.")
    if election.candidates.count() >= MOST_CANDIDATES:
        raise Refused(f"Caben {MOST_CANDIDATES} candidaturas como máximo.")
    asked = {"presentation": presentation.strip(), "registration": registration, "has_consent": has_consent}
    candidate, is_new = Candidate.objects.get_or_create(election=election, name=name, defaults=asked)
    if not is_new and (candidate.presentation, candidate.registration) != (presentation.strip(), registration):
        raise Refused(f"«{name}» ya está en la boleta. Quita esa candidatura para cambiarla.")
    return candidate


@transaction.atomic
def remove_candidate(candidate: Candidate, *, by: User | AnonymousUser) -> None:
    """Take a name off an election that was not called yet."""
    drafted(candidate.election, by=by)
    Candidate.objects.filter(pk=candidate.pk).delete()


@transaction.atomic
def forget_candidate(exercise: int, name: str) -> int:
    """Take who withdrew their candidacy off the elections of an exercise that were not called; return off how many."""
    drafts = Election.objects.select_for_update(of=("self",)).filter(exercise=exercise, state=ElectionState.DRAFT)
    gone = candidates_named(name, exercise).filter(election__in=[each.pk for each in drafts])
    return gone.delete()[0]


def drafted(election: Election, *, by: User | AnonymousUser) -> Election:
    """Return an election, locked, that may still be changed, or refuse; inside the caller's transaction."""
    found = Election.objects.select_for_update(of=("self",)).select_related("exercise").filter(pk=election.pk).first()
    if found is None:
        raise Refused("Este borrador ya se descartó. Actualiza la página.")
    if not isinstance(by, User) or not by.has_perm(DRAFT_ELECTION, found):
        raise Refused("Tu cuenta no puede preparar esta elección.")
    if found.state != ElectionState.DRAFT:
        raise Refused("La elección ya se convocó: sus reglas y su boleta no cambian.")
    return found


def _agree(election: Election, terms: Terms, *, by: User | AnonymousUser, at: datetime) -> None:
    """Write the terms on an election, or refuse those that no election can have."""
    for name, value in asdict(terms).items():
        setattr(election, name, value)
    election.question = " ".join(terms.question.split())
    if not isinstance(by, User) or not by.has_perm(DRAFT_ELECTION, election):
        raise Refused("Tu cuenta no puede preparar una elección en este ejercicio.")
    if not election.question:
        raise Refused("Escribe qué se elige.")
    if terms.closes_at <= max(terms.opens_at, at):
        raise Refused("La votación debe cerrar después de abrir, y en el futuro. Revisa las dos fechas.")
    if terms.kind == ElectionKind.REPRESENTATIVES and not (terms.sector in Sector and terms.fills in Fills):
        raise Refused("Elige el sector y los asientos que se llenan.")
    if terms.kind != ElectionKind.REPRESENTATIVES:
        election.sector = election.fills = ""
    election.seats = 2 if terms.fills == Fills.BOTH else terms.seats
    if election.seats < 1 or (terms.majority == WinningMajority.ABSOLUTE and terms.seats > 1):
        raise Refused("La mayoría absoluta es para un solo lugar. Elige mayoría simple, o un lugar.")
    election.body = plenary_of(election.exercise) if terms.kind == ElectionKind.FACILITATOR else None


def plenary_of(exercise: Exercise) -> Body:
    """Return the guarantor's plenary in an exercise, or refuse."""
    found = exercise.bodies.filter(kind=BodyKind.PLENARY).first()
    if found is None:
        raise Refused(
            "Este ejercicio no tiene registrado el pleno del órgano garante. Regístralo primero. "
            "En un municipio, quien facilita se elige por acuerdo del secretariado, en una sesión."
        )
    return found
