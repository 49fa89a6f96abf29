"""Requests about one's own data: who may ask, prove, read, answer and take back, and what stays in public."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import NOW, Land, again

from tequio.accounts.enums import NoticeKey, RightKind, RightOutcome, RightProof, RightStatus
from tequio.accounts.models import Consent, DayOff, LegalTerm, PrivacyNotice, RightsRequest, User
from tequio.accounts.queries import due_after
from tequio.accounts.tests.test_people_pages import inside, with_mail
from tequio.accounts.workflows import (
    RIGHTS,
    Asked,
    Requester,
    Wish,
    answer_request,
    ask_rights,
    give_consent,
    hash_of,
    prove_request,
    prove_request_in_person,
    withdraw_request,
)
from tequio.kernel.models import LedgerEntry, OutboxMessage, StatusChange
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-04")]

ANA = "ana@example.mx"
FORM = "/datos-personales/solicitud/"
INBOX = "/garante/datos-personales/"
WORDS = "Quiero saber qué guardan de mí."


@pytest.fixture
def term(db: None) -> None:
    """Write how long the guarantor has to answer."""
    LegalTerm.objects.create(key="respuesta-arco", name="Respuesta", working_days=20)


@pytest.fixture(autouse=True)
def nothing_sent_before() -> None:
    """Forget how many forms another test sent."""
    cache.clear()


def ask(land: Land, **changes: Any) -> Asked:
    wish = replace(Wish(RightKind.ACCESS, WORDS, land.guarantor, ANA), **changes)
    return ask_rights(wish, by=AnonymousUser(), at=NOW)


def proven(land: Land, **changes: Any) -> RightsRequest:
    asked = ask(land, **changes)
    return prove_request(asked.request, by=Requester(asked.token), at=NOW)


def test_a_request_without_an_account_is_proven_by_mail_and_answered(
    land: Land, guarantor_staff: User, term: None
) -> None:
    visitor = Client()
    sent = visitor.post(
        FORM, {"kind": "access", "text": WORDS, "organization": land.guarantor.key, "proof": "mail", "email": ANA}
    )
    request = RightsRequest.objects.get()
    assert request.folio in visitor.get(sent["Location"]).text
    link = re.search(r"/datos-personales/solicitud/\S+", OutboxMessage.objects.get().body)
    assert link
    assert WORDS not in OutboxMessage.objects.get().body, "nobody sends their words to another's address"
    assert request.folio not in inside(guarantor_staff).get(INBOX).text, "nobody has shown that it is theirs"
    visitor.post(link[0], {"que": "confirmar"})
    assert "Acuse" in OutboxMessage.objects.get(key__startswith="rights_received").subject
    page = inside(guarantor_staff).get(f"{INBOX}{request.folio}/").text
    assert WORDS in page
    said = {"outcome": "granted", "answer": "Esto guardamos:\n\ntu correo."}
    assert inside(guarantor_staff).post(f"{INBOX}{request.folio}/", said).status_code == 302
    assert "tu correo." in OutboxMessage.objects.get(key__startswith="rights_answered").body
    assert "tu correo." in visitor.get(link[0]).text


def test_ones_own_account_needs_no_other_proof(land: Land, stranger: User, term: None) -> None:
    stranger.email = "stranger@example.mx"
    stranger.save()
    with_mail(stranger)
    said = {"kind": "opposition", "text": WORDS, "organization": land.guarantor.key, "proof": "mail"}
    sent = inside(stranger).post(FORM, {**said, "email": stranger.email})
    assert sent["Location"] == "/cuenta/mis-datos/"
    request = RightsRequest.objects.get()
    assert (request.status, request.account) == (RightStatus.RECEIVED, stranger)
    inside(stranger).post(FORM, {**said, "email": ANA})
    assert RightsRequest.objects.get(email=ANA).account is None, "another's address is proven by its own mail"


def test_who_has_no_mail_comes_in_person_and_nothing_of_them_is_copied(land: Land, guarantor_staff: User) -> None:
    said = {"kind": "access", "text": WORDS, "organization": land.guarantor.key, "proof": "in_person", "email": ""}
    sent = Client().post(FORM, said)
    request = RightsRequest.objects.get()
    page = Client().get(sent["Location"]).text
    assert request.folio in page
    assert "acredites en persona" in page
    assert Client().post(sent["Location"], {"que": "confirmar"}).status_code == 409
    assert request.folio in inside(guarantor_staff).get(INBOX).text
    inside(guarantor_staff).post(f"{INBOX}{request.folio}/")
    assert RightsRequest.objects.get().status == RightStatus.RECEIVED
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"email": ""}, "Escribe tu correo, o elige"),
        ({"email": "ana"}, "email"),
        ({"text": ""}, "Cuéntanos qué pides"),
        ({"kind": "all"}, "Qué quieres"),
        ({"organization": "otra"}, "órgano garante"),
    ],
)
def test_a_form_with_a_fault_says_which(land: Land, far_land: Land, said: dict[str, str], why: str) -> None:
    whole = {"kind": "access", "text": WORDS, "organization": land.guarantor.key, "proof": "mail", "email": ANA}
    answer = Client().post(FORM, whole | said)
    assert answer.status_code == 200
    assert why in answer.text
    assert not RightsRequest.objects.exists()


def test_without_a_guarantor_the_page_says_why_nothing_can_be_sent(db: None) -> None:
    page = Client().get(FORM).text
    assert "no tiene registrado un órgano garante" in page
    assert "<button" not in page.partition("<main")[2].partition("</main")[0]


def test_two_clicks_are_one_request_and_an_address_is_not_flooded(land: Land) -> None:
    first = ask(land).request
    assert ask(land) == Asked(first)
    assert OutboxMessage.objects.count() == 1
    for text in ("Otra cosa.", "Una más."):
        ask(land, text=text)
    with pytest.raises(Refused, match="por confirmar"):
        ask(land, text="La cuarta.")


def test_two_people_without_mail_who_say_the_same_are_two(land: Land) -> None:
    first, second = (ask(land, email="", proof=RightProof.IN_PERSON) for _ in range(2))
    assert first.token
    assert second.token
    assert first.request != second.request


def test_proving_twice_is_once(land: Land, term: None) -> None:
    asked = ask(land)
    first = prove_request(asked.request, by=Requester(asked.token), at=NOW)
    again_ = prove_request(asked.request, by=Requester(asked.token), at=NOW + timedelta(days=3))
    assert again_.due_on == first.due_on
    assert StatusChange.objects.filter(subject=RIGHTS.subject(first)).count() == 1


def test_nobody_proves_or_takes_back_anothers(land: Land, stranger: User, visitor: AnonymousUser) -> None:
    asked = ask(land)
    for person in (stranger, visitor, Requester("otra clave"), Requester("")):
        for verb in (prove_request, withdraw_request):
            with pytest.raises(Refused, match="no tiene permiso"):
                verb(asked.request, by=person, at=NOW)
    assert RightsRequest.objects.get().status == RightStatus.UNPROVEN


def test_only_the_staff_of_that_state_answer(
    land: Land, cast: dict[str, User], far_staff: User, visitor: AnonymousUser
) -> None:
    request = proven(land)
    others = [person for part, person in cast.items() if part != "guarantor_staff"]
    for person in [*others, visitor]:
        with pytest.raises(Refused):
            answer_request(request, RightOutcome.GRANTED, "Sí.", by=person, at=NOW)
    assert inside(far_staff).get(f"{INBOX}{request.folio}/").status_code == 404
    assert request.folio not in inside(far_staff).get(INBOX).text
    for part in ("stranger", "liaison", "representative", "operator"):
        assert inside(cast[part]).get(INBOX).status_code == 403
    assert Client().get(INBOX)["Location"].startswith("/entrar/")
    answer_request(request, RightOutcome.DENIED, "No hay datos.", by=cast["guarantor_staff"], at=NOW)


def test_an_answer_has_its_reasons_and_is_given_once(land: Land, guarantor_staff: User) -> None:
    request = proven(land)
    staff = again(guarantor_staff)
    with pytest.raises(Refused, match="razones"):
        answer_request(request, RightOutcome.DENIED, "  ", by=staff, at=NOW)
    answer_request(request, RightOutcome.DENIED, "No hay datos.", by=staff, at=NOW)
    with pytest.raises(Refused, match="cambió"):
        answer_request(request, RightOutcome.GRANTED, "Sí hay.", by=staff, at=NOW)
    assert RightsRequest.objects.get().answer == "No hay datos."


def test_an_opposition_that_is_granted_ends_the_consents_of_its_person_only(
    land: Land, guarantor_staff: User, notices: None, stranger: User
) -> None:
    notice = PrivacyNotice.objects.get(key=NoticeKey.PICTURE)
    for address in (ANA, "otra@example.mx"):
        give_consent(notice, address=address, by=AnonymousUser(), at=NOW)
    give_consent(notice, by=stranger, at=NOW)
    staff = again(guarantor_staff)
    for outcome, left in ((RightOutcome.DENIED, 3), (RightOutcome.GRANTED, 2)):
        request = proven(land, kind=RightKind.OPPOSITION, text=outcome.label)
        answer_request(request, outcome, "Porque sí.", by=staff, at=NOW)
        assert Consent.objects.standing().count() == left
    assert not Consent.objects.standing().filter(address_hash=hash_of(ANA)).exists()


def test_taking_back_empties_what_identifies(land: Land) -> None:
    asked = ask(land)
    Client().post(f"{FORM}{asked.token}/", {"que": "retirar"})
    request = RightsRequest.objects.get()
    assert (request.status, request.email, request.text) == (RightStatus.WITHDRAWN, "", "")
    assert "ya se borraron" in Client().get(f"{FORM}{asked.token}/").text


def test_a_wrong_secret_opens_nothing(land: Land) -> None:
    asked = ask(land)
    for wrong in ("x", asked.request.folio, asked.request.token_sha256):
        answer = Client().get(f"{FORM}{wrong}/")
        assert answer.status_code == 404
        assert "no es de ninguna solicitud" in answer.text
        assert "Lo que pediste" not in answer.text


def test_every_move_is_made_only_from_its_states_by_its_people(land: Land, guarantor_staff: User) -> None:
    asked = ask(land)
    people = {"nobody": AnonymousUser(), "holder": Requester(asked.token), "staff": again(guarantor_staff)}
    allowed = {
        "prove": ({"unproven"}, "holder"),
        "prove_in_person": ({"unproven"}, "staff"),
        "answer": ({"received"}, "staff"),
        "withdraw": ({"unproven", "received"}, "holder"),
    }
    for status, (name, (sources, part)), (who, person) in product(RightStatus.values, allowed.items(), people.items()):
        request = RightsRequest(pk=asked.request.pk, status=status, token_sha256=asked.request.token_sha256)
        request.organization = land.guarantor
        offered = {offer.move.name for offer in RIGHTS.offers(request, person, at=NOW)}
        assert (name in offered) == (status in sources and who == part), (status, name, who)


def test_the_public_record_says_nothing_of_the_person(land: Land, guarantor_staff: User) -> None:
    request = proven(land)
    answer_request(request, RightOutcome.GRANTED, "Guardamos tu correo.", by=again(guarantor_staff), at=NOW)
    said = "".join(entry.line() for entry in LedgerEntry.objects.all())
    assert request.folio in said
    for private in (ANA, WORDS, "Guardamos", "titular", guarantor_staff.email):
        assert private not in said


def test_the_database_keeps_its_promises(land: Land) -> None:
    request = ask(land).request
    wrong = ({"status": "received"}, {"status": "otra"}, {"email": ""}, {"status": "answered", "proven_at": NOW})
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            RightsRequest.objects.filter(pk=request.pk).update(**change)


def test_a_term_counts_working_days(term: None) -> None:
    friday = date(2027, 1, 29)
    DayOff.objects.create(day=date(2027, 2, 1), name="Lunes de descanso")
    assert due_after("respuesta-arco", friday) == date(2027, 2, 26) + timedelta(days=3)
    assert due_after("otro-plazo", friday) is None


@settings(deadline=None, max_examples=40)
@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.sets(st.integers(1, 60)), st.integers(1, 40))
def test_a_term_ends_on_a_working_day_and_counts_as_many(start: date, off: set[int], days: int) -> None:
    with transaction.atomic():
        LegalTerm.objects.update_or_create(key="t", defaults={"name": "T", "working_days": days})
        free = {start + timedelta(days=n) for n in off}
        DayOff.objects.bulk_create(DayOff(day=day, name="d") for day in free)
        end = due_after("t", start)
        transaction.set_rollback(True)
    assert end
    counted = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    working = [day for day in counted if day.weekday() < 5 and day not in free]
    assert len(working) == days
    assert working[-1] == end


def test_a_late_request_says_so(land: Land, guarantor_staff: User, term: None) -> None:
    request = proven(land)
    assert "Vencida" not in inside(guarantor_staff).get(INBOX).text
    RightsRequest.objects.filter(pk=request.pk).update(due_on=date(2020, 1, 1))
    assert "Vencida" in inside(guarantor_staff).get(INBOX).text
    assert "El plazo ya venció" in inside(guarantor_staff).get(f"{INBOX}{request.folio}/").text


def test_the_inbox_asks_the_same_for_one_and_for_three(
    land: Land, guarantor_staff: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    staff = inside(guarantor_staff)
    assert "Ninguna solicitud espera respuesta" in staff.get(INBOX).text
    for number in range(3):
        proven(land, text=f"Pido {number}", email=f"{number}@example.mx")
        if number != 1:
            with django_assert_num_queries(6):
                staff.get(INBOX)


def test_few_requests_are_counted_and_not_told_apart(land: Land, guarantor_staff: User) -> None:
    page = Client().get("/datos-personales/").text
    assert "Todavía nadie ha enviado" in page
    for number in range(7):
        proven(land, text=f"Pido {number}", email=f"{number}@example.mx")
    proven(land, kind=RightKind.OPPOSITION, email="otra@example.mx")
    page = re.sub(r"\s+", " ", Client().get("/datos-personales/").text)
    table = page.partition("<table")[2].partition("</table>")[0]
    assert "Reservado" in table
    assert not re.search(r">\s*1\s*<", table)


def test_midnight_is_the_deployments_own(land: Land, term: None) -> None:
    asked = ask(land)
    night = datetime.fromisoformat("2027-01-05T01:00:00+00:00")  # still Monday the 4th in the centre of Mexico
    assert prove_request(asked.request, by=Requester(asked.token), at=night).due_on == date(2027, 2, 1)


def test_coming_in_person_is_noted_by_staff_only(land: Land, stranger: User, guarantor_staff: User) -> None:
    asked = ask(land, email="", proof=RightProof.IN_PERSON)
    with pytest.raises(Refused):
        prove_request_in_person(asked.request, by=stranger, at=NOW)
    assert prove_request_in_person(asked.request, by=again(guarantor_staff), at=NOW).proven_at == NOW
