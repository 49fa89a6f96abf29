"""Deciding on the answers to a call: accept, ask for corrections, decline with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max

from tequio.accounts.enums import Sector
from tequio.accounts.models import User
from tequio.exercises.enums import REVIEW_APPLICATION, ApplicationState
from tequio.exercises.models import Application, Exercise, Registration
from tequio.exercises.notices.applications import tell_accepted, tell_declined, tell_returned
from tequio.exercises.queries.calls import organization_named
from tequio.exercises.workflows.applications import APPLICATION_MOVES, check_new_member, held
from tequio.kernel import spoken
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

MENDING: Final = timedelta(days=60)
"""The longest that a correction is waited for."""


@transaction.atomic
def accept_application(application: Application, *, by: User | AnonymousUser, at: datetime) -> Application:
    """Accept an application: its person or organization becomes a member, or a public candidacy."""
    fresh = _reviewed(application, by)
    if fresh.state == ApplicationState.SUBMITTED and not fresh.call.is_candidacy:
        fresh.registration = _registered(fresh)
    APPLICATION_MOVES.run(fresh, "accept", by=by, at=at)
    fresh.decided_at, fresh.reason = at, ""
    fresh.save(update_fields=["registration", "decided_at", "reason"])
    if fresh.registration:
        facts = {"exercise": fresh.exercise.slug, "order": fresh.registration.order, "sector": fresh.sector}
        record("exercises.member_registered", APPLICATION_MOVES.subject(fresh), facts, by=None, at=at)
    tell_accepted(fresh, at=at)
    return fresh


@transaction.atomic
def return_application(
    application: Application, *, reason: str, mend_by: datetime, by: User | AnonymousUser, at: datetime
) -> Application:
    """Ask for corrections, saying which and until when."""
    fresh = _reviewed(application, by)
    if not reason.strip():
        raise Refused("Escribe qué debe corregir. La persona lo lee en su correo.")
    if not at < mend_by <= at + MENDING:
        raise Refused("El plazo para corregir debe vencer después de hoy y en 60 días como máximo.")
    fresh.reason, fresh.mend_by, fresh.decided_at = reason.strip(), mend_by, at
    fresh.save(update_fields=["reason", "mend_by", "decided_at"])
    APPLICATION_MOVES.run(fresh, "return", by=by, at=at)
    tell_returned(fresh, at=at)
    return fresh


@transaction.atomic
def decline_application(
    application: Application, *, reason: str, by: User | AnonymousUser, at: datetime
) -> Application:
    """Decline an application with its reason; of one that is being corrected, once its time is over."""
    fresh = _reviewed(application, by)
    if not reason.strip():
        raise Refused("Escribe por qué no se acepta. La persona lo lee en su correo.")
    if fresh.state == ApplicationState.RETURNED and fresh.mend_by and at < fresh.mend_by:
        raise Refused(f"La persona puede corregirla hasta el {spoken.moment(fresh.mend_by)}. Espera a que venza.")
    fresh.reason, fresh.decided_at = reason.strip(), at
    fresh.save(update_fields=["reason", "decided_at"])
    APPLICATION_MOVES.run(fresh, "decline", by=by, at=at)
    tell_declined(fresh, at=at)
    return fresh


def _reviewed(application: Application, by: User | AnonymousUser) -> Application:
    """Return the application held, if this account may decide on it."""
    fresh = held(application)
    if isinstance(by, User) and fresh.account_id == by.pk:
        raise Refused("Esta solicitud es tuya. Pide a otra persona que la revise.")
    if not isinstance(by, User) or not by.has_perm(REVIEW_APPLICATION, fresh):
        raise Refused("Tu cuenta no puede revisar solicitudes de este ejercicio.")
    return fresh


def _registered(application: Application) -> Registration:
    """Write the member that an application makes; a private citizen is counted and not named."""
    place = Exercise.objects.select_for_update(no_key=True).get(pk=application.call.exercise_id)
    check_new_member(application.call, application.name_key, account=application.account, but=application)
    last = place.registrations.aggregate(last=Max("order"))["last"] or 0
    is_named = application.sector != Sector.CITIZENS
    return Registration.objects.create(
        exercise=place,
        order=last + 1,
        sector=application.sector,
        organization=organization_named(application.name_key, application.exercise) if is_named else None,
        published_name=application.name if is_named else "",
        name_key=application.name_key,
        account=application.account,
        picture=application.picture if is_named else None,
    )
