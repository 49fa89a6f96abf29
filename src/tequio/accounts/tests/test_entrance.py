"""Opening an account, entering and leaving, as a person without JavaScript does it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tequio.accounts.adapters import SHARED_SECONDS
from tequio.accounts.models import User
from tequio.accounts.tasks import forget_sessions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.mail import EmailMessage
    from pytest_django.fixtures import SettingsWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-04")]

MAIL = "ana@example.org"
PHRASE = "un nopal junto al camino"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """Forget how often the tests before asked for codes."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def guest() -> Client:
    """A browser that guards its forms as the product does."""
    return Client()


def code_in(message: EmailMessage) -> str:
    found = re.search(r"^\S{6,}$", message.body, re.MULTILINE)
    assert found, message.body
    return found[0]


def open_account(guest: Client, sent: list[EmailMessage]) -> User:
    """Open an account as a person does and stay in."""
    guest.post("/abrir-cuenta/", {"email": MAIL})
    guest.post("/abrir-cuenta/codigo/", {"code": code_in(sent[-1])})
    return User.objects.get(email=MAIL)


def enter(guest: Client, sent: list[EmailMessage], **extra: str) -> str:
    """Enter with a code and return where it leads."""
    guest.post("/entrar/", {"email": MAIL})
    return str(guest.post("/entrar/codigo/", {"code": code_in(sent[-1]), **extra}).get("Location"))


def prove(guest: Client, sent: list[EmailMessage], path: str) -> str:
    """Show again that it is oneself, before something delicate, and return where that leads."""
    asked = guest.get(path)["Location"]
    assert asked.startswith("/cuenta/confirmar/?next=")
    there = guest.post(asked, {"recipient": MAIL})["Location"]
    return str(guest.post(there, {"code": code_in(sent[-1])})["Location"])


