"""«Mi trabajo»: what each person has to do, in order, in words, and in their calendar; and what the stranger sees."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from tests.cast import account, again, without_second_step

from tequio.accounts.models import CalendarKey, User
from tequio.accounts.tests.test_people_pages import inside
from tequio.accounts.tests.told import MORNING, TODAY, duty, owed, sample_topics
from tequio.accounts.workflows import make_calendar_key, stop_calendar
from tequio.kernel import duties
from tequio.kernel.refusal import Refused
from tequio.site.queries.work import SHOWN, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AnonymousUser
    from pytest_django import DjangoAssertNumQueries
    from tests.cast import Land

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-05")]
PAGE = "/mi-trabajo/"
KEYS = "/mi-trabajo/calendario/"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def two_topics() -> Iterator[None]:
    with sample_topics(), time_machine.travel(MORNING, tick=False):
        yield


def path_in(page: str) -> str:
    found = re.search(r"/mi-trabajo/[\w-]+\.ics", page)
    assert found
    return found[0]


def words(page: str) -> str:
    """Return a page's main part as it is read."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main.partition(">")[2]).split())


def test_what_presses_stands_first_with_its_reason_and_one_button(liaison: User, land: Land) -> None:
    found = [
        duty(1, due_on=TODAY + 30 * DAY),
        duty(2, due_on=TODAY + 7 * DAY),
        duty(3, due_on=TODAY - 3 * DAY, where="Niebla 1"),
        duty(4),
        duty(5, due_at=MORNING + timedelta(hours=11)),
    ]
    with owed(*found):
        page = inside(liaison).get(PAGE)
    assert words(page.text).startswith(
        f"Enlace municipal, {land.town} Mi trabajo Hoy (3) Firma el acuerdo 3 Atrasada (3 días) "
        "Venció hace 3 días, lunes 2 de febrero de 2037 "
        "Niebla 1. Sin las tres firmas el acuerdo no se publica. Firmar el acuerdo : el acuerdo 3 "
        "Firma el acuerdo 5 Vence hoy, jueves 5 de febrero de 2037, 18:00 h (centro de México)"
    )
    order = [page.text.index(f"<h3>Firma el acuerdo {number}<") for number in (3, 5, 4, 2, 1)]
    assert order == sorted(order)
    assert page.text.index("Sin fecha límite") < page.text.index("<h2>Esta semana")
    assert page.text.index("<h2>Esta semana") < order[3] < page.text.index("<h2>Después") < order[4]
    assert "no-store" in page.headers["Cache-Control"]


def test_nothing_to_do_says_what_comes(first_pal_client: Client) -> None:
    person = account("ana")
    with owed(), time_machine.travel(MORNING.replace(year=2020)):
        first_pal_client.force_login(person)
        page = words(first_pal_client.get(PAGE).text)
    assert page.startswith("Mi trabajo No tienes pendientes. Lo próximo en la agenda:")
    assert "Aquí aparece lo que te toca cuando tienes un papel" in page


def test_who_has_a_role_and_nothing_to_do_is_told_when_it_fills(liaison: User) -> None:
    with owed():
        assert "aparecerá aquí, con su plazo, y te avisaremos por correo" in inside(liaison).get(PAGE).text


def test_an_empty_stretch_says_so() -> None:
    with owed(duty(due_on=TODAY + 30 * DAY)):
        page = words(inside(account("ana")).get(PAGE).text)
    assert "Hoy Nada vence hoy. Esta semana Nada vence en los próximos siete días. Después (1)" in page


def test_many_are_folded_after_the_first_ones() -> None:
    with owed(*[duty(number) for number in range(SHOWN + 5)]):
        page = inside(account("ana")).get(PAGE).text
    assert "<summary>Ver 5 más</summary>" in page
    assert page.count("<h3>Firma") == SHOWN + 5


def test_a_room_that_fails_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with owed(duty()):
        duties.declarations.append(lambda _person, _at: 1 / 0)
        page = inside(account("ana")).get(PAGE)
    assert "Falta una parte" in page.text
    assert "Firma el acuerdo 4" in page.text


