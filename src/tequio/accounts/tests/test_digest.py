"""The digest: one message with everything, nothing twice, each deadline in time, whoever sends it and dies."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tequio.accounts.models import Telling, WaitingNotice
from tequio.accounts.notices import MOST
from tequio.accounts.queries import due_edition
from tequio.accounts.tasks import send_todays_digests
from tequio.accounts.tests.told import MORNING, TODAY, duty, owed, reachable, sample_topics, without_token
from tequio.accounts.workflows import choose_paces, notify, send_digest, send_digests
from tequio.kernel import periodic
from tequio.kernel.models import OutboxMessage
from tequio.kernel.topics import Pace, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

    from tequio.accounts.models import User

pytestmark = [pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-05")]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def two_topics() -> Iterator[None]:
    with sample_topics():
        yield


@pytest.fixture
def ana(db: None) -> User:
    return reachable("ana")


def days_told(person: User, first: date, last: date, **paces: str) -> list[date]:
    """Return on which days a person is told of what they owe, asked each morning."""
    choose_paces(paces, by=person, at=MORNING)
    days = [first + number * DAY for number in range((last - first).days + 1)]
    return [day for day in days if send_digest(person, at=MORNING + (day - TODAY))]


@pytest.mark.django_db
def test_one_message_tells_everything_with_one_action_each(ana: User) -> None:
    found = topic_of("sample_calls")
    assert found
    notify(ana, found, "sample.open:1", "Abrió la convocatoria", "Cierra el lunes.", at=MORNING,
           address="/convocatorias/1/", button="Ver la convocatoria")  # fmt: skip
    late, soon = duty(3, due_on=TODAY - 2 * DAY, where="Niebla 1"), duty(4, due_at=MORNING + timedelta(hours=30))
    with owed(late, soon, duty(5, about="sample_calls")):
        assert send_digest(ana, at=MORNING)
    message = OutboxMessage.objects.get()
    assert message.subject == "Tu resumen del jueves 5 de febrero de 2037: 3 pendientes y 1 aviso"
    assert without_token(message.body) == (
        "LO QUE TE TOCA HACER\n"
        "\n"
        "1. Firma el acuerdo 3 (Niebla 1)\n"
        "Venció hace 2 días, martes 3 de febrero de 2037\n"
        "Sin las tres firmas el acuerdo no se publica.\n"
        "Firmar el acuerdo:\n"
        "http://localhost:8000/acuerdos/3/\n"
        "\n"
        "2. Firma el acuerdo 4\n"
        "Vence mañana, viernes 6 de febrero de 2037, 13:00 h (centro de México)\n"
        "Sin las tres firmas el acuerdo no se publica.\n"
        "Firmar el acuerdo:\n"
        "http://localhost:8000/acuerdos/4/\n"
        "\n"
        "3. Firma el acuerdo 5\n"
        "Sin fecha límite\n"
        "Sin las tres firmas el acuerdo no se publica.\n"
        "Firmar el acuerdo:\n"
        "http://localhost:8000/acuerdos/5/\n"
        "\n"
        "AVISOS\n"
        "\n"
        "1. Abrió la convocatoria\n"
        "Cierra el lunes.\n"
        "Ver la convocatoria:\n"
        "http://localhost:8000/convocatorias/1/\n"
        "\n"
        "Todo junto está en Mi trabajo:\n"
        "http://localhost:8000/mi-trabajo/\n"
        "\n"
        "--\n"
        "Tequio\n"
        "Te escribimos por «Tu resumen». Elige qué avisos recibes y cuándo:\n"
        "http://localhost:8000/cuenta/avisos/\n"
        "Para dejar de recibir estos correos, sin entrar:\n"
        "http://localhost:8000/avisos/baja/…/\n"
    )
    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not message.html


@pytest.mark.django_db
def test_nothing_new_is_no_message(ana: User) -> None:
    with owed():
        assert not send_digest(ana, at=MORNING)
    with owed(duty()) as now:
        assert send_digest(ana, at=MORNING)
        assert not send_digest(ana, at=MORNING + DAY)
        now.append(duty(5))
        assert send_digest(ana, at=MORNING + 2 * DAY)
    body = OutboxMessage.objects.order_by("queued_at")[1].body
    assert "acuerdo 4" not in body
    assert "Además tienes 1 pendiente que ya te contamos." in body


@pytest.mark.django_db
def test_a_long_list_ends_on_the_page(ana: User) -> None:
    with owed(*[duty(number) for number in range(MOST + 3)]):
        assert send_digest(ana, at=MORNING)
        assert not send_digest(ana, at=MORNING + DAY)
    message = OutboxMessage.objects.get()
    assert f"{MOST}. Firma" in message.body
    assert f"{MOST + 1}. Firma" not in message.body
    assert "\n\nY 3 más en Mi trabajo.\n\nTodo junto" in message.body
    assert f"{MOST + 3} pendientes" in message.subject


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("paces", "expected"),
    [
        ({}, [5, 13, 19, 21]),
        ({"digest": "weekly"}, [9, 16, 23]),
        ({"sample_sessions": "weekly"}, [9, 16, 23]),
        ({"sample_sessions": "never"}, []),
        ({"digest": "never"}, []),
        ({"sample_sessions": "daily"}, [5, 13, 19, 21]),
    ],
)
def test_a_deadline_is_told_at_once_then_as_it_comes_near_and_when_it_passed(
    ana: User, paces: dict[str, str], expected: list[int]
) -> None:
    with owed(duty(due_on=date(2037, 2, 20))):
        assert [day.day for day in days_told(ana, TODAY, date(2037, 2, 27), **paces)] == expected


@pytest.mark.django_db
def test_who_learns_of_it_late_is_not_told_the_next_morning(ana: User) -> None:
    with owed(duty(due_on=TODAY + 4 * DAY)):
        assert [day.day for day in days_told(ana, TODAY, TODAY + 4 * DAY)] == [5, 8]


@pytest.mark.django_db
def test_a_deadline_that_moves_reminds_again(ana: User) -> None:
    with owed(duty(due_on=TODAY + DAY)) as now:
        assert send_digest(ana, at=MORNING)
        now[:] = [duty(due_on=TODAY + 20 * DAY)]
        told = days_told(ana, TODAY + DAY, TODAY + 20 * DAY)
    assert told == [TODAY + 13 * DAY, TODAY + 19 * DAY]


@given(due=st.integers(-30, 30), today=st.integers(0, 40))
def test_a_telling_is_of_one_edition_and_none_is_before_its_day(due: int, today: int) -> None:
    with_date = duty(due_on=TODAY + due * DAY)
    edition, since = due_edition(with_date, TODAY + today * DAY)
    left = due - today
    assert edition.rpartition("/")[2] == ("late" if left < 0 else "1" if left <= 1 else "7" if left <= 7 else "new")
    assert since is None or since <= TODAY + today * DAY
    assert len(edition) <= Telling._meta.get_field("edition").max_length


@pytest.mark.django_db
def test_run_again_it_sends_only_what_is_missing(ana: User) -> None:
    luz = reachable("luz")
    with owed(duty()):
        assert send_digest(luz, at=MORNING)
        assert send_digests(at=MORNING) == 1
        assert send_digests(at=MORNING) == 0
    recipients = OutboxMessage.objects.values_list("recipient", flat=True)
    assert sorted(recipients) == [ana.email, luz.email]


@pytest.mark.django_db
def test_a_person_for_whom_it_fails_stops_nobody(ana: User, caplog: pytest.LogCaptureFixture) -> None:
    found = topic_of("sample_calls")
    assert found
    notify(ana, found, "sample.open:1", "Abrió la convocatoria", "Cierra el lunes.", at=MORNING)
    reachable("luz")
    ana.emailaddress_set.update(email="no es un correo")
    with owed(duty()), pytest.raises(RuntimeError, match="1 digests were not sent"):
        send_digests(at=MORNING)
    assert OutboxMessage.objects.filter(recipient="luz@example.mx").count() == 1
    assert not Telling.objects.filter(user=ana).exists()
    assert WaitingNotice.objects.count() == 1
    assert "no es un correo" not in caplog.text


@pytest.mark.django_db
def test_the_stranger_gets_nothing(stranger: User) -> None:
    with owed(duty()):
        assert send_digests(at=MORNING) == 0
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db
def test_it_goes_out_at_the_hour_that_the_deployment_set() -> None:
    job = periodic._periodic["send_digests"]
    assert job.task == send_todays_digests
    before = datetime(2037, 2, 5, 12, 59, tzinfo=MORNING.tzinfo)
    assert job.slot_at(before) == MORNING - DAY
    assert job.slot_at(before + timedelta(minutes=1)) == MORNING


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_a_digest_asks_the_same_however_long(
    ana: User, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    with owed(*[duty(number) for number in range(rows)]), django_assert_num_queries(99, exact=False) as asked:
        send_digest(ana, at=MORNING)
    reads = [query for query in asked if query["sql"].startswith("SELECT") and "telling" not in query["sql"]]
    assert len(reads) <= 6


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_send_one_message() -> None:
    for number in range(5):
        person = reachable(f"ana{number}")
        barrier = Barrier(3)

        def run(person: User = person, barrier: Barrier = barrier) -> None:
            connection.ensure_connection()
            barrier.wait()
            send_digest(person, at=MORNING)
            connection.close()

        with owed(duty(), duty(5)):
            threads = [Thread(target=run) for _ in range(3)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert OutboxMessage.objects.filter(recipient=person.email).count() == 1
        assert person.tellings.count() == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_three_who_tell_one_thing_at_once_one_does() -> None:
    found = topic_of("sample_sessions")
    assert found
    for pace in (Pace.IMMEDIATE, Pace.DAILY):
        person = reachable(f"ana-{pace.value}")
        choose_paces({"sample_sessions": pace}, by=person, at=MORNING)
        barrier, told = Barrier(3), []

        def run(person: User = person, barrier: Barrier = barrier, told: list[Any] = told) -> None:
            connection.ensure_connection()
            barrier.wait()
            told.append(notify(person, found, "sample.called:7", "Sesión", "El jueves.", at=MORNING))
            connection.close()

        threads = [Thread(target=run) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(told) == [False, False, True]
        assert person.waiting_notices.count() + OutboxMessage.objects.filter(recipient=person.email).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_it(mailoutbox: list[Any]) -> None:
    reachable("ana")
    with owed(duty()):
        call_command("work", once=True)
        call_command("work", once=True)
    assert OutboxMessage.objects.filter(key__startswith="digest:").count() == 1
