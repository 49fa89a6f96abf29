"""Reviewing a table's commitment before it enters a plan: asking an office, its verdict, and the end of the review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from tequio.cocreation.enums import Aspect, Judgement, TableOutcome
from tequio.cocreation.models import Table, Verdict, ViabilityReview
from tequio.cocreation.notices.viability import tell_asked
from tequio.cocreation.queries.viability import review_of_token, table_with_path
from tequio.cocreation.workflows.convening import held_table, permitted
from tequio.exercises.workflows.attendees import mail_address
from tequio.kernel.clock import day_of
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User

LONGEST_OFFICE: Final = 300
SHORTEST: Final = 40
"""Letters of the reasons of a verdict: less says yes or no, and not why."""
LONGEST: Final = 4_000
MOST_VERDICTS: Final = 20
FARTHEST: Final = timedelta(days=180)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of an office: which aspect, who answers, where it receives the link, and by when."""

    aspect: str
    office: str
    email: str
    due_on: date


@transaction.atomic
def ask_verdict(table: Table, asked: Asked, *, by: User | AnonymousUser, at: datetime) -> ViabilityReview:
    """Give an aspect of a table's commitment to an office; asked anew, the link sent before serves no more."""
    row = _reviewed(table)
    permitted(row, by)
    aspect, office, email = asked.aspect, " ".join(asked.office.split()), mail_address(asked.email)
    if aspect not in Aspect.values:
        raise Refused("Elige qué se revisa: lo jurídico, los recursos o el tiempo.")
    if not office or len(office) > LONGEST_OFFICE:
        raise Refused("Escribe la institución y el cargo de quien revisa, como «Dirección Jurídica del Ayuntamiento».")
    if not email:
        raise Refused("Escribe el correo al que llega la liga.")
    if not day_of(at) < asked.due_on <= day_of(at) + FARTHEST:
        raise Refused("La fecha en que se espera el dictamen es posterior a hoy y dentro de seis meses.")
    review = row.viability.filter(aspect=aspect).first()
    if review and review.verdicts.exists() and review.office != office:
        raise Refused(f"{review.office} ya dio su dictamen: se queda, y esa oficina puede corregirlo desde su liga.")
    review = review or ViabilityReview(table=row, aspect=aspect)
    review.office, review.email, review.due_on, review.asked_at = office, email, asked.due_on, at
    review.save()
    tell_asked(review, at=at)
    announce(CHANGED, subject=row.code)
    return review


@transaction.atomic
def give_verdict(token: str, judgement: str, reasons: str, *, at: datetime) -> Verdict:
    """Write what an office says of an aspect, by the link that it was sent; the same again is the same verdict."""
    opened = review_of_token(token, at=at)
    if opened is None:
        raise Refused("Esta liga ya no sirve: se pidió el dictamen otra vez o venció. Pide otra a quien te escribió.")
    row = _reviewed(opened.table)
    review = row.viability.select_for_update(no_key=True).get(pk=opened.pk)
    reasons = reasons.replace("\r\n", "\n").strip()
    if judgement not in Judgement.values:
        raise Refused("Elige tu dictamen: viable, viable con cambios o no viable.")
    if not SHORTEST <= len(reasons) <= LONGEST:
        raise Refused(f"Escribe tus razones en {SHORTEST} a {LONGEST:,} letras; hay {len(reasons):,}. Se publican.")
    last = review.verdicts.order_by("number").last()
    if last and (last.judgement, last.reasons) == (judgement, reasons):
        return last
    number = last.number + 1 if last else 1
    if number > MOST_VERDICTS:
        raise Refused("Este dictamen ya se corrigió demasiadas veces. Escribe a quien te lo pidió.")
    verdict = Verdict.objects.create(
        review=review, number=number, judgement=judgement, reasons=reasons, given_on=day_of(at)
    )
    told = {"aspect": review.aspect, "office": review.office, "number": number, "judgement": judgement}
    record("cocreation.verdict_given", f"cocreation.Table:{row.code}", told, by=None, at=at)
    announce(CHANGED, subject=row.code)
    return verdict


@transaction.atomic
def end_review(table: Table, *, by: User | AnonymousUser, at: datetime) -> Table:
    """End the review of a commitment that a plan takes in: nobody corrects a verdict any more, and addresses go."""
    row = _reviewed(table)
    permitted(row, by)
    path = table_with_path(row)
    if not path.may_be_defined:
        lacking = [str(judged.aspect.label) for judged in path.aspects if judged.last is None]
        stopped = [str(judged.aspect.label) for judged in path.aspects if judged.last and _stops(judged.last)]
        if stopped:
            raise Refused(f"No es viable por: {', '.join(stopped)}. Solo esa oficina puede corregir su dictamen.")
        raise Refused(f"Falta el dictamen de: {', '.join(lacking)}.")
    row.defined_at = at
    row.save(update_fields=["defined_at"])
    row.viability.update(email="")
    announce(CHANGED, subject=row.code)
    return row


def _stops(verdict: Verdict) -> bool:
    """Say whether a verdict keeps a commitment out of the plan."""
    return verdict.judgement == Judgement.NOT_VIABLE


def _reviewed(table: Table) -> Table:
    """Return a table, locked, whose commitment is under review."""
    row = held_table(table)
    if row.closed_at is None or row.outcome != TableOutcome.COMMITMENT:
        raise Refused("Se revisa el compromiso de una mesa que cerró con uno.")
    if row.defined_at:
        raise Refused("Este compromiso ya se definió en el plan: sus dictámenes no cambian.")
    return row
