"""Asking about one's own data, with or without an account, and answering."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from tequio.accounts.enums import (
    ANSWER_REQUEST,
    PROVE_REQUEST,
    PROVE_REQUEST_IN_PERSON,
    WITHDRAW_REQUEST,
    OrganizationKind,
    RightKind,
    RightOutcome,
    RightProof,
    RightStatus,
)
from tequio.accounts.models import Consent, Organization, RightsRequest, User
from tequio.accounts.notices import tell_rights_answered, tell_rights_received, tell_rights_to_prove
from tequio.accounts.queries import due_after
from tequio.accounts.workflows.privacy import end_consents, hash_of
from tequio.kernel.canonical import sha256
from tequio.kernel.clock import day_of
from tequio.kernel.locks import RECORD, take_turn
from tequio.kernel.refusal import Refused
from tequio.kernel.workflow import Actor, Move, Workflow

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models.privacy import ConsentQuerySet

TERM: Final = "respuesta-arco"
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
MOST_A_DAY: Final = 3
SAME: Final = timedelta(hours=1)

RIGHTS: Final = Workflow(
    RightsRequest,
    (
        Move("prove", "Confirmar", (RightStatus.UNPROVEN,), RightStatus.RECEIVED, PROVE_REQUEST),
        Move(
            "prove_in_person",
            "Confirmar en persona",
            (RightStatus.UNPROVEN,),
            RightStatus.RECEIVED,
            PROVE_REQUEST_IN_PERSON,
        ),
        Move("answer", "Responder", (RightStatus.RECEIVED,), RightStatus.ANSWERED, ANSWER_REQUEST),
        Move(
            "withdraw",
            "Retirar",
            (RightStatus.UNPROVEN, RightStatus.RECEIVED),
            RightStatus.WITHDRAWN,
            WITHDRAW_REQUEST,
        ),
    ),
    identity="folio",
)


@dataclass(frozen=True)
class Requester:
    """Whoever holds a request's secret, which only its person was sent; they may prove and withdraw that one."""

    token: str

    def has_perm(self, perm: str, obj: Any = None, /) -> bool:
        """Tell whether the secret is that of the request."""
        known = getattr(obj, "token_sha256", "")
        own = hmac.compare_digest(known, sha256(self.token.encode(errors="replace")))
        return perm in {PROVE_REQUEST, WITHDRAW_REQUEST} and own

    def get_username(self) -> str:
        """Return the name that histories keep, which is nobody's."""
        return "titular"


@dataclass(frozen=True)
class Wish:
    """What somebody asks: a right, in which words, of which guarantor, and how they will show that it is theirs."""

    kind: RightKind
    text: str
    organization: Organization
    email: str = ""
    proof: RightProof = RightProof.MAIL


@dataclass(frozen=True)
class Asked:
    """A request with its secret, which exists only here and in the message; empty when it was already sent."""

    request: RightsRequest
    token: str = ""


@transaction.atomic
def ask_rights(wish: Wish, *, verified_email: str = "", by: User | AnonymousUser, at: datetime) -> Asked:
    """Open a request; one's own account, with the address it has shown to be its own, needs no other proof.

    The same words from the same address within the hour are the same request.
    """
    email = wish.email.strip().casefold()
    take_turn(RECORD)  # a double tap finds what the first wrote
    if same := _asked_just_now(wish, email, at=at):
        return Asked(same)
    _check_wish(wish, email, at=at)
    account = by if isinstance(by, User) and email and email == verified_email.strip().casefold() else None
    token = secrets.token_urlsafe(32)
    request = RightsRequest.objects.create(
        folio="ARCO-" + "".join(secrets.choice(LETTERS) for _ in range(8)),
        kind=wish.kind,
        proof=RightProof.ACCOUNT if account else wish.proof,
        organization=wish.organization,
        account=account,
        email=email,
        token_sha256=sha256(token.encode()),
        text=wish.text.strip(),
        asked_at=at,
    )
    if account:
        prove_request(request, by=account, at=at)
    elif email:
        tell_rights_to_prove(request, token)
    return Asked(request, token)


