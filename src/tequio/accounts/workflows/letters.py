"""Writing to the guarantor or to a municipality's secretariat, and answering; in public where it serves everybody."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tequio.accounts.enums import ANSWER_LETTER, DISMISS_LETTER, PUBLISH_LETTER, LetterStatus
from tequio.accounts.models import Jurisdiction, Letter, Organization, User
from tequio.accounts.notices import tell_letter_answered, tell_letter_received
from tequio.accounts.workflows.rights import LETTERS, MOST_A_DAY, SAME
from tequio.kernel.canonical import sha256
from tequio.kernel.locks import RECORD, take_turn
from tequio.kernel.refusal import Refused
from tequio.kernel.workflow import Move, Workflow

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

CORRESPONDENCE: Final = Workflow(
    Letter,
    (
        Move("answer", "Responder", (LetterStatus.RECEIVED,), LetterStatus.ANSWERED, ANSWER_LETTER),
        Move("publish", "Publicar", (LetterStatus.ANSWERED,), LetterStatus.PUBLISHED, PUBLISH_LETTER),
        Move("dismiss", "Cerrar sin responder", (LetterStatus.RECEIVED,), LetterStatus.DISMISSED, DISMISS_LETTER),
    ),
    identity="folio",
)


@dataclass(frozen=True)
class Written:
    """A letter with its secret, which exists only here and in the message; empty when it was already sent."""

    letter: Letter
    token: str = ""


@transaction.atomic
def write_letter(message: str, addressee: Organization | Jurisdiction, *, email: str = "", at: datetime) -> Written:
    """Write to somebody who answers; nobody needs an account. The same words to the same within the hour are one."""
    message, email = message.strip(), email.strip().casefold()
    _check(message, email, at=at)
    take_turn(RECORD)  # a double tap finds what the first wrote
    whom = {"organization": addressee} if isinstance(addressee, Organization) else {"jurisdiction": addressee}
    same = Letter.objects.filter(email=email, message=message, written_at__gt=at - SAME, **whom)
    if email and (found := same.first()):
        return Written(found)
    token = secrets.token_urlsafe(32)
    letter = Letter.objects.create(
        folio="CARTA-" + "".join(secrets.choice(LETTERS) for _ in range(8)),
        message=message,
        email=email,
        token_sha256=sha256(token.encode()),
        written_at=at,
        **whom,
    )
    if email:
        tell_letter_received(letter, token)
    return Written(letter, token)


@transaction.atomic
def answer_letter(letter: Letter, answer: str, *, by: User | AnonymousUser, at: datetime) -> Letter:
    """Answer; whoever left an address is sent the answer."""
    if not isinstance(by, User) or not by.has_perm(ANSWER_LETTER, letter):
        raise Refused("Tu cuenta no puede responder esta carta.")
    if not answer.strip():
        raise Refused("Escribe la respuesta: la persona la recibe completa.")
    found = _take(letter, by=by, at=at)
    if found.status == LetterStatus.RECEIVED:  # else the move below says why not
        found.answer = answer.strip()
        found.save(update_fields=["answer", "answered_at", "answered_by"])
    CORRESPONDENCE.run(found, "answer", by=by, at=at)
    if found.email:
        tell_letter_answered(found)
    return found


@transaction.atomic
def publish_letter(letter: Letter, question: str, answer: str, *, by: User | AnonymousUser, at: datetime) -> Letter:
    """Publish a question written anew and its answer, because it serves everybody; nothing in it tells who asked."""
    if not isinstance(by, User) or not by.has_perm(PUBLISH_LETTER, letter):
        raise Refused("Tu cuenta no puede publicar esta respuesta.")
    question, answer = question.strip(), answer.strip()
    if not question or not answer:
        raise Refused("Escribe la pregunta, con otras palabras, y la respuesta que se publica.")
    found = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if found.email and found.email in f"{question} {answer}".casefold():
        raise Refused("El texto tiene el correo de la persona. Quítalo antes de publicar.")
    if found.status == LetterStatus.ANSWERED:
        found.public_question, found.public_answer = question, answer
        found.save(update_fields=["public_question", "public_answer"])
    CORRESPONDENCE.run(found, "publish", by=by, at=at)
    return found


@transaction.atomic
def dismiss_letter(letter: Letter, *, by: User | AnonymousUser, at: datetime) -> Letter:
    """Close what asks nothing (insults, advertising) without an answer; its text and address leave at once."""
    if not isinstance(by, User) or not by.has_perm(DISMISS_LETTER, letter):
        raise Refused("Tu cuenta no puede cerrar esta carta.")
    found = _take(letter, by=by, at=at)
    if found.status == LetterStatus.RECEIVED:
        found.message = found.email = ""
        found.save(update_fields=["message", "email", "answered_at", "answered_by"])
    CORRESPONDENCE.run(found, "dismiss", by=by, at=at)
    return found


def _take(letter: Letter, *, by: User, at: datetime) -> Letter:
    found = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if found.status == LetterStatus.RECEIVED:
        found.answered_at, found.answered_by = at, by
    return found


def _check(message: str, email: str, *, at: datetime) -> None:
    """Refuse what nobody could answer, and one letter too many to an address that may be another's."""
    if not message:
        raise Refused("Escribe tu mensaje.")
    if not email:
        return
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Refused("Escribe un correo completo, como nombre@ejemplo.mx, o déjalo vacío.") from wrong
    recent = Letter.objects.filter(email=email, status=LetterStatus.RECEIVED, written_at__gt=at - timedelta(days=1))
    if recent.count() >= MOST_A_DAY:
        raise Refused("Ese correo ya tiene tres cartas por responder hoy. Espera la respuesta o escribe mañana.")
