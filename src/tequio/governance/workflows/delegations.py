"""A titular lets their substitute answer for the seat from one day to another, and takes it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.urls import reverse

from tequio.accounts.workflows import notify
from tequio.governance.enums import SECRETARIAT, SPEAK_FOR_SEAT, SeatRole
from tequio.governance.models import Delegation, SeatTerm
from tequio.governance.queries.delegations import substitute_for
from tequio.governance.workflows.locking import allow, lock_body, tell
from tequio.kernel.clock import day_of
from tequio.kernel.refusal import Refused
from tequio.kernel.spoken import long_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User

LONGEST: Final = timedelta(days=183)
"""Who is away for longer leaves the seat: an end further off is a mistyped year."""


@transaction.atomic
def delegate_seat(
    term: SeatTerm, *, starts_on: date, last_on: date, by: User | AnonymousUser, at: datetime
) -> Delegation:
    """Let the substitute answer for a titular's seat on some days, both included; said twice, it is the same."""
    who, today = allow(by, SPEAK_FOR_SEAT, term, "decir quién responde por este asiento"), day_of(at)
    lock_body(term.seat.body)
    _check_days(starts_on, last_on, today)
    _check_seats(term, today)
    standing = Delegation.objects.filter(term=term, ended_at__isnull=True).first()
    if standing and (standing.starts_on, standing.last_on) == (starts_on, last_on):
        return standing
    if standing and standing.last_on >= today:
        raise Refused(f"Ya dijiste que responde tu suplente {days_of(standing)}. Termínalo antes de decir otros días.")
    if standing:  # its days are over: it makes room
        standing.ended_at, standing.ended_by = at, who
        standing.save(update_fields=["ended_at", "ended_by"])
    said = Delegation.objects.create(term=term, starts_on=starts_on, last_on=last_on, said_by=who, said_at=at)
    facts = {"starts_on": starts_on.isoformat(), "last_on": last_on.isoformat()}
    tell("governance.seat_delegated", term.seat.reference, facts, at=at)
    text = (
        f"La persona titular de tu asiento avisó que tú respondes {days_of(said)}: te llegan sus pendientes y avisos."
    )
    _tell_substitute(said, "Respondes por tu asiento", text, at=at)
    return said


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: User | AnonymousUser, at: datetime) -> Delegation:
    """Take back today what was said: from now on the titular answers; who took it back twice did it once."""
    term = delegation.term
    who = allow(by, SPEAK_FOR_SEAT, term, "terminar esta suplencia")
    lock_body(term.seat.body)
    delegation.refresh_from_db()
    if delegation.ended_at:
        return delegation
    if delegation.last_on < day_of(at):
        raise Refused(f"Esa suplencia ya terminó: era {days_of(delegation)}.")
    delegation.ended_at, delegation.ended_by = at, who
    delegation.save(update_fields=["ended_at", "ended_by"])
    tell("governance.delegation_ended", term.seat.reference, {"ended_on": day_of(at).isoformat()}, at=at)
    text = (
        f"La persona titular de tu asiento vuelve a responder. Había avisado que respondías tú {days_of(delegation)}."
    )
    _tell_substitute(delegation, "Ya no respondes por tu asiento", text, at=at)
    return delegation


def days_of(said: Delegation) -> str:
    """Say from which day to which."""
    return f"del {long_date(said.starts_on)} al {long_date(said.last_on)}"


def _check_days(starts_on: date, last_on: date, today: date) -> None:
    if starts_on < today:
        raise Refused("Ese día ya pasó. Elige desde hoy en adelante.")
    if last_on < starts_on:
        raise Refused("El último día va después del primero. Revisa las dos fechas.")
    if last_on > today + LONGEST:
        raise Refused("Son más de seis meses. Si no vas a estar, pide que otra persona ocupe el asiento.")


def _check_seats(term: SeatTerm, today: date) -> None:
    """Refuse a seat that is no titular's, or that has nobody to answer for it."""
    if term.seat.role != SeatRole.TITULAR:
        raise Refused("Solo la persona titular de un asiento puede pedir que responda su suplente.")
    if not SeatTerm.objects.held_on(today).filter(pk=term.pk).exists():
        raise Refused("Ya no ocupas este asiento. Actualiza la página.")
    substitute = substitute_for(term.seat, today)
    if substitute is None:
        raise Refused("Tu asiento no tiene suplente. Pide a quien coordina el ejercicio que se ocupe ese asiento.")
    if substitute.account is None:
        raise Refused("Tu suplente todavía no entra con una cuenta: no le llegaría nada. Pide que le inviten.")


def _tell_substitute(said: Delegation, subject: str, text: str, *, at: datetime) -> None:
    term = said.term
    found = substitute_for(term.seat, day_of(at))
    if found and found.account:
        notify(
            found.account,
            SECRETARIAT,
            f"governance.delegation:{said.pk}/{'ended' if said.ended_at else 'said'}",
            f"{subject}: {term.seat.body.short_name}",
            text,
            at=at,
            address=reverse("governance:bodies", args=[term.exercise.slug]),
            button="Ver los asientos",
        )