def test_the_page_of_another_is_nobodys(operator: User, stranger: User) -> None:
    assert "Confirma tu correo" in inside(operator).get(PAGE).text
    assert "Confirma tu correo" not in inside(stranger).get(PAGE).text
    assert Client().get(PAGE)["Location"] == f"/entrar/?next={PAGE}"


def test_who_lacks_the_second_step_is_told_on_the_page(guarantor_staff: User, land: Land) -> None:
    client = without_second_step(inside(guarantor_staff))
    Authenticator.objects.all().delete()
    page = words(client.get(PAGE).text)
    assert page.startswith(f"Personal del órgano garante, {land.guarantor}")
    assert "Activa el segundo paso para entrar" in page


def test_own_pages_say_my_work_and_public_pages_the_same_to_all(stranger: User) -> None:
    own = inside(stranger).get("/cuenta/").text
    assert f'href="{PAGE}"' in own
    assert ">Entrar<" not in own
    public = [client.get("/municipios/").text for client in (Client(), inside(stranger))]
    assert public[0] == public[1]
    assert f'href="{PAGE}"' not in public[0]


@given(days=st.lists(st.one_of(st.none(), st.integers(-40, 40)), max_size=12))
def test_every_duty_stands_once_and_in_its_stretch(days: list[int | None]) -> None:
    found = [duty(n, due_on=None if day is None else TODAY + day * DAY) for n, day in enumerate(days)]
    with owed(*found):
        shown = work(account_in_memory(), MORNING)
    assert sorted(task.duty.key for pile in shown.piles for task in pile.tasks) == sorted(each.key for each in found)
    today, week, later = ([task.duty.day for task in pile.tasks] for pile in shown.piles)
    assert all(day is None or day <= TODAY for day in today)
    assert all(day and TODAY < day <= TODAY + 7 * DAY for day in week)
    assert all(day and day > TODAY + 7 * DAY for day in later)
    assert all(bool(task.late) == task.duty.is_late(MORNING) for pile in shown.piles for task in pile.tasks)


def account_in_memory() -> User:
    return User(pk=1, is_active=False)


def test_the_list_asks_the_same_however_long(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = inside(account("ana"))
    asked = []
    for rows in (1, 3):
        with owed(*[duty(number) for number in range(rows)]), django_assert_num_queries(8, exact=False) as queries:
            client.get(PAGE)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_calendar_has_a_secret_address_shown_once(stranger: User) -> None:
    client = inside(account("ana"))
    assert "Todavía no tienes una dirección" in client.get(KEYS).text
    path = path_in(client.post(KEYS).text)
    assert path not in client.get(KEYS).text
    assert path.removeprefix("/mi-trabajo/").removesuffix(".ics") not in repr(CalendarKey.objects.values())
    with owed(duty(4, due_at=MORNING + DAY), duty(5, due_on=TODAY), duty(6)):
        answer = Client().get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [(event["SUMMARY"], event["DTSTART"].dt) for event in events] == [
        ("Vence: Firma el acuerdo 5", TODAY),
        ("Vence: Firma el acuerdo 4", MORNING + DAY),
    ]
    assert events[0]["URL"] == "http://localhost:8000/acuerdos/5/"
    assert "Todavía no tienes" in inside(stranger).get(KEYS).text


def test_a_calendar_made_anew_or_stopped_closes_the_one_before() -> None:
    ana = account("ana")
    client = inside(ana)
    first = path_in(client.post(KEYS).text)
    second = path_in(client.post(KEYS).text)
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    assert "Todavía no tienes" in client.post(KEYS, {"stop": "1"}).text
    assert Client().get(second).status_code == 404
    third = path_in(client.post(KEYS).text)
    ana.is_active = False
    ana.save()
    assert Client().get(third).status_code == 404


def test_a_secret_that_is_none_opens_nothing(visitor: AnonymousUser) -> None:
    for token in ("nada", "%C3%B1", "a" * 500, "%ED%A0%80"):
        assert Client().get(f"/mi-trabajo/{token}.ics").status_code == 404
    with pytest.raises(Refused):
        make_calendar_key(by=visitor, at=MORNING)
    with pytest.raises(Refused):
        stop_calendar(by=visitor)
    assert again(account("ana")).is_active
    assert not CalendarKey.objects.exists()
