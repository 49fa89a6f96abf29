"""Two at once, on PostgreSQL: one request, one answer, one consent, one version, one farewell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.cast import NOW, account, again

from tequio.accounts.enums import NoticeKey, RightKind, RightOutcome, RoleKind
from tequio.accounts.models import Consent, Post, PrivacyNotice, RightsRequest
from tequio.accounts.tests.test_role_races import ROUNDS, at_once
from tequio.accounts.workflows import (
    NoticeText,
    Requester,
    Wish,
    answer_request,
    ask_rights,
    close_account,
    give_consent,
    grant_role,
    prove_request,
    publish_notice,
)
from tequio.kernel.ledger import ledger_lines, verify
from tequio.kernel.models import LedgerEntry, OutboxMessage

if TYPE_CHECKING:
    from tests.cast import Land

    from tequio.accounts.models import User

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.req("SI-04")]


def test_a_double_tap_is_one_request_and_one_message(land: Land) -> None:
    for number in range(ROUNDS):
        wish = Wish(RightKind.ACCESS, "Pido.", land.guarantor, f"{number}@example.mx")
        told = at_once(*[lambda wish=wish: ask_rights(wish, by=AnonymousUser(), at=NOW).request.folio] * 2)
        assert len(set(told)) == 1
    assert RightsRequest.objects.count() == OutboxMessage.objects.count() == ROUNDS


def test_of_two_answers_one_is_given(land: Land, guarantor_staff: User, operator: User) -> None:
    other = account("otra")
    grant_role(other, Post(RoleKind.GUARANTOR_STAFF, land.guarantor), by=again(operator), at=NOW)
    for number in range(ROUNDS):
        wish = Wish(RightKind.ACCESS, "Pido.", land.guarantor, f"{number}@example.mx")
        asked = ask_rights(wish, by=AnonymousUser(), at=NOW)
        request = prove_request(asked.request, by=Requester(asked.token), at=NOW)
        tries = [
            partial(answer_request, request, RightOutcome.GRANTED, f"De {by}.", by=again(by), at=NOW)
            for by in (guarantor_staff, other)
        ]
        told = at_once(*tries)
        assert request.folio in told
        assert any("el estado cambió" in said for said in told)
        left = RightsRequest.objects.get(pk=request.pk)
        assert left.answer == f"De {left.answered_by}."
    assert list(verify(ledger_lines())) == []


def test_a_consent_and_a_farewell_are_once(operator: User, stranger: User) -> None:
    text = NoticeText(NoticeKey.PICTURE, "Corto.", (("Para qué", "Para ti."),))
    versions = at_once(*[lambda: publish_notice(text, by=again(operator), at=NOW).version] * 2)
    assert versions == ["1", "1"]
    notice = PrivacyNotice.objects.get()
    at_once(*[lambda: give_consent(notice, by=again(stranger), at=NOW)] * 2)
    assert Consent.objects.count() == 1
    names = at_once(*[lambda: close_account(stranger, by=again(stranger), at=NOW).username] * 2)
    assert len(set(names)) == 1
    assert LedgerEntry.objects.filter(kind="accounts.account_closed").count() == 1
