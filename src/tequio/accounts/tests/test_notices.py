"""Telling people: at once or in a digest, as they chose, once, and with the way out in every message."""

from __future__ import annotations

import email
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from tests.cast import account

from tequio.accounts.models import NoticePreference, Telling, WaitingNotice
from tequio.accounts.notices import way_out
from tequio.accounts.tests.test_people_pages import inside
from tequio.accounts.tests.told import MORNING, duty, owed, reachable, sample_topics, without_token
from tequio.accounts.workflows import choose_paces, forget_tellings, notify, notify_all, send_digest, stop_notices
from tequio.accounts.workflows.notifying import notify_each
from tequio.kernel.calendar import Hour
from tequio.kernel.delivery import compose
from tequio.kernel.jobs import run_next
from tequio.kernel.models import OutboxMessage
from tequio.kernel.refusal import Refused
from tequio.kernel.topics import Pace, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

    from tequio.accounts.models import User
    from tequio.kernel.topics import Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-05")]
SESSION = Hour(
    identity="sesion-7",
    title="Sesión ordinaria 7",
    starts_at=MORNING + timedelta(days=7),
    ends_at=MORNING + timedelta(days=7, hours=2),
    place="Sala de juntas",
)


@pytest.fixture(autouse=True)
def two_topics() -> Iterator[None]:
    with sample_topics():
        yield


@pytest.fixture
def ana(db: None) -> User:
    return reachable("ana")


def sessions() -> Topic:
    found = topic_of("sample_sessions")
    assert found
    return found


def tell(person: User, key: str = "sample.called:7", subject: str = "Sesión ordinaria 7", **more: Any) -> bool:
    action = {"address": "/sesiones/7/", "button": "Ver el orden del día", "calendar": SESSION} | more
    body = "Se convoca a la sesión ordinaria 7, el jueves 12 de febrero de 2037, 07:00 h."
    return notify(person, sessions(), key, subject, body, at=MORNING, **action)


def choose(person: User, **paces: str) -> None:
    choose_paces(paces, by=person, at=MORNING)


def test_a_notice_goes_at_once_with_its_date_and_the_way_out(ana: User) -> None:
    assert tell(ana)
    message = OutboxMessage.objects.get()
    assert message.recipient == ana.email
    assert without_token(message.body) == (
        "Se convoca a la sesión ordinaria 7, el jueves 12 de febrero de 2037, 07:00 h.\n"
        "\n"
        "Ver el orden del día:\n"
        "http://localhost:8000/sesiones/7/\n"
        "\n"
        "El archivo adjunto guarda la fecha en tu calendario.\n"
        "\n"
        "--\n"
        "Tequio\n"
        "Te escribimos por «Sesiones». Elige qué avisos recibes y cuándo:\n"
        "http://localhost:8000/cuenta/avisos/\n"
        "Para dejar de recibir estos correos, sin entrar:\n"
        "http://localhost:8000/avisos/baja/…/\n"
    )
    raw = compose(message).as_bytes()
    assert f"\r\nList-Unsubscribe: <{way_out(ana, 'sample_sessions')}>\r\n".encode() in raw
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert max(map(len, raw.splitlines())) <= 998
    (file,) = [part for part in email.message_from_bytes(raw).walk() if part.get_content_type() == "text/calendar"]
    calendar = file.get_payload(decode=True)
    assert isinstance(calendar, bytes)
    assert b"DTSTART:20370212T130000Z" in calendar
    assert b"UID:sesion-7@localhost" in calendar


def test_the_same_key_is_told_once(ana: User) -> None:
    assert [tell(ana), tell(ana), tell(ana, "sample.called:8")] == [True, False, True]
    assert OutboxMessage.objects.count() == 2


