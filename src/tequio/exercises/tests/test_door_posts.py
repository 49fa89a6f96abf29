"""Posts at the door: kept by whoever holds their key, who sees little and does less, until they are closed."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import NOW, again

from tequio.accounts.enums import Sector
from tequio.exercises.enums import DoorAnswer
from tequio.exercises.models import DoorPost, Event
from tequio.exercises.queries.door import pass_of, post_of
from tequio.exercises.tests.happenings import END, START, announced, draft, registered
from tequio.exercises.workflows import (
    AttendeeDetails,
    admit_walk_in,
    cancel_event,
    check_in,
    close_post,
    forget_attendees,
    open_post,
    publish_report,
)
from tequio.exercises.workflows.door import MOST_POSTS
from tequio.kernel.canonical import sha256
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpResponse

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("plain_static_files", "notices"),
    pytest.mark.req("EX-09", "CO-02"),
]
CITIZEN = AttendeeDetails(sector=Sector.CITIZENS)


@pytest.fixture
def event(exercise: Exercise, liaison: User) -> Event:
    """A forum for two people, which began a moment ago."""
    made = announced(exercise, liaison, capacity=2)
    Event.objects.filter(pk=made.pk).update(starts_at=NOW - timedelta(minutes=5), ends_at=NOW + timedelta(hours=2))
    made.refresh_from_db()
    return made


def opened(event: Event, by: User) -> tuple[DoorPost, str]:
    return open_post(event, by=again(by), at=NOW)


def sent(client: Client, key: str, *acts: object, seal: str = "") -> HttpResponse:
    return client.post(f"/entrada/{key}/actos", {"acts": json.dumps(acts), "seal": seal})


def test_a_post_is_opened_and_closed_by_who_runs_the_event(
    event: Event, liaison: User, cast: dict[str, User], visitor: AnonymousUser
) -> None:
    post, key = opened(event, liaison)
    assert post_of(key) == post
    assert key not in str(DoorPost.objects.values())
    assert (post.number, post.key_sha256) == (1, sha256(key.encode()))
    for part in ("operator", "far_staff", "other_liaison", "representative", "stranger"):
        with pytest.raises(Refused, match="no puede organizar"):
            open_post(event, by=cast[part], at=NOW)
        with pytest.raises(Refused, match="no puede organizar"):
            close_post(post, by=cast[part], at=NOW)
    with pytest.raises(Refused, match="no puede organizar"):
        open_post(event, by=visitor, at=NOW)
    assert not DoorPost.objects.get().is_over
    close_post(post, by=again(liaison), at=START)
    close_post(post, by=again(liaison), at=END)
    assert DoorPost.objects.get().closed_at == START
    assert opened(event, liaison)[0].number == 2


def test_only_an_open_door_has_posts(exercise: Exercise, event: Event, liaison: User) -> None:
    prepared = draft(exercise, liaison, name="Otro")
    with pytest.raises(Refused, match="no abre puestos"):
        open_post(prepared, by=again(liaison), at=NOW)
    for _ in range(MOST_POSTS):
        opened(event, liaison)
    with pytest.raises(Refused, match="30 puestos abiertos"):
        opened(event, liaison)


def test_whoever_keeps_a_post_does_what_the_staff_does_at_the_door(
    event: Event, liaison: User, visitor: AnonymousUser
) -> None:
    ana, beto, caro = (registered(event, name, visitor) for name in ("ana", "beto", "caro"))
    post, _ = opened(event, liaison)
    assert check_in(event, ana.code, by=post, at=NOW).answer == DoorAnswer.COME_IN
    assert check_in(event, caro.code, by=post, at=NOW).answer == DoorAnswer.WAITING
    assert check_in(event, caro.code, is_let_in=True, by=post, at=NOW).answer == DoorAnswer.COME_IN
    with pytest.raises(Refused, match="ya entraron 2 de 2"):
        admit_walk_in(event, CITIZEN, by=post, at=NOW)
    close_post(post, by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="puesto ya se cerró"):
        check_in(event, beto.code, by=post, at=NOW)


def test_a_post_is_of_one_event(exercise: Exercise, event: Event, liaison: User) -> None:
    other, _ = opened(announced(exercise, liaison, name="Otro"), liaison)
    with pytest.raises(Refused, match="puesto ya se cerró"):
        admit_walk_in(event, CITIZEN, by=other, at=NOW)


def test_the_staff_hands_a_post_out_once(event: Event, liaison: User) -> None:
    client, page = Client(), f"/ejercicios/{event.exercise.slug}/trabajo/eventos/{event.slug}/puestos/"
    client.force_login(liaison)
    assert "Todavía no hay puestos" in client.get(page).text
    shown = client.post(page, {"open": "1"}).text
    address = re.search(r"/entrada/[\w-]{32}/", shown)
    assert address
    assert "<svg" in shown
    assert address[0] not in client.get(page).text
    assert Client().get(address[0]).status_code == 200
    assert client.post(page, {"close": "1"})["Location"] == page
    assert client.post(page, {"close": "9"}).status_code == 404
    assert "Se cerró" in client.get(page).text
    gone = Client().get(address[0])
    assert gone.status_code == 410
    assert "puesto se cerró" in gone.text
    publish_report(event, account="Fue.", by=again(liaison), at=NOW)
    assert client.post(page, {"open": "1"}).status_code == 409


def test_a_post_works_without_an_account_and_shows_no_address(
    event: Event, liaison: User, visitor: AnonymousUser
) -> None:
    ana = registered(event, "correo-zq", visitor, name="Ana Zq")
    _, key = opened(event, liaison)
    client, door = Client(), f"/entrada/{key}/"
    assert client.get(door).cookies["puesto"]["httponly"]
    found = client.post(door, {"words": "ana"}).text
    assert ana.code in found
    assert "Ciudadanía" in found
    assert "NO ESTÁ" in client.post(door, {"words": "correo-zq"}).text
    assert "ADELANTE" in client.post(door, {"code": ana.code}).text
    assert "YA REGISTRADO" in client.post(door, {"words": ana.code.lower()}).text
    assert "ADELANTE" in client.post(f"{door}sin-registro/", {"sector": "citizens"}).text
    assert "ya entraron 2 de 2" in client.post(f"{door}sin-registro/", {"sector": "citizens"}).text
    listed = sent(client, key)
    ana.refresh_from_db()
    came = f"{timezone.localtime(ana.arrived_at):%H:%M}"
    for text in (found, listed.text, client.get(f"{door}sin-registro/").text):
        assert "correo-zq@" not in text
    assert listed.json()["list"]["people"][0] == [ana.code, "Ana Zq", "Ciudadanía", "confirmed", came]


@pytest.mark.parametrize("what", ["closed", "report", "cancelled", "forgotten", "early"])
def test_a_post_works_while_the_door_does(event: Event, liaison: User, what: str) -> None:
    post, key = opened(event, liaison)
    who = {"by": again(liaison), "at": NOW}
    if what == "closed":
        close_post(post, **who)
    elif what == "report":
        publish_report(event, account="Fue.", **who)
    elif what == "cancelled":
        cancel_event(event, "Sin luz", **who)
    elif what == "forgotten":
        Event.objects.update(ends_at=NOW - timedelta(days=31), starts_at=NOW - timedelta(days=32))
        forget_attendees(at=NOW)
    else:
        Event.objects.update(starts_at=NOW + timedelta(hours=13), ends_at=NOW + timedelta(hours=14))
    status, client = 409 if what == "early" else 410, Client()
    assert client.get(f"/entrada/{key}/").status_code == status
    assert client.post(f"/entrada/{key}/", {"words": "x"}).status_code == status
    assert client.get(f"/entrada/{key}/sin-registro/").status_code == status
    answer = sent(client, key, {"kind": "walk_in", "mark": str(uuid4()), "hour": NOW.isoformat(), "from": "citizens"})
    assert answer.status_code == status
    assert "puesto" in answer.json()["error"]
    assert not event.attendees.exists()


def test_a_key_that_opens_nothing_is_no_page(client: Client, event: Event) -> None:
    for path in ("/entrada/no-hay/", "/entrada/no-hay/sin-registro/"):
        assert client.get(path).status_code == 404
    assert sent(client, "no-hay").status_code == 404


def test_a_code_leads_whoever_keeps_a_door_and_tells_nobody_else(
    event: Event, liaison: User, stranger: User, visitor: AnonymousUser
) -> None:
    ana = registered(event, "ana", visitor, name="Ana Zq")
    path = f"/entrada/c/{ana.code}/"
    mains = [Client().get(f"/entrada/c/{code}/").text.partition("<main")[2] for code in (ana.code, "NADIE234")]
    told = [
        main.partition("print-foot")[0].replace(code, "")
        for main, code in zip(mains, (ana.code, "NADIE234"), strict=True)
    ]
    assert told[0] == told[1] != ""
    assert "Enséñalo en la entrada" in Client().post(path).text
    staff, curious = Client(), Client()
    staff.force_login(liaison)
    curious.force_login(stranger)
    assert staff.get(path)["Location"].endswith(f"/{event.slug}/puerta/{ana.code}/")
    assert "Enséñalo" in curious.get(path).text
    post, key = opened(event, liaison)
    keeper, forger = Client(), Client()
    keeper.get(f"/entrada/{key}/")
    forger.cookies["puesto"] = pass_of(post)[:-3] + "abc"
    assert "Enséñalo" in forger.get(path).text
    assert "Ana Zq" in keeper.get(path).text
    assert not event.attendees.arrived().exists()
    assert "NO ESTÁ" in keeper.get("/entrada/c/NADIE234/").text
    assert "ADELANTE" in keeper.post(path, {"code": ana.code}).text
    close_post(post, by=again(liaison), at=NOW)
    assert "Enséñalo" in keeper.get(path).text
    assert key not in str(keeper.cookies)


def test_a_post_is_asked_a_little_often(event: Event, liaison: User, settings: object) -> None:
    _, key = opened(event, liaison)
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "door_post": "2/m/ip"}
    client = Client()
    assert [sent(client, key).status_code for _ in range(3)] == [200, 200, 429]
    assert client.post(f"/entrada/{key}/", {"words": "x"}).status_code == 429
    assert client.post(f"/entrada/{key}/sin-registro/", {"sector": "citizens"}).status_code == 429


def test_the_list_is_sent_again_only_when_it_changed(event: Event, liaison: User, visitor: AnonymousUser) -> None:
    ana = registered(event, "ana", visitor)
    _, key = opened(event, liaison)
    client = Client(enforce_csrf_checks=True)  # only the key has a say
    seal = sent(client, key).json()["list"]["seal"]
    assert sent(client, key, seal=seal).json()["list"] is None
    check_in(event, ana.code, by=again(liaison), at=NOW)
    assert sent(client, key, seal=seal).json()["list"]["people"][0][4]


def test_the_event_says_that_more_came_in_than_it_holds(event: Event, liaison: User) -> None:
    _, key = opened(event, liaison)
    acts = [{"kind": "walk_in", "mark": str(uuid4()), "hour": NOW.isoformat(), "from": "citizens"} for _ in range(3)]
    answers = sent(Client(), key, *acts).json()["answers"]
    assert [bool(each["words"]) for each in answers] == [False, False, True]
    assert "3 de 2" in answers[2]["words"]
    client = Client()
    client.force_login(liaison)
    page = client.get(f"/ejercicios/{event.exercise.slug}/trabajo/eventos/{event.slug}/").text
    assert "Entraron 3 de 2" in page


def test_the_shell_holds_no_data_and_its_program_changes_with_it(client: Client, event: Event, liaison: User) -> None:
    shell = client.get("/entrada/")
    assert event.name not in shell.text
    assert not shell.cookies
    assert "csrfmiddlewaretoken" not in shell.text
    worker = client.get("/entrada/sw.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "default-src 'none'" in worker["Content-Security-Policy"]
    for path in re.findall(r'"(/static/[^"]+)"', worker.text):
        assert path in shell.text
    assert "camera=(self)" in shell["Permissions-Policy"]
