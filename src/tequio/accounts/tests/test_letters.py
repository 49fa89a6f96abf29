"""Anybody writes, without an account; who answers is who should; what is published tells nothing of who asked."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from tests.cast import NOW, Land, again

from tequio.accounts.enums import LetterStatus
from tequio.accounts.models import Letter, User
from tequio.accounts.queries import addressees
from tequio.accounts.tests.test_people_pages import inside
from tequio.accounts.workflows import answer_letter, dismiss_letter, publish_letter, retain, write_letter
from tequio.kernel.clock import day_of
from tequio.kernel.models import LedgerEntry, OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from pytest_django import DjangoAssertNumQueries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-07")]

ANA = "ana@example.mx"
WORDS = "¿Cuándo es la próxima sesión, y puedo llevar a mi hija Lucía?"
INBOX = "/correspondencia/"


@pytest.fixture(autouse=True)
def nothing_sent_before() -> None:
    """Forget how many forms another test sent."""
    cache.clear()


def to_town(land: Land, message: str = WORDS, email: str = "") -> Letter:
    return write_letter(message, land.town, email=email, at=NOW).letter


def test_a_letter_without_name_or_mail_is_followed_answered_and_published(land: Land, liaison: User) -> None:
    visitor = Client()
    sent = visitor.post("/escribe/", {"addressee": land.town.slug, "message": WORDS, "email": ""})
    letter = Letter.objects.get()
    assert "Guarda esta dirección" in visitor.get(sent["Location"]).text
    page = f"{INBOX}{letter.folio}/"
    inside(liaison).post(page, {"answer": "El martes.\n\nSí puede venir Lucía."})
    assert "Sí puede venir Lucía." in visitor.get(sent["Location"]).text
    assert "Lucía" not in visitor.get("/escribe/respuestas/").text
    inside(liaison).post(page, {"question": "¿Pueden ir menores?", "public_answer": "Sí, con una persona adulta."})
    public = visitor.get("/escribe/respuestas/").text
    assert "¿Pueden ir menores?" in public
    assert land.town.name in public
    assert "Lucía" not in public
    assert "publicó sin tu nombre" in visitor.get(sent["Location"]).text


def test_who_leaves_an_address_is_answered_there(land: Land, guarantor_staff: User) -> None:
    letter = write_letter(WORDS, land.guarantor, email="Ana@example.mx ", at=NOW).letter
    receipt = OutboxMessage.objects.get(recipient=ANA)
    assert WORDS not in receipt.body, "nobody sends their words to another's address"
    assert re.search(r"/escribe/\S{20,}/", receipt.body)
    answer_letter(letter, "El martes.", by=again(guarantor_staff), at=NOW)
    assert "El martes." in OutboxMessage.objects.get(key__startswith="letter_answered").body


def test_only_who_would_answer_can_be_written_to(land: Land, liaison: User) -> None:
    assert list(addressees(day_of(NOW)).values()) == [land.guarantor, land.town]
    answer = Client().post("/escribe/", {"addressee": land.other_town.slug, "message": WORDS})
    assert answer.status_code == 200
    assert not Letter.objects.exists()


def test_with_nobody_to_answer_the_page_says_so(db: None) -> None:
    page = Client().get("/escribe/").text
    assert "Todavía no hay a quién escribir" in page
    assert "Todavía no se publica ninguna respuesta" in Client().get("/escribe/respuestas/").text


def test_each_answers_their_own(land: Land, cast: dict[str, User], far_staff: User, visitor: AnonymousUser) -> None:
    letter = to_town(land)
    for part in ("superuser", "operator", "other_liaison", "representative", "stranger"):
        for verb in (
            lambda by: answer_letter(letter, "Sí.", by=by, at=NOW),
            lambda by: publish_letter(letter, "¿?", "Sí.", by=by, at=NOW),
            lambda by: dismiss_letter(letter, by=by, at=NOW),
        ):
            for person in (cast[part], far_staff, visitor):
                with pytest.raises(Refused):
                    verb(person)
    assert inside(cast["stranger"]).get(INBOX).status_code == 403
    for person in (cast["other_liaison"], far_staff):
        assert letter.folio not in inside(person).get(INBOX).text
        assert inside(person).get(f"{INBOX}{letter.folio}/").status_code == 404
    for part in ("liaison", "guarantor_staff"):
        assert letter.folio in inside(cast[part]).get(INBOX).text
    assert answer_letter(letter, "Sí.", by=cast["guarantor_staff"], at=NOW).status == LetterStatus.ANSWERED


def test_the_guarantors_letters_are_not_a_towns(land: Land, liaison: User) -> None:
    letter = write_letter(WORDS, land.guarantor, at=NOW).letter
    with pytest.raises(Refused):
        answer_letter(letter, "Sí.", by=again(liaison), at=NOW)
    assert letter.folio not in inside(liaison).get(INBOX).text


def test_what_is_answered_once_is_answered(land: Land, liaison: User) -> None:
    letter = to_town(land)
    person = again(liaison)
    with pytest.raises(Refused, match="Escribe la respuesta"):
        answer_letter(letter, " ", by=person, at=NOW)
    with pytest.raises(Refused, match="cambió"):
        publish_letter(letter, "¿?", "Sí.", by=person, at=NOW)
    answer_letter(letter, "Sí.", by=person, at=NOW)
    for late in (
        lambda: answer_letter(letter, "No.", by=person, at=NOW),
        lambda: dismiss_letter(letter, by=person, at=NOW),
    ):
        with pytest.raises(Refused, match="cambió"):
            late()
    assert Letter.objects.get().answer == "Sí."


def test_the_address_of_who_asked_is_not_published(land: Land, liaison: User) -> None:
    letter = answer_letter(to_town(land, email=ANA), "Sí.", by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="correo de la persona"):
        publish_letter(letter, "Ana@Example.mx pregunta", "Sí.", by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="con otras palabras"):
        publish_letter(letter, "", "Sí.", by=again(liaison), at=NOW)


def test_advertising_is_closed_and_leaves_at_once(land: Land, liaison: User) -> None:
    written = write_letter("Compre ya", land.town, email=ANA, at=NOW)
    sent = inside(liaison).post(f"{INBOX}{written.letter.folio}/", {"que": "cerrar"})
    assert sent["Location"] == INBOX
    left = Letter.objects.get()
    assert (left.status, left.message, left.email) == (LetterStatus.DISMISSED, "", "")
    assert "sin respuesta" in Client().get(f"/escribe/{written.token}/").text
    assert inside(liaison).get(f"{INBOX}{left.folio}/").status_code == 404


def test_a_double_tap_is_one_letter_and_an_address_is_not_flooded(land: Land, liaison: User) -> None:
    said = {"addressee": land.town.slug, "message": WORDS, "email": ANA}
    Client().post("/escribe/", said)
    assert "es una sola carta" in Client().post("/escribe/", said).text
    assert Letter.objects.count() == OutboxMessage.objects.count() == 1
    for number in range(2):
        to_town(land, f"Otra {number}", ANA)
    with pytest.raises(Refused, match="tres cartas"):
        to_town(land, "Otra más", ANA)
    assert "tres cartas" in Client().post("/escribe/", said | {"message": "Y otra"}).text


def test_a_network_that_sends_too_much_waits_and_reads_on(land: Land, liaison: User) -> None:
    for number in range(60):
        Client().post("/escribe/", {"addressee": land.town.slug, "message": f"Carta {number}", "email": ""})
    for address in ("/escribe/", "/datos-personales/solicitud/"):
        answer = Client().post(address, {})
        assert answer.status_code == 429
        assert "mensajes en masa" in answer.text
        assert Client().get(address).status_code == 200
    assert Letter.objects.count() == 60


def test_a_wrong_secret_opens_nothing(land: Land) -> None:
    letter = to_town(land)
    for wrong in ("x", letter.folio, letter.token_sha256):
        answer = Client().get(f"/escribe/{wrong}/")
        assert answer.status_code == 404
        assert "Lucía" not in answer.text


def test_a_year_later_only_what_was_published_is_left(land: Land, liaison: User) -> None:
    letter = answer_letter(to_town(land, email=ANA), "Sí.", by=again(liaison), at=NOW)
    publish_letter(letter, "¿Pueden ir menores?", "Sí.", by=again(liaison), at=NOW)
    retain(at=NOW + timedelta(days=366))
    left = Letter.objects.get()
    assert (left.message, left.email, left.answer) == ("", "", "")
    assert "¿Pueden ir menores?" in Client().get("/escribe/respuestas/").text
    assert "El texto ya se borró" in inside(liaison).get(f"{INBOX}{left.folio}/").text


def test_the_public_record_says_nothing_of_who_wrote(land: Land, liaison: User) -> None:
    answer_letter(to_town(land, email=ANA), "Sí, con Lucía.", by=again(liaison), at=NOW)
    said = "".join(entry.line() for entry in LedgerEntry.objects.all())
    assert "CARTA-" in said
    assert not [private for private in ("Lucía", ANA, liaison.email) if private in said]


def test_the_lists_ask_the_same_for_one_and_for_three(
    land: Land, liaison: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = inside(liaison)
    assert "Nadie espera respuesta" in client.get(INBOX).text
    for number in range(3):
        to_town(land, f"Espera {number}")
        published = answer_letter(to_town(land, f"Pública {number}"), "Sí.", by=again(liaison), at=NOW)
        publish_letter(published, "¿?", "Sí.", by=again(liaison), at=NOW)
        if number != 1:
            with django_assert_num_queries(5):
                client.get(INBOX)
            with django_assert_num_queries(1):
                Client().get("/escribe/respuestas/")


def test_the_database_keeps_its_promises(land: Land) -> None:
    letter = to_town(land)
    wrong = ({"status": "otra"}, {"status": "answered"}, {"organization": land.guarantor}, {"jurisdiction": None})
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**change)