@pytest.mark.parametrize("pace", [Pace.DAILY, Pace.WEEKLY])
def test_a_notice_waits_for_the_digest_of_who_wants_one(ana: User, pace: Pace) -> None:
    choose(ana, sample_sessions=pace)
    assert [tell(ana), tell(ana)] == [True, False]
    assert not OutboxMessage.objects.exists()
    with owed():
        days = [send_digest(ana, at=MORNING + timedelta(days=days)) for days in range(6)]
    assert days.index(True) == (0 if pace == Pace.DAILY else 4)  # Monday is four days after Thursday
    assert sum(days) == 1
    message = OutboxMessage.objects.get()
    assert "1. Sesión ordinaria 7\nSe convoca" in message.body
    assert len(message.attachments) == 1
    assert not WaitingNotice.objects.exists()
    assert not tell(ana)


def test_nobody_is_told_what_they_do_not_want(ana: User) -> None:
    choose(ana, sample_sessions=Pace.NEVER)
    assert not tell(ana)
    choose(ana, sample_sessions=Pace.DAILY, digest=Pace.NEVER)
    assert not tell(ana)
    choose(ana, sample_sessions=Pace.IMMEDIATE)
    assert tell(ana)
    assert OutboxMessage.objects.count() == 1


def test_what_waits_goes_when_its_topic_is_stopped(ana: User) -> None:
    choose(ana, sample_sessions=Pace.DAILY)
    tell(ana)
    choose(ana, sample_sessions=Pace.NEVER)
    assert not WaitingNotice.objects.exists()


def test_nobody_is_written_to_at_an_address_they_did_not_show(stranger: User) -> None:
    unproved = account("luz")
    suspended = reachable("eva")
    suspended.is_active = False
    assert [tell(person) for person in (stranger, unproved, suspended)] == [False, False, False]
    assert not OutboxMessage.objects.exists()
    assert not Telling.objects.exists()


def test_a_notice_and_a_duty_of_one_key_are_told_once(ana: User) -> None:
    assert tell(ana, duty().key)
    with owed(duty()):
        assert not send_digest(ana, at=MORNING)


def test_a_line_break_in_a_subject_is_a_space(ana: User) -> None:
    assert tell(ana, subject="Sesión\r\nBcc: otra@example.mx\n")
    assert OutboxMessage.objects.get().subject == "Sesión Bcc: otra@example.mx"


def test_a_key_that_no_table_holds_is_a_mistake(ana: User) -> None:
    for key in ("", "a" * 161):
        with pytest.raises(ValueError, match="key of a notice"):
            tell(ana, key)
    assert not Telling.objects.exists()


