"""Installing a body, and who holds its seats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from tequio.accounts.enums import JurisdictionKind, OrganizationKind, Sector
from tequio.accounts.models import Person
from tequio.exercises.models import Exercise
from tequio.governance.enums import (
    DESIGNATE_MEMBER,
    FILL_SEAT,
    INSTALL_BODY,
    MINIMUM,
    AgreementStatus,
    BodyKind,
    SeatRole,
    SessionState,
)
from tequio.governance.models import Body, Seat, SeatTerm, Session
from tequio.governance.workflows.agreements import fulfil_agreement
from tequio.governance.workflows.attendance import everybody_leaves
from tequio.governance.workflows.locking import allow, lock_body, tell
from tequio.kernel.clock import day_of
from tequio.kernel.models import DatePrecision
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import Organization, User
    from tequio.governance.models import Agreement

LONGEST_KEY = 70


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is to hold a seat: the name and post that are published, and the account that acts, where there is one."""

    name: str
    post: str = ""
    organization: Organization | None = None
    account: User | None = None


@transaction.atomic
def install_body(
    exercise: Exercise,
    kind: BodyKind,
    *,
    name: str,
    acronym: str = "",
    sectors: Sequence[Sector] = (),
    by: User | AnonymousUser,
    at: datetime,
) -> Body:
    """Make a body with a titular's and a substitute's seat per sector named, and its facilitator's.

    An operative group takes its seats from those of the secretariat. Asked twice, it is the same body.
    """
    allow(by, INSTALL_BODY, exercise, "integrar un órgano de este ejercicio")
    exercise = Exercise.objects.select_for_update(no_key=True).get(pk=exercise.pk)
    if found := exercise.bodies.filter(kind=kind).first():
        return found
    name = name.strip()
    if not name:
        raise Refused("Escribe el nombre del órgano.")
    if missing := [sector for sector in MINIMUM.get(kind, ()) if sector not in sectors]:
        named = ", ".join(str(sector.label) for sector in missing)
        raise Refused(f"Falta al menos un asiento de: {named}. Es la integración mínima.")
    body = Body.objects.create(exercise=exercise, kind=kind, name=name, acronym=acronym.strip())
    if kind == BodyKind.OPERATIVE_GROUP:
        _seats_of_group(body)
    else:
        for sector in sectors:
            _add_seats(body, sector)
        Seat.objects.create(body=body, order=_next_order(body), role=SeatRole.FACILITATOR)
    facts = {"kind": kind.value, "seats": sorted(body.seats.exclude(sector="").values_list("sector", flat=True))}
    tell("governance.body_installed", body.reference, facts, at=at)
    return body


@transaction.atomic
def widen_sector(body: Body, sector: Sector, *, act: str, by: User | AnonymousUser, at: datetime) -> Seat:
    """Add a representation to a sector, its titular's and substitute's seats, by the act that says so."""
    allow(by, FILL_SEAT, body, "ampliar un sector de este órgano")
    body = lock_body(body)
    _check_act(act)
    seat = _add_seats(body, sector)
    tell("governance.sector_widened", body.reference, {"sector": sector.value, "seat": seat.order}, at=at)
    return seat


@transaction.atomic
def fill_seat(
    seat: Seat,
    holder: Holder,
    *,
    act: str,
    agreement: Agreement | None = None,
    by: User | AnonymousUser,
    at: datetime,
) -> SeatTerm:
    """Give a seat to a person from today, by an act; who held it until now keeps their dates, which end today."""
    allow(by, FILL_SEAT, seat, "decir quién ocupa este asiento")
    return _seated(seat, holder, act=act, agreement=agreement, by=by, at=at)


@transaction.atomic
def vacate_seat(seat: Seat, *, act: str, by: User | AnonymousUser, at: datetime) -> SeatTerm:
    """End today the term of whoever holds a seat, and keep it."""
    allow(by, FILL_SEAT, seat, "desocupar este asiento")
    _lock(seat)
    _check_act(act)
    former = _open_term(seat)
    if former is None:
        raise Refused("Este asiento ya está vacante. Actualiza la página.")
    former.note = f"Dejó el asiento: {act.strip()}"[:300]
    _end(former, at=at)
    tell("governance.seat_vacated", seat.reference, {"ends_on": day_of(at).isoformat()}, at=at)
    return former


@transaction.atomic
def designate_member(seat: Seat, holder: Holder, *, act: str, by: User | AnonymousUser, at: datetime) -> SeatTerm:
    """Designate who represents a seat of the secretariat in the operative group, from today."""
    allow(by, DESIGNATE_MEMBER, seat, "designar por este asiento")
    group = seat.exercise.bodies.filter(kind=BodyKind.OPERATIVE_GROUP).first()
    if group is None:
        raise Refused("El ejercicio todavía no tiene grupo operativo. Intégralo primero.")
    group = lock_body(group)
    if seat.role != SeatRole.TITULAR or seat.body.kind != BodyKind.SECRETARIAT:
        raise Refused("Designan los asientos titulares del secretariado.")
    theirs = group.seats.filter(represents=seat).first() or Seat.objects.create(
        body=group, order=_next_order(group), role=SeatRole.TITULAR, sector=seat.sector, represents=seat
    )
    return _seated(theirs, holder, act=act, agreement=None, by=by, at=at)


