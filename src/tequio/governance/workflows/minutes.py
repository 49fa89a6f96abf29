"""The minutes of a session: drawn up from it, remarked by who attended, approved by another session, published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tequio.governance.enums import RUN_SESSION, SPEAK_FOR_SEAT, SessionState
from tequio.governance.models import Minutes, Remark
from tequio.governance.notices import tell_minutes
from tequio.governance.queries.minutes import KIND, compile_minutes
from tequio.governance.workflows.locking import allow, tell
from tequio.kernel.editions import publish
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.governance.models import Agreement, SeatTerm, Session


def draw_up_minutes(session: Session, *, at: datetime) -> Minutes:
    """Open the minutes of a session that has just closed, and ask whoever attended for remarks."""
    minutes = Minutes.objects.create(session=session, drawn_up_at=at)
    tell_minutes(minutes, at=at)
    return minutes


@transaction.atomic
def send_remark(minutes: Minutes, term: SeatTerm, text: str, *, by: User | AnonymousUser, at: datetime) -> Remark:
    """Say something of the draft of the minutes, as whoever attended; sent twice, it is one remark."""
    minutes = _locked(minutes)
    allow(by, SPEAK_FOR_SEAT, term, "enviar observaciones por ese asiento")
    if minutes.approved_at:
        raise Refused("El acta ya está aprobada. Pide en la próxima sesión que se aclare.")
    if not minutes.session.presences.filter(term=term).exists():
        raise Refused("Envían observaciones quienes estuvieron en la sesión.")
    if not text.strip():
        raise Refused("Escribe tu observación.")
    said = minutes.remarks.filter(term=term, text=text.strip()).first()
    return said or Remark.objects.create(minutes=minutes, term=term, text=text.strip(), sent_at=at)


@transaction.atomic
def answer_remark(remark: Remark, answer: str, *, by: User | AnonymousUser, at: datetime) -> Remark:
    """Answer a remark: what was corrected, or why not."""
    minutes = _locked(remark.minutes)
    allow(by, RUN_SESSION, minutes, "responder observaciones de esta acta")
    if minutes.approved_at:
        raise Refused("El acta ya está aprobada.")
    if not answer.strip():
        raise Refused("Escribe qué se corrigió, o por qué no.")
    remark.answer, remark.answered_at = answer.strip(), at
    remark.save(update_fields=["answer", "answered_at"])
    return remark


def check_approvable(minutes: Minutes, session: Session) -> None:
    """Refuse minutes that this session cannot approve: its own, another body's, or with remarks unanswered."""
    if minutes.session.body_id != session.body_id or minutes.session_id == session.pk:
        raise Refused("Un acta se aprueba en una sesión posterior del mismo órgano.")
    if minutes.approved_at:
        raise Refused("Esa acta ya está aprobada.")
    waiting = minutes.remarks.filter(answer="").count()
    if waiting:
        raise Refused(f"Observaciones al acta sin respuesta: {waiting}. Respóndalas antes de someterla.")


def approve_minutes(minutes: Minutes, agreement: Agreement, *, at: datetime) -> Minutes:
    """Approve the minutes of a session by an agreement just adopted, and freeze them as a public edition."""
    minutes = _locked(minutes)
    check_approvable(minutes, agreement.proposal.session)
    if minutes.session.state != SessionState.CLOSED:
        raise Refused("Esa sesión no ha terminado.")
    content = compile_minutes(minutes.session, approved_by=agreement)
    edition = publish(KIND, minutes.session.key, content, by=None, at=at)
    minutes.agreement, minutes.approved_at, minutes.sha256 = agreement, at, edition.sha256
    minutes.save(update_fields=["agreement", "approved_at", "sha256"])
    tell("governance.minutes_approved", minutes.session.reference, {"sha256": edition.sha256}, at=at)
    return minutes


def _locked(minutes: Minutes) -> Minutes:
    found: Minutes = (
        Minutes.objects.select_for_update(of=("self",)).select_related("session__body__exercise").get(pk=minutes.pk)
    )
    return found
