"""What an account asks of its person: to answer an invitation, to prove its address, to add a second step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from tequio.accounts.enums import ACCOUNT
from tequio.accounts.queries import (
    asks_second_step,
    has_proven_address,
    has_second_step,
    received_invitations,
    roles_of,
)
from tequio.kernel.clock import day_of
from tequio.kernel.duties import Duty, capacity, duties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

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
