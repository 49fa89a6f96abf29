"""Privacy notices: versions that nobody rewrites, shown at the forms, and consents that can be taken back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import yaml
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from tests.cast import NOW, Land, again

from tequio.accounts.enums import NoticeKey
from tequio.accounts.forms.privacy import WithConsent
from tequio.accounts.models import Consent, PrivacyNotice, User
from tequio.accounts.tests.test_people_pages import inside
from tequio.accounts.workflows import (
    CONSENT_WITHDRAWN,
    NoticeText,
    give_consent,
    hash_of,
    load_notices,
    publish_notice,
    withdraw_consent,
)
from tequio.kernel.facts import subscribe, unsubscribe
from tequio.kernel.models import LedgerEntry
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-04")]

NOTICES = settings.PACKS / "edomex" / "avisos"
FIRST = NoticeText(
    NoticeKey.EVENT, "Usamos tu correo.", (("Para qué", "Para avisarte."),), (("Una ley.", "sin confirmar"),)
)
SECOND = replace(FIRST, short="Usamos tu correo y tu sector.", changes="Ahora también tu sector.")


class Photographed(WithConsent):
    notice = NoticeKey.EVENT


def publish(text: NoticeText, by: User) -> PrivacyNotice:
    return publish_notice(text, by=again(by), at=NOW)


def test_a_change_is_a_new_version_and_the_same_words_are_none(operator: User) -> None:
    first = publish(FIRST, operator)
    assert publish(FIRST, operator) == first
    second = publish(SECOND, operator)
    assert (first.version, second.version) == (1, 2)
    assert PrivacyNotice.objects.current(NoticeKey.EVENT) == second
    said = LedgerEntry.objects.filter(kind="accounts.notice_published").values_list("payload__version", flat=True)
    assert list(said) == [1, 2]


def test_a_new_version_says_what_changed(guarantor_staff: User) -> None:
    publish(FIRST, guarantor_staff)
    with pytest.raises(Refused, match="qué cambió"):
        publish(replace(SECOND, changes=" "), guarantor_staff)


def test_an_empty_notice_is_refused(operator: User) -> None:
    with pytest.raises(Refused, match="texto corto"):
        publish(replace(FIRST, sections=()), operator)


def test_only_those_who_answer_for_the_data_publish(
    stranger: User, visitor: AnonymousUser, liaison: User, representative: User
) -> None:
    for person in (stranger, visitor, liaison, representative):
        with pytest.raises(Refused, match="no puede publicar"):
            publish_notice(FIRST, by=person, at=NOW)
    assert not PrivacyNotice.objects.exists()


def test_what_was_published_is_never_rewritten(operator: User) -> None:
    notice = publish(FIRST, operator)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        PrivacyNotice.objects.filter(pk=notice.pk).update(short="Otra cosa")
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        notice.delete()


def test_a_pack_does_not_undo_what_people_published_later(operator: User) -> None:
    said = {
        "clave": FIRST.key,
        "corto": FIRST.short,
        "cambios": "",
        "fundamentos": [{"texto": "Una ley.", "certeza": "sin confirmar"}],
        "texto": [{"titulo": "Para qué", "texto": "Para avisarte."}],
    }
    load_notices([said], by=None, at=NOW)
    publish(SECOND, operator)
    (tally,) = load_notices([said], by=None, at=NOW)
    assert (tally.added, tally.changed, tally.same) == (0, 0, 1)
    assert PrivacyNotice.objects.current(FIRST.key).version == 2  # the people's


def test_consent_is_given_once_and_taken_back_by_its_person(operator: User, stranger: User, liaison: User) -> None:
    notice = publish(FIRST, operator)
    consent = give_consent(notice, by=stranger, at=NOW)
    assert give_consent(notice, by=stranger, at=NOW + timedelta(hours=1)) == consent
    with pytest.raises(Refused, match="Solo quien aceptó"):
        withdraw_consent(consent, by=liaison, at=NOW)
    withdrawn = withdraw_consent(consent, by=stranger, at=NOW + timedelta(hours=2))
    assert withdraw_consent(consent, by=stranger, at=NOW + timedelta(hours=3)).withdrawn_at == withdrawn.withdrawn_at
    assert give_consent(notice, by=stranger, at=NOW + timedelta(hours=4)) != consent
    assert Consent.objects.of(stranger).standing().count() == 1


def test_rooms_are_told_that_a_consent_was_taken_back(
    operator: User, stranger: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    heard: list[tuple[str, int | None, str]] = []

    def hear(*, key: str, account: int | None, address_hash: str) -> None:
        heard.append((key, account, address_hash))

    subscribe(CONSENT_WITHDRAWN, hear)
    consent = give_consent(publish(FIRST, operator), by=stranger, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(consent, by=stranger, at=NOW)
    unsubscribe(CONSENT_WITHDRAWN, hear)
    assert heard == [("eventos", stranger.pk, "")]


def test_without_an_account_only_a_keyed_hash_of_the_address_stays(operator: User, visitor: AnonymousUser) -> None:
    notice = publish(FIRST, operator)
    consent = give_consent(notice, address=" Ana@Example.mx", by=visitor, at=NOW)
    assert consent.account is None
    assert consent.address_hash == hash_of("ana@example.mx") != hash_of("otra@example.mx")
    assert give_consent(notice, address="ana@example.mx", by=visitor, at=NOW) == consent
    with pytest.raises(Refused, match="Escribe tu correo"):
        give_consent(notice, by=visitor, at=NOW)


def test_nobody_accepts_a_version_they_did_not_read(operator: User) -> None:
    assert "no se publica" in str(Photographed({"consent": "0"}).errors)
    publish(FIRST, operator)
    accepted = Photographed({"consent": "1"})
    assert accepted.is_valid()
    assert accepted.cleaned_data["consent"].version == 1
    assert "no podemos usar" in str(Photographed({}).errors)
    publish(SECOND, operator)
    assert "cambió mientras escribías" in str(Photographed({"consent": "1"}).errors)


def test_the_form_of_an_account_shows_its_notice(notices: None) -> None:
    for address in ("/abrir-cuenta/", "/entrar/"):
        page = Client().get(address).text
        assert "Aviso corto de cuenta." in page
        assert 'href="/privacidad/cuenta/"' in page


def test_a_form_without_a_published_notice_says_so(db: None) -> None:
    assert "todavía no se publica" in Client().get("/abrir-cuenta/").text


def test_the_list_says_why_it_is_empty_and_who_answers(land: Land) -> None:
    page = Client().get("/privacidad/").text
    assert "Todavía no se publica ningún aviso" in page
    assert land.guarantor.name in page


def test_every_version_has_its_page(operator: User, land: Land) -> None:
    publish(FIRST, operator)
    publish(SECOND, operator)
    listed = Client().get("/privacidad/").text
    assert "Ahora también tu sector." in listed
    assert "Versión 2 de 2" in listed
    now = Client().get("/privacidad/eventos/").text
    assert SECOND.short in now
    assert "Una ley." in now
    assert "sin confirmar" in now
    before = Client().get("/privacidad/eventos/1/").text
    assert "ya no rige" in before
    assert SECOND.short not in before
    for absent in ("/privacidad/eventos/3/", "/privacidad/nada/", "/privacidad/cuenta/"):
        assert Client().get(absent).status_code == 404


def test_public_pages_of_privacy_set_no_cookie(notices: None) -> None:
    for address in ("/privacidad/", "/privacidad/cuenta/", "/privacidad/cuenta/1/", "/datos-personales/"):
        assert not Client().get(address).cookies


def test_the_list_asks_the_same_of_the_database_for_one_notice_and_for_all(
    operator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for key in (NoticeKey.EVENT, NoticeKey.CONTACT, NoticeKey.RIGHTS):
        publish(replace(FIRST, key=key), operator)
        with django_assert_num_queries(2):
            Client().get("/privacidad/")


PUBLISHING = "/garante/avisos/"
SAID = {
    "short": "Usamos tu correo.",
    "whole": "# Para qué\n\nPara avisarte.\n\n# Cuánto\nUn año.",
    "bases": "Una ley. | visto\nOtra.",
    "changes": "",
}


def test_staff_see_a_version_and_then_publish_it(guarantor_staff: User) -> None:
    staff = inside(guarantor_staff)
    assert "Sin aviso" in staff.get(PUBLISHING).text
    page = f"{PUBLISHING}eventos/"
    seen = staff.post(page, SAID | {"que": "ver"}).text
    assert "Así se leerá" in seen
    assert not PrivacyNotice.objects.exists()
    assert staff.post(page, SAID | {"que": "publicar"})["Location"] == "/privacidad/eventos/1/"
    notice = PrivacyNotice.objects.get()
    assert notice.sections == [["Para qué", "Para avisarte."], ["Cuánto", "Un año."]]
    assert notice.bases == [["Una ley.", "visto"], ["Otra.", "sin confirmar"]]
    form = staff.get(page).text
    assert "# Cuánto" in form
    assert "Una ley. | visto" in form
    changed = SAID | {"short": "Otra cosa.", "que": "publicar"}
    assert "Escribe qué cambió" in staff.post(page, changed).text
    assert staff.post(page, changed | {"changes": "El texto corto."})["Location"] == "/privacidad/eventos/2/"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"whole": "Sin título"}, "Empieza con una parte"),
        ({"whole": "# Vacía\n# Otra\nAlgo"}, "«Vacía» no tiene texto"),
        ({"short": ""}, "Aviso corto"),
    ],
)
def test_a_notice_with_a_fault_says_which(guarantor_staff: User, said: dict[str, str], why: str) -> None:
    answer = inside(guarantor_staff).post(f"{PUBLISHING}eventos/", SAID | said | {"que": "publicar"})
    assert why in answer.text
    assert not PrivacyNotice.objects.exists()


def test_only_they_open_the_pages_of_publishing(cast: dict[str, User]) -> None:
    for part in ("stranger", "liaison", "representative"):
        for address in (PUBLISHING, f"{PUBLISHING}eventos/"):
            assert inside(cast[part]).get(address).status_code == 403
    assert inside(cast["operator"]).get(f"{PUBLISHING}nada/").status_code == 404


def long_sentences(text: str) -> list[str]:
    return [said for said in re.split(r"(?<=[.:;])\s+", text) if len(said.split()) > 25]


def test_the_pack_has_every_notice_in_short_sentences_and_says_what_is_unsure() -> None:
    said = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(NOTICES.glob("*.yaml"))]
    assert {notice["clave"] for notice in said} == set(NoticeKey.values)
    texts = [text for notice in said for text in (notice["corto"], *(part["texto"] for part in notice["texto"]))]
    assert [long for text in texts for long in long_sentences(text)] == []
    assert all("sin confirmar" in basis["certeza"] for notice in said for basis in notice["fundamentos"])
    assert long_sentences("palabra " * 26)