def test_an_account_is_opened_with_a_mail_address_alone(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    user = open_account(guest, mailoutbox)
    assert guest.get("/cuenta/").status_code == 200
    assert [message.to for message in mailoutbox] == [[MAIL]]
    assert not user.has_usable_password()
    assert "ana" not in user.get_username()


def test_who_has_neither_password_nor_proven_address_erases_the_account_with_a_mailed_code(
    stranger: User, mailoutbox: list[EmailMessage]
) -> None:
    client, closing = Client(), "/cuenta/mis-datos/borrar/"
    User.objects.filter(pk=stranger.pk).update(email=MAIL)
    client.force_login(stranger)
    way = client.get(closing)["Location"]
    assert way.startswith("/cuenta/confirmar/entrar/?next=")
    page = client.get(way).text
    back = re.search(r'name="next" value="([^"]+)"', page)
    assert back
    assert MAIL in page
    door = client.post("/salir/", {"next": back[1]})["Location"]
    assert door.startswith("/entrar/?next=")
    client.post(door, {"email": MAIL})
    proof = client.post("/entrar/codigo/", {"code": code_in(mailoutbox[-1])})["Location"]
    client.post(proof, {"code": code_in(mailoutbox[-1])})
    asked = client.get(closing)["Location"]
    assert asked.startswith("/cuenta/confirmar/?next=")
    there = client.post(asked, {"recipient": MAIL})["Location"]
    client.post(there, {"code": code_in(mailoutbox[-1])})
    assert client.post(closing, {"sure": "on"})["Location"] == "/cuenta-borrada/"
    User.objects.filter(pk=stranger.pk).update(is_active=True, email="")
    client.force_login(User.objects.get(pk=stranger.pk))
    assert "acredita en persona" in client.get(client.get(closing)["Location"]).text


def test_an_address_that_nobody_showed_to_own_opens_nothing(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    guest.post("/abrir-cuenta/", {"email": MAIL})
    assert guest.post("/abrir-cuenta/codigo/", {"code": "XXXXXX"}).status_code == 200
    assert guest.get("/cuenta/").status_code == 302


def test_a_code_enters(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(Client(), mailoutbox)
    assert enter(guest, mailoutbox) == "/mi-trabajo/"
    assert MAIL in guest.get("/cuenta/").text


def test_a_code_enters_once(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(Client(), mailoutbox)
    enter(guest, mailoutbox)
    spent = code_in(mailoutbox[-1])
    again = Client()
    again.post("/entrar/", {"email": MAIL})
    again.post("/entrar/codigo/", {"code": spent})
    assert again.get("/cuenta/").status_code == 302


def test_a_code_of_another_window_does_not_enter(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(Client(), mailoutbox)
    guest.post("/entrar/", {"email": MAIL})
    other = Client()
    assert other.post("/entrar/codigo/", {"code": code_in(mailoutbox[-1])}).status_code == 302
    assert other.get("/cuenta/").status_code == 302


def test_three_wrong_codes_end_the_attempt(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(Client(), mailoutbox)
    guest.post("/entrar/", {"email": MAIL})
    answers = [guest.post("/entrar/codigo/", {"code": "XXXXXX"}).status_code for _ in range(3)]
    assert answers == [200, 200, 302]
    assert guest.post("/entrar/codigo/", {"code": code_in(mailoutbox[-1])}).get("Location") == "/entrar/"
    assert guest.get("/cuenta/").status_code == 302


def test_a_wrong_code_is_said_in_words(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(Client(), mailoutbox)
    guest.post("/entrar/", {"email": MAIL})
    page = guest.post("/entrar/codigo/", {"code": "XXXXXX"}).text
    assert "<title>Error: Código para entrar" in page
    assert 'href="#id_code"' in page
    assert "No es el código que enviamos." in page


def test_the_door_does_not_say_who_has_an_account(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(Client(), mailoutbox)
    pages = []
    for address in (MAIL, "nadie@example.org"):
        asked = Client()
        answer = asked.post("/entrar/", {"email": address}, follow=True)
        pages.append((answer.redirect_chain, answer.text.replace(address, "")))
    without_tokens = [(chain, re.sub(r'value="\w{64}"', "", page)) for chain, page in pages]
    assert without_tokens[0] == without_tokens[1]
    assert mailoutbox[-1].subject == "No hay una cuenta con este correo"


def test_opening_an_account_again_tells_only_its_owner(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(Client(), mailoutbox)
    cache.clear()  # one message in three minutes to the same address
    answer = guest.post("/abrir-cuenta/", {"email": MAIL})
    assert answer["Location"] == "/abrir-cuenta/codigo/"
    assert mailoutbox[-1].subject == "Ya tienes una cuenta"
    assert User.objects.filter(email=MAIL).count() == 1


def test_the_session_has_a_new_name_once_inside(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(Client(), mailoutbox)
    guest.post("/entrar/", {"email": MAIL})
    before = guest.cookies["sessionid"].value
    guest.post("/entrar/codigo/", {"code": code_in(mailoutbox[-1])})
    assert guest.cookies["sessionid"].value != before


@pytest.mark.parametrize(("extra", "seconds"), [({"shared": "on"}, SHARED_SECONDS), ({}, 30 * 24 * 60 * 60)])
def test_a_shared_computer_forgets_soon(
    guest: Client, mailoutbox: list[EmailMessage], extra: dict[str, str], seconds: int
) -> None:
    open_account(Client(), mailoutbox)
    enter(guest, mailoutbox, **extra)
    assert guest.cookies["sessionid"]["max-age"] == seconds
    assert ("Equipo compartido" in guest.get("/cuenta/").text) is bool(extra)


def test_a_password_enters_and_a_shared_computer_forgets_soon(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    user = open_account(Client(), mailoutbox)
    user.set_password(PHRASE)
    user.save()
    answer = guest.post("/entrar/contrasena/", {"login": MAIL, "password": PHRASE, "shared": "on"})
    assert answer["Location"] == "/mi-trabajo/"
    assert guest.cookies["sessionid"]["max-age"] == SHARED_SECONDS


def test_a_session_that_ended_is_forgotten_with_its_code(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(Client(), mailoutbox)
    guest.post("/entrar/", {"email": MAIL})
    left = Session.objects.get(session_key=guest.cookies["sessionid"].value)
    assert MAIL in str(left.get_decoded())
    kept = Session.objects.exclude(pk=left.pk)
    others = kept.count()
    Session.objects.filter(pk=left.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    forget_sessions.func()
    assert not Session.objects.filter(pk=left.pk).exists()
    assert kept.count() == others > 0


def test_leaving_ends_the_session(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(guest, mailoutbox)
    answer = guest.post("/salir/")
    assert answer["Location"] == "/"
    assert answer["Clear-Site-Data"]
    assert guest.get("/cuenta/").status_code == 302


def test_whoever_is_sent_to_the_door_comes_back(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(Client(), mailoutbox)
    door = guest.get("/cuenta/correo/")["Location"]
    assert door == "/entrar/?next=/cuenta/correo/"
    there = guest.post(door, {"email": MAIL, "next": "/cuenta/correo/"})["Location"]
    assert guest.post(there, {"code": code_in(mailoutbox[-1])})["Location"] == "/cuenta/correo/"


def test_the_door_leads_nowhere_else(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(Client(), mailoutbox)
    guest.post("/entrar/", {"email": MAIL, "next": "https://example.com/"})
    answer = guest.post("/entrar/codigo/?next=https://example.com/", {"code": code_in(mailoutbox[-1])})
    assert answer["Location"] == "/mi-trabajo/"


def test_a_form_from_another_site_is_refused(mailoutbox: list[EmailMessage]) -> None:
    guarded = Client(enforce_csrf_checks=True)
    for address in ("/entrar/", "/entrar/contrasena/", "/abrir-cuenta/", "/salir/"):
        assert guarded.post(address, {"email": MAIL}).status_code == 403
    assert mailoutbox == []


def test_many_codes_in_a_row_are_too_many(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(guest, mailoutbox)
    answers = [Client().post("/entrar/", {"email": MAIL}) for _ in range(25)]
    assert len(mailoutbox) < 25
    assert answers[0].status_code == 302
    assert "<title>Error: Entrar" in answers[-1].text
    assert "demasiados intentos" in answers[-1].text


def test_opening_many_accounts_in_a_row_is_refused_in_words() -> None:
    answers = [Client().post("/abrir-cuenta/", {"email": MAIL}) for _ in range(3)]
    assert answers[-1].status_code == 429
    assert "Espera unos minutos" in answers[-1].text


def test_a_second_step_is_asked_and_its_secret_is_unreadable(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    user = open_account(Client(), mailoutbox)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    assert secret not in str(Authenticator.objects.get(user=user).data)
    assert enter(guest, mailoutbox).startswith("/entrar/segundo-paso/")
    assert guest.get("/cuenta/").status_code == 302
    assert guest.post("/entrar/segundo-paso/", {"code": "000000"}).status_code == 200
    now = f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06d}"
    guest.post("/entrar/segundo-paso/", {"code": now})
    assert "Activado" in guest.get("/cuenta/").text


@pytest.mark.django_db(transaction=True)  # its notice is sent on commit
def test_a_second_step_is_set_up_from_the_account(guest: Client, mailoutbox: list[EmailMessage]) -> None:
    open_account(guest, mailoutbox)
    app = "/cuenta/segundo-paso/aplicacion/"
    assert prove(guest, mailoutbox, app) == app
    page = guest.get(app).text
    found = re.search(r"Clave: <code>(\w+)</code>", page)
    assert found
    now = f"{hotp_value(found[1], next(yield_hotp_counters_from_time())):06d}"
    answer = guest.post(app, {"code": now})
    assert answer["Location"] == "/cuenta/codigos-de-respaldo/"
    assert "10 de 10" in guest.get("/cuenta/codigos-de-respaldo/").text
    assert mailoutbox[-1].subject == "Segundo paso activado"


@pytest.mark.parametrize("path", ["/cuenta/", "/cuenta/correo/", "/cuenta/confirmar/"])
def test_pages_of_the_account_are_kept_by_nobody(guest: Client, mailoutbox: list[EmailMessage], path: str) -> None:
    assert guest.get(path)["Location"] == f"/entrar/?next={path}"
    open_account(guest, mailoutbox)
    assert "no-store" in guest.get(path)["Cache-Control"]


def test_mail_is_in_our_words(guest: Client, mailoutbox: list[EmailMessage], settings: SettingsWrapper) -> None:
    open_account(guest, mailoutbox)
    prove(guest, mailoutbox, "/cuenta/contrasena/")
    guest.post("/cuenta/contrasena/", {"password1": PHRASE, "password2": PHRASE})
    assert mailoutbox[-1].subject == "Tu cuenta tiene contraseña"
    assert mailoutbox[-1].body.strip().endswith(settings.SITE_NAME)
