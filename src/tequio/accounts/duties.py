"""What an account asks of its person, and what people wrote to whoever answers: their requests and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.urls import reverse

from tequio.accounts.enums import ACCOUNT, CORRESPONDENCE, RightStatus
from tequio.accounts.queries import (
    asks_second_step,
    due_each,
    has_proven_address,
    has_second_step,
    letters_to_answer,
    received_invitations,
    rights_within_reach,
    roles_of,
)
from tequio.kernel.clock import day_of
from tequio.kernel.duties import Duty, capacity, duties, read_in_one

LETTER_TERM: Final = "respuesta-carta"
"""The term of a pack within which a letter is answered; without it, none is shown."""

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from tequio.accounts.models import User


@capacity
def roles_in_words(person: User, at: datetime) -> Iterator[str]:
    """Yield the roles that the person holds."""
    for role in roles_of(person, day_of(at)):
        owner = role.organization or role.jurisdiction
        yield f"{role.get_kind_display()}{f', {owner}' if owner else ''}"


@duties
def answer_invitations(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each invitation that waits for an answer."""
    for invitation in received_invitations(person, at):
        yield Duty(
            key=f"accounts.answer_invitation:{invitation.pk}",
            topic=ACCOUNT,
            verb="Responde",
            thing=f"la invitación a participar como {invitation.get_kind_display()}",
            why="Sin tu respuesta no puedes actuar con ese papel, y la invitación vence.",
            address=reverse("received_invitation", args=[invitation.pk]),
            button="Ver la invitación",
            where=invitation.post.owner_name,
            due_at=invitation.expires_at,
        )


@duties
def prove_address(person: User, at: datetime) -> Iterator[Duty]:
    """Yield the proof of the address of who acts: without it no notice can reach them."""
    if not has_proven_address(person) and roles_of(person, day_of(at)):
        yield Duty(
            key="accounts.prove_address",
            topic=ACCOUNT,
            verb="Confirma",
            thing="tu correo",
            why="Tienes un papel y todavía no podemos avisarte de nada: falta comprobar que el correo es tuyo.",
            address=reverse("account_email"),
            button="Confirmar el correo",
        )


@duties
def add_second_step(person: User, at: datetime) -> Iterator[Duty]:
    """Yield the second step of who acts on what is not theirs."""
    if not (has_second_step(person) or settings.DEMO) and asks_second_step(person, day_of(at)):
        yield Duty(
            key="accounts.add_second_step",
            topic=ACCOUNT,
            verb="Activa",
            thing="el segundo paso para entrar",
            why="Tu papel cambia lo de otras personas: hasta que lo actives no puedes actuar con él.",
            address=reverse("second_step"),
            button="Activar el segundo paso",
        )


@read_in_one
def written_to(person: User, at: datetime) -> dict[str, QuerySet[Any]]:
    """Return what people wrote and waits for the person's answer."""
    day = day_of(at)
    requests = rights_within_reach(person, day).filter(status=RightStatus.RECEIVED)
    return {"requests": requests, "letters": letters_to_answer(person, day)}


@duties
def answer_requests(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each request about personal data that waits for the person's guarantor, with the law's deadline."""
    for asked in written_to(person, at)["requests"]:
        yield Duty(
            key=f"accounts.answer_request:{asked.folio}",
            topic=CORRESPONDENCE,
            verb="Responde",
            thing=f"la solicitud de datos personales {asked.folio}",
            why="Su persona tiene derecho a una respuesta con razones dentro del plazo de la ley.",
            address=reverse("rights_answer", args=[asked.folio]),
            button="Leer y responder",
            where=asked.organization.name,
            due_on=asked.due_on,
        )


@duties
def answer_letters(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each letter that waits for the person's answer."""
    waiting = written_to(person, at)["letters"]
    due = due_each(LETTER_TERM, {day_of(letter.written_at) for letter in waiting}) if waiting else {}
    for letter in waiting:
        yield Duty(
            key=f"accounts.answer_letter:{letter.folio}",
            topic=CORRESPONDENCE,
            verb="Responde",
            thing=f"la {letter.folio}",
            why="Alguien escribió y espera respuesta; lo que sirva a cualquiera se publica sin su nombre.",
            address=reverse("letter_answer", args=[letter.folio]),
            button="Leer y responder",
            where=letter.addressee,
            due_on=due[day_of(letter.written_at)],
        )
