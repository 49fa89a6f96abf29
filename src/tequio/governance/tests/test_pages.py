"""The pages of bodies and sessions, from each one's side, and the stranger's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import NOW, account, again

from tequio.exercises.models import Exercise
from tequio.governance.enums import Choice, Outcome, SessionKind, SessionState
from tequio.governance.findable import agreements, sessions
from tequio.governance.models import Agreement, Body, Proposal, SeatTerm, Session
from tequio.governance.workflows import close_session
from tequio.kernel.models import OutboxMessage

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tequio.accounts.models import User
    from tequio.governance.tests.bodies import Secretariat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-05", "EX-08")]

SEATS = {"guarantor": "1", "public_bodies": "1", "civil_society": "1", "citizens": "0"}


def inside(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def under_way(stm: Secretariat) -> Session:
    """Return a session that is open now, with two titulars and a substitute there."""
    session = stm.opened("guarantor", "civil_society", "civil_society-2")
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now())
    return session


def live(session: Session) -> str:
    return f"{session.get_absolute_url()}en-vivo/"


def test_a_liaison_installs_fills_and_convenes(exercise: Exercise, liaison: User) -> None:
    base, client = f"/ejercicios/{exercise.slug}/organos/", inside(liaison)
    assert "Todavía no se integra ningún órgano" in client.get(base).text
    short = client.post(f"{base}integrar/", {"kind": "secretariat", "title": "STM", **SEATS, "civil_society": "0"})
    assert "Falta al menos un asiento de: Sociedad civil" in short.text
    client.post(f"{base}integrar/", {"kind": "secretariat", "title": "Secretariado", "acronym": "STM", **SEATS})
    body = Body.objects.get(exercise=exercise)
    assert body.seats.count() == 7
    early = {"kind": "installation", "starts_at": "2099-01-01T18:00", "mode": "in_person", "place": "Palacio"}
    refused = client.post(f"{base}secretariado/convocar/", {**early, "points": "18:15 Lista"})
    assert "di quién ocupa el asiento titular" in refused.text
    for order in (1, 3, 5):
        said = {"name": f"Persona {order}", "post": "Cargo", "act": "Oficio 1", "email": f"p{order}@example.mx"}
        assert client.post(f"{base}secretariado/asientos/{order}/ocupar/", said).status_code == 302
    assert OutboxMessage.objects.filter(subject__startswith="Tu asiento").count() == 3
    sent = client.post(f"{base}secretariado/convocar/", {**early, "points": "18:15 Lista\nAsuntos generales"})
    assert sent["Location"] == f"/ejercicios/{exercise.slug}/sesiones/1/en-vivo/"
    assert [item.starts_at.hour if item.starts_at else None for item in Session.objects.get().items.all()] == [18, None]
    page = client.get(base).text
    assert "Persona 1" in page
    assert "Sesión de instalación" in page


def test_a_seat_is_taken_with_the_invited_address_only(stm: Secretariat, stranger: User) -> None:
    seat = stm.body.seats.get(role="facilitator")
    base = f"/ejercicios/{stm.body.exercise.slug}/organos/secretariado/asientos/{seat.order}/"
    client = inside(stm.runner)
    refused = client.post(f"{base}ocupar/", {"name": "Facilita", "act": "Acta", "email": "facilita@example.mx"})
    assert "se elige por acuerdo del secretariado" in refused.text
    session = stm.opened("guarantor", "civil_society")
    chosen = stm.adopt(session, "guarantor", "civil_society", text="Se elige a quien facilita.").agreement
    said = {"name": "Facilita", "act": "Acta", "email": "facilita@example.mx", "agreement": chosen.pk}
    assert client.post(f"{base}ocupar/", said).status_code == 302
    message = OutboxMessage.objects.get(recipient="facilita@example.mx")
    link = "/asiento/" + message.body.split("/asiento/")[1].split()[0]
    assert inside(stranger).post(link).status_code == 409
    invited = account("facilita")
    invited.emailaddress_set.create(email=invited.email, verified=True, primary=True)
    assert inside(invited).get(link).status_code == 200
    for _ in range(2):
        assert inside(invited).post(link)["Location"].endswith("/organos/")
    assert SeatTerm.objects.get(seat=seat).account == invited
    assert inside(invited).get(live(session)).status_code == 200
    assert inside(stranger).get("/asiento/nada/").status_code == 404


def test_a_session_is_conducted_by_plain_forms(stm: Secretariat) -> None:
    session = under_way(stm)
    runner = inside(stm.runner)
    page = live(session)
    assert runner.post(page, {"act": "put", "text": "Se aprueba.", "way": "consensus"}).status_code == 302
    proposal = Proposal.objects.get()
    for name, choice in (("guarantor", "favour"), ("civil_society", "reservations")):
        said = {"act": "position", "proposal": proposal.pk, "version": 1, "term": stm.terms[name].pk, "choice": choice}
        client = inside(stm.holder(name))
        assert "Tu posición" in client.get(page).text
        assert client.post(page, said).status_code == 302
    late = {"act": "position", "proposal": proposal.pk, "version": 1, "choice": "block"}
    substitute = inside(stm.holder("civil_society-2"))
    answer = substitute.post(page, {**late, "term": stm.terms["civil_society-2"].pk, "reason": "No."})
    assert answer.status_code == 409
    assert "La persona titular está presente" in answer.text
    assert runner.post(page, {"act": "decide", "proposal": proposal.pk}).status_code == 302
    assert Agreement.objects.get().proposal == proposal
    for name in ("guarantor", "civil_society"):
        runner.post(page, {"act": "leave", "term": stm.terms[name].pk})
    runner.post(page, {"act": "put", "text": "Otro.", "way": "consensus"})
    assert Proposal.objects.last().outcome == Outcome.NO_QUORUM
    assert "No hay quórum: 1 de 3" in runner.get(page).text
    assert runner.post(page, {"act": "close"}).status_code == 302
    session.refresh_from_db()
    assert session.state == SessionState.CLOSED
    assert "Rechazado por falta de quórum" in runner.get(f"{session.get_absolute_url()}acta/").text
    assert "Rechazado por falta de quórum" in Client().get(session.get_absolute_url()).text


def test_the_notes_of_two_who_write_are_both_kept(stm: Secretariat, guarantor_staff: User) -> None:
    session = under_way(stm)
    first, second = inside(stm.runner), inside(guarantor_staff)
    assert first.post(live(session), {"act": "notes", "notes": "Lo mío", "version": 0}).status_code == 302
    answer = second.post(live(session), {"act": "notes", "notes": "Lo otro", "version": 0})
    assert answer.status_code == 409
    assert "Lo mío" in answer.text
    assert "Lo otro" in answer.text
    joined = {"act": "notes", "notes": "Lo mío\nLo otro", "version": 1}
    assert second.post(live(session), joined).status_code == 302
    session.refresh_from_db()
    assert session.notes == "Lo mío\nLo otro"
    assert "Guardado " in first.get(live(session)).text


def test_who_attended_remarks_and_it_is_answered(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")
    assert session.starts_at
    close_session(session, by=again(stm.runner), at=session.starts_at + timedelta(hours=1))
    page = f"{session.get_absolute_url()}acta/"
    assert inside(stm.holder("civil_society")).post(page, {"text": "Falta mi intervención."}).status_code == 302
    assert inside(stm.holder("public_bodies")).post(page, {"text": "No estuve."}).status_code == 404
    runner = inside(stm.runner)
    shown = runner.get(page).text
    assert "Falta mi intervención." in shown
    remark = session.record.remarks.get()
    assert runner.post(f"{page}observaciones/{remark.pk}/", {"answer": "Se agregó."}).status_code == 302
    assert "Se agregó." in runner.get(page).text


def test_the_working_pages_are_those_of_the_body_only(
    stm: Secretariat, cast: dict[str, User], other_exercise: Exercise
) -> None:
    session = under_way(stm)
    base = f"/ejercicios/{stm.body.exercise.slug}/"
    pages = [
        *(f"{base}organos/{end}" for end in ("", "integrar/", "secretariado/convocar/", "secretariado/mecanismo/")),
        f"{base}organos/secretariado/asientos/1/ocupar/",
        f"{base}organos/secretariado/agenda/",
        f"{base}organos/secretariado/ampliar/",
        live(session),
        f"{session.get_absolute_url()}cambiar/",
    ]
    for part, person in cast.items():
        expected = {200} if part in {"guarantor_staff", "liaison"} else {403}
        assert {inside(person).get(page).status_code for page in pages} == expected, part
    for page in pages:
        assert Client().get(page)["Location"].startswith("/entrar/")
    holder = inside(stm.holder("guarantor"))
    assert holder.get(live(session)).status_code == 200
    assert holder.get(f"{base}organos/").status_code == 200
    assert holder.get(f"{base}organos/secretariado/asientos/1/ocupar/").status_code == 403
    assert holder.post(live(session), {"act": "close"}).status_code == 409
    assert holder.get(f"/ejercicios/{other_exercise.slug}/organos/").status_code == 403


def test_public_pages_are_empty_then_full_and_never_of_a_draft(exercise: Exercise, liaison: User) -> None:
    base, client = f"/ejercicios/{exercise.slug}/", Client()
    assert "Todavía no se convoca ninguna sesión" in client.get(f"{base}sesiones/").text
    assert "Todavía no hay acuerdos" in client.get(f"{base}acuerdos/").text
    assert "todavía no integra su secretariado" in client.get(f"{base}reglas/").text
    assert client.get(f"{base}sesiones/1/").status_code == 404
    for code in ("nada", "secretariado-2026-1", "secretariado-99999-1", "x-1-1"):
        assert client.get(f"{base}acuerdos/{code}/").status_code == 404
    Exercise.objects.filter(pk=exercise.pk).update(state="draft")
    for page in ("sesiones/", "acuerdos/", "reglas/"):
        assert client.get(base + page).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_however_long(
    stm: Secretariat, django_assert_max_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    at = NOW
    for number in range(rows):
        session = stm.opened("guarantor", "civil_society", at=at, kind=SessionKind.EXTRAORDINARY)
        stm.adopt(session, "guarantor", "civil_society", text=f"Acuerdo {number}")
        assert session.starts_at
        at = session.starts_at + timedelta(hours=1)
        close_session(session, by=again(stm.runner), at=at)
    base, client = f"/ejercicios/{stm.body.exercise.slug}/", Client()
    for page, most in (("sesiones/", 2), ("acuerdos/", 2), ("reglas/", 4), ("sesiones/1/", 9)):
        with django_assert_max_num_queries(most):
            assert client.get(base + page).status_code == 200
    staff = inside(stm.runner)
    with django_assert_max_num_queries(12):
        assert staff.get(f"{base}organos/").status_code == 200


def test_a_block_needs_its_reason(stm: Secretariat) -> None:
    session = under_way(stm)
    proposal = stm.put(session)
    said = {"act": "position", "proposal": proposal.pk, "version": 1, "term": stm.terms["guarantor"].pk}
    answer = inside(stm.holder("guarantor")).post(live(session), {**said, "choice": Choice.BLOCK.value})
    assert "Para bloquear, escribe la razón" in answer.text
    assert not proposal.positions.exists()


def test_a_sector_is_widened_and_a_pending_agreement_is_followed(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")
    agreement = stm.adopt(session, "guarantor", "civil_society", text="Se invita a más.").agreement
    client, base = inside(stm.runner), f"/ejercicios/{stm.body.exercise.slug}/"
    said = {"sector": "public_bodies", "act": "Acuerdo 1"}
    assert client.post(f"{base}organos/secretariado/ampliar/", said).status_code == 302
    page = client.get(f"{base}organos/").text
    assert "9 asientos, 3 sin ocupar" in page
    assert f"{agreement.get_absolute_url()}cumplir/" in page
    done = {"how": "Se enviaron oficios.", "proof_url": "https://example.mx/oficios"}
    assert client.post(f"{agreement.get_absolute_url()}cumplir/", done).status_code == 302
    shown = Client().get(agreement.get_absolute_url()).text
    assert "Se enviaron oficios." in shown
    assert "Hecha" in shown
    assert "Acuerdos pendientes" not in client.get(f"{base}organos/").text


def test_agenda_sitemap_and_search_lead_to_the_session(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")
    agreement = stm.adopt(session, "guarantor", "civil_society", text="Se invita a más.").agreement
    client = Client()
    assert session.get_absolute_url() in client.get("/agenda/").text
    sitemap = client.get("/sitemap.xml").text
    assert session.get_absolute_url() in sitemap
    assert agreement.get_absolute_url() in sitemap
    assert {entry.url for entry in sessions()} == {session.get_absolute_url()}
    assert {entry.url for entry in agreements()} == {agreement.get_absolute_url()}
