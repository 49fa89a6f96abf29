"""Who comes to a session, who arrives and who leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tequio.accounts.models import User
from tequio.accounts.workflows import notify
from tequio.governance.enums import RUN_SESSION, SECRETARIAT, SPEAK_FOR_SEAT, SessionState
from tequio.governance.models import Confirmation, Presence, SeatTerm
from tequio.governance.workflows.locking import lock_session
from tequio.kernel.clock import day_of
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.governance.models import Session


@transaction.atomic
def arrive(
    session: Session, term: SeatTerm, *, is_remote: bool = False, by: User | AnonymousUser, at: datetime
) -> Presence:
    """Note that whoever holds a seat is in the session; asked twice, it is the same arrival."""
    session = lock_session(session, SessionState.CONVENED, SessionState.OPEN)
    person = _allow(session, term, by)
    if not SeatTerm.objects.held_on(day_of(at)).filter(pk=term.pk, seat__body=session.body_id).exists():
        raise Refused("Esa persona ya no ocupa un asiento de este órgano.")
    here = session.presences.filter(term=term, left_at__isnull=True).first()
    return here or Presence.objects.create(
        session=session, term=term, is_remote=is_remote, arrived_at=at, noted_by=person
    )


@transaction.atomic
def leave(session: Session, term: SeatTerm, *, by: User | AnonymousUser, at: datetime) -> Presence:
    """Note that whoever holds a seat left the session; the substitute, if there, acts from now on."""
    session = lock_session(session, SessionState.CONVENED, SessionState.OPEN)
    _allow(session, term, by)
    here = session.presences.filter(term=term, left_at__isnull=True).first()
    if here is None:
        raise Refused("No consta que esa persona esté en la sesión. Actualiza la página.")
    here.left_at = max(at, here.arrived_at)
    here.save(update_fields=["left_at"])
    return here


@transaction.atomic
def confirm_attendance(
    session: Session, term: SeatTerm, *, will_come: bool, by: User | AnonymousUser, at: datetime
) -> Confirmation:
    """Say whether whoever holds a seat will come; saying it again corrects it."""
    session = lock_session(session, SessionState.CONVENED)
    _allow(session, term, by)
    said, _ = Confirmation.objects.update_or_create(
        session=session, term=term, defaults={"will_come": will_come, "said_at": at}
    )
    if not will_come:
        tell_substitute(said, at=at)
    return said


def tell_substitute(said: Confirmation, *, at: datetime) -> bool:
    """Tell whoever substitutes a titular that they are expected in their place."""
    session, titular = said.session, said.term
    expected = SeatTerm.objects.held_on(day_of(at)).filter(seat__substitute_of=titular.seat_id, account__isnull=False)
    found = expected.select_related("account").first()
    if found is None or found.account is None:
        return False
    return notify(
        found.account,
        SECRETARIAT,
        f"governance.substitute:{session.key}/{titular.seat.order}",
        f"Te toca suplir: {session.name}",
        f"La persona titular de tu asiento dijo que no asistirá a {session.name}. Tú actúas por el asiento.",
        at=at,
        address=f"{session.get_absolute_url()}en-vivo/",
        button="Confirmar que asistirás",
    )


def everybody_leaves(presences: QuerySet[Presence], *, at: datetime) -> datetime:
    """End, at an instant or right after they arrived, the presences that are open; return the last instant."""
    for presence in presences.filter(left_at__isnull=True):
        presence.left_at = at = max(at, presence.arrived_at)
        presence.save(update_fields=["left_at"])
    return at


def _allow(session: Session, term: SeatTerm, by: User | AnonymousUser) -> User:
    """Return who acts: the holder of the seat, or whoever conducts the session."""
    if not isinstance(by, User) or not (by.has_perm(RUN_SESSION, session) or by.has_perm(SPEAK_FOR_SEAT, term)):
        raise Refused("Tu cuenta no puede anotar la asistencia de este asiento.")
    return by