def test_one_tap_in_a_mail_program_stops_a_topic(ana: User) -> None:
    outside = Client(enforce_csrf_checks=True)
    path = way_out(ana, "sample_sessions").removeprefix("http://localhost:8000")
    shown = outside.get(path)
    assert "Dejar de recibirlos" in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert ana.email not in shown.text
    assert not NoticePreference.objects.exists()
    for _ in range(2):
        answer = outside.post(path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert not answer.cookies
        assert "«Sesiones»" in answer.text
    assert not tell(ana)
    assert NoticePreference.objects.get().pace == Pace.NEVER


def test_a_forged_or_broken_link_stops_nothing(ana: User, stranger: User) -> None:
    good = way_out(ana, "sample_sessions").rsplit("/", 2)[1]
    for token in ("nada", good[:-1], good[1:], f"{good}a", way_out(ana, "gone").rsplit("/", 2)[1], "ñ", "a:b"):
        for answer in (Client().get(f"/avisos/baja/{token}/"), Client().post(f"/avisos/baja/{token}/")):
            assert answer.status_code == 404
            assert "Esta liga no sirve" in answer.text
        with pytest.raises(Refused):
            stop_notices(token, at=MORNING)
    gone = reachable("ida")
    token = way_out(gone, "sample_sessions").rsplit("/", 2)[1]
    gone.delete()
    with pytest.raises(Refused, match="ya no existen"):
        stop_notices(token, at=MORNING)
    assert not NoticePreference.objects.exists()


def test_stopping_the_digest_stops_all_that_goes_in_it(ana: User) -> None:
    with owed(duty()):
        assert send_digest(ana, at=MORNING)
        out = OutboxMessage.objects.get().headers["List-Unsubscribe"].strip("<>").rsplit("/", 2)[1]
        assert stop_notices(out, at=MORNING).name == "Tu resumen"
    with owed(duty(5), duty(6, about="sample_calls")):
        assert not send_digest(ana, at=MORNING + timedelta(days=4))


def test_a_person_chooses_in_their_account(ana: User, stranger: User) -> None:
    client = inside(ana)
    page = client.get("/cuenta/avisos/").text
    assert "Avisos de sesión y acuerdos por firmar." in page
    assert page.index("Tu resumen") < page.index("Convocatorias")
    paces = {"account": "daily", "digest": "weekly", "sample_sessions": "never", "sample_calls": "daily"}
    others = {name: "daily" for name in client.get("/cuenta/avisos/").context["form"].fields if name not in paces}
    saved = client.post("/cuenta/avisos/", paces | others)
    assert "Así te avisaremos desde ahora." in saved.text
    assert dict(ana.notice_preferences.values_list("topic", "pace")) == paces | others
    assert not stranger.notice_preferences.exists()
    wrong = client.post("/cuenta/avisos/", paces | others | {"digest": "immediate"})
    assert "<title>Error:" in wrong.text
    assert Client().get("/cuenta/avisos/")["Location"] == "/entrar/?next=/cuenta/avisos/"


def test_what_no_form_offers_is_refused(ana: User, visitor: Any) -> None:
    wrong = ({"gone": "daily"}, {"sample_calls": "hourly"}, {"digest": "immediate"})
    for paces in wrong:
        with pytest.raises(Refused):
            choose_paces(paces, by=ana, at=MORNING)
    with pytest.raises(Refused):
        choose_paces({"digest": "never"}, by=visitor, at=MORNING)
    assert not NoticePreference.objects.exists()


def test_what_was_told_long_ago_is_forgotten(ana: User) -> None:
    tell(ana)
    choose(ana, sample_sessions=Pace.WEEKLY)
    tell(ana, "sample.called:8")
    assert forget_tellings(at=MORNING + timedelta(days=29)) == 0
    assert forget_tellings(at=MORNING + timedelta(days=31)) == 1
    assert forget_tellings(at=MORNING + timedelta(days=401)) == 1


def test_many_are_told_by_jobs_that_may_run_again(ana: User, stranger: User) -> None:
    people = [ana, stranger, *[reachable(f"p{number}") for number in range(3)]]
    choose(people[2], sample_sessions=Pace.DAILY)
    action = {"address": "/sesiones/7/", "button": "Ver", "calendar": SESSION}
    said = (sessions(), "sample.called:7", "Sesión ordinaria 7", "El jueves.")
    assert notify_all(people, *said, at=MORNING, **action) == 5
    assert not OutboxMessage.objects.exists()
    for _ in range(2):
        while run_next("worker"):
            pass
        notify_all(people, *said, at=MORNING, **action)
    told = OutboxMessage.objects.filter(key__startswith="notice:")
    assert sorted(told.values_list("recipient", flat=True)) == ["ana@example.mx", "p1@example.mx", "p2@example.mx"]
    assert WaitingNotice.objects.get().calendar.startswith("BEGIN:VCALENDAR")
    assert notify_each.func([ana.pk], ["gone", "k", "s", "b", MORNING.isoformat(), "", "", ""]) == 0


def test_one_who_cannot_be_told_stops_no_other(ana: User, caplog: pytest.LogCaptureFixture) -> None:
    luz = reachable("luz")
    ana.emailaddress_set.update(email="no es un correo")
    values = ["sample_sessions", "sample.called:7", "Sesión", "El jueves.", MORNING.isoformat(), "", "", ""]
    with pytest.raises(RuntimeError, match="1 accounts were not told"):
        notify_each.func([ana.pk, luz.pk], values)
    assert OutboxMessage.objects.get().recipient == luz.email
    assert not ana.tellings.exists()
    assert "no es un correo" not in caplog.text


def test_many_are_queued_in_few_jobs(ana: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(99, exact=False) as one:
        notify_all([ana], sessions(), "sample.called:8", "Sesión", "El jueves.", at=MORNING)
    with django_assert_num_queries(len(one)):
        notify_all([ana] * 200, sessions(), "sample.called:9", "Sesión", "El jueves.", at=MORNING)
