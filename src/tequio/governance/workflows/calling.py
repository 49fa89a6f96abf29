"""Calling an election (its roll is frozen, its ballot drawn, its urn sealed empty), and annulling it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q

from tequio.accounts.models import User
from tequio.exercises.enums import ExerciseState
from tequio.exercises.workflows import REPLACE_EXERCISE, WITHDRAW_CANDIDACY
from tequio.governance.enums import ANNUL_ELECTION, OPEN_ELECTION, ElectionKind, ElectionState
from tequio.governance.models import Candidate, Election, RollEntry, Turnout, Urn
from tequio.governance.queries.elections import accounts_called, ballot_sha256, candidates_named
from tequio.governance.workflows.counting import drawn_order
from tequio.governance.workflows.drafting import drafted
from tequio.governance.workflows.urns import Contents, drawn_codes, fingerprint, seal
from tequio.kernel.canonical import instant
from tequio.kernel.clock import day_of
from tequio.kernel.facts import STATUS_CHANGED, announce
from tequio.kernel.ledger import record
from tequio.kernel.objections import object_to
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.exercises.models import Application

FEWEST_VOTERS: Final = 3
"""Of two who vote, each knows how the other did."""
MOST_CODES: Final = 2_000
SECOND_ROUND_NAMES: Final = 2


@dataclass(frozen=True)
class Called:
    """An election that was called, with the codes to hand out, which exist only here and on paper."""

    election: Election
    codes: tuple[str, ...] = ()


@transaction.atomic
def open_election(election: Election, *, codes: int = 0, by: User | AnonymousUser, at: datetime) -> Called:
    """Call an election: from here its roll, its rules and its ballot do not change. `codes` is for a poll: how many."""
    election = drafted(election, by=by)
    if not isinstance(by, User) or not by.has_perm(OPEN_ELECTION, election):
        raise Refused("Tu cuenta no puede convocar esta elección.")
    _check_callable(election, at=at)
    handed = _codes(election, codes)
    roll = _roll(election, handed, day_of(at))
    if len(roll) < FEWEST_VOTERS:
        raise Refused(
            f"El padrón tiene {len(roll)} con derecho a voto y hacen falta {FEWEST_VOTERS}: entre menos, "
            "el voto no es secreto. Elijan por acuerdo, en una reunión con acta."
        )
    election.seed = secrets.token_hex(32)
    election.roll_size, election.state = len(roll), ElectionState.CALLED
    election.save(update_fields=["seed", "roll_size", "state"])
    candidates = _number_candidates(election)
    secrets.SystemRandom().shuffle(roll)
    RollEntry.objects.bulk_create(roll)
    Turnout.objects.create(election=election)
    Urn.objects.create(election=election, sealed=seal(Contents(), seed=election.seed, roll_size=len(roll)))
    facts = {
        "kind": election.kind,
        "roll": len(roll),
        "seed": election.seed,
        "ballot_sha256": ballot_sha256(candidates),
        "opens_at": instant(election.opens_at),
        "closes_at": instant(election.closes_at or election.opens_at),
        "majority": election.majority,
        "tie_rule": election.tie_rule,
        "seats": election.seats,
    }
    tell(election, "open", before=ElectionState.DRAFT)
    record("governance.election_called", subject_of(election), facts, by=None, at=at)
    return Called(election, tuple(handed))


@transaction.atomic
def annul_election(election: Election, *, reason: str, by: User | AnonymousUser, at: datetime) -> Election:
    """Annul an election that was called, counted or not, for a reason that is published; its votes are not counted."""
    turnout = Turnout.objects.select_for_update().filter(election=election).first()
    election = Election.objects.select_for_update(of=("self",)).select_related("exercise").get(pk=election.pk)
    if not isinstance(by, User) or not by.has_perm(ANNUL_ELECTION, election):
        raise Refused("Tu cuenta no puede anular esta elección. Solo puede el órgano garante.")
    if election.state == ElectionState.ANNULLED:
        return election
    if turnout is None:
        raise Refused("La elección no se ha convocado: descarte el borrador.")
    reason = reason.strip()
    if not reason:
        raise Refused("Escribe por qué se anula; el motivo se publica.")
    if Election.objects.filter(previous=election).exclude(state=ElectionState.ANNULLED).exists():
        raise Refused("Tiene una segunda vuelta. Anule o descarte primero la segunda vuelta.")
    before = election.state
    election.state, election.annulment, election.annulled_at = ElectionState.ANNULLED, reason, at
    election.save(update_fields=["state", "annulment", "annulled_at"])
    Urn.objects.filter(election=election).update(sealed=b"")
    tell(election, "annul", before=before)
    record("governance.election_annulled", subject_of(election), {"reason": reason}, by=None, at=at)
    return election


def subject_of(election: Election) -> str:
    """Return the public reference of an election."""
    return f"governance.Election:{election.code}"


def tell(election: Election, move: str, *, before: str) -> None:
    """Announce that an election stands elsewhere, so that pages drop."""
    announce(STATUS_CHANGED, subject=subject_of(election), move=move, before=str(before), after=str(election.state))


def _check_callable(election: Election, *, at: datetime) -> None:
    """Refuse to call what cannot be voted."""
    if election.exercise.state != ExerciseState.OPEN:
        raise Refused("El ejercicio no está en curso: la elección se convoca cuando haya iniciado.")
    if election.window.closes_at is None or election.window.closes_at <= at:
        raise Refused("La fecha de cierre ya pasó. Cámbiala antes de convocar.")
    standing = election.candidates.count()
    fewest = 1 if election.accepts_single else SECOND_ROUND_NAMES
    if standing < fewest:
        raise Refused(
            f"La boleta tiene {standing} y hacen falta {fewest} como mínimo. Agrega candidaturas"
            + ("." if election.accepts_single else ", o acepta la candidatura única en las reglas.")
        )
    if election.kind != ElectionKind.POLL and election.candidates.filter(has_consent=False).exists():
        raise Refused("Falta la autorización de una persona para publicar su nombre.")


def _codes(election: Election, count: int) -> list[str]:
    """Return the codes of a poll; those of a second round are the ones already handed out."""
    if election.kind != ElectionKind.POLL or election.previous_id:
        return []
    if not FEWEST_VOTERS <= count <= MOST_CODES:
        raise Refused(f"Di cuántas papeletas se reparten: de {FEWEST_VOTERS} a {MOST_CODES:,}.")
    return drawn_codes(count)


def _roll(election: Election, codes: list[str], day: date) -> list[RollEntry]:
    """Return who may vote: the sector's registered members, the plenary's titulars, or who holds a code."""
    if election.previous:
        before = election.previous.roll.exclude(account__isnull=True, code_hash="")
        return [RollEntry(election=election, account=each.account, code_hash=each.code_hash) for each in before]
    if election.kind == ElectionKind.POLL:
        return [RollEntry(election=election, code_hash=fingerprint(code)) for code in codes]
    return [RollEntry(election=election, account_id=number) for number in sorted(accounts_called(election, day))]


def _number_candidates(election: Election) -> list[Candidate]:
    """Give each candidate its place on the ballot, in the order that the seed draws."""
    by_name = {candidate.name: candidate for candidate in election.candidates.all()}
    order = [by_name[name] for name in drawn_order(by_name, seed=election.seed)]
    for position, candidate in enumerate(order, 1):
        candidate.position = position
    Candidate.objects.bulk_update(order, ["position"])
    return order


def keep_what_was_voted() -> None:
    """Object to what would undo elections that people prepared or called; called once the rooms are loaded."""
    object_to(REPLACE_EXERCISE, called_by_people)
    object_to(WITHDRAW_CANDIDACY, on_a_ballot)


def called_by_people(*, slug: str) -> Iterator[str]:
    """Object to replacing an exercise in which people prepared or held elections, for they would be erased."""
    held = Election.objects.filter(exercise__slug=slug).count()
    if held:
        yield f"«{slug}» tiene {held} elecciones preparadas aquí; volver a cargarlo las borraría."


def on_a_ballot(*, application: Application) -> Iterator[str]:
    """Object to taking back a candidacy whose name is on the ballot of an election that was called."""
    called = Q(election__state__in=[ElectionState.CALLED, ElectionState.CLOSED])
    for candidate in candidates_named(application.person_name, application.call.exercise_id).filter(called):
        yield (
            f"Tu nombre está en la boleta de «{candidate.election}», que no cambia desde que se convocó. Puedes "
            "retirar tu consentimiento en «Mis datos»: se quitan tu texto y tu fotografía."
        )