def _seated(
    seat: Seat,
    holder: Holder,
    *,
    act: str,
    agreement: Agreement | None,
    by: User | AnonymousUser,
    at: datetime,
) -> SeatTerm:
    """Write who holds a seat from today, under the body's lock; an agreement that elects the facilitator is done."""
    body = _lock(seat)
    _check_act(act)
    _check_holder(seat, holder)
    _check_facilitator(seat, body, holder, agreement)
    former = _open_term(seat)
    name = " ".join(holder.name.split())
    if former and (former.published_name, former.account) == (name, holder.account):
        return former
    if former:
        _end(former, at=at)
    term = SeatTerm.objects.create(
        seat=seat,
        person=_person(name, holder.account, act),
        order=(seat.terms.aggregate(last=Max("order"))["last"] or 0) + 1,
        published_name=name,
        post=" ".join(holder.post.split()),
        organization=holder.organization,
        account=holder.account,
        agreement=agreement,
        source=act.strip()[:300],
        starts_on=day_of(at),
        starts_precision=DatePrecision.DAY,
    )
    if agreement and seat.role == SeatRole.FACILITATOR and agreement.status == AgreementStatus.PENDING:
        fulfil_agreement(agreement, how="Se ocupó el asiento de la facilitación.", by=by, at=at)
    facts = {
        "role": seat.role,
        "sector": seat.sector,
        "organization": holder.organization.key if holder.organization else None,
        "starts_on": day_of(at).isoformat(),
    }
    tell("governance.seat_filled", seat.reference, facts, at=at)
    return term


def _lock(seat: Seat) -> Body:
    """Lock the sessions under way and then the body, in the order in which decisions do."""
    list(Session.objects.select_for_update(of=("self",)).filter(body=seat.body_id, state=SessionState.OPEN))
    return lock_body(seat.body)


def _open_term(seat: Seat) -> SeatTerm | None:
    return seat.terms.filter(ends_on__isnull=True, ends_text="").order_by("order").last()


def _end(term: SeatTerm, *, at: datetime) -> None:
    """End a term today; whoever holds it and is in a session leaves it."""
    term.ends_on, term.ends_precision = max(term.starts_on or day_of(at), day_of(at)), DatePrecision.DAY
    term.save(update_fields=["ends_on", "ends_precision", "note"])
    everybody_leaves(term.presences.all(), at=at)


def _check_act(act: str) -> None:
    if not act.strip():
        raise Refused("Escribe por qué acto: una elección, un oficio, un acuerdo, con su fecha.")


def _check_holder(seat: Seat, holder: Holder) -> None:
    """Refuse who cannot hold the seat: nobody, a closed account, or whoever already sits in the body."""
    if not holder.name.strip():
        raise Refused("Escribe el nombre de quien ocupa el asiento.")
    if holder.account is None:
        return
    if not holder.account.is_active:
        raise Refused("Esa cuenta está cerrada. Pide a la persona que abra otra.")
    elsewhere = SeatTerm.objects.filter(account=holder.account, seat__body=seat.body_id, ends_on__isnull=True)
    if other := elsewhere.exclude(seat=seat).select_related("seat").first():
        raise Refused(f"Esa persona ya ocupa otro asiento de este órgano: {other.seat}. Desocúpalo primero.")


def _check_facilitator(seat: Seat, body: Body, holder: Holder, agreement: Agreement | None) -> None:
    """Refuse a facilitator whom a municipality's body did not choose, or who is no civil society (Guía, paso 3)."""
    if agreement and agreement.body_id != body.pk:
        raise Refused("Ese acuerdo es de otro órgano.")
    if seat.role != SeatRole.FACILITATOR or body.exercise.jurisdiction.kind != JurisdictionKind.MUNICIPALITY:
        return
    if agreement is None:
        raise Refused("En un municipio la facilitación se elige por acuerdo del secretariado. Elige el acuerdo.")
    if holder.organization and holder.organization.kind in {OrganizationKind.GUARANTOR, OrganizationKind.PUBLIC_BODY}:
        raise Refused("En un municipio quien facilita viene de la sociedad civil. Elige a otra persona.")


def _person(name: str, account: User | None, act: str) -> Person:
    """Return the row of a person with a public role: the one they had in another seat, or a new one."""
    if account and (held := account.seat_terms.filter(person__name=name).select_related("person").last()):
        return held.person
    key = slugify(name)[:LONGEST_KEY] or "persona"
    taken = set(Person.objects.filter(key__startswith=key).values_list("key", flat=True))
    number = next(n for n in range(1, len(taken) + 2) if (key if n == 1 else f"{key}-{n}") not in taken)
    return Person.objects.create(key=key if number == 1 else f"{key}-{number}", name=name, source=act.strip()[:500])


def _next_order(body: Body) -> int:
    return (body.seats.aggregate(last=Max("order"))["last"] or 0) + 1


def _add_seats(body: Body, sector: Sector) -> Seat:
    """Write a titular's seat of a sector and that of its substitute."""
    order = _next_order(body)
    titular = Seat.objects.create(body=body, order=order, role=SeatRole.TITULAR, sector=sector)
    Seat.objects.create(body=body, order=order + 1, role=SeatRole.SUBSTITUTE, sector=sector, substitute_of=titular)
    return titular


def _seats_of_group(body: Body) -> None:
    """Write a seat for each of the secretariat's, which designates who takes it."""
    secretariat = body.exercise.bodies.filter(kind=BodyKind.SECRETARIAT).first()
    if secretariat is None:
        raise Refused("Integra primero el secretariado: cada asiento suyo designa a quien va al grupo operativo.")
    for order, seat in enumerate(secretariat.seats.filter(role=SeatRole.TITULAR), 1):
        Seat.objects.create(body=body, order=order, role=SeatRole.TITULAR, sector=seat.sector, represents=seat)
