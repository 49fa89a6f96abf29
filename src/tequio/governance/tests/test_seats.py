"""Who holds each seat, since when and by which act; and who may not say so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW, account, again

from tequio.accounts.enums import Sector
from tequio.exercises.workflows import REPLACE_EXERCISE
from tequio.governance.enums import AgreementStatus, BodyKind, SeatRole
from tequio.governance.models import Body, Presence, Seat, SeatTerm
from tequio.governance.tests.bodies import ACT, SECTORS, secretariat
from tequio.governance.workflows import (
    Holder,
    designate_member,
    fill_seat,
    install_body,
    vacate_seat,
    widen_sector,
)
from tequio.kernel.clock import day_of
from tequio.kernel.models import LedgerEntry
from tequio.kernel.objections import hear_objections
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from tests.cast import Land

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise
    from tequio.governance.tests.bodies import Secretariat

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-05")]
LATER = NOW + timedelta(days=40)


def test_a_secretariat_has_its_minimum(exercise: Exercise, liaison: User) -> None:
    for missing in SECTORS:
        sectors = [sector for sector in SECTORS if sector != missing]
        with pytest.raises(Refused, match=f"Falta al menos un asiento de: {missing.label}"):
            install_body(exercise, BodyKind.SECRETARIAT, name="STM", sectors=sectors, by=liaison, at=NOW)
    made = [install_body(exercise, BodyKind.SECRETARIAT, name="STM", sectors=SECTORS, by=liaison, at=NOW) for _ in "ab"]
    assert made[0] == made[1]
    roles = list(made[0].seats.values_list("role", flat=True))
    assert roles == ["titular", "substitute"] * 3 + ["facilitator"]
    assert not made[0].seats.get(role=SeatRole.FACILITATOR).has_vote


def test_a_replacement_keeps_the_dates_of_both(stm: Secretariat) -> None:
    seat = stm.seat(Sector.CIVIL_SOCIETY)
    former = stm.terms["civil_society"]
    new = fill_seat(seat, Holder("Otra Persona", account=account("otra")), act=ACT, by=again(stm.runner), at=LATER)
    former.refresh_from_db()
    assert (former.ends_on, new.starts_on, new.ends_on) == (day_of(LATER), day_of(LATER), None)
    assert [term.published_name for term in SeatTerm.objects.held_on(day_of(LATER)).filter(seat=seat)] == [
        "Otra Persona"
    ]
    eve = day_of(LATER) - timedelta(days=1)
    assert list(SeatTerm.objects.held_on(eve).filter(seat=seat)) == [former]
    assert "Otra Persona" not in str(list(LedgerEntry.objects.values_list("payload", flat=True)))
    asked = Holder("Otra  Persona ", account=new.account)
    assert fill_seat(seat, asked, act=ACT, by=again(stm.runner), at=LATER) == new


def test_one_person_is_not_in_two_seats_of_a_body(stm: Secretariat) -> None:
    twice = Holder("Repetida", account=stm.terms["guarantor"].account)
    for seat in (stm.seat(Sector.CIVIL_SOCIETY), stm.body.seats.get(role=SeatRole.SUBSTITUTE, sector="guarantor")):
        with pytest.raises(Refused, match="ya ocupa otro asiento de este órgano"):
            fill_seat(seat, twice, act=ACT, by=again(stm.runner), at=LATER)
    term = stm.terms["guarantor"]
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatTerm.objects.create(
            seat=term.seat, person=term.person, order=9, published_name="Dos", account=account("segunda")
        )


def test_whoever_is_replaced_leaves_the_session(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")
    at = session.starts_at + timedelta(minutes=5) if session.starts_at else NOW
    fill_seat(
        stm.seat(Sector.CIVIL_SOCIETY), Holder("Otra", account=account("otra")), act=ACT, by=again(stm.runner), at=at
    )
    assert Presence.objects.get(term=stm.terms["civil_society"]).left_at == at


def test_a_seat_is_vacated_once_and_by_an_act(stm: Secretariat) -> None:
    seat = stm.seat(Sector.GUARANTOR)
    for act, why in (("  ", "por qué acto"), (ACT, "")):
        if why:
            with pytest.raises(Refused, match=why):
                vacate_seat(seat, act=act, by=again(stm.runner), at=LATER)
        else:
            assert vacate_seat(seat, act=act, by=again(stm.runner), at=LATER).ends_on == day_of(LATER)
    with pytest.raises(Refused, match="ya está vacante"):
        vacate_seat(seat, act=ACT, by=again(stm.runner), at=LATER)


def test_the_facilitator_of_a_municipality_is_chosen_by_its_secretariat(stm: Secretariat, land: Land) -> None:
    seat = stm.body.seats.get(role=SeatRole.FACILITATOR)
    with pytest.raises(Refused, match="se elige por acuerdo del secretariado"):
        fill_seat(seat, Holder("Facilita"), act=ACT, by=again(stm.runner), at=NOW)
    session = stm.opened("guarantor", "civil_society")
    chosen = stm.adopt(session, "guarantor", "civil_society", text="Se elige a quien facilita.").agreement
    with pytest.raises(Refused, match="viene de la sociedad civil"):
        fill_seat(seat, Holder("F", "", land.guarantor), act=ACT, agreement=chosen, by=again(stm.runner), at=NOW)
    term = fill_seat(seat, Holder("F", "", land.group), act=ACT, agreement=chosen, by=again(stm.runner), at=NOW)
    assert term.agreement == chosen
    chosen.refresh_from_db()
    assert chosen.status == AgreementStatus.DONE


@pytest.mark.req("EX-04")
def test_the_facilitator_of_the_state_is_elected_by_an_act(state_exercise: Exercise, guarantor_staff: User) -> None:
    stl = secretariat(state_exercise, guarantor_staff)
    seat = stl.body.seats.get(role=SeatRole.FACILITATOR)
    act = "Elección del Pleno, 26 de septiembre"
    assert fill_seat(seat, Holder("Facilita"), act=act, by=again(guarantor_staff), at=NOW).source == act


def test_a_sector_is_widened(stm: Secretariat) -> None:
    seat = widen_sector(stm.body, Sector.PUBLIC_BODIES, act="Acuerdo 3/2021", by=again(stm.runner), at=LATER)
    assert stm.body.seats.filter(sector=Sector.PUBLIC_BODIES).count() == 4
    assert seat.substitutes.count() == 1


@pytest.mark.req("EX-08")
def test_each_seat_designates_one_person_to_the_operative_group(stm: Secretariat, stranger: User) -> None:
    seat = stm.seat(Sector.CIVIL_SOCIETY)
    designated = Holder("Enlace de la organización", account=account("enlace-op"))
    with pytest.raises(Refused, match="todavía no tiene grupo operativo"):
        designate_member(seat, designated, act=ACT, by=stm.holder("civil_society"), at=NOW)
    exercise = stm.body.exercise
    group = install_body(exercise, BodyKind.OPERATIVE_GROUP, name="Grupo operativo", by=again(stm.runner), at=NOW)
    assert group.seats.count() == 3
    term = designate_member(seat, designated, act=ACT, by=stm.holder("civil_society"), at=NOW)
    assert (term.seat.body, term.seat.represents) == (group, seat)
    later = designate_member(
        seat, Holder("Otra", account=account("otra-op")), act=ACT, by=stm.holder("civil_society-2"), at=LATER
    )
    term.refresh_from_db()
    assert term.ends_on == later.starts_on
    for nobody in (stm.holder("guarantor"), stranger):
        with pytest.raises(Refused, match="no puede designar"):
            designate_member(seat, designated, act=ACT, by=nobody, at=NOW)


def test_others_install_and_fill_nothing(
    stm: Secretariat, cast: dict[str, User], state_exercise: Exercise, visitor: AnonymousUser
) -> None:
    seat, holder = stm.seat(Sector.GUARANTOR), Holder("Nadie")
    people = [cast[part] for part in cast if part not in {"guarantor_staff", "liaison"}]
    for person in [*people, visitor, stm.holder("guarantor")]:
        with pytest.raises(Refused, match="no puede decir quién ocupa"):
            fill_seat(seat, holder, act=ACT, by=person, at=NOW)
        with pytest.raises(Refused, match="no puede desocupar"):
            vacate_seat(seat, act=ACT, by=person, at=NOW)
        with pytest.raises(Refused, match="no puede ampliar"):
            widen_sector(stm.body, Sector.CITIZENS, act=ACT, by=person, at=NOW)
        with pytest.raises(Refused, match="no puede integrar"):
            install_body(stm.body.exercise, BodyKind.PLENARY, name="Pleno", by=person, at=NOW)
    with pytest.raises(Refused, match="no puede integrar"):
        install_body(state_exercise, BodyKind.SECRETARIAT, name="STL", sectors=SECTORS, by=again(stm.runner), at=NOW)


def test_a_pack_cannot_erase_what_was_held_here(stm: Secretariat) -> None:
    stm.convene()
    slug = stm.body.exercise.slug
    with pytest.raises(Refused, match=r"sesiones que se convocaron aquí: 1\..*asientos que ocupan cuentas"):
        hear_objections(REPLACE_EXERCISE, slug=slug)
    hear_objections(REPLACE_EXERCISE, slug="otro")


@pytest.mark.usefixtures("first_pal")
def test_the_substitutes_of_a_pack_substitute_their_titulars() -> None:
    body = Body.objects.get(kind=BodyKind.SECRETARIAT, exercise__slug="edomex-2019-2021")
    pairs = Seat.objects.filter(body=body, substitute_of__isnull=False)
    assert {seat.sector == seat.representation.sector for seat in pairs} == {True}
    assert pairs.count() == 3
