"""The rules a body writes for itself and the programme of its year; an agreement puts each in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from tequio.governance.enums import SET_RULES, DecisionWay, Majority, QuorumKind, SeatRole, TieRule
from tequio.governance.models import Mechanism, Programme, ProgrammeItem
from tequio.governance.workflows.locking import allow, lock_body
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.governance.models import Body, Seat


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a mechanism that the product applies."""

    quorum: QuorumKind = QuorumKind.MORE_THAN_HALF
    quorum_number: int | None = None
    every_sector: bool = False
    way: DecisionWay = DecisionWay.CONSENSUS
    majority: Majority = Majority.SIMPLE
    casting_seat: Seat | None = None
    notice_days: int = 3
    short_notice_days: int = 1


@transaction.atomic
def write_mechanism(body: Body, text: str, rules: Rules, *, by: User | AnonymousUser, at: datetime) -> Mechanism:
    """Write the next version of a body's mechanism, or correct the one that no session has taken up yet."""
    allow(by, SET_RULES, body, "escribir el mecanismo de gobernanza de este órgano")
    body = lock_body(body)
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("Escribe el texto del mecanismo de gobernanza.")
    seats = body.seats.filter(role=SeatRole.TITULAR).count()
    if (rules.quorum == QuorumKind.NUMBER) != (rules.quorum_number is not None):
        raise Refused("Un quórum de número fijo dice cuántos asientos; los demás no.")
    if rules.quorum_number is not None and not 1 <= rules.quorum_number <= seats:
        raise Refused(f"El quórum va de 1 a {seats}, que son los asientos con voto.")
    if rules.casting_seat and (rules.casting_seat.body_id != body.pk or not rules.casting_seat.has_vote):
        raise Refused("El voto de calidad es de un asiento con voto de este órgano.")
    draft = body.mechanisms.filter(agreement__isnull=True, proposals__isnull=True).last()
    mechanism = draft or Mechanism(body=body, version=(body.mechanisms.aggregate(last=Max("version"))["last"] or 0) + 1)
    mechanism.text, mechanism.written_at = text, at
    mechanism.quorum, mechanism.quorum_number, mechanism.every_sector = (
        rules.quorum,
        rules.quorum_number,
        rules.every_sector,
    )
    mechanism.way, mechanism.majority, mechanism.casting_seat = rules.way, rules.majority, rules.casting_seat
    mechanism.tie = TieRule.CASTING_VOTE if rules.casting_seat else TieRule.NOT_ADOPTED
    mechanism.notice_days, mechanism.short_notice_days = rules.notice_days, rules.short_notice_days
    mechanism.save()
    return mechanism


@transaction.atomic
def write_programme(
    body: Body, year: int, items: Sequence[tuple[date, str]], *, by: User | AnonymousUser, at: datetime
) -> Programme:
    """Write the yearly agenda of a body, or correct the one that no session has taken up yet."""
    allow(by, SET_RULES, body, "escribir la agenda anual de este órgano")
    body = lock_body(body)
    if not items:
        raise Refused("Escribe al menos una actividad con su fecha.")
    if wrong := [text for day, text in items if day.year != year]:
        raise Refused(f"«{wrong[0]}» tiene una fecha fuera de {year}. Corrige la fecha o el año.")
    written = body.programmes.filter(year=year)
    programme = written.filter(agreement__isnull=True, proposals__isnull=True).last()
    if programme is None:
        version = (written.aggregate(last=Max("version"))["last"] or 0) + 1
        programme = Programme.objects.create(body=body, year=year, version=version, written_at=at)
    programme.items.all().delete()
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(programme=programme, order=order, day=day, text=text)
        for order, (day, text) in enumerate(sorted(items), 1)
    )
    return programme
