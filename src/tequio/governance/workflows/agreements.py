"""The agreement that an adopted proposal becomes, and its following until it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max

from tequio.governance.enums import FOLLOW_AGREEMENT, RUN_SESSION, AgreementStatus
from tequio.governance.models import Agreement
from tequio.governance.workflows.locking import allow, lock_body, tell
from tequio.governance.workflows.minutes import approve_minutes
from tequio.kernel.clock import day_of
from tequio.kernel.refusal import Refused
from tequio.kernel.workflow import Move, Workflow

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.governance.models import Proposal

LONGEST_FACT = 1_000


def _is_told(agreement: Agreement) -> str | None:
    return None if agreement.how_done else "Escribe cómo se cumplió."


def _is_cancelled(agreement: Agreement) -> str | None:
    return None if agreement.cancelled_by_id else "Un acuerdo se cancela con otro acuerdo. Elíjalo."


FOLLOWING: Final = Workflow(
    Agreement,
    (
        Move(
            "fulfil",
            "Dar por cumplido",
            (AgreementStatus.PENDING,),
            AgreementStatus.DONE,
            FOLLOW_AGREEMENT,
            (_is_told,),
        ),
        Move(
            "cancel",
            "Cancelar por otro acuerdo",
            (AgreementStatus.PENDING,),
            AgreementStatus.CANCELLED,
            RUN_SESSION,
            (_is_cancelled,),
        ),
    ),
    identity="reference",
)


def adopt(proposal: Proposal, *, at: datetime) -> Agreement:
    """Number the agreement that a proposal became in its body and year, and put in force what it adopts."""
    body, year = lock_body(proposal.body), day_of(at).year
    last = body.agreements.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    agreement = Agreement(body=body, proposal=proposal, year=year, number=last + 1, adopted_at=at)
    if proposal.minutes or proposal.mechanism or proposal.programme:
        agreement.status, agreement.how_done = AgreementStatus.DONE, "Se cumplió al aprobarse."
    agreement.save(force_insert=True)
    for thing in (proposal.mechanism, proposal.programme):
        if thing:
            thing.agreement = agreement
            thing.save(update_fields=["agreement"])
    facts = {
        "text": proposal.text[:LONGEST_FACT],
        "way": proposal.way,
        "due_on": proposal.due_on.isoformat() if proposal.due_on else None,
        "positions": [
            {"seat": position.seat.order, "choice": position.choice}
            for position in proposal.positions.select_related("seat").order_by("seat__order")
        ],
    }
    tell("governance.agreement_adopted", FOLLOWING.subject(agreement), facts, at=at)
    if proposal.minutes:
        approve_minutes(proposal.minutes, agreement, at=at)
    return agreement


@transaction.atomic
def fulfil_agreement(
    agreement: Agreement, *, how: str, proof_url: str = "", by: User | AnonymousUser, at: datetime
) -> Agreement:
    """Say that an agreement is done, how, and where the proof is."""
    agreement = _locked(agreement)
    allow(by, FOLLOW_AGREEMENT, agreement, "dar por cumplido este acuerdo")
    if agreement.status == AgreementStatus.PENDING:
        agreement.how_done, agreement.proof_url = how.strip(), proof_url.strip()
        agreement.save(update_fields=["how_done", "proof_url"])
    FOLLOWING.run(agreement, "fulfil", by=by, at=at)
    return agreement


@transaction.atomic
def cancel_agreement(
    agreement: Agreement, cancelling: Agreement, *, by: User | AnonymousUser, at: datetime
) -> Agreement:
    """Cancel an agreement by a later one of the same body."""
    agreement = _locked(agreement)
    allow(by, RUN_SESSION, agreement, "cancelar este acuerdo")
    if cancelling.body_id != agreement.body_id or cancelling.adopted_at <= agreement.adopted_at:
        raise Refused("Lo cancela un acuerdo posterior del mismo órgano. Elige otro.")
    if agreement.status == AgreementStatus.PENDING:
        agreement.cancelled_by = cancelling
        agreement.save(update_fields=["cancelled_by"])
    FOLLOWING.run(agreement, "cancel", by=by, at=at)
    return agreement


def _locked(agreement: Agreement) -> Agreement:
    found: Agreement = (
        Agreement.objects.select_for_update(of=("self",))
        .select_related("body__exercise", "proposal__owner")
        .get(pk=agreement.pk)
    )
    return found
