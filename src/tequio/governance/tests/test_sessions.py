"""Convening, changing, opening and closing a session, and who may not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import icalendar
import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW, again

from tequio.accounts.enums import Sector
from tequio.governance.enums import Mode, SessionKind, SessionState
from tequio.governance.models import Presence, Session
from tequio.governance.notices import calendar_entry
from tequio.governance.queries.minutes import compile_minutes
from tequio.governance.workflows import (
    Holder,
    Meeting,
    Point,
    arrive,
    change_session,
    close_session,
    confirm_attendance,
    convene_session,
    declare_not_held,
    fill_seat,
    leave,
    open_session,
    publish_recording,
    save_notes,
    vacate_seat,
)
from tequio.kernel.calendar import calendar_file
from tequio.kernel.models import OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.governance.tests.bodies import Secretariat

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-08")]
POINTS = [Point("Lista de asistencia")]


def meeting(days: int = 4, mode: Mode = Mode.IN_PERSON, place: str = "Palacio", link: str = "") -> Meeting:
    return Meeting(NOW + timedelta(days=days), mode, place, link)


def starts(session: Session) -> datetime:
    assert session.starts_at
    return session.starts_at


def test_the_notice_reaches_titulars_and_substitutes_with_a_calendar(stm: Secretariat) -> None:
    session = stm.convene()
    sent = OutboxMessage.objects.filter(key=f"session:{session.key}")
    assert sent.count() == 6
    told = sent.first()
    assert told
    assert "Orden del día" in told.body
    assert "1. Lista de asistencia" in told.body
    assert told.attachments[0][0] == "calendario.ics"
    event = icalendar.Calendar.from_ical(calendar_file("", [calendar_entry(session)], at=NOW)).walk("VEVENT")[0]
    assert event["DTSTART"].dt == starts(session).replace(microsecond=0)
    assert str(event["LOCATION"]) == "Palacio municipal"


@pytest.mark.parametrize(
    ("kind", "days", "why"),
    [
        (SessionKind.ORDINARY, 2, "Se convoca con al menos 3 días"),
        (SessionKind.ORDINARY, 3, ""),
        (SessionKind.EXTRAORDINARY, 1, ""),
        (SessionKind.INSTALLATION, -1, "Esa hora ya pasó"),
    ],
)
def test_a_session_is_convened_in_time(stm: Secretariat, kind: SessionKind, days: int, why: str) -> None:
    asked = (stm.body, kind, meeting(days), POINTS)
    if why:
        with pytest.raises(Refused, match=why):
            convene_session(*asked, by=again(stm.runner), at=NOW)
    else:
        assert convene_session(*asked, by=again(stm.runner), at=NOW).state == SessionState.CONVENED


@pytest.mark.parametrize(
    ("asked", "points", "why"),
    [
        (meeting(place=" "), POINTS, "Escribe el lugar"),
        (meeting(mode=Mode.REMOTE), POINTS, "Escribe la liga"),
        (meeting(mode=Mode.MIXED), POINTS, "Escribe la liga"),
        (meeting(), [], "al menos un punto"),
    ],
)
def test_a_session_says_where_and_what(stm: Secretariat, asked: Meeting, points: list[Point], why: str) -> None:
    with pytest.raises(Refused, match=why):
        convene_session(stm.body, SessionKind.ORDINARY, asked, points, by=again(stm.runner), at=NOW)


def test_an_incomplete_secretariat_is_not_convened(stm: Secretariat) -> None:
    vacate_seat(stm.seat(Sector.CIVIL_SOCIETY), act="Renuncia", by=again(stm.runner), at=NOW)
    with pytest.raises(Refused, match="asiento titular de: Sociedad civil"):
        stm.convene()


@pytest.mark.req("EX-11")
def test_a_session_changes_mode_and_loses_nothing(stm: Secretariat) -> None:
    session = stm.convene()
    confirm_attendance(session, stm.terms["guarantor"], will_come=True, by=stm.holder("guarantor"), at=NOW)
    at = starts(session)
    stm.arrive(session, "guarantor", "civil_society", at=at)
    open_session(session, by=again(stm.runner), at=at)
    remote = Meeting(at, Mode.REMOTE, link="https://example.mx/sala")
    changed = change_session(session, remote, reason="Contingencia", by=again(stm.runner), at=at)
    assert (changed.mode, changed.confirmations.count(), changed.presences.count()) == (Mode.REMOTE, 1, 2)
    assert change_session(session, remote, reason="Contingencia", by=again(stm.runner), at=at).changes.count() == 1
    told = compile_minutes(changed)["changes"][0]
    assert told["before"].endswith("Presencial, Palacio municipal.")
    assert told["after"].endswith("A distancia.")
    assert "example.mx/sala" not in str(compile_minutes(changed))
    message = OutboxMessage.objects.filter(key=f"session-changed-1:{session.key}").first()
    assert message
    assert "https://example.mx/sala" in message.body
    with pytest.raises(Refused, match="su hora no cambia"):
        change_session(session, meeting(9, Mode.REMOTE, link="https://a.mx"), reason="x", by=again(stm.runner), at=at)


def test_a_session_opens_at_its_hour_with_quorum(stm: Secretariat) -> None:
    session = stm.convene()
    stm.arrive(session, "guarantor", "guarantor-2", at=starts(session))
    with pytest.raises(Refused, match="La sesión empieza el"):
        open_session(session, by=again(stm.runner), at=starts(session) - timedelta(hours=1))
    with pytest.raises(Refused, match="1 de 3 asientos con voto presentes; se piden 2"):
        open_session(session, by=again(stm.runner), at=starts(session))
    stm.arrive(session, "public_bodies-2", at=starts(session))
    assert open_session(session, by=again(stm.runner), at=starts(session)).opened_at == starts(session)
    with pytest.raises(Refused, match="La sesión está «En curso»"):
        declare_not_held(session, reason="x", by=again(stm.runner), at=starts(session))


def test_a_session_without_quorum_is_declared_not_held(stm: Secretariat) -> None:
    session = stm.convene()
    stm.arrive(session, "guarantor", at=starts(session))
    with pytest.raises(Refused, match="por qué no se celebra"):
        declare_not_held(session, reason=" ", by=again(stm.runner), at=starts(session))
    declare_not_held(session, reason="Solo llegó un asiento.", by=again(stm.runner), at=starts(session))
    session.refresh_from_db()
    assert session.state == SessionState.NOT_HELD
    assert OutboxMessage.objects.filter(key=f"session-not-held:{session.key}").count() == 6


def test_arrivals_and_departures_are_noted_once(stm: Secretariat) -> None:
    session = stm.convene()
    at, term = starts(session), stm.terms["guarantor"]
    first = arrive(session, term, by=stm.holder("guarantor"), at=at)
    assert arrive(session, term, by=again(stm.runner), at=at + timedelta(minutes=1)) == first
    leave(session, term, by=stm.holder("guarantor"), at=at)
    with pytest.raises(Refused, match="No consta que esa persona esté"):
        leave(session, term, by=again(stm.runner), at=at)
    assert arrive(session, term, by=again(stm.runner), at=at + timedelta(minutes=2)) != first
    with pytest.raises(IntegrityError), transaction.atomic():
        Presence.objects.create(session=session, term=term, arrived_at=at, noted_by=stm.runner)
    with pytest.raises(Refused, match="no puede anotar la asistencia"):
        arrive(session, term, by=stm.holder("civil_society"), at=at)


def test_who_no_longer_holds_a_seat_does_not_arrive(stm: Secretariat) -> None:
    session = stm.convene()
    fill_seat(stm.seat(Sector.GUARANTOR), Holder("Otra"), act="Oficio", by=again(stm.runner), at=NOW)
    with pytest.raises(Refused, match="ya no ocupa un asiento"):
        arrive(session, stm.terms["guarantor"], by=again(stm.runner), at=starts(session))


def test_a_recording_is_published(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")
    url = "https://example.mx/grabacion"
    assert publish_recording(session, url, by=again(stm.runner), at=starts(session)).recording_url == url


def test_sessions_are_numbered_in_the_exercise(stm: Secretariat) -> None:
    named = [(session.number, session.name) for session in (stm.convene(), stm.convene(kind=SessionKind.ORDINARY))]
    assert named == [(1, "Sesión de instalación"), (2, "Sesión ordinaria 1")]


def test_others_conduct_nothing(stm: Secretariat, cast: dict[str, User], visitor: AnonymousUser) -> None:
    session = stm.convene()
    at, reason = starts(session), {"reason": "x"}
    people = [cast[part] for part in cast if part not in {"guarantor_staff", "liaison"}]
    for person in [*people, visitor, stm.holder("guarantor")]:
        who = {"by": person, "at": at}
        for attempt in (
            lambda who=who: convene_session(stm.body, SessionKind.ORDINARY, meeting(), POINTS, **who),
            lambda who=who: change_session(session, meeting(), **reason, **who),
            lambda who=who: open_session(session, **who),
            lambda who=who: declare_not_held(session, **reason, **who),
            lambda who=who: save_notes(session, "x", version=0, **who),
        ):
            with pytest.raises(Refused, match="Tu cuenta no puede"):
                attempt()
    with pytest.raises(Refused, match="La sesión está «Convocada»"):
        close_session(session, by=again(stm.runner), at=at)


def test_the_facilitator_conducts(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")
    chosen = stm.adopt(session, "guarantor", "civil_society", text="Se elige a quien facilita.").agreement
    seat = stm.body.seats.get(role="facilitator")
    person = stm.holder("public_bodies-2")
    vacate_seat(stm.terms["public_bodies-2"].seat, act="Pasa a facilitar", by=again(stm.runner), at=NOW)
    holder = Holder("Facilita", account=person)
    stm.terms["facilitator"] = fill_seat(seat, holder, act="Acuerdo", agreement=chosen, by=again(stm.runner), at=NOW)
    assert save_notes(session, "Se leyó.", version=0, by=again(person), at=NOW).notes_version == 1
    arrive(session, stm.terms["facilitator"], by=again(person), at=starts(session))
    assert close_session(session, by=again(person), at=starts(session)).session == session


def test_a_titular_who_will_not_come_has_the_substitute_told(stm: Secretariat) -> None:
    session = stm.convene()
    titular, substitute = stm.terms["civil_society"], stm.holder("civil_society-2")
    for will_come in (True, False, False):
        confirm_attendance(session, titular, will_come=will_come, by=stm.holder("civil_society"), at=NOW)
    told = OutboxMessage.objects.filter(subject__startswith="Te toca suplir")
    assert [message.recipient for message in told] == [substitute.email]
    assert session.confirmations.get().will_come is False