@transaction.atomic
def prove_request(request: RightsRequest, *, by: Actor, at: datetime) -> RightsRequest:
    """Take a request as its person's, by its secret or their account; from here its term runs."""
    if request.proof == RightProof.IN_PERSON:
        raise Refused("Esta solicitud se confirma en persona, en la oficina del órgano garante.")
    return _start(request, "prove", by=by, at=at)


@transaction.atomic
def prove_request_in_person(request: RightsRequest, *, by: User | AnonymousUser, at: datetime) -> RightsRequest:
    """Note that a person came and showed who they are; no copy of anything is kept."""
    return _start(request, "prove_in_person", by=by, at=at)


@transaction.atomic
def withdraw_request(request: RightsRequest, *, by: Actor, at: datetime) -> RightsRequest:
    """Take a request back; what identifies its person is emptied at once."""
    RIGHTS.run(request, "withdraw", by=by, at=at)
    request.email = request.text = ""
    request.save(update_fields=["email", "text"])
    return request


@transaction.atomic
def answer_request(
    request: RightsRequest, outcome: RightOutcome, answer: str, *, by: User | AnonymousUser, at: datetime
) -> RightsRequest:
    """Answer with the reason, sent to whoever left an address; an opposition that is granted ends their consents."""
    if not isinstance(by, User) or not by.has_perm(ANSWER_REQUEST, request):
        raise Refused("Tu cuenta no puede responder esta solicitud.")
    if not answer.strip():
        raise Refused("Escribe la respuesta con sus razones: la persona la recibe completa.")
    found = RightsRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if found.status == RightStatus.RECEIVED:  # else the move below says why not
        found.outcome, found.answer, found.answered_at, found.answered_by = outcome, answer.strip(), at, by
        found.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    RIGHTS.run(found, "answer", by=by, at=at)
    if found.kind == RightKind.OPPOSITION and outcome == RightOutcome.GRANTED:
        end_consents(_consents_of(found), at=at)
    if found.email:
        tell_rights_answered(found)
    return found


def _asked_just_now(wish: Wish, email: str, *, at: datetime) -> RightsRequest | None:
    """Return the request that says the same from the same address; without one, two people may say the same."""
    same = RightsRequest.objects.filter(email=email, kind=wish.kind, text=wish.text.strip(), asked_at__gt=at - SAME)
    return same.exclude(status=RightStatus.WITHDRAWN).first() if email else None


def _check_wish(wish: Wish, email: str, *, at: datetime) -> None:
    """Refuse a request that nobody could answer, and one too many to an address that may be another's."""
    if wish.organization.kind != OrganizationKind.GUARANTOR:
        raise Refused(f"{wish.organization} no atiende estas solicitudes. Elige el órgano garante.")
    if not wish.text.strip():
        raise Refused("Escribe qué pides, con tus palabras.")
    if email:
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise Refused("Escribe un correo completo, como nombre@ejemplo.mx.") from wrong
        waiting = RightsRequest.objects.filter(
            email=email, status=RightStatus.UNPROVEN, asked_at__gt=at - timedelta(days=1)
        )
        if waiting.count() >= MOST_A_DAY:
            raise Refused("Ese correo ya tiene solicitudes por confirmar. Abre el mensaje que te enviamos.")
    elif wish.proof != RightProof.IN_PERSON:
        raise Refused("Escribe tu correo, o elige acreditarte en persona.")


def _consents_of(request: RightsRequest) -> ConsentQuerySet:
    """Return what the person of a request accepted, with their account or with their address alone."""
    whose = Q(account__isnull=False, account=request.account_id)
    if request.email:
        whose |= Q(address_hash=hash_of(request.email))
    return Consent.objects.filter(whose)


def _start(request: RightsRequest, move: str, *, by: Actor, at: datetime) -> RightsRequest:
    found = RightsRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if found.status == RightStatus.RECEIVED and by.has_perm(RIGHTS.moves[move].permission, found):
        return found  # two clicks are one
    if found.status == RightStatus.UNPROVEN:
        found.proven_at, found.due_on = at, due_after(TERM, day_of(at))
        found.save(update_fields=["proven_at", "due_on"])
    RIGHTS.run(found, move, by=by, at=at)
    if found.email:
        tell_rights_received(found)
    return found
